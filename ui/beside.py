"""What the window does beside showing screens: it prints for many, shows a newcomer round, and begins a practice.

Each is loaded when it is first wanted, and told of at the foot of every page that is come to while it goes on.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from backupreader.language import Language
from ui.look import Look, State
from ui.stage import Stage

if TYPE_CHECKING:
    from printing.jobs import Printer
    from ui.bundle import Bundle, Wish
    from ui.playing import Playing
    from ui.practice import Practice, Practise
    from ui.tour import Tour


class Beside(Stage):
    """See the module. `practise` begins a practice, where one can be begun from here."""

    def __init__(self, language: Language, look: Look, practise: Practise | None) -> None:
        super().__init__(language, look)
        self._practise = practise
        self._practice: Practice | None = None
        self._bundle: Bundle | None = None
        self._tour: Tour | None = None
        self.playing: Playing | None = None

    @abstractmethod
    def make_bundle(self) -> Bundle:
        """What prints for many."""

    def print_bundle(self, wish: Wish, printer: Printer) -> None:
        """Have a document printed for many, wherever the person goes meanwhile, also while the window is locked."""
        if self._bundle is None:
            self._bundle = self.make_bundle()
        self._bundle.begin(wish, printer)

    @property
    def is_printing(self) -> bool:
        """Is a bundle being printed?"""
        return self._bundle is not None and self._bundle.goes_on

    def show_round(self) -> None:
        """Begin the tour, on the start page."""
        if not self.is_open:
            return
        from ui.tour import Tour

        del self.history[1:]
        self.show_screen()
        self._tour = Tour(self, self.end_tour)
        self._tour.begin()

    def end_tour(self) -> None:
        """End the tour, if one goes on; the page under it stays."""
        if self._tour is not None:
            self._tour.end()
            self._tour = None
            self.to_search()

    @property
    def can_practise(self) -> bool:
        """Can a practice be begun from here?"""
        return self._practise is not None

    def begin_practice(self) -> None:
        """Lock, and have a practice begun over this window."""
        if self._practise is None:
            return
        if self.is_open:
            self.lock()
        if self._practice is None:
            from ui.practice import Practice

            self._practice = Practice(self, self._practise)
        self._practice.begin()

    def end_practice(self) -> None:
        """End this practice; nothing where this is none."""
        if self.practice:
            self.close()

    def arrived(self) -> None:
        """Another screen is shown: what goes on is told there too."""
        self.end_tour()
        for one in (self._practice, self._bundle):
            if one is not None:
                one.tell()
        self.tell_playing()

    def play(self, playing: Playing | None) -> None:
        """A scenario goes on from now, until the lock; or none does."""
        self.playing = playing
        self.tell_playing()

    def tell_playing(self) -> None:
        """Say at the foot of every other page what the scenario asks for, with the way back to it."""
        here = self.screen_now is not None and self.screen_now.name == "scenario"
        if self.playing is not None and self.playing.kept and not here:
            self.playing = None  # it is over, and was seen
        if self.playing is None and "scenario" not in self._feet:
            return
        foot, _ = self.foot("scenario", self.to_scenario), self.language.text
        if self.playing is None or here:
            foot.hide()
            return
        from ui.playing import asked

        state = State.GOOD if self.playing.told else State.INFO
        foot.tell(
            asked(self.playing, self.language),
            _("Esc goes back, page by page."),
            state,
            offer=_("Back to the scenario"),
        )

    def to_scenario(self) -> None:
        """Back to the scenario that goes on."""
        if self.is_open and self.screen_now is not None and self.screen_now.name != "scenario":
            self.go("scenario")

    def let_bundle_end(self) -> None:
        """The reader is about to be let go, or exchanged: what is printed needs it no longer after this."""
        if self._bundle is not None:
            self._bundle.hurry()

    def stop_practice(self) -> None:
        """The window is going away, and a practice over it with it."""
        if self._practice is not None:
            self._practice.stop()
