"""The keys: everything that can be done without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from backupreader.language import N_
from ui.rows import Kind, Row
from ui.screen import Screen
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from ui.shell import Shell

_KEYS: Final = (
    (N_("Everywhere"), ""),
    (N_("letters, digits"), N_("search for a citizen, wherever you are")),
    ("Ctrl+↓  Ctrl+↑", N_("in what was found: to the next kind, to the one before")),
    ("↑  ↓", N_("choose in a list; on a citizen's page choose the chapter")),
    ("Enter", N_("open")),
    ("Esc", N_("back")),
    ("Page Up  Page Down", N_("scroll what is read")),
    ("Tab", N_("to the next field or list")),
    ("Ctrl+P", N_("print what is seen")),
    ("Ctrl+L", N_("lock now")),
    ("F1", N_("show this page")),
    ("F6", N_("what has changed since the former data")),
    ("F7", N_("read the former data; again: back to the newest")),
    ("1  2  3  4", N_("where a reason is asked for: state the one that stands there")),
    (N_("On a citizen's page"), ""),
    ("Ctrl+1   Ctrl+2", N_("I know her, I do not know her: in which order the overview is read")),
    ("Ctrl+3 … Ctrl+7", N_("in the timeline: days, role, kind, a word, show all")),
    ("F4", N_("where the line came from that is chosen")),
    (N_("How it looks"), ""),
    ("Ctrl +   Ctrl −   Ctrl 0", N_("larger, smaller, as it was")),
    ("Ctrl+D", N_("light or dark")),
    (N_("Driving lists"), ""),
    ("←  →", N_("choose the day")),
    ("↑  ↓", N_("choose the route")),
    ("F2", N_("the next shift")),
    ("F3", N_("by route or by carer")),
    ("F4", N_("all text of each visit, or two lines")),
    ("F5", N_("overview: the carers side by side")),
    ("F6", N_("weekend and holidays: are all lists held?")),
    (N_("Citizens"), ""),
    (N_("Space"), N_("tick a citizen as seen to; again: take it back")),
    ("F2", N_("choose whom to see")),
    ("F3", N_("show everyone again")),
    ("F4", N_("tick with a click or Enter, or open")),
)


class KeysScreen(Screen):
    """See the module."""

    name = "keys"
    sentence = N_("Keys")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        _ = shell.language.text
        self.list = RowList(shell.look, _("Keys"), quiet=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        rows = [
            Row(title=_(key), details=(_(what),)) if what else Row(kind=Kind.HEADING, title=_(key))
            for key, what in _KEYS
        ]
        self.list.tell(tuple(rows), choose=None)

    def focus_first(self) -> bool:
        """The list itself: this page is shown while locked, too."""
        self.list.setFocus()
        return True

    def steer(self, key: Qt.Key) -> bool:
        """Arrows scroll."""
        return self.list.steer(key)


SCREEN: Final = KeysScreen
