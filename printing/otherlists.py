"""What a medicine sheet says of the lists that it is not made from: above its boxes, and below them.

Nothing that another list has in force is lost, and nothing has a second box: see `backupreader.domain.signing`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from backupreader.domain.dosage import administration_rows
from backupreader.domain.medicinelists import signable
from backupreader.domain.signing import number_of_differences
from printing import boxes, differences, sections, wording
from printing.block import Block, Heading, Words
from printing.grid import Grid, Group, header
from printing.lastgiven import last

if TYPE_CHECKING:
    from backupreader.domain.journal import Journal
    from backupreader.domain.signing import Asked, Signing
    from printing.document import Sheet


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


def asked(journal: Journal, signing: Signing, days: list[date], sheet: Sheet) -> list[Block]:
    """What other lists have in force and the sheet's own does not: with boxes, each with its question mark."""
    _ = sheet.language.text
    top = header(_("Medicine"), _("Amount"), _("Time"), *boxes.titles(days, sheet))
    blocks: list[Block] = []
    for one in signing.lists:
        mine = [item for item in signing.ask if item.list is one]
        if mine:
            title = _("In force only in {list}: ask before giving").format(list=differences.whose(one, sheet))
            due = [item for item in mine if signable(item.order, days, wording.zone(sheet))]
            groups = [_group(item, journal, signing, days, sheet) for item in due]
            blocks += [Heading(title), *([Grid(boxes.columns(days), groups, top, above=5)] if due else [])]
            blocks += _idle([item for item in mine if item not in due], sheet)
    return blocks


def _idle(items: list[Asked], sheet: Sheet) -> list[Block]:
    """What has no box, because it is due on none of the days."""
    texts = [
        f"{wording.drug(item.order.medication)} ({differences.status_of(item.order, sheet)}), "
        f"{differences.dosage_of(item.order, sheet)}"
        for item in items
    ]
    label = sheet.language.text("Not due on these days:") + " "
    return [Words((label, True), ("; ".join(texts), False), above=6)] if texts else []


def _group(item: Asked, journal: Journal, signing: Signing, days: list[date], sheet: Sheet) -> Group:
    _ = sheet.language.text
    medication = item.order.medication
    rows = [row for row in administration_rows(item.order, days, wording.zone(sheet)) if row.shown]
    loud = [
        _("! In {list}: {status}. Ask before giving.").format(
            list=signing.title_of(other), status=differences.status_of(other, sheet)
        )
        for other in item.instead
    ]
    lead = sections.drug_cell(
        medication,
        sheet,
        dosage=sections.as_written(medication, sheet),
        extra=dict.fromkeys(
            (
                *(wording.dose_line(row.dose, sheet) for row in rows if row.dose is not None),
                wording.order_limits(item.order, sheet.language),
                wording.period(medication.start, medication.end, sheet),
                last(item.order, item.instead, journal, sheet) if any(row.prn for row in rows) else None,
            )
        ),
        loud=loud or [_("! Ask before giving.")],
    )
    return Group(tuple(boxes.row(row, days, sheet, doubt=True) for row in rows), (lead,), boxes.HIGH)


def told(signing: Signing, sheet: Sheet) -> list[Block]:
    """On what the lists do not agree, drug by drug."""
    blocks: list[Block] = []
    for comparison in signing.comparisons:
        found = differences.told(comparison, signing, sheet)
        if found:
            title = sheet.language.text("Differences between {one} and {other}").format(
                one=differences.whose(comparison.here, sheet), other=differences.whose(comparison.there, sheet)
            )
            blocks.append(Heading(f"{title} ({len(found)})"))
            for one in found:
                text = wording.joined(one.texts)
                blocks.append(Words((one.drug + "  ", True), (text, False), above=4))
    return blocks
