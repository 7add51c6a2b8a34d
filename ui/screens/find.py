"""Finding a citizen, and words in documents: what is written in the search box, answered at each key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from backupreader.domain.errors import ReaderError
from backupreader.domain.fold import fold
from backupreader.domain.persons import elsewhere
from backupreader.domain.records import Delivery
from backupreader.language import N_, Language
from ui import words
from ui.chapter import ToDocument, View, Whose
from ui.drilling import SEARCH
from ui.look import SMALL, State
from ui.rows import Kind, Mark, Row
from ui.screen import Screen
from ui.telling import documents, sources
from ui.telling.changed import changed
from ui.widgets.label import Label
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from backupreader.store.answers import CitizenHit
    from backupreader.store.documentsearch import DocumentHit
    from backupreader.store.reader import Reader
    from ui.shell import Shell

_LIMIT: Final = 50
_MOST_DOCUMENTS: Final = 20


@dataclass(frozen=True, slots=True)
class _Found:
    """What answers the words, and what the documents are dated by."""

    citizens: tuple[CitizenHit, ...]
    documents: tuple[DocumentHit, ...]
    deliveries: tuple[Delivery, ...]


class FindScreen(Screen):
    """See the module. `enter` takes the words."""

    name = "find"
    sentence = N_("Find a citizen")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._line = self.ask_line()
        self._words = ""
        self.told = Label(look, " ", SMALL, quiet=True)
        self.told.setContentsMargins(look.px(20), 0, look.px(20), look.px(6))
        self.list = RowList(look, _("Citizens found"), title=18)
        self.list.opened.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.told)
        layout.addWidget(self.list)

    def enter(self, what: object) -> None:
        """Find at once."""
        self.shell.write_search(what if isinstance(what, str) else "")
        self.searched(what if isinstance(what, str) else "")

    def remembered(self) -> object:
        """The words."""
        return self._words

    def searched(self, words: str) -> bool:
        """Ask; the answer to the words before stays until this one comes."""
        self._words = words
        self._line.ask(_finding(words), self._found, self._refused)
        return True

    def steer(self, key: Qt.Key) -> bool:
        """Arrows choose, Enter opens."""
        return self.list.steer(key)

    def _found(self, found: _Found) -> None:
        language = self.shell.language
        if found.citizens and self._words.strip():
            self.shell.did(SEARCH)
        view = View(now=self.shell.now(), language=language, changes=self.shell.changes)
        rows = hit_rows(found.citizens, self.shell.now().date(), language, view)
        if not rows:
            title = language.text("Nobody here is found by “{words}”. Try a part of the name, or the birthday.")
            rows = (Row(kind=Kind.NOTHING, title=title.format(words=self._words.strip())),)
        self.list.tell((*rows, *self._document_rows(found)))
        told = language.count("{n} found", "{n} found", len(found.citizens))
        if len(found.citizens) >= _LIMIT:
            told = language.text("The first {n} are shown: write more to find fewer").format(n=_LIMIT)
        if found.documents:
            told += " · " + language.count("{n} document", "{n} documents", len(found.documents))
        self.told.setText(told + "   ·   " + language.text("↑ ↓ choose   Enter open   Esc back"))

    def _document_rows(self, found: _Found) -> tuple[Row, ...]:
        """The documents that hold the words, under a heading of their own; nothing where none does."""
        language = self.shell.language
        if not found.documents:
            return ()
        view = View(now=self.shell.now(), language=language)
        first = language.text("The first {n} are shown: write more to find fewer").format(n=_MOST_DOCUMENTS)
        aside = first if len(found.documents) >= _MOST_DOCUMENTS else ""
        rows = (documents.hit_row(hit, found.deliveries, view) for hit in found.documents)
        return (Row(kind=Kind.HEADING, title=language.text("Documents"), aside=aside), *rows)

    def _refused(self, trouble: ReaderError) -> None:
        self.shell.tell(trouble)

    def _open(self, target: object) -> None:
        self.shell.go("document" if isinstance(target, ToDocument) else "citizen", target)


def _finding(words: str) -> Callable[[Reader], _Found]:
    def work(reader: Reader) -> _Found:
        citizens = reader.find(words, limit=_LIMIT)
        return _Found(citizens, reader.search_documents(words, limit=_MOST_DOCUMENTS), reader.deliveries())

    return work


def hit_rows(hits: Sequence[CitizenHit], today: date, language: Language, view: View | None = None) -> tuple[Row, ...]:
    """One row a citizen; namesakes among them are marked, so that nobody opens the wrong one.

    With a `view`, so is what is otherwise than in the former data.
    """
    names = Counter(fold(hit.citizen.name) for hit in hits)
    rows = (_hit_row(hit, names[fold(hit.citizen.name)], today, language) for hit in hits)
    return tuple(row if view is None else changed(row, hit, view) for row, hit in zip(rows, hits, strict=True))


def _hit_row(hit: CitizenHit, same_name: int, today: date, language: Language) -> Row:
    citizen = hit.citizen
    marks: list[Mark] = []
    if not hit.hers:
        marks.append(Mark(language.text("OTHER UNIT"), State.LATE))
    if same_name > 1:
        marks.append(Mark(language.text("{n} WITH THIS NAME").format(n=same_name), State.LATE))
    if citizen.status not in {"home", "unknown"} or elsewhere(citizen, hit.also):
        marks += sources.whereabouts(citizen, hit.also, language)
    if citizen.protected_name or citizen.protected_address:
        marks.append(Mark(language.text("PROTECTED"), State.LATE))
    born = words.born(citizen, today, language)
    where = " · ".join(part for part in (hit.unit_name, words.home(citizen, language)) if part)
    return Row(
        title=citizen.name,
        details=tuple(part for part in ("   ".join(p for p in (born, words.number(citizen)) if p), where) if part),
        marks=tuple(marks),
        aside="" if hit.why == "name" else language.text("found by {field}").format(field=language.text(hit.why)),
        target=Whose(citizen.id, citizen.name, hit.unit_name or ""),
    )


SCREEN: Final = FindScreen
