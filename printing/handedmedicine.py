"""The medicine on a handover: what is in force with its last dose as far as the data knows, then what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.domain import moments
from backupreader.domain.dosage import Standing, standing
from backupreader.domain.signing import signing
from printing import differences, keptback, otherlists, page, sections, wording
from printing.apart import RECENT, pause
from printing.block import Block, Words
from printing.grid import Grid, Group, header, plain, widths
from printing.lastgiven import last

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from backupreader.domain.journal import Journal, Order
    from backupreader.domain.medicinelists import MedicineList
    from backupreader.domain.signing import Signing
    from printing.document import Sheet

_COLUMNS: Final = widths(page.wide(landscape=False), 37, 32, 31)
_NOW: Final = frozenset({Standing.CURRENT, Standing.UNSURE})


def medicine(journal: Journal, sheet: Sheet) -> list[Block]:
    """Each list of hers by itself, after what they differ in."""
    _ = sheet.language.text
    head = sections.heading(_("Medicine now"), journal.orders, sheet)
    plan = signing(journal, [sheet.day], wording.zone(sheet))
    confirmation = differences.confirmed(journal, plan.lists, sheet)
    blocks: list[Block] = [head, *([Words((confirmation, True), above=4)] if confirmation else [])]
    if not journal.orders.items:
        return [*blocks, sections.empty(journal.orders, sheet)]
    blocks += otherlists.told(plan, sheet)
    for one in plan.lists:
        if len(plan.lists) > 1:
            blocks.append(sections.Title(_("The list of {list}").format(list=differences.whose(one, sheet))))
        blocks += _of_list(one, plan, journal, sheet)
    return blocks


def _of_list(one: MedicineList, plan: Signing, journal: Journal, sheet: Sheet) -> list[Block]:
    _ = sheet.language.text
    order_of = sorted(one.orders, key=lambda order: (order.medication.drug.casefold(), order.medication.id))
    stands = [(order, standing(order.medication, sheet.day, wording.zone(sheet))) for order in order_of]
    groups = [_group(order, plan, journal, sheet) for order, where in stands if where in _NOW]
    if one.withheld:
        not_shown = plain(_("not shown"))
        groups.insert(0, Group(((keptback.cell(len(one.withheld), sheet), not_shown, not_shown),)))
    blocks: list[Block] = []
    if groups:
        top = header(_("Medicine"), _("Dosage"), _("Last given"))
        blocks.append(Grid(_COLUMNS, groups, top, above=5))
    else:
        nothing = _("No medicine is in force.") if one.orders else _("No medicine is recorded.")
        blocks.append(Words((nothing, False), above=4))
    return [*blocks, *_not_now(stands, sheet)]


def _group(order: Order, plan: Signing, journal: Journal, sheet: Sheet) -> Group:
    _ = sheet.language.text
    medication = order.medication
    facts = wording.joined(
        (
            wording.period(medication.start, medication.end, sheet),
            wording.joined((medication.prescriber, wording.moment(medication.prescribed_at, sheet)), ", "),
        )
    )
    needed = _("when needed") if medication.kind == "prn" else None
    drug = sections.drug_cell(medication, sheet, extra=(needed, facts))
    given = plain(last(order, plan.perhaps(order), journal, sheet), _("Given after that, by hand:"))
    return Group(((drug, sections.dosage_cell(order, sheet), given),))


def _not_now(stands: Sequence[tuple[Order, Standing]], sheet: Sheet) -> list[Block]:
    """Paused, beginning later, lately ended and the rest by name; what ended earlier is counted."""
    _ = sheet.language.text
    labels = (
        (Standing.PAUSED, _("Paused, do not give:")),
        (Standing.FUTURE, _("Begins later:")),
        (Standing.ENDED, _("Stopped or ended:")),
        (Standing.DRAFT, _("Drafts, not in force:")),
        (Standing.ERROR, _("Entered in error, do not use:")),
    )
    named = [(order, where) for order, where in stands if where is not Standing.ENDED or not _long_ago(order, sheet)]
    found = ((label, [_short(order, sheet) for order, where in named if where is place]) for place, label in labels)
    blocks = [_line(label, texts) for label, texts in found if texts]
    if earlier := len(stands) - len(named):
        what = sheet.language.count("{n} order ended earlier", "{n} orders ended earlier", earlier)
        blocks.append(Words((_("Also on the medication list: {what}.").format(what=what), False), above=4))
    return blocks


def _long_ago(order: Order, sheet: Sheet) -> bool:
    end = moments.day(order.medication.end, wording.zone(sheet))
    return end is not None and end < sheet.day - RECENT


def _line(label: str, texts: Iterable[str]) -> Block:
    return Words((f"{label} ", True), ("; ".join(texts), False), above=6)


def _short(order: Order, sheet: Sheet) -> str:
    """The drug, and from when to when; why it was stopped."""
    medication = order.medication
    facts = wording.joined(
        (pause(order, sheet) or wording.period(medication.start, medication.end, sheet), medication.stop_reason), ", "
    )
    return f"{wording.drug(medication)} ({facts})" if facts else wording.drug(medication)
