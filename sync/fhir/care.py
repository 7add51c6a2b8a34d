"""Condition → Condition; CarePlan → Intervention; Goal → Note, and into what it is the goal of.

In KL's profiles (FSIII, FFB) the code names the condition and `code.text` is the professional's assessment; a
CarePlan's activity is the *indsats* and its description the *handlingsanvisning*. A request that is only a proposal (a
*henvendelse*) is a note, not an intervention.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from backupreader.domain.records import Condition, Intervention, Note
from sync.fhir.alerts import NO_INFORMATION, condition_status, narrative, onset
from sync.fhir.concept import all_said, coded, codes, displayed, joined, labelled, notes_text, said
from sync.fhir.reading import Reading
from sync.fhir.references import goal_text
from sync.fhir.shape import Json, flag, part, parts, word
from sync.fhir.timing import repetition

KL: Final = frozenset(
    {"urn:oid:1.2.208.176.2.21", "urn:oid:1.2.208.176.2.22", "http://fhir.kl.dk/term/CodeSystem/CareSocialCodes"}
)
"""KL's code systems: FSIII, FFB and the codes of municipal care."""

State: TypeAlias = Literal["active", "planned", "paused", "ended", "cancelled", "entered-in-error", "unknown"]
_STATES: Final[dict[str, State]] = {
    "draft": "planned",
    "active": "active",
    "on-hold": "paused",
    "revoked": "cancelled",
    "completed": "ended",
    "entered-in-error": "entered-in-error",
    "unknown": "unknown",
    "not-started": "planned",
    "scheduled": "planned",
    "in-progress": "active",
    "cancelled": "cancelled",
    "stopped": "ended",
    "requested": "planned",
    "received": "planned",
    "accepted": "planned",
    "ready": "planned",
    "rejected": "cancelled",
    "failed": "cancelled",
}
_ONGOING: Final = frozenset({"active", "unknown"})


def is_kl(concept: Json) -> bool:
    """Is one of the codes KL's?"""
    return any(word(coding, "system") in KL for coding in parts(concept, "coding"))


def condition(reading: Reading) -> None:
    """A Condition."""
    resource = reading.resource
    code = part(resource, "code")
    if codes(code) & NO_INFORMATION:
        reading.issue("no-information-stated", "code", said(code), "note")
        return
    citizen = reading.citizen()
    if citizen is None:
        return
    text, assessment = said(code), None
    if is_kl(code) and word(code, "text"):
        term = displayed(code)
        text, assessment = (term, text) if term else (text, None)
    text = text or coded(code)[1] or narrative(resource)
    if text is None:
        reading.issue("text-missing", "code", None, "error")
    status, status_source, verification = condition_status(reading)
    start, start_words = onset(reading, "onset")
    end, end_words = onset(reading, "abatement")
    system, number = coded(code)
    lines = [assessment, notes_text(resource), start_words, end_words, all_said(parts(resource, "bodySite"))]
    reading.out.append(
        Condition(
            id=reading.id,
            citizen=citizen,
            text=text or reading.id,
            origin=reading.origin,
            kind=all_said(parts(resource, "category")),
            code_system=system,
            code=number,
            status=status,
            status_source=status_source,
            verification=verification,
            severity=said(part(resource, "severity")),
            assessment=joined("\n", lines),
            expected=reading.directory.expected.get("Condition/" + (word(resource, "id") or "")),
            start=start,
            end=end,
            recorded_at=reading.moment(resource, "recordedDate"),
            recorded_by=reading.who(resource, "recorder") or reading.who(resource, "asserter"),
        )
    )


def intervention_state(reading: Reading, status: str | None, column: str = "status") -> State:
    """Our word for the status of a plan, an activity, a request or a task."""
    if status is None:
        return "unknown"
    known = _STATES.get(status)
    if known is None:
        reading.issue("status-unknown", column, status)
    return known or "unknown"


