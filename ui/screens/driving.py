"""Driving lists: a day, a route, and its visits in time order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from backupreader.domain.errors import ReaderError
from backupreader.domain.presence import is_current
from backupreader.domain.records import Visit
from backupreader.domain.rounds import DrivingList, RouteDay
from backupreader.language import N_
from ui import words
from ui.chapter import View
from ui.clock import taken
from ui.look import SMALL, TITLE, State
from ui.pages import Printable
from ui.rows import Kind, Mark, Row
from ui.screen import Screen
from ui.telling.visits import visit_row
from ui.widgets.button import button
from ui.widgets.daystrip import DayStrip
from ui.widgets.label import Label
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from backupreader.store.reader import Reader
    from ui.shell import Shell

_BACK, _AHEAD = 3, 7


@dataclass(frozen=True, slots=True)
class _Planned:
    """On which days there are routes, and those of one; `delivered` is False when no source sends visits."""

    days: frozenset[date]
    routes: tuple[RouteDay, ...]
    delivered: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Which list is open."""

    day: date
    route: str | None


class DrivingScreen(Screen):
    """See the module. `enter` takes a day and route, or None for today."""

    name = "driving"
    sentence = N_("Driving lists")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, language = shell.look, shell.language
        today = shell.now().date()
        self._routes_line, self._list_line = self.ask_line(), self.ask_line()
        self._routes: tuple[RouteDay, ...] = ()
        self._route: str | None = None
        self._list: DrivingList | None = None
        days = tuple(today + timedelta(days=number) for number in range(-_BACK, _AHEAD + 1))
        self.days = DayStrip(look, language, days, today)
        self.days.chosen.connect(self._ask_routes)
        self.routes = RowList(look, language.text("Routes"), title=15)
        self.routes.setMaximumWidth(look.px(300))
        self.routes.selectionModel().currentChanged.connect(self._turned)
        self.heading = Label(look, " ", TITLE, bold=True)
        self.source = Label(look, " ", SMALL, quiet=True, wrap=True)
        self.print_button = button(language.text("Print  Ctrl+P"), name=language.text("Print"))
        self.print_button.clicked.connect(self._print)
        self.visits = RowList(look, language.text("Visits"), lead=112, quiet=True)
        self.visits.opened.connect(self._open)
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
        across = QHBoxLayout()
        across.setSpacing(0)
        hint = Label(
            look,
            self.shell.language.text("← → day   ↑ ↓ route   Page Up, Page Down scroll"),
            SMALL,
            quiet=True,
            wrap=True,
        )
        hint.setContentsMargins(look.px(19), look.px(4), look.px(8), look.px(8))
        hint.setMaximumWidth(self.routes.maximumWidth())
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.routes, 1)
        left.addWidget(hint)
        across.addLayout(left, 2)
        across.addLayout(right, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.days)
        layout.addLayout(across, 1)

    def enter(self, what: object) -> None:
        """Today, or the day and route that were left."""
        if isinstance(what, _Place):
            self.days.choose(what.day)
            self._route = what.route
        self._ask_routes(self.days.day)

    def remembered(self) -> object:
        """The day and the route."""
        return _Place(self.days.day, self._route)

    def steer(self, key: Qt.Key) -> bool:
        """Left and right choose the day, up and down the route, the page keys scroll the visits."""
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.days.step(1 if key == Qt.Key.Key_Right else -1)
            return True
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            return self.routes.steer(key)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.visits.setFocus()
            return True
        return self.visits.steer(key)

    def minute(self) -> None:
        """Tell ages anew, in place."""
        if self._list is not None:
            self._show(self._list)

    def printable(self) -> Printable | None:
        """The list that is seen."""
        if self._list is None:
            return None
        return Printable("driving-list", self._list.route, route=self._list.route, day=self._list.day)

    def _print(self) -> None:
        if (wanted := self.printable()) is not None:
            self.shell.go("print", wanted)

    def _ask_routes(self, day: date) -> None:
        self._routes_line.ask(_planned(day), self._planned, self._refused)

    def _planned(self, planned: _Planned) -> None:
        language = self.shell.language
        self.days.tell(planned.days)
        self._routes = planned.routes
        if planned.routes:
            rows = [self._route_row(route) for route in planned.routes]
        elif not planned.delivered:
            sentence = language.text("Visits were not delivered by any source. Nothing is known about them here.")
            rows = [Row(kind=Kind.MISSING, title=sentence)]
        else:
            rows = [Row(kind=Kind.NOTHING, title=language.text("No visit was delivered for this day."))]
        self.routes.tell(tuple(rows), choose=None)
        names = [route.route for route in planned.routes]
        self.print_button.setVisible(bool(names))
        if not names:
            self._list = None
            self.heading.setText(language.day(self.days.day, weekday=True))
            self.source.setText(" ")
            self.visits.tell(())
            return
        self.routes.choose(names.index(self._route) if self._route in names else 0)
        self._ask_list()

    def _route_row(self, route: RouteDay) -> Row:
        language = self.shell.language
        counts = (
            language.count("{n} visit", "{n} visits", route.visits),
            language.count("{n} citizen", "{n} citizens", route.citizens),
            f"{route.minutes // 60}:{route.minutes % 60:02} {language.text('h')}" if route.minutes else "",
        )
        marks: list[Mark] = []
        if route.open:
            marks.append(Mark(language.count("{n} without a carer", "{n} without a carer", route.open), State.LATE))
        if route.cancelled:
            marks.append(Mark(language.count("{n} cancelled", "{n} cancelled", route.cancelled), State.QUIET))
        details = (" · ".join(part for part in counts if part), ", ".join(route.staff))
        return Row(title=route.route, details=tuple(part for part in details if part), marks=tuple(marks))

    def _turned(self, to: QModelIndex, _from: QModelIndex) -> None:
        if to.isValid() and to.row() < len(self._routes):
            self._route = self._routes[to.row()].route
            self._ask_list()

    def _ask_list(self) -> None:
        if self._route is not None:
            self._list_line.ask(_driving(self._route, self.days.day), self._listed, self._refused)

    def _listed(self, listed: DrivingList) -> None:
        self._list = listed
        self._show(listed)

    def _show(self, listed: DrivingList) -> None:
        language, now = self.shell.language, self.shell.now()
        view = View(now=now, language=language)
        self.heading.setText(f"{listed.route} · {language.day(listed.day, weekday=True)}")
        sources = "; ".join(
            taken(delivery, now, language) for delivery in listed.deliveries if delivery.table == "visit"
        )
        self.source.setText(language.text("Taken from {sources}").format(sources=sources))
        self.visits.tell(tuple(_visit_row(visit, listed, view) for visit in listed.visits))

    def _open(self, citizen: str) -> None:
        self.shell.go("citizen", citizen)

    def _refused(self, trouble: ReaderError) -> None:
        self.shell.tell(trouble)


