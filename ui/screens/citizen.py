"""The citizen's page: who she is, above; the chapters at the left; one of them with its source and its age."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from backupreader.domain.barriers import Barrier
from backupreader.domain.errors import NEEDS_REASON
from backupreader.domain.journal import Journal
from backupreader.domain.records import AccessCode
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_
from ui import words
from ui.chapter import Reading, Show, ToChapter, ToDocument, ToReason, ToWhole, View, Whose
from ui.chapters import CHAPTERS
from ui.clock import passed
from ui.drilling import PAGE
from ui.pages import Printable
from ui.screen import Screen
from ui.sieve import OPEN, SPANS, Sieve
from ui.telling.sources import deliveries_of
from ui.widgets.book import Book
from ui.widgets.chapterlist import chapter_rows
from ui.widgets.identity import IdentityBar
from ui.widgets.reasonpanel import ReasonPanel
from ui.widgets.rowlist import RowList
from ui.widgets.sourcepanel import SOURCE_KEY, SourcePanel

if TYPE_CHECKING:
    from backupreader.store.reader import Reader
    from ui.shell import Shell

_NOTES, _ALL_NOTES = 200, 1_000_000
_CODES_STAND: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where on whose page: the chapter by its number, what it has been asked to show, what a timeline lets through."""

    whose: Whose
    chapter: int
    asked: frozenset[Show]
    whole: frozenset[str]
    sieve: Sieve


