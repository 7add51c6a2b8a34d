"""Which reader takes which type of resource, and which tables an export that carries the type delivers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from sync.fhir import (
    alerts,
    attachments,
    care,
    devices,
    measurements,
    medicine,
    notes,
    people,
    places,
    questionnaires,
    requests,
    visits,
)
from sync.fhir.concept import joined, said
from sync.fhir.reading import Reading
from sync.fhir.shape import part, parts, word

Reader: TypeAlias = Callable[[Reading], None]


def for_reference(reading: Reading) -> None:
    """A resource that only others refer to: its names and numbers were taken in the first pass."""
    reading.issue("resource-for-reference", None, word(reading.resource, "id"), "note")


def outcome(reading: Reading) -> None:
    """An OperationOutcome: what the source itself reports of its export."""
    for item in parts(reading.resource, "issue"):
        told = joined(
            ": ",
            [word(item, "severity"), said(part(item, "details")) or word(item, "diagnostics") or word(item, "code")],
        )
        grave = word(item, "severity") in {"error", "fatal"}
        reading.issue("source-reports", "issue", told, "error" if grave else "note")


READERS: Final[dict[str, Reader]] = {
    "Patient": people.patient,
    "RelatedPerson": people.related_person,
    "Organization": places.place,
    "Location": places.place,
    "CareTeam": places.place,
    "Practitioner": for_reference,
    "PractitionerRole": for_reference,
    "HealthcareService": for_reference,
    "Medication": for_reference,
    "Binary": for_reference,
    "AllergyIntolerance": alerts.allergy,
    "Flag": alerts.alarm,
    "Consent": alerts.directive,
    "Condition": care.condition,
    "CarePlan": care.care_plan,
    "ServiceRequest": requests.service_request,
    "Task": requests.task,
    "Goal": care.goal,
    "Observation": measurements.observation,
    "MedicationRequest": medicine.request,
    "MedicationStatement": medicine.statement,
    "MedicationAdministration": medicine.administration,
    "MedicationDispense": medicine.dispense,
    "Appointment": visits.appointment,
    "Encounter": visits.encounter,
    "Procedure": notes.procedure,
    "Immunization": notes.immunization,
    "DiagnosticReport": notes.report,
    "Communication": notes.communication,
    "ClinicalImpression": notes.impression,
    "QuestionnaireResponse": questionnaires.questionnaire,
    "Composition": notes.composition,
    "Device": devices.device,
    "DocumentReference": attachments.document_reference,
    "OperationOutcome": outcome,
    "Media": attachments.media,
}

OF_MESSAGE: Final = frozenset({"MessageHeader", "Provenance", "Organization", "CareTeam"})
"""What a message says of itself, and who sends it to whom (`sync.fhir.messages`): a sender is no unit of a site."""

DELIVERS: Final[dict[str, tuple[str, ...]]] = {
    "Patient": ("citizen",),
    "RelatedPerson": ("contact",),
    "Organization": ("unit",),
    "Location": ("unit",),
    "CareTeam": ("unit",),
    "AllergyIntolerance": ("alert",),
    "Flag": ("alert",),
    "Condition": ("condition",),
    "CarePlan": ("intervention",),
    "ServiceRequest": ("intervention",),
    "Task": ("intervention",),
    "Goal": ("note",),
    "Observation": ("measurement",),
    "MedicationRequest": ("medication", "dose"),
    "MedicationStatement": ("medication", "dose"),
    "MedicationAdministration": ("administration",),
    "MedicationDispense": ("note",),
    "Appointment": ("visit",),
    "Encounter": ("note",),
    "Procedure": ("note",),
    "Immunization": ("note",),
    "DiagnosticReport": ("note",),
    "Communication": ("note",),
    "ClinicalImpression": ("note",),
    "QuestionnaireResponse": ("note",),
    "Composition": ("note",),
    "DocumentReference": ("note",),
    "Media": ("document",),
}
"""Also when it delivered none of them. Any other table is delivered by the records that come for it."""
