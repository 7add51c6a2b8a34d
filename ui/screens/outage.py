"""The outage: what is due and who has it, and its log, in which a call is written with two keys.

Above stands which outage it is, and the next duty; to the left what can be done, one part at a time (Alt and a digit);
to the right the log. Until somebody has said who judged it critical and why, that is asked first; and at a change of
shift, who has the case now. Nothing here is lost by locking, and nothing is taken away: a mistake is crossed out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.domain.outage.event import EntryKind, Event
from backupreader.domain.planpapers import BARE
from backupreader.language import N_
from ui.look import BASE, SMALL, State
from ui.outagework import Declares, Turned, Wish, Writes, reading, writing
from ui.plan import ours
from ui.rows import Mark, Row
from ui.screen import Screen
from ui.telling import outage as telling
from ui.telling import outagerows
from ui.telling.outage import Part, Turn
from ui.telling.outagerows import Prints, Turns
from ui.widgets.label import Label
from ui.widgets.middle import Middle
from ui.widgets.notice import Notice
from ui.widgets.outageform import Drafts, OutageForm
from ui.widgets.outageparts import PARTS, OutageParts
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from backupreader.domain.plan.plan import Plan
    from backupreader.domain.trouble import ReaderError
    from printing.jobs import Printer
    from ui.pages import Pages
    from ui.shell import Shell

_KINDS: Final[Mapping[Part, EntryKind]] = {"decision": "decision", "note": "note", "cross": "withdrawn"}
_WHILE_DOWN: Final[frozenset[Part]] = frozenset({"owner", "systems"})
"""What nobody writes when it is over."""
_FIRST: Final[frozenset[Part]] = frozenset({"due", "declare"})
"""What is seen from the top of the page also in large letters."""
_STAYS: Final[frozenset[Part]] = frozenset({"units", "partners", "systems", "up"})
"""Where several things are written one after the other."""
_TIME: Final = N_("The time is written as hh:mm, such as 02:10.")
_ROOMY: Final = 125  # per cent


@dataclass(frozen=True, slots=True)
class _Place:
    """Which part is open, and what is written and not taken yet."""

    part: Turn
    drafts: Drafts = field(repr=False)


class OutageScreen(Screen):
    """See the module. It can be entered with a `Turn` to one of its parts."""

    name = "outage"
    sentence = N_("Outage")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._line, self._press = self.press_line(), self.press_line()
        self._event: Event | None = None
        self._asked = self._left = False
        self._pending: list[Wish] = []
        self._part, self._shown = Turn("due"), ""
        self.head = Label(look, " ", 17, bold=True, wrap=True)
        self.facts = Label(look, " ", BASE, wrap=True)
        self.band = Notice(look, "")
        self.band.close_button.hide()
        self.parts = OutageParts(look, shell.language, self)
        self.parts.turned.connect(self._turn)
        self.title_line = Label(look, " ", BASE, bold=True, wrap=True)
        self.form = OutageForm(look, shell.language)
        self.form.entered.connect(self._enter_form)
        self.form.steered.connect(self._into_rows)
        self.rows = RowList(look, _("What can be done"), title=BASE)
        self.rows.opened.connect(self._open)
        self.rows.moved.connect(self._follow)
        self.log = RowList(look, _("The log of the outage"), lead=64, title=BASE)
        self.log.opened.connect(self._open)
        self._lay_out()

    def _lay_out(self) -> None:
        look, _ = self.shell.look, self.shell.language.text
        column = QWidget()
        left = QVBoxLayout(column)
        left.setContentsMargins(look.px(19), look.px(8), look.px(16), look.px(12))
        left.setSpacing(look.px(6))
        widgets = (self.head, self.facts, self.band, self.parts, self.title_line, self.form, self.rows)
        for widget in widgets:
            left.addWidget(widget)
        keys = _("↑ ↓ choose   Enter write it   Page Up, Page Down the log   Esc back")
        left.addWidget(Label(look, keys, SMALL, quiet=True, wrap=True))
        left.addStretch(1)
        self._scroll = Middle(column, left=True)
        whole = QHBoxLayout(self) if look.scale <= _ROOMY else QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 3)
        whole.addWidget(self.log, 2)

    # What is shown.

    def enter(self, what: object) -> None:
        """Ask how the outage stands."""
        if isinstance(what, Turn):
            self._part = what
            if what.part == "declare" and self._plan.system(what.what) != what.what:
                self.form.turn(what.what)
        elif isinstance(what, _Place):
            self._part = what.part
            self.form.bring_back(what.drafts)
        session = self.shell.session
        assert session is not None
        self._line.ask(reading(self.shell.settings, session), self._stands, self.shell.tell)

    def remembered(self) -> object:
        """Which part is open, and what is written in the fields."""
        return _Place(self._part, self.form.drafts())

    def leave(self) -> None:
        """What was asked to be written is written all the same."""
        self._left = True
        super().leave()

    def escape(self) -> bool:
        """From a part back to what is due."""
        if self._part.part == "due" or self._must():
            return False
        self._turn(Turn("due"))
        return True

    def minute(self) -> None:
        """Clocks go on; a shift may have begun; and somebody may have written from elsewhere."""
        session = self.shell.session
        if not self._asked or session is None:
            return
        self._tell(choose=None)
        if not self._pending:
            self._line.ask(reading(self.shell.settings, session), self._stands_now, self.shell.tell)

    def focus_first(self) -> bool:
        """What is written in, where something is; else the rows."""
        return self.form.focus_first()

    def steer(self, key: Qt.Key) -> bool:
        """Arrows and Enter go to what can be done, the page keys to the log."""
        if key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            return self.log.steer(key)
        return self.rows.steer(key)

    def _into_rows(self, key: Qt.Key) -> None:
        """From a field to what can be chosen: Enter then opens that."""
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self.rows.chosen is not None:
            self.rows.setFocus()
            self._follow()
        else:
            self.steer(key)

    def _follow(self) -> None:
        """Scroll to the row that the arrows stand on."""
        self._scroll.see_place(self.rows, self.rows.visualRect(self.rows.currentIndex()))

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

    def _stands_now(self, event: Event | None) -> None:
        if event != self._event and not self._pending:
            self._event = event
            self._tell(choose=None)

    def _turn(self, to: Turn) -> None:
        self._part = to
        self._tell()

    def _tell(self, choose: int | None = 0) -> None:
        event, must, look = self._event, self._must(), self.shell.look
        language, now = self.shell.language, self.shell.now()
        part = Turn(must) if must is not None else self._part
        if event is not None and event.ended is not None and part.part == "due":
            part = Turn("up")
        over = event is not None and event.ended is not None
        self.parts.close_all_but(() if must else {name for name, _word in PARTS} - (_WHILE_DOWN if over else set()))
        _ = language.text
        if event is None:
            self.head.setText(_("No outage is declared on this PC"))
        else:
            self.head.setText(telling.headline(event, now, language))
            self.facts.setText(telling.facts(event, self._plan, now, language))
        self.facts.setVisible(event is not None)
        self._tell_band(telling.strip(event, self._plan, now, self.shell.settings.shifts, language))
        began = event.began if event is not None and not over else now
        turned = self.form.ask(part.part, self.shell.person, began=began, about=part.what)
        other, self._shown = turned and part.part != self._shown, part.part
        self.title_line.setText(telling.title(part, event, language))
        self._tell_rows(self._rows(part), 0 if other else choose)
        self.log.tell(() if event is None else telling.log_rows(event, self._plan, now, language), choose=None)
        if other:
            begins = self.title_line if self.form.is_first else self.rows  # what Enter does is in sight
            self._scroll.begin_at(None if part.part in _FIRST or look.scale <= _ROOMY else begins)
        if (choose is not None or other) and not self.form.focus_first():
            self.shell.to_search()

    def _tell_rows(self, rows: tuple[Row, ...], choose: int | None) -> None:
        if choose is None:
            self.rows.retell(rows)
        else:
            self.rows.tell(rows, choose=choose)
        self.rows.fit()

    def _tell_band(self, told: tuple[Mark, str] | None) -> None:
        if told is not None:
            self.band.tell(told[0].word, told[1], told[0].state)
        self.band.setVisible(told is not None)

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
        elif isinstance(target, Turned):
            self._ask(target)
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
            self._wrong_time()
            return
        owner = form.owner or self.shell.person
        systems = tuple(one.id for one in self._plan.systems if one.id in form.systems)
        self._ask(Declares(judged_by=form.who, why=form.words, systems=systems, since=since, owner=owner))

    def _write(self, target: Writes) -> None:
        """An entry, with what stands in the fields."""
        form, moment = self.form, None
        if form.time and (moment := form.moment(self.shell.now())) is None:
            self._wrong_time()
            return
        self._ask(replace(target, who=target.who or form.who, words=target.words or form.words, at=moment))

    def _wrong_time(self) -> None:
        self.band.tell(self.shell.language.text(_TIME), "", State.LATE)
        self._scroll.see(self.band)
        self.form.to_time()

    def _ask(self, wish: Wish) -> None:
        """Have it written, each on a line of its own: none of them makes another void, nor does the page's end."""
        session = self.shell.session
        if session is None or wish in self._pending:  # Enter twice is once
            return
        self._pending.append(wish)
        work = writing(self.shell.settings, session, wish)
        wrote, refused = partial(self._wrote, wish, self.form.key), partial(self._refused, wish)
        self.shell.press.line().ask(work, wrote, refused)

    def _refused(self, wish: Wish, trouble: ReaderError) -> None:
        """Nothing was written, and what was typed stays."""
        self._pending.remove(wish)
        self.shell.tell(trouble)

    def _wrote(self, wish: Wish, key: str, event: Event | None) -> None:
        self._pending.remove(wish)
        self.shell.read_standing()
        if self._left:
            return
        forced = self._must() is not None
        self._event = event
        self.form.taken(key)
        stays = self._part.part in _STAYS
        if not stays and not forced:  # whatever was open before the case was handed over is open again
            self._part = Turn("due")
        self._tell(choose=None if stays and not forced else 0)

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
