"""The medicine administration sheet: each drug at each exact time, a box to sign a day, what is not due blocked.

Fields after FMK and the signing lists of DOMAIN: a clock time is printed as ordered, a slot or "2 of 3" never as a
clock time. What cannot be decided has an open box and a question mark. Drugs given when needed stand apart, as do
stopped and paused ones.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from backupreader.domain import moments
from backupreader.domain.dosage import Row, Verdict, Why, administration_rows
from backupreader.language import N_
from printing import page, sections, wording
from printing.apart import RECENT, apart, pause
from printing.block import Block, Heading, Words
from printing.document import Document
from printing.grid import BLOCKED_GREY, Cell, Grid, Group, header, plain, widths
from printing.text import BODY, STRONG, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.platypus import Flowable

    from backupreader.domain.journal import Journal, Order
    from backupreader.domain.records import Administration, Dose
    from printing.document import Sheet, Subject

_WIDE: Final = page.wide(landscape=True)
_BOX: Final = 27.0  # points: room for initials and a clock time by hand
_FREE_ROWS: Final = 3
_BLOCKED: Final = "****"
_BLOCK: Final = Style(size=10, leading=11)
_DOUBT: Final = {
    Why.PERIOD: N_("? It begins, ends or is paused on one of these days: check the time."),
    Why.DAYS: N_("? On which days is not said."),
    Why.TIMES: N_("? At which times is not said."),
}
_WHY: Final = {
    Why.PAUSED: N_("paused"),
    Why.STOPPED: N_("stopped"),
    Why.AFTER_END: N_("ended"),
    Why.BEFORE_START: N_("not begun"),
    Why.OTHER_DAY: N_("other day"),
    Why.NOT_IN_FORCE: N_("draft"),
}


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """The grid, the drugs given when needed, what is stopped or paused, how to sign, and who signed."""
    journal = subject.journal
    assert journal is not None
    _ = sheet.language.text
    days = [sheet.day + timedelta(days=number) for number in range(sheet.days)]
    blocks: list[Block] = [_instruction(sheet)]
    if not journal.orders.items:
        blocks += [sections.heading(_("Medicine"), journal.orders, sheet), sections.empty(journal.orders, sheet)]
    else:
        blocks += _fixed(journal, days, sheet)
        blocks += _needed(journal, days, sheet)
        blocks += apart(journal, days, sheet)
    return [*blocks, *_added_by_hand(days, sheet), *_signatures(sheet)]


DOCUMENT: Final = Document(
    name="medicine-sheet", title=N_("Medicine sheet"), about="citizen", story=story, landscape=True
)


def _instruction(sheet: Sheet) -> Block:
    _ = sheet.language.text
    return Words(
        (_("Sign each dose with initials and the time it was given."), True),
        ("  " + _("Not given: P = postponed · R = refused · H = not at home · N = not available, and why."), False),
        ("  " + _("**** = not due. ? = the data does not say: read the text, ask the prescriber."), False),
    )


def _columns(days: list[date]) -> tuple[float, ...]:
    """One day has room for three boxes a dose; several days have one box each."""
    lead = _WIDE * (0.56 if len(days) == 1 else 0.46 if len(days) <= 3 else 0.36)  # noqa: PLR2004 (a weekend)
    boxes = (1.0, 1.0, 2.4) if len(days) == 1 else tuple(1.0 for _ in days)
    return (lead - 138, 68.0, 70.0, *widths(_WIDE - lead, *boxes))


def _titles(days: list[date], sheet: Sheet) -> tuple[str, ...]:
    _ = sheet.language.text
    if len(days) == 1:
        return (_("Time given"), _("Initials"), _("Remark, or why not given"))
    return tuple(wording.day(sheet.language, day, weekday=True, year=False) for day in days)


def _fixed(journal: Journal, days: list[date], sheet: Sheet) -> list[Block]:
    _ = sheet.language.text
    groups: list[Group] = []
    for order in sorted(
        journal.orders.items, key=lambda order: (order.medication.drug.casefold(), order.medication.id)
    ):
        rows = [row for row in administration_rows(order, days, wording.zone(sheet)) if row.shown and not row.prn]
        if rows:
            groups.append(_group(order, rows, days, sheet))
    title = _("Fixed medicine, {days}").format(days=_span(days, sheet))
    head = sections.heading(title, journal.orders, sheet)
    if not groups:
        return [head, Words((_("No fixed medicine is due on these days."), False), above=4)]
    top = header(_("Medicine"), _("Amount"), _("Time"), *_titles(days, sheet))
    return [head, Grid(_columns(days), groups, top, above=5)]


def _span(days: list[date], sheet: Sheet) -> str:
    first = wording.day(sheet.language, days[0], weekday=True)
    return first if len(days) == 1 else f"{first} – {wording.day(sheet.language, days[-1], weekday=True)}"


def _group(order: Order, rows: list[Row], days: list[date], sheet: Sheet) -> Group:
    medication = order.medication
    text = sections.as_written(medication, sheet)
    lines = dict.fromkeys(
        [
            *(wording.dose_line(row.dose, sheet) for row in rows if row.dose is not None and _says_more(row.dose)),
            wording.joined((_lately(order, days[0], sheet), pause(order, sheet))),
            _contradiction(order, sheet),
            *(sheet.language.text(_DOUBT[cell.why]) for row in rows for cell in row.cells if cell.why in _DOUBT),
        ]
    )
    lead = sections.drug_cell(medication, sheet, dosage=text, extra=lines)
    return Group(tuple(_row(row, sheet) for row in rows), (lead,), _BOX)


def _contradiction(order: Order, sheet: Sheet) -> str | None:
    """A stopped order that still has boxes: its end is said to lie ahead."""
    medication = order.medication
    if medication.status not in {"stopped", "completed"}:
        return None
    word = sheet.language.text(wording.MEDICATION_STATUS[medication.status])
    return sheet.language.text("? {status}, but its end lies ahead: ask before giving").format(status=word)


def _says_more(dose: Dose) -> bool:
    """Does the dose say anything that its amount and time do not?"""
    return bool(dose.text or dose.start or dose.end or dose.weekdays or dose.every_days not in {None, 1})


def _lately(order: Order, first: date, sheet: Sheet) -> str | None:
    """The order's period, where it ends, or began so lately that it may be new to a carer."""
    medication = order.medication
    begun = moments.day(medication.start, wording.zone(sheet))
    if medication.end or begun is None or begun > first - RECENT:
        return wording.period(medication.start, medication.end, sheet)
    return None


