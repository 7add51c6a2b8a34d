"""Which things came already, and what they said.

Robots dump short forms of a citizen or a unit in many answers. Of each the fullest form is found beforehand (`gather`):
a form that says nothing that the fullest does not say is taken once, as the fullest. One that says anything else is
another form, and both are taken.
"""

from __future__ import annotations

import orjson

from sync.nexus.node import Json, leaves


class Seen:
    """Eight bytes for each thing, and for each leaf of those things of which short forms are common."""

    def __init__(self) -> None:
        self._forms: dict[str, list[int]] = {}
        self._fullest: dict[str, frozenset[int]] = {}

    def gather(self, key: str, value: Json) -> None:
        """Remember the fullest form of a thing of which short forms are common."""
        said = _said(value)
        before = self._fullest.get(key)
        if before is None or before < said:
            self._fullest[key] = said

    def place(self, key: str, value: Json) -> tuple[int, bool]:
        """The number of this form among those with its key (0: nothing new in it), and whether it is another one."""
        fullest = self._fullest.get(key)
        if fullest is None:
            form = hash(orjson.dumps(_content(value), option=orjson.OPT_SORT_KEYS))
        else:
            said = _said(value)
            if said < fullest:
                return 0, False
            form = hash(said)
        forms = self._forms.setdefault(key, [])
        if form in forms:
            return 0, False
        forms.append(form)
        return len(forms), len(forms) > 1


def _said(value: Json) -> frozenset[int]:
    """What an object says, leaf by leaf."""
    return frozenset(hash((path, leaf.__class__, leaf)) for path, leaf in leaves(_content(value), ""))


def _content(value: Json) -> Json:
    """An object without its links, how often it was saved, and the things below it, which are things of their own."""
    return {key: inner for key, inner in value.items() if key not in {"_links", "version", "children"}}
