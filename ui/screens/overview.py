"""The whole area at a glance: a shift's carers side by side, eight a page, and first the visits that have nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from backupreader.domain.overview import Page, lines
from backupreader.domain.shifts import Shift, shift_at, turned
from backupreader.language import N_
from printing.wording import shift_hours
from ui.chapter import LEFT_OUT
from ui.clock import taken
from ui.look import SMALL, TITLE
from ui.pages import Printable
from ui.planning import overseeing
from ui.rows import Kind, Row
from ui.screen import Screen
from ui.telling.overviewcells import CellText, cell, hour, summary
from ui.widgets.button import button
from ui.widgets.label import Label
from ui.widgets.rowlist import RowList
from ui.widgets.visitgrid import GridRow, VisitGrid

if TYPE_CHECKING:
    from ui.shell import Shell

_HOUR: Final = 3600
_LINES: Final = 2
_ROOMY: Final = 125  # per cent


@dataclass(frozen=True, slots=True)
class _Place:
    """Which page of which shift."""

    shift: Shift
    number: int


class OverviewScreen(Screen):
    """See the module. `enter` takes a `Shift`, the place that was left, or None for the shift that is now."""

    name = "overview"
    sentence = N_("Overview")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, language = shell.look, shell.language
        self._line = self.ask_line()
        self._place = _Place(shift_at(shell.now(), shell.settings.shifts), 0)
        self._page: Page | None = None
        self.heading = Label(look, " ", TITLE, bold=True, wrap=True)
        self.source = Label(look, " ", SMALL, quiet=True, wrap=True)
        self.turn_button = button(" ")
        self.turn_button.clicked.connect(self._turn_shift)
        QShortcut(QKeySequence("F2"), self).activated.connect(self.turn_button.click)
        self.grid = VisitGrid(look, language.text(self.sentence))
        self.grid.opened.connect(self._open)
        self.grid.moved.connect(self._read)
        self.grid.paged.connect(self._turn_page)
        self.missing = RowList(look, language.text(self.sentence), quiet=True)
        self.missing.hide()
        self.told = Label(look, " ", SMALL, wrap=True)
        self.told.setFixedHeight(_LINES * self.told.fontMetrics().lineSpacing())
        keys = language.text("arrows from visit to visit   Enter the citizen   Page Up, Page Down other carers")
        titles = QVBoxLayout()
        titles.setSpacing(look.px(2))
        for widget in (self.heading, self.source):
            titles.addWidget(widget)
        head = QHBoxLayout()
        head.addLayout(titles, 1)
        head.addWidget(self.turn_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(8))
        layout.setSpacing(look.px(6))
        layout.addLayout(head)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.missing, 1)
        layout.addWidget(self.told)
        if look.scale <= _ROOMY:
            layout.addWidget(Label(look, keys, SMALL, quiet=True, wrap=True))

    def enter(self, what: object) -> None:
        """The first page of a shift, or the page that was left."""
        if isinstance(what, _Place):
            self._place = what
        elif isinstance(what, Shift):
            self._place = _Place(what, 0)
        self._ask()

    def remembered(self) -> object:
        """The shift and the page."""
        return self._place

    def printable(self) -> Printable | None:
        """The whole shift, with all its carers."""
        shift = self._place.shift
        title = f"{self.shell.language.text(self.sentence)} · {shift_hours(shift, self.shell.language)}"
        return Printable("area-overview", title, shift=shift)

    def steer(self, key: Qt.Key) -> bool:
        """Arrows go from visit to visit, the page keys to other carers, Enter opens the citizen."""
        return self.grid.steer(key)

    def minute(self) -> None:
        """Tell ages anew, in place."""
        self._tell_source()

    def _ask(self) -> None:
        language, shift = self.shell.language, self._place.shift
        self.heading.setText(f"{language.text(self.sentence)} · {language.day(shift.date, weekday=True)}")
        self.turn_button.setText(f"{shift_hours(shift, language)}   F2")
        self.turn_button.setAccessibleName(self.turn_button.text())
        self._line.ask(overseeing(shift, self._place.number), self._take, self.shell.tell)

    def _take(self, page: Page) -> None:
        language = self.shell.language
        self._page = page
        self._place = _Place(page.shift, page.number)
        carers = [column.carer for column in page.columns]
        heads = tuple(
            carer or language.count("{n} without a carer", "{n} without a carer", len(column.visits))
            for carer, column in zip(carers, page.columns, strict=True)
        )
        found = lines(page.columns)
        hours = [line.hour.timestamp() if line.hour is not None else 0 for line in found]
        now = self.shell.now().timestamp() - _HOUR
        rows = tuple(
            GridRow(
                hour(line, language),
                tuple(
                    cell(placed, carer, language) if placed is not None else None
                    for carer, placed in zip(carers, line.cells, strict=True)
                ),
            )
            for line in found
        )
        self.told.setText(" " if rows else language.text("No visit is here in this shift."))
        self.grid.setVisible(page.known)
        self.missing.setVisible(not page.known)
        if not page.known:
            self.told.setText(" ")
            lost = N_("Visits were not delivered by any source. Nothing is known about them here.")
            title = language.text(LEFT_OUT if page.left_out else lost)
            self.missing.tell((Row(kind=Kind.MISSING, title=title),))
        self.grid.tell(heads, rows, next((at for at, begins in enumerate(hours) if begins > now), 0))
        self._tell_source()

    def _tell_source(self) -> None:
        if self._page is None or not self._page.known:
            self.source.setText(" ")
            return
        language, now = self.shell.language, self.shell.now()
        sources = "; ".join(taken(one, now, language) for one in self._page.deliveries)
        told = language.text("Taken from {sources}").format(sources=sources) if sources else ""
        self.source.setText(f"{summary(self._page, language)}   {told}")

    def _read(self, chosen: CellText | None) -> None:
        """The visit that the arrows stand on, in two lines; the rest of a long one is on the citizen's page."""
        told = " ".join(chosen.spoken.split()) if chosen is not None else " "
        room = (_LINES * 9 * self.told.width()) // 10  # a line that breaks between words is not filled
        self.told.setText(self.told.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, room))

    def _turn_page(self, by: int) -> None:
        page = self._page
        if page is not None and 0 <= page.number + by < page.pages:
            self._place = _Place(page.shift, page.number + by)
            self._ask()

    def _turn_shift(self) -> None:
        self._place = _Place(turned(self._place.shift, self.shell.settings.shifts), 0)
        self._ask()

    def _open(self, whose: object) -> None:
        self.shell.go("citizen", whose)


SCREEN: Final = OverviewScreen
