"""Granted services (*indsatser*): a basket grant or order grant with its elements.

Names and elements are those of a real answer (53 types of elements) and of NexusAPIWrapper's classes. An element of a
type that is not known is shown as a line of the reason, and its unknown parts are told.
"""

from __future__ import annotations

from typing import Final, Literal

from backupreader.domain import moments
from backupreader.domain.records import Intervention
from sync.nexus.node import Node, joined, labelled
from sync.nexus.reading import Reading, said
from sync.nexus.uncarried import ELEMENTS

Status = Literal["active", "planned", "paused", "ended", "cancelled", "entered-in-error", "unknown"]

# The names of the states in odense-rpa's robots. "Ansøgt" is neither granted nor refused: our words have none for it.
STATES: Final[dict[str, Status]] = {
    "bestilt": "active", "tildelt": "active", "ændret": "active", "oprettet (akut)": "active", "aktiv": "active",
    "igangsat": "active", "leveres": "active", "accepteret": "active",
    "bevilget": "planned", "visiteret": "planned", "planlagt": "planned", "planlagt, ikke bestilt": "planned",
    "ansøgt": "unknown",
    "pauseret": "paused", "sat i bero": "paused", "i bero": "paused", "midlertidigt stoppet": "paused",
    "afsluttet": "ended", "inaktiv": "ended", "udløbet": "ended",
    "annulleret": "cancelled", "afslået": "cancelled", "fjernet": "cancelled", "frasagt": "cancelled",
    "fejloprettet": "entered-in-error",
}  # fmt: skip
_INSTRUCTIONS: Final = (
    "handlingsanvisning",
    "actionInstruction",
    "instruction",
    "description",
    "supplementaryInformation",
)
_GOALS: Final = ("goal", "goals", "objective")
_FIELDS: Final = frozenset({
    "paragraph", "klMapping", "repetition", "supplier", "resourceCount", "visitatedDurationInMinutes",
    *_INSTRUCTIONS, *_GOALS,
})  # fmt: skip
_PATTERN: Final = ("count", "pattern", "weekdays", "weekenddays", "visits")
_DATES: Final = ("plannedDate", "followUpDate", "basketGrantEndDate", "orderGrantEndDate")


def grant(reading: Reading, node: Node) -> None:
    """One granted service, as it is now; what is to change later stands in its reason."""
    citizen = reading.citizen(node)
    if citizen is None:
        reading.tell(node)
        return
    text = node.text("name", "displayName", "title")
    if text is None:
        reading.issue("text-missing", "grant.name", None, "error")
    status, word = _status(reading, node)
    current = _elements(node, "currentElements") or _elements(node, "elements")
    future = _elements(node, "futureElements")
    elements, coming = (current, future) if current else (future, {})
    facts = {kind: fact for kind, element in elements.items() if (fact := _fact(reading, element))}
    dates = {kind: fact for kind in _DATES if (fact := facts.get(kind)) and moments.valid(fact)}
    end = dates.get("basketGrantEndDate") or dates.get("orderGrantEndDate")
    code, named = _code(elements)
    minutes, minutes_text = _number(elements, "visitatedDurationInMinutes")
    staff, staff_text = _number(elements, "resourceCount")
    later = [labelled(f"futureElements.{kind}", _fact(reading, element)) for kind, element in coming.items()]
    reading.out.append(
        Intervention(
            id=reading.id,
            citizen=citizen,
            text=text or "?",
            origin=reading.origin,
            kind=_group(elements),
            code_system="KL" if code else None,
            code=code,
            law=facts.get("paragraph"),
            status=status,
            status_source=word,
            instruction=joined("\n", [facts.get(kind) for kind in _INSTRUCTIONS]),
            goal=joined("\n", [facts.get(kind) for kind in _GOALS]),
            reason=joined("\n", [
                node.text("reason"),
                labelled("klMapping", named),
                minutes_text,
                staff_text,
                *(
                    labelled(kind, fact)
                    for kind, fact in facts.items()
                    if not _has_a_field(kind, fact, dates, end)
                ),
                *later,
            ]),
            repetition=facts.get("repetition"),
            minutes=minutes,
            staff_needed=staff,
            responsible=facts.get("supplier"),
            start=dates.get("plannedDate"),
            end=end,
            follow_up=dates.get("followUpDate"),
        )
    )  # fmt: skip
    reading.tell(node)


