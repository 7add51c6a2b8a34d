"""Citizens, by the names of real answers to `patientDetailsSearch` and of the short citizens within other answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from backupreader.domain.identity import identify
from backupreader.domain.records import Citizen, CitizenStatus, Identifier
from sync.nexus import clock
from sync.nexus.around import EMAILS, LINES, person, phones_of
from sync.nexus.node import Node, joined, labelled
from sync.nexus.reading import Reading

# The names that municipalities give the states of a citizen (each may add its own; "Indlagt" and "Aktiv" are seen in
# odense-rpa's robots).
STATES: Final[dict[str, CitizenStatus]] = {
    "aktiv": "home", "hjemme": "home", "udskrevet": "home",
    "indlagt": "hospital", "på sygehus": "hospital", "hospital": "hospital",
    "orlov": "leave", "ferie": "leave", "bortrejst": "leave",
    "aflastning": "respite", "midlertidigt ophold": "respite", "midlertidig plads": "respite",
    "fraflyttet": "moved", "flyttet": "moved",
    "inaktiv": "ended", "afsluttet": "ended", "passiv": "ended",
    "død": "deceased", "afdød": "deceased", "afgået ved døden": "deceased",
}  # fmt: skip
_SEX: Final = {"MALE": "male", "FEMALE": "female", "MAND": "male", "KVINDE": "female"}
_ADDRESSES: Final = (
    "primaryAddress",
    "temporaryAddress",
    "secondaryAddress",
    "supplementaryAddress",
    "planningAddress",
)
_RECORD_STATUS_OF_NO_NOTE: Final = frozenset({"FINAL", "ACTIVE"})
_WISHES: Final = ("treatmentWill", "livingWill", "organDonation")  # their form is not known: all of it is shown
_GP: Final = ("generalPractitioner", "primaryDoctor", "doctor", "gp")


def number_of(node: Node) -> tuple[str | None, str | None]:
    """The citizen's number and the kind that the system says it is; a number may stand there without a kind."""
    if not node.is_object("patientIdentifier"):
        return node.text("patientIdentifier"), None
    identifier = node.part("patientIdentifier")
    return (identifier.text("identifier"), identifier.text("type")) if identifier else (None, None)


def citizen(reading: Reading, node: Node) -> None:
    """A citizen, and the general practitioner who stands in it."""
    birth = clock.day(reading.moment(node, "birthDate"))
    number, kind = number_of(node)
    given = joined(" ", [node.text("firstName"), node.text("middleName")])
    family = node.text("lastName")
    name = node.text("fullName", "displayName", "name") or joined(" ", [given, family])
    if name is None:
        reading.issue("name-missing", "citizen.fullName")
    place, others, restricted = _addresses(node)
    secret_phones = node.flag("telephonesRestricted") is True
    hidden = restricted or secret_phones
    phones = phones_of(node)
    emails = [node.text(key) for key in EMAILS]
    status, word = _state(reading, node)
    deceased_at = reading.day(node, "deceasedDate")
    for key in _GP:
        if node.is_object(key):
            doctor = node.part(key)
            if doctor is not None:
                person(reading, doctor, reading.id, f"{reading.id}#{key}", "gp")
    remark = [
        labelled("knownAs", node.text("knownAs")),
        labelled("title", node.text("title")),
        node.text("notes"),
        labelled("patientCategory", node.text("patientCategory")),
        _record_status(node),
        labelled("patientStateEndDate", reading.day(node, "patientStateEndDate")),
        *([] if hidden else [joined(", ", [*phones[1:]]), joined(", ", emails), *others]),
        *(line for key in _WISHES for line in node.lines(key)),
    ]
    protected_name = node.flag("nameRestricted", "nameProtected", "restricted") is True
    reading.out.append(
        Citizen(
            id=reading.id,
            name=name or number or reading.id,
            origin=reading.origin,
            given=given,
            family=family,
            birth_date=birth,
            sex=_sex(node),
            identifiers=(_identifier(reading, number, kind, birth),) if number else (),
            phone=phones[0] if phones else None,
            unit=reading.units.get(reading.id),
            status="deceased" if deceased_at else status,
            status_source=word,
            status_since=reading.day(node, "patientStateStartDate"),
            protected_name=protected_name,
            protected_address=hidden,
            language=_language(node),
            marital_status=node.text("maritalStatus"),
            deceased_at=deceased_at,
            remark=joined("\n", remark),
            address=place.street,
            postal_code=place.postal_code,
            city=place.city,
        )
    )
    if hidden and (any(others) or len(phones) > 1 or any(emails)):
        reading.issue("element-left-unread", "citizen.addresses", None, "note")
    reading.tell(node, hidden=hidden)


