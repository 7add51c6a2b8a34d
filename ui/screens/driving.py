"""Driving lists: a day, a route, and its visits in time order, with the prints of it that the municipality made.

Documents that stand on no citizen's page and on no day of the strip are reached here, too: they are the last choice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from backupreader.domain.barriers import Barrier
from backupreader.domain.errors import NEEDS_REASON, ReaderError
from backupreader.domain.records import Document
from backupreader.domain.rounds import DrivingList, RouteDay
from backupreader.language import N_
from ui.chapter import ToDocument, ToReason, ToRoute, View
from ui.clock import taken
from ui.look import SMALL, TITLE
from ui.pages import Printable
from ui.planning import Planned, driving, nothing_row, planning
from ui.rows import Kind, Row
from ui.screen import Screen
from ui.telling import documents, rounds
from ui.telling.entry import protected_on_route
from ui.telling.rounds import Entry
from ui.widgets.button import button
from ui.widgets.daystrip import DayStrip
from ui.widgets.label import Label
from ui.widgets.reasonpanel import ReasonPanel
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from ui.shell import Shell

_BACK, _AHEAD = 3, 7
_OTHERS: Final = "others"
_ROOMY: Final = 125  # per cent


@dataclass(frozen=True, slots=True)
class _Place:
    """Which list is open."""

    day: date
    key: str


class DrivingScreen(Screen):
    """See the module. `enter` takes a day and route (`ToRoute`, or a place that was left), or None for today."""

    name = "driving"
    sentence = N_("Driving lists")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, language = shell.look, shell.language
        today = shell.now().date()
        self._routes_line, self._list_line = self.ask_line(), self.ask_line()
        self._known: Planned | None = None
        self._others: tuple[Document, ...] | None = None
        self._entries: tuple[Entry, ...] = ()
        self._before = 0  # rows that stand before the entries
        self._entry: Entry | None = None
        self._key = ""
        self._list: DrivingList | None = None
        self._days = tuple(today + timedelta(days=number) for number in range(-_BACK, _AHEAD + 1))
        self.days = DayStrip(look, language, self._days, today)
        self.days.chosen.connect(self._turn_day)
        self.routes = RowList(look, language.text("Routes"), title=15)
        self.routes.setMaximumWidth(look.px(300))
        self.routes.selectionModel().currentChanged.connect(self._turned)
        self.heading = Label(look, " ", TITLE, bold=True, wrap=True)
        self.source = Label(look, " ", SMALL, quiet=True, wrap=True)
        self.print_button = button(language.text("Print  Ctrl+P"), name=language.text("Print"))
        self.print_button.clicked.connect(self._print)
        self.visits = RowList(look, language.text("Visits"), lead=112, quiet=True)
        self.visits.opened.connect(self._open)
        self.reason = ReasonPanel(look, language)
        self.reason.stated.connect(self._state)
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
        hint = Label(
            look,
            self.shell.language.text("← → day   ↑ ↓ route   Enter read   Page Up, Page Down scroll"),
            SMALL,
            quiet=True,
            wrap=True,
        )
        hint.setContentsMargins(look.px(19), look.px(4), look.px(8), look.px(8))
        hint.setMaximumWidth(self.routes.maximumWidth())
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.routes, 1)
        if look.scale <= _ROOMY:
            left.addWidget(hint)
        across.addLayout(left, 2)
        across.addLayout(right, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.days)
        layout.addLayout(across, 1)

    def enter(self, what: object) -> None:
        """Today, or the day and route that were left, or that were found."""
        if isinstance(what, _Place):
            self.days.choose(what.day)
            self._key = what.key
        elif isinstance(what, ToRoute):
            self.days.choose(what.day)
            self._key = rounds.route_key(what.route)
        self._ask_routes(self.days.day)

    def remembered(self) -> object:
        """The day and the route."""
        return _Place(self.days.day, self._key)

    def steer(self, key: Qt.Key) -> bool:
        """Left and right choose the day, up and down the route, the page keys scroll, Enter reads or opens a print."""
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
        if self._list is None:
            return None
        return Printable("driving-list", self._list.route, route=self._list.route, day=self._list.day)

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
        """The one document that is all there is of what is chosen."""
        entry = self._entry
        if entry is None or entry.route is not None or entry.others or len(entry.documents) != 1:
            return None
        return ToDocument(entry.documents[0].id, entry.documents[0].title)

    def _turn_day(self, day: date) -> None:
        """To the same route of another day; from the documents of no day to that day's first route."""
        if self._key == _OTHERS:
            self._key = ""
        self._ask_routes(day)

    def _ask_routes(self, day: date) -> None:
        offered = frozenset(self._days) if self._others is None else None
        self._routes_line.ask(planning(day, offered), self._planned, self._refused)

    def _planned(self, planned: Planned) -> None:
        self._known = planned
        if planned.others is not None:
            self._others = planned.others
        language = self.shell.language
        self.days.tell(planned.days)
        found = rounds.entries(planned.routes, planned.documents)
        rows = [rounds.entry_row(entry, language) for entry in found] or [nothing_row(planned, language)]
        self._before = len(rows) - len(found)
        if self._others:
            found = (*found, Entry(key=_OTHERS, name=language.text("Other documents"), others=True))
            number = language.count("{n} document", "{n} documents", len(self._others))
            rows.append(Row(title=found[-1].name, details=(number,)))
        if planned.printed and any(one.complete is False for one in planned.deliveries if one.table == "document"):
            lost = language.text("Some prints did not come or could not be read: see “The data and its age”.")
            rows.append(Row(kind=Kind.MISSING, title=lost))
        self._entries = found
        self._entry = None
        self.routes.tell(tuple(rows), choose=None)
        keys = [entry.key for entry in found]
        if self._key not in keys and self._before:
            self.routes.setCurrentIndex(QModelIndex())
            self._take(None)
        else:
            self.routes.choose(keys.index(self._key) if self._key in keys else 0)
            self._turned(self.routes.currentIndex(), QModelIndex())

    def _turned(self, to: QModelIndex, _from: QModelIndex) -> None:
        at = to.row() - self._before
        if to.isValid() and 0 <= at < len(self._entries) and self._entries[at] is not self._entry:
            self._key = self._entries[at].key
            self._take(self._entries[at])

    def _take(self, entry: Entry | None) -> None:
        """Show what is chosen; its visits are asked for, and the former ones stay until they come."""
        self._entry = entry
        self._unask()
        self._list_line.hang_up()
        if entry is not None and entry.route is not None:
            self._ask_list(entry.route)
            return
        self._list = None
        self._show()

    def _ask_list(self, route: RouteDay) -> None:
        self._list_line.ask(driving(route.route, route.day), self._listed, self._list_refused)

    def _listed(self, listed: DrivingList) -> None:
        self._list = listed
        self._show()

    def _list_refused(self, trouble: ReaderError) -> None:
        """Another unit's route is not shown without a reason, and nothing of the former list stays."""
        route = self._entry.route if self._entry is not None else None
        if trouble.kind is not NEEDS_REASON or route is None:
            self.shell.tell(trouble)
            return
        self._list = None
        language = self.shell.language
        self.heading.setText(f"{route.route} · {language.day(route.day, weekday=True)}")
        self.source.setText(" ")
        self.print_button.hide()
        self.visits.tell(())
        self.visits.hide()
        self.reason.ask(Barrier.OTHER_UNIT, sentence=trouble.sentence(language), focus=False)

    def _state(self, reason: str) -> None:
        """Ask again at once, with the reason; it holds for this route until the lock."""
        session, entry = self.shell.session, self._entry
        if session is not None and entry is not None and entry.route is not None:
            session.state(self.reason.barrier, entry.route.route, reason)
            self._unask()
            self._ask_list(entry.route)

    def _unask(self) -> None:
        asked = not self.reason.isHidden()
        self.reason.hide()
        self.visits.show()
        if asked:
            self.shell.to_search()

    def _show(self) -> None:
        entry, known, listed = self._entry, self._known, self._list
        if known is None or (entry is not None and not _answers(listed, entry.route)):
            return
        language, now = self.shell.language, self.shell.now()
        view = View(now=now, language=language, changes=self.shell.changes)
        day = language.day(known.day, weekday=True)
        name = entry.name if entry is not None else ""
        self.heading.setText(name if entry is not None and entry.others else f"{name} · {day}" if name else day)
        self.print_button.setVisible(listed is not None or self._only_print() is not None)
        if entry is None:
            self._tell(" ", ())
        elif entry.others:
            rows = rounds.other_rows(self._others or (), known.deliveries, view)
            self._tell(language.text("Of no citizen, or of no day above. Search finds the words in them."), rows)
        else:
            prints = rounds.print_rows(entry.documents, known.deliveries, view)
            self._tell(self._taken(entry, view), (*prints, *self._visit_rows(view)))

    def _tell(self, source: str, rows: tuple[Row, ...]) -> None:
        self.source.setText(source)
        self.visits.tell(rows)

    def _taken(self, entry: Entry, view: View) -> str:
        """From whom and how old: the visits, else each print."""
        if self._list is None:
            deliveries = self._known.deliveries if self._known is not None else ()
            return "; ".join(dict.fromkeys(documents.age(one, deliveries, view) for one in entry.documents))
        told = "; ".join(taken(one, view.now, view.language) for one in self._list.deliveries if one.table == "visit")
        return view.language.text("Taken from {sources}").format(sources=told)

    def _visit_rows(self, view: View) -> tuple[Row, ...]:
        """The visits; for a route that is only a print, that there are none, and why."""
        if self._list is not None:
            session = self.shell.session
            if session is not None and session.has_stated(Barrier.PROTECTED, self._list.route):
                view = replace(view, stated=frozenset({Barrier.PROTECTED}))
            kept = sum(citizen.protected_address for citizen in self._list.citizens.values())
            visits = (rounds.round_row(visit, self._list, view) for visit in self._list.visits)
            return (*protected_on_route(kept, view), *visits)
        assert self._known is not None
        return (rounds.only_printed(view.language, sent=self._known.delivered and not self._known.left_out),)

    def _open(self, target: object) -> None:
        if isinstance(target, ToReason):
            self.visits.hide()
            self.reason.ask(target.barrier)
            return
        self.shell.go("document" if isinstance(target, ToDocument) else "citizen", target)

    def _refused(self, trouble: ReaderError) -> None:
        self.shell.tell(trouble)


def _answers(listed: DrivingList | None, route: RouteDay | None) -> bool:
    """Are these the visits of this very route and day, or none where there is no route?"""
    if listed is None or route is None:
        return listed is None and route is None
    return (listed.route, listed.day) == (route.route, route.day)


SCREEN: Final = DrivingScreen
