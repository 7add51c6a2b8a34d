"""A document that comes more than once: responses overlap where a service was asked for several units or periods."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from sync.markup import Element
from sync.rivta.entry import Entry


class Again:
    """Every document so far, by its kind and id, with a digest of what each coming of it said."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], list[bytes]] = {}
        self._forms: dict[tuple[str, str], set[bytes]] = {}

    def gather(self, key: tuple[str, str], element: Element) -> None:
        """Beforehand: every form of a document that names its person itself."""
        self._forms.setdefault(key, set()).add(_digest("", element))

    def differs(self, key: tuple[str, str]) -> bool:
        """Does the document come with more than one content? Then nobody knows which of them holds."""
        return len(self._forms.get(key, ())) > 1

    def suffix(self, entry: Entry, key: tuple[str, str], whose: str, element: Element) -> str | None:
        """What is added to the document's id: nothing at first, ``~2`` to another content, None where it said the same.

        `whose` is the number of the person. A medicine that stands in two responses must not become two medicines;
        two that differ must both be seen.
        """
        digest = _digest(whose, element)
        before = self._seen.setdefault(key, [])
        if digest in before:
            entry.out.clear()
            entry.issue("resource-repeated", key[0], key[1], "note")
            return None
        before.append(digest)
        if len(before) == 1:
            return ""
        entry.issue("resource-differs", key[0], key[1])
        return f"~{len(before)}"


def _digest(whose: str, element: Element) -> bytes:
    return sha256("\0".join((whose, *_said(element))).encode("utf-8", "surrogatepass")).digest()


def _said(element: Element) -> Iterator[str]:
    yield element.name
    for name, text in sorted(element.attributes.items()):
        yield f"{name}={text}"
    yield element.text.strip()
    for child in element.children:
        yield from _said(child)
    yield ""
