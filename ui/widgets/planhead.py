"""The head of a page of the plan, with the way back where there is no bar above; and the foot: how old the plan is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.card import making_paper
from ui.look import SMALL, TITLE
from ui.plan import ours
from ui.telling import plan as telling
from ui.widgets.button import button
from ui.widgets.label import Label
from ui.widgets.marks import Marks

if TYPE_CHECKING:
    from printing.jobs import Printer
    from ui.pages import Pages
    from ui.screen import Screen
    from ui.shell import Shell

_ROOMY: Final = 125  # per cent


class PlanHead(QWidget):
    """The title; before it, while locked, a button that goes back; after it one that prints, as Ctrl+P does."""

    def __init__(self, screen: Screen, title: str) -> None:
        super().__init__()
        self._shell, self._press = screen.shell, screen.press_line()
        look, _ = screen.shell.look, screen.shell.language.text
        self.title = Label(look, title, TITLE, bold=True, wrap=True)
        self.back = button(_("◂  Back  Esc"), kind="plain", name=_("Back to the page before"))
        self.back.clicked.connect(screen.shell.back)
        self.print_button = button(_("Print  Ctrl+P"), kind="plain", name=_("Print this"))
        self.print_button.clicked.connect(screen.print_now)
        if screen.shell.info is not None:
            self.back.hide()
        if look.scale > _ROOMY:
            self.print_button.hide()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.back)
        across.addWidget(self.title, 1)
        across.addWidget(self.print_button)

    def send(self, word: str, id_: str = "") -> bool:
        """Have a paper of the plan printed on the usual printer; False where there is no plan."""
        shell = self._shell
        carried, session = shell.plan, shell.session
        if carried is None or carried.plan is None:
            return False
        own = {one.unit for one in carried.plan.supplements}
        unit = next((one for one in session.actor.units if one in own), "") if session is not None else ""
        work = making_paper(shell.settings, shell.language, shell.now(), carried.plan, (word, id_, unit))
        self._press.ask(work, self._made, shell.tell)
        return True

    def _made(self, made: tuple[Pages, Printer]) -> None:
        self._shell.send(*made)


class PlanFoot(QWidget):
    """Whose the plan is and how old, that it is overdue, and why a newer one is not in use: on every page of it."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell, look = shell, shell.look
        self._line = Label(look, " ", SMALL, quiet=True, wrap=True)
        self._marks = Marks(look, lines=9)
        self._kept = Label(look, " ", SMALL, bold=True, wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, look.px(4), 0, look.px(6))
        layout.setSpacing(look.px(4))
        for widget in (self._kept, self._line, self._marks):
            layout.addWidget(widget)
        self._marks.hide()
        self._kept.hide()

    def minute(self) -> None:
        """Say it anew."""
        carried, plan, language = self._shell.plan, ours(self._shell), self._shell.language
        if carried is None:
            return
        now = self._shell.now()
        self._line.setText(" " if plan is None else telling.line(carried, plan, now, language))
        self._marks.tell(() if plan is None else telling.marks(plan.about, now.date(), language))
        kept = telling.kept(carried, now, language)
        self._kept.setText(kept)
        self._kept.setVisible(bool(kept))

    @property
    def words(self) -> str:
        """All that it says."""
        kept = "" if self._kept.isHidden() else self._kept.text()
        return " ".join((kept, self._line.text(), *self._marks.words)).strip()
