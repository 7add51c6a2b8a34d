"""The objects in an answer: itself, the members of a list, of a page, of ``_embedded``, of pages within pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

from sync.nexus.kinds import UNKNOWN, by_address, by_key, kind_of, self_link
from sync.nexus.node import Json, Node, holds

_LISTS: Final = frozenset({"content", "pages", "items", "results", "data"})
_SINGLE: Final = frozenset({"patient", "referencedObject"})
_PAGE_OF: Final = re.compile(r"(?<=[?&])(?:page|pageNumber|offset|from)=[^&]*&?")


@dataclass(frozen=True, slots=True)
class Found:
    """One object (None: a value that is none), its kind, and the address of the page it stands in."""

    value: Json | None
    kind: str = UNKNOWN
    page: str | None = None
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page around objects: the list it belongs to, its place in it, and what of it nobody asked for.

    `number` counts as the system does, from 0 or from 1; `bare` pages are named by their link and lie elsewhere.
    """

    kinds: frozenset[str]
    of: str
    number: int | None
    total: int | None
    bare: int
    node: Node


def opened(value: object, hint: str = UNKNOWN, page: str | None = None) -> Iterator[Found | Page]:
    """Everything in one JSON value."""
    if isinstance(value, list):
        for item in cast("list[object]", value):
            yield from opened(item, hint, page)
        return
    if not isinstance(value, dict):
        if holds(value):
            yield Found(None, shown=str(value))
        return
    holder = cast("Json", value)
    if isinstance(holder.get("patient"), dict) and ("isPatientAccessible" in holder or "patientAccessible" in holder):
        yield from _wrapped(holder, page)
        return
    kind = kind_of(holder, hint)
    inner = _inner(holder) if kind in {UNKNOWN, hint} or not _has_own_words(holder) else {}
    if not inner:
        yield Found(holder, kind, page)
        return
    yield from _page(holder, inner, hint, page)


def _has_own_words(holder: Json) -> bool:
    return holds(holder.get("id")) or holds(holder.get("name"))


def _inner(holder: Json) -> dict[str, Any]:
    """The lists of a page by their names; none where the object is a thing of its own."""
    if _has_own_words(holder) or "formDefinition" in holder or "medicationGroups" in holder:
        return {}
    embedded = holder.get("_embedded")
    found: dict[str, Any] = dict(cast("Json", embedded)) if isinstance(embedded, dict) else {}
    lists = [key for key, value in holder.items() if isinstance(value, list)]
    return found | {key: holder[key] for key in lists if key in _LISTS or by_key(key) != UNKNOWN}


def _wrapped(holder: Json, page: str | None) -> Iterator[Found | Page]:
    """The answer to a search for one citizen: the citizen stands in it."""
    node = Node(holder, "page")
    node.take("patient")
    yield Page(frozenset({"citizen"}), "", None, None, 0, node)
    yield from opened(holder["patient"], "citizen", page)


def _page(holder: Json, inner: dict[str, Any], hint: str, page: str | None) -> Iterator[Found | Page]:
    node = Node(holder, "page")
    address = self_link(holder) or page
    around = by_address(address) or hint
    counted = node.part("page") if node.is_object("page") else node
    number, total = None, None
    if counted is not None:
        number = _count(counted, "number", "pageNumber", "page")
        total = _count(counted, "totalPages", "pageCount")
        for key in ("totalItems", "totalElements", "size", "pageSize", "numberOfElements"):
            counted.take(key)
    node.take("_embedded")
    bare = 0
    kinds: set[str] = set()
    members: list[tuple[object, str]] = []
    for key, value in inner.items():
        node.take(key)
        wanted = by_key(key) or around
        kinds.add(wanted)
        several: list[object] = cast("list[object]", value) if isinstance(value, list) else [value]
        for item in several:
            if key == "pages" and _is_bare(item):
                bare += 1
            else:
                members.append((item, wanted))
    yield Page(frozenset(kinds), _list_of(address, kinds), number, total, bare, node)
    for item, wanted in members:
        yield from opened(item, wanted, address)


def _is_bare(item: object) -> bool:
    """A page that is only named by its link."""
    return isinstance(item, dict) and set(cast("Json", item)) <= {"_links"}


def _count(node: Node, *keys: str) -> int | None:
    for key in keys:
        found = node.value.get(key)
        if isinstance(found, int) and not isinstance(found, bool):
            node.take(key)
            return found
    return None


def _list_of(address: str | None, kinds: set[str]) -> str:
    """What the pages of one list have in common: their address without the page's place."""
    bare = _PAGE_OF.sub("", address or "").rstrip("?&")
    return bare or ",".join(sorted(kinds))
