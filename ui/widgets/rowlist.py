"""A list of rows: one model, one view, for every page."""

from __future__ import annotations

import itertools
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.look import Look
from ui.rows import Kind, Row
from ui.widgets.lazyview import LazyView
from ui.widgets.rowpaint import ROW, RowPainter

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RowModel(QAbstractListModel):
    """Rows as values. The same number of rows is changed in place, so that nothing moves under the pointer.

    `reworded` tells each row that has other words in its place.
    """

    reworded = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def tell(self, rows: tuple[Row, ...]) -> bool:
        """Take these rows; True when the list began anew, False when at most words changed in their places."""
        if len(rows) == len(self.rows) and all(
            new is old or (new.kind is old.kind and new.title == old.title)
            for new, old in zip(rows, self.rows, strict=True)
        ):
            former, self.rows = self.rows, rows
            changed = [number for number, row in enumerate(rows) if row is not former[number] and row != former[number]]
            for number in changed:
                self.reworded.emit(number)
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 (Qt's type)
        """The row itself for the painter; its sentence for a screen reader."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}:
            return row.spoken
        if role == int(Qt.ItemDataRole.AccessibleDescriptionRole) and row.origin is not None:
            return row.origin.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are read, not chosen."""
        if not index.isValid() or index.row() >= len(self.rows) or not self.rows[index.row()].chosen_by_keys:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class RowList(LazyView):
    """Shows rows; arrows choose, Enter or a click opens a row that has a target."""

    opened = Signal(object)
    moved = Signal()

    def __init__(  # noqa: PLR0913 (how it looks is said where it is made)
        self,
        look: Look,
        name: str,
        *,
        lead: int = 0,
        title: int = 16,
        quiet: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fits = False
        self._rows = RowModel(self)
        self._rows.reworded.connect(self.changed)
        self._rows.modelReset.connect(self.anew)
        self.setModel(self._rows)
        self.setItemDelegate(RowPainter(look, lead=lead, title=title, quiet=quiet, parent=self))
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setMinimumHeight(look.px(24))
        self.verticalScrollBar().setSingleStep(look.px(40))
        self.clicked.connect(self._open)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows.rows

    def tell(self, rows: tuple[Row, ...], choose: int | None = 0) -> None:
        """Show these rows, the `choose`-th that can be chosen being chosen when the list begins anew."""
        if self._rows.tell(rows):
            if choose is not None:
                self.setAutoScroll(False)  # it begins at its top: nothing need be measured to get there
                self.choose(choose)
                self.setAutoScroll(True)
            self.scrollToTop()
        else:
            self.scheduleDelayedItemsLayout()  # a row may have become higher

    def retell(self, rows: tuple[Row, ...]) -> None:
        """Show these rows; the one that was chosen stays so, wherever it stands now, and nothing else comes to be."""
        former = self.chosen
        self.tell(rows, choose=None)
        if former is not None and self.chosen is None:
            stops = [row for row in rows if row.chosen_by_keys]
            place = next((at for at, row in enumerate(stops) if row.title == former.title), None)
            if place is not None:
                self.choose(place)

    def shrink(self) -> None:
        """Be no higher than the rows need; they scroll where there is less room."""
        high = sum(self.sizeHintForRow(number) for number in range(len(self.rows)))
        self.setMaximumHeight(
            high + 2 * self.frameWidth() + self.contentsMargins().top() + self.contentsMargins().bottom() + 2
        )

    def fit(self) -> None:
        """Be exactly as high as the rows need, in this width and in each that it gets."""
        self._fits = True
        frame = max(2 * self.frameWidth(), self.contentsMargins().top() + self.contentsMargins().bottom())
        self.setFixedHeight(sum(self.sizeHintForRow(number) for number in range(len(self.rows))) + frame)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width may need another height."""
        super().resizeEvent(event)
        if self._fits and event.size().width() != event.oldSize().width():
            self.fit()

    @property
    def current(self) -> Row | None:
        """The row that Qt stands on, whether that is seen or not."""
        index = self.currentIndex()
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    @property
    def chosen(self) -> Row | None:
        """The row that the arrows stand on; Qt's current one counts only where it is seen to be chosen."""
        index = self.currentIndex()
        if not index.isValid() or index.row() >= len(self.rows) or not self.selectionModel().isSelected(index):
            return None
        return self.rows[index.row()]

    def choose(self, number: int) -> None:
        """Stand on the `number`-th row that can be chosen, or on the last one."""
        stops = (at for at, row in enumerate(self.rows) if row.chosen_by_keys)
        found = next(itertools.islice(stops, number, None), None) if number < len(self.rows) else None
        if found is None:
            found = next((at for at in reversed(range(len(self.rows))) if self.rows[at].chosen_by_keys), None)
        if found is not None:
            self.setCurrentIndex(self._rows.index(found))

    def step(self, by: int) -> None:
        """Move to the next or the former row that can be chosen."""
        here = self.currentIndex().row() if self.chosen is not None else -1
        ahead = range(here + 1, len(self.rows)) if by > 0 else range(here - 1, -1, -1)
        stop = next((at for at in ahead if self.rows[at].chosen_by_keys), None)
        if stop is not None:
            self.setCurrentIndex(self._rows.index(stop))
            self.scrollTo(self.currentIndex())
            self.moved.emit()
        elif by < 0:
            self.scrollToTop()

    def step_group(self, by: int) -> None:
        """Move to the first row of the next group or the former one that can be chosen."""
        heads = [at for at, row in enumerate(self.rows) if row.kind is Kind.HEADING]
        stops = [at for at, row in enumerate(self.rows) if row.chosen_by_keys]
        first = [next((stop for stop in stops if stop > head), None) for head in heads]
        here = self.currentIndex().row() if self.chosen is not None else -1
        ahead = [at for at in first if at is not None and (at > here if by > 0 else at < here)]
        if ahead:
            self.setCurrentIndex(self._rows.index(min(ahead) if by > 0 else max(ahead)))
            self.scrollTo(self.currentIndex())
            self.moved.emit()

    def page(self, by: int) -> None:
        """Scroll by a screenful."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by * bar.pageStep() * 9 // 10)

    def open_chosen(self) -> bool:
        """Open what the arrows stand on; False when nothing can be opened there."""
        row = self.chosen
        if row is None or row.target is None:
            return False
        self.opened.emit(row.target)
        return True

    def steer(self, key: int) -> bool:
        """Do what a key asks of a list; False for a key that means nothing to it."""
        match key:
            case Qt.Key.Key_Down:
                self.step(1)
            case Qt.Key.Key_Up:
                self.step(-1)
            case Qt.Key.Key_PageDown | Qt.Key.Key_PageUp if self._fits:
                return False  # all of it is there: what scrolls is the page round it
            case Qt.Key.Key_PageDown:
                self.page(1)
            case Qt.Key.Key_PageUp:
                self.page(-1)
            case Qt.Key.Key_Home:
                self.choose(0)
                self.scrollToTop()
            case Qt.Key.Key_End:
                self.choose(len(self.rows))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                return self.open_chosen()
            case _:
                return False
        self._say()
        return True

    def _say(self) -> None:
        """Where the keys came from the search box, a screen reader is told what the arrows stand on now."""
        row = self.chosen
        if row is not None and not self.hasFocus() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, row.spoken))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """The same keys whether the list or the search box has the focus."""
        if not self.steer(event.key()):
            event.ignore()

    def _open(self, index: QModelIndex) -> None:
        row = self.rows[index.row()]
        if row.target is not None:
            self.opened.emit(row.target)
