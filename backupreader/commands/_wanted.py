"""What ``print`` is asked for, and what the reader gives for it: whose pages, and each subject as it is read.

What a document is about says which of the options belong to it; a wish that makes no sense for it is refused in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import typer

from backupreader.command import plain
from backupreader.domain import overview
from backupreader.domain.errors import NOT_FOUND
from backupreader.domain.records import Visit
from backupreader.domain.rounds import DrivingList
from backupreader.domain.sheets import serial
from backupreader.domain.shiftlists import Kind, Pick
from backupreader.domain.shifts import NAMES, Name, Shift, shift_of, shifts_of
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.domain.changes import Changes
    from backupreader.settings import Settings
    from backupreader.store.ledger import Ledger
    from backupreader.store.reader import Reader
    from printing.document import Document, Subject

_ABOUT: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "citizen": (
        frozenset({"citizen", "unit", "date"}),
        N_("The document {name} is about a citizen: say --citizen or --unit."),
    ),
    "route": (
        frozenset({"route", "date", "shift", "changes"}),
        N_("The document {name} is about a route: say --route and --date."),
    ),
    "tonight": (
        frozenset({"unit", "route"}),
        N_("The document {name} is about who is ours now: say --unit, --route, or neither for all."),
    ),
    "overview": (
        frozenset({"date", "shift"}),
        N_("The document {name} is about a whole shift: say --date, and --shift for one of the three."),
    ),
    "changes": (
        frozenset({"unit"}),
        N_("The document {name} is about what has changed: say --unit, or nothing for all."),
    ),
    "nobody": (
        frozenset({"date"}),
        N_("The form {name} is about nobody: say none of --citizen, --unit and --route."),
    ),
}
"""Which options go with what a document is about, and the sentence for those that do not."""
NEW_CITIZEN: Final = "form-new-citizen"
_WHOM: Final = N_("Say for whom: one of --citizen, --unit and --route.")
_NO_COPIES: Final = N_("--copies is for blank forms: {name} is none.")
_CODES_WITH_REASON: Final = N_("--codes is for access-sheet, not for the car, and takes --reason.")
_AGAIN_OF_UNIT: Final = N_("--again-from goes with --unit: it says from which of its citizens on.")
_NO_SHEET: Final = N_("a sheet of a citizen of the unit, printed by this PC")
_NO_CAR: Final = N_("The document {name} is full of health details: it has no version for the car.")
_NO_A3: Final = N_("The document {name} stands on A4 only.")
_NO_CITIZENS: Final = N_("a unit that has citizens")
_NO_OWN: Final = N_("a unit, or a route of this shift, with citizens of your own units")
_NO_VISITS: Final = N_("a day for which visits were delivered: {days}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be printed, as it was asked for; `dated` where a day was said, `stated` where a reason was.

    `again_from` is the number of a sheet: from the citizen on that it is about.
    """

    day: date
    dated: bool = False
    citizen: str | None = None
    unit: str | None = None
    route: str | None = None
    shift: Name | None = None
    changes: bool = False
    copies: int = 1
    codes: bool = False
    stated: bool = False
    again_from: str = ""

    @property
    def said(self) -> frozenset[str]:
        """The options that were used."""
        used = {
            "citizen": self.citizen is not None,
            "unit": self.unit is not None,
            "route": self.route is not None,
            "date": self.dated,
            "shift": self.shift is not None,
            "changes": self.changes,
        }
        return frozenset(name for name, said in used.items() if said)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The ids of the citizens whose data is printed, how many subjects there are, and each as it is read.

    A bundle has the `name` of the route or unit that it is for.
    """

    citizens: tuple[str, ...]
    total: int
    subjects: Iterator[Subject]
    name: str = ""


def named_shift(text: str | None) -> Name | None:
    """The shift of this name. Raises `typer.BadParameter` for another word."""
    if text is None or text in NAMES:
        return text
    raise typer.BadParameter(", ".join(NAMES))


def check(document: Document, wish: Wish, language: Language, *, car: bool, a3: bool) -> None:
    """Refuse options that do not go with what the document is about. Raises `typer.BadParameter`."""
    people = wish.said & {"citizen", "unit", "route"}
    about = "nobody" if document.form and not people else document.about
    allowed, sentence = _ABOUT[about]
    if about in {"citizen", "route"} and len(people) != 1:
        raise typer.BadParameter(language.text(_WHOM))
    if wish.copies > 1 and not document.form:
        raise typer.BadParameter(language.text(_NO_COPIES).format(name=document.name))
    if wish.codes and (document.name != "access-sheet" or car or not wish.stated):
        raise typer.BadParameter(language.text(_CODES_WITH_REASON))
    if wish.again_from and wish.unit is None:
        raise typer.BadParameter(language.text(_AGAIN_OF_UNIT))
    if not wish.said <= allowed or len(people) > 1:
        raise typer.BadParameter(language.text(sentence).format(name=document.name))
    if car and document.office:
        raise typer.BadParameter(language.text(_NO_CAR).format(name=document.name))
    if a3 and not document.large:
        raise typer.BadParameter(language.text(_NO_A3).format(name=document.name))


def wanted(  # noqa: PLR0917 (what, of what, and how it is read)
    reader: Reader, document: Document, wish: Wish, settings: Settings, now: datetime, ledger: Ledger
) -> Wanted:
    """What is printed; `now` carries the site's zone. Raises `ReaderError` (NOT_FOUND) where there is none."""
    if document.form and wish.citizen is None and wish.unit is None:
        return _nobody(document, wish, ledger)
    match document.about:
        case "route":
            return _route(reader, document, wish, settings)
        case "tonight":
            return _tonight(reader, wish, settings, now)
        case "overview":
            return _overview(reader, wish, settings)
        case "changes":
            return _changed(reader, wish, settings)
        case _:
            return _citizens(reader, wish, ledger)


