"""Who a record is about, who wrote it and when: the two headers of the contracts.

*PatientSummaryHeaderType* of the contracts 2.x, and *HeaderType* ("JoL-header") of the contracts 3.x.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from backupreader.domain.identity import identify
from backupreader.domain.records import Identifier
from sync.markup import Element
from sync.rivta.entry import Entry, boolean, coded, first, identity, joined, value

_KINDS: Final = {
    "1.2.752.129.2.1.3.1": "personnummer",
    "1.2.752.129.2.1.3.3": "samordningsnummer",
    "1.2.752.129.2.1.3.2": "temporary",  # nationell reservidentitet
}


@dataclass(frozen=True, slots=True)
class Person:
    """The one a record is about, by a number."""

    number: str
    identifier: Identifier


@dataclass(frozen=True, slots=True)
class Professional:
    """One of the care staff, where she works, and when she said what she said."""

    name: str | None = None
    role: str | None = None
    at: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What stands over a record. `id` is unique in the source system; `private` was not released to the person."""

    id: str
    person: Person | None
    author: Professional
    title: str | None = None
    at: str | None = None
    signed: bool = False
    nullified: bool = False
    nullified_reason: str | None = None
    private: bool = False

    @property
    def written_at(self) -> str | None:
        """The document's own time, else when it was written down."""
        return self.at or self.author.at

    def remarks(self) -> list[str]:
        """What the header adds to a record that has no field of its own for it."""
        lines = (
            ["Makulerad" + (f": {self.nullified_reason}" if self.nullified_reason else "")] if self.nullified else []
        )
        return [*lines, "Får inte visas för patienten"] if self.private else lines


def person(number: str | None, system: str | None) -> Person | None:
    """A person number with the OID of its kind. The number itself is checked, never changed."""
    if number is None:
        return None
    found = identify(number, "SE")
    kind = _KINDS.get(system or "")
    if kind is None:
        kind = "local" if system and found.valid is not True else found.kind
    return Person(number, Identifier(kind, number, system, found.valid))


def read_header(entry: Entry, record: Element) -> Header:
    """The header of a record, whatever its contract calls it."""
    found = next((child for child in record.children if child.name.lower().endswith("header")), None)
    if first(found, "accessControlHeader") is not None:
        return _third(entry, found)
    id_ = value(found, "documentId")
    system = value(found, "sourceSystemHSAId") or value(found, "sourceSystemHSAid")
    numbered = person(value(found, "patientId/id"), value(found, "patientId/type"))
    author = professional(entry, first(found, "accountableHealthcareProfessional"))
    signed = entry.moment(found, "legalAuthenticator/signatureTime")
    signer = value(found, "legalAuthenticator/legalAuthenticatorName")
    return Header(
        id=_identity(entry, system, id_),
        person=numbered,
        author=author,
        title=value(found, "documentTitle"),
        at=entry.moment(found, "documentTime"),
        signed=bool(signed or signer),
        nullified=boolean(entry, found, "nullified") is True,
        nullified_reason=value(found, "nullifiedReason"),
        private=boolean(entry, found, "approvedForPatient") is False,
    )


def professional(entry: Entry, element: Element | None) -> Professional:
    """A *HealthcareProfessionalType*."""
    unit = first(element, "healthcareProfessionalOrgUnit")
    return Professional(
        name=value(element, "healthcareProfessionalName"),
        role=coded(first(element, "healthcareProfessionalRoleCode")).text,
        at=entry.moment(element, "authorTime"),
        unit=value(unit, "orgUnitName"),
    )


def signature(by: Professional) -> str | None:
    """A name with the place of work, as it is shown."""
    return joined(", ", [by.name, by.unit])


def _third(entry: Entry, header: Element | None) -> Header:
    access, author = first(header, "accessControlHeader"), first(header, "author")
    return Header(
        id=_identity(entry, identity(first(header, "sourceSystemId")), identity(first(header, "record/id"))),
        person=person(value(access, "patientId/extension"), value(access, "patientId/root")),
        author=Professional(
            name=value(author, "name"),
            role=coded(first(author, "byRole")).text,
            at=entry.moment(author, "timestamp"),
            unit=value(author, "orgUnit/orgUnitName"),
        ),
        at=entry.moment(header, "record/timestamp"),
        signed=bool(entry.moment(header, "signature/timestamp") or value(header, "signature/name")),
        private=boolean(entry, access, "approvedForPatient") is False,
    )


def _identity(entry: Entry, system: str | None, id_: str | None) -> str:
    if id_ is None:
        made = f"{entry.origin.file}#{entry.origin.row}"
        entry.issue("id-missing", "documentId", made)
        return made
    return f"{system}/{id_}" if system else id_
