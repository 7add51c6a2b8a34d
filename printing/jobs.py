"""The printers of this PC and the jobs on them, through CUPS: `lpstat` to ask, `lp` to print.

The PDF itself goes to CUPS (vectors, a few kilobytes a page), through a pipe: it never lies in a file of ours. Job
titles hold no names, for queues and logs show them. Every answer is one of `State`; what CUPS says besides is kept as
its own words.

On Windows there is no `lp`: there the window prints through QPdfDocument and QPrinter, and the command line writes a
file (``--out``). `printers` is empty there.
"""

from __future__ import annotations

import re
import shutil
import time
from dataclasses import dataclass
from enum import Enum
from typing import Final

from backupreader.domain.errors import NO_PRINTER
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_, Language
from printing import cups

_PRINTER: Final = re.compile(r"printer (?P<name>\S+) (?P<rest>.*)")
_ACCEPTING: Final = re.compile(r"(?P<name>\S+) (?P<not>not )?accepting requests since .*")
_DEFAULT: Final = re.compile(r"system default destination: (?P<name>\S+)")
_PATIENCE: Final = 10.0  # seconds in which a cancelled job leaves its queue
_GLANCE: Final = 0.05
_SIDES: Final = {1: "one-sided", 2: "two-sided-long-edge"}
NO_SYSTEM: Final = Reason(N_("this PC has no print system (CUPS)"))
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
    """One queue. `words` is what CUPS itself says, for IT; `low` where it says that little paper is left."""

    name: str
    state: State
    words: str = ""
    default: bool = False
    low: bool = False


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
    listed = cups.run(["lpstat", "-l", "-p"])
    accepting = cups.run(["lpstat", "-a"])
    default = _DEFAULT.search(cups.run(["lpstat", "-d"]).stdout)
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
            low = "media-low" in _alerts(details)
            found.append(Printer(name, state, _words(details), name == default, low))
    return tuple(sorted(found, key=lambda printer: printer.name))


def _alerts(details: list[str]) -> str:
    return next((line.partition("Alerts:")[2].strip() for line in details if "Alerts:" in line), "none").lower()


def _state(head: str, details: list[str]) -> State:
    alerts = _alerts(details)
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


def submit(pdf: bytes, printer: str, title: str, *, sides: int = 1, media: str = "A4") -> Job:
    """Hand a PDF to a printer's queue. `title` is shown in queues: it must not hold a name.

    One side or two (turned at the long edge) is always said, for a queue's own default would let two citizens share a
    sheet. Raises `ReaderError` (NO_PRINTER) when there is no such queue, it takes no jobs, or CUPS does not answer.
    """
    if shutil.which("lp") is None:
        raise ReaderError(NO_PRINTER, printer=printer, reason=NO_SYSTEM)
    options = ["-o", f"media={media}", "-o", f"sides={_SIDES[sides]}"]
    answer = cups.run(["lp", "-d", printer, *options, "-t", title, "-"], pdf)
    job = _JOB.search(answer.stdout)
    if answer.returncode or job is None:
        reason = answer.stderr.strip().splitlines()
        raise ReaderError(
            NO_PRINTER, printer=printer, reason=reason[-1].removeprefix("lp: ") if reason else answer.returncode
        )
    return Job(printer, job["job"])


def cancel(job: Job) -> bool:
    """Take a job off its queue; whether it is off now. What the printer holds in its own memory may still come out."""
    cups.run(["cancel", job.name])
    until = time.monotonic() + _PATIENCE
    while waiting(job):  # CUPS lets the program that feeds the printer end first
        if time.monotonic() > until:
            return False
        time.sleep(_GLANCE)
    return True


def waiting(job: Job) -> bool:
    """Is the job still in the queue or on the printer? False once it has been printed or cancelled."""
    lines = cups.run(["lpstat", "-W", "not-completed", "-o", job.printer]).stdout.splitlines()
    return any(line.split(maxsplit=1)[:1] == [job.name] for line in lines)


def said(state: State, language: Language) -> str:
    """A state in the person's language."""
    return language.text(state.value)
