"""MedicationRequest, MedicationStatement → Medication, Dose; MedicationAdministration → Administration.

A status that says nothing ("unknown") stays unknown; on hold is a pause. An order *not* to give is ``invalid``, and
its remark says so.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from backupreader.domain.records import Administration, Medication, MedicationStatus, Note
from sync.fhir.alerts import NO_INFORMATION, narrative
from sync.fhir.concept import all_said, codes, joined, labelled, notes_text, said
from sync.fhir.dosage import dosing
from sync.fhir.drug import Drug, drug_of
from sync.fhir.people import is_restricted
from sync.fhir.reading import Reading
from sync.fhir.shape import Json, flag, part, parts, word
from sync.fhir.timing import as_day, bounds

_STATES: Final[dict[str, MedicationStatus]] = {
    "active": "active",
    "on-hold": "paused",
    "cancelled": "stopped",
    "completed": "completed",
    "entered-in-error": "entered-in-error",
    "stopped": "stopped",
    "draft": "draft",
    "intended": "draft",
    "not-taken": "stopped",
    "unknown": "unknown",
}
_NO_MEDICINE: Final = frozenset({"no-known-medications", "787481004"})

Given: TypeAlias = Literal["planned", "given", "refused", "postponed", "not-given", "entered-in-error", "unknown"]
_GIVEN: Final[dict[str, Given]] = {
    "completed": "given",
    "not-done": "not-given",
    "on-hold": "postponed",
    "entered-in-error": "entered-in-error",
    "in-progress": "unknown",
    "stopped": "unknown",
    "unknown": "unknown",
}
_REFUSED: Final = frozenset({"refused", "PATOBJ", "105480006", "182890002"})


def request(reading: Reading) -> None:
    """A MedicationRequest. A mere proposal is a draft; the prescriber and the moment are the request's own."""
    _order(reading, parts(reading.resource, "dosageInstruction"))


def statement(reading: Reading) -> None:
    """A MedicationStatement, such as one line of a shared medication card."""
    _order(reading, parts(reading.resource, "dosage"))


def _status(reading: Reading) -> tuple[MedicationStatus, str | None]:
    resource = reading.resource
    written = word(resource, "status")
    if written is None:
        reading.issue("status-unknown", "status")
        return "unknown", None
    known = _STATES.get(written)
    if known is None:
        reading.issue("status-unknown", "status", written)
    if flag(resource, "doNotPerform") is True:
        return "invalid", f"{written} (doNotPerform)"
    intent = word(resource, "intent")
    if intent in {"proposal", "option"} and known == "active":
        return "draft", f"{written} ({intent})"
    return known or "unknown", written


def _order(reading: Reading, dosages: list[Json]) -> None:
    resource = reading.resource
    stated = codes(part(resource, "medicationCodeableConcept"))
    if stated & NO_INFORMATION:
        reading.issue("no-information-stated", "medication", said(part(resource, "medicationCodeableConcept")), "note")
        return
    citizen = reading.citizen()
    if citizen is None:
        return
    if stated & _NO_MEDICINE:
        _no_medicine(reading, citizen)
        return
    drug = drug_of(reading, resource)
    status, status_source = _status(reading)
    start, end = bounds(reading, resource, "effectivePeriod")
    dosage = dosing(reading, citizen, dosages)
    reason = all_said(parts(resource, "statusReason"))
    stop_reason = reason if status in {"stopped", "completed", "invalid"} else None
    reading.out.append(
        Medication(
            id=reading.id,
            citizen=citizen,
            drug=drug.name or _nameless(reading),
            origin=reading.origin,
            list="FMK" if "FMK" in (word(part(resource, "meta"), "source") or "") else None,
            substance=drug.substance,
            atc=drug.atc,
            form=drug.form,
            strength=drug.strength,
            route=dosage.route,
            indication=_indication(reading),
            kind=dosage.kind,
            status=status,
            status_source=status_source,
            dosage_text=dosage.text,
            instruction=dosage.instruction,
            start=start or as_day(reading.moment(resource, "effectiveDateTime")),
            end=end,
            stop_reason=stop_reason,
            max_per_day=dosage.max_per_day,
            min_interval=dosage.min_interval,
            prescriber=reading.who(resource, "requester"),
            prescribed_at=reading.moment(resource, "authoredOn"),
            private=is_restricted(resource),
            remark=_remark(reading, reason if stop_reason is None else None),
        )
    )
    reading.out.extend(dosage.doses)


