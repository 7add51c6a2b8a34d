"""Appointment and planned Encounter → Visit, in the site's local time; one without a start is a note."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.records import Visit
from sync.fhir import notes, sent
from sync.fhir.attachments import Around
from sync.fhir.concept import all_said, joined, said
from sync.fhir.places import unit_id
from sync.fhir.reading import Reading
from sync.fhir.shape import Json, part, parts, whole, word

State: TypeAlias = Literal["planned", "done", "cancelled", "entered-in-error", "unknown"]
_STATES: Final[dict[str, State]] = {
    "proposed": "planned",
    "pending": "planned",
    "booked": "planned",
    "waitlist": "planned",
    "planned": "planned",
    "arrived": "planned",
    "checked-in": "planned",
    "fulfilled": "done",
    "noshow": "cancelled",
    "cancelled": "cancelled",
    "entered-in-error": "entered-in-error",
}
_PERSONS: Final = ("Practitioner", "PractitionerRole")


def local(text: str | None, zone: str) -> str | None:
    """A moment as wall time in `zone`, to the minute; a day, or wall time without an offset, as it is."""
    if text is None:
        return None
    moment = moments.instant(text, ZoneInfo(zone))
    return moment.strftime("%Y-%m-%dT%H:%M") if moment else text


def encounter(reading: Reading) -> None:
    """An Encounter: a visit while it is planned or was cancelled before it began, a note from then on."""
    citizen = reading.citizen()
    if citizen is None:
        return
    resource = reading.resource
    message = reading.message
    if message is not None and sent.is_notification(message):
        sent.hospital_notification(reading, message, citizen)
        return
    status = word(resource, "status")
    start, end = reading.period(resource, "period")
    if status not in {"planned", "cancelled"} or start is None:
        notes.encounter(reading, citizen)
        return
    reading.out.append(
        Visit(
            id=reading.id,
            start=local(start, reading.zone) or start,
            zone=reading.zone,
            origin=reading.origin,
            citizen=citizen,
            unit=unit_id(reading, part(resource, "serviceProvider")),
            end=local(end, reading.zone),
            title=all_said(parts(resource, "type")) or said(part(resource, "serviceType")),
            tasks=joined("\n", [all_said(parts(resource, "reasonCode")), reading.told(resource, "reasonReference")]),
            staff=reading.all_who(resource, "participant", "individual"),
            status="planned" if status == "planned" else "cancelled",
            status_source=status,
            remark=reading.all_who(resource, "location", "location"),
        )
    )


def appointment(reading: Reading) -> None:
    """An Appointment."""
    resource = reading.resource
    actors = [part(item, "actor") for item in parts(resource, "participant")]
    citizens = [actor for actor in actors if _kind(reading, actor) == "Patient"]
    if len(citizens) > 1:
        reading.issue("value-unknown", "participant", f"{len(citizens)} Patient")
    citizen = _citizen(reading, citizens)
    written = word(resource, "status")
    state = _STATES.get(written or "", "unknown")
    if written not in _STATES:
        reading.issue("status-unknown", "status", written)
    start = reading.moment(resource, "start")
    title = all_said(parts(resource, "serviceType")) or said(part(resource, "appointmentType"))
    tasks = joined(
        "\n",
        [
            word(resource, "description"),
            all_said(parts(resource, "reasonCode")),
            reading.told(resource, "reasonReference"),
            word(resource, "patientInstruction"),
        ],
    )
    if start is None:
        if citizen is None:
            reading.issue("citizen-missing", "participant", None, "error")
            return
        lines = [title, tasks, word(resource, "comment")]
        notes.add(reading, Around(citizen, title, reading.moment(resource, "created"), None), lines)
        return
    staff = [reading.name(actor, "participant") for actor in actors if _kind(reading, actor) in _PERSONS]
    places = [reading.name(actor, "participant") for actor in actors if _kind(reading, actor) == "Location"]
    reading.out.append(
        Visit(
            id=reading.id,
            start=local(start, reading.zone) or start,
            zone=reading.zone,
            origin=reading.origin,
            citizen=citizen,
            end=local(reading.moment(resource, "end"), reading.zone),
            minutes=whole(resource, "minutesDuration"),
            title=title,
            tasks=tasks,
            staff=staff[0] if staff else None,
            second_staff=joined(", ", staff[1:]),
            status=state,
            status_source=written,
            cancel_reason=said(part(resource, "cancelationReason")),
            remark=joined("\n", [word(resource, "comment"), *places]),
        )
    )


def _kind(reading: Reading, actor: Json) -> str:
    return (reading.directory.key(actor) or word(actor, "reference") or word(actor, "type") or "").partition("/")[0]


def _citizen(reading: Reading, found: list[Json]) -> str | None:
    key = reading.directory.key(found[0]) if found else None
    return reading.citizen_id(key) if key else None
