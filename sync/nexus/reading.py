"""One object being read: where it stands, what came out of it so far, and what every kind asks of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from backupreader.domain.records import Country, Delivery, Issue, Origin, Receipt, Record
from sync.adapter import Item
from sync.nexus import clock
from sync.nexus.kinds import citizen_in, links
from sync.nexus.node import Json, Node, members
from sync.nexus.seen import Seen
from sync.nexus.uncarried import ANYWHERE, reason

Severity: TypeAlias = Literal["note", "warning", "error"]
SHOWN_OF_A_VALUE: Final = 200
_SECRET: Final = re.compile(r"code|kode|pin|key|nøgle|lock|lås|alarm|password", re.IGNORECASE)


class Reading:
    """What the readers of the kinds are given.

    `out` is filled in the order of reading; `id` is the object's. `numbers` leads from a citizen's person number to the
    id; `units` leads from a citizen's id to the id of the unit that the citizen belongs to; `grants`
    from what an event calls a granted service to its name; `parents` from a unit to the one above it.
    """

    def __init__(self, prefix: str, country: Country, zone: str) -> None:
        self.prefix = prefix
        self.country: Country = country
        self.zone = zone
        self.clock = ZoneInfo(zone)
        self.numbers: dict[str, str] = {}
        self.units: dict[str, str] = {}
        self.grants: dict[str, str] = {}
        self.parents: dict[str, str] = {}
        self.seen = Seen()
        self.out: list[Item] = []
        self.kind = ""
        self.id = ""
        self.page: str | None = None
        self.folder: Path | None = None
        self.origin = Origin("", 0)
        self._told: set[str] = set()

    def records(self) -> list[Record]:
        """The records that came out of the object so far."""
        return [item for item in self.out if not isinstance(item, Issue | Receipt | Delivery)]

    def again(self, kind: str, own: str, value: Json) -> str | None:
        """What to put behind the id of a thing: nothing, or ``~2`` where another one has its id and says otherwise.

        None where the thing came before, or where one came that says all this and more. Both are told.
        """
        key = f"{kind}/{own}"
        number, differs = self.seen.place(key, value)
        if number == 0:
            self.issue("resource-repeated", None, key, "note")
            return None
        if differs:
            self.issue("resource-differs", None, key)
        return f"~{number}" if number > 1 else ""

    def start_file(self) -> None:
        """What nobody asked for is told once a file."""
        self._told.clear()

    def issue(self, code: str, column: str | None = None, value: object = None, severity: Severity = "warning") -> None:
        """Something that could not be read, or was read with doubt."""
        text = None if value is None else str(value)[:SHOWN_OF_A_VALUE]
        self.out.append(
            Issue(
                code=code,
                file=self.origin.file,
                row=self.origin.row,
                column=column or self.kind.strip("?") or None,
                value=text,
                severity=severity,
            )
        )

    def moment(self, node: Node, *keys: str) -> str | None:
        """The moment of the first of `keys` that has one; an `Issue`, and None, where it states none."""
        for key in keys:
            value = node.take(key)
            if value is None:
                continue
            found = clock.moment(value, self.clock)
            if found is None:
                self.issue("date-invalid", f"{node.path}.{key}", value, "error")
            return found
        return None

    def day(self, node: Node, *keys: str) -> str | None:
        """As `moment`, for what is a day by its nature: without the midnight that a day is sent with."""
        return clock.bare_day(self.moment(node, *keys))

    def citizen(self, node: Node) -> str | None:
        """The id of the citizen whom the object is about; None, and an `Issue`, where it does not say."""
        found = self.whose(node)
        if found is None:
            self.issue("citizen-missing", f"{node.path}.patient", None, "error")
            return None
        return self.prefix + found

    def whose(self, node: Node) -> str | None:
        """The citizen's own id: stated in the object, else named by its links, else by those of the page around it."""
        found: str | None = None
        stated = [one for key in ("patient", "patients") for one in members(node.value.get(key))]
        if len(stated) == 1:
            own = Node(stated[0], f"{node.path}.patient")
            found = own.text("id") or self._numbered(own)
        found = found or node.text("patientId", "citizenId") or citizen_in(links(node.value))
        return found or citizen_in([self.page] if self.page else [])

    def _numbered(self, stated: Node) -> str | None:
        identifier = stated.value.get("patientIdentifier")
        number = stated.part("patientIdentifier") if isinstance(identifier, dict) else None
        written = number.text("identifier") if number else stated.text("patientIdentifier")
        return self.numbers.get(written, written) if written else None

    def tell(self, node: Node, *, hidden: bool = False) -> None:
        """An `Issue` for everything in `node` that has another form than it should, or that nobody asked for.

        `hidden` keeps the values of addresses out of the issues, for a citizen whose address is protected.
        """
        for path, value in node.refused:
            self.issue("value-unknown", path, None if hidden and "ddress" in path else value, "error")
        for path, value in node.left(ANYWHERE):
            if reason(path) is None and path not in self._told:
                self._told.add(path)
                secret = (hidden and ("ddress" in path or "hone" in path)) or self._is_secret(path)
                self.issue("element-left-unread", path, None if secret else value, "note")

    def left_lines(self, node: Node) -> list[str | None]:
        """What nobody asked for and no table names, as lines: shown beside what may be changed by it."""
        return [
            f"{path.partition('.')[2]}: {said(value)}"
            for path, value in node.left(ANYWHERE)
            if reason(path) is None and not self._is_secret(path)
        ]

    def _is_secret(self, path: str) -> bool:
        """May this be how to get through a door? Lists of visits are carried about; a code on them opens a home."""
        return self.kind == "event" and _SECRET.search(path) is not None


def said(value: object) -> str:
    """A leaf as text: a yes or no as JSON writes it."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
