"""Whom to call, as a person finds it: on the lock screen, on start, and on its own page, by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from backupreader.domain.acts import OUTAGE
from backupreader.language import CODES
from tests.ui import everypage, town, townplan
from tests.ui.conftest import open_up
from ui.look import Look
from ui.plan import Carded, Guided, Wrong
from ui.rows import Kind
from ui.window import Window

_ALT = Qt.KeyboardModifier.AltModifier
SUNDAY = town.NOW  # Sunday 22 November 2026, 08:42


def on(month: int, day: int, hour: int, minute: int) -> datetime:
    """A moment of that year, on the wall clock of the town."""
    return datetime(2026, month, day, hour, minute, tzinfo=town.ZONE)


EDGES = {
    "a Sunday morning": (on(11, 22, 8, 42), "IT-afsnittet", "00 00 70 10"),
    "the last minute": (on(11, 22, 14, 59), "IT-afsnittet", "00 00 70 10"),
    "15:00 sharp": (on(11, 22, 15, 0), "Journalens leverandør", "00 00 70 40"),
    "Thursday 16:59": (on(11, 26, 16, 59), "IT-afsnittet", "00 00 70 10"),
    "the night": (on(11, 23, 2, 10), "Journalens leverandør", "00 00 70 40"),
    "Christmas Day": (on(12, 25, 10, 0), "Journalens leverandør", "00 00 70 40"),
}


@pytest.fixture
def at(new_window, pc, qtbot) -> Callable[..., Window]:
    """A locked window at a moment, which has read its plan."""

    def make(moment: datetime = SUNDAY, pc: town.Pc = pc, **more: object) -> Window:
        window = new_window(replace(pc, now=moment), **more)
        qtbot.waitUntil(lambda: window.plan is not None, timeout=20_000)
        return window

    return make


def said(widget: QWidget) -> str:
    """Every label that is seen."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(window: Window, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, to whatever has the focus."""
    window.activateWindow()
    QTest.keyClick(window.focusWidget() or window, key, modifier)


# --- the lock screen ---


@pytest.mark.parametrize("hour", EDGES)
def test_the_lock_screen_says_who_answers_at_this_hour_without_anything_pressed(at, hour: str) -> None:
    moment, name, number = EDGES[hour]
    line = at(moment).screen_now.call
    assert name in line.words
    assert number in line.words


def test_it_says_until_when_and_who_then(at) -> None:
    assert "until 15:00, then Journalens leverandør" in at().screen_now.call.words


def test_whoever_waits_at_the_screen_sees_the_number_change_with_the_hour(at, qtbot) -> None:
    window = at(on(11, 22, 14, 59))
    assert "00 00 70 10" in window.screen_now.call.words
    window._clock_of = lambda _zone: on(11, 22, 15, 0)
    window._tick()
    qtbot.waitUntil(lambda: "00 00 70 40" in window.screen_now.call.words)


def test_nothing_on_the_lock_screen_moves_when_the_plan_has_been_read(at, qtbot) -> None:
    window = at()
    qtbot.waitUntil(lambda: window.standing is not None)
    window.plan = None
    window.go("lock")
    lock = window.screen_now
    everypage.settle(window)
    names = ("unlock", "call", "name_field", "words_field", "foot")
    before = {name: getattr(lock, name).geometry() for name in names}
    assert "00 00 70 10" not in lock.call.words
    window.read_plan()
    qtbot.waitUntil(lambda: "00 00 70 10" in lock.call.words)
    everypage.settle(window)
    assert {name: getattr(lock, name).geometry() for name in names} == before


def test_without_a_plan_it_says_so_and_what_to_do_and_the_pc_opens_as_ever(new_window, tmp_path: Path, qtbot) -> None:
    window = new_window(town.found(tmp_path, plan={}))
    qtbot.waitUntil(lambda: window.plan is not None)
    line = window.screen_now.call
    assert "No plan has come to this PC." in line.words
    assert "numbers that hang on the wall" in line.words
    press(window, Qt.Key.Key_0, _ALT)
    assert "No plan has come to this PC." in window.screen_now.strip.sentence
    press(window, Qt.Key.Key_Escape)
    open_up(qtbot, window)
    assert window.screen_now.choices["call"].under == "no plan has come to this PC"