def _row(row: Row, sheet: Sheet) -> tuple[Cell, ...]:
    language = sheet.language
    amount = plain(wording.amount(row.dose, language) or "?", style=STRONG, align="centre")
    time = plain(wording.at(row.when, language) or "?", style=STRONG, align="centre")
    boxes = 3 if len(row.cells) == 1 else 1
    cells: list[Cell] = []
    for cell in row.cells:
        if cell.verdict is Verdict.NOT_DUE:
            why = language.text(_WHY[cell.why]) if cell.why in _WHY else ""
            cells += [Cell((((_BLOCKED, False),), ((why, False),)), _BLOCK, "centre", BLOCKED_GREY)] * boxes
        else:
            cells += [Cell(corner="?" if cell.verdict is Verdict.UNKNOWN else ""), *[Cell()] * (boxes - 1)]
    return (amount, time, *cells)


def _needed(journal: Journal, days: list[date], sheet: Sheet) -> list[Block]:
    _ = sheet.language.text
    groups: list[Group] = []
    for order in journal.orders.items:
        rows = [row for row in administration_rows(order, days, wording.zone(sheet)) if row.shown and row.prn]
        if rows:
            groups.append(_needed_group(order, rows, journal, sheet))
    if not groups:
        return [
            Heading(_("When needed")),
            Words((_("No medicine to be given when needed is in force."), False), above=4),
        ]
    top = header(
        _("Medicine"),
        _("Date, time"),
        _("Reason"),
        _("Amount"),
        _("Time given"),
        _("Initials"),
        _("Effect within 2 h"),
    )
    columns = (_WIDE - sum((64.0, 140.0, 56.0, 62.0, 54.0, 100.0)), 64.0, 140.0, 56.0, 62.0, 54.0, 100.0)
    return [Heading(_("When needed")), Grid(columns, groups, top, above=5)]


def _needed_group(order: Order, rows: list[Row], journal: Journal, sheet: Sheet) -> Group:
    _ = sheet.language.text
    medication = order.medication
    doses = dict.fromkeys(wording.dose_line(row.dose, sheet) for row in rows if row.dose is not None)
    lead = sections.drug_cell(
        medication,
        sheet,
        dosage=sections.as_written(medication, sheet),
        extra=(
            *doses,
            wording.order_limits(order, sheet.language),
            wording.period(medication.start, medication.end, sheet),
            pause(order, sheet),
            _contradiction(order, sheet),
            _last(order, journal, sheet),
        ),
    )
    free = tuple(Cell() for _column in range(6))
    return Group(tuple(free for _row_ in range(_FREE_ROWS)), (lead,), _BOX - 3)


def _last(order: Order, journal: Journal, sheet: Sheet) -> str:
    """When it was last given, as far as the data knows, and until when the data knows."""
    _ = sheet.language.text
    if not journal.administrations.deliveries:
        return _("Last given: not delivered")
    taken = wording.moment(journal.administrations.taken_at, sheet)
    last = wording.last_given((*order.administrations, *_unattached(order, journal)), sheet)
    if last is None:
        return _("Last given: nothing recorded until {taken}").format(taken=taken)
    when = wording.moment(last.given_at or last.planned_at, sheet)
    much = wording.joined((sheet.language.decimal(last.quantity or ""), last.unit), " ")
    doubt = sections.uncertain(last.status, last.status_source, sheet)
    facts = wording.joined((when, much, doubt), ", ")
    return _("Last given: {when} (known until {taken})").format(when=facts, taken=taken)


def _unattached(order: Order, journal: Journal) -> Iterator[Administration]:
    """What was given of a drug of this name, where the source does not say on which order."""
    known = {other.medication.id for other in journal.orders.items}
    name = order.medication.drug.casefold()
    for item in journal.administrations.items:
        if item.medication not in known and name in (item.drug or "").casefold():
            yield item


def _added_by_hand(days: list[date], sheet: Sheet) -> list[Block]:
    """Empty rows for what a doctor orders by phone during the outage."""
    _ = sheet.language.text
    top = header(_("Ordered during the outage (by whom, when)"), _("Amount"), _("Time"), *_titles(days, sheet))
    columns = _columns(days)
    empty = Group((tuple(Cell() for _column in columns[1:]),), (Cell(),), _BOX)
    return [Grid(columns, (empty, empty), top, above=10)]


def _signatures(sheet: Sheet) -> list[Block]:
    """Whose initials they are."""
    _ = sheet.language.text
    titles = (_("Initials"), _("Name and title"), _("Signature"))
    columns = widths(_WIDE, 1, 3, 2.2, 1, 3, 2.2)
    empty = Group((tuple(Cell(style=BODY) for _column in range(6)),), (), 20)
    return [Grid(columns, (empty, empty), header(*titles, *titles), above=10)]
