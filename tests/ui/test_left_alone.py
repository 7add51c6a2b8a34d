"""When nobody touches the window: it is covered, then it says that it will lock, then it locks; and what a touch does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui import town
from tests.ui.conftest import open_up


def everything_named(window: QWidget) -> str:
    """All that a screen reader can find from the window down, hidden or not, and the title."""
    found, waiting = [window.windowTitle()], [QAccessible.queryAccessibleInterface(window)]
    while waiting:
        one = waiting.pop()
        if one is None or not one.isValid():
            continue
        found += [
            one.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
        ]
        waiting += [one.child(number) for number in range(one.childCount())]
    return "\n".join(found)


@pytest.fixture
def page(unlocked, qtbot):
    """A citizen's page that is seen."""
    unlocked.go("citizen", "nexus:1")
    qtbot.waitUntil(lambda: "Kirsten Møller" in unlocked.screen_now.identity.words)
    unlocked.activateWindow()
    return unlocked


def test_one_key_covers_everything_about_citizens_and_the_age_stays(page, qtbot) -> None:
    assert "Kirsten" in everything_named(page)
    tab = page.frame.tab
    qtbot.keyClick(page, Qt.Key.Key_F9)
    assert page._blanking.covered
    assert "Kirsten" not in everything_named(page)
    assert "Blank. Press any key." in everything_named(page)
    assert page.frame.tab == tab
    assert "3 h 32 min old" in tab
    assert not [label for label in page.findChildren(QLabel) if "Kirsten" in label.text()]


@pytest.mark.parametrize("key", [Qt.Key.Key_K, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_F1, Qt.Key.Key_Tab])
def test_any_key_brings_the_same_page_back_and_does_nothing_else(page, qtbot, key: Qt.Key) -> None:
    qtbot.keyClick(page.topbar.search, Qt.Key.Key_Down)
    title = page.windowTitle()
    page.blank()
    assert page.windowTitle() != title
    qtbot.keyClick(page.focusWidget(), key)
    assert not page._blanking.covered
    assert page.screen_now.name == "citizen"
    assert "Kirsten Møller" in page.screen_now.identity.words
    assert not page.topbar.search.text()
    assert page.topbar.search.hasFocus()
    assert page.windowTitle() == title


def test_a_touch_brings_it_back_and_presses_nothing_beneath(page, qtbot) -> None:
    place = page.topbar.lock.mapTo(page, QPoint(5, 5))
    page.blank()
    QTest.mouseClick(page.childAt(place), Qt.MouseButton.LeftButton)
    assert not page._blanking.covered
    assert page.is_open


def test_a_shortcut_does_nothing_to_a_page_that_nobody_sees(page, qtbot) -> None:
    page.blank()
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert page.screen_now.name == "citizen"
    assert not page._blanking.covered


def test_it_covers_itself_before_it_locks_and_the_lock_uncovers_the_lock_screen(page, qtbot) -> None:
    blanking = page._blanking
    assert blanking.soon.interval() == page.settings.blank_minutes * 60_000 < page._idle.interval()
    blanking.soon.setInterval(1)
    qtbot.keyClick(page.topbar.search, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: blanking.covered)
    page._idle.setInterval(1)
    page._idle.start()
    qtbot.waitUntil(lambda: page.info is None)
    assert not blanking.covered
    assert page.screen_now.isVisible()
    qtbot.waitUntil(lambda: "Kirsten" not in everything_named(page))
    assert not blanking.soon.isActive()


def test_what_comes_while_it_is_covered_is_seen_afterwards(page, qtbot) -> None:
    page.blank()
    page.notice.tell("Paper is stuck.", "")
    assert "Paper" not in everything_named(page)
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    assert "Paper is stuck." in page.notice.sentence
    assert page.notice.isVisible()


def test_a_locked_window_has_nothing_to_cover(locked, qtbot) -> None:
    qtbot.keyClick(locked, Qt.Key.Key_F9)
    assert not locked._blanking.covered
    assert locked.screen_now.name_field.isVisible()


def test_half_a_minute_before_the_lock_a_line_says_so_and_moves_nothing(page, qtbot) -> None:
    blanking = page._blanking
    assert page._idle.interval() - blanking.last.interval() == 30_000
    before = [(child, child.geometry()) for child in page.screen_now.findChildren(QWidget)]
    blanking.last.setInterval(1)
    blanking.last.start()
    qtbot.waitUntil(lambda: "locks itself in half a minute" in page.frame.whispered)
    assert all(child.geometry() == place for child, place in before)
    qtbot.keyClick(page.topbar.search, Qt.Key.Key_Down)
    assert not page.frame.whispered


def test_the_line_is_read_on_the_covered_page_too(page, qtbot) -> None:
    page.blank()
    page._blanking._warn()
    assert "half a minute" in everything_named(page)
    line = page.frame._line
    assert page.childAt(line.mapTo(page, line.rect().center())) is line


def test_a_site_may_have_it_never_cover_itself(new_window, pc, qtbot) -> None:
    window = new_window(replace(pc, settings=replace(pc.settings, blank_minutes=0)))
    open_up(qtbot, window)
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Down)
    assert window._idle.isActive()
    assert not window._blanking.soon.isActive()
    assert town.NAME in window.person


def test_a_change_of_look_from_the_system_uncovers_and_keeps_the_page(page, qtbot) -> None:
    page.blank()
    page._wished()
    assert not page._blanking.covered
    assert page.screen_now.name == "citizen"
