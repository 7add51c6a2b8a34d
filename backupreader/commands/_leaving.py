"""How printed pages leave: into a file or to a printer, their sheets in the ledger before, and told of in the audit."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.command import Context
    from backupreader.domain.sheets import Numbers
    from backupreader.store.ledger import Ledger
    from backupreader.store.session import Session
    from printing.render import Rendered

_WHERE: Final = N_("Say where the pages shall go: either --out FILE.pdf or --printer NAME.")
_IN_FILE: Final = N_("{pages} pages, SHA-256 {digest}, in {where}")
_ON_PRINTER: Final = N_("{pages} pages, SHA-256 {digest}, on printer {where}")
_NO_NUMBERS: Final = N_(
    "These sheets have no numbers, because the ledger cannot be written. Write one on each; tell IT."
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where the pages go: exactly one of the two; on how many `sides` of the paper."""

    out: Path | None
    printer: str | None
    sides: int = 1

    @property
    def where(self) -> str:
        """The file, or the printer."""
        return str(self.out) if self.out is not None else self.printer or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Pages that have been made: what they are, about whom, and with which numbers."""

    what: str
    citizens: tuple[str, ...]
    pdf: bytes
    rendered: Rendered
    numbers: Numbers | None


def checked(target: Target, language: Language) -> Target:
    """The target, where it is one. Raises `typer.BadParameter`."""
    if (target.out is None) == (target.printer is None):
        raise typer.BadParameter(language.text(_WHERE))
    return target


def leave(context: Context, session: Session, ledger: Ledger, made: Made, target: Target) -> None:
    """Hand the pages over; one line says how many, and their digest. Raises what the file or the printer says."""
    from backupreader.store.issuing import counted
    from printing import jobs, spool

    rendered, where = made.rendered, target.where
    with counted(ledger, made.numbers, rendered.sheets, where):
        if target.out is not None:
            spool.write(made.pdf, target.out)
        else:
            jobs.submit(made.pdf, where, "Backup Reader")
    if made.numbers is None:
        print(context.language.text(_NO_NUMBERS), file=sys.stderr)  # noqa: T201 (the command line's voice)
    session.record(
        "printed", citizens=made.citizens, what=f"{made.what}: {where}", pages=rendered.pages, digest=rendered.sha256
    )
    sentence = _IN_FILE if target.out is not None else _ON_PRINTER
    context.say(sentence, pages=rendered.pages, digest=rendered.sha256, where=where)
