"""Whom to ring: relatives, the person's own doctor, and the senders that state a phone. Each once a citizen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from backupreader.domain.records import Contact, ContactKind
from sync.markup import Element
from sync.medcom.reading import Reading
from sync.medcom.words import ADDRESS, NOT_CARRIED, ORGANISATION

_GENERAL_PRACTICE: Final = frozenset({"almen_medicin", "almenlaege_laegevagt"})
_NOT_FAMILY: Final = frozenset({"nabo", "ven", "veninde", "bekendt"})
_GUARDIAN: Final = "vaerge"


@dataclass(slots=True)
class Contacts:
    """The contacts of one read. Nothing is merged: a new phone of the same person is a contact of its own."""

    _known: set[str] = field(default_factory=set[str])

    def of(self, reading: Reading, letter: Element, citizen: str) -> Iterator[Contact]:
        """The contacts of a letter that no letter before it had."""
        found = [
            *(
                _relative(reading, citizen, one)
                for path in ("Relatives/Relative", "Relative")
                for one in letter.all(path)
            ),
            *(_doctor(reading, citizen, one) for one in letter.all("Practitioner")),
            *(contact for one in letter.all("Sender") for contact in _sender(reading, citizen, one)),
        ]
        for contact in found:
            if contact is not None and contact.id not in self._known:
                self._known.add(contact.id)
                yield contact


def organisation(element: Element) -> str | None:
    """What an organisation is called: hospital, department and ward, or the doctor's practice."""
    return ", ".join(text for name in ORGANISATION for text in element.values(name)) or None


def address(element: Element) -> str | None:
    """Where it is, on one line."""
    street, suburb, code, district = (element.value(name) for name in ADDRESS)
    place = " ".join(filter(None, (code, district)))
    return ", ".join(filter(None, (street, suburb, place))) or None


def numbers(element: Element) -> list[tuple[str | None, str]]:
    """The phones that stand in an element, with what each is called where that is said."""
    found: list[tuple[str | None, str]] = [(None, text) for text in element.values("TelephoneSubscriberIdentifier")]
    for one in element.all("TelephoneSubscriber"):
        called = one.value("TelephoneSubscriberCode") or one.value("TelephoneType")
        found += [
            (called, text) for name in ("TelephoneSubscriberIdentifier", "TelephoneNumber") for text in one.values(name)
        ]
    return found


def _made(about: tuple[Reading, str, ContactKind], name: str, element: Element, more: list[str]) -> Contact:
    reading, citizen, kind = about
    phones = numbers(element)
    notes = [f"{called}: {text}" for called, text in phones if called] + [
        text for called, text in phones[2:] if not called
    ]
    contact = Contact(
        id="",
        citizen=citizen,
        name=name,
        origin=reading.origin,
        kind=kind,
        relation=element.value("RelationCode") or element.value("PersonTitle"),
        phone=phones[0][1] if phones else None,
        phone2=phones[1][1] if len(phones) > 1 else None,
        address=address(element),
        note="\n".join([*notes, *more]) or None,
    )
    said = (contact.name, contact.kind, contact.relation, contact.phone, contact.phone2, contact.address, contact.note)
    digest = hashlib.blake2b("\x1f".join(text or "" for text in said).encode(), digest_size=6).hexdigest()
    return replace(contact, id=f"{citizen}#contact-{digest}")


def _relative(reading: Reading, citizen: str, element: Element) -> Contact | None:
    _leave_out(element)
    name = " ".join(filter(None, (element.value("PersonGivenName"), element.value("PersonSurnameName"))))
    relation = element.value("RelationCode")
    if not name and not numbers(element):
        if relation is not None:
            reading.issue("name-missing", "Relative", relation)
        return None
    if not name:
        reading.issue("name-missing", "Relative", None)
    word = (relation or "").lower()
    kind: ContactKind = "guardian" if word == _GUARDIAN else "other" if word in _NOT_FAMILY else "relative"
    return _made((reading, citizen, kind), name or relation or "?", element, _rest(element))


def _doctor(reading: Reading, citizen: str, element: Element) -> Contact | None:
    _leave_out(element)
    own = element.value("Identifier")  # the practice's number (ydernummer), by which every list of doctors finds it
    name = element.value("PersonName") or organisation(element) or own
    if name is None:
        return None
    return _made((reading, citizen, "gp"), name, element, [own] if own and own != name else [])


def _sender(reading: Reading, citizen: str, element: Element) -> Iterator[Contact]:
    name = organisation(element)
    kind = _kind(element)
    if numbers(element):
        yield _made((reading, citizen, kind), name or "?", element, [])
    for one in element.all("ContactInformation"):
        person = ", ".join(text for key in ("ContactNamePrimary", "ContactNameSecondary") for text in one.values(key))
        keys = ("TelefaxSubscriberIdentifier", "EmailAddressIdentifier", "ContactTimeText")
        more = [text for key in keys for text in one.values(key)]
        if numbers(one) or more:
            contact = _made((reading, citizen, kind), person or name or "?", one, [*([name] if name else []), *more])
            yield contact


def _kind(sender: Element) -> ContactKind:
    """A hospital's ward, or a general practice; a municipality and every other doctor are "other"."""
    code, specialty = sender.value("IdentifierCode"), sender.value("MedicalSpecialityCode")
    if code == "sygehusafdelingsnummer":
        return "department"
    return "gp" if code == "ydernummer" and specialty in _GENERAL_PRACTICE else "other"


def _leave_out(element: Element) -> None:
    for child in element.children:
        if child.name in NOT_CARRIED:
            child.take()


def _rest(element: Element) -> list[str]:
    """What a relative has besides name, relation, address and phones."""
    asked = {
        "PersonGivenName",
        "PersonSurnameName",
        "RelationCode",
        "TelephoneSubscriberIdentifier",
        "TelephoneSubscriber",
    }
    found = [child for child in element.children if child.name not in asked | {*ADDRESS} | NOT_CARRIED.keys()]
    return [text for child in found if (text := child.value()) is not None]
