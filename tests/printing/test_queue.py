"""Jobs on a queue, and going on after a jam: the rules alone, and with a real CUPS whose printers play every trouble."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from backupreader.domain.errors import NO_PRINTER, NOT_FOUND
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language
from printing import cups as programs
from printing import jobs, queue, resume
from printing.jobs import Job, State
from printing.queue import JobState, Progress, parsed, progress
from printing.resume import Step, first_page, rest, sheets, step
from tests.printing.service import Service, service, wait_until


def book(pages: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(100, 700, f"Page {number} of {pages}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def numbers(pdf: bytes) -> list[int]:
    """The numbers that stand on the pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [int(document[at].get_textpage().get_text_bounded().split()[1]) for at in range(len(document))]


BOOK = book(212)

# --- the rules ---


def block(alerts: str, status: str = "") -> str:
    return (
        "Ward-11   root   1024   Sun\n\tStatus: other\n\tAlerts: job-printing\n\tqueued for Ward\n"
        f"Ward-12   root   1024   Sun\n\tStatus: {status}\n\tAlerts: {alerts}\n\tqueued for Ward\n"
    )


@pytest.mark.parametrize(
    ("alerts", "printer", "state"),
    [
        ("none", State.READY, JobState.WAITING),
        ("job-incoming", State.BUSY, JobState.WAITING),
        ("job-printing", State.BUSY, JobState.PRINTING),
        ("job-printing", State.NO_PAPER, JobState.NO_PAPER),
        ("job-printing", State.OPEN, JobState.OPEN),
        ("job-printing", State.NO_INK, JobState.NO_INK),
        ("job-printing", State.OFFLINE, JobState.OFFLINE),
        ("job-printing", State.TROUBLE, JobState.TROUBLE),
        ("printer-stopped", State.JAM, JobState.JAM),
        ("printer-stopped", State.PAUSED, JobState.PAUSED),
        ("printer-stopped", State.READY, JobState.PAUSED),
        ("job-hold-until-specified", State.JAM, JobState.HELD),
        ("job-completed-successfully", State.JAM, JobState.DONE),
        ("job-canceled-by-user", State.JAM, JobState.CANCELLED),
        ("aborted-by-system", State.READY, JobState.FAILED),
    ],
)
def test_what_cups_says_of_a_job_becomes_one_of_a_few_states(alerts, printer, state):
    assert parsed(block(alerts, "words"), "Ward-12", printer) == (state, "words")


def test_a_job_that_is_not_listed_is_gone_and_never_called_printed():
    assert parsed(block("none"), "Ward-1", State.READY) == (JobState.GONE, "")
    assert parsed("", "Ward-1", State.READY) == (JobState.GONE, "")


def test_every_state_is_a_sentence_and_has_a_step_with_one():
    english = Language("en")
    for state in JobState:
        assert english.text(state.value)
        assert english.text(step(Progress(state)).value).endswith(".")


def test_only_what_can_still_print_is_queued():
    over = {JobState.DONE, JobState.CANCELLED, JobState.FAILED, JobState.GONE, JobState.LOST, JobState.UNKNOWN}
    assert {state for state in JobState if not state.queued} == over


def test_a_page_count_of_nought_is_not_known():
    assert queue.pages_told("job-impressions-completed (integer) = 0") is None
    assert queue.pages_told("status-code = client-error-not-found") is None
    assert queue.pages_told("job-impressions-completed (integer) = 16\njob-media-sheets-completed (integer) = 8") == 16


@pytest.mark.parametrize(
    ("pages", "sides", "count"), [(1, 1, 1), (212, 1, 212), (212, 2, 106), (211, 2, 106), (1, 2, 1)]
)
def test_sheets_are_counted_by_their_sides(pages, sides, count):
    assert sheets(pages, sides) == count


