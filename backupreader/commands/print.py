"""``print``: one document for one citizen, for every citizen of a unit, or for one route on one day; or a blank form.

The pages go into a file (``--out``; what stood there is replaced in one step, by a whole file) or to a printer of this
PC (``--printer``; nothing is left behind). One line is printed: how many pages, and their digest.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from backupreader.command import Context, Tick, plain
from backupreader.commands._bundle import BUNDLE, Shifts, carried, in_shift, made, shift_asked
from backupreader.commands._enter import AS, GENERATION, OWN_UNIT, REASON, ROLE, Who, reading
from backupreader.domain.acts import stamp
from backupreader.domain.errors import NOT_FOUND, ReaderError, Reason
from backupreader.domain.sheets import serial
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.store.ledger import Ledger
    from backupreader.store.reader import Reader
    from printing.document import Document, Sheet, Subject

_MOST_DAYS = 7
_MOST_COPIES = 50
_MARGIN = 366
"""Days on both sides of the day asked for that a calendar must have."""
_LONGEST = 28
_WHOM_BUNDLE = N_("'shift' is for a route or a unit: say --route and --date, or --unit.")
_WHERE = N_("Say where the pages shall go: either --out FILE.pdf or --printer NAME.")
_WHOM = N_("Say for whom: one of --citizen, --unit and --route.")
_ABOUT_CITIZEN = N_("The document {name} is about a citizen: say --citizen or --unit.")
_ABOUT_ROUTE = N_("The document {name} is about a route: say --route and --date.")
_ABOUT_NOBODY = N_("The form {name} is about nobody: say none of --citizen, --unit and --route.")
_NO_COPIES = N_("--copies is for blank forms: {name} is none.")
_CODES_WITH_REASON = N_("--codes is for access-sheet, not for the car, and takes --reason.")
_NO_SUCH_DAY = N_("'{day}' is not a day written as 2026-11-22.")
_NO_CITIZENS = N_("a unit that has citizens")
_NO_VISITS = N_("a day for which visits were delivered: {days}")
_IN_FILE = N_("{pages} pages, SHA-256 {digest}, in {where}")
_FROM = N_("Print again from this sheet on, by its number, after a jam: from the citizen that it is about.")
_NO_SHEET = N_("a sheet of a citizen of the unit, printed by this PC")
_NO_NUMBERS = N_("These sheets have no numbers, because the ledger cannot be written. Write one on each; tell IT.")
_ON_PRINTER = N_("{pages} pages, SHA-256 {digest}, on printer {where}")


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be printed, as it was asked for."""

    citizen: str | None
    unit: str | None
    route: str | None
    day: date
    copies: int = 1
    codes: bool = False
    again_from: str = ""

    @property
    def about(self) -> str:
        """What kind of document it asks for."""
        if self.route is not None:
            return "route"
        return "nobody" if self.citizen is None and self.unit is None else "citizen"


@dataclass(frozen=True, slots=True)
class _Target:
    """Where the pages go: exactly one of the two."""

    out: Path | None
    printer: str | None


