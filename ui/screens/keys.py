"""Help: a tour, the one-page card on paper, practice; and everything that can be done without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from backupreader.language import N_
from ui.card import making_card
from ui.rows import Kind, Row
from ui.screen import Screen
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from printing.jobs import Printer
    from ui.pages import Pages
    from ui.shell import Shell

TOUR, CARD, PRACTICE, SCENARIO, END = "tour", "card", "practice", "scenario", "end"
_KEYS: Final = (
    (N_("Everywhere"), ""),
    (N_("letters, digits"), N_("search for a citizen, wherever you are")),
    ("Ctrl+↓  Ctrl+↑", N_("in what was found: to the next kind, to the one before")),
    ("↑  ↓", N_("choose in a list; on a citizen's page choose the chapter")),
    ("Enter", N_("open")),
    ("Esc", N_("back")),
    ("Page Up  Page Down", N_("scroll what is read")),
    ("Tab", N_("to the next field or list")),
    ("Ctrl+F", N_("to the search box")),
    ("Ctrl+P", N_("print what is seen")),
    ("Ctrl+L", N_("lock now")),
    ("F9", N_("cover what is seen; any key brings it back")),
    ("F1", N_("show this page")),
    ("F6", N_("what has changed since the former data")),
    ("F7", N_("read the former data; again: back to the newest")),
    ("F10", N_("sheets of paper: what has become of each")),
    ("Ctrl+O", N_("the outage: what is due, and its log")),
    ("F11", N_("shift check: two minutes at the beginning of a shift")),
    ("Alt+0", N_("whom to call now; while locked, too")),
    ("1  2  3  4", N_("where a reason is asked for: state the one that stands there")),
    (N_("Start"), ""),
    ("Alt+1 … Alt+7", N_("open the choice with that number")),
    (N_("On a citizen's page"), ""),
    ("Ctrl+1   Ctrl+2", N_("I know her, I do not know her: in which order the overview is read")),
    ("Ctrl+3 … Ctrl+7", N_("in the timeline: days, role, kind, a word, show all")),
    ("F4", N_("where the line came from that is chosen")),
    (N_("How it looks"), ""),
    ("Ctrl +   Ctrl −   Ctrl 0", N_("larger, smaller, as it was")),
    ("Ctrl+D", N_("light or dark")),
    ("F8", N_("high contrast, and back")),
    (N_("Whom to call"), ""),
    ("Alt+1 … Alt+9", N_("say what is wrong; in a guide: Alt+1 yes, Alt+2 no")),
    ("Enter", N_("who answers now; then open what is chosen")),
    ("Esc", N_("in a guide: one question back")),
    ("F2", N_("write in the log of the outage what was found out, or that somebody was called; or declare it")),
    (N_("Outage"), ""),
    ("Alt+1 … Alt+9", N_("write a call, a decision, a note, …; Alt+1 and Enter: whoever answers now was called")),
    ("Enter", N_("write what is chosen: a duty is done, a unit is down, a partner told")),
    ("Page Up   Page Down", N_("scroll the log; in it, with Tab, Enter crosses an entry out")),
    (N_("Driving lists"), ""),
    ("←  →", N_("choose the day")),
    ("↑  ↓", N_("choose the route")),
    ("F2", N_("the next shift")),
    ("F3", N_("by route or by carer")),
    ("F4", N_("all text of each visit, or two lines")),
    ("F5", N_("overview: the carers side by side")),
    ("F12", N_("weekend and holidays: are all lists held?")),
    (N_("Citizens"), ""),
    (N_("Space"), N_("tick a citizen as seen to; again: take it back")),
    ("F2", N_("choose whom to see")),
    ("F3", N_("show everyone again")),
    ("F4", N_("tick with a click or Enter, or open")),
    (N_("Sheets of paper"), ""),
    (N_("a scan, or a number and Enter"), N_("say what the sheet is, and what is next for it")),
    ("Enter", N_("take the step that is chosen")),
    ("F2", N_("what each scan does: only show, or one step at once")),
    (N_("Print for the shift"), ""),
    ("↑  ↓", N_("choose for whom")),
    ("←  →", N_("choose what")),
)


class KeysScreen(Screen):
    """See the module."""

    name = "keys"
    sentence = N_("Help")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._press = self.press_line()
        self.list = RowList(shell.look, shell.language.text("Help"), quiet=True)
        self.list.opened.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        self.list.tell((*self._offers(), *self._keys()), choose=0)

    def _offers(self) -> list[Row]:
        """What is more than keys: the tour while open, practice where it can be begun, the card."""
        _, shell = self.shell.language.text, self.shell
        offers: list[tuple[str, str, str]] = []
        if shell.info is not None:
            offers.append((TOUR, _("Show me round"), _("six steps over the start page; nothing is changed by it")))
        offers.append(
            (CARD, _("Print the card"), _("one page for the wall: what to do when the journal system is down"))
        )
        if shell.practice and shell.info is not None:
            under = _("an outage played through in 20 minutes; what is right is what your own plan says")
            offers.append((SCENARIO, _("Scenarios"), under))
        if shell.practice:
            offers.append((END, _("End the practice"), "Ctrl+Q"))
        elif shell.can_practise:
            under = _("a made-up municipality, where nothing can go wrong; this window locks meanwhile")
            offers.append((PRACTICE, _("Practice"), under))
        return [Row(kind=Kind.ACTION, title=title, details=(under,), target=what) for what, title, under in offers]

    def _keys(self) -> list[Row]:
        _ = self.shell.language.text
        return [
            Row(title=_(key), details=(_(what),)) if what else Row(kind=Kind.HEADING, title=_(key))
            for key, what in _KEYS
        ]

    def focus_first(self) -> bool:
        """The list itself: this page is shown while locked, too."""
        self.list.setFocus()
        return True

    def steer(self, key: Qt.Key) -> bool:
        """Arrows choose and scroll, Enter opens."""
        return self.list.steer(key)

    def _open(self, target: object) -> None:
        if target == TOUR:
            self.shell.show_round()
        elif target == PRACTICE:
            self.shell.begin_practice()
        elif target == SCENARIO:
            self.shell.go("scenario")
        elif target == END:
            self.shell.end_practice()
        else:
            work = making_card(self.shell.settings, self.shell.language, self.shell.now())
            self._press.ask(work, self._made, self.shell.tell)

    def _made(self, made: tuple[Pages, Printer]) -> None:
        """On the usual printer, at once: it holds nobody's data."""
        self.shell.send(*made)


SCREEN: Final = KeysScreen
