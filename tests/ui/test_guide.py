"""A guide in the window: one question at a time, back one step, and at its end one word and one number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.ui import town
from tests.ui.conftest import open_up
from ui.plan import Guided
from ui.screens.guide import GuideScreen
from ui.window import Window

_ALT = Qt.KeyboardModifier.AltModifier
_YES, _NO = Qt.Key.Key_1, Qt.Key.Key_2


@pytest.fixture(params=[False, True], ids=["locked", "open"])
def guide(request, new_window, pc, qtbot) -> Callable[..., Window]:
    """The journal's guide at a moment, locked and after unlock."""

    def make(moment: datetime = town.NOW) -> Window:
        window = new_window(replace(pc, now=moment))
        qtbot.waitUntil(lambda: window.plan is not None, timeout=20_000)
        if request.param:
            open_up(qtbot, window)
        window.go("guide", Guided("journal"))
        return window

    return make


def press(window: Window, *keys: Qt.Key) -> None:
    window.activateWindow()
    for key in keys:
        modifier = _ALT if key in {_YES, _NO} else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(window.focusWidget() or window, key, modifier)


def question(window: Window) -> str:
    screen = window.screen_now
    return screen.question.text() if screen.question.isVisibleTo(screen) else ""


def test_it_begins_with_the_first_question_and_how_to_find_out(guide) -> None:
    window = guide()
    assert question(window) == "Kan en kollega ved siden af åbne journalen?"
    assert window.screen_now.how.text().startswith("Bed om at se det.")
    assert not window.screen_now.undo.isVisible()


@pytest.mark.parametrize(
    ("keys", "word", "number"),
    [
        ((_YES,), "NO OUTAGE", ""),
        ((_NO, _YES), "LOCAL", "00 00 70 10"),
        ((_NO, _NO, _NO), "GLOBAL", "00 00 72 07"),
        ((_NO, _NO, _YES), "NATIONAL", "00 00 70 40"),
    ],
)
def test_each_way_ends_in_one_word_and_one_number_or_none(guide, keys, word: str, number: str) -> None:
    window = guide()
    press(window, *keys)
    screen = window.screen_now
    assert screen.reach.words.startswith(word)
    assert not question(window)
    shown = [label.text() for label in screen.whom.findChildren(QLabel) if label.isVisible()]
    assert (number in shown) if number else not screen.whom.isVisible()
    sizes = {label.text(): label.font().pixelSize() for label in screen.findChildren(QLabel) if label.isVisible()}
    assert sizes[word] >= 40


def test_the_arrows_and_enter_answer_too(guide) -> None:
    window = guide()
    press(window, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert question(window) == "Kan en anden enhed åbne den?"
    press(window, Qt.Key.Key_Return)
    assert window.screen_now.reach.words.startswith("LOCAL")


def test_escape_takes_one_answer_back_and_then_leaves(guide) -> None:
    window = guide()
    press(window, _NO, _NO)
    assert question(window) == "Er det også nede i nabokommunen?"
    assert "Kan en anden enhed åbne den?  No" in window.screen_now.trail.text()
    press(window, Qt.Key.Key_Escape)
    assert question(window) == "Kan en anden enhed åbne den?"
    window.screen_now.undo.click()
    assert question(window) == "Kan en kollega ved siden af åbne journalen?"
    press(window, Qt.Key.Key_Escape)
    assert window.screen_now.name != "guide"


def test_the_answers_stay_over_a_change_of_size_and_of_page(guide) -> None:
    window = guide()
    press(window, _NO)
    window.larger()
    assert question(window) == "Kan en anden enhed åbne den?"
    window.go("contacts")
    window.back()
    assert question(window) == "Kan en anden enhed åbne den?"


def test_a_contact_of_the_guide_that_is_closed_says_so_and_who_answers_now(guide, qtbot) -> None:
    """The guide names one; at this hour it does not answer."""
    window = guide(datetime(2026, 11, 23, 2, 10, tzinfo=town.ZONE))
    plan = window.plan.plan
    whole = plan.guides[0]
    ends = tuple(replace(one, contact="it") if one.id == "byen" else one for one in whole.outcomes)
    window.plan = replace(window.plan, plan=replace(plan, guides=(replace(whole, outcomes=ends),)))
    window.go("guide", Guided("journal", (False, False, False)))
    told = window.screen_now.whom.told
    assert told.number == "00 00 70 10"
    assert [mark.word for mark in told.marks] == ["CLOSED NOW"]
    assert [one.number for one in told.after] == ["00 00 70 40", "00 00 72 07"]


def test_a_plan_that_has_no_such_guide_any_more_is_no_fault(guide) -> None:
    window = guide()
    window.go("guide", Guided("xyzzy", (True,)))
    assert isinstance(window.screen_now, GuideScreen)
    assert not window.screen_now.yes.isVisible()


def test_answers_to_a_guide_that_has_become_shorter_lead_to_its_end(guide) -> None:
    window = guide()
    window.go("guide", Guided("journal", (True, False, False, True)))
    assert window.screen_now.reach.words.startswith("NO OUTAGE")


@pytest.mark.parametrize("which", ["yes", "no"])
def test_the_answers_are_named_with_their_question(guide, which: str) -> None:
    window = guide()
    name = getattr(window.screen_now, which).accessibleName()
    assert "Kan en kollega" in name
