"""What kind of thing stands in each field of each record that a table can carry: taken from the records themselves."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from enum import Enum
from types import MappingProxyType, UnionType
from typing import TYPE_CHECKING, Final, Literal, Union, get_args, get_origin, get_type_hints

from backupreader.domain.records import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(Enum):
    """How the text of a cell is to be understood."""

    ID = "the record's own number or name in the source"
    REFERENCE = "another record's id"
    TEXT = "text, kept exactly"
    MOMENT = "a date, or a date and a clock time"
    CLOCK = "a clock time"
    DECIMAL = "a number with decimals"
    INTEGER = "a whole number"
    YES_NO = "yes or no"
    CHOICE = "one of a few words"
    WEEKDAYS = "days of the week"
    IDENTIFIERS = "person numbers"


_MOMENTS = {
    "birth_date", "status_since", "deceased_at", "start", "end", "recorded_at", "written_at", "follow_up",
    "paused_from", "paused_to", "prescribed_at", "reviewed_at", "planned_at", "given_at", "taken_at",
}  # fmt: skip
_REFERENCES = {("unit", "parent"), ("citizen", "unit"), ("visit", "unit")}
_ALWAYS_REFERENCES = {"citizen", "access", "medication"}
_UNIONS = (Union, UnionType)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record. `choices` are the words of a `Kind.CHOICE`; `default` is what no column means."""

    name: str
    kind: Kind
    required: bool
    default: object
    choices: tuple[str, ...] = ()

    @property
    def otherwise(self) -> str | None:
        """The choice that says "something else was written"; None where the record has no such word."""
        return next((word for word in ("unknown", "other") if word in self.choices), None)


def _kind(  # noqa: PLR0911 (one return a kind)
    table: str, name: str, hint: object
) -> tuple[Kind, tuple[str, ...]]:
    options = [part for part in get_args(hint) if part is not type(None)] if get_origin(hint) in _UNIONS else [hint]
    first = options[0]
    if get_origin(first) is Literal:
        return Kind.CHOICE, tuple(str(word) for word in get_args(first))
    if name in {"id", "identifiers"}:
        return (Kind.ID if name == "id" else Kind.IDENTIFIERS), ()
    if (table, name) in _REFERENCES or name in _ALWAYS_REFERENCES:
        return Kind.REFERENCE, ()
    if first in {bool, int}:
        return (Kind.YES_NO if first is bool else Kind.INTEGER), ()
    if name in _MOMENTS:
        return Kind.MOMENT, ()
    if table == "dose" and name in {"time", "weekdays"}:
        return (Kind.CLOCK if name == "time" else Kind.WEEKDAYS), ()
    if name in {"quantity", "quantity_max"}:
        return Kind.DECIMAL, ()
    return Kind.TEXT, ()


def _fields(table: str) -> Mapping[str, Field]:
    hints = get_type_hints(TABLES[table])
    found: dict[str, Field] = {}
    for item in fields(TABLES[table]):
        if item.name == "origin":
            continue
        kind, choices = _kind(table, item.name, hints[item.name])
        # A visit's zone is the site's where no column says it.
        required = item.default is MISSING and item.name != "zone"
        default = None if item.default is MISSING else item.default
        found[item.name] = Field(item.name, kind, required, default, choices)
    return MappingProxyType(found)


# A document's content is bytes: no column can hold it.
FIELDS: Final[Mapping[str, Mapping[str, Field]]] = MappingProxyType(
    {table: _fields(table) for table in TABLES if table != "document"}
)
