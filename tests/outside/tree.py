"""What a screen reader finds: the tree of accessibility, read over the bus from another process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.outside.wire import Bus, Refused

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_COMPONENT = "org.a11y.atspi.Component"
_ROOT = "/org/a11y/atspi/accessible/root"
_FOCUSABLE, _FOCUSED, _SHOWING, _VISIBLE = 11, 12, 25, 30  # AT-SPI's numbers of states
MOST = 400  # children of one parent that are read: a list of half a million rows is not gone through


@dataclass(frozen=True, slots=True)
class Node:
    """One thing on the screen, as it is told. `reading` is what a screen reader would say of it."""

    path: str
    role: str
    name: str
    description: str
    states: frozenset[int]
    text: str
    children: tuple[Node, ...] = field(default=(), repr=False)

    @property
    def reading(self) -> str:
        return self.name or self.text or self.description

    @property
    def focusable(self) -> bool:
        return _FOCUSABLE in self.states

    @property
    def focused(self) -> bool:
        return _FOCUSED in self.states

    @property
    def showing(self) -> bool:
        return _SHOWING in self.states and _VISIBLE in self.states

    def walk(self) -> Iterator[Node]:
        """Itself and all below it, in the order in which they are read."""
        yield self
        for child in self.children:
            yield from child.walk()


class Reader:
    """Reads the program that stands on the accessibility bus."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._program = ""

    def program(self) -> str:
        """The bus name of the only program; empty while there is none."""
        found = self._bus.call("org.a11y.atspi.Registry", _ROOT, _ACCESSIBLE, "GetChildren")
        self._program = found[-1][0] if found else ""
        return self._program

    def tree(self) -> Node:
        """Everything that is shown now, below the program's windows; read anew where something went away meanwhile."""
        for _ in range(5):
            try:
                return self._read(_ROOT)
            except Refused:
                continue
        return self._read(_ROOT)

    def said(self) -> list[str]:
        """All readings that are shown, in order."""
        return [node.reading for node in self.tree().walk() if node.showing and node.reading]

    def _read(self, path: str) -> Node:
        ask = self._ask
        states = ask(path, _ACCESSIBLE, "GetState")
        held = frozenset(
            number
            for word, bits in enumerate(states)
            for number in range(word * 32, word * 32 + 32)
            if bits >> number % 32 & 1
        )
        interfaces = ask(path, _ACCESSIBLE, "GetInterfaces")
        text = ""
        if "org.a11y.atspi.Text" in interfaces:
            text = ask(path, "org.a11y.atspi.Text", "GetText", "ii", 0, -1)
        children = ask(path, _ACCESSIBLE, "GetChildren")[:MOST]
        return Node(
            path=path,
            role=ask(path, _ACCESSIBLE, "GetRoleName"),
            name=self._bus.property(self._program, path, _ACCESSIBLE, "Name"),
            description=self._bus.property(self._program, path, _ACCESSIBLE, "Description"),
            states=held,
            text=text,
            children=tuple(self._read(child) for _, child in children if not child.endswith("/null")),
        )

    def _ask(self, path: str, interface: str, member: str, signature: str = "", *words: object) -> Any:
        return self._bus.call(self._program, path, interface, member, signature, *words)
