"""The people and units around a citizen.

A relation to a unit, and the unit, have the names of real answers. A relative's names are likely ones: only the links
`patientNetwork`, `relativeContactPrototype` and `cprSystemRelatives` are known.
"""

from __future__ import annotations

from typing import Final

from backupreader.domain.records import Contact, ContactKind, Unit
from sync.nexus.node import Node, joined, labelled
from sync.nexus.reading import Reading

LINES: Final = tuple(f"addressLine{number}" for number in range(1, 6))
EMAILS: Final = ("primaryEmailAddress", "secondaryEmailAddress", "email")
_PHONES: Final = ("mobileTelephone", "mobilePhoneNumber", "homeTelephone", "homePhoneNumber", "workTelephone",
                  "workPhoneNumber", "telephone", "phone", "phoneNumber")  # fmt: skip
KINDS: Final[dict[str, ContactKind]] = {
    "pårørende": "relative", "ægtefælle": "relative", "samlever": "relative", "datter": "relative", "søn": "relative",
    "mor": "relative", "far": "relative", "søster": "relative", "bror": "relative", "barnebarn": "relative",
    "svigerdatter": "relative", "svigersøn": "relative", "barn": "relative", "forælder": "relative",
    "værge": "guardian", "personlig værge": "guardian", "fremtidsfuldmægtig": "guardian",
    "egen læge": "gp", "praktiserende læge": "gp", "læge": "gp", "gp": "gp",
    "sygeplejerske": "nurse", "apotek": "pharmacy", "afdeling": "department",
}  # fmt: skip


def phones_of(node: Node) -> list[str]:
    """Every phone number of a person or a unit, the mobile one first."""
    found = [node.text(key) for key in _PHONES]
    return [number for number in found if number is not None]


def _address(reading: Reading, node: Node) -> str | None:
    """An address on one line. A protected one is not taken: nothing would hide it here."""
    place = node.part("address") if node.is_object("address") else None
    if place is None:
        return node.text("address")
    written = joined(", ", [place.text(line) for line in (*LINES, "postalCode", "postalDistrict")])
    if place.flag("restricted") and written:
        reading.issue("element-left-unread", f"{node.path}.address", None, "note")
        return None
    return written


def contact(reading: Reading, node: Node) -> None:
    """A relative, guardian, doctor or other person around a citizen."""
    citizen_id = reading.citizen(node)
    if citizen_id is not None:
        person(reading, node, citizen_id, reading.id, None)
    reading.tell(node)


def person(reading: Reading, node: Node, citizen_id: str, id_: str, kind: ContactKind | None) -> None:
    """One person around the citizen; `kind` where the place it stands in says who it is."""
    phones = phones_of(node)
    relation = node.text("relationType", "relationshipType", "relation", "relationship", "contactType", "type", "role")
    name = node.text("fullName", "displayName", "name")
    name = name or joined(" ", [node.text("firstName"), node.text("middleName"), node.text("lastName")])
    if name is None:
        reading.issue("name-missing", f"{node.path}.name")
    known = node.flag("primary", "primaryContact")
    address = _address(reading, node)
    reading.out.append(
        Contact(
            id=id_,
            citizen=citizen_id,
            name=name or relation or "?",
            origin=reading.origin,
            kind=kind or KINDS.get((relation or "").strip().casefold(), "other"),
            relation=relation,
            phone=phones[0] if phones else None,
            phone2=phones[1] if len(phones) > 1 else None,
            address=address,
            priority=1 if known else node.whole("priority") if node.holds("priority") else None,
            ring_at_night=node.flag("contactAtNight", "callAtNight"),
            has_key=node.flag("hasKey"),
            note=joined("\n", [node.text("notes", "note", "comment", "remarks"), joined(", ", [*phones[2:]]),
                               node.text(*EMAILS), *reading.left_lines(node)]),
        )
    )  # fmt: skip


def relation(reading: Reading, node: Node) -> None:
    """That a citizen belongs to a unit now: whom to ring about the citizen by day. One that is over is left."""
    unit_node = node.part("organization")
    name = unit_node.text("name", "displayName") if unit_node else None
    start, end = reading.day(node, "effectiveStartDate"), reading.day(node, "effectiveEndDate")
    phone = node.text("dailyPhoneNumber")
    primary = node.flag("primaryOrganization")
    if node.flag("effectiveAtPresent") is False:
        reading.issue("resource-not-shown", "relation", joined(" ", [name, start, "–", end]), "note")
        return
    citizen_id = reading.citizen(node)
    if citizen_id is not None:
        if name is None:
            reading.issue("name-missing", "relation.organization")
        reading.out.append(
            Contact(
                id=reading.id,
                citizen=citizen_id,
                name=name or "?",
                origin=reading.origin,
                kind="department",
                relation="primaryOrganization" if primary else None,
                phone=phone,
                note=joined("\n", [labelled("effectiveStartDate", start), labelled("effectiveEndDate", end)]),
            )
        )
    reading.tell(node)


def unit(reading: Reading, node: Node) -> None:
    """A unit, and those below it where a tree of them was asked for."""
    _unit(reading, node, reading.id)
    reading.tell(node)


def _unit(reading: Reading, node: Node, id_: str) -> None:
    own = id_.removeprefix(f"{reading.prefix}unit/").partition("~")[0]
    name = node.text("name", "displayName")
    if name is None:
        reading.issue("name-missing", "unit.name")
    above = node.text("parentId") or (_id_of(node, "parent") if node.is_object("parent") else None)
    above = above or reading.parents.get(own)
    open_ = node.flag("active")
    reading.out.append(
        Unit(
            id=id_,
            name=name or own,
            origin=reading.origin,
            kind=joined(", ", [node.text("organizationType", "type"), "inactive" if open_ is False else None]),
            parent=f"{reading.prefix}unit/{above}" if above else None,
            phone=next(iter(phones_of(node)), None),
            address=_address(reading, node),
        )
    )
    for below in node.parts("children"):
        _below(reading, below)


def _below(reading: Reading, node: Node) -> None:
    """A unit of a tree. One that came before is not taken again, but those below it are."""
    own = node.text("id", "name") or "?"
    suffix = reading.again("unit", own, node.value)
    if suffix is not None:
        _unit(reading, node, f"{reading.prefix}unit/{own}{suffix}")
        return
    for below in node.parts("children"):
        _below(reading, below)


def _id_of(node: Node, key: str) -> str | None:
    inner = node.part(key)
    return inner.text("id") if inner else None
