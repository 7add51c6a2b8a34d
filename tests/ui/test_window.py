"""The window, used as a person uses it: by what it shows and by its keys."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from backupreader.store import vault
from backupreader.store.files import Files
from backupreader.store.slots import Cost
from tests.ui import town
from ui.chapters import CHAPTERS
from ui.spool import draw
from ui.widgets.topbar import TopBar

CHAPTER = {chapter.key: number for number, chapter in enumerate(CHAPTERS)}


def shown(widget) -> str:
    """All that a list shows."""
    return "\n".join(row.spoken for row in widget.rows)


def test_the_lock_screen_says_how_old_the_data_is_without_any_words(locked, qtbot) -> None:
    locked.read_standing()
    qtbot.waitUntil(lambda: "3 h 32 min old" in locked.screen_now.age.words)
    assert "GOOD" in locked.screen_now.age.words
    assert "nexus today 05:30" in locked.screen_now.age.words
    assert locked.frame.tab.startswith("BACKUP · read only")
    assert not locked.findChildren(TopBar)


def test_wrong_words_get_a_sentence_in_the_page_and_may_be_typed_again(locked, qtbot) -> None:
    lock = locked.screen_now
    QTest.keyClicks(lock.name_field, town.NAME)
    QTest.keyClicks(lock.words_field, "these are not the words")
    qtbot.keyClick(lock.words_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: lock.trouble is not None)
    assert "BR15" in lock.trouble.sentence
    assert lock.unlock.isEnabled()
    assert locked.info is None


@pytest.mark.parametrize("typed", [town.WORDS, "  REGN   Lampe sti  bro KAFFE "])
def test_words_are_typed_forgivingly(locked, qtbot, typed: str) -> None:
    lock = locked.screen_now
    lock.name_field.setText("anna holm")
    lock.words_field.setText(typed)
    qtbot.mouseClick(lock.unlock, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: locked.info is not None)
    assert locked.person == town.NAME
    assert locked.screen_now.name == "start"


def test_while_it_opens_the_window_lives_and_a_second_enter_does_nothing(locked, qtbot) -> None:
    lock = locked.screen_now
    lock.words_field.setText(town.WORDS)
    lock.try_words()
    assert lock.unlock.text() == "Opening…"
    lock.try_words()
    qtbot.waitUntil(lambda: locked.info is not None)


def test_a_pc_without_data_says_so_and_what_to_do(new_window, pc, qtbot, tmp_path: Path) -> None:
    window = new_window(replace(pc, settings=replace(pc.settings, data=tmp_path)))
    window.read_standing()
    qtbot.waitUntil(lambda: "No data" in window.screen_now.age.words)
    window.screen_now.words_field.setText("whatever")
    window.screen_now.try_words()
    qtbot.waitUntil(lambda: window.screen_now.trouble is not None)
    assert "BR20" in window.screen_now.trouble.sentence


def test_changing_the_language_keeps_what_was_typed(locked, qtbot) -> None:
    locked.screen_now.name_field.setText("Anna")
    danish = next(choice for choice, code in locked.screen_now.foot.languages.items() if code == "da")
    qtbot.mouseClick(danish, Qt.MouseButton.LeftButton)
    assert locked.language.code == "da"
    assert locked.screen_now.name_field.text() == "Anna"


def test_from_the_first_letter_to_the_medicine_by_keyboard_alone(unlocked, qtbot) -> None:
    search = unlocked.topbar.search
    QTest.keyClicks(search, "moller kirsten")
    qtbot.waitUntil(lambda: "Kirsten Møller" in shown(unlocked.screen_now.list))
    assert shown(unlocked.screen_now.list).count("2 WITH THIS NAME") == 2
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Kirsten Møller" in unlocked.screen_now.identity.words)
    assert "One other citizen has this name" in unlocked.screen_now.identity.words
    assert unlocked.topbar.search.text() == ""
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert "Marevan" in shown(unlocked.screen_now.content)
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert unlocked.screen_now.name == "find"
    assert search.text() == "moller kirsten"


@pytest.mark.parametrize("words", ["140338", "14-03-1938", "1234", "skovvej", "98170001", "team nord", "740338-1234"])
def test_a_citizen_is_found_by_whatever_is_known_of_her(unlocked, qtbot, words: str) -> None:
    QTest.keyClicks(unlocked.topbar.search, words)
    qtbot.waitUntil(lambda: "14 Mar 1938" in shown(unlocked.screen_now.list))


def test_nobody_found_is_a_sentence(unlocked, qtbot) -> None:
    QTest.keyClicks(unlocked.topbar.search, "xyzzy")
    qtbot.waitUntil(lambda: "Nobody here is found" in shown(unlocked.screen_now.list))


def test_people_s_text_is_shown_as_it_is(unlocked, qtbot) -> None:
    unlocked.go("citizen", "nexus:7")
    qtbot.waitUntil(lambda: "Bent <b>Fed</b> & Søn" in unlocked.screen_now.identity.words)


def test_a_code_is_shown_on_an_explicit_press_and_gone_when_the_page_is_turned(unlocked, qtbot) -> None:
    unlocked.go("citizen", "nexus:1")
    screen = unlocked.screen_now
    qtbot.waitUntil(lambda: len(screen.chapters.rows) == len(CHAPTERS))
    screen.chapters.choose(CHAPTER["entry"])
    assert "4711" not in shown(screen.content)
    screen.content.choose(99)
    qtbot.keyClick(screen.content, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "4711" in shown(screen.content))
    screen.chapters.choose(CHAPTER["notes"])
    screen.chapters.choose(CHAPTER["entry"])
    assert "4711" not in shown(screen.content)


def test_a_code_does_not_stand_on_the_screen_for_longer_than_a_minute(unlocked, qtbot, pc) -> None:
    unlocked.go("citizen", "nexus:1")
    screen = unlocked.screen_now
    qtbot.waitUntil(lambda: len(screen.chapters.rows) == len(CHAPTERS))
    screen.chapters.choose(CHAPTER["entry"])
    screen.content.choose(99)
    screen.content.open_chosen()
    qtbot.waitUntil(lambda: "4711" in shown(screen.content))
    unlocked._clock_of = lambda _zone: pc.now + timedelta(minutes=1)
    screen.minute()
    assert "4711" not in shown(screen.content)


def test_whoever_opens_with_the_recovery_code_must_be_named(new_window, pc, tmp_path: Path, qtbot) -> None:
    data = tmp_path / "pc"
    shutil.copytree(pc.settings.data, data)
    files = Files()
    closed = vault.load(data / "vault", files)
    secret = vault.read_machine_secret(data / "vault" / "machine-secret", files)
    _, (code,) = closed.with_recovery(closed.unlock(town.WORDS, secret), Cost(8 * 1024, 1, 1))
    window = new_window(replace(pc, settings=replace(pc.settings, data=data)))
    lock = window.screen_now
    lock.words_field.setText(code)
    lock.try_words()
    qtbot.waitUntil(lambda: lock.trouble is not None)
    assert "your name" in lock.trouble.sentence
    lock.name_field.setText("Bo Nielsen, nattevagt")
    lock.words_field.setText(code)
    lock.try_words()
    qtbot.waitUntil(lambda: window.info is not None)
    assert window.person == "Bo Nielsen, nattevagt"


def test_a_document_is_opened_and_seen(unlocked, qtbot) -> None:
    unlocked.go("citizen", "nexus:1")
    screen = unlocked.screen_now
    qtbot.waitUntil(lambda: len(screen.chapters.rows) == len(CHAPTERS))
    screen.chapters.choose(CHAPTER["documents"])
    screen.content.choose(1)
    screen.content.open_chosen()
    qtbot.waitUntil(lambda: "Loftlift" in shown(unlocked.screen_now.text))
    qtbot.keyClick(unlocked.topbar.search, Qt.Key.Key_Escape)
    assert unlocked.screen_now.name == "citizen"


def test_a_route_s_day_is_chosen_with_the_arrows(unlocked, qtbot) -> None:
    unlocked.go("driving")
    screen = unlocked.screen_now
    qtbot.waitUntil(lambda: "Nord dag" in shown(screen.routes))
    qtbot.keyClick(unlocked.topbar.search, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "Aftensmad" in shown(screen.visits))
    qtbot.keyClick(unlocked.topbar.search, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: "Skift forbinding" in shown(screen.visits))
    assert "TIME-CRITICAL" in shown(screen.visits)
    assert "CAVE: penicillin" in shown(screen.visits)
    assert "hemmelig" not in shown(screen.visits)
    qtbot.keyClick(unlocked.topbar.search, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: "No visit was delivered for this shift." in shown(screen.routes))


def test_what_was_not_delivered_is_listed_and_never_called_none(new_window, bare_pc, qtbot) -> None:
    from tests.ui.conftest import open_up

    window = new_window(bare_pc)
    open_up(qtbot, window)
    window.go("data")
    qtbot.waitUntil(lambda: "NOT DELIVERED" in shown(window.screen_now.list))
    window.go("driving")
    qtbot.waitUntil(lambda: "not delivered" in shown(window.screen_now.routes))


def test_what_the_municipality_leaves_out_is_listed_as_its_decision(unlocked, qtbot) -> None:
    from dataclasses import replace

    decided = "Not in this copy by the municipality's decision"
    unlocked.go("data")
    qtbot.waitUntil(lambda: "medicin.csv" in shown(unlocked.screen_now.list))
    unlocked.screen_now._read(replace(unlocked.screen_now._known, deliveries=(), left_out=("medication",)))
    assert decided in shown(unlocked.screen_now.list)
    unlocked.go("driving")
    screen = unlocked.screen_now
    qtbot.waitUntil(lambda: screen._known is not None)
    nothing = replace(screen._known.lists, routes=(), carers=())
    screen._planned(replace(screen._known, lists=nothing, documents=(), left_out=True))
    assert decided in shown(unlocked.screen_now.routes)


def test_what_could_not_be_read_is_listed_with_its_place(unlocked, qtbot) -> None:
    unlocked.go("data")
    qtbot.waitUntil(lambda: "medicin.csv" in shown(unlocked.screen_now.list))
    assert "row 14" in shown(unlocked.screen_now.list)
    assert "1 row refused" in shown(unlocked.screen_now.list)


def test_it_locks_itself_when_nobody_touches_it_and_a_touch_puts_that_off(unlocked, qtbot) -> None:
    assert unlocked._idle.interval() == unlocked.settings.idle_lock_minutes * 60_000
    with qtbot.waitSignal(unlocked._touches.touched):
        qtbot.keyClick(unlocked.topbar.search, Qt.Key.Key_Down)
    assert unlocked._idle.isActive()
    unlocked._idle.setInterval(1)
    qtbot.waitUntil(lambda: unlocked.info is None)
    assert unlocked.screen_now.name == "lock"


def test_ctrl_l_locks_at_once_and_nothing_that_was_shown_is_left(unlocked, qtbot) -> None:
    unlocked.go("citizen", "nexus:1")
    qtbot.waitUntil(lambda: "Kirsten Møller" in unlocked.screen_now.identity.words)
    qtbot.keyClick(unlocked, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert unlocked.screen_now.name == "lock"
    qtbot.waitUntil(lambda: not unlocked.desk.is_holding())
    qtbot.keyClick(unlocked, Qt.Key.Key_Escape)
    assert unlocked.screen_now.name == "lock"


@pytest.fixture
def printer(tmp_path: Path, monkeypatch) -> Path:
    """A print system with one printer; what is printed lands in a file."""
    folder = tmp_path / "bin"
    folder.mkdir()
    printed = tmp_path / "printed.pdf"
    scripts = {
        "lpstat": 'case "$*" in *-p*) echo "printer Kontor is idle.  enabled since today";; '
        '*-a*) echo "Kontor accepting requests since today";; *-d*) echo "system default destination: Kontor";; esac',
        "lp": f'cat > "{printed}.part"; mv "{printed}.part" "{printed}"; echo "request id is Kontor-7 (1 file(s))"',
    }
    for name, body in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return printed


def test_ctrl_p_twice_prints_the_medicine_sheet_that_is_seen(unlocked, printer: Path, qtbot) -> None:
    unlocked.go("citizen", "nexus:1")
    qtbot.waitUntil(lambda: "Kirsten Møller" in unlocked.screen_now.identity.words)
    qtbot.keyClick(unlocked.topbar.search, Qt.Key.Key_Down)
    qtbot.keyClick(unlocked, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    screen = unlocked.screen_now
    qtbot.waitUntil(screen.print_button.isEnabled, timeout=20_000)
    assert screen.documents.chosen.title == "Medicine sheet"
    assert screen.preview.pages > 0
    qtbot.keyClick(unlocked, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "Kontor" in unlocked.notice.sentence, timeout=20_000)
    sheet = QPdfDocument()
    sheet.load(str(printer))
    assert "Marevan" in sheet.getAllText(0).text()


def test_a_print_goes_on_while_the_window_is_locked(unlocked, printer: Path, qtbot) -> None:
    unlocked.go("driving")
    qtbot.waitUntil(lambda: unlocked.screen_now.printable() is not None)
    unlocked.print_seen()
    qtbot.waitUntil(unlocked.screen_now.print_button.isEnabled, timeout=20_000)
    unlocked.print_seen()
    unlocked.lock()
    qtbot.waitUntil(printer.exists, timeout=20_000)


def test_without_a_printer_the_page_is_seen_and_the_lack_is_said(unlocked, qtbot, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    unlocked.go("driving")
    qtbot.waitUntil(lambda: unlocked.screen_now.printable() is not None)
    unlocked.print_seen()
    qtbot.waitUntil(lambda: "no printer" in unlocked.screen_now.print_button.text(), timeout=20_000)
    assert "no printer" in shown(unlocked.screen_now.printers)
    assert not unlocked.screen_now.print_button.isEnabled()


def test_a_fault_of_ours_is_one_sentence_without_a_citizen_s_name(unlocked, qtbot, capsys) -> None:
    def fault(_reader: object) -> None:
        raise RuntimeError("Kirsten Møller")

    unlocked.desk.line().ask(fault, print, print)
    qtbot.waitUntil(lambda: "BR01" in unlocked.notice.sentence)
    assert "Kirsten" not in unlocked.notice.sentence
    assert "Kirsten" not in capsys.readouterr().err


def test_a_printer_that_takes_no_pdf_is_given_the_same_pages_drawn(qapp, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "drawn.pdf"))
    draw(town.PDF, printer)
    drawn = QPdfDocument()
    drawn.load(str(tmp_path / "drawn.pdf"))
    assert drawn.pageCount() == 1
    picture = drawn.render(0, QSize(595, 842))
    assert picture.pixelColor(300, 150).lightness() < picture.pixelColor(300, 600).lightness()


def test_the_demo_shows_its_words_and_no_other_window_does(pc, qtbot, new_window) -> None:
    window = new_window(pc, demo_words="regn lampe")
    assert any("regn lampe" in label.text() for label in window.findChildren(QLabel))
    assert not any("regn lampe" in label.text() for label in new_window(pc).findChildren(QLabel))
