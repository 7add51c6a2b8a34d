"""The medicine administration sheet: each drug at each exact time, a box to sign a day, what is not due blocked.

Fields after FMK and the signing lists of DOMAIN: a clock time is printed as ordered, a slot or "2 of 3" never as a
clock time. What cannot be decided has an open box and a question mark. Drugs given when needed stand apart, as do
stopped and paused ones. Where there are several lists, the sheet is made from one, and says what the others say
(see `backupreader.domain.signing`).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from backupreader.domain import moments
from backupreader.domain.dosage import Row, Why, administration_rows
from backupreader.domain.signing import signing
from backupreader.language import N_
from printing import boxes, differences, keptback, otherlists, sections, wording
from printing.apart import RECENT, apart, pause
from printing.block import Block, Heading, Words
from printing.document import Document
from printing.grid import Cell, Grid, Group, header, widths
from printing.lastgiven import last
from printing.text import BODY

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from backupreader.domain.journal import Journal, Order
    from backupreader.domain.records import Dose
    from backupreader.domain.signing import Signing
    from printing.document import Sheet, Subject

_FREE_ROWS: Final = 3
_NEEDED_COLUMNS: Final = 6  # beside the drug
_DOUBT: Final = {
    Why.PERIOD: N_("? It begins, ends or is paused on one of these days: check the time."),
    Why.DAYS: N_("? On which days is not said."),
    Why.TIMES: N_("? At which times is not said."),
}


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """The grid, the drugs given when needed, what is stopped or paused, how to sign, and who signed."""
    journal = subject.journal
    assert journal is not None
    _ = sheet.language.text
    days = [sheet.day + timedelta(days=number) for number in range(sheet.days)]
    plan = signing(journal, days, wording.zone(sheet))
    blocks: list[Block] = [
        *keptback.notice(journal, _("THIS SHEET IS NOT COMPLETE."), sheet),
        _instruction(sheet),
        *otherlists.about(journal, plan, sheet),
    ]
    if not journal.orders.items:
        blocks += [sections.heading(_("Medicine"), journal.orders, sheet), sections.empty(journal.orders, sheet)]
    else:
        blocks += _fixed(journal, plan, days, sheet)
        blocks += _needed(journal, plan, days, sheet)
        blocks += otherlists.asked(journal, plan, days, sheet)
        blocks += apart([order for order in plan.orders if _undisputed(order, plan, days, sheet)], days, sheet)
        blocks += keptback.elsewhere(plan, days, sheet)
        blocks += otherlists.told(plan, sheet)
    return [*blocks, *_added_by_hand(days, sheet), *_signatures(sheet)]


DOCUMENT: Final = Document(
    name="medicine-sheet", title=N_("Medicine sheet"), about="citizen", story=story, landscape=True, medicine=True
)


def _instruction(sheet: Sheet) -> Block:
    _ = sheet.language.text
    return Words(
        (_("Sign each dose with initials and the time it was given."), True),
        ("  " + _("Not given: P = postponed · R = refused · H = not at home · N = not available, and why."), False),
        ("  " + _("**** = not due. ? = the data does not say: read the text, ask the prescriber."), False),
    )


def _fixed(journal: Journal, plan: Signing, days: list[date], sheet: Sheet) -> list[Block]:
    _ = sheet.language.text
    groups = keptback.rows(plan, days, sheet, on_need=False, columns=len(boxes.columns(days)) - 1)
    for order in sorted(plan.orders, key=lambda order: (order.medication.drug.casefold(), order.medication.id)):
        rows = [row for row in administration_rows(order, days, wording.zone(sheet)) if row.shown and not row.prn]
        if rows:
            groups.append(_group(order, rows, plan, days, sheet))
    title = _("Fixed medicine, {days}").format(days=_span(days, sheet))
    head = sections.heading(title, journal.orders, sheet)
    if not groups:
        return [head, _none(_("No fixed medicine is due on these days."), plan, sheet)]
    top = header(_("Medicine"), _("Amount"), _("Time"), *boxes.titles(days, sheet))
    return [head, Grid(boxes.columns(days), groups, top, above=5)]


def _none(said: str, plan: Signing, sheet: Sheet) -> Block:
    """That this list has none; where another list has medicine that this one has not, never without saying so.

    Nor where medicine is kept back: of some of it the source may not say whether it is given when needed.
    """
    _ = sheet.language.text
    only_here = _("That is this list alone: another list has more medicine, see below.") if plan.ask else ""
    hidden = any(one.withheld for one in plan.lists)
    only_shown = _("This is true only of what is shown; private-marked medicine is not shown.") if hidden else ""
    return Words((said, False), *((f" {text}", True) for text in (only_here, only_shown) if text), above=4)


def _span(days: list[date], sheet: Sheet) -> str:
    first = wording.day(sheet.language, days[0], weekday=True)
    return first if len(days) == 1 else f"{first} – {wording.day(sheet.language, days[-1], weekday=True)}"


def _group(order: Order, rows: list[Row], plan: Signing, days: list[date], sheet: Sheet) -> Group:
    medication = order.medication
    loud, doubt = differences.beside(order, plan, sheet)
    text = sections.as_written(medication, sheet)
    lines = dict.fromkeys(
        [
            *(wording.dose_line(row.dose, sheet) for row in rows if row.dose is not None and _says_more(row.dose)),
            wording.joined((_lately(order, days[0], sheet), pause(order, sheet))),
            _contradiction(order, sheet),
            *(sheet.language.text(_DOUBT[cell.why]) for row in rows for cell in row.cells if cell.why in _DOUBT),
        ]
    )
    lead = sections.drug_cell(medication, sheet, dosage=text, extra=lines, loud=loud)
    elsewhere = plan.due_elsewhere(order, days, wording.zone(sheet))
    cells = tuple(boxes.row(row, days, sheet, doubt=doubt, elsewhere=elsewhere) for row in rows)
    return Group(cells, (lead,), boxes.HIGH)


def _undisputed(order: Order, plan: Signing, days: list[date], sheet: Sheet) -> bool:
    """Whether "do not give" may be said of it: not where another list has it due, which is told beside its boxes."""
    disputed = plan.due_elsewhere(order, days, wording.zone(sheet))
    return order.medication.id not in plan.held and not disputed


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


def _needed(journal: Journal, plan: Signing, days: list[date], sheet: Sheet) -> list[Block]:
    _ = sheet.language.text
    groups = keptback.rows(plan, days, sheet, on_need=True, columns=_NEEDED_COLUMNS)
    for order in plan.orders:
        rows = [row for row in administration_rows(order, days, wording.zone(sheet)) if row.shown and row.prn]
        if rows:
            groups.append(_needed_group(order, rows, journal, plan, sheet))
    if not groups:
        return [
            Heading(_("When needed")),
            _none(_("No medicine to be given when needed is in force."), plan, sheet),
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
    columns = (boxes.WIDE - sum((64.0, 140.0, 56.0, 62.0, 54.0, 100.0)), 64.0, 140.0, 56.0, 62.0, 54.0, 100.0)
    return [Heading(_("When needed")), Grid(columns, groups, top, above=5)]


def _needed_group(order: Order, rows: list[Row], journal: Journal, plan: Signing, sheet: Sheet) -> Group:
    _ = sheet.language.text
    medication = order.medication
    doses = dict.fromkeys(wording.dose_line(row.dose, sheet) for row in rows if row.dose is not None)
    loud, doubt = differences.beside(order, plan, sheet)
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
            last(order, plan.perhaps(order), journal, sheet),
        ),
        loud=loud,
    )
    free = tuple(Cell(corner="?" if doubt else "") for _column in range(_NEEDED_COLUMNS))
    return Group(tuple(free for _row_ in range(_FREE_ROWS)), (lead,), boxes.HIGH - 3)


def _added_by_hand(days: list[date], sheet: Sheet) -> list[Block]:
    """Empty rows for what a doctor orders by phone during the outage."""
    _ = sheet.language.text
    top = header(_("Ordered during the outage (by whom, when)"), _("Amount"), _("Time"), *boxes.titles(days, sheet))
    columns = boxes.columns(days)
    empty = Group((tuple(Cell() for _column in columns[1:]),), (Cell(),), boxes.HIGH)
    return [Grid(columns, (empty, empty), top, above=10)]


def _signatures(sheet: Sheet) -> list[Block]:
    """Whose initials they are."""
    _ = sheet.language.text
    titles = (_("Initials"), _("Name and title"), _("Signature"))
    columns = widths(boxes.WIDE, 1, 3, 2.2, 1, 3, 2.2)
    empty = Group((tuple(Cell(style=BODY) for _column in range(6)),), (), 20)
    return [Grid(columns, (empty, empty), header(*titles, *titles), above=10)]
