"""A scenario in the practice, by keyboard: its answers are the plan's, what is done ticks itself, and it is recorded."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from backupreader.domain.plan import calling
from backupreader.domain.scenarios.scenario import Ask, Do
from backupreader.language import Language
from backupreader.store.files import Files
from backupreader.store.plans import carried
from backupreader.store.scenariosheld import Scenarios
from tests.ui import everypage, town
from tests.ui.conftest import open_up
from tests.ui.test_window import printer, shown
from ui.chapter import Whose

__all__ = ["printer"]


@pytest.fixture
def real(tmp_path) -> Path:
    """The data folder of the PC that practises."""
    return tmp_path / "real"


@pytest.fixture
def window(new_window, own_pc, real, qtbot):
    made = new_window(own_pc, practice=True, evidence=real)
    open_up(qtbot, made)
    everypage.settle(made)
    return made


def held(real: Path):
    return Scenarios(real, Files()).all()


def begun(window, scenario: str = "locks", name: str = "Søren Åkjær"):
    window.go("scenario")
    everypage.settle(window)
    window.screen_now.name_field.setText(name)
    window.screen_now._open(scenario)
    everypage.wait(lambda: window.playing is not None)
    everypage.settle(window)
    return window.screen_now


def press(window, key: Qt.Key) -> None:
    """A key, where the focus is."""
    QTest.keyClick(window.focusWidget(), key)
    everypage.settle(window)


def choose(window, place: int) -> None:
    """With the arrows and Enter, from the search box."""
    while window.screen_now.list.chosen is None or window.screen_now.list.chosen.target != place:
        press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)


def to_the_doing(window) -> Do:
    """Answer everything right, until there is something to do."""
    while isinstance(step := window.playing.step, Ask):
        window.screen_now._open(step.right)
        window.screen_now._open("go-on")
    assert isinstance(window.playing.step, Do)
    return window.playing.step


def pressed(window, words: str) -> QPushButton:
    return next(one for one in window.findChildren(QPushButton) if one.isVisible() and words in one.text())


def test_from_the_start_page_by_keyboard_a_scenario_is_begun_and_answered(window, own_pc) -> None:
    window.activateWindow()
    pressed(window, "Scenarios").click()
    everypage.settle(window)
    assert window.frame.tab.startswith("PRACTICE")
    assert window.screen_now.name_field is window.focusWidget()
    QTest.keyClicks(window.focusWidget(), "Anna")
    press(window, Qt.Key.Key_Return)
    assert window.screen_now.list.chosen.title == "At night: the journal system is down"
    press(window, Qt.Key.Key_Return)
    everypage.wait(lambda: window.playing is not None)
    everypage.settle(window)
    playing, screen = window.playing, window.screen_now
    plan = carried(own_pc.settings.data, Files()).plan
    assert plan is not None
    assert playing.by == "Anna"
    assert "It is Wed 25 Nov, 02:10." in screen.situation.text()
    assert screen.question.text() == "Whom do you call first now?"
    assert screen.list.chosen is None, "one Enter too many answers nothing"
    step = playing.step
    answer = calling.now(plan, playing.exercise.at, system="journal").contact
    assert step.choices[step.right] == answer
    choose(window, step.right)
    assert "RIGHT" in shown(screen.list)
    assert screen.said.text().startswith("That is right. ")
    press(window, Qt.Key.Key_Return)
    assert playing.place == 1


def test_after_a_hint_she_chooses_again_and_after_two_the_plan_s_answer_is_told(window) -> None:
    screen = begun(window)
    for tries, word, outcome in ((1, "That is right.", "helped"), (2, "The plan has another answer.", "missed")):
        step = window.playing.step
        while len(step.choices) < 3:
            screen._open(step.right)
            screen._open("go-on")
            step = window.playing.step
        wrong = [place for place in range(len(step.choices)) if place != step.right]
        screen._open(wrong[0])
        assert screen.said.text().startswith("Not this one. ")
        assert "NOT THIS ONE" in shown(screen.list)
        screen._open(wrong[0])
        assert step.id not in window.playing.outcomes, "the same one again is no second answer"
        screen._open(wrong[1] if tries == 2 else step.right)
        assert screen.said.text().startswith(word)
        assert window.playing.outcomes[step.id] == outcome
        screen._open(step.right)
        assert window.playing.outcomes[step.id] == outcome, "what was told is not answered anew"
        screen._open("go-on")


def test_what_is_done_in_the_practice_ticks_itself_and_the_foot_leads_back(window, qtbot) -> None:
    begun(window, "night")
    step = to_the_doing(window)
    name = window.playing.people.name
    assert step.id == "find"
    everypage.settle(window)
    assert name in window.screen_now.question.text()
    window.screen_now._open("start")
    foot = window.foot("scenario", print)
    assert f"Find {name} by her name" in foot.sentence
    other = next(one for one in ("nexus:1", "nexus:4") if one != window.playing.people.citizen)
    window.go("citizen", Whose(other))
    everypage.settle(window)
    assert not window.playing.told, "another citizen's page is not hers"
    window.go("citizen", Whose(window.playing.people.citizen))
    everypage.wait(lambda: window.playing.told)
    assert "Done." in foot.sentence
    qtbot.mouseClick(foot.action, Qt.MouseButton.LeftButton)
    everypage.settle(window)
    assert window.screen_now.name == "scenario"
    assert window.screen_now.said.text() == "That is done."
    assert not foot.sentence
    assert window.playing.outcomes["find"] == "right"


def test_the_chapter_that_is_asked_for_and_the_bundle_count_and_nothing_else(window, printer: Path) -> None:
    begun(window, "new-staff")
    step = to_the_doing(window)
    playing = window.playing
    seen = []
    while isinstance(step := playing.step, Do):
        seen.append(step.id)
        if step.done == "bundle":
            window.go("shift")
            everypage.settle(window)
            everypage.wait(window.screen_now.print_button.isEnabled)
            assert not playing.told
            window.screen_now.print_now()
        else:
            chapter = "medicine" if step.id == "medicine" else ""
            window.go("citizen", Whose(playing.people.citizen))
            everypage.settle(window)
            assert playing.told == (step.id == "find"), step.id
            if chapter:
                window.go("citizen", Whose(playing.people.citizen, chapter=chapter))
        everypage.wait(lambda: playing.told)
        everypage.settle(window)
        window.to_scenario()
        everypage.settle(window)
        window.screen_now._open("go-on")
    assert seen[0] == "find"
    assert "bundle" in seen
    assert all(playing.outcomes[step] == "right" for step in seen)


def test_how_it_went_is_said_and_kept_below_the_real_pc_s_data_without_a_citizen(window, own_pc, real) -> None:
    screen = begun(window, "locks")
    first = window.playing.step
    wrong = [place for place in range(len(first.choices)) if place != first.right]
    screen._open(wrong[0])
    screen._open(first.right)
    screen._open("go-on")
    to_the_doing(window)
    window._clock_of = lambda _zone: own_pc.now + timedelta(minutes=14)
    everypage.settle(window)
    screen.minute()
    assert "14 of 20 minutes" in screen.clock.text()
    screen._open("pass")
    everypage.wait(lambda: window.playing.kept)
    everypage.settle(window)
    (one,) = held(real)
    assert (one.scenario, one.by, one.minutes) == ("locks", "Søren Åkjær", 14)
    assert (one.of("helped"), one.of("missed")) == ((first.id,), ("entry",))
    assert one.plan == carried(own_pc.settings.data, Files()).digest
    assert "1 after a look at the plan." in screen.question.text()
    assert "Worth another look: finding the way in to a citizen." in screen.question.text()
    assert "It is recorded." in screen.said.text()
    assert Scenarios(own_pc.settings.data, Files()).all() == ()
    everything = b"".join(path.read_bytes() for path in real.rglob("*.json"))
    assert window.playing.people.name.encode() not in everything
    assert window.playing.people.citizen.encode() not in everything
    window.go("start")
    assert window.playing is None
    window.go("scenario")
    everypage.settle(window)
    assert "HELD today 08:42" in shown(window.screen_now.list) or "HELD today 08:56" in shown(window.screen_now.list)


def test_without_a_name_none_begins_and_one_that_is_left_is_not_kept(window, real) -> None:
    window.go("scenario")
    everypage.settle(window)
    window.screen_now._open("night")
    everypage.settle(window)
    assert window.playing is None
    assert window.screen_now.said.text() == "Write your name first."
    screen = begun(window)
    screen.leave_it.click()
    everypage.settle(window)
    assert window.playing is None
    assert held(real) == ()
    assert len(window.screen_now.list.rows) == 5


def test_it_outlasts_a_change_of_language_and_size_and_ends_with_the_lock(window) -> None:
    screen = begun(window)
    screen._open(window.playing.step.right)
    window.restyle(Language("da"), window.look.larger())
    everypage.settle(window)
    assert window.playing.told
    assert window.screen_now.list.chosen.target == "go-on"
    window.lock()
    assert window.playing is None


def test_where_the_disk_takes_nothing_it_can_be_recorded_again(window, real) -> None:
    real.write_text("in the way", encoding="utf-8")
    begun(window)
    to_the_doing(window)
    window.screen_now._open("pass")
    everypage.wait(lambda: "BR" in window.notice.sentence)
    assert not window.playing.kept
    real.unlink()
    window.go("start")
    assert window.playing is not None
    window.to_scenario()
    everypage.wait(lambda: len(held(real)) == 1)


def test_without_a_plan_it_says_so(new_window, tmp_path, qtbot) -> None:
    pc = town.found(tmp_path, plan={})
    window = new_window(pc, practice=True, evidence=tmp_path / "real")
    open_up(qtbot, window)
    window.go("scenario")
    everypage.settle(window)
    assert "There is no plan on this PC" in shown(window.screen_now.list)


def test_only_a_practice_offers_it(unlocked, window) -> None:
    assert not [one for one in unlocked.findChildren(QPushButton) if one.isVisible() and "Scenarios" in one.text()]
    unlocked.go("keys")
    assert "Scenarios" not in [row.title for row in unlocked.screen_now.list.rows]
    window.go("keys")
    row = next(row for row in window.screen_now.list.rows if row.title == "Scenarios")
    window.screen_now.list.opened.emit(row.target)
    assert window.screen_now.name == "scenario"
