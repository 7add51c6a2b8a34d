"""A column in the middle of a page, which scrolls where large letters leave too little room for it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.look import Look

_ROOMY: Final = 125  # per cent


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
        self.column = column
        self._wanted: QWidget | None = None
        self._at_top = False
        self._soon = QTimer(self, singleShot=True, interval=0)  # when everything has its new place
        self._soon.timeout.connect(self._scroll)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(middle)

    def see(self, widget: QWidget) -> None:
        """Scroll so far that this can be seen; not at all where it can."""
        self._wanted, self._at_top = widget, False
        self._soon.start()

    def begin_at(self, widget: QWidget | None) -> None:
        """Scroll so that this stands at the top; None for the beginning of the column."""
        self._wanted, self._at_top = widget, True
        self._soon.start()

    def see_place(self, widget: QWidget, place: QRect) -> None:
        """Scroll so far that a part of a widget can be seen; not at all where it can."""
        inside = self.widget()
        assert inside is not None
        corner = widget.mapTo(inside, place.center())
        self.ensureVisible(corner.x(), corner.y(), 0, place.height() // 2 + 8)

    def turn(self, key: int) -> bool:
        """Scroll by a screenful, where a key asks for that; False for any other key."""
        by = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(key), 0)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by * bar.pageStep() * 9 // 10)
        return bool(by)

    def _scroll(self) -> None:
        if self._at_top:
            self.verticalScrollBar().setValue(0 if self._wanted is None else self._wanted.y())
        elif self._wanted is not None:
            self.ensureWidgetVisible(self._wanted)


def footed(page: QWidget, middle: Middle, inside: QBoxLayout, foot: QWidget, look: Look) -> None:
    """Lay a page out with a foot that is always seen; in large letters it is the end of the column, and scrolls."""
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(middle, 1)
    if look.scale > _ROOMY:
        inside.addWidget(foot)
        return
    under = QWidget()
    under.setMaximumWidth(middle.column.maximumWidth())
    below = QVBoxLayout(under)
    below.setContentsMargins(look.px(24), 0, look.px(24), 0)
    below.addWidget(foot)
    across = QHBoxLayout()
    across.addStretch(1)
    across.addWidget(under, 100)
    across.addStretch(1)
    whole.addLayout(across)
