"""The municipality's own prints in the window: found, listed by day, seen, and printed behind a cover."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest

from backupreader.domain.records import Receipt
from backupreader.language import Language
from tests.ui import prints, town
from tests.ui.conftest import open_up
from tests.ui.test_window import shown
from ui.chapter import ToDocument
from ui.look import State
from ui.rows import Kind
from ui.telling.receipts import receipt_rows

AFTEN = "tryk:Koerelister/Aften.pdf"


@pytest.fixture(scope="module")
def print_pc(tmp_path_factory) -> town.Pc:
    """A PC that has received everything, and prints beside it."""
    return town.found(tmp_path_factory.mktemp("prints"), more=prints.items())


@pytest.fixture(scope="module")
def only_prints_pc(tmp_path_factory) -> town.Pc:
    """A PC whose municipality exports citizens, and no visits but prints."""
    return town.found(tmp_path_factory.mktemp("only"), delivered=False, more=prints.items())


@pytest.fixture
def window(new_window, print_pc, qtbot):
    made = new_window(print_pc)
    open_up(qtbot, made)
    return made


@pytest.fixture
def only_prints(new_window, only_prints_pc, qtbot):
    made = new_window(only_prints_pc)
    open_up(qtbot, made)
    return made


def driving(window, qtbot):
    window.go("driving")
    screen = window.screen_now
    qtbot.waitUntil(lambda: bool(screen.visits.rows))
    return screen


def choose(window, qtbot, name: str) -> None:
    """Down to the route of that name, with the arrow."""
    screen = window.screen_now
    for _ in screen.routes.rows:
        if screen.routes.chosen is not None and screen.routes.chosen.title == name:
            break
        qtbot.keyClick(window.topbar.search, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: name in screen.heading.text())


def test_words_in_a_document_are_found_and_seen_by_keyboard_alone(window, qtbot) -> None:
    search = window.topbar.search
    QTest.keyClicks(search, "brand luk")
    qtbot.waitUntil(lambda: "Vejledning nødkald" in shown(window.screen_now.list))
    told = shown(window.screen_now.list)
    assert "Nobody here is found" in told
    assert "page 2" in told
    assert "ved brand ring 112" in told
    assert "Taken from tryk today 04:15 · 4 h 27 min old" in told
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_now.preview.pages == 2)
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == "brand luk"


def test_documents_stand_after_the_citizens_with_whose_they_are(window, qtbot) -> None:
    QTest.keyClicks(window.topbar.search, "kirsten")
    qtbot.waitUntil(lambda: "Documents" in shown(window.screen_now.list))
    rows = window.screen_now.list.rows
    citizens, *_, heading = [at for at, row in enumerate(rows) if row.kind is Kind.HEADING]
    assert {row.title for row in rows[citizens + 1 : heading]} == {"Kirsten Møller"}
    assert window.screen_now.list.chosen is rows[1]
    hers = next(row for row in rows[heading:] if row.title == "Kirsten")
    assert "Kirsten Møller   14 Mar 1938 (88)" in hers.details[0]
    assert "Driving list · nord dag" in shown(window.screen_now.list)


def test_only_the_latest_words_are_answered(window, qtbot) -> None:
    QTest.keyClicks(window.topbar.search, "nødkald")
    window.topbar.search.clear()
    QTest.keyClicks(window.topbar.search, "forrige")
    qtbot.waitUntil(lambda: "Gammel" in shown(window.screen_now.list))
    assert "Vejledning" not in shown(window.screen_now.list)


def test_a_document_of_a_citizen_who_never_came_is_found_and_says_so(window, qtbot) -> None:
    QTest.keyClicks(window.topbar.search, "fremmed")
    qtbot.waitUntil(lambda: "Citizen not delivered" in shown(window.screen_now.list))


def test_a_page_that_was_meant_is_the_one_that_is_seen(window, qtbot) -> None:
    window.go("document", ToDocument(AFTEN, "Aften", 2))
    qtbot.waitUntil(lambda: window.screen_now.preview.pages == 2)
    navigator = window.screen_now.preview._view.pageNavigator()
    qtbot.waitUntil(lambda: navigator.currentPage() == 1)


def test_a_route_with_visits_and_a_print_shows_both(window, qtbot) -> None:
    screen = driving(window, qtbot)
    choose(window, qtbot, "Nord dag")
    qtbot.waitUntil(lambda: "Skift forbinding" in shown(screen.visits))
    print_row, kept, *visits = screen.visits.rows
    assert kept.kind is Kind.KEPT
    assert (print_row.lead, print_row.title) == ("PDF", "Nord dag")
    assert "Taken from tryk today 04:15 · 4 h 27 min old" in print_row.details
    assert len(visits) == 5
    assert screen.source.text() == "Taken from nexus today 05:30 · 3 h 12 min old"
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Return)
    qtbot.keyClick(screen.visits, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_now.name == "document")
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "Nord dag" in window.screen_now.heading.text())


def test_where_only_prints_are_exported_the_days_and_routes_are_theirs(only_prints, qtbot) -> None:
    screen = driving(only_prints, qtbot)
    assert [row.title for row in screen.routes.rows][:4] == ["Aften", "nord dag", "Uden rute", "Other documents"]
    assert "Taken from tryk today 04:15" in screen.source.text()
    assert "The visits themselves are not in this copy" in shown(screen.visits)
    assert screen.printable() is None
    qtbot.keyClick(only_prints.topbar.search, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: "No driving list was delivered for this day." in shown(screen.routes))
    qtbot.keyClick(only_prints.topbar.search, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: "CANNOT BE SEARCHED" in shown(screen.visits))
    assert screen.heading.text().startswith("Aften · Tue 24 Nov")
    qtbot.keyClick(only_prints.topbar.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: only_prints.screen_now.name == "document")
    qtbot.waitUntil(lambda: "CANNOT BE SEARCHED" in only_prints.screen_now.marks.words)


def test_the_first_page_counts_prints_where_there_are_no_visits(only_prints, window, qtbot) -> None:
    qtbot.waitUntil(lambda: "today, 3 routes, 3 documents" in only_prints.screen_now.driving.under)
    qtbot.waitUntil(lambda: "today, 4 routes, 5 visits, 3 documents" in window.screen_now.driving.under)


def test_a_day_keeps_its_name_when_its_route_is_the_documents_of_no_day(window, qtbot) -> None:
    screen = driving(window, qtbot)
    choose(window, qtbot, "Other documents")
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: screen.heading.text().startswith("Nord dag · Mon 23 Nov"))
    assert "Other documents" in shown(screen.routes)


def test_documents_of_no_citizen_route_or_day_are_the_last_choice(window, qtbot) -> None:
    screen = driving(window, qtbot)
    choose(window, qtbot, "Other documents")
    told = shown(screen.visits)
    titles = [row.title for row in screen.visits.rows if row.kind is not Kind.HEADING]
    assert [row.title for row in screen.visits.rows if row.kind is Kind.HEADING] == [
        "For everyone",
        "Of citizens who were not delivered",
        "Driving lists of other days",
    ]
    assert titles[1:] == ["Vejledning nødkald", "fremmed", "Gammel"]
    assert "CANNOT BE SEARCHED" in told
    assert "day not said" in told
    assert screen.print_button.isHidden()


def test_a_print_that_did_not_come_is_told_where_it_would_have_stood(window, qtbot) -> None:
    screen = driving(window, qtbot)
    assert "Some prints did not come or could not be read" in shown(screen.routes)


def test_her_own_documents_say_their_source_and_age(window, qtbot) -> None:
    window.go("citizen", "nexus:1")
    qtbot.waitUntil(lambda: bool(window.screen_now.chapters.rows))
    window.screen_now.chapters.choose(99)
    qtbot.waitUntil(lambda: "Taken from tryk today 04:15" in shown(window.screen_now.content))
    assert "Medication list" in shown(window.screen_now.content)


def test_the_files_of_each_source_stand_with_their_sum_and_what_was_refused_first(window, qtbot) -> None:
    window.go("data")
    qtbot.waitUntil(lambda: "The files: tryk" in shown(window.screen_now.list))
    rows = window.screen_now.list.rows
    at = [row.title for row in rows].index("The files: tryk")
    assert rows[at].aside == "10 files: 10 read = 9 filed + 1 refused, 4 left unread on purpose"
    assert rows[at + 1].title == "Koerelister/Nat.pdf"
    assert [(mark.word, mark.state) for mark in rows[at + 1].marks] == [("1 REFUSED", State.STOP)]
    assert (rows[at + 2].title, rows[at + 2].marks[0].word) == ("Medicinlister/fremmed.pdf", "ERROR, SEE ABOVE")
    assert rows[at + 3].details == ("1 read = 1 filed + 0 refused",)
    fmk = [row.title for row in rows].index("The files: FMK")
    assert rows[fmk + 1].title == "medicin.csv"
    assert rows[fmk].aside == "131 files: 308 read = 307 filed + 1 refused, 3 left unread on purpose"
    assert rows[-1].title == "30 more files of which nothing was refused"
    assert rows[-1].details == ("60 read = 60 filed + 0 refused",)


def test_a_file_with_an_error_stands_first_though_nothing_of_it_was_refused() -> None:
    receipts = [Receipt(source="a", file=name, read=1, filed=1, refused=0) for name in ("good", "bad")]
    rows = receipt_rows(receipts, ["bad"], Language("en"))
    assert [row.title for row in rows] == ["The files: a", "bad", "good"]
    assert rows[1].marks[0].state is State.STOP


def test_data_without_receipts_says_so() -> None:
    assert receipt_rows((), (), Language("en"))[1].kind is Kind.NOTHING


@pytest.fixture
def printer(tmp_path: Path, monkeypatch) -> Path:
    """A print system with one printer; what is printed lands in a folder, numbered in order."""
    folder, printed = tmp_path / "bin", tmp_path / "printed"
    folder.mkdir()
    printed.mkdir()
    scripts = {
        "lpstat": 'case "$*" in *-p*) echo "printer Kontor is idle.  enabled since today";; '
        '*-a*) echo "Kontor accepting requests since today";; *-d*) echo "system default destination: Kontor";; esac',
        "lp": f'[ -e "{tmp_path}/full" ] && echo "lp: no room" >&2 && exit 1\n'
        f'n=$(ls "{printed}" | wc -l); cat > "{tmp_path}/part"; mv "{tmp_path}/part" "{printed}/$n.pdf"; '
        'echo "request id is Kontor-7 (1 file(s))"',
    }
    for name, body in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return printed


def ctrl_p(window, qtbot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)


def test_ctrl_p_prints_the_very_pdf_behind_a_cover_that_says_its_age(only_prints, printer: Path, qtbot) -> None:
    screen = driving(only_prints, qtbot)
    assert screen.print_button.isVisible()
    ctrl_p(only_prints, qtbot)
    screen = only_prints.screen_now
    qtbot.waitUntil(lambda: screen.preview.pages == 2)
    ctrl_p(only_prints, qtbot)
    qtbot.waitUntil(screen.print_button.isEnabled, timeout=20_000)
    assert screen.print_button.text() == "Print 3 pages  Ctrl+P"
    ctrl_p(only_prints, qtbot)
    qtbot.waitUntil(lambda: "Kontor" in only_prints.notice.sentence, timeout=20_000)
    assert [path.name for path in sorted(printer.iterdir())] == ["0.pdf", "1.pdf"]
    assert (printer / "1.pdf").read_bytes() == prints.prints()[1].content
    cover = QPdfDocument()
    cover.load(str(printer / "0.pdf"))
    told = cover.getAllText(0).text()
    assert "BACKUP" in told
    assert "Taken from tryk 22 Nov 2026 04:15, 4 h 27 min old" in told
    assert "2 pages follow, as the source wrote them." in told
    assert town.NAME in told


def test_nothing_is_printed_without_its_cover(only_prints, printer: Path, qtbot) -> None:
    only_prints.go("document", ToDocument(AFTEN, "Aften"))
    screen = only_prints.screen_now
    qtbot.waitUntil(lambda: screen.preview.pages == 2)
    qtbot.mouseClick(screen.open_print, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(screen.print_button.isEnabled, timeout=20_000)
    (printer.parent / "full").touch()
    qtbot.keyClick(only_prints.topbar.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "no room" in only_prints.notice.sentence, timeout=20_000)
    (printer.parent / "full").unlink()
    assert not list(printer.iterdir())


def test_without_a_printer_the_document_is_seen_and_the_lack_is_said(window, qtbot, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    window.go("document", ToDocument(AFTEN, "Aften"))
    screen = window.screen_now
    qtbot.waitUntil(lambda: screen.preview.pages == 2)
    window.print_seen()
    qtbot.waitUntil(lambda: "3 pages, no printer" in screen.print_button.text(), timeout=20_000)
    assert not screen.print_button.isEnabled()


def test_a_text_that_is_no_pdf_has_nothing_to_print(window, qtbot) -> None:
    window.go("document", ToDocument("nexus:p2", "Hjælpemidler"))
    qtbot.waitUntil(lambda: "Loftlift" in shown(window.screen_now.text))
    window.print_seen()
    assert window.screen_now.paper.isHidden()
    assert window.screen_now.open_print.isHidden()


@pytest.mark.parametrize("name", ["find", "driving", "data", "document"])
def test_it_can_be_drawn_large_dark_and_in_danish(window, qtbot, name: str) -> None:
    window.go(name, {"find": "nødkald", "document": ToDocument(AFTEN, "Aften")}.get(name))
    window.restyle(Language("da"), replace(window.look, dark=True, scale=200))
    answered: list[object] = []
    window.desk.line().ask(lambda _reader: None, answered.append, answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    assert not window.grab().isNull()
