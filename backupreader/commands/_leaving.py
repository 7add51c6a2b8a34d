"""How printed pages leave: into a file or to a printer, their sheets in the ledger before, and told of in the audit."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from backupreader.commands._preflight import check_early, used, warn_of
from backupreader.commands._sealed import known_pc, write_sealed
from backupreader.language import N_

if TYPE_CHECKING:
    from backupreader.command import Context
    from backupreader.domain.sheets import Numbers
    from backupreader.store.carried import VaultIdentity
    from backupreader.store.ledger import Ledger
    from backupreader.store.session import Session
    from printing.render import Rendered

_WHERE: Final = N_("Say where the pages shall go: either --out FILE.pdf or --printer NAME.")
_IN_FILE: Final = N_("{pages} pages, SHA-256 {digest}, in {where}")
_ON_PRINTER: Final = N_("{pages} pages, SHA-256 {digest}, on printer {where}")
_SEALED_WHERE: Final = N_("Sealed pages go into a file: say --out FILE.brp.")
_NO_NUMBERS: Final = N_(
    "These sheets have no numbers, because the ledger cannot be written. Write one on each; tell IT."
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where the pages go: exactly one of the two; with `reader`, sealed for that PC, into a file."""

    out: Path | None
    printer: str | None
    reader: VaultIdentity | None = None

    @property
    def where(self) -> str:
        """The file, or the printer."""
        return str(self.out) if self.out is not None else self.printer or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Pages that have been made: what they are, about whom, with which numbers, and on what paper."""

    what: str
    citizens: tuple[str, ...]
    pdf: bytes
    rendered: Rendered
    numbers: Numbers | None
    sides: int
    paper: str


def checked(context: Context, out: Path | None, printer: str | None, to_reader: str | None) -> Target:
    """The target, where it is one and there is a printer of that name. Raises `typer.BadParameter` and NO_PRINTER."""
    _ = context.language.text
    if (out is None) == (printer is None):
        raise typer.BadParameter(_(_WHERE))
    if to_reader is not None and out is None:
        raise typer.BadParameter(_(_SEALED_WHERE))
    if printer is not None:
        check_early(context, printer)
    return Target(out, printer, known_pc(context, to_reader) if to_reader is not None else None)


def leave(context: Context, session: Session, ledger: Ledger, made: Made, target: Target) -> None:
    """Hand the pages over; one line says how many, and their digest. Raises what the file or the printer says."""
    from backupreader.store.issuing import counted

    rendered, where = made.rendered, target.where
    with counted(ledger, made.numbers, rendered.sheets, where):
        if target.reader is not None and target.out is not None:
            about = made.what, made.citizens, rendered.pages
            write_sealed(context, session, made.pdf, about, target.reader, target.out)
        else:
            hand(context, made.pdf, rendered.pages, target, made.sides, made.paper)
    if made.numbers is None:
        print(context.language.text(_NO_NUMBERS), file=sys.stderr)  # noqa: T201 (the command line's voice)
    if target.reader is not None:
        return
    session.record(
        "printed", citizens=made.citizens, what=f"{made.what}: {where}", pages=rendered.pages, digest=rendered.sha256
    )
    say_left(context, rendered.pages, rendered.sha256, target)


def say_left(context: Context, pages: int, digest: str, target: Target) -> None:
    """One line: how many pages, their digest, and where they are now."""
    sentence = _IN_FILE if target.out is not None else _ON_PRINTER
    context.say(sentence, pages=pages, digest=digest, where=target.where)


def hand(  # noqa: PLR0917 (what, where, and on what paper)
    context: Context, pdf: bytes, pages: int, target: Target, sides: int = 1, media: str = "A4"
) -> None:
    """A PDF into the file or onto the printer. Raises what either says."""
    from printing import jobs, spool

    if target.out is not None:
        spool.write(pdf, target.out)
        return
    printer = target.where
    warn_of(context, printer, pages, sides)
    jobs.submit(pdf, printer, "Backup Reader", sides=sides, media=media)
    used(context, printer)