def _nobody(document: Document, wish: Wish, ledger: Ledger) -> Wanted:
    """Nobody's data; a number of its own for each citizen whom nobody knows yet."""
    from printing.document import Subject

    numbered = document.name == NEW_CITIZEN
    made = (Subject(number=ledger.new_number() if numbered else "") for _copy in range(wish.copies))
    return Wanted((), wish.copies, made)


def _citizens(reader: Reader, wish: Wish, ledger: Ledger) -> Wanted:
    if wish.citizen is not None:
        ids: tuple[str, ...] = (reader.citizen_by(wish.citizen).id,)
    else:
        unit = reader.unit_by(wish.unit or "")
        ids = tuple(citizen.id for citizen in reader.citizens_of(unit.id))
        if not ids:
            raise ReaderError(NOT_FOUND, what=unit.name, known=Reason(_NO_CITIZENS))
        ids = ids[_place(ids, wish.again_from, ledger) :]
    return Wanted(ids, len(ids) * wish.copies, (copy for one in ids for copy in _copies(reader, wish, one)))


def _copies(reader: Reader, wish: Wish, citizen: str) -> list[Subject]:
    """What is known of a citizen, as often as it is printed; the codes of her doors only where they were asked for."""
    from printing.document import Subject

    journal = reader.journal(citizen)
    codes = reader.access_codes(citizen) if wish.codes else None
    return [Subject(journal=journal, codes=codes)] * wish.copies


def _place(ids: tuple[str, ...], number: str, ledger: Ledger) -> int:
    """Where the citizen stands that a sheet is about; at the beginning where no sheet is named."""
    if not number:
        return 0
    named = serial(number)
    account = ledger.read().by_serial.get(named) if named is not None else None
    if account is None or account.sheet.citizen not in ids:
        raise ReaderError(NOT_FOUND, what=plain(number), known=Reason(_NO_SHEET))
    return ids.index(account.sheet.citizen)


