"""Pages for another PC: sealed here by ``print --to-reader``, opened there by ``print --from``; both in the audit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from backupreader.command import Context
from backupreader.commands._enter import spend, warn
from backupreader.commands._preflight import used, warn_of
from backupreader.domain.errors import SEALED_PAGES
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_

if TYPE_CHECKING:
    from backupreader.store.carried import VaultIdentity
    from backupreader.store.session import Session

TO_READER = N_("The name of another PC: the file then holds the pages sealed, and opens there alone.")
FROM = N_("A file of sealed pages that was made for this PC.")
FROM_SHEET = N_("With --from: leave out the sheets before this one, after a jam.")
_SEALED = N_("{pages} pages, SHA-256 {digest}, sealed for {pc} in {where}")
_WORDS = N_("Say these words by phone to the one who opens it: {words}")
_OPENED = N_("{pages} pages of {pc}, sealed by {by}, SHA-256 {digest}, now in {where}")
_COMPARE = N_("Compare by phone with the one who made it: {words}. If they differ, shred the pages, and tell IT.")


@dataclass(frozen=True, slots=True)
class Destination:
    """Where opened pages go: exactly one of a file and a printer; from which sheet on."""

    out: Path | None
    printer: str | None
    sides: int
    from_sheet: int = 1


def known_pc(context: Context, name: str) -> VaultIdentity:
    """Another PC that this one was told of. Raises NOT_FOUND with those that there are."""
    from backupreader.store.files import Files
    from backupreader.store.otherpcs import OtherPcs

    return OtherPcs(context.settings.data, Files()).called(name)


def write_sealed(  # noqa: PLR0917 (what is sealed for whom and where)
    context: Context,
    session: Session,
    pdf: bytes,
    about: tuple[str, tuple[str, ...], int],
    to: VaultIdentity,
    out: Path,
) -> None:
    """The pages in a file that opens on the PC `to` alone. Raises FILE_TROUBLE.

    `about` is which document of which citizens it is, and how many pages.
    """
    from backupreader.store.sealedpages import SealedPages, digest, seal_pages
    from backupreader.store.spoken import four_words
    from printing import spool

    document, citizens, count = about
    pc, by = session.unlocked.identity.name, session.actor.name
    sealed = SealedPages(pdf=pdf, document=document, citizens=citizens, pc=pc, by=by)
    raw = seal_pages(sealed, to)
    spool.write(raw, out)
    made = hashlib.sha256(pdf).hexdigest()
    what = f"{document}: {out}, sealed for {to.name} {to.fingerprint}"
    session.record("printed", citizens=citizens, what=what, pages=count, digest=made)
    context.say(_SEALED, pages=count, digest=made, pc=to.name, where=out)
    context.say(_WORDS, words=four_words(digest(raw), context.language.code))


def open_sealed(context: Context, path: Path, session: Session, to: Destination) -> None:
    """Print or write what another PC has sealed for this one.

    Raises SEALED_PAGES, FILE_TROUBLE, NO_PRINTER, or NOT_FOUND for a sheet that there is not.
    """
    from backupreader.store.files import Files
    from backupreader.store.sealedpages import LARGEST, NO_PAGES, digest, open_pages
    from backupreader.store.spoken import four_words
    from printing.cut import Unreadable, page_count
    from printing.resume import rest

    try:
        raw = Files().read_whole(path, LARGEST)
        pages = open_pages(raw, session.unlocked.seeds, path)
        spend(context, session)
        what = f"{pages.document}: sealed by {pages.by} on {pages.pc}"
        session.record("print", citizens=pages.citizens, what=what)
        try:
            pdf = rest(pages.pdf, to.from_sheet, to.sides)
            count = page_count(pdf)
        except Unreadable:
            raise ReaderError(SEALED_PAGES, path=path, reason=NO_PAGES) from None
        where = _send(context, pdf, count, to)
        made = hashlib.sha256(pdf).hexdigest()
        session.record("printed", citizens=pages.citizens, what=f"{what}: {where}", pages=count, digest=made)
    finally:
        session.end()
        warn(context, session)
    context.say(_OPENED, pages=count, pc=pages.pc, by=pages.by, digest=made, where=where)
    context.say(_COMPARE, words=four_words(digest(raw), context.language.code))


def _send(context: Context, pdf: bytes, pages: int, to: Destination) -> str:
    from printing import jobs, spool

    if to.out is not None:
        spool.write(pdf, to.out)
        return str(to.out)
    printer = to.printer or ""
    warn_of(context, printer, pages, to.sides)
    jobs.submit(pdf, printer, "Backup Reader", sides=to.sides)
    used(context, printer)
    return printer
