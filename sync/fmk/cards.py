"""MedicineCard → the citizen and all orders on it, one card at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.identity import compacted
from backupreader.domain.records import Citizen, Dose, Issue, Medication
from sync.fmk.actors import actor, organisation
from sync.fmk.entry import Entry, flags, joined, present, spelled
from sync.fmk.orders import Card, order
from sync.fmk.person import citizen, citizen_id, person_number
from sync.fmk.prescriptions import loose
from sync.fmk.schema import known, not_carried
from sync.markup import Element

ENTRIES: Final = frozenset({"DrugMedication", "PrivateDrugMedication", "InvalidDrugMedication", "Prescription"})
_LONGEST: Final = 200

Read = Citizen | Medication | Dose


@dataclass(slots=True)
class Outcome:
    """What became of one card: itself and its entries, counted together."""

    read: int
    refused: int = 0
    left: int = 0


@dataclass(slots=True)
class Cards:
    """Reads the cards of one source. `taken` are the citizens whose card was taken, with when it was last changed."""

    prefix: str
    zone: ZoneInfo
    taken: dict[str, str | None] = field(default_factory=dict[str, str | None])
    latest: dict[str, int] = field(default_factory=dict[str, int])
    ids: set[str] = field(default_factory=set[str])
    told: set[str] = field(default_factory=set[str])

    def begin(self, latest: dict[str, int]) -> None:
        """Another file: what was told of one is told of the next again.

        `latest` is when the newest card of each number was `changed`, where the file holds several.
        """
        self.told.clear()
        self.latest = latest

    def read(self, file: str, element: Element, outcome: Outcome) -> Iterator[Read | Issue]:
        """A card's records and issues. `outcome` is told what became of it."""
        entry = Entry(self.prefix, file, element.line, "citizen", self.zone)
        entries = _entries(element)
        outcome.read = 1 + len(entries)
        self._version(entry, element)
        numbers = {compacted(number) for path in _NUMBERS for number in element.values(path)}
        version = element.value("Version")
        if len(numbers) > 1 or len(element.all("Patient")) > 1:
            entry.issue("two-persons", "MedicineCard/Patient", ", ".join(sorted(numbers)), "error")
            outcome.refused = outcome.read
            element.take()
        elif present(element, "NextVersion") or changed(element, self.zone) < self.latest.get(number_of(element), 0):
            entry.issue("resource-older", "MedicineCard/NextVersion", f"medicinkort {version}")
            outcome.left = outcome.read
            element.take()
        else:
            own = citizen_id(entry, person_number(element), f"{file}#{element.line}")
            if own in self.taken:
                self._again(entry, element, own)
                outcome.left = outcome.read
                element.take()
            else:
                self.taken[own] = element.value("Modified/DateTime")
                yield from self._whole(entry, element, own)
        yield from entry.issues
        yield from self.unread(file, element)

    def _whole(self, entry: Entry, element: Element, own: str) -> Iterator[Read | Issue]:
        card = _card(entry, element, own)
        yield citizen(entry, element, own)
        for child in _entries(element):
            inner = Entry(self.prefix, entry.file, child.line, zone=self.zone)
            id_ = self._own(inner, child, own)
            if child.name == "Prescription":
                yield loose(inner, child, id_, own)
            else:
                yield from order(inner, child, id_, card)
            yield from inner.issues

    def _own(self, entry: Entry, child: Element, citizen: str) -> str:
        """The entry's id: FMK's own, else its place; told where it stands twice."""
        number = child.value("Identifier")
        kind = "recept-" if child.name == "Prescription" else ""
        id_ = f"{self.prefix}{kind}{number}" if number else f"{citizen}#{child.line}"
        if number is None:
            entry.issue("id-missing", f"{child.name}/Identifier", id_)
        unique, count = id_, 1
        while unique in self.ids:
            count += 1
            unique = f"{id_}~{count}"
        if unique != id_:
            entry.issue("id-repeated", f"{child.name}/Identifier", number)
        self.ids.add(unique)
        return unique

    def _again(self, entry: Entry, element: Element, own: str) -> None:
        """Another card of the citizen, fetched earlier. One that was changed later contradicts that."""
        changed, before = element.value("Modified/DateTime"), self.taken[own]
        contrary = changed is not None and before is not None and changed > before
        told = joined(", ", [element.value("Version"), changed])
        entry.issue("card-repeated", "MedicineCard/Version", told, "error" if contrary else "warning")

    def _version(self, entry: Entry, element: Element) -> None:
        if not known(element.namespace) and element.namespace not in self.told:
            self.told.add(element.namespace)
            entry.issue("schema-unknown", "MedicineCard", element.namespace)

    def unread(self, file: str, element: Element, *, envelope: bool = False) -> Iterator[Issue]:
        """What nobody asked for and no table names: once for each path of a file. An envelope may be empty."""
        empty = [] if envelope else [(path, line, "") for path, line in flags(element)]
        for path, line, value in [*element.left(), *empty]:
            if path not in self.told and not not_carried(path):
                self.told.add(path)
                shown = value[:_LONGEST]
                yield Issue(code="element-left-unread", file=file, row=line, column=path, value=shown, severity="note")


