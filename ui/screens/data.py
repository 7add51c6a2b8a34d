"""The data and its age: what each source delivered and when, what did not come or could not be read, and the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from backupreader.domain.acts import stamp
from backupreader.domain.barriers import WHOLE_AREA
from backupreader.domain.issues import sentence
from backupreader.domain.records import Delivery, Issue, Receipt
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_
from printing import tablewords
from ui.chapter import LEFT_OUT, View
from ui.clock import taken
from ui.look import State
from ui.rows import Kind, Mark, Row
from ui.screen import Screen
from ui.telling.generations import ToGeneration, ToScreen, choosing, former_rows, generation_rows
from ui.telling.receipts import receipt_rows
from ui.widgets.agepanel import AgePanel
from ui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from backupreader.store.choosable import Choosable
    from backupreader.store.reader import Reader
    from ui.shell import Shell

_ISSUES: Final = 200
_SEVERITY: Final = {
    "note": (N_("LEFT UNREAD"), State.QUIET),
    "warning": (N_("DOUBTFUL"), State.LATE),
    "error": (N_("NOT READ"), State.STOP),
}


@dataclass(frozen=True, slots=True)
class _Known:
    deliveries: tuple[Delivery, ...]
    issues: tuple[Issue, ...]
    counts: Mapping[str, int]
    left_out: tuple[str, ...]
    receipts: tuple[Receipt, ...]


class DataScreen(Screen):
    """See the module."""

    name = "data"
    sentence = N_("The data and its age")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._known: _Known | None = None
        self._choosable: tuple[Choosable, ...] | None = None
        self.age = AgePanel(shell.look)
        self.list = RowList(shell.look, shell.language.text("What was delivered"), quiet=True)
        self.list.opened.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.age)
        layout.addWidget(self.list, 1)

    def enter(self, _what: object) -> None:
        """Ask what was delivered, and which data there is to choose from."""
        self.ask_line().ask(_knowing, self._read, self._refused)
        self.press_line().ask(choosing(self.shell.settings), self._found, self._refused)
        self.minute()

    def steer(self, key: Qt.Key) -> bool:
        """Arrows choose and scroll, Enter opens other data."""
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self.list.hasFocus():
            self.list.setFocus()  # where the arrows stand is seen before anything is opened
            return True
        return self.list.steer(key)

    def minute(self) -> None:
        """Tell the ages anew."""
        shell = self.shell
        newest = not shell.older and not (shell.info is not None and shell.info.fallback)
        self.age.tell(shell.open_standing, shell.settings, shell.now(), shell.language, newest=newest)
        self._show()

    def _read(self, known: _Known) -> None:
        self._known = known
        self._show()

    def _found(self, found: tuple[Choosable, ...]) -> None:
        self._choosable = found
        self._show()

    def _open(self, target: object) -> None:
        if isinstance(target, ToGeneration):
            self.shell.choose(target.name)
        elif isinstance(target, ToScreen):
            self.shell.go(target.name)

    def _here_rows(self, found: tuple[Choosable, ...]) -> list[Row]:
        """Who is at this PC, where its log stands, and which data it holds."""
        language, info, session = self.shell.language, self.shell.info, self.shell.session
        if info is None or session is None:
            return []
        actor = session.actor
        units = [
            unit if unit != WHOLE_AREA else language.text("the whole area") for unit in actor.units or (WHOLE_AREA,)
        ]
        who = ", ".join(part for part in (actor.name, actor.role, *units) if part)
        log = language.text("Log {anchor}").format(anchor=stamp(session.anchor, language))
        said = language.text("Unlocked by {person}").format(person=who)
        here = self.shell.standing.here if self.shell.standing is not None else None
        opened = f"{info.epoch:016d}-{info.seq:016d}"
        view = View(now=self.shell.now(), language=language)
        first = former_rows(found, info, view, older=self.shell.older)
        return [
            *first,
            Row(title=log, details=(said,)),
            *generation_rows(found, here.lost if here else (), opened, view),
        ]

    def _show(self) -> None:
        """All of it at once, when both have answered: rows that come later would push others away."""
        language, known = self.shell.language, self._known
        if known is None or self._choosable is None:
            return
        rows = self._here_rows(self._choosable)
        rows.append(Row(kind=Kind.HEADING, title=language.text("What was delivered")))
        for table in tablewords.TABLES:
            delivered = [delivery for delivery in known.deliveries if delivery.table == table]
            rows += [self._delivery_row(delivery) for delivery in delivered]
            if table in known.left_out:
                rows.append(Row(title=tablewords.table(table, language), details=(language.text(LEFT_OUT),)))
            elif not delivered:
                mark = Mark(language.text("NOT DELIVERED"), State.LATE)
                nothing = language.text("No source sent this: nothing is known.")
                rows.append(Row(title=tablewords.table(table, language), details=(nothing,), marks=(mark,)))
        if known.issues:
            rows.append(Row(kind=Kind.HEADING, title=language.text("What could not be read, or only with doubt")))
            rows += [_issue_row(issue, self.shell) for issue in known.issues]
        troubled = {issue.file for issue in known.issues if issue.severity == "error"}
        rows += receipt_rows(known.receipts, troubled, language)
        self.list.tell(tuple(rows))

    def _delivery_row(self, delivery: Delivery) -> Row:
        language = self.shell.language
        marks: list[Mark] = []
        if delivery.complete is False:
            marks.append(Mark(language.text("INCOMPLETE: some of it did not come"), State.LATE))
        if delivery.refused:
            marks.append(Mark(language.count("{n} row refused", "{n} rows refused", delivery.refused), State.LATE))
        return Row(
            title=tablewords.table(delivery.table, language),
            details=(taken(delivery, self.shell.now(), language),),
            aside=language.count("{n} row", "{n} rows", delivery.filed),
            marks=tuple(marks),
        )

    def _refused(self, trouble: ReaderError) -> None:
        self.shell.tell(trouble)


def _issue_row(issue: Issue, shell: Shell) -> Row:
    language = shell.language
    word, state = _SEVERITY[issue.severity]
    place = " · ".join(
        part
        for part in (issue.file, language.text("row {n}").format(n=issue.row) if issue.row else "", issue.column)
        if part
    )
    return Row(
        title=sentence(issue, language),
        details=(place,),
        marks=(Mark(language.text(word), state),),
    )


def _knowing(reader: Reader) -> _Known:
    return _Known(reader.deliveries(), reader.issues(_ISSUES), reader.counts(), reader.left_out(), reader.receipts())


SCREEN: Final = DataScreen