def test_while_the_vault_is_opened_no_key_leaves_the_page_that_waits_for_it(at, qtbot) -> None:
    window = at()
    lock = window.screen_now
    lock.name_field.setText(town.NAME)
    lock.words_field.setText(town.WORDS)
    lock.try_words()
    press(window, Qt.Key.Key_0, _ALT)
    press(window, Qt.Key.Key_F1)
    lock.call.open.click()
    assert window.screen_now is lock
    qtbot.waitUntil(lambda: window.is_open, timeout=20_000)


@pytest.mark.parametrize("code", CODES)
def test_every_language_says_it(new_window, pc, qtbot, code: str) -> None:
    window = new_window(pc, code)
    qtbot.waitUntil(lambda: "00 00 70 10" in window.screen_now.call.words)


# --- from the lock screen to the number ---


def test_a_new_user_told_only_that_the_journal_is_down_has_the_number_in_two_keys(at, qtbot) -> None:
    window = at()
    keys = 0
    for key, modifier in ((Qt.Key.Key_0, _ALT), (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)):
        press(window, key, modifier)
        keys += 1
    assert keys <= 3
    assert not window.is_open
    told = window.screen_now.answer.panel.told
    assert (told.head, told.name, told.number) == ("CALL NOW", "IT-afsnittet", "00 00 70 10")
    assert "Journalen" in said(window.screen_now)
    assert "00 00 70 10" in window.focusWidget().accessibleName(), "a screen reader says it at once"


def test_the_number_is_the_largest_of_the_page(at) -> None:
    window = at()
    window.go("call", Wrong("journal"))
    sizes = {
        label.text(): label.font().pixelSize()
        for label in window.findChildren(QLabel)
        if label.isVisible() and label.text()
    }
    assert max(sizes, key=sizes.__getitem__) == "00 00 70 10"


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_the_number_is_seen_without_scrolling(at, scale: int) -> None:
    window = at(look=Look(scale=scale))
    window.go("call", Wrong("journal"))
    everypage.settle(window)
    number = next(label for label in window.findChildren(QLabel) if label.isVisible() and label.text() == "00 00 70 10")
    assert window.rect().contains(QRect(number.mapTo(window, number.rect().topLeft()), number.size()))


def test_it_says_what_to_press_to_say_and_to_give_for_what_and_who_may(at) -> None:
    window = at()
    window.go("call", Wrong("journal"))
    told = said(window.screen_now.answer.panel)
    for words in (
        "1 → 153#",
        "Sig dit navn og din enhed.",
        "din vagttelefon",
        "• Journalen virker ikke for flere",
        "Do NOT call this number for:",
        "• Glemt adgangskode",
        "Medarbejder, Vagthavende leder",
        "Journalens leverandør  00 00 70 40\nVagtcentralen  00 00 72 07",
        "IT-afsnittet answers Friday–Sunday 08:00–15:00.",
        "• Læs borgerne på denne pc, og print dem.",
    ):
        assert words in told, words


def test_where_nobody_is_to_be_called_it_says_what_to_do_and_when_to_try_again(at) -> None:
    window = at()
    window.go("call", Wrong("laase"))
    told = window.screen_now.answer.panel.told
    assert told.head == "NOBODY IS TO BE CALLED NOW"
    assert told.name.startswith("Ring ikke nu.")
    assert not told.number
    assert "Try again today 08:57." in told.until
    assert "until Monday 08:00, then Låsefirmaet" in told.until


def test_who_has_no_number_is_written_to(at) -> None:
    window = at()
    window.go("call", Wrong("net"))
    told = window.screen_now.answer.panel.told
    assert (told.head, told.number, told.mail) == ("WRITE NOW", "", "journalteam@nordby.invalid")


def test_whoever_does_not_know_what_is_wrong_gets_the_general_number(at) -> None:
    window = at(on(11, 23, 2, 10))
    press(window, Qt.Key.Key_0, _ALT)
    press(window, Qt.Key.Key_6, _ALT)
    assert window.screen_now.answer.panel.told.number == "00 00 70 40"


