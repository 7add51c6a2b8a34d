"""An object of an answer that is read by asking: what nobody asked for is left, and can be told.

A name may hold a text, a number or an object that names a thing (``{"id": 3, "name": "Aktiv"}``): `text` reads all
three. A value of another form than the one that is asked for is refused, with its path, and read as if it were absent.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any, Final, TypeAlias, cast

from sync.fhir.exact import DecimalText

Json: TypeAlias = dict[str, Any]

_NAMES: Final = ("displayName", "fullName", "name", "title", "label", "text", "value", "description", "code")


class Node:
    """One object at `path` (names joined by points; members of a list have the list's path).

    `refused` collects path and value of what has another form than was asked for, for the object and all within it.
    """

    __slots__ = ("_asked", "_inner", "path", "refused", "value")

    def __init__(self, value: Json, path: str, refused: list[tuple[str, object]] | None = None) -> None:
        self.value = value
        self.path = path
        self.refused: list[tuple[str, object]] = [] if refused is None else refused
        self._asked: set[str] = set()
        self._inner: dict[int, Node] = {}

    def text(self, *keys: str) -> str | None:
        """The text of the first of `keys` that has one, as written (of a list: all); the others stay unasked for."""
        for key in keys:
            found = self._text(key)
            if found is not None:
                return found
        return None

    def flag(self, *keys: str) -> bool | None:
        """The yes or no of the first of `keys` that has one."""
        for key in keys:
            found = self.take(key)
            if isinstance(found, bool):
                return found
            if found is not None:
                self._refuse(key, found)
        return None

    def whole(self, key: str) -> int | None:
        """The whole number at `key`."""
        found = self.take(key)
        if found is None or (isinstance(found, int) and not isinstance(found, bool)):
            return found
        self._refuse(key, found)
        return None

    def part(self, key: str) -> Node | None:
        """The object at `key`."""
        found = self.take(key)
        if isinstance(found, dict):
            return self._within(cast("Json", found), key)
        if found is not None:
            self._refuse(key, found)
        return None

    def parts(self, key: str) -> list[Node]:
        """The objects of the list at `key`; a lone object is a list of one."""
        found = self.take(key)
        if isinstance(found, dict):
            return [self._within(cast("Json", found), key)]
        if not isinstance(found, list):
            if found is not None:
                self._refuse(key, found)
            return []
        nodes: list[Node] = []
        for item in cast("list[object]", found):
            if isinstance(item, dict):
                nodes.append(self._within(cast("Json", item), key))
            elif holds(item):
                self._refuse(key, item)
        return nodes

    def texts(self, key: str) -> list[str]:
        """The texts of the list at `key`: of its texts, its numbers and the objects in it. A lone one is a list."""
        found = self.take(key)
        several = cast("list[object]", found) if isinstance(found, list) else [found]
        read = [self._said(item, key) for item in several if holds(item)]
        return [text for text in read if text is not None]

    def lines(self, key: str) -> list[str | None]:
        """Everything at `key`, a line for each leaf with its name: for what has no known form and is shown whole."""
        found = leaves(self.take(key), key)
        return [f"{path}: {value}" for path, value in found if "._links." not in path]

    def holds(self, key: str) -> bool:
        """Does anything stand at `key`? It is not asked for by this."""
        return holds(self.value.get(key))

    def is_list(self, key: str) -> bool:
        """Does a list stand at `key`? It is not asked for by this."""
        return isinstance(self.value.get(key), list)

    def is_object(self, key: str) -> bool:
        """Does an object stand at `key`? It is not asked for by this."""
        return isinstance(self.value.get(key), dict)

    def take(self, key: str) -> Any:  # noqa: ANN401 (JSON is anything)
        """The value at `key`, whatever it is, as asked for; None where nothing stands there."""
        self._asked.add(key)
        found = self.value.get(key)
        return found if holds(found) else None

    def refuse(self, key: str) -> None:
        """The value at `key`, which was asked for, cannot be used after all."""
        self._refuse(key, self.value.get(key))

    def left(self, passed: Container[str] = ()) -> Iterator[tuple[str, object]]:
        """Path and value of each leaf that was never asked for, here and in the objects that were.

        Names in `passed` are passed over, with all that is within them.
        """
        for key, value in self.value.items():
            if key not in self._asked and key not in passed and holds(value):
                yield from leaves(value, f"{self.path}.{key}")
        for node in self._inner.values():
            yield from node.left(passed)

    def _text(self, key: str) -> str | None:
        found = self.take(key)
        return None if found is None else self._said(found, key)

    def _said(self, found: object, key: str) -> str | None:
        if isinstance(found, DecimalText):
            return str(found)
        if isinstance(found, str):
            return found
        if isinstance(found, int) and not isinstance(found, bool):
            return str(found)
        if isinstance(found, dict):
            return self._within(cast("Json", found), key).text(*_NAMES)
        if isinstance(found, list):
            several = cast("list[object]", found)
            return joined(", ", [self._said(item, key) for item in several if holds(item)])
        self._refuse(key, found)
        return None

    def _within(self, value: Json, key: str) -> Node:
        known = self._inner.get(id(value))
        if known is None:
            known = self._inner[id(value)] = Node(value, f"{self.path}.{key}", self.refused)
        return known

    def _refuse(self, key: str, value: object) -> None:
        self.refused.append((f"{self.path}.{key}", value))


def holds(value: object) -> bool:
    """Does this say anything? A null, an empty or blank text, an empty list or object does not."""
    if isinstance(value, str):
        return bool(value) and not value.isspace()
    return value is not None and not (isinstance(value, dict | list) and not value)


def members(value: object) -> list[Json]:
    """The objects of a list; a lone object is a list of one."""
    several = cast("list[object]", value) if isinstance(value, list) else [value]
    return [cast("Json", item) for item in several if isinstance(item, dict) and item]


def leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Each text, number, yes and no in `value`, with its path."""
    if isinstance(value, dict):
        for key, inner in cast("Json", value).items():
            yield from leaves(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in cast("list[object]", value):
            yield from leaves(inner, path)
    elif holds(value):
        yield path, value


def joined(separator: str, texts: list[str | None]) -> str | None:
    """Those of `texts` that say something, in their order; None where none does."""
    return separator.join(text for text in texts if text) or None


def labelled(label: str, text: str | None) -> str | None:
    """A text with what it is before it."""
    return f"{label}: {text}" if text else None
