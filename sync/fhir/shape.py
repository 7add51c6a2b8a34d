"""Reading a resource whose shape nobody vouches for: each accessor gives what FHIR lays down, or raises.

`Misshapen` names the container and the key, so that the caller can take exactly that value out, say so in an `Issue`,
and read the rest of the resource again.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias, cast

Json: TypeAlias = dict[str, Any]

NOTHING: Final[Json] = {}
"""What `part` gives for an object that is not there. Never written to."""


class Misshapen(Exception):
    """A value is of another kind than FHIR says. It stands at `key` of `container`."""

    def __init__(self, container: dict[str, Any] | list[Any], key: str | int) -> None:
        super().__init__(key)
        self.container = container
        self.key = key

    def take_out(self) -> object:
        """Remove the value from its container and return it."""
        if isinstance(self.container, dict):
            return self.container.pop(str(self.key))
        return self.container.pop(int(self.key))


def an_object(value: object) -> Json | None:
    """The value itself where it is an object; None for anything else, without complaint."""
    return cast("Json", value) if isinstance(value, dict) else None


def a_list(value: object) -> list[object]:
    """The members of a list; none for anything else, without complaint."""
    return list(cast("list[object]", value)) if isinstance(value, list) else []


def part(holder: Json, key: str) -> Json:
    """The object at `key`; an empty one where there is none."""
    value = holder.get(key)
    if value is None:
        return NOTHING
    if not isinstance(value, dict):
        raise Misshapen(holder, key)
    return cast("Json", value)


def parts(holder: Json, key: str) -> list[Json]:
    """The objects of the list at `key`. A lone object is read as a list of one: senders do that."""
    value = holder.get(key)
    if value is None:
        return []
    if isinstance(value, dict):
        return [cast("Json", value)]
    if value.__class__ is not list:
        raise Misshapen(holder, key)
    for place, item in enumerate(value):
        if not isinstance(item, dict):
            raise Misshapen(value, place)
    return value


def word(holder: Json, key: str) -> str | None:
    """The text at `key`, as written; None where there is none or only white space."""
    value = holder.get(key)
    if value is None:
        return None
    if value.__class__ is not str:
        raise Misshapen(holder, key)
    return value if value and not value.isspace() else None


def words(holder: Json, key: str) -> list[str]:
    """The texts of the list at `key`.

    A lone text is a list of one; a null stands for a text that only has extensions.
    """
    value = holder.get(key)
    if value is None:
        return []
    if value.__class__ is str:
        return [value] if value else []
    if value.__class__ is not list:
        raise Misshapen(holder, key)
    found: list[str] = []
    for place, item in enumerate(value):
        if item.__class__ is str:
            found.append(item)
        elif item is not None:
            raise Misshapen(value, place)
    return found


def flag(holder: Json, key: str) -> bool | None:
    """The yes or no at `key`."""
    value = holder.get(key)
    if value is None or value.__class__ is bool:
        return value
    raise Misshapen(holder, key)


def whole(holder: Json, key: str) -> int | None:
    """The whole number at `key`."""
    value = holder.get(key)
    if value is None or value.__class__ is int:
        return value
    raise Misshapen(holder, key)


def extensions(holder: Json, ending: str) -> list[Json]:
    """The extensions whose address ends with `ending`."""
    return [item for item in parts(holder, "extension") if (word(item, "url") or "").endswith(ending)]
