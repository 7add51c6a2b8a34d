"""Whom to call, to be read at arm's length: who, and the number in the largest letters of the page; then the rest."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from backupreader.language import Language
from ui.look import BASE, NAME, SMALL, TITLE, Look, State
from ui.telling.whom import Whom
from ui.widgets.ground import Ground
from ui.widgets.label import Label
from ui.widgets.marks import Marks
from ui.widgets.notice import Notice

_NUMBER: Final = 52
_LESS: Final = 40
_WORD: Final = 168  # pixels at 100 %: the column of the words before what they say
_ROOMY: Final = 125  # per cent


class WhomPanel(QWidget):
    """Empty until `tell`. Told the same again it changes nothing, so that nothing moves each minute."""

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._language = look, language
        self._told: Whom | None = None
        self.top = _Top(look)
        self._below = QVBoxLayout()
        self._below.setSpacing(look.px(8))
        self._inside: QWidget | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.px(8))
        layout.addWidget(self.top)
        layout.addLayout(self._below)

    @property
    def told(self) -> Whom | None:
        """What it says."""
        return self._told

    def tell(self, whom: Whom) -> None:
        """Say whom to call."""
        if whom == self._told:
            return
        self._told = whom
        self.top.tell(whom)
        if self._inside is not None:
            self._below.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = self._facts(whom)
        self._below.addWidget(self._inside)

    def _facts(self, whom: Whom) -> QWidget:
        _, look = self._language.text, self._look
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(look.px(28) if look.scale <= _ROOMY else 0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(6))
        after = "\n".join("  ".join(part for part in (one.name, one.number) if part) for one in whom.after)
        self._row(grid, whom.facts[:3])
        if whom.not_for:
            self._forbid(grid, whom.not_for)
        self._row(grid, ((_("Call for"), _list(whom.call_for)),) if whom.call_for else ())
        self._row(grid, whom.facts[3:])
        self._row(grid, ((_("If nobody answers"), after),) if after else (), bold=True)
        self._row(grid, ((_("Meanwhile"), _list(whom.instead)),) if whom.instead else ())
        self._row(grid, ((_("Why this one"), "\n".join(whom.why)),) if whom.why else ())
        return inside

    def _row(self, grid: QGridLayout, facts: tuple[tuple[str, str], ...], *, bold: bool = False) -> None:
        """Each fact beside its word, or under it where the letters are large."""
        look = self._look
        for word, text in facts:
            at = grid.rowCount()
            head = Label(look, word, BASE if look.scale <= _ROOMY else SMALL, quiet=True, wrap=look.scale <= _ROOMY)
            said = Label(look, text, 17 if bold else BASE, bold=bold, wrap=True)
            if look.scale <= _ROOMY:
                head.setMinimumWidth(look.px(_WORD))
                head.setMaximumWidth(look.px(_WORD))
                grid.addWidget(head, at, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(said, at, 1)
            else:
                both = QVBoxLayout()
                both.setSpacing(0)
                both.addWidget(head)
                both.addWidget(said)
                grid.addLayout(both, at, 0, 1, 2)
        grid.setColumnStretch(1, 1)

    def _forbid(self, grid: QGridLayout, not_for: tuple[str, ...]) -> None:
        strip = Notice(self._look, "")
        strip.close_button.hide()
        grid.addWidget(strip, grid.rowCount(), 0, 1, 2)
        strip.tell(self._language.text("Do NOT call this number for:"), _list(not_for), State.STOP)


def _list(parts: tuple[str, ...]) -> str:
    return "\n".join(f"• {part}" for part in parts) if len(parts) > 1 else "".join(parts)


class _Top(Ground):
    """The name, the number and until when, on the ground of their state."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, side=24, top=14)
        roomy = look.scale <= _ROOMY
        self._head = Label(look, " ", BASE, bold=True, wrap=True)
        self._name = Label(look, " ", NAME, bold=True, wrap=True)
        self._number = Label(look, " ", _NUMBER if roomy else _LESS, bold=True, wrap=True)
        self._mail = Label(look, " ", NAME if roomy else TITLE, bold=True, wrap=True)
        self._until = Label(look, " ", 17 if roomy else BASE, wrap=True)
        self._marks = Marks(look, lines=9)
        layout = QVBoxLayout(self)
        above = look.px(14 if roomy else 8)
        layout.setContentsMargins(self.before, above, look.px(16), above)
        layout.setSpacing(look.px(2))
        for widget in (self._head, self._name, self._number, self._mail, self._until, self._marks):
            layout.addWidget(widget)
        self._marks.hide()

    def tell(self, whom: Whom) -> None:
        labels = (self._head, self._name, self._number, self._mail, self._until)
        texts = (whom.head, whom.name, whom.number, whom.mail, whom.until)
        for label, text in zip(labels, texts, strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        self._marks.tell(whom.marks)
        self.setAccessibleName(whom.spoken)
        self.show_state(whom.state, labels)
