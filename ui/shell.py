"""What a screen may ask of the window round it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from backupreader.domain.trouble import ReaderError
from backupreader.language import Language
from backupreader.settings import Settings
from ui.look import Look, State

if TYPE_CHECKING:
    from backupreader.domain.acts import Waiting
    from backupreader.domain.changes import Changes
    from backupreader.store.answers import GenerationInfo
    from backupreader.store.plans import Carried
    from backupreader.store.reader import Reader
    from backupreader.store.session import Session
    from printing.jobs import Printer
    from ui.bundle import Wish
    from ui.chapter import Reading
    from ui.comparing import Comparing
    from ui.drilling import Drilling
    from ui.opening import Opened
    from ui.pages import Pages
    from ui.playing import Playing
    from ui.standing import Standing
    from ui.tasks import Desk


class Shell(Protocol):
    """See the module; `Window` is it."""

    @property
    def settings(self) -> Settings:
        """The settings."""
        ...

    @property
    def language(self) -> Language:
        """The language of the person at the window."""
        ...

    @property
    def look(self) -> Look:
        """Colours and sizes."""
        ...

    @property
    def desk(self) -> Desk[Reader]:
        """Whom to ask about the data."""
        ...

    @property
    def press(self) -> Desk[None]:
        """Whom to ask for pages."""
        ...

    @property
    def comparing(self) -> Comparing:
        """Whom to ask what has changed since the former data."""
        ...

    @property
    def changes(self) -> Changes | None:
        """What has changed since the former data; None while that is not known, and while locked."""
        ...

    @property
    def info(self) -> GenerationInfo | None:
        """The generation that is open; None while locked."""
        ...

    @property
    def standing(self) -> Standing | None:
        """How the data stands, as anyone may know; None until it has been read."""
        ...

    def read_standing(self) -> None:
        """Have what anyone may know read anew: something of it was changed here."""
        ...

    @property
    def plan(self) -> Carried | None:
        """The plan, as anyone may know it; None until it has been read."""
        ...

    @property
    def open_standing(self) -> Standing | None:
        """How the data stands that is open; None while locked."""
        ...

    @property
    def demo_words(self) -> str:
        """The words that a demo shows on its lock screen; empty everywhere else."""
        ...

    @property
    def session(self) -> Session | None:
        """Whose session it is; None while locked."""
        ...

    @property
    def waiting(self) -> Waiting:
        """What the log has not taken yet, of whoever was here."""
        ...

    @property
    def older(self) -> bool:
        """Did she choose older data than the newest?"""
        ...

    @property
    def drill(self) -> Drilling | None:
        """The drill that goes on; None where there is none."""
        ...

    @property
    def person(self) -> str:
        """Who has unlocked."""
        ...

    @property
    def readings(self) -> dict[str, Reading]:
        """In which order which citizen is read, by id, until the lock."""
        ...

    def now(self) -> datetime:
        """The site's wall clock, with its zone."""
        ...

    def go(self, name: str, what: object = None) -> None:
        """To another screen; Esc comes back to this one."""
        ...

    def back(self) -> None:
        """To the screen before."""
        ...

    def write_search(self, words: str) -> None:
        """Write in the search box."""
        ...

    def send(self, pages: Pages, printer: Printer, from_sheet: int = 1) -> None:
        """Have pages printed, wherever the person goes meanwhile; or the rest of what was sent, from a sheet on."""
        ...

    def print_bundle(self, wish: Wish, printer: Printer) -> None:
        """Have a document printed for many, wherever the person goes meanwhile."""
        ...

    @property
    def is_printing(self) -> bool:
        """Is a bundle being printed?"""
        ...

    def tell(self, trouble: ReaderError) -> None:
        """Show an error: the one place for it in the window."""
        ...

    def unlocked(self, opened: Opened) -> None:
        """The vault is open, and the desk holds the reader; so it is when another generation was chosen."""
        ...

    def choose(self, generation: str | None) -> None:
        """Open another generation, by its name; None is what is opened where nobody chooses."""
        ...

    def did(self, step: str, of: str = "") -> None:
        """A step of a drill or a scenario was done, if one goes on; `of` is the citizen's id, where it is about one."""
        ...

    @property
    def playing(self) -> Playing | None:
        """The scenario that goes on; None where there is none."""
        ...

    def play(self, playing: Playing | None) -> None:
        """A scenario goes on from now, until the lock; or none does."""
        ...

    @property
    def evidence(self) -> Path:
        """Below which data folder it is kept what was practised: that of the real PC."""
        ...

    def end_drill(self, sentence: str, hint: str, state: State) -> None:
        """The drill is over; what is to be told of it, if anything."""
        ...

    @property
    def practice(self) -> bool:
        """Is every citizen here made up?"""
        ...

    @property
    def can_practise(self) -> bool:
        """Can a practice be begun from here?"""
        ...

    def begin_practice(self) -> None:
        """Lock, and have a practice begun over this window."""
        ...

    def end_practice(self) -> None:
        """End this practice; nothing where this is none."""
        ...

    def show_round(self) -> None:
        """Begin the tour, on the start page."""
        ...

    def to_search(self) -> None:
        """Give the search box the focus."""
        ...

    def restyle(self, language: Language, look: Look) -> None:
        """Speak and look otherwise from now on."""
        ...
