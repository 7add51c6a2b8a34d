"""The fields of the outage's page: what is written of an entry besides what was chosen, and when it happened."""

from __future__ import annotations

import re
from collections.abc import Mapping
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


class OutageForm(QWidget):
    """`entered`: Enter in a field. `steered`: a key for the rows under it."""

    entered = Signal()
    steered = Signal(Qt.Key)

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._part: Part | None = None
        self.systems: frozenset[str] = frozenset()
        self.fields = {name: Field() for name in (_WHO, _WORDS, _TIME, _OWNER)}
        self._labels = {name: Label(look, " ", SMALL, quiet=True, wrap=True) for name in self.fields}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(12))
        self._grid.setVerticalSpacing(look.px(2))
        self._across = 2 if look.scale <= _ROOMY else 1
        for name, field in self.fields.items():
            field.setFont(look.font(BASE))
            field.setMaxLength(_LONGEST)
            field.installEventFilter(self)
            field.returnPressed.connect(self.entered)
            for widget in (self._labels[name], field):
                widget.setParent(self)
                widget.hide()

    def ask(self, part: Part, person: str, *, began: datetime) -> None:
        """Show the fields of a part; `began` is when it began, where nothing else is said.

        What is written in them stays while the part is the same.
        """
        if part == self._part:
            return
        self._part, shown = part, _FIELDS.get(part, {})
        for name, field in self.fields.items():
            for widget in (self._labels[name], field):
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
        if part == "decision":
            self.fields[_WHO].setText(person)
        self.fields[_TIME].setPlaceholderText(self._language.clock(began) if part == "declare" else "")
        self.setVisible(bool(shown))

    def clear(self) -> None:
        """Everything was taken, or is not wanted."""
        self._part, self.systems = None, frozenset()
        for field in self.fields.values():
            field.clear()

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
        """The last time that the clock stood there; None where it is no time."""
        match = _CLOCK.fullmatch(self.time)
        if match is None:
            return None
        moment = now.replace(hour=int(match[1]), minute=int(match[2]), second=0, microsecond=0)
        return moment if moment <= now else moment - timedelta(days=1)

    def to_next(self) -> bool:
        """Go to the first field that must be filled and is not."""
        for name in _NEEDED.get(self._part, ()) if self._part is not None else ():
            if not self._text(name):
                self.fields[name].setFocus()
                return True
        return False

    def focus_first(self) -> bool:
        """Into the first field, where the first key belongs to one."""
        if self._part is None or self._part not in _BEGINS_IN:
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
