"""Driving lists: a shift, a route or a carer, and the visits in time order, with the municipality's own prints of them.

It begins with the shift that is now, own routes first. Documents of no citizen and no day are reached here, too, last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from backupreader.domain.barriers import Barrier
from backupreader.domain.errors import NEEDS_REASON
from backupreader.domain.readiness import Readiness
from backupreader.domain.records import Document
from backupreader.domain.rounds import DrivingList
from backupreader.domain.shifts import Name, Shift, shift_at, shift_of, turned
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_
from ui.chapter import ToDocument, ToReason, ToRoute, View
from ui.look import SMALL, TITLE
from ui.pages import Printable
from ui.planning import Planned, driving, planning, readying, shifts_of_route
from ui.screen import Screen
from ui.telling import rounds
from ui.telling.listpage import page, title
from ui.telling.readiness import headline
from ui.telling.rounds import Entry
from ui.telling.shiftchoices import Choices, choices
from ui.widgets.button import button
from ui.widgets.daystrip import DayStrip
from ui.widgets.label import Label
from ui.widgets.reasonpanel import ReasonPanel
from ui.widgets.rowlist import RowList
from ui.widgets.shiftbar import ShiftBar, keys_hint

if TYPE_CHECKING:
    from ui.shell import Shell

_BACK, _AHEAD = 3, 7
_ROOMY: Final = 125  # per cent


@dataclass(frozen=True, slots=True)
class _Place:
    """Which list is open, and how it is seen."""

    day: date
    name: Name
    key: str
    by_carer: bool = False
    whole: bool = False


class DrivingScreen(Screen):
    """See the module. `enter` takes a `ToRoute`, the place that was left, or None for the shift that is now."""

    name = "driving"
    sentence = N_("Driving lists")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, language = shell.look, shell.language
        now = shell.now()
        self._routes_line, self._list_line, self._ready_line = self.ask_line(), self.ask_line(), self.ask_line()
        self._known: Planned | None = None
        self._others: tuple[Document, ...] | None = None
        self._choices, self._ahead = Choices(), False
        self._entry: Entry | None = None
        self._list: DrivingList | None = None
        self._shift = shift_at(now, shell.settings.shifts)
        self._place = _Place(self._shift.date, self._shift.name, "")
        self._days = tuple(now.date() + timedelta(days=number) for number in range(-_BACK, _AHEAD + 1))
        self.days = DayStrip(look, language, self._days, now.date())
        self.days.choose(self._shift.date)
        self.days.chosen.connect(self._turn_day)
        self.bar = ShiftBar(look, language)
        self.routes = RowList(look, language.text("Routes"), title=15)
        self.routes.setMaximumWidth(look.px(300))
        self.routes.selectionModel().currentChanged.connect(self._turned)
        self.heading = Label(look, " ", TITLE, bold=True, wrap=True)
        self.source = Label(look, " ", SMALL, quiet=True, wrap=True)
        self.print_button = button(language.text("Print  Ctrl+P"), name=language.text("Print"))
        self.print_button.clicked.connect(self._print)
        self.visits = RowList(look, language.text("Visits"), lead=112, quiet=True)
        self.visits.setLayoutMode(RowList.LayoutMode.Batched)  # a list over all routes may have a thousand visits
        self.visits.opened.connect(self._open)
        self.reason = ReasonPanel(look, language)
        self.reason.stated.connect(self._state)
        bar = self.bar
        signals = (bar.shift, bar.by, bar.text, bar.overview, bar.readiness)
        slots = (self._turn_shift, self._turn_by, self._turn_text, self._to_overview, self._to_readiness)
        for signal, slot in zip(signals, slots, strict=True):
            signal.connect(slot)
        self._lay_out()

    def _lay_out(self) -> None:
        look = self.shell.look
        titles = QVBoxLayout()
        titles.setSpacing(look.px(2))
        titles.addWidget(self.heading)
        titles.addWidget(self.source)
        head = QHBoxLayout()
        head.setContentsMargins(look.px(19), look.px(10), look.px(16), look.px(6))
        head.addLayout(titles, 1)
        head.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(head)
        right.addWidget(self.visits, 1)
        right.addWidget(self.reason, 1)
        across = QHBoxLayout()
        across.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.routes, 1)
        if look.scale <= _ROOMY:
            left.addWidget(keys_hint(look, self.shell.language, self.routes.maximumWidth()))
        across.addLayout(left, 2)
        across.addLayout(right, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.days)
        layout.addWidget(self.bar)
        layout.addLayout(across, 1)

    def enter(self, what: object) -> None:
        """The shift that is now, the list that was left, or a route on a day, in the shift in which it runs."""
        shifts: tuple[Shift, ...] = (self._shift,)
        if isinstance(what, _Place):
            self._place = what
            shifts = (self._at(what.day, what.name),)
        elif isinstance(what, ToRoute):
            self._place = replace(self._place, key=rounds.key_of(what.route))
            shifts = shifts_of_route(what.day, self.shell.now(), self.shell.settings)
        self._ask_lists(shifts, what.route if isinstance(what, ToRoute) else "")

    def remembered(self) -> object:
        """The shift, the list, and how it is seen."""
        return replace(self._place, day=self._shift.date, name=self._shift.name)

    def steer(self, key: Qt.Key) -> bool:
        """Left and right choose the day, up and down the list, the page keys scroll, Enter reads or opens a print."""
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.days.step(1 if key == Qt.Key.Key_Right else -1)
            return True
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            return self.routes.steer(key)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not self.reason.isHidden():
                self.reason.reasons.setFocus()
            elif (only := self._only_print()) is not None:
                self._open(only)
            else:
                self.visits.setFocus()
            return True
        return self.visits.steer(key)

    def minute(self) -> None:
        """Tell ages anew, in place."""
        self._show()

    def escape(self) -> bool:
        """Of what is kept back on the list, no reason is stated; a list that is kept back whole is left."""
        if self.reason.isHidden() or self._list is None:
            return False
        self._unask()
        return True

    def printable(self) -> Printable | None:
        """The list of visits that is seen."""
        listed = self._list
        if listed is None or self._entry is None:
            return None
        made = Printable("driving-list", self._entry.name, route=listed.route, day=listed.day)
        return replace(made, pick=listed.pick, shift=listed.shift, hours=self.shell.settings.shifts)

    def print_now(self) -> bool:
        """Where a route is one print of the municipality's and no visits, that is opened: it is printed from there."""
        if (only := self._only_print()) is None:
            return False
        self._open(only)
        return True

    def _print(self) -> None:
        if not self.print_now() and (wanted := self.printable()) is not None:
            self.shell.go("print", wanted)

    def _only_print(self) -> ToDocument | None:
        return self._entry.only_print if self._entry is not None else None

    def _at(self, day: date, name: Name) -> Shift:
        return shift_of(day, name, self.shell.settings.timezone(), self.shell.settings.shifts)

    def _turn_day(self, day: date) -> None:
        """To the same list of another day; from the documents of no day to that day's first route."""
        if self._place.key == rounds.OTHERS:
            self._place = replace(self._place, key="")
        self._ask_lists((self._at(day, self._shift.name),))

    def _turn_shift(self) -> None:
        self._ask_lists((turned(self._shift, self.shell.settings.shifts),))

    def _turn_by(self) -> None:
        self._place = replace(self._place, by_carer=not self._place.by_carer, key="")
        if self._known is not None:
            self._planned(self._known)

    def _turn_text(self) -> None:
        self._place = replace(self._place, whole=not self._place.whole)
        self._show()

    def _to_overview(self) -> None:
        self.shell.go("overview", self._shift)

    def _to_readiness(self) -> None:
        self.shell.go("readiness")

    def _look_ahead(self) -> None:
        """Once, after the first list: what it waits for must not keep that back."""
        if not self._ahead:
            self._ahead = True
            self._ready_line.ask(readying(self.shell.settings, self.shell.now()), self._is_ready, self.shell.tell)

    def _is_ready(self, found: Readiness) -> None:
        self.bar.tell_readiness(headline(found, self.shell.language))

    def _ask_lists(self, shifts: tuple[Shift, ...], route: str = "") -> None:
        self._turn_to(shifts[0])
        offered = frozenset(self._days) if self._others is None else None
        self._routes_line.ask(planning(shifts, offered, route), self._planned, self.shell.tell)

    def _turn_to(self, shift: Shift) -> None:
        self._shift = shift
        was = self.days.blockSignals(True)
        self.days.choose(shift.date)
        self.days.blockSignals(was)
        self.bar.tell(shift, by_carer=self._place.by_carer, whole=self._place.whole)

    def _planned(self, planned: Planned) -> None:
        self._known = planned
        if planned.others is not None:
            self._others = planned.others
        self._turn_to(planned.shift)
        self.days.tell(planned.days)
        found = choices(planned, self._others or (), self.shell.language, by_carer=self._place.by_carer)
        self._choices, self._entry = found, None
        self.routes.tell(tuple(found.rows), choose=None)
        at = found.place(self._place.key)
        if at is None:
            self.routes.setCurrentIndex(QModelIndex())
            self._take(None)
        else:
            self.routes.choose(sum(row.chosen_by_keys for row in found.rows[:at]))
            self._turned(self.routes.currentIndex(), QModelIndex())

    def _turned(self, to: QModelIndex, _from: QModelIndex) -> None:
        if not to.isValid() or to.row() >= len(self._choices.entries):
            return
        entry = self._choices.entries[to.row()]
        if entry is not None and entry is not self._entry:
            self._place = replace(self._place, key=entry.key)
            self._take(entry)

    def _take(self, entry: Entry | None) -> None:
        """Show what is chosen; its visits are asked for, and the former ones stay until they come."""
        self._entry = entry
        self._unask()
        self._list_line.hang_up()
        if entry is not None and entry.pick is not None:
            self._ask_list(entry)
            return
        self._list = None
        self._show()

    def _ask_list(self, entry: Entry) -> None:
        assert entry.pick is not None
        work = driving(self._shift, entry.pick, self.shell.settings.shifts)
        self._list_line.ask(work, self._listed, self._list_refused)

    def _listed(self, listed: DrivingList) -> None:
        self._list = listed
        self._show()

    def _list_refused(self, trouble: ReaderError) -> None:
        """Another unit's route is not shown without a reason, and nothing of the former list stays."""
        entry = self._entry
        if trouble.kind is not NEEDS_REASON or entry is None:
            self.shell.tell(trouble)
            return
        self._list = None
        self.heading.setText(title(entry, self._shift, self.shell.language, brief=self.shell.look.scale > _ROOMY))
        self.source.setText(" ")
        self.print_button.hide()
        self.visits.tell(())
        self.visits.hide()
        self._look_ahead()
        self.reason.ask(Barrier.OTHER_UNIT, sentence=trouble.sentence(self.shell.language), focus=False)

    def _state(self, reason: str) -> None:
        """Ask again at once, with the reason; it holds for this list until the lock."""
        session, entry = self.shell.session, self._entry
        if session is not None and entry is not None and entry.pick is not None:
            session.state(self.reason.barrier, str(entry.pick), reason)
            self._unask()
            self._ask_list(entry)

    def _unask(self) -> None:
        asked = not self.reason.isHidden()
        self.reason.hide()
        self.visits.show()
        if asked:
            self.shell.to_search()

    def _show(self) -> None:
        entry, known, listed = self._entry, self._known, self._list
        self.bar.tell(self._shift, by_carer=self._place.by_carer, whole=self._place.whole)
        wanted = (entry.pick, self._shift) if entry is not None and entry.pick is not None else None
        if known is None or wanted != (None if listed is None else (listed.pick, listed.shift)):
            return
        language = self.shell.language
        view = View(now=self.shell.now(), language=language, changes=self.shell.changes)
        self.heading.setText(title(entry, self._shift, self.shell.language, brief=self.shell.look.scale > _ROOMY))
        self.print_button.setVisible(listed is not None or self._only_print() is not None)
        source, rows = page(
            entry,
            known,
            listed,
            view,
            others=self._others or (),
            session=self.shell.session,
            whole=self._place.whole,
        )
        self.source.setText(source)
        self.visits.tell(rows)
        self._look_ahead()

    def _open(self, target: object) -> None:
        if isinstance(target, ToReason):
            self.visits.hide()
            self.reason.ask(target.barrier)
            return
        self.shell.go("document" if isinstance(target, ToDocument) else "citizen", target)


SCREEN: Final = DrivingScreen
