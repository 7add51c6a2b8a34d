"""How several lists of medicine are told: in what they differ, whose each is, and since when none is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from backupreader.domain import moments
from backupreader.domain.journal import Journal, Order
from backupreader.domain.medicinelists import MedicineList
from backupreader.domain.signing import Signing, signing
from backupreader.language import N_
from printing import differences
from printing.document import Sheet
from ui.chapter import Show, View
from ui.clock import passed, taken, written
from ui.look import State
from ui.rows import Kind, Mark, Row

_SHOWN: Final = 5


def lists_now(journal: Journal, view: View) -> Signing:
    """The lists as they stand today."""
    return signing(journal, [view.now.date()], view.zone)


def confirmation_rows(journal: Journal, plan: Signing, view: View) -> list[Row]:
    """Since when her medicine is not confirmed against the country's shared list."""
    text = differences.confirmation(journal, plan.lists, view.language, lambda moment: _since(moment, view))
    return [Row(kind=Kind.BLIND, title=text)] if text else []


def _since(text: str, view: View) -> str:
    """The moment, and how long ago it is."""
    moment = moments.instant(text, view.zone)
    said = written(text, view.now, view.language)
    return said if moment is None else f"{said}, {view.language.age(passed(moment, view.now))}"


def difference_rows(plan: Signing, view: View) -> list[Row]:
    """Every drug on which two lists do not agree, the gravest first; many behind a row that counts them."""
    _ = view.language.text
    rows: list[Row] = []
    for comparison in plan.comparisons:
        found = [
            Row(
                title=one.drug,
                details=one.texts,
                marks=(Mark(_("LISTS DIFFER"), State.LATE),) if one.grave else (),
            )
            for one in differences.told(comparison, plan, sheet(view))
        ]
        title = _("{one} and {other} do not agree").format(one=comparison.here.title, other=comparison.there.title)
        number = view.language.count("{n} drug", "{n} drugs", len(found))
        if not found:
            agree = _("{one} and {other} say the same").format(one=comparison.here.title, other=comparison.there.title)
            rows.append(Row(kind=Kind.NOTHING, title=agree))
            continue
        rows.append(Row(kind=Kind.HEADING, title=title, aside=number))
        rows += found if Show.DIFFERENCES in view.shown else found[:_SHOWN]
        if len(found) > _SHOWN and Show.DIFFERENCES not in view.shown:
            more = view.language.count("Show one more difference", "Show {n} more differences", len(found) - _SHOWN)
            rows.append(Row(kind=Kind.ACTION, title=more, target=Show.DIFFERENCES))
    return rows


def differing(plan: Signing, view: View) -> Mapping[str, tuple[str, ...]]:
    """The orders on which lists gravely differ, by id; of those of the sheet's own list, what the others say."""
    paper = sheet(view)
    told = (one for comparison in plan.comparisons for one in differences.told(comparison, plan, paper))
    grave = {order for one in told if one.grave for order in one.orders}
    beside = {order.medication.id: differences.beside(order, plan, paper)[0] for order in plan.orders}
    return {order: beside.get(order, ()) for order in grave}


def list_heading(one: MedicineList, view: View) -> Row:
    """Whose list begins here, how old it is, and how much is in it."""
    title = view.language.text("The list of {list}").format(list=one.title)
    number = view.language.count("{n} order", "{n} orders", len(one.orders) + len(one.withheld))
    age = taken(one.delivery, view.now, view.language) if one.delivery is not None else ""
    return Row(kind=Kind.HEADING, title=f"{title}: {number}", aside=age)


def marked(row: Row, view: View) -> Row:
    """The row of an order on which lists gravely differ."""
    return replace(row, marks=(*row.marks, Mark(view.language.text("LISTS DIFFER"), State.LATE)))


def asked_or_given(row: Row, order: Order, plan: Signing, view: View) -> Row:
    """The row of an order; of one that only another list has in force, that it is to be asked about."""
    only = next((item.list.title for item in plan.ask if item.order is order), None)
    if only is None:
        return row
    sentence = view.language.text("ONLY IN {list}: ask before giving").format(list=only)
    return replace(row, marks=(Mark(sentence, State.LATE), *row.marks))


def made_from(plan: Signing, view: View) -> str:
    """From which list the doses are, where there are several."""
    if plan.made_from is None or len(plan.lists) == 1:
        return ""
    return view.language.text(FROM_LIST).format(list=plan.made_from.title)


FROM_LIST: Final = N_("by the list of {list}")


def sheet(view: View) -> Sheet:
    """What the words of paper want to know."""
    return Sheet(language=view.language, now=view.now, day=view.now.date(), site="", printed_by="")
