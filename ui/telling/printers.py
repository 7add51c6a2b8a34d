"""How the printers of this PC are told, what is found before a print, and which one is meant by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backupreader.language import Language
from ui.look import State
from ui.rows import Kind, Mark, Row

if TYPE_CHECKING:
    from printing.jobs import Printer
    from printing.preflight import Looked


@dataclass(frozen=True, slots=True)
class Preflight:
    """What is told before a print on one printer begins: nothing where all is well. `begins`: may it begin?"""

    text: str = ""
    begins: bool = True


def preflight(looked: Looked | None, printer: Printer | None, pages: int, language: Language) -> Preflight:
    """What is found for so many pages on a printer, each in two sentences on a line of its own."""
    if looked is None or printer is None:
        return Preflight()
    from printing.preflight import Weight, found
    from printing.resume import sheets

    findings, needed = found(looked, printer.name, pages), sheets(pages, 1)
    lines = [f"{one.sentence(language, printer.name, needed)} {one.hint(language, printer.name)}" for one in findings]
    return Preflight("\n".join(lines), all(one.weight is not Weight.REFUSES for one in findings))


def printer_rows(printers: Sequence[Printer], language: Language) -> tuple[Row, ...]:
    """Each printer with how it stands; a sentence where there is none."""
    _ = language.text
    if not printers:
        sentence = _("This PC has no printer. Pages can be written to a file on the command line: print --out FILE.pdf")
        return (Row(kind=Kind.NOTHING, title=sentence),)
    rows: list[Row] = []
    for printer in printers:
        ready = printer.state.name in {"READY", "BUSY"}
        mark = Mark(_(printer.state.value), State.GOOD if ready else State.LATE)
        rows.append(Row(title=printer.name, marks=(mark,)))
    return tuple(rows)


def usual(printers: Sequence[Printer]) -> int:
    """The place of the default printer, else of the first that takes jobs, else of the first."""
    usable = [number for number, printer in enumerate(printers) if printer.state.takes_jobs]
    default = [number for number in usable if printers[number].default]
    return (default or usable or [0])[0]
