"""The printers of this PC and the jobs on them, through CUPS: `lpstat` to ask, `lp` to print.

The PDF itself goes to CUPS (vectors, a few kilobytes a page), through a pipe: it never lies in a file of ours. Job
titles hold no names, for queues and logs show them. Every answer is one of `State`; what CUPS says besides is kept as
its own words.

On Windows there is no `lp`: there the window prints through QPdfDocument and QPrinter, and the command line writes a
file (``--out``). `printers` is empty there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from enum import Enum
from typing import Final

from backupreader.domain.errors import NO_PRINTER, ReaderError, Reason
from backupreader.language import N_, Language

_SERVICE: Final = "/run/cups/cups.sock"  # the print service of this PC itself: a file, so nothing goes over a network
_SECONDS: Final = 20  # a print server that does not answer in this time is out of reach
_PRINTER: Final = re.compile(r"printer (?P<name>\S+) (?P<rest>.*)")
_ACCEPTING: Final = re.compile(r"(?P<name>\S+) (?P<not>not )?accepting requests since .*")
_DEFAULT: Final = re.compile(r"system default destination: (?P<name>\S+)")
_JOB: Final = re.compile(r"request id is (?P<job>\S+-[0-9]+) ")


class State(Enum):
    """Whether a printer can take pages now, and if not, what a person must do. The value is the sentence for her."""

    READY = N_("ready")
    BUSY = N_("printing")
    PAUSED = N_("paused: it must be started again at the printer or by IT")
    REJECTING = N_("does not take jobs")
    NO_PAPER = N_("out of paper")
    JAM = N_("paper is stuck")
    OPEN = N_("a door or tray is open")
    NO_INK = N_("out of toner or ink")
    OFFLINE = N_("switched off or out of reach")
    TROUBLE = N_("needs a look")

    @property
    def takes_jobs(self) -> bool:
        """A job that is sent now is printed, or waits until the paper is filled; it is not refused."""
        return self is not State.REJECTING


@dataclass(frozen=True, slots=True)
class Printer:
    """One queue. `words` is what CUPS itself says, for IT."""

    name: str
    state: State
    words: str = ""
    default: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One job that CUPS has taken; `name` is its own name for it."""

    printer: str
    name: str


# IPP's printer-state-reasons (RFC 8011 §5.4.12), most urgent first; a suffix -error, -warning or -report may follow.
_REASONS: Final = (
    ("media-jam", State.JAM),
    ("media-empty", State.NO_PAPER),
    ("media-needed", State.NO_PAPER),
    ("input-tray-missing", State.OPEN),
    ("cover-open", State.OPEN),
    ("door-open", State.OPEN),
    ("interlock-open", State.OPEN),
    ("toner-empty", State.NO_INK),
    ("marker-supply-empty", State.NO_INK),
    ("offline", State.OFFLINE),
    ("shutdown", State.OFFLINE),
    ("timed-out", State.OFFLINE),
    ("connecting-to-device", State.OFFLINE),
)
_WORDS: Final = (
    ("out of paper", State.NO_PAPER),
    ("paper jam", State.JAM),
    ("unreachable", State.OFFLINE),
    ("not responding", State.OFFLINE),
    ("unable to locate printer", State.OFFLINE),
    ("offline", State.OFFLINE),
)
_HARMLESS: Final = ("none", "paused", "media-low", "toner-low", "marker-supply-low", "cups-", "spool-area-full-report")


def printers() -> tuple[Printer, ...]:
    """Every queue of this PC with its state, by name; empty where there is no CUPS or it does not answer."""
    if shutil.which("lpstat") is None:
        return ()
    listed = _run(["lpstat", "-l", "-p"])
    accepting = _run(["lpstat", "-a"])
    default = _DEFAULT.search(_run(["lpstat", "-d"]).stdout)
    rejecting = {
        found["name"] for line in accepting.stdout.splitlines() if (found := _ACCEPTING.match(line)) and found["not"]
    }
    return parsed(listed.stdout, frozenset(rejecting), default["name"] if default else None)