def _record_status(node: Node) -> str | None:
    word = node.text("patientStatus")
    return None if word in _RECORD_STATUS_OF_NO_NOTE else labelled("patientStatus", word)


def _sex(node: Node) -> str | None:
    word = node.text("gender")
    return _SEX.get(word.upper(), word) if word else None


def _language(node: Node) -> str | None:
    spoken = node.part("preferredLanguage") if node.is_object("preferredLanguage") else None
    return spoken.text("languageResource", "name", "displayName") if spoken else node.text("preferredLanguage")


def _state(reading: Reading, node: Node) -> tuple[CitizenStatus, str | None]:
    word = node.text("patientState")
    if word is None:
        return "unknown", None
    status = STATES.get(word.strip().casefold(), "unknown")
    if status == "unknown":
        reading.issue("status-unknown", "citizen.patientState", word)
    return status, word


def _identifier(reading: Reading, number: str, kind: str | None, birth: str | None) -> Identifier:
    """The number as the domain's rules know it; one that the system itself gave (``REPLACEMENT_CPR``) is a replacement.

    The types ``cpr`` and ``replacement cpr`` are likely ones; a type that names neither is judged by the number.
    """
    told = identify(number, reading.country, birth)
    if kind is not None and any(mark in kind.casefold() for mark in ("replac", "erstat", "ecpr")):
        return Identifier("replacement", number, kind)
    return Identifier(told.kind, number, kind, told.valid)


@dataclass(frozen=True, slots=True)
class _Place:
    """One address, and from when to when it holds."""

    street: str | None = None
    postal_code: str | None = None
    city: str | None = None
    period: str | None = None

    def line(self, name: str) -> str | None:
        """The address on one line after what it is called."""
        return labelled(name, joined(", ", [self.street, self.postal_code, self.city, self.period]))


def _addresses(node: Node) -> tuple[_Place, list[str | None], bool]:
    """The address where the citizen is now, the other ones as lines, and whether any of them is protected.

    `currentAddressIndicator` (``PRIMARY_ADDRESS``, ``TEMPORARY_ADDRESS``, …) names the present one. A short citizen has
    only a `currentAddress`.
    """
    indicator = node.text("currentAddressIndicator")
    wanted = f"{indicator.casefold().removesuffix('_address')}Address" if indicator else None
    known = {key: place for key in ("currentAddress", *_ADDRESSES) if (place := node.part(key)) is not None}
    restricted = [place.flag("restricted") for place in known.values()]
    read = {key: _place(place) for key, place in known.items()}
    filled = {key: place for key, place in read.items() if place != _Place()}
    chosen = wanted if wanted in filled else next(iter(filled), None)
    if chosen is None:
        return _Place(), [], any(restricted)
    others = [place.line(key) for key, place in filled.items() if key != chosen]
    others.append(labelled(chosen, filled[chosen].period))
    if chosen not in (wanted, "currentAddress"):
        others.append(labelled("currentAddressIndicator", indicator))
    return filled[chosen], others, any(restricted)


def _place(place: Node) -> _Place:
    since, until = place.text("startDate"), place.text("endDate")
    return _Place(
        street=joined(", ", [place.text(line) for line in LINES]) or place.text("address"),
        postal_code=place.text("postalCode"),
        city=place.text("postalDistrict", "city"),
        period=joined(" – ", [since, until]),
    )
