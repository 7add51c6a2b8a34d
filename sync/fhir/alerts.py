"""AllergyIntolerance, Flag and an advance directive's Consent → Alert; the three states of allergies stay apart.

A *stated* none ("no known allergy", "no known drug allergy", SNOMED CT and IPS) is an alert of kind
``no-known-allergy``. A none of another sort only ("no known food allergy") is a warning in its own words: it says
nothing of penicillin. A stated absence of information ("no-allergy-info") is no statement about allergies: it becomes
an `Issue` of severity ``note`` and nothing else.
"""

from __future__ import annotations

from typing import Final

from backupreader.domain.records import Alert, AlertKind, RecordStatus
from sync.fhir.concept import all_said, coded, codes, joined, notes_text, said
from sync.fhir.narrative import plain
from sync.fhir.reading import Reading
from sync.fhir.shape import Json, part, parts, word, words

NO_INFORMATION: Final = frozenset({"no-allergy-info", "no-problem-info", "no-medication-info", "no-procedure-info"})
"""IPS "absent or unknown": nothing is known. HL7 FHIR IPS code system absent-unknown-uv-ips."""

_NONE_KNOWN: Final = frozenset({
    "716186003",  # no known allergy
    "409137002",  # no known history of drug allergy
    "160244002",  # no known allergies, of older releases
    "no-known-allergies",
    "no-known-medication-allergies",
})  # fmt: skip
_NONE_OF_ONE_SORT: Final = frozenset({
    "428607008",  # no known environmental allergy
    "429625007",  # no known food allergy
    "428197003",  # no known insect allergy
    "716184000",  # no known latex allergy
    "716220001",  # no known animal allergy
    "1003774007",  # no known Hevea brasiliensis latex allergy
    "no-known-environmental-allergies",
    "no-known-food-allergies",
})  # fmt: skip
_STATES: Final[dict[str, RecordStatus]] = {
    "active": "active",
    "recurrence": "active",
    "relapse": "active",
    "inactive": "inactive",
    "remission": "inactive",
    "resolved": "inactive",
}
_CATEGORIES: Final[dict[str, AlertKind]] = {
    "diet": "diet",
    "behavioral": "staff-safety",
    "advance-directive": "treatment-limit",
    "129839007": "fall",
}
_DIRECTIVES: Final = frozenset({"acd", "dnr", "hcd", "polst", "59284-0", "75320-2"})
_NOT_IN_FORCE: Final = frozenset({"rejected", "inactive"})


def condition_status(reading: Reading) -> tuple[RecordStatus, str | None, str | None]:
    """Status, the source's word for it, and the verification, of an allergy or a condition.

    A refuted one is never active.
    """
    clinical = _state(reading.resource, "clinicalStatus")
    verification = _state(reading.resource, "verificationStatus")
    if verification == "entered-in-error":
        return "entered-in-error", clinical or verification, verification
    if verification == "refuted":
        return "refuted", clinical or verification, verification
    if clinical is None:
        return "unknown", None, verification
    known = _STATES.get(clinical)
    if known is None:
        reading.issue("status-unknown", "clinicalStatus", clinical)
    return known or "unknown", clinical, verification


def _state(resource: Json, key: str) -> str | None:
    concept = part(resource, key)
    return next((code for item in parts(concept, "coding") if (code := word(item, "code"))), word(concept, "text"))


def narrative(resource: Json) -> str | None:
    """The plain text of a resource's narrative, for where nothing else carries text."""
    markup = word(part(resource, "text"), "div")
    return plain(markup) if markup else None


def onset(reading: Reading, stem: str) -> tuple[str | None, str | None]:
    """The moment of an onset or abatement, and the words of one that is no moment (an age, a range, a text)."""
    resource = reading.resource
    moment = reading.moment(resource, stem + "DateTime") or reading.period(resource, stem + "Period")[0]
    age = reading.quantity_text(resource, stem + "Age")
    told = word(resource, stem + "String") or age
    return moment, f"{stem}: {told}" if told else None


