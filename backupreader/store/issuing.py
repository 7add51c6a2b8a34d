"""From pages to paper: the numbers of a print are taken before it is made, and its sheets counted before they leave.

Care comes before the ledger: pages that it has no numbers for are printed without, with a line to write one on. Pages
that have numbers do not leave before the ledger has them.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from backupreader.domain.trouble import ReaderError

if TYPE_CHECKING:
    from backupreader.domain.sheets import Numbers, Sheet
    from backupreader.store.ledger import Ledger


def numbers_for(ledger: Ledger) -> Numbers | None:
    """Numbers for one print; None where the ledger cannot be written now."""
    try:
        return ledger.reserve()
    except ReaderError:
        return None


@contextmanager
def counted(ledger: Ledger, numbers: Numbers | None, sheets: Sequence[Sheet], to: str) -> Generator[None]:
    """Within, the sheets leave, to the printer or file `to`. Where that fails, they are struck: none became paper.

    Raises what keeps the ledger from being written: nothing may leave then.
    """
    job = ledger.issue(numbers, sheets, to) if numbers is not None else None
    try:
        yield
    except BaseException:
        if job is not None:
            with suppress(ReaderError):  # the trouble that is told is the printer's; a person can still say it
                ledger.ended(job.first, "cancelled", job.first)
        raise
