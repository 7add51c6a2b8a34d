"""B15: a list of the window with half a million rows: to its first paint, and while it is scrolled."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from made import Made
from row import Goal, Line, side_by_side

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView

    from ui.rows import Row

ROWS = {"tiny": 5_000}
MANY = 500_000
STEPS, JUMPS = 60, 10


def measure(made: Made, rounds: int) -> Iterator[Line]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui.dress import dress  # before any of Qt: what is done there for Python 3.11 comes first
    from ui.look import Look, load_fonts, load_more_fonts
    from ui.widgets.rowlist import RowList

    running = QApplication.instance() or QApplication(["bench"])
    assert isinstance(running, QApplication)
    load_fonts()
    load_more_fonts()
    look = Look()
    dress(look)
    rows = _rows(ROWS.get(made.size, MANY))
    bare = [(row.lead, row.title, *row.details, row.aside) for row in rows]

    def ours() -> QAbstractItemView:
        view = RowList(look, "Rows", lead=132)
        view.tell(rows)
        return view

    def peer() -> QAbstractItemView:
        return _bare(bare)

    def first(make: Callable[[], QAbstractItemView]) -> Callable[[], None]:
        def show() -> None:
            view = make()
            _show(running, view)
            view.close()
            view.deleteLater()
            running.processEvents()

        return show

    seconds = side_by_side({"ours": first(ours), "peer": first(peer)}, max(3, rounds))
    yield _line(f"a list of {len(rows):,} rows to its first paint", seconds, 1)
    shown = {"ours": ours(), "peer": peer()}
    for view in shown.values():
        _show(running, view)
    seconds = side_by_side(
        {name: lambda view=view: _scroll(view) for name, view in shown.items()},  # type: ignore[misc]
        max(3, rounds),
    )
    yield _line("the same, a step of scrolling", seconds, STEPS + JUMPS)
    for view in shown.values():
        view.close()


def _line(what: str, seconds: dict[str, float], steps: int) -> Line:
    ours, peer = (seconds[name] * 1000 / steps for name in ("ours", "peer"))
    what += ", against Qt's table over a bare model"
    return Line(id="B15", what=what, ours=ours, peer=peer, unit="ms", goal=Goal("at most", 1.2))


def _show(running: object, view: QAbstractItemView) -> None:
    from PySide6.QtWidgets import QApplication

    assert isinstance(running, QApplication)
    view.resize(1280, 860)
    view.show()
    running.processEvents()
    view.grab()


def _scroll(view: QAbstractItemView) -> None:
    """By three lines at a time, and now and then to anywhere."""
    bar, dice = view.verticalScrollBar(), random.Random(7)
    lines = max(1, bar.pageStep() // 8)
    for number in range(STEPS + JUMPS):
        to = dice.randrange(bar.maximum()) if number % (1 + STEPS // JUMPS) == 0 else bar.value() + lines
        bar.setValue(to)
        view.viewport().grab()


def _rows(count: int) -> tuple[Row, ...]:
    """What is found of citizens: some with more lines, some with marks."""
    from ui.look import State
    from ui.rows import Mark, Row

    mark = (Mark("OTHER UNIT", State.LATE),)
    return tuple(
        Row(
            title=f"Kirsten Møller {number}",
            lead=f"{number % 24:02}:00",
            details=("14 Mar 1938 (88)   140338-1234", "Team Nord · Skovvej 4, 2. tv " * (1 + number % 7)),
            marks=mark if number % 5 == 0 else (),
            aside="found by street" if number % 3 == 0 else "",
            target=number,
        )
        for number in range(count)
    )


def _bare(rows: list[tuple[str, ...]]) -> QAbstractItemView:
    """The same words in Qt's own table: every row of one height, no mark, no line that wraps."""
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
    from PySide6.QtWidgets import QTableView

    nowhere = QModelIndex()

    class Bare(QAbstractTableModel):
        def rowCount(self, parent=nowhere):  # noqa: N802 (Qt's name)
            return 0 if parent.isValid() else len(rows)

        def columnCount(self, parent=nowhere):  # noqa: N802 (Qt's name)
            return 0 if parent.isValid() else len(rows[0])

        def data(self, index, role=Qt.ItemDataRole.DisplayRole):
            return rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    view = QTableView()
    model = Bare(view)
    view.setModel(model)
    return view
