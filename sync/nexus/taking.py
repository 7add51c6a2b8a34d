"""The second pass: one object after the other becomes records and issues. Nothing leaves without one of the two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Final

from backupreader.domain.records import Origin
from sync.adapter import Item
from sync.nexus.around import contact, relation, unit
from sync.nexus.care import alert, condition, measurement
from sync.nexus.documents import document
from sync.nexus.files import NotData, values
from sync.nexus.grants import grant
from sync.nexus.kinds import NOT_SHOWN
from sync.nexus.medicine import card, medication
from sync.nexus.node import Json, Node, leaves
from sync.nexus.notes import form, message, task
from sync.nexus.pages import Found, Page, opened
from sync.nexus.people import citizen, number_of
from sync.nexus.reading import Reading, Severity
from sync.nexus.visits import event

READERS: Final[dict[str, Callable[[Reading, Node], None]]] = {
    "citizen": citizen, "unit": unit, "relation": relation, "contact": contact, "condition": condition,
    "medicine-card": card, "medication": medication, "grant": grant, "event": event, "measurement": measurement,
    "alert": alert, "document": document, "form": form, "task": task, "message": message,
}  # fmt: skip
_OWN_IDS: Final[dict[str, tuple[str, ...]]] = {"grant": ("id", "basketGrantId", "currentOrderGrantId", "uid")}


class Taking:
    """Takes objects through one `Reading`."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def file(self, path: Path, label: str) -> Iterator[list[Item]]:
        """What each object of `path` gives. What a page around objects gives comes with an empty `Reading.kind`."""
        reading = self.reading
        reading.start_file()
        reading.folder = path.parent
        try:
            number = 0
            for row, value in values(path):
                for thing in opened(value):
                    number += isinstance(thing, Found)
                    reading.origin = Origin(label, row or max(number, 1))
                    reading.out = []
                    if isinstance(thing, Page):
                        self._page(thing)
                    else:
                        self._object(thing)
                    yield reading.out
        except NotData as instead:
            reading.origin, reading.out, reading.kind = Origin(label, 0), [], "?"
            reading.issue("not-data", None, instead.shown, "error")
            yield reading.out

    def _page(self, page: Page) -> None:
        reading = self.reading
        reading.kind = ""
        reading.tell(page.node)
        if page.bare:
            reading.issue("pages-elsewhere", "page.pages", page.bare, "note")

    def _object(self, found: Found) -> None:
        reading = self.reading
        value, reading.kind, reading.page = found.value, found.kind, found.page
        if value is None:
            reading.kind = "?"
            reading.issue("object-unknown", None, found.shown, "error")
            return
        node = Node(value, found.kind or "?")
        if found.kind in NOT_SHOWN:
            shown = node.text("name", "displayName", "fullName", "title") or node.text("type")
            severity: Severity = "warning" if found.kind in {"inaccessible", "short-form"} else "note"
            reading.issue("resource-not-shown", found.kind, shown or found.kind, severity)
            return
        reader = READERS.get(found.kind)
        if reader is None:
            reading.kind = "?"
            reading.issue("object-unknown", None, ", ".join(value), "error")
            return
        self._read(reader, node)

    def _read(self, reader: Callable[[Reading, Node], None], node: Node) -> None:
        reading = self.reading
        own = _own_id(reading.kind, node)
        if own is None:
            own = self._other_id(node)
        suffix = reading.again(reading.kind, own, node.value)
        if suffix is None:
            return
        name = own if reading.kind == "citizen" else f"{reading.kind}/{own}"
        reading.id = f"{reading.prefix}{name}{suffix}"
        before = len(reading.out)
        reader(reading, node)
        if len(reading.out) == before:
            reading.issue("resource-unread", None, own, "error")

    def _other_id(self, node: Node) -> str:
        """The person number of a citizen, the citizen of a medicine card; anything else is told to have no id."""
        reading = self.reading
        if reading.kind == "citizen":
            own = number_of(node)[0]
        else:
            own = reading.whose(node) if reading.kind == "medicine-card" else None
        if own is None:
            own = _digest(node.value)
            reading.issue("id-missing", f"{reading.kind}.id", own)
        return own


def _own_id(kind: str, node: Node) -> str | None:
    return node.text(*_OWN_IDS.get(kind, ("id", "uid")))


def _digest(value: Json) -> str:
    """An id for what has none: the same for the same content."""
    content = {key: inner for key, inner in value.items() if key not in {"_links", "version"}}
    text = "\0".join(f"{path}\0{leaf!r}" for path, leaf in leaves(content, ""))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
