"""Print for the shift: for whom, what, how much it is, on which printer; one button, and it goes on by itself."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.domain.barriers import Barrier
from backupreader.domain.shifts import Shift, shift_at
from backupreader.language import N_, Language
from ui.bundle import SHIFT, Wish
from ui.look import SMALL, TITLE, State
from ui.pages import Offer, Offered, offering_all
from ui.rows import Kind, Mark, Row
from ui.screen import Screen
from ui.telling import howmuch
from ui.telling.printers import printer_rows, usual
from ui.telling.shift import routes_of
from ui.widgets.button import button
from ui.widgets.found import Found
from ui.widgets.label import Label
from ui.widgets.middle import Middle
from ui.widgets.reasonpanel import ReasonPanel
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from backupreader.store.reader import Reader
    from printing.jobs import Printer
    from ui.shell import Shell

_WHOLE: Final = Offer(SHIFT, N_("All for the shift: list, summaries, medicine, what to do, forms"))


@dataclass(frozen=True, slots=True)
class _Group:
    """A unit or a route that can be printed for, and how many citizens it has; neither: nobody, for blank forms."""

    key: str
    name: str
    citizens: int
    hers: bool
    unit: str | None = None
    route: str | None = None

    @property
    def nobody(self) -> bool:
        """Is it for nobody?"""
        return self.unit is None and self.route is None


_NOBODY: Final = _Group("nobody", N_("Without a name on them"), 0, hers=True)


@dataclass(frozen=True, slots=True)
class _Place:
    """What is chosen: a group by its key, and a document."""

    key: str
    document: str


class ShiftScreen(Screen):
    """See the module."""

    name = "shift"
    sentence = N_("Print for the shift")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._shift = shift_at(shell.now(), shell.settings.shifts)
        self._groups: tuple[_Group, ...] = ()
        self._offers: Offered | None = None
        self._reasons: dict[str, str] = {}
        self._group_key, self._document = "", ""
        self.groups = RowList(look, _("For whom"), title=15)
        self.documents = RowList(look, _("What to print"), title=15)
        self.printers = RowList(look, _("Printer"), title=15)
        self.heading = Label(look, " ", TITLE, bold=True, wrap=True)
        self.sum = Label(look, " ", 17, wrap=True)
        self.found = Found(look, shell.language)
        self.reason = ReasonPanel(look, shell.language)
        self.print_button = button(_("Print"), kind="main")
        self._beside = QWidget()
        self._scroll = Middle(self._beside, left=True)
        self._dress()
        self._lay_out()

    def _dress(self) -> None:
        self.print_button.setFont(self.shell.look.font(17, bold=True))
        self.print_button.setEnabled(False)
        self.print_button.clicked.connect(self.print_now)
        self.reason.stated.connect(self._state)
        for chosen, turned in (
            (self.groups, self._turn_group),
            (self.documents, self._turn_document),
            (self.printers, self._turn_printer),
        ):
            chosen.selectionModel().currentChanged.connect(turned)

    def _lay_out(self) -> None:
        look, _ = self.shell.look, self.shell.language.text
        left = QVBoxLayout()
        left.setSpacing(look.px(4))
        keys = Label(
            look, _("For whom  ↑ ↓     What  ← →     Print  Ctrl+P   Sheets  F10"), SMALL, quiet=True, wrap=True
        )
        keys.setContentsMargins(look.px(19), look.px(10), look.px(8), look.px(4))
        left.addWidget(keys)
        left.addWidget(self.groups, 1)
        right = QVBoxLayout(self._beside)
        right.setContentsMargins(look.px(16), look.px(10), look.px(16), look.px(16))
        right.setSpacing(look.px(6))
        right.addWidget(self.heading)
        right.addWidget(self.sum)
        right.addWidget(self.print_button)
        right.addSpacing(look.px(8))
        right.addWidget(Label(look, _("What to print"), SMALL, quiet=True))
        right.addWidget(self.documents)
        right.addWidget(Label(look, _("Printer"), SMALL, quiet=True))
        right.addWidget(self.printers)
        right.addWidget(self.found)
        right.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addLayout(left, 2)
        across.addWidget(self._scroll, 3)
        across.addWidget(self.reason, 3)
        for one, other in itertools.pairwise((self.groups, self.documents, self.printers, self.print_button)):
            self.setTabOrder(one, other)

    def enter(self, what: object) -> None:
        """Ask which units and routes there are in this shift, which documents, and which printers."""
        if isinstance(what, _Place):
            self._group_key, self._document = what.key, what.document
        self.ask_line().ask(_groups(self._shift), self._grouped, self.shell.tell)
        self.press_line().ask(offering_all(self.shell.settings.data), self._offered, self.shell.tell)

    def remembered(self) -> object:
        """For whom, and what."""
        return _Place(self._group_key, self._document)

    def steer(self, key: Qt.Key) -> bool:
        """Up and down choose for whom, left and right what; Enter goes to the button, and prints nothing by itself."""
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            return self.documents.steer(Qt.Key.Key_Down if key == Qt.Key.Key_Right else Qt.Key.Key_Up)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not self.reason.isHidden():
                self.reason.reasons.setFocus()
            else:
                self.print_button.setFocus()
            return True
        return self.groups.steer(key)

    def print_now(self) -> bool:
        """Begin to print what is chosen."""
        group, printer = self._group, self._printer
        if group is None or printer is None or not self.print_button.isEnabled():
            return True
        wish = Wish(
            document=self._document,
            days=self._days,
            shift=self._shift,
            hours=self.shell.settings.shifts,
            title=group.name,
            about_route=self._is_of_route,
            unit=group.unit,
            route=group.route,
            reason=self._reasons.get(group.key, ""),
        )
        self.shell.print_bundle(wish, printer)
        self.shell.did("bundle")
        self._tell()
        return True

    @property
    def _days(self) -> tuple[date, ...]:
        """The dates whose visits are this shift's: a night's are two."""
        last = (self._shift.ends - timedelta(minutes=1)).date()
        return tuple(dict.fromkeys((self._shift.date, last)))

    @property
    def _is_of_route(self) -> bool:
        return self._offers is not None and self._document in {offer.name for offer in self._offers.routes}

    @property
    def _group(self) -> _Group | None:
        return next((group for group in self._groups if group.key == self._group_key), None)

    @property
    def _printer(self) -> Printer | None:
        at = self.printers.currentIndex().row()
        if self._offers is None or not 0 <= at < len(self._offers.looked.printers):
            return None
        return self._offers.looked.printers[at]

    def _grouped(self, groups: tuple[_Group, ...]) -> None:
        self._groups = groups
        language = self.shell.language
        rows: list[Row] = []
        for title, some in (
            (language.text("Units"), [group for group in groups if group.unit is not None]),
            (routes_of(self._shift, language), [group for group in groups if group.route is not None]),
        ):
            if some:
                rows += [Row(kind=Kind.HEADING, title=title), *(_row(group, language) for group in some)]
        if not rows:
            rows.append(Row(kind=Kind.NOTHING, title=language.text("No unit and no route was delivered.")))
        rows.append(Row(kind=Kind.HEADING, title=language.text("Blank forms")))
        rows += [_row(group, language) for group in groups if group.nobody]
        self.groups.tell(tuple(rows), choose=None)
        keys = [group.key for group in groups]
        self.groups.choose(keys.index(self._group_key) if self._group_key in keys else 0)

    def _offered(self, offers: Offered) -> None:
        self._offers = offers
        self.printers.tell(printer_rows(offers.looked.printers, self.shell.language), choose=None)
        self.printers.fit()
        if offers.looked.printers:
            self.printers.choose(usual(offers.looked.printers))
        self._offer_documents()

    def _documents(self) -> tuple[Offer, ...]:
        group = self._group
        if self._offers is None or group is None:
            return ()
        if group.nobody:
            return self._offers.blank
        routes = () if group.unit is not None else self._offers.routes
        return (_WHOLE, *routes, *(offer for offer in self._offers.citizens if not offer.form))

    def _offer_documents(self) -> None:
        offered = self._documents()
        if not offered:
            return
        names = [offer.name for offer in offered]
        wanted = self._document if self._document in names else names[0]
        self.documents.tell(tuple(Row(title=self.shell.language.text(offer.title)) for offer in offered), choose=None)
        self.documents.fit()
        self.documents.choose(names.index(wanted))
        self._document = wanted
        self._tell()

    def _may(self, group: _Group) -> bool:
        """Is it hers, or was a reason stated?"""
        return group.hers or group.key in self._reasons

    def _turn_group(self, to: QModelIndex, _from: QModelIndex) -> None:
        if not to.isValid() or not isinstance(key := self.groups.rows[to.row()].target, str):
            return
        former, self._group_key = self._group, key
        group = self._group
        if former is not None and group is not None and (former.route is None) != (group.route is None):
            self._document = ""
        asks = group is not None and not self._may(group)
        self._scroll.setVisible(not asks)
        if asks and group is not None:
            self.reason.ask(Barrier.OTHER_UNIT, who=group.name, focus=False)
        else:
            self.reason.hide()
        self._offer_documents()

    def _turn_document(self, to: QModelIndex, _from: QModelIndex) -> None:
        offered = self._documents()
        if to.isValid() and to.row() < len(offered):
            self._document = offered[to.row()].name
            self._tell()

    def _turn_printer(self, _to: QModelIndex, _from: QModelIndex) -> None:
        self._tell()

    def _state(self, reason: str) -> None:
        """It holds for this group until the page is left, and for its citizens, once printed, until the lock."""
        self._reasons[self._group_key] = reason
        self.reason.hide()
        self._scroll.show()
        self._tell()
        self.shell.to_search()

    def _tell(self) -> None:
        """How much it is, before anything begins."""
        language, group, printer, _ = self.shell.language, self._group, self._printer, self.shell.language.text
        ready = printer is not None and bool(self._document)
        ready = ready and group is not None and self._may(group) and (group.citizens > 0 or group.nobody)
        self.print_button.setEnabled(ready and not self.shell.is_printing)
        word = _("Print  Ctrl+P")
        if self.shell.is_printing:
            word = _("Another print for the shift goes on")
        elif printer is None and self._offers is not None:
            word = _("No printer is ready")
        self.print_button.setText(word)
        self.print_button.setAccessibleName(word)
        if group is None or not self._document:
            return
        self.heading.setText(_(group.name) if group.nobody else group.name)
        if group.nobody:
            self.sum.setText(_("one sheet, to be written on by hand"))
            return
        if self._is_of_route:
            counted = language.count("{n} driving list", "{n} driving lists", len(self._days))
        else:
            counted = language.count("{n} citizen", "{n} citizens", group.citizens)
        about = howmuch.pages(self._document, group.citizens, len(self._days))
        if not self.found.tell(self._offers.looked if self._offers else None, printer, about):
            self.print_button.setEnabled(False)
        self.sum.setText(f"{counted} · {howmuch.told(about, language)}" if group.citizens else counted)


def _row(group: _Group, language: Language) -> Row:
    if group.nobody:
        return Row(title=language.text(group.name), target=group.key)
    marks = () if group.hers else (Mark(language.text("another unit"), State.QUIET),)
    count = language.count("{n} citizen", "{n} citizens", group.citizens)
    return Row(title=group.name, details=(count,), marks=marks, target=group.key)


def _groups(shift: Shift) -> Callable[[Reader], tuple[_Group, ...]]:
    """Asks for the units, one's own first, and for the routes of the shift."""

    def work(reader: Reader) -> tuple[_Group, ...]:
        own = reader.own_units()
        units = [
            _Group(f"unit {one.unit.id}", one.unit.name, one.citizens, own is None or one.unit.id in own, one.unit.id)
            for one in reader.units()
        ]
        in_shift = {one.pick.name for one in reader.shift_lists(shift).routes if one.visits}
        routes = [
            _Group(f"route {one.route}", one.route, one.citizens, own is None or one.unit in own, route=one.route)
            for one in reader.routes(shift.date)
            if one.route in in_shift
        ]
        groups = sorted((*units, *routes), key=lambda group: (group.route is not None, not group.hers))
        return (*groups, _NOBODY)

    return work


SCREEN: Final = ShiftScreen
