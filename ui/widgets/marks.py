"""A state as shape, word and colour at once: readable in grey, from the door, and without colour vision."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.look import SMALL, Look
from ui.visible import visible
from ui.widgets.shapes import draw_shape

if TYPE_CHECKING:
    from ui.rows import Mark

_WORDS = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_ANYWHERE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWrapAnywhere)


class MarkPen:
    """Measures and draws marks in one look, in the flow of a given width."""

    def __init__(self, look: Look, pixels: int = SMALL) -> None:
        self._look = look
        self.font = look.font(pixels, bold=True)
        self._metrics = QFontMetrics(self.font)
        self.height = self._metrics.height() + look.px(6)
        self._shape = round(self._metrics.height() * 0.72)
        self.gap = look.px(6)

    def width(self, mark: Mark) -> int:
        """How wide one mark is."""
        return self._metrics.horizontalAdvance(_word(mark)) + self._shape + self._look.px(22)

    def places(self, marks: tuple[Mark, ...], width: int) -> list[QRect]:
        """Where each mark stands when they flow in lines of `width`; one wider than that has lines of its own."""
        places: list[QRect] = []
        x = y = high = 0
        for mark in marks:
            wide = min(self.width(mark), width)
            if x and x + wide > width:
                x, y = 0, y + high + self.gap
            high = self._height(mark, wide)
            places.append(QRect(x, y, wide, high))
            x += wide + self.gap
        return places

    def _height(self, mark: Mark, wide: int) -> int:
        """How high one mark is in that width: its word wraps where it must."""
        if wide >= self.width(mark):
            return self.height
        room = QRect(0, 0, max(1, wide - self._shape - self._look.px(19)), 1 << 20)
        return self._metrics.boundingRect(room, self._wraps(mark, room.width()), _word(mark)).height() + self._look.px(
            6
        )

    def _wraps(self, mark: Mark, width: int) -> int:
        """Between words; within one only where a word is longer than the line."""
        longest = max((self._metrics.horizontalAdvance(word) for word in _word(mark).split()), default=0)
        return _ANYWHERE if longest > width else _WORDS

    def flow_height(self, marks: tuple[Mark, ...], width: int) -> int:
        """How high the flow is."""
        places = self.places(marks, width)
        return places[-1].bottom() + 1 if places else 0

    def draw(self, painter: QPainter, mark: Mark, place: QRect) -> None:
        """One mark in its place."""
        pair = self._look.palette.states[mark.state]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(QColor(pair.ink), self._look.px(1)) if self._look.contrast else QPen(Qt.PenStyle.NoPen)
        painter.setPen(edge)
        painter.setBrush(QColor(pair.ground))
        radius = self._look.px(4)
        painter.drawRoundedRect(place.adjusted(0, 0, -1, -1) if self._look.contrast else place, radius, radius)
        painter.setBackground(QColor(pair.ground))
        side = self._shape
        box = QRectF(place.left() + self._look.px(7), place.center().y() + 0.5 - side / 2, side, side)
        draw_shape(painter, mark.state, box, QColor(pair.ink))
        painter.setPen(QColor(pair.ink))
        painter.setFont(self.font)
        text = place.adjusted(round(box.right()) - place.left() + self._look.px(6), 0, -self._look.px(6), 0)
        if place.height() > self.height:
            painter.drawText(text, self._wraps(mark, text.width()), _word(mark))
        else:
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, _word(mark))
        painter.restore()


def _word(mark: Mark) -> str:
    return visible(mark.word).replace("\n", " ")


class Marks(QLabel):
    """Marks flowing in at most `lines` lines. What does not fit is counted by `more`, never silently left out.

    For a screen reader it is a label that says them all: what is only painted would be no more than a place.
    """

    def __init__(
        self,
        look: Look,
        pixels: int = SMALL,
        *,
        lines: int = 3,
        more: Callable[[int], Mark] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._pen = MarkPen(look, pixels)
        self._lines, self._more = lines, more
        self._marks: tuple[Mark, ...] = ()
        self._shown: tuple[Mark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def tell(self, marks: tuple[Mark, ...]) -> None:
        """Show these marks; the widget is away when there are none."""
        self._marks = marks
        self.setAccessibleName("; ".join(mark.word for mark in marks))
        self.setVisible(bool(marks))
        self._fit()

    @property
    def words(self) -> tuple[str, ...]:
        """What is shown."""
        return tuple(mark.word for mark in self._shown)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """All in one line."""
        wide = sum(self._pen.width(mark) + self._pen.gap for mark in self._marks)
        return QSize(wide, self._pen.height if self._marks else 0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """May be made narrow: the marks then flow."""
        return QSize(0, self._pen.height if self._marks else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width may need another height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width, room = max(1, self.width()), self._lines * (self._pen.height + self._pen.gap)
        shown = self._marks
        if self._more is not None:
            places = self._pen.places(shown, width)
            fitting = sum(place.bottom() < room for place in places)  # places only ever go down
            if fitting < len(shown):
                for kept in range(fitting, -1, -1):
                    shown = (*self._marks[:kept], self._more(len(self._marks) - kept))
                    if self._pen.flow_height(shown, width) <= room:
                        break
        self._shown = shown
        self.setFixedHeight(self._pen.flow_height(shown, width))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw them."""
        painter = QPainter(self)
        for mark, place in zip(self._shown, self._pen.places(self._shown, self.width()), strict=True):
            self._pen.draw(painter, mark, place)
        painter.end()
