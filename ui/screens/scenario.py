"""A scenario of 20 minutes in the practice: a situation, questions whose answers are the own plan's, things to do.

By keyboard alone: the arrows choose, Enter answers. Without one that goes on it lists the five.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.domain.scenarios.scenario import MINUTES, Ask, Do, told
from backupreader.domain.scenarios.score import Held, result
from backupreader.language import N_
from ui.look import NAME, SMALL
from ui.playing import Choosable, Playing, beginning, by_id, choosing, keeping
from ui.screen import Screen
from ui.telling.scenarios import GO_ON, PASS, START, choice_rows, feedback, scenario_rows, score_rows
from ui.widgets.button import button
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.widgets.middle import Middle
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from ui.shell import Shell

_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ScenarioScreen(Screen):
    """See the module."""

    name = "scenario"
    sentence = N_("Scenarios")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._press, self._record, self._reader = self.press_line(), self.press_line(), self.ask_line()
        self._choosable: Choosable | None = None
        self._name = ""
        self.head = Label(look, " ", NAME, bold=True, wrap=True)
        self.clock = Label(look, " ", wrap=True)
        self.name_label, self.name_field = Label(look, _("Your name"), bold=True), Field()
        self.name_field.setAccessibleName(_("Your name"))
        self.name_field.setMaxLength(100)
        self.situation = Label(look, " ", wrap=True)
        self.question = Label(look, " ", 17, bold=True, wrap=True)
        self.list = RowList(look, _("Scenarios"))
        self.list.opened.connect(self._open)
        self.said = Label(look, " ", 17, wrap=True)
        self.leave_it = button(_("Leave the scenario"), kind="plain")
        self.leave_it.clicked.connect(self._leave_it)
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        layout.setSpacing(look.px(8))
        for widget in (self.head, self.clock, self.name_label, self.name_field, self.situation, self.question):
            layout.addWidget(widget)
        layout.addWidget(self.list)
        layout.addWidget(self.said)
        ends = QHBoxLayout()
        ends.addWidget(self.leave_it)
        ends.addStretch(1)
        layout.addLayout(ends)
        keys = "↑ ↓   Enter   Tab   ·   " + shell.language.text("Typing searches, here too")
        layout.addWidget(Label(look, keys, SMALL, quiet=True, wrap=True))
        layout.addStretch(1)
        column.setMaximumWidth(look.px(860))
        self._middle = Middle(column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._middle)

    def enter(self, what: object) -> None:
        """Go on where it stands; without one, read the plan and list the five."""
        self._name = what if isinstance(what, str) else ""
        self.name_field.setText(self._name)
        if self.shell.playing is None:
            self._press.ask(choosing(self.shell.settings, self.shell.evidence), self._read, self.shell.tell)
        elif self.shell.playing.ended is not None and not self.shell.playing.kept:
            self._end(self.shell.playing)
        self._show()

    def remembered(self) -> object:
        """The name that was written."""
        return self.name_field.text()

    def focus_first(self) -> bool:
        """Her name, while one is to be chosen."""
        if self.shell.playing is None:
            self.name_field.setFocus()
            return True
        return False

    def steer(self, key: Qt.Key) -> bool:
        """Arrows choose, Enter answers."""
        used = self.list.steer(key)
        if used:
            self._middle.see(self.list)
        return used

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """From her name the arrows and Enter go to the list."""
        key = Qt.Key(event.key())
        if self.name_field.hasFocus() and key in _ENTER and self.list.chosen is None:
            self.list.choose(0)
        elif not self.steer(key):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width may need another height."""
        super().resizeEvent(event)
        self.list.fit()

    def minute(self) -> None:
        """Time goes on."""
        self.clock.setText(self._time())

    def _read(self, choosable: Choosable) -> None:
        self._choosable = choosable
        self._show()

    # What is shown.

    def _time(self) -> str:
        playing, language = self.shell.playing, self.shell.language
        if playing is None:
            return language.text("Each takes 20 minutes. What is right is what your own plan says.")
        if playing.ended is not None:
            return " "
        facts = {
            "n": playing.place + 1,
            "all": len(playing.exercise.steps),
            "minutes": playing.minutes(self.shell.now()),
        }
        return language.text("Step {n} of {all} · {minutes} of {time} minutes").format(**facts, time=MINUTES)

    def _show(self) -> None:
        language, playing = self.shell.language, self.shell.playing
        choosing_one = playing is None
        self.name_label.setVisible(choosing_one)
        self.name_field.setVisible(choosing_one)
        self.leave_it.setVisible(playing is not None and not playing.kept)
        self.clock.setText(self._time())
        if playing is None:
            self._tell(language.text("Scenarios"), "", "", "")
            self.list.tell(scenario_rows(self._choosable, self.shell.now(), language), choose=None)
        elif playing.ended is not None:
            said = result(playing.ended, language)
            self._tell(language.text(playing.exercise.scenario.title), "", said, self._recorded(playing))
            self.list.tell(score_rows(playing, language), choose=None)
        else:
            self._ask(playing)
        self.list.fit()

    def _ask(self, playing: Playing) -> None:
        language, made = self.shell.language, playing.exercise
        day = language.day(made.at.date(), weekday=True, year=False)
        when = language.text("It is {day}, {clock}.").format(day=day, clock=language.clock(made.at))
        situation = f"{when} {told(made.situation, made.at, language)}"
        question = ""
        if isinstance(playing.step, Ask):
            question = told(playing.step.ask, made.at, language)
        elif isinstance(playing.step, Do):
            question = language.text(playing.step.ask).format(**playing.names)
        self._tell(language.text(made.scenario.title), situation, question, feedback(playing, language))
        rows = choice_rows(playing, language)
        self.list.tell(rows, choose=None)
        if playing.told or isinstance(playing.step, Do):
            self.list.choose(len(rows) if playing.told else 0)

    def _tell(self, head: str, situation: str, question: str, said: str) -> None:
        for label, text in (
            (self.head, head),
            (self.situation, situation),
            (self.question, question),
            (self.said, said),
        ):
            label.setText(text or " ")
            label.setVisible(bool(text))

    def _recorded(self, playing: Playing) -> str:
        if not playing.kept:
            return ""
        return self.shell.language.text("It is recorded. Esc goes back; “Scenarios” on the start page has the others.")

    # What is done.

    def _open(self, target: object) -> None:
        playing = self.shell.playing
        if playing is None:
            self._begin(str(target))
        elif isinstance(target, int):
            playing.answer(target)
            self._show()
        elif target == START:
            self.shell.go("start")
        elif target in {GO_ON, PASS}:
            playing.pass_over() if target == PASS else playing.go_on()
            if playing.step is None:
                self._end(playing)
            self._show()

    def _begin(self, scenario: str) -> None:
        name = self.name_field.text().strip()
        if not name:
            self._tell(
                self.shell.language.text("Scenarios"), "", "", self.shell.language.text("Write your name first.")
            )
            self.name_field.setFocus()
            return
        if self._choosable is not None:
            shell = self.shell
            work = beginning(by_id(scenario), self._choosable, name, shell.now(), shell.settings, shell.language)
            self._reader.ask(work, self._begun, shell.tell)

    def _begun(self, playing: Playing) -> None:
        self.shell.play(playing)
        self._show()
        self.shell.to_search()

    def _end(self, playing: Playing) -> None:
        held = playing.end(self.shell.now())
        self._record.ask(keeping(self.shell.evidence, held), self._kept, self.shell.tell)

    def _kept(self, _held: Held) -> None:
        playing = self.shell.playing
        if playing is not None:
            playing.kept = True
            self._show()

    def _leave_it(self) -> None:
        self.shell.play(None)
        self._choosable = None
        self.enter(self._name)
        self.focus_first()


SCREEN: Final = ScenarioScreen
