"""What a medicine sheet says of the lists that it is not made from: above its boxes, and below them.

Nothing that another list has in force is lost, and nothing has a second box: see `backupreader.domain.signing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backupreader.domain.dosage import administration_rows
from backupreader.domain.medicinelists import signable
from backupreader.domain.places import places
from backupreader.domain.shiftdoses import during
from backupreader.domain.signing import number_of_differences
from printing import differences, sections, wording
from printing.block import Block, Heading, Words
from printing.boxes import HIGH
from printing.grid import Grid, Group
from printing.lastgiven import last
from printing.limits import limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backupreader.domain.dosage import Row
    from backupreader.domain.journal import Journal
    from backupreader.domain.medicinelists import MedicineList
    from backupreader.domain.signing import Asked, Signing
    from printing.boxes import Boxes
    from printing.document import Sheet
    from printing.grid import Cell


def about(journal: Journal, signing: Signing, sheet: Sheet) -> list[Block]:
    """From which list the sheet is made, on how many drugs others differ, and since when nothing is confirmed."""
    _, zone = sheet.language.text, wording.zone(sheet)
    texts: list[str] = []
    if signing.made_from is not None and len(signing.lists) > 1:
        texts.append(_("Made from the list of {list}.").format(list=differences.whose(signing.made_from, sheet)))
        for comparison in signing.comparisons:
            number = number_of_differences(comparison, sheet.day, zone)
            sentence = sheet.language.count("It differs on {n} drug.", "It differs on {n} drugs.", number)
            texts.append(f"{differences.whose(comparison.there, sheet)}: {sentence if number else _('no differences')}")
        texts += [
            (_("{list}: its medicine is not shown.") if one.withheld else _("{list}: no medicine is recorded.")).format(
                list=differences.whose(one, sheet)
            )
            for one in signing.lists
            if not one.orders
        ]
        if any(one.withheld for one in signing.lists):
            texts.append(_("Private-marked medicine is not compared."))
    confirmation = differences.confirmed(journal, signing.lists, sheet)
    line = wording.joined((*texts, confirmation))
    if not line:
        return []
    return [sections.Notice(line) if texts else Words((line, True), above=4)]


def asked(journal: Journal, signing: Signing, boxes: Boxes, sheet: Sheet) -> list[Block]:
    """What other lists have in force and the sheet's own does not: with boxes, each with its question mark."""
    top = boxes.header(sheet.language.text("Medicine"), sheet)
    blocks: list[Block] = []
    for one in signing.lists:
        mine = [item for item in signing.ask if item.list is one]
        if mine:
            due = [item for item in mine if signable(item.order, boxes.days, wording.zone(sheet))]
            groups = [_group(item, journal, signing, boxes, sheet) for item in due]
            blocks += [only_in(one, sheet), *([Grid(boxes.columns, groups, top, above=5)] if due else [])]
            blocks += _idle([item for item in mine if item not in due], sheet)
    return blocks


def only_in(one: MedicineList, sheet: Sheet) -> Heading:
    """What stands over the orders that only another list has in force."""
    title = sheet.language.text("In force only in {list}: ask before giving")
    return Heading(title.format(list=differences.whose(one, sheet)))


def _idle(items: list[Asked], sheet: Sheet) -> list[Block]:
    """What has no box, because it is due on none of the days."""
    texts = [
        f"{wording.drug(item.order.medication)} ({differences.status_of(item.order, sheet)}), "
        f"{differences.dosage_of(item.order, sheet)}"
        for item in items
    ]
    label = sheet.language.text("Not due on these days:") + " "
    return [Words((label, True), ("; ".join(texts), False), above=6)] if texts else []


def _group(item: Asked, journal: Journal, signing: Signing, boxes: Boxes, sheet: Sheet) -> Group:
    every = administration_rows(item.order, boxes.days, wording.zone(sheet))
    rows = [during(row, boxes.days, sheet.shift) for row in every if row.shown]
    room = places(item.order, counts=boxes.counts)
    cells = tuple(cells for row in rows for cells in boxes.rows(row, sheet, places=room, doubt=True))
    return Group(cells, (lead(item, rows, journal, signing, sheet),), HIGH)


def lead(item: Asked, rows: Sequence[Row], journal: Journal, signing: Signing, sheet: Sheet) -> Cell:
    """What stands beside the boxes of such an order."""
    _ = sheet.language.text
    medication, needed = item.order.medication, [row for row in rows if row.prn]
    loud = [
        _("! In {list}: {status}. Ask before giving.").format(
            list=signing.title_of(other), status=differences.status_of(other, sheet)
        )
        for other in item.instead
    ]
    return sections.drug_cell(
        medication,
        sheet,
        dosage=sections.as_written(medication, sheet),
        extra=dict.fromkeys(
            (
                *(wording.dose_line(row.dose, sheet) for row in rows if row.dose is not None),
                *(limits(item.order, needed, sheet) if needed else (wording.order_limits(item.order, sheet.language),)),
                wording.period(medication.start, medication.end, sheet),
                last(item.order, item.instead, journal, sheet) if needed else None,
            )
        ),
        loud=loud or [_("! Ask before giving.")],
    )


def told(signing: Signing, sheet: Sheet, only: frozenset[str] | None = None) -> list[Block]:
    """On what the lists do not agree, drug by drug; where there is an `only`, of the orders with these ids."""
    blocks: list[Block] = []
    for comparison in signing.comparisons:
        all_ = differences.told(comparison, signing, sheet)
        found = [one for one in all_ if only is None or one.orders & only]
        if found:
            title = sheet.language.text("Differences between {one} and {other}").format(
                one=differences.whose(comparison.here, sheet), other=differences.whose(comparison.there, sheet)
            )
            blocks.append(Heading(f"{title} ({len(found)})"))
            for one in found:
                text = wording.joined(one.texts)
                blocks.append(Words((one.drug + "  ", True), (text, False), above=4))
    return blocks
