"""What is printed about the PC itself and not a citizen: slips of words, sheets of codes, reports of the audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from backupreader.domain.acts import Act, Anchor
from backupreader.domain.sheetlists import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsSlip:
    """One person's words, handed to her once. `units` are names; none means the whole area."""

    pc: str
    site: str
    person: str
    words: str = field(repr=False)
    role: str = ""
    units: tuple[str, ...] = ()
    issued_at: datetime
    issued_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSheet:
    """A numbered sheet of single-use event codes, held by the on-duty head; each code has its number on the sheet."""

    number: int
    pc: str
    site: str
    holder: str
    codes: tuple[tuple[int, str], ...] = field(repr=False)
    issued_at: datetime
    issued_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet:
    """The recovery code for the safe; where the site wants two people, one of two parts."""

    pc: str
    site: str
    code: str = field(repr=False)
    part: int = 1
    parts: int = 1
    issued_at: datetime
    issued_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterCheck:
    """A page that shows whether a printer prints, for checks and drills; it holds no citizen's data."""

    pc: str
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WallCard:
    """The card on the wall: how this PC is used when the journal system is down; it holds nobody's data."""

    pc: str
    site: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of the audit: its number, the act, and the names of the citizens as far as they are known now.

    `names` are in the order of `act.citizens`, empty for one who is not known now; of another number they are told
    beside the ids, of which none is then said to be whose.

    `late` says that it was written after the act, because the disk took nothing then.
    """

    number: int
    act: Act
    names: tuple[str, ...] = ()
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """A part of the audit. `asked` says which, in words; `anchor` is where the audit stood; `faults` what is wrong."""

    pc: str
    site: str
    asked: str
    lines: tuple[ReportLine, ...]
    anchor: Anchor
    faults: tuple[str, ...] = ()
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsReport:
    """How the sheets of paper stand. `names` are those of citizens by id, of documents by their word, where known."""

    pc: str
    site: str
    report: Report
    names: Mapping[str, str]
    titles: Mapping[str, str]
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackEntry(SheetsReport):
    """The same, as the list that back-entry is done by."""
