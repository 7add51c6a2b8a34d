"""Whom and what a reference names.

Small tables of what others refer to are gathered in a first pass; notes and medicine are not.

A reference is relative (``Patient/1``), absolute (``https://server/Patient/1``), a Bundle's ``fullUrl`` (also
``urn:uuid:…``), contained (``#id``), conditional (``Practitioner?identifier=system|value``) or logical (an identifier
alone). The tables grow with the number of persons, organisations, drugs, conditions and goals, never with the number
of notes, orders or visits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from sync.fhir.concept import (
    address_text,
    all_said,
    best_address,
    best_name,
    codes,
    full_name,
    joined,
    notes_text,
    phones,
    said,
)
from sync.fhir.shape import Json, Misshapen, an_object, part, parts, word, words
from sync.stays import Stay

PEOPLE: Final = frozenset({"Patient", "Practitioner", "RelatedPerson"})
PARTIES: Final = PEOPLE | {
    "PractitionerRole",
    "Organization",
    "Location",
    "CareTeam",
    "HealthcareService",
    "Device",
    "Group",
}
GATHERED: Final = PARTIES | {"Medication", "Condition", "Goal"}
"""The types that others refer to: read in the first pass."""

EXPECTED_STATE: Final = "ca552020-6ed1-4cdc-b0d4-32697f1f27ad"
"""KL's code of the goal category "FSIII tilstandsmål": the state that is expected of a condition."""


@dataclass(frozen=True, slots=True)
class Party:
    """A person, role, organisation or place that others name.

    `stands` is False for one known only within a single resource.
    """

    name: str | None
    phone: str | None = None
    address: str | None = None
    role: str | None = None
    stands_for: str | None = None
    stands: bool = True


@dataclass(slots=True)
class Directory:
    """The tables.

    `same` leads from a message's Patient to the citizen's key, `speakers` from that to the Patient who says what the
    citizen is called, `numbers` to the number of one whom only messages name, `stays` to where the citizen is
    (`sync.fhir.messages`). Keys are ``Type/id``; identifiers are ``Type|system|value`` and lead to a key, or to None
    where two share one.
    """

    parties: dict[str, Party] = field(default_factory=dict[str, Party])
    drugs: dict[str, Json] = field(default_factory=dict[str, Json])
    conditions: dict[str, str] = field(default_factory=dict[str, str])
    goals: dict[str, str] = field(default_factory=dict[str, str])
    expected: dict[str, str] = field(default_factory=dict[str, str])
    same: dict[str, str] = field(default_factory=dict[str, str])
    speakers: dict[str, str] = field(default_factory=dict[str, str])
    numbers: dict[str, str] = field(default_factory=dict[str, str])
    stays: dict[str, Stay] = field(default_factory=dict[str, Stay])
    _urls: dict[str, str] = field(default_factory=dict[str, str])
    _identifiers: dict[str, str | None] = field(default_factory=dict[str, str | None])
    _keys: dict[str, str | None] = field(default_factory=dict[str, str | None])

    def gather(self, resource: Json, url: str | None) -> None:
        """Take in one resource of `GATHERED`. What is misshapen in it is told when the resource itself is read."""
        while True:
            try:
                self._gather(resource, url)
            except Misshapen as wrong:
                wrong.take_out()
            else:
                return

    def know_url(self, url: str, key: str) -> None:
        """A Bundle's entry `url` holds the resource `key`."""
        self._urls[url] = key
        tail = _relative(url)
        if tail is not None and tail != key:
            self._urls.setdefault(tail, key)

    def unite(self, target: str, keys: Iterable[str], slots: Iterable[str]) -> None:
        """The persons of `keys` are one, who is `target`; `slots` are the numbers that lead to them."""
        for key in keys:
            self.same[key] = target
            if key in self.parties:
                self.parties.setdefault(target, self.parties[key])
        self._identifiers.update(dict.fromkeys(slots, target))
        self._keys.clear()

    def _gather(self, resource: Json, url: str | None) -> None:
        kind, own = word(resource, "resourceType"), word(resource, "id")
        if kind is None or (own is None and url is None):
            return
        key = f"{kind}/{own}" if own else _relative(url or "") or f"{kind}/{url}"
        if kind == "Medication":
            self.drugs.setdefault(key, resource)
        elif kind == "Condition":
            self._condition(key, resource)
        elif kind == "Goal":
            self._goal(key, resource)
        else:
            self.parties.setdefault(key, _party(kind, resource))
        for identifier in parts(resource, "identifier"):
            value = word(identifier, "value")
            if value is not None:
                slot = f"{kind}|{word(identifier, 'system') or ''}|{value}"
                known = self._identifiers.setdefault(slot, key)
                if known != key:
                    self._identifiers[slot] = None

    def _condition(self, key: str, resource: Json) -> None:
        text = said(part(resource, "code"))
        if text is not None:
            self.conditions.setdefault(key, text)

    def _goal(self, key: str, resource: Json) -> None:
        text = goal_text(resource)
        if text is None:
            return
        self.goals.setdefault(key, text)
        if any(EXPECTED_STATE in codes(category) for category in parts(resource, "category")):
            for address in parts(resource, "addresses"):
                condition = word(address, "reference")
                if condition is not None:
                    self.expected[condition] = joined("\n", [self.expected.get(condition), text]) or text

    def key(self, reference: Json) -> str | None:
        """The key that a reference names, if it can be told; also of a resource that was not delivered."""
        found = self._key(reference)
        return self.same.get(found, found) if found is not None else None

    def _key(self, reference: Json) -> str | None:
        written = word(reference, "reference")
        if written is not None:
            if written not in self._keys:
                self._keys[written] = self._resolve(written)
            return self._keys[written]
        identifier = part(reference, "identifier")
        value = word(identifier, "value")
        if value is None:
            return None
        system = word(identifier, "system") or ""
        kind = word(reference, "type")
        kinds = [kind] if kind else sorted(PARTIES)
        found = {self._identifiers.get(f"{kind}|{system}|{value}") for kind in kinds} - {None}
        return found.pop() if len(found) == 1 else None

    def _resolve(self, written: str) -> str | None:
        if written in self._urls:
            return self._urls[written]
        kind, mark, query = written.partition("?")
        if mark:
            return self._conditional(kind.rsplit("/", 1)[-1], query)
        if written.startswith(("urn:", "#")):
            return None
        relative = _relative(written)
        return self._urls.get(relative, relative) if relative else None

    def _conditional(self, kind: str, query: str) -> str | None:
        for term in query.split("&"):
            name, _, value = term.partition("=")
            if name == "identifier":
                system, bar, number = unquote(value).partition("|")
                return self._identifiers.get(f"{kind}|{system}|{number}" if bar else f"{kind}||{system}")
            if name == "_id":
                return f"{kind}/{value}"
        return None

    def party(self, key: str | None) -> Party | None:
        """The person or place of a key; a role is told by the person who has it, else by the organisation it is in."""
        found = self.parties.get(key) if key else None
        if found is None or found.name or found.stands_for is None:
            return found
        behind = self.parties.get(self._keys.get(found.stands_for) or self._resolve(found.stands_for) or "")
        if behind is None:
            return found
        return Party(behind.name, found.phone or behind.phone, behind.address, found.role or behind.role)


