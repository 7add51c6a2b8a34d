"""One resource being read: where it stands, what came out of it so far, and what every family asks of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, Literal, TypeAlias

from backupreader.domain import moments
from backupreader.domain.records import Country, Issue, Origin
from sync.adapter import Item
from sync.fhir.concept import joined, number, quantity, quantity_text
from sync.fhir.exact import Decimals
from sync.fhir.messages import Message
from sync.fhir.references import Directory, Party
from sync.fhir.shape import Json, part, parts, word

SHOWN_OF_A_VALUE: Final = 200
Severity: TypeAlias = Literal["note", "warning", "error"]


class Reading:
    """What the readers of the families are given.

    `out` is filled in the order of reading; `id` and `origin` are the resource's.

    `binaries` are those of the Bundle that is being read, by their address within it; `messages` the messages in it, by
    the resources that they bring; `spoken` what came of the Patients that named the citizens of messages.
    """

    __slots__ = (
        "_names",
        "binaries",
        "country",
        "decimals",
        "directory",
        "id",
        "kind",
        "messages",
        "origin",
        "out",
        "prefix",
        "resource",
        "spoken",
        "zone",
    )

    def __init__(self, prefix: str, country: Country, zone: str, directory: Directory) -> None:
        self.prefix = prefix
        self.country: Country = country
        self.zone = zone
        self.directory = directory
        self.out: list[Item] = []
        self.resource: Json = {}
        self.decimals = Decimals()
        self._names: dict[str, str] = {}
        self.binaries: dict[str, Json] = {}
        self.messages: dict[str, Message] = {}
        self.spoken: dict[str, list[Item]] = {}
        self.kind = ""
        self.id = ""
        self.origin = Origin("", 0)

    def issue(self, code: str, column: str | None = None, value: object = None, severity: Severity = "warning") -> None:
        """Something that could not be read, or was read with doubt."""
        text = None if value is None else str(value)[:SHOWN_OF_A_VALUE]
        where = f"{self.kind}.{column}" if column else self.kind
        self.out.append(
            Issue(
                code=code,
                file=self.origin.file,
                row=self.origin.row,
                column=where or None,
                value=text,
                severity=severity,
            )
        )

    def number(self, holder: Json, key: str) -> str | None:
        """A number as decimal text."""
        return number(holder, key, self.decimals)

    def quantity(self, holder: Json, key: str) -> tuple[str | None, str | None]:
        """Value and unit of a Quantity."""
        return quantity(holder, key, self.decimals)

    def quantity_text(self, holder: Json, key: str) -> str | None:
        """A Quantity on one line."""
        return quantity_text(holder, key, self.decimals)

    def moment(self, holder: Json, key: str) -> str | None:
        """The moment at `key` as written; an `Issue`, and None, where the calendar or the clock knows no such one."""
        text = word(holder, key)
        if text is None or is_moment(text):
            return text
        self.issue("date-invalid", key, text, "error")
        return None

    @property
    def message(self) -> Message | None:
        """The message that brings the resource."""
        return self.messages.get(f"{self.kind}/{self.resource.get('id')}") if self.messages else None

    def period(self, holder: Json, key: str) -> tuple[str | None, str | None]:
        """Start and end of a Period."""
        found = part(holder, key)
        return (self.moment(found, "start"), self.moment(found, "end")) if found else (None, None)

    def citizen(self, key: str = "subject") -> str | None:
        """The id of the citizen whom the resource is about.

        None, and an `Issue`, where it is about no citizen at all.
        """
        reference = part(self.resource, key)
        written: Any = reference.get("reference")
        if written.__class__ is str and written.startswith("Patient/") and "/" not in written[8:]:
            return self.citizen_id(self.directory.same.get(str(written), str(written)))
        found = self._contained(reference) or self.directory.key(reference)
        if found is not None and found.startswith("Patient/"):
            return self.citizen_id(found)
        kind = word(reference, "type") or (found or word(reference, "reference") or "").partition("/")[0]
        if kind in {"Group", "Device", "Location", "Medication", "Substance", "Practitioner", "Organization"}:
            self.issue("not-about-a-citizen", key, word(reference, "reference") or kind, "note")
            return None
        identifier = part(reference, "identifier")
        named = word(reference, "reference") or joined("|", [word(identifier, "system"), word(identifier, "value")])
        named = named or word(reference, "display")
        if named is None:
            self.issue("citizen-missing", key, None, "error")
            return None
        self.issue("reference-unresolved", key, named, "error")
        return self.prefix + "Patient/" + named

    def citizen_id(self, key: str) -> str:
        """The citizen of a Patient's key: of one whom only messages name, her number, as in MedCom's letters."""
        return self.prefix + self.directory.numbers.get(key, key)

    def _contained(self, reference: Json) -> str | None:
        """The key of a contained resource's own delivered twin: the same id, else an identifier that only one has."""
        inner = self.contained(reference)
        if inner is None:
            return None
        kind = word(inner, "resourceType") or ""
        twin = f"{kind}/{word(inner, 'id')}"
        if twin in self.directory.parties:
            return twin
        for identifier in parts(inner, "identifier"):
            found = self.directory.key({"type": kind, "identifier": identifier})
            if found is not None:
                return found
        return twin if kind == "Patient" else None

    def contained(self, reference: Json) -> Json | None:
        """The contained resource that ``#id`` names."""
        written = word(reference, "reference")
        if written is None or not written.startswith("#"):
            return None
        for inner in parts(self.resource, "contained"):
            if word(inner, "id") == written[1:]:
                return inner
        return None

    def party(self, reference: Json) -> Party | None:
        """The person, role or place that a reference names; what it displays, where it leads nowhere."""
        if not reference:
            return None
        inner = self.contained(reference)
        if inner is not None:
            own = Directory()
            own.gather(inner, None)
            inside = next(iter(own.parties.values()), None)
            return replace(inside, stands=False) if inside else None
        found = self.directory.party(self.directory.key(reference))
        if found is not None and found.name:
            return found
        display = word(reference, "display")
        if display is not None:
            return Party(display, role=found.role if found else None, stands=False)
        return found

    def who(self, holder: Json, key: str) -> str | None:
        """The name behind the reference at `key`; an `Issue` where there is a reference and no name to be had."""
        return self.name(part(holder, key), key)

    def all_who(self, holder: Json, key: str, inner: str | None = None) -> str | None:
        """The names behind several references, or behind the reference `inner` of several parts."""
        found = parts(holder, key)
        return joined(", ", [self.name(part(item, inner) if inner else item, key) for item in found]) if found else None

    def name(self, reference: Json, key: str) -> str | None:
        """The name that a reference leads to."""
        if not reference:
            return None
        written: Any = reference.get("reference")
        known = self._names.get(written) if written.__class__ is str else None
        if known is not None:
            return known
        found = self.party(reference)
        if found is not None and found.name:
            if written.__class__ is str and found.stands:
                self._names[str(written)] = found.name
            return found.name
        named = word(reference, "reference") or word(part(reference, "identifier"), "value")
        if named is not None:
            self.issue("reference-unresolved", key, named)
        return None

    def told(self, holder: Json, key: str) -> str | None:
        """What references to conditions and goals say: what the first pass gathered of them, else their display."""
        lines: list[str | None] = []
        for reference in parts(holder, key):
            found = self.directory.key(reference)
            text = self.directory.conditions.get(found or "") or self.directory.goals.get(found or "")
            lines.append(text or word(reference, "display"))
            if lines[-1] is None and word(reference, "reference"):
                self.issue("reference-unresolved", key, word(reference, "reference"))
        return joined("\n", lines)


def is_moment(text: str) -> bool:
    """`moments.valid`, with a short way for the forms that exports consist of."""
    length = len(text)
    try:
        if length == len("2026-11-22") and text[4] == text[7] == "-":
            date.fromisoformat(text)
            return True
        zoned = length in _LENGTHS and text[10] == "T" and text[13] == text[16] == ":"
        if zoned and (text[-1] == "Z" or (text[-6] in "+-" and text[-3] == ":" and text[-5:-3] < "14")):
            datetime.fromisoformat(text)
            return True
    except ValueError:
        pass  # a leap second is a moment all the same
    return moments.valid(text)


_LENGTHS: Final = frozenset(map(len, (
    "2026-11-22T07:30:00Z", "2026-11-22T07:30:00+01:00", "2026-11-22T07:30:00.000Z", "2026-11-22T07:30:00.000+01:00",
)))  # fmt: skip
