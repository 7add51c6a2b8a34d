"""What ``print`` looks at before a page goes to a printer, and how it says what it finds."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from backupreader.command import Context, plain
from backupreader.language import N_

if TYPE_CHECKING:
    from printing.preflight import Finding, Looked

_READY = N_("{printer} can print.")


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
    """All that is found about a printer, on standard output. Raises NO_PRINTER where it cannot print."""
    from printing.preflight import check, found

    findings = found(_looked(context), printer)
    check(findings, printer)
    for line in _lines(context, findings, printer, 0, 1):
        print(line)  # noqa: T201 (the command line's voice)
    if not findings:
        context.say(_READY, printer=printer)


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
