"""A part of a page that takes what room is left, and never more: what stands above it is not covered."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget


class Yielding(QWidget):
    """Asks for no height of its own, though the labels in it wrap; what has no room is cut at its lower edge."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 (Qt's name)
        """Qt would take the height that wrapped labels need for the least height that is allowed."""
        return False
