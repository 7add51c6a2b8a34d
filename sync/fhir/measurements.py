"""Observation → Measurement: one for its value, one for each component.

An answer in free text to a KL code is journal text, a Note.

Any kind of value comes through as the text it was written with. A missing value says why (`dataAbsentReason`), and is
never dropped.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from backupreader.domain.records import Measurement, Note
from sync.fhir.alerts import narrative
from sync.fhir.care import is_kl
from sync.fhir.concept import (
    all_said,
    coded,
    displayed,
    joined,
    labelled,
    limits_text,
    notes_text,
    period_text,
    range_text,
    ratio_text,
    said,
)
from sync.fhir.reading import Reading
from sync.fhir.shape import Json, flag, part, parts, whole, word

State: TypeAlias = Literal["final", "preliminary", "amended", "entered-in-error", "unknown"]
_STATES: Final[dict[str, State]] = {
    "final": "final",
    "registered": "preliminary",
    "preliminary": "preliminary",
    "amended": "amended",
    "corrected": "amended",
    "entered-in-error": "entered-in-error",
    "cancelled": "unknown",
    "unknown": "unknown",
}


def observation(reading: Reading) -> None:
    """An Observation."""
    citizen = reading.citizen()
    if citizen is None:
        return
    resource = reading.resource
    code = part(resource, "code")
    written = word(resource, "status")
    status = _STATES.get(written or "", "unknown")
    if written not in _STATES:
        reading.issue("status-unknown", "status", written)
    taken_at = _taken_at(reading)
    taken_by = reading.all_who(resource, "performer")
    told = part(resource, "valueCodeableConcept")
    if word(told, "text") and (is_kl(code) or is_kl(told)):
        _journal_text(reading, citizen, told, taken_at, taken_by)
        return
    name = said(code) or coded(code)[1] or narrative(resource)
    if name is None:
        reading.issue("text-missing", "code", None, "error")
        name = reading.id
    components = parts(resource, "component")
    own, unit = _value(reading, resource)
    rows: list[tuple[str, Json, str, str, str | None]] = []
    absent = said(part(resource, "dataAbsentReason"))
    if own is not None or absent is not None or not components:
        value = own or labelled("dataAbsentReason", absent) or _members(reading) or narrative(resource)
        if value is None:
            reading.issue("value-missing", "value")
        rows.append((reading.id, resource, name, value or "–", unit))
    for place, component in enumerate(components, start=1):
        value, unit = _value(reading, component)
        value = value or labelled("dataAbsentReason", said(part(component, "dataAbsentReason")))
        if value is None:
            reading.issue("value-missing", "component.value")
        inner = said(part(component, "code")) or str(place)
        rows.append((f"{reading.id}#{place}", component, f"{name}: {inner}", value or "–", unit))
    shared = [
        labelled("status", written) if written == "cancelled" else None,
        all_said(parts(resource, "interpretation")),
        labelled("focus", _focus(reading)),
        labelled("bodySite", said(part(resource, "bodySite"))),
        notes_text(resource),
    ]
    for id_, holder, label, value, unit in rows:
        system, number = coded(part(holder, "code"))
        own_words = [all_said(parts(holder, "interpretation")), _reference_range(reading, holder)]
        reading.out.append(
            Measurement(
                id=id_,
                citizen=citizen,
                name=label,
                value=value,
                origin=reading.origin,
                unit=unit,
                code_system=system,
                code=number,
                taken_at=taken_at,
                taken_by=taken_by,
                status=status,
                status_source=written,
                note=joined("\n", [*own_words, *shared]),
            )
        )


def _taken_at(reading: Reading) -> str | None:
    resource = reading.resource
    return (
        reading.moment(resource, "effectiveDateTime")
        or reading.moment(resource, "effectiveInstant")
        or reading.period(resource, "effectivePeriod")[0]
        or reading.moment(resource, "issued")
    )


def _journal_text(reading: Reading, citizen: str, told: Json, taken_at: str | None, taken_by: str | None) -> None:
    resource = reading.resource
    written = word(resource, "status")
    coded_value = displayed(told)
    reading.out.append(
        Note(
            id=reading.id,
            citizen=citizen,
            text=joined("\n", [coded_value, word(told, "text"), notes_text(resource)]) or reading.id,
            origin=reading.origin,
            written_at=taken_at,
            kind="Observation",
            title=said(part(resource, "code")),
            author=taken_by,
            status=_note_status(_STATES.get(written or "", "unknown")),
            status_source=written,
        )
    )


def _note_status(status: State) -> Literal["final", "preliminary", "entered-in-error", "superseded", "unknown"]:
    return "final" if status == "amended" else status


def _value(reading: Reading, holder: Json) -> tuple[str | None, str | None]:
    """The value of an Observation or a component, whatever its type, and its unit."""
    value, unit = reading.quantity(holder, "valueQuantity")
    if value is not None:
        return value, unit
    truth = flag(holder, "valueBoolean")
    if truth is not None:
        return ("true" if truth else "false"), None
    number = whole(holder, "valueInteger")
    if number is not None:
        return str(number), None
    sampled = part(holder, "valueSampledData")
    concept = part(holder, "valueCodeableConcept")
    return (
        _concept(concept)
        or word(holder, "valueString")
        or range_text(holder, "valueRange", reading.decimals)
        or ratio_text(holder, "valueRatio", reading.decimals)
        or word(holder, "valueTime")
        or reading.moment(holder, "valueDateTime")
        or period_text(holder, "valuePeriod")
        or word(sampled, "data")
        or unit
    ), None


def _concept(concept: Json) -> str | None:
    """A coded value: its text, and the term of the code where that says something else."""
    return joined(" – ", [word(concept, "text"), displayed(concept)]) if concept else None


def _members(reading: Reading) -> str | None:
    """A panel has no value of its own: it names the observations that belong to it."""
    members = parts(reading.resource, "hasMember")
    return labelled("hasMember", joined(", ", [word(item, "display") or word(item, "reference") for item in members]))


def _focus(reading: Reading) -> str | None:
    """The condition that an observation looks at."""
    directory = reading.directory
    found = [
        directory.conditions.get(directory.key(item) or "") or word(item, "display")
        for item in parts(reading.resource, "focus")
    ]
    return joined("; ", found)


def _reference_range(reading: Reading, holder: Json) -> str | None:
    found: list[str | None] = []
    for item in parts(holder, "referenceRange"):
        limits = limits_text(item, reading.decimals)
        found.append(joined(" ", [limits, said(part(item, "type")), word(item, "text")]))
    return labelled("referenceRange", joined("; ", found))
