"""The first pass: what others refer to, which pages came, and which kinds each file holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sync.nexus.files import NotData, values
from sync.nexus.kinds import citizen_in, links
from sync.nexus.node import Json, Node
from sync.nexus.pages import Found, Page, opened
from sync.nexus.people import number_of
from sync.nexus.seen import Seen

_GRANTS: Final = {"basketGrantId": "BASKET_GRANT", "currentOrderGrantId": "ORDER_GRANT"}
_MOST_PAGES: Final = 1_000_000


@dataclass(slots=True)
class PageSet:
    """The pages of one list: how many there are, and which came."""

    total: int = 0
    came: set[int] = field(default_factory=set[int])
    first: Path | None = None
    kinds: set[str] = field(default_factory=set[str])

    def missing(self) -> list[int]:
        """The numbers of the pages that did not come, counted as the system does, from 0 or from 1."""
        start = 0 if 0 in self.came else 1
        return [number for number in range(start, start + self.total) if number not in self.came]


@dataclass(slots=True)
class Survey:
    """`kinds` are those that each file delivers, also with no object of them; `units` leads from citizen to unit.

    `grants` leads from what events call a granted service (``ORDER_GRANT:902``) to its name; `parents` from a unit to
    the one above it.
    """

    kinds: dict[Path, set[str]] = field(default_factory=dict[Path, set[str]])
    numbers: dict[str, str] = field(default_factory=dict[str, str])
    units: dict[str, str] = field(default_factory=dict[str, str])
    parents: dict[str, str] = field(default_factory=dict[str, str])
    grants: dict[str, str] = field(default_factory=dict[str, str])
    pages: dict[str, PageSet] = field(default_factory=dict[str, PageSet])
    unreadable: set[Path] = field(default_factory=set[Path])


def survey(files: Sequence[Path], seen: Seen) -> Survey:
    """Read every file once. Raises `ReaderError` for one that cannot be read at all."""
    found = Survey()
    for path in files:
        kinds = found.kinds.setdefault(path, set())
        try:
            for thing in _things(path):
                if isinstance(thing, Page):
                    kinds |= thing.kinds
                    _page(found, thing, path)
                elif thing.value is not None:
                    kinds.add(thing.kind)
                    _gather(found, thing.kind, thing.value, thing.page, seen)
        except NotData:
            found.unreadable.add(path)
    return found


def _things(path: Path) -> Iterator[Found | Page]:
    for _, value in values(path):
        yield from opened(value)


def _page(found: Survey, page: Page, path: Path) -> None:
    if page.total is None or page.number is None or not 0 < page.total < _MOST_PAGES:
        return
    pages = found.pages.setdefault(page.of, PageSet(first=path))
    pages.total = max(pages.total, page.total)
    pages.came.add(page.number)
    pages.kinds |= page.kinds


def _gather(found: Survey, kind: str, value: Json, page: str | None, seen: Seen) -> None:
    node = Node(value, kind)
    if kind == "citizen":
        number, own = number_of(node)[0], node.text("id")
        if own is not None:
            seen.gather(f"citizen/{own}", value)
            if number is not None:
                found.numbers.setdefault(number, own)
    elif kind == "unit":
        _tree(found, node, seen)
    elif kind == "grant":
        name = node.text("name", "displayName", "title")
        for key, prefix in _GRANTS.items():
            own = node.text(key)
            if own is not None and name is not None:
                found.grants[f"{prefix}:{own}"] = name
    elif (
        kind == "relation" and value.get("primaryOrganization") is True and value.get("effectiveAtPresent") is not False
    ):
        unit = node.part("organization")
        own = unit.text("id") if unit else None
        citizen = node.text("patientId") or citizen_in(links(value)) or citizen_in([page] if page else [])
        if own is not None and citizen is not None:
            found.units.setdefault(citizen, own)


def _tree(found: Survey, node: Node, seen: Seen) -> None:
    """Which unit stands above which, and the fullest form of each: trees and lists of units hold the same ones."""
    own = node.text("id", "name")
    if own is not None:
        seen.gather(f"unit/{own}", node.value)
    for below in node.parts("children"):
        inner = below.text("id", "name")
        if own is not None and inner is not None and inner != own:
            found.parents.setdefault(inner, own)
        _tree(found, below, seen)
