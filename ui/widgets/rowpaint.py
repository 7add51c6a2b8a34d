"""Draws one row of a list, and knows how high it is: no widget a row, whatever the length of the list."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.figures import Chart
from ui.look import BASE, SMALL, TARGET, TIME, Look, State
from ui.rows import Kind, Row
from ui.visible import visible
from ui.widgets.chartpaint import ChartPen
from ui.widgets.daylinepaint import DayLinePen
from ui.widgets.linepaint import LinePen
from ui.widgets.markedtext import MarkedText, marked
from ui.widgets.marks import MarkPen
from ui.widgets.shapes import draw_shape

ROW: Final = int(Qt.ItemDataRole.UserRole)
_LINE: Final = 640  # pixels at 100 %: about 75 characters
_WORDS: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)
_ANYWHERE: Final = int(Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignTop)
_KEPT_WRAPS: Final = 2_000
_SHORT: Final = 200  # characters that may fit in one line
_NEAR: Final = 4  # pixels: a line that is as long as its room may be broken all the same
_MORE: Final = " …"
_BRIEF: Final = 24  # pixels at 100 %: the least that WCAG 2.5.8 has of what is pressed
_TWO_LINES: Final = 2_000  # characters: two lines never hold so many, and measuring more of them takes long
_EMPTY: Final = {
    Kind.NONE_KNOWN: State.GOOD,
    Kind.NOTHING: State.QUIET,
    Kind.MISSING: State.LATE,
    Kind.BLIND: State.LATE,
    Kind.KEPT: State.STOP,
}
Index = QModelIndex | QPersistentModelIndex


class RowPainter(QStyledItemDelegate):
    """The delegate of every list. `lead` is the width of the first column in pixels at 100 %, 0 for none.

    A `quiet` list is read rather than chosen from: it shows where the arrows stand only while it has the focus.
    """

    def __init__(
        self, look: Look, *, lead: int = 0, title: int = 16, quiet: bool = False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.look = look
        self._lead = look.px(lead) if lead else 0
        self._fonts = {
            "lead": look.font(TIME if lead else BASE, bold=True),
            "title": look.font(title, bold=True),
            "base": look.font(BASE),
            "small": look.font(SMALL),
            "heading": look.font(BASE, bold=True),
        }
        struck = QFont(self._fonts["title"])
        struck.setStrikeOut(True)
        self._fonts["struck"] = struck
        self._metrics = {name: QFontMetrics(font) for name, font in self._fonts.items()}
        self._pen = MarkPen(look)
        self._lines, self._day_lines, self._charts = LinePen(look), DayLinePen(look), ChartPen(look)
        self._quiet = quiet
        self._heights: dict[tuple[Row, int], int] = {}
        self._fits: dict[tuple[str, str, int], tuple[int, int]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        """As wide as the list, as high as its words need."""
        width = self._width(option)
        row: Row = index.data(ROW)
        key = (row, width)
        if key not in self._heights:
            needed = self._draw(None, row, QRect(0, 0, width, 0))
            least = (_BRIEF if row.brief else TARGET) if row.chosen_by_keys else 0
            self._heights[key] = max(needed, self.look.px(least))
        return QSize(0, self._heights[key])

    def _width(self, option: QStyleOptionViewItem) -> int:
        """How wide a row is; in a list that is read, the same whether it scrolls or not: none is measured twice."""
        view: QWidget | None = option.widget
        if not isinstance(view, QAbstractItemView):
            return option.rect.width()
        if not self._quiet:
            return view.viewport().width()
        return view.contentsRect().width() - view.verticalScrollBar().sizeHint().width()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row: chosen, under the pointer, or at rest."""
        row: Row = index.data(ROW)
        place: QRect = option.rect
        painter.save()
        painter.setClipRect(place)
        focus = option.widget.hasFocus()
        if row.chosen_by_keys and option.state & QStyle.StateFlag.State_Selected and (focus or not self._quiet):
            painter.fillRect(place, self.look.colour("chosen"))
            painter.fillRect(
                QRect(place.left(), place.top(), self.look.px(5), place.height()), self.look.colour("action")
            )
        elif row.target is not None and option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, self.look.colour("panel"))
        self._draw(painter, row, QRect(place.left(), place.top(), self._width(option), place.height()))
        if row.kind in {Kind.ENTRY, Kind.TEXT, Kind.ACTION} and not row.brief:
            painter.setPen(self.look.colour("line"))
            painter.drawLine(place.bottomLeft(), place.bottomRight())
        painter.restore()

    def _draw(self, painter: QPainter | None, row: Row, place: QRect) -> int:
        """Draw the row (or only measure it, without a painter); the height it needs."""
        side, above = self.look.px(16), self.look.px(9)
        inside = place.adjusted(side, above, -side, 0)
        if row.brief:
            return self._brief(painter, row, place.adjusted(side, 0, -side, 0))
        if row.figure is not None:
            if isinstance(row.figure, Chart):
                return self._charts.draw(painter, row.figure, inside) + 2 * above
            return self._day_lines.draw(painter, row.figure, inside) + 2 * above
        if row.kind is Kind.HEADING:
            return self._heading(painter, row, inside) + above
        if row.kind in _EMPTY:
            return self._empty(painter, row, inside, self.look.px(10)) + 2 * above
        return self._entry(painter, row, inside) + 2 * above

    def _heading(self, painter: QPainter | None, row: Row, place: QRect) -> int:
        """A title with its source beside it, or under it where there is no room, above a line."""
        px, bold, small = self.look.px, self._metrics["heading"], self._metrics["small"]
        title, top = visible(row.title).upper(), place.top() + px(12)
        beside = place.left() + bold.horizontalAdvance(title) + px(12)
        marks = sum(self._pen.width(mark) + self._pen.gap for mark in row.marks)
        fits = beside + small.horizontalAdvance(row.aside) + marks <= place.right()
        high = self._text(painter, "heading", "ink", title, QRect(place.left(), top, place.width(), 0)) or bold.height()
        left, at = (beside, top + bold.ascent() - small.ascent()) if fits else (place.left(), top + high)
        under = self._text(painter, "small", "second", row.aside, QRect(left, at, place.right() - left, 0))
        high += 0 if fits else under
        marks_at = top - px(2)
        if row.marks and beside + marks > place.right():  # no room beside the title: under all of it
            marks_at, high = top + high + px(2), high + px(2) + self._pen.height
        if painter is not None:
            x = place.right() if marks_at < top else min(place.right(), place.left() + marks - self._pen.gap)
            for mark in reversed(row.marks):
                x -= self._pen.width(mark)
                self._pen.draw(painter, mark, QRect(x, marks_at, self._pen.width(mark), self._pen.height))
                x -= self._pen.gap
            painter.fillRect(QRect(place.left(), top + high + px(5), place.width(), px(2)), self.look.colour("line"))
        return px(12) + high + px(7)

    def _brief(self, painter: QPainter | None, row: Row, place: QRect) -> int:
        """One line of a summary; where it says that there is nothing, what kind of nothing is seen in it too."""
        if row.kind not in _EMPTY:
            return self._lines.draw(painter, row, place)
        top, label = self._lines.word(painter, row, place)
        inside = place.adjusted(self._lines.lead, top - place.top(), 0, 0)
        return top - place.top() + max(label, self._empty(painter, row, inside, self.look.px(3))) + self.look.px(2)

    def _empty(self, painter: QPainter | None, row: Row, place: QRect, gap: int) -> int:
        state = _EMPTY[row.kind]
        pair = self.look.palette.states[state]
        side = self.look.px(16)
        left = place.left() + 2 * gap + side
        beside = self._metrics["base"].horizontalAdvance(row.aside) + 2 * gap if row.aside else 0
        room = min(place.width() - 3 * gap - side - beside, self.look.px(_LINE + 120))
        font = "heading" if row.kind is Kind.KEPT else "base"
        high = max(side, self._measure(font, row.title, room)) + 2 * gap
        if painter is not None:
            box = QRect(place.left(), place.top(), place.width(), high)
            painter.fillRect(box, QColor(pair.ground))
            if row.kind is Kind.MISSING:
                hatched = QRect(box.left(), box.top(), left - box.left() - gap // 2, high)
                painter.fillRect(hatched, QBrush(QColor(pair.ink), Qt.BrushStyle.BDiagPattern))
            painter.setBackground(QColor(pair.ground))
            shape = QRect(place.left() + gap, place.top() + gap + self.look.px(2), side, side).toRectF()
            if row.kind is Kind.MISSING:
                painter.fillRect(shape.adjusted(-gap / 2, -gap / 2, gap / 2, gap / 2), QColor(pair.ground))
            draw_shape(painter, state, shape, QColor(pair.ink))
            painter.setPen(QColor(pair.ink))
            painter.setFont(self._fonts["base"])
            if row.aside:
                edge = QRect(box.right() - beside, place.top() + gap, beside - gap, high)
                painter.drawText(edge, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), row.aside)
            painter.setFont(self._fonts[font])
            words = QRect(left, place.top() + gap, room, high)
            drawn = visible(row.title)
            painter.drawText(words, self._fit(font, drawn, max(1, room))[0], drawn)
        return high

    def _entry(self, painter: QPainter | None, row: Row, place: QRect) -> int:
        lead_high = 0
        if self._lead:
            lead_high = self._text(painter, "lead", "ink", row.lead, QRect(place.left(), place.top(), self._lead, 0))
            under = QRect(place.left(), place.top() + lead_high, self._lead - self.look.px(8), 0)
            lead_high += self._text(painter, "small", "second", row.lead_under, under)
        left = place.left() + self._lead
        room = place.right() - left
        beside, beside_high = self._beside(painter, row, QRect(left, place.top(), room, 0))
        width = min(room - beside - (self.look.px(16) if beside else 0), self.look.px(_LINE + 120))
        y = place.top()
        ink = "second" if row.struck else "action" if row.kind is Kind.ACTION else "ink"
        font = "base" if row.kind is Kind.TEXT else "struck" if row.struck else "title"
        title_high = self._text(painter, font, ink, row.title, QRect(left, y, width, 0), row.found)
        y += title_high + self._marks(painter, row, QRect(left, y, room - beside, title_high), font)
        wide = room if y - place.top() >= beside_high else width  # under the words at the right end there is room
        narrow = min(wide, self.look.px(_LINE))
        for detail in (self._cut(row.clipped, narrow), *row.details):
            y += self._text(painter, "base", "ink", detail, QRect(left, y, narrow, 0), row.found)
        return max(lead_high, beside_high, y - place.top())

    def _cut(self, text: str, width: int) -> str:
        """The text, where it needs more than two lines the longest part of it that does not, with an ellipsis."""
        room = self._measure("base", "x\nx", width)
        if len(text) <= _TWO_LINES and self._measure("base", text, width) <= room:
            return text
        fits, too_long = 0, min(len(text), _TWO_LINES)
        while too_long - fits > 1:
            middle = (fits + too_long) // 2
            if self._measure("base", text[:middle].rstrip() + _MORE, width) <= room:
                fits = middle
            else:
                too_long = middle
        return text[:fits].rstrip() + _MORE

    def _marks(self, painter: QPainter | None, row: Row, place: QRect, font: str) -> int:
        """The marks, in the title's line where there is room, else in lines under it; the height they add."""
        if not row.marks:
            return 0
        title = self._metrics[font].horizontalAdvance(visible(row.title)) + self.look.px(16)
        inline = self._pen.places(row.marks, 1 << 20)
        one_line = place.height() < 2 * self._metrics[font].height()
        fits = one_line and title + inline[-1].right() < place.width()
        if fits:
            left, top, places = place.left() + title, place.center().y() - self._pen.height // 2 + 1, inline
        else:
            width = min(place.width(), self.look.px(_LINE + 120))
            left, top, places = place.left(), place.bottom() + self.look.px(4), self._pen.places(row.marks, width)
        if painter is not None:
            for mark, spot in zip(row.marks, places, strict=True):
                self._pen.draw(painter, mark, spot.translated(left, top))
        return self.look.px(3) if fits else places[-1].bottom() + self.look.px(8)

    def _beside(self, painter: QPainter | None, row: Row, place: QRect) -> tuple[int, int]:
        """The words at the right end; how wide and how high they are."""
        if not row.aside:
            return 0, 0
        wide = min(self._metrics["base"].horizontalAdvance(row.aside) + 2, place.width() // 2)
        beside = QRect(place.right() - wide, place.top(), wide, 0)
        return wide, self._text(painter, "base", "second", row.aside, beside)

    def _measure(self, font: str, text: str, width: int) -> int:
        return self._fit(font, visible(text), max(1, width))[1]

    def _fit(self, font: str, text: str, width: int) -> tuple[int, int]:
        """How the text is broken, and how high it is: between words; within one only if it is longer than the line."""
        key = (font, text, width)
        if key not in self._fits:
            if len(self._fits) >= _KEPT_WRAPS:
                self._fits.clear()
            metrics = self._metrics[font]
            if len(text) <= _SHORT and text.isprintable() and metrics.horizontalAdvance(text) + _NEAR < width:
                self._fits[key] = (_WORDS, metrics.height())
            else:
                room = QRect(0, 0, width, 1 << 24)
                needs, flags = metrics.boundingRect(room, _WORDS, text), _WORDS
                if needs.width() > width:
                    needs, flags = metrics.boundingRect(room, _ANYWHERE, text), _ANYWHERE
                self._fits[key] = (flags, needs.height())
        return self._fits[key]

    def _text(  # noqa: PLR0913, PLR0917 (what is drawn, where and how)
        self,
        painter: QPainter | None,
        font: str,
        ink: str,
        text: str,
        place: QRect,
        found: frozenset[str] = frozenset(),
    ) -> int:
        """Text wrapped into the place's width, drawn from its top, the words that were found marked; its height."""
        if not text:
            return 0
        drawn, width = visible(text), max(1, place.width())
        if marked(drawn, found):
            laid = MarkedText(drawn, found, self._fonts[font], width)
            if painter is not None:
                painter.setPen(self.look.colour(ink))
                laid.draw(painter, place.left(), place.top())
            return laid.height
        flags, high = self._fit(font, drawn, width)
        if painter is not None:
            painter.setFont(self._fonts[font])
            painter.setPen(self.look.colour(ink))
            painter.drawText(QRect(place.left(), place.top(), width, high), flags, drawn)
        return high
