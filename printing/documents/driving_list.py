"""The driving list: one route's visits on one day in time order, with boxes to say what became of each.

Two versions. For the office: everything. For the car (`Sheet.car`): who, where, when and by which visit; without
health details, person numbers, key numbers and protected addresses. Door codes stand on neither: they are read only
when asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.domain import moments
from backupreader.domain.fold import fold
from backupreader.domain.persons import elsewhere
from backupreader.domain.presence import states_none
from backupreader.language import N_
from printing import page, statements, wording
from printing.block import Block, Heading, Words
from printing.document import Document
from printing.grid import Cell, Grid, Group, header, plain, widths
from printing.sections import Notice
from printing.text import BODY
from printing.whose import allergy, number

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from backupreader.domain.records import Access, Visit
    from backupreader.domain.rounds import DrivingList
    from printing.document import Sheet, Subject
    from printing.text import Span

_WIDE: Final = page.wide(landscape=True)
_OFFICE: Final = widths(_WIDE, 10, 24, 24, 11, 19, 14)
_CAR: Final = widths(_WIDE, 10, 30, 24, 14, 10, 18)
_ACCESS: Final = {
    "key": N_("Key"),
    "keybox": N_("Key box"),
    "lock": N_("Lock"),
    "alarm": N_("Alarm"),
    "door": N_("Door"),
    "other": N_("Getting in"),
}


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """The visits to make, then those that nobody has, then those that are cancelled."""
    rounds = subject.driving_list
    assert rounds is not None
    _ = sheet.language.text
    going = [visit for visit in rounds.visits if visit.status not in {"cancelled", "entered-in-error"}]
    cancelled = [visit for visit in rounds.visits if visit.status == "cancelled"]
    wrong = sum(visit.status == "entered-in-error" for visit in rounds.visits)
    blocks: list[Block] = []
    if any(delivery.complete is False for delivery in rounds.deliveries):
        blocks.append(Notice(_("This list is not complete: the source says that rows are missing.")))
    if not sheet.car and not rounds.alerts_delivered:
        blocks.append(Notice(_("CAVE and other warnings were NOT DELIVERED: nothing is known.")))
    if rounds.access_left_out:
        blocks.append(Notice(_("Keys and locks are NOT IN THIS COPY by the municipality's decision.")))
    elif not rounds.access_delivered:
        blocks.append(Notice(_("Keys and locks were NOT DELIVERED: nothing is known.")))
    if rounds.others:
        blocks.append(
            Notice(
                sheet.language.count(
                    "{n} visit of another unit is NOT ON THIS LIST.",
                    "{n} visits of other units are NOT ON THIS LIST.",
                    rounds.others,
                )
            )
        )
    if going:
        top = header(
            _("Time"),
            _("Citizen"),
            _("What to do"),
            _("Carer"),
            _("Warnings") if sheet.car else _("CAVE, getting in"),
            _("Done"),
        )
        groups = [Group((_row(visit, rounds, going, sheet),), (), 40) for visit in going]
        blocks.append(Grid(_CAR if sheet.car else _OFFICE, groups, top, above=4))
    else:
        blocks.append(Words((_("No visits are planned on this route on this day."), False)))
    blocks += _list(_("Begun in the shift before"), list(rounds.running), rounds, sheet)
    blocks += _list(_("Without a carer"), [visit for visit in going if not visit.staff], rounds, sheet)
    blocks += _list(_("Cancelled"), cancelled, rounds, sheet)
    if wrong:
        blocks.append(
            Words(
                (
                    sheet.language.count(
                        "{n} visit entered in error is left out.", "{n} visits entered in error are left out.", wrong
                    ),
                    False,
                ),
                above=6,
            )
        )
    return [*blocks]


DOCUMENT: Final = Document(name="driving-list", title=N_("Driving list"), about="route", story=story, landscape=True)


def _row(visit: Visit, rounds: DrivingList, going: list[Visit], sheet: Sheet) -> tuple[Cell, ...]:
    return (
        _time(visit, sheet),
        _citizen(visit, rounds, going, sheet),
        _tasks(visit, sheet),
        _carers(visit, sheet),
        _care(visit, rounds, sheet),
        _done(sheet),
    )


def _clock(text: str | None, sheet: Sheet) -> str:
    """The clock of a visit's start or end; the text as written where it has none."""
    exact = moments.instant(text, wording.zone(sheet))
    return sheet.language.clock(exact) if exact else text or ""


def _time(visit: Visit, sheet: Sheet) -> Cell:
    _ = sheet.language.text
    start, end = _clock(visit.start, sheet), _clock(visit.end, sheet)
    paragraphs: list[tuple[Span, ...]] = [((f"{start}–{end}" if end else start, True),)]
    if visit.minutes is not None:
        paragraphs.append(((_("{n} min").format(n=visit.minutes), False),))
    if visit.time_critical:
        paragraphs.append(((_("! ON TIME"), True),))
    return Cell(tuple(paragraphs))


