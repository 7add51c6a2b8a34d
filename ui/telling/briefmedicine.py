"""Medicine in the emergency summary: what is due by the clock, what may be needed, what is paused or has stopped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from backupreader.domain import moments
from backupreader.domain.due import Knowledge, Upcoming, due_next
from backupreader.domain.journal import Journal, Order
from backupreader.domain.signing import Signing
from printing import wording
from ui.chapter import ToChapter, View
from ui.clock import at
from ui.rows import Kind, Row
from ui.telling import lists, medicine
from ui.telling.brief import group, of_topic, short
from ui.telling.lastgiven import last_given

_AHEAD, _UNTIMED, _NEEDED, _APART = 1, 2, 2, 2
_LATELY: Final = timedelta(days=14)
_TEXT: Final = 160  # characters of a dosage as written


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of one journal now."""

    journal: Journal
    view: View
    plan: Signing


def doses(journal: Journal, view: View) -> tuple[Row, ...]:
    """What is due, and what may be given when needed."""
    told = _Told(journal, view, lists.lists_now(journal, view))
    return (*_due(told), *_needed(told))


def _due(told: _Told) -> tuple[Row, ...]:
    """What is due, by the clock, until the next clock times; then what has no clock time."""
    journal, view, count = told.journal, told.view, told.view.language.count
    rows = [*medicine.kept_rows(journal, view), *lists.confirmation_rows(journal, told.plan, view)]
    due = due_next(journal, view.now)
    open_ = [entry for entry in due.entries if entry.knowledge is not Knowledge.RECORDED]
    ahead = sorted({entry.at for entry in open_ if entry.at is not None and entry.at > view.now})
    until = ahead[min(_AHEAD, len(ahead)) - 1] if ahead else view.now
    timed = [entry for entry in open_ if entry.at is not None and entry.at <= until]
    untimed = [entry for entry in open_ if entry.at is None][:_UNTIMED]
    rows += _due_rows([*timed, *untimed], told)
    left = len(open_) - len(timed) - len(untimed)
    if left:
        more = count("One more that may be due", "{n} more that may be due", left)
        rows.append(Row(kind=Kind.ACTION, title=more, target=ToChapter(medicine.TOPIC.name)))
    if journal.orders.items and not open_:
        nothing = view.language.text("No medicine is due in the next 24 hours as far as is known.")
        if journal.withheld:
            nothing = view.language.text("Of the medicine that is shown, none is due in the next 24 hours.")
        rows.append(Row(kind=Kind.NOTHING, title=nothing))
    return of_topic(view.language.text("Medicine"), medicine.TOPIC, rows, journal, view)


def _due_rows(entries: list[Upcoming], told: _Told) -> list[Row]:
    view = told.view
    rows = medicine.due_rows(entries, view, lists.differing(told.plan, view))
    return [_due_row(row, entry, view) for row, entry in zip(rows, entries, strict=True)]


def _due_row(row: Row, entry: Upcoming, view: View) -> Row:
    """The clock time first, then how much; what another list says of it, and what stands there as written."""
    drug = entry.order.medication
    first = wording.joined((wording.amount(entry.dose, view.language), drug.route))
    rest = (short(part, _TEXT) for part in row.details if part != wording.joined((first, drug.indication)))
    details = (first, " ".join(row.lead_under.split("\n")), *rest)
    today = entry.at is None or entry.at.date() == view.now.date()
    clock = row.lead if today or entry.at is None else at(entry.at, view.now, view.language)
    title = "  ".join(part for part in (clock, row.title) if part)
    return replace(row, title=title, lead_under="", details=tuple(part for part in details if part))


def _needed(told: _Told) -> tuple[Row, ...]:
    """What may be given when needed: how much, how often at most, and when it was last given."""
    view, plan = told.view, told.plan
    orders = [
        order for order in (*plan.orders, *(item.order for item in plan.ask)) if medicine.may_be_needed(order, view)
    ]
    rows = [lists.asked_or_given(_needed_row(order, told), order, plan, view) for order in orders[:_NEEDED]]
    if len(orders) > _NEEDED:
        more = view.language.count("One more when needed (PN)", "{n} more when needed (PN)", len(orders) - _NEEDED)
        rows.append(Row(kind=Kind.ACTION, title=more, target=ToChapter(medicine.TOPIC.name)))
    word = view.language.context("given when needed", "PN")
    return group(word, rows, to=ToChapter(medicine.TOPIC.name))


def _needed_row(order: Order, told: _Told) -> Row:
    view = told.view
    row = medicine.order_row(order, view)
    if medicine.is_kept(order.medication):
        return replace(row, details=())
    written, dosed = order.medication.dosage_text, medicine.dosing(order, view)
    text = view.language.text("As written: {text}").format(text=short(written, _TEXT)) if written else ""
    limits = medicine.limits(order, view)
    details = (dosed or text, limits, last_given(order, told.plan, told.journal, view))
    return replace(row, details=tuple(part for part in details if part), aside="")


def apart(journal: Journal, view: View) -> tuple[Row, ...]:
    """What is paused, and what stopped in the last two weeks: not to be given as it was."""
    since = view.now.date() - _LATELY
    found = [order for order in journal.orders.items if _is_apart(order, since, view)]
    rows: list[Row] = []
    for order in found[:_APART]:
        row, end = medicine.order_row(order, view), order.medication.end
        stopped = medicine.group_of(order, view) == "ended"
        details = (medicine.until(end, view) if stopped else "", order.medication.stop_reason)
        rows.append(replace(row, aside="", details=tuple(part for part in details if part)))
    if len(found) > _APART:
        more = view.language.count(
            "One more is paused or stopped", "{n} more are paused or stopped", len(found) - _APART
        )
        rows.append(Row(kind=Kind.ACTION, title=more, target=ToChapter(medicine.TOPIC.name)))
    return group(view.language.text("Not now"), rows, to=ToChapter(medicine.TOPIC.name))


def _is_apart(order: Order, since: date, view: View) -> bool:
    drug = order.medication
    if drug.status == "active" and not (drug.end or drug.paused_from or drug.paused_to):
        return False
    where = medicine.group_of(order, view)
    if where != "ended" or order.medication.status == "entered-in-error":
        return where == "paused"
    end = moments.day(order.medication.end, view.zone)
    return end is not None and end >= since
