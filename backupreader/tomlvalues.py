"""Typed values out of a table of a TOML file that a person wrote: what is wrong is told by its key.

Each function raises `Wrong` with the key (and where it stands) when the value is of another kind than it must be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast


class Wrong(Exception):
    """Which key, and why."""


def tables(raw: dict[str, object], key: str, known: set[str]) -> Iterator[tuple[str, dict[str, object]]]:
    """The tables ``[[key]]``, each with the words that say where it stands."""
    entries = raw.get(key, [])
    if not isinstance(entries, list):
        raise Wrong(key)
    for number, table in enumerate(cast("list[object]", entries), start=1):
        where = f"{key} {number}: "
        if not isinstance(table, dict):
            raise Wrong(where)
        entry = cast("dict[str, object]", table)
        only(entry, known, where)
        yield where, entry


def table(raw: dict[str, object], key: str, known: set[str] | None) -> dict[str, object]:
    """The table ``[key]``; empty where there is none. With None for `known` its keys are names that others judge."""
    value = raw.get(key, {})
    if not isinstance(value, dict):
        raise Wrong(key)
    found = cast("dict[str, object]", value)
    if known is not None:
        only(found, known, f"{key}: ")
    return found


def once(names: Sequence[str], key: str) -> None:
    """Refuse a name that stands twice."""
    if twice := [name for name in names if names.count(name) > 1]:
        raise Wrong(f"{key}: {twice[0]}")


def only(raw: dict[str, object], known: set[str], where: str) -> None:
    """Refuse a key that nobody knows: a misspelt one must not silently mean a default."""
    if unknown := [key for key in raw if key not in known]:
        raise Wrong(where + unknown[0])


def text(raw: dict[str, object], key: str, default: str) -> str:
    """A text."""
    value = raw.get(key, default)
    if not isinstance(value, str):
        raise Wrong(key)
    return value


def texts(raw: dict[str, object], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """A list of texts."""
    value = raw.get(key, list(default))
    if not isinstance(value, list):
        raise Wrong(key)
    found = [item for item in cast("list[object]", value) if isinstance(item, str)]
    if len(found) < len(cast("list[object]", value)):
        raise Wrong(key)
    return tuple(found)


def number(raw: dict[str, object], key: str, default: int, least: int, most: int) -> int:
    """A whole number from `least` to `most`."""
    value = raw.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Wrong(f"{key} ({least}–{most})")
    return value


def switch(raw: dict[str, object], key: str) -> bool:
    """True or false; false where nothing is said."""
    value = raw.get(key, False)
    if not isinstance(value, bool):
        raise Wrong(f"{key} (true, false)")
    return value


def path(raw: dict[str, object], key: str, folder: Path) -> Path | None:
    """A path, relative to `folder`; None where nothing is said."""
    value = raw.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value or "\0" in value:
        raise Wrong(key)
    return folder / home(value)


def home(value: str) -> Path:
    """The path, ``~`` being somebody's own folder."""
    try:
        return Path(value).expanduser()
    except RuntimeError:  # ``~name``, where nobody here has that name
        raise Wrong(value) from None
