"""Draws a day line: the hours, from when on nothing is known, now, and under them every clock time with its word."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen

from ui.figures import DayLine, Pin
from ui.look import BASE, SMALL, Look, State
from ui.widgets.shapes import draw_shape

_CENTRED: Final = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
_HOURS: Final = (2, 3, 6, 12)  # how far apart the hours may stand that are written


class DayLinePen:
    """Measures and draws day lines in one look."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._small, self._bold = look.font(SMALL), look.font(BASE, bold=True)
        self._small_metrics, self._bold_metrics = QFontMetrics(self._small), QFontMetrics(self._bold)
        self._shape = round(self._bold_metrics.height() * 0.7)
        self._line = self._small_metrics.height()
        self._box = self._bold_metrics.height() + self._line + look.px(6)

    def draw(self, painter: QPainter | None, line: DayLine, place: QRect) -> int:
        """Draw it, or only measure it, without a painter; the height it needs."""
        px = self._look.px
        lanes = self._lanes(line, place)
        high = max((lane for _, _, lane in lanes), default=-1) + 1
        axis = place.top() + 2 * self._line + px(4)
        under = axis + self._line + px(6)
        bottom = under + max(1, high) * (self._box + px(4)) + px(4)
        if painter is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._ground(painter, line, QRect(place.left(), axis, place.width(), bottom - axis))
            self._hours(painter, line, place, axis)
            self._moments(painter, line, place, axis, bottom)
            boxes = [(pin, box.translated(0, under + lane * (self._box + px(4)))) for pin, box, lane in lanes]
            for pin, box in boxes:  # a stem from the hours down to each box, behind the boxes
                stem = QRect(
                    round(self._x(line, pin.at, place)), axis + self._line, px(1), box.top() - axis - self._line
                )
                painter.fillRect(stem, self._look.colour("ink"))
            for pin, box in boxes:
                self._pin(painter, pin, box)
            painter.restore()
        return bottom - place.top()

    def _x(self, line: DayLine, moment: datetime, place: QRect) -> float:
        first, last = line.first.timestamp(), line.last.timestamp()
        part = (moment.timestamp() - first) / (last - first)
        return place.left() + min(1.0, max(0.0, part)) * place.width()

    def _lanes(self, line: DayLine, place: QRect) -> list[tuple[Pin, QRect, int]]:
        """Each pin with its box at height 0 and its lane: none covers another."""
        px, ends = self._look.px, list[int]()
        found: list[tuple[Pin, QRect, int]] = []
        for pin in line.pins:
            clock = self._shape + px(5) + self._bold_metrics.horizontalAdvance(pin.clock)
            wide = max(clock, self._small_metrics.horizontalAdvance(pin.word)) + px(14)
            left = round(self._x(line, pin.at, place)) - wide // 2
            left = max(place.left(), min(left, place.right() - wide))
            lane = next((number for number, end in enumerate(ends) if end + px(4) <= left), len(ends))
            ends[lane : lane + 1] = [left + wide]
            found.append((pin, QRect(left, 0, wide, self._box), lane))
        return found

    def _ground(self, painter: QPainter, line: DayLine, place: QRect) -> None:
        painter.fillRect(place, self._look.colour("panel"))
        since = line.first if line.taken is None else line.taken
        left, right = self._x(line, since, place), self._x(line, line.now, place)
        pair = self._look.palette.states[State.LATE]
        blind = QRectF(left, place.top(), right - left, place.height())
        painter.fillRect(blind, QColor(pair.ground))
        painter.fillRect(blind, QBrush(QColor(pair.ink), Qt.BrushStyle.BDiagPattern))

    def _hours(self, painter: QPainter, line: DayLine, place: QRect, axis: int) -> None:
        px = self._look.px
        painter.fillRect(QRect(place.left(), axis, place.width(), self._line + px(2)), self._look.colour("ground"))
        painter.setFont(self._small)
        days, taken = dict(line.midnights), list[QRect]()
        for moment, word in line.midnights:
            wide = self._small_metrics.horizontalAdvance(word) + px(8)
            x = round(self._x(line, moment, place))
            spot = QRect(max(place.left(), min(x - wide // 2, place.right() - wide)), axis, wide, self._line)
            painter.setPen(self._look.colour("ink"))
            painter.drawText(spot, _CENTRED, word)
            painter.fillRect(QRect(x, axis + self._line, px(2), px(8)), self._look.colour("ink"))
            taken.append(spot)
        wide = self._small_metrics.horizontalAdvance("00") + px(8)
        span = (line.last - line.first).total_seconds() / 3600
        step = next((hours for hours in _HOURS if hours * place.width() / span >= 1.5 * wide), _HOURS[-1])
        moment = line.first.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        while moment < line.last:
            x = round(self._x(line, moment, place))
            spot = QRect(x - wide // 2, axis, wide, self._line)
            painter.fillRect(QRect(x, axis + self._line, px(1), px(4)), self._look.colour("second"))
            inside = place.left() <= spot.left() and spot.right() <= place.right()
            if moment.hour % step == 0 and moment not in days and inside and not any(map(spot.intersects, taken)):
                painter.setPen(self._look.colour("second"))
                painter.drawText(spot, _CENTRED, f"{moment.hour:02}")
            moment += timedelta(hours=1)

    def _pin(self, painter: QPainter, pin: Pin, box: QRect) -> None:
        """The shape and the clock time, the word under them."""
        px, pair = self._look.px, self._look.palette.states[pin.state]
        painter.setPen(QPen(QColor(pair.ink), px(1)))
        painter.setBrush(QColor(pair.ground))
        painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), px(4), px(4))
        painter.setBackground(QColor(pair.ground))
        clock = self._shape + px(5) + self._bold_metrics.horizontalAdvance(pin.clock)
        left, high = box.left() + (box.width() - clock) // 2, self._bold_metrics.height()
        side = self._shape
        shape = QRectF(left, box.top() + px(2) + (high - side) / 2, side, side)
        draw_shape(painter, pin.state, shape, QColor(pair.ink))
        painter.setPen(QColor(pair.ink))
        painter.setFont(self._bold)
        painter.drawText(QRect(left + side + px(5), box.top() + px(2), clock, high), 0, pin.clock)
        painter.setFont(self._small)
        painter.drawText(QRect(box.left(), box.top() + px(2) + high, box.width(), self._line), _CENTRED, pin.word)

    def _moments(self, painter: QPainter, line: DayLine, place: QRect, axis: int, bottom: int) -> None:
        """When the data was taken, and now: each its own line, drawn unlike, with its words above the hours."""
        px = self._look.px
        painter.setFont(self._look.font(SMALL, bold=True))
        metrics = QFontMetrics(painter.font())
        late = QColor(self._look.palette.states[State.LATE].ink)
        told = [(line.now, line.now_word, self._look.colour("action"), Qt.PenStyle.SolidLine, self._line)]
        if line.taken is not None:
            told.append((line.taken, line.taken_word, late, Qt.PenStyle.DashLine, 0))
        for moment, word, ink, style, down in told:
            x, wide = round(self._x(line, moment, place)), metrics.horizontalAdvance(word) + px(4)
            left = max(place.left(), min(x - wide // 2, place.right() - wide))
            painter.setPen(ink)
            painter.drawText(QRect(left, place.top() + down, wide, self._line), _CENTRED, word)
            painter.setPen(QPen(ink, px(3), style, Qt.PenCapStyle.FlatCap))
            painter.drawLine(x, place.top() + down + self._line, x, axis)
            painter.drawLine(x, axis + self._line + px(2), x, bottom)