def care_plan(reading: Reading) -> None:
    """A CarePlan: one intervention for each activity, or one for the plan where it has none."""
    citizen = reading.citizen()
    if citizen is None:
        return
    resource = reading.resource
    activities = parts(resource, "activity") or [{}]
    for number, activity in enumerate(activities, start=1):
        id_ = reading.id if len(activities) == 1 else f"{reading.id}#{number}"
        _activity(reading, citizen, id_, activity)


def _activity(reading: Reading, citizen: str, id_: str, activity: Json) -> None:
    resource = reading.resource
    detail = part(activity, "detail")
    code = part(detail, "code")
    plan_text = word(resource, "title") or all_said(parts(resource, "category"))
    description, plan_description = word(detail, "description"), word(resource, "description")
    named = said(code) if word(code, "text") or any(word(item, "display") for item in parts(code, "coding")) else None
    reference = part(activity, "reference")
    text = named or word(reference, "display") or plan_text or description or plan_description or coded(code)[1]
    text = text or narrative(resource)
    if text is None:
        reading.issue("text-missing", "activity", None, "error")
    plan_status, own_status = word(resource, "status"), word(detail, "status")
    state = intervention_state(reading, plan_status)
    if own_status is not None and state in _ONGOING:
        state = intervention_state(reading, own_status, "activity.detail.status")
    start, end = reading.period(detail, "scheduledPeriod")
    plan_start, plan_end = reading.period(resource, "period")
    system, number = coded(code)
    created = reading.moment(resource, "created")
    instruction = [
        description if description != text else None,
        plan_description if plan_description != text else None,
        notes_text(activity, "progress"),
        notes_text(resource),
        labelled("created", created),
    ]
    not_to_be_done = flag(detail, "doNotPerform") is True
    reading.out.append(
        Intervention(
            id=id_,
            citizen=citizen,
            text=(f"doNotPerform: {text}" if not_to_be_done else text) or reading.id,
            origin=reading.origin,
            kind=all_said(parts(resource, "category")),
            code_system=system,
            code=number,
            status=state,
            status_source=joined(" / ", [plan_status, own_status]),
            instruction=joined("\n", instruction),
            goal=joined("\n", [reading.told(detail, "goal"), reading.told(resource, "goal")]),
            reason=joined(
                "\n",
                [
                    all_said(parts(detail, "reasonCode")),
                    reading.told(detail, "reasonReference"),
                    reading.told(resource, "addresses"),
                ],
            ),
            repetition=repetition(reading, detail, "scheduled"),
            responsible=joined(
                ", ",
                [
                    reading.all_who(detail, "performer"),
                    reading.all_who(resource, "careTeam"),
                    reading.who(resource, "author"),
                ],
            ),
            start=start or plan_start,
            end=end or plan_end,
        )
    )


def goal(reading: Reading) -> None:
    """A Goal: a note of its own; plans and conditions that name it show its text as well."""
    citizen = reading.citizen()
    if citizen is None:
        return
    resource = reading.resource
    status = word(resource, "lifecycleStatus")
    outcome = [said(item) for item in parts(resource, "outcomeCode")]
    lines = [
        labelled("lifecycleStatus", status) if status not in {"active", "accepted"} else None,
        goal_text(resource),
        labelled("addresses", reading.told(resource, "addresses")),
        notes_text(resource),
        labelled("outcome", joined("; ", outcome)),
        word(resource, "statusReason"),
    ]
    text = joined("\n", lines) or narrative(resource)
    if text is None:
        reading.issue("text-missing", "description", None, "error")
    reading.out.append(
        Note(
            id=reading.id,
            citizen=citizen,
            text=text or reading.id,
            origin=reading.origin,
            written_at=reading.moment(resource, "statusDate") or reading.moment(resource, "startDate"),
            kind="Goal",
            title=all_said(parts(resource, "category")) or "Goal",
            author=reading.who(resource, "expressedBy"),
            status="entered-in-error" if status == "entered-in-error" else "final",
            status_source=status,
        )
    )
