"""What has changed since the former data: medicine, warnings, citizens, visits, each as it was and as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from backupreader.domain.changes import Changes
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_
from ui.chapter import View
from ui.clock import taken_at
from ui.comparing import seeing
from ui.look import SMALL
from ui.pages import Printable
from ui.rows import Kind, Row
from ui.screen import Screen
from ui.telling.changelist import change_rows
from ui.widgets.label import Label
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from ui.shell import Shell


class ChangesScreen(Screen):
    """See the module. What is shown is in the audit before."""

    name = "changes"
    sentence = N_("What has changed")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._line = shell.comparing.line()
        self._lines.append(self._line)
        self._asked: Changes | None = None
        self._seen: Changes | None = None
        self.told = Label(look, " ", SMALL, quiet=True, wrap=True)
        self.told.setContentsMargins(look.px(20), look.px(10), look.px(20), look.px(6))
        self.list = RowList(look, _("What has changed"))
        self.list.opened.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.told)
        layout.addWidget(self.list, 1)

    def enter(self, _what: object) -> None:
        """Have them found now, if they are not yet."""
        self.shell.comparing.hurry()
        self.minute()

    def steer(self, key: Qt.Key) -> bool:
        """Arrows choose, Enter opens the citizen."""
        return self.list.steer(key)

    def printable(self) -> Printable | None:
        """What is seen, whole."""
        if self._seen is None:
            return None
        return Printable("change-list", self.shell.language.text(self.sentence), changes=self._seen)

    def minute(self) -> None:
        """Tell what is known by now, and the ages anew."""
        known, session = self.shell.comparing, self.shell.session
        if known.changes is not None and known.changes is not self._asked and session is not None:
            self._asked = known.changes
            self._line.ask(seeing(session, known.changes), self._show, self.shell.tell)
        elif self._seen is not None:
            self._show(self._seen)
        elif self._asked is None:
            self._tell_waiting(known.trouble)

    def _tell_waiting(self, trouble: ReaderError | None) -> None:
        language = self.shell.language
        if trouble is None:
            self.told.setText(" ")
            self.list.tell((Row(kind=Kind.NOTHING, title=language.text("Comparing with the former data …")),))
            return
        self.told.setText(language.text("What has changed since the former data could not be found out."))
        why = f"{trouble.sentence(language)}  [{trouble.kind.code}]  {trouble.hint(language)}"
        self.list.tell((Row(kind=Kind.MISSING, title=why),))

    def _show(self, changes: Changes) -> None:
        self._seen = changes
        language, now = self.shell.language, self.shell.now()
        told = " "
        if changes.former is not None and changes.taken_at is not None:
            taken = taken_at(changes.taken_at, now, language)
            told = language.text("Compared with the former data, taken {moment}").format(moment=taken)
        self.told.setText(
            told + "   ·   " + language.text("↑ ↓ choose   Enter open   Esc back") if told.strip() else " "
        )
        self.list.tell(change_rows(changes, View(now=now, language=language, changes=changes)))

    def _open(self, target: object) -> None:
        self.shell.go("citizen", target)


SCREEN: Final = ChangesScreen
