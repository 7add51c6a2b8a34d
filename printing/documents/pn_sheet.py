"""The sheet for medicine given when needed: a block a drug, with its limits and its last dose, and rows to fill in.

Fields after DOMAIN's PN page. Until when the last dose is known stands beside it. What is given at fixed times besides
is named below, since it may be the same substance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.domain.dosage import administration_rows
from backupreader.domain.signing import signing
from backupreader.language import N_
from printing import boxes, differences, keptback, needed, otherlists, sections, wording
from printing.administering import days_of, undisputed
from printing.apart import apart, pause
from printing.askwhom import ask_whom
from printing.block import Block, Heading, Words
from printing.document import Document
from printing.grid import Cell, Grid, Group, plain, strong, widths
from printing.signatures import initials

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reportlab.platypus import Flowable

    from backupreader.domain.journal import Order
    from backupreader.domain.signing import Signing
    from printing.document import Sheet, Subject

_ROOM: Final = needed.Room(
    (
        (N_("Date, time"), 70.0),
        (N_("Reason"), 130.0),
        (N_("Prepared"), 62.0),
        (N_("Amount"), 56.0),
        (N_("Initials"), 54.0),
        (N_("Effect within 2 h: time"), 72.0),
        (N_("Effect"), 104.0),
    ),
    places=1,
    rows=6,
)
_BESIDES: Final = widths(boxes.WIDE, 38, 62)


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """The drugs in force, what is stopped or paused, what is given besides, and who signed."""
    journal = subject.journal
    assert journal is not None
    _, days = sheet.language.text, days_of(sheet)
    plan = signing(journal, days, wording.zone(sheet))
    blocks: list[Block] = [
        *keptback.notice(journal, _("THIS SHEET IS NOT COMPLETE."), sheet),
        Words(
            (_("One line for each dose. Within 2 hours: write the time, and what effect you saw."), True),
            ("  " + _("? = the data does not say: read the text, ask the prescriber."), False),
        ),
        ask_whom(journal, sheet),
        *otherlists.about(journal, plan, sheet),
    ]
    if not journal.orders.items:
        blocks += [sections.heading(_("When needed"), journal.orders, sheet), sections.empty(journal.orders, sheet)]
    else:
        on_need = [order for order in plan.orders if needed.ever(order)]
        ids = frozenset(order.medication.id for order in journal.orders.items if needed.ever(order))
        blocks += needed.table(journal, plan, days, _ROOM, sheet)
        blocks += needed.asked(journal, plan, days, _ROOM, sheet)
        blocks += apart([order for order in on_need if undisputed(order, plan, days, sheet)], days, sheet)
        blocks += keptback.elsewhere(plan, days, sheet, on_need=True)
        blocks += otherlists.told(plan, sheet, ids)
        blocks += _besides(plan, days, sheet)
    return [*blocks, _added_by_hand(sheet), initials(sheet)]


DOCUMENT: Final = Document(
    name="pn-sheet",
    title=N_("Medicine when needed"),
    about="citizen",
    story=story,
    landscape=True,
    medicine=True,
)


def _besides(plan: Signing, days: Sequence[date], sheet: Sheet) -> list[Block]:
    """What is given at fixed times on these days, by name and dosage: it is signed elsewhere."""
    _ = sheet.language.text
    ask = _("! Ask before giving.")
    orders = [*((order, "") for order in plan.orders), *((item.order, ask) for item in plan.ask)]
    due = [(order, said) for order, said in orders if _is_fixed(order, days, sheet)]
    rows = [(_drug(order, said, sheet), plain(differences.dosage_of(order, sheet))) for order, said in due]
    hidden = sum(not needed.ever(order) for one in plan.lists for order in one.withheld)
    blocks: list[Block] = [Words((keptback.said(hidden, sheet), True), above=4)] if hidden else []
    if rows:
        blocks.append(Grid(_BESIDES, [Group((row,)) for row in rows], above=4, ruled=False))
    title = _("Given at fixed times besides, signed on the medicine sheet")
    return [Heading(title), *blocks] if blocks else []


def _drug(order: Order, said: str, sheet: Sheet) -> Cell:
    medication = order.medication
    return strong(
        wording.drug(medication),
        wording.period(None, medication.end, sheet),
        pause(order, sheet),
        needed.contradiction(order, sheet),
        sections.doubt(medication, sheet),
        said,
    )


def _is_fixed(order: Order, days: Sequence[date], sheet: Sheet) -> bool:
    return any(row.shown and not row.prn for row in administration_rows(order, days, wording.zone(sheet)))


def _added_by_hand(sheet: Sheet) -> Block:
    """Empty rows for what a doctor orders by phone during the outage."""
    top = _ROOM.header(sheet.language.text("Ordered during the outage (by whom, when)"), sheet)
    rows = (tuple(Cell() for _column in _ROOM.columns),) * 3
    return Grid(_ROOM.widths, (Group(rows, (Cell(),), boxes.HIGH),), top, above=10)
