"""The planner's sheet: the visits of a route as slots to tear off along the dashed lines and to lay out anew.

First the workload in numbers, then the visits that nobody has, then the others by the clock. A slot that has been torn
off still says of which day it is and how old. For the office only.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from backupreader.domain import moments
from backupreader.domain.shiftlists import lasts
from backupreader.language import N_
from printing import page, visits, wording
from printing.block import Block, Heading, Words
from printing.document import Document
from printing.grid import Cell, Grid, Group, header, widths
from printing.sections import office_only

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportlab.platypus import Flowable

    from backupreader.domain.records import Visit
    from printing.document import Sheet, Subject
    from printing.text import Span
    from printing.visits import Telling

_ACROSS: Final = 2
_WIDE: Final = page.wide(landscape=False)
_SLOTS: Final = widths(_WIDE, *[1] * _ACROSS)
_LOAD: Final = widths(_WIDE, 20, 9, 11, 13, 11, 14, 22)
_LEAST: Final = 110.0  # points: a slot that a hand can tear off and write on


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """The numbers, then the slots; what is cancelled is counted."""
    rounds = subject.driving_list
    assert rounds is not None
    if sheet.car:
        return [office_only(sheet)]
    _ = sheet.language.text
    told = visits.telling(rounds, sheet, subject.changes)
    unmanned = [visit for visit in told.going if not visit.staff]
    manned = [visit for visit in told.going if visit.staff]
    blocks: list[Block] = [*visits.lost(rounds, sheet)]
    if told.going:
        blocks += [Heading(_("Workload")), _load(told)]
    elif rounds.deliveries or rounds.visits:
        blocks.append(Words((_("No visits are planned on this route on this day."), False), above=6))
    blocks += _slots(_("Without a carer"), unmanned, told)
    blocks += _slots(_("By the clock"), manned, told)
    cancelled = sum(visit.status == "cancelled" for visit in rounds.visits)
    if cancelled:
        sentence = sheet.language.count("{n} visit is cancelled.", "{n} visits are cancelled.", cancelled)
        blocks.append(Words((sentence, False), above=6))
    return [*blocks]


DOCUMENT: Final = Document(
    name="planner-sheet",
    title=N_("Planner's sheet"),
    about="route",
    story=story,
    office=True,
)


def _load(told: Telling) -> Grid:
    """How much there is to do: by carer, those without one first, and of all together last."""
    sheet, _ = told.sheet, told.sheet.language.text
    top = header(
        _("Carer"),
        _("Visits"),
        _("Citizens"),
        _("Planned time"),
        _("Length not said"),
        _("Time-critical"),
        _("Two carers"),
    )
    by: dict[str, list[Visit]] = {}
    for visit in told.going:
        for name in dict.fromkeys((visit.staff or "", visit.second_staff or visit.staff or "")):
            by.setdefault(name, []).append(visit)
    rows = [_numbers(name or _("! NO CARER"), some, sheet) for name, some in sorted(by.items())]
    rows.append(_numbers(_("All together"), told.going, sheet, bold=True))
    return Grid(_LOAD, [Group((row,)) for row in rows], top, above=4)


def _numbers(name: str, some: Sequence[Visit], sheet: Sheet, *, bold: bool = False) -> tuple[Cell, ...]:
    """One row. A visit whose length nobody said is counted as such, never as 0 minutes."""
    zone, _ = wording.zone(sheet), sheet.language.text
    lengths = [lasts(visit, zone) for visit in some]
    minutes = sum((length for length in lengths if length is not None), timedelta()) // timedelta(minutes=1)
    told = (
        name,
        str(len(some)),
        str(len({visit.citizen for visit in some if visit.citizen})),
        _("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60),
        str(sum(length is None for length in lengths)),
        str(sum(visit.time_critical for visit in some)),
        str(sum(_two(visit) for visit in some)),
    )
    return tuple(Cell((((text, bold),),)) for text in told)


def _two(visit: Visit) -> bool:
    return bool(visit.second_staff) or (visit.staff_needed or 0) > 1


def _slots(title: str, some: Sequence[Visit], told: Telling) -> list[Block]:
    if not some:
        return []
    cells = [Cell(tuple(_slot(visit, told))) for visit in some]
    empty = [Cell()] * (-len(cells) % _ACROSS)
    rows = _rows([*cells, *empty])
    return [
        Heading(f"{title} ({len(some)})"),
        Grid(_SLOTS, [Group((row,), (), _LEAST) for row in rows], above=6, dashed=True),
    ]


def _rows(cells: Sequence[Cell]) -> Iterable[tuple[Cell, ...]]:
    return (tuple(cells[at : at + _ACROSS]) for at in range(0, len(cells), _ACROSS))


def _slot(visit: Visit, told: Telling) -> list[tuple[Span, ...]]:
    """One visit as it is handed out, with a line for whoever takes it."""
    rounds, sheet = told.rounds, told.sheet
    _ = sheet.language.text
    marks: list[tuple[Span, ...]] = []
    if _two(visit):
        number = visit.staff_needed if visit.staff_needed and visit.staff_needed > 1 else 2
        marks.append(((_("! {n} carers needed").format(n=number), True),))
    where = wording.joined((visits.length(visit, sheet), visit.route))
    planned = wording.joined((visit.staff, visit.second_staff), ", ")
    taken = moments.oldest((delivery.taken_at for delivery in rounds.deliveries), wording.zone(sheet))
    age = _("BACKUP, data of {moment}").format(moment=wording.moment(taken, sheet)) if taken else "BACKUP"
    return [
        ((visits.clocks(visit, sheet), True), (f"  {where}" if where else "", False)),
        *visits.odd_times(visit, told),
        *marks,
        *visits.citizen(visit, told),
        *visits.tasks(visit, told),
        ((_("Planned: {names}").format(names=planned) if planned else _("! NO CARER"), not planned),),
        ((_("Carer now:") + " " + "_" * 22, False),),
        ((wording.joined((wording.day(sheet.language, rounds.day, weekday=True), age)), False),),
    ]