def changed(element: Element, zone: ZoneInfo) -> int:
    """When a card was last changed, to be compared with another's; 0 where it does not say."""
    return moments.order(element.value("Modified/DateTime"), zone)


def number_of(element: Element) -> str:
    """The number of a card's citizen without its separators; empty where there is none."""
    return compacted(person_number(element) or "")


def _entries(element: Element) -> list[Element]:
    """The entries of a card, also those in an element around them that nobody knows: they are never none."""
    found: list[Element] = []
    for child in element.children:
        found += [child] if child.name in ENTRIES else _entries(child)
    return found


_NUMBERS: Final = ("Patient/Person/PersonIdentifier", "PersonIdentifier")


def _card(entry: Entry, element: Element, own: str) -> Card:
    """What the card says of itself, remarked of the citizen; that it is not reviewed is remarked of each order too."""
    modified, reviewed, not_reviewed = (element.first(name) for name in ("Modified", "Reviewed", "NotReviewed"))
    reviewed_at = entry.moment(reviewed, "DateTime", "MedicineCard/Reviewed")
    since = entry.moment(not_reviewed, "DateTime", "MedicineCard/NotReviewed")
    invalid = present(element, "IsInvalid")
    if invalid:
        entry.issue("card-invalid", "MedicineCard/IsInvalid", element.value("Version"))
    entry.note("FMK-medicinkort version", element.value("Version"))
    if modified is not None:
        entry.note("Medicinkort ændret", entry.moment(modified, "DateTime", "MedicineCard/Modified"))
        entry.note("Medicinkort ændret af", actor(modified.first("By")))
    if reviewed is not None:
        entry.note("Medicinkort ajourført", reviewed_at, actor(reviewed.first("By")))
    remarks: list[str] = []
    if not_reviewed is not None:
        told = joined(", ", [since, actor(not_reviewed.first("By"))]) or "ja"
        remarks.append(f"Medicinkort ikke ajourført: {told}")
        entry.issue("card-not-reviewed", "MedicineCard/NotReviewed", told)
    entry.remarks += remarks
    packed = entry.whether(element, "HasOpenDosageDispensingPrescriptions", "MedicineCard")
    ordered = entry.whether(element, "OrderedPrescriptionsExist", "MedicineCard")
    entry.note("Åbne dosisdispenseringsrecepter", "ja" if packed else None)
    entry.note("Bestilte recepter", "ja" if ordered else None)
    for relation in element.all("PatientOrganisationRelation"):
        rest = [child for child in relation.children if child.name not in {"Identifier", "Type", "Organisation"}]
        where = organisation(relation.first("Organisation"))
        entry.note("FMK-relation", relation.value("Type"), where, *(f"{one.name} {spelled(one)}" for one in rest))
    for latest in element.all("LatestDosageDispensingEffectuation/*"):
        at = entry.moment(latest, "DateTime", "MedicineCard/LatestDosageDispensingEffectuation")
        entry.note("Seneste dosisdispensering", at, actor(latest.first("By")))
    return Card(own, reviewed_at, invalid, False if packed is False else None, tuple(remarks))
