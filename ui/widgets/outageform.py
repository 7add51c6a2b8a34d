"""The fields of the outage's page: what is written of an entry besides what was chosen, and when it happened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from backupreader.language import N_, Language
from ui.look import BASE, SMALL, Look
from ui.telling.outage import Part
from ui.widgets.field import Field
from ui.widgets.label import Label

_WHO, _WORDS, _TIME, _OWNER = "who", "words", "time", "owner"
_HAPPENED: Final = N_("When, if not now: hh:mm")
_FIELDS: Final[Mapping[Part, Mapping[str, str]]] = {
    "declare": {
        _WHO: N_("Who judged it critical"),
        _WORDS: N_("Why"),
        _TIME: N_("Since when: hh:mm"),
        _OWNER: N_("Who has the case, if not you"),
    },
    "call": {_WHO: N_("Who was reached"), _WORDS: N_("What was said, a case number"), _TIME: _HAPPENED},
    "decision": {_WORDS: N_("What was decided"), _WHO: N_("Who decided"), _TIME: _HAPPENED},
    "note": {_WORDS: N_("The note"), _TIME: _HAPPENED},
    "happened": {_WORDS: N_("More about it"), _TIME: _HAPPENED},
    "partners": {_TIME: _HAPPENED},
    "units": {_TIME: _HAPPENED},
    "owner": {_WHO: N_("Or the name of somebody else who takes it")},
    "cross": {_WORDS: N_("Why it is crossed out")},
    "up": {_TIME: _HAPPENED},
}
"""The fields of each part, in order."""
_NEEDED: Final[Mapping[Part, tuple[str, ...]]] = {
    "declare": (_WHO, _WORDS),
    "decision": (_WORDS, _WHO),
    "note": (_WORDS,),
    "cross": (_WORDS,),
}
_BEGINS_IN: Final[frozenset[Part]] = frozenset({"declare", "decision", "note", "cross", "owner"})
"""Where the first key belongs to a field."""
_LONGEST: Final = 10_000
_CLOCK: Final = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
_ROOMY: Final = 125  # per cent


@dataclass(frozen=True, slots=True)
class Drafts:
    """What is written and not taken yet, of each part; and which systems are down, before it is declared."""

    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]], repr=False)
    systems: frozenset[str] = frozenset()


class OutageForm(QWidget):
    """`entered`: Enter in a field. `steered`: a key for the rows under it.

    What is written stays with its part until it was taken, whichever other parts are gone to meanwhile.
    """

    entered = Signal()
    steered = Signal(Qt.Key)

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._part: Part | None = None
        self._drafts: dict[str, Mapping[str, str]] = {}
        self.key = ""
        self.systems: frozenset[str] = frozenset()
        self.fields = {name: Field() for name in (_WHO, _WORDS, _TIME, _OWNER)}
        self._labels = {name: Label(look, " ", SMALL, quiet=True, wrap=True) for name in self.fields}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(12))
        self._grid.setVerticalSpacing(look.px(2))
        self._across = 2 if look.scale <= _ROOMY else 1
        for name, line in self.fields.items():
            line.setFont(look.font(BASE))
            line.setMaxLength(_LONGEST)
            line.installEventFilter(self)
            line.returnPressed.connect(self.entered)
            for widget in (self._labels[name], line):
                widget.setParent(self)
                widget.hide()

    def ask(self, part: Part, person: str, *, began: datetime, about: str = "") -> bool:
        """Show the fields of a part, with what was written there; `began` is when it began, where nothing else is said.

        `about` is the entry that is crossed out. False where that is shown already: then nothing changes.
        """
        key = f"{part} {about}" if part == "cross" else part
        if key == self.key:
            return False
        self._put_away()
        self._part, self.key, shown = part, key, _FIELDS.get(part, {})
        for name, line in self.fields.items():
            for widget in (self._labels[name], line):
                self._grid.removeWidget(widget)
                widget.hide()
        for number, (name, word) in enumerate(shown.items()):
            row, column = number // self._across * 2, number % self._across
            self._labels[name].setText(self._language.text(word))
            self.fields[name].setAccessibleName(self._language.text(word))
            self._grid.addWidget(self._labels[name], row, column)
            self._grid.addWidget(self.fields[name], row + 1, column)
            self._labels[name].show()
            self.fields[name].show()
        written = self._drafts.pop(key, {_WHO: person} if part == "decision" else {})
        for name, line in self.fields.items():
            line.setText(written.get(name, ""))
        self.fields[_TIME].setPlaceholderText(self._language.clock(began) if part == "declare" else "")
        self.setVisible(bool(shown))
        return True

    def taken(self, key: str) -> None:
        """What was written under a `key` stands in the log now."""
        if key == "declare":
            self.systems = frozenset()
        if key == self.key:
            self.key, self._part = "", None
        self._drafts.pop(key, None)

    def drafts(self) -> Drafts:
        """Everything that is written and not taken."""
        self._put_away()
        return Drafts(dict(self._drafts), self.systems)

    def bring_back(self, drafts: Drafts) -> None:
        """What was written before the page was left; before `ask`."""
        self._drafts, self.systems = dict(drafts.texts), drafts.systems

    def _put_away(self) -> None:
        written = {name: line.text() for name, line in self.fields.items() if line.text()}
        if self.key and written:
            self._drafts[self.key] = written

    def turn(self, system: str) -> None:
        """A system is down, or is not."""
        self.systems ^= {system}

    @property
    def who(self) -> str:
        """Who is named."""
        return self._text(_WHO)

    @property
    def words(self) -> str:
        """What was written."""
        return self._text(_WORDS)

    @property
    def owner(self) -> str:
        """Who has the case."""
        return self._text(_OWNER)

    @property
    def time(self) -> str:
        """The time, as it was written."""
        return self._text(_TIME)

    def moment(self, now: datetime) -> datetime | None:
        """The last time that the clock stood there; None where it is no time. `now` has the site's zone."""
        match = _CLOCK.fullmatch(self.time)
        if match is None:
            return None
        clock = now.replace(hour=int(match[1]), minute=int(match[2]), second=0, microsecond=0)
        stood = ((clock - timedelta(days=days)).replace(fold=fold) for days in (0, 1) for fold in (1, 0))
        last = next(one for one in stood if one.timestamp() <= now.timestamp())  # instants: an hour may come twice
        return datetime.fromtimestamp(last.timestamp(), now.tzinfo)

    def to_time(self) -> None:
        """Back to the time, which cannot be read."""
        self.fields[_TIME].setFocus()
        self.fields[_TIME].selectAll()

    def to_next(self) -> bool:
        """Go to the first field that must be filled and is not."""
        for name in _NEEDED.get(self._part, ()) if self._part is not None else ():
            if not self._text(name):
                self.fields[name].setFocus()
                return True
        return False

    @property
    def is_first(self) -> bool:
        """Does the first key belong to a field?"""
        return self._part in _BEGINS_IN

    def focus_first(self) -> bool:
        """Into the first field, where the first key belongs to one."""
        if self._part is None or not self.is_first:
            return False
        shown = _FIELDS[self._part]
        self.fields[next((name for name in shown if not self._text(name)), next(iter(shown)))].setFocus()
        return True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Up and down go to the rows."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
                self.steered.emit(key)
                return True
        return False

    def _text(self, name: str) -> str:
        shown = self._part is not None and name in _FIELDS.get(self._part, {})
        return self.fields[name].text().strip() if shown else ""
