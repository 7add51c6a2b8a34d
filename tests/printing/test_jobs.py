"""Printers and jobs: what CUPS says in its words, played by a program that the test writes, and by CUPS itself where it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from backupreader.domain.errors import FILE_TROUBLE, NO_PRINTER
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language
from printing import jobs, spool
from printing.document import Subject
from printing.documents import document
from printing.jobs import Job, Printer, State
from tests.printing.service import Service, service, wait_until

DETAILS = "\tForm mounted:\n\tContent types: any\n\tAlerts: {alerts}\n\tLocation: \n"


def listed(head: str, alerts: str = "none", words: str = "") -> str:
    return f"printer {head}\n" + (f"\t{words}\n" if words else "") + DETAILS.format(alerts=alerts)


@pytest.mark.parametrize(
    ("head", "alerts", "words", "state"),
    [
        ("A is idle.  enabled since Sun", "none", "", State.READY),
        ("A is idle.  enabled since Sun", "media-low-warning toner-low-report", "", State.READY),
        ("A now printing A-7.  enabled since Sun", "none", "", State.BUSY),
        ("A now printing A-7.  enabled since Sun", "media-empty-error", "Out of paper!", State.NO_PAPER),
        ("A now printing A-7.  enabled since Sun", "none", "The printer is out of paper.", State.NO_PAPER),
        ("A is idle.  enabled since Sun", "media-jam-error", "", State.JAM),
        ("A is idle.  enabled since Sun", "cover-open-warning", "", State.OPEN),
        ("A is idle.  enabled since Sun", "toner-empty-error", "", State.NO_INK),
        ("A is idle.  enabled since Sun", "offline-report", "", State.OFFLINE),
        (
            "A now printing A-7.  enabled since Sun",
            "connecting-to-device",
            "The printer is unreachable.",
            State.OFFLINE,
        ),
        ("A is idle.  enabled since Sun", "developer-empty-error", "", State.TROUBLE),
        ("A disabled since Sun -", "paused", "Paused", State.PAUSED),
    ],
)
def test_what_cups_says_becomes_one_of_a_few_states(head, alerts, words, state):
    (printer,) = jobs.parsed(listed(head, alerts, words), frozenset(), None)
    assert printer == Printer("A", state, words, low="media-low" in alerts)


def test_a_queue_that_takes_no_jobs_is_known_and_the_default_is_marked():
    text = listed("B is idle.  enabled since Sun") + listed("A is idle.  enabled since Sun")
    first, second = jobs.parsed(text, frozenset({"B"}), "A")
    assert (first.name, first.default, first.state) == ("A", True, State.READY)
    assert (second.name, second.default, second.state) == ("B", False, State.REJECTING)
    assert not second.state.takes_jobs
    assert first.state.takes_jobs


def test_a_text_without_printers_is_no_printer():
    assert jobs.parsed("", frozenset(), None) == ()
    assert jobs.parsed("lpstat: No destinations added.\n", frozenset(), None) == ()


def test_every_state_is_a_sentence():
    assert all(jobs.said(state, Language("en")) for state in State)


# --- a print system that the test writes ---


def program(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


@pytest.fixture
def cups(tmp_path, monkeypatch) -> Path:
    """A folder for made-up programs, alone on the PATH but for the shell's own."""
    if os.name == "nt":
        pytest.skip("CUPS is not on Windows")
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")
    return folder


def test_a_job_is_handed_over_through_a_pipe_in_the_c_locale_without_a_name(cups, tmp_path, monkeypatch):
    program(
        cups,
        "lp",
        f'echo "$@" > {tmp_path}/words; echo "$LC_ALL $LD_LIBRARY_PATH" > {tmp_path}/locale; cat > {tmp_path}/paper; echo "request id is Ward-12 (0 file(s))"',
    )
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/original")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/frozen")
    assert jobs.submit(b"%PDF-1.4 paper", "Ward", "Backup Reader") == Job("Ward", "Ward-12")
    assert (tmp_path / "paper").read_bytes() == b"%PDF-1.4 paper"
    assert (tmp_path / "words").read_text() == "-d Ward -o media=A4 -o sides=one-sided -t Backup Reader -\n"
    assert (tmp_path / "locale").read_text() == "C /original\n"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (
            'echo "lp: Error - The printer or class does not exist." >&2; exit 1',
            "Error - The printer or class does not exist.",
        ),
        ("exit 3", "3"),
        ("echo done", "0"),
    ],
)
def test_a_printer_that_refuses_is_told_with_its_reason(cups, script, reason):
    program(cups, "lp", f"cat > /dev/null; {script}")
    with pytest.raises(ReaderError) as trouble:
        jobs.submit(b"%PDF", "Ward", "t")
    assert trouble.value.kind is NO_PRINTER
    assert str(trouble.value.facts["reason"]) == reason


def test_printers_are_listed_with_their_states(cups):
    program(
        cups,
        "lpstat",
        'case "$*" in "-l -p") printf "printer Ward is idle.  enabled since Sun\\n\\tForm mounted:\\n\\tAlerts: none\\nprinter Old is idle.  enabled\\n";;'
        ' "-a") echo "Ward accepting requests since Sun"; echo "Old not accepting requests since Sun -";;'
        ' "-d") echo "system default destination: Ward";;'
        ' "-W not-completed -o Ward") echo "Ward-12   root   1024   Sun";; esac',
    )
    assert jobs.printers() == (Printer("Old", State.REJECTING), Printer("Ward", State.READY, default=True))
    assert jobs.waiting(Job("Ward", "Ward-12"))
    assert not jobs.waiting(Job("Ward", "Ward-1"))


