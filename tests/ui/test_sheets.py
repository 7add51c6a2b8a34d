"""The screen of sheets: a scan anywhere on it says what the sheet is, and steps are taken with Enter alone."""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from backupreader.domain.ledger import State
from backupreader.domain.sheets import serial
from backupreader.store.files import Files
from backupreader.store.ledger import Ledger
from tests.ui import town
from tests.ui.everypage import settle
from ui.keys import shortcuts
from ui.pages import Printable
from ui.sheetpapers import LIST, REPORT
from ui.window import Window


@pytest.fixture
def desk(nurse) -> tuple[Window, tuple[str, ...]]:
    """Bo's window on the screen of sheets, and the numbers of six that were printed."""
    numbers = town.print_sheets(nurse)
    nurse.go("sheets")
    settle(nurse)
    return nurse, numbers


def scan(window: Window, words: str) -> None:
    """As a hand scanner types, whatever has the focus."""
    window.topbar.search.setText("")
    for letter in words:
        window.topbar.search.insert(letter)
    window.searched(window.topbar.search.text())
    window.steered(Qt.Key.Key_Return)
    settle(window)


def press(window: Window, key: Qt.Key = Qt.Key.Key_Return) -> None:
    window.steered(key)
    settle(window)


def states(window: Window) -> list[State]:
    accounts = Ledger(window.settings.data, window.session, Files()).read()
    return [one.state for one in accounts.by_serial.values()]


def test_a_scan_says_in_large_type_what_the_sheet_is_and_enter_takes_what_is_next(desk) -> None:
    window, numbers = desk
    screen = window.screen_now
    assert "0 of 6 sheets are back" in screen.count.text()
    scan(window, numbers[0])
    assert "Kirsten Møller" in screen.what.text()
    assert "page 1 of 2" in screen.what.text()
    assert numbers[0] in screen.facts.text()
    assert window.topbar.search.text() == ""
    press(window)
    assert states(window)[0] is State.RETURNED
    assert "1 of 6 sheets are back" in screen.count.text()
    press(window)
    assert states(window)[0] is State.ENTERED
    assert any("second person" in row.title for row in screen.list.rows)


def test_a_misread_number_is_told_kindly_and_nothing_happens(desk) -> None:
    window, numbers = desk
    scan(window, numbers[0][:-1] + ("1" if numbers[0][-1] != "1" else "2"))
    assert "not right" in window.screen_now.what.text()
    press(window)
    assert set(states(window)) == {State.ISSUED}
    scan(window, "K7Q-0483921-58")
    assert "not printed" in window.screen_now.what.text()


def test_words_that_are_no_number_search_as_everywhere(desk) -> None:
    window, _numbers = desk
    scan(window, "møller")
    assert window.screen_now.name == "find"


def test_with_f2_each_scan_takes_a_step_at_once_and_a_refused_one_is_told(desk) -> None:
    window, numbers = desk
    window.screen_now.each.click()
    for number in numbers:
        scan(window, number)
    assert set(states(window)) == {State.RETURNED}
    scan(window, numbers[0])
    assert "has come back already" in window.screen_now.what.text()


def test_a_sheet_is_struck_for_a_reason_and_the_step_is_taken_back(desk) -> None:
    window, numbers = desk
    screen = window.screen_now
    scan(window, numbers[2])
    screen.steps.opened.emit(next(row.target for row in screen.steps.rows if "in the remark" in row.title))
    settle(window)
    assert states(window)[2] is State.ISSUED
    screen.remark.setText("coffee on it")
    screen.steps.opened.emit(next(row.target for row in screen.steps.rows if "in the remark" in row.title))
    settle(window)
    assert states(window)[2] is State.STRUCK
    assert "coffee on it" in screen.facts.text()
    screen.steps.opened.emit(next(row.target for row in screen.steps.rows if "back" in row.title))
    settle(window)
    assert states(window)[2] is State.ISSUED


def test_a_number_that_the_scanner_types_into_the_remark_is_a_scan(desk) -> None:
    window, numbers = desk
    screen = window.screen_now
    screen.remark.setText(numbers[1])
    screen.remark.returnPressed.emit()
    settle(window)
    assert screen.remark.text() == ""
    assert numbers[1] in screen.facts.text()


