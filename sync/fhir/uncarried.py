"""The elements of FHIR that are not carried, by name, each with the reason. Everything else is carried or told."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Final

_SERVER: Final = "the sender's notes on the resource itself: its form, its version, its language"
_NUMBER: Final = "the number of this entry in the source; the record's own id tells entries apart"
_NARRATIVE: Final = "a page made from the data beside it; one that says more is taken as a note"
_SERIES: Final = "which request, contact or plan it belongs to: no screen groups by it"
_BEHIND: Final = "the parts stand as records of their own"
_SORTING: Final = "sorts entries in the source; nothing is shown or left out by it"
_ELSEWHERE: Final = "where it was registered; the citizen's own units say where she is cared for"
_MACHINE: Final = "the measuring device's technical data"
_ORIGIN: Final = "facts for registers: nationality, birthplace, municipality code, position on a map"
_REGISTER: Final = "a number of a helper's own; she is shown by name, relation and phone"

UNCARRIED: Final[dict[str, str]] = {
    "*.id": _NUMBER,
    "*.meta.*": _SERVER,
    "*.language": _SERVER,
    "*.extension.url": "the name of an extension; what stands in it is told on its own",
    "*.text.div": _NARRATIVE,
    "*.text.status": _NARRATIVE,
    "*.identifier.*": _NUMBER,
    "*.masterIdentifier.*": _NUMBER,
    "*.encounter.reference": _SERIES,
    "*.basedOn.reference": _SERIES,
    "CarePlan.intent": "a plan of care is shown by its status, whatever it was meant as first",
    "CarePlan.activity.outcomeReference.*": _BEHIND,
    "*.addresses.extension.*": "the rank of a reason among the reasons, which are all shown",
    "AllergyIntolerance.category": _SORTING,
    "AllergyIntolerance.type": "allergy or intolerance: what must be avoided is the same, and is shown",
    "ClinicalImpression.investigation.item.*": _BEHIND,
    "ClinicalImpression.extension.*": _SERIES,
    "Composition.confidentiality": "the sender's rule for its own users; who may open what is decided on this PC",
    "Composition.type.*": "the title says what it is",
    "Composition.section.code.*": "the section's title says what it is",
    "Composition.section.entry.reference": _BEHIND,
    "Condition.evidence.*": _BEHIND,
    "Condition.extension.valueReference.*": _SERIES,
    "Condition.asserter.reference": "whom the source does not name; who recorded it is shown",
    "Condition.note.authorReference.*": "whom the source does not name",
    "Device.*": _MACHINE,
    "DiagnosticReport.category.*": _SORTING,
    "DiagnosticReport.issued": "when it was sent; when it was found is shown",
    "DiagnosticReport.result.*": _BEHIND,
    "DocumentReference.authenticator.*": "who signed it stands in the document",
    "DocumentReference.category.*": _SORTING,
    "DocumentReference.contained.*": "copies of whom it is about and who wrote it, who have resources of their own",
    "DocumentReference.content.attachment.hash": "a digest of the document, which is kept whole",
    "DocumentReference.content.attachment.language": _SERVER,
    "DocumentReference.content.attachment.size": "the size of the document, which is kept whole",
    "DocumentReference.content.format.*": _SERVER,
    "DocumentReference.context.*": _ELSEWHERE,
    "DocumentReference.custodian.*": _ELSEWHERE,
    "DocumentReference.extension.*": _SERVER,
    "DocumentReference.securityLabel.*": "the sender's rule for its own users; who may open what is decided on this PC",
    "DocumentReference.type.*": "the title or the description says what it is",
    "Encounter.class.*": "the kind of contact is shown by its type",
    "Encounter.diagnosis.rank": _SORTING,
    "Encounter.extension.valueReference.*": _ELSEWHERE,
    "Encounter.participant.period.*": "when one helper came and went within the contact, whose times are shown",
    "Encounter.participant.type.*": "the part a helper played; her name is shown",
    "Goal.extension.*": _SERIES,
    "Goal.outcomeCode.extension.*": "who stated the outcome; the outcome is shown",
    "Goal.target.measure.*": "what is measured; the goal's own words are shown",
    "Immunization.primarySource": "whether it is known at first hand; the vaccination is shown either way",
    "Location.*": "of a place only its name, kind, phone and address are shown",
    "MedicationRequest.category.*": _SORTING,
    "MedicationStatement.basedOn.*": _SERIES,
    "MedicationStatement.informationSource.*": "who told of it; the order and its status are shown",
    "Observation.basedOn.*": _SERIES,
    "Observation.category.*": _SORTING,
    "Observation.derivedFrom.*": _BEHIND,
    "Observation.device.*": _MACHINE,
    "Observation.extension.*": _SERIES,
    "Observation.issued": "when it was sent; when it was measured is shown",
    "Observation.method.*": "how it was measured; the value is shown as it was given",
    "Organization.active": "a unit is shown as long as citizens belong to it",
    "Organization.address.*": _ORIGIN,
    "Organization.extension.*": _ORIGIN,
    "Patient.address.country": _ORIGIN,
    "Patient.address.state": _ORIGIN,
    "Patient.address.type": _ORIGIN,
    "Patient.address.extension.*": _ORIGIN,
    "Patient.extension.*": _ORIGIN,
    "Patient.link.*": "another citizen of the source; the same person is found by her numbers",
    "Patient.multipleBirth*": _ORIGIN,
    "Patient.name.prefix": "a title; the name is shown",
    "Patient.name._family.*": "why there is no family name",
    "RelatedPerson.birthDate": _REGISTER,
    "RelatedPerson.gender": _REGISTER,
    "ServiceRequest.extension.extension.*": _ELSEWHERE,
}
"""By ``type.path``; ``*`` is anything."""


@lru_cache(maxsize=20_000)
def why(kind: str, path: str) -> str | None:
    """Why the element at ``path`` of a resource of this kind is not carried; None where it is not named here."""
    whole = f"{kind}.{path}"
    return next((reason for pattern, reason in UNCARRIED.items() if fnmatchcase(whole, pattern)), None)
