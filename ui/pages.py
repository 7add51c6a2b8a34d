"""Making pages and sending them to a printer; what that needs is loaded on the press desk, not by the window."""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from printing.document import Sheet, Subject

if TYPE_CHECKING:
    from backupreader.store.reader import Reader
    from printing.foreign import Following
    from printing.jobs import Printer


@dataclass(frozen=True, slots=True)
class Printable:
    """What can be printed from where the person stands: about a citizen or a route's day, and which document first."""

    document: str
    title: str
    citizen: str | None = None
    route: str | None = None
    day: date | None = None


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
    """Finished pages. A `cover` is printed before them as a job of its own: it cannot be bound to a foreign PDF."""

    pdf: bytes = field(repr=False)
    count: int
    title: str
    cover: bytes = field(default=b"", repr=False)


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


def making(name: str, subject: Subject, sheet: Sheet) -> Callable[[None], Pages]:
    """The press's part: make the pages."""

    def work(_held: None) -> Pages:
        from printing.documents import document
        from printing.render import render

        out = io.BytesIO()
        made = document(name)
        rendered = render(made, (subject,), sheet, out)
        return Pages(out.getvalue(), rendered.pages, made.title)

    return work


def covering(pdf: bytes, following: Following, sheet: Sheet) -> Callable[[None], Covered]:
    """The press's part: make the cover of a PDF that is printed as it is, and ask for the printers."""

    def work(_held: None) -> Covered:
        from printing.cover import cover
        from ui.spool import printers

        return Covered(Pages(pdf, following.pages + 1, "Backup Reader", cover(following, sheet)), printers())

    return work


def sending(pages: Pages, printer: str) -> Callable[[None], str]:
    """The press's part: hand the pages to the system's printer, nothing where their cover is not taken.

    The jobs' titles hold no name.
    """

    def work(_held: None) -> str:
        from ui.spool import send

        if pages.cover:
            send(pages.cover, printer, pages.title)
        send(pages.pdf, printer, pages.title)
        return printer

    return work


def warming(_held: None) -> None:
    """Load what makes pages while nobody waits for it."""
    importlib.import_module("printing.render")
    from printing.documents import DOCUMENTS, document

    for name in DOCUMENTS:
        document(name)