def _indication(reading: Reading) -> str | None:
    resource = reading.resource
    referred = reading.told(resource, "reasonReference")
    return joined("; ", [all_said(parts(resource, "reasonCode")), referred]) if "reasonCode" in resource else referred


def _remark(reading: Reading, reason: str | None) -> str | None:
    resource = reading.resource
    lines = [
        "doNotPerform" if resource.get("doNotPerform") is True else None,
        labelled("statusReason", reason),
        labelled("dateAsserted", reading.moment(resource, "dateAsserted")),
        notes_text(resource),
    ]
    return joined("\n", lines)


def _nameless(reading: Reading) -> str:
    reading.issue("text-missing", "medication", None, "error")
    return narrative(reading.resource) or reading.id


def _no_medicine(reading: Reading, citizen: str) -> None:
    """The stated "no medicine": a note, since a line on the medicine sheet would ask somebody to give it."""
    resource = reading.resource
    reading.out.append(
        Note(
            id=reading.id,
            citizen=citizen,
            text=said(part(resource, "medicationCodeableConcept")) or reading.id,
            origin=reading.origin,
            written_at=reading.moment(resource, "effectiveDateTime") or reading.moment(resource, "dateAsserted"),
            kind=reading.kind,
            status_source=word(resource, "status"),
        )
    )


def administration(reading: Reading) -> None:
    """A MedicationAdministration."""
    citizen = reading.citizen()
    if citizen is None:
        return
    resource = reading.resource
    written = word(resource, "status")
    status = _GIVEN.get(written or "", "unknown")
    if written not in _GIVEN:
        reading.issue("status-unknown", "status", written)
    reasons = parts(resource, "statusReason")
    if status == "not-given" and _REFUSED & set().union(*(codes(item) for item in reasons)):
        status = "refused"
    at = reading.moment(resource, "effectiveDateTime") or reading.period(resource, "effectivePeriod")[0]
    dosage = part(resource, "dosage")
    quantity, unit = reading.quantity(dosage, "dose")
    order = reading.directory.key(part(resource, "request"))
    drug: Drug = drug_of(reading, resource)
    was_given = status in {"given", "unknown", "entered-in-error"}
    reading.out.append(
        Administration(
            id=reading.id,
            citizen=citizen,
            origin=reading.origin,
            medication=reading.prefix + order if order else None,
            drug=joined(" ", [drug.name, drug.strength]),
            planned_at=None if was_given else at,
            given_at=at if was_given else None,
            status=status,
            status_source=written,
            quantity=quantity,
            unit=unit,
            by=reading.all_who(resource, "performer", "actor"),
            reason=joined("; ", [all_said(parts(resource, "reasonCode")), all_said(reasons)]),
            note=joined(
                "\n", [word(dosage, "text"), labelled("route", said(part(dosage, "route"))), notes_text(resource)]
            ),
        )
    )


def dispense(reading: Reading) -> None:
    """A MedicationDispense: what was handed out is told, and is not an order of its own."""
    citizen = reading.citizen()
    if citizen is None:
        return
    resource = reading.resource
    drug = drug_of(reading, resource)
    status = word(resource, "status")
    lines = [
        labelled("status", status) if status != "completed" else None,
        joined(" ", [drug.name, drug.strength]),
        labelled("quantity", reading.quantity_text(resource, "quantity")),
        labelled("daysSupply", reading.quantity_text(resource, "daysSupply")),
        *(word(item, "text") for item in parts(resource, "dosageInstruction")),
        notes_text(resource),
    ]
    reading.out.append(
        Note(
            id=reading.id,
            citizen=citizen,
            text=joined("\n", lines) or reading.id,
            origin=reading.origin,
            written_at=reading.moment(resource, "whenHandedOver") or reading.moment(resource, "whenPrepared"),
            kind=reading.kind,
            title=drug.name,
            author=reading.all_who(resource, "performer", "actor"),
            status="entered-in-error" if status == "entered-in-error" else "final",
            status_source=status,
        )
    )
