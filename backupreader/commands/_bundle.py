"""``print shift``: the bundle of one route on one day, or of one unit, as one file or one print job."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from backupreader.domain.errors import NOT_FOUND, ReaderError, Reason
from backupreader.domain.rounds import DrivingList, in_visit_order
from backupreader.domain.shiftlists import Kind, Pick
from backupreader.domain.shifts import Name, Shift, shift_of
from backupreader.language import N_

if TYPE_CHECKING:
    from backupreader.command import Context
    from backupreader.store.reader import Reader
    from printing.document import Sheet, Subject
    from printing.render import Rendered

BUNDLE = "shift"
_NOBODY = N_("a route or a unit that has citizens on that day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a bundle is made of: the name of whom it is for, a route's driving list, the citizens in visit order."""

    name: str
    listed: DrivingList | None
    citizens: tuple[str, ...]

    def subjects(self, reader: Reader) -> Iterator[Subject]:
        """Each as it is read."""
        from printing.document import Subject

        if self.listed is not None:
            yield Subject(driving_list=self.listed)
        for citizen in self.citizens:
            yield Subject(journal=reader.journal(citizen))


class Shifts(StrEnum):
    """The shifts by their words on the command line."""

    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"


def in_shift(sheet: Sheet, shift: Shift | None) -> Sheet:
    """The sheet for this shift, over the dates that it has; without one for the whole day."""
    if shift is None:
        return sheet
    last = (shift.ends - timedelta(minutes=1)).date()
    return replace(sheet, shift=shift, days=(last - shift.date).days + 1)


def shift_asked(context: Context, day: date, name: Name | None) -> Shift | None:
    """The shift that was asked for; None: the whole day."""
    return None if name is None else shift_of(day, name, context.settings.timezone(), context.settings.shifts)


def carried(context: Context, reader: Reader, route: str | None, unit: str | None, sheet: Sheet) -> Carried:
    """What is in the bundle. Raises `ReaderError` (NOT_FOUND) where nobody is.

    On a later day of a long outage, for which no visits were delivered, the newest list of that weekday stands in.
    """
    from printing.lasting import standing_in

    if route is not None:
        name = reader.route_by(route)
        listed = _listed(context, reader, name, sheet.day, sheet.shift)
        if not listed.visits and sheet.outage_day and (other := standing_in(sheet.day, reader.days())) is not None:
            shift = None if sheet.shift is None else shift_asked(context, other, sheet.shift.name)
            listed = _listed(context, reader, name, other, shift)
        found = Carried(name=name, listed=listed, citizens=in_visit_order([listed]))
    else:
        known = reader.unit_by(unit or "")
        citizens = tuple(citizen.id for citizen in reader.citizens_of(known.id))
        found = Carried(name=known.name, listed=None, citizens=citizens)
    if not found.citizens:  # a cover alone would say that nobody is to be seen to
        raise ReaderError(NOT_FOUND, what=f"{found.name} {sheet.day.isoformat()}", known=Reason(_NOBODY))
    return found


def _listed(context: Context, reader: Reader, route: str, day: date, shift: Shift | None) -> DrivingList:
    if shift is None:
        return reader.driving_list(route, day)
    return reader.shift_list(shift, Pick(Kind.ROUTE, route), context.settings.shifts)


def made(bundle: Carried, subjects: Iterator[Subject], sheet: Sheet) -> tuple[bytes, Rendered]:
    """The bundle as a PDF, the citizens read one at a time."""
    from printing.bundle import TITLE, Bundle
    from printing.render import render_pieces

    out, pages = io.BytesIO(), Bundle(bundle.name)
    rendered = render_pieces(TITLE, pages.pieces(subjects), sheet, out, pages.cover)
    return out.getvalue(), rendered
