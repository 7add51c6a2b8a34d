"""One document as it was delivered: a PDF page by page, or its text; and the PDF on paper, behind a cover of ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.domain.barriers import Barrier
from backupreader.domain.errors import NEEDS_REASON
from backupreader.domain.presence import source_of
from backupreader.domain.records import Citizen, Delivery, Document
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_
from printing.document import Sheet
from printing.foreign import Following
from ui import words
from ui.chapter import ToDocument, View
from ui.clock import written
from ui.look import SMALL, TITLE
from ui.pages import Covered, covering
from ui.rows import Kind, Row
from ui.screen import Screen
from ui.telling import documents
from ui.telling.printers import printer_rows, usual
from ui.widgets.button import button
from ui.widgets.label import Label
from ui.widgets.marks import Marks
from ui.widgets.preview import Preview
from ui.widgets.reasonpanel import ReasonPanel
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from backupreader.store.reader import Reader
    from ui.shell import Shell

_PDF: Final = "application/pdf"


@dataclass(frozen=True, slots=True)
class _Opened:
    """A document, whose it is, and what its source delivered."""

    document: Document
    citizen: Citizen | None
    deliveries: tuple[Delivery, ...]


class DocumentScreen(Screen):
    """See the module. `enter` takes a `ToDocument`."""

    name = "document"
    sentence = N_("Document")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._what: object = None
        self._page = 1
        self._opened: _Opened | None = None
        self._covered: Covered | None = None
        self._press_line = self.press_line()
        self.heading = Label(look, " ", TITLE, bold=True, wrap=True)
        self.about = Label(look, " ", wrap=True)
        self.source = Label(look, " ", SMALL, quiet=True, wrap=True)
        self.marks = Marks(look)
        self.open_print = button(_("Print  Ctrl+P"), name=_("Print"))
        self.open_print.clicked.connect(self.print_now)
        self.printers = RowList(look, _("Printer"), title=15)
        self.print_button = button(_("Print"), kind="main")
        self.print_button.clicked.connect(self.print_now)
        self.printers.selectionModel().currentChanged.connect(self._choose_printer)
        self.preview = Preview(_("The document's pages"))  # read after what it is
        self.text = RowList(look, _("The document's text"), quiet=True)
        self.paper = self._paper()
        self.reason = ReasonPanel(look, shell.language)
        self.reason.stated.connect(self._state)
        self._lay_out()
        for hidden in (self.preview, self.paper, self.open_print, self.marks):
            hidden.hide()

    def _paper(self) -> QWidget:
        """The strip at the left on which a printer is chosen."""
        look, _ = self.shell.look, self.shell.language.text
        made = QWidget()
        made.setMaximumWidth(look.px(340))
        column = QVBoxLayout(made)
        column.setContentsMargins(0, look.px(8), look.px(16), 0)
        column.setSpacing(look.px(6))
        first = _("A cover page with the source and its age is printed first. The pages follow as they are.")
        column.addWidget(Label(look, first, wrap=True))
        column.addWidget(Label(look, _("Printer  ↑ ↓"), SMALL, quiet=True))
        column.addWidget(self.printers, 10)
        self.print_button.setFont(look.font(17, bold=True))
        column.addWidget(self.print_button)
        column.addStretch(1)
        return made

    def _lay_out(self) -> None:
        look = self.shell.look
        titles = QVBoxLayout()
        titles.setSpacing(look.px(2))
        for widget in (self.heading, self.about, self.source, self.marks):
            titles.addWidget(widget)
        head = QHBoxLayout()
        head.addLayout(titles, 1)
        head.addWidget(self.open_print, 0, Qt.AlignmentFlag.AlignTop)
        across = QHBoxLayout()
        across.addWidget(self.paper, 2)
        across.addWidget(self.preview, 5)
        across.addWidget(self.text, 5)
        across.addWidget(self.reason, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(8))
        layout.addLayout(head)
        layout.addLayout(across, 1)

    def enter(self, what: object) -> None:
        """Ask for the document."""
        self._what = what
        if isinstance(what, ToDocument):
            self._page = what.page
            self.heading.setText(what.title or self.title)
            self.ask_line().ask(_reading(what.document), self._read, self._refused)

    def remembered(self) -> object:
        """Which document."""
        return self._what

    def steer(self, key: Qt.Key) -> bool:
        """The page keys scroll; while a printer is chosen, up and down choose it, and Enter prints."""
        if not self.reason.isHidden():
            return self.reason.steer(key)
        if not self.paper.isHidden():
            if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                return self.printers.steer(key)
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                return self.print_now()
        return self.text.steer(key) if self.preview.isHidden() else self.preview.turn(key)

    def minute(self) -> None:
        """Tell the age anew."""
        if self._opened is not None:
            self._tell_head(self._opened)

    def print_now(self) -> bool:
        """First choose a printer, with the cover being made; then send the cover and the document as it is."""
        if self._opened is None or self.preview.pages == 0:
            return False
        if self.paper.isHidden():
            self._ask_cover(self._opened)
        elif self._covered is not None and self.print_button.isEnabled():
            printer = self._covered.printers[self.printers.currentIndex().row()]
            self.shell.send(self._covered.pages, printer)
        return True

    def _ask_cover(self, opened: _Opened) -> None:
        info, session = self.shell.info, self.shell.session
        assert info is not None
        assert session is not None
        now, document = self.shell.now(), opened.document
        following = Following(
            title=document.title,
            facts=self._facts(opened),
            deliveries=opened.deliveries,
            pages=self.preview.pages,
        )
        sheet = Sheet(
            language=self.shell.language,
            now=now,
            day=now.date(),
            site=info.site,
            printed_by=self.shell.person,
            generation=f"{info.epoch}-{info.seq}",
            older=self.shell.older,
        )
        self.paper.show()
        self.open_print.hide()
        self._tell_button()
        citizens = (opened.citizen.id,) if opened.citizen is not None else ()
        self._press_line.ask(covering(document, citizens, following, sheet, session), self._made, self._refused)

    def _made(self, covered: Covered) -> None:
        self._covered = covered
        self.printers.tell(printer_rows(covered.printers, self.shell.language), choose=None)
        self.printers.shrink()
        if covered.printers:
            self.printers.choose(usual(covered.printers))
        self._tell_button()

    def _choose_printer(self, _to: QModelIndex, _from: QModelIndex) -> None:
        self._tell_button()

    def _tell_button(self) -> None:
        language, covered = self.shell.language, self._covered
        chosen = covered is not None and 0 <= self.printers.currentIndex().row() < len(covered.printers)
        self.print_button.setEnabled(chosen)
        if covered is None:
            text = language.text("Making the pages …")
        elif not chosen:
            text = language.count("{n} page, no printer", "{n} pages, no printer", covered.pages.count)
        else:
            text = language.count("Print {n} page  Ctrl+P", "Print {n} pages  Ctrl+P", covered.pages.count)
        self.print_button.setText(text)
        self.print_button.setAccessibleName(text)

    def _read(self, opened: _Opened | None) -> None:
        language = self.shell.language
        if opened is None:
            self.text.tell((Row(kind=Kind.MISSING, title=language.text("The document itself was not delivered.")),))
            return
        self._opened = opened
        document = opened.document
        self.heading.setText(document.title)
        self._tell_head(opened)
        pdf = document.media_type == _PDF and bool(document.content)
        seen = False
        if pdf:
            self.preview.show_pages(document.content, self._page)
            seen = self.preview.pages > 0
        self.preview.setVisible(seen)
        self.open_print.setVisible(seen)
        self.text.setVisible(not seen)
        if not seen:
            self.text.tell(self._words(document, pdf=pdf))

    def _words(self, document: Document, *, pdf: bool) -> tuple[Row, ...]:
        """What is shown in place of pages."""
        _ = self.shell.language.text
        rows: list[Row] = []
        if pdf:
            rows.append(Row(kind=Kind.MISSING, title=_("This PDF cannot be shown here: it is locked or damaged.")))
        if document.text:
            rows.append(Row(kind=Kind.TEXT, title=document.text))
        elif not pdf:
            rows.append(Row(kind=Kind.NOTHING, title=_("The document holds no text that can be shown.")))
        return tuple(rows)

    def _tell_head(self, opened: _Opened) -> None:
        view = View(now=self.shell.now(), language=self.shell.language)
        self.about.setText(" · ".join(self._facts(opened)) or " ")
        keys = self.shell.language.text("Page Up, Page Down scroll   Esc back")
        self.source.setText(documents.age(opened.document, opened.deliveries, view) + "   ·   " + keys)
        self.marks.tell(documents.marks(opened.document, self.shell.language))

    def _facts(self, opened: _Opened) -> tuple[str, ...]:
        """What it is, for which route and day, and whose."""
        document, citizen, language, now = opened.document, opened.citizen, self.shell.language, self.shell.now()
        whose = ""
        if citizen is not None:
            number = words.number(citizen)
            whose = "   ".join(
                part for part in (citizen.name, words.born(citizen, now.date(), language), number) if part
            )
        elif document.citizen:
            whose = language.text("Citizen not delivered")
        day = written(document.date, now, language)
        what = (documents.kind(document, language), document.route, day, document.author)
        return tuple(part for part in (" · ".join(part for part in what if part), whose) if part)

    def _refused(self, trouble: ReaderError) -> None:
        whose = self._what.whose if isinstance(self._what, ToDocument) else None
        if trouble.kind is not NEEDS_REASON or whose is None:
            self.shell.tell(trouble)
            return
        sentence = trouble.sentence(self.shell.language)
        self.text.hide()
        who = whose.name or self.shell.language.text("A document about a citizen of another unit")
        self.reason.ask(Barrier.OTHER_UNIT, who=who, unit=whose.unit, sentence=sentence)

    def _state(self, reason: str) -> None:
        """Ask again at once, with the reason; it holds for this citizen until the lock."""
        session, what = self.shell.session, self._what
        if session is not None and isinstance(what, ToDocument) and what.whose is not None:
            session.state(Barrier.OTHER_UNIT, what.whose.citizen, reason)
            self.reason.hide()
            self.text.show()
            self.shell.to_search()
            self.enter(what)

    def leave(self) -> None:
        """No page stays in memory."""
        super().leave()
        self.preview.clear()
        self._opened = self._covered = None


def _reading(document: str) -> Callable[[Reader], _Opened | None]:
    def work(reader: Reader) -> _Opened | None:
        found = reader.document(document)
        if found is None:
            return None
        citizen = None if found.citizen is None else reader.citizen(found.citizen)
        source = source_of(found.id)
        of_it = (one for one in reader.deliveries() if one.source == source and one.table == "document")
        return _Opened(found, citizen, tuple(of_it))

    return work


SCREEN: Final = DocumentScreen
