"""Prescriptions and what was handed out on them: remarks of the order they belong to.

A loose prescription (*løs recept*) belongs to none. It says what a pharmacy may hand out, not what the citizen takes:
it is an order of unknown status, so that it is seen and nobody takes it for a current one.
"""

from __future__ import annotations

from typing import Final

from backupreader.domain.records import Medication, MedicationStatus
from sync.fmk.actors import actor, organisation
from sync.fmk.drug import coded, drug
from sync.fmk.entry import Entry, joined, present, spelled
from sync.markup import Element

_OPEN: Final = "åben"
# PrescriptionStatusType: an open or inactive one says nothing of whether the citizen takes it.
_STATUS: Final[dict[str, MedicationStatus]] = {
    "åben": "unknown", "inaktiv": "unknown", "afsluttet": "completed", "udløbet": "completed", "annulleret": "stopped",
    "ugyldig": "invalid",
}  # fmt: skip
_MOMENTS: Final = (
    ("ValidFromDate", "gyldig fra"),
    ("ValidToDate", "gyldig til"),
    ("AuthorisationDateTime", "udstedt"),
    ("LatestEffectuationDateTime", "senest udleveret"),
    ("TerminatedDateTime", "afsluttet"),
    ("Deprecated", "ikke relevant siden"),
)
_TEXTS: Final = (
    ("ReimbursementClause", "tilskud"),
    ("SupplementaryInformation", "supplerende oplysninger"),
    ("InvalidationReasonText", "årsag til ugyldighed"),
    ("DosageText", "dosering"),
)
_YES: Final = {True: "tilladt", False: "ikke tilladt"}


def remark(entry: Entry, prescription: Element, column: str) -> None:
    """One prescription of an order, with what was handed out on it."""
    at = entry.moment(prescription.first("Created"), "DateTime", f"{column}/Created")
    entry.note("Recept", *_facts(entry, prescription, column), _labelled("oprettet", at))
    found = prescription.first("Drug")
    if found is not None:
        inner = drug(entry, found, "Receptens lægemiddel")
        entry.note("Receptens lægemiddel", inner.name, inner.strength, inner.form)
    _handed_out(entry, prescription, column)


def is_dose_dispensed(prescriptions: list[Element]) -> bool:
    """Is there an open prescription by which the drug is packed in doses?"""
    return any(one.value("Status") == _OPEN and one.first("DoseDispensedRestriction") for one in prescriptions)


def loose(entry: Entry, prescription: Element, own: str, citizen: str) -> Medication:
    """A prescription that belongs to no order."""
    column = "Prescription"
    found = drug(entry, prescription.first("Drug"))
    written = prescription.value("Status")
    status = _STATUS.get((written or "").casefold(), "unknown")
    text = prescription.value("DosageText")
    entry.note("Løs recept", *_facts(entry, prescription, column))
    _handed_out(entry, prescription, column)
    created = prescription.first("Created")
    return Medication(
        id=own,
        citizen=citizen,
        drug=found.name or own,
        origin=entry.origin,
        list="FMK",
        substance=found.substance,
        atc=found.atc,
        form=found.form,
        strength=found.strength,
        indication=coded(prescription.first("Indication")),
        status=status,
        status_source=joined(": ", ["løs recept", written]),
        dosage_text=text,
        prescriber=actor(created.first("By")) if created is not None else None,
        prescribed_at=entry.moment(created, "DateTime", f"{column}/Created"),
        dose_dispensed=True if is_dose_dispensed([prescription]) else None,
        private=present(prescription, "IsPrivatePrescription"),
        remark=entry.remark,
    )


