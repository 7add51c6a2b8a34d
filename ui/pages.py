"""Making pages and sending them to a printer; what that needs is loaded on the press desk, not by the window."""

from __future__ import annotations

import hashlib
import importlib
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from backupreader.domain.acts import Anchor, stamp
from backupreader.domain.shiftlists import Pick
from backupreader.domain.shifts import USUAL, Hours, Shift
from printing.document import Sheet, Subject

if TYPE_CHECKING:
    from backupreader.domain.records import Document
    from backupreader.store.reader import Reader
    from backupreader.store.session import Session
    from printing.foreign import Following
    from printing.jobs import Printer


@dataclass(frozen=True, slots=True)
class Printable:
    """What can be printed from where the person stands: about a citizen or a route's day, and which document first.

    With `pick` it is that list of the `shift`; `hours` are the site's.
    """

    document: str
    title: str
    citizen: str | None = None
    route: str | None = None
    day: date | None = None
    pick: Pick | None = None
    shift: Shift | None = None
    hours: Hours = USUAL


@dataclass(frozen=True, slots=True)
class Offer:
    """A document that can be printed here. `title` is an English sentence, marked for the translators."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be printed, and where."""

    documents: tuple[Offer, ...]
    printers: tuple[Printer, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """Finished pages. A `cover` is printed before them as a job of its own: it cannot be bound to a foreign PDF.

    `what` they are and about which `citizens` is what the audit keeps.
    """

    pdf: bytes = field(repr=False)
    count: int
    title: str
    cover: bytes = field(default=b"", repr=False)
    what: str = ""
    citizens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Covered:
    """A PDF of the municipality's own with its cover, and where it can be printed."""

    pages: Pages
    printers: tuple[Printer, ...]


def reading(wanted: Printable) -> Callable[[Reader], Subject]:
    """The reader's part: fetch what is printed."""

    def work(reader: Reader) -> Subject:
        if wanted.citizen is not None:
            return Subject(journal=reader.journal(wanted.citizen))
        if wanted.pick is not None and wanted.shift is not None:
            return Subject(driving_list=reader.shift_list(wanted.shift, wanted.pick, wanted.hours))
        assert wanted.route is not None
        assert wanted.day is not None
        return Subject(driving_list=reader.driving_list(wanted.route, wanted.day))

    return work


def offering(about: str) -> Callable[[None], Offers]:
    """The press's part: which documents there are about a citizen or a route, and which printers."""

    def work(_held: None) -> Offers:
        from printing.documents import DOCUMENTS, document
        from ui.spool import printers

        known = [document(name) for name in DOCUMENTS]
        fitting = tuple(Offer(item.name, item.title) for item in known if item.about == about)
        return Offers(fitting, printers())

    return work


def making(name: str, subject: Subject, sheet: Sheet, session: Session) -> Callable[[None], Pages]:
    """The press's part: make the pages. The audit has them before, and its anchor stands on each."""

    def work(_held: None) -> Pages:
        from printing.documents import document
        from printing.render import render

        out = io.BytesIO()
        made = document(name)
        citizens = _citizens(subject)
        stamped = _stamped(sheet, session.record("print", citizens=citizens, what=name), session)
        rendered = render(made, (subject,), stamped, out)
        return Pages(out.getvalue(), rendered.pages, made.title, what=name, citizens=citizens)

    return work


def making_all(
    name: str,
    subjects: Iterable[Subject],
    sheet: Sheet,
    session: Session,
    citizens: tuple[str, ...],
) -> Callable[[None], Pages]:
    """The press's part where there are many subjects, in one run of pages; `subjects` may raise to break it off.

    What needs a reason that nobody stated is out of them already.
    """

    def work(_held: None) -> Pages:
        from printing.documents import document
        from printing.render import render

        out, made = io.BytesIO(), document(name)
        stamped = _stamped(sheet, session.record("print", citizens=citizens, what=name), session)
        rendered = render(made, subjects, stamped, out)
        return Pages(out.getvalue(), rendered.pages, made.title, what=name, citizens=citizens)

    return work


def making_shift(
    title: str, subjects: Iterable[Subject], sheet: Sheet, session: Session, citizens: tuple[str, ...]
) -> Callable[[None], Pages]:
    """As `making_all`: the whole bundle of a shift, with a cover of this title."""

    def work(_held: None) -> Pages:
        from printing.bundle import NAME, TITLE, Bundle
        from printing.render import render_pieces

        out, bundle = io.BytesIO(), Bundle(title)
        stamped = _stamped(sheet, session.record("print", citizens=citizens, what=NAME), session)
        rendered = render_pieces(TITLE, bundle.pieces(subjects), stamped, out, bundle.cover)
        return Pages(out.getvalue(), rendered.pages, TITLE, what=NAME, citizens=citizens)

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
        pages = Pages(
            document.content,
            following.pages + 1,
            "Backup Reader",
            cover(following, stamped),
            what=what,
            citizens=citizens,
        )
        return Covered(pages, printers())

    return work


def sending(pages: Pages, printer: str, session: Session | None) -> Callable[[None], str]:
    """The press's part: hand the pages to the system's printer, nothing where their cover is not taken.

    The jobs' titles hold no name. That they were handed over is in the audit, with their digest.
    """

    def work(_held: None) -> str:
        from ui.spool import send

        if pages.cover:
            send(pages.cover, printer, pages.title)
        send(pages.pdf, printer, pages.title)
        if session is not None:
            session.record(
                "printed",
                citizens=pages.citizens,
                what=f"{pages.what}: {printer}",
                pages=pages.count,
                digest=hashlib.sha256(pages.pdf).hexdigest(),
            )
        return printer

    return work


def _citizens(subject: Subject) -> tuple[str, ...]:
    """Whom the pages are about, by id."""
    if subject.journal is not None:
        return (subject.journal.citizen.id,)
    return tuple(subject.driving_list.citizens) if subject.driving_list is not None else ()


def _stamped(sheet: Sheet, anchor: Anchor | None, session: Session) -> Sheet:
    return replace(sheet, anchor=stamp(anchor, sheet.language), outage=session.outage, practice=session.practice)


def warming(_held: None) -> None:
    """Load what makes pages while nobody waits for it."""
    importlib.import_module("printing.render")
    from printing.documents import DOCUMENTS, document

    for name in DOCUMENTS:
        document(name)
