"""Finding: what is written in the search box, answered at each key, in groups that always have the same order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from backupreader.domain.trouble import ReaderError
from backupreader.language import N_
from ui.chapter import ToDocument, ToRoute, View
from ui.drilling import SEARCH
from ui.look import SMALL
from ui.screen import Screen
from ui.telling.found import MOST_ALONE, TITLES, Delivered, Telling, ToGroup
from ui.widgets.label import Label
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from backupreader.store.found import About, Found
    from backupreader.store.reader import Reader
    from ui.shell import Shell


@dataclass(frozen=True, slots=True)
class _Asked:
    """The words, and the one group that is shown; None: all."""

    words: str
    only: About | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was found, and what it is dated by."""

    asked: _Asked
    found: Found
    delivered: Delivered


class FindScreen(Screen):
    """See the module. `enter` takes the words, or what was asked when it was left."""

    name = "find"
    sentence = N_("Find a citizen")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._line = self.ask_line()
        self._asked = _Asked("")
        self.told = Label(look, " ", SMALL, quiet=True)
        self.told.setContentsMargins(look.px(20), 0, look.px(20), look.px(6))
        self.list = RowList(look, _("What was found"), title=18)
        self.list.opened.connect(self._open)
        for keys, slot in (("Ctrl+Down", self._next_group), ("Ctrl+Up", self._former_group)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.told)
        layout.addWidget(self.list)

    def enter(self, what: object) -> None:
        """Find at once."""
        self._asked = what if isinstance(what, _Asked) else _Asked(what if isinstance(what, str) else "")
        self.shell.write_search(self._asked.words)  # which is no second question
        self._ask(self._asked)

    def remembered(self) -> object:
        """The words, and the group."""
        return self._asked

    def searched(self, words: str) -> bool:
        """Ask; the answer to the words before stays until this one comes."""
        if words != self._asked.words:
            self._ask(_Asked(words))
        return True

    def steer(self, key: Qt.Key) -> bool:
        """Arrows choose, Enter opens."""
        return self.list.steer(key)

    def escape(self) -> bool:
        """From one group alone to all of them."""
        if self._asked.only is None:
            return False
        self._ask(_Asked(self._asked.words))
        return True

    def _ask(self, asked: _Asked) -> None:
        self._asked = asked
        self._line.ask(_finding(asked), self._found, self._refused)

    def _found(self, answer: _Answer) -> None:
        language, found = self.shell.language, answer.found
        if found.citizens.count and found.words:
            self.shell.did(SEARCH)
        view = View(now=self.shell.now(), language=language, changes=self.shell.changes)
        only = answer.asked.only
        telling = Telling(found=found, delivered=answer.delivered, view=view, alone=only is not None)
        self.list.tell(telling.rows())
        keys = language.text("↑ ↓ choose   Ctrl+↓ next group   Enter open   Esc back")
        if only is not None:
            title = language.text(TITLES[only])
            keys = language.text("Only “{group}” is shown   ·   ↑ ↓ choose   Enter open   Esc all groups").format(
                group=title
            )
        number = language.count("{n} found", "{n} found", found.citizens.count) if not found.words else ""
        self.told.setText("   ·   ".join(part for part in (number, keys) if part))

    def _next_group(self) -> None:
        self.list.step_group(1)

    def _former_group(self) -> None:
        self.list.step_group(-1)

    def _refused(self, trouble: ReaderError) -> None:
        self.shell.tell(trouble)

    def _open(self, target: object) -> None:
        if isinstance(target, ToGroup):
            self._ask(_Asked(self._asked.words, target.about))
        elif isinstance(target, ToRoute):
            self.shell.go("driving", target)
        else:
            self.shell.go("document" if isinstance(target, ToDocument) else "citizen", target)


def _finding(asked: _Asked) -> Callable[[Reader], _Answer]:
    def work(reader: Reader) -> _Answer:
        found = reader.look_for(asked.words, asked.only, MOST_ALONE if asked.only is not None else None)
        return _Answer(asked, found, Delivered(deliveries=reader.deliveries(), left_out=reader.left_out()))

    return work


SCREEN: Final = FindScreen