def dispensed(entry: Entry, effectuation: Element, column: str) -> None:
    """What was handed out or given, when and by whom. Neither is the record of a dose: it stays a remark."""
    created = effectuation.first("Created")
    at, registered = (
        entry.moment(effectuation, "DateTime", column),
        entry.moment(created, "DateTime", f"{column}/Created"),
    )
    without = effectuation.first("CreatedWithoutPerson")
    entry.note(
        "Udleveret",
        at,
        _labelled("registreret", registered if registered != at else None),
        effectuation.value("EffectuationMethod"),
        *_amounts(effectuation),
        "efter ordinationen" if present(effectuation, "IsEffectuatedAccordingToDrugMedication") else None,
        *(inner for name in ("Drug", "SubstitutedDrug") for inner in _drugs(entry, effectuation, name)),
        actor(created.first("By")) if created is not None else None,
        actor(without.first("By")) if without is not None else None,
        *effectuation.values("LabelText"),
        *effectuation.values("PharmacyComment"),
    )


def _facts(entry: Entry, prescription: Element, column: str) -> list[str | None]:
    allowed = entry.whether(prescription, "SubstitutionAllowed", column)
    created = prescription.first("Created")
    by = actor(created.first("By")) if created is not None else None
    restriction = prescription.first("PackageRestriction")
    packed = prescription.first("DoseDispensedRestriction")
    return [
        prescription.value("Status"),
        *(_labelled(label, entry.moment(prescription, name, column)) for name, label in _MOMENTS),
        *(_amounts(restriction) if restriction is not None else ()),
        joined(" ", ["dosisdispensering", spelled(packed)]) if packed is not None else None,
        _labelled("substitution", None if allowed is None else _YES[allowed]),
        *(_labelled(label, prescription.value(name)) for name, label in _TEXTS),
        _labelled("indikation", coded(prescription.first("Indication"))),
        "privatmarkeret" if present(prescription, "IsPrivatePrescription") else None,
        _labelled("udstedt af", by),
    ]


def _handed_out(entry: Entry, prescription: Element, column: str) -> None:
    for order in prescription.all("Order"):
        entry.note(
            "Bestilling",
            order.value("Status"),
            organisation(order.first("OrderedAtPharmacy")),
            *order.values("DeliveryInstructionText"),
            *(spelled(packed) for packed in order.all("DoseDispensing")),
        )
        for effectuation in order.all("Effectuation"):
            dispensed(entry, effectuation, f"{column}/Order/Effectuation")


def _amounts(holder: Element) -> list[str | None]:
    """Packages or doses, as numbers and units as written."""
    size = holder.first("PackageSize") or holder.first("PackageDispensed/PackageSize")
    text = size.value("PackageSizeText") if size is not None else None
    numeric = joined(" ", [size.value("Value"), size.value("UnitText")]) if size is not None else None
    every = joined(" ", [holder.value("IterationInterval"), holder.value("IterationIntervalUnit")])
    return [
        joined(" ", _either(holder, "DoseQuantity") + _either(holder, "DosageQuantityUnitText")),
        _labelled("antal pakninger", joined(" ", _either(holder, "PackageQuantity"))),
        _labelled("pakning", text if numeric is None or text == numeric else joined(" = ", [text, numeric])),
        _labelled("varenummer", joined(" ", _either(holder, "PackageNumber"))),
        _labelled("antal iterationer", holder.value("IterationNumber")),
        _labelled("med mellemrum af", every),
    ]


def _either(holder: Element, name: str) -> list[str]:
    """A value of the element itself, or of its account of what was dispensed."""
    inner = [f"{kind}/{name}" for kind in ("DoseDispensed", "PackageDispensed")]
    return [text for path in (name, *inner) for text in holder.values(path)]


def _drugs(entry: Entry, effectuation: Element, name: str) -> list[str | None]:
    """The drug that was handed out in the place of the ordered one."""
    found = [
        one for path in (name, f"DoseDispensed/{name}", f"PackageDispensed/{name}") for one in effectuation.all(path)
    ]
    read = [drug(entry, one, "Udleveret lægemiddel") for one in found]
    return [joined(" ", [one.name, one.strength, one.form]) for one in read]


def _labelled(label: str, text: str | None) -> str | None:
    return f"{label} {text}" if text else None
