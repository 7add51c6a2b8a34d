"""DrugMedication (*lægemiddelordination*) → Medication and its doses; those that are private or invalid too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from backupreader.domain.records import Dose, Medication, MedicationStatus
from sync.fmk.actors import actor
from sync.fmk.dosage import Dosing, dosing
from sync.fmk.doses import Place
from sync.fmk.drug import coded, drug
from sync.fmk.entry import Entry, backwards, flags, joined, present, spelled
from sync.fmk.prescriptions import dispensed, is_dose_dispensed, remark
from sync.fmk.schema import not_carried
from sync.markup import Element

# Every child that the schema knows. What else comes as a flag, or as who did something and when, may be a state of the
# order that did not exist when this was written: its status is then unknown.
_SCHEMA: Final = frozenset({
    "Identifier", "Version", "PreviousVersion", "NextVersion", "ParentIdentifier", "Created", "ReportedBy", "Modified",
    "ModifiedNonclinical", "Type", "FollowUpDates", "Paused", "Withdrawn", "IsPrivateDrugMedication", "NegativeConsent",
    "BeginEndDate", "Indication", "RouteOfAdministration", "Drug", "Dosage", "SubstitutionAllowed", "Effectuation",
    "InvalidEffectuation", "Prescription", "InvalidPrescription", "ReimbursementClause", "Warrant", "InvalidWarrant",
    "DispensingSummary", "HandoverPreference", "PlannedAdministration", "PlannedDispensing", "IsInvalid", "Invalidated",
    "InvalidationReason", "Status",
})  # fmt: skip
_WHOLE: Final = (
    ("Warrant", "Udleveringsgrundlag"),
    ("InvalidWarrant", "Ugyldigt udleveringsgrundlag"),
    ("DispensingSummary", "Udleveringsoversigt"),
    ("HandoverPreference", "Overleveringspræference"),
    ("PlannedAdministration", "Planlagt administration"),
    ("PlannedDispensing", "Planlagt dispensering"),
    ("Invalidated", "Gjort ugyldig"),
    ("InvalidationReason", "Årsag til ugyldighed"),
)
_BY_A_DOCTOR: Final = "Lægeordineret"
_PRIVATE: Final = ("IsPrivateDrugMedication", "NegativeConsent")
_BOUNDS: Final = frozenset({
    "TreatmentStartDate", "TreatmentEndDate", "TreatmentStartedPreviously", "TreatmentEndingUndetermined",
})  # fmt: skip
_MARK: Final = frozenset({"By", "DateTime", "Reason"})


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says of all its orders."""

    citizen: str
    reviewed_at: str | None = None
    invalid: bool = False
    dose_dispensed: bool | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Period:
    """From when until when, and whether a bound of it could not be read or contradicts the other."""

    start: str | None
    end: str | None
    unreadable: bool


def order(entry: Entry, element: Element, own: str, card: Card) -> Iterator[Medication | Dose]:
    """An order and its doses. `InvalidDrugMedication` and `PrivateDrugMedication` may hold an identifier only."""
    column = element.name
    entry.remarks += card.remarks
    found = drug(entry, element.first("Drug"))
    base = Dose(id=own, medication=own, citizen=card.citizen, origin=entry.origin)
    read = _dosing(entry, element, base)
    period = _period(entry, element, column)
    paused = _paused(entry, element, column)
    stopped, reason = _withdrawn(entry, element, column)
    status, source = _status(entry, element, card, broken=period.unreadable or paused.unreadable)
    _facts(entry, element, column)
    if status == "stopped" and period.end is not None:
        entry.note("Behandlingsslut efter planen", period.end)
    created = element.first("Created")
    yield Medication(
        id=own,
        citizen=card.citizen,
        drug=found.name or _nameless(entry, element, own),
        origin=entry.origin,
        list="FMK",
        substance=found.substance,
        atc=found.atc,
        form=found.form,
        strength=found.strength,
        route=coded(element.first("RouteOfAdministration")),
        indication=coded(element.first("Indication")),
        kind=read.kind,
        status=status,
        status_source=source,
        dosage_text=read.text,
        instruction=read.instruction,
        start=period.start,
        end=stopped if status == "stopped" else period.end,
        paused_from=paused.start,
        paused_to=paused.end,
        stop_reason=reason,
        prescriber=actor(created.first("By")) if created is not None else None,
        prescribed_at=entry.moment(created, "DateTime", f"{column}/Created"),
        reviewed_at=card.reviewed_at,
        dose_dispensed=is_dose_dispensed(element.all("Prescription")) or card.dose_dispensed,
        private=present(element, *_PRIVATE) or column == "PrivateDrugMedication",
        remark=entry.remark,
    )
    for number, dose in enumerate(read.doses, start=1):
        yield replace(dose, id=f"{own}#{number}")


