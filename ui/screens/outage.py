"""The outage: what is due and who has it, and its log, in which a call is written with two keys.

Above stands which outage it is, and the next duty; to the left what can be done, one part at a time (Alt and a digit);
to the right the log. Until somebody has said who judged it critical and why, that is asked first; and at a change of
shift, who has the case now. Nothing here is lost by locking, and nothing is taken away: a mistake is crossed out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from backupreader.domain.outage.event import EntryKind, Event
from backupreader.domain.planpapers import BARE
from backupreader.language import N_
from ui.look import BASE, SMALL, State
from ui.outagework import Declares, Wish, Writes, reading, writing
from ui.plan import ours
from ui.rows import Row
from ui.screen import Screen
from ui.telling import outage as telling
from ui.telling import outagerows
from ui.telling.outage import Part, Turn
from ui.telling.outagerows import Prints, Turns
from ui.widgets.button import button
from ui.widgets.label import Label
from ui.widgets.middle import Middle
from ui.widgets.notice import Notice
from ui.widgets.outageform import OutageForm
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from backupreader.domain.plan.plan import Plan
    from printing.jobs import Printer
    from ui.pages import Pages
    from ui.shell import Shell

PARTS: Final[tuple[tuple[Part, str], ...]] = (
    ("call", N_("Call")),
    ("decision", N_("Decision")),
    ("note", N_("Note")),
    ("happened", N_("It happened")),
    ("units", N_("Units")),
    ("partners", N_("Partners")),
    ("owner", N_("Hand over")),
    ("systems", N_("What is down")),
    ("up", N_("Up again")),
)
"""The parts in the order of their keys, Alt+1 … Alt+9; without one it is what is due."""
_KINDS: Final[Mapping[Part, EntryKind]] = {"decision": "decision", "note": "note", "cross": "withdrawn"}
_STAYS: Final[frozenset[Part]] = frozenset({"units", "partners", "systems", "up"})
"""Where several things are written one after the other."""
_TIME: Final = N_("The time is written as hh:mm, such as 02:10.")
_ROOMY: Final = 125  # per cent


class OutageScreen(Screen):
    """See the module. It can be entered with a `Turn` to one of its parts."""

    name = "outage"
    sentence = N_("Outage")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._line, self._press = self.press_line(), self.press_line()
        self._event: Event | None = None
        self._asked = False
        self._part = Turn("due")
        self.head = Label(look, " ", 17, bold=True, wrap=True)
        self.facts = Label(look, " ", BASE, wrap=True)
        self.band = Notice(look, "")
        self.band.close_button.hide()
        self.buttons: dict[Part, QPushButton] = {
            part: button(f"{_(word)}  Alt+{number}", name=_(word)) for number, (part, word) in enumerate(PARTS, start=1)
        }
        self.title_line = Label(look, " ", BASE, bold=True, wrap=True)
        self.form = OutageForm(look, shell.language)
        self.form.entered.connect(self._enter_form)
        self.form.steered.connect(self.steer)
        self.rows = RowList(look, _("What can be done"), title=BASE)
        self.rows.opened.connect(self._open)
        self.log = RowList(look, _("The log of the outage"), lead=64, title=BASE)
        self.log.opened.connect(self._open)
        for number, part in enumerate(self.buttons, start=1):
            self.buttons[part].clicked.connect(self._turned)
            QShortcut(QKeySequence(f"Alt+{number}"), self).activated.connect(self.buttons[part].click)
        self._lay_out()

    def _lay_out(self) -> None:
        look, _ = self.shell.look, self.shell.language.text
        column = QWidget()
        left = QVBoxLayout(column)
        left.setContentsMargins(look.px(19), look.px(8), look.px(16), look.px(12))
        left.setSpacing(look.px(6))
        grid = QGridLayout()
        grid.setSpacing(look.px(6))
        across = 3 if look.scale <= _ROOMY else 2
        for number, one in enumerate(self.buttons.values()):
            grid.addWidget(one, number // across, number % across)
        above: tuple[QWidget, ...] = (self.head, self.facts, self.band)
        below: tuple[QWidget, ...] = (self.title_line, self.form, self.rows)
        for widget in above:
            left.addWidget(widget)
        left.addLayout(grid)
        for widget in below:
            left.addWidget(widget)
        keys = _("↑ ↓ choose   Enter write it   Page Up, Page Down the log   Esc back")
        left.addWidget(Label(look, keys, SMALL, quiet=True, wrap=True))
        left.addStretch(1)
        self._scroll = Middle(column, left=True)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 3)
        whole.addWidget(self.log, 2)

    # What is shown.

    def enter(self, what: object) -> None:
        """Ask how the outage stands."""
        if isinstance(what, Turn):
            self._part = what
        session = self.shell.session
        assert session is not None
        self._line.ask(reading(self.shell.settings, session), self._stands, self.shell.tell)

    def remembered(self) -> object:
        """Which part is open."""
        return self._part

    def escape(self) -> bool:
        """From a part back to what is due."""
        if self._part.part == "due" or self._must():
            return False
        self._turn(Turn("due"))
        return True

    def minute(self) -> None:
        """Clocks go on; a shift may have begun."""
        if self._asked:
            self._tell(choose=None)

    def focus_first(self) -> bool:
        """What is written in, where something is; else the rows."""
        return self.form.focus_first()

    def steer(self, key: Qt.Key) -> bool:
        """Arrows and Enter go to what can be done, the page keys to the log."""
        if key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            return self.log.steer(key)
        return self.rows.steer(key)

    @property
    def _plan(self) -> Plan:
        return ours(self.shell) or BARE

    def _must(self) -> Part | None:
        """What must be done before anything else is."""
        event = self._event
        if event is None or (event.ended is None and event.declared is None):
            return "declare"
        if telling.handed_over(event, self.shell.now(), self.shell.settings.shifts, self.shell.language):
            return "owner"
        return None

    def _stands(self, event: Event | None) -> None:
        self._event, self._asked = event, True
        self._tell()

    def _turned(self) -> None:
        for part, one in self.buttons.items():
            if one is self.sender():
                self._turn(Turn(part))
                return

    def _turn(self, to: Turn) -> None:
        self._part = to
        self.form.clear()
        self._tell()

    def _tell(self, choose: int | None = 0) -> None:
        event, must, language, now = self._event, self._must(), self.shell.language, self.shell.now()
        part = Turn(must) if must is not None else self._part
        if event is not None and event.ended is not None and part.part == "due":
            part = Turn("up")
        for one in self.buttons.values():
            one.setEnabled(must is None)
        _ = language.text
        if event is None:
            self.head.setText(_("No outage is declared on this PC"))
            self.facts.setText(" ")
        else:
            self.head.setText(telling.headline(event, now, language))
            self.facts.setText(telling.facts(event, self._plan, now, language))
        self._tell_band(event)
        going = event is not None and event.ended is None
        self.form.ask(part.part, self.shell.person, began=event.began if event is not None and going else now)
        self.title_line.setText(self._title(part))
        self.rows.tell(self._rows(part), choose=choose)
        self.rows.fit()
        self.log.tell(() if event is None else telling.log_rows(event, self._plan, now, language), choose=None)
        if choose is not None and not self.form.focus_first():
            self.shell.to_search()

    def _tell_band(self, event: Event | None) -> None:
        language, now, hours = self.shell.language, self.shell.now(), self.shell.settings.shifts
        if event is None or event.ended is not None:
            self.band.hide()
            return
        if not event.whole:
            lost = language.text("Something of the log of this outage was lost.")
            self.band.tell(lost, language.text("Write down again what you know, and tell IT."), State.STOP)
            return
        handed = telling.handed_over(event, now, hours, language)
        following = telling.next_told(self._plan, event, now, hours, language)
        if handed:
            self.band.tell(handed, "", State.STOP)
        elif following is not None:
            self.band.tell(following.word, "", following.state)
        else:
            self.band.hide()

    def _title(self, part: Turn) -> str:
        _ = self.shell.language.text
        titles = {
            "due": _("What is due, and who has it. Enter: it is done."),
            "declare": _("Who judged it critical, and why?"),
            "cross": _("Cross out entry {number}: why?").format(number=part.what),
            "call": _("Whom did you call, and what came of it?"),
            "decision": _("What was decided, and by whom?"),
            "note": _("What is to be remembered?"),
            "happened": _("What has happened?"),
            "units": _("How does it stand in the other units? Enter turns up and down."),
            "partners": _("Who outside has been told?"),
            "owner": _("Who has the case from now on?"),
            "systems": _("What is down? Enter turns it."),
            "up": _("Can the systems be used again, by everyone?"),
        }
        if self._event is not None and self._event.ended is not None and part.part == "up":
            return _("It is over. What is still to be done:")
        return titles[part.part]

    def _rows(self, part: Turn) -> tuple[Row, ...]:
        shell, plan = self.shell, self._plan
        if part.part == "declare":
            return outagerows.declare_rows(plan, self.form.systems, shell.language)
        if self._event is None:
            return ()
        asked = outagerows.Asked(
            plan, self._event, shell.now(), shell.settings.shifts, shell.person, shell.language, part.what
        )
        return outagerows.rows(part.part, asked)

    # What is written.

    def _open(self, target: object) -> None:
        if isinstance(target, Turns):
            self.form.turn(target.system)
            self._tell(choose=None)
        elif target == Turn("declare"):
            self._enter_form()
        elif isinstance(target, Turn):
            self._turn(target)
        elif isinstance(target, Prints):
            self._print(target.paper)
        elif isinstance(target, Writes):
            self._write(target)
        else:
            self.shell.go("sheets")

    def _enter_form(self) -> None:
        """Enter in a field: the next field that must be filled is gone to, or what is written is taken."""
        part = self._must() or self._part.part
        if self.form.to_next():
            return
        if part == "declare":
            self._declare()
        elif part in _KINDS:
            self._write(Writes(kind=_KINDS[part], what=self._part.what))
        elif part == "owner" and self.form.who:
            self._write(Writes(kind="owner"))
        else:
            self.rows.open_chosen()

    def _declare(self) -> None:
        form, now = self.form, self.shell.now()
        going = self._event if self._event is not None and self._event.ended is None else None
        since = form.moment(now) if form.time else (now if going is None else going.began)
        if since is None:
            self.band.tell(self.shell.language.text(_TIME), "", State.LATE)
            return
        owner = form.owner or self.shell.person
        systems = tuple(one.id for one in self._plan.systems if one.id in form.systems)
        self._ask(Declares(judged_by=form.who, why=form.words, systems=systems, since=since, owner=owner))

    def _write(self, target: Writes) -> None:
        """An entry, with what stands in the fields."""
        form, moment = self.form, None
        if form.time and (moment := form.moment(self.shell.now())) is None:
            self.band.tell(self.shell.language.text(_TIME), "", State.LATE)
            return
        self._ask(replace(target, who=target.who or form.who, words=target.words or form.words, at=moment))

    def _ask(self, wish: Wish) -> None:
        session = self.shell.session
        assert session is not None
        self._line.ask(writing(self.shell.settings, session, wish), self._wrote, self.shell.tell)

    def _wrote(self, event: Event | None) -> None:
        self._event = event
        self.form.clear()
        stays = self._part.part in _STAYS
        if not stays:
            self._part = Turn("due")
        self._tell(choose=None if stays else 0)
        self.shell.read_standing()

    def _print(self, name: str) -> None:
        from ui.outagepapers import making

        session = self.shell.session
        if session is not None:
            self._press.ask(
                making(self.shell.settings, session, self.shell.language, name), self._made, self.shell.tell
            )

    def _made(self, made: tuple[Pages, Printer]) -> None:
        self.shell.send(*made)


SCREEN: Final = OutageScreen
