"""What every screen does, whichever it is."""

from __future__ import annotations

import importlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget

from backupreader.language import CODES, Language
from tests.ui import town
from ui.chapter import ToDocument
from ui.look import Look
from ui.pages import Printable
from ui.plan import Carded, Guided
from ui.screen import Screen
from ui.screens import SCREENS

WHAT = {
    "find": "møller",
    "citizen": "nexus:1",
    "print": Printable("medicine-sheet", "Kirsten Møller", citizen="nexus:1"),
    "document": ToDocument("nexus:p1", "Epikrise"),
    "guide": Guided("journal"),
    "card": Carded("journal"),
}


@pytest.mark.parametrize("name", SCREENS)
def test_its_name_is_its_key_and_it_has_a_title_in_every_language(name: str, unlocked) -> None:
    screen = importlib.import_module(SCREENS[name]).SCREEN
    assert issubclass(screen, Screen)
    assert screen.name == name
    assert all(Language(code).text(screen.sentence) for code in CODES)


@pytest.fixture(params=[name for name in SCREENS if name != "lock"])
def shown(request, unlocked, qtbot) -> Screen:
    """Each screen of an open window, with its first answers."""
    unlocked.go(request.param, WHAT.get(request.param))
    settled(unlocked, qtbot)
    return unlocked.screen_now


def settled(window, qtbot) -> None:
    """Both desks have answered everything that they were asked."""
    for desk in (window.desk, window.press):
        answers: list[object] = []
        desk.line().ask(lambda _held: None, answers.append, answers.append)
        qtbot.waitUntil(lambda answers=answers: bool(answers), timeout=20_000)


def test_every_control_that_can_have_the_focus_has_a_name(shown) -> None:
    nameless = [
        widget
        for widget in shown.window().findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
    ]
    assert not nameless


def test_every_label_shows_text_as_text(shown) -> None:
    formats = {label.textFormat() for label in shown.window().findChildren(QLabel)}
    assert formats <= {Qt.TextFormat.PlainText}


def test_something_has_the_focus_and_letters_go_to_the_search_box(shown, qtbot, qapp) -> None:
    window = shown.window()
    window.activateWindow()
    qtbot.waitUntil(lambda: qapp.focusWidget() is not None)
    qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_K, Qt.KeyboardModifier.NoModifier)
    if shown.name in {"outage", "scenario"}:  # its first question is who: the name is written there
        assert qapp.focusWidget().text().endswith("k")
        assert window.screen_now is shown
        return
    assert window.topbar.search.text().endswith("k")
    scanned = shown.name == "sheets"  # a scanner types there, and its Enter says what it was
    assert window.screen_now.name == ("sheets" if scanned else "find")


def test_escape_goes_back_and_the_same_place_is_there_again(shown, qtbot) -> None:
    window, name = shown.window(), shown.name
    window.go("start" if name != "start" else "keys")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    settled(window, qtbot)
    assert window.screen_now.name == name


def test_it_can_be_drawn_large_dark_and_in_another_language(shown, qtbot) -> None:
    window = shown.window()
    window.restyle(Language("sv"), Look(dark=True, scale=200))
    settled(window, qtbot)
    assert window.screen_now.name == shown.name
    assert not window.grab().isNull()


def test_no_row_is_a_widget(shown) -> None:
    for view in shown.findChildren(QAbstractItemView):
        assert not [child for child in view.viewport().children() if isinstance(child, QWidget)]


def test_its_keys_can_be_pressed_in_any_order_without_harm(shown, qtbot) -> None:
    window = shown.window()
    for key in ("Up", "Down", "Left", "Right", "PageDown", "PageUp", "Home", "End", "Down"):
        qtbot.keyClick(window.topbar.search, getattr(Qt.Key, f"Key_{key}"))
    settled(window, qtbot)
    assert not window.notice.sentence


def test_a_lock_takes_everything_away(shown, qtbot) -> None:
    window = shown.window()
    window.lock()
    assert window.screen_now.name == "lock"
    assert window.info is None
    qtbot.waitUntil(lambda: not window.desk.is_holding())
    assert town.NAME not in window.screen_now.name_field.text()
