"""Calendar events → visits, in the site's wall time.

Known of an event are `title`, `start` (odense-rpa's docs/nexus.md) and `patientGrantIdentifiers`; the other names are
likely ones. What stands there under another name is shown in the remark, with its name, and told.
"""

from __future__ import annotations

from typing import Final, Literal

from backupreader.domain.records import Visit
from sync.nexus import clock
from sync.nexus.node import Node, joined, labelled, members
from sync.nexus.reading import Reading

_Status = Literal["planned", "done", "cancelled", "entered-in-error", "unknown"]
_STATES: Final[dict[str, _Status]] = {
    "planlagt": "planned", "planned": "planned", "aktiv": "planned", "active": "planned", "tildelt": "planned",
    "udført": "done", "done": "done", "completed": "done", "afsluttet": "done", "registreret": "done",
    "aflyst": "cancelled", "cancelled": "cancelled", "canceled": "cancelled", "annulleret": "cancelled",
    "slettet": "entered-in-error",
}  # fmt: skip
_START: Final = ("start", "startDate", "startTime", "startDateTime", "plannedStart", "from")
_END: Final = ("end", "endDate", "endTime", "endDateTime", "plannedEnd", "to")
_STAFF: Final = ("professionals", "professional", "employees", "resources")
_TASKS: Final = ("grants", "activities", "tasks", "services")


def event(reading: Reading, node: Node) -> None:
    """A planned visit. One without a start cannot stand on any list and is told as an error."""
    citizens = _citizens(reading, node)
    start, end = reading.moment(node, *_START), reading.moment(node, *_END)
    if start is None:
        reading.issue("date-invalid", "event.start", None, "error")
        reading.tell(node)
        return
    status, word = _status(reading, node)
    staff = [name for key in _STAFF if node.holds(key) for name in node.texts(key)]
    minutes = node.whole("durationInMinutes") if node.holds("durationInMinutes") else None
    title = node.text("title", "name", "displayName", "subject")
    tasks = joined("\n", [*_granted(reading, node), *(text for key in _TASKS for text in node.texts(key))])
    remark = joined(
        "\n",
        [
            node.text("description", "remarks", "comment", "note", "text"),
            labelled("eventType", node.text("eventType", "type")),
            *staff[2:],
            start if clock.twice(start, reading.clock) else None,
            end if clock.twice(end, reading.clock) else None,
        ],
    )
    route, where = node.text("route", "calendar"), _unit(reading, node)
    staff_needed = node.whole("resourceCount") if node.holds("resourceCount") else None
    reason = node.text("cancellationReason", "cancelReason")
    critical = node.flag("timeCritical") is True
    lines = joined("\n", [remark, *reading.left_lines(node)])
    for number, citizen in enumerate(citizens, start=1):
        reading.out.append(
            Visit(
                id=reading.id if number == 1 else f"{reading.id}#{number}",
                start=clock.wall(start) or start,
                zone=reading.zone,
                origin=reading.origin,
                citizen=citizen,
                route=route,
                unit=where,
                end=clock.wall(end),
                minutes=minutes,
                title=title,
                tasks=tasks,
                staff=staff[0] if staff else None,
                second_staff=staff[1] if len(staff) > 1 else None,
                staff_needed=staff_needed,
                status=status,
                status_source=word,
                cancel_reason=reason,
                time_critical=critical,
                remark=lines,
            )
        )
    reading.tell(node)


def _granted(reading: Reading, node: Node) -> list[str | None]:
    """The names of the granted services that the visit is for; one that did not come is told."""
    found: list[str | None] = []
    for name in node.texts("patientGrantIdentifiers"):
        known = reading.grants.get(name)
        if known is None:
            reading.issue("reference-unresolved", "event.patientGrantIdentifiers", name)
        found.append(known)
    return found


def _citizens(reading: Reading, node: Node) -> list[str | None]:
    """Whom the visit is for: one, several (a group), or nobody (a meeting of the staff)."""
    several = members(node.value.get("patients"))
    if len(several) > 1:
        ids = [Node(item, "event.patients").text("id") for item in several]
        return [f"{reading.prefix}{one}" for one in ids if one]
    before = len(reading.out)
    found = reading.citizen(node)
    if found is None:
        del reading.out[before:]
    return [found]


def _status(reading: Reading, node: Node) -> tuple[_Status, str | None]:
    word = node.text("status", "state", "workflowState")
    cancelled = node.flag("cancelled")
    if word is None:
        return ("cancelled" if cancelled else "planned"), None
    status = _STATES.get(word.strip().casefold(), "unknown")
    if status == "unknown":
        reading.issue("status-unknown", "event.status", word)
    return ("cancelled" if cancelled else status), word


def _unit(reading: Reading, node: Node) -> str | None:
    if not node.is_object("organization"):
        return None
    organization = node.part("organization")
    own = organization.text("id") if organization else None
    if organization is not None and own is None:
        return None
    if organization is not None:
        organization.text("name", "displayName")  # the unit's own answer carries it
    return f"{reading.prefix}unit/{own}"
