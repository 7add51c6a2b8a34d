"""A drill in the window: it ticks itself, can be left, and is recorded for IT and in the audit."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest

from backupreader.language import Language
from backupreader.store.drills import Drills
from backupreader.store.files import Files
from tests.ui import town
from tests.ui.conftest import open_up
from tests.ui.test_window import printer, shown
from ui.drilling import CLOCK, PAPER
from ui.look import Look

__all__ = ["printer"]


@pytest.fixture
def drill(new_window, own_pc, qtbot):
    window = new_window(own_pc)
    open_up(qtbot, window, purpose="drill")
    return window


def done(window) -> list[bool]:
    return ["DONE" in [mark.word for mark in row.marks] for row in window.screen_now.steps.rows]


def held(pc: town.Pc):
    return Drills(pc.settings.data, Files()).last()


def test_a_drill_ticks_itself_by_keyboard_alone_and_is_recorded(drill, own_pc, printer: Path, qtbot, qapp) -> None:
    drill.activateWindow()
    qtbot.waitUntil(lambda: qapp.focusWidget() is not None)
    assert drill.screen_now.name == "drill"
    assert done(drill) == [True, False, False, False, False]
    search = drill.topbar.search
    qtbot.keyClick(search, Qt.Key.Key_Return)
    QTest.keyClicks(search, "kirsten")
    qtbot.waitUntil(lambda: "Kirsten" in shown(drill.screen_now.list))
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Kirsten" in drill.screen_now.identity.words)
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert done(drill) == [True, True, True, False, False]
    screen = drill.screen_now
    for step, said in ((PAPER, "Is the test page in your hand"), (CLOCK, "22 Nov 2026 08:42")):
        while screen.steps.chosen.target != step:
            qtbot.keyClick(search, Qt.Key.Key_Down)
        qtbot.keyClick(search, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda said=said: said in screen.question.text(), timeout=20_000)
        qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Space)
    assert all(done(drill))
    page = QPdfDocument()
    page.load(str(printer))
    assert "no citizen's data" in page.getAllText(0).text()
    screen.finish.setFocus()
    qtbot.keyClick(screen.finish, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "The drill passed" in drill.notice.sentence)
    assert drill.screen_now.name == "start"
    record = held(own_pc)
    assert (record.passed, record.by, record.notes, record.kind) == (True, town.NAME, (), "drill")
    assert [act.what for act in town.acts(own_pc) if act.kind == "drill"] == ["passed"]
    assert drill.drill is None


def test_what_is_not_right_is_said_with_what_to_do_and_recorded(drill, own_pc, qtbot, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    screen = drill.screen_now
    screen._open(PAPER)
    qtbot.waitUntil(lambda: "BR23" in drill.notice.sentence)
    screen._open(CLOCK)
    qtbot.mouseClick(screen.no, Qt.MouseButton.LeftButton)
    assert "NOT AS IT SHOULD BE" in shown(screen.steps)
    assert "Have IT set the clock" in shown(screen.steps)
    qtbot.mouseClick(screen.finish, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "not passed" in drill.notice.sentence)
    missing = ("a search", "a citizen's page", "a page on paper", "the clock")
    assert (held(own_pc).passed, held(own_pc).notes) == (False, missing)
    assert [act.what for act in town.acts(own_pc) if act.kind == "drill"] == [", ".join(missing)]


def test_a_drill_can_be_left_and_nothing_is_recorded(drill, own_pc, qtbot) -> None:
    qtbot.keyClick(drill, Qt.Key.Key_Escape)
    assert drill.screen_now.name == "start"
    qtbot.mouseClick(drill.screen_now.drill, Qt.MouseButton.LeftButton)
    assert drill.screen_now.name == "drill"
    qtbot.mouseClick(drill.screen_now.leave_it, Qt.MouseButton.LeftButton)
    assert drill.screen_now.name == "start"
    assert drill.screen_now.drill.isHidden()
    assert held(own_pc) is None
    assert "drill" not in [act.kind for act in town.acts(own_pc)]


def test_what_is_asked_is_seen_also_with_large_letters(drill, qtbot) -> None:
    drill.restyle(Language("en"), Look(scale=200))
    screen = drill.screen_now
    screen._open(CLOCK)
    qtbot.waitUntil(lambda: not screen.yes.visibleRegion().isEmpty())
    assert not screen.question.visibleRegion().isEmpty()


def test_a_drill_begins_no_outage(drill, own_pc) -> None:
    assert drill.session.outage == ""


def test_another_day_is_no_drill(new_window, own_pc, qtbot) -> None:
    window = new_window(own_pc)
    open_up(qtbot, window, purpose="check")
    assert window.screen_now.name == "start"
    assert window.screen_now.drill.isHidden()