def test_the_rest_begins_on_the_front_of_the_sheet_and_holds_every_page_to_the_last():
    assert numbers(rest(BOOK, 17)) == list(range(17, 213))
    assert numbers(rest(BOOK, 17, 2)) == list(range(33, 213))
    assert numbers(rest(BOOK, 212)) == [212]
    assert rest(BOOK, 1) == BOOK


@pytest.mark.parametrize(("sheet", "sides"), [(0, 1), (-1, 1), (213, 1), (107, 2)])
def test_a_sheet_that_there_is_not_is_refused(sheet, sides):
    with pytest.raises(ReaderError) as trouble:
        first_page(sheet, 212, sides)
    assert trouble.value.kind is NOT_FOUND


# --- CUPS itself ---


@pytest.fixture(scope="module")
def running() -> Iterator[Service]:
    with service() as made:
        yield made


@pytest.fixture
def cups(running: Service, monkeypatch) -> Service:
    monkeypatch.setenv("PATH", f"{running.programs}:{os.environ['PATH']}")
    return running


JAM_AT_17 = """
[ -e "$folder/cleared" ] && exit 0
n=0; while [ $n -lt 16 ]; do n=$((n+1)); echo "PAGE: $n 1" >&2; done
echo "STATE: +media-jam-error" >&2
echo "ERROR: Paper jam." >&2
exit 4
"""
UNTIL_HELPED = """
echo "STATE: +{reason}" >&2
echo "ERROR: {words}" >&2
read line < "$folder/helped"
echo "STATE: -{reason}" >&2
exit 0
"""


def sent(folder: Path, job: Job) -> bytes:
    return (folder / f"paper-{job.name.rpartition('-')[2]}").read_bytes()


def test_a_jam_at_sheet_17_of_212_and_the_rest_on_the_same_printer(cups: Service):
    folder = cups.printer("Jam", JAM_AT_17)
    job = jobs.submit(BOOK, "Jam", "t")
    wait_until(lambda: progress(job).state is JobState.JAM)
    assert step(progress(job)) is Step.COUNT
    if (cups.programs / "ipptool").exists():
        assert progress(job).handed == 16
    (folder / "cleared").touch()
    cups.ask("cancel", job.name)  # somebody at the printer was quicker
    cups.ask("cupsenable", "Jam")
    again = resume.resume(BOOK, "Jam", "t", 17, former=job)
    wait_until(lambda: progress(again).state is JobState.GONE)
    assert numbers(sent(folder, again)) == list(range(17, 213))


def test_a_second_printer_takes_over_and_the_first_prints_nothing_twice(cups: Service):
    first, second = cups.printer("Stuck", JAM_AT_17), cups.printer("Other")
    job = jobs.submit(BOOK, "Stuck", "t", sides=2)
    wait_until(lambda: progress(job).state is JobState.JAM)
    other = resume.resume(BOOK, "Other", "t", 9, former=job, sides=2)
    assert progress(job).state is JobState.GONE
    wait_until(lambda: not jobs.waiting(other))
    assert numbers(sent(second, other)) == list(range(17, 213))
    (first / "cleared").touch()
    cups.ask("cupsenable", "Stuck")
    assert not cups.ask("lpstat", "-W", "not-completed", "-o", "Stuck")


@pytest.mark.parametrize(
    ("reason", "words", "state", "wanted"),
    [
        ("media-empty-error", "The printer is out of paper.", JobState.NO_PAPER, Step.MEND),
        ("cover-open-error", "A cover is open.", JobState.OPEN, Step.MEND),
        ("offline-report", "The printer is not responding.", JobState.OFFLINE, Step.COUNT),
    ],
)
def test_a_printer_that_waits_is_told_and_goes_on_when_it_is_helped(cups: Service, reason, words, state, wanted):
    name = f"Waits-{reason}"
    folder = cups.printer(name, UNTIL_HELPED.format(reason=reason, words=words))
    os.mkfifo(folder / "helped")
    (folder / "helped").chmod(0o666)
    job = jobs.submit(BOOK, name, "t")
    wait_until(lambda: progress(job).state is state)
    assert step(progress(job)) is wanted
    assert progress(job).words == words
    (folder / "helped").write_text("paper\n", encoding="utf-8")
    wait_until(lambda: progress(job).state is JobState.GONE)
    assert numbers(sent(folder, job)) == list(range(1, 213))


