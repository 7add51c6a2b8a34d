"""The head of a page of the plan, with the way back where there is no bar above; and the foot: how old the plan is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import SMALL, TITLE
from ui.plan import ours
from ui.telling import plan as telling
from ui.widgets.button import button
from ui.widgets.label import Label
from ui.widgets.marks import Marks

if TYPE_CHECKING:
    from ui.shell import Shell


class PlanHead(QWidget):
    """The title; before it, while locked, a button that goes back."""

    def __init__(self, shell: Shell, title: str) -> None:
        super().__init__()
        look, _ = shell.look, shell.language.text
        self.title = Label(look, title, TITLE, bold=True, wrap=True)
        self.back = button(_("◂  Back  Esc"), kind="plain", name=_("Back to the page before"))
        self.back.clicked.connect(shell.back)
        if shell.info is not None:
            self.back.hide()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.back)
        across.addWidget(self.title, 1)


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
