"""ServiceRequest and Task → Intervention.

A request that is only a proposal (a *henvendelse*) is a note, not an intervention.
"""

from __future__ import annotations

from backupreader.domain.records import Intervention, Note
from sync.fhir.alerts import narrative
from sync.fhir.care import intervention_state
from sync.fhir.concept import all_said, coded, joined, labelled, notes_text, said
from sync.fhir.reading import Reading
from sync.fhir.shape import extensions, flag, part, parts, word
from sync.fhir.timing import repetition


def service_request(reading: Reading) -> None:
    """A ServiceRequest: an intervention, or a note where it is only a proposal."""
    citizen = reading.citizen()
    if citizen is None:
        return
    resource = reading.resource
    status, intent = word(resource, "status"), word(resource, "intent")
    code = part(resource, "code")
    title = said(code) or all_said(parts(resource, "category"))
    text = joined(": ", [title, all_said(parts(resource, "orderDetail"))])
    reason = joined("\n", [all_said(parts(resource, "reasonCode")), reading.told(resource, "reasonReference")])
    text = text or reason or narrative(resource)
    if text is None:
        reading.issue("text-missing", "code", None, "error")
    if flag(resource, "doNotPerform") is True:
        text = f"doNotPerform: {text or reading.id}"
    informer = joined(
        "; ", [said(part(item, "valueCodeableConcept")) for item in extensions(resource, "/RequesterType")]
    )
    requester = reading.who(resource, "requester")
    authored = reading.moment(resource, "authoredOn")
    if intent in {"proposal", "option"}:
        lines = [
            labelled("status", status) if status != "active" else None,
            text,
            reason,
            notes_text(resource),
            word(resource, "patientInstruction"),
        ]
        reading.out.append(
            Note(
                id=reading.id,
                citizen=citizen,
                text=joined("\n", lines) or reading.id,
                origin=reading.origin,
                written_at=authored,
                kind="ServiceRequest",
                title=joined(" – ", [title, intent]),
                author=requester,
                author_role=informer,
                status="entered-in-error" if status == "entered-in-error" else "final",
                status_source=status,
            )
        )
        return
    state = intervention_state(reading, status)
    start, end = reading.period(resource, "occurrencePeriod")
    system, number = coded(code)
    performers = joined(", ", [reading.all_who(resource, "performer"), said(part(resource, "performerType"))])
    instruction = [
        labelled("authoredOn", authored),
        labelled("priority", word(resource, "priority")),
        word(resource, "patientInstruction"),
        notes_text(resource),
    ]
    reading.out.append(
        Intervention(
            id=reading.id,
            citizen=citizen,
            text=text or reading.id,
            origin=reading.origin,
            kind=all_said(parts(resource, "category")),
            code_system=system,
            code=number,
            status="planned" if intent == "plan" and state == "active" else state,
            status_source=f"{status} ({intent})" if status and intent else status,
            instruction=joined("\n", instruction),
            reason=reason if reason != text else None,
            repetition=repetition(reading, resource, "occurrence"),
            responsible=joined(", ", [performers, requester]),
            start=reading.moment(resource, "occurrenceDateTime") or start,
            end=end,
        )
    )


def task(reading: Reading) -> None:
    """A Task."""
    key = "for" if part(reading.resource, "for") else "focus"
    citizen = reading.citizen(key)
    if citizen is None:
        return
    resource = reading.resource
    code = part(resource, "code")
    description = word(resource, "description")
    text = said(code) or description or narrative(resource)
    if text is None:
        reading.issue("text-missing", "code", None, "error")
    status = word(resource, "status")
    start, end = reading.period(resource, "executionPeriod")
    limit = reading.period(part(resource, "restriction"), "period")
    system, number = coded(code)
    reading.out.append(
        Intervention(
            id=reading.id,
            citizen=citizen,
            text=text or reading.id,
            origin=reading.origin,
            kind="Task",
            code_system=system,
            code=number,
            status=intervention_state(reading, status),
            status_source=status,
            instruction=joined("\n", [description if description != text else None, notes_text(resource)]),
            reason=said(part(resource, "reasonCode")),
            responsible=joined(", ", [reading.who(resource, "owner"), reading.who(resource, "requester")]),
            start=start or limit[0],
            end=end,
            follow_up=limit[1],
        )
    )
