"""Which elements of a resource no reader asked for: told when an export is tried, so that nothing is passed over.

A resource is watched by reading it as objects that note their keys. Reading so is slower; an export reads without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, cast

from sync.fhir.shape import Json, a_list
from sync.fhir.uncarried import why

_WHOLE: Final[tuple[tuple[frozenset[str], frozenset[str]], ...]] = (
    (frozenset({"coding", "text"}), frozenset({"text"})),
    (frozenset({"reference", "display", "identifier", "type"}), frozenset({"reference", "display", "identifier"})),
    (frozenset({"value", "unit", "system", "code"}), frozenset({"value"})),
    (frozenset({"value", "system", "use", "type", "period", "assigner"}), frozenset({"value"})),
    (frozenset({"system", "version", "code", "display", "userSelected"}), frozenset({"code", "display"})),
)
"""The keys of FHIR's small types that say one thing, and by which of them it is read: a concept by its text or by a
word of one of its codes, a reference by the name behind it, a quantity or an identifier by its value, a code by its
word."""


class Watched(dict[str, Any]):
    """An object of JSON that notes which of its keys were asked for."""

    __slots__ = ("asked",)

    def __init__(self, pairs: Json) -> None:
        super().__init__(pairs)
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 (JSON is anything)
        """As a dict's, and noted."""
        self.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 (as above)
        self.asked.add(key)
        return super().__getitem__(key)

    def is_read(self) -> bool:
        """Is this one of FHIR's small types, and was it read?"""
        keys = set(self) - {"id", "extension"}
        concept = "coding" in self and any(
            isinstance(code, Watched) and code.asked & {"code", "display"} for code in a_list(super().get("coding"))
        )
        return concept or any(keys <= whole and keys & by & self.asked for whole, by in _WHOLE)


def watch(value: object) -> Any:  # noqa: ANN401 (as above)
    """The same value, its objects watched."""
    if isinstance(value, dict):
        return Watched({key: watch(inner) for key, inner in cast("Json", value).items()})
    if isinstance(value, list):
        return [watch(inner) for inner in cast("list[object]", value)]
    return value


def left(resource: Json) -> Iterator[tuple[str, str]]:
    """Each element that holds something and that nobody asked for, as ``a.b`` and what stands there.

    Without those that are named, with a reason, among the elements that are not carried (`uncarried`).
    """
    kind = str(resource["resourceType"])
    for path, value in _left(resource, ""):
        if why(kind, path) is None:
            yield path, value


def _left(value: object, where: str) -> Iterator[tuple[str, str]]:
    for inner in a_list(value):
        yield from _left(inner, where)
    if isinstance(value, Watched):
        more = {"extension", "modifierExtension"} if value.is_read() else set(value) - {"resourceType"}
        for key, inner in value.items():
            if key in more:
                path = f"{where}.{key}" if where else key
                yield from _left(inner, path) if key in value.asked else _leaves(inner, path)


def _leaves(value: object, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in cast("Json", value).items():
            yield from _leaves(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for inner in cast("list[object]", value):
            yield from _leaves(inner, where)
    elif value is not None and value != "":
        yield where, str(value)
