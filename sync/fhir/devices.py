"""Device → Note where a citizen has it, an implant for one."""

from __future__ import annotations

from typing import Final

from sync.fhir.attachments import Around
from sync.fhir.lines import Line, concept, lines_of, remarks, text
from sync.fhir.notes import add
from sync.fhir.reading import Reading
from sync.fhir.references import device_name
from sync.fhir.shape import part, word

_DEVICE: Final[tuple[Line, ...]] = (
    ("type", None, concept),
    ("manufacturer", "manufacturer", text),
    ("modelNumber", "modelNumber", text),
    ("serialNumber", "serialNumber", text),
    ("lotNumber", "lotNumber", text),
    ("expirationDate", "expirationDate", text),
    ("note", None, remarks),
)


def device(reading: Reading) -> None:
    """A Device that a citizen has, an implant for one; any other is only referred to."""
    resource = reading.resource
    if not part(resource, "patient"):
        reading.issue("resource-for-reference", None, word(resource, "id"), "note")
        return
    citizen = reading.citizen("patient")
    if citizen is None:
        return
    name = device_name(resource)
    add(reading, Around(citizen, name, None, None), [name, *lines_of(reading, _DEVICE)])