def _citizen(visit: Visit, rounds: DrivingList, going: list[Visit], sheet: Sheet) -> Cell:
    _ = sheet.language.text
    citizen = rounds.citizens.get(visit.citizen or "")
    if citizen is None:
        return plain(_("Citizen not delivered") if visit.citizen else _("No citizen"))
    also = elsewhere(citizen, rounds.also.get(citizen.id, ()))
    again = [_clock(other.start, sheet) for other in going if other.citizen == citizen.id and other.start > visit.start]
    phone = _("tel. {phone}").format(phone=citizen.phone) if citizen.phone else None
    lines = (
        wording.joined((number(citizen, sheet), phone)),
        wording.address(citizen, sheet) or _("address not delivered"),
        wording.joined(
            (
                statements.whereabouts(citizen, also, sheet) if citizen.status != "home" or also else None,
                _("next {time}").format(time=again[0]) if again else None,
            )
        ),
        _("PROTECTED IDENTITY") if citizen.protected_address or citizen.protected_name else None,
    )
    same = sum(fold(other.name) == fold(citizen.name) for other in rounds.citizens.values()) - 1
    warning = sheet.language.count(
        "NAMESAKE: one more citizen has this name. Check the birthday.",
        "NAMESAKES: {n} more citizens have this name. Check the birthday.",
        same,
    )
    said = [((line, False),) for line in lines if line]
    return Cell((((citizen.name, True),), *([((warning, True),)] if same else []), *said))


def _tasks(visit: Visit, sheet: Sheet) -> Cell:
    """What to do; on the car's list the visit's title alone, because the tasks and remarks tell of health."""
    _ = sheet.language.text
    law: tuple[Span, ...] = (("  " + visit.law, False),) if visit.law and not sheet.car else ()
    paragraphs: list[tuple[Span, ...]] = [((visit.title or _("Visit"), True), *law)]
    if visit.status == "unknown":
        status = f"? {_('status not known')}" + (f" ({visit.status_source})" if visit.status_source else "")
        paragraphs.append(((status, True),))
    elif visit.status == "done":
        paragraphs.append(((_("already done"), True),))
    if sheet.car:
        if visit.tasks or visit.remark:
            paragraphs.append(((_("More on the office list."), False),))
    else:
        paragraphs += [((text, False),) for text in (visit.tasks, visit.remark) if text]
    return Cell(tuple(paragraphs))


def _carers(visit: Visit, sheet: Sheet) -> Cell:
    _ = sheet.language.text
    paragraphs: list[tuple[Span, ...]] = [((visit.staff or _("! NO CARER"), not visit.staff),)]
    if visit.second_staff:
        paragraphs.append(((_("and {name}").format(name=visit.second_staff), False),))
    elif visit.staff_needed is not None and visit.staff_needed > 1:
        paragraphs.append(((_("! {n} carers needed").format(n=visit.staff_needed), True),))
    return Cell(tuple(paragraphs))


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
    if sheet.car:
        text = _("CAVE: {texts}").format(texts=nothing)
        return Cell((((_("! Ask the office"), True),),)) if current else plain(text)
    paragraphs: list[tuple[Span, ...]] = [
        ((_("CAVE: {texts}").format(texts=allergy(alert, sheet)), True),) for alert in allergies
    ] or [((_("CAVE: {texts}").format(texts=nothing), False),)]
    paragraphs += [
        ((f"{_(wording.ALERT_KIND[alert.kind])}: {alert.text}", True),) for alert in current if alert not in allergies
    ]
    paragraphs += [((_way_in(access, sheet), False),) for access in rounds.access.get(visit.citizen or "", ())]
    return Cell(tuple(paragraphs))


def _way_in(access: Access, sheet: Sheet) -> str:
    """A key, lock or alarm without its code."""
    _ = sheet.language.text
    facts = (access.system, access.key_number, access.location, access.instruction, access.fallback, access.phone)
    return wording.joined((f"{_(_ACCESS[access.kind])}:", wording.joined(facts, ", ")), " ")


def _done(sheet: Sheet) -> Cell:
    _ = sheet.language.text
    return Cell(
        (((_("Done"), False),), ((_("Not as planned:"), False),), ((_("Time, initials:"), False),)), BODY, ticks=2
    )


def _list(title: str, visits: list[Visit], rounds: DrivingList, sheet: Sheet) -> list[Block]:
    """A short list of visits, one a line."""
    if not visits:
        return []
    lines: list[Block] = [Heading(f"{title} ({len(visits)})")]
    for visit in visits:
        citizen = rounds.citizens.get(visit.citizen or "")
        reason = None if sheet.car else visit.cancel_reason
        text = wording.joined((citizen.name if citizen else None, visit.title, reason))
        lines.append(Words((_clock(visit.start, sheet) + "  ", True), (text, False), above=3))
    return lines
