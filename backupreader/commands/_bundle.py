"""``print shift``: what the bundle of one route on one day, or of one unit, is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import typer

from backupreader.commands._wanted import Wanted, Wish
from backupreader.domain.errors import NOT_FOUND
from backupreader.domain.rounds import DrivingList, in_visit_order
from backupreader.domain.shiftlists import Kind, Pick
from backupreader.domain.shifts import Name, Shift, shift_of
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.command import Context
    from backupreader.store.reader import Reader
    from printing.document import Sheet, Subject

BUNDLE: Final = "shift"
_WHOM: Final = N_("'shift' is for a route or a unit: say --route and --date, or --unit.")
_NOT_OF_ALL: Final = N_("'shift' is whole, on A4: leave out --car, --copies, --codes, --changes and --paper.")
_NOBODY: Final = N_("a route or a unit that has citizens on that day")


def check_bundle(wish: Wish, language: Language, *, car: bool, a3: bool) -> None:
    """Refuse options that do not go with a bundle. Raises `typer.BadParameter`."""
    if wish.citizen is not None or (wish.route is None) is (wish.unit is None):
        raise typer.BadParameter(language.text(_WHOM))
    if car or a3 or wish.codes or wish.changes or wish.again_from or wish.copies > 1:
        raise typer.BadParameter(language.text(_NOT_OF_ALL))


def in_shift(context: Context, sheet: Sheet, name: Name | None) -> Sheet:
    """The sheet for this shift of its day, over the dates that it has; without a shift for the whole day."""
    if name is None:
        return sheet
    shift = _shift(context, sheet.day, name)
    last = (shift.ends - timedelta(minutes=1)).date()
    return replace(sheet, shift=shift, days=(last - shift.date).days + 1)


def carried(context: Context, reader: Reader, wish: Wish, sheet: Sheet) -> Wanted:
    """What is in the bundle: the driving list of a route, and the citizens in visit order.

    On a later day of a long outage, for which no visits were delivered, the newest list of that weekday stands in.
    Raises `ReaderError` (NOT_FOUND) where nobody is in it: a cover alone would say that nobody is to be seen to.
    """
    listed: DrivingList | None = None
    if wish.route is not None:
        name = reader.route_by(wish.route)
        listed = _listed(context, reader, name, sheet)
        citizens = in_visit_order([listed])
    else:
        unit = reader.unit_by(wish.unit or "")
        name, citizens = unit.name, tuple(citizen.id for citizen in reader.citizens_of(unit.id))
    if not citizens:
        raise ReaderError(NOT_FOUND, what=f"{name} {sheet.day.isoformat()}", known=Reason(_NOBODY))
    return Wanted(citizens, len(citizens) + (listed is not None), _subjects(reader, listed, citizens), name)


def _subjects(reader: Reader, listed: DrivingList | None, citizens: tuple[str, ...]) -> Iterator[Subject]:
    from printing.document import Subject

    if listed is not None:
        yield Subject(driving_list=listed)
    for citizen in citizens:
        yield Subject(journal=reader.journal(citizen))


def _listed(context: Context, reader: Reader, route: str, sheet: Sheet) -> DrivingList:
    from printing.lasting import standing_in

    name = None if sheet.shift is None else sheet.shift.name
    listed = _of_day(context, reader, route, sheet.day, name)
    if listed.visits or not sheet.outage_day:
        return listed
    other = standing_in(sheet.day, reader.days())
    return listed if other is None else _of_day(context, reader, route, other, name)


def _of_day(context: Context, reader: Reader, route: str, day: date, name: Name | None) -> DrivingList:
    if name is None:
        return reader.driving_list(route, day)
    return reader.shift_list(_shift(context, day, name), Pick(Kind.ROUTE, route), context.settings.shifts)


def _shift(context: Context, day: date, name: Name) -> Shift:
    return shift_of(day, name, context.settings.timezone(), context.settings.shifts)
