"""From subjects to one PDF: the same input gives the same bytes, so that a print can be told by its digest."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import BinaryIO

from backupreader.domain.withheld import withheld, withheld_list
from printing.document import Document, Sheet, Subject
from printing.leaves import leaves
from printing.pdf import blank
from printing.pen import Letters


@dataclass(frozen=True, slots=True)
class Rendered:
    """How many pages were made, and the SHA-256 (hexadecimal) of the file."""

    pages: int
    sha256: str


def render(document: Document, subjects: Iterable[Subject], sheet: Sheet, out: BinaryIO) -> Rendered:
    """Write the pages of `document` about each subject, in order, to `out` as one PDF.

    Page numbers begin anew with each subject. The subjects are read one at a time. Without a subject nothing is
    written, and `pages` is 0.
    """
    written = io.BytesIO()
    canvas = blank(document.title, sheet.language, written)
    letters = Letters(canvas)
    count = 0
    for subject in subjects:
        shown = _shown(subject, sheet)
        told = replace(sheet, reveal_protected=sheet.reveal_protected and not _address_withheld(shown))
        pages = leaves(document, shown, told)
        pages.fill(document.story(shown, told))
        pages.draw(letters)
        count += pages.count
    if not count:
        return Rendered(0, hashlib.sha256(b"").hexdigest())
    canvas.save()
    content = written.getvalue()
    out.write(content)
    return Rendered(count, hashlib.sha256(content).hexdigest())


def _address_withheld(subject: Subject) -> bool:
    """Whether the address is kept back already: then it is not told as one that never came."""
    return any(part is not None and part.address_withheld for part in (subject.journal, subject.driving_list))


def _shown(subject: Subject, sheet: Sheet) -> Subject:
    """The subject as a document may see it: what takes a stated reason is kept back here, before any of them does."""
    private, protected = not sheet.reveal_private, not sheet.reveal_protected
    return replace(
        subject,
        journal=subject.journal and withheld(subject.journal, private=private, protected=protected),
        driving_list=subject.driving_list and withheld_list(subject.driving_list, protected=protected),
    )
