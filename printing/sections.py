"""What several documents say in the same way: an empty section, missing rows, a drug with its facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from backupreader.domain.journal import Order, Section
from backupreader.domain.records import Dose, Medication
from printing import wording
from printing.block import Block, Heading, Words
from printing.document import Sheet
from printing.grid import Cell, plain
from printing.pen import Pen
from printing.text import BODY, HEADING, Span

T = TypeVar("T")


class Notice(Words):
    """A sentence in a dashed box: what is not known. It looks like nothing that is known."""

    def __init__(self, text: str) -> None:
        super().__init__((text, True), style=BODY, above=4, indent=6)

    def high(self, wide: float) -> float:
        """The lines and the box."""
        return super().high(wide) + 6

    def first(self, wide: float) -> float:
        """It is not split."""
        return self.high(wide)

    def cut(self, wide: float, room: float, *, whole_page: bool) -> tuple[Block, Block] | None:
        """Never."""
        del wide, room, whole_page
        return None

    def paint(self, pen: Pen, x: float, top: float, wide: float) -> None:
        """The words in their box."""
        pen.box(x, top - self.high(wide), wide, self.high(wide), 0.8, dashed=True)
        super().paint(pen, x, top - 3, wide)


class Title(Words):
    """The title of a part that has sections of its own, in a box, never alone at the foot of a page."""

    def __init__(self, title: str) -> None:
        super().__init__((title, True), style=HEADING, above=14, indent=6, leads=True)

    def high(self, wide: float) -> float:
        """The lines and the box."""
        return super().high(wide) + 6

    def first(self, wide: float) -> float:
        """It is not split."""
        return self.high(wide)

    def cut(self, wide: float, room: float, *, whole_page: bool) -> tuple[Block, Block] | None:
        """Never."""
        del wide, room, whole_page
        return None

    def paint(self, pen: Pen, x: float, top: float, wide: float) -> None:
        """The words on a shaded box."""
        pen.shade(x, top - self.high(wide), wide, self.high(wide), 0.9)
        pen.box(x, top - self.high(wide), wide, self.high(wide), 1.2)
        super().paint(pen, x, top - 3, wide)


def office_only(sheet: Sheet) -> Notice:
    """What stands in the place of a document that would lie in a car, and is full of health details."""
    return Notice(
        sheet.language.text("This document is full of health details and has no version for the car. Print it without.")
    )


def heading(title: str, section: Section[T], sheet: Sheet) -> Heading:
    """A section's title; said beside it, when rows are missing or when fewer are shown than there are."""
    remarks: list[str] = []
    if section.presence not in wording.UNKNOWN and not section.complete:
        remarks.append(sheet.language.text("not complete: the source says that rows are missing"))
    if section.total > len(section.items):
        remarks.append(
            sheet.language.text("the newest {n} of {total}").format(n=len(section.items), total=section.total)
        )
    return Heading(title, wording.joined(remarks))


def empty(section: Section[T], sheet: Sheet) -> Block:
    """The words for a section that has nothing to show, in the look of its kind of nothing."""
    text = wording.empty(section, sheet)
    return Notice(text) if section.presence in wording.UNKNOWN else Words((text, False), style=BODY, above=4)


def drug_cell(
    medication: Medication,
    sheet: Sheet,
    *,
    dosage: str = "",
    extra: Iterable[str | None] = (),
    loud: Iterable[str] = (),
) -> Cell:
    """A drug with what must be known to give it, as one cell: name, strength and form; route; why; how; remarks.

    `loud` is what must be read before it is given.
    """
    _ = sheet.language.text
    paragraphs: list[tuple[Span, ...]] = [((wording.drug(medication), True),)]
    known = (medication.substance or "").casefold() in medication.drug.casefold()
    facts = wording.joined((None if known else medication.substance, medication.route, medication.indication))
    if facts:
        paragraphs.append(((facts, False),))
    if dosage:
        paragraphs.append(((dosage, False),))
    if medication.instruction and medication.instruction != medication.dosage_text:
        paragraphs.append(((medication.instruction, False),))
    marks = wording.joined(
        (
            _("dose-dispensed") if medication.dose_dispensed else None,
            _("private-marked") if medication.private else None,
            doubt(medication, sheet),
        )
    )
    if marks:
        paragraphs.append(((marks, True),))
    paragraphs += [((text, True),) for text in loud]
    paragraphs += [((text, False),) for text in (medication.remark, *extra) if text]
    return Cell(tuple(paragraphs))


def dosage_cell(order: Order, sheet: Sheet) -> Cell:
    """How much of it and when: the prescriber's own words, each dose, and the limits of the whole order."""
    written = as_written(order.medication, sheet)
    limits = wording.order_limits(order, sheet.language)
    texts = [text for text in (written, *(_dose(dose, sheet) for dose in order.doses), limits) if text]
    return plain(*(texts or [sheet.language.text("? Dosage not delivered")]))


def _dose(dose: Dose, sheet: Sheet) -> str:
    """One dose; where its days are not said, that they are not: else it would be read as one of every day."""
    unsaid = not dose.prn and dose.weekdays is None and dose.every_days is None
    doubtful = sheet.language.text("? On which days is not said.") if unsaid else None
    return wording.joined((wording.dose_line(dose, sheet), doubtful))


def doubt(medication: Medication, sheet: Sheet) -> str | None:
    """What is doubtful in the order's status, in words; None when nothing is."""
    if medication.status not in {"unknown", "invalid"}:
        return None
    word = wording.source_word(medication.status, medication.status_source, wording.MEDICATION_STATUS, sheet.language)
    return sheet.language.text("? {status}: ask before giving").format(status=word)


def as_written(medication: Medication, sheet: Sheet) -> str:
    """The prescriber's own words, marked as such; empty when there are none."""
    text = medication.dosage_text
    return sheet.language.text("As written: {text}").format(text=text) if text else ""


def uncertain(status: str, source: str | None, sheet: Sheet) -> str | None:
    """A mark for a record whose status is not known; None for the others."""
    if status != "unknown":
        return None
    return f"? {wording.source_word(status, source, wording.RECORD_STATUS, sheet.language)}"
