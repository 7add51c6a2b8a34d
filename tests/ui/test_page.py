"""The citizen's page in a real window, by its keys: the orders of reading, the timeline, and where a line came from."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui import cruelty, town
from tests.ui.conftest import open_up
from tests.ui.test_window import CHAPTER, shown
from ui.chapter import Reading
from ui.rows import Kind

_CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def pc(tmp_path_factory) -> town.Pc:
    return town.found(tmp_path_factory.mktemp("page"), more=cruelty.more())


@pytest.fixture
def page(new_window, pc, qtbot):
    """Opens a citizen's page in a window of its own."""
    window = new_window(pc)
    open_up(qtbot, window, purpose="check")

    def turn(citizen: str, chapter: str = "overview"):
        window.go("citizen", citizen)
        qtbot.waitUntil(lambda: window.screen_now._journal is not None, timeout=20_000)
        window.screen_now.chapters.choose(CHAPTER[chapter])
        return window.screen_now

    return turn


def leads(screen) -> list[str]:
    return [row.lead.split(" ")[0] for row in screen.content.rows if row.lead]


def test_whoever_knows_her_reads_the_visit_first_and_nothing_is_hidden(page, qtbot) -> None:
    screen = page("nexus:1")
    before = {row.spoken for row in screen.content.rows}
    search = screen.window().topbar.search
    qtbot.keyClick(search, Qt.Key.Key_1, _CONTROL)
    known = leads(screen)
    assert known[:6] == ["Not", "CAVE", "Limits", "Visits", "To", "Notes"]
    assert screen.pane.reading.buttons[Reading.KNOWN].isChecked()
    qtbot.keyClick(search, Qt.Key.Key_2, _CONTROL)
    assert leads(screen)[:9] == ["Not", "CAVE", "Limits", "Visits", "To", "Notes", "Conditions", "General", "Risks"]
    assert "Goal: Ingen infektion" in shown(screen.content)
    qtbot.keyClick(search, Qt.Key.Key_2, _CONTROL)
    assert {row.spoken for row in screen.content.rows} == before
    assert sorted(known) == sorted(leads(screen))


def test_the_order_holds_for_her_alone_until_the_lock(page, qtbot, pc) -> None:
    screen = page("nexus:1")
    window = screen.window()
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_2, _CONTROL)
    assert [row.marks[0].word for row in screen.chapters.rows if row.marks] == ["1", "2", "3", "5", "4"]
    assert page("nexus:2").reading is None
    assert page("nexus:1").reading is Reading.UNKNOWN
    window.lock()
    open_up(qtbot, window, purpose="check")
    assert page("nexus:1").reading is None


def test_f4_says_where_a_line_came_from_and_escape_closes_only_that(page, qtbot) -> None:
    screen = page("nexus:1", "medicine")
    window, place = screen.window(), screen.content.geometry()
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_F4)
    screen.content.choose(1)
    qtbot.waitUntil(lambda: "FMK" in screen.origin.words)
    assert screen.origin.words.split("\n") == [
        "Source: FMK today 05:10 · 3 h 32 min old",
        "File: town.csv, row 1",
        "Record: FMK:2 (Medicine)",
    ]
    assert screen.content.geometry() == place
    qtbot.keyClick(screen.content, Qt.Key.Key_Escape)
    assert not screen.origin.words
    assert window.screen_now is screen
    qtbot.keyClick(screen.content, Qt.Key.Key_F4)
    screen.content.choose(0)
    assert screen.content.current.kind is Kind.FIGURE
    assert "put it together" in screen.origin.words
    qtbot.keyClick(screen.content, Qt.Key.Key_F4)
    assert not screen.origin.words


def test_where_it_came_from_is_in_what_a_screen_reader_reads(page) -> None:
    screen = page("nexus:1", "notes")
    index = screen.content.model().index(0)
    assert index.data(int(Qt.ItemDataRole.AccessibleDescriptionRole)) == "nexus, town.csv, 1"


def test_the_timeline_is_sifted_by_keys_and_one_key_shows_all_again(page, qtbot) -> None:
    screen = page(cruelty.WORDY, "timeline")
    window, bar = screen.window(), screen.pane.sieve
    search = window.topbar.search
    everything = len(screen.content.rows)
    qtbot.keyClick(search, Qt.Key.Key_4, _CONTROL)
    assert bar.role.text().startswith("SSA")
    roles = [row for row in screen.content.rows if "(SSH)" in row.title]
    assert not roles
    assert "are shown" in screen.content.rows[0].aside
    qtbot.keyClick(search, Qt.Key.Key_7, _CONTROL)
    assert len(screen.content.rows) == everything
    qtbot.keyClick(search, Qt.Key.Key_6, _CONTROL)
    assert bar.word.hasFocus() or window.focusWidget() is bar.word
    QTest.keyClicks(bar.word, "Linje 3699")
    assert sum("NN (SSA)" in row.title for row in screen.content.rows) == 1
    assert window.screen_now is screen
    qtbot.keyClick(search, Qt.Key.Key_5, _CONTROL)
    qtbot.keyClick(search, Qt.Key.Key_5, _CONTROL)
    assert any(row.kind is Kind.NOTHING for row in screen.content.rows)
    qtbot.keyClick(search, Qt.Key.Key_7, _CONTROL)
    assert len(screen.content.rows) == everything
    assert bar.word.text() == ""


def test_thirty_days_reach_further_back_than_fourteen(page, qtbot) -> None:
    screen = page(cruelty.WORDY, "timeline")
    assert "For tre uger siden" not in shown(screen.content)
    qtbot.keyClick(screen.window().topbar.search, Qt.Key.Key_3, _CONTROL)
    assert "For tre uger siden" in shown(screen.content)
    assert "For et halvt år siden" not in shown(screen.content)
    screen.window().go("keys")
    qtbot.keyClick(screen.window(), Qt.Key.Key_Escape)
    back = screen.window().screen_now
    qtbot.waitUntil(lambda: "For tre uger siden" in shown(back.content))


def test_notes_of_the_last_thirty_days_are_read_in_whatever_their_number(page, qtbot) -> None:
    window = page(cruelty.WORDY).window()
    answers: list = []
    since = town.NOW.replace(day=1)
    window.desk.line().ask(lambda reader: reader.journal(cruelty.WORDY, notes=1, since=since), answers.append, print)
    qtbot.waitUntil(lambda: bool(answers))
    texts = [note.text for note in answers[0].notes.items]
    assert "For tre uger siden" in texts
    assert "For et halvt år siden" not in texts
    assert answers[0].notes.total == 10


def test_a_very_long_note_is_opened_in_its_place_and_can_be_read_to_its_end(page, qtbot) -> None:
    screen = page(cruelty.WORDY, "notes")
    assert "Linje 3699" not in shown(screen.content)
    at = next(number for number, row in enumerate(screen.content.rows) if row.title.startswith("Read all of it"))
    screen.content.setFocus()
    screen.content.setCurrentIndex(screen.content.model().index(at))
    qtbot.keyClick(screen.content, Qt.Key.Key_Return)
    rows = screen.content.rows
    last = next(number for number, row in enumerate(rows) if row.kind is Kind.ENTRY and "NN (SSH)" in row.title)
    assert rows[0].details[-1] + "".join(row.title for row in rows[1:last]) == cruelty.LONG
    assert not screen.window().grab().isNull()