def _visit_row(visit: Visit, listed: DrivingList, view: View) -> Row:
    """A visit as its route sees it: the citizen first."""
    language = view.language
    row = visit_row(visit, view)
    citizen = listed.citizens.get(visit.citizen or "")
    if citizen is None:
        name = language.text("Citizen not delivered") if visit.citizen else visit.title or language.text("No citizen")
        return replace(row, title=name)
    alerts = [item for item in listed.alerts.get(citizen.id, ()) if is_current(item.status)]
    cave = [words.allergy_mark(item, language) for item in alerts if item.kind == "allergy"]
    if not cave and citizen.id not in listed.alerts:
        cave = [words.not_delivered(language)]
    ways = listed.access.get(citizen.id, ())
    access = " · ".join(
        " ".join(part for part in (words.access_kind(way.kind, language), way.system, way.key_number) if part)
        for way in ways
    )
    what = " – ".join(part for part in (visit.title, visit.tasks) if part)
    staff = " + ".join(part for part in (visit.staff, visit.second_staff) if part)
    details = (
        what,
        " · ".join(part for part in (words.home(citizen, language), citizen.phone) if part),
        access,
        staff,
        visit.remark,
    )
    return replace(
        row,
        title=citizen.name,
        details=tuple(part for part in details if part),
        marks=(*row.marks, *cave),
        target=citizen.id,
    )


def _planned(day: date) -> Callable[[Reader], _Planned]:
    def work(reader: Reader) -> _Planned:
        delivered = any(delivery.table == "visit" for delivery in reader.deliveries())
        return _Planned(frozenset(reader.days()), reader.routes(day), delivered)

    return work


def _driving(route: str, day: date) -> Callable[[Reader], DrivingList]:
    def work(reader: Reader) -> DrivingList:
        return reader.driving_list(route, day)

    return work


SCREEN: Final = DrivingScreen
