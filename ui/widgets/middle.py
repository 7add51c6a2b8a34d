"""A column in the middle of a page, which scrolls where large letters leave too little room for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget


class Middle(QScrollArea):
    """The column, as wide as its maximum, in the middle of all that there is, or at its `left`."""

    def __init__(self, column: QWidget, *, left: bool = False) -> None:
        super().__init__()
        middle = QWidget()
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        if not left:
            across.addStretch(1)
        across.addWidget(column, 100)
        across.addStretch(1)
        self._wanted: QWidget | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)  # when everything has its new place
        self._soon.timeout.connect(self._scroll)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(middle)

    def see(self, widget: QWidget) -> None:
        """Scroll so far that this can be seen; not at all where it can."""
        self._wanted = widget
        self._soon.start()

    def _scroll(self) -> None:
        if self._wanted is not None:
            self.ensureWidgetVisible(self._wanted)
