"""The first page after unlocking: large choices, and what must be known about the data before it is used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from backupreader.domain import moments
from backupreader.domain.acts import NOT_CROSSED_OUT
from backupreader.domain.shifts import Shift, shift_at
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_, Language
from ui.clock import at, taken_at
from ui.look import SMALL, State
from ui.outage import ending, going
from ui.plan import ours
from ui.screen import Screen
from ui.standing import outage
from ui.telling.generations import choosing
from ui.telling.plan import tomorrow
from ui.telling.rounds import entries
from ui.telling.shift import ours_told, routes_told
from ui.widgets.agepanel import AgePanel
from ui.widgets.button import button
from ui.widgets.choice import Choice
from ui.widgets.label import Label
from ui.widgets.lockfoot import LockFoot
from ui.widgets.middle import Middle
from ui.widgets.notice import Notice
from ui.widgets.outageline import OutageLine

if TYPE_CHECKING:
    from backupreader.domain.outage.event import Event
    from backupreader.store.choosable import Choosable
    from backupreader.store.outages import Outage
    from backupreader.store.reader import Reader
    from ui.shell import Shell


@dataclass(frozen=True, slots=True)
class _Counts:
    """What there is; `sent` is False where no source sends visits."""

    ours: int
    routes: int
    visits: int
    prints: int
    sent: bool


CHOICES: Final = (
    ("citizens", N_("Find a citizen"), N_("or just begin to write a name")),
    ("driving", N_("Driving lists"), ""),
    ("shift", N_("Print for the shift"), N_("medicine sheets and lists for a unit or a route")),
    ("call", N_("Whom to call"), ""),
    ("changes", N_("What has changed"), N_("against the data before this")),
    ("data", N_("The data and its age"), N_("what was delivered, and what was not")),
    ("keys", N_("Help"), N_("a tour of six steps, a card for the wall, practice, the keys")),
)
"""The choices in order: the screen that each goes to, its title, and what stands under it until there is more to say.

