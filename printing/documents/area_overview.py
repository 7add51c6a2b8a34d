"""The overview of the whole area: a shift's carers side by side, eight a page, their visits in rows by the hour.

Visits that nobody has stand first, on a ground of their own, on each page. It stands on A4, or on A3 where that is
asked for. For the car it says who, when and which visit, and no tasks.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from backupreader.domain.fold import fold
from backupreader.domain.overview import CARERS, lines
from backupreader.domain.shifts import comes_twice
from backupreader.language import N_
from printing import page, wording
from printing.block import Block, Words
from printing.document import Document
from printing.grid import Cell, Grid, Group, header
from printing.masthead import Head
from printing.sections import Notice
from printing.tablewords import LEFT_OUT, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportlab.platypus import Flowable

    from backupreader.domain.overview import Column, Line, Page, Placed
    from backupreader.domain.records import Delivery
    from printing.document import Sheet, Subject
    from printing.text import Span

_TITLE: Final = N_("Overview of the area")
_HOUR: Final = 42.0  # points
_NOBODY: Final = 0.92  # the ground of what nobody has
_LONG: Final = 60  # letters of a name at the head of a column


def head(subject: Subject, sheet: Sheet) -> Head:
    """Which shift, which of its carers, and what is not shown."""
    shown, language, _ = _page(subject), sheet.language, sheet.language.text
    shift = shown.shift
    when = f"{language.day(shift.date, weekday=True)} · {wording.shift_hours(shift, language)}"
    carers = [column.carer for column in shown.columns if column.carer]
    first = shown.number * CARERS + 1
    parts = [language.count("{n} carer", "{n} carers", shown.carers)]
    if shown.pages > 1:
        said = _("part {n} of {all}: carers {first} to {last}")
        last = first + len(carers) - 1
        parts.append(said.format(n=shown.number + 1, all=shown.pages, first=first, last=last))
    unmanned = sum(placed.stop.goes for column in shown.columns if not column.carer for placed in column.visits)
    facts = [(when, True), (wording.joined(parts), False)]
    if unmanned:
        facts.append(("! " + language.count("{n} without a carer", "{n} without a carer", unmanned), True))
    if shown.others:
        one, many = "{n} visit of another unit is not shown here.", "{n} visits of other units are not shown here."
        sentence = language.count(one, many, shown.others)
        facts.append((sentence, True))
    return Head(name=_("The whole area"), title=_(_TITLE), facts=tuple(facts))


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """One table of the shift's visits, or why there is none."""
    shown, _ = _page(subject), sheet.language.text
    if not shown.known:
        what = table("visit", sheet.language)
        lost = _("{table}: NOT DELIVERED by any source. Nothing is known.").format(table=what)
        return [Notice(f"{what}: {_(LEFT_OUT)}" if shown.left_out else lost)]
    blocks: list[Block] = []
    if any(delivery.complete is False for delivery in shown.deliveries):
        blocks.append(Notice(_("This list is not complete: the source says that rows are missing.")))
    rows = lines(shown.columns)
    if not rows:
        return [*blocks, Words((_("No visit is here in this shift."), False))]
    names = [_head_of(column, number, sheet) for number, column in enumerate(shown.columns)]
    blocks += [
        Words((f"[{number}] {column.carer}", False)) for number, column in enumerate(shown.columns) if _long(column)
    ]
    space = page.wide(landscape=True, paper=sheet.paper)
    each = (space - _HOUR) / len(shown.columns)
    twins = _namesakes(shown)
    groups = [Group((_row(line, shown.columns, twins, sheet),)) for line in rows]
    blocks.append(Grid((_HOUR, *[each] * len(shown.columns)), groups, header(_("Hour"), *names), above=4))
    return [*blocks]


def deliveries(subject: Subject) -> Iterable[Delivery]:
    """Those of the visits."""
    return _page(subject).deliveries


DOCUMENT: Final = Document(
    name="area-overview",
    title=_TITLE,
    about="overview",
    story=story,
    head=head,
    deliveries=deliveries,
    landscape=True,
    large=True,
)


