"""Conditions (names of real answers), warnings and measurements (likely names: only their links are known)."""

from __future__ import annotations

from typing import Final

from backupreader.domain.records import Alert, AlertKind, Condition, Measurement, RecordStatus
from sync.nexus.node import Node, joined, labelled
from sync.nexus.reading import Reading

_STATES: Final[dict[str, RecordStatus]] = {
    "aktiv": "active", "aktivt": "active", "active": "active", "pcactive": "active", "potentiel": "active",
    "inaktiv": "inactive", "inaktivt": "inactive", "inactive": "inactive", "pcinactive": "inactive",
    "afsluttet": "inactive", "ophørt": "inactive", "ikke relevant": "inactive",
    "afkræftet": "refuted", "fejloprettet": "entered-in-error", "fejlregistreret": "entered-in-error",
    "slettet": "entered-in-error",
}  # fmt: skip
_POTENTIAL: Final = "potentiel"  # a condition that the citizen is at risk of, and does not have
_ALERTS: Final[tuple[tuple[str, AlertKind], ...]] = (
    ("cave", "allergy"), ("allerg", "allergy"), ("smitte", "infection"), ("infekt", "infection"),
    ("mrsa", "infection"), ("genopliv", "treatment-limit"), ("behandlingsniveau", "treatment-limit"),
    ("livstestamente", "treatment-limit"), ("behandlingstestamente", "treatment-limit"), ("fald", "fall"),
    ("diæt", "diet"), ("kommunikation", "communication"), ("vold", "staff-safety"), ("trussel", "staff-safety"),
)  # fmt: skip
_NONE_KNOWN: Final = frozenset({
    "ingen", "ingen kendte", "ingen kendte allergier", "ingen kendt allergi", "ingen cave", "ingen kendt cave",
    "ingen kendte cave",
})  # fmt: skip
_ON_A_CARD: Final = ("cave", "caveText", "caves", "allergies")
_WHEN: Final = ("measurementDate", "measuredAt", "observationTimestamp", "timestamp", "date", "createDate")


def condition(reading: Reading, node: Node) -> None:
    """A health or function condition (FSIII *tilstand*), as it is now."""
    citizen = reading.citizen(node)
    if citizen is None:
        reading.tell(node)
        return
    item = node.part("conditionClassificationItem")
    text = item.text("name", "displayName") if item else node.text("name")
    if text is None:
        reading.issue("text-missing", "condition.conditionClassificationItem", None, "error")
    mapped = item.text("klMappingCode") if item else None
    local = item.text("classificationCode") if item else None
    status, word = _state(reading, node)
    level = _level(node, "currentLevel")
    evaluated = reading.moment(node, "lastEvaluationDate")
    reading.out.append(
        Condition(
            id=reading.id,
            citizen=citizen,
            text=text or "?",
            origin=reading.origin,
            kind=item.text("group") if item else None,
            code_system="FSIII" if mapped else "Nexus" if local else None,
            code=mapped or local,
            status=status,
            status_source=word,
            verification=word if word and word.casefold().startswith(_POTENTIAL) else None,
            severity=level,
            assessment=joined("\n", [
                node.text("currentAssessment"),
                labelled("currentLevelDescription", node.text("currentLevelDescription")),
                labelled("execution", node.text("execution")),
                labelled("limitations", node.text("limitations")),
                labelled("lastEvaluationDate", evaluated),
                labelled("classificationCode", local) if mapped else None,
            ]),
            expected=joined("\n", [
                _level(node, "expectedLevel"),
                node.text("expectedLevelDescription"),
                labelled("expectedAssessment", node.text("expectedAssessment")),
                labelled("goals", node.text("goals")),
            ]),
            start=reading.moment(node, "lastActivationDate"),
            recorded_at=reading.moment(node, "updateDate", "createDate"),
            recorded_by=node.text("lastUpdater"),
        )
    )  # fmt: skip
    reading.tell(node)


def _level(node: Node, key: str) -> str | None:
    """A level as its number and its name: ``3 – Svære begrænsninger``."""
    if not node.is_object(key):
        return node.text(key)
    level = node.part(key)
    if level is not None and level.is_object("value"):
        level = level.part("value")
    if level is None:
        return None
    return joined(" – ", [level.text("numericRepresentation"), level.text("name", "value", "code")])


def _state(reading: Reading, node: Node) -> tuple[RecordStatus, str | None]:
    """The state's own name; `status` (``ACTIVE``) is the system's grouping of it, and decides where both are known."""
    word, grouped = node.text("state"), node.text("status")
    written = joined(" / ", [word, grouped if grouped != word else None])
    known: set[RecordStatus] = {_status(text) for text in (word, grouped) if text}
    known.discard("unknown")
    if len(known) == 1:
        return known.pop(), written
    if written:
        reading.issue("status-unknown", "condition.state", written)
    return "unknown", written


