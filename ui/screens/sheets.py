"""Sheets of paper: scan one anywhere on this page, and it says what it is and what is next; and whose are still out.

A hand scanner types the number into the search box, and Enter. Enter with nothing in the box takes the step that is
chosen. F2 says what each scan does: it only shows the sheet, or takes one step of it at once, sheet after sheet.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.domain.ledger import Account, Step, StepName
from backupreader.domain.sheetlists import report
from backupreader.domain.sheets import Serial, resembles, serial
from backupreader.domain.sheetwords import DOES, MISREAD
from backupreader.language import N_
from ui.accounting import Stand, Wanted, ending, standing, stepping
from ui.look import NAME, SMALL, TITLE, State
from ui.rows import Mark
from ui.screen import Screen
from ui.sheetpapers import making_paper
from ui.telling.sheets import Does, counted, facts, list_rows, mark, named, step_rows
from ui.widgets.button import button
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.widgets.marks import Marks
from ui.widgets.middle import Middle
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from backupreader.store.ledger import Done
    from printing.jobs import Printer
    from ui.pages import Pages
    from ui.shell import Shell

_SCAN: Final = N_("Scan a sheet, or type its number and press Enter.")
_KEYS: Final = N_("Scan, or number and Enter     Step  ↑ ↓  Enter     Each scan  F2     List  Page Up  Page Down")
_EACH: Final[tuple[StepName | None, ...]] = (None, "returned", "scanned", "checked", "shredded")
"""What a scan does at once; what is entered is asked about one by one."""
_LONGEST: Final = 200
_CLOCK: Final = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")


class SheetsScreen(Screen):
    """See the module."""

    name = "sheets"
    sentence = N_("Sheets of paper")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._line, self._press = self.ask_line(), self.press_line()
        self._stand: Stand | None = None
        self._shown: Serial | None = None
        self._written = ""
        self._each: StepName | None = None
        self.count = Label(look, " ", TITLE, bold=True, wrap=True)
        self.what = Label(look, _(_SCAN), NAME, bold=True, wrap=True)
        self.state = Marks(look, 17)
        self.facts = Label(look, " ", 16, wrap=True)
        self.steps = RowList(look, _("What is done with it"), title=15)
        self.each = button(" ")
        self.remark, self.behalf, self.time = Field(), Field(), Field()
        self.list = RowList(look, _("Sheets to be entered or checked"), title=15)
        self._dress()
        self._lay_out()

    def _dress(self) -> None:
        look, _ = self.shell.look, self.shell.language.text
        for field, name in (
            (self.remark, _("Remark")),
            (self.behalf, _("Done by, if not by you")),
            (self.time, _("Done at, if not now: hh:mm")),
        ):
            field.setAccessibleName(name)
            field.setFont(look.font(16))
            field.setMaxLength(_LONGEST)
            field.returnPressed.connect(self._scanned_into_a_field)
        self.each.clicked.connect(self._turn_each)
        QShortcut(QKeySequence("F2"), self).activated.connect(self._turn_each)
        self.steps.opened.connect(self._take_step)
        self.list.opened.connect(self._show_sheet)
        self._tell_each()

    def _lay_out(self) -> None:
        look = self.shell.look
        column = QWidget()
        left = QVBoxLayout(column)
        left.setContentsMargins(look.px(19), look.px(10), look.px(16), look.px(16))
        left.setSpacing(look.px(6))
        keys = Label(look, self.shell.language.text(_KEYS), SMALL, quiet=True, wrap=True)
        for widget in (keys, self.count, self.each, self.what, self.state, self.facts, self.steps):
            left.addWidget(widget)
        for field in (self.remark, self.behalf, self.time):
            left.addWidget(Label(look, field.accessibleName(), SMALL, quiet=True, wrap=True))
            left.addWidget(field)
        left.addStretch(1)
        self._scroll = Middle(column, left=True)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._scroll, 3)
        across.addWidget(self.list, 2)
        self.steps.hide()

    def enter(self, what: object) -> None:
        """Ask how all sheets stand; with a number, show that one."""
        if isinstance(what, Serial):
            self._shown = what
        self._line.ask(standing(self.shell.settings, self.shell.language), self._stands, self.shell.tell)

    def remembered(self) -> object:
        """Which sheet is shown."""
        return self._shown

    def minute(self) -> None:
        """Times are told anew."""
        if self._stand is not None:
            self._tell()

    def searched(self, words: str) -> bool:
        """What is written waits for Enter, which ends a scan."""
        self._written = words
        return True

    def steer(self, key: Qt.Key) -> bool:
        """Enter scans what is written, or takes the chosen step; arrows choose one, the page keys scroll the list."""
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._written.strip():
            words, self._written = self._written, ""
            self.shell.write_search("")
            self._scan(words)
            return True
        if key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown} or self.steps.isHidden():
            return self.list.steer(key)
        return self.steps.steer(key)

    def _scan(self, words: str) -> None:
        number = serial(words)
        if number is None and not resembles(words):
            self.shell.go("find", words)
        elif number is None:
            self._say(self.shell.language.text(MISREAD), State.LATE)
        elif self._each is not None:
            self._ask((number,), Does(self._each, self.remark.text().strip()))
        else:
            self._show_sheet(number)

    def _scanned_into_a_field(self) -> None:
        """A scanner types wherever the focus is: a number is no remark."""
        field = self.sender()
        assert isinstance(field, Field)
        text = field.text()
        if serial(text) is not None or resembles(text):
            field.clear()
            self._scan(text)
        self.shell.to_search()

    def _stands(self, stand: Stand) -> None:
        self._stand = stand
        self._tell()

    def _tell(self) -> None:
        stand, language, rules, now = self._stand, self.shell.language, self.shell.settings.sheets, self.shell.now()
        if stand is None:
            return
        found = report(stand.accounts, None, rules)
        self.count.setText(counted(found, language))
        self.list.tell(list_rows(found, stand, now, language), choose=None)
        account = self._account
        self.steps.setVisible(account is not None)
        if account is None:
            return
        self.what.setText(named(account, stand, language))
        self.state.tell((mark(account, language),))
        self.facts.setText(facts(account, rules, now, language))
        step = Step(name="returned", at=now, kept=now, by=self.shell.person)
        self.steps.tell(step_rows(account, step, rules, language))
        self.steps.fit()

    @property
    def _account(self) -> Account | None:
        if self._stand is None or self._shown is None:
            return None
        return self._stand.accounts.by_serial.get(self._shown)

    def _show_sheet(self, target: object) -> None:
        if not isinstance(target, Serial):
            self._print(str(target))
            return
        if self._stand is not None and target not in self._stand.accounts.by_serial:
            unknown = self.shell.language.text("This PC has not printed a sheet with that number.")
            self._say(f"{target}: {unknown}", State.STOP)
            return
        self._shown = target
        self._tell()
        self.shell.to_search()

    def _print(self, name: str) -> None:
        """One of the papers, on the usual printer."""
        session = self.shell.session
        if self._stand is not None and session is not None:
            shell = self.shell
            work = making_paper(shell.settings, session, shell.language, self._stand, name)
            self._press.ask(work, self._made, shell.tell)

    def _made(self, made: tuple[Pages, Printer]) -> None:
        self.shell.send(*made)

    def _say(self, sentence: str, state: State) -> None:
        """In place of a sheet: in large type, with a mark, since eyes are on the scanner."""
        self._shown = None
        self.what.setText(sentence)
        self.state.tell((Mark(self.shell.language.text("NOT TAKEN"), state),))
        self.facts.setText(" ")
        self.steps.hide()
        self.shell.to_search()

    def _take_step(self, target: object) -> None:
        account = self._account
        if account is None or not isinstance(target, Does):
            return
        number = account.sheet.serial
        if target.jammed:
            work = ending(self.shell.settings, self.shell.language, account.job.first, "jam", number)
            self._line.ask(work, self._ended, self.shell.tell)
            return
        remark = "; ".join(part for part in (target.remark, self.remark.text().strip()) if part)
        if target.name == "struck" and not remark:
            self.remark.setFocus()
            return
        self._ask((number,), Does(target.name, remark, target.in_app))

    def _ask(self, serials: tuple[Serial, ...], does: Does) -> None:
        """Have a step taken, with what stands in the fields."""
        at, text = None, self.time.text().strip()
        if text and (at := self._time(text)) is None:
            self._say(self.shell.language.text("The time is written as hh:mm, such as 02:10."), State.LATE)
            return
        wanted = Wanted(
            serials=serials,
            name=does.name,
            remark=does.remark,
            behalf=self.behalf.text(),
            in_app=does.in_app,
            at=at,
        )
        self._line.ask(stepping(self.shell.settings, self.shell.language, wanted), self._done, self.shell.tell)

    def _time(self, text: str) -> datetime | None:
        """The last time that the clock stood there."""
        now = self.shell.now()
        match = _CLOCK.fullmatch(text)
        if match is None:
            return None
        moment = now.replace(hour=int(match[1]), minute=int(match[2]), second=0, microsecond=0)
        return moment if moment <= now else moment - timedelta(days=1)

    def _done(self, answer: tuple[Done, Stand]) -> None:
        done, self._stand = answer
        for number, why in done.refused:
            self._tell()
            self._say(f"{number}: {why.told(self.shell.language)}", State.STOP)
            return
        self._shown = done.taken[0].sheet.serial
        self.remark.clear()
        self._tell()
        self.shell.to_search()

    def _ended(self, answer: tuple[int, Stand]) -> None:
        struck, self._stand = answer
        self._tell()
        sentence = self.shell.language.count(
            "{n} sheet is struck, because it never left the printer.",
            "{n} sheets are struck, because they never left the printer.",
            struck,
        )
        self.facts.setText(f"{self.facts.text()}\n{sentence}")

    def _turn_each(self) -> None:
        self._each = _EACH[(_EACH.index(self._each) + 1) % len(_EACH)]
        self._tell_each()
        self.shell.to_search()

    def _tell_each(self) -> None:
        _ = self.shell.language.text
        does = _("only shows the sheet") if self._each is None else _(DOES[self._each])
        text = _("Each scan: {does}  F2").format(does=does)
        self.each.setText(text)
        self.each.setAccessibleName(text)


SCREEN: Final = SheetsScreen
