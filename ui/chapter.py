"""What a chapter of the citizen's page is: one pure function from a journal to rows, one file under ``chapters/``.

A member's module holds one `Chapter` named ``CHAPTER``; ``chapters/__init__.py`` is the table, in the order of the
page. A chapter never asks for data and never sees a widget. It shows what is current first, marks what is not, and
leaves out nothing: what is kept back for its length is behind a row that says how much there is (`Show`). Where its
section is empty it says which of the three kinds of empty it is, in its own words (`nothing`, `missing`); what the
municipality left out is told in the same words everywhere (`LEFT_OUT`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from backupreader.domain.barriers import Barrier
from backupreader.domain.journal import Journal, Presence, Section
from backupreader.domain.records import AccessCode
from backupreader.language import Language
from printing import tablewords
from ui.clock import taken_line
from ui.look import State
from ui.rows import Kind, Mark, Row
from ui.sieve import OPEN, Sieve

if TYPE_CHECKING:
    from backupreader.domain.changes import Changes

LEFT_OUT: Final = tablewords.LEFT_OUT


class Reading(Enum):
    """In which order a citizen is read: nothing is hidden by it."""

    KNOWN = "known"  # by one who knows her
    UNKNOWN = "unknown"  # by one who does not


class Show(Enum):
    """What a row of a chapter can ask the page for."""

    ENDED = auto()  # what has ended, too
    OLDER = auto()  # older notes, too
    DIFFERENCES = auto()  # all differences between lists of medicine
    CODES = auto()  # the door and box codes


@dataclass(frozen=True, slots=True)
class ToChapter:
    """A row that leads to another chapter."""

    name: str


@dataclass(frozen=True, slots=True)
class ToDocument:
    """A row that opens a document, on the page that is meant."""

    document: str
    title: str
    page: int = 1
    whose: Whose | None = None


@dataclass(frozen=True, slots=True)
class Whose:
    """A citizen, by her id, and what is told of her before her page is opened: her name and her unit, if anything.

    `chapter` is the key of the chapter of her page that is meant; without one the page begins as it does.
    """

    citizen: str
    name: str = ""
    unit: str = ""
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class ToWhole:
    """A row that opens the whole of a long text in its place: the id of its record."""

    record: str


@dataclass(frozen=True, slots=True)
class ToRoute:
    """A row that opens a route on a day, in the shift in which it runs."""

    day: date
    route: str


@dataclass(frozen=True, slots=True)
class ToReason:
    """A row that asks for a reason: what stands behind the barrier is shown when one is stated."""

    barrier: Barrier


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How the page is seen now: the clock, the language, what has been asked for, for what a reason was stated.

    `changes` are those since the generation before; None while they are not known. `whole` are the records whose long
    texts were opened, `reading` is the order in which she is read, `sieve` what of the timeline is let through.
    """

    now: datetime
    language: Language
    shown: frozenset[Show] = frozenset()
    codes: tuple[AccessCode, ...] | None = None
    stated: frozenset[Barrier] = frozenset()
    changes: Changes | None = None
    whole: frozenset[str] = frozenset()
    reading: Reading | None = None
    sieve: Sieve = OPEN

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        assert isinstance(self.now.tzinfo, ZoneInfo)
        return self.now.tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a chapter is about: its key, its title, its section of the journal, and its words for the kinds of empty."""

    name: str
    title: str
    section: Callable[[Journal], Section[Any]]
    nothing: str
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One chapter. `topic` is what its source line tells of; None where it has several (then `name`, `title`).

    One of several says among its rows from whom and when each is. `readings` is True of one whose order can be chosen
    (see `Reading`); `offers` are the roles, and the kinds with their words, by which a timeline can be sifted.
    """

    topic: Topic | None = None
    name: str = ""
    title: str = ""
    rows: Callable[[Journal, View], tuple[Row, ...]]
    readings: bool = False
    offers: Callable[[Journal, View], tuple[Sequence[str], Sequence[tuple[str, str]]]] | None = None
    document: str = "summary"
    lead: bool = False

    @property
    def key(self) -> str:
        """Its name in the table."""
        return self.topic.name if self.topic is not None else self.name

    @property
    def heading(self) -> str:
        """Its title, an English sentence marked for the translators."""
        return self.topic.title if self.topic is not None else self.title

    def age(self, journal: Journal, view: View) -> str:
        """The line under its title: from whom and when; empty where its rows say so."""
        return taken_line(self.topic.section(journal), view.now, view.language) if self.topic is not None else ""


def empty(topic: Topic, journal: Journal, view: View) -> tuple[Row, ...]:
    """The row that stands where there is nothing; no row where there is something."""
    section = topic.section(journal)
    if section.presence is Presence.NOT_DELIVERED:
        return (Row(kind=Kind.MISSING, title=view.language.text(topic.missing)),)
    if section.presence is Presence.LEFT_OUT:
        return (Row(kind=Kind.MISSING, title=view.language.text(LEFT_OUT)),)
    if section.presence is Presence.NOTHING_RECORDED:
        return (Row(kind=Kind.NOTHING, title=view.language.text(topic.nothing)),)
    return ()


def heading(topic: Topic, journal: Journal, view: View, title: str | None = None) -> Row:
    """A heading for a group of another chapter's rows: its source, its age, and whether it is whole."""
    section = topic.section(journal)
    return Row(
        kind=Kind.HEADING,
        title=view.language.text(title or topic.title),
        aside=taken_line(section, view.now, view.language) if section.deliveries else "",
        marks=completeness(section, view.language),
    )


def completeness(section: Section[Any], language: Language) -> tuple[Mark, ...]:
    """A mark where the source said that rows are missing."""
    return () if section.complete else (Mark(language.text("INCOMPLETE: some of it did not come"), State.LATE),)


def show_ended(number: int, language: Language) -> Row:
    """The row that opens what has ended."""
    return Row(
        kind=Kind.ACTION,
        title=language.count("Show the one that has ended", "Show the {n} that have ended", number),
        target=Show.ENDED,
    )
