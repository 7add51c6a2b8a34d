"""One large choice: what it is, and what is behind it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.look import BASE, NAME, Look

_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
_LEAST, _LEAST_SMALL = 104, 72  # pixels at 100 %
_ARROWS = {Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down}


class Choice(QPushButton):
    """A button as large as a hand. Arrows go to the next one, Enter opens."""

    def __init__(  # noqa: PLR0913 (what stands on it, and how large)
        self,
        look: Look,
        title: str,
        under: str,
        key: str = "",
        *,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._title, self._under, self._key = look, title, under, key
        self._size, self._above, self._least = (17, 10, _LEAST_SMALL) if small else (NAME, 22, _LEAST)
        self.setAccessibleName(f"{title}. {under}")
        self.setAccessibleDescription(key)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._fit()
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def tell(self, under: str) -> None:
        """Write what is behind it."""
        self._under = under
        self.setAccessibleName(f"{self._title}. {under}")
        self._fit()
        self.update()

    @property
    def under(self) -> str:
        """What stands under the title."""
        return self._under

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Large."""
        return QSize(self._look.px(420), self._look.px(self._least))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """May be made narrow: large letters need the room."""
        return QSize(self._look.px(160), self._look.px(self._least))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width may need another height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """At least as high as its words need in this width."""
        _title, under = self._places()
        self.setMinimumHeight(max(self._look.px(self._least), under.bottom() + self._look.px(self._above * 3 // 4)))

    def _places(self) -> tuple[QRect, QRect]:
        """Where the title stands, beside its key if there is room for its longest word, and what is under it."""
        look, place = self._look, self.rect().adjusted(2, 2, -2, -2)
        name, base = QFontMetrics(look.font(self._size, bold=True)), QFontMetrics(look.font(BASE))
        left, top, room = (
            place.left() + look.px(40),
            place.top() + look.px(self._above),
            max(1, place.width() - look.px(60)),
        )
        beside = room - base.horizontalAdvance(self._key) - look.px(8) if self._key else room
        if max(map(name.horizontalAdvance, self._title.split()), default=0) > beside:
            beside, top = room, top + base.height() + look.px(4)
        high = name.boundingRect(QRect(0, 0, beside, 1 << 20), _WRAPPED, self._title).height()
        under = base.boundingRect(QRect(0, 0, room, 1 << 20), _WRAPPED, self._under).height()
        return QRect(left, top, beside, high), QRect(left, top + high + look.px(4), room, under)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter opens; arrows move."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif key in _ARROWS:
            self.focusNextPrevChild(key in {Qt.Key.Key_Right, Qt.Key.Key_Down})
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """A card with a bar in the colour of what can be done."""
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = look.px(3 if self.hasFocus() else look.palette.rule)
        place = self.rect().adjusted(2, 2, -2, -2)
        painter.setPen(QPen(look.colour("focus" if self.hasFocus() else "second"), ring))
        painter.setBrush(look.colour("chosen" if self.underMouse() or self.hasFocus() else "panel"))
        painter.drawRoundedRect(place, look.px(6), look.px(6))
        name_high = look.px(self._size + 8)
        painter.fillRect(
            QRect(place.left() + look.px(20), place.top() + look.px(self._above + 2), look.px(6), name_high),
            look.colour("action"),
        )
        title, under = self._places()
        if self._key:
            painter.setFont(look.font(BASE))
            painter.setPen(look.colour("second"))
            corner = place.adjusted(0, look.px(self._above + 4), -look.px(20), 0)
            painter.drawText(corner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, self._key)
        painter.setFont(look.font(self._size, bold=True))
        painter.setPen(look.colour("ink"))
        painter.drawText(title, _WRAPPED, self._title)
        painter.setFont(look.font(BASE))
        painter.setPen(look.colour("second"))
        painter.drawText(under, _WRAPPED, self._under)
        painter.end()
