"""Printing: which document, for how many days, on which printer; and the very pages that will come out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.domain.barriers import Barrier
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_
from printing.document import Sheet, Subject
from ui.look import SMALL, TITLE
from ui.pages import Offers, Pages, Printable, making, offering, reading
from ui.rows import Row
from ui.screen import Screen
from ui.telling.printers import printer_rows, usual
from ui.widgets.button import button
from ui.widgets.field import Field
from ui.widgets.found import Found
from ui.widgets.label import Label
from ui.widgets.middle import Middle
from ui.widgets.preview import Preview
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from printing.jobs import Printer
    from ui.shell import Shell

_ROOMY: Final = 100  # per cent: above it the choices scroll, and the button stays
_DAYS: Final = (1, 3, 7)
_LONGEST: Final = 7  # digits of a sheet's number; more are none
_BY_DAYS: Final = frozenset({"medicine-sheet", "pn-sheet", "signing-list"})


class PrintScreen(Screen):
    """See the module. `enter` takes a `Printable`."""

    name = "print"
    sentence = N_("Print")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._read_line, self._offer_line, self._make_line = self.ask_line(), self.press_line(), self.press_line()
        self._wanted: Printable | None = None
        self._subjects: tuple[Subject, ...] = ()
        self._offers: Offers | None = None
        self._pages: Pages | None = None
        self._number_of_days = 1
        self._car = False
        self.documents = RowList(look, _("What to print"), title=15)
        self.printers = RowList(look, _("Printer"), title=15)
        self.day_buttons = {days: button(shell.language.count("{n} day", "{n} days", days)) for days in _DAYS}
        self.car_button = button(_("For the car: without health detail"))
        self.print_button = button(_("Print"), kind="main")
        self.heading = Label(look, " ", TITLE, bold=True, wrap=True)
        self.found = Found(look, shell.language)
        self._again_label = Label(look, _("If it stopped: the sheet to go on from"), SMALL, quiet=True, wrap=True)
        self.from_sheet = Field()
        self._days_label = Label(look, _("For how many days"), SMALL, quiet=True)
        self.preview = Preview(_("The pages as they will be printed"))  # read after the choices
        self._dress()
        self._lay_out()

    def _dress(self) -> None:
        look, _ = self.shell.look, self.shell.language.text
        for days, choice in self.day_buttons.items():
            choice.setCheckable(True)
            choice.setChecked(days == 1)
            choice.clicked.connect(self._choose_days)
        self.car_button.setCheckable(True)
        self.car_button.toggled.connect(self._choose_car)
        self.print_button.setFont(look.font(17, bold=True))
        self.print_button.setEnabled(False)
        self.print_button.clicked.connect(self.print_now)
        self.from_sheet.setFont(look.font(15))
        self.from_sheet.setAccessibleName(self._again_label.text())
        self.from_sheet.textChanged.connect(self._tell_button)
        self._offer_again(False)
        self.documents.selectionModel().currentChanged.connect(self._choose_document)
        self.printers.selectionModel().currentChanged.connect(self._choose_printer)

    def _lay_out(self) -> None:
        look, _ = self.shell.look, self.shell.language.text
        days = QHBoxLayout()
        for choice in self.day_buttons.values():
            days.addWidget(choice)
        chosen = QWidget()
        column = QVBoxLayout(chosen)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(4))
        column.setSpacing(look.px(6))
        column.addWidget(self.heading)
        column.addWidget(Label(look, _("What  ↑ ↓"), SMALL, quiet=True))
        column.addWidget(self.documents, 20)
        column.addWidget(self._days_label)
        column.addLayout(days)
        column.addWidget(self.car_button)
        column.addWidget(Label(look, _("Printer"), SMALL, quiet=True))
        column.addWidget(self.printers, 10)
        column.addWidget(self.found)
        column.addWidget(self._again_label)
        column.addWidget(self.from_sheet)
        column.addStretch(1)
        roomy = look.scale <= _ROOMY
        left = QWidget()
        left.setMaximumWidth(look.px(400))
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, look.px(12))
        beside.addWidget(chosen if roomy else Middle(chosen), 0 if roomy else 1)
        pressed = QHBoxLayout()  # never scrolled away
        pressed.setContentsMargins(look.px(16), look.px(4), look.px(16), 0)
        pressed.addWidget(self.print_button)
        beside.addLayout(pressed)
        if roomy:
            beside.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(left, 2 if roomy else 1)
        layout.addWidget(self.preview, 5 if roomy else 1)

    def enter(self, what: object) -> None:
        """Read what is to be printed, and ask what there is to print it as."""
        if isinstance(what, Printable):
            self._wanted = what
            self.heading.setText(what.title)
            self._show_choices()
            self._read_line.ask(reading(what), self._read, self._refused)
            self._offer_line.ask(offering(what.about, self.shell.settings.data), self._offered, self._refused)

    def remembered(self) -> object:
        """What was to be printed, as which document."""
        return self._wanted

    def steer(self, key: Qt.Key) -> bool:
        """Up and down choose the document, left and right the days, the page keys turn the pages, Enter prints."""
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            return self.documents.steer(key)
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            if self._days_label.isVisible():
                at = _DAYS.index(self._number_of_days) + (1 if key == Qt.Key.Key_Right else -1)
                self._take_days(_DAYS[max(0, min(at, len(_DAYS) - 1))])
            return True
        if key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            return self.preview.turn(key)
        return self.print_now() if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} else False

    def print_now(self) -> bool:
        """Send the pages that are seen to the printer that is chosen."""
        printer = self._printer()
        if self._pages is not None and printer is not None and self.print_button.isEnabled():
            self.shell.send(self._pages, printer, self._first_sheet or 1)
            self._offer_again(self._pages.count > 1)
        return True

    def _read(self, subjects: tuple[Subject, ...]) -> None:
        self._subjects = subjects
        self._make()

    def _offered(self, offers: Offers) -> None:
        self._offers = offers
        language, wanted = self.shell.language, self._wanted
        assert wanted is not None
        self.documents.tell(tuple(Row(title=language.text(offer.title)) for offer in offers.documents), choose=None)
        names = [offer.name for offer in offers.documents]
        self.printers.tell(printer_rows(offers.printers, language), choose=None)
        for choices in (self.documents, self.printers):
            if self.shell.look.scale <= _ROOMY:
                choices.shrink()
            else:
                choices.fit()
        if offers.printers:
            self.printers.choose(usual(offers.printers))
        self.documents.choose(names.index(wanted.document) if wanted.document in names else 0)
        self._show_choices()
        self._make()

    def _offer_again(self, offered: bool) -> None:  # noqa: FBT001 (offered or not is the whole argument)
        """Once the pages are sent: after a jam, the rest of the same pages, here or on another printer."""
        self.from_sheet.clear()
        for part in (self._again_label, self.from_sheet):
            part.setVisible(offered)

    @property
    def _first_sheet(self) -> int | None:
        """The sheet to print from, all sides being fronts; None where what is written is no sheet of these pages."""
        written, count = self.from_sheet.text().strip(), self._pages.count if self._pages is not None else 0
        if not written:
            return 1
        sheet = int(written) if written.isdecimal() and len(written) < _LONGEST else 0
        return sheet if 1 <= sheet <= count else None

    def _printer(self) -> Printer | None:
        at = self.printers.currentIndex().row()
        if self._offers is None or not 0 <= at < len(self._offers.printers):
            return None
        return self._offers.printers[at]

    def _choose_document(self, to: QModelIndex, _from: QModelIndex) -> None:
        if self._offers is None or self._wanted is None or not 0 <= to.row() < len(self._offers.documents):
            return
        name = self._offers.documents[to.row()].name
        if name != self._wanted.document:
            self._wanted = replace(self._wanted, document=name)
            self._show_choices()
            self._make()

    def _show_choices(self) -> None:
        """The days where they count, and the car where the document has a version for it."""
        by_days = self._wanted is not None and self._wanted.document in _BY_DAYS
        self._days_label.setVisible(by_days)
        for choice in self.day_buttons.values():
            choice.setVisible(by_days)
        self.car_button.setVisible(self._goes_along())

    def _goes_along(self) -> bool:
        if self._wanted is None or self._wanted.about == "citizen":
            return False
        offers = self._offers.documents if self._offers is not None else ()
        return not any(offer.office for offer in offers if offer.name == self._wanted.document)

    def _choose_days(self) -> None:
        sender = self.sender()
        self._take_days(next(days for days, choice in self.day_buttons.items() if choice is sender))

    def _take_days(self, days: int) -> None:
        self._number_of_days = days
        for number, choice in self.day_buttons.items():
            choice.setChecked(number == days)
        self._make()

    def _choose_car(self, car: bool) -> None:  # noqa: FBT001 (Qt's signature)
        self._car = car
        self._make()

    def _choose_printer(self, _to: QModelIndex, _from: QModelIndex) -> None:
        self._tell_button()

    def _make(self) -> None:
        """Have the pages made anew; none is seen until then, lest it is taken for what was chosen."""
        wanted, info, session = self._wanted, self.shell.info, self.shell.session
        if wanted is None or info is None or session is None or not self._subjects or self._offers is None:
            return
        self._pages = None
        self.preview.clear()
        self._offer_again(False)
        self._tell_button()
        now, whose = self.shell.now(), self._whose(self._subjects[0])
        sheet = Sheet(
            language=self.shell.language,
            now=now,
            day=wanted.day or now.date(),
            site=info.site,
            printed_by=self.shell.person,
            days=self._number_of_days if wanted.document in _BY_DAYS else 1,
            generation=f"{info.epoch}-{info.seq}",
            older=self.shell.older,
            car=self._car and self._goes_along(),
            reveal_private=session.has_stated(Barrier.PRIVATE, whose),
            reveal_protected=session.has_stated(Barrier.PROTECTED, whose),
        )
        self._make_line.ask(making(wanted.document, self._subjects, sheet, session), self._made, self._refused)

    def _whose(self, subject: Subject) -> str:
        """For whom a reason may have been stated: the citizen, or the route."""
        if subject.journal is not None:
            return subject.journal.citizen.id
        return subject.driving_list.route if subject.driving_list is not None else ""

    def _made(self, pages: Pages) -> None:
        self._pages = pages
        self.preview.show_pages(pages.pdf)
        self._tell_button()

    def _tell_button(self) -> None:
        language, printer = self.shell.language, self._printer()
        pages = self._pages.count if self._pages is not None else 0
        begins = self.found.tell(self._offers.looked if self._offers else None, printer, pages)
        first = self._first_sheet
        self.print_button.setEnabled(pages > 0 and printer is not None and begins and first is not None)
        if self._pages is None:
            text = language.text("Making the pages …")
        elif printer is None:
            text = language.count("{n} page, no printer", "{n} pages, no printer", self._pages.count)
        elif first is None:
            text = language.count("There is only {n} sheet", "There are only {n} sheets", self._pages.count)
        elif first > 1:
            rest = self._pages.count - first + 1
            text = language.count("Print the last page  Ctrl+P", "Print the last {n} pages  Ctrl+P", rest)
        else:
            text = language.count("Print {n} page  Ctrl+P", "Print {n} pages  Ctrl+P", self._pages.count)
        self.print_button.setText(text)
        self.print_button.setAccessibleName(text)

    def _refused(self, trouble: ReaderError) -> None:
        self.shell.tell(trouble)

    def leave(self) -> None:
        """No page stays in memory."""
        super().leave()
        self.preview.clear()
        self._pages = None


SCREEN: Final = PrintScreen
