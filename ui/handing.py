"""Pages on their way to paper: numbered, counted in the ledger before they leave, and handed to a printer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from backupreader.domain.sheets import Numbers
from backupreader.domain.trouble import ReaderError
from ui.pages import Pages

if TYPE_CHECKING:
    from backupreader.store.ledger import Ledger
    from backupreader.store.session import Session
    from printing.jobs import Job


class Numbering:
    """The numbers of one print, taken out of the ledger when its pages are made; all on the press's thread."""

    def __init__(self, session: Session, data: Path) -> None:
        self._session, self._data = session, data
        self._taken: Numbers | None = None

    def take(self) -> Numbers | None:
        """Numbers that nobody else gets; None where the ledger cannot be written."""
        from backupreader.store.issuing import numbers_for

        self._taken = numbers_for(self._ledger())
        return self._taken

    def give_back(self) -> None:
        """Nothing is printed with them."""
        taken, self._taken = self._taken, None
        if taken is not None:
            with suppress(ReaderError):  # they are lost then, which means nothing
                self._ledger().give_back(taken)

    def new_number(self) -> str:
        """A number for a citizen whom nobody knows yet; empty where the ledger cannot be written."""
        with suppress(ReaderError):
            return self._ledger().new_number()
        return ""

    def _ledger(self) -> Ledger:
        from backupreader.store.files import Files
        from backupreader.store.ledger import Ledger

        return Ledger(self._data, self._session, Files())


@dataclass(frozen=True, slots=True)
class Sent:
    """What went to a printer: how many pages."""

    printer: str
    pages: int


Handed: TypeAlias = "tuple[Pages, Job]"
"""Pages as they went to a printer, with their numbers, and the job that they are."""


def sending(  # noqa: PLR0913 (what is sent where, and what it goes on from)
    pages: Pages,
    printer: str,
    session: Session | None,
    data: Path,
    *,
    from_sheet: int = 1,
    former: dict[int, Handed] | None = None,
) -> Callable[[None], Sent]:
    """The press's part: hand the pages to the system's printer, nothing where their cover is not taken.

    Their sheets are numbered and in the ledger before they leave. Of pages that were sent before, only the rest from a
    sheet on, as it went out then, in place of its job in `former`, which holds what was sent last. The jobs' titles
    hold no name. That they were handed over is in the audit, with their digest.
    """
    known = {} if former is None else former

    def work(_held: None) -> Sent:
        from printing.resume import rest
        from ui.spool import remember, resume

        before = known.get(hash(pages))
        if from_sheet > 1 and before is not None:
            handed, what = before[0], f"{pages.what}: {printer}, from sheet {from_sheet}"
            job = resume(handed.pdf, printer, handed.title, from_sheet, former=before[1])
            pdf, count = rest(handed.pdf, from_sheet), handed.count - from_sheet + 1
        else:
            handed, job = (pages, _hand(pages, printer)) if session is None else _counted(pages, printer, session, data)
            pdf, count, what = handed.pdf, handed.count, f"{pages.what}: {printer}"
        known.clear()
        known[hash(pages)] = (handed, job)
        if session is not None:
            digest = hashlib.sha256(pdf).hexdigest()
            session.record("printed", citizens=pages.citizens, what=what, pages=count, digest=digest)
        remember(printer, data)
        return Sent(printer, count)

    return work


def _counted(pages: Pages, printer: str, session: Session, data: Path) -> Handed:
    """The pages as they were handed over: with numbers, where there are any."""
    from backupreader.store.files import Files
    from backupreader.store.issuing import counted, numbers_for
    from backupreader.store.ledger import Ledger

    ledger = Ledger(data, session, Files())
    if pages.numbers is None and pages.numbered is not None and (numbers := numbers_for(ledger)) is not None:
        pages = pages.numbered(numbers)
    with counted(ledger, pages.numbers, pages.sheets, printer):
        return pages, _hand(pages, printer)


def _hand(pages: Pages, printer: str) -> Job:
    from ui.spool import send

    if pages.cover:
        send(pages.cover, printer, pages.title)
    return send(pages.pdf, printer, pages.title, sides=pages.sides)
