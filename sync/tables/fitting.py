"""Does what a profile states fit the fields of the records? Each rule raises `ValueError` with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sync.tables.fields import FIELDS, Field, Kind

_TYPES: Final[Mapping[Kind, type]] = {Kind.INTEGER: int, Kind.YES_NO: bool}
_WORDS: Final[Mapping[Kind, tuple[str, ...]]] = {Kind.YES_NO: ("true", "false"), Kind.WEEKDAYS: tuple("1234567")}


def known_fields(table: str) -> Mapping[str, Field]:
    """The fields of that table."""
    if table not in FIELDS:
        raise ValueError(f"there is no table {table!r}; the tables are {', '.join(FIELDS)}")
    return FIELDS[table]


def check_names(table: str, names: list[str]) -> None:
    """The table has these fields, and each can be read from a cell."""
    known = known_fields(table)
    for name in names:
        if name not in known or known[name].kind is Kind.IDENTIFIERS:
            raise ValueError(f"a {table} has no field {name!r}")


def check_required(table: str, names: list[str]) -> None:
    """These fields are enough to make a record."""
    missing = [name for name, field in known_fields(table).items() if field.required and name not in names]
    if missing:
        raise ValueError(f"a {table} needs {', '.join(missing)}")


def check_value(field: Field, value: object) -> None:
    """The field can hold this value."""
    if type(value) is not _TYPES.get(field.kind, str) or (field.choices and value not in field.choices):
        raise ValueError(f"{field.name} cannot be {value!r}")


def check_codes(field: Field, codes: Mapping[str, str]) -> None:
    """Every code leads to a word that the field has."""
    words = _WORDS.get(field.kind, field.choices)
    for code, word in codes.items():
        if words and word not in words:
            raise ValueError(f"{field.name}: {code!r} leads to {word!r}; the words are {', '.join(words)}")
