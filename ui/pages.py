"""Making pages and sending them to a printer; what that needs is loaded on the press desk, not by the window."""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from backupreader.domain.acts import Anchor, stamp
from backupreader.domain.changes import Changes
from backupreader.domain.sheets import Numbers
from backupreader.domain.sheets import Sheet as Numbered
from backupreader.domain.shiftlists import Pick
from backupreader.domain.shifts import USUAL, Hours, Shift
from backupreader.domain.tonight import Facet, Filter, Tonight
from backupreader.language import Language
from printing.document import About, Sheet, Subject

if TYPE_CHECKING:
    from backupreader.domain.records import Document
    from backupreader.store.reader import Reader
    from backupreader.store.session import Session
    from printing.foreign import Following
    from printing.jobs import Printer
    from printing.preflight import Looked


@dataclass(frozen=True, slots=True)
class Printable:
    """What can be printed from where the person stands: about a citizen or a route's day, and which document first.

    With `pick` it is that list of the `shift`; `hours` are the site's. With `tonight` it is who is ours, of a `unit`
    (by its name) or a `route` alone, where one is named; with `changes`, those; with a `shift` alone, all of it.
    """

    document: str
    title: str
    citizen: str | None = None
    route: str | None = None
    day: date | None = None
    pick: Pick | None = None
    shift: Shift | None = None
    hours: Hours = USUAL
    tonight: Tonight | None = field(default=None, repr=False)
    unit: str | None = None
    changes: Changes | None = field(default=None, repr=False)

    @property
    def about(self) -> About:
        """What a document must be about to be printed here."""
        if self.tonight is not None:
            return "tonight"
        if self.changes is not None:
            return "changes"
        if self.citizen is not None:
            return "citizen"
        return "route" if self.route is not None or self.pick is not None else "overview"


def of_ours(tonight: Tonight, wanted: Filter, language: Language) -> Printable:
    """Who is ours, of the unit or the route that is chosen; first by the rules, where one is chosen."""
    rules = wanted.chosen(Facet.RULE) is not None
    unit = wanted.unit or None  # no list is of those whose unit nobody stated
    title = " · ".join(part for part in (language.text("Who is ours"), unit or wanted.route) if part)
    route = None if unit is not None else wanted.route
    return Printable("life-critical" if rules else "roster", title, tonight=tonight, unit=unit, route=route)


@dataclass(frozen=True, slots=True)
class Offer:
    """A document that can be printed here. `title` is an English sentence, marked for the translators.

    One for the `office` has no version for the car; a `form` is written on by hand.
    """

    name: str
    title: str
    office: bool = False
    form: bool = False


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be printed, and where; `looked` is what was seen of the printers."""

    documents: tuple[Offer, ...]
    looked: Looked

    @property
    def printers(self) -> tuple[Printer, ...]:
        """Every printer of this PC."""
        return self.looked.printers


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be printed of citizens, of a route as a whole, and as `blank` forms; and where."""

    citizens: tuple[Offer, ...]
    routes: tuple[Offer, ...]
    blank: tuple[Offer, ...]
    looked: Looked


@dataclass(frozen=True, slots=True)
class Pages:
    """Finished pages. A `cover` is printed before them as a job of its own: it cannot be bound to a foreign PDF.

    `what` they are and about which `citizens` is what the audit keeps. What is seen before it is printed has no
    numbers yet: `numbered` makes the same pages anew with those of a print. What was made with `numbers` has its
    `sheets`.
    """

    pdf: bytes = field(repr=False)
    count: int
    title: str
    cover: bytes = field(default=b"", repr=False)
    what: str = ""
    citizens: tuple[str, ...] = ()
    numbered: Callable[[Numbers], Pages] | None = field(default=None, repr=False, compare=False)
    numbers: Numbers | None = None
    sheets: tuple[Numbered, ...] = field(default=(), repr=False)
    sides: int = 1


