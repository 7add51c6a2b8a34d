"""The driving list: one route's visits on one day in time order, with boxes to say what became of each.

Two versions. For the office: everything. For the car (`Sheet.car`): who, where, when and by which visit, and which kind
of lock or alarm there is; without health details, person numbers, key numbers and protected addresses. Door codes stand
on neither: they are read only when asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.domain.changes import How
from backupreader.domain.presence import states_none
from backupreader.domain.records import Visit
from backupreader.domain.shiftlists import AWAY, Kind
from backupreader.language import N_
from printing import changewords, page, visits, wording
from printing.block import Block, Heading, Words
from printing.document import Document
from printing.grid import Cell, Grid, Group, header, plain, widths
from printing.sections import Notice
from printing.text import BODY
from printing.whose import allergy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from backupreader.domain.changes import Changes
    from backupreader.domain.records import Access
    from backupreader.domain.rounds import DrivingList
    from printing.document import Sheet, Subject
    from printing.text import Span
    from printing.visits import Telling

_WIDE: Final = page.wide(landscape=True)
_OFFICE: Final = widths(_WIDE, 10, 24, 24, 11, 19, 14)
_CAR: Final = widths(_WIDE, 10, 26, 22, 12, 18, 18)
_BY_HAND: Final = widths(_WIDE, 1, 1, 1, 1)
_ACCESS: Final = {
    "key": N_("Key"),
    "keybox": N_("Key box"),
    "lock": N_("Lock"),
    "alarm": N_("Alarm"),
    "door": N_("Door"),
    "other": N_("Getting in"),
}
_OFF: Final = frozenset({How.MOVED, How.CANCELLED, How.GONE, How.MISSED})


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """The visits to make, then those begun before, those that nobody has, those in vain and those cancelled."""
    rounds = subject.driving_list
    assert rounds is not None
    _ = sheet.language.text
    told = visits.telling(rounds, sheet, subject.changes)
    blocks: list[Block] = [*visits.lost(rounds, sheet), *_lost(rounds, sheet), _by_hand(sheet)]
    if told.going:
        top = header(
            _("Time"),
            _("Citizen"),
            _("What to do"),
            _("Carer"),
            _("Warnings, getting in") if sheet.car else _("CAVE, getting in"),
            _("Done"),
        )
        groups = [Group((_row(visit, told),), (), 40) for visit in told.going]
        blocks.append(Grid(_CAR if sheet.car else _OFFICE, groups, top, above=4))
    elif rounds.deliveries or rounds.visits:
        blocks.append(Words((_("No visits are planned on this route on this day."), False), above=6))
    blocks += _list(_("Begun in the shift before"), rounds.running, told)
    blocks += _list(_("Without a carer"), [visit for visit in told.going if not visit.staff], told)
    blocks += _list(_("She is away: ask before you drive"), [one for one in told.going if _away(one, rounds)], told)
    blocks += _list(_("Cancelled"), [visit for visit in rounds.visits if visit.status == "cancelled"], told)
    if wrong := sum(visit.status == "entered-in-error" for visit in rounds.visits):
        sentence = sheet.language.count(
            "{n} visit entered in error is left out.", "{n} visits entered in error are left out.", wrong
        )
        blocks.append(Words((sentence, False), above=6))
    if subject.changes is not None:
        blocks += _since(subject.changes, told)
    return [*blocks]


DOCUMENT: Final = Document(name="driving-list", title=N_("Driving list"), about="route", story=story, landscape=True)


def _lost(rounds: DrivingList, sheet: Sheet) -> list[Block]:
    """What did not come beside the visits."""
    _ = sheet.language.text
    found: list[Block] = []
    if not sheet.car and not rounds.alerts_delivered:
        found.append(Notice(_("CAVE and other warnings were NOT DELIVERED: nothing is known.")))
    if rounds.access_left_out:
        found.append(Notice(_("Keys and locks are NOT IN THIS COPY by the municipality's decision.")))
    elif not rounds.access_delivered:
        found.append(Notice(_("Keys and locks were NOT DELIVERED: nothing is known.")))
    return found


def _by_hand(sheet: Sheet) -> Block:
    """What no source delivers and the list needs: written by hand."""
    _ = sheet.language.text
    cells = (_("Planner:"), _("Carer's telephone:"), _("Car:"), _("Keys taken, returned:"))
    return Grid(_BY_HAND, (Group((tuple(plain(cell) for cell in cells),), (), 30),), above=4)


def _row(visit: Visit, told: Telling) -> tuple[Cell, ...]:
    return (
        Cell(tuple(visits.time(visit, told))),
        Cell(tuple(visits.citizen(visit, told))),
        Cell(tuple(visits.tasks(visit, told))),
        Cell(tuple(visits.carers(visit, told))),
        _care(visit, told.rounds, told.sheet),
        _done(told.sheet),
    )


def _away(visit: Visit, rounds: DrivingList) -> bool:
    whom = rounds.citizens.get(visit.citizen or "")
    return whom is not None and any(one.status in AWAY for one in (whom, *rounds.also.get(whom.id, ())))


def _care(visit: Visit, rounds: DrivingList, sheet: Sheet) -> Cell:
    """Warnings and ways in, or which kind of nothing there is; in the car only that there is something to ask for."""
    _ = sheet.language.text
    stated = [alert for alert in rounds.alerts.get(visit.citizen or "", ()) if alert.status in {"active", "unknown"}]
    current = [alert for alert in stated if not states_none(alert)]
    allergies = [alert for alert in current if alert.kind in {"allergy", "no-known-allergy"}]
    if visit.citizen not in rounds.alerts:
        nothing = _("not delivered")
    else:
        nothing = _("none known") if len(stated) > len(current) else _("nothing recorded")
    ways = [((_way_in(access, sheet), False),) for access in rounds.access.get(visit.citizen or "", ())]
    if sheet.car:
        text = _("! Ask the office") if current else _("CAVE: {texts}").format(texts=nothing)
        return Cell((((text, bool(current)),), *dict.fromkeys(ways)))
    paragraphs: list[tuple[Span, ...]] = [
        ((_("CAVE: {texts}").format(texts=allergy(alert, sheet)), True),) for alert in allergies
    ] or [((_("CAVE: {texts}").format(texts=nothing), False),)]
    paragraphs += [
        ((f"{_(wording.ALERT_KIND[alert.kind])}: {alert.text}", True),) for alert in current if alert not in allergies
    ]
    return Cell((*paragraphs, *ways))


def _way_in(access: Access, sheet: Sheet) -> str:
    """A key, lock or alarm without its code; in the car its kind and system alone."""
    _ = sheet.language.text
    kind = _(_ACCESS[access.kind])
    if sheet.car:
        return wording.joined((kind, access.system), ": ")
    facts = (access.system, access.key_number, access.location, access.instruction, access.fallback, access.phone)
    return wording.joined((f"{kind}:", wording.joined(facts, ", ")), " ")


def _done(sheet: Sheet) -> Cell:
    _ = sheet.language.text
    return Cell(
        (((_("Done"), False),), ((_("Not as planned:"), False),), ((_("Time, initials:"), False),)), BODY, ticks=2
    )


def _list(title: str, some: Sequence[Visit], told: Telling) -> list[Block]:
    """A short list of visits, one a line."""
    if not some:
        return []
    return [
        Heading(f"{title} ({len(some)})"),
        *(_line(visit, visits.clock(visit.start, told.sheet), told) for visit in some),
    ]


def _line(visit: Visit, when: str, told: Telling, *more: str) -> Block:
    citizen = told.rounds.citizens.get(visit.citizen or "")
    reason = None if told.sheet.car else visit.cancel_reason
    text = wording.joined((*more, citizen.name if citizen else None, visit.title, reason))
    return Words((when + "  ", True), (text, False), above=3)


def _since(changes: Changes, told: Telling) -> list[Block]:
    """What was on the route in the former data and is not on this list; what could not be compared."""
    sheet, rounds = told.sheet, told.rounds
    _ = sheet.language.text
    if changes.former is None:
        return [Notice(_(changewords.NO_FORMER))]
    blocks: list[Block] = []
    if marked := sum(visit.id in told.marks for visit in told.going):
        sentence = sheet.language.count(
            "{n} visit is new or otherwise than in the former data: it is marked.",
            "{n} visits are new or otherwise than in the former data: they are marked.",
            marked,
        )
        blocks.append(Words((sentence, True), above=8))
    if rounds.pick is None or rounds.pick.kind is Kind.ROUTE:
        here = {visit.id for visit in rounds.visits}
        off: list[Block] = []
        for one in changes.items:
            if not isinstance(one.before, Visit) or one.how not in _OFF or one.record.id in here:
                continue
            if one.before.route == rounds.route and one.before.start.startswith(rounds.day.isoformat()):
                mark = told.marks.get(one.before.id, "")
                off.append(_line(one.before, visits.clock(one.before.start, sheet), told, mark, one.name))
        if off:
            blocks += [Heading(f"{_('Not on this list any more')} ({len(off)})"), *off]
    left = [one for one in changes.uncompared if one.table == "visit"]
    return [*blocks, *(Notice(one) for one in changewords.uncompared(left, sheet.language))]
