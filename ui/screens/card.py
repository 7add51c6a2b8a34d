"""One action card: what to do, a step a line; whose it is, and by when it must be revised. The room has a card too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backupreader.language import N_
from ui.look import BASE
from ui.plan import ROOM, Carded, ours
from ui.rows import Row
from ui.screen import Screen
from ui.telling import plancards as telling
from ui.telling import whom
from ui.telling.plan import marks, missing
from ui.widgets.label import Label
from ui.widgets.marks import Marks
from ui.widgets.middle import Middle, footed
from ui.widgets.planhead import PlanFoot, PlanHead
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from backupreader.domain.plan.guidance import Card
    from backupreader.domain.plan.plan import Plan
    from ui.shell import Shell


class CardScreen(Screen):
    """See the module. Shown as a `Carded`; nothing but `ROOM` shows the room."""

    name = "card"
    sentence = N_("Action card")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._carded = Carded()
        self.head, self.foot = PlanHead(self, _(self.sentence)), PlanFoot(shell)
        self.marks = Marks(look, BASE, lines=9)
        self.marks.hide()
        self.about = Label(look, " ", quiet=True, wrap=True)
        self.steps = RowList(look, _("What to do"), lead=48, title=20, quiet=True)
        self.steps.moved.connect(self._follow)
        column = QWidget()
        column.setMaximumWidth(look.px(960))
        inner = QVBoxLayout(column)
        inner.setContentsMargins(look.px(24), look.px(10), look.px(24), look.px(4))
        inner.setSpacing(look.px(8))
        for widget in (self.head, self.marks, self.about, self.steps):
            inner.addWidget(widget)
        inner.addStretch(1)
        self._middle = Middle(column)
        footed(self, self._middle, inner, self.foot, look)

    def enter(self, what: object) -> None:
        """Show one card."""
        self._carded = what if isinstance(what, Carded) else Carded()
        self._show()

    def remembered(self) -> object:
        """Which card."""
        return self._carded

    def focus_first(self) -> bool:
        """The steps, where there is no search box."""
        if self.shell.info is None:
            self.steps.setFocus()
        return self.shell.info is None

    def steer(self, key: Qt.Key) -> bool:
        """Arrows go from step to step."""
        return self._middle.turn(key) or self.steps.steer(key)

    def print_now(self) -> bool:
        """The card; of the room the plan's card for the wall, which says where it is."""
        if self._carded.card == ROOM:
            return self.head.send("plan-card")
        return self.head.send("action-card", self._carded.card)

    def minute(self) -> None:
        """The plan's age is told anew; a newer plan may have another card."""
        self._show()

    def _show(self) -> None:
        self.foot.minute()
        plan, language = ours(self.shell), self.shell.language
        if plan is None:
            if self.shell.plan is not None:
                self._tell(missing(language)[0], (Row(title=missing(language)[1]),))
            return
        card = next((one for one in plan.cards if one.id == self._carded.card), None)
        if self._carded.card == ROOM:
            room = plan.room
            gone = language.text("The plan does not say anything of the room.")
            rows = (Row(title=gone),) if room is None else telling.room_rows(plan, room, language)
            self._tell(language.text("The room with this PC"), rows)
        elif card is None:
            self._tell(language.text("The plan has no such card any more."), ())
        else:
            self._show_card(plan, card)

    def _show_card(self, plan: Plan, card: Card) -> None:
        language = self.shell.language
        self.marks.tell(marks(card.about, self.shell.now().date(), language))
        self._tell(card.about.title, telling.card_steps(card), telling.card_head(plan, card, language))
        contact = plan.contact(card.contact)
        if contact is not None:
            call = "  ".join(part for part in (contact.label, whom.reached_by(contact)) if part)
            self.about.setText("\n".join((self.about.text(), language.text("Whom to call: {who}").format(who=call))))

    def _tell(self, title: str, rows: tuple[Row, ...], about: tuple[str, ...] = ()) -> None:
        self.head.title.setText(title)
        self.about.setText("\n".join(about))
        self.about.setVisible(bool(about))
        self.steps.tell(rows, choose=0)
        self.steps.fit()

    def _follow(self) -> None:
        """Scroll to the step that the arrows stand on."""
        self._middle.see_place(self.steps, self.steps.visualRect(self.steps.currentIndex()))


SCREEN: Final = CardScreen
