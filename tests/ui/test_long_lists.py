"""A list of any length opens at once, and what is being read stays where it is."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ui.look import Look
from ui.rows import Kind, Row
from ui.widgets.heights import Heights
from ui.widgets.rowlist import RowList

MANY = 500_000


def of(number: int) -> Row:
    return Row(title=f"Row {number}", details=("some more words of it ",) * (number % 7), target=number)


@pytest.fixture(scope="module")
def many() -> tuple[Row, ...]:
    return tuple(of(number) for number in range(MANY))


@pytest.fixture
def list_of(qtbot, qapp):
    def make(rows: tuple[Row, ...], *, high: int = 600, lead: int = 0) -> RowList:
        made = RowList(Look(), "Rows", lead=lead)
        qtbot.addWidget(made)
        made.resize(700, high)
        made.tell(rows)
        made.show()
        qtbot.waitExposed(made)
        qapp.processEvents()
        return made

    return make


def measured(view: RowList) -> int:
    return len(view._heights._known)


def seen(view: RowList) -> list[tuple[int, int, int]]:
    """The rows in sight, from above: number, upper edge, height; by what stands at each pixel."""
    found: dict[int, tuple[int, int, int]] = {}
    for y in range(view.viewport().height()):
        index = view.indexAt(QPoint(5, y))
        if index.isValid() and index.row() not in found:
            place = view.visualRect(index)
            assert place.contains(QPoint(5, y))
            found[index.row()] = (index.row(), place.top(), place.height())
    return list(found.values())


def is_whole(view: RowList) -> None:
    """Rows in sight follow each other without a gap, each as high as its words need."""
    rows = seen(view)
    for (number, top, high), (following, below, _) in itertools.pairwise(rows):
        assert (following, below) == (number + 1, top + high)
    for number, _, high in rows:
        assert high == view.sizeHintForRow(number)


def test_half_a_million_rows_open_with_only_those_measured_that_are_seen(list_of, many):
    view = list_of(many)
    assert seen(view)[0][:2] == (0, 0)
    assert measured(view) < 100
    is_whole(view)


def test_end_goes_to_the_last_row_and_home_to_the_first(list_of, many):
    view = list_of(many)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.chosen == many[-1]
    last, top, high = seen(view)[-1]
    assert (last, top + high) == (MANY - 1, view.viewport().height())
    is_whole(view)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert seen(view)[0][:2] == (0, 0)
    assert measured(view) < 200


def test_the_bar_at_its_end_shows_the_last_row_and_there_is_nothing_below_it(list_of, many):
    view = list_of(many)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    last, top, high = seen(view)[-1]
    assert (last, top + high) == (MANY - 1, view.viewport().height())
    assert bar.value() == bar.maximum()


@pytest.mark.parametrize("by", [1, 7, 40, 333, 900])
def test_scrolling_moves_what_is_seen_by_just_as_much_down_and_up_again(list_of, many, by):
    view = list_of(many)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    is_whole(view)
    for step in (by, by, -by, -by, -by, -by, by, by):
        # a row that is seen before and after; where all go out of sight, where it will be is known only near by
        before = {number: top for number, top, _ in seen(view)}
        bar.setValue(bar.value() + step)
        is_whole(view)
        for number, top, _ in seen(view):
            if number in before:
                assert top == before[number] - step


def test_arrows_walk_through_every_row_and_each_is_seen_whole(list_of, many):
    view = list_of(many, high=300)
    for number in range(1, 60):
        QTest.keyClick(view, Qt.Key.Key_Down)
        assert view.chosen == many[number]
        place = view.visualRect(view.currentIndex())
        assert place.top() >= 0
        assert place.bottom() < view.viewport().height()
    for number in range(58, -1, -1):
        QTest.keyClick(view, Qt.Key.Key_Up)
        assert view.chosen == many[number]
        assert view.visualRect(view.currentIndex()).top() >= 0


def test_page_keys_come_to_the_last_row_of_a_list_and_back(list_of):
    view = list_of(tuple(of(number) for number in range(200)))
    for _ in range(200):
        QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert seen(view)[-1][0] == 199
    for _ in range(200):
        QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert seen(view)[0][:2] == (0, 0)


def test_other_words_in_a_row_above_or_in_sight_do_not_move_the_row_at_the_top(list_of):
    rows = tuple(of(number) for number in range(1000))
    view = list_of(rows)
    bar = view.verticalScrollBar()
    bar.setValue(500)
    bar.setValue(1000)
    first = seen(view)[0]
    longer = tuple(Row(title=row.title, details=(*row.details, "and more"), target=row.target) for row in rows)
    view.tell(longer)
    view.viewport().repaint()
    assert seen(view)[0][:2] == first[:2]
    is_whole(view)


def test_another_width_wraps_the_rows_anew_and_keeps_the_row_at_the_top(list_of, qapp):
    rows = tuple(Row(title=f"{number}", details=("a word " * 40,)) for number in range(2000))
    view = list_of(rows)
    view.verticalScrollBar().setValue(9000)
    first = seen(view)[0][0]
    view.resize(400, 600)
    qapp.processEvents()
    assert seen(view)[0][0] == first
    is_whole(view)


def test_a_row_higher_than_the_list_can_be_read_to_its_end(list_of):
    rows = (of(0), Row(kind=Kind.TEXT, title="word " * 4000), of(2))
    view = list_of(rows, high=300)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.visualRect(view.model().index(1, 0)).top() == 0
    for _ in range(400):
        QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert seen(view)[-1][0] == 2
    is_whole(view)


def test_a_press_opens_the_row_that_is_seen_there(list_of, many, qtbot):
    view = list_of(many)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 3)
    number, top, high = seen(view)[2]
    with qtbot.waitSignal(view.opened) as told:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, top + high // 2))
    assert told.args == [number]
    assert view.chosen == many[number]


def test_fewer_rows_than_before_are_shown_from_the_top(list_of, many, qapp):
    view = list_of(many)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.tell((of(1), of(2)))
    qapp.processEvents()
    assert [number for number, _, _ in seen(view)] == [0, 1]
    assert view.verticalScrollBar().maximum() == 0
    view.tell(())
    qapp.processEvents()
    assert seen(view) == []


@settings(deadline=None)
@given(
    highs=st.lists(st.integers(1, 90), min_size=1, max_size=60),
    estimate=st.integers(1, 90),
    asked=st.lists(st.integers(0, 59)),
    gone=st.sets(st.integers(0, 59)),
)
def test_offsets_and_rows_agree_whatever_has_been_measured(highs, estimate, asked, gone):
    heights = Heights(len(highs), estimate, highs.__getitem__)
    known: dict[int, int] = {}
    for row in asked:
        if row < len(highs):
            known[row] = highs[row]
            assert heights.high(row) == highs[row]
    for row in gone:
        known.pop(row, None)
        heights.forget(row)
    at = 0
    for row in range(len(highs)):
        high = known.get(row, estimate)
        assert heights.offset(row) == at
        assert heights.guessed(row) == high
        assert {heights.row_at(at), heights.row_at(at + high - 1)} == {row}
        at += high
    assert heights.total == at
    assert heights.row_at(at) == len(highs)
    assert heights.row_at(-5) == 0
