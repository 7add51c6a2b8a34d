"""The window shows one screen at a time: where the person stands, where she came from, and what keys do there."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtCore import Qt

from backupreader.language import Language
from ui.ahead import Ahead
from ui.look import Look
from ui.pane import Pane
from ui.screen import Screen


class Stage(Pane):
    """See the module. `Window` says whether anybody is unlocked, and what belongs on every page that is come to."""

    def __init__(self, language: Language, look: Look) -> None:
        super().__init__(language, look)
        self.screen_now: Screen | None = None
        self.history: list[tuple[str, object]] = []
        self.ahead = Ahead(self.make, self)

    @property
    @abstractmethod
    def is_open(self) -> bool:
        """Is anybody unlocked?"""

    @abstractmethod
    def make(self, name: str) -> Screen:
        """A new screen of this name."""

    @abstractmethod
    def arrived(self) -> None:
        """Another screen is shown."""

    def go(self, name: str, what: object = None) -> None:
        """To a screen; the one that is left can be come back to."""
        self.remember()
        self.history.append((name, what))
        self.show_screen()

    def back(self) -> None:
        """To the screen before; the first one stays."""
        if len(self.history) > 1:
            self.history.pop()
            self.show_screen()

    def write_search(self, words: str) -> None:
        """Write in the search box, as a screen that shows what was found does when it is come back to."""
        if self.topbar.search.text() != words:
            self.topbar.search.setText(words)

    def show_screen(self) -> None:
        """Build the screen that is stood on, anew."""
        name, what = self.history[-1]
        self.leave_screen()
        screen = self.ahead.take(name)
        self.screen_now = screen
        if self._notice is not None:
            self._notice.hide()
        if self._bar is not None or self.is_open:
            self.topbar.setVisible(self.is_open)
            self.topbar.back.setEnabled(len(self.history) > 1)
            self.topbar.search.setText("")
        self._page.addWidget(screen, 1)
        screen.enter(what)
        screen.show()
        word = self.language.text("PRACTICE") if self.practice else "BACKUP"
        self.setWindowTitle(f"{word} · {screen.title}")
        self.arrived()
        if self.is_open:
            self.ahead.begin()
        if not screen.focus_first() and self.is_open:
            self.topbar.search.setFocus()

    def leave_screen(self) -> None:
        """Throw the screen away."""
        if self.screen_now is not None:
            self.screen_now.leave()
            self._page.removeWidget(self.screen_now)
            self.screen_now.hide()
            self.screen_now.deleteLater()
            self.screen_now = None

    def remember(self) -> None:
        """Keep what brings the screen back as it stands now."""
        if self.screen_now is not None and self.history:
            self.history[-1] = (self.history[-1][0], self.screen_now.remembered())

    def slots(self) -> dict[str, Callable[[], object]]:
        """What the keys that work everywhere do."""
        return {
            "escape": self._escape,
            "back": self.back,
            "lock": self.lock,
            "print": self.print_seen,
            "search": self.to_search,
            "help": self.help,
            "changes": self.to_changes,
            "former": self.to_former,
            "sheets": self.to_sheets,
            "outage": self.to_outage,
            "shift-check": self.to_shift_check,
            "call": self.to_call,
            "larger": self.larger,
            "smaller": self.smaller,
            "hundred": self.hundred,
            "darken": self.darken,
            "contrast": self.sharpen,
            "blank": self.blank,
            "quit": self.end_practice,
        }

    def print_seen(self) -> None:
        """Ctrl+P: print what is seen; while locked, what anyone may read."""
        if self.screen_now is None or self.screen_now.print_now() or not self.is_open:
            return
        wanted = self.screen_now.printable()
        if wanted is not None:
            self.go("print", wanted)

    def _escape(self) -> None:
        if self._notice is not None and not self._notice.isHidden():
            self._notice.hide()
        elif self.screen_now is None or not self.screen_now.escape():
            self.back()

    def help(self) -> None:
        """Show the keys."""
        if self.screen_now is not None and not self.screen_now.busy and self.screen_now.name != "keys":
            self.go("keys")

    def to_call(self) -> None:
        """Alt+0: whom to call, locked or not; from any page of it to its first."""
        screen = self.screen_now
        if screen is not None and not screen.busy and (screen.name != "call" or screen.remembered() is not None):
            self.go("call")

    def to_changes(self) -> None:
        """F6: what has changed since the former data."""
        if self.is_open and self.screen_now is not None and self.screen_now.name != "changes":
            self.go("changes")

    def to_outage(self) -> None:
        """Ctrl+O: the outage, its duties and its log."""
        if self.is_open and self.screen_now is not None and self.screen_now.name != "outage":
            self.go("outage")

    def to_sheets(self) -> None:
        """F10: what has become of the sheets of paper."""
        if self.is_open and self.screen_now is not None and self.screen_now.name != "sheets":
            self.go("sheets")

    def to_shift_check(self) -> None:
        """F11: the shift check, locked or open."""
        if self.screen_now is not None and not self.screen_now.busy and self.screen_now.name != "shift-check":
            self.go("shift-check")

    @abstractmethod
    def to_former(self) -> None:
        """F7: the former data, and back to the newest."""

    def to_search(self) -> None:
        """Give the search box the focus."""
        if self.is_open:
            self.topbar.search.setFocus()
            self.topbar.search.selectAll()

    def searched(self, words: str) -> None:
        """The search box was written in: the screen that is seen takes the words, or the one that finds."""
        if self.screen_now is not None and not self.screen_now.searched(words):
            self.go("find", words)
            self.topbar.search.setText(words)

    def end_practice(self) -> None:
        """End a practice, where this is one."""

    def steered(self, key: Qt.Key) -> None:
        """A key that the search box has no use for goes to the screen."""
        if self.screen_now is not None:
            self.screen_now.steer(key)
