"""What a screen is: one page of the window, one file under ``screens/``.

A member's module holds one class, named ``SCREEN``, derived from `Screen`. ``screens/__init__.py`` is the table. A
screen:

* has a `name` (its key in the table) and a `sentence` (its title);
* is made anew each time it is gone to, from a `Shell` and from what it is to show; it is thrown away when it is left,
  and everything it knew with it. `remembered` says what brings it back to the same place;
* never holds the reader: it asks on a `Line` from `Screen.ask_line`, and shows the answer when it comes;
* takes the keys that the search box has no use for (`steer`), so that the focus may stay in the search box;
* writes people's text only on `Label`s and in `RowList`s, which show it as it is; names every control that can have
  the focus;
* tells ages with the clock of the `Shell`, and tells them anew when `minute` is called;
* offers what Ctrl+P prints (`printable`).

Qt's signals are connected to bound methods only: a lambda outlives its widget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from backupreader.store.reader import Reader
    from ui.pages import Printable
    from ui.shell import Shell
    from ui.tasks import Line


class Screen(QWidget):
    """See the module's text: it is the contract."""

    name: ClassVar[str]
    sentence: ClassVar[str]

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self._lines: list[Line[Reader] | Line[None]] = []

    @property
    def title(self) -> str:
        """The screen's name for a person: of `sentence`, unless it knows better."""
        return self.shell.language.text(self.sentence)

    @property
    def busy(self) -> bool:
        """Is an answer waited for that would be lost if the screen were left?"""
        return False

    def enter(self, _what: object) -> None:
        """Show something: a value that this screen's `remembered`, or another screen that goes to it, gives."""

    def focus_first(self) -> bool:
        """Set the focus, for a screen that has no search box above it; False leaves it to the search box."""
        return False

    def steer(self, _key: Qt.Key) -> bool:
        """A key that the search box has no use for; True when it was used."""
        return False

    def escape(self) -> bool:
        """Esc, before it goes back: True when something on the page was closed by it."""
        return False

    def searched(self, _words: str) -> bool:
        """The search box was written in; True when this screen shows what is found."""
        return False

    def minute(self) -> None:
        """A minute has passed: ages are told anew."""

    def remembered(self) -> object:
        """What brings the screen back as it stands now."""
        return None

    def printable(self) -> Printable | None:
        """What Ctrl+P prints here; None where nothing can be printed."""
        return None

    def print_now(self) -> bool:
        """Ctrl+P where the pages are seen already: True when they are sent."""
        return False

    def landmark(self, _what: str) -> QWidget | None:
        """The control that a tour points at under this name; None where there is none here."""
        return None

    def ask_line(self) -> Line[Reader]:
        """A line to the reader's desk, hung up when the screen is left."""
        line = self.shell.desk.line()
        self._lines.append(line)
        return line

    def press_line(self) -> Line[None]:
        """A line to the desk that makes pages, hung up when the screen is left."""
        line = self.shell.press.line()
        self._lines.append(line)
        return line

    def leave(self) -> None:
        """The screen is being thrown away."""
        for line in self._lines:
            line.hang_up()
