"""The shift check: five points in two minutes, one after the other, by keyboard alone, locked or open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from backupreader.domain.freshness import between
from backupreader.domain.shiftcheck import ASKED, Point, ShiftCheck, Verdict, result
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_
from ui.look import NAME, SMALL
from ui.screen import Screen
from ui.shiftchecking import Checking, Known, Sent, keeping, looking, printing_test
from ui.telling.shiftchecks import history_rows, point_rows
from ui.widgets.button import button
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.widgets.middle import Middle
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from ui.shell import Shell

_BEFORE: Final = 6
_WAYS: Final[dict[Qt.Key, int]] = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class ShiftCheckScreen(Screen):
    """See the module. What is answered is kept over a change of language or size, and recorded after the last point."""

    name = "shift-check"
    sentence = N_("Shift check")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._press = self.press_line()
        self._checking = Checking(by=shell.person)
        self._touched = shell.now()
        self.name_field = Field()
        self.name_field.setAccessibleName(_("Your name"))
        self.name_field.setMaxLength(100)
        self.begin = button(_("Begin"), kind="main")
        self.begin.clicked.connect(self._begin)
        self.points = RowList(look, _("The points of the check"), lead=44)
        self.points.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.question = Label(look, " ", 17, bold=True, wrap=True)
        self.yes, self.no = button(_("Yes"), kind="main"), button(_("No"))
        self.later, self.done = button(_("Not now")), button(_("Back"), kind="main")
        self._answers = (self.yes, self.no, self.later, self.done)
        self.before = RowList(look, _("Shift checks before this"), quiet=True)
        self.before.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._middle = Middle(self._column())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._middle)

    def _column(self) -> QWidget:
        look, _ = self.shell.look, self.shell.language.text
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(look.px(24), look.px(12), look.px(24), look.px(12))
        layout.setSpacing(look.px(8))
        layout.addWidget(Label(look, _("Shift check"), NAME, bold=True))
        layout.addWidget(
            Label(look, _("Two minutes, at the beginning of a shift. Nobody need unlock for it."), wrap=True)
        )
        who = QGridLayout()
        who.addWidget(Label(look, _("Your name"), bold=True), 0, 0)
        who.addWidget(self.name_field, 1, 0)
        who.addWidget(self.begin, 1, 1)
        who.setColumnStretch(0, 1)
        layout.addLayout(who)
        layout.addWidget(self.question)
        across = QHBoxLayout()
        for answer in self._answers:
            answer.clicked.connect(self._answered)
            across.addWidget(answer)
        across.addStretch(1)
        across.addStrut(self.yes.sizeHint().height())  # the room is there all the time, so that nothing moves
        layout.addLayout(across)
        layout.addWidget(self.points)
        layout.addWidget(Label(look, _("Shift checks before this"), bold=True))
        layout.addWidget(self.before)
        keys = Label(look, "← →   Enter   Tab   Esc", SMALL, quiet=True)
        layout.addWidget(keys)
        layout.addStretch(1)
        column.setMaximumWidth(look.px(860))
        return column

    def enter(self, what: object) -> None:
        """Look at this PC itself; go on with what was answered when the screen is built anew."""
        if isinstance(what, Checking):
            self._checking = what
        self.name_field.setText(self._checking.by)
        self._show()
        self._press.ask(looking(self.shell.settings, self.shell.now()), self._found, self.shell.tell)
        if self.shell.person and not self._checking.begun:
            self._begin()

    def remembered(self) -> object:
        """What was answered so far."""
        self._checking.by = self.name_field.text().strip()
        return self._checking

    def focus_first(self) -> bool:
        """Her name; or the answer, once it goes on."""
        if not self._checking.begun:
            self.name_field.setFocus()
        else:
            self._focus_answer()
        return True

    def steer(self, key: Qt.Key) -> bool:
        """Enter goes from the search box to the answers; Page Up and Page Down scroll."""
        if key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            bar = self._middle.verticalScrollBar()
            bar.setValue(bar.value() + (1 if key == Qt.Key.Key_PageDown else -1) * bar.pageStep() * 9 // 10)
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.focus_first()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter presses the button that has the focus; the arrows go to the one beside it."""
        key, here = Qt.Key(event.key()), self.focusWidget()
        if here is self.name_field and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._begin()  # here, not at the field's own signal: the same key would come on to what has the focus then
            return
        if isinstance(here, QPushButton) and here.hasFocus():
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                here.click()
                return
            if key in _WAYS and here in self._answers:
                shown = [answer for answer in self._answers if answer.isVisible()]
                shown[(shown.index(here) + _WAYS[key]) % len(shown)].setFocus()
                return
        if not self.steer(key):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width may need another height."""
        super().resizeEvent(event)
        self._fit()

    def minute(self) -> None:
        """The clock that is asked about goes on; a check that nobody finishes gives the lock screen back."""
        idle = timedelta(minutes=self.shell.settings.idle_lock_minutes)
        if self.shell.info is None and between(self._touched, self.shell.now()) >= idle:
            self.shell.back()
        elif self._checking.begun:
            self.question.setText(self._asked())

    # What is asked.

    def _begin(self) -> None:
        checking = self._checking
        checking.by = self.name_field.text().strip()
        if checking.begun:
            return
        if not checking.by:
            self.question.setText(self.shell.language.text("Write your name first."))
            self.name_field.setFocus()
            return
        checking.begun = True
        self._go_on()

    def _found(self, known: Known) -> None:
        self._checking.found(known)
        self._go_on()

    def _go_on(self) -> None:
        """Ask the next point; where none is left, record the check."""
        self._touched = self.shell.now()
        checking = self._checking
        self._show()
        if not checking.begun or checking.known is None:
            return
        if checking.next_point is None and checking.kept is None:
            self._keep()
        self._focus_answer()

    def _keep(self) -> None:
        settings = self.shell.settings
        check = self._checking.made(settings, self.shell.now())
        self._press.ask(keeping(settings, check), self._kept, self.shell.tell)

    def _kept(self, check: ShiftCheck) -> None:
        self._checking.kept = check
        self.shell.read_standing()
        self._go_on()

    def _asked(self) -> str:
        """What stands in large letters now."""
        language, checking = self.shell.language, self._checking
        if checking.kept is not None:
            return result(checking.kept, language)
        point = checking.next_point
        if not checking.begun or checking.known is None or point is None:
            return " "
        if point == "print" and checking.sent is None:
            return language.text("Print a test page now?")
        asked = language.text(ASKED[point]).format(clock=language.clock(self.shell.now()))
        if point == "print" and checking.sent is not None:
            sent = language.text("The test page was sent to {printer}.").format(printer=checking.sent.printer)
            return " ".join(part for part in (sent, checking.sent.hint, asked) if part)
        return asked

    def _show(self) -> None:
        language, checking = self.shell.language, self._checking
        question, point = self._asked(), checking.next_point
        self.question.setText(question)
        asks = checking.begun and checking.known is not None and point is not None
        to_print = point == "print" and checking.sent is None
        for answer, shown in (
            (self.yes, asks),
            (self.no, asks and not to_print),
            (self.later, asks),
            (self.done, checking.begun and point is None),
        ):
            answer.setVisible(shown)
            answer.setEnabled(True)
        self.yes.setText(language.text("Print it") if to_print else language.text("Yes"))
        self.done.setText(language.text("Back") if checking.kept is not None else language.text("Record it"))
        for answer in self._answers:
            answer.setAccessibleName(f"{answer.text()}: {question}" if question.strip() else answer.text())
        self.name_field.setReadOnly(checking.begun)
        self.begin.setEnabled(not checking.begun)
        self.points.tell(point_rows(checking, language), choose=None)
        before = () if checking.known is None else checking.known.before[:_BEFORE]
        kept = () if checking.kept is None else (checking.kept,)
        if checking.known is not None:
            self.before.tell(history_rows((*kept, *before)[:_BEFORE], self.shell.now(), language), choose=None)
        self._fit()

    def _fit(self) -> None:
        self.points.fit()
        self.before.fit()

    def _focus_answer(self) -> None:
        shown = next((answer for answer in self._answers if not answer.isHidden()), None)
        if shown is not None:
            shown.setFocus()
            self._middle.see(shown)

    # What is answered.

    def _answered(self) -> None:
        checking, pressed = self._checking, self.sender()
        if pressed is self.done:
            if checking.kept is None:
                self._keep()
            else:
                self.shell.back()
            return
        point = checking.next_point
        if point is None:
            return
        if pressed is self.yes and point == "print" and checking.sent is None:
            self._print()
            return
        self._is(point, "good" if pressed is self.yes else "not-good" if pressed is self.no else "not-done")

    def _is(self, point: Point, verdict: Verdict) -> None:
        self._checking.verdicts[point] = verdict
        self._go_on()

    def _print(self) -> None:
        for answer in (self.yes, self.later):
            answer.setEnabled(False)
        self.question.setText(self.shell.language.text("The test page is on its way …"))
        shell = self.shell
        work = printing_test(shell.settings, shell.session, shell.language, shell.now())
        self._press.ask(work, self._sent, self._not_sent)

    def _sent(self, sent: Sent) -> None:
        self._checking.sent = sent
        self._go_on()

    def _not_sent(self, trouble: ReaderError) -> None:
        self._checking.trouble = trouble
        self._is("print", "not-good")


SCREEN: Final = ShiftCheckScreen
