"""The first page after unlocking: large choices, and what must be known about the data before it is used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from backupreader.domain.acts import NOT_CROSSED_OUT
from backupreader.domain.errors import ReaderError
from backupreader.language import N_
from ui.clock import taken_at
from ui.look import SMALL, State
from ui.outage import ending, going
from ui.screen import Screen
from ui.standing import outage
from ui.telling.generations import choosing
from ui.telling.rounds import entries
from ui.widgets.agepanel import AgePanel
from ui.widgets.button import button
from ui.widgets.choice import Choice
from ui.widgets.label import Label
from ui.widgets.middle import Middle
from ui.widgets.notice import Notice
from ui.widgets.outageline import OutageLine

if TYPE_CHECKING:
    from backupreader.store.choosable import Choosable
    from backupreader.store.outages import Outage
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
        self._outage_line, self._newest = self.press_line(), ""
        self.fallback, self.code = Notice(look, _("Close")), Notice(look, _("Close"))
        self.fallback.taken.connect(self._choose)
        self.outage = OutageLine(look, shell.language)
        self.outage.ended.connect(self._end_outage)
        self.citizens = Choice(look, _("Find a citizen"), _("or just begin to write a name"))
        self.driving = Choice(look, _("Driving lists"), " ")
        self.data = Choice(look, _("The data and its age"), _("what was delivered, and what was not"))
        self.keys = Choice(look, _("Keys"), _("everything without a mouse"), "F1")
        self.choices = (self.citizens, self.driving, self.data, self.keys)
        self._going = dict(zip(self.choices, ("find", "driving", "data", "keys"), strict=True))
        self.drill = button(_("Go on with the drill"))
        self.drill.clicked.connect(self._to_drill)
        self.drill.setVisible(shell.drill is not None)
        self.age = AgePanel(look)
        outside, inside = QWidget(), QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(look.px(24), look.px(8), look.px(24), look.px(16))
        grid.setSpacing(look.px(20))
        grid.addWidget(self.age, 0, 0, 1, 2)
        grid.addWidget(self.outage, 1, 0, 1, 2)
        for number, choice in enumerate(self.choices):
            choice.clicked.connect(self._go)
            grid.addWidget(choice, 2 + number // 2, number % 2)
        person = _("Unlocked by {person}").format(person=shell.person)
        grid.addWidget(Label(look, person, SMALL, quiet=True), 4, 0)
        grid.addWidget(self.drill, 4, 1)
        outside.setMaximumWidth(look.px(1100))
        column = QVBoxLayout(outside)
        column.addStretch(1)
        column.addWidget(inside, 8)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.code)
        layout.addWidget(self.fallback)
        layout.addWidget(Middle(outside), 1)

    def enter(self, _what: object) -> None:
        """Count what there is to open, and say when this is not the newest data."""
        self._tell_older()
        self._tell_code()
        self._outage_line.ask(going(self.shell.settings), self._outage_is, self.shell.tell)
        today = self.shell.now().date()
        self.minute()
        self.ask_line().ask(_counted(today), self._counted, self.shell.tell)

    def minute(self) -> None:
        """Tell the age of what is open."""
        self.age.tell(self.shell.open_standing, self.shell.settings, self.shell.now(), self.shell.language)

    def _tell_older(self) -> None:
        """Older data, by her choice or by itself: why, and the one press that leads to the newest."""
        language, info, _ = self.shell.language, self.shell.info, self.shell.language.text
        standing = self.shell.open_standing
        if self.shell.older and standing is not None:
            taken = taken_at(standing.oldest(self.shell.settings.timezone()) or "", self.shell.now(), language)
            chosen = _("OLDER DATA chosen: from {moment}").format(moment=taken)
            hint = _("What has come since is not here.")
            self.fallback.tell(chosen, hint, State.STOP, offer=_("Back to the newest"))
            self.fallback.close_button.hide()
        elif info is not None and info.fallback:
            self.fallback.tell(_(info.fallback), _("Tell IT. What you see below is whole, but older."), State.LATE)
            self.press_line().ask(choosing(self.shell.settings), self._choosable, self.shell.tell)

    def _choosable(self, found: tuple[Choosable, ...]) -> None:
        """Where the newest is whole and only holds less, it can be used all the same: what it lacks is said."""
        info, language, _ = self.shell.info, self.shell.language, self.shell.language.text
        if not found or found[0].default or found[0].damaged or info is None or not info.fallback:
            return
        self._newest = found[0].name
        why = "; ".join(reason.told(language) for reason in found[0].why)
        hint = " ".join((f"{why[:1].upper()}{why[1:]}.", _("Tell IT. What you see below is whole, but older.")))
        self.fallback.tell(_(info.fallback), hint, State.LATE, offer=_("Use the newest all the same"))

    def _choose(self) -> None:
        self.shell.choose(self._newest or None)

    def _tell_code(self) -> None:
        session, language = self.shell.session, self.shell.language
        trouble = session.uncrossed if session is not None else None
        if trouble is not None:
            why = f"{trouble.sentence(language)}  [{trouble.kind.code}]"
            self.code.tell(language.text(NOT_CROSSED_OUT), why, State.LATE)

    def _outage_is(self, going_on: Outage | None) -> None:
        now, language = self.shell.now(), self.shell.language
        self.outage.tell(outage(going_on, now, language) if going_on is not None else "")

    def _end_outage(self) -> None:
        if self.shell.session is not None:
            work = ending(self.shell.settings, self.shell.session)
            self._outage_line.ask(work, self._outage_ended, self._outage_goes_on)

    def _outage_ended(self, _ended: Outage | None) -> None:
        self.outage.tell("")
        self.shell.to_search()

    def _outage_goes_on(self, trouble: ReaderError) -> None:
        """The disk took nothing: it goes on, and can be ended again."""
        self.shell.tell(trouble)
        self._outage_line.ask(going(self.shell.settings), self._outage_is, self.shell.tell)

    def _to_drill(self) -> None:
        self.shell.go("drill")

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
        found = entries((route.route for route in routes), reader.documents(today))
        prints = sum(len(entry.documents) for entry in found)
        return _Counts(reader.people(), len(found), sum(route.visits for route in routes), prints)

    return work


SCREEN: Final = StartScreen