@dataclass(frozen=True, slots=True)
class Covered:
    """A PDF of the municipality's own with its cover, and where it can be printed."""

    pages: Pages
    printers: tuple[Printer, ...]


def reading(wanted: Printable) -> Callable[[Reader], tuple[Subject, ...]]:
    """The reader's part: fetch what is printed."""

    def work(reader: Reader) -> tuple[Subject, ...]:
        if wanted.tonight is not None:
            return (Subject(tonight=_of(reader, wanted.tonight, wanted)),)
        if wanted.changes is not None:
            return (Subject(changes=wanted.changes),)
        if wanted.citizen is not None:
            return (Subject(journal=reader.journal(wanted.citizen)),)
        if wanted.shift is not None and wanted.pick is not None:
            return (Subject(driving_list=reader.shift_list(wanted.shift, wanted.pick, wanted.hours)),)
        if wanted.shift is not None:
            first = reader.overview(wanted.shift, 0)
            more = (reader.overview(wanted.shift, number) for number in range(1, first.pages))
            return tuple(Subject(overview=page) for page in (first, *more))
        assert wanted.route is not None
        assert wanted.day is not None
        return (Subject(driving_list=reader.driving_list(wanted.route, wanted.day)),)

    return work


def _of(reader: Reader, tonight: Tonight, wanted: Printable) -> Tonight:
    from backupreader.store.ofwhom import of

    units = (one.unit for one in reader.units() if wanted.unit in {one.unit.name, one.unit.id})
    return of(reader, tonight, next(units, None) if wanted.unit is not None else None, wanted.route)


def offering(about: About, data: Path) -> Callable[[None], Offers]:
    """The press's part: which documents there are about this, and what is seen of the printers."""

    def work(_held: None) -> Offers:
        from ui.spool import look

        return Offers(_fitting(about), look(data))

    return work


def offering_all(data: Path) -> Callable[[None], Offered]:
    """The press's part: every document, and what is seen of the printers."""

    def work(_held: None) -> Offered:
        from ui.spool import look

        citizens = _fitting("citizen")
        blank = (*(offer for offer in citizens if offer.form), *_fitting("nobody"))
        return Offered(citizens, _fitting("route"), blank, look(data))

    return work


def _fitting(about: About) -> tuple[Offer, ...]:
    from printing.documents import DOCUMENTS, document

    known = [document(name) for name in DOCUMENTS]
    return tuple(Offer(item.name, item.title, item.office, item.form) for item in known if item.about == about)


def making(name: str, subjects: tuple[Subject, ...], sheet: Sheet, session: Session) -> Callable[[None], Pages]:
    """The press's part: make the pages. The audit has them before, and its anchor stands on each."""

    def work(_held: None) -> Pages:
        from printing.documents import document
        from printing.render import render

        made = document(name)
        citizens = tuple(dict.fromkeys(whom for subject in subjects for whom in _citizens(subject)))
        stamped = _stamped(sheet, session.record("print", citizens=citizens, what=name), session)

        def anew(numbers: Numbers | None) -> Pages:
            out = io.BytesIO()
            rendered = render(made, subjects, replace(stamped, numbers=numbers), out)
            return Pages(
                out.getvalue(),
                rendered.pages,
                made.title,
                what=name,
                citizens=citizens,
                numbered=anew,
                numbers=numbers,
                sheets=rendered.sheets,
            )

        return anew(None)

    return work


