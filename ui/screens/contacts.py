"""Everyone in the plan: the number, and at which hours it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from backupreader.language import N_
from ui.plan import ours
from ui.rows import Row
from ui.screen import Screen
from ui.telling import plancards as telling
from ui.telling.plan import missing
from ui.widgets.planhead import PlanFoot, PlanHead
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from ui.shell import Shell


class ContactsScreen(Screen):
    """See the module."""

    name = "contacts"
    sentence = N_("All contacts, with their hours")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self.head, self.foot = PlanHead(self, _(self.sentence)), PlanFoot(shell)
        self.list = RowList(look, _(self.sentence), lead=200, quiet=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.px(24), look.px(12), look.px(24), 0)
        layout.setSpacing(look.px(8))
        layout.addWidget(self.head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.foot)

    def enter(self, _what: object) -> None:
        """Show them."""
        self._show()

    def focus_first(self) -> bool:
        """The list, where there is no search box."""
        if self.shell.info is None:
            self.list.setFocus()
        return self.shell.info is None

    def steer(self, key: Qt.Key) -> bool:
        """Arrows go from one to the next."""
        return self.list.steer(key)

    def print_now(self) -> bool:
        """The list of phone numbers."""
        return self.head.send("phone-list")

    def minute(self) -> None:
        """The plan's age is told anew."""
        self._show()

    def _show(self) -> None:
        self.foot.minute()
        plan, language = ours(self.shell), self.shell.language
        if plan is not None:
            self.list.tell(telling.contact_rows(plan, plan.contacts, language))
        elif self.shell.plan is not None:
            sentence, hint = missing(language)
            self.list.tell((Row(title=sentence, details=(hint,)),))


SCREEN: Final = ContactsScreen
