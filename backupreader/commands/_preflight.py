"""What ``print`` looks at before a page goes to a printer, and how it says what it finds."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from backupreader.command import Context, plain
from backupreader.domain.errors import NO_PRINTER, NOT_FOUND
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_

if TYPE_CHECKING:
    from printing.preflight import Finding, Looked

_READY = N_("{printer} can print.")
_CANCELLED = N_("{job} is cancelled. What the printer itself holds may still come out.")
_STAYS = Reason(N_("the job could not be cancelled"))


def check_early(context: Context, printer: str) -> None:
    """Before anything is opened. Raises NO_PRINTER."""
    from printing.preflight import check, found

    check(found(_looked(context), printer), printer)


def warn_of(context: Context, printer: str, pages: int, sides: int) -> None:
    """When the pages are made, and before they are sent: what a person must know, on standard error.

    Raises NO_PRINTER where the printer takes none now.
    """
    from printing.preflight import check, found

    findings = found(_looked(context), printer, pages, sides)
    check(findings, printer)
    for line in _lines(context, findings, printer, pages, sides):
        print(line, file=sys.stderr)  # noqa: T201 (the command line's voice)


def say_check(context: Context, printer: str) -> None:
    """All that is found about a printer, and each job on it, on standard output; NO_PRINTER where it cannot print."""
    from printing import queue
    from printing.preflight import check, found
    from printing.resume import step

    findings = found(_looked(context), printer)
    if not findings:
        context.say(_READY, printer=printer)
    for line in _lines(context, findings, printer, 0, 1):
        print(line)  # noqa: T201 (the command line's voice)
    for job in queue.waiting_on(printer):
        now, text = queue.progress(job), context.language.text
        told = (f"{plain(job.name)} {text(now.state.value)}.", _handed(context, now.handed), text(step(now).value))
        print(" ".join(part for part in told if part))  # noqa: T201 (the command line's voice)
    check(findings, printer)


def _handed(context: Context, pages: int | None) -> str:
    if pages is None:
        return ""
    return context.language.count("{n} page has gone to the printer.", "{n} pages have gone to the printer.", pages)


def cancel(context: Context, name: str) -> None:
    """Take a job off its queue. Raises NOT_FOUND, or NO_PRINTER where it stays."""
    from printing import jobs, queue

    printer = name.rpartition("-")[0]
    waiting = queue.waiting_on(printer) if printer else ()
    job = next((one for one in waiting if one.name == name), None)
    if job is None:
        raise ReaderError(NOT_FOUND, what=name, known=", ".join(one.name for one in waiting) or "–")
    if not jobs.cancel(job):
        raise ReaderError(NO_PRINTER, printer=printer, reason=_STAYS)
    context.say(_CANCELLED, job=name)


def used(context: Context, printer: str) -> None:
    """Remember where the last pages went."""
    from backupreader.store.files import Files
    from backupreader.store.lastprinter import LastPrinter

    LastPrinter(context.settings.data, Files()).used(printer)


def _looked(context: Context) -> Looked:
    from backupreader.store.files import Files
    from backupreader.store.lastprinter import LastPrinter
    from printing import jobs, spoolcheck
    from printing.preflight import Looked

    return Looked(
        printers=jobs.printers(),
        system=shutil.which("lp") is not None,
        last=LastPrinter(context.settings.data, Files()).name,
        spool=spoolcheck.look(),
    )


def _lines(context: Context, findings: tuple[Finding, ...], printer: str, pages: int, sides: int) -> tuple[str, ...]:
    from printing.resume import sheets

    name, needed = plain(printer), sheets(pages, sides)
    return tuple(
        f"{finding.sentence(context.language, name, needed)} {finding.hint(context.language, name)}"
        for finding in findings
    )