def test_a_public_holiday_and_a_doubt_about_it_are_said(at) -> None:
    window = at(on(12, 25, 10, 0))
    window.go("call", Wrong("journal"))
    assert [mark.word for mark in window.screen_now.answer.panel.told.marks] == ["Public holiday: Juledag"]
    window.go("call", Wrong("alarm"))
    marks = [mark.word for mark in window.screen_now.answer.panel.told.marks]
    assert any(mark.startswith("Doubtful") for mark in marks)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (on(11, 22, 19, 59), "Planned downtime today 20:00–22:00"),
        (on(11, 22, 20, 0), "Planned downtime now (today 20:00–22:00)"),
        (on(11, 21, 12, 0), "Planned downtime Sunday 20:00–22:00"),
        (on(11, 22, 22, 0), ""),
        (on(11, 15, 20, 30), ""),
    ],
)
def test_planned_downtime_is_told_now_and_the_day_before(at, moment: datetime, words: str) -> None:
    window = at(moment)
    window.go("call")
    strip = window.screen_now.strip.sentence
    assert (words in strip) if words else not strip
    if words:
        assert "Print det, I skal bruge, inden kl. 20." in strip
        window.go("call", Wrong("laase"))
        assert not window.screen_now.strip.sentence, "locks are not down then"


# --- the plan itself ---


def test_every_page_of_the_plan_says_how_old_it_is_and_that_it_is_overdue(at) -> None:
    window = at()
    for name, what in (("call", None), ("call", Wrong("journal")), ("guide", Guided("journal")), ("card", Carded("laase")),
                       ("card", Carded()), ("contacts", None)):  # fmt: skip
        window.go(name, what)
        words = window.screen_now.foot.words
        assert "Overdue: it should have been revised by 30 Jun 2026" in words, name
        assert "Chefen for ældreområdet" in words
        assert "came today 05:42" in words


def test_where_a_newer_plan_cannot_be_used_every_page_says_why(at, own_pc) -> None:
    broken = {
        "plan.toml": townplan.FILES["plan.toml"].replace('"15:00"', '"25:00"').replace("08:00-15:00", "08:00-25:00")
    }
    town.send(own_pc, town.items(), seq=2, hours=1, plan=broken)
    window = at(pc=own_pc)
    assert "00 00 70 10" in window.screen_now.call.words, "the former one is in use"
    for name in ("call", "contacts"):
        window.go(name)
        assert "The plan may not be the newest: plan.toml, line" in window.screen_now.foot.words
        assert "25:00" in window.screen_now.foot.words
        assert "Tell IT." in window.screen_now.foot.words


def test_before_unlock_the_common_plan_holds_and_after_it_the_unit_s_own(at, own_pc, qtbot) -> None:
    window = at(pc=own_pc)
    window.go("call", Wrong("journal"))
    assert window.screen_now.answer.panel.told.name == "IT-afsnittet"
    assert not any(row.title.startswith("Team Nord") for row in window.screen_now.answer.more.rows)
    window.back()
    open_up(qtbot, window, town.BO, town.BO_WORDS)
    window.go("call", Wrong("journal"))
    assert window.screen_now.answer.panel.told.name == "Team Nords superbruger"
    assert "Team Nord: nøgler og biler" in [row.title for row in window.screen_now.answer.more.rows]
    window.lock()
    window.go("call", Wrong("journal"))
    assert window.screen_now.answer.panel.told.name == "IT-afsnittet"


def test_a_new_plan_is_seen_without_unlocking_and_without_a_restart(at, own_pc, qtbot) -> None:
    window = at(pc=own_pc)
    window.go("call", Wrong("journal"))
    other = {"plan.toml": townplan.FILES["plan.toml"].replace("00 00 70 10", "00 00 70 11")}
    town.send(own_pc, town.items(), seq=2, hours=1, plan=other)
    window.read_standing()
    qtbot.waitUntil(lambda: window.screen_now.answer.panel.told.number == "00 00 70 11")


def test_nothing_of_a_citizen_stands_on_the_pages_of_a_locked_window(at) -> None:
    window = at()
    for _page in everypage.locked(window):
        texts = [label.text() for label in window.findChildren(QLabel)]
        assert not [text for text in texts if "Kirsten" in text or "Møller" in text]