def _page(subject: Subject) -> Page:
    assert subject.overview is not None
    return subject.overview


def _long(column: Column) -> bool:
    return len(column.carer) > _LONG


def _head_of(column: Column, number: int, sheet: Sheet) -> str:
    """A carer's name; a very long one goes on above the table, so that the head leaves room for the visits."""
    if not column.carer:
        return f"! {sheet.language.text('Without a carer')} ({sum(placed.stop.goes for placed in column.visits)})"
    return f"{column.carer[:_LONG]} … [{number}]" if _long(column) else column.carer


def _namesakes(shown: Page) -> frozenset[str]:
    """The ids of the page's citizens who have the name of another one of them."""
    people = {
        placed.citizen.id: placed.citizen
        for column in shown.columns
        for placed in column.visits
        if placed.citizen is not None
    }
    names = Counter(fold(citizen.name) for citizen in people.values())
    return frozenset(citizen.id for citizen in people.values() if names[fold(citizen.name)] > 1)


def _row(line: Line, columns: tuple[Column, ...], twins: frozenset[str], sheet: Sheet) -> tuple[Cell, ...]:
    """One row: the hour stands before each, since a page may begin with any of them."""
    cells = (
        Cell(shade=None if column.carer else _NOBODY) if placed is None else _cell(placed, column.carer, twins, sheet)
        for placed, column in zip(line.cells, columns, strict=True)
    )
    return (Cell((((_hour(line, sheet), line.opens),),)), *cells)


def _hour(line: Line, sheet: Sheet) -> str:
    _ = sheet.language.text
    if line.hour is None:
        return _("no time")
    clock = sheet.language.clock(line.hour)
    if not comes_twice(line.hour):
        return clock
    return f"{clock} {_(N_('the second time') if line.hour.fold else N_('the first time'))}"


def _cell(placed: Placed, carer: str, twins: frozenset[str], sheet: Sheet) -> Cell:
    """The time, whom, what, and what is out of the ordinary, in words. The screen has the same words as its marks."""
    visit, stop, language, _ = placed.visit, placed.stop, sheet.language, sheet.language.text
    start = language.clock(stop.begins) if stop.begins is not None else visit.start
    time = f"{start}–{language.clock(stop.ends)}" if stop.ends is not None else start
    if placed.citizen is not None:
        name = placed.citizen.name
    else:
        name = _("Citizen not delivered") if visit.citizen else _("No citizen")
    what = visit.title or (None if sheet.car else visit.tasks) or _("Visit")
    told: list[tuple[Span, ...]] = [((time, True),), ((name, True),)]
    if placed.citizen is not None and placed.citizen.id in twins:
        told.append(((wording.born(placed.citizen, sheet), True),))
    told.append(((what, False),))
    told += [((mark, True),) for mark in _marks(placed, carer, sheet)]
    return Cell(tuple(told), shade=None if carer else _NOBODY)


def _marks(placed: Placed, carer: str, sheet: Sheet) -> list[str]:
    stop, visit, _ = placed.stop, placed.visit, sheet.language.text
    marks: list[str] = []
    if stop.status == "cancelled":
        marks.append(_("CANCELLED"))
        if visit.cancel_reason and not sheet.car:
            marks.append(visit.cancel_reason)
    elif stop.away:
        marks.append(_("AWAY"))
    if stop.goes and stop.time_critical:
        marks.append(_("! ON TIME"))
    partner = next((one for one in (stop.staff, stop.second_staff) if one and one != carer), None)
    if stop.goes and partner and carer:
        marks.append(_("and {name}").format(name=partner))
    elif stop.goes and (stop.staff_needed or 0) > 1:
        marks.append(_("! {n} carers needed").format(n=stop.staff_needed))
    if placed.citizen is not None and (placed.citizen.protected_name or placed.citizen.protected_address):
        marks.append(_("PROTECTED IDENTITY"))
    if stop.status == "done":
        marks.append(_("already done"))
    elif stop.status == "unknown":
        source = f" ({visit.status_source})" if visit.status_source else ""
        marks.append(f"? {_('status not known')}{source}")
    return marks