def parsed(text: str, rejecting: frozenset[str], default: str | None) -> tuple[Printer, ...]:
    """The printers in the text of ``lpstat -l -p`` in the C locale."""
    found: list[Printer] = []
    blocks = re.split(r"^(?=printer )", text, flags=re.MULTILINE)
    for block in blocks:
        head, *details = block.splitlines() or [""]
        if match := _PRINTER.match(head):
            name = match["name"]
            state = State.REJECTING if name in rejecting else _state(match["rest"], details)
            found.append(Printer(name, state, _words(details), name == default))
    return tuple(sorted(found, key=lambda printer: printer.name))


def _state(head: str, details: list[str]) -> State:
    alerts = next((line.partition("Alerts:")[2].strip() for line in details if "Alerts:" in line), "none").lower()
    for reason, state in _REASONS:
        if reason in alerts:
            return state
    said = (head + " " + _words(details)).lower()
    for words, state in _WORDS:
        if words in said:
            return state
    if head.startswith("disabled"):
        return State.PAUSED
    if any(not alert.startswith(_HARMLESS) for alert in alerts.split()):
        return State.TROUBLE
    return State.BUSY if head.startswith("now printing") else State.READY


def _words(details: list[str]) -> str:
    """The free line that CUPS puts between the head and "Form mounted:"."""
    said: list[str] = []
    for line in details:
        if line.strip().startswith("Form mounted:"):
            break
        said.append(line.strip())
    return " ".join(word for word in said if word)


def submit(pdf: bytes, printer: str, title: str, media: str = "A4") -> Job:
    """Hand a PDF to a printer's queue. `title` is shown in queues: it must not hold a name.

    Raises `ReaderError` (NO_PRINTER) when there is no such queue, it takes no jobs, or CUPS does not answer.
    """
    if shutil.which("lp") is None:
        raise ReaderError(NO_PRINTER, printer=printer, reason=Reason(N_("this PC has no print system (CUPS)")))
    answer = _run(["lp", "-d", printer, "-o", f"media={media}", "-t", title, "-"], pdf)
    job = _JOB.search(answer.stdout)
    if answer.returncode or job is None:
        reason = answer.stderr.strip().splitlines()
        raise ReaderError(
            NO_PRINTER, printer=printer, reason=reason[-1].removeprefix("lp: ") if reason else answer.returncode
        )
    return Job(printer, job["job"])


def waiting(job: Job) -> bool:
    """Is the job still in the queue or on the printer? False once it has been printed or cancelled."""
    lines = _run(["lpstat", "-W", "not-completed", "-o", job.printer]).stdout.splitlines()
    return any(line.split(maxsplit=1)[:1] == [job.name] for line in lines)


def said(state: State, language: Language) -> str:
    """A state in the person's language."""
    return language.text(state.value)


def _run(command: list[str], given: bytes | None = None) -> subprocess.CompletedProcess[str]:
    """Run a CUPS program in the C locale. A program that hangs or is gone counts as one that failed.

    Left to themselves, CUPS's programs try port 631 of this PC where the service's file is missing; named by its file,
    a service that does not run is one that cannot be reached, and no server of another machine can be set.
    """
    environment = {**os.environ, "LC_ALL": "C", "LANGUAGE": "C", "CUPS_SERVER": _SERVICE}
    if (original := environment.pop("LD_LIBRARY_PATH_ORIG", None)) is not None:
        environment["LD_LIBRARY_PATH"] = original  # a frozen program's own libraries are not for CUPS's programs
    try:
        done = subprocess.run(  # noqa: S603 (a fixed list of words, no shell)
            command, input=given or b"", capture_output=True, timeout=_SECONDS, check=False, env=environment
        )
    except (OSError, subprocess.TimeoutExpired) as trouble:
        return subprocess.CompletedProcess(command, 1, "", str(trouble))
    return subprocess.CompletedProcess(
        command, done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    )
