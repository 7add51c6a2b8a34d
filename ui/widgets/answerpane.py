"""Who answers now for what is wrong, and beside it, or under it in large letters, what else the plan has for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.plan import Wrong
from ui.telling import whom as telling
from ui.telling.plancards import more_rows
from ui.widgets.rowlist import RowList
from ui.widgets.whompanel import WhomPanel

if TYPE_CHECKING:
    from backupreader.domain.plan.contacts import Contact
    from backupreader.domain.plan.plan import Plan
    from ui.shell import Shell

_ROOMY: Final = 125  # per cent
_BESIDE: Final = 400  # pixels at 100 %


class AnswerPane(QWidget):
    """Empty until `tell`. `opened` tells a row's target; `moved` that the arrows stand elsewhere, in `place`.

    `contact` is who answers, where anybody does.
    """

    opened = Signal(object)
    moved = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell, look, _ = shell, shell.look, shell.language.text
        self.contact: Contact | None = None
        roomy = look.scale <= _ROOMY
        self.panel = WhomPanel(look, shell.language)
        self.more = RowList(look, _("What else the plan has"))
        if roomy:
            self.more.setFixedWidth(look.px(_BESIDE))
        self.more.opened.connect(self.opened)
        self.more.moved.connect(self.moved)
        layout = QBoxLayout(QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom, self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.px(16))
        layout.addWidget(self.panel, 1, Qt.AlignmentFlag.AlignTop if roomy else Qt.AlignmentFlag(0))
        layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop if roomy else Qt.AlignmentFlag(0))

    def tell(self, plan: Plan, wrong: Wrong) -> None:
        """Say who answers now."""
        from backupreader.domain.plan import calling

        now, language = self._shell.now(), self._shell.language
        answer = calling.now(plan, now, system=wrong.system)
        self.contact = answer.contact
        self.panel.tell(telling.answered(plan, answer, language, wrong.system))
        self.more.tell(more_rows(plan, wrong, now.date(), language), choose=0)
        self.more.fit()
        self.more.setAccessibleName(f"{self.spoken}. {language.text('What else the plan has')}")

    @property
    def spoken(self) -> str:
        """Who, the number and until when."""
        return "" if self.panel.told is None else self.panel.told.spoken

    @property
    def place(self) -> QRect:
        """Where the row stands that the arrows are on."""
        inside = self.more.visualRect(self.more.currentIndex())
        return QRect(self.more.mapTo(self, inside.topLeft()), inside.size())
