"""The parts of ``status`` beside the data: the print service, drills, shift checks, the audit, an outage, the plan.

Each part is told to a person and to a machine; the keys and what stands under them are a contract.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from backupreader.command import Context
from backupreader.commands._planhere import say_kept, say_standing
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its key for a machine, what a machine reads under it, and what a person is told."""

    key: str
    document: Callable[[Context, datetime], object]
    say: Callable[[Context, datetime], None]


def _spool(_context: Context, _now: datetime) -> object:
    """How the print service is set up; None where there is none."""
    from printing import spoolcheck

    spool = spoolcheck.look()
    if spool is None:
        return None
    flaws = [{"setting": flaw.setting, "stands": flaw.stands, "should": flaw.should} for flaw in spool.flaws or ()]
    return {"readable": spool.flaws is not None, "flaws": flaws}


def _say_spool(context: Context, _now: datetime) -> None:
    from printing import spoolcheck

    spool = spoolcheck.look()
    if spool is None or spool.flaws == ():
        return
    if spool.flaws is None:
        context.say(N_("The settings of the print service cannot be read by this user."))
        return
    context.say(
        N_("The print service may keep pages, see 'Hardening' in the handbook: {settings}."),
        settings=", ".join(str(flaw) for flaw in spool.flaws),
    )


def _drill(context: Context, now: datetime) -> object:
    from backupreader.store.drills import Drills, overdue
    from backupreader.store.files import Files

    drills = Drills(context.settings.data, Files())
    last, passed, opening = drills.last(), drills.last_passed(), drills.last_opening()
    return {
        "last": {"at": last.at.isoformat(), "by": last.by, "passed": last.passed, "failed": list(last.notes)}
        if last
        else None,
        "last_passed": passed.at.isoformat() if passed else None,
        "overdue": overdue(passed.at if passed else None, now, context.settings.drill_days),
        "opened": {"at": opening.at.isoformat(), "by": opening.by} if opening else None,
    }


def _say_drill(context: Context, now: datetime) -> None:
    from backupreader.store.drills import Drills, overdue
    from backupreader.store.files import Files

    drills, every = Drills(context.settings.data, Files()), context.settings.drill_days
    last, passed, opening = drills.last(), drills.last_passed(), drills.last_opening()
    if opening is not None:
        moment = context.language.moment(opening.at)
        context.say(N_("A person last opened the data {moment}: {name}."), moment=moment, name=opening.by or "–")
    if last is not None:
        sentence = N_("Last drill {moment} by {name}: passed.")
        if not last.passed:
            sentence = N_("Last drill {moment} by {name}: not passed.")
        name = last.by or context.language.text("nobody")
        context.say(sentence, moment=context.language.moment(last.at), name=name)
    if overdue(passed.at if passed else None, now, every):
        print(  # noqa: T201
            context.language.count(
                "No drill has passed here for {n} day: hold one.",
                "No drill has passed here for {n} days: hold one.",
                every,
            )
        )


def _audit(context: Context, _now: datetime) -> object:
    """Where the audit stands, so that monitoring remembers it; None where nothing was done yet."""
    from backupreader.store.audit import LOG, end_of
    from backupreader.store.files import Files

    try:
        anchor = end_of(context.settings.audit_folder / LOG, Files()).anchor
    except ReaderError as trouble:
        return {"trouble": trouble.kind.code}
    return {"number": anchor.number, "head": anchor.head, "auditor": _auditor(context)} if anchor.number else None


def _auditor(context: Context) -> bool | None:
    """Whether the audit is sealed to the auditor too; None where the settings name none."""
    from backupreader.store.carried import VaultIdentity
    from backupreader.store.files import Files

    if context.settings.auditor is None:
        return None
    try:
        VaultIdentity.read(context.settings.auditor, Files())
    except ReaderError:
        return False
    return True