def _relative(url: str) -> str | None:
    """``Type/id`` at the end of a reference, without a version."""
    pieces = url.split("/_history/", 1)[0].rsplit("/", 2)
    if len(pieces) < 2 or not pieces[-2][:1].isupper() or not pieces[-1]:  # noqa: PLR2004 (a type and an id)
        return None
    return f"{pieces[-2]}/{pieces[-1]}"


def _party(kind: str, resource: Json) -> Party:
    telephone = next(iter(phones(parts(resource, "telecom"))), None)
    if kind in PEOPLE:
        name = full_name(best_name(parts(resource, "name")))
        role = all_said([part(item, "code") for item in parts(resource, "qualification")])
        return Party(name, telephone, address_text(best_address(parts(resource, "address"))), role)
    if kind == "PractitionerRole":
        role = all_said(parts(resource, "code")) or all_said(parts(resource, "specialty"))
        person, place = part(resource, "practitioner"), part(resource, "organization")
        behind = word(person, "reference") or word(place, "reference")
        return Party(word(person, "display"), telephone, None, role, behind)
    if kind == "Device":
        return Party(device_name(resource))
    return Party(place_name(resource), telephone, address_text(place_address(resource)))


def place_address(resource: Json) -> Json:
    """Where a place is: a Location has one address, an Organization several."""
    return an_object(resource.get("address")) or best_address(parts(resource, "address"))


def place_name(resource: Json) -> str | None:
    """What an organisation, place or team is called: name, alias, description, else what kind it is."""
    name = word(resource, "name")
    if name is None and isinstance(resource.get("alias"), list):
        name = next(iter(words(resource, "alias")), None)
    return name or word(resource, "description") or all_said(parts(resource, "category"))


def device_name(resource: Json) -> str | None:
    """What a device is called: its names, else its type, else maker and model."""
    names = joined(" / ", [word(item, "name") for item in parts(resource, "deviceName")])
    maker = joined(" ", [word(resource, "manufacturer"), word(resource, "modelNumber")])
    return names or said(part(resource, "type")) or maker


def goal_text(resource: Json) -> str | None:
    """A goal in words: its description, then its targets."""
    lines = [said(part(resource, "description"))]
    for target in parts(resource, "target"):
        detail = said(part(target, "detailCodeableConcept")) or word(target, "detailString")
        lines.append(
            joined(": ", [said(part(target, "measure")) if not detail else None, detail, word(target, "dueDate")])
        )
    return joined("\n", lines) or notes_text(resource)
