"""What a note is made of, as a table: an element of the resource, the name before its text, how it is read.

Only the elements that a resource has are looked at: an export holds millions of resources, and each has few of the
elements it may have.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from sync.fhir.concept import all_said, coding_text, notes_text, period_text, said
from sync.fhir.reading import Reading
from sync.fhir.shape import Json, part, parts, word

Read: TypeAlias = Callable[[Reading, Json, str], str | None]
Line: TypeAlias = tuple[str, str | None, Read]


def concept(_: Reading, holder: Json, key: str) -> str | None:
    """A CodeableConcept."""
    return said(part(holder, key))


def concepts(_: Reading, holder: Json, key: str) -> str | None:
    """Several CodeableConcepts."""
    return all_said(parts(holder, key))


def text(_: Reading, holder: Json, key: str) -> str | None:
    """A text."""
    return word(holder, key)


def period(_: Reading, holder: Json, key: str) -> str | None:
    """A Period."""
    return period_text(holder, key)


def remarks(_: Reading, holder: Json, key: str) -> str | None:
    """Annotations."""
    return notes_text(holder, key)


def who(reading: Reading, holder: Json, key: str) -> str | None:
    """The name behind a reference."""
    return reading.who(holder, key)


def all_who(reading: Reading, holder: Json, key: str) -> str | None:
    """The names behind references."""
    return reading.all_who(holder, key)


def told(reading: Reading, holder: Json, key: str) -> str | None:
    """What conditions and goals that are referred to say."""
    return reading.told(holder, key)


def quantity(reading: Reading, holder: Json, key: str) -> str | None:
    """A Quantity."""
    return reading.quantity_text(holder, key)


def display(_: Reading, holder: Json, key: str) -> str | None:
    """A lone Coding."""
    return coding_text(part(holder, key))


def each(inner: str, read: Read) -> Read:
    """The element `inner` of several parts."""

    def several(reading: Reading, holder: Json, key: str) -> str | None:
        found = [read(reading, item, inner) for item in parts(holder, key) if inner in item]
        return "; ".join(dict.fromkeys(item for item in found if item)) or None

    return several


def within(inner: str, read: Read) -> Read:
    """The element `inner` of one part."""

    def one(reading: Reading, holder: Json, key: str) -> str | None:
        return read(reading, part(holder, key), inner)

    return one


def lines_of(reading: Reading, table: Sequence[Line]) -> list[str | None]:
    """The lines of `table` that the resource has something for."""
    resource = reading.resource
    found: list[str | None] = []
    for key, label, read in table:
        if key in resource:
            line = read(reading, resource, key)
            if line:
                found.append(f"{label}: {line}" if label else line)
    return found
