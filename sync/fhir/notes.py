"""What becomes a Note: encounters, procedures, immunizations, reports, messages, assessments, summaries.

A note is made of the source's own texts, one a line. Where a bare text could be misread, FHIR's name of its element
stands before it; a status other than done always does, so that "not done" is never read as done.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from backupreader.domain.records import Note
from sync.fhir import sent
from sync.fhir.alerts import narrative
from sync.fhir.attachments import Around, attached
from sync.fhir.concept import all_said, coding_text, joined, labelled, said
from sync.fhir.lines import (
    Line,
    all_who,
    concept,
    concepts,
    display,
    each,
    lines_of,
    period,
    quantity,
    remarks,
    text,
    told,
    who,
    within,
)
from sync.fhir.narrative import plain
from sync.fhir.reading import Reading
from sync.fhir.shape import Json, part, parts, word

State: TypeAlias = Literal["final", "preliminary", "entered-in-error", "superseded", "unknown"]
_STATES: Final[dict[str, State]] = {
    "completed": "final",
    "finished": "final",
    "final": "final",
    "amended": "final",
    "corrected": "final",
    "appended": "final",
    "current": "final",
    "active": "final",
    "inactive": "final",
    "not-done": "final",
    "stopped": "final",
    "cancelled": "final",
    "discharged": "final",
    "planned": "preliminary",
    "proposed": "preliminary",
    "pending": "preliminary",
    "booked": "preliminary",
    "waitlist": "preliminary",
    "arrived": "preliminary",
    "triaged": "preliminary",
    "onleave": "preliminary",
    "in-progress": "preliminary",
    "on-hold": "preliminary",
    "preparation": "preliminary",
    "registered": "preliminary",
    "partial": "preliminary",
    "preliminary": "preliminary",
    "superseded": "superseded",
    "entered-in-error": "entered-in-error",
    "unknown": "unknown",
}
_PLAIN: Final = frozenset({"completed", "finished", "final", "current", "active", "superseded", "entered-in-error"})

_ENCOUNTER: Final[tuple[Line, ...]] = (
    ("type", None, concepts),
    ("serviceType", None, concept),
    ("period", None, period),
    ("class", "class", display),
    ("reasonCode", None, concepts),
    ("reasonReference", None, told),
    ("diagnosis", "diagnosis", each("condition", lambda reading, holder, key: _known(reading, part(holder, key)))),
    ("location", "location", each("location", who)),
    ("serviceProvider", "serviceProvider", who),
    ("hospitalization", "admitSource", within("admitSource", concept)),
    ("hospitalization", "dischargeDisposition", within("dischargeDisposition", concept)),
)
_PROCEDURE: Final[tuple[Line, ...]] = (
    ("code", None, concept),
    ("performedPeriod", None, period),
    ("performedString", None, text),
    ("statusReason", "statusReason", concept),
    ("reasonCode", "reason", concepts),
    ("reasonReference", "reason", told),
    ("bodySite", "bodySite", concepts),
    ("location", "location", who),
    ("outcome", "outcome", concept),
    ("complication", "complication", concepts),
    ("followUp", "followUp", concepts),
    ("note", None, remarks),
)
_IMMUNIZATION: Final[tuple[Line, ...]] = (
    ("statusReason", "statusReason", concept),
    ("reasonCode", "reason", concepts),
    ("doseQuantity", "dose", quantity),
    ("lotNumber", "lotNumber", text),
    ("site", "site", concept),
    ("occurrenceString", None, text),
    ("reaction", "reaction", each("detail", lambda _, holder, key: word(part(holder, key), "display"))),
    ("location", "location", who),
    ("note", None, remarks),
)
_REPORT: Final[tuple[Line, ...]] = (
    ("code", None, concept),
    ("conclusion", None, text),
    ("conclusionCode", None, concepts),
    ("result", "result", each("display", text)),
)
_COMMUNICATION: Final[tuple[Line, ...]] = (
    ("statusReason", "statusReason", concept),
    ("reasonCode", "reason", concepts),
    ("payload", None, each("contentString", text)),
    ("recipient", "recipient", all_who),
    ("note", None, remarks),
)
_IMPRESSION: Final[tuple[Line, ...]] = (
    ("code", None, concept),
    ("description", None, text),
    ("summary", None, text),
    ("investigation", "investigation", each("code", concept)),
    ("finding", "finding", each("itemCodeableConcept", concept)),
    ("finding", "finding", each("itemReference", lambda reading, holder, key: _known(reading, part(holder, key)))),
    ("finding", "basis", each("basis", text)),
    ("prognosisCodeableConcept", "prognosis", concepts),
    ("note", None, remarks),
)


def _known(reading: Reading, reference: Json) -> str | None:
    """What a reference displays, or the condition that it leads to."""
    return word(reference, "display") or reading.directory.conditions.get(reading.directory.key(reference) or "")


def note_status(reading: Reading) -> tuple[State, str | None]:
    """Our status and the source's word."""
    written = word(reading.resource, "status")
    if written is None:
        return "unknown", None
    known = _STATES.get(written)
    if known is None:
        reading.issue("status-unknown", "status", written)
    return known or "unknown", written


