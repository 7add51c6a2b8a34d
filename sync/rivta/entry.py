"""One record of a response: where it stands, what was said of it, and what every contract asks of an element."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.records import Issue, Origin
from sync.adapter import Item
from sync.markup import Element

SHOWN_OF_A_VALUE: Final = 200
Severity: TypeAlias = Literal["note", "warning", "error"]
_STAMP: Final = re.compile(r"(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?)?)?(?:\.\d+)?")


@dataclass(slots=True)
class Entry:
    """One record as it is read. `out` is filled in the order of reading; `citizen` is set by the header.

    `taken` is when the file was taken, in the site's zone.
    """

    prefix: str
    origin: Origin
    out: list[Item] = field(default_factory=list[Item])
    citizen: str = ""
    taken: datetime | None = None

    def issue(
        self, code: str, column: str | None = None, value: str | None = None, severity: Severity = "warning"
    ) -> None:
        """Something that could not be read, or was read with doubt."""
        shown = value[:SHOWN_OF_A_VALUE] if value is not None else None
        self.out.append(
            Issue(code=code, file=self.origin.file, row=self.origin.row, column=column, value=shown, severity=severity)
        )

    def moment(self, element: Element | None, path: str = "") -> str | None:
        """A *TimeStampType* or *DateType* (``YYYYMMDDhhmmss``, ``YYYYMMDD``) in the precision that was delivered."""
        text = value(element, path)
        return (
            None if text is None else self.stamp(text, path.rsplit("/", 1)[-1] or (element.name if element else None))
        )

    def to_come(self, text: str | None) -> bool:
        """Does a moment that was read lie after the file was taken?"""
        return self.taken is not None and moments.order(text, _zone(self.taken)) > self.taken.timestamp()

    def stamp(self, text: str, column: str | None) -> str | None:
        """As `moment`, of a text."""
        read = stamp(text)
        if read is None:
            self.issue("date-invalid", column, text, "error")
        return read


def _zone(taken: datetime) -> ZoneInfo:
    return taken.tzinfo if isinstance(taken.tzinfo, ZoneInfo) else ZoneInfo("UTC")


def stamp(text: str | None) -> str | None:
    """The contracts' way to write a moment as ours; None for what is none."""
    match = _STAMP.fullmatch(text) if text else None
    if match is None:
        return text if text and moments.valid(text) else None
    year, month, day, hour, minute, second = match.groups()
    read = "-".join(part for part in (year, month, day) if part)
    if hour:
        read += f"T{hour}:{minute}" + (f":{second}" if second else "")
    return read if moments.valid(read) else None


def value(element: Element | None, path: str = "") -> str | None:
    """The text at `path`, its lines as they were written; None where there is no such element or text."""
    return None if element is None else element.value(path)


def first(element: Element | None, path: str) -> Element | None:
    """The first element at `path` below one that may be missing."""
    return None if element is None else element.first(path)


def every(element: Element | None, path: str) -> Sequence[Element]:
    """All elements at `path` below one that may be missing."""
    return () if element is None else element.all(path)


def joined(separator: str, texts: Sequence[str | None]) -> str | None:
    """The texts that are there, each once, in their order."""
    return separator.join(dict.fromkeys(text for text in texts if text)) or None


@dataclass(frozen=True, slots=True)
class Coded:
    """A *CVType*: what to show, and the code with its system."""

    text: str | None = None
    code: str | None = None
    system: str | None = None


def coded(element: Element | None) -> Coded:
    """Either a code with its name, or a text of the source's own (*originalText*); both are shown where both stand."""
    if element is None:
        return Coded()
    code, system = value(element, "code"), value(element, "codeSystem")
    value(element, "codeSystemName")
    value(element, "codeSystemVersion")
    text = joined(" – ", [value(element, "displayName"), value(element, "originalText")])
    return Coded(text or code, code, system)


def identity(element: Element | None) -> str | None:
    """An *IIType*: the extension, which is the id within its root, else the root, which is then a UUID."""
    root, extension = value(element, "root"), value(element, "extension")
    return extension or root


def boolean(entry: Entry, element: Element | None, path: str) -> bool | None:
    """An *xs:boolean*; what is none is an issue."""
    text = value(element, path)
    if text in {"true", "1"}:
        return True
    if text in {"false", "0"}:
        return False
    if text is not None:
        entry.issue("yes-no-unreadable", path.rsplit("/", 1)[-1], text, "error")
    return None


def told(element: Element | None) -> str | None:
    """Everything in an element as one line in the source's own words, for what no field can hold exactly."""
    if element is None:
        return None
    inner = [text for child in element.children if (text := told(child))]
    own = element.value()
    element.take()
    if inner:
        return f"{element.name} ({', '.join(inner)})"
    return f"{element.name} {own}" if own else None