def _dosing(entry: Entry, element: Element, base: Dose) -> Dosing:
    """The order's dosage; an element in it that nobody knows may change its meaning, so it is remarked too."""
    found = element.first("Dosage")
    if found is None and element.name != "DrugMedication":
        return Dosing()
    read = dosing(Place(entry, f"{element.name}/Dosage"), found, base)
    if found is not None:
        strange = [(path, value) for path, _, value in found.left()] + [(path, "") for path, _ in flags(found)]
        for path, value in strange:
            if not not_carried(path):
                entry.note("Dosering, ukendt her", joined(" ", [path.removeprefix("Dosage/"), value]))
    return read


def _nameless(entry: Entry, element: Element, own: str) -> str:
    """What stands in the place of a name that was not delivered, and the `Issue` that says why."""
    identifier = element.value("Identifier") or own
    if element.name == "PrivateDrugMedication":
        entry.issue("private-withheld", element.name, identifier)
        return f"Privatmarkeret lægemiddelordination {identifier}"
    if element.name == "InvalidDrugMedication":
        entry.issue("order-invalid", element.name, identifier)
        return f"Ugyldig lægemiddelordination {identifier}"
    entry.issue("name-missing", f"{element.name}/Drug/Name", identifier, "error")
    return f"Lægemiddelordination {identifier}"


def _status(entry: Entry, element: Element, card: Card, *, broken: bool) -> tuple[MedicationStatus, str | None]:
    """What FMK says of the order, the most final first; a state that nobody knows is unknown, with its word."""
    words = [joined(": ", [child.name, spelled(child)]) or "" for child in element.children if _is_state(child)]
    for word in words:
        entry.issue("status-unknown", element.name, word)
    invalid = element.name == "InvalidDrugMedication" or present(element, "IsInvalid", "Invalidated")
    rules: tuple[tuple[bool, MedicationStatus, str | None], ...] = (
        (invalid, "invalid", "InvalidDrugMedication"),
        (present(element, "Withdrawn"), "stopped", "Withdrawn"),
        (bool(words), "unknown", joined("; ", words)),
        (element.name == "PrivateDrugMedication", "unknown", element.name),
        (card.invalid, "invalid", "IsInvalid"),
        (broken, "unknown", "en dato kan ikke være rigtig"),
        (present(element, "Paused"), "paused", "Paused"),
    )
    for holds, status, why in rules:
        if holds:
            return status, why
    return "active", None


def _is_state(child: Element) -> bool:
    """A status in words, or an unknown element that is a flag or says who did something, when and why."""
    if child.name == "Status":
        return True
    flag = not child.text.strip() and all(inner.name in _MARK for inner in child.children)
    return child.name not in _SCHEMA and flag


def _period(entry: Entry, element: Element, column: str) -> _Period:
    """The treatment's; that it has no end yet is said, since an end not delivered looks the same."""
    inner = f"{column}/BeginEndDate"
    found = element.first("BeginEndDate")
    if found is None:
        return _Period(None, None, unreadable=False)
    start, end = entry.moment(found, "TreatmentStartDate", inner), entry.moment(found, "TreatmentEndDate", inner)
    if present(found, "TreatmentStartedPreviously"):
        entry.note("Behandlingsstart", "påbegyndt tidligere")
    if present(found, "TreatmentEndingUndetermined"):
        entry.note("Behandlingsslut", "ubestemt")
    unreadable = _unread(found, ("TreatmentStartDate", start), ("TreatmentEndDate", end))
    strange = [child for child in found.children if child.name not in _BOUNDS]
    for child in strange:  # it may be a bound under another name: the order would seem to have none
        entry.note(f"Behandling ({child.name})", spelled(child) or "ja")
        entry.issue("value-unknown", f"{inner}/{child.name}", spelled(child))
    unreadable = unreadable or bool(strange)
    return _forwards(entry, _Period(start, end, unreadable), "Behandling", inner)


