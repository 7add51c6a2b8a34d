"""One letter being read: where it stands, what came out of it so far, and how its moments are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from backupreader.domain import moments
from backupreader.domain.records import Issue, Origin
from sync.adapter import Item
from sync.markup import Element
from sync.medcom.envelope import Severity

SHOWN_OF_A_VALUE: Final = 200


@dataclass(slots=True)
class Reading:
    """What the readers of a letter's parts are given. `out` is filled in the order of reading."""

    source: str
    zone: str
    origin: Origin = field(default_factory=lambda: Origin("", 0))
    kind: str = ""
    out: list[Item] = field(default_factory=list[Item])

    def begin(self, origin: Origin, kind: str) -> None:
        """The next letter."""
        self.origin, self.kind, self.out = origin, kind, []

    def issue(self, code: str, column: str | None, value: str | None, severity: Severity = "warning") -> None:
        """Something that could not be read, or was read with doubt. `column` is the element's path in the letter."""
        where = "/".join(part for part in (self.kind, column) if part)
        shown = value[:SHOWN_OF_A_VALUE] if value is not None else None
        self.out.append(
            Issue(
                code=code,
                file=self.origin.file,
                row=self.origin.row,
                column=where or None,
                value=shown,
                severity=severity,
            )
        )

    def moment(self, holder: Element | None, column: str) -> str | None:
        """The local moment of an element with a `Date` and perhaps a `Time`, as written, or with one text for both.

        An issue, and None, where there is no such day; the day alone where there is no such time.
        """
        if holder is None:
            return None
        day, time = holder.value("Date") or holder.value(), holder.value("Time")
        if day is None:
            return None
        if not moments.valid(day) or len(day) < len("2026-11-22"):
            self.issue("date-invalid", column, day, "error")
            return None
        if time is None:
            return day
        if not moments.valid(f"{day}T{time}"):
            self.issue("date-invalid", column, time, "error")
            return day
        return f"{day}T{time}"
