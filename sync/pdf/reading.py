"""All PDFs of one source: each one a document kept whole, or an issue that says why it was refused."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain.errors import FILE_TROUBLE
from backupreader.domain.identity import identify
from backupreader.domain.moments import order
from backupreader.domain.records import Citizen, Country, Delivery, Document, Issue, Origin, Receipt, Unit
from backupreader.domain.trouble import ReaderError
from sync.adapter import Item, Source
from sync.pdf.facts import Facts, facts
from sync.pdf.profile import PrintProfile
from sync.pdf.text import Text, TextReader

MEDIA_TYPE: Final = "application/pdf"
LARGEST: Final = 64 << 20
"""Bytes of one PDF. What is larger would not fit the memory of the PCs, nor be read in an outage."""
HEAD: Final = b"%PDF-"
HEAD_WITHIN: Final = 1024
"""Where a PDF's first and last mark must stand, by every reader's custom (PDF 1.7, annex H, 3.4.1 and 3.4.4)."""
_END: Final = b"%%EOF"
_TAIL: Final = 64 << 10
_PADDING: Final = b"\0\t\n\f\r "
_SHORTENED: Final = 200
_TABLE: Final = "document"


class Prints:
    """One source's PDFs, read by one profile."""

    def __init__(self, source: Source, profile: PrintProfile, files: Sequence[Path]) -> None:
        self._source = source
        self._profile = profile
        self._files = files
        self._country: Country = profile.country or _country(source.country)
        self._zone = ZoneInfo(source.zone)
        self._bases = [base.resolve() for base in (source.path, source.unpacked) if base is not None]
        self._filed = {"unit": 0, "citizen": 0, _TABLE: 0}
        self._citizens: dict[str, str] = {}  # the names of those that were given out, by id
        self._units: set[str] = set()
        self._ids: dict[str, int] = {}
        self._dates: dict[bytes, tuple[str, str]] = {}  # of each content: its date, and where it lies
        self._taken: list[str] = []

    def items(self) -> Iterator[Item]:
        """Records, issues and a receipt for each file, then the deliveries. Raises `ReaderError` (FILE_TROUBLE)."""
        with TextReader() as reader:
            for path in self._files:
                yield from self._file(path, reader)
        refused = len(self._files) - self._filed[_TABLE]
        for table, filed in self._filed.items():
            if filed or table == _TABLE:
                lost = refused if table == _TABLE else 0
                yield Delivery(
                    source=self._source.name,
                    table=table,
                    taken_at=self._source.taken_at or self._oldest(),
                    complete=False if lost else None,
                    read=filed + lost,
                    filed=filed,
                    refused=lost,
                )

    def _file(self, path: Path, reader: TextReader) -> Iterator[Item]:
        file = self._source.label(path)
        outside = not any(path.resolve().is_relative_to(base) for base in self._bases)
        content = b"" if outside else _content(path)
        refusal = _error("file-outside", file) if outside else _refusal(file, content)
        text = Text("damaged") if refusal else reader.read(content)
        if refusal is None and text.state == "damaged":
            refusal = _error("pdf-damaged", file)
        if refusal is not None:
            yield refusal
        else:
            yield from self._document(file, content, text, self._written(path))
        filed = int(refusal is None)
        yield Receipt(source=self._source.name, file=file, read=1, filed=filed, refused=1 - filed)

    def _written(self, path: Path) -> str:
        """When the file was last written."""
        with _told(path):
            return datetime.fromtimestamp(path.stat().st_mtime, self._zone).isoformat(timespec="minutes")

    def _document(self, file: str, content: bytes, text: Text, written: str) -> Iterator[Item]:
        issues: list[Issue] = []
        known = facts(self._profile, file, text.pages[0] if text.pages else "", issues)
        citizen = f"{self._source.name}:{known.own}" if known.own else None
        yield from self._people(file, known, citizen, issues)
        self._taken.append(known.taken or written)
        self._filed[_TABLE] += 1
        yield Document(
            id=self._id(file),
            title=known.title or unicodedata.normalize("NFC", PurePosixPath(file).stem),
            media_type=MEDIA_TYPE,
            content=content,
            origin=Origin(file, 0),
            citizen=citizen,
            route=known.route,
            date=known.date,
            kind=known.kind,
            text=text.words,
        )
        yield from issues
        yield from _doubts(file, content, text)
        if known.date is not None:
            date, first = self._dates.setdefault(hashlib.sha256(content).digest(), (known.date, file))
            if date != known.date:
                yield Issue(code="print-copied", file=file, column="date", value=first, table=_TABLE)

    def _people(self, file: str, known: Facts, citizen: str | None, issues: list[Issue]) -> Iterator[Unit | Citizen]:
        """The citizen, once, where the print states a number and a name; and the unit that it says she belongs to."""
        if citizen is None or known.number is None or known.name is None:
            return
        if citizen in self._citizens:
            if self._citizens[citizen] != known.name:
                both = f"{self._citizens[citizen]} / {known.name}"[:_SHORTENED]
                issues.append(Issue(code="repeated-differently", file=file, column="name", value=both, table="citizen"))
            return
        self._citizens[citizen] = known.name
        unit = f"{self._source.name}:{known.unit}" if known.unit else None
        if unit is not None and known.unit is not None and unit not in self._units:
            self._units.add(unit)
            self._filed["unit"] += 1
            yield Unit(id=unit, name=known.unit, origin=Origin(file, 0))
        self._filed["citizen"] += 1
        identifier = identify(known.number, self._country)
        yield Citizen(id=citizen, name=known.name, origin=Origin(file, 0), identifiers=(identifier,), unit=unit)

    def _id(self, file: str) -> str:
        """By where the file lies, which is the same in each export; two that are written alike are told apart."""
        own = f"{self._source.name}:{unicodedata.normalize('NFC', file)}"
        number = self._ids[own] = self._ids.get(own, 0) + 1
        return own if number == 1 else f"{own}#{number}"

    def _oldest(self) -> str:
        taken = self._taken or [self._written(path) for path in self._files]
        return min(taken, key=lambda moment: order(moment, self._zone))


