"""Which plan a verb tells of: the one in use on this PC, or one in a file; how it stands; and the moment asked for."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

import typer

from backupreader.command import Context, plain
from backupreader.domain import moments
from backupreader.domain.errors import NO_PLAN, NOT_FOUND
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backupreader.domain.plan.about import About
    from backupreader.store.plans import Carried, Kept

_NO_TIME: Final = N_("'{text}' is not a time written as 2026-12-25 15:30.")
_YEARS: Final = range(1971, 3000)
_CAME: Final = {
    (True, True): N_("Plan: {title}, version {version}, of {owner}. It came with the data of {moment}."),
    (False, True): N_("Plan: {title}, of {owner}. It came with the data of {moment}."),
    (True, False): N_("Plan: {title}, version {version}, of {owner}."),
    (False, False): N_("Plan: {title}, of {owner}."),
}
"""Which plan it is: with its version where it has one, and with its package where it came with one."""
_NOT_NEWEST: Final = N_("The plan may not be the newest: {reason}")
_REFUSED: Final = N_("Since {moment} the export machine has had a newer plan that it cannot use: {reason}")
_CLOCKS_DIFFER: Final = 300.0
"""Seconds by which two clocks may differ before anybody is asked to look."""
_CLOCK: Final = N_("The clock of this PC says {moment}. Does your watch say the same?")
FILE: Final = N_("A plan's file, or the folder of a plan with supplements, in place of the one in use here.")


def plan_here(context: Context, file: Path | None) -> Carried:
    """The plan in use, or the one of a file. Raises NO_PLAN, told why as far as is known, or PLAN_UNREADABLE."""
    from backupreader.store.files import Files
    from backupreader.store.plans import Carried, carried

    if file is not None:
        from backupreader import planfile

        return Carried(planfile.load(file))
    found = carried(context.settings.data, Files())
    if found.plan is None:
        say_kept(context, found.kept, to=sys.stderr)
        raise ReaderError(NO_PLAN)
    return found


def moment_of(text: str, context: Context) -> datetime:
    """The moment of a text on the site's clock, the first where it comes twice; now where there is none."""
    if not text:
        return context.now()
    found = moments.instant(text.strip().replace(" ", "T"), context.settings.timezone())
    if found is None or found.year not in _YEARS:
        raise typer.BadParameter(context.language.text(_NO_TIME).format(text=plain(text)), param_hint="--at")
    return found


def say_clock(context: Context, now: datetime, known: datetime | None) -> None:
    """Ask for a look at a watch where something is known here of a later moment than the PC's clock says."""
    if known is not None and known.timestamp() > now.timestamp() + _CLOCKS_DIFFER:
        context.say(_CLOCK, moment=context.language.moment(now))


def check_known(what: str, known: Iterable[str]) -> None:
    """Raises NOT_FOUND where something is named that the plan does not know."""
    names = tuple(dict.fromkeys(known))
    if what and what not in names:
        raise ReaderError(NOT_FOUND, what=what, known=", ".join(names) or "–")


def say_standing(context: Context, document: About, came: str, today: date) -> None:
    """Which plan it is, whose, and since when it is here; that it is an example; that it is overdue."""
    language, since = context.language, moments.instant(came, context.settings.timezone())
    sentence = _CAME[bool(document.version), bool(came)]
    moment = language.moment(since) if since else came
    context.say(sentence, title=document.title, version=document.version, owner=document.owner, moment=moment)
    if document.example:
        context.say(N_("The plan is an example: nobody has approved it."))
    if document.revise_by is not None and document.is_overdue(today):
        context.say(
            N_("The plan is overdue: it should have been revised by {day}, {days} ago."),
            day=language.day(document.revise_by),
            days=language.count("{n} day", "{n} days", (today - document.revise_by).days),
        )


def say_kept(context: Context, kept: Kept | None, *, to: TextIO | None = None) -> None:
    """Why a newer plan is not in use, a line a reason, on standard output or elsewhere."""
    if kept is None:
        return
    sentence, since = _NOT_NEWEST, moments.instant(kept.since, context.settings.timezone())
    if kept.where == "export":
        sentence = _REFUSED
    moment = context.language.moment(since) if since else "–"
    for reason in kept.told(context.language):
        print(plain(context.language.text(sentence).format(reason=reason, moment=moment)), file=to)


def standing(context: Context, found: Carried, today: date) -> dict[str, Any]:
    """The same for a machine."""
    assert found.plan is not None
    return {
        **about(found.plan.about, today),
        "digest": found.digest or None,
        "came": found.came or None,
        "kept": None if found.kept is None else list(found.kept.told(context.language)),
    }


def about(document: About, today: date) -> dict[str, Any]:
    """What a governed document says of itself, for a machine."""
    return {
        "title": document.title,
        "owner": document.owner,
        "version": document.version or None,
        "editor": document.editor or None,
        "approved": _iso(document.approved),
        "updated": _iso(document.updated),
        "revise_by": _iso(document.revise_by),
        "overdue": document.is_overdue(today),
        "example": document.example,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
