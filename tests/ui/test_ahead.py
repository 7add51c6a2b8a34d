"""The citizen's page that is built while nobody waits: used once, knowing nobody, and gone with the lock."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer

from backupreader.language import Language
from tests.ui.conftest import open_up
from ui.look import Look


def test_the_page_that_is_ready_is_the_one_that_is_gone_to_and_the_next_is_another(new_window, pc, qtbot) -> None:
    window = new_window(pc)
    open_up(qtbot, window, purpose="check")
    qtbot.waitUntil(lambda: window.ahead.ready is not None)
    ready = window.ahead.ready
    window.go("citizen", "nexus:1")
    assert window.screen_now is ready
    assert window.ahead.ready is None
    qtbot.waitUntil(lambda: window.ahead.ready is not None)
    assert window.ahead.ready is not ready
    assert window.ahead.ready.printable() is None, "it knows nobody"
    assert not window.ahead.ready.isVisible()


def test_nothing_is_ready_behind_a_lock(new_window, pc, qtbot) -> None:
    window = new_window(pc)
    open_up(qtbot, window, purpose="check")
    qtbot.waitUntil(lambda: window.ahead.ready is not None)
    window.lock()
    assert window.ahead.ready is None
    assert not any(timer.isActive() for timer in window.ahead.findChildren(QTimer)), "nor is one waited for"


def test_another_look_or_language_makes_it_anew(new_window, pc, qtbot) -> None:
    window = new_window(pc)
    open_up(qtbot, window, purpose="check")
    qtbot.waitUntil(lambda: window.ahead.ready is not None)
    window.restyle(Language("da"), replace(Look(), scale=150))
    window.go("citizen", "nexus:1")
    qtbot.waitUntil(lambda: window.screen_now.printable() is not None)
    assert window.screen_now.chapters.rows[0].title == "Overblik"


def test_what_was_hidden_until_the_answer_is_painted_when_it_comes(new_window, pc, qtbot) -> None:
    window = new_window(pc)
    open_up(qtbot, window, purpose="check")
    window.go("citizen", "nexus:1")
    qtbot.waitUntil(lambda: window.screen_now.printable() is not None)
    assert window.screen_now.identity.updatesEnabled()
    assert window.screen_now.content.updatesEnabled()
