"""How one visit of a driving list is told: when, to whom, what to do there, and who makes it.

In a car the tasks and remarks are left out, because they tell of health, and protected addresses and numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backupreader.domain import moments
from backupreader.domain.changes import Changes, How
from backupreader.domain.fold import fold
from backupreader.domain.persons import elsewhere
from backupreader.domain.presence import source_of
from backupreader.domain.records import Visit
from backupreader.domain.rounds import DrivingList
from backupreader.domain.shiftlists import Edge, edges, ends_too_early, is_course, lasts
from printing import changewords, statements, wording
from printing.document import Sheet
from printing.sections import Notice
from printing.tablewords import table
from printing.whose import number

if TYPE_CHECKING:
    from printing.text import Span


@dataclass(frozen=True, slots=True)
class Telling:
    """A driving list as its visits are told: those that go, in order, and what is counted over all of them once.

    `names` are how many of its citizens have a name, as names are compared; `of` are the visits that go by citizen;
    `marks` are how a visit, by its id, is otherwise than in the former data, in words.
    """

    rounds: DrivingList
    sheet: Sheet
    going: tuple[Visit, ...]
    names: Mapping[str, int]
    of: Mapping[str | None, Sequence[Visit]]
    marks: Mapping[str, str]


def telling(rounds: DrivingList, sheet: Sheet, changes: Changes | None = None) -> Telling:
    """How the visits of the list are told."""
    going = tuple(visit for visit in rounds.visits if visit.status not in {"cancelled", "entered-in-error"})
    of: dict[str | None, list[Visit]] = {}
    for visit in going:
        of.setdefault(visit.citizen, []).append(visit)
    names = Counter(fold(citizen.name) for citizen in rounds.citizens.values())
    marks = {} if changes is None else {name: _mark(name, how, changes, sheet) for name, how in _visits(changes)}
    return Telling(rounds, sheet, going, names, of, marks)


def _visits(changes: Changes) -> list[tuple[str, How]]:
    return [(name, how) for (table_, name), how in changes.marks.items() if table_ == "visit"]


def _mark(name: str, how: How, changes: Changes, sheet: Sheet) -> str:
    since = changes.since.get(("visit", source_of(name))) or changes.taken_at
    return sheet.language.text(changewords.MARKS[how]).format(moment=wording.moment(since, sheet))


def lost(rounds: DrivingList, sheet: Sheet) -> list[Notice]:
    """Why the list may lack visits, or has none at all."""
    language, _ = sheet.language, sheet.language.text
    found: list[Notice] = []
    if not rounds.deliveries and not rounds.visits:
        what = table("visit", language)
        found.append(Notice(_("{table}: NOT DELIVERED by any source. Nothing is known.").format(table=what)))
    if any(delivery.complete is False for delivery in rounds.deliveries):
        found.append(Notice(_("This list is not complete: the source says that rows are missing.")))
    if rounds.others:
        sentence = language.count(
            "{n} visit of another unit is NOT ON THIS LIST.",
            "{n} visits of other units are NOT ON THIS LIST.",
            rounds.others,
        )
        found.append(Notice(sentence))
    return found


def clock(text: str | None, sheet: Sheet) -> str:
    """The clock of a visit's start or end; the text as written where it has none."""
    exact = moments.instant(text, wording.zone(sheet))
    return sheet.language.clock(exact) if exact else text or ""


def time(visit: Visit, told: Telling) -> list[tuple[Span, ...]]:
    """From when until when, how long, and what is out of the ordinary in that, each on a line."""
    long = length(visit, told.sheet)
    return [((clocks(visit, told.sheet), True),), *([((long, False),)] if long else []), *odd_times(visit, told)]


def clocks(visit: Visit, sheet: Sheet) -> str:
    """From when until when."""
    start, end = clock(visit.start, sheet), clock(visit.end, sheet)
    return f"{start}–{end}" if end else start


