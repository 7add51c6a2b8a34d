"""Which tables a site keeps out of its generations by its own decision: some forbid medicine lists in the fallback."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from backupreader.domain.records import TABLES

CLASSES: Final[Mapping[str, tuple[str, ...]]] = {
    "medicine": ("medication", "dose", "administration"),
    "notes": ("note",),
    "documents": ("document",),
    "access": ("access", "access_code"),
    "medication": ("medication", "dose"),  # a dose of no order says nothing that anybody could use
}
"""What several tables are called together."""
PRINTS: Final[Mapping[str, str]] = {"medicine-list": "medication"}
"""Kinds of documents that show what a table holds: they are left out with it."""
ALWAYS: Final = frozenset({"unit", "citizen", "alert"})
"""Never left out: without the first two nobody is found, and a warning must be known before anything is given."""


def tables_of(names: Iterable[str]) -> tuple[str, ...]:
    """The tables that `names` (classes, or tables) mean, in the tables' order. Raises KeyError with an unknown name."""
    meant: set[str] = set()
    for name in names:
        if name in ALWAYS or (name not in CLASSES and name not in TABLES):
            raise KeyError(name)
        meant.update(CLASSES.get(name, (name,)))
    return tuple(table for table in TABLES if table in meant)
