"""Whom the letters are about: one citizen a person number, as the newest letter names them, and where they are now.

A letter that is older, or that says less, does not change a name, an address or a phone that a newer one stated; what
an older one said otherwise is told in an `Issue`. Notices of admission and discharge (XDIS20, XDIS17) say where the
person is: see `sync.stays`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from backupreader.domain.identity import identify
from backupreader.domain.records import Citizen, CitizenStatus, Identifier, Issue, Origin
from sync.adapter import Item
from sync.ecpr import only_ones
from sync.markup import Element
from sync.medcom.reading import SHOWN_OF_A_VALUE, Reading
from sync.medcom.words import ANNULLED
from sync.stays import Effect, Stay, Turn, standing

_EFFECTS: Final[dict[str, Effect]] = {"rettetbrev": "revise", ANNULLED: "cancel"}
_STAYS: Final[dict[str, CitizenStatus]] = {
    "indlagt": "hospital",
    "flyttet_til_sygehus": "hospital",
    "flyttet_til_sygehusafd": "hospital",
    "udskrevet_til_hjemmet": "home",
    "udskrevet_til_andet": "unknown",
    "uoplyst": "unknown",
    "doed": "deceased",
    "doed_e": "deceased",
}
_NOTICES: Final = {
    "NotificationOfAdmission": ("Admission", "hospital"),
    "NotificationOfDischarge": ("Discharge", "unknown"),
}


@dataclass(frozen=True, slots=True)
class _Said:
    """What one letter said, with the letter's moment and place."""

    order: int
    values: tuple[str | None, ...]
    origin: Origin


@dataclass(slots=True)
class _Person:
    numbers: tuple[Identifier, ...]
    origin: Origin
    said: dict[str, _Said] = field(default_factory=dict[str, _Said])
    turns: list[Turn] = field(default_factory=list[Turn])

    def facts(self, what: str, size: int) -> tuple[str | None, ...]:
        known = self.said.get(what)
        return known.values if known else (None,) * size


class People:
    """The persons of one read, by the id of their citizen."""

    def __init__(self) -> None:
        self._persons: dict[str, _Person] = {}

    def citizen(self, reading: Reading, patient: Element, order: int, letter: str) -> str | None:
        """The id of the letter's citizen, whose name, address and phone are taken in; None where nobody is named.

        A person without a number that is only hers (`sync.ecpr`) is a citizen of this letter alone: nobody is matched
        by name, nor by a number that a region or a hospital gave.
        """
        numbers = [
            (name, value)
            for name in ("CivilRegistrationNumber", "AlternativeIdentifier")
            if (value := patient.value(name))
        ]
        name = (patient.value("PersonGivenName"), patient.value("PersonSurnameName"))
        if not numbers and not any(name):
            return None
        own = next((found for _, value in numbers if (found := only_ones(value)) is not None), None)
        if own is None:
            said = " ".join(filter(None, (*name, *(value for _, value in numbers))))
            reading.issue("person-number-missing", "Patient/CivilRegistrationNumber", said)
        id_ = f"{reading.source}:{own}" if own is not None else f"{letter}#patient"
        identifiers = tuple(identify(value, "DK") for _, value in numbers)
        person = self._persons.setdefault(id_, _Person(identifiers, reading.origin))
        known = {identifier.value for identifier in person.numbers}
        person.numbers += tuple(one for one in identifiers if one.value not in known)
        street = _joined(patient.value("StreetName"), patient.value("SuburbName"))
        place = (street, patient.value("PostCodeIdentifier"), patient.value("DistrictName"))
        phones = tuple(patient.values("TelephoneSubscriberIdentifier"))
        for what, values in (("name", name), ("address", place), ("phone", phones)):
            if any(values):
                _take(reading, person, what, _Said(order, values, reading.origin))
        return id_

    def notice(self, reading: Reading, letter: Element, citizen: str, written_at: str | None) -> None:
        """Where a notice of admission or discharge says that the person is."""
        element, otherwise = _NOTICES.get(letter.name, ("", ""))
        if not element:
            return
        code = letter.value("Patient/EpisodeOfCareStatusCode")
        status: CitizenStatus = _STAYS.get(
            code or "", "hospital" if otherwise == "hospital" and not code else "unknown"
        )
        if code is not None and code not in _STAYS:
            reading.issue("status-unknown", "Patient/EpisodeOfCareStatusCode", code)
        since = reading.moment(letter.first(element), element)
        effect = _EFFECTS.get(letter.value("Letter/StatusCode") or "", "new")
        word = code or letter.name
        stay = None if effect == "cancel" else Stay(status, since, word)
        episode = letter.value("Letter/NotificationIdentifier") or letter.value("Letter/EpisodeOfCareIdentifier")
        word = f"{ANNULLED} {letter.name}" if effect == "cancel" else word
        self._persons[citizen].turns.append(Turn(written_at, episode, element, effect, stay, word))

    def citizens(self, zone: str) -> Iterator[Item]:
        """Every person, once, after all letters."""
        for id_, person in self._persons.items():
            given, family = person.facts("name", 2)
            street, code, district = person.facts("address", 3)
            phone, *others = person.facts("phone", 1)
            full = _joined(given, family, between=" ")
            if full is None:
                full = person.numbers[0].value
                yield Issue(
                    code="name-missing",
                    file=person.origin.file,
                    row=person.origin.row,
                    column="Patient",
                    severity="note",
                )
            stay = standing(person.turns, zone)
            yield Citizen(
                id=id_,
                name=full,
                origin=person.origin,
                given=given,
                family=family,
                identifiers=person.numbers,
                address=street,
                postal_code=code,
                city=district,
                phone=phone,
                status=stay.status if stay else "unknown",
                status_source=stay.word if stay else None,
                status_since=stay.since if stay else None,
                deceased_at=stay.since if stay and stay.status == "deceased" else None,
                remark=_joined(*others, between=", "),
            )


def _take(reading: Reading, person: _Person, what: str, said: _Said) -> None:
    """Keep what the newer letter said; tell what the older one said otherwise, at its place.

    But for an address, of which only its place is told: another source may know it to be protected.
    """
    known = person.said.get(what)
    if known is None or known.values == said.values:
        if known is None or known.order <= said.order:
            person.said[what] = said
        return
    older, newer = (known, said) if known.order <= said.order else (said, known)
    person.said[what] = newer
    text = None if what == "address" else ", ".join(filter(None, older.values))[:SHOWN_OF_A_VALUE]
    reading.out.append(
        Issue(
            code="older-value",
            file=older.origin.file,
            row=older.origin.row,
            column=f"Patient/{what}",
            value=text,
            severity="note",
        )
    )


def _joined(*texts: str | None, between: str = ", ") -> str | None:
    return between.join(filter(None, texts)) or None
