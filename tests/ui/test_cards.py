"""The plan's action cards, its contacts and its room, each on a page of its own, locked and unlocked."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest

from tests.ui import everypage, townplan
from tests.ui.conftest import open_up
from tests.ui.test_shift import LPSTAT
from ui.look import Look
from ui.plan import Carded, Guided
from ui.rows import Kind
from ui.window import Window


@pytest.fixture(params=[False, True], ids=["locked", "open"])
def page(request, new_window, pc, qtbot) -> Callable[..., Window]:
    """A page of the plan, locked and after unlock."""

    def turn(name: str, what: object = None, **more: object) -> Window:
        window = new_window(pc, **more)
        qtbot.waitUntil(lambda: window.plan is not None, timeout=20_000)
        if request.param:
            open_up(qtbot, window)
        window.go(name, what)
        everypage.settle(window)
        return window

    return turn


def press(window: Window, key: Qt.Key) -> None:
    window.activateWindow()
    QTest.keyClick(window.focusWidget() or window, key)


def test_a_card_has_one_step_a_line_with_its_number(page) -> None:
    screen = page("card", Carded("journal")).screen_now
    assert [row.lead for row in screen.steps.rows] == ["1", "2", "3"]
    assert screen.steps.rows[0].title == "Gå til denne pc, og lås op."
    assert screen.head.title.text() == "Journalen er nede: det gør du"


def test_a_card_says_for_whom_when_whose_until_when_and_whom_to_call(page) -> None:
    about = page("card", Carded("journal")).screen_now.about.text()
    for words in ("For: Medarbejder", "Journalen", "nede i 15 minutter", "Chefen for ældreområdet", "approved 10 Jan 2025",
                  "to be revised by 10 Jan 2027", "Vagtcentralen  00 00 72 07"):  # fmt: skip
        assert words in about, words


def test_an_overdue_card_says_so_in_words_and_another_does_not(page) -> None:
    window = page("card", Carded("laase"))
    assert window.screen_now.marks.words == ("Overdue: it should have been revised by 31 Dec 2023, 1057 days ago.",)
    window.go("card", Carded("journal"))
    assert not window.screen_now.marks.words


def test_a_card_that_is_gone_from_the_plan_is_said_to_be(page) -> None:
    assert "no such card" in page("card", Carded("xyzzy")).screen_now.head.title.text()


def test_the_room_says_where_who_has_the_key_and_what_lies_there(page) -> None:
    rows = [row.title for row in page("card", Carded()).screen_now.steps.rows if row.kind is not Kind.HEADING]
    assert rows == [
        "Kopirummet i kælderen, til venstre for elevatoren.",
        "Vagtcentralen har koden til døren.",
        "lommelygte",
        "papir",
        "ekstra toner",
        "Vagtcentralen  00 00 72 07",
    ]


def test_every_contact_stands_with_its_number_its_hours_and_its_holidays(page) -> None:
    rows = {row.title: row for row in page("contacts").screen_now.list.rows}
    assert len(rows) >= 6
    it = rows["IT-afsnittet"]
    assert it.lead == "00 00 70 10"
    assert it.details[0] == "Monday–Wednesday 08:00–15:00\nThursday 08:00–17:00\nFriday–Sunday 08:00–15:00"
    assert "Does not answer on public holidays." in it.details
    assert "Kept by IT-afsnittets leder, last checked 1 Feb 2026" in it.details
    assert "journalteam@nordby.invalid" in rows["Journalteamets postkasse"].details
    assert rows[townplan.LONG_NAME].lead == "+45 00 00 70 60 / 4471"


def test_the_arrows_go_through_a_card_in_large_letters_and_each_step_is_scrolled_to(page) -> None:
    window = page("card", Carded("journal"), look=Look(scale=200))
    screen = window.screen_now
    for _step in range(2):
        press(window, Qt.Key.Key_Down)
    assert screen.steps.chosen.lead == "3"
    place = screen.steps.visualRect(screen.steps.currentIndex())
    assert screen.steps.mapTo(screen, place.bottomLeft()).y() <= screen.height()
    press(window, Qt.Key.Key_Escape)
    assert window.screen_now is not screen


@pytest.mark.parametrize(
    ("name", "what", "words"),
    [
        ("call", None, "00 00 72 07"),
        ("contacts", None, "Låsefirmaet"),
        ("guide", Guided("journal", (False,)), "Kan en kollega"),
        ("card", Carded("laase"), "Hent den fysiske nøgle."),
        ("card", Carded(), "00 00 72 07"),
    ],
)
def test_ctrl_p_prints_what_is_seen_without_unlocking_too(  # noqa: PLR0917
    page,
    qtbot,
    tmp_path: Path,
    monkeypatch,
    name: str,
    what: object,
    words: str,
) -> None:
    paper, programs = tmp_path / "paper.pdf", tmp_path / "bin"
    programs.mkdir()
    (programs / "lpstat").write_text(LPSTAT)
    (programs / "lp").write_text(
        f'#!/bin/sh\ncat > "{paper}.part" && mv "{paper}.part" "{paper}" && echo "request id is Kontor-1 (1)"\n'
    )
    for program in programs.iterdir():
        program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    window = page(name, what)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(paper.exists, timeout=20_000)
    read = QPdfDocument()
    read.load(str(paper))
    assert words in "".join(read.getAllText(page).text() for page in range(read.pageCount()))
    qtbot.waitUntil(lambda: "sent to Kontor" in window.notice.sentence)
