"""A list that measures only the rows that are seen: it opens at once, whatever its length, and nothing in it jumps.

Qt's own list asks each row for its height before it paints the first. Here the row at the top edge is the anchor: what
is measured above or below it changes the scroll bar, never the place of what is being read.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPoint, QRect
from PySide6.QtGui import QCursor, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from ui.widgets.heights import Heights

Index = QModelIndex | QPersistentModelIndex
_SAMPLE = 8  # rows by which the height of the others is guessed
_FAR = 3  # screenfuls: what is scrolled further was jumped to


class LazyView(QListView):
    """One column of rows, each as high as its delegate says; scrolled by pixels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights = Heights(0, 1, self._measured)
        self._top, self._above = 0, 0  # the row at the upper edge, and how much of it is above the edge
        self._told = 0  # what the scroll bar said when that was so
        self._width = -1
        self._settling = True  # until there is a model
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802 (Qt's name)
        """Show these rows."""
        self._settling = model is None
        super().setModel(model)

    # Measuring.

    def _measured(self, row: int) -> int:
        return self.sizeHintForRow(row)

    def _begin(self) -> None:
        """Know nothing of any height: other rows, or another width."""
        count = self.model().rowCount(self.rootIndex())
        sample = min(count, _SAMPLE)
        highs = [self._measured(row) for row in range(sample)]
        self._heights = Heights(count, sum(highs) // sample if sample else 1, self._measured)
        self._width = self.viewport().width()
        self._top = min(self._top, max(0, count - 1))

    def anew(self) -> None:
        """The rows are other ones: from the top."""
        self._top = self._above = 0
        self._width = -1

    def changed(self, row: int) -> None:
        """A row has other words: it may be higher or lower."""
        self._heights.forget(row)

    def _settle(self) -> None:
        """Measure what is seen, let nothing stand below the last row, and tell the scroll bar."""
        if self._settling:
            return
        self._settling = True
        self._measure_seen()
        if self._width != self.viewport().width():  # the scroll bar came, or went
            self._measure_seen()
        self._settling = False

    def _measure_seen(self) -> None:
        if self._width != self.viewport().width():
            self._begin()
        room = self.viewport().height()
        if self._fill(room) < room:  # the end is above the lower edge
            self._stand_on_end(room)
        heights, bar = self._heights, self.verticalScrollBar()
        bar.setPageStep(room)
        bar.setRange(0, max(0, heights.total - room))
        bar.setValue(heights.offset(self._top) + self._above)
        self._told = bar.value()

    def _fill(self, room: int) -> int:
        """Measure from the anchor down; how far the rows reach below the upper edge."""
        reach, row = -self._above, self._top
        while reach < room and row < self._heights.count:
            reach += self._heights.high(row)
            row += 1
        return reach

    def _stand_on_end(self, room: int) -> None:
        """The last row's lower edge at the view's, or the first row's upper edge where all fit."""
        self._stand_below(self._heights.count, room)

    def _stand_below(self, row: int, room: int) -> None:
        """Let the rows before `row` end at `room`, or the first one begin at the upper edge."""
        while row > 0 and room > 0:
            row -= 1
            room -= self._heights.high(row)
        self._top, self._above = row, max(0, -room)

    # Scrolling.

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 (Qt's name)
        """The bar was moved: by a little, from the anchor, measuring what comes; further, to where that is guessed."""
        if self._settling or self._width < 0:
            return
        bar = self.verticalScrollBar()
        by = bar.value() - self._told
        if bar.value() >= bar.maximum() and by > 0:
            self._stand_on_end(self.viewport().height())
        elif abs(by) > _FAR * max(1, self.viewport().height()):
            self._top = min(self._heights.row_at(bar.value()), max(0, self._heights.count - 1))
            self._above = max(0, bar.value() - self._heights.offset(self._top))
        else:
            self._move(by)
        self._settle()
        self.viewport().update()

    def _move(self, by: int) -> None:
        heights = self._heights
        above = self._above + by
        while above < 0 and self._top > 0:
            self._top -= 1
            above += heights.high(self._top)
        while self._top < heights.count - 1 and above >= heights.high(self._top):
            above -= heights.high(self._top)
            self._top += 1
        self._above = max(0, above)

    def scrollTo(  # noqa: N802 (Qt's name)
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Scroll as little as lets the row be seen, from its top where it is higher than the view."""
        if not index.isValid():
            return
        self._settle()
        row, room = index.row(), self.viewport().height()
        place = self.visualRect(index)
        if hint == QAbstractItemView.ScrollHint.EnsureVisible and place.top() >= 0 and place.bottom() < room:
            return
        at_top = hint == QAbstractItemView.ScrollHint.PositionAtTop or place.top() < 0
        if at_top or self._heights.high(row) >= room:
            self._top, self._above = row, 0
        else:
            self._stand_below(row + 1, room)
        self._settle()
        self.viewport().update()

    # What Qt asks of a view.

    def doItemsLayout(self) -> None:  # noqa: N802 (Qt's name)
        """Nothing is laid out that is not seen."""
        self._width = -1
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:  # noqa: N802 (Qt's name)
        """Other rows, or another size; what is not seen is measured when it is shown."""
        if self.isVisible():
            self._settle()
        QAbstractItemView.updateGeometries(self)

    def visualRect(self, index: Index) -> QRect:  # noqa: N802 (Qt's name)
        """Where a row stands; guessed where it is not seen."""
        if not index.isValid() or index.row() >= self._heights.count:
            return QRect()
        heights = self._heights
        top = heights.offset(index.row()) - heights.offset(self._top) - self._above
        return QRect(0, top, self.viewport().width(), heights.guessed(index.row()))

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 (Qt's name)
        """The row under a point."""
        heights = self._heights
        row = heights.row_at(heights.offset(self._top) + self._above + point.y())
        inside = self.viewport().rect().contains(point) and row < heights.count
        return self.model().index(row, 0, self.rootIndex()) if inside else QModelIndex()

    def verticalOffset(self) -> int:  # noqa: N802 (Qt's name)
        """How far it is scrolled."""
        return self._heights.offset(self._top) + self._above

    def setSelection(self, rect: QRect, command: object) -> None:  # noqa: N802 (Qt's name)
        """Choose what is pressed."""
        index = self.indexAt(rect.center())
        if index.isValid():
            self.selectionModel().select(index, command)  # type: ignore[call-overload]

    def visualRegionForSelection(self, selection: object) -> QRegion:  # noqa: N802, ARG002 (Qt's name, and its argument)
        """What must be painted anew: all that is seen, which is little."""
        return QRegion(self.viewport().rect())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the rows that are seen."""
        self._settle()
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        rest = option.state & ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        chosen, model, delegate = self.selectionModel(), self.model(), self.itemDelegate()
        pointed = self.indexAt(self.viewport().mapFromGlobal(QCursor.pos())) if self.viewport().underMouse() else None
        painter = QPainter(self.viewport())
        top, row, below = -self._above, self._top, event.rect().bottom()
        while row < self._heights.count and top <= below:
            high = self._heights.high(row)
            if top + high >= event.rect().top():
                index = model.index(row, 0, self.rootIndex())
                option.rect = QRect(0, top, self.viewport().width(), high)
                option.state = rest
                if chosen.isSelected(index):
                    option.state |= QStyle.StateFlag.State_Selected
                if pointed is not None and pointed == index:
                    option.state |= QStyle.StateFlag.State_MouseOver
                delegate.paint(painter, option, index)
            top += high
            row += 1
        painter.end()
