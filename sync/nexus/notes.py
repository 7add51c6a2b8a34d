"""Journal text: forms (*skemaer*), tasks and messages. The names are those of real answers."""

from __future__ import annotations

from typing import Final, Literal

from backupreader.domain.records import Alert, AlertKind, Note, RecordStatus
from sync.nexus import clock
from sync.nexus.node import Node, joined, labelled
from sync.nexus.reading import Reading, said

Status = Literal["final", "preliminary", "entered-in-error", "superseded", "unknown"]

_STATES: Final[dict[str, Status]] = {
    "aktivt": "final", "aktiv": "final", "udfyldt": "final", "låst": "final", "afsluttet": "final", "godkendt": "final",
    "kladde": "preliminary", "udkast": "preliminary", "påbegyndt": "preliminary",
    "inaktivt": "superseded", "inaktiv": "superseded", "arkiveret": "superseded",
    "fejloprettet": "entered-in-error", "fejlregistreret": "entered-in-error", "slettet": "entered-in-error",
}  # fmt: skip
ALERT_FORMS: Final[dict[str, AlertKind]] = {
    "fravalg af genoplivningsforsøg": "treatment-limit",
    "cave": "allergy",
}
"""Forms that are a warning by their title; the form is a note as well. The first is seen in odense-rpa's robots."""
_ALERT_STATES: Final[dict[Status, RecordStatus]] = {
    "final": "active",
    "superseded": "inactive",
    "entered-in-error": "entered-in-error",
    "preliminary": "unknown",
    "unknown": "unknown",
}


def form(reading: Reading, node: Node) -> None:
    """A form that was filled in: a line for each field that holds something, in the form's order."""
    citizen = reading.citizen(node)
    definition = node.part("formDefinition")
    title = definition.text("title", "name") if definition else None
    written_at = reading.moment(node, "observationTimestamp", "updateDate", "createDate")
    due = reading.day(node, "dueDate")
    word = node.text("workflowState", "formDataStatus")
    status: Status = _STATES.get(word.strip().casefold(), "unknown") if word else "unknown"
    if status == "unknown":
        reading.issue("status-unknown", "form.workflowState", word)
    fields = node.parts("items")
    lines = [_field(reading, item) for item in fields]
    marks = [item.flag("importantInformation") for item in fields]
    text = joined("\n", [*lines, labelled("dueDate", due)])
    if citizen is not None:
        if text is None:
            reading.issue("text-missing", "form.items", title)
        kind = ALERT_FORMS.get((title or "").strip().casefold())
        reading.out.append(
            Note(
                id=reading.id,
                citizen=citizen,
                text=text or title or "?",
                origin=reading.origin,
                written_at=written_at,
                kind=title,
                title=title,
                author=node.text("lastUpdater", "author", "createdBy", "professional"),
                status=status,
                status_source=word,
                important=any(marks) or kind is not None,
            )
        )
        if kind is not None:
            reading.out.append(
                Alert(
                    id=f"{reading.id}#alert",
                    citizen=citizen,
                    kind=kind,
                    text=joined("\n", [title, text]) or "?",
                    origin=reading.origin,
                    status=_ALERT_STATES[status],
                    status_source=word,
                    recorded_at=written_at,
                )
            )
    reading.tell(node)


def _field(reading: Reading, item: Node) -> str | None:
    """One field of a form: its label and what was filled in, with its unit."""
    label, kind = item.text("label"), item.value.get("type")
    value = item.value.get("value")
    if isinstance(value, bool):
        shown: str | None = said(item.take("value"))
    elif isinstance(kind, str) and kind.casefold() in {"date", "datetime", "timestamp"} and item.holds("value"):
        # What is no moment was typed by somebody and stands as it is.
        shown = clock.bare_day(clock.moment(value, reading.clock)) or item.text("value")
        item.take("value")
    elif item.is_list("value"):
        shown = joined(", ", [*item.texts("value")])
    else:
        shown = item.text("value")
    unit = item.text("unit")
    return joined(": ", [label, joined(" ", [shown, unit])]) if shown is not None else None


def task(reading: Reading, node: Node) -> None:
    """A task for a unit or a member of staff, about a citizen."""
    citizen = reading.citizen(node)
    if citizen is not None:
        title = node.text("title")
        word = node.text("workflowState", "status")
        begins = joined(" ", [reading.day(node, "startDate"), node.text("startTime")])
        due = joined(" ", [reading.day(node, "dueDate"), node.text("dueTime")])
        lines = [
            node.text("description"),
            labelled("startDate", begins),
            labelled("dueDate", due),
            labelled("organizationAssignee", node.text("organizationAssignee")),
            labelled("professionalAssignee", node.text("professionalAssignee")),
        ]
        reading.out.append(
            Note(
                id=reading.id,
                citizen=citizen,
                text=joined("\n", lines) or title or "?",
                origin=reading.origin,
                written_at=reading.moment(node, "updateDate", "createDate"),
                kind=node.text("assignmentType") or "Opgave",
                title=title,
                author=node.text("createdBy", "lastUpdater"),
                status_source=word,
            )
        )
    reading.tell(node)


def message(reading: Reading, node: Node) -> None:
    """A MedCom message: who wrote to whom about what. The message itself (`raw`) is read by another adapter."""
    citizen = reading.citizen(node)
    if citizen is not None:
        subject = node.text("subject")
        lines = [
            subject,
            labelled("sender", node.text("sender")),
            labelled("recipient", node.text("recipient")),
            labelled("ccRecipient", node.text("ccRecipient")),
            labelled("letterType", node.text("letterType")),
            node.text("body", "text"),
        ]
        reading.out.append(
            Note(
                id=reading.id,
                citizen=citizen,
                text=joined("\n", lines) or "?",
                origin=reading.origin,
                written_at=reading.moment(node, "date"),
                kind="MedCom",
                title=subject,
                status_source=node.text("state"),
            )
        )
        if node.holds("raw"):
            reading.issue("attachment-unknown", "message.raw", subject)
    reading.tell(node)
