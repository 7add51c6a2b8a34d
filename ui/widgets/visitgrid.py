"""Visits side by side: a table whose cells are drawn, chosen with the arrows, and read aloud one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.look import SMALL, Look, State
from ui.telling.overviewcells import CellText
from ui.widgets.marks import MarkPen

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_CELL: Final = int(Qt.ItemDataRole.UserRole)
_WIDE: Final = 124  # pixels at 100 %: the narrowest a column may be
_SIDE: Final = 6
_HEAD: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
_NOTHING: Final = "–"
_SPOKEN: Final = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: what stands before it, and its cells."""

    head: str
    cells: tuple[CellText | None, ...]


class _Model(QAbstractTableModel):
    """The grid as values. The first column is of nobody."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.heads: tuple[str, ...] = ()
        self.rows: tuple[GridRow, ...] = ()

    def tell(self, heads: tuple[str, ...], rows: tuple[GridRow, ...]) -> None:
        self.beginResetModel()
        self.heads, self.rows = heads, rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self.heads)

    def cell(self, index: Index) -> CellText | None:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        return self.rows[index.row()].cells[index.column()]

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 (Qt's type)
        cell = self.cell(index)
        if role == _CELL:
            return cell
        if role in _SPOKEN:
            return cell.spoken if cell is not None else self._empty(index)
        return None

    def _empty(self, index: Index) -> str:
        """An empty cell, as it is read aloud: whose, and when."""
        if not index.isValid() or index.row() >= len(self.rows):
            return ""
        hours = (self.rows[row].head for row in range(index.row(), -1, -1))
        hour = next((hour for hour in hours if hour), "")
        return " · ".join(part for part in (self.heads[index.column()], hour, _NOTHING) if part).replace("\n", " ")

    def headerData(  # noqa: N802 (Qt's name)
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:  # noqa: ANN401 (Qt's type)
        if role != int(Qt.ItemDataRole.DisplayRole):
            return None
        return self.heads[section] if orientation is Qt.Orientation.Horizontal else self.rows[section].head


class _CellPainter(QStyledItemDelegate):
    """Draws one visit: the time, the name, two words, the marks. The column of nobody stands on its own ground."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._time, self._name, self._what = look.font(SMALL, bold=True), look.font(14, bold=True), look.font(SMALL)
        self._pen = MarkPen(look, SMALL)

    def high(self, cells: tuple[CellText | None, ...], width: int) -> int:
        """How high a row of these cells is."""
        inside = width - 2 * self._look.px(_SIDE)
        return max((self._needs(cell, inside) for cell in cells if cell is not None), default=0) + self._look.px(12)

    def _needs(self, cell: CellText, inside: int) -> int:
        marks = self._pen.flow_height(cell.marks, inside)
        texts = sum(_laid(QFontMetrics(font), text, inside)[1] for font, text in self._lines(cell))
        return texts + marks + (self._look.px(4) if marks else 0)

    def _lines(self, cell: CellText) -> tuple[tuple[QFont, str], ...]:
        return (self._time, cell.time), (self._name, cell.name), (self._what, cell.what)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 (Qt's name)
        """The table sets its own sizes."""
        return QSize(self._look.px(_WIDE), self._look.px(64))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell, with a ring where the arrows stand."""
        look, place = self._look, option.rect
        cell: CellText | None = index.data(_CELL)
        painter.save()
        painter.setClipRect(place)
        late = look.palette.states[State.LATE]
        if index.column() == 0:
            painter.fillRect(place, QColor(late.ground))
        elif cell is not None:
            painter.fillRect(place, look.colour("panel"))
        if cell is not None:
            ink = QColor(late.ink) if index.column() == 0 else look.colour("ink")
            self._text(painter, cell, place.adjusted(look.px(_SIDE), look.px(6), -look.px(_SIDE), 0), ink)
        painter.setPen(look.colour("line"))
        painter.drawRect(place.adjusted(-1, -1, -1, -1))
        if option.state & QStyle.StateFlag.State_Selected:
            ring = look.px(3)
            painter.setPen(QPen(look.colour("focus"), ring))
            painter.drawRect(place.adjusted(ring // 2, ring // 2, -ring // 2 - 1, -ring // 2 - 1))
        painter.restore()

    def _text(self, painter: QPainter, cell: CellText, place: QRect, ink: QColor) -> None:
        top = place.top()
        for font, text in self._lines(cell):
            painter.setFont(font)
            painter.setPen(ink)
            flags, high = _laid(QFontMetrics(font), text, place.width())
            painter.drawText(QRect(place.left(), top, place.width(), high), flags, text)
            top += high
        for mark, spot in zip(cell.marks, self._pen.places(cell.marks, place.width()), strict=True):
            self._pen.draw(painter, mark, spot.translated(place.left(), top + self._look.px(4)))


def _laid(metrics: QFontMetrics, text: str, width: int) -> tuple[int, int]:
    """How a text is broken into this width, between words where they fit, and how high it is; at least a line."""
    room, flags = QRect(0, 0, width, 1 << 24), int(Qt.TextFlag.TextWordWrap)
    needs = metrics.boundingRect(room, flags, text)
    if needs.width() > width:
        flags = int(Qt.TextFlag.TextWrapAnywhere)
        needs = metrics.boundingRect(room, flags, text)
    return flags, max(metrics.height(), needs.height())


class VisitGrid(QTableView):
    """Shows the cells; the arrows go from cell to cell, Enter or a touch opens the one that is chosen.

    The page keys are not its own: `paged` tells of them.
    """

    opened = Signal(object)
    moved = Signal(object)
    paged = Signal(int)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._model = _Model(self)
        self._painter = _CellPainter(look, self)
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setFont(look.font(SMALL, bold=True))
        across.setDefaultAlignment(Qt.AlignmentFlag(_HEAD))
        across.setTextElideMode(Qt.TextElideMode.ElideNone)
        across.setFixedHeight(look.px(48))
        down.setFont(look.font(SMALL, bold=True))
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        down.setMinimumWidth(look.px(64))
        for header in (across, down):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
        self.setStyleSheet(_style(look))
        self.clicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._moved)

    @property
    def chosen(self) -> CellText | None:
        """The cell that the arrows stand on; None where it is empty."""
        return self._model.cell(self.currentIndex())

    @property
    def words(self) -> tuple[str, ...]:
        """Every cell, as it is read aloud."""
        return tuple(cell.spoken for row in self._model.rows for cell in row.cells if cell is not None)

    def tell(self, heads: tuple[str, ...], rows: tuple[GridRow, ...], first: int = 0) -> None:
        """Show these columns and rows, the arrows standing on the first visit from the `first` row on."""
        self._model.tell(heads, rows)
        self._fit()
        for number, row in enumerate(rows[first:], start=first):
            for column, cell in enumerate(row.cells):
                if cell is not None:
                    here = self._model.index(number, column)
                    self.setCurrentIndex(here)
                    self.scrollTo(here, QAbstractItemView.ScrollHint.PositionAtTop)
                    return

    def steer(self, key: int) -> bool:
        """Do what a key asks of the grid; False for a key that means nothing to it."""
        here = self.currentIndex()
        row, column = max(0, here.row()), max(0, here.column())
        match key:
            case Qt.Key.Key_Down:
                row += 1
            case Qt.Key.Key_Up:
                row -= 1
            case Qt.Key.Key_Right:
                column += 1
            case Qt.Key.Key_Left:
                column -= 1
            case Qt.Key.Key_Home:
                column = 0
            case Qt.Key.Key_End:
                column = len(self._model.heads) - 1
            case Qt.Key.Key_PageDown | Qt.Key.Key_PageUp:
                self.paged.emit(1 if key == Qt.Key.Key_PageDown else -1)
                return True
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._open(here)
                return True
            case _:
                return False
        if 0 <= row < len(self._model.rows) and 0 <= column < len(self._model.heads):
            self.setCurrentIndex(self._model.index(row, column))
            self.scrollTo(self.currentIndex())
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """The same keys whether the grid or the search box has the focus."""
        if not self.steer(event.key()):
            event.ignore()

    def resizeEvent(self, event: Any) -> None:  # noqa: N802, ANN401 (Qt's name and type)
        """The columns share the width, where there is enough of it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        columns = len(self._model.heads)
        if not columns:
            return
        room = self.viewport().width() // columns
        wide = max(self._look.px(_WIDE), room)
        for column in range(columns):
            self.setColumnWidth(column, wide)
        for number, row in enumerate(self._model.rows):
            self.setRowHeight(number, self._painter.high(row.cells, wide))

    def _open(self, index: QModelIndex) -> None:
        cell = self._model.cell(index)
        if cell is not None and cell.whose is not None:
            self.opened.emit(cell.whose)

    def _moved(self, to: QModelIndex, _from: QModelIndex) -> None:
        self.moved.emit(self._model.cell(to))


def _style(look: Look) -> str:
    colours, px = look.palette, look.px
    return f"""
QTableView {{ background: {colours.ground}; border: {px(3)}px solid transparent; outline: 0; }}
QTableView:focus {{ border: {px(3)}px solid {colours.focus}; }}
QHeaderView, QHeaderView::section {{ background: {colours.panel}; color: {colours.ink}; border: 0; }}
QTableCornerButton::section {{ background: {colours.panel}; border: 0; }}
QHeaderView::section:horizontal {{ padding: 0 {px(_SIDE)}px; border-bottom: {px(2)}px solid {colours.line}; }}
QHeaderView::section:vertical {{ padding: {px(6)}px {px(_SIDE)}px 0 0; }}
"""
