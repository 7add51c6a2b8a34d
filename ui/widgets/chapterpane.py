"""The chapter that is open: its title, from whom and when it is, what is chosen in it, and its rows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.domain.journal import Journal
from backupreader.language import Language
from ui.chapter import Chapter, View, completeness
from ui.look import SMALL, TITLE, Look
from ui.widgets.label import Label
from ui.widgets.marks import Marks
from ui.widgets.readingbar import ReadingBar
from ui.widgets.rowlist import RowList
from ui.widgets.sievebar import SieveBar

_LEAD, _NARROW_LEAD = 132, 104  # pixels at 100 %
_ROOMY: Final = 125  # per cent


class ChapterPane(QWidget):
    """`opened` tells the target of a row, `read_as` the order that was chosen, `sifted` what is let through."""

    opened = Signal(object)
    read_as = Signal(object)
    sifted = Signal(object)

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._language = look, language
        self.heading = Label(look, " ", TITLE, bold=True)
        self.source = Label(look, " ", SMALL, quiet=True, wrap=True)
        self.whole = Marks(look)
        self.reading = ReadingBar(look, language)
        self._sieve: SieveBar | None = None
        lead = _LEAD if look.scale <= _ROOMY else _NARROW_LEAD
        self.timed = RowList(look, language.text("What is known"), lead=lead, quiet=True)
        self.plain = RowList(look, language.text("What is known"), quiet=True)
        self.content = self.timed
        for content in (self.timed, self.plain):
            content.opened.connect(self.opened)
        self.reading.chosen.connect(self.read_as)
        self._lay_out()
        for away in (self.whole, self.reading, self.plain):
            away.hide()

    def _lay_out(self) -> None:
        look = self._look
        head = QVBoxLayout()
        head.setContentsMargins(look.px(19), look.px(8), look.px(16), look.px(4))
        head.setSpacing(look.px(2))
        if look.scale <= _ROOMY:
            first = QHBoxLayout()
            first.setSpacing(look.px(16))
            first.addWidget(self.heading)
            first.addStretch(1)
            first.addWidget(self.reading, 0, Qt.AlignmentFlag.AlignTop)
            head.addLayout(first)
        else:
            head.addWidget(self.heading)
            head.addWidget(self.reading)
        head.addWidget(self.source)
        head.addWidget(self.whole)
        self._head = head
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.timed, 1)
        layout.addWidget(self.plain, 1)

    @property
    def sieve(self) -> SieveBar:
        """What sifts a timeline, made when there is the first one to sift."""
        if self._sieve is None:
            self._sieve = SieveBar(self._look, self._language)
            self._sieve.changed.connect(self.sifted)
            self._sieve.left.connect(self.timed.setFocus)
            self._head.addWidget(self._sieve)
        return self._sieve

    def tell(self, chapter: Chapter, journal: Journal, view: View) -> None:
        """Show a chapter as it is seen now."""
        language = self._language
        self.heading.setText(language.text(chapter.heading))
        chosen = chapter.readings or chapter.offers is not None
        self.heading.setVisible(self._look.scale <= _ROOMY or not chosen)  # the list at the left says it too
        about = chapter.age(journal, view)
        self.source.setText(about)
        self.source.setVisible(bool(about))
        self.whole.tell(completeness(chapter.topic.section(journal), language) if chapter.topic is not None else ())
        self.reading.setVisible(chapter.readings)
        self.reading.tell(view.reading)
        if self._sieve is not None or chapter.offers is not None:
            self.sieve.setVisible(chapter.offers is not None)
        if chapter.offers is not None:
            self.sieve.tell(view.sieve, *chapter.offers(journal, view))
        self.content = self.timed if chapter.lead else self.plain
        self.timed.setVisible(chapter.lead)
        self.plain.setVisible(not chapter.lead)
        self.content.tell(chapter.rows(journal, view))
