"""The shift check in the window: by keyboard alone, locked, in well under two minutes, and told on the lock screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from backupreader.domain.shiftcheck import POINTS, ShiftCheck
from backupreader.language import Language
from backupreader.settings import Settings
from backupreader.store.files import Files
from backupreader.store.shiftchecks import ShiftChecks
from tests.ui import everypage, town
from tests.ui.conftest import open_up
from tests.ui.test_window import printer, shown
from ui.look import State
from ui.standing import reading, told

__all__ = ["printer"]


@pytest.fixture
def window(new_window, own_pc):
    return new_window(own_pc)


def made(pc: town.Pc):
    return ShiftChecks(pc.settings.data, Files()).all()


def begun(window):
    """The page, with her name written."""
    window.go("shift-check")
    everypage.settle(window)
    screen = window.screen_now
    screen.name_field.setText("Søren Åkjær")
    screen._begin()
    return screen


def press(window, key: Qt.Key) -> None:
    """A key, where the focus is."""
    QTest.keyClick(window.focusWidget(), key)
    everypage.settle(window)


def test_it_is_done_by_keyboard_alone_without_unlocking(window, own_pc, printer: Path, qtbot) -> None:
    window.activateWindow()
    everypage.settle(window)  # the keys are there after the first paint
    QTest.keyClick(window, Qt.Key.Key_F11)
    everypage.settle(window)
    screen = window.screen_now
    assert screen.name == "shift-check"
    assert screen.name_field is window.focusWidget()
    QTest.keyClicks(window.focusWidget(), "Anna")
    press(window, Qt.Key.Key_Return)
    assert screen.question.text() == "Print a test page now?"
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "sent to Kontor" in screen.question.text(), timeout=20_000)
    press(window, Qt.Key.Key_Return)
    assert screen.question.text().startswith("Is it 08:42 now?")
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Space)
    said = "Not good: the clock, the plan's dates."
    qtbot.waitUntil(lambda: said in screen.question.text())
    (check,) = made(own_pc)
    assert (check.by, check.at, check.shift, check.day) == ("Anna", town.NOW, "day", town.NOW.date())
    assert (check.wrong, check.undone) == (("clock", "cards"), ())
    assert "Når journalen er nede, owner Chefen for ældreområdet" in shown(screen.points), "the town's plan is overdue"
    assert "Have IT set the clock" in shown(screen.points)
    page = QPdfDocument()
    page.load(str(printer))
    assert "no citizen's data" in page.getAllText(0).text()
    press(window, Qt.Key.Key_Return)
    assert window.screen_now.name == "lock"
    qtbot.waitUntil(lambda: "not good: the clock, the plan's dates" in window.screen_now.age.words)
    assert window.info is None


def test_a_printer_that_does_not_take_the_page_is_not_good_by_itself(window, own_pc, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    screen = begun(window)
    screen.yes.click()
    everypage.settle(window)
    assert "BR23" in shown(screen.points)
    assert screen.question.text().startswith("Is it 08:42 now?")


def test_what_somebody_at_the_printer_must_do_is_said_while_the_page_waits(
    window, printer: Path, monkeypatch, tmp_path
) -> None:
    folder = printer.parent / "bin"
    listing = 'case "$*" in *-p*) printf "printer Kontor is idle.  enabled since today\\n\\tAlerts: media-empty-error\\n";; esac'
    (folder / "lpstat").write_text(f"#!/bin/sh\n{listing}\n", encoding="utf-8")
    screen = begun(window)
    screen.yes.click()
    everypage.settle(window)
    everypage.wait(lambda: "Kontor is out of paper. Fill the tray." in screen.question.text())


def test_nothing_is_recorded_before_the_last_point_and_esc_leaves_it(window, own_pc) -> None:
    screen = begun(window)
    screen.later.click()
    everypage.settle(window)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    everypage.settle(window)
    assert window.screen_now.name == "lock"
    assert made(own_pc) == ()


def test_it_does_not_begin_without_a_name(window) -> None:
    window.go("shift-check")
    everypage.settle(window)
    screen = window.screen_now
    screen.name_field.setText("   ")
    screen.begin.click()
    assert screen.question.text() == "Write your name first."
    assert not screen.yes.isVisible()


def test_answers_outlast_a_change_of_language_and_size(window) -> None:
    begun(window).later.click()
    window.restyle(Language("da"), window.look.larger())
    everypage.settle(window)
    screen = window.screen_now
    assert screen.question.text()
    assert [row.marks[0].state for row in screen.points.rows[:3]] == [State.GOOD, State.LATE, State.QUIET]
    assert screen.name_field.text() == "Søren Åkjær"
    assert screen.yes.isVisible()


def test_the_clock_that_is_asked_about_goes_on(new_window, own_pc) -> None:
    window = new_window(own_pc)
    begun(window).later.click()
    everypage.settle(window)
    window._clock_of = lambda _zone: own_pc.now + timedelta(minutes=2)
    window.screen_now.minute()
    assert "08:44" in window.screen_now.question.text()


def test_where_nobody_goes_on_the_lock_screen_comes_back(window, own_pc) -> None:
    begun(window)
    window._clock_of = lambda _zone: own_pc.now + timedelta(minutes=5)
    window.screen_now.minute()
    assert window.screen_now.name == "lock"


def test_a_disk_that_takes_nothing_is_told_and_it_can_be_recorded_again(window, own_pc) -> None:
    screen = begun(window)
    blocked = own_pc.settings.data / "state"
    moved = blocked.rename(blocked.with_name("aside")) if blocked.exists() else None
    blocked.write_text("in the way", encoding="utf-8")
    for answer in (screen.later, screen.yes, screen.yes):
        answer.click()
        everypage.settle(window)
    assert "BR" in window.notice.sentence
    assert screen.done.text() == "Record it"
    blocked.unlink()
    if moved is not None:
        moved.rename(blocked)
    screen.done.click()
    everypage.wait(lambda: len(made(own_pc)) == 1)


def test_whoever_is_unlocked_need_not_write_her_name_and_the_log_has_the_page(
    new_window, own_pc, printer: Path, qtbot
) -> None:
    window = new_window(own_pc)
    open_up(qtbot, window)
    button = next(one for one in window.findChildren(QPushButton) if one.isVisible() and "F11" in one.text())
    button.click()
    everypage.settle(window)
    screen = window.screen_now
    for _ in range(4):
        press(window, Qt.Key.Key_Return)
        qtbot.waitUntil(screen.yes.isEnabled, timeout=20_000)
    (check,) = made(own_pc)
    assert (check.by, check.wrong) == (town.NAME, ("cards",))
    assert [act.what for act in town.acts(own_pc) if act.kind == "print"] == ["test-page"]


def test_those_before_are_shown_with_their_shift_who_and_what_was_not_good(window, own_pc) -> None:
    screen = begun(window)
    for answer in (
        (screen.no, screen.no, screen.yes) if screen.no.isVisible() else (screen.later, screen.no, screen.yes)
    ):
        answer.click()
        everypage.settle(window)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    window.go("shift-check")
    everypage.settle(window)
    (row,) = window.screen_now.before.rows
    assert row.title == "today 08:42 · Day shift · Søren Åkjær"
    assert [mark.word for mark in row.marks] == ["NOT GOOD: the clock, the plan's dates", "NOT DONE: the test page"]


@pytest.mark.parametrize(("hours", "asks"), [(24, True), (25, True), (0, False)])
def test_the_lock_screen_asks_for_the_next_one(own_pc, hours: int, asks: bool) -> None:  # noqa: FBT001
    settings: Settings = replace(own_pc.settings, shift_check_hours=hours, drill_days=0)
    standing = reading(settings)(None)
    said = [mark.word for mark in told(standing, settings, town.NOW, Language("en")).notes]
    assert said == (["Shift check due"] if asks else [])


def test_the_lock_screen_says_when_the_last_one_was_or_what_it_found(own_pc) -> None:
    settings: Settings = replace(own_pc.settings, drill_days=0)
    record, good = ShiftChecks(settings.data, Files()), dict.fromkeys(POINTS, "good")
    check = ShiftCheck(at=town.NOW, shift="day", day=town.NOW.date(), by="Anna", verdicts=good)

    def said(later: timedelta) -> list[str]:
        notes = told(reading(settings)(None), settings, town.NOW + later, Language("en")).notes
        return [mark.word for mark in notes]

    record.made(replace(check, verdicts=good | {"paper": "not-done"}))
    assert said(timedelta(hours=1)) == [], "what was not done is not shouted from the wall"
    record.made(replace(check, verdicts=good | {"paper": "not-good"}))
    assert said(timedelta(hours=1)) == ["Shift check today 08:42: not good: paper and toner"]
    assert said(timedelta(hours=25)) == ["Shift check due: last yesterday 08:42"]
    record.made(check)
    assert said(timedelta(hours=1)) == []
