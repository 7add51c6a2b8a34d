"""What kind of thing an object is: by the names that only it has, else by where it came from.

The names are those of real answers (see the package's text). Where a kind's names are not known, the words of its own
link (``/patients/1/measurementData``), of the list it stands in (``"relatives": […]``) or of the page's link decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, cast

from sync.nexus.node import Json, holds

UNKNOWN: Final = ""

_SHAPES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("relation", ("organization", "effectiveStartDate")),
    ("relation", ("organization", "primaryOrganization")),
    ("condition", ("conditionClassificationItem",)),
    ("form", ("formDefinition",)),
    ("document", ("originalFileName",)),
    ("medicine-card", ("medicationGroups",)),
    ("grant", ("currentElements",)),
    ("grant", ("basketGrantId",)),
    ("grant", ("patientGrantIdentifier", "elements")),
    ("event", ("patientGrantIdentifiers",)),
    ("message", ("raw", "subject")),
    ("task", ("organizationAssignee",)),
    ("inaccessible", ("notAccessiblePatient",)),
    ("citizen", ("patientIdentifier",)),
)

_WORDS: Final[dict[str, str]] = {
    "patients": "citizen", "patient": "citizen", "citizens": "citizen",
    "organizations": "unit", "organisations": "unit", "organization": "unit", "suppliers": "unit",
    "patientOrganizations": "relation",
    "patientConditions": "condition", "conditions": "condition",
    "medicationCard": "medicine-card", "medicationCards": "medicine-card",
    "medications": "medication", "pnMedications": "medication", "prescribedDrugs": "medication",
    "patientGrants": "grant", "basketGrants": "grant", "grants": "grant", "orderGrants": "grant",
    "events": "event", "eventResources": "event", "calendarEvents": "event", "patientEvents": "event",
    "measurementData": "measurement", "measurements": "measurement",
    "network": "contact", "patientNetwork": "contact", "relatives": "contact", "relativeContacts": "contact",
    "contacts": "contact",
    "alerts": "alert", "warnings": "alert", "cave": "alert", "caves": "alert", "allergies": "alert",
    "documents": "document",
    "forms": "form", "formData": "form", "formDatas": "form",
    "assignments": "task", "activeAssignments": "task",
    "inboxMessages": "message", "outboxMessages": "message", "medcomMessages": "message",
    "patientPathways": "pathway", "pathways": "pathway", "pathwayReferences": "reference", "programs": "pathway",
    "professionals": "professional", "lendings": "lending", "preferences": "preferences",
}  # fmt: skip

NOT_SHOWN: Final[dict[str, str]] = {
    "reference": "it only points to a thing of the journal: the thing itself is an answer of its own",
    "pathway": "a course that things are filed under: it has a name, and nothing to do or to know",
    "preferences": "the system's own lists of views, calendars and lists",
    "professional": "a member of staff, whose name stands where something was done",
    "lending": "an aid on loan: its stock number, price and depot",
    "inaccessible": "the robot's user was not allowed to see this citizen",
    "offer": "a service of the catalogue that was never granted: it has neither an id nor a state",
    "short-form": "a form without its fields, as lists of forms have it: the form itself is an answer of its own",
    "links": "an answer that holds links only",
}
"""Kinds that are left, with the reason; each is told by an `Issue`."""

DELIVERS: Final[dict[str, tuple[str, ...]]] = {
    "citizen": ("citizen",),
    "unit": ("unit",),
    "relation": ("contact",),
    "contact": ("contact",),
    "condition": ("condition",),
    "medicine-card": ("medication", "dose"),
    "medication": ("medication", "dose"),
    "grant": ("intervention",),
    "event": ("visit",),
    "measurement": ("measurement",),
    "alert": ("alert",),
    "document": ("document",),
    "form": ("note",),
    "task": ("note",),
    "message": ("note",),
}
"""The tables that a kind delivers, the first of them also when nothing was filed."""

_CITIZEN: Final = re.compile(r"/patients?/([0-9]+)(?=[/?]|$)|availableForPatient/([0-9]+)|[?&]patientId=([0-9]+)")


def kind_of(value: Json, hint: str) -> str:
    """The kind of an object that stands in a list which hints at `hint`; `UNKNOWN` where nothing tells."""
    word = value.get("type")
    if isinstance(word, str) and word.endswith("Reference"):
        return "reference"
    if any(key.startswith("CITIZEN_") for key in value):
        return "preferences"
    for kind, names in _SHAPES:
        if all(name in value for name in names):
            if kind == "form" and "items" not in value:
                return "short-form"
            return "offer" if kind == "grant" and _is_offer(value) else kind
    if set(value) <= {"_links", "id", "version"}:
        return "links"
    return by_address(self_link(value)) or hint


def by_key(key: str) -> str:
    """The kind that the name of a list hints at."""
    return _WORDS.get(key, UNKNOWN)


def by_address(address: str | None) -> str:
    """The kind that the last telling word of an address hints at."""
    if address is None:
        return UNKNOWN
    words = address.partition("?")[0].split("/")
    return next((_WORDS[word] for word in reversed(words) if word in _WORDS), UNKNOWN)


def links(value: Json) -> list[str]:
    """The addresses of an object's own links."""
    found = value.get("_links")
    if not isinstance(found, dict):
        return []
    entries = [cast("Json", entry) for entry in cast("Json", found).values() if isinstance(entry, dict)]
    return [entry["href"] for entry in entries if isinstance(entry.get("href"), str)]


def self_link(value: Json) -> str | None:
    """The address of the object itself."""
    found = value.get("_links")
    entry = cast("Json", found).get("self") if isinstance(found, dict) else None
    address = cast("Json", entry).get("href") if isinstance(entry, dict) else None
    return address if isinstance(address, str) else None


def citizen_in(addresses: Iterable[str]) -> str | None:
    """The one citizen that all addresses which name a citizen name; None where there is none, or more than one."""
    found: set[str] = {match[match.lastindex or 0] for address in addresses for match in _CITIZEN.finditer(address)}
    return found.pop() if len(found) == 1 else None


def _is_offer(value: Json) -> bool:
    """A service of the catalogue as it is offered: no id of a grant, no state of one."""
    identifier = value.get("identifier") or value.get("patientGrantIdentifier")
    own = cast("Json", identifier).get("patientGrantId") if isinstance(identifier, dict) else identifier
    ids = (own, value.get("id"), value.get("basketGrantId"), value.get("currentOrderGrantId"))
    return not any(holds(one) for one in ids) and not holds(value.get("workflowState"))
