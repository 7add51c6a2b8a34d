"""Eleven days side by side; left and right choose one."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from backupreader.language import Language
from ui.look import SMALL, Look


class DayStrip(QWidget):
    """Days as cells: the weekday, the date, and whether anything is planned on it."""

    chosen = Signal(object)

    def __init__(
        self, look: Look, language: Language, days: tuple[date, ...], today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._language, self._days, self._today = look, language, days, today
        self._planned: frozenset[date] | None = None
        self._day = today
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    @property
    def day(self) -> date:
        """The day that is chosen."""
        return self._day

    def choose(self, day: date) -> None:
        """Choose a day of the strip."""
        if day in self._days and day != self._day:
            self._day = day
            self._name()
            self.update()
            self.chosen.emit(day)

    def step(self, by: int) -> None:
        """Choose the next day or the one before."""
        at = self._days.index(self._day) + by
        if 0 <= at < len(self._days):
            self.choose(self._days[at])

    def tell(self, planned: frozenset[date]) -> None:
        """Say on which days there are visits."""
        self._planned = planned
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(self._language.day(self._day, weekday=True))

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Three lines high: the weekday, the date, and a word about it."""
        high = 2 * QFontMetrics(self._look.font(SMALL)).height() + QFontMetrics(self._look.font(18)).height()
        return QSize(self._look.px(400), high + self._look.px(14))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Left and right choose."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.step(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """A touch chooses."""
        at = int(event.position().x() * len(self._days) / max(1, self.width()))
        if 0 <= at < len(self._days):
            self.choose(self._days[at])

    def _cell(self, number: int) -> QRect:
        left, right = self.width() * number // len(self._days), self.width() * (number + 1) // len(self._days)
        return QRect(left, 0, right - left, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the cells."""
        look, px = self._look, self._look.px
        painter = QPainter(self)
        small, large = look.font(SMALL), look.font(18, bold=True)
        for number, day in enumerate(self._days):
            cell = self._cell(number)
            here = day == self._day
            if here:
                painter.fillRect(cell, look.colour("chosen"))
                painter.fillRect(
                    QRect(cell.left(), cell.bottom() - px(5) + 1, cell.width(), px(5)), look.colour("action")
                )
                if self.hasFocus():
                    painter.setPen(QPen(look.colour("focus"), px(3)))
                    painter.drawRect(cell.adjusted(1, 1, -2, -2))
            empty = self._planned is not None and day not in self._planned
            top = px(6)
            under = self._language.text("today") if day == self._today else "–" if empty else ""
            lines = (
                (self._language.day(day, weekday=True).split(" ")[0], small, "second"),
                (str(day.day), large, "ink"),
                (under, small, "second"),
            )
            for text, font, ink in lines:
                high = QFontMetrics(font).height()
                painter.setFont(font)
                painter.setPen(look.colour("second" if empty else ink))
                painter.drawText(QRect(cell.left(), top, cell.width(), high), Qt.AlignmentFlag.AlignCenter, text)
                top += high - px(2)
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
        painter.end()