def test_a_printer_that_is_taken_away_in_the_middle_is_a_lost_job_and_the_rest_goes_elsewhere(cups: Service):
    folder = cups.printer("Vanishing", UNTIL_HELPED.format(reason="media-empty-error", words="x"))
    os.mkfifo(folder / "helped")
    (folder / "helped").chmod(0o666)
    job = jobs.submit(BOOK, "Vanishing", "t")
    wait_until(lambda: progress(job).state is JobState.NO_PAPER)
    cups.ask("lpadmin", "-x", "Vanishing")
    assert progress(job).state is JobState.LOST
    assert step(progress(job)) is Step.STRIKE
    spare = cups.printer("Spare")
    other = resume.resume(BOOK, "Spare", "t", 17, former=job)
    wait_until(lambda: not jobs.waiting(other))
    assert numbers(sent(spare, other)) == list(range(17, 213))


def test_a_job_on_a_paused_queue_can_be_cancelled_and_leaves_no_page_in_the_spool(cups: Service):
    folder = cups.printer("Paused")
    cups.ask("cupsdisable", "Paused")
    job = jobs.submit(BOOK, "Paused", "t")
    assert progress(job).state is JobState.PAUSED
    assert list((cups.folder / "spool").glob("d0*"))
    assert jobs.cancel(job)
    assert progress(job).state is JobState.GONE
    wait_until(lambda: not list((cups.folder / "spool").glob(f"d{int(job.name.rpartition('-')[2]):05}*")))
    assert not list(folder.glob("paper-*"))


def test_a_rest_is_not_sent_where_the_printer_takes_none(cups: Service):
    cups.printer("Closed")
    cups.ask("cupsreject", "Closed")
    with pytest.raises(ReaderError) as trouble:
        resume.resume(BOOK, "Closed", "t", 2)
    assert trouble.value.kind is NO_PRINTER


def test_both_sides_and_a_large_sheet_are_asked_of_cups(cups: Service):
    folder = cups.printer("Options")
    job = jobs.submit(BOOK, "Options", "t", sides=2, media="A3")
    wait_until(lambda: not jobs.waiting(job))
    (options,) = folder.glob("options-*")
    assert {"sides=two-sided-long-edge", "media=A3"} <= set(options.read_text().split())


@pytest.mark.skipif(
    shutil.which("strace") is None or shutil.which("ipptool") is None, reason="needs strace and ipptool"
)
def test_the_program_that_counts_pages_speaks_to_the_services_own_file_alone(tmp_path):
    calls = tmp_path / "calls"
    words = ["strace", "-f", "-qq", "-e", "trace=socket,connect", "-o", str(calls)]
    question = [*words, "ipptool", "-tv", programs.address(1), "/dev/stdin"]
    if subprocess.run([*words, "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace may not trace here")
    subprocess.run(question, input=queue.QUESTION, capture_output=True, check=False)
    assert "AF_UNIX" in calls.read_text()
    assert "AF_INET" not in calls.read_text()


def test_twenty_pages_are_handed_over_quickly(cups: Service, record_property):
    cups.printer("Quick")
    pages = book(20)
    began = time.perf_counter()
    jobs.submit(pages, "Quick", "t")
    took = time.perf_counter() - began
    record_property("hand_over_seconds", took)
    assert took < 20


def test_where_the_service_is_gone_a_job_is_not_known(tmp_path, monkeypatch):
    with service() as made:
        monkeypatch.setenv("PATH", f"{made.programs}:{os.environ['PATH']}")
        made.printer("Ward")
        cups_job = jobs.submit(BOOK, "Ward", "t")
    assert progress(cups_job).state is JobState.UNKNOWN
    assert step(progress(cups_job)) is Step.STRIKE
