"""Every page, read from another process as a screen reader reads it: over the accessibility bus, from a real window on a real screen."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.outside.desktop import Desktop, until
from tests.outside.tree import Node, Reader
from tests.ui import everypage
from ui.chapters import CHAPTERS
from ui.screens import SCREENS

ROLES = {
    "push button",
    "check box",
    "toggle button",
    "radio button",
    "text",
    "password text",
    "list",
    "list item",
    "combo box",
    "menu item",
    "scroll pane",
    "table",
    "cell",
}
# Widgets that Qt has no better role for; their name says what they are.
NO_ROLE = {"The pages as they will be printed", "The document's pages"}
TAB = "BACKUP · read only · data from today 05:10, 3 h 32 min old"
SAYS = "BACKUP · read only · data from today 05:10, "
LATER = {"outage-handed", "outage-ended"}  # the clock has gone on there
BAR = ["Back", "Search for a citizen, or for anything written here", "Help", "Cover what is seen", "Lock now"]
DAY_STRIP = "driving"  # eleven days in one widget, named after the day that is chosen


@dataclass
class Told:
    """What was told of each page, by its name."""

    pages: dict[str, Node]
    heard: dict[str, list[str]]

    def said(self, page: str) -> list[str]:
        return [node.reading for node in self.pages[page].walk() if node.showing and node.reading]

    def every(self, page: str) -> list[str]:
        """All readings, also those that must be scrolled to."""
        return [node.reading for node in self.pages[page].walk() if node.reading]


def _gone_through(desk: Desktop, folder, *more: str) -> Told:
    log = folder / "log"
    window = desk.start("-m", "tests.outside.shown", str(folder / "pc"), "en", *more, log=log)
    reader = Reader(desk.accessible)
    told = Told({}, {})
    try:
        while page := _further(window):
            until(reader.program)
            told.pages[page] = reader.tree()
    finally:
        window.stdin.close()
        window.wait(30)
        window.stdout.close()
    assert not log.read_text(), log.read_text()
    return told


def _further(window) -> str:
    window.stdin.write("\n")
    return window.stdout.readline().strip()


@pytest.fixture(scope="module")
def told(shared_desk, tmp_path_factory) -> Told:
    """Of every page, where everything was delivered."""
    return _gone_through(shared_desk, tmp_path_factory.mktemp("told"))


@pytest.fixture(scope="module")
def bare(shared_desk, tmp_path_factory) -> Told:
    """Of every page, where citizens were delivered and nothing else."""
    return _gone_through(shared_desk, tmp_path_factory.mktemp("bare"), "bare")


def test_every_screen_and_every_chapter_is_among_the_pages(told):
    shown = {name for name in SCREENS for page in told.pages if page == name or page.startswith(f"{name}-")}
    assert shown == set(SCREENS) == set(everypage.WAYS)
    assert {f"citizen-kirsten-{chapter.key}" for chapter in CHAPTERS} <= set(told.pages)


def test_every_control_that_can_have_the_focus_has_a_name_and_a_sensible_role(told):
    wrong = [
        (page, node.role, node.name)
        for page, tree in told.pages.items()
        for node in tree.walk()
        if node.focusable
        and node.showing
        and (not node.name or node.role not in ROLES)
        and not (node.name and (node.name in NO_ROLE or page.startswith(DAY_STRIP)))
    ]
    assert wrong == []


def test_every_page_says_that_it_is_the_backup_and_how_old_it_is_before_all_else(told):
    for page in told.pages:
        inside = [
            reading
            for reading in told.said(page)
            if reading.startswith(SAYS)  # the program and its window are not the page
            or not reading.startswith(("backupreader", "BACKUP · "))
            if not (reading == "BACKUP" and page == "start-covered")  # whose title tells no page while it is covered
        ]
        assert inside[0].startswith(SAYS), page
        assert inside[0] == TAB or page in LATER, page


def test_who_she_is_then_her_warnings_then_the_source_and_its_age_then_what_is_known(told):
    for chapter in CHAPTERS:
        said = told.said(f"citizen-kirsten-{chapter.key}")
        name, known = said.index("Kirsten Møller"), said.index("What is known")
        number, warnings = (name + _first(said[name:], words) for words in ("740338-1234", "CAVE: penicillin;"))
        assert name < number < warnings < known
        assert any("Skovvej 4, 2. tv" in words for words in said[name:warnings])
        if chapter.topic is not None:
            source = _first(said, "Taken from ")
            assert warnings < source < known
            assert " old" in said[source]
        assert len(said) > known + 1, "the rows are exposed below their list"


def test_only_search_and_the_way_back_stand_before_who_she_is(told):
    for page in told.pages:
        if page.startswith("citizen-kirsten"):
            said = told.said(page)
            before = said[said.index(TAB) + 1 : said.index("Kirsten Møller")]
            assert before[: len(BAR)] == BAR
            assert all(words.startswith("Kirsten Møller") for words in before[len(BAR) :])


def test_a_row_is_one_sentence_with_its_time_its_drug_its_state_and_its_dose_in_that_order(told):
    rows = told.every("citizen-kirsten-medicine")
    (row,) = [words for words in rows if words.startswith("22:00. yesterday")]
    parts = ["22:00", "Pinex 500 mg", "GIVEN", "2 tabletter"]
    assert [row.index(part) for part in parts] == sorted(row.index(part) for part in parts)


def test_what_is_not_known_since_the_data_was_taken_is_told_before_the_doses(told):
    rows = told.every("citizen-kirsten-medicine")
    assert _first(rows, "Not confirmed against FMK since today 05:10") < _first(rows, "22:00. yesterday")
    rows = told.every("citizen-kirsten-overview")
    unknown = _first(rows, "Not known. From today 05:10 until now, 3 h 32 min, nothing is known here")
    assert (
        unknown
        < _first(rows, "08:00  Pinex 500 mg tablet. DUE AFTER THE DATA WAS TAKEN")
        < _first(rows, "22:00  Natrunde")
    )


def test_the_kinds_of_empty_are_told_in_their_own_words(told, bare):
    with_topic = [chapter for chapter in CHAPTERS if chapter.topic is not None]
    nothing = {
        chapter.key for chapter in with_topic if chapter.topic.nothing in told.every(f"citizen-little-{chapter.key}")
    }
    assert {"medicine", "notes", "relatives", "documents"} <= nothing
    for chapter in with_topic:
        assert chapter.topic.missing in bare.every(f"citizen-kirsten-{chapter.key}"), chapter.key
        assert chapter.topic.nothing not in bare.every(f"citizen-kirsten-{chapter.key}"), chapter.key
    assert any("CAVE: none known" in words for words in told.every("citizen-private-overview"))


def test_a_list_tells_how_its_rows_follow_each_other_as_they_stand(told):
    (keys,) = [node for node in told.pages["keys"].walk() if node.role == "list" and node.showing]
    assert [row.role for row in keys.children] == ["list item"] * len(keys.children)
    assert len(keys.children) > 5


def test_the_lock_tells_no_name_of_any_citizen(told):
    everyone = " ".join(reading for page in told.pages if page.startswith("lock") for reading in told.every(page))
    assert "Møller" not in everyone
    assert "Skovvej" not in everyone


def _first(said: list[str], beginning: str) -> int:
    return next(number for number, words in enumerate(said) if beginning in words)