def test_without_a_print_system_there_is_no_printer_and_the_person_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert jobs.printers() == ()
    with pytest.raises(ReaderError) as trouble:
        jobs.submit(b"%PDF", "Ward", "t")
    assert "no print system" in trouble.value.sentence(Language("en"))


def test_a_program_that_cannot_be_run_is_a_printer_that_cannot_be_reached(cups, monkeypatch):
    program(cups, "lp", "")
    (cups / "lp").write_text("#!/no/such/shell\n", encoding="utf-8")
    monkeypatch.setenv("PATH", str(cups))
    with pytest.raises(ReaderError) as trouble:
        jobs.submit(b"%PDF", "Ward", "t")
    assert trouble.value.kind is NO_PRINTER


def test_pages_go_to_a_printer_without_a_file(cups, tmp_path, made):
    program(cups, "lp", f'cat > {tmp_path}/paper; echo "request id is Ward-1 (0 file(s))"')
    rendered, job = spool.to_printer(document("summary"), [Subject(journal=made.ordinary)], made.sheet, "Ward")
    assert job == Job("Ward", "Ward-1")
    assert rendered.pages == 1
    assert (tmp_path / "paper").read_bytes().startswith(b"%PDF")
    assert spool.to_printer(document("summary"), [], made.sheet, "Ward") == (
        spool.Rendered(0, rendered_of_nothing()),
        None,
    )


def rendered_of_nothing() -> str:
    return "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


# --- files ---


def test_a_file_is_replaced_whole_and_is_its_owners_only(tmp_path, made):
    file = tmp_path / "pages.pdf"
    file.write_text("old", encoding="utf-8")
    rendered = spool.to_file(document("journal"), [Subject(journal=made.ordinary)], made.sheet, file)
    assert file.read_bytes().startswith(b"%PDF")
    assert rendered.pages == 2
    assert [item.name for item in tmp_path.iterdir()] == ["pages.pdf"]
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_without_a_subject(tmp_path, made):
    file = tmp_path / "pages.pdf"
    assert spool.to_file(document("journal"), [], made.sheet, file).pages == 0
    assert not file.exists()


def test_a_folder_that_is_not_there_is_told(tmp_path, made):
    with pytest.raises(ReaderError) as trouble:
        spool.to_file(
            document("journal"), [Subject(journal=made.ordinary)], made.sheet, tmp_path / "none" / "pages.pdf"
        )
    assert trouble.value.kind is FILE_TROUBLE


def test_a_file_that_cannot_take_its_place_leaves_nothing_behind(tmp_path, made):
    (tmp_path / "pages.pdf").mkdir()
    with pytest.raises(ReaderError):
        spool.to_file(document("journal"), [Subject(journal=made.ordinary)], made.sheet, tmp_path / "pages.pdf")
    assert [item.name for item in tmp_path.iterdir()] == ["pages.pdf"]


def test_cups_is_asked_through_its_file_whatever_the_environment_names(cups, monkeypatch):
    monkeypatch.setenv("CUPS_SERVER", "print.example:631")
    program(cups, "lpstat", 'case "$CUPS_SERVER" in /run/cups/cups.sock) echo "printer Ward is idle.  enabled";; esac')
    assert [printer.name for printer in jobs.printers()] == ["Ward"]


# --- CUPS itself ---

QUEUE = "Ward-PDF"


@pytest.fixture(scope="module")
def running() -> Iterator[Service]:
    with service() as made:
        yield made


@pytest.fixture
def real(running: Service, monkeypatch) -> Iterator[Service]:
    """A CUPS that is set up as the handbook says, with a printer that prints into a file."""
    monkeypatch.setenv("PATH", f"{running.programs}:{os.environ['PATH']}")
    running.pdf_printer(QUEUE)
    yield running
    running.ask("cancel", "-a", QUEUE)
    running.ask("lpadmin", "-x", QUEUE)


def test_cups_takes_a_job_shows_its_state_and_keeps_nothing_of_it(real: Service, made):
    known = {printer.name: printer for printer in jobs.printers()}
    assert known[QUEUE].state is State.READY
    _rendered, job = spool.to_printer(document("medicine-sheet"), [Subject(journal=made.ordinary)], made.sheet, QUEUE)
    assert job is not None
    assert list((real.folder / "spool").glob("[cd]0*")), "the job went through the spool"
    wait_until(lambda: not jobs.waiting(job) and not list((real.folder / "spool").glob("[cd]0*")))
    assert not [file for file in (real.folder / "spool").rglob("*") if file.is_file()]
    assert QUEUE not in real.ask("lpstat", "-W", "completed", "-o", QUEUE)
    assert not (real.folder / "PageLog").exists()


def test_cups_says_when_a_queue_is_paused_rejecting_or_unknown(real: Service):
    real.ask("cupsdisable", "-r", "Out of paper", QUEUE)
    assert {printer.name: printer.state for printer in jobs.printers()}[QUEUE] is State.NO_PAPER
    real.ask("cupsdisable", "-r", "Cleaning", QUEUE)
    assert {printer.name: printer.state for printer in jobs.printers()}[QUEUE] is State.PAUSED
    real.ask("cupsreject", QUEUE)
    assert {printer.name: printer.state for printer in jobs.printers()}[QUEUE] is State.REJECTING
    for name in (QUEUE, "no-such-printer"):
        with pytest.raises(ReaderError) as trouble:
            jobs.submit(b"%PDF-1.4", name, "t")
        assert trouble.value.kind is NO_PRINTER
