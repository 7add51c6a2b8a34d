"""Practice: over the real window, in blue, and gone again; and that nothing of it can be taken for real."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from backupreader.domain.errors import NO_PRACTICE
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language
from backupreader.store import vault
from tests.ui import town
from tests.ui.conftest import open_up
from ui.look import BAND, PRACTICE_BAND


class MadeUp:
    """A practice at the boundary: another process, here two doors that the test opens."""

    def __init__(self, trouble: ReaderError | None = None) -> None:
        self.languages: list[Language] = []
        self.ready, self.gone = threading.Event(), threading.Event()
        self.trouble = trouble

    def __call__(self, language: Language) -> MadeUp:
        self.languages.append(language)
        return self

    def opened(self) -> None:
        self.ready.wait(20)
        if self.trouble is not None:
            raise self.trouble

    def ended(self) -> None:
        self.gone.wait(20)

    def end(self) -> None:
        self.ready.set()
        self.gone.set()


@pytest.fixture
def made_up() -> Callable[..., MadeUp]:
    """Makes practices; what is left of them ends with the test."""
    made: list[MadeUp] = []

    def make(trouble: ReaderError | None = None) -> MadeUp:
        made.append(MadeUp(trouble))
        return made[-1]

    yield make
    for one in made:
        one.end()


def pressed(window, words: str) -> QPushButton:
    return next(one for one in window.findChildren(QPushButton) if one.isVisible() and words in one.text())


def test_from_the_lock_screen_one_press_begins_it_and_the_window_stays_locked(new_window, pc, qtbot, made_up) -> None:
    one = made_up()
    window = new_window(pc, "da", practise=one)
    qtbot.mouseClick(window.screen_now.practice, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: one.languages == [Language("da")])
    foot = window.foot("practice", print)
    assert "gøres klar" in foot.sentence
    window.begin_practice()
    one.ready.set()
    qtbot.waitUntil(lambda: "åben i sit eget vindue" in foot.sentence)
    assert len(one.languages) == 1, "one at a time"
    assert window.info is None
    one.gone.set()
    qtbot.waitUntil(lambda: not foot.sentence)
    assert window.screen_now.name == "lock"


def test_it_can_be_ended_from_the_window_beneath(new_window, pc, qtbot, made_up) -> None:
    window = new_window(pc, practise=made_up())
    window.screen_now.practice.click()
    foot = window.foot("practice", print)
    qtbot.waitUntil(foot.action.isVisible)
    qtbot.waitUntil(lambda: window._practice._one is not None)
    qtbot.mouseClick(foot.action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not foot.sentence)


def test_where_it_cannot_be_made_a_sentence_says_so_and_it_can_be_tried_again(new_window, pc, qtbot, made_up) -> None:
    one = made_up(ReaderError(NO_PRACTICE, reason="There is not enough memory for this on this machine.  [BR41]"))
    one.ready.set()
    window = new_window(pc, practise=one)
    window.screen_now.practice.click()
    qtbot.waitUntil(lambda: "BR47" in window.notice.sentence)
    assert "not enough memory" in window.notice.sentence
    assert "works as before" in window.notice.sentence
    window.screen_now.practice.click()
    qtbot.waitUntil(lambda: len(one.languages) == 2)


def test_from_the_help_page_it_locks_first(new_window, pc, qtbot, made_up) -> None:
    one = made_up()
    window = new_window(pc, practise=one)
    open_up(qtbot, window)
    window.go("keys")
    row = next(number for number, row in enumerate(window.screen_now.list.rows) if row.title == "Practice")
    window.screen_now.list.choose(row)
    qtbot.keyClick(window.screen_now.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(one.languages))
    assert window.info is None
    assert window.screen_now.name == "lock"


def test_a_change_of_language_keeps_the_line_that_says_it_goes_on(new_window, pc, qtbot, made_up) -> None:
    window = new_window(pc, practise=made_up())
    window.screen_now.practice.click()
    window.restyle(Language("en"), window.look.larger())
    assert "made ready" in window.foot("practice", print).sentence


def test_where_none_can_be_begun_none_is_offered(locked) -> None:
    assert not locked.screen_now.practice.isVisible()
    locked.go("keys")
    assert "Practice" not in [row.title for row in locked.screen_now.list.rows]


def test_every_screen_of_a_practice_is_blue_and_says_so(new_window, pc, qtbot) -> None:
    window = new_window(pc, practice=True)
    window.read_standing()
    qtbot.waitUntil(lambda: "3 h 32 min old" in window.frame.tab)
    assert window.frame.tab.startswith("PRACTICE · nobody here is real")
    assert window.windowTitle().startswith("PRACTICE")
    corner = window.grab().toImage()
    colours = {corner.pixelColor(x, 3).name().upper() for x in range(60)}
    assert PRACTICE_BAND in colours
    assert BAND not in colours
    open_up(qtbot, window)
    for name in ("start", "find", "driving", "data", "keys", "shift"):
        window.go(name)
        assert window.frame.tab.startswith("PRACTICE"), name
    window.blank()
    assert window.frame.tab.startswith("PRACTICE")
    window._blanking.wake()


def test_a_practice_ends_with_a_key_or_a_press_and_no_other_window_does(new_window, pc, qtbot) -> None:
    window = new_window(pc, practice=True)
    assert "Ctrl+Q" in window.frame.tab
    pressed(window, "End the practice").click()
    assert not window.isVisible()
    real = new_window(pc)
    qtbot.keyClick(real, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert real.isVisible()


def test_a_practice_in_a_kiosk_can_be_ended_too(new_window, pc) -> None:
    window = new_window(replace(pc, settings=replace(pc.settings, kiosk=True)), practice=True)
    window.end_practice()
    assert not window.isVisible()


@pytest.mark.parametrize("opened", [False, True], ids=["locked", "open"])
def test_over_a_real_window_it_ends_when_nobody_touches_it(new_window, pc, qtbot, opened: bool) -> None:  # noqa: FBT001
    window = new_window(pc, practice=True, passing=True)
    assert window._idle.isActive()
    if opened:
        open_up(qtbot, window)
        window.lock()
        assert window._idle.isActive(), "nobody may find a practice where the real window should be"
    window._idle.setInterval(1)
    window._idle.start()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_a_letter_on_its_lock_screen_goes_nowhere_else(new_window, pc, qtbot) -> None:
    window = new_window(pc, practice=True, passing=True)
    window.screen_now.unlock.setFocus()
    qtbot.keyClick(window.screen_now.unlock, Qt.Key.Key_K)
    assert window.screen_now.name == "lock"


def test_a_practice_pc_is_known_by_its_vault_whoever_opens_it(new_window, tmp_path, qtbot, monkeypatch) -> None:
    usual = vault.init
    monkeypatch.setattr(vault, "init", lambda place, _name, *rest, **more: usual(place, "demo-pc", *rest, **more))
    made = town.found(tmp_path)
    monkeypatch.undo()
    window = new_window(made)
    open_up(qtbot, window)
    assert window.practice
    assert window.frame.tab.startswith("PRACTICE")
    assert window.screen_now.name == "start"
