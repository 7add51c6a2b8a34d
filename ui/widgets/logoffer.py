"""What a page has found out goes into the log of the outage with one key; or the outage is declared first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.button import button

if TYPE_CHECKING:
    from backupreader.domain.outage.event import Event
    from backupreader.domain.trouble import ReaderError
    from ui.outagework import Wish
    from ui.screen import Screen

KEY: Final = "F2"


class LogOffer(QWidget):
    """A button with its key on the whole page; away while nobody has unlocked, and where nothing can be written."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._shell = screen.shell
        self._wishes: tuple[Wish, ...] = ()
        self._taken: tuple[Wish, ...] = ()  # written, or being written
        self._declares = ""
        self.button = button("")
        self.button.clicked.connect(self._press)
        QShortcut(QKeySequence(KEY), screen).activated.connect(self.button.click)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def offer(self, sentence: str, wishes: tuple[Wish, ...], *, declares: str | None = None) -> None:
        """Offer to write these in the log of the outage that goes on, once.

        Where none is declared: to declare one in which the system `declares` is down (empty: not known); None does not.
        """
        _, standing = self._shell.language.text, self._shell.standing
        event = standing.here.event if standing is not None and standing.here is not None else None
        going = event is not None and event.declared is not None
        open_now = self._shell.session is not None
        self._wishes, self._declares = (wishes if going else ()), declares or ""
        if not going:
            sentence = _("Declare the outage")
        elif wishes == self._taken:
            sentence = _("It stands in the log.")
        free = not going or wishes != self._taken
        self.button.setText(f"{sentence}  {KEY}" if free else sentence)
        self.button.setAccessibleName(sentence)
        self.button.setEnabled(free)
        self.setVisible(open_now and (bool(wishes) if going else declares is not None))

    def withdraw(self) -> None:
        """Nothing is offered."""
        self._wishes = ()
        self.button.setEnabled(False)
        self.hide()

    def _press(self) -> None:
        from ui.outagework import writing
        from ui.telling.outage import Turn

        session = self._shell.session
        if self.isHidden() or session is None:
            return
        if not self._wishes:
            self._shell.go("outage", Turn("declare", self._declares))
            return
        self._taken = self._wishes
        self.button.setEnabled(False)
        work = writing(self._shell.settings, session, *self._wishes)
        self._shell.press.line().ask(work, self._wrote, self._refused)

    def _wrote(self, _event: Event | None) -> None:
        self._shell.read_standing()  # the page is told anew by it

    def _refused(self, trouble: ReaderError) -> None:
        self._taken = ()
        self._shell.tell(trouble)
        self._shell.read_standing()
