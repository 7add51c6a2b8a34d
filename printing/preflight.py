"""What can be found before a print begins: a finite list, each with a sentence of what is so and one of what to do.

`found` is a pure rule over what CUPS, the settings of its spool and this PC's own note tell. Nobody can see into a
tray from here: where CUPS does not tell how much paper is left, that is said as not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from backupreader.domain.errors import NO_PRINTER
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_, Language
from printing.jobs import NO_SYSTEM, Printer, State
from printing.resume import sheets
from printing.spoolcheck import Spool

A_TRAY: Final = 200  # sheets; a common tray holds 250 of them when it is full


class Weight(Enum):
    """What a finding means for the print."""

    REFUSES = "refuses"  # it does not begin: the pages would lie in the queue until IT comes
    HOLDS_UP = "holds up"  # it begins, and waits until somebody at the printer has helped
    NOTE = "note"  # it begins; a person should know


@dataclass(frozen=True, slots=True)
class _Words:
    weight: Weight
    sentence: str
    hint: str


class Finding(Enum):
    """Everything that can be found. `sentence` and `hint` are English templates of `printer` and `sheets`."""

    NO_SYSTEM = _Words(
        Weight.REFUSES,
        N_("This PC has no print system."),
        N_("Write the pages to a file, or go to another PC. Tell IT."),
    )
    NO_PRINTER = _Words(
        Weight.REFUSES,
        N_("This PC knows no printer, or its print system does not answer."),
        N_("Write the pages to a file, or go to another PC. Tell IT."),
    )
    UNKNOWN_PRINTER = _Words(
        Weight.REFUSES,
        N_("This PC knows no printer called {printer}."),
        N_("Choose one that is in the list."),
    )
    REJECTING = _Words(
        Weight.REFUSES,
        N_("{printer} does not take jobs."),
        N_("Choose another printer, and tell IT."),
    )
    PAUSED = _Words(
        Weight.REFUSES,
        N_("{printer} is paused: pages would lie in its queue and come out later."),
        N_("Start it again at the printer, or choose another, and tell IT."),
    )
    OFFLINE = _Words(
        Weight.HOLDS_UP,
        N_("{printer} is switched off or out of reach."),
        N_("Switch it on and look at its cable, or choose another printer."),
    )
    JAM = _Words(
        Weight.HOLDS_UP,
        N_("Paper is stuck in {printer}."),
        N_("Take out the paper that is stuck, and close the printer."),
    )
    NO_PAPER = _Words(Weight.HOLDS_UP, N_("{printer} is out of paper."), N_("Fill the tray."))
    OPEN = _Words(Weight.HOLDS_UP, N_("A door or tray of {printer} is open."), N_("Close it."))
    NO_INK = _Words(
        Weight.HOLDS_UP, N_("{printer} is out of toner or ink."), N_("Change it, or choose another printer.")
    )
    TROUBLE = _Words(Weight.HOLDS_UP, N_("{printer} needs a look."), N_("Read what the printer itself shows."))
    BUSY = _Words(
        Weight.NOTE, N_("{printer} is printing something else."), N_("Wait, or choose another printer if it is urgent.")
    )
    PAPER_LOW = _Words(
        Weight.NOTE,
        N_("{printer} says that little paper is left, and {sheets} sheets are needed."),
        N_("Fill the tray before you print."),
    )
    PAPER_UNKNOWN = _Words(
        Weight.NOTE,
        N_("{sheets} sheets are needed. How many lie in {printer} cannot be known from here."),
        N_("Look into the tray, and have more paper ready: a common tray holds 250 sheets."),
    )
    OTHER_THAN_LAST = _Words(
        Weight.NOTE,
        N_("The last pages from this PC went to another printer than {printer}."),
        N_("Make sure that you know where {printer} stands."),
    )
    KEEPS_PAGES = _Words(
        Weight.NOTE,
        N_("The print system of this PC may keep a copy of what is printed."),
        N_("Tell IT: 'backupreader status' says which settings to change."),
    )

    @property
    def weight(self) -> Weight:
        """What it means for the print."""
        return self.value.weight

    def sentence(self, language: Language, printer: str, sheets: int = 0) -> str:
        """What is so."""
        return language.text(self.value.sentence).format(printer=printer, sheets=sheets)

    def hint(self, language: Language, printer: str) -> str:
        """What to do."""
        return language.text(self.value.hint).format(printer=printer)


_STATES: Final[Mapping[State, Finding]] = {
    State.REJECTING: Finding.REJECTING,
    State.PAUSED: Finding.PAUSED,
    State.OFFLINE: Finding.OFFLINE,
    State.JAM: Finding.JAM,
    State.NO_PAPER: Finding.NO_PAPER,
    State.OPEN: Finding.OPEN,
    State.NO_INK: Finding.NO_INK,
    State.TROUBLE: Finding.TROUBLE,
    State.BUSY: Finding.BUSY,
}
_NO_SUCH: Final = Reason(N_("this PC knows no printer of that name"))
_NONE: Final = Reason(N_("this PC knows no printer"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was looked at. `system`: is there a print system? `last`: the printer used last, empty where none was.

    `spool` is None where there is no CUPS, or nobody looked.
    """

    printers: tuple[Printer, ...]
    system: bool = True
    last: str = ""
    spool: Spool | None = None


def found(looked: Looked, name: str, pages: int = 0, sides: int = 1) -> tuple[Finding, ...]:
    """What is found for a print of so many pages on the printer `name`, weightiest first; empty: all is well.

    `pages` is 0 where it is not known yet. What refuses stands alone.
    """
    refusal = _refusal(looked, name)
    if refusal is not None:
        return (refusal,)
    printer = next(one for one in looked.printers if one.name == name)
    return tuple(_of_one(looked, printer, sheets(pages, sides)))


def _refusal(looked: Looked, name: str) -> Finding | None:
    if not looked.system:
        return Finding.NO_SYSTEM
    if not looked.printers:
        return Finding.NO_PRINTER
    printer = next((one for one in looked.printers if one.name == name), None)
    if printer is None:
        return Finding.UNKNOWN_PRINTER
    finding = _STATES.get(printer.state)
    return finding if finding is not None and finding.weight is Weight.REFUSES else None


def _of_one(looked: Looked, printer: Printer, needed: int) -> Iterator[Finding]:
    if printer.state in _STATES:
        yield _STATES[printer.state]
    if printer.low and needed:
        yield Finding.PAPER_LOW
    elif needed > A_TRAY:
        yield Finding.PAPER_UNKNOWN
    if looked.last not in {"", printer.name}:
        yield Finding.OTHER_THAN_LAST
    if looked.spool is not None and looked.spool.flaws:
        yield Finding.KEEPS_PAGES


def check(findings: Sequence[Finding], printer: str) -> None:
    """Raises NO_PRINTER where one of them keeps the print from beginning."""
    for finding in findings:
        if finding.weight is Weight.REFUSES:
            raise ReaderError(NO_PRINTER, printer=printer, reason=_REASONS[finding])


_REASONS: Final[Mapping[Finding, Reason]] = {
    Finding.NO_SYSTEM: NO_SYSTEM,
    Finding.NO_PRINTER: _NONE,
    Finding.UNKNOWN_PRINTER: _NO_SUCH,
    Finding.REJECTING: Reason(State.REJECTING.value),
    Finding.PAUSED: Reason(State.PAUSED.value),
}
