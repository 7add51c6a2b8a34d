"""One document as it was delivered: a PDF page by page, or its text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from backupreader.domain.errors import ReaderError
from backupreader.domain.records import Document
from backupreader.language import N_
from ui.chapter import ToDocument
from ui.clock import written
from ui.look import SMALL, TITLE
from ui.rows import Kind, Row
from ui.screen import Screen
from ui.widgets.label import Label
from ui.widgets.preview import Preview
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from backupreader.store.reader import Reader
    from ui.shell import Shell


class DocumentScreen(Screen):
    """See the module. `enter` takes a `ToDocument`."""

    name = "document"
    sentence = N_("Document")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._what: object = None
        self.heading = Label(look, " ", TITLE, bold=True, wrap=True)
        self.source = Label(look, " ", SMALL, quiet=True, wrap=True)
        self.preview = Preview(_("The document's pages"), self)
        self.text = RowList(look, _("The document's text"), quiet=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(8))
        for widget in (self.heading, self.source):
            layout.addWidget(widget)
        layout.addWidget(self.preview, 1)
        layout.addWidget(self.text, 1)
        self.preview.hide()

    def enter(self, what: object) -> None:
        """Ask for the document."""
        self._what = what
        if isinstance(what, ToDocument):
            self.heading.setText(what.title)
            self.ask_line().ask(_reading(what.document), self._read, self._refused)

    def remembered(self) -> object:
        """Which document."""
        return self._what

    def steer(self, key: Qt.Key) -> bool:
        """The page keys scroll."""
        return self.text.steer(key) if self.preview.isHidden() else self.preview.turn(key)

    def _read(self, document: Document | None) -> None:
        language = self.shell.language
        if document is None:
            self.text.tell((Row(kind=Kind.MISSING, title=language.text("The document itself was not delivered.")),))
            return
        date = written(document.date, self.shell.now(), language)
        self.source.setText(" · ".join(part for part in (document.kind, document.author, date) if part) or " ")
        pdf = document.media_type == "application/pdf" and bool(document.content)
        if pdf:
            self.preview.show_pages(document.content)
            pdf = self.preview.pages > 0
        self.preview.setVisible(pdf)
        self.text.setVisible(not pdf)
        if not pdf:
            missing = Row(kind=Kind.NOTHING, title=language.text("The document holds no text that can be shown."))
            self.text.tell((Row(kind=Kind.TEXT, title=document.text),) if document.text else (missing,))

    def _refused(self, trouble: ReaderError) -> None:
        self.shell.tell(trouble)

    def leave(self) -> None:
        """No page stays in memory."""
        super().leave()
        self.preview.clear()


def _reading(document: str) -> Callable[[Reader], Document | None]:
    def work(reader: Reader) -> Document | None:
        return reader.document(document)

    return work


SCREEN: Final = DocumentScreen