def odd_times(visit: Visit, told: Telling) -> list[tuple[Span, ...]]:
    """What is out of the ordinary in when it is: time-critical, over the edge of the shift, or wrong."""
    sheet, _ = told.sheet, told.sheet.language.text
    zone = wording.zone(sheet)
    marks: list[str] = []
    if ends_too_early(visit, zone):
        marks.append(_("? ends before it begins"))
    reaches = () if told.rounds.shift is None else edges(visit, told.rounds.shift, zone)
    if Edge.LASTS_INTO in reaches:
        marks.append(_("goes on in the next shift"))
    if visit.time_critical:
        marks.append(_("! ON TIME"))
    return [((mark, True),) for mark in marks]


def length(visit: Visit, sheet: Sheet) -> str:
    """Its minutes, as planned; a course of care has none, and that is said; empty where its clocks tell."""
    _ = sheet.language.text
    if visit.minutes:
        return _("{n} min").format(n=visit.minutes)
    if is_course(visit):
        return _("course of care, no minutes")
    return "" if lasts(visit, wording.zone(sheet)) is not None else _("length not said")


def citizen(visit: Visit, told: Telling) -> list[tuple[Span, ...]]:
    """Whom it is to: her name, number, telephone, address, where she is where not at home, her next visit."""
    rounds, sheet, _ = told.rounds, told.sheet, told.sheet.language.text
    whom = rounds.citizens.get(visit.citizen or "")
    if whom is None:
        return [((_("Citizen not delivered") if visit.citizen else _("No citizen"), False),)]
    also = elsewhere(whom, rounds.also.get(whom.id, ()))
    later = [clock(other.start, sheet) for other in told.of.get(whom.id, ()) if other.start > visit.start]
    phone = _("tel. {phone}").format(phone=whom.phone) if whom.phone else None
    lines = (
        wording.joined((number(whom, sheet), phone)),
        wording.address(whom, sheet) or _("address not delivered"),
        wording.joined(
            (
                statements.whereabouts(whom, also, sheet) if whom.status != "home" or also else None,
                _("next {time}").format(time=later[0]) if later else None,
            )
        ),
        _("PROTECTED IDENTITY") if whom.protected_address or whom.protected_name else None,
    )
    same = told.names[fold(whom.name)] - 1
    warning = sheet.language.count(
        "NAMESAKE: one more citizen has this name. Check the birthday.",
        "NAMESAKES: {n} more citizens have this name. Check the birthday.",
        same,
    )
    said = [((line, False),) for line in lines if line]
    return [((whom.name, True),), *([((warning, True),)] if same else []), *said]


def tasks(visit: Visit, told: Telling) -> list[tuple[Span, ...]]:
    """What to do; in a car the visit's title alone, because the tasks and remarks tell of health."""
    sheet, _ = told.sheet, told.sheet.language.text
    law: tuple[Span, ...] = (("  " + visit.law, False),) if visit.law and not sheet.car else ()
    said: list[tuple[Span, ...]] = [((visit.title or _("Visit"), True), *law)]
    if visit.id in told.marks:
        said.append(((told.marks[visit.id], True),))
    if visit.status == "unknown":
        status = f"? {_('status not known')}" + (f" ({visit.status_source})" if visit.status_source else "")
        said.append(((status, True),))
    elif visit.status == "done":
        said.append(((_("already done"), True),))
    if sheet.car:
        return [*said, ((_("More on the office list."), False),)] if visit.tasks or visit.remark else said
    return [*said, *(((text, False),) for text in (visit.tasks, visit.remark) if text)]


def carers(visit: Visit, told: Telling) -> list[tuple[Span, ...]]:
    """Who makes it, and with whom; how many are needed, where the other has no name."""
    _ = told.sheet.language.text
    said: list[tuple[Span, ...]] = [((visit.staff or _("! NO CARER"), not visit.staff),)]
    if visit.second_staff:
        said.append(((_("and {name}").format(name=visit.second_staff), False),))
    elif visit.staff_needed is not None and visit.staff_needed > 1:
        said.append(((_("! {n} carers needed").format(n=visit.staff_needed), True),))
    return said
