"""Citizens: who is ours on this shift, chosen by where they are, unit, route, warning or rule, and ticked one by one.

At the left stands what can be chosen, with how many answer; at the right the citizens. The keys of the list work from
the search box; F2 goes to what can be chosen and back. A list of thousands is shown a piece at a time; every count is
of all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.domain.shifts import shift_at
from backupreader.domain.tonight import Chosen, Filter, Ours, Tick, choose
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_
from printing import rulewords
from ui.chapter import View, Whose
from ui.clock import taken
from ui.look import SMALL, TITLE
from ui.pages import Printable, of_ours
from ui.screen import Screen
from ui.telling import citizens
from ui.telling.citizens import Pick, Press, Telling
from ui.ticking import Night, nightly, ticking, ticks_of
from ui.widgets.button import button
from ui.widgets.label import Label
from ui.widgets.marks import Marks
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from backupreader.store.ticks import Ticked
    from ui.shell import Shell

_PIECE: Final = 250
_ROOMY: Final = 125  # per cent


@dataclass(frozen=True, slots=True)
class _Place:
    """Who was seen, how many of them, and on whom the arrows stood."""

    wanted: Filter
    citizen: str
    most: int


class CitizensScreen(Screen):
    """See the module. `enter` takes a `Filter`, or None for everyone."""

    name = "citizens"
    sentence = N_("Citizens")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, language = shell.look, shell.language
        _ = language.text
        self._line, self._ticks_line = self.ask_line(), self.ask_line()
        self._wanted = Filter()
        self._night: Night | None = None
        self._ticks: dict[str, Tick] = {}
        self._chosen: Chosen | None = None
        self._every = choose((), self._wanted, self._ticks)
        self._most = _PIECE
        self._stand_on = ""
        self._left = False
        self._pressed: dict[str, bool] = {}
        self._unanswered = 0
        self._choosing = False
        self._tick_by_enter = False
        self._roomy = look.scale <= _ROOMY
        self.filters = RowList(look, _("Whom to see"), quiet=True)
        self.filters.opened.connect(self._pick)
        self.heading = Label(look, " ", TITLE, bold=True, wrap=True)
        self.counts = Label(look, " ", 16, wrap=True)
        self.ticked = Label(look, " ", 16, bold=True, wrap=True)
        self.source = Label(look, " ", SMALL, quiet=True, wrap=True)
        self.chosen = Marks(look)
        self.by_click = button(" ", name=_("Tick with a click"))
        self.by_click.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.by_click.clicked.connect(self._switch)
        self.to_filters = button(_("Whom to see  F2"), name=_("Whom to see"))
        self.to_filters.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.to_filters.clicked.connect(self._turn)
        self.list = RowList(look, _("Citizens"), lead=104)
        self.list.opened.connect(self._open)
        for rows in (self.filters, self.list):
            rows.installEventFilter(self)
        self.hint = Label(look, " ", SMALL, quiet=True, wrap=True)
        self._lay_out()
        self._listen()
        self._tell_keys()

    def _lay_out(self) -> None:
        look = self.shell.look
        words = QVBoxLayout()
        words.setSpacing(look.px(2))
        for label in (self.heading, self.counts, self.ticked, self.source, self.chosen):
            words.addWidget(label)
        head = QHBoxLayout()
        head.setContentsMargins(look.px(19), look.px(10), look.px(16), look.px(6))
        head.addLayout(words, 1)
        buttons = QVBoxLayout()
        buttons.setSpacing(look.px(8))
        buttons.addWidget(self.by_click)
        buttons.addWidget(self.to_filters)
        buttons.addStretch(1)
        head.addLayout(buttons)
        self.hint.setContentsMargins(look.px(19), look.px(4), look.px(16), look.px(8))
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addLayout(head)
        right.addWidget(self.list, 1)
        right.addWidget(self.hint)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.filters, 2)
        layout.addWidget(self._right, 5)
        self.chosen.hide()
        self.to_filters.setVisible(not self._roomy)
        if self._roomy:
            self.filters.setMaximumWidth(look.px(290))
        else:
            self.filters.hide()  # large letters leave no room for both: F2 shows the one or the other

    def _listen(self) -> None:
        for key, slot in (("F2", self._turn), ("F3", self._everyone), ("F4", self._switch)):
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    def enter(self, what: object) -> None:
        """Ask for everyone; who is chosen is seen when they come."""
        if isinstance(what, _Place):
            self._wanted, self._stand_on, self._most = what.wanted, what.citizen, what.most
        elif isinstance(what, Filter):
            self._wanted = what
        self._ask()

    def remembered(self) -> object:
        """Who was chosen, and where the arrows stood."""
        return _Place(self._wanted, self._standing() or self._stand_on, self._most)

    def printable(self) -> Printable | None:
        """Who is ours, of the unit or route that is chosen."""
        return None if self._night is None else of_ours(self._night.tonight, self._wanted, self.shell.language)

    def steer(self, key: Qt.Key) -> bool:
        """Arrows choose a citizen, Enter opens her page, the space bar ticks; after F2 they choose whom to see."""
        if self._choosing and key == Qt.Key.Key_Space:  # typed in the list of what can be chosen
            self.filters.setFocus()
            return self.filters.open_chosen()
        self._stand_among(choosing=False)
        return self._tick() if key == Qt.Key.Key_Space else self.list.steer(key)

    def escape(self) -> bool:
        """From what can be chosen back to the citizens."""
        if not self._choosing:
            return False
        self._turn()
        return True

    def minute(self) -> None:
        """Tell ages anew; see what another window has ticked; with a new shift begin anew."""
        if self._night is None:
            return
        if shift_at(self.shell.now(), self.shell.settings.shifts) != self._night.tonight.shift:
            self._ask()
            return
        self._show()
        work = ticks_of(self.shell.settings, self._night.tonight.shift)
        self._ticks_line.ask(work, self._ticks_are, self.shell.tell)

    def leave(self) -> None:
        """What was ticked is kept, but nothing more is shown here."""
        self._left = True
        super().leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """One of the two lists has the focus: by F2, Tab or a click."""
        if event.type() == QEvent.Type.FocusIn:
            self._stand_among(choosing=watched is self.filters)
        return False

    def _stand_among(self, *, choosing: bool) -> None:
        if self._choosing is not choosing:
            self._choosing = choosing
            self._tell_keys()
            if not self._roomy:
                self.filters.setVisible(choosing)
                self._right.setVisible(not choosing)

    def _ask(self) -> None:
        self._line.ask(nightly(self.shell.settings, self.shell.now()), self._came, self.shell.tell)

    def _came(self, night: Night) -> None:
        self._night = night
        self._ticks = night.ticked.of(night.tonight.people)
        if night.trouble is not None:
            self.shell.tell(night.trouble)
        self._choose()

    def _ticks_are(self, found: Ticked) -> None:
        if self._left or self._night is None:
            return
        self._night = replace(self._night, ticked=found)
        self._ticks = found.of(self._night.tonight.people)
        self._show()

    def _choose(self) -> None:
        """Who answers what is chosen; a tick takes nobody out of it until something else is chosen."""
        if self._night is not None:
            people = self._night.tonight.people
            self._every = choose(people, Filter(gone=self._wanted.gone), self._ticks)
            self._chosen = choose(people, self._wanted, self._ticks)
            self._show()

    def _pick(self, target: object) -> None:
        """One thing more or less is chosen."""
        self._stand_on = self._standing()
        if isinstance(target, Pick):
            self._wanted = self._wanted.toggled(target.facet, target.value)
        elif target == Press.GONE:
            self._wanted = Filter(gone=not self._wanted.gone)
        else:
            self._wanted = Filter()
        self._most = _PIECE
        self._choose()
        if self._choosing and not self._roomy:
            self._turn()

    def _everyone(self) -> None:
        self._pick(Press.ALL)

    def _turn(self) -> None:
        """To what can be chosen, and back."""
        if self._choosing:
            self._stand_among(choosing=False)
            self.shell.to_search()
        else:
            self._stand_among(choosing=True)
            self.filters.setFocus()

    def _switch(self) -> None:
        """What a click or Enter does."""
        self._tick_by_enter = not self._tick_by_enter
        self._tell_keys()

    def _open(self, target: object) -> None:
        if target == Press.MORE:
            self._show_more()
        elif target == Press.GONE:
            self._pick(target)
        elif isinstance(target, Whose) and self._tick_by_enter:
            self._tick()
        else:
            self.shell.go("citizen", target)

    def _show_more(self) -> None:
        """The next piece, from its first one on."""
        if self._chosen is not None:
            self._stand_on = self._chosen.people[self._most].citizen.id
            self._most += _PIECE
            self._show()

    def _tick(self) -> bool:
        """Tick her on whom the arrows stand, or take it back; on a line of its own, so that none is lost."""
        person, night = self._person(), self._night
        if person is None or night is None:
            return False
        who = person.ids[0]
        on = not self._pressed.get(who, who in self._ticks)
        self._pressed[who] = on
        self._unanswered += 1
        work = ticking(self.shell.settings, person, night.tonight.shift, on=on)
        self.shell.desk.line().ask(work, self._is_ticked, self._not_ticked)
        return True

    def _is_ticked(self, found: Ticked) -> None:
        self._answered()
        self._ticks_are(found)

    def _not_ticked(self, trouble: ReaderError) -> None:
        self._answered()
        self.shell.tell(trouble)

    def _answered(self) -> None:
        """Until all are answered, what was pressed counts, so that a second press takes back the first."""
        self._unanswered -= 1
        if not self._unanswered:
            self._pressed.clear()

    def _person(self) -> Ours | None:
        standing = self._standing()
        people = self._chosen.people if self._chosen is not None else ()
        return next((person for person in people if person.citizen.id == standing), None)

    def _standing(self) -> str:
        """On whom the arrows stand, by her id; empty where they stand on nobody."""
        row = self.list.chosen
        return row.target.citizen if row is not None and isinstance(row.target, Whose) else ""

    def _show(self) -> None:
        night, chosen = self._night, self._chosen
        if night is None or chosen is None:
            return
        language, tonight = self.shell.language, night.tonight
        stand_on, self._stand_on = self._stand_on or self._standing(), ""
        rules = rulewords.labels(tonight, language)
        told = "; ".join(taken(one, self.shell.now(), language) for one in tonight.deliveries)
        self.heading.setText(citizens.heading(tonight, language))
        self.counts.setText(citizens.counted(chosen, self._wanted, language))
        self.ticked.setText(citizens.ticks_told(chosen.people, self._ticks, language))
        self.source.setText(language.text("Taken from {sources}").format(sources=told) if told else "")
        self.chosen.tell(citizens.chosen_marks(self._wanted, rules, language))
        counted = choose(tonight.people, self._wanted, self._ticks)
        self.filters.tell(citizens.filter_rows(self._every, counted, self._wanted, tonight, language))
        view = View(now=self.shell.now(), language=language)
        telling = Telling(view=view, tonight=tonight, wanted=self._wanted, ticks=self._ticks, rules=rules)
        self.list.tell(citizens.list_rows(chosen, telling, self._most, whole=night.ticked.whole))
        self._stand(stand_on)

    def _stand(self, citizen: str) -> None:
        """Stand on her again, where she is among them still."""
        stops = [row for row in self.list.rows if row.chosen_by_keys]
        number = next(
            (at for at, row in enumerate(stops) if isinstance(row.target, Whose) and row.target.citizen == citizen),
            None,
        )
        if number is not None and self._standing() != citizen:
            self.list.choose(number)
            self.list.scrollTo(self.list.currentIndex())

    def _tell_keys(self) -> None:
        _ = self.shell.language.text
        self.hint.setVisible(self._roomy)
        on = self._tick_by_enter
        self.by_click.setText(_("Open with a click  F4") if on else _("Tick with a click  F4"))
        self.by_click.setAccessibleName(_("Open with a click") if on else _("Tick with a click"))
        self.hint.setText(citizens.keys(self.shell.language, choosing=self._choosing, ticking=on))


SCREEN: Final = CitizensScreen
