"""What a printed document is: a pure function from what is known to a story of pages.

A member of ``documents/`` is a module with one `Document` named ``DOCUMENT``; ``documents/__init__.py`` is the table.
A document never sees the store, a file or a printer. It is given a `Subject` (one citizen's journal, one driving
list, …) and a `Sheet` (language, clock, who prints, for how many days), and returns reportlab flowables made only with
the words of ``text`` and ``page``, which escape people's text, set the fonts, and draw the frame, header and footer on
every page. The same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from backupreader.domain.changes import Changes
from backupreader.domain.journal import Journal
from backupreader.domain.overview import Page as Overview
from backupreader.domain.records import AccessCode
from backupreader.domain.rounds import DrivingList
from backupreader.domain.sheets import Numbers
from backupreader.domain.shifts import Shift
from backupreader.domain.tonight import Tonight
from backupreader.language import Language
from printing.band import Band

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from backupreader.domain.records import Delivery
    from printing.masthead import Head


PaperSize: TypeAlias = Literal["a4", "a3"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """How and when a document is printed. `now` carries its zone; `day` is the first day shown.

    `anchor` is where the audit stood (`str(Anchor)`), or a sentence in this language that it could not be written;
    `outage` is the outage's number. `older`: a person chose older data than the newest; in `practice` every citizen
    is made up; each page says so. `numbers` are those of the sheets of paper; without them a page has a line to write
    one on; with 2 `sides` both sides of a sheet are printed, and have the same one. `shift` is what a bundle is printed
    for. `outage_day` counts the days of a long outage for which it is printed anew, from 1; 0 where there is none.
    `paper` is what a document that may be large is printed on. Without `reveal_private` and `reveal_protected`, which
    take a stated reason, private-marked medicine and protected addresses are withheld (see
    `backupreader.domain.withheld`).
    """

    language: Language
    now: datetime
    day: date
    site: str
    printed_by: str
    days: int = 1
    generation: str = ""
    car: bool = False
    anchor: str = ""
    outage: str = ""
    older: bool = False
    practice: bool = False
    numbers: Numbers | None = None
    sides: int = 1
    shift: Shift | None = None
    outage_day: int = 0
    paper: PaperSize = "a4"
    reveal_private: bool = True
    reveal_protected: bool = True

    @property
    def band(self) -> Band:
        """What the frame of each page says: that nobody is real goes before that the data is older."""
        if self.practice:
            return Band.PRACTICE
        return Band.OLDER if self.older else Band.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is printed; a document says in `about` which of these it is made of.

    `number` is the temporary number of a citizen whom nobody knows yet (`backupreader.domain.newcitizen`). `codes` are
    those of her doors and boxes, where they were asked for with a reason; None: they were not asked for. A form about
    nobody is made of none of them.
    """

    journal: Journal | None = None
    driving_list: DrivingList | None = None
    tonight: Tonight | None = None
    overview: Overview | None = None
    changes: Changes | None = None
    number: str = ""
    codes: tuple[AccessCode, ...] | None = field(default=None, repr=False)


About: TypeAlias = Literal["citizen", "route", "tonight", "overview", "changes", "nobody"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One printed document: its word on the command line, its title, what it is about, and its story.

    `head` and `deliveries` say whose the pages are and how old, where that is neither a citizen's nor a driving
    list's. One of `medicine` says in the head of each page when some of it is kept back. A `form` is written on by
    hand; where it is `about` a citizen, it may be printed about nobody too. One with a `large` form can stand on
    A3. One for the `office` is full of health details, and has no version for the car.
    """

    name: str
    title: str
    about: About
    story: Callable[[Subject, Sheet], list[Flowable]] = field(repr=False)
    head: Callable[[Subject, Sheet], Head] | None = field(default=None, repr=False)
    deliveries: Callable[[Subject], Iterable[Delivery]] | None = field(default=None, repr=False)
    landscape: bool = False
    medicine: bool = False
    form: bool = False
    large: bool = False
    office: bool = False

    def paper(self, sheet: Sheet) -> PaperSize:
        """What it stands on: on A3 only where it has such a form."""
        return sheet.paper if self.large else "a4"
