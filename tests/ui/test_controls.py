"""Every control on every screen: large enough for a finger, reached by Tab in a sensible order, named, its key told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from tests.ui.conftest import open_up
from tests.ui.test_screens import WHAT, settled
from ui.keys import _KEYS
from ui.look import Look
from ui.rows import Row
from ui.screens import SCREENS
from ui.screens.keys import _KEYS as TOLD
from ui.widgets.blank import BlankPage
from ui.widgets.rowpaint import ROW

PRIMARY, LEAST = 44, 24


@pytest.fixture(params=SCREENS)
def page(request, new_window, pc, qtbot) -> QWidget:
    """The window on each screen, at 100 %."""
    window = new_window(pc, look=Look())
    if request.param != "lock":
        open_up(qtbot, window)
        window.go(request.param, WHAT.get(request.param))
        settled(window, qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def controls(window: QWidget) -> Iterator[QWidget]:
    """What can be pressed or written in now."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QAbstractButton | QLineEdit | QComboBox):
            yield widget


def test_what_is_pressed_is_as_high_as_a_finger(page) -> None:
    small = {widget: widget.height() for widget in controls(page) if widget.height() < PRIMARY}
    assert not small
    narrow = {widget: widget.width() for widget in controls(page) if widget.width() < PRIMARY}
    assert not narrow


def test_a_row_that_can_be_chosen_is_as_high_as_a_finger(page) -> None:
    """The brief rows of a summary, of which a page shall show many, are as high as the least."""
    for view in page.findChildren(QAbstractItemView):
        if isinstance(view, QHeaderView):  # not a list: nothing in it is chosen
            continue
        model = view.model()
        for number in range(model.rowCount() if view.isVisible() and model is not None else 0):
            index = model.index(number, 0)
            if index.flags() & Qt.ItemFlag.ItemIsSelectable:
                row = index.data(ROW)
                least = LEAST if isinstance(row, Row) and row.brief else PRIMARY
                assert view.sizeHintForIndex(index).height() >= least, view.accessibleName()


def test_nothing_that_takes_the_pointer_is_smaller_than_the_least(page) -> None:
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(widget, QScrollBar):
            assert min(widget.width(), widget.height()) >= LEAST, widget


def walked(window: QWidget) -> list[QWidget]:
    """Where Tab goes, from the first control round to it again."""
    first = window.focusWidget()
    found = [first]
    while window.focusNextPrevChild(True) and window.focusWidget() is not first:
        found.append(window.focusWidget())
        assert len(found) < 200
    return found


def test_tab_reaches_everything_and_comes_back(page) -> None:
    reached = set(walked(page))
    wanted = {
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not _one_of_a_group(widget)
    }  # fmt: skip
    assert wanted <= reached, [widget.accessibleName() for widget in wanted - reached]


def _one_of_a_group(widget: QWidget) -> bool:
    """Of round buttons Tab reaches the chosen one, and arrows the others."""
    return isinstance(widget, QAbstractButton) and widget.autoExclusive() and not widget.isChecked()


def test_tab_goes_through_the_bar_and_through_the_page_each_in_one_go(page) -> None:
    parts = [_part(page, widget) for widget in walked(page)]
    turns = [part for number, part in enumerate(parts) if part != parts[number - 1]] or parts[:1]
    assert len(turns) == len(set(turns)), parts


def _part(page: QWidget, widget: QWidget) -> str:
    """In which part of the window a control is."""
    if page._bar is not None and page._bar.isAncestorOf(widget):
        return "bar"
    return "page" if page.screen_now.isAncestorOf(widget) else "line"


def test_every_control_that_can_have_the_focus_has_a_name(page) -> None:
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
    ]
    assert not nameless


def test_no_two_buttons_on_a_page_have_the_same_name(page) -> None:
    names = [widget.accessibleName() for widget in controls(page) if isinstance(widget, QAbstractButton)]
    assert len(names) == len(set(names)), sorted(names)


def test_no_key_does_two_things_on_a_page(page) -> None:
    keys = [
        shortcut.key().toString()
        for shortcut in page.findChildren(QShortcut)
        if shortcut.context() != Qt.ShortcutContext.WidgetShortcut and shortcut.parent().isVisible()
    ]
    assert len(keys) == len(set(keys)), sorted(keys)


def test_every_key_that_works_everywhere_is_told_on_the_help_page() -> None:
    told = (
        " ".join(key for key, _what in TOLD)
        .replace("Ctrl +", "Ctrl++")
        .replace("Ctrl −", "Ctrl+-")
        .replace("Ctrl 0", "Ctrl+0")
    )
    silent = {"Ctrl+=": "the same key as Ctrl++", "Ctrl+Q": "stands on the frame of a practice", "Alt+Left": "Esc"}
    assert not [key for key, _slot in _KEYS if key not in told and key not in silent]


def test_the_page_that_covers_can_be_pressed_by_whoever_has_it_read_aloud(unlocked, qtbot) -> None:
    unlocked.blank()
    page = unlocked.findChild(BlankPage)
    told = QAccessible.queryAccessibleInterface(page)
    assert told.role() is QAccessible.Role.Button
    assert told.text(QAccessible.Text.Name) == page.accessibleName()
    told.actionInterface().doAction("Press")
    qtbot.waitUntil(lambda: not unlocked._blanking.covered)


def test_nothing_moves_while_words_are_typed(unlocked, qtbot) -> None:
    unlocked.go("find", "")
    qtbot.waitUntil(lambda: bool(unlocked.screen_now.list.rows))
    before = {widget: widget.geometry() for widget in unlocked.findChildren(QWidget) if widget.isVisible()}
    for letter in "kirst":
        qtbot.keyClicks(unlocked.topbar.search, letter)
        settled(unlocked, qtbot)
        for widget, place in before.items():
            assert (
                widget.geometry() == place
                or isinstance(widget, QScrollBar)
                or widget.parent() is unlocked.screen_now.list
            ), widget
