"""Before a print begins: what is found is said under the printers; and the way over Qt, with a printer that writes a file."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from backupreader.domain.errors import NO_PRINTER
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language
from backupreader.store.files import Files
from backupreader.store.lastprinter import LastPrinter
from printing.jobs import Printer, State
from printing.preflight import Looked
from printing.spoolcheck import Flaw, Spool
from tests.printing.service import Service, service
from tests.ui import town
from ui.pages import Printable
from ui.spool import draw, look, prepare
from ui.telling.printers import preflight
from ui.widgets.found import Found

ENGLISH = Language("en")


def looked(state: State, **more) -> Looked:
    return Looked(printers=(Printer("Ward", state),), **more)


def test_a_printer_that_is_ready_has_nothing_under_it(qtbot):
    shown = Found(_look(), ENGLISH)
    qtbot.addWidget(shown)
    assert shown.tell(looked(State.READY), Printer("Ward", State.READY), 3)
    assert shown.isHidden()
    assert shown.tell(None, None, 3)
    assert shown.isHidden()


def test_what_is_found_is_told_with_what_to_do_and_a_paused_printer_keeps_the_print_from_beginning(qtbot):
    shown = Found(_look(), ENGLISH)
    qtbot.addWidget(shown)
    assert shown.tell(looked(State.NO_PAPER), Printer("Ward", State.NO_PAPER), 3)
    assert shown.text() == "Ward is out of paper. Fill the tray."
    assert not shown.isHidden()
    assert not shown.tell(looked(State.PAUSED), Printer("Ward", State.PAUSED), 3)
    assert "paused" in shown.text()


def test_all_that_is_found_is_told_each_on_a_line_of_its_own():
    spool = Spool((Flaw("PreserveJobFiles", "", "No"),))
    told = preflight(looked(State.BUSY, last="Office", spool=spool), Printer("Ward", State.BUSY), 212, ENGLISH)
    assert [line.partition(". ")[0] for line in told.text.splitlines()] == [
        "Ward is printing something else",
        "212 sheets are needed",
        "The last pages from this PC went to another printer than Ward",
        "The print system of this PC may keep a copy of what is printed",
    ]
    assert told.begins


def test_the_last_printer_is_remembered_and_a_disk_that_takes_nothing_keeps_nobody_from_printing(tmp_path: Path):
    assert look(tmp_path).last == ""
    LastPrinter(tmp_path, Files()).used("Ward")
    assert look(tmp_path).last == "Ward"
    for file in (tmp_path / "state").iterdir():
        file.write_bytes(b"{")
    assert look(tmp_path).last == ""
    (tmp_path / "blocked").mkdir()
    (tmp_path / "blocked" / "state").write_text("a file where a folder should be", encoding="utf-8")
    LastPrinter(tmp_path / "blocked", Files()).used("Ward")


# --- after a jam, with a real CUPS ---

JAM_ONCE = """
[ -e "$folder/cleared" ] && exit 0
echo "STATE: +media-jam-error" >&2
exit 4
"""


@pytest.fixture(scope="module")
def running() -> Iterator[Service]:
    with service() as made:
        yield made


@pytest.fixture
def page(running: Service, nurse, monkeypatch, qtbot):
    """Bo's window with a journal of several pages, made and seen."""
    monkeypatch.setenv("PATH", f"{running.programs}:{os.environ['PATH']}")
    for name in ("Ward", "Office", "Spare"):
        if name not in running.ask("lpstat", "-p"):
            running.printer(name, JAM_ONCE if name == "Ward" else "exit 0")
    nurse.go("print", Printable("journal", "Kirsten Møller", citizen="nexus:1"))
    screen = nurse.screen_now
    qtbot.waitUntil(lambda: bool(screen.printers.rows) and screen.print_button.isEnabled(), timeout=30_000)
    return nurse