def add(reading: Reading, around: Around, lines: list[str | None]) -> None:
    """One note of `lines`; the narrative where there are none, the title where there is none either."""
    status, written = note_status(reading)
    whole = joined("\n", lines) or narrative(reading.resource) or around.title
    if whole is None:
        reading.issue("text-missing", None, None, "error")
        whole = reading.id
    if written is not None and written not in _PLAIN:
        whole = f"status: {written}\n{whole}"
    reading.out.append(
        Note(
            id=reading.id,
            citizen=around.citizen,
            text=whole,
            origin=reading.origin,
            written_at=around.at,
            kind=reading.kind,
            title=around.title,
            author=around.author,
            status=status,
            status_source=written,
        )
    )


def encounter(reading: Reading, citizen: str) -> None:
    """An Encounter that has taken place or is taking place."""
    resource = reading.resource
    start = reading.moment(part(resource, "period"), "start")
    title = (
        all_said(parts(resource, "type")) or said(part(resource, "serviceType")) or coding_text(part(resource, "class"))
    )
    author = reading.all_who(resource, "participant", "individual")
    add(reading, Around(citizen, title, start, author), lines_of(reading, _ENCOUNTER))


def procedure(reading: Reading) -> None:
    """A Procedure."""
    citizen = reading.citizen()
    if citizen is None:
        return
    resource = reading.resource
    at = reading.moment(resource, "performedDateTime") or reading.moment(part(resource, "performedPeriod"), "start")
    author = reading.all_who(resource, "performer", "actor") or reading.who(resource, "recorder")
    add(reading, Around(citizen, said(part(resource, "code")), at, author), lines_of(reading, _PROCEDURE))


def immunization(reading: Reading) -> None:
    """An Immunization; one that was not given says so first."""
    citizen = reading.citizen("patient")
    if citizen is None:
        return
    resource = reading.resource
    vaccine = part(resource, "vaccineCode")
    displays = [word(item, "display") for item in parts(vaccine, "coding")]
    title = joined(" / ", [word(vaccine, "text"), *displays]) or said(vaccine)
    lines = [title, *lines_of(reading, _IMMUNIZATION)]
    author = reading.all_who(resource, "performer", "actor")
    add(reading, Around(citizen, title, reading.moment(resource, "occurrenceDateTime"), author), lines)


def report(reading: Reading) -> None:
    """A DiagnosticReport: its conclusion; its presented forms become documents or text."""
    citizen = reading.citizen()
    if citizen is None:
        return
    resource = reading.resource
    at = (
        reading.moment(resource, "effectiveDateTime")
        or reading.period(resource, "effectivePeriod")[0]
        or reading.moment(resource, "issued")
    )
    title, author = said(part(resource, "code")), reading.all_who(resource, "performer")
    lines = lines_of(reading, _REPORT)
    for number, form in enumerate(parts(resource, "presentedForm"), start=1):
        lines.append(attached(reading, Around(citizen, title, at, author), f"{reading.id}#{number}", form))
    add(reading, Around(citizen, title, at, author), lines)


def communication(reading: Reading) -> None:
    """A Communication: what was written to whom."""
    citizen = reading.citizen()
    if citizen is None:
        return
    resource = reading.resource
    if reading.message is not None:
        sent.care_communication(reading, reading.message, citizen)
        return
    at = reading.moment(resource, "sent") or reading.moment(resource, "received")
    title = said(part(resource, "topic")) or all_said(parts(resource, "category"))
    author = reading.who(resource, "sender")
    lines = lines_of(reading, _COMMUNICATION)
    for number, payload in enumerate(parts(resource, "payload"), start=1):
        form = part(payload, "contentAttachment")
        if form:
            lines.append(attached(reading, Around(citizen, title, at, author), f"{reading.id}#{number}", form))
    add(reading, Around(citizen, title, at, author), lines)


def impression(reading: Reading) -> None:
    """A ClinicalImpression: an assessment with what it looked at and found."""
    citizen = reading.citizen()
    if citizen is None:
        return
    resource = reading.resource
    at = reading.moment(resource, "effectiveDateTime") or reading.moment(resource, "date")
    author = reading.who(resource, "assessor")
    add(reading, Around(citizen, said(part(resource, "code")), at, author), lines_of(reading, _IMPRESSION))


def composition(reading: Reading) -> None:
    """A Composition: the sections' own text; what they refer to is read as resources of its own."""
    citizen = reading.citizen()
    if citizen is None:
        return
    resource = reading.resource
    lines: list[str | None] = []
    for section in parts(resource, "section"):
        _section(section, lines)
    title = word(resource, "title") or said(part(resource, "type"))
    author = reading.all_who(resource, "author")
    add(reading, Around(citizen, title, reading.moment(resource, "date"), author), lines)


def _section(section: Json, lines: list[str | None]) -> None:
    title, markup = word(section, "title"), word(part(section, "text"), "div")
    own = plain(markup) if markup else None
    empty = labelled("emptyReason", said(part(section, "emptyReason")))
    displays = [f"- {found}" for item in parts(section, "entry") if (found := word(item, "display"))]
    lines.append(joined("\n", [title, own if own != title else None, empty, *displays]))
    for inner in parts(section, "section"):
        _section(inner, lines)
