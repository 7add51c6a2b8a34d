"""The window as a kiosk: it fills the screen, stays, and nothing is carried out of it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget

import ui
from tests.ui.conftest import open_up
from tests.ui.test_screens import WHAT, settled
from ui.screens import SCREENS

OPEN = [name for name in SCREENS if name != "lock"]


@pytest.fixture
def kiosk(new_window, pc):
    """A locked window of a PC that is a kiosk; at the end the system's session ends."""
    window = new_window(replace(pc, settings=replace(pc.settings, kiosk=True)))
    yield window
    window._kiosk.may_close = True


def test_it_has_no_edge_and_stays_when_it_is_asked_to_close(kiosk, qtbot) -> None:
    assert kiosk.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert not kiosk.close()
    assert kiosk.isVisible()
    open_up(qtbot, kiosk)
    qtbot.keyClick(kiosk, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(kiosk, Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    assert not kiosk.close()
    assert kiosk.is_open


def test_it_goes_when_the_system_s_session_ends(kiosk) -> None:
    kiosk._kiosk.session_ends()
    assert kiosk.close()
    assert not kiosk.isVisible()


def test_a_window_that_is_no_kiosk_closes(locked) -> None:
    assert locked.close()


@pytest.fixture(params=SCREENS)
def page(request, new_window, pc, qtbot) -> QWidget:
    """The window on each screen."""
    window = new_window(pc)
    if request.param != "lock":
        open_up(qtbot, window)
        window.go(request.param, WHAT.get(request.param))
        settled(window, qtbot)
    return window


def test_no_control_has_a_menu_of_its_own(page) -> None:
    for widget in (page, *page.findChildren(QWidget)):
        if widget.isVisible():
            middle = widget.rect().center()
            event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, widget.mapToGlobal(middle))
            QApplication.sendEvent(widget, event)
            assert QApplication.activePopupWidget() is None, widget


def test_nothing_can_be_dropped_into_it_or_dragged_out(page) -> None:
    assert not [widget for widget in (page, *page.findChildren(QWidget)) if widget.acceptDrops()]
    assert not [field for field in page.findChildren(QLineEdit) if field.dragEnabled()]
    assert not [view for view in page.findChildren(QAbstractItemView) if view.dragEnabled()]
    texts = [label.textInteractionFlags() for label in page.findChildren(QLabel)]
    assert not [flags for flags in texts if flags & Qt.TextInteractionFlag.TextSelectableByMouse]


_TAKING = (
    (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Insert, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier),
)


def test_nothing_on_any_page_reaches_the_clipboard(page) -> None:
    clipboard = QGuiApplication.clipboard()
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        for key, modifier in _TAKING:
            clipboard.setText("untouched")
            if isinstance(widget, QLineEdit):
                widget.setText("Kirsten Møller 140338-1234")
                widget.selectAll()
                if (key, modifier) == _TAKING[4]:
                    widget.setCursorPosition(0)
            QTest.keyClick(widget, key, modifier)
            assert clipboard.text() == "untouched", (widget, key)
    clipboard.clear()


def test_words_that_are_shown_while_they_are_typed_are_not_copied(locked) -> None:
    lock, clipboard = locked.screen_now, QGuiApplication.clipboard()
    lock.show_words.click()
    lock.words_field.setText("regn lampe sti")
    lock.words_field.selectAll()
    clipboard.setText("untouched")
    QTest.keyClick(lock.words_field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(lock.words_field, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "untouched"
    assert not lock.words_field.text(), "what is cut is deleted all the same"
    clipboard.clear()


def test_what_is_marked_with_the_mouse_is_given_to_nobody(unlocked) -> None:
    search, clipboard = unlocked.topbar.search, QGuiApplication.clipboard()
    search.setText("Kirsten")
    left, right = QPointF(8, search.height() / 2).toPoint(), search.rect().center()
    QTest.mousePress(search, Qt.MouseButton.LeftButton, pos=left)
    QTest.mouseMove(search, right)
    QTest.mouseRelease(search, Qt.MouseButton.LeftButton, pos=right)
    assert "Kirsten" not in clipboard.text(clipboard.Mode.Selection)


def test_no_file_dialog_and_no_dialog_at_all_is_anywhere_in_the_window() -> None:
    asked = re.compile(
        r"QFileDialog|QMessageBox|QInputDialog|QPrintDialog|QDialog|QColorDialog|QFontDialog|QDesktopServices"
    )
    sources = Path(ui.__file__).parent.rglob("*.py")
    assert not [source for source in sources if asked.search(source.read_text(encoding="utf-8"))]
