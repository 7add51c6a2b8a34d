"""The adapters: the table. A member is a module with ``ADAPTER``; see ``sync.adapter``. Loaded when first asked for."""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sync.adapter import Adapter

ADAPTERS: Final = (
    "sync.adapters.fhir",
    "sync.adapters.table",
    "sync.adapters.nexus",
    "sync.adapters.pdf",
    "sync.adapters.medcom",
    "sync.adapters.rivta",
    "sync.adapters.fmk",
)


@cache
def adapters() -> tuple[Adapter, ...]:
    """Every adapter, in the table's order."""
    loaded: list[Adapter] = [importlib.import_module(module).ADAPTER for module in ADAPTERS]
    return tuple(loaded)


def adapter(name: str) -> Adapter | None:
    """The adapter of that name."""
    return next((member for member in adapters() if member.name == name), None)
