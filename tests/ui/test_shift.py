"""Print for the shift: how much it is before it begins, that it goes on by itself, and that it can be stopped."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument

from backupreader.domain.newcitizen import read
from backupreader.domain.shifts import shift_at
from backupreader.language import Language
from backupreader.store.files import Files
from backupreader.store.ledger import Ledger
from tests.ui import town
from tests.ui.conftest import open_up
from ui import bundle
from ui.look import Look
from ui.telling.shift import ours_told, routes_told

LPSTAT = """#!/bin/sh
case "$*" in
  *-p*) echo "printer Kontor is idle.  enabled since Sun" ;;
  *-a*) echo "Kontor accepting requests since Sun" ;;
  *-d*) echo "system default destination: Kontor" ;;
esac
"""


@pytest.fixture
def printer(tmp_path: Path, monkeypatch) -> Path:
    """A printer that keeps what it is sent in a file."""
    paper, programs = tmp_path / "paper.pdf", tmp_path / "bin"
    programs.mkdir()
    (programs / "lpstat").write_text(LPSTAT)
    (programs / "lp").write_text(
        f'#!/bin/sh\necho "$@" > "{paper.with_suffix(".words")}"\n'
        f'cat > "{paper}.part" && mv "{paper}.part" "{paper}" && echo "request id is Kontor-1 (1)"\n'
    )
    for program in programs.iterdir():
        program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    return paper


@pytest.fixture
def page(nurse, printer, qtbot):
    """Bo's window on the page, everything on it asked and answered."""
    nurse.go("shift")
    screen = nurse.screen_now
    qtbot.waitUntil(lambda: bool(screen.groups.rows) and bool(screen.documents.rows) and bool(screen.printers.rows))
    return nurse


def texts(path: Path) -> list[str]:
    read = QPdfDocument()
    read.load(str(path))
    return [read.getAllText(number).text() for number in range(read.pageCount())]


def ledger(page) -> Ledger:
    return Ledger(page.settings.data, page.session, Files())


def choose(page, title: str, qtbot) -> None:
    number = [row.title for row in page.screen_now.groups.rows if row.chosen_by_keys].index(title)
    page.screen_now.groups.choose(number)


def test_how_many_and_about_how_much_is_said_before_anything_begins(page) -> None:
    screen = page.screen_now
    assert screen.heading.text() == "Team Nord"
    assert screen.sum.text().startswith("4 citizens · about ")
    assert "pages" in screen.sum.text()
    assert "minutes" in screen.sum.text()
    assert screen.documents.rows[0].title.startswith("All for the shift")
    assert "ready" in screen.printers.rows[0].spoken
    assert screen.print_button.isEnabled()


