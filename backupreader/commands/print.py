"""``print``: one document for one citizen or each of a unit, for a route, for who is ours, a shift, or what changed.

``print shift`` is all of them that a shift takes along, as one bundle. The pages go into a file (``--out``; what stood
there is replaced in one step, by a whole file) or to a printer of this PC (``--printer``; nothing is left behind). One
line is printed: how many pages, and their digest. With ``--to-reader`` the file holds them sealed for another PC, where
``--from`` opens it. ``--check`` only looks at a printer.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from backupreader.command import Context, Tick
from backupreader.commands._bundle import BUNDLE, carried, check_bundle, in_shift
from backupreader.commands._enter import AS, GENERATION, OWN_UNIT, REASON, ROLE, Who, enter, reading
from backupreader.commands._leaving import Made, Target, checked, leave
from backupreader.commands._preflight import cancel, say_check
from backupreader.commands._sealed import FROM, FROM_SHEET, TO_READER, Destination, open_sealed
from backupreader.commands._wanted import Wish, check, named_shift, wanted
from backupreader.domain.acts import stamp
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.store.reader import Reader
    from backupreader.store.session import Session
    from printing.document import Document, Sheet, Subject

_MOST_DAYS = 7
_MOST_COPIES = 50
_LONGEST_OUTAGE = 28
_MARGIN = 366
"""Days on both sides of the day asked for that a calendar must have."""
_WHAT = N_("Say which document: one of {names}.")
_NO_SUCH_DAY = N_("'{day}' is not a day written as 2026-11-22.")
_AGAIN = N_("Print again from this sheet on, by its number, after a jam: from the citizen that it is about.")


@dataclass(frozen=True, slots=True)
class _Job:
    """One print: a document, or the bundle where there is none; of what; how; and where the pages go."""

    document: Document | None
    wish: Wish
    sheet: Sheet
    target: Target


def add(app: typer.Typer, language: Language) -> None:
    """Register the verb."""
    _ = language.text

    @app.command("print", help=_("Print a document about a citizen, a unit, a route, or the whole area."))
    def print_(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        document: str = typer.Argument(
            "",
            help=_("Its name, such as summary or driving-list, or shift for the whole bundle; a wrong one tells all."),
        ),
        citizen: str | None = typer.Option(None, "--citizen", help=_("An id or a person number.")),
        unit: str | None = typer.Option(None, "--unit", help=_("A unit's id or name: one document for each citizen.")),
        route: str | None = typer.Option(None, "--route", help=_("A route's name.")),
        day: str | None = typer.Option(None, "--date", help=_("The first day shown, as 2026-11-22; today by itself.")),
        shift: str | None = typer.Option(None, "--shift", help=_("One shift of the day: day, evening or night.")),
        changes: bool = typer.Option(False, "--changes", help=_("Mark on a list what is new since the former data.")),
        out: Path | None = typer.Option(None, "--out", help=_("A PDF file; what stands there is replaced.")),
        printer: str | None = typer.Option(None, "--printer", help=_("A printer of this PC.")),
        sides: int = typer.Option(1, "--sides", min=1, max=2, help=_("2 prints on both sides of the sheet.")),
        look_at: str | None = typer.Option(
            None, "--check", help=_("Print nothing: look at this printer and the jobs on it.")
        ),
        cancel_job: str | None = typer.Option(None, "--cancel", help=_("Print nothing: cancel this job of a printer.")),
        to_reader: str | None = typer.Option(None, "--to-reader", help=_(TO_READER)),
        sealed: Path | None = typer.Option(None, "--from", help=_(FROM)),
        from_sheet: int = typer.Option(1, "--from-sheet", min=1, help=_(FROM_SHEET)),
        days: int = typer.Option(1, "--days", min=1, max=_MOST_DAYS, help=_("How many days a medicine sheet is for.")),
        again_from: str = typer.Option("", "--again-from", help=_(_AGAIN)),
        outage_day: int = typer.Option(
            0,
            "--outage-day",
            min=0,
            max=_LONGEST_OUTAGE,
            help=_("Which day of a long outage it is printed for."),
        ),
        car: bool = typer.Option(False, "--car", help=_("For taking along: person numbers and health details hidden.")),
        paper: str = typer.Option("a4", "--paper", help=_("a4, or a3 for an overview of the area.")),
        copies: int = typer.Option(1, "--copies", min=1, max=_MOST_COPIES, help=_("How many of a blank form.")),
        codes: bool = typer.Option(False, "--codes", help=_("Door and box codes on an access sheet; with --reason.")),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_("A file with the words.")),
        generation: str | None = typer.Option(None, "--generation", help=_(GENERATION)),
        reason: str = typer.Option("", "--reason", help=_(REASON)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        role: str = typer.Option("", "--role", help=_(ROLE)),
        own_unit: list[str] = typer.Option([], "--own-unit", help=_(OWN_UNIT)),
    ) -> None:
        context: Context = ctx.obj
        if look_at is not None:
            say_check(context, look_at)
        if cancel_job is not None:
            cancel(context, cancel_job)
        if look_at is not None or cancel_job is not None:
            return
        who = Who(name=as_, role=role, units=tuple(own_unit), reason=reason)
        target = checked(context, out, printer, to_reader)
        if sealed is not None:
            where = Destination(out, printer, sides, from_sheet)
            open_sealed(context, sealed, enter(context, passphrase_file, who), where)
            return
        if from_sheet > 1:  # pages that are made anew are other sheets
            raise typer.BadParameter(_(FROM_SHEET))
        wish = Wish(
            day=context.now().date() if day is None else _day(day, context.language),
            dated=day is not None,
            citizen=citizen,
            unit=unit,
            route=route,
            shift=named_shift(shift),
            changes=changes,
            copies=copies,
            codes=codes,
            stated=bool(reason.strip()),
            again_from=again_from,
        )
        large = _is_a3(paper)
        chosen = _chosen(document, wish, context.language, car=car, a3=large)
        with reading(context, passphrase_file, who, generation) as reader:
            session = reader.session
            assert session is not None
            sheet = replace(
                _sheet(context, reader, session, wish.day),
                days=days,
                car=car,
                sides=sides,
                outage_day=outage_day or session.outage_day(wish.day),
                paper="a3" if large else "a4",
            )
            _print(context, reader, session, _Job(chosen, wish, sheet, target))


def _day(text: str, language: Language) -> date:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 (a calendar day has no zone)
        _ = day - timedelta(days=_MARGIN), day + timedelta(days=_MARGIN)
    except (ValueError, OverflowError):
        raise typer.BadParameter(language.text(_NO_SUCH_DAY).format(day=text)) from None
    return day


def _is_a3(text: str) -> bool:
    if text.lower() not in {"a3", "a4"}:
        raise typer.BadParameter("a3, a4")
    return text.lower() == "a3"


def _chosen(name: str, wish: Wish, language: Language, *, car: bool, a3: bool) -> Document | None:
    """The document, where the wish makes sense for it; None for the bundle.

    Raises `ReaderError` (NOT_FOUND) with the known names, and `typer.BadParameter`.
    """
    if name == BUNDLE:
        check_bundle(wish, language, car=car, a3=a3)
        return None
    from printing.documents import DOCUMENTS, document

    if not name:
        raise typer.BadParameter(language.text(_WHAT).format(names=", ".join((BUNDLE, *DOCUMENTS))))
    chosen = document(name)
    check(chosen, wish, language, car=car, a3=a3)
    return chosen


def _sheet(context: Context, reader: Reader, session: Session, day: date) -> Sheet:
    from printing.document import Sheet

    return Sheet(
        language=context.language,
        now=context.now(),
        day=day,
        site=reader.info.site,
        printed_by=session.actor.name,
        generation=f"{reader.info.epoch}-{reader.info.seq}",
        outage=session.outage,
        practice=session.practice,
    )


def _print(context: Context, reader: Reader, session: Session, job: _Job) -> None:
    """The audit has the print before its pages are made, and its anchor stands on them; then it has what was made."""
    from backupreader.store.files import Files
    from backupreader.store.issuing import numbers_for
    from backupreader.store.ledger import Ledger
    from printing.bundle import TITLE, Bundle
    from printing.render import Piece, render_pieces

    document, sheet, ledger = job.document, job.sheet, Ledger(context.settings.data, session, Files())
    if document is None:
        sheet = in_shift(context, sheet, job.wish.shift)
        found = carried(context, reader, job.wish, sheet)
    else:
        found = wanted(reader, document, job.wish, context.settings, sheet.now, ledger)
    what = BUNDLE if document is None else document.name
    anchor = session.record("print", citizens=found.citizens, what=what)
    numbers, out = numbers_for(ledger), io.BytesIO()
    sheet = replace(sheet, anchor=stamp(anchor, context.language), numbers=numbers)
    with context.progress(N_("Making pages")) as tick:
        subjects = _counted(found.subjects, found.total, tick)
        if document is None:
            bundle = Bundle(found.name)
            rendered = render_pieces(TITLE, bundle.pieces(subjects), sheet, out, bundle.cover)
        else:
            rendered = render_pieces(document.title, (Piece(document, one) for one in subjects), sheet, out)
    made = Made(
        what=what,
        citizens=found.citizens,
        pdf=out.getvalue(),
        rendered=rendered,
        numbers=numbers,
        sides=sheet.sides,
        paper="A4" if document is None else document.paper(sheet).upper(),
    )
    leave(context, session, ledger, made, job.target)


def _counted(subjects: Iterable[Subject], total: int, tick: Tick) -> Iterator[Subject]:
    for done, subject in enumerate(subjects):
        tick(done, total)
        yield subject
    tick(total, total)
