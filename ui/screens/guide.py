"""A guide: one question at a time with two large answers, to how far the fault goes, and one number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from backupreader.domain.plan.guidance import Guide, Outcome, Question
from backupreader.language import N_
from ui.look import NAME, SMALL
from ui.outagework import Wish, Writes
from ui.plan import Guided, ours
from ui.screen import Screen
from ui.telling import guide as telling
from ui.telling.plan import missing
from ui.widgets.button import button
from ui.widgets.choice import Choice
from ui.widgets.label import Label
from ui.widgets.logoffer import LogOffer
from ui.widgets.middle import Middle, footed
from ui.widgets.planhead import PlanFoot, PlanHead
from ui.widgets.reachpanel import ReachPanel
from ui.widgets.whompanel import WhomPanel

if TYPE_CHECKING:
    from backupreader.domain.plan.plan import Plan
    from ui.shell import Shell


class GuideScreen(Screen):
    """See the module. Esc takes the last answer back; at the first question it leaves."""

    name = "guide"
    sentence = N_("Only here, or everywhere?")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._guided: Guided | None = None
        self._step: Question | Outcome | None = None
        self.head = PlanHead(self, _(self.sentence))
        self.foot = PlanFoot(shell)
        self.trail = Label(look, " ", SMALL, quiet=True, wrap=True)
        self.question = Label(look, " ", NAME, bold=True, wrap=True)
        self.how = Label(look, " ", 17, wrap=True)
        self.yes, self.no = Choice(look, _("Yes"), " ", "Alt+1"), Choice(look, _("No"), " ", "Alt+2")
        self.undo = button(_("One question back  Esc"), name=_("One question back"))
        self.reach, self.whom = ReachPanel(look), WhomPanel(look, shell.language)
        self.log = LogOffer(self)
        self.yes.clicked.connect(self._say_yes)
        self.no.clicked.connect(self._say_no)
        self.undo.clicked.connect(self.escape)
        for key, choice in (("Alt+1", self.yes), ("Alt+2", self.no)):
            QShortcut(QKeySequence(key), self).activated.connect(choice.click)
        column = QWidget()
        column.setMaximumWidth(look.px(960))
        inner = QVBoxLayout(column)
        inner.setContentsMargins(look.px(24), look.px(12), look.px(24), look.px(8))
        inner.setSpacing(look.px(10))
        answers = QGridLayout()
        answers.setSpacing(look.px(16))
        answers.addWidget(self.yes, 0, 0)
        answers.addWidget(self.no, 0, 1)
        for widget in (self.head, self.trail, self.reach, self.question, self.how):
            inner.addWidget(widget)
        inner.addLayout(answers)
        inner.addWidget(self.whom)
        inner.addWidget(self.log)
        inner.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addStretch(1)
        self._middle = Middle(column)
        footed(self, self._middle, inner, self.foot, look)

    def enter(self, what: object) -> None:
        """Go to where the answers so far lead."""
        if isinstance(what, Guided):
            self._guided = what
        self._show()

    def remembered(self) -> object:
        """The guide and the answers."""
        return self._guided

    def focus_first(self) -> bool:
        """The answers, so that Enter and the arrows work there; letters go to the search box all the same."""
        focus = self.yes if isinstance(self._step, Question) else self.undo
        focus.setFocus()
        return True

    def steer(self, key: Qt.Key) -> bool:
        """From the search box: Enter or an arrow goes to the answers."""
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Left, Qt.Key.Key_Right}:
            return self.focus_first()
        return self._middle.turn(key)

    def escape(self) -> bool:
        """One question back; nothing where none was answered."""
        guided = self._guided
        if guided is None or not guided.answers:
            return False
        self._guided = Guided(guided.guide, guided.answers[:-1], guided.wrong)
        self._show()
        self.focus_first()
        return True

    def print_now(self) -> bool:
        """The whole guide."""
        return self._guided is not None and self.head.send("fault-guide", self._guided.guide)

    def minute(self) -> None:
        """Whoever answers now, and the plan's age, are told anew."""
        self._show()

    def _say_yes(self) -> None:
        self._answer(yes=True)

    def _say_no(self) -> None:
        self._answer(yes=False)

    def _answer(self, *, yes: bool) -> None:
        if self._guided is None or not isinstance(self._step, Question):
            return
        self._guided = Guided(self._guided.guide, (*self._guided.answers, yes), self._guided.wrong)
        self._show()
        self.focus_first()

    def _show(self) -> None:
        self.foot.minute()
        plan, guided = ours(self.shell), self._guided
        guide = telling.found(plan, guided.guide) if plan is not None and guided is not None else None
        if plan is None or guide is None or guided is None:
            self._show_nothing()
            return
        self.head.title.setText(guide.label)
        path = telling.walked(guide, guided.answers)
        self._step = path.step
        self.trail.setText("\n".join(telling.trail(path, self.shell.language)))
        self.trail.setVisible(bool(path.answered))
        self.undo.setVisible(bool(path.answered))
        asking = isinstance(path.step, Question)
        for widget in (self.question, self.yes, self.no):
            widget.setVisible(asking)
        self.reach.setVisible(not asking)
        if isinstance(path.step, Question):
            self.whom.hide()
            self.log.withdraw()
            self._ask(path.step)
        else:
            self._end(plan, guide, path.step)

    def _ask(self, question: Question) -> None:
        _ = self.shell.language.text
        self.question.setText(question.ask)
        self.how.setText(question.how)
        self.how.setVisible(bool(question.how))
        for choice, word in ((self.yes, _("Yes")), (self.no, _("No"))):
            choice.setAccessibleName(f"{word}: {question.ask}")

    def _end(self, plan: Plan, guide: Guide, outcome: Outcome) -> None:
        self.reach.tell(*telling.reached(outcome, self.shell.language))
        self.how.setText(outcome.say)
        self.how.setVisible(bool(outcome.say))
        whom = telling.called(plan, guide, outcome, self.shell.now(), self.shell.language)
        self.whom.setVisible(whom is not None)
        if whom is not None:
            self.whom.tell(whom)
        self._offer(guide, outcome)

    def _offer(self, guide: Guide, outcome: Outcome) -> None:
        """What was found out goes into the log of the outage; before one is declared it is offered to declare it."""
        found: tuple[Wish, ...] = (Writes(kind="guide", what=guide.id, detail=outcome.id),)
        is_one = outcome.reach != "none"
        if is_one:
            found = (*found, Writes(kind="reach", what=outcome.reach))
        wrong = self._guided.wrong.system if self._guided is not None else ""
        system = wrong or next(iter(guide.systems), "")
        sentence = self.shell.language.text("Write it in the log of the outage")
        self.log.offer(sentence, found, declares=system if is_one else None)

    def _show_nothing(self) -> None:
        """No plan, or one that has no such guide any more."""
        self._step = None
        self.log.withdraw()
        for widget in (self.trail, self.undo, self.reach, self.yes, self.no, self.whom):
            widget.hide()
        if self.shell.plan is not None:
            sentence, hint = missing(self.shell.language)
            self.question.setText(sentence)
            self.how.setText(hint)


SCREEN: Final = GuideScreen