def test_one_button_prints_for_the_whole_unit_and_the_log_has_it(page, printer, own_pc, qtbot) -> None:
    qtbot.mouseClick(page.screen_now.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(printer.exists, timeout=30_000)
    qtbot.waitUntil(lambda: "sent to Kontor" in page.notice.sentence)
    told = "\n".join(texts(printer))
    for name in ("Kirsten Møller", "Åse Ægidius", "Jan Żółć"):
        assert name in told
    assert "Bent" not in told
    assert not page.is_printing
    acts = town.acts(own_pc)
    asked, printed = (next(act for act in acts if act.kind == kind) for kind in ("print", "printed"))
    assert len(asked.citizens) == len(printed.citizens) == 4
    assert asked.what == "shift"
    assert printed.pages == len(texts(printer))
    assert {act.citizens[0] for act in acts if act.kind == "view"} == set(asked.citizens)
    (job,) = ledger(page).read().jobs
    numbers = [str(sheet.serial) for sheet in job.sheets()]
    feet = [" ".join(text.split()) for text in texts(printer)]
    assert sorted(numbers) == sorted(number for text in feet for number in numbers if f"Sheet {number}" in text)


def test_it_is_done_by_keys_alone_and_enter_alone_prints_nothing(page, printer, qtbot) -> None:
    search = page.topbar.search
    qtbot.keyClick(search, Qt.Key.Key_Right)
    assert page.screen_now._document == "summary"
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert page.screen_now.print_button.hasFocus() or page.focusWidget() is page.screen_now.print_button
    assert not page.is_printing
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert page.is_printing
    qtbot.waitUntil(printer.exists, timeout=30_000)
    assert any("Kirsten" in text for text in texts(printer))


def test_it_goes_on_when_the_window_locks_at_once(page, printer, own_pc, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(bundle, "_AT_ONCE", 1)
    page.screen_now.print_now()
    page.lock()
    assert page.screen_now.name == "lock"
    qtbot.waitUntil(printer.exists, timeout=30_000)
    assert "Jan Żółć" in "\n".join(texts(printer))
    qtbot.waitUntil(lambda: not page.desk.is_holding())
    kinds = [act.kind for act in town.acts(own_pc)]
    assert kinds.index("lock") > max(number for number, kind in enumerate(kinds) if kind == "view")
    assert "printed" in kinds


def test_another_page_is_gone_to_meanwhile_and_it_is_told_there(page, printer, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(bundle, "_AT_ONCE", 1)
    page.screen_now.print_now()
    page.go("data")
    assert "Printing for the shift" in page.foot("bundle", print).sentence
    page.restyle(Language("en"), Look(scale=150))
    assert "Printing for the shift" in page.foot("bundle", print).sentence
    qtbot.waitUntil(printer.exists, timeout=30_000)
    qtbot.waitUntil(lambda: not page.foot("bundle", print).sentence)


def test_it_can_be_stopped_and_then_nothing_is_printed(page, printer, own_pc, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(bundle, "_AT_ONCE", 1)
    page.screen_now.print_now()
    foot = page.foot("bundle", print)
    assert "Stop printing" in foot.action.text()
    qtbot.mouseClick(foot.action, Qt.MouseButton.LeftButton)
    assert "Nothing was printed" in page.notice.sentence
    answers: list[object] = []
    for desk in (page.desk, page.press):
        desk.line().ask(lambda _held: None, answers.append, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert not printer.exists()
    assert "printed" not in [act.kind for act in town.acts(own_pc)]
    assert not ledger(page).read().jobs, "nothing of it is waited for"
    page.go("shift")
    qtbot.waitUntil(page.screen_now.print_button.isEnabled)


def test_another_unit_is_behind_a_reason_which_the_log_has_for_each(page, printer, own_pc, qtbot) -> None:
    choose(page, "Plejehjemmet Søgården", qtbot)
    screen = page.screen_now
    assert "Plejehjemmet Søgården" in screen.reason.words
    assert not screen.print_button.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert not page.is_printing, "what cannot be seen cannot be pressed"
    screen.reason.reasons.setFocus()
    qtbot.keyClick(screen.reason.reasons, Qt.Key.Key_3)
    assert screen.print_button.isVisible()
    screen.print_now()
    qtbot.waitUntil(printer.exists, timeout=30_000)
    assert "Bent <b>Fed</b> & Søn" in "\n".join(texts(printer))
    broken = [act for act in town.acts(own_pc) if act.kind == "break-glass"]
    assert {act.citizens for act in broken} == {("nexus:6",), ("nexus:7",)}, "the third one is visited by her own unit"
    assert {act.reason for act in broken} == {"I help out in that unit"}


def test_all_for_a_route_is_its_list_then_its_citizens_in_visit_order_under_a_cover(page, printer, qtbot) -> None:
    choose(page, "Nord dag", qtbot)
    screen = page.screen_now
    if not screen.reason.isHidden():
        screen.reason.stated.emit("I help out in that unit")
    assert screen.documents.chosen.title.startswith("All for the shift")
    screen.print_now()
    qtbot.waitUntil(printer.exists, timeout=30_000)
    read = [" ".join(text.split()) for text in texts(printer)]
    assert "From sheet" in read[0]
    body = [text for text in read if "Print for the shift" not in text]
    assert "For the car" in body[0]
    heads = [text for text in body if "Emergency summary" in text]
    names = ("Kirsten Møller", "Åse Ægidius", "Jan Żółć", "Kirsten Møller")
    assert [name for name, text in zip(names, heads, strict=True) if name in text] == list(names)


def test_on_both_sides_no_sheet_holds_two_citizens(nurse, printer, qtbot) -> None:
    nurse.settings = replace(nurse.settings, two_sided=True)
    nurse.go("shift")
    screen = nurse.screen_now
    qtbot.waitUntil(screen.print_button.isEnabled)
    screen.print_now()
    qtbot.waitUntil(printer.exists, timeout=30_000)
    (job,) = ledger(nurse).read().jobs
    read = [" ".join(text.split()) for text in texts(printer)]
    assert len(read) == 2 * job.count
    names = ("Kirsten Møller", "Åse Ægidius", "Jan Żółć")
    sheets = [" ".join(read[place : place + 2]) for place in range(0, len(read), 2)]
    body = [sheet for sheet in sheets if "Print for the shift" not in sheet]
    assert all(sum(name in sheet for name in names) <= 1 for sheet in body)
    assert "sides=two-sided-long-edge" in printer.with_suffix(".words").read_text()


def test_a_route_has_its_driving_list_by_itself_too(page, printer, qtbot) -> None:
    choose(page, "Nord dag", qtbot)
    screen = page.screen_now
    screen.documents.choose(1)
    assert screen.documents.chosen.title == "Driving list"
    if not screen.reason.isHidden():
        screen.reason.stated.emit("I help out in that unit")
    screen.print_now()
    qtbot.waitUntil(printer.exists, timeout=30_000)
    assert "Nord dag" in "\n".join(texts(printer))


def test_a_route_has_its_planner_s_sheet_which_is_of_the_route_and_not_of_its_citizens(page, printer, qtbot) -> None:
    choose(page, "Nord dag", qtbot)
    screen = page.screen_now
    titles = [row.title for row in screen.documents.rows]
    screen.documents.choose(titles.index("Planner's sheet"))
    assert screen.sum.text().startswith("1 driving list · about ")
    if not screen.reason.isHidden():
        screen.reason.stated.emit("I help out in that unit")
    screen.print_now()
    qtbot.waitUntil(printer.exists, timeout=30_000)
    read = "\n".join(texts(printer))
    assert "Nord dag" in read
    assert "Carer now:" in read


def test_one_that_cannot_be_read_keeps_all_of_it_from_being_printed(page, printer, qtbot) -> None:
    def forget(reader) -> None:
        reader.session.state_always("")
        reader._guard._own = frozenset()

    page.desk.line().ask(forget, lambda _none: None, page.tell)
    page.screen_now.print_now()
    qtbot.waitUntil(lambda: "BR36" in page.notice.sentence or "reason" in page.notice.sentence)
    assert not page.is_printing
    assert not printer.exists()


def test_without_a_printer_that_is_said_on_the_button(nurse, qtbot, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    nurse.go("shift")
    qtbot.waitUntil(lambda: "No printer" in nurse.screen_now.print_button.text())
    assert not nurse.screen_now.print_button.isEnabled()


def test_a_pc_without_visits_offers_its_units(new_window, bare_pc, printer, qtbot) -> None:
    window = new_window(bare_pc)
    open_up(qtbot, window)
    window.go("shift")
    qtbot.waitUntil(lambda: bool(window.screen_now.groups.rows))
    assert [row.title for row in window.screen_now.groups.rows] == [
        "Units", "Plejehjemmet Søgården", "Team Nord", "Blank forms", "Without a name on them",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        ("2026-11-22T08:42", ("our 4 citizens today", "today, 1 route")),
        ("2026-11-22T18:00", ("our 4 citizens this evening", "this evening, 1 route")),
        ("2026-11-23T02:10", ("our 4 citizens tonight", "tonight, 1 route")),
    ],
)
def test_a_shift_is_told_by_its_word(clock: str, said: tuple[str, str]) -> None:
    shift, english = shift_at(datetime.fromisoformat(clock).replace(tzinfo=town.ZONE)), Language("en")
    assert (ours_told(4, shift, english), routes_told(1, shift, english)) == said


def test_a_blank_form_is_printed_for_nobody_and_a_new_citizen_gets_a_number(page, printer, own_pc, qtbot) -> None:
    choose(page, "Without a name on them", qtbot)
    screen = page.screen_now
    titles = [row.title for row in screen.documents.rows]
    assert {"Observation", "Key log", "New citizen"} <= set(titles)
    screen.documents.choose(titles.index("New citizen"))
    screen.print_now()
    qtbot.waitUntil(printer.exists, timeout=30_000)
    (form,) = texts(printer)
    numbers = {read(word) for word in form.split()} - {None}
    assert len(numbers) == 1
    assert next(act for act in town.acts(own_pc) if act.kind == "printed").citizens == ()