def _content(path: Path) -> bytes:
    """What is in the file, no more of it than shows that it is too large."""
    with _told(path), path.open("rb") as file:
        return file.read(LARGEST + 1)


@contextmanager
def _told(path: Path) -> Generator[None]:
    """Trouble with the disk is told as FILE_TROUBLE: it is not to pass for an export without documents."""
    try:
        yield
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble
    except (ValueError, OverflowError) as trouble:  # a time that no calendar has
        raise ReaderError(FILE_TROUBLE, path=path, reason=trouble) from trouble


def _refusal(file: str, content: bytes) -> Issue | None:
    """Why this is no PDF that can be kept."""
    if not content:
        return _error("file-empty", file)
    if len(content) > LARGEST:
        return _error("file-too-large", file, str(LARGEST >> 20))
    if HEAD not in content[:HEAD_WITHIN]:
        begins = content[:_SHORTENED].decode("utf-8", "replace")
        return _error("pdf-is-none", file, " ".join(begins.replace("\0", "\ufffd").split()))
    return None


def _doubts(file: str, content: bytes, text: Text) -> Iterator[Issue]:
    """What is not as it should be about a document that was kept."""
    if _END not in content[-_TAIL:].rstrip(_PADDING)[-HEAD_WITHIN:]:
        yield Issue(code="pdf-cut", file=file, severity="error", table=_TABLE)
    if text.state == "locked":
        yield Issue(code="pdf-locked", file=file, severity="error", table=_TABLE)
    elif text.state == "partly":
        count = "?" if text.count is None else str(text.count)
        unread = set(text.unread)
        read = [number for number in range(1, len(text.pages) + 1) if number not in unread]
        yield Issue(code="pdf-text-unread", file=file, value=_pages(read, count), table=_TABLE)
    if text.pictures:
        value = _pages(text.pictures, str(text.count))
        yield Issue(code="pdf-without-text", file=file, value=value, severity="note", table=_TABLE)


def _pages(numbers: Sequence[int], count: str) -> str:
    """Rising numbers of pages in few words: ``1-3, 7 / 8``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    told = ", ".join("-".join(map(str, run)) for run in runs) or "–"
    return f"{told[:_SHORTENED]} / {count}"


def _error(code: str, file: str, value: str | None = None) -> Issue:
    return Issue(code=code, file=file, value=value, severity="error", table=_TABLE)


def _country(code: str) -> Country:
    return "SE" if code == "SE" else "NO" if code == "NO" else "DK"