def test_where_the_printer_stopped_the_sheets_after_it_are_struck_as_never_printed(desk) -> None:
    window, numbers = desk
    screen = window.screen_now
    scan(window, numbers[4])
    screen.steps.opened.emit(next(row.target for row in screen.steps.rows if "printer stopped" in row.title))
    settle(window)
    assert states(window) == [State.ISSUED] * 4 + [State.STRUCK] * 2


def test_a_time_is_the_last_time_that_the_clock_stood_there(desk) -> None:
    window, numbers = desk
    screen = window.screen_now
    screen.time.setText("23:10")
    scan(window, numbers[0])
    press(window)
    account = Ledger(window.settings.data, window.session, Files()).read().by_serial[serial(numbers[0])]
    assert account.live[-1].at.isoformat().startswith("2026-11-21T23:10")
    screen.time.setText("25:10")
    press(window)
    assert "hh:mm" in screen.what.text()


def test_f10_comes_here_from_everywhere(nurse) -> None:
    slots = {shortcut.key().toString(): slot for shortcut, slot in shortcuts(nurse, nurse.slots())}
    slots["F10"]()
    assert nurse.screen_now.name == "sheets"


@pytest.fixture
def printer(tmp_path, monkeypatch) -> Path:
    """A printer that keeps what it is sent in a file."""
    paper, programs = tmp_path / "paper.pdf", tmp_path / "bin"
    programs.mkdir()
    (programs / "lpstat").write_text(
        '#!/bin/sh\ncase "$*" in *-p*) echo "printer Kontor is idle.  enabled since today";; '
        '*-a*) echo "Kontor accepting requests since today";; *-d*) echo "system default destination: Kontor";; esac\n'
    )
    (programs / "lp").write_text(
        f'#!/bin/sh\ncat > "{paper}.part" && mv "{paper}.part" "{paper}" && echo "request id is Kontor-1 (1)"\n'
    )
    for program in programs.iterdir():
        program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    return paper


def said(paper: Path) -> list[str]:
    with pypdfium2.PdfDocument(paper.read_bytes()) as pdf:
        return [" ".join(pdf[page].get_textpage().get_text_bounded().split()) for page in range(len(pdf))]


@pytest.mark.parametrize(("name", "large"), [(LIST, "2 sheets are to be entered"), (REPORT, "4 sheets missing")])
def test_the_papers_are_printed_from_the_page(desk, printer, qtbot, name, large) -> None:
    window, numbers = desk
    screen = window.screen_now
    scan(window, numbers[0])
    press(window)
    press(window)
    scan(window, numbers[1])
    screen.steps.opened.emit(next(row.target for row in screen.steps.rows if "nothing was written" in row.title))
    settle(window)
    screen.list.opened.emit(name)
    qtbot.waitUntil(lambda: "was sent to Kontor" in window.notice.sentence)
    (page,) = said(printer)
    assert large in page
    assert numbers[3] in page


def test_pages_get_their_numbers_when_they_are_sent_and_a_preview_that_is_left_counts_nothing(
    nurse, printer, qtbot
) -> None:
    nurse.go("print", Printable("summary", "Kirsten Møller", citizen="nexus:1"))
    qtbot.waitUntil(nurse.screen_now.print_button.isEnabled)
    nurse.go("sheets")
    settle(nurse)
    assert states(nurse) == []
    nurse.back()
    qtbot.waitUntil(nurse.screen_now.print_button.isEnabled)
    nurse.screen_now.print_now()
    qtbot.waitUntil(printer.exists)
    settle(nurse)
    accounts = Ledger(nurse.settings.data, nurse.session, Files()).read().by_serial
    pages = said(printer)
    assert len(accounts) == len(pages)
    for account, page in zip(accounts.values(), pages, strict=True):
        assert f"Sheet {account.sheet.serial}" in page
        assert (account.sheet.citizen, account.job.to, account.job.by) == ("nexus:1", "Kontor", "Bo Friis")