def making_all(  # noqa: PLR0913 (all that one run of pages is made of)
    name: str,
    subjects: Iterable[Subject],
    sheet: Sheet,
    session: Session,
    citizens: tuple[str, ...],
    *,
    numbers: Callable[[], Numbers | None] | None = None,
) -> Callable[[None], Pages]:
    """The press's part where there are many subjects, in one run of pages; `subjects` may raise to break it off.

    `numbers` takes those of the print; who calls gives them back where nothing is sent. What needs a reason that nobody
    stated is out of the subjects already.
    """

    def work(_held: None) -> Pages:
        from printing.documents import document
        from printing.render import render

        out, made = io.BytesIO(), document(name)
        stamped = _stamped(sheet, session.record("print", citizens=citizens, what=name), session)
        taken = numbers() if numbers is not None else None
        rendered = render(made, subjects, replace(stamped, numbers=taken), out)
        pages = Pages(out.getvalue(), rendered.pages, made.title, what=name, citizens=citizens, numbers=taken)
        return replace(pages, sheets=rendered.sheets, sides=sheet.sides)

    return work


def making_shift(  # noqa: PLR0913 (as `making_all`)
    title: str,
    subjects: Iterable[Subject],
    sheet: Sheet,
    session: Session,
    citizens: tuple[str, ...],
    *,
    numbers: Callable[[], Numbers | None] | None = None,
) -> Callable[[None], Pages]:
    """As `making_all`: the whole bundle of a shift, with a cover of this title."""

    def work(_held: None) -> Pages:
        from printing.bundle import NAME, TITLE, Bundle
        from printing.render import render_pieces

        out, bundle = io.BytesIO(), Bundle(title)
        stamped = _stamped(sheet, session.record("print", citizens=citizens, what=NAME), session)
        taken = numbers() if numbers is not None else None
        rendered = render_pieces(TITLE, bundle.pieces(subjects), replace(stamped, numbers=taken), out, bundle.cover)
        pages = Pages(out.getvalue(), rendered.pages, TITLE, what=NAME, citizens=citizens, numbers=taken)
        return replace(pages, sheets=rendered.sheets, sides=sheet.sides)

    return work


def covering(
    document: Document, citizens: tuple[str, ...], following: Following, sheet: Sheet, session: Session
) -> Callable[[None], Covered]:
    """The press's part: make the cover of a PDF that is printed as it is, and ask for the printers."""

    def work(_held: None) -> Covered:
        from printing.cover import cover
        from ui.spool import printers

        what = f"document {document.id}"
        stamped = _stamped(sheet, session.record("print", citizens=citizens, what=what), session)

        def anew(numbers: Numbers | None) -> Pages:
            whose = citizens[0] if len(citizens) == 1 else None
            sheets = () if numbers is None else (Numbered(
                serial=numbers.at(0), document="cover", citizen=whose, route=None, pages=(1,), of=1
            ),)  # fmt: skip
            return Pages(
                document.content,
                following.pages + 1,
                "Backup Reader",
                cover(following, replace(stamped, numbers=numbers)),
                what=what,
                citizens=citizens,
                numbered=anew,
                numbers=numbers,
                sheets=sheets,
            )

        return Covered(anew(None), printers())

    return work


def _citizens(subject: Subject) -> tuple[str, ...]:
    """Whom the pages are about, by id."""
    if subject.journal is not None:
        return (subject.journal.citizen.id,)
    if subject.driving_list is not None:
        return tuple(subject.driving_list.citizens)
    if subject.tonight is not None:
        return tuple(person.citizen.id for person in subject.tonight.people)
    if subject.overview is not None:
        every = (placed.citizen for column in subject.overview.columns for placed in column.visits)
        return tuple(dict.fromkeys(citizen.id for citizen in every if citizen is not None))
    return tuple(one.citizen for one in subject.changes.items if one.citizen) if subject.changes is not None else ()


def _stamped(sheet: Sheet, anchor: Anchor | None, session: Session) -> Sheet:
    return replace(
        sheet,
        anchor=stamp(anchor, sheet.language),
        outage=session.outage,
        outage_day=session.outage_day(sheet.day),
        practice=session.practice,
    )


def warming(_held: None) -> None:
    """Load what makes pages while nobody waits for it."""
    importlib.import_module("printing.render")
    from printing.documents import DOCUMENTS, document

    for name in DOCUMENTS:
        document(name)
