"""How pages tell of private-marked medicine that is not on them: how much, at the top, and where it would stand.

See `backupreader.domain.withheld`. A page that leaves out an order must never look complete.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from backupreader.domain.medicinelists import needed, signable
from printing import wording
from printing.block import Block, Words
from printing.grid import Cell, Group, plain
from printing.sections import Notice
from printing.text import STRONG

if TYPE_CHECKING:
    from backupreader.domain.journal import Journal, Order
    from backupreader.domain.signing import Signing
    from printing.document import Sheet


def said(number: int, sheet: Sheet) -> str:
    """How many orders are not shown, and what to do."""
    return sheet.language.count(
        "Private-marked medicine, not shown here: {n} order. State a reason to have it printed.",
        "Private-marked medicine, not shown here: {n} orders. State a reason to have it printed.",
        number,
    )


def in_head(journal: Journal, sheet: Sheet) -> str:
    """What stands in the head of every page that would hold medicine; empty where nothing is kept back."""
    if not journal.withheld:
        return ""
    return sheet.language.count(
        "NOT COMPLETE: {n} order of private-marked medicine is not shown.",
        "NOT COMPLETE: {n} orders of private-marked medicine are not shown.",
        len(journal.withheld),
    )


def notice(journal: Journal, warning: str, sheet: Sheet) -> list[Block]:
    """What stands over the medicine, after the document's own `warning`; nothing where nothing is kept back."""
    if not journal.withheld:
        return []
    return [Notice(wording.joined((warning, said(len(journal.withheld), sheet)), " "))]


def cell(number: int, sheet: Sheet, title: str = "") -> Cell:
    """The sentence in the place of the drugs; `title` is of the list that holds them, where there are several."""
    return Cell((((wording.joined((title, said(number, sheet)), ": "), True),),))


def rows(plan: Signing, days: Sequence[date], sheet: Sheet, *, on_need: bool, columns: int) -> list[Group]:
    """What stands for each list's orders that are kept back, among the due or those given when needed.

    It has nothing to sign, and does not look like what is not due.
    """
    several = len(plan.lists) > 1
    not_shown = plain(sheet.language.text("not shown"), style=STRONG, align="centre")
    groups: list[Group] = []
    for one in plan.lists:
        mine = [order for order in _due(one.withheld, days, sheet) if needed(order) is on_need]
        if mine:
            groups.append(Group(((not_shown,) * columns,), (cell(len(mine), sheet, one.title if several else ""),), 27))
    return groups


def elsewhere(plan: Signing, days: Sequence[date], sheet: Sheet, *, on_need: bool | None = None) -> list[Block]:
    """Those that are due on none of the days: paused, stopped, beginning later, drafts.

    `on_need` asks for those given when needed, or for the others; without it, for all.
    """
    orders = [order for one in plan.lists for order in one.withheld if on_need in {None, needed(order)}]
    idle = len(orders) - len(_due(orders, days, sheet))
    return [Words((said(idle, sheet), True), above=6)] if idle else []


def _due(orders: Sequence[Order], days: Sequence[date], sheet: Sheet) -> list[Order]:
    return [order for order in orders if signable(order, days, wording.zone(sheet))]
