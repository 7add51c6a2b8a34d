"""After a jam: what is to be done about a job, and the rest of its pages, from one sheet on.

Rules of decision, pure but for `resume`. The sheet to go on from is the person's: she has the good ones in her hand.
What CUPS counts are pages on their way, never sheets that came out.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from backupreader.domain.errors import NO_PRINTER, NOT_FOUND
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from printing import jobs
from printing.cut import cut, page_count
from printing.jobs import Job
from printing.queue import JobState, Progress, progress

_STILL_THERE: Final = Reason(N_("the former job could not be cancelled, and its pages would come twice"))


class Step(Enum):
    """What is to be done about a job. The value is the sentence for a person."""

    WAIT = N_("Wait: it goes on by itself.")
    MEND = N_("Help the printer: then it goes on by itself. Print nothing again.")
    COUNT = N_("Count the good sheets in your hand, and print from the next one on, here or on another printer.")
    STRIKE = N_(
        "Count the good sheets in your hand, and print from the next one on another printer. "
        "If this one prints later after all, shred what comes."
    )
    CHECK = N_("Take the sheets, and check that the last one is there.")


_STEPS: Final[Mapping[JobState, Step]] = {
    JobState.WAITING: Step.WAIT,
    JobState.PRINTING: Step.WAIT,
    JobState.NO_PAPER: Step.MEND,
    JobState.OPEN: Step.MEND,
    JobState.NO_INK: Step.MEND,
    JobState.TROUBLE: Step.MEND,
    JobState.JAM: Step.COUNT,
    JobState.HELD: Step.COUNT,
    JobState.PAUSED: Step.COUNT,
    JobState.OFFLINE: Step.COUNT,
    JobState.CANCELLED: Step.COUNT,
    JobState.FAILED: Step.COUNT,
    JobState.LOST: Step.STRIKE,
    JobState.UNKNOWN: Step.STRIKE,
    JobState.DONE: Step.CHECK,
    JobState.GONE: Step.CHECK,
}


def step(now: Progress) -> Step:
    """What is to be done about a job that stands so. A queue that a jam has stopped begins again at sheet 1: count."""
    return _STEPS[now.state]


def sheets(pages: int, sides: int) -> int:
    """How many sheets of paper hold so many pages."""
    return -(-pages // sides)


def first_page(from_sheet: int, pages: int, sides: int) -> int:
    """The page, from 1, on the front of a sheet. Raises NOT_FOUND for a sheet that there is not."""
    last = sheets(pages, sides)
    if not 1 <= from_sheet <= last:
        raise ReaderError(NOT_FOUND, what=from_sheet, known=f"1–{last}")
    return (from_sheet - 1) * sides + 1


def rest(pdf: bytes, from_sheet: int, sides: int = 1) -> bytes:
    """The PDF from a sheet on: every page that is left, as it was. Raises NOT_FOUND for a sheet that there is not."""
    return cut(pdf, first_page(from_sheet, page_count(pdf), sides))


def resume(  # noqa: PLR0913 (what a job is made of, each by its name)
    pdf: bytes,
    printer: str,
    title: str,
    from_sheet: int,
    *,
    former: Job | None = None,
    sides: int = 1,
    media: str = "A4",
) -> Job:
    """Print the rest of `pdf`, the whole job's pages, from a sheet on; any printer may take over.

    The former job is cancelled first: on a queue that can still print it, its pages would come twice. Raises NO_PRINTER
    where it stays there or the printer takes nothing, and NOT_FOUND for a sheet that there is not.
    """
    remaining = rest(pdf, from_sheet, sides)
    if former is not None and not jobs.cancel(former) and progress(former).state.queued:
        raise ReaderError(NO_PRINTER, printer=former.printer, reason=_STILL_THERE)
    return jobs.submit(remaining, printer, title, sides=sides, media=media)