def test_after_a_jam_the_rest_of_the_same_pages_goes_to_another_printer_and_the_first_prints_nothing(
    page, running: Service, own_pc, qtbot
):
    screen = page.screen_now
    count = screen._pages.count
    assert count > 1
    assert screen.from_sheet.isHidden()
    screen.printers.choose([printer.name for printer in screen._offers.printers].index("Ward"))
    screen.print_now()
    qtbot.waitUntil(lambda: "Ward" in running.ask("lpstat", "-W", "not-completed", "-o", "Ward"), timeout=30_000)
    qtbot.waitUntil(lambda: "media-jam" in running.ask("lpstat", "-l", "-p", "Ward"), timeout=30_000)
    assert not screen.from_sheet.isHidden()
    for wrong in (str(count + 1), "0", "x", "9" * 30):
        screen.from_sheet.setText(wrong)
        assert not screen.print_button.isEnabled()
        assert f"There are only {count} sheets" in screen.print_button.text()
    screen.printers.choose([printer.name for printer in screen._offers.printers].index("Office"))
    screen.from_sheet.setText("2")
    assert screen.print_button.text().startswith("Print the last")
    screen.print_now()
    office = running.folder / "Office"
    qtbot.waitUntil(lambda: bool(list(office.glob("paper-*"))), timeout=30_000)
    qtbot.waitUntil(lambda: not running.ask("lpstat", "-W", "not-completed", "-o", "Office"), timeout=30_000)
    (paper,) = office.glob("paper-*")
    with pypdfium2.PdfDocument(paper.read_bytes()) as pdf:
        assert len(pdf) == count - 1
        assert f"2 of {count}" in pdf[0].get_textpage().get_text_bounded()
    assert not running.ask("lpstat", "-W", "not-completed", "-o", "Ward"), "the former job would come twice"
    qtbot.waitUntil(lambda: [act.kind for act in town.acts(own_pc)].count("printed") == 2, timeout=30_000)
    last = [act for act in town.acts(own_pc) if act.kind == "printed"][-1]
    assert last.pages == count - 1
    assert "Office, from sheet 2" in last.what


def test_other_pages_are_not_the_rest_of_anything(page, qtbot):
    screen = page.screen_now
    screen.printers.choose([printer.name for printer in screen._offers.printers].index("Spare"))
    screen.print_now()
    assert not screen.from_sheet.isHidden()
    screen.from_sheet.setText("2")
    screen.documents.choose(0)
    qtbot.waitUntil(screen.print_button.isEnabled, timeout=30_000)
    assert screen.from_sheet.isHidden()
    assert screen.from_sheet.text() == ""


# --- Qt's own printing ---


@pytest.mark.parametrize(("sides", "media", "wide"), [(1, "A4", 595), (2, "A4", 595), (1, "A3", 842)])
def test_pages_are_drawn_in_grey_on_the_paper_that_was_asked_for(qapp, tmp_path: Path, sides, media, wide):
    from PySide6.QtPrintSupport import QPrinter

    printer, file = QPrinter(), tmp_path / "drawn.pdf"
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    prepare(printer, sides=sides, media=media)
    assert printer.resolution() == 300
    draw(coloured(3), printer)
    with pypdfium2.PdfDocument(file.read_bytes()) as pdf:
        assert len(pdf) == 3
        assert round(pdf[0].get_width()) == wide
        image = pdf[0].render(scale=0.2).to_pil().convert("RGB")
    colours = {colour for _count, colour in image.getcolors(1 << 16)}
    assert all(max(colour) - min(colour) <= 2 for colour in colours), "grey only"
    assert len(colours) > 1, "something is drawn"


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_take_the_pages_is_told(qapp, tmp_path: Path):
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "none" / "drawn.pdf"))
    prepare(printer)
    with pytest.raises(ReaderError) as trouble:
        draw(coloured(1), printer)
    assert trouble.value.kind is NO_PRINTER


def coloured(pages: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for _ in range(pages):
        canvas.setFillColorRGB(0.9, 0.1, 0.1)
        canvas.rect(100, 100, 300, 500, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _look():
    from ui.look import Look

    return Look()
