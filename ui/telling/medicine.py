"""How medicine is told: an order, a dose that is due, a dose that was given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from backupreader.domain import dosage, moments
from backupreader.domain.barriers import Barrier
from backupreader.domain.due import Knowledge, Upcoming
from backupreader.domain.journal import Journal, Order, Section
from backupreader.domain.records import Administration, Dose, Medication
from backupreader.language import N_, Language
from printing import wording
from ui import words
from ui.chapter import Topic, ToReason, View
from ui.clock import distance, written
from ui.look import State
from ui.rows import Kind, Mark, Row, recorded
from ui.telling.blind import order_marks
from ui.telling.changed import mark_of

_ENDED: Final = frozenset({"stopped", "completed", "entered-in-error", "draft"})
_NONE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})
_UNSURE: Final = frozenset({"unknown", "invalid"})


def group_of(order: Order, view: View) -> str:
    """Under which heading of the chapter an order stands."""
    medication = order.medication
    today = view.now.date()
    if medication.status in _ENDED or _over(medication, view):
        return "ended"
    if medication.status in _UNSURE:
        return "unsure"
    verdicts = [
        cell
        for dose in order.doses or (None,)
        for _, cell in dosage.due_times(medication, dose, today, view.zone).cells
    ]
    if medication.status == "paused" or (verdicts and all(cell.why is dosage.Why.PAUSED for cell in verdicts)):
        return "paused"
    return "prn" if _only_when_needed(order) else "fixed"


def _only_when_needed(order: Order) -> bool:
    """An order with a fixed dose beside one for need is fixed: its fixed dose must not be waited with."""
    return order.medication.kind == "prn" or (bool(order.doses) and all(dose.prn for dose in order.doses))


def may_be_needed(order: Order, view: View) -> bool:
    """Is it in force, with a dose that is given when needed?"""
    group = group_of(order, view)
    return group == "prn" or (group == "fixed" and any(dose.prn for dose in order.doses))


def bare(medication: Medication) -> Order:
    """An order without its doses, where only how it stands is told."""
    return Order(medication=medication, doses=(), administrations=())


def in_force(medication: Medication, view: View) -> tuple[Mark, ...]:
    """The mark of an order that holds today; where it does not, its other marks say how it stands."""
    if group_of(bare(medication), view) not in {"fixed", "prn"}:
        return ()
    if dosage.standing(medication, view.now.date(), view.zone) is dosage.Standing.FUTURE:
        return ()
    return (Mark(view.language.text("IN FORCE"), State.GOOD),)


def _over(medication: Medication, view: View) -> bool:
    """Has its stated end passed? What ends today is still current today."""
    end = moments.day(medication.end, view.zone)
    return end is not None and end < view.now.date()


def is_kept(medication: Medication) -> bool:
    """Is this the stand-in of an order that is kept back?"""
    return medication.private and not medication.drug


def named(medication: Medication, language: Language) -> str:
    """Name, strength and form; of one that is kept back that it is: never nothing."""
    if is_kept(medication):
        return language.text("Private-marked medicine, not shown")
    return wording.drug(medication)


def kept_rows(journal: Journal, view: View) -> list[Row]:
    """How many orders are kept back; Enter asks for the reason. No row where none is."""
    if not journal.withheld:
        return []
    sentence = view.language.count(
        "{n} private-marked order is not shown: state a reason",
        "{n} private-marked orders are not shown: state a reason",
        len(journal.withheld),
    )
    return [Row(kind=Kind.KEPT, title=sentence, aside=view.language.text("Enter"), target=ToReason(Barrier.PRIVATE))]


def order_row(order: Order, view: View, *, given: str = "") -> Row:
    """One order: the drug, its dosage by structure and as written, and all that the prescriber said about it.

    `given` says when it was last given.
    """
    language, medication = view.language, order.medication
    ended = medication.status in _ENDED or _over(medication, view)
    return Row(
        title=named(medication, language),
        details=tuple(line for line in (dosing(order, view), given, *_said(medication, view)) if line),
        marks=(
            *_marks(medication, view),
            *order_marks(order, view),
            *(() if is_kept(medication) else mark_of(medication, view)),
        ),
        aside=" · ".join(part for part in (medication.route, medication.list) if part),
        struck=ended,
        lead=_first_time(order, language) if not ended else "",
        target=ToReason(Barrier.PRIVATE) if is_kept(medication) else None,
        origin=recorded(medication),
    )


def _first_time(order: Order, language: Language) -> str:
    if _only_when_needed(order):
        return language.context("given when needed", "PN")
    times = sorted({dose.time for dose in order.doses if dose.time and not dose.prn})
    if not times:
        return ""
    return times[0] if len(times) == 1 else times[0] + " +"


def dosing(order: Order, view: View) -> str:
    """How an order is dosed, by its structure; empty where it has none."""
    fixed = not _only_when_needed(order)
    return wording.joined(_dose(dose, view, fixed=fixed) for dose in order.doses)


def limits(order: Order, view: View) -> str:
    """The most that may be given a day and how far apart, where the order itself says so."""
    medication = order.medication
    return wording.limits(medication.max_per_day, medication.min_interval, view.language)


def until(end: str | None, view: View) -> str:
    """Until when an order ran."""
    return _period(None, end, view)


def _dose(dose: Dose, view: View, *, fixed: bool) -> str:
    """One dose: of an order that is not all for need, whether this one is; from when, where that is not yet."""
    language = view.language
    moment = dosage.whens(dose)[0]
    time = wording.at(moment, language)
    if moment.of:
        time = language.count("{n} time a day", "{n} times a day", moment.of)
    first = moments.day(dose.start, view.zone)
    later = first is None or first > view.now.date()
    period = _period(dose.start, dose.end, view) if dose.end or later else ""
    needed = language.text("when needed") if fixed and dose.prn else ""
    unsaid = fixed and not dose.prn and dose.weekdays is None and dose.every_days is None
    doubt = language.text("? On which days is not said.") if unsaid else ""
    limits, amount = wording.limits(dose.max_per_day, dose.min_interval, language), wording.amount(dose, language)
    parts = (
        time,
        amount,
        wording.on_days(dose, language),
        needed,
        limits,
        period,
        dose.text,
        doubt,
    )
    return wording.joined(parts, " ")


def _period(start: str | None, end: str | None, view: View) -> str:
    _ = view.language.text
    first, last = written(start, view.now, view.language), written(end, view.now, view.language)
    if first and last:
        return _("from {first} to {last}").format(first=first, last=last)
    if last:
        return _("until {last}").format(last=last)
    return _("from {first}").format(first=first) if first else ""


def _said(medication: Medication, view: View) -> list[str]:
    _, language = view.language.text, view.language
    prescribed = ""
    if medication.prescriber:
        prescribed = _("Prescribed by {name}").format(name=medication.prescriber)
        if medication.prescribed_at:
            prescribed += ", " + written(medication.prescribed_at, view.now, language)
    return [
        _("As written: {text}").format(text=medication.dosage_text) if medication.dosage_text else "",
        wording.limits(medication.max_per_day, medication.min_interval, language),
        _("For: {indication}").format(indication=medication.indication) if medication.indication else "",
        medication.instruction or "",
        _period(medication.start, medication.end, view),
        _("Stopped because: {reason}").format(reason=medication.stop_reason) if medication.stop_reason else "",
        medication.remark or "",
        prescribed,
    ]


def _marks(medication: Medication, view: View) -> list[Mark]:
    _, language = view.language.text, view.language
    marks: list[Mark] = []
    if medication.status not in {"active", "paused"}:
        marks.append(words.status_mark(medication.status, medication.status_source, language))
    elif _over(medication, view):
        marks.append(Mark(_("END PASSED")))
    if dosage.standing(medication, view.now.date(), view.zone) is dosage.Standing.FUTURE:
        marks.append(Mark(_("not begun").upper(), State.LATE))
    if medication.status == "paused" or medication.paused_from or medication.paused_to:
        pause = _period(medication.paused_from, medication.paused_to, view)
        marks.append(Mark(f"{_('PAUSED')} {pause}".strip(), State.LATE))
    if medication.dose_dispensed:
        marks.append(Mark(_("DOSE-DISPENSED"), State.INFO))
    if medication.private:
        marks.append(Mark(_("MARKED PRIVATE"), State.LATE))
    return marks


def due_rows(entries: Iterable[Upcoming], view: View, differing: Mapping[str, tuple[str, ...]] = _NONE) -> list[Row]:
    """What is due around now, by the clock, each with what can be known of it.

    `differing` says of orders, by id, what other lists say of them.
    """
    rows: list[Row] = []
    for entry in entries:
        row = _due_row(entry, view)
        if entry.only_in is None and (others := differing.get(entry.order.medication.id)) is not None:
            mark = Mark(view.language.text("LISTS DIFFER"), State.LATE)
            row = replace(row, marks=(*row.marks, mark), details=(*row.details, *others))
        rows.append(row)
    return rows


def _due_row(entry: Upcoming, view: View) -> Row:
    language, medication = view.language, entry.order.medication
    amount, doubtful = wording.amount(entry.dose, language), entry.cell.verdict is dosage.Verdict.UNKNOWN
    text = ""
    if medication.dosage_text and (doubtful or not amount):
        text = language.text("As written: {text}").format(text=medication.dosage_text)
    details = (wording.joined((amount, medication.route, medication.indication)), text)
    lead, under = _when(entry, view)
    return Row(
        lead=lead,
        lead_under=under,
        title=named(medication, language),
        details=tuple(part for part in details if part),
        marks=tuple(_known(entry, view)),
        origin=recorded(medication),
    )


def _when(entry: Upcoming, view: View) -> tuple[str, str]:
    """The clock time and how far off it is; what else is said of the time where there is none."""
    language = view.language
    if entry.at is None:
        if entry.when.of == 1:
            return "", language.count("{n} time a day", "{n} times a day", 1)
        return "", wording.at(entry.when, language) or language.text("time not said")
    days = (entry.at.date() - view.now.date()).days
    day = {1: language.text("tomorrow"), -1: language.text("yesterday")}.get(days)
    return language.clock(entry.at), wording.joined((day, distance(entry.at, view.now, language)), "\n")


def _known(entry: Upcoming, view: View) -> list[Mark]:
    _ = view.language.text
    marks: list[Mark] = []
    if entry.only_in is not None:
        marks.append(Mark(_("ONLY IN {list}: ask before giving").format(list=entry.only_in), State.LATE))
    if entry.cell.verdict is dosage.Verdict.UNKNOWN:
        marks.append(Mark(_("MAY BE DUE: read the dosage as written"), State.LATE))
    if entry.knowledge is Knowledge.RECORDED and entry.administration is not None:
        item = entry.administration
        state = State.GOOD if item.status == "given" else State.LATE
        at = written(item.given_at, view.now, view.language)
        word = words.status(item.status, item.status_source, view.language).upper()
        marks.append(Mark(" ".join(part for part in (word, at, item.by or "") if part), state))
    elif entry.knowledge is Knowledge.NOT_RECORDED:
        marks.append(Mark(_("NOT RECORDED AS GIVEN"), State.LATE))
    elif entry.knowledge is Knowledge.BLIND:
        marks.append(Mark(_("DUE AFTER THE DATA WAS TAKEN: see the paper"), State.LATE))
    return marks


def given_row(item: Administration, journal: Journal, view: View) -> Row:
    """One dose that the source recorded as given."""
    order = next((one.medication for one in journal.orders.items if one.medication.id == item.medication), None)
    amount = wording.joined((view.language.decimal(item.quantity or ""), item.unit), " ")
    return Row(
        lead_under=written(item.given_at or item.planned_at, view.now, view.language),
        title=named(order, view.language) if order is not None else item.drug or view.language.text("drug not said"),
        details=tuple(
            part
            for part in (" · ".join(p for p in (amount, item.by, item.reason) if p), item.effect, item.note)
            if part
        ),
        origin=recorded(item),
    )


def _section(journal: Journal) -> Section[Order]:
    return journal.orders


TOPIC: Final = Topic(
    name="medicine",
    title=N_("Medicine"),
    section=_section,
    nothing=N_("No medicine is recorded."),
    missing=N_("Medicine was not delivered by any source. Nothing is known about it here."),
)
