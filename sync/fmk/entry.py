"""One entry of a card while it is read: where it stands, what it says in words, and what is doubtful in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.records import Issue, Origin
from sync.markup import Element

_LONGEST: Final = 200  # characters of an issue's value
_DATE_IN_A_ZONE: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})")
_TRUE: Final = frozenset({"true", "1"})
_FALSE: Final = frozenset({"false", "0"})


@dataclass(slots=True)
class Entry:
    """`prefix` is the source's name with its colon; `row` the line on which the entry begins; `zone` the site's.

    `remarks` are facts without a field of their own, each with its label in FMK's words.
    """

    prefix: str
    file: str
    row: int
    table: str = "medication"
    zone: ZoneInfo | None = None
    issues: list[Issue] = field(default_factory=list[Issue])
    remarks: list[str] = field(default_factory=list[str])

    @property
    def origin(self) -> Origin:
        """Where the entry stands."""
        return Origin(self.file, self.row)

    @property
    def remark(self) -> str | None:
        """The remarks, a line each."""
        return "\n".join(dict.fromkeys(self.remarks)) or None

    def issue(
        self, code: str, column: str, value: str | None, severity: Literal["note", "warning", "error"] = "warning"
    ) -> None:
        """Tell a doubt about the entry."""
        shown = value[:_LONGEST] if value else value
        self.issues.append(
            Issue(
                code=code,
                file=self.file,
                row=self.row,
                column=column,
                value=shown,
                severity=severity,
                table=self.table,
            )
        )

    def note(self, label: str, *texts: str | None) -> None:
        """Remark what the texts say, if anything."""
        said = ", ".join(text for text in texts if text)
        if said:
            self.remarks.append(f"{label}: {said}")

    def moment(self, holder: Element | None, path: str, column: str) -> str | None:
        """A date or moment as written; an `Issue` and None for one that does not exist.

        The schema's dates may carry a zone (``2026-11-22Z``): it means the day that is written, and is left out.
        """
        written = holder.value(path) if holder is not None else None
        if written is None:
            return None
        zoned = _DATE_IN_A_ZONE.fullmatch(written)
        text = zoned[1] if zoned else written
        if moments.valid(text):
            return text
        self.issue("date-invalid", f"{column}/{path}" if path else column, written, "error")
        return None

    def day(self, text: str | None) -> date | None:
        """The site's day of what `moment` has read: FMK writes moments in UTC, where midnight is the day before."""
        return moments.day(text, self.zone)

    def whether(self, holder: Element, path: str, column: str) -> bool | None:
        """Yes or no; None where it is not said, or cannot be read (an `Issue`)."""
        written = holder.value(path)
        if written is None or written in _TRUE | _FALSE:
            return None if written is None else written in _TRUE
        self.issue("yes-no-unreadable", f"{column}/{path}", written, "error")
        return None


def backwards(start: str | None, end: str | None) -> bool:
    """Does a period end on a day before it starts? Then one of the two is wrong, and nobody knows which."""
    first, last = moments.day(start), moments.day(end)
    return first is not None and last is not None and last < first


def present(holder: Element, *paths: str) -> bool:
    """Is one of these flags there? An empty element says yes, one that says ``false`` or ``xsi:nil`` no."""
    found = [element for path in paths for element in holder.all(path)]
    for element in found:
        element.taken = True
    return any(element.text.strip() not in _FALSE and element.attribute("nil") not in _TRUE for element in found)


def spelled(element: Element) -> str:
    """Everything that stands in an element, as text: ``Number 9, Dose: Time morning, Quantity 2``."""
    element.taken = True
    parts = [element.text.strip(), *(_named(child) for child in element.children)]
    return ", ".join(part for part in parts if part)


def _named(child: Element) -> str:
    inner = spelled(child)
    return f"{child.name}{':' if child.children else ''} {inner}".strip()


def flags(element: Element, path: str = "") -> Iterator[tuple[str, int]]:
    """The empty elements that nobody asked for: their presence says something all the same. Path and line."""
    here = f"{path}/{element.name}" if path else element.name
    if not element.taken and not element.children and not element.text.strip():
        yield here, element.line
    for child in element.children:
        yield from flags(child, here)


def joined(separator: str, texts: Iterable[str | None]) -> str | None:
    """The texts that are there, each once; None when none is."""
    return separator.join(dict.fromkeys(text for text in texts if text)) or None