class CitizenScreen(Screen):
    """See the module. `enter` takes whose page it is (`Whose`, or her id alone), or a place on it."""

    name = "citizen"
    sentence = N_("Citizen")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, language = shell.look, shell.language
        self._line, self._code_line = self.ask_line(), self.ask_line()
        self._whose = Whose("")
        self._journal: Journal | None = None
        self._chapter = CHAPTERS[0]
        self._asked: frozenset[Show] = frozenset()
        self._whole: frozenset[str] = frozenset()
        self._sieve = OPEN
        self._codes: tuple[AccessCode, ...] | None = None
        self._coded_at = shell.now()
        self.identity = IdentityBar(look, language)
        self.identity.print_wanted.connect(self._print)
        self._inside = Book(look, language)
        self.chapters, self.pane = self._inside.chapters, self._inside.pane
        self.chapters.selectionModel().currentChanged.connect(self._turned)
        self.pane.opened.connect(self._open)
        self.pane.read_as.connect(self._read_as)
        self.pane.sifted.connect(self._sift)
        self.reason = ReasonPanel(look, language)
        self.reason.stated.connect(self._state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.identity)
        layout.addWidget(self.reason, 1)
        layout.addWidget(self._inside, 1)
        self.origin = SourcePanel(look, language, self)
        for content in (self.pane.timed, self.pane.plain):
            content.selectionModel().currentChanged.connect(self._stepped)
        QShortcut(QKeySequence(SOURCE_KEY), self).activated.connect(self._show_source)

    @property
    def title(self) -> str:
        """No name: a window's title is seen in places that do not lock."""
        return self.shell.language.text(self.sentence)

    @property
    def content(self) -> RowList:
        """The list of the chapter that is open."""
        return self.pane.content

    def enter(self, what: object) -> None:
        """Ask for the journal; show it when it comes."""
        if isinstance(what, _Place):
            self._whose, self._chapter, self._asked = what.whose, CHAPTERS[what.chapter], what.asked
            self._whole, self._sieve = what.whole, what.sieve
        else:
            self._whose = what if isinstance(what, Whose) else Whose(str(what))
            self._chapter = next((one for one in CHAPTERS if one.key == self._whose.chapter), self._chapter)
        for part in (self.identity, self._inside):
            part.setUpdatesEnabled(False)  # there is nothing to paint until the answer comes
        self._ask()

    def remembered(self) -> object:
        """The citizen and the chapter; never the codes."""
        return _Place(self._whose, CHAPTERS.index(self._chapter), self._asked, self._whole, self._sieve)

    def steer(self, key: Qt.Key) -> bool:
        """Up and down turn the chapters, the page keys scroll what is read; where a reason is asked for they choose."""
        if not self.reason.isHidden():
            return self.reason.steer(key)
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}:
            return self.chapters.steer(key)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right}:
            self.content.setFocus()
            return True
        return self.content.steer(key)

    def minute(self) -> None:
        """Tell ages anew, in place."""
        if self._codes is not None and passed(self._coded_at, self.shell.now()) >= _CODES_STAND:
            self._codes = None
        if self._journal is not None:
            self._show()

    def escape(self) -> bool:
        """Of what is kept back on her page, no reason is stated; whose page is kept back whole is left."""
        if not self.origin.isHidden():
            self.origin.hide()
            return True
        if self.reason.isHidden() or self._journal is None:
            return False
        self._unask()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """What lies over the page stays at its foot."""
        super().resizeEvent(event)
        if not self.origin.isHidden():
            self.origin.place()

    def printable(self) -> Printable | None:
        """The document that belongs to the chapter."""
        if self._journal is None:
            return None
        name = words.name(self._journal.citizen, self.shell.language)
        return Printable(self._chapter.document, name, citizen=self._whose.citizen)

    def _print(self) -> None:
        self.shell.go("print", self.printable())

    def _ask(self) -> None:
        notes = _ALL_NOTES if Show.OLDER in self._asked else _NOTES
        since = self.shell.now() - timedelta(days=max(SPANS) + 1)
        self._line.ask(_reading(self._whose.citizen, notes, since), self._read, self._refused)

    def _read(self, journal: Journal) -> None:
        self._journal = journal
        self.shell.did(PAGE, self._whose.citizen)
        self._unask()
        self.identity.tell(journal, self.shell.now(), stated=Barrier.PROTECTED in self._stated())
        self._index(journal)
        self._show()

    def _refused(self, trouble: ReaderError) -> None:
        if trouble.kind is not NEEDS_REASON:
            self.shell.tell(trouble)
            return
        self._journal = None
        sentence = trouble.sentence(self.shell.language)
        self.reason.ask(Barrier.OTHER_UNIT, who=self._whose.name, unit=self._whose.unit, sentence=sentence)
        self.identity.hide()
        self._inside.hide()
        self.origin.hide()

    def _state(self, reason: str) -> None:
        """Ask again at once, with the reason; it holds for this citizen until the lock."""
        session = self.shell.session
        if session is not None:
            citizen = self._whose.citizen if self._journal is None else self._journal.citizen.id
            session.state(self.reason.barrier, citizen, reason)
            self._ask()

    def _unask(self) -> None:
        asked = not self.reason.isHidden()
        self.reason.hide()
        for part in (self.identity, self._inside):
            part.setUpdatesEnabled(True)
            part.show()
        if asked:
            self.shell.to_search()

    def _stated(self) -> frozenset[Barrier]:
        session, journal = self.shell.session, self._journal
        if session is None or journal is None:
            return frozenset()
        return frozenset(barrier for barrier in Barrier if session.has_stated(barrier, journal.citizen.id))

    @property
    def reading(self) -> Reading | None:
        """The order in which this citizen is read; None until one is chosen."""
        return None if self._journal is None else self.shell.readings.get(self._journal.citizen.id)

    def _read_as(self, reading: Reading | None) -> None:
        """It holds for this citizen until the lock."""
        if self._journal is None:
            return
        self.shell.readings.pop(self._journal.citizen.id, None)
        if reading is not None:
            self.shell.readings[self._journal.citizen.id] = reading
        self._index(self._journal)
        self._show()
        self.content.scrollToTop()

    def _sift(self, sieve: Sieve) -> None:
        self._sieve = sieve
        self._show()

    def _index(self, journal: Journal) -> None:
        """The chapters, each with how much is in it."""
        roomy, language = self._inside.roomy, self.shell.language
        rows = chapter_rows(journal, self.reading if roomy else None, language, narrow=not roomy)
        self.chapters.tell(rows, choose=None)
        self.chapters.choose(CHAPTERS.index(self._chapter))

    def _turned(self, to: QModelIndex, _from: QModelIndex) -> None:
        if to.isValid() and CHAPTERS[to.row()] is not self._chapter:
            self._chapter = CHAPTERS[to.row()]
            self._codes = None  # a code is not left standing on the screen
            self.origin.hide()
            self._show()
            self.content.scrollToTop()

    def _show(self) -> None:
        if self._journal is None:
            return
        view = View(
            now=self.shell.now(),
            language=self.shell.language,
            shown=self._asked,
            codes=self._codes,
            stated=self._stated(),
            whole=self._whole,
            reading=self.reading,
            sieve=self._sieve,
            changes=self.shell.changes,
        )
        self.pane.tell(self._chapter, self._journal, view)
        self.shell.did(f"chapter {self._chapter.key}", self._whose.citizen)

    def _show_source(self) -> None:
        """Where the row came from on which the arrows stand; the same key once more closes it."""
        if not self.origin.isHidden():
            self.origin.hide()
        elif self._journal is not None and self.reason.isHidden():
            self.content.setFocus()
            self._tell_source(self._journal)

    def _stepped(self, _to: QModelIndex, _from: QModelIndex) -> None:
        """While it is open, it tells of the row that is come to."""
        if not self.origin.isHidden() and self._journal is not None:
            self._tell_source(self._journal)

    def _tell_source(self, journal: Journal) -> None:
        row = self.content.current
        if row is not None:
            self.origin.tell(row, deliveries_of(journal), self.shell.now())

    def _open(self, target: object) -> None:
        if isinstance(target, ToChapter):
            names = [chapter.key for chapter in CHAPTERS]
            self.chapters.choose(names.index(target.name))
        elif isinstance(target, ToDocument):
            self.shell.go("document", target)
        elif isinstance(target, ToReason):
            self.reason.ask(target.barrier)
            self._inside.hide()
            self.origin.hide()
        elif isinstance(target, ToWhole):
            self._whole |= {target.record}
            self._show()
        elif target is Show.CODES:
            self._code_line.ask(_coding(self._whose.citizen), self._coded, self._refused)
        elif isinstance(target, Show):
            self._asked |= {target}
            if target is Show.OLDER:
                self._ask()
            else:
                self._show()

    def _coded(self, codes: tuple[AccessCode, ...]) -> None:
        self._codes, self._coded_at = codes, self.shell.now()
        self._show()


def _reading(citizen: str, notes: int, since: datetime) -> Callable[[Reader], Journal]:
    def work(reader: Reader) -> Journal:
        return reader.journal(citizen, notes=notes, since=since)

    return work


def _coding(citizen: str) -> Callable[[Reader], tuple[AccessCode, ...]]:
    def work(reader: Reader) -> tuple[AccessCode, ...]:
        return reader.access_codes(citizen)

    return work


SCREEN: Final = CitizenScreen
