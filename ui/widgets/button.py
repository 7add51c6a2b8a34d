"""A button with a name."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton


def button(text: str, *, kind: str = "", name: str = "") -> QPushButton:
    """A button with its look (``main``, ``plain`` or the common one) and its name for a screen reader."""
    made = QPushButton(text.replace("&", "&&"))
    made.setProperty("kind", kind)
    made.setAccessibleName(name or text)
    made.setAutoDefault(False)
    return made
