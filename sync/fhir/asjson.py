"""FHIR's XML as the JSON that FHIR lays down for the same resource (R4, 2.6), so that one reader reads both.

What the XML cannot say without the schema is taken from FHIR's own names: which elements are numbers or flags. A lone
element stands alone, not in a list of one: the readers take both.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Final

from sync.fhir.exact import DecimalText
from sync.fhir.shape import Json
from sync.markup import Element, head, records, records_of

FHIR: Final = "http://hl7.org/fhir"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_HOLDERS: Final = frozenset({"contained", "resource", "outcome"})
_FLAGS: Final = frozenset(
    {
        "active", "asNeeded", "asNeededBoolean", "deceasedBoolean", "doNotPerform", "experimental", "inactive",
        "isSubpotent",
        "multipleBirthBoolean", "preferred", "primarySource", "reportedBoolean", "userSelected", "valueBoolean",
        "wasSubstituted", "allowedBoolean", "fastingStatusBoolean", "excluded", "exclude",
    }
)  # fmt: skip
_WHOLE: Final = frozenset(
    {
        "count", "countMax", "frequency", "frequencyMax", "offset", "sequence", "rank", "total", "size", "dimensions",
        "numberOfRepeatsAllowed", "multipleBirthInteger", "valueInteger", "valuePositiveInt", "valueUnsignedInt",
        "doseNumberPositiveInt", "seriesDosesPositiveInt", "height", "width", "frames",
    }
)  # fmt: skip
_DECIMALS: Final = frozenset(
    {"period", "periodMax", "duration", "durationMax", "valueDecimal", "factor", "lowerLimit", "upperLimit"}
)
_TEXTS_WITH_VALUE: Final = frozenset(
    {"identifier", "valueIdentifier", "telecom", "valueContactPoint", "groupIdentifier", "masterIdentifier", "payload"}
)
"""Where ``value`` is a text; everywhere else an element with a ``value`` inside is a Quantity, and that a number."""
_DIGITS: Final = 16  # as many as a whole number surely keeps


def looks_like_fhir_xml(path: Path) -> bool:
    """Is the root element one of FHIR's? Never raises."""
    found = head(path)
    return found is not None and found[0] == FHIR and found[1][:1].isupper()


def value(path: Path) -> Json:
    """The resource in the file. Raises `ReaderError` for what is cut or no XML (see `sync.markup`)."""
    *_, root = records(path, ())
    return _resource(root)


def value_of(data: bytes, path: Path) -> Json:
    """As `value`, of a resource that stood in an envelope in the file at `path`."""
    *_, root = records_of(data, path, ())
    return _resource(root)


def _resource(element: Element) -> Json:
    return {"resourceType": element.name, **_object(element)}


def _object(element: Element) -> Json:
    """What stands in an element that is no primitive."""
    found: dict[str, list[object]] = {}
    more: dict[str, list[object]] = {}
    for child in element.children:
        primitive, extended = _value(child, element.name)
        found.setdefault(child.name, []).append(primitive)
        more.setdefault(f"_{child.name}", []).append(extended)
    made: Json = {name: text for name, text in element.attributes.items() if name in {"id", "url"}}
    made |= {name: _alone(values) for name, values in found.items() if any(one is not None for one in values)}
    made |= {name: _alone(values) for name, values in more.items() if any(one is not None for one in values)}
    return made


def _alone(values: list[object]) -> object:
    return values[0] if len(values) == 1 else values


def _value(element: Element, holder: str) -> tuple[object, Json | None]:
    """What the element is, and what JSON sets beside a primitive: its id and extensions."""
    if element.namespace == _XHTML or element.name == "div":  # some senders leave its namespace out
        return _markup(element), None
    if element.name in _HOLDERS and len(element.children) == 1 and element.children[0].name[:1].isupper():
        return _resource(element.children[0]), None
    text = element.attributes.get("value")
    if text is None and (element.children or "url" in element.attributes):
        made = _object(element)
        only_beside = set(made) <= {"id", "extension"} and element.name != "extension"
        return (None, made) if only_beside else (made, None)
    beside = _object(element) if element.children or "id" in element.attributes else None
    return _typed(element.name, holder, text), beside


def _typed(name: str, holder: str, text: str | None) -> object:
    """A primitive's text as JSON has it; what is not of its kind stays text, and the reader says so."""
    if text is None:
        return None
    if name in _FLAGS and text.strip() in {"true", "false"}:
        return text.strip() == "true"
    if name in _WHOLE and text.removeprefix("-").isdecimal() and text.isascii() and len(text) < _DIGITS:
        return int(text)
    is_quantity = name == "value" and holder not in _TEXTS_WITH_VALUE
    if (name in _DECIMALS or is_quantity) and _is_number(text):
        return DecimalText(text)
    return text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii() and not set(text) - set("+-.0123456789eE")


def _markup(element: Element) -> str:
    """XHTML as the text that JSON holds it in: texts and elements in their order."""
    attributes = "".join(f' {name}="{escape(text)}"' for name, text in element.attributes.items())
    inner, before = "", 0
    for child in element.children:
        inner += escape(element.text[before : child.at], quote=False) + _markup(child)
        before = child.at
    return f"<{element.name}{attributes}>{inner}{escape(element.text[before:], quote=False)}</{element.name}>"