def add(app: typer.Typer, language: Language) -> None:
    """Register the verb."""
    _ = language.text

    @app.command("print", help=_("Print a document about a citizen, a unit's citizens or a route."))
    def print_(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        document: str = typer.Argument(help=_("A document's name; a name that there is not tells all that there are.")),
        citizen: str | None = typer.Option(None, "--citizen", help=_("An id or a person number.")),
        unit: str | None = typer.Option(None, "--unit", help=_("A unit's id or name: one document for each citizen.")),
        route: str | None = typer.Option(None, "--route", help=_("A route's name.")),
        day: str | None = typer.Option(None, "--date", help=_("The first day shown, as 2026-11-22; today by itself.")),
        out: Path | None = typer.Option(None, "--out", help=_("A PDF file; what stands there is replaced.")),
        printer: str | None = typer.Option(None, "--printer", help=_("A printer of this PC.")),
        days: int = typer.Option(1, "--days", min=1, max=_MOST_DAYS, help=_("How many days a medicine sheet is for.")),
        again_from: str = typer.Option("", "--from", help=_(_FROM)),
        car: bool = typer.Option(False, "--car", help=_("For taking along: person numbers and health details hidden.")),
        copies: int = typer.Option(1, "--copies", min=1, max=_MOST_COPIES, help=_("How many of a blank form.")),
        codes: bool = typer.Option(False, "--codes", help=_("Door and box codes on an access sheet; with --reason.")),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_("A file with the words.")),
        generation: str | None = typer.Option(None, "--generation", help=_(GENERATION)),
        reason: str = typer.Option("", "--reason", help=_(REASON)),
        shift: Shifts | None = typer.Option(
            None, "--shift", help=_("Of 'shift': this shift of the day, not all of it.")
        ),
        two_sided: bool = typer.Option(False, "--two-sided", help=_("Print both sides of the paper.")),
        outage_day: int = typer.Option(0, "--outage-day", min=0, max=_LONGEST, help=_("The day of a long outage.")),
        as_: str = typer.Option("", "--as", help=_(AS)),
        role: str = typer.Option("", "--role", help=_(ROLE)),
        own_unit: list[str] = typer.Option([], "--own-unit", help=_(OWN_UNIT)),
    ) -> None:
        context: Context = ctx.obj
        wish = _Wish(citizen, unit, route, _day(day, context), copies, codes, again_from)
        _check(wish, out, printer, context.language)
        who, target = Who(name=as_, role=role, units=tuple(own_unit), reason=reason), _Target(out, printer)
        chosen = None if document == BUNDLE else _chosen(document, wish, context.language)
        if codes and (document != "access-sheet" or car or not reason.strip()):
            raise typer.BadParameter(_(_CODES_WITH_REASON))
        with reading(context, passphrase_file, who, generation) as reader:
            sheet = _sheet(context, reader, wish, days=days, car=car)
            sheet = replace(sheet, sides=1 + two_sided, outage_day=outage_day)
            if chosen is None:
                asked = shift_asked(context, wish.day, shift.value if shift is not None else None)
                _print_bundle(context, reader, wish, in_shift(sheet, asked), target)
            else:
                _print(context, chosen, reader, wish, sheet, target)


def _day(text: str | None, context: Context) -> date:
    if text is None:
        return context.now().date()
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 (a calendar day has no zone)
        _ = day - timedelta(days=_MARGIN), day + timedelta(days=_MARGIN)
    except (ValueError, OverflowError):
        raise typer.BadParameter(context.language.text(_NO_SUCH_DAY).format(day=text)) from None
    return day


def _check(wish: _Wish, out: Path | None, printer: str | None, language: Language) -> None:
    if sum(value is not None for value in (wish.citizen, wish.unit, wish.route)) > 1:
        raise typer.BadParameter(language.text(_WHOM))
    if (out is None) == (printer is None):
        raise typer.BadParameter(language.text(_WHERE))


def _chosen(name: str, wish: _Wish, language: Language) -> Document:
    """The document, when it is about what was asked for. Raises `ReaderError` (NOT_FOUND) with the known names."""
    from printing.documents import document

    chosen = document(name)
    if wish.copies > 1 and not chosen.form:
        raise typer.BadParameter(language.text(_NO_COPIES).format(name=name))
    if wish.about == chosen.about or (wish.about == "nobody" and chosen.form):
        return chosen
    sentence = {"route": _ABOUT_ROUTE, "nobody": _ABOUT_NOBODY}.get(chosen.about, _ABOUT_CITIZEN)
    raise typer.BadParameter(language.text(sentence).format(name=name))


def _sheet(context: Context, reader: Reader, wish: _Wish, *, days: int, car: bool) -> Sheet:
    from printing.document import Sheet

    session = reader.session
    assert session is not None
    return Sheet(
        language=context.language,
        now=context.now(),
        day=wish.day,
        site=reader.info.site,
        printed_by=session.actor.name,
        days=days,
        generation=f"{reader.info.epoch}-{reader.info.seq}",
        car=car,
        outage=session.outage,
        practice=session.practice,
    )


def _place(ids: tuple[str, ...], number: str, ledger: Ledger) -> int:
    """Where the citizen stands that a sheet is about; at the beginning where no sheet is named."""
    if not number:
        return 0
    named = serial(number)
    account = ledger.read().by_serial.get(named) if named is not None else None
    if account is None or account.sheet.citizen not in ids:
        raise ReaderError(NOT_FOUND, what=plain(number), known=Reason(_NO_SHEET))
    return ids.index(account.sheet.citizen)


