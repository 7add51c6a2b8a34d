"""What a paper about the PC itself is: a slip of words, a sheet of codes, a report of the audit; never of one citizen.

A member of ``papers/`` is a module with one `Paper` named ``PAPER``; ``papers/__init__.py`` is the table, and its
function `paper` makes the PDF. A paper is a pure function from one value of `backupreader.domain.papers` to the head
and the story of its pages, in a language and at a moment that carries the site's zone. Frame, fonts, foot, and the
escaping of people's text are those of every document. The same input gives the same bytes. What it holds may be a
secret: nothing of it is remembered, and the PDF's title names the kind of paper only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from backupreader.language import Language
from printing.masthead import Head

if TYPE_CHECKING:
    from printing.block import Block


class OfPc(Protocol):
    """What every value of a paper says: which PC it is of, and which site's."""

    @property
    def pc(self) -> str:
        """The PC's name."""
        ...

    @property
    def site(self) -> str:
        """The site's name."""
        ...


V = TypeVar("V", bound=OfPc)


@dataclass(frozen=True, slots=True)
class Desk:
    """In which language and when a paper is made."""

    language: Language
    now: datetime

    def moment(self, moment: datetime, *, seconds: bool = False) -> str:
        """A moment by the clock of this site."""
        here = moment.astimezone(self.now.tzinfo)
        return self.language.moment(here) + (here.strftime(":%S") if seconds else "")

    def issued(self, at: datetime, by: str) -> str:
        """When it was handed out, and by whom."""
        return self.language.text("Issued {moment} by {name}").format(moment=self.moment(at), name=by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(Generic[V]):
    """One paper: its word, its title, the type of its value, its head and story, and what becomes of it afterwards."""

    name: str
    title: str
    of: type[V]
    head: Callable[[V, Desk], Head] = field(repr=False)
    story: Callable[[V, Desk], Iterable[Block]] = field(repr=False)
    afterwards: str
    landscape: bool = False