def _has_a_field(kind: str, fact: str, dates: dict[str, str], end: str | None) -> bool:
    """Does the fact stand in a field of its own? Else it is a line of the reason."""
    if kind.endswith("GrantEndDate"):
        return fact == end
    return kind in _FIELDS or kind in dates


def _status(reading: Reading, node: Node) -> tuple[Status, str | None]:
    word = node.text("workflowState")
    if word is None:
        reading.issue("status-unknown", "grant.workflowState")
        return "unknown", None
    status = STATES.get(word.strip().casefold())
    if status is None:
        reading.issue("status-unknown", "grant.workflowState", word)
    return status or "unknown", word


def _elements(node: Node, key: str) -> dict[str, Node]:
    """The elements by their type, each read under the path of its type; the second of a type as ``type#2``."""
    found: dict[str, Node] = {}
    for element in node.parts(key) if node.holds(key) else []:
        kind = element.text("type") or "?"
        element.path = f"grant.{kind}"
        free, number = kind, 2
        while free in found:
            free, number = f"{kind}#{number}", number + 1
        found[free] = element
    return found


def _fact(reading: Reading, element: Node) -> str | None:
    """What an element says, by the names in which elements of all types say it."""
    kind = element.path.partition(".")[2]
    if kind in ELEMENTS:
        return None
    if kind == "repetition":
        return _repetition(element)
    if element.holds("paragraph"):
        law = element.part("paragraph")
        return joined(" ", [law.text("name"), law.text("section")]) if law else None
    return reading.day(element, "date") or _value(element)


def _value(element: Node) -> str | None:
    for key in ("value", "boolean"):
        if isinstance(element.value.get(key), bool):
            return said(element.take(key))
    if element.is_list("selectedValues"):
        return joined(", ", [*element.texts("selectedValues")])
    return element.text("text", "number", "decimal", "value", "supplier")


def _number(elements: dict[str, Node], kind: str) -> tuple[int | None, str | None]:
    """A whole number; as text with its name where it is none, so that half a minute is not lost."""
    element = elements.get(kind)
    if element is None:
        return None, None
    written = element.value.get("number")
    if isinstance(written, int) and not isinstance(written, bool):
        return written, None
    return None, labelled(kind, element.text("number"))


def _group(elements: dict[str, Node]) -> str | None:
    """The group that the law's paragraph belongs to: ``Rehabilitering``."""
    element = elements.get("paragraph")
    law = element.part("paragraph") if element and element.is_object("paragraph") else None
    return law.text("group") if law and law.is_object("group") else None


def _code(elements: dict[str, Node]) -> tuple[str | None, str | None]:
    """The code in the national association's catalogue, and the name that it has there."""
    element = elements.get("klMapping")
    if element is None:
        return None, None
    written = element.text("text")
    entry = element.part("klCatalogGrant")
    if entry is None:
        return written, None
    code = entry.text("code")
    return code or written, joined(" ", [entry.text("name"), written if code and written != code else None])


def _repetition(element: Node) -> str | None:
    """How often: the numbers and words of the nested pattern, each with its name, in their order."""
    lines: list[str | None] = []
    level: Node | None = element
    while level is not None:
        lines += [labelled(key, level.text(key)) for key in _PATTERN]
        shifts = level.texts("shifts") if level.holds("shifts") else []
        lines.append(labelled("shifts", joined(", ", [*shifts])))
        level = level.part("next") if level.holds("next") else None
    return joined("; ", lines)
