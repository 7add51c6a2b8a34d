"""The drill: five steps of an outage on an ordinary day. They tick themselves as they are done, wherever she goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.domain.trouble import ReaderError
from backupreader.language import N_
from ui.drilling import CLOCK, PAGE, PAPER, SEARCH, STEPS, UNLOCK, Drilling, holding, printing_test
from ui.look import NAME, SMALL, State
from ui.rows import Mark, Row
from ui.screen import Screen
from ui.widgets.button import button
from ui.widgets.label import Label
from ui.widgets.middle import Middle
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from ui.shell import Shell

_TOLD: Final = {
    UNLOCK: (N_("Unlock this PC"), N_("You have done that.")),
    SEARCH: (N_("Search a citizen you know"), N_("Press Enter, and write a part of her name.")),
    PAGE: (N_("Open her page"), N_("Is it her, and is what stands there right? Esc comes back here.")),
    PAPER: (N_("Print a test page"), N_("Enter sends it to the usual printer. Nobody's data stands on it.")),
    CLOCK: (N_("Hold the PC's clock against your watch"), N_("Press Enter, and answer the question.")),
}
_ASKED: Final = {
    PAPER: N_("Is the test page in your hand, and can you read all of it?"),
    CLOCK: N_("The clock of this PC says {moment}. Does your watch say the same?"),
}
_HINT: Final = {
    PAPER: N_("Look at the printer: paper, toner, switched on. If that does not help, call IT."),
    CLOCK: N_("Have IT set the clock: ages and due times on this PC are wrong too."),
}


class DrillScreen(Screen):
    """See the module. Without a drill that goes on, it says how one is begun."""

    name = "drill"
    sentence = N_("Drill")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, language, _ = shell.look, shell.language, shell.language.text
        self._press, self._record = self.press_line(), self.press_line()
        self._asked = ""
        self.steps = RowList(look, _("The steps of the drill"), lead=44)
        self.steps.opened.connect(self._open)
        self.question = Label(look, " ", 17, bold=True, wrap=True)
        self.yes, self.no = button(_("Yes"), kind="main"), button(_("No"))
        self.finish = button(_("Record the drill"), kind="main")
        self.leave_it = button(_("Cancel the drill"), kind="plain")
        self.yes.clicked.connect(self._say_yes)
        self.no.clicked.connect(self._say_no)
        self.finish.clicked.connect(self._finish)
        self.leave_it.clicked.connect(self._leave_it)
        self._count = Label(look, " ", wrap=True)
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        layout.setSpacing(look.px(8))
        layout.addWidget(Label(look, _("Drill"), NAME, bold=True))
        layout.addWidget(Label(look, _("Nothing in it changes any data about citizens."), wrap=True))
        layout.addWidget(self.steps)
        layout.addWidget(self.question)
        answers = QHBoxLayout()
        for answer in (self.yes, self.no):
            answer.setMinimumWidth(look.px(120))
            policy = answer.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            answer.setSizePolicy(policy)
            answers.addWidget(answer)
        answers.addStretch(1)
        layout.addLayout(answers)
        layout.addSpacing(look.px(8))
        layout.addWidget(self._count)
        ends = QHBoxLayout()
        ends.addWidget(self.finish)
        ends.addWidget(self.leave_it)
        ends.addStretch(1)
        layout.addLayout(ends)
        keys = "↑ ↓   Enter   Tab   ·   " + language.text("Typing searches, here too")
        layout.addWidget(Label(look, keys, SMALL, quiet=True, wrap=True))
        layout.addStretch(1)
        column.setMaximumWidth(look.px(860))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._middle = Middle(column)
        whole.addWidget(self._middle)
        self._ask("")

    def enter(self, _what: object) -> None:
        """Show what is done and what is not."""
        self._show()

    def steer(self, key: Qt.Key) -> bool:
        """Arrows choose a step, Enter begins it."""
        return self.steps.steer(key)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width may need another height."""
        super().resizeEvent(event)
        self.steps.fit()

    @property
    def _drill(self) -> Drilling:
        """The drill that goes on; where there is none, one of which nothing is kept."""
        return self.shell.drill or Drilling()

    def _show(self) -> None:
        language, drill = self.shell.language, self._drill
        rows: list[Row] = []
        for number, step in enumerate(STEPS, start=1):
            title, under = _TOLD[step]
            mark = Mark(language.text("TO DO"))
            if step in drill.done:
                mark = Mark(language.text("DONE"), State.GOOD)
            elif step in drill.wrong:
                mark, under = Mark(language.text("NOT AS IT SHOULD BE"), State.STOP), _HINT.get(step, under)
            target = None if step == UNLOCK else step
            details = (language.text(under),)
            rows.append(
                Row(lead=str(number), title=language.text(title), details=details, marks=(mark,), target=target)
            )
        self.steps.tell(tuple(rows), choose=None)
        if self.steps.chosen is None:
            self.steps.choose(min(len(drill.done), len(STEPS) - 1))
        self.steps.fit()
        done = len(STEPS) - len(drill.missing)
        told = language.text("{n} of {all} steps are done.").format(n=done, all=len(STEPS))
        if drill.missing:
            told += " " + language.text("Finished now, it is recorded as not passed.")
        self._count.setText(told)
        on = self.shell.drill is not None
        self.finish.setEnabled(on)
        if not on:
            self._count.setText(language.text("No drill goes on. Lock, choose “Drill”, and unlock."))

    def _open(self, step: object) -> None:
        self._ask("")
        if step in {SEARCH, PAGE}:
            self.shell.go("find", "")
        elif step == PAPER and self.shell.session is not None:
            work = printing_test(self.shell.settings, self.shell.session, self.shell.language)
            self._press.ask(work, self._printed, self._not_printed)
        elif step == CLOCK:
            now = self.shell.language.moment(self.shell.now())
            self._ask(CLOCK, self.shell.language.text(_ASKED[CLOCK]).format(moment=now))

    def _printed(self, printer: str) -> None:
        sent = self.shell.language.text("The test page was sent to {printer}.").format(printer=printer)
        self._ask(PAPER, f"{sent} {self.shell.language.text(_ASKED[PAPER])}")

    def _not_printed(self, trouble: ReaderError) -> None:
        self._drill.failed(PAPER)
        self._show()
        self.shell.tell(trouble)

    def _ask(self, step: str, question: str = "") -> None:
        """Ask in place; the room for it is there all the time, so that nothing moves."""
        self._asked = step
        self.question.setText(question or " ")
        for answer in (self.yes, self.no):
            answer.setVisible(bool(step))
            answer.setAccessibleName(f"{answer.text()}: {question}" if question else answer.text())
        if step:
            self.yes.setFocus()
            self._middle.see(self.yes)

    def _say_yes(self) -> None:
        self._drill.did(self._asked)
        self._answered()

    def _say_no(self) -> None:
        self._drill.failed(self._asked)
        self._answered()

    def _answered(self) -> None:
        self._ask("")
        self._show()
        self.shell.to_search()

    def _finish(self) -> None:
        session = self.shell.session
        if session is not None and self.shell.drill is not None:
            self.finish.setEnabled(False)
            missing = self.shell.drill.missing
            self._record.ask(holding(self.shell.settings, session, missing), self._held, self._not_held)

    def _held(self, missing: tuple[str, ...]) -> None:
        _ = self.shell.language.text
        if not missing:
            self.shell.end_drill(_("The drill passed and is recorded. Thank you."), _("Lock: Ctrl+L"), State.GOOD)
            return
        steps = ", ".join(_(name) for name in missing)
        sentence = _("The drill is recorded as not passed: {steps}.").format(steps=steps)
        self.shell.end_drill(sentence, _("Mend it, and hold the drill again."), State.LATE)

    def _not_held(self, trouble: ReaderError) -> None:
        self.finish.setEnabled(True)
        self.shell.tell(trouble)

    def _leave_it(self) -> None:
        self.shell.end_drill("", "", State.INFO)


SCREEN: Final = DrillScreen
