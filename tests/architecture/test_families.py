"""A family has one shape: what a member is beside the folder of members, one file a member, and a table that names each."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Family:
    """`singular` says what a member is; `plural` holds the members; `table` names them; each has `attribute`."""

    singular: str
    plural: str
    table: str
    attribute: str

    @property
    def folder(self) -> Path:
        return ROOT / self.plural.replace(".", "/")

    @property
    def files(self) -> set[str]:
        names = {file.stem for file in self.folder.glob("*.py")} | {
            file.parent.name for file in self.folder.glob("*/__init__.py")
        }
        return {f"{self.plural}.{name}" for name in names if not name.startswith("_")}


FAMILIES = (
    Family("backupreader.command", "backupreader.commands", "COMMANDS", "add"),
    Family("sync.adapter", "sync.adapters", "ADAPTERS", "ADAPTER"),
    Family("sync.carrier", "sync.carriers", "CARRIERS", "CARRIER"),
    Family("printing.document", "printing.documents", "DOCUMENTS", "DOCUMENT"),
    Family("printing.paper", "printing.papers", "PAPERS", "PAPER"),
    Family("ui.screen", "ui.screens", "SCREENS", "SCREEN"),
    Family("ui.chapter", "ui.chapters", "CHAPTERS", "CHAPTER"),
)
MEMBERS = [(family, member) for family in FAMILIES for member in sorted(family.files)]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.plural)
def test_the_table_names_every_member_once_and_nothing_else(family: Family) -> None:
    table = getattr(importlib.import_module(family.plural), family.table)
    entries = list(table.values()) if isinstance(table, dict) else list(table)
    by_identity = {id(getattr(importlib.import_module(member), family.attribute)): member for member in family.files}
    named = [by_identity.get(id(entry)) or _module(family, entry) for entry in entries]
    assert sorted(named) == sorted(family.files)


@pytest.mark.parametrize(("family", "member"), MEMBERS, ids=lambda value: value if isinstance(value, str) else "")
def test_every_member_is_what_the_family_says(family: Family, member: str) -> None:
    assert hasattr(importlib.import_module(member), family.attribute)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.plural)
def test_what_a_member_is_stands_beside_the_folder_and_is_written_down(family: Family) -> None:
    contract = importlib.import_module(family.singular).__doc__ or ""
    assert len(contract.split()) > 40
    assert not family.singular.startswith(family.plural + ".")


def _module(family: Family, entry: object) -> str:
    """The module that a table's word means: its full name, or the member's own name as a person says it."""
    name = str(entry)
    return name if name.startswith(family.plural) else f"{family.plural}.{name.replace('-', '_')}"
