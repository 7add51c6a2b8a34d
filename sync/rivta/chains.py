"""What is ordered, and what the prescriptions of a chain say of each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sync.markup import Element
from sync.rivta.entry import coded, first, identity, joined, stamp, value

STOP: Final = frozenset({"U", "Utsättning"})


@dataclass(frozen=True, slots=True)
class Chained:
    """What other prescriptions of the chain need of one: its drug, and the moment the one before it ends."""

    drug: str | None
    ends_former: str | None


@dataclass(frozen=True, slots=True)
class Drug:
    """The one of five ways to name what is ordered (*DrugChoiceType*)."""

    name: str | None = None
    substance: str | None = None
    atc: str | None = None
    form: str | None = None
    strength: str | None = None
    route: str | None = None
    remark: str | None = None


def drug_of(choice: Element | None) -> Drug:
    """What is ordered, with everything but its dosage."""
    drug, generics = first(choice, "drug"), first(choice, "generics")
    npl, atc = coded(first(drug, "nplId")), coded(first(drug, "atcCode"))
    pack = coded(first(choice, "drugArticle/nplPackId"))
    goods = coded(first(choice, "merchandise/articleNumber"))
    free = value(choice, "unstructuredDrugInformation/unstructuredInformation")
    substance = value(generics, "substance")
    strength = [value(drug, "strength"), value(drug, "strengthUnit")]
    wanted = [value(generics, "strength/value"), value(generics, "strength/unit")]
    numbers = (("NPL-id", npl.code), ("NPL-pack-id", pack.code), ("Varunummer", goods.code))
    return Drug(
        name=npl.text or pack.text or goods.text or free or substance or atc.text,
        substance=substance or atc.text,
        atc=atc.code,
        form=joined(", ", [value(drug, "pharmaceuticalForm"), value(generics, "form")]),
        strength=" ".join(part for part in strength if part) or " ".join(part for part in wanted if part) or None,
        route=coded(first(drug, "routeOfAdministration")).text,
        remark=joined("\n", [value(choice, "comment"), *(f"{name}: {code}" for name, code in numbers if code)]),
    )


def chained(record: Element) -> tuple[str | None, str | None, Chained]:
    """A prescription's key, that of the one before it, and what it says for others. Marks nothing as taken.

    One that was nullified (*makulerad*) ends nothing.
    """
    prescription = first(record, "medicationMedicalRecordBody/medicationPrescription")
    former = key_of(record, "precedingPrescriptionId")
    stops = value(prescription, "typeOfPrescription") in STOP
    moment = value(prescription, "endOfTreatment" if stops else "startOfTreatment")
    return (
        key_of(record, "prescriptionId"),
        former,
        Chained(drug_of(first(prescription, "drug")).name, None if _nullified(record) else stamp(moment)),
    )


def key_of(record: Element, name: str) -> str | None:
    """What a prescription is found by: an id is one within its root, and a chain is one person's."""
    found = first(record, f"medicationMedicalRecordBody/medicationPrescription/{name}")
    own = identity(found)
    return None if own is None else "\0".join((_of_header(record, "patientId/id"), value(found, "root") or "", own))


def _of_header(record: Element, path: str) -> str:
    found = [child.value(path) for child in record.children if child.name.lower().endswith("header")]
    return next(filter(None, found), "")


def _nullified(record: Element) -> bool:
    return _of_header(record, "nullified") in {"true", "1"}
