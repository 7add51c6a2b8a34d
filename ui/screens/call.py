"""Whom to call, locked or not: what is wrong, as large choices; then at once who answers now, and the number.

Beside the number stands what else the plan has for it: guides, action cards, all contacts, the room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backupreader.language import N_
from ui.look import SMALL, State
from ui.outagework import Writes
from ui.plan import Carded, Guided, Wrong, ours
from ui.screen import Screen
from ui.telling.plan import downtime, missing, near
from ui.widgets.answerpane import AnswerPane
from ui.widgets.label import Label
from ui.widgets.logoffer import LogOffer
from ui.widgets.middle import Middle, footed
from ui.widgets.notice import Notice
from ui.widgets.planhead import PlanFoot, PlanHead
from ui.widgets.wrongchoices import WrongChoices

if TYPE_CHECKING:
    from backupreader.domain.plan.plan import Plan
    from ui.shell import Shell

_ROOMY: Final = 125  # per cent
_WIDE: Final = 1240  # pixels at 100 %


class CallScreen(Screen):
    """See the module. Entered with a `Wrong` it says who answers; with nothing it asks what is wrong.

    With an answer the list of all else has the focus where there is no search box: its name begins with the number.
    """

    name = "call"
    sentence = N_("Whom to call")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._wrong: Wrong | None = None
        self.head, self.foot = PlanHead(self, _(self.sentence)), PlanFoot(shell)
        self.strip = Notice(look, "")
        self.strip.close_button.hide()
        self.question = Label(look, _("What is wrong?"), 17, wrap=True)
        self.choices = WrongChoices(look, shell.language)
        self.choices.chosen.connect(self._choose)
        self.answer, self.log = AnswerPane(shell), LogOffer(self)
        self.answer.opened.connect(self._open)
        self.answer.moved.connect(self._follow)
        keys = _("↑ ↓ choose   Enter open   Page Up, Page Down scroll   Esc back")
        self.keys = Label(look, keys, SMALL, quiet=True, wrap=True)
        column = QWidget()
        column.setMaximumWidth(look.px(_WIDE))
        inner = QVBoxLayout(column)
        inner.setContentsMargins(look.px(24), look.px(10), look.px(24), look.px(4))
        inner.setSpacing(look.px(10))
        answer = (self.log, self.answer) if look.scale <= _ROOMY else (self.answer, self.log)  # the number comes first
        for widget in (self.head, self.strip, self.question, self.choices, *answer):
            inner.addWidget(widget)
        inner.addStretch(1)
        inner.addWidget(self.keys)
        self._middle = Middle(column)
        footed(self, self._middle, inner, self.foot, look)

    def enter(self, what: object) -> None:
        """Ask, or answer."""
        self._wrong = what if isinstance(what, Wrong) else None
        answers = self._wrong is not None
        self.question.setVisible(not answers)
        self.choices.setVisible(not answers)
        self.answer.setVisible(answers)
        self.minute()

    def remembered(self) -> object:
        """What was said to be wrong."""
        return self._wrong

    def focus_first(self) -> bool:
        """The first choice; the answer, where there is no search box."""
        if self._wrong is None and self.choices.focus_first():
            return True
        if self.shell.info is None:
            (self.head.back if self._wrong is None else self.answer.more).setFocus()
        return self.shell.info is None

    def steer(self, key: Qt.Key) -> bool:
        """To the choices; or up and down what else there is, and into it."""
        if self._middle.turn(key):
            return True
        if self._wrong is not None:
            return self.answer.more.steer(key)
        return key in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.choices.focus_first()

    def print_now(self) -> bool:
        """The plan's card for the wall: who answers at every hour."""
        return self.head.send("plan-card")

    def minute(self) -> None:
        """Who answers now, planned downtime and the plan's age are told anew; a newer plan may have come."""
        self.foot.minute()
        plan = ours(self.shell)
        if plan is None:
            self._tell_none()
            return
        self._tell_downtime(plan)
        self.keys.show()
        self.question.setVisible(self._wrong is None)
        self.answer.setVisible(self._wrong is not None)
        if self._wrong is None:
            self.log.withdraw()
            asked = bool(self.choices.choices)
            self.choices.tell(plan)
            if not asked and self.isVisible():  # the plan was read after the page was opened
                self.focus_first()
            return
        _ = self.shell.language.text
        what = plan.system(self._wrong.system) if self._wrong.system else _("everything, or not known")
        self.head.title.setText(_("Whom to call: {what}").format(what=what))
        self.answer.tell(plan, self._wrong)
        self._offer()

    def _offer(self) -> None:
        """That whoever answers now was called goes into the log of the outage."""
        who, sentence = (
            self.answer.contact,
            self.shell.language.text("Write in the log: {contact} was called, and answered"),
        )
        if who is None:
            self.log.withdraw()
        else:
            self.log.offer(sentence.format(contact=who.label), (Writes(kind="call", what=who.id, detail="answered"),))

    def _tell_downtime(self, plan: Plan) -> None:
        """What is down as planned, now or until tomorrow night, and what to know of it."""
        now, language = self.shell.now(), self.shell.language
        told = near(plan, now, self._wrong.system if self._wrong is not None else "")
        if not told:
            self.strip.hide()
            return
        sentence = " ".join(downtime(one, plan, now, language) for one in told)
        self.strip.tell(sentence, " ".join(one.window.say for one in told if one.window.say), State.LATE)

    def _tell_none(self) -> None:
        """That there is no plan, as soon as that is known."""
        self.log.withdraw()
        for widget in (self.question, self.answer, self.keys):
            widget.hide()
        if self.shell.plan is not None:
            sentence, hint = missing(self.shell.language)
            self.strip.tell(sentence, hint, State.INFO)

    def _choose(self, system: str) -> None:
        self.shell.go("call", Wrong(system))

    def _open(self, target: object) -> None:
        if isinstance(target, Guided):
            self.shell.go("guide", target)
        elif isinstance(target, Carded):
            self.shell.go("card", target)
        else:
            self.shell.go("contacts")

    def _follow(self) -> None:
        """Scroll to the row that the arrows stand on."""
        self._middle.see_place(self.answer, self.answer.place)


SCREEN: Final = CallScreen