def _say_audit(context: Context, now: datetime) -> None:
    from backupreader.store.audit import LOG, end_of
    from backupreader.store.files import Files

    if isinstance(stands := _audit(context, now), dict) and "number" in stands:
        anchor = end_of(context.settings.audit_folder / LOG, Files()).anchor
        context.say(N_("The audit stands at {anchor}."), anchor=anchor)
    elif isinstance(stands, dict):
        context.say(N_("The audit cannot be read: have the disk checked."))
    if _auditor(context) is False:
        context.say(
            N_("The auditor's file {path} cannot be used: the audit is not sealed to the auditor."),
            path=context.settings.auditor,
        )


def _outage(context: Context, _now: datetime) -> object:
    """The outage that is going on; None where none is."""
    from backupreader.store.files import Files
    from backupreader.store.outages import Outages

    going = Outages(context.settings.data, Files()).going()
    return {"number": going.number, "begun": going.begun.isoformat(), "by": going.by} if going else None


def _say_outage(context: Context, _now: datetime) -> None:
    from backupreader.store.files import Files
    from backupreader.store.outages import Outages

    if (going := Outages(context.settings.data, Files()).going()) is not None:
        moment = context.language.moment(going.begun)
        context.say(N_("Outage {number} has gone on since {moment}."), number=going.number, moment=moment)


def _plan(context: Context, now: datetime) -> object:
    """The plan that is in use; None where none ever came."""
    from backupreader.domain.plan import telling
    from backupreader.store.files import Files
    from backupreader.store.plans import carried

    found = carried(context.settings.data, Files())
    if found.plan is None and found.kept is None:
        return None
    about = found.plan.about if found.plan else None
    late = _overdue(about.revise_by if about else None, now)
    kept = found.kept
    return {
        "title": about.title if about else None,
        "owner": about.owner if about else None,
        "version": about.version or None if about else None,
        "revise_by": about.revise_by.isoformat() if about and about.revise_by else None,
        "overdue_days": late,
        "example": about.example if about else None,
        "digest": found.digest or None,
        "came": found.came or None,
        "kept": {
            "where": kept.where,
            "refused_since": kept.since or None,
            "findings": telling.documents(kept.findings, context.language),
            "more": kept.more,
        }
        if kept
        else None,
    }


def _overdue(revise_by: date | None, now: datetime) -> int:
    """How many days ago it should have been revised; 0 where it is not overdue."""
    return max(0, (now.date() - revise_by).days) if revise_by else 0


def _say_plan(context: Context, now: datetime) -> None:
    from backupreader.store.files import Files
    from backupreader.store.plans import carried

    found = carried(context.settings.data, Files())
    if found.plan is None:
        context.say(N_("There is no plan on this PC."))
    else:
        say_standing(context, found.plan.about, found.came, now.date())
    say_kept(context, found.kept)


def _shift_check(context: Context, now: datetime) -> object:
    from backupreader.domain.shiftcheck import is_due
    from backupreader.store.files import Files
    from backupreader.store.shiftchecks import ShiftChecks, document

    last = ShiftChecks(context.settings.data, Files()).last()
    due = is_due(last.at if last else None, now, context.settings.shift_check_hours)
    return {"last": document(last) if last else None, "due": due}


def _say_shift_check(context: Context, now: datetime) -> None:
    from backupreader.domain.shiftcheck import is_due, result
    from backupreader.store.files import Files
    from backupreader.store.shiftchecks import ShiftChecks

    last, every = ShiftChecks(context.settings.data, Files()).last(), context.settings.shift_check_hours
    if last is not None:
        moment = context.language.moment(last.at.astimezone(now.tzinfo))
        said = result(last, context.language)
        context.say(N_("Last shift check {moment} by {name}. {result}"), moment=moment, name=last.by, result=said)
    if is_due(last.at if last else None, now, every):
        print(  # noqa: T201
            context.language.count(
                "No shift check was made here for {n} hour: make one.",
                "No shift check was made here for {n} hours: make one.",
                every,
            )
        )


PARTS: Final = (
    Part("spool", _spool, _say_spool),
    Part("drill", _drill, _say_drill),
    Part("shift_check", _shift_check, _say_shift_check),
    Part("audit", _audit, _say_audit),
    Part("outage", _outage, _say_outage),
    Part("plan", _plan, _say_plan),
)
