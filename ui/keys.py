"""The keys that work everywhere, each with what it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

_KEYS: Final = (
    ("Esc", "escape"),
    ("Alt+Left", "back"),
    ("Ctrl+L", "lock"),
    ("Ctrl+P", "print"),
    ("Ctrl+F", "search"),
    ("F1", "help"),
    ("F6", "changes"),
    ("F7", "former"),
    ("Ctrl++", "larger"),
    ("Ctrl+=", "larger"),
    ("Ctrl+-", "smaller"),
    ("Ctrl+0", "hundred"),
    ("Ctrl+D", "darken"),
    ("F8", "contrast"),
    ("F9", "blank"),
    ("F10", "sheets"),
    ("Ctrl+O", "outage"),
    ("F11", "shift-check"),
    ("Alt+0", "call"),
    ("Ctrl+Q", "quit"),
)


def shortcuts(
    window: QWidget, slots: Mapping[str, Callable[[], object]]
) -> Iterator[tuple[QShortcut, Callable[[], object]]]:
    """One shortcut a key, with the slot that it is to be connected to."""
    for key, what in _KEYS:
        yield QShortcut(QKeySequence(key), window), slots[what]
