"""A column in the middle of a page, which scrolls where large letters leave too little room for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget


def in_the_middle(column: QWidget, *, left: bool = False) -> QScrollArea:
    """The column, as wide as its maximum, in the middle of all that there is, or at its `left`."""
    middle = QWidget()
    across = QHBoxLayout(middle)
    across.setContentsMargins(0, 0, 0, 0)
    if not left:
        across.addStretch(1)
    across.addWidget(column, 100)
    across.addStretch(1)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(middle)
    return scroll