def _subjects(reader: Reader, wish: _Wish, ledger: Ledger) -> tuple[tuple[str, ...], int, Iterator[Subject]]:
    """The citizens' ids, how many subjects there are, and each as it is read.

    Raises `ReaderError` (NOT_FOUND) where there is none.
    """
    from printing.document import Subject

    if wish.about == "nobody":
        return (), wish.copies, iter([Subject()] * wish.copies)
    if wish.route is not None:
        route = reader.route_by(wish.route)
        days = reader.days()
        if wish.day not in days:  # an empty list would say that nobody is to be visited
            known = Reason(_NO_VISITS, {"days": ", ".join(day.isoformat() for day in days)})
            raise ReaderError(NOT_FOUND, what=wish.day.isoformat(), known=known)
        found = reader.driving_list(route, wish.day)
        return tuple(found.citizens), 1, iter([Subject(driving_list=found)])
    if wish.citizen is not None:
        ids: tuple[str, ...] = (reader.citizen_by(wish.citizen).id,)
    else:
        unit = reader.unit_by(wish.unit or "")
        ids = tuple(citizen.id for citizen in reader.citizens_of(unit.id))
        if not ids:
            raise ReaderError(NOT_FOUND, what=unit.name, known=Reason(_NO_CITIZENS))
        ids = ids[_place(ids, wish.again_from, ledger) :]
    return ids, len(ids) * wish.copies, (copy for citizen_id in ids for copy in _copies(reader, wish, citizen_id))


def _copies(reader: Reader, wish: _Wish, citizen: str) -> list[Subject]:
    """What is known of a citizen, as often as it is printed; the codes of her doors only where they were asked for."""
    from printing.document import Subject

    journal = reader.journal(citizen)
    codes = reader.access_codes(citizen) if wish.codes else None
    return [Subject(journal=journal, codes=codes)] * wish.copies


def _print(  # noqa: PLR0917 (all that one print is made of)
    context: Context, document: Document, reader: Reader, wish: _Wish, sheet: Sheet, target: _Target
) -> None:
    """The audit has the print before its pages are made, and its anchor stands on them; then it has what was made."""
    from backupreader.store.files import Files
    from backupreader.store.issuing import counted, numbers_for
    from backupreader.store.ledger import Ledger
    from printing import jobs, spool
    from printing.render import render

    session = reader.session
    assert session is not None
    ledger = Ledger(context.settings.data, session, Files())
    citizens, total, subjects = _subjects(reader, wish, ledger)
    where = str(target.out) if target.out is not None else target.printer or ""
    anchor = session.record("print", citizens=citizens, what=document.name)
    numbers, pages = numbers_for(ledger), io.BytesIO()
    sheet = replace(sheet, anchor=stamp(anchor, context.language), numbers=numbers)
    with context.progress(N_("Making pages")) as tick:
        rendered = render(document, _counted(subjects, total, tick), sheet, pages)
    sentence = _IN_FILE if target.out is not None else _ON_PRINTER
    with counted(ledger, numbers, rendered.sheets, where):
        if target.out is not None:
            spool.write(pages.getvalue(), target.out)
        else:
            jobs.submit(pages.getvalue(), where, "Backup Reader")
    if numbers is None:
        print(context.language.text(_NO_NUMBERS), file=sys.stderr)  # noqa: T201 (the command line's voice)
    session.record(
        "printed", citizens=citizens, what=f"{document.name}: {where}", pages=rendered.pages, digest=rendered.sha256
    )
    context.say(sentence, pages=rendered.pages, digest=rendered.sha256, where=where)


def _print_bundle(context: Context, reader: Reader, wish: _Wish, sheet: Sheet, target: _Target) -> None:
    """As `_print`, of the whole bundle."""
    from printing import jobs, spool

    session = reader.session
    assert session is not None
    if wish.citizen is not None:
        raise typer.BadParameter(context.language.text(_WHOM_BUNDLE))
    bundle = carried(context, reader, wish.route, wish.unit, sheet)
    where = str(target.out) if target.out is not None else target.printer or ""
    anchor = session.record("print", citizens=bundle.citizens, what=BUNDLE)
    sheet = replace(sheet, anchor=stamp(anchor, context.language))
    with context.progress(N_("Making pages")) as tick:
        pdf, rendered = made(bundle, _counted(bundle.subjects(reader), len(bundle.citizens) + 1, tick), sheet)
    if target.out is not None:
        spool.write(pdf, target.out)
    else:
        jobs.submit(pdf, where, "Backup Reader")
    session.record(
        "printed",
        citizens=bundle.citizens,
        what=f"{BUNDLE}: {where}",
        pages=rendered.pages,
        digest=rendered.sha256,
    )
    sentence = _IN_FILE if target.out is not None else _ON_PRINTER
    context.say(sentence, pages=rendered.pages, digest=rendered.sha256, where=where)


def _counted(subjects: Iterable[Subject], total: int, tick: Tick) -> Iterator[Subject]:
    for done, subject in enumerate(subjects):
        tick(done, total)
        yield subject
    tick(total, total)
