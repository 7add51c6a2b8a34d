"""The citizen's page: who she is, above; the chapters at the left; one of them with its source and its age."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.domain.barriers import Barrier
from backupreader.domain.errors import NEEDS_REASON, ReaderError
from backupreader.domain.journal import Journal, Presence
from backupreader.domain.records import AccessCode
from backupreader.language import N_
from ui.chapter import Show, ToChapter, ToDocument, ToReason, View, Whose, completeness
from ui.chapters import CHAPTERS
from ui.clock import passed, taken_line
from ui.drilling import PAGE
from ui.look import SMALL, TITLE
from ui.pages import Printable
from ui.rows import Row
from ui.screen import Screen
from ui.widgets.identity import IdentityBar
from ui.widgets.label import Label
from ui.widgets.marks import Marks
from ui.widgets.reasonpanel import ReasonPanel
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from backupreader.store.reader import Reader
    from ui.shell import Shell

_NOTES, _ALL_NOTES = 200, 1_000_000
_LEAD: Final = 132
_CODES_STAND: Final = timedelta(minutes=1)
_ROOMY: Final = 125  # per cent


@dataclass(frozen=True, slots=True)
class _Place:
    """Where on whose page: the chapter by its number, and what it has been asked to show."""

    whose: Whose
    chapter: int
    asked: frozenset[Show]


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
        self._codes: tuple[AccessCode, ...] | None = None
        self._coded_at = shell.now()
        self.identity = IdentityBar(look, language)
        self.identity.print_wanted.connect(self._print)
        self.chapters = RowList(look, language.text("Chapters"), title=15)
        self.chapters.setFixedWidth(look.px(268 if look.scale <= _ROOMY else 176))
        self.chapters.selectionModel().currentChanged.connect(self._turned)
        self.heading = Label(look, " ", TITLE, bold=True)
        self.source = Label(look, " ", SMALL, quiet=True, wrap=True)
        self.whole = Marks(look)
        self.timed = RowList(look, language.text("What is known"), lead=_LEAD, quiet=True)
        self.plain = RowList(look, language.text("What is known"), quiet=True)
        for content in (self.timed, self.plain):
            content.opened.connect(self._open)
        self.reason = ReasonPanel(look, language)
        self.reason.stated.connect(self._state)
        self._lay_out()

    def _lay_out(self) -> None:
        look = self.shell.look
        head = QVBoxLayout()
        head.setContentsMargins(look.px(19), look.px(10), look.px(16), look.px(6))
        head.setSpacing(look.px(2))
        head.addWidget(self.heading)
        head.addWidget(self.source)
        head.addWidget(self.whole)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addLayout(head)
        right.addWidget(self.timed, 1)
        right.addWidget(self.plain, 1)
        across = QHBoxLayout()
        across.setSpacing(0)
        hint = Label(
            look,
            self.shell.language.text("↑ ↓ chapter   Page Up, Page Down scroll   Enter read"),
            SMALL,
            quiet=True,
            wrap=True,
        )
        hint.setContentsMargins(look.px(19), look.px(4), look.px(8), look.px(8))
        hint.setFixedWidth(self.chapters.maximumWidth())
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.chapters, 1)
        if look.scale <= _ROOMY:
            left.addWidget(hint)
        across.addLayout(left)
        line = QWidget()
        line.setFixedWidth(look.px(1))
        line.setAutoFillBackground(True)
        palette = line.palette()
        palette.setColor(line.backgroundRole(), look.colour("line"))
        line.setPalette(palette)
        across.addWidget(line)
        across.addLayout(right, 1)
        self._inside = QWidget()
        self._inside.setLayout(across)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.identity)
        layout.addWidget(self.reason, 1)
        layout.addWidget(self._inside, 1)
        self.whole.hide()

    @property
    def title(self) -> str:
        """No name: a window's title is seen in places that do not lock."""
        return self.shell.language.text(self.sentence)

    @property
    def content(self) -> RowList:
        """The list of the chapter that is open."""
        return self.timed if self._chapter.lead else self.plain

    def enter(self, what: object) -> None:
        """Ask for the journal; show it when it comes."""
        if isinstance(what, _Place):
            self._whose, self._chapter, self._asked = what.whose, CHAPTERS[what.chapter], what.asked
        else:
            self._whose = what if isinstance(what, Whose) else Whose(str(what))
        self._ask()

    def remembered(self) -> object:
        """The citizen and the chapter; never the codes."""
        return _Place(self._whose, CHAPTERS.index(self._chapter), self._asked)

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
        if self.reason.isHidden() or self._journal is None:
            return False
        self._unask()
        return True

    def printable(self) -> Printable | None:
        """The document that belongs to the chapter."""
        if self._journal is None:
            return None
        return Printable(self._chapter.document, self._journal.citizen.name, citizen=self._whose.citizen)

    def _print(self) -> None:
        self.shell.go("print", self.printable())

    def _ask(self) -> None:
        notes = _ALL_NOTES if Show.OLDER in self._asked else _NOTES
        self._line.ask(_reading(self._whose.citizen, notes), self._read, self._refused)

    def _read(self, journal: Journal) -> None:
        self._journal = journal
        self.shell.did(PAGE)
        self._unask()
        self.identity.tell(journal, self.shell.now(), stated=Barrier.PROTECTED in self._stated())
        self.chapters.tell(self._index(journal), choose=None)
        self.chapters.choose(CHAPTERS.index(self._chapter))
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
        self.identity.show()
        self._inside.show()
        if asked:
            self.shell.to_search()

    def _stated(self) -> frozenset[Barrier]:
        session, journal = self.shell.session, self._journal
        if session is None or journal is None:
            return frozenset()
        return frozenset(barrier for barrier in Barrier if session.has_stated(barrier, journal.citizen.id))

    def _index(self, journal: Journal) -> tuple[Row, ...]:
        """The chapters, each with how much is in it."""
        rows: list[Row] = []
        for chapter in CHAPTERS:
            section = chapter.topic.section(journal) if chapter.topic is not None else None
            missing = section is not None and section.presence is Presence.NOT_DELIVERED
            number = str(section.total) if section is not None and section.total else ""
            aside = self.shell.language.text("not delivered") if missing else number
            if section is not None and section.presence is Presence.LEFT_OUT:
                aside = self.shell.language.text("not in this copy")
            rows.append(Row(title=self.shell.language.text(chapter.heading), aside=aside))
        return tuple(rows)

    def _turned(self, to: QModelIndex, _from: QModelIndex) -> None:
        if to.isValid() and CHAPTERS[to.row()] is not self._chapter:
            self._chapter = CHAPTERS[to.row()]
            self._codes = None  # a code is not left standing on the screen
            self._show()
            self.content.scrollToTop()

    def _show(self) -> None:
        journal = self._journal
        if journal is None:
            return
        language, now = self.shell.language, self.shell.now()
        view = View(now=now, language=language, shown=self._asked, codes=self._codes, stated=self._stated())
        view = replace(view, changes=self.shell.changes)
        self.heading.setText(language.text(self._chapter.heading))
        section = self._chapter.topic.section(journal) if self._chapter.topic is not None else None
        self.source.setText(taken_line(section, now, language) if section is not None else "")
        self.source.setVisible(section is not None)
        self.whole.tell(completeness(section, language) if section is not None else ())
        self.timed.setVisible(self._chapter.lead)
        self.plain.setVisible(not self._chapter.lead)
        self.content.tell(self._chapter.rows(journal, view))

    def _open(self, target: object) -> None:
        if isinstance(target, ToChapter):
            names = [chapter.key for chapter in CHAPTERS]
            self.chapters.choose(names.index(target.name))
        elif isinstance(target, ToDocument):
            self.shell.go("document", target)
        elif isinstance(target, ToReason):
            self.reason.ask(target.barrier)
            self._inside.hide()
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


def _reading(citizen: str, notes: int) -> Callable[[Reader], Journal]:
    def work(reader: Reader) -> Journal:
        return reader.journal(citizen, notes=notes)

    return work


def _coding(citizen: str) -> Callable[[Reader], tuple[AccessCode, ...]]:
    def work(reader: Reader) -> tuple[AccessCode, ...]:
        return reader.access_codes(citizen)

    return work


SCREEN: Final = CitizenScreen