def _status(word: str) -> RecordStatus:
    return _STATES.get(word.strip().casefold(), "unknown")


def alert(reading: Reading, node: Node) -> None:
    """A warning that stands by itself."""
    citizen = reading.citizen(node)
    if citizen is not None:
        _alert(reading, node, citizen, reading.id, None)
    reading.tell(node)


def warnings_of(reading: Reading, node: Node, citizen: str) -> None:
    """The warnings that stand on a medicine card: a text, texts or objects."""
    for key in _ON_A_CARD:
        if node.is_object(key) or (node.is_list(key) and any(isinstance(one, dict) for one in node.value[key])):
            for number, inner in enumerate(node.parts(key), start=1):
                _alert(reading, inner, citizen, f"{reading.id}#{key}-{number}", "allergy")
        else:
            for number, text in enumerate(node.texts(key) if node.holds(key) else [], start=1):
                reading.out.append(
                    Alert(
                        id=f"{reading.id}#{key}-{number}",
                        citizen=citizen,
                        kind=_none_known(text, "allergy"),
                        text=text,
                        origin=reading.origin,
                    )
                )


def kind_of_alert(*words: str | None) -> AlertKind | None:
    """The kind of warning that a category names; None where it names none that is known."""
    said = " ".join(word for word in words if word).casefold().split()
    return next((kind for mark, kind in _ALERTS if any(word.startswith(mark) for word in said)), None)


def _none_known(text: str, kind: AlertKind) -> AlertKind:
    """A stated "none known", and nothing else, is a warning of its own kind."""
    return "no-known-allergy" if kind == "allergy" and text.strip(" .").casefold() in _NONE_KNOWN else kind


def _alert(reading: Reading, node: Node, citizen: str, id_: str, kind: AlertKind | None) -> None:
    text = node.text("text", "description", "name", "displayName", "title", "substance")
    if text is None:
        reading.issue("text-missing", f"{node.path}.text", None, "error")
    word = node.text("type", "category", "alertType")
    active = node.flag("active") if isinstance(node.value.get("active"), bool) else None
    state = node.text("status", "state")
    status = _status(state) if state else "inactive" if active is False else "active"
    if active is None and state is None and node.holds("active"):  # "false" as a text, or a word
        state, status = node.text("active"), "unknown"
    if state and status == "unknown":
        reading.issue("status-unknown", f"{node.path}.status", state)
    found = kind or kind_of_alert(word) or kind_of_alert((reading.page or "").rpartition("/")[2]) or "other"
    reading.out.append(
        Alert(
            id=id_,
            citizen=citizen,
            kind=_none_known(text or "", found),
            text=text or word or "?",
            origin=reading.origin,
            status=status,
            status_source=state,
            code=node.text("code", "atc"),
            severity=node.text("severity"),
            reaction=node.text("reaction", "reactions"),
            start=reading.day(node, "startDate", "start"),
            end=reading.day(node, "endDate", "end"),
            recorded_at=reading.moment(node, "updateDate", "createDate", "date"),
            recorded_by=node.text("lastUpdater", "createdBy", "professional"),
            note=joined(
                "\n", [labelled("type", word), node.text("comment", "remarks", "note"), *reading.left_lines(node)]
            ),
        )
    )


def measurement(reading: Reading, node: Node) -> None:
    """A measured value, or several that were taken together."""
    citizen = reading.citizen(node)
    if citizen is None:
        reading.tell(node)
        return
    name = node.text("name", "displayName", "measurementType", "type", "title", "label")
    if name is None:
        reading.issue("text-missing", "measurement.name", None, "error")
    at = reading.moment(node, *_WHEN)
    by = node.text("professional", "measuredBy", "createdBy", "lastUpdater", "author")
    remark = node.text("comment", "remarks", "note")
    members = node.parts("values") if node.is_list("values") else []
    own = node.text("value", "measuredValue", "numericValue", "result") if not members else None
    unit = node.text("unit")
    rows = [(reading.id, name, own, unit)] if not members else []
    for number, inner in enumerate(members, start=1):
        label = joined(": ", [name, inner.text("name", "displayName", "label", "type")])
        value = inner.text("value", "measuredValue", "numericValue")
        rows.append((f"{reading.id}#{number}", label, value, inner.text("unit") or unit))
    for id_, label, value, measured_in in rows:
        if value is None:
            reading.issue("value-missing", "measurement.value")
        reading.out.append(
            Measurement(
                id=id_, citizen=citizen, name=label or "?", value=value or "–", origin=reading.origin, unit=measured_in,
                taken_at=at, taken_by=by, note=joined("\n", [remark, *reading.left_lines(node)]),
            )
        )  # fmt: skip
    reading.tell(node)
