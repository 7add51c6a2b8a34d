"""What the blank forms share: whose they are, places to write in that fill the page, and what becomes of the sheet.

A form is parts under each other. A part is a block, or a place to write in (`Open`), which takes the room that the page
has left: so a form is one page whoever it is about, as long as her CAVE leaves room for it. Each form begins with whose
it is (printed where that is known, else empty lines), and ends with who wrote it, who entered it in the journal, and of
how many sheets it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

from backupreader.domain.journal import Presence
from backupreader.language import Language
from printing import leaves, page, whose
from printing.block import Block, Words
from printing.document import Document
from printing.grid import Cell, Grid, Group, header, plain, widths
from printing.masthead import Head

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from printing.document import Sheet, Subject

FIELD: Final = 36.0  # points: a label, and room for a line by hand under it
_CUT: Final = 110.0  # what a page's end may lose because rows are not split, and the header that comes again


class Open(Protocol):
    """A place to write in, which grows with the page's room; `share` is its part of it against the others' parts."""

    @property
    def share(self) -> float:
        """See above."""
        ...

    def filled(self, wide: float, more: float) -> Block:
        """The place, so many points higher than it must be."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A table to write in: as many rows as there is room for, never fewer than `least`; `row` is what stands in each.

    `columns` are shares of the page's width; `high` is a row's least height in points.
    """

    columns: tuple[float, ...]
    titles: tuple[str, ...]
    high: float = 32.0
    least: int = 3
    row: tuple[Cell, ...] = ()
    share: float = 2.0

    def filled(self, wide: float, more: float) -> Block:
        """More rows, and what is left shared among all of them."""
        cells = self.row or (Cell(),) * len(self.columns)
        columns, top = widths(wide, *self.columns), header(*self.titles)
        one = Grid(columns, [Group((cells,), (), self.high)]).high(wide)
        rows = self.least + int(more // one)
        row = Group((cells,), (), one + (more % one) / rows)
        return Grid(columns, [row] * rows, top, above=6)


@dataclass(frozen=True, slots=True)
class Box:
    """A box to write in, with what shall be written in it: `least` points high, or more where there is room."""

    label: str
    least: float = 48.0
    share: float = 1.0

    def filled(self, wide: float, more: float) -> Block:
        """A higher box."""
        return Grid((wide,), [Group(((plain(self.label),),), (), self.least + more)])


@dataclass(frozen=True, slots=True)
class Grown:
    """A place that a form builds itself, out of how many points it has more than it must have."""

    build: Callable[[float], Block]
    share: float = 1.0

    def filled(self, wide: float, more: float) -> Block:
        """As it is built."""
        del wide
        return self.build(more)


Part: TypeAlias = Block | Open
Body: TypeAlias = Callable[["Subject", "Sheet"], Sequence[Part]]


def form(
    name: str, title: str, body: Body, *, about: Literal["citizen", "nobody"] = "citizen", landscape: bool = False
) -> Document:
    """A blank form; `body` is what is its own, between whose it is and what becomes of the sheet."""

    def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
        wide = page.wide(landscape=landscape)
        parts: list[Part] = [*_identity(made, subject, sheet, wide), *body(subject, sheet), *_closing(sheet, wide)]
        pages = leaves.leaves(made, subject, sheet)
        return [*_filled(parts, wide, pages.left, pages.room)]

    def head(subject: Subject, sheet: Sheet) -> Head:
        return _head(made, subject, sheet)

    made = Document(name=name, title=title, about=about, story=story, head=head, landscape=landscape, form=True)
    return made


def fields(wide: float, *cells: tuple[float, Cell], high: float = FIELD, above: float = 0.0) -> Grid:
    """Cells beside each other to be written in or ticked, each with its share of the width."""
    row = Group((tuple(cell for _share, cell in cells),), (), high)
    return Grid(widths(wide, *(share for share, _cell in cells)), [row], above=above)


def ticks(*texts: str) -> Cell:
    """A cell of texts with a square to tick before each."""
    return replace(plain(*texts), ticks=len(texts))


def told(*sentences: str) -> Words:
    """How the form is filled in: the first sentence is what must not be forgotten."""
    first, *more = sentences
    return Words((first, True), *(("  " + text, False) for text in more), above=2)


def happened(language: Language) -> str:
    """The title of the column for when it was, which is not when it was written down."""
    return language.text("Happened (date, time)")


def entered(language: Language) -> str:
    """The title of the column for when a row came into the journal."""
    return language.text("Entered (time, initials)")


def _head(made: Document, subject: Subject, sheet: Sheet) -> Head:
    _ = sheet.language.text
    if subject.journal is None or made.about == "nobody":
        facts = ((_("Temporary number {number}").format(number=subject.number), True),) if subject.number else ()
        return Head(name=_(made.title), title=_("Blank form"), facts=facts)
    found = whose.head(made, subject, sheet)
    if sheet.car and found.presence is Presence.VALUE:
        return replace(found, cave=((_("CAVE: there is something. Ask the office."), True),))
    return found


def _identity(made: Document, subject: Subject, sheet: Sheet, wide: float) -> list[Block]:
    """Empty places for whose it is, where a form about a citizen is printed about nobody."""
    if made.about == "nobody" or subject.journal is not None:
        return []
    _ = sheet.language.text
    number = plain(_("Person number"))
    if subject.number:
        number = Cell((*plain(_("Temporary number")).paragraphs, ((subject.number, True),)))
    return [
        fields(
            wide,
            (38, plain(_("Name"))),
            (19, plain(_("Birthday"))),
            (24, number),
            (19, plain(_("Unit, room"))),
            high=40,
        ),
        fields(wide, (1, plain(_("CAVE: ask, before anything is given"))), high=FIELD),
    ]


def _closing(sheet: Sheet, wide: float) -> list[Block]:
    """Who wrote it, who entered it and when, which sheet of how many, and how a mistake is put right."""
    _ = sheet.language.text
    places = fields(
        wide,
        (27, plain(_("Filled in by (name, title, initials)"))),
        (19, plain(_("Entered in the journal by"))),
        (16, plain(_("Entered on (date, time)"))),
        (18, ticks(_("documented in the app already"))),
        (20, plain(_("Sheet ____ of ____"))),
        high=42,
        above=6,
    )
    mistakes = Words(
        (_("Wrong: strike it through once, so that it can still be read, and put your initials."), True),
        ("  " + _("Shred it only when it is entered in the journal."), False),
        above=3,
    )
    return [places, mistakes]


def _filled(parts: Sequence[Part], wide: float, room: float, more: float) -> list[Block]:
    """The parts as blocks; the places to write in share what the page has left.

    Where her CAVE takes so much `room` that there is not enough, they share the next page, which has so much `more`.
    """
    least = [_block(part, wide, 0.0) for part in parts]
    whole = sum(part.share for part in parts if not isinstance(part, Block))
    left = room - sum(block.above + block.high(wide) for block in least)
    if left < 0:
        left = max(0.0, left + more - _CUT)
    return [_block(part, wide, left / whole if whole else 0.0) for part in parts]


def _block(part: Part, wide: float, more: float) -> Block:
    """The part; `more` points for each share that it has."""
    return part if isinstance(part, Block) else part.filled(wide, part.share * more)
