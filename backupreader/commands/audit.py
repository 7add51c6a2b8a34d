"""``audit``: whether what was done on this PC is all there, and who did what."""

from __future__ import annotations

import csv
import io
import json
import random
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from backupreader.command import Context, plain
from backupreader.commands._enter import AS, Who, enter, spend
from backupreader.domain.acts import SAID, VIA, Anchor, told_purpose, told_what
from backupreader.domain.errors import AUDIT_BROKEN, FILE_TROUBLE
from backupreader.domain.review import Asked, answering, spot_check, typed_out
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_, Language
from backupreader.store.files import SECRET

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from backupreader.domain.papers import ReportLine
    from backupreader.store.auditreading import Entry, Verdict
    from backupreader.store.session import Session

_FILE = N_("A file with the words that open the vault; without it they are asked for")
_FOLDER = N_("A copy of another PC's audit folder, as the auditor has it.")
_WHOLE = N_("The audit is whole: {lines}, the last one is {anchor}.")
_CLOSED = N_("What is in the lines was not looked at: that needs the words of one who may read them.")
_SEALED = N_("Left out: {lines} that these words do not open.")
_NO_FOLDER = N_("there is no audit here")
_NO_ANCHOR = N_("'{text}' is not what stands after “Log” in a page's foot, such as 214 · 5f3a 09c1 77d2.")
_WRITTEN = N_("{lines}: {path}")
_DAY = N_("There is no day {day}. Write it as 2026-11-22.")
_OUT = N_(
    "Write the report here: FILE.pdf to be read, FILE.csv with every line for a machine. Without it, on the terminal."
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_MOST_FAULTS: Final = 5
_COLUMNS: Final = (
    "line", "at", "kind", "person", "role", "units", "opened by", "opened because", "citizens", "names", "what",
    "words", "reason", "pages", "sha256", "generation", "outage", "late",
)  # fmt: skip


def add(app: typer.Typer, language: Language) -> None:
    """Register the group of verbs."""
    _ = language.text
    group = typer.Typer(no_args_is_help=True, help=_("Who has seen and printed what on this PC."))
    app.add_typer(group, name="audit")

    @group.command("verify", help=_("Whether the audit is whole. Needs no words; with them, every line is opened too."))
    def verify(
        ctx: typer.Context,
        anchor: list[str] = typer.Option(
            [], "--anchor", help=_("What stands after “Log” in a page's foot: it must be in the audit.")
        ),
        folder: Path | None = typer.Option(None, "--log", help=_(_FOLDER)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
        as_json: bool = typer.Option(False, "--json", help=_("Print one JSON document.")),
    ) -> None:
        context: Context = ctx.obj
        anchors = tuple(_anchor(text, context) for text in anchor)
        session = enter(context, passphrase_file, Who()) if passphrase_file is not None else None
        if session is not None:
            spend(context, session)
        _verify(context, folder, anchors, session, as_json=as_json)

    @group.command("report", help=_("Who has seen or printed what: about a citizen, by a person, in an outage."))
    def report(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        citizen: str = typer.Option("", "--citizen", help=_("Only about this citizen: her id or person number.")),
        person: str = typer.Option("", "--person", help=_("Only by people whose name holds this.")),
        outage: str = typer.Option("", "--outage", help=_("Only in this outage, such as 2026-003.")),
        first: str = typer.Option("", "--from", help=_("Only from this day on.")),
        last: str = typer.Option("", "--to", help=_("Only up to and including this day.")),
        spot: int = typer.Option(
            0,
            "--spot-check",
            min=0,
            max=1000,
            help=_("Only so many, chosen by chance, besides every line with a stated reason."),
        ),
        out: Path | None = typer.Option(None, "--out", help=_(_OUT)),
        folder: Path | None = typer.Option(None, "--log", help=_(_FOLDER)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        context: Context = ctx.obj
        if out is not None and out.suffix.casefold() not in {".pdf", ".csv"}:
            raise typer.BadParameter(_(_OUT), param_hint="--out")
        asked = Asked(
            citizens=frozenset({citizen} - {""}),
            person=person,
            outage=outage,
            first=_day(first, context),
            last=_day(last, context),
        )
        session = enter(context, passphrase_file, Who(name=as_))
        spend(context, session)
        _report(context, session, asked, folder, out, spot)


def _anchor(text: str, context: Context) -> Anchor:
    from backupreader.store.auditreading import printed

    if (anchor := printed(text)) is None:
        raise typer.BadParameter(context.language.text(_NO_ANCHOR).format(text=text), param_hint="--anchor")
    return anchor


def _day(text: str, context: Context) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(context.language.text(_DAY).format(day=text)) from None


def _verify(
    context: Context, folder: Path | None, anchors: tuple[Anchor, ...], session: Session | None, *, as_json: bool
) -> None:
    _found, verdict = _judged(context, folder, session, anchors)
    if as_json:
        print(json.dumps(_machine(verdict, context.language), ensure_ascii=False, indent=1))  # noqa: T201
    else:
        _say(context, verdict)
    _raise_broken(verdict, folder or context.settings.audit_folder)


def _judged(
    context: Context, folder: Path | None, session: Session | None, anchors: tuple[Anchor, ...] = ()
) -> tuple[list[Entry], Verdict]:
    """All lines of this PC's audit, or of the copy in `folder`, and the verdict on them."""
    from backupreader.store.auditreading import entries, judged
    from backupreader.store.drills import Drills
    from backupreader.store.files import Files

    files, place, own = Files(), folder or context.settings.audit_folder, folder is None
    if not own and not place.is_dir():
        raise ReaderError(FILE_TROUBLE, path=place, reason=Reason(_NO_FOLDER))
    opened = own and Drills(context.settings.data, files).last_opening() is not None
    found = list(entries(place, session.unlocked.seeds if session is not None else {}, files, own=own))
    return found, judged(place, found, files, anchors, own=own, opened=opened)


def _raise_broken(verdict: Verdict, folder: Path) -> None:
    if verdict.faults:
        raise ReaderError(AUDIT_BROKEN, faults=verdict.faults[:_MOST_FAULTS], path=folder)


def _say(context: Context, verdict: Verdict) -> None:
    if not verdict.faults:
        context.say(_WHOLE, lines=_counted(context, verdict.acts), anchor=verdict.anchor)
    if verdict.torn:
        cut = context.language.count(
            "{n} line is only a fragment, as after a crash while it was written.",
            "{n} lines are only fragments, as after a crash while they were written.",
            verdict.torn,
        )
        print(cut)  # noqa: T201 (this is the command line's voice)
    if verdict.closed:
        context.say(_CLOSED)


def _counted(context: Context, number: int) -> str:
    return context.language.count("{n} line", "{n} lines", number)


def _machine(verdict: Verdict, language: Language) -> dict[str, object]:
    return {
        "whole": not verdict.faults,
        "lines": verdict.acts,
        "anchor": {"number": verdict.anchor.number, "head": verdict.anchor.head},
        "faults": [fault.told(language) for fault in verdict.faults],
        "cut_off": verdict.torn,
        "closed": verdict.closed,
    }


def _report(  # noqa: PLR0917 (all that a report is asked with)
    context: Context, session: Session, asked: Asked, folder: Path | None, out: Path | None, spot: int
) -> None:
    from backupreader.domain.papers import ReportLine
    from backupreader.store.files import Files

    words = _asked(asked, spot, context.language)
    with closing(_Names(context, session)) as names:
        asked = names.widened(asked)
        session.record("audit", what=words, citizens=tuple(sorted(asked.citizens)))
        found, verdict = _judged(context, folder, session)
        lines: Iterable[ReportLine] = answering(
            (ReportLine(entry.anchor.number, entry.act, late=entry.late) for entry in found if entry.act is not None),
            asked,
        )
        if spot:
            lines = spot_check(lines, spot, random.SystemRandom())
        told = [replace(line, names=names.of(line.act.citizens)) for line in lines]
    if out is None:
        for line in typed_out(told):
            print(_in_words(line, context.language))  # noqa: T201 (this is the command line's voice)
    else:
        content = _as_csv(told) if out.suffix.casefold() == ".csv" else _as_pdf(context, session, told, verdict, words)
        Files().replace(out.absolute(), content, SECRET)
        context.say(_WRITTEN, lines=_counted(context, len(told)), path=out)
    if verdict.closed:
        context.say(_SEALED, lines=_counted(context, verdict.closed))
    _raise_broken(verdict, folder or context.settings.audit_folder)


class _Names:
    """The citizens' names, out of the newest generation where there is one that opens."""

    def __init__(self, context: Context, session: Session) -> None:
        from backupreader.store.opening import open_newest

        self._reader = None
        with suppress(ReaderError):  # the audit is read on the auditor's machine too, where there is no generation
            self._reader = open_newest(context.settings, session)

    def of(self, citizens: Sequence[str]) -> tuple[str, ...]:
        """The citizens' names, in their order; empty for one who is not known now."""
        if self._reader is None:
            return ()
        found = (self._reader.citizen(citizen) for citizen in citizens)
        return tuple("" if citizen is None else citizen.name for citizen in found)

    def widened(self, asked: Asked) -> Asked:
        """The same with the citizen's id beside the person number that was typed."""
        if self._reader is None or not asked.citizens:
            return asked
        ids = set(asked.citizens)
        for text in asked.citizens:
            with suppress(ReaderError):  # one who has moved away is asked for by the id that the audit has
                ids.update(self._reader.ids(self._reader.citizen_by(text).id))
        return replace(asked, citizens=frozenset(ids))

    def close(self) -> None:
        """Give the generation back."""
        if self._reader is not None:
            self._reader.close()


def _asked(asked: Asked, spot: int, language: Language) -> str:
    """The question in words, for the report's head and for the audit itself."""
    _ = language.text
    parts = [
        _("about citizen {citizen}").format(citizen=", ".join(sorted(asked.citizens))) if asked.citizens else "",
        _("by {person}").format(person=asked.person) if asked.person else "",
        _("in outage {number}").format(number=asked.outage) if asked.outage else "",
        _("from {day}").format(day=language.day(asked.first)) if asked.first else "",
        _("until {day}").format(day=language.day(asked.last)) if asked.last else "",
        _("spot check of {n}").format(n=spot) if spot else "",
    ]
    return ", ".join(part for part in parts if part) or _("everything")


def _in_words(line: ReportLine, language: Language) -> str:
    """One line on the terminal, without anything that a terminal would obey."""
    act = line.act
    parts = (
        str(line.number),
        language.moment(act.at),
        act.actor.name,
        act.actor.role,
        "" if act.actor.via == "account" else language.text(VIA[act.actor.via]),
        language.text(SAID[act.kind]),
        told_what(act, language),
        act.words,
        ", ".join(name or one for name, one in zip(line.names or act.citizens, act.citizens, strict=True)),
        act.reason or told_purpose(act.actor, language),
        language.text("written later") if line.late else "",
    )
    return " · ".join(plain(part) for part in parts if part)


def _as_csv(lines: Sequence[ReportLine]) -> bytes:
    """Every line with all that it says, a column each; what a spreadsheet would take for a formula is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for line in lines:
        act, actor = line.act, line.act.actor
        row: tuple[object, ...] = (
            line.number, act.at.isoformat(), act.kind, actor.name, actor.role, "; ".join(actor.units), actor.via,
            actor.reason, "; ".join(act.citizens), "; ".join(line.names), act.what, act.words, act.reason, act.pages,
            act.digest, act.generation, act.outage, int(line.late),
        )  # fmt: skip
        writer.writerow([_harmless(str(cell)) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _as_pdf(context: Context, session: Session, lines: Sequence[ReportLine], verdict: Verdict, asked: str) -> bytes:
    from backupreader.domain.papers import AuditReport
    from printing.papers import paper

    report = AuditReport(
        pc=session.unlocked.identity.name,
        site=session.unlocked.identity.site,
        asked=asked,
        lines=typed_out(lines),
        anchor=verdict.anchor,
        faults=tuple(fault.told(context.language) for fault in verdict.faults),
        made_at=context.now(),
        made_by=session.actor.name,
    )
    return paper("audit-report", report, context.language, context.now())