def _paused(entry: Entry, element: Element, column: str) -> _Period:
    found, inner = element.first("Paused"), f"{column}/Paused"
    if found is None or not present(element, "Paused"):
        return _Period(None, None, unreadable=False)
    names = ("FromDate", "FromDateTime", "ToDate", "ToDateTime")
    read = [(name, entry.moment(found, name, inner)) for name in names]
    entry.note("Pauseret", entry.moment(found, "DateTime", inner), actor(found.first("By")), *_reasons(found))
    start, end = read[0][1] or read[1][1], read[2][1] or read[3][1]
    strange = [child.name for child in found.children if child.name not in _MARK | {*names} and "Date" in child.name]
    if _unread(found, *read) or strange:  # without its end a pause would seem to last for ever
        told = [f"{name} {found.value(name)}" for name in (*names, *strange) if found.value(name)]
        entry.note("Pauseret", *told)
        for name in strange:
            entry.issue("value-unknown", f"{inner}/{name}", found.value(name))
        return _Period(None, None, unreadable=True)
    return _forwards(entry, _Period(start, end, unreadable=False), "Pauseret", inner)


def _forwards(entry: Entry, period: _Period, label: str, column: str) -> _Period:
    """The period; one that ends before it starts is a remark and no period, since it would exclude every day."""
    if not backwards(period.start, period.end):
        return period
    written = f"{period.start} – {period.end}"
    entry.issue("period-backwards", column, written, "error")
    entry.note(label, written)
    return _Period(None, None, unreadable=True)


def _withdrawn(entry: Entry, element: Element, column: str) -> tuple[str | None, str | None]:
    """When and why an order was ended (*seponeret*)."""
    found, inner = element.first("Withdrawn"), f"{column}/Withdrawn"
    if found is None:
        return None, None
    at = entry.moment(found, "DateTime", inner)
    entry.note("Seponeret", at, actor(found.first("By")))
    return at, joined(", ", _reasons(found))


def _reasons(found: Element) -> list[str]:
    """Whatever else is said of a pause or an end is why."""
    known = _MARK - {"Reason"} | {"FromDate", "FromDateTime", "ToDate", "ToDateTime"}
    return [spelled(child) for child in found.children if child.name not in known]


def _unread(found: Element, *read: tuple[str, str | None]) -> bool:
    return any(text is None and found.value(name) is not None for name, text in read)


def _facts(entry: Entry, element: Element, column: str) -> None:
    """What has no field of its own."""
    kind = element.value("Type")
    entry.note("Ordinationstype", None if kind == _BY_A_DOCTOR else kind)
    entry.note("Hører til ordination", element.value("ParentIdentifier"))
    modified = element.first("Modified")
    if modified is not None:
        entry.note("Ændret", entry.moment(modified, "DateTime", f"{column}/Modified"), actor(modified.first("By")))
    dates = [date for found in element.all("FollowUpDates") for date in (found, *found.children)]
    entry.note("Opfølgningsdato", *(entry.moment(date, "", f"{column}/FollowUpDates") for date in dates))
    allowed = entry.whether(element, "SubstitutionAllowed", column)
    if allowed is not None:
        entry.note("Substitution", "tilladt" if allowed else "ikke tilladt")
    entry.note("Tilskud", element.value("ReimbursementClause"))
    for name, label in _WHOLE:
        for found in element.all(name):
            entry.note(label, spelled(found))
    for prescription in element.all("Prescription"):
        remark(entry, prescription, f"{column}/Prescription")
    for effectuation in element.all("Effectuation"):
        dispensed(entry, effectuation, f"{column}/Effectuation")
