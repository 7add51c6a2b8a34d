"""A citizen's page with what no source should have delivered: all of it can be read, and she is always told by name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from backupreader.language import CODES, Language
from tests.ui import cruelty, town
from tests.ui.conftest import open_up
from tests.ui.test_window import CHAPTER, shown
from ui import words
from ui.chapters import CHAPTERS
from ui.look import Look
from ui.visible import visible


@pytest.fixture(scope="module")
def pc(tmp_path_factory) -> town.Pc:
    return town.found(tmp_path_factory.mktemp("cruel"), more=cruelty.more())


@pytest.fixture
def window(new_window, pc, qtbot):
    opened = new_window(pc)
    open_up(qtbot, opened, purpose="check")
    return opened


def turn(window, qtbot, citizen: str, chapter: str = "overview"):
    window.go("citizen", citizen)
    qtbot.waitUntil(lambda: window.screen_now._journal is not None, timeout=20_000)
    window.screen_now.chapters.choose(CHAPTER[chapter])
    return window.screen_now


def all_read(screen) -> str:
    return "\n".join(screen.content.model().index(row).data() for row in range(len(screen.content.rows)))


@pytest.mark.parametrize(
    "text",
    [cruelty.RIGHT_TO_LEFT, cruelty.MARKUP, cruelty.CONTROLS, cruelty.EMOJI],
    ids=["rtl", "html", "control", "emoji"],
)
def test_a_note_is_kept_as_delivered_wherever_it_stands_and_painted_without_harm(window, qtbot, text: str) -> None:
    for chapter in ("notes", "timeline"):
        screen = turn(window, qtbot, cruelty.WORDY, chapter)
        assert text in all_read(screen)
        assert not window.grab().isNull()
    assert not window.notice.sentence


def test_what_could_hide_or_turn_the_text_beside_it_is_drawn_as_its_code() -> None:
    assert visible(cruelty.CONTROLS) == "Før[U+0000]efter [U+001B][31mrød [U+202E]gnidia[U+202C] slut[U+0007]"
    assert visible("a\r\nb\rc\u2028d\x85e") == "a\nb\nc\nd\ne"
    for plain in ("Østergård", cruelty.RIGHT_TO_LEFT, cruelty.EMOJI, "tab\tog\nlinje"):
        assert visible(plain) == plain


def test_a_word_of_200_kb_is_opened_whole_and_every_letter_of_it_is_there(window, qtbot) -> None:
    screen = turn(window, qtbot, cruelty.WORDY, "notes")
    offers = [at for at, row in enumerate(screen.content.rows) if row.title.startswith("Read all of it")]
    assert len(offers) == 2
    screen.content.setCurrentIndex(screen.content.model().index(offers[1]))
    qtbot.keyClick(screen.content, Qt.Key.Key_Return)
    pieces = [row.details[-1] if row.details else row.title for row in screen.content.rows]
    assert "".join(piece for piece in pieces if set(piece) == {"x"}) == cruelty.UNBROKEN
    for _ in range(6):
        qtbot.keyClick(screen.content, Qt.Key.Key_PageDown)
        assert not window.grab().isNull()


def test_how_a_thing_is_done_can_be_read_to_its_end_in_its_place(window, qtbot) -> None:
    screen = turn(window, qtbot, cruelty.WORDY, "todo")
    assert "Linje 3699" not in shown(screen.content)
    assert "Goal: Bedre søvn" in shown(screen.content)
    screen.content.setCurrentIndex(screen.content.model().index(1))
    qtbot.keyClick(screen.content, Qt.Key.Key_Return)
    first, *rest = screen.content.rows
    assert first.details[-1] + "".join(row.title for row in rest) == cruelty.LONG


def test_900_alerts_are_counted_in_the_bar_and_all_of_them_can_be_reached(window, qtbot) -> None:
    screen = turn(window, qtbot, cruelty.ALARMING, "warnings")
    assert "more under “Warnings”" in screen.identity.words
    assert screen.identity.height() < window.height() / 2
    assert len(screen.content.rows) == 900
    screen.content.setFocus()
    qtbot.keyClick(screen.content, Qt.Key.Key_End)
    assert screen.content.chosen is screen.content.rows[-1]
    screen = turn(window, qtbot, cruelty.ALARMING)
    assert "894 more under “Warnings”" in shown(screen.content)


def test_of_one_without_a_name_a_sentence_stands_in_its_place(window, qtbot) -> None:
    screen = turn(window, qtbot, cruelty.NAMELESS)
    assert screen.identity.words.startswith("Name not delivered\nbirthday not known")
    assert screen.identity.accessibleName().startswith("Name not delivered.")
    assert screen.printable().title == "Name not delivered"
    general = [row for row in screen.content.rows if row.lead == "General"]
    assert (general[0].title, general[0].details) == ("Number", ("not delivered",))


def test_of_five_numbers_the_first_stands_in_the_bar_and_all_on_the_page(window, qtbot) -> None:
    screen = turn(window, qtbot, cruelty.FIVE_NUMBERS)
    assert "N-1" in screen.identity.words
    assert "N-1, N-2, N-3, N-4, N-5" in shown(screen.content)


@pytest.mark.parametrize("citizen", ["nexus:1", "nexus:3", cruelty.ALARMING, cruelty.NAMELESS])
def test_who_she_is_stays_in_sight_at_200_per_cent_on_every_chapter(window, qtbot, citizen: str) -> None:
    window.restyle(Language("da"), Look(scale=200))
    screen = turn(window, qtbot, citizen)
    for number in range(len(CHAPTERS)):
        screen.chapters.choose(number)
        bar, book = screen.identity, screen._inside
        qtbot.waitUntil(lambda bar=bar, book=book: 0 <= bar.y() < bar.y() + bar.height() <= book.y())
        qtbot.waitUntil(lambda book=book, page=screen: page.rect().contains(book.geometry()))
        qtbot.waitUntil(lambda page=screen: page.content.viewport().height() >= page.shell.look.px(40))
        assert screen.identity._facts.isVisible()


@pytest.mark.parametrize("code", CODES)
def test_at_200_per_cent_the_bar_says_who_and_where_in_little_more_than_a_third(window, qtbot, code: str) -> None:
    window.restyle(Language(code), Look(scale=200))
    window.resize(1280, 860)
    screen = turn(window, qtbot, "nexus:1")
    bar, cave = screen.identity, words.cave(screen._journal, Language(code))[0].word
    qtbot.waitUntil(lambda: bar.height() < screen.height() * 0.37)
    for part in ("Kirsten Møller", "1938 (88)", "740338-1234", "98 17 00 01", "Skovvej 4", cave):
        assert part in bar.words
    assert words.whereabouts(screen._journal.citizen, Language(code)).word in bar._marks.words
    for label in (bar._name, bar._facts, bar._home):
        assert label.isVisible()
        assert label.height() >= label.fontMetrics().height()


def test_an_accessible_list_reads_the_figure_as_one_sentence(window, qtbot) -> None:
    screen = turn(window, qtbot, "nexus:1", "medicine")
    index = next(at for at, row in enumerate(screen.content.rows) if row.figure is not None)
    said = screen.content.model().index(index).data(int(Qt.ItemDataRole.AccessibleTextRole))
    assert said.startswith("By the clock, until today 05:10; 2 doses are recorded as given")
    assert "2 were due in the blind window" in said
    assert "the next at 12:00" in said
    assert QAccessible.queryAccessibleInterface(screen.content) is not None
