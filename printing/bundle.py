"""The shift bundle: all that is taken along on one route or in one unit, in visit order, to be stapled as it is.

First the cover, then the driving list in the version for the car, then each citizen's own sheets: the summary, the
medicine sheet for the shift's times, what to do, and a form for what is observed. Each document begins on a sheet of
its own, so no sheet holds two citizens, and each can come back by itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from backupreader.language import N_
from printing import page, whose, wording
from printing.block import Block, Heading, Words
from printing.document import Document, Sheet, Subject
from printing.documents import DOCUMENTS, document
from printing.grid import Cell, Grid, Group, header, plain, strong, widths
from printing.leaves import deliveries_of
from printing.masthead import Head
from printing.render import Laid, Piece

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from backupreader.domain.records import Delivery

NAME: Final = "shift"
TITLE: Final = N_("Print for the shift")
OF_CITIZEN: Final = ("summary", "medicine-sheet", "care-plan", "form-observation")
_WIDE: Final = page.wide(landscape=False)
_COLUMNS: Final = widths(_WIDE, 9, 35, 27, 20, 9)


class Bundle:
    """One bundle, `name` that of the route or unit it is for: its `pieces` first, then its `cover`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._deliveries: dict[Delivery, None] = {}  # of what all of it is made, as the subjects go by

    def pieces(self, subjects: Iterable[Subject]) -> Iterator[Piece]:
        """The documents, in the order of the subjects: a list in its version for the car, a citizen in full."""
        for subject in subjects:
            self._deliveries |= dict.fromkeys(deliveries_of(subject))
            if subject.driving_list is not None:
                yield Piece(document("driving-list"), subject, car=True)
            for name in OF_CITIZEN if subject.journal is not None else ():
                if name in DOCUMENTS:
                    yield Piece(document(name), subject, car=False)

    def cover(self, laid: Sequence[Laid]) -> Piece:
        """What stands before them: for whom they are, the contents sheet by sheet, and who takes them along."""
        made = Document(
            name="bundle-cover",
            title=TITLE,
            about="nobody",
            story=partial(_story, laid),
            head=partial(_head, self._name),
            deliveries=self._made_of,
        )
        return Piece(made, Subject())

    def _made_of(self, _subject: Subject) -> Iterable[Delivery]:
        return tuple(self._deliveries)


def _head(name: str, _subject: Subject, sheet: Sheet) -> Head:
    language = sheet.language
    shift = None if sheet.shift is None else wording.shift_hours(sheet.shift, language)
    when = wording.joined((language.day(sheet.day, weekday=True), shift))
    return Head(name=name, title=language.text(TITLE), facts=((when, True),))


def _story(laid: Sequence[Laid], _subject: Subject, sheet: Sheet) -> list[Flowable]:
    _ = sheet.language.text
    groups = [tuple(group) for _whose, group in itertools.groupby(laid, _whose)]
    total = sum(_sheets(one, sheet) for one in laid)
    counted = sheet.language.count("{n} sheet in all, with this one more.", "{n} sheets in all, and this one.", total)
    rows = [_row(group, sheet) for group in groups]
    top = header(_("No."), _("Whose"), _("What"), _("From sheet"), _("Sheets"))
    blocks: list[Block] = [
        Words((counted, True), ("  " + _("Count them before you leave, and when you are back."), False)),
        Words((_("They hold health details: keep them with you, and bring every sheet back."), False), above=3),
        Heading(_("Contents")),
        Grid(_COLUMNS, [Group((row,)) for row in rows], top, above=4),
        Heading(_("Taken along")),
        Grid(
            widths(_WIDE, 4, 2, 2, 2),
            (Group((tuple(Cell() for _column in range(4)),), (), 30),) * 2,
            header(_("Name"), _("Out, time"), _("Back, time"), _("Sheets back")),
            above=4,
        ),
    ]
    return [*blocks]


def _sheets(laid: Laid, sheet: Sheet) -> int:
    return -(-laid.pages // sheet.sides)


def _whose(laid: Laid) -> str | None:
    return laid.citizen.id if laid.citizen is not None else None


def _row(group: Sequence[Laid], sheet: Sheet) -> tuple[Cell, ...]:
    """What one citizen has, each document with the places of its sheets; or the driving list."""
    first, citizen = group[0], group[0].citizen
    if citizen is None:
        name = strong(first.route or sheet.language.text("On no route"))
    else:
        name = strong(citizen.name, wording.joined((wording.born(citizen, sheet), whose.number(citizen, sheet))))
    sheets, text = sum(_sheets(one, sheet) for one in group), sheet.language.text
    documents = [f"{text(one.document.title)} {_places(one.first, _sheets(one, sheet))}" for one in group]
    return (
        plain(_places(first.first, sheets)),
        name,
        plain(*documents),
        plain("" if sheet.numbers is None else str(sheet.numbers.at(first.first))),
        plain(str(sheets), align="right"),
    )


def _places(first: int, sheets: int) -> str:
    """Where sheets lie in the bundle, counted from 1."""
    return str(first + 1) if sheets == 1 else f"{first + 1}–{first + sheets}"
