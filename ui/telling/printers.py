"""How the printers of this PC are told, and which of them is meant where nobody has chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from backupreader.language import Language
from ui.look import State
from ui.rows import Kind, Mark, Row

if TYPE_CHECKING:
    from printing.jobs import Printer


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