def _route(reader: Reader, document: Document, wish: Wish, settings: Settings) -> Wanted:
    """The route's list; for the planner with a shift, also the visits of other routes that nobody has."""
    from printing.document import Subject

    route = reader.route_by(wish.route or "")
    lists: list[DrivingList] = []
    if wish.shift is None:
        _known_day(reader, wish.day, {wish.day})
        lists.append(reader.driving_list(route, wish.day))
    else:
        shift = _shift(wish, settings, wish.shift)
        _known_day(reader, wish.day, {shift.begins.date(), shift.ends.date()})
        lists.append(reader.shift_list(shift, Pick(Kind.ROUTE, route), settings.shifts))
        if document.name == "planner-sheet":
            unmanned = reader.shift_list(shift, Pick(Kind.WITHOUT_CARER), settings.shifts)
            elsewhere = tuple(visit for visit in unmanned.visits if (visit.route or "") != route)
            whom = {visit.citizen for visit in elsewhere}
            kept = {name: citizen for name, citizen in unmanned.citizens.items() if name in whom}
            if elsewhere or unmanned.others:
                lists.append(replace(unmanned, visits=elsewhere, citizens=kept))
    changes = _changes(reader, settings) if wish.changes else None
    citizens = [citizen for one in lists for citizen in one.citizens]
    if changes is not None:  # whose visit is no longer on the route is told too
        left = (one for one in changes.items if isinstance(one.before, Visit) and one.before.route == route)
        citizens += [one.citizen for one in left if one.citizen]
    return Wanted(
        tuple(dict.fromkeys(citizens)), len(lists), (Subject(driving_list=one, changes=changes) for one in lists)
    )


def _tonight(reader: Reader, wish: Wish, settings: Settings, now: datetime) -> Wanted:
    from backupreader.store.ofwhom import of
    from printing.document import Subject

    unit = reader.unit_by(wish.unit) if wish.unit is not None else None
    route = reader.route_by(wish.route) if wish.route is not None else None
    tonight = of(reader, reader.tonight(now, settings.shifts), unit, route)
    if not tonight.people and wish.said:  # an empty list would say that nobody is there
        raise ReaderError(NOT_FOUND, what=wish.unit or wish.route or "", known=Reason(_NO_OWN))
    ids = tuple(person.citizen.id for person in tonight.people)
    return Wanted(ids, 1, iter([Subject(tonight=tonight)]))


def _overview(reader: Reader, wish: Wish, settings: Settings) -> Wanted:
    """Every page of the shift; without one, of the three that begin on the day."""
    from printing.document import Subject

    shifts = shifts_of(wish.day, settings.timezone(), settings.shifts)
    asked = shifts if wish.shift is None else (_shift(wish, settings, wish.shift),)
    _known_day(reader, wish.day, {wish.day, *(shift.ends.date() for shift in asked)})
    pages: list[overview.Page] = []
    for shift in asked:
        first = reader.overview(shift, 0)
        pages += [first, *(reader.overview(shift, number) for number in range(1, first.pages))]
    whom = (
        placed.citizen.id
        for one in pages
        for column in one.columns
        for placed in column.visits
        if placed.citizen is not None
    )
    return Wanted(tuple(dict.fromkeys(whom)), len(pages), (Subject(overview=one) for one in pages))


def _changed(reader: Reader, wish: Wish, settings: Settings) -> Wanted:
    from backupreader.domain.changes import of_unit
    from printing.document import Subject

    changes = _changes(reader, settings)
    if wish.unit is not None:
        changes = of_unit(changes, reader.unit_by(wish.unit).name)
    ids = tuple(dict.fromkeys(one.citizen for one in changes.items if one.citizen))
    return Wanted(ids, 1, iter([Subject(changes=changes)]))


def _changes(reader: Reader, settings: Settings) -> Changes:
    from backupreader.store.comparing import seeing
    from backupreader.store.former import changes_since_former

    assert reader.session is not None
    position = (reader.info.epoch, reader.info.seq)
    changes = changes_since_former(settings, reader.session, position, lambda: False)
    assert changes is not None  # nobody stops it
    seeing(reader.session, changes)
    return changes


def _shift(wish: Wish, settings: Settings, name: Name) -> Shift:
    return shift_of(wish.day, name, settings.timezone(), settings.shifts)


def _known_day(reader: Reader, day: date, reached: set[date]) -> None:
    """Refuse a day without visits: an empty list would say that nobody is to be visited. A night reaches into two."""
    days = reader.days()
    if not reached & set(days):
        known = Reason(_NO_VISITS, {"days": ", ".join(one.isoformat() for one in days)})
        raise ReaderError(NOT_FOUND, what=day.isoformat(), known=known)
