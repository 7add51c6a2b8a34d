"""What of the timeline is seen: how many days, whose role, which kind, a word. One key each; one key clears all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.language import Language
from ui.look import SMALL, Look
from ui.sieve import OPEN, SPANS, Sieve
from ui.widgets.button import button
from ui.widgets.field import Field
from ui.widgets.hints import Hints

_LEAST: Final = 110  # pixels at 100 %: the narrowest that a word can be written in
_LINES: Final = 3
_DAYS, _ROLE, _KIND, _WORD, _CLEAR = "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7"
_LONGEST: Final = 100
_LEAVING: Final = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter})
T = TypeVar("T")


class SieveBar(QWidget):
    """`changed` tells the sieve that was chosen, `left` that she goes on to the list.

    A press goes on to the next choice, and after the last to all.
    """

    changed = Signal(object)
    left = Signal()

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._sieve = OPEN
        self._roles: tuple[str, ...] = ()
        self._kinds: tuple[str, ...] = ()
        self.days, self.role, self.kind, self.clear = (button("") for _ in range(4))
        self.word = Field()
        self.word.setMaxLength(_LONGEST)
        self.word.setFont(look.font(SMALL))
        self.word.setAccessibleName(language.text("Only lines with this word"))
        Hints(self.word).tell(f"{language.text('Only lines with this word')}  {_WORD}", _WORD)
        self.word.textEdited.connect(self._written)
        self.word.installEventFilter(self)
        for made, key, slot in (
            (self.days, _DAYS, self._next_days),
            (self.role, _ROLE, self._next_role),
            (self.kind, _KIND, self._next_kind),
            (self.clear, _CLEAR, self._all),
        ):
            made.setFont(look.font(SMALL))
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.clicked.connect(slot)
            QShortcut(QKeySequence(key), self).activated.connect(made.click)
        QShortcut(QKeySequence(_WORD), self).activated.connect(self.word.setFocus)
        self._least, self._gap = look.px(_LEAST), look.px(6)
        self._lines = tuple(QHBoxLayout() for _ in range(_LINES))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, look.px(2), 0, 0)
        layout.setSpacing(look.px(4))
        for line in self._lines:
            line.setSpacing(self._gap)
            layout.addLayout(line)
        self._arranged: tuple[int, ...] = ()
        self._arrange()

    def tell(self, sieve: Sieve, roles: Sequence[str], kinds: Sequence[tuple[str, str]]) -> None:
        """Show what holds; `roles` and `kinds` (key and word) are what can be chosen of."""
        _ = self._language.text
        self._sieve, self._roles, self._kinds = sieve, tuple(roles), tuple(key for key, _word in kinds)
        days = self._language.count("{n} day", "{n} days", sieve.days)
        role = sieve.role or _("all roles")
        kind = dict(kinds).get(sieve.kind) or sieve.kind or _("all kinds")
        words = ((self.days, days, _DAYS), (self.role, role, _ROLE), (self.kind, kind, _KIND))
        for made, word, key in (*words, (self.clear, _("Show all"), _CLEAR)):
            made.setText(f"{word}  {key}".replace("&", "&&"))
            made.setAccessibleName(word)
        for made, held in ((self.role, sieve.role), (self.kind, sieve.kind)):
            made.setCheckable(True)
            made.setChecked(bool(held))
        self.role.setEnabled(bool(roles))
        self.clear.setEnabled(sieve.filters)
        if self.word.text() != sieve.word:
            self.word.setText(sieve.word)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width may need other lines."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Each in the first line that has room for it, in their order: no word of theirs is cut."""
        parts: tuple[QWidget, ...] = (self.days, self.role, self.kind, self.word, self.clear)
        line, used = 0, 0
        found: list[int] = []
        for part in parts:
            wide = self._gap + (self._least if part is self.word else part.sizeHint().width())
            if used and used + wide > self.width() + self._gap and line < _LINES - 1:
                line, used = line + 1, 0
            used += wide
            found.append(line)
        if tuple(found) == self._arranged:
            return
        self._arranged = tuple(found)
        for made in self._lines:
            while made.takeAt(0) is not None:
                pass
        for part, number in zip(parts, found, strict=True):
            self._lines[number].addWidget(part, 1 if part is self.word else 0)
        for number, made in enumerate(self._lines):
            if number != found[parts.index(self.word)] and made.count():
                made.addStretch(1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Keys of the word's field that it has no use for belong to the list under it."""
        if watched is self.word and isinstance(event, QKeyEvent) and _leaves(event):
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def _next_days(self) -> None:
        self._change(replace(self._sieve, days=_following(SPANS, self._sieve.days)))

    def _next_role(self) -> None:
        self._change(replace(self._sieve, role=_following(("", *self._roles), self._sieve.role)))

    def _next_kind(self) -> None:
        self._change(replace(self._sieve, kind=_following(("", *self._kinds), self._sieve.kind)))

    def _written(self, word: str) -> None:
        self._change(replace(self._sieve, word=word))

    def _all(self) -> None:
        self._change(Sieve(days=self._sieve.days))

    def _change(self, sieve: Sieve) -> None:
        self.changed.emit(sieve)


def _leaves(event: QKeyEvent) -> bool:
    return event.type() == QEvent.Type.KeyPress and event.key() in _LEAVING


def _following(choices: Sequence[T], here: T) -> T:
    """The choice after this one, the first after the last, and where this one is none of them."""
    at = choices.index(here) + 1 if here in choices else 0
    return choices[at % len(choices)]
