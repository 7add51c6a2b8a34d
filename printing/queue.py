"""How a job stands on its queue, as one of a finite list of states; and how many pages CUPS says it has handed on.

`lpstat` tells the state. With the settings that the handbook asks for, CUPS forgets a job the moment it is over:
then it is `GONE`, and only the sheets tell whether it was printed. `ipptool`, where it is installed, tells the pages.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from backupreader.language import N_
from printing import cups, jobs
from printing.jobs import Job, State


class JobState(Enum):
    """Every state that a job can be in. The value is the sentence for a person; it follows the printer's name."""

    WAITING = N_("waits its turn")
    PRINTING = N_("is being printed")
    HELD = N_("is held back in the queue")
    PAUSED = N_("has stopped: the printer is paused")
    NO_PAPER = N_("has stopped: out of paper")
    JAM = N_("has stopped: paper is stuck")
    OPEN = N_("has stopped: a door or tray is open")
    NO_INK = N_("has stopped: out of toner or ink")
    OFFLINE = N_("has stopped: the printer is switched off or out of reach")
    TROUBLE = N_("has stopped: the printer needs a look")
    DONE = N_("is printed, says the print system")
    CANCELLED = N_("was cancelled")
    FAILED = N_("was given up by the print system")
    GONE = N_("is no longer in the queue: printed or cancelled, only the sheets tell")
    LOST = N_("is lost: the printer was taken away")
    UNKNOWN = N_("is not known: the print system does not answer")

    @property
    def queued(self) -> bool:
        """Can pages of it still come by themselves?"""
        return self in _QUEUED


_QUEUED: Final = frozenset(list(JobState)[: list(JobState).index(JobState.DONE)])
_STOPPED: Final[Mapping[State, JobState]] = {
    State.PAUSED: JobState.PAUSED,
    State.NO_PAPER: JobState.NO_PAPER,
    State.JAM: JobState.JAM,
    State.OPEN: JobState.OPEN,
    State.NO_INK: JobState.NO_INK,
    State.OFFLINE: JobState.OFFLINE,
    State.TROUBLE: JobState.TROUBLE,
}
"""A printer's state that holds up each job on it."""
_OVER: Final = (  # IPP's job-state-reasons (RFC 8011 §5.3.8) of a job that is over
    ("job-completed", JobState.DONE),
    ("job-canceled", JobState.CANCELLED),
    ("aborted", JobState.FAILED),
)
_HELD: Final = "job-hold-until"
_NO_QUEUE: Final = "Invalid destination"
_PAGES: Final = re.compile(r"job-(?:impressions|media-sheets)-completed \(integer\) = (?P<pages>[0-9]+)")
QUESTION: Final = b"""{
OPERATION Get-Job-Attributes
GROUP operation-attributes-tag
ATTR charset attributes-charset utf-8
ATTR language attributes-natural-language en
ATTR uri job-uri $uri
ATTR keyword requested-attributes job-impressions-completed,job-media-sheets-completed
}
"""
"""What `ipptool` asks."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How a job stands. `handed`: pages that CUPS says have gone to the printer, None where it does not tell.

    Pages that have gone to the printer are not pages in a hand: after a jam the sheets are counted, not these.
    """

    state: JobState
    handed: int | None = None
    words: str = ""


def progress(job: Job) -> Progress:
    """How a job stands now."""
    listed = cups.run(["lpstat", "-W", "all", "-l", "-o", job.printer])
    if listed.returncode:
        lost = _NO_QUEUE in listed.stderr and "is running" in cups.run(["lpstat", "-r"]).stdout
        return Progress(JobState.LOST if lost else JobState.UNKNOWN, words=listed.stderr.strip())
    printer = next((one for one in jobs.printers() if one.name == job.printer), None)
    state, words = parsed(listed.stdout, job.name, printer.state if printer is not None else State.READY)
    return Progress(state, _handed(job) if state.queued else None, words)


def waiting_on(printer: str) -> tuple[Job, ...]:
    """Every job that is on a printer's queue now, ours or another program's, the oldest first."""
    lines = cups.run(["lpstat", "-W", "not-completed", "-o", printer]).stdout.splitlines()
    names = (line.split(maxsplit=1)[0] for line in lines if line.strip())
    return tuple(Job(printer, name) for name in names if name.rpartition("-")[0] == printer)


def parsed(text: str, name: str, printer: State) -> tuple[JobState, str]:
    """The state of the job `name` in the text of ``lpstat -W all -l -o PRINTER`` in the C locale, and CUPS's words."""
    block: list[str] | None = None
    for line in text.splitlines():
        if not line.startswith(("\t", " ")):
            if block is not None:
                break
            block = [] if line.split(maxsplit=1)[:1] == [name] else None
        elif block is not None:
            block.append(line.strip())
    if block is None:
        return JobState.GONE, ""
    alerts = _after("Alerts:", block).lower()
    return _state(alerts, printer), _after("Status:", block)


def _after(word: str, block: list[str]) -> str:
    return next((line.removeprefix(word).strip() for line in block if line.startswith(word)), "")


def _state(alerts: str, printer: State) -> JobState:
    for reason, state in _OVER:
        if reason in alerts:
            return state
    if _HELD in alerts:
        return JobState.HELD
    if printer in _STOPPED:
        return _STOPPED[printer]
    if "printer-stopped" in alerts:
        return JobState.PAUSED
    return JobState.PRINTING if "job-printing" in alerts else JobState.WAITING


def _handed(job: Job) -> int | None:
    number = job.name.rpartition("-")[2]
    if shutil.which("ipptool") is None or not number.isdecimal():
        return None
    told = cups.run(["ipptool", "-tv", cups.address(int(number)), "/dev/stdin"], QUESTION).stdout
    return pages_told(told)


def pages_told(text: str) -> int | None:
    """The pages in the text of `ipptool`. Nought is what CUPS also says where it cannot know: None."""
    return max((int(found["pages"]) for found in _PAGES.finditer(text)), default=0) or None