Alt and its number open each: a digit alone begins a search, for it may be a birthday.
"""
_LARGE: Final = 4
"""The first choices are large, two beside each other; the others smaller, and three where the letters leave room."""
_ROOMY: Final = 125  # per cent


class StartScreen(Screen):
    """See the module."""

    name = "start"
    sentence = N_("Start")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._outage_line, self._newest = self.press_line(), ""
        self._shift = shift_at(shell.now(), shell.settings.shifts)
        self.fallback, self.code = Notice(look, _("Close")), Notice(look, _("Close"))
        self.fallback.taken.connect(self._choose)
        self.planned = Notice(look, "")
        self.planned.close_button.hide()
        self.planned.taken.connect(self._to_shift)
        self.outage = OutageLine(look, shell.language)
        self.outage.ended.connect(self._end_outage)
        self.to_outage = button(_("Outage  Ctrl+O"), name=_("Outage"))
        self.to_outage.clicked.connect(self._to_outage)
        self.choices = {
            to: Choice(look, _(title), _(under) if under else " ", f"Alt+{number}", small=number > _LARGE)
            for number, (to, title, under) in enumerate(CHOICES, start=1)
        }
        self.citizens, self.driving = self.choices["citizens"], self.choices["driving"]
        for number, choice in enumerate(self.choices.values(), start=1):
            QShortcut(QKeySequence(f"Alt+{number}"), self).activated.connect(choice.click)
        self.practice = button(_("End the practice  Ctrl+Q"), name=_("End the practice"))
        if not shell.practice:
            self.practice.hide()
        self.practice.clicked.connect(shell.end_practice)
        self.foot = LockFoot(look, shell.language)
        self.foot.spoken.connect(self._speak)
        self.drill = button(_("Go on with the drill"))
        self.drill.clicked.connect(self._to_drill)
        if shell.drill is None:
            self.drill.hide()
        self.sheets = button(_("Sheets of paper  F10"), name=_("Sheets of paper"))
        self.sheets.clicked.connect(self._to_sheets)
        self.check = button(_("Shift check  F11"), name=_("Shift check"))
        self.check.clicked.connect(self._to_check)
        self.scenarios = button(_("Scenarios"))
        self.scenarios.clicked.connect(self._to_scenarios)
        self.age = AgePanel(look)
        for choice in self.choices.values():
            choice.clicked.connect(self._go)
        self._lay_out()

    def _lay_out(self) -> None:
        look, _ = self.shell.look, self.shell.language.text
        outside, inside = QWidget(), QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(look.px(24), look.px(8), look.px(24), look.px(16))
        grid.setSpacing(look.px(12))
        across = 6  # two large ones in it, or three small ones
        # What must be seen without scrolling comes first; the age stands on the frame, too.
        grid.addWidget(self.age, 0 if look.scale <= _ROOMY else 6, 0, 1, across)
        grid.addWidget(self.outage, 1, 0, 1, across)
        for number, choice in enumerate(self.choices.values()):
            beside = 3 if number >= _LARGE and look.scale <= _ROOMY else 2
            at = number - _LARGE if number >= _LARGE else number
            row = (4 if number >= _LARGE else 2) + at // beside
            grid.addWidget(choice, row, at % beside * (across // beside), 1, across // beside)
        if look.scale > _ROOMY:
            grid.addWidget(self.outage.following, 7, 0, 1, across)
            grid.addWidget(self.planned, 8, 0, 1, across)
        grid.addLayout(self._below(), 9, 0, 1, across)
        grid.addWidget(self.foot, 10, 0, 1, across)
        outside.setMaximumWidth(look.px(1100))
        column = QVBoxLayout(outside)
        column.addStretch(1)
        column.addWidget(inside, 8)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.code)
        layout.addWidget(self.fallback)
        if look.scale <= _ROOMY:
            layout.addWidget(self.planned)
        layout.addWidget(Middle(outside), 1)

    def _below(self) -> QGridLayout:
        """Who has unlocked, and what else there is; two beside each other in large letters."""
        unlocked = self.shell.language.text("Unlocked by {person}").format(person=self.shell.person)
        roomy = self.shell.look.scale <= _ROOMY
        below = QGridLayout()
        below.addWidget(Label(self.shell.look, unlocked, SMALL, quiet=True), 0, 0, 1, 1 if roomy else 2)
        if not self.shell.practice:
            self.scenarios.hide()
        others = (self.to_outage, self.sheets, self.check, self.scenarios, self.practice, self.drill)
        for place, one in enumerate(others):
            below.addWidget(one, 0 if roomy else 1 + place // 2, 1 + place if roomy else place % 2)
        below.setColumnStretch(0, 1)
        return below

    def enter(self, _what: object) -> None:
        """Count what there is to open, and say when this is not the newest data."""
        self._tell_older()
        self._tell_code()
        self._outage_line.ask(going(self.shell.settings), self._outage_is, self.shell.tell)
        self.minute()
        self._tell_changed()
        self.ask_line().ask(_counted(self._shift), self._counted, self.shell.tell)

    def minute(self) -> None:
        """Tell the age of what is open, and who answers now."""
        shell = self.shell
        newest = not shell.older and not (shell.info is not None and shell.info.fallback)
        self.age.tell(shell.open_standing, shell.settings, shell.now(), shell.language, newest=newest)
        self.choices["call"].tell(self._called())
        self.outage.minute(shell)
        plan = ours(shell)
        soon = tomorrow(plan, shell.now(), shell.language) if plan is not None else None
        if soon is not None:
            self.planned.tell(*soon, State.LATE, offer=shell.language.text("Print for the shift"))
        self.planned.setVisible(soon is not None)

    def _called(self) -> str:
        """Who answers now, for whatever is down; that there is no plan; nothing while it is being read."""
        if self.shell.plan is None:
            return " "
        plan = ours(self.shell)
        if plan is None:
            return self.shell.language.text("no plan has come to this PC")
        from backupreader.domain.plan import calling
        from ui.telling.whom import in_one_line

        return in_one_line(calling.now(plan, self.shell.now()), self.shell.language)

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
        if (
            not found
            or found[0].default
            or found[0].damaged
            or not found[0].readable
            or info is None
            or not info.fallback
        ):
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
        here = self.shell.standing.here if self.shell.standing is not None else None
        if going_on is not None and (here is None or here.outage is None):  # it began when this PC was opened
            self.shell.read_standing()

    def _end_outage(self) -> None:
        if self.shell.session is not None:
            work = ending(self.shell.settings, self.shell.session)
            self._outage_line.ask(work, self._outage_ended, self._outage_goes_on)

    def _outage_ended(self, _ended: Event | None) -> None:
        """Who must be told of it comes next, and the sheets of paper."""
        self.outage.tell("")
        self.shell.go("outage")

    def _outage_goes_on(self, trouble: ReaderError) -> None:
        """The disk took nothing: it goes on, and can be ended again."""
        self.shell.tell(trouble)
        self._outage_line.ask(going(self.shell.settings), self._outage_is, self.shell.tell)

    def _to_shift(self) -> None:
        self.shell.go("shift")

    def _to_drill(self) -> None:
        self.shell.go("drill")

    def _to_check(self) -> None:
        self.shell.go("shift-check")

    def _to_scenarios(self) -> None:
        self.shell.go("scenario")

    def _to_outage(self) -> None:
        self.shell.go("outage")

    def _to_sheets(self) -> None:
        self.shell.go("sheets")

    def _counted(self, counts: _Counts) -> None:
        language = self.shell.language
        self.citizens.tell(ours_told(counts.ours, self._shift, language))
        if not counts.sent and not counts.prints:
            self.driving.tell(language.text("visits were not delivered"))
            return
        routes = routes_told(counts.routes, self._shift, language)
        visits = language.count("{n} visit", "{n} visits", counts.visits) if counts.visits or not counts.prints else ""
        prints = language.count("{n} document", "{n} documents", counts.prints) if counts.prints else ""
        self.driving.tell(", ".join(part for part in (routes, visits, prints) if part))

    def _go(self) -> None:
        choice = self.sender()
        assert isinstance(choice, Choice)
        self.shell.go(next(to for to, offered in self.choices.items() if offered is choice))

    def _tell_changed(self) -> None:
        """Since when: as old as the data is."""
        standing, language = self.shell.open_standing, self.shell.language
        zone = self.shell.settings.timezone()
        taken = None if standing is None else moments.instant(standing.oldest(zone), zone)
        if taken is not None:
            until = language.text("from the data before to that of {moment}")
            self.choices["changes"].tell(until.format(moment=at(taken, self.shell.now(), language)))

    def _speak(self, code: str) -> None:
        self.shell.restyle(Language(code), self.shell.look)

    def landmark(self, what: str) -> QWidget | None:
        """Its choices."""
        return self.choices.get(what)

    def steer(self, key: Qt.Key) -> bool:
        """Arrows and Enter go from the search box to the choices."""
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.citizens.setFocus()
            return True
        return False


def _counted(shift: Shift) -> Callable[[Reader], _Counts]:
    def work(reader: Reader) -> _Counts:
        reader.warm()
        lists = reader.shift_lists(shift)
        going = [one for one in lists.routes if one.visits]
        found = entries((one.pick.name for one in going), reader.documents(shift.date))
        prints = sum(len(entry.documents) for entry in found)
        sent = any(one.table == "visit" for one in reader.deliveries())
        return _Counts(reader.our_people(), len(found), sum(one.visits for one in going), prints, sent)

    return work


SCREEN: Final = StartScreen
