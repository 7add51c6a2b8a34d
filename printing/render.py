"""From subjects to one PDF: the same input gives the same bytes, so that a print can be told by its digest.

A document about a subject is a `Piece`. Each piece begins on a sheet of its own: where both sides are printed, an empty
side ends what has an odd number of pages, and no sheet holds two citizens or two documents.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from backupreader.domain import sheets
from backupreader.domain.changes import kept_back
from backupreader.domain.withheld import withheld, withheld_list, withheld_tonight
from printing.document import Document, Sheet, Subject
from printing.leaves import leaves
from printing.page import empty
from printing.pdf import blank, first_last
from printing.pen import Letters

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from backupreader.domain.records import Citizen


@dataclass(frozen=True, slots=True)
class Piece:
    """A document about a subject; `car` where it is not what the print's own sheet says."""

    document: Document
    subject: Subject
    car: bool | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """How many pages were made, the SHA-256 (hexadecimal) of the file, and the sheets, where they are numbered."""

    pages: int
    sha256: str
    sheets: tuple[sheets.Sheet, ...] = ()


@dataclass(frozen=True, slots=True)
class Laid:
    """A piece that has been drawn: what a cover lists. `first` is its first sheet's place, from 0.

    Of the subject only its name is kept: a bundle is made with one citizen at a time in memory.
    """

    document: Document
    citizen: Citizen | None
    route: str | None
    pages: int
    first: int


Cover: TypeAlias = Callable[[tuple[Laid, ...]], Piece]
"""Makes the piece that stands before all others out of what they became. It has the last numbers."""


def render(document: Document, subjects: Iterable[Subject], sheet: Sheet, out: BinaryIO) -> Rendered:
    """Write the pages of `document` about each subject, in order, to `out` as one PDF.

    Page numbers begin anew with each subject. The subjects are read one at a time. Without a subject nothing is
    written, and `pages` is 0.
    """
    return render_pieces(document.title, (Piece(document, subject) for subject in subjects), sheet, out)


def render_pieces(
    title: str, pieces: Iterable[Piece], sheet: Sheet, out: BinaryIO, cover: Cover | None = None
) -> Rendered:
    """As `render`, of documents of several kinds, with a cover before them. `title` is a marked sentence, no name.

    Raises ValueError where there are more sheets than `sheet.numbers` may count.
    """
    written = io.BytesIO()
    canvas = blank(title, sheet.language, written)
    made = _Made(canvas, sheet)
    for piece in pieces:
        made.draw(piece)
    if not made.pages:
        return Rendered(0, hashlib.sha256(b"").hexdigest())
    if cover is not None:
        before = made.pages
        made.draw(cover(tuple(made.laid)))
        first_last(canvas, made.pages - before)
    canvas.save()
    content = written.getvalue()
    out.write(content)
    return Rendered(made.pages, hashlib.sha256(content).hexdigest(), tuple(made.sheets))


class _Made:
    """What has been drawn so far on a canvas."""

    def __init__(self, canvas: Canvas, sheet: Sheet) -> None:
        self._letters, self._sheet = Letters(canvas), sheet
        self._used = 0
        self.pages = 0
        self.laid: list[Laid] = []
        self.sheets: list[sheets.Sheet] = []

    def draw(self, piece: Piece) -> None:
        """Draw the pages of a piece, and count its sheets."""
        sheet, sides = self._sheet, self._sheet.sides
        if piece.car is not None:
            sheet = replace(sheet, car=piece.car)
        shown = _shown(piece.subject, sheet)
        told = replace(sheet, reveal_protected=sheet.reveal_protected and not _address_withheld(shown))
        pages = leaves(piece.document, shown, told)
        pages.fill(piece.document.story(shown, told))
        pages.draw(self._letters, sheet.numbers, self._used, sides)
        journal, rounds = piece.subject.journal, piece.subject.driving_list
        citizen = journal.citizen if journal is not None else None
        route = rounds.route if rounds is not None else None
        self.laid.append(Laid(piece.document, citizen, route, pages.count, self._used))
        self.pages += pages.count
        for _side in range(-pages.count % sides):
            of = piece.document
            empty(self._letters, sheet.language, landscape=of.landscape, band=sheet.band, paper=of.paper(sheet))
            self.pages += 1
        self.sheets += self._counted(self.laid[-1])
        self._used += -(-pages.count // sides)

    def _counted(self, laid: Laid) -> Iterator[sheets.Sheet]:
        if self._sheet.numbers is None:
            return
        sides = self._sheet.sides
        for place, first in enumerate(range(1, laid.pages + 1, sides)):
            yield sheets.Sheet(
                serial=self._sheet.numbers.at(laid.first + place),
                document=laid.document.name,
                citizen=laid.citizen.id if laid.citizen is not None else None,
                route=laid.route,
                pages=tuple(range(first, min(first + sides, laid.pages + 1))),
                of=laid.pages,
            )


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
        codes=None if sheet.car else subject.codes,
        tonight=subject.tonight and withheld_tonight(subject.tonight, private=private, protected=protected),
        changes=subject.changes and kept_back(subject.changes, private=private, protected=protected),
    )