def allergy(reading: Reading) -> None:
    """An AllergyIntolerance."""
    resource = reading.resource
    code = part(resource, "code")
    known = codes(code)
    if known & NO_INFORMATION:
        reading.issue("no-information-stated", "code", said(code), "note")
        return
    citizen = reading.citizen("patient")
    if citizen is None:
        return
    reactions = parts(resource, "reaction")
    text = (
        said(code) or coded(code)[1] or all_said([part(item, "substance") for item in reactions]) or narrative(resource)
    )
    if text is None:
        reading.issue("text-missing", "code", None, "error")
        text = joined(", ", [*words(resource, "category")]) or reading.id
    status, status_source, verification = condition_status(reading)
    start, start_words = onset(reading, "onset")
    system, number = coded(code)
    reading.out.append(
        Alert(
            id=reading.id,
            citizen=citizen,
            kind=_kind(known),
            text=text,
            origin=reading.origin,
            status=status,
            status_source=status_source,
            verification=verification,
            code_system=system,
            code=number,
            severity=word(resource, "criticality"),
            reaction=joined("; ", [_reaction(item, text) for item in reactions]),
            note=joined("\n", [start_words, notes_text(resource)]),
            start=start,
            recorded_at=reading.moment(resource, "recordedDate"),
            recorded_by=reading.who(resource, "recorder") or reading.who(resource, "asserter"),
        )
    )


def _kind(known: set[str] | frozenset[str]) -> AlertKind:
    if known & _NONE_KNOWN:
        return "no-known-allergy"
    return "other" if known & _NONE_OF_ONE_SORT else "allergy"


def _reaction(item: Json, text: str) -> str | None:
    substance = said(part(item, "substance"))
    shown = joined(", ", [said(manifestation) for manifestation in parts(item, "manifestation")])
    whole = joined(" – ", [substance if substance != text else None, shown, word(item, "description")])
    severity = word(item, "severity")
    return f"{whole or ''} ({severity})".strip() if severity else whole


def alarm(reading: Reading) -> None:
    """A Flag."""
    citizen = reading.citizen()
    if citizen is None:
        return
    resource = reading.resource
    code = part(resource, "code")
    categories = parts(resource, "category")
    text = said(code) or narrative(resource) or all_said(categories) or coded(code)[1]
    if text is None:
        reading.issue("text-missing", "code", None, "error")
    found = codes(code).union(*(codes(item) for item in categories))
    kinds: list[AlertKind] = [_CATEGORIES[name] for name in sorted(found) if name in _CATEGORIES]
    status = word(resource, "status")
    start, end = reading.period(resource, "period")
    system, number = coded(code)
    reading.out.append(
        Alert(
            id=reading.id,
            citizen=citizen,
            kind=kinds[0] if kinds else "other",
            text=text or reading.id,
            origin=reading.origin,
            status=_flag_status(reading, status),
            status_source=status,
            code_system=system,
            code=number,
            note=all_said(categories),
            start=start,
            end=end,
            recorded_by=reading.who(resource, "author"),
        )
    )


def _flag_status(reading: Reading, status: str | None) -> RecordStatus:
    if status == "active":
        return "active"
    if status == "inactive":
        return "inactive"
    if status == "entered-in-error":
        return "entered-in-error"
    if status is not None:
        reading.issue("status-unknown", "status", status)
    return "unknown"


def directive(reading: Reading) -> None:
    """A Consent that is an advance directive is a limit of treatment; any other one is not shown, and says so."""
    resource = reading.resource
    categories = parts(resource, "category")
    if not _DIRECTIVES & set().union(*(codes(item) for item in categories)):
        reading.issue("resource-not-shown", None, None, "note")
        return
    citizen = reading.citizen("patient")
    if citizen is None:
        return
    status = word(resource, "status")
    provision = part(resource, "provision")
    detail = joined(
        "; ", [word(provision, "type"), all_said(parts(provision, "action")), all_said(parts(provision, "code"))]
    )
    start, end = reading.period(provision, "period")
    state: RecordStatus = "active" if status == "active" else "inactive" if status in _NOT_IN_FORCE else "unknown"
    reading.out.append(
        Alert(
            id=reading.id,
            citizen=citizen,
            kind="treatment-limit",
            text=joined("\n", [all_said(categories), detail]) or reading.id,
            origin=reading.origin,
            status="entered-in-error" if status == "entered-in-error" else state,
            status_source=status,
            note=narrative(resource),
            start=start,
            end=end,
            recorded_at=reading.moment(resource, "dateTime"),
            recorded_by=reading.all_who(resource, "performer"),
        )
    )
