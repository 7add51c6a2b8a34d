"""Weekend and holidays: are all lists held until the offices open again? Route by route, what is missing first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from backupreader.domain.readiness import Readiness
from backupreader.domain.records import Delivery
from backupreader.language import N_
from ui.clock import taken
from ui.look import SMALL, TITLE
from ui.planning import readying
from ui.screen import Screen
from ui.telling.readiness import headline, readiness_rows, until
from ui.widgets.label import Label
from ui.widgets.marks import Marks
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from collections.abc import Callable

    from backupreader.store.reader import Reader
    from ui.shell import Shell


class ReadinessScreen(Screen):
    """See the module."""

    name = "readiness"
    sentence = N_("Weekend and holidays")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, language = shell.look, shell.language
        self._line = self.ask_line()
        self._found: Readiness | None = None
        self._deliveries: tuple[Delivery, ...] = ()
        self.heading = Label(look, language.text(self.sentence), TITLE, bold=True, wrap=True)
        self.head = Marks(look, 15)
        self.source = Label(look, " ", SMALL, quiet=True, wrap=True)
        self.list = RowList(look, language.text(self.sentence), quiet=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.px(19), look.px(10), look.px(16), 0)
        layout.setSpacing(look.px(6))
        for widget in (self.heading, self.head, self.source):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)

    def enter(self, _what: object) -> None:
        """Look anew."""
        self._line.ask(_asking(readying(self.shell.settings, self.shell.now())), self._take, self.shell.tell)

    def minute(self) -> None:
        """Tell ages anew, in place."""
        self._show()

    def steer(self, key: Qt.Key) -> bool:
        """Arrows scroll."""
        return self.list.steer(key)

    def _take(self, answer: tuple[Readiness, tuple[Delivery, ...]]) -> None:
        self._found, self._deliveries = answer
        self._show()

    def _show(self) -> None:
        found, language, now = self._found, self.shell.language, self.shell.now()
        if found is None:
            return
        visits = [one for one in self._deliveries if one.table == "visit"]
        told = "; ".join(taken(one, now, language) for one in visits)
        looked = language.text("Looked at until {when}, the first working day's noon.")
        sources = language.text("Taken from {sources}").format(sources=told) if told else ""
        self.source.setText("   ".join(part for part in (looked.format(when=until(found, language)), sources) if part))
        self.head.tell((headline(found, language),))
        complete = all(one.complete is not False for one in visits)
        self.list.tell(readiness_rows(found, language, complete=complete), choose=None)


def _asking(
    work: Callable[[Reader], Readiness],
) -> Callable[[Reader], tuple[Readiness, tuple[Delivery, ...]]]:
    def both(reader: Reader) -> tuple[Readiness, tuple[Delivery, ...]]:
        return work(reader), reader.deliveries()

    return both


SCREEN: Final = ReadinessScreen
