"""The first page after unlocking: large choices, and what must be known about the data before it is used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from backupreader.language import N_
from ui.look import SMALL, State
from ui.screen import Screen
from ui.telling.rounds import entries
from ui.widgets.agepanel import AgePanel
from ui.widgets.choice import Choice
from ui.widgets.label import Label
from ui.widgets.middle import in_the_middle
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from backupreader.store.reader import Reader
    from ui.shell import Shell


@dataclass(frozen=True, slots=True)
class _Counts:
    citizens: int
    routes: int
    visits: int
    prints: int


class StartScreen(Screen):
    """See the module."""

    name = "start"
    sentence = N_("Start")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self.fallback = Notice(look, _("Close"))
        self.citizens = Choice(look, _("Find a citizen"), _("or just begin to write a name"))
        self.driving = Choice(look, _("Driving lists"), " ")
        self.data = Choice(look, _("The data and its age"), _("what was delivered, and what was not"))
        self.keys = Choice(look, _("Keys"), _("everything without a mouse"), "F1")
        self.choices = (self.citizens, self.driving, self.data, self.keys)
        self._going = dict(zip(self.choices, ("find", "driving", "data", "keys"), strict=True))
        self.age = AgePanel(look)
        outside, inside = QWidget(), QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(look.px(24), look.px(8), look.px(24), look.px(16))
        grid.setSpacing(look.px(20))
        grid.addWidget(self.age, 0, 0, 1, 2)
        for number, choice in enumerate(self.choices):
            choice.clicked.connect(self._go)
            grid.addWidget(choice, 1 + number // 2, number % 2)
        person = _("Unlocked by {person}").format(person=shell.person)
        grid.addWidget(Label(look, person, SMALL, quiet=True), 3, 0)
        outside.setMaximumWidth(look.px(1100))
        column = QVBoxLayout(outside)
        column.addStretch(1)
        column.addWidget(inside, 8)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.fallback)
        layout.addWidget(in_the_middle(outside), 1)

    def enter(self, _what: object) -> None:
        """Count what there is to open, and say when this is not the newest data."""
        _ = self.shell.language.text
        info = self.shell.info
        if info is not None and info.fallback:
            self.fallback.tell(_(info.fallback), _("Tell IT. What you see below is whole, but older."), State.LATE)
        today = self.shell.now().date()
        self.minute()
        self.ask_line().ask(_counted(today), self._counted, self.shell.tell)

    def minute(self) -> None:
        """Tell the age of what is open."""
        self.age.tell(self.shell.open_standing, self.shell.settings, self.shell.now(), self.shell.language)

    def _counted(self, counts: _Counts) -> None:
        language = self.shell.language
        self.citizens.tell(language.count("{n} citizen", "{n} citizens", counts.citizens))
        routes = language.count("{n} route today", "{n} routes today", counts.routes)
        visits = language.count("{n} visit", "{n} visits", counts.visits) if counts.visits or not counts.prints else ""
        prints = language.count("{n} document", "{n} documents", counts.prints) if counts.prints else ""
        self.driving.tell(", ".join(part for part in (routes, visits, prints) if part))

    def _go(self) -> None:
        choice = self.sender()
        assert isinstance(choice, Choice)
        self.shell.go(self._going[choice], "" if choice is self.citizens else None)

    def steer(self, key: Qt.Key) -> bool:
        """Arrows and Enter go from the search box to the choices."""
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.citizens.setFocus()
            return True
        return False


def _counted(today: date) -> Callable[[Reader], _Counts]:
    def work(reader: Reader) -> _Counts:
        reader.warm()
        routes = reader.routes(today)
        found = entries(routes, reader.documents(today))
        prints = sum(len(entry.documents) for entry in found)
        return _Counts(reader.people(), len(found), sum(route.visits for route in routes), prints)

    return work


SCREEN: Final = StartScreen
