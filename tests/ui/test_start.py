"""The start page, the help page and the tour: what is offered, by which key, and that the tour changes nothing."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from backupreader.language import CODES, Language
from printing.papers.wall_card import LAST, MEANINGS
from printing.papers.wall_card import STEPS as PRINTED
from tests.ui import town
from tests.ui.conftest import open_up
from tests.ui.test_shift import LPSTAT
from ui.look import SCALES, Look
from ui.screens.start import CHOICES
from ui.tour import STEPS


@pytest.fixture
def gone(unlocked, monkeypatch) -> list[str]:
    """Where the start page goes to."""
    places: list[str] = []
    monkeypatch.setattr(unlocked, "go", lambda name, _what=None: places.append(name))
    return places


def test_the_choices_go_where_they_say() -> None:
    assert [to for to, _title, _under in CHOICES] == ["citizens", "driving", "shift", "call", "changes", "data", "keys"]


@pytest.mark.parametrize("number", range(1, len(CHOICES) + 1))
def test_each_choice_has_its_key_on_it_and_the_key_opens_it(unlocked, gone, qtbot, number: int) -> None:
    choice = list(unlocked.screen_now.choices.values())[number - 1]
    assert choice.accessibleDescription() == f"Alt+{number}"
    qtbot.keyClick(unlocked, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.AltModifier)
    assert gone == [CHOICES[number - 1][0]]


def test_a_digit_alone_begins_a_search(unlocked, qtbot) -> None:
    QTest.keyClicks(unlocked.topbar.search, "140338")
    qtbot.waitUntil(lambda: unlocked.screen_now.name == "find" and bool(unlocked.screen_now.list.rows))
    assert any("Kirsten" in row.spoken for row in unlocked.screen_now.list.rows)


def test_a_choice_that_is_pressed_with_the_pointer_or_with_enter_opens(unlocked, gone, qtbot) -> None:
    qtbot.mouseClick(unlocked.screen_now.choices["data"], Qt.MouseButton.LeftButton)
    unlocked.screen_now.choices["keys"].setFocus()
    qtbot.keyClick(unlocked.screen_now.choices["keys"], Qt.Key.Key_Return)
    assert gone == ["data", "keys"]


def test_the_numbers_are_those_of_her_units_and_of_this_shift(nurse, qtbot) -> None:
    qtbot.waitUntil(lambda: "our 4 citizens today" in nurse.screen_now.citizens.under)
    assert nurse.screen_now.driving.under.startswith("today, ")
    assert "today 05:10" in nurse.screen_now.choices["changes"].under


def test_who_has_the_whole_area_has_everybody(unlocked, qtbot) -> None:
    qtbot.waitUntil(lambda: "our 7 citizens today" in unlocked.screen_now.citizens.under)


def test_at_two_in_the_night_it_is_the_night_that_began_yesterday(new_window, pc, qtbot) -> None:
    night = replace(pc, now=datetime(2026, 11, 23, 2, 10, tzinfo=town.ZONE))
    window = new_window(night)
    open_up(qtbot, window)
    qtbot.waitUntil(lambda: "tonight" in window.screen_now.driving.under)


def test_visits_that_were_not_delivered_are_not_told_as_none(new_window, bare_pc, qtbot) -> None:
    window = new_window(bare_pc)
    open_up(qtbot, window)
    qtbot.waitUntil(lambda: window.screen_now.driving.under == "visits were not delivered")


@pytest.mark.parametrize("code", CODES)
def test_the_language_is_one_press_away_on_start_and_on_the_lock_screen(unlocked, qtbot, code: str) -> None:
    for _round in range(2):
        button = next(one for one, its in unlocked.screen_now.foot.languages.items() if its == code)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert unlocked.language == Language(code)
        unlocked.restyle(Language("en"), Look())
        unlocked.lock()


def test_the_look_that_was_chosen_stays_over_the_lock(unlocked, qtbot) -> None:
    for key, modifier in (
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier),
    ):
        qtbot.keyClick(unlocked, key, modifier)
    chosen = Look(dark=not Look().dark, scale=125, contrast=True)
    assert unlocked.look == chosen
    unlocked.lock()
    assert unlocked.look == chosen
    open_up(qtbot, unlocked)
    assert unlocked.look == chosen


@pytest.mark.parametrize("scale", SCALES)
def test_the_first_choices_are_seen_without_scrolling_at_every_size(new_window, pc, qtbot, scale: int) -> None:
    window = new_window(pc, look=Look(scale=scale))
    open_up(qtbot, window)
    for to in ("citizens", "driving"):
        choice = window.screen_now.choices[to]
        place = QRect(choice.mapTo(window, choice.rect().topLeft()), choice.size())
        assert window.rect().contains(place), to


# --- the tour ---


@pytest.fixture
def touring(unlocked, qtbot):
    """A window in which the tour has been begun from the help page, by keys."""
    qtbot.keyClick(unlocked, Qt.Key.Key_F1)
    assert unlocked.screen_now.list.chosen.title == "Show me round"
    qtbot.keyClick(unlocked.screen_now.list, Qt.Key.Key_Return)
    assert unlocked.screen_now.name == "start"
    return unlocked


def test_it_points_at_six_real_controls_with_a_sentence_each_and_ends(touring, qtbot) -> None:
    pointer = touring._tour.pointer
    places = []
    for number, (_what, sentence) in enumerate(STEPS, start=1):
        assert pointer.words == f"{number} of 6. {sentence}"
        assert pointer.on.hasFocus() or touring.focusWidget() is pointer.on
        assert sentence in pointer.on.accessibleName()
        assert touring.frame.rect().contains(pointer.target)
        assert not pointer._panel.geometry().intersects(pointer.target)
        places.append((pointer.target.x(), pointer.target.y()))
        qtbot.keyClick(pointer.on, Qt.Key.Key_Right)
    assert len(set(places)) == 6
    assert touring._tour is None
    assert touring.screen_now.name == "start"


@pytest.mark.parametrize("scale", [150, 200])
def test_with_large_letters_what_it_points_at_is_scrolled_to(new_window, pc, qtbot, scale: int) -> None:
    window = new_window(pc, look=Look(scale=scale))
    open_up(qtbot, window)
    window.show_round()
    for number in range(len(STEPS)):
        target = window._tour.pointer.target
        assert window.frame.rect().contains(target), number
        assert target.height() > 20
        qtbot.keyClick(window._tour.pointer.on, Qt.Key.Key_Return)


def test_it_goes_back_and_no_further_than_the_first_step(touring, qtbot) -> None:
    pointer = touring._tour.pointer
    qtbot.keyClick(pointer.on, Qt.Key.Key_Right)
    qtbot.keyClick(pointer.on, Qt.Key.Key_Left)
    qtbot.keyClick(pointer.on, Qt.Key.Key_Left)
    assert pointer.words.startswith("1 of 6")
    assert not pointer.back.isEnabled()


def test_escape_ends_it_and_the_page_is_as_it_was(touring, qtbot) -> None:
    history = list(touring.history)
    qtbot.keyClick(touring._tour.pointer.on, Qt.Key.Key_Escape)
    assert touring._tour is None
    assert touring.history == history
    assert touring.topbar.search.hasFocus() or touring.focusWidget() is touring.topbar.search


def test_a_press_on_what_it_points_at_does_nothing(touring, gone, qtbot) -> None:
    pointer = touring._tour.pointer
    for _step in range(2):
        qtbot.keyClick(pointer.on, Qt.Key.Key_Right)
    beneath = touring.childAt(pointer.target.center())
    qtbot.mouseClick(beneath, Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_1, Qt.Key.Key_P):
        qtbot.keyClick(pointer.on, key, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(pointer.on, Qt.Key.Key_F1)
    assert not gone
    assert touring._tour is not None


@pytest.mark.parametrize("ends", ["lock", "write", "size"])
def test_whatever_leaves_the_page_ends_it(touring, qtbot, ends: str) -> None:
    pointer = touring._tour.pointer
    if ends == "lock":
        qtbot.keyClick(pointer.on, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert not touring.is_open
    elif ends == "write":
        touring.activateWindow()
        qtbot.keyClick(pointer.on, Qt.Key.Key_K)
    else:
        touring.resize(900, 700)
    qtbot.waitUntil(lambda: touring._tour is None)


def test_it_is_not_offered_while_locked(locked) -> None:
    locked.go("keys")
    assert "Show me round" not in [row.title for row in locked.screen_now.list.rows]
    locked.show_round()
    assert locked.screen_now.name == "keys"


# --- the card ---


@pytest.mark.parametrize("opened", [False, True], ids=["locked", "open"])
def test_the_card_is_printed_from_the_help_page(  # noqa: PLR0917
    new_window,
    pc,
    qtbot,
    tmp_path: Path,
    monkeypatch,
    opened: bool,  # noqa: FBT001
) -> None:
    paper, programs = tmp_path / "card.pdf", tmp_path / "bin"
    programs.mkdir()
    (programs / "lpstat").write_text(LPSTAT)
    (programs / "lp").write_text(
        f'#!/bin/sh\ncat > "{paper}.part" && mv "{paper}.part" "{paper}" && echo "request id is Kontor-1 (1)"\n'
    )
    for program in programs.iterdir():
        program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    window = new_window(pc)
    if opened:
        open_up(qtbot, window)
    window.go("keys")
    row = [row.title for row in window.screen_now.list.rows].index("Print the card")
    window.screen_now.list.choose(row)
    qtbot.keyClick(window.screen_now.list, Qt.Key.Key_Return)
    qtbot.waitUntil(paper.exists, timeout=20_000)
    read = QPdfDocument()
    read.load(str(paper))
    assert read.pageCount() == 1
    assert "When the journal system is down" in read.getAllText(0).text()
    qtbot.waitUntil(lambda: "sent to Kontor" in window.notice.sentence)


def test_the_card_without_a_printer_is_a_sentence(locked, qtbot, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    locked.go("keys")
    locked.screen_now.list.choose(0)
    qtbot.keyClick(locked.screen_now.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "BR23" in locked.notice.sentence)


def test_the_card_in_the_folder_says_what_the_printed_one_says() -> None:
    text = (Path(__file__).parents[2] / "installer" / "nurse-card.md").read_text(encoding="utf-8")
    plain = " ".join(text.replace("**", "").replace("? status", "status").split())
    for said in (*PRINTED, *(word for pair in MEANINGS for word in pair), LAST):
        assert said in plain, said


def test_every_button_that_can_be_pressed_says_what_it_does(unlocked) -> None:
    assert all(one.accessibleName() for one in unlocked.findChildren(QPushButton) if one.isVisible())