def test_people_s_words_are_shown_as_they_are(at, tmp_path: Path) -> None:
    files = {"plan.toml": townplan.FILES["plan.toml"].replace("Sig dit navn", "Sig <b>dit</b> & navn")}
    window = at(pc=town.found(tmp_path, plan=files))
    window.go("call", Wrong("journal"))
    assert "Sig <b>dit</b> & navn" in said(window.screen_now)


def test_a_page_that_is_opened_before_the_plan_has_been_read_shows_it_when_it_comes(new_window, pc, qtbot) -> None:
    for what in (None, Wrong("journal")):
        window = new_window(pc)
        qtbot.waitUntil(lambda window=window: window.plan is not None)
        window.plan = None
        window.go("call", what)
        screen = window.screen_now
        assert not screen.strip.sentence, "nothing is said before it is known"
        press(window, Qt.Key.Key_Down)
        window.read_plan()
        qtbot.waitUntil(lambda window=window: window.plan is not None)
        assert screen.question.isVisible() == screen.choices.isVisible() == (what is None)
        if what is None:
            press(window, Qt.Key.Key_Return)
        assert window.screen_now.answer.panel.told.number == "00 00 70 10"


# --- start, and by keys ---


def test_the_start_page_has_it_among_the_first_four_with_who_answers_now(unlocked, qtbot) -> None:
    choice = unlocked.screen_now.choices["call"]
    qtbot.waitUntil(lambda: "IT-afsnittet 00 00 70 10, until 15:00" in choice.under)
    assert choice.accessibleDescription() == "Alt+4"
    press(unlocked, Qt.Key.Key_4, _ALT)
    assert unlocked.screen_now.name == "call"
    press(unlocked, Qt.Key.Key_Return)
    assert unlocked.screen_now.answer.panel.told.number == "00 00 70 10"


def test_alt_0_comes_back_to_what_is_wrong_from_wherever_one_is(unlocked) -> None:
    for name, what in (("call", Wrong("fmk")), ("guide", Guided("journal")), ("find", "m"), ("contacts", None)):
        unlocked.go(name, what)
        press(unlocked, Qt.Key.Key_0, _ALT)
        assert unlocked.screen_now.name == "call"
        assert unlocked.screen_now.remembered() is None
    depth = len(unlocked.history)
    press(unlocked, Qt.Key.Key_0, _ALT)
    assert len(unlocked.history) == depth


def test_the_arrows_choose_what_else_there_is_and_enter_opens_it_locked_and_unlocked(at, qtbot) -> None:
    window = at(look=Look(scale=200))
    for _state in ("locked", "unlocked"):
        window.go("call", Wrong("journal"))
        everypage.settle(window)
        opened = set()
        rows = [row for row in window.screen_now.answer.more.rows if row.kind is Kind.ACTION]
        for down in range(len(rows)):
            window.go("call", Wrong("journal"))
            everypage.settle(window)
            for _ in range(down):
                press(window, Qt.Key.Key_Down)
            screen = window.screen_now
            place = QRect(screen.answer.mapTo(screen, screen.answer.place.topLeft()), screen.answer.place.size())
            assert down == 0 or screen.rect().contains(place), "it is scrolled to"
            press(window, Qt.Key.Key_Return)
            opened.add((window.screen_now.name, window.screen_now.title, str(window.screen_now.remembered())))
        assert len(opened) == len(rows)
        assert {name for name, *_rest in opened} == {"guide", "card", "contacts"}
        if not window.is_open:
            del window.history[1:]
            window.show_screen()
            open_up(qtbot, window, purpose=OUTAGE)


def test_the_page_is_read_further_by_page_down(at) -> None:
    window = at(look=Look(scale=200))
    window.go("call", Wrong("journal"))
    everypage.settle(window)
    bar = window.screen_now._middle.verticalScrollBar()
    press(window, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    press(window, Qt.Key.Key_PageUp)
    assert bar.value() == 0


def test_escape_goes_back_step_by_step_to_the_lock_with_what_was_typed(at) -> None:
    window = at()
    window.screen_now.name_field.setText("Anna")
    press(window, Qt.Key.Key_0, _ALT)
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Escape)
    assert window.screen_now.remembered() is None
    press(window, Qt.Key.Key_Escape)
    assert window.screen_now.name == "lock"
    assert window.screen_now.name_field.text() == "Anna"
