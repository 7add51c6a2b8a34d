"""The bar of the driving lists: which shift, by route or by carer, how much text, and what else there is, by keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from backupreader.domain.shifts import Name, Shift
from backupreader.language import N_, Language
from printing.wording import shift_hours
from ui.look import SMALL, Look, State
from ui.rows import Mark
from ui.widgets.button import button
from ui.widgets.label import Label
from ui.widgets.marks import Marks

_ROOMY: Final = 125  # per cent
SHORT: Final[dict[Name, str]] = {"day": N_("Day"), "evening": N_("Evening"), "night": N_("Night")}
_KEYS: Final = ("F2", "F3", "F4", "F5", "F12")


class ShiftBar(QWidget):
    """Five buttons, each with its key, which works wherever the focus is; and the line that says what is held."""

    shift = Signal()
    by = Signal()
    text = Signal()
    overview = Signal()
    readiness = Signal()

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._wordings: tuple[tuple[str, ...], ...] = ()
        self._roomy = look.scale <= _ROOMY
        leading = _KEYS[3:]  # to another page
        kinds = ("plain" if key in leading or not self._roomy else "" for key in _KEYS)
        self.buttons = tuple(button("", kind=kind) for kind in kinds)
        self.line = Marks(look)
        self.line.hide()
        layout = self._across = QGridLayout(self)
        layout.setContentsMargins(look.px(16), look.px(6), look.px(16), 0)
        layout.setSpacing(look.px(8))
        signals = (self.shift, self.by, self.text, self.overview, self.readiness)
        for number, (made, signal, key) in enumerate(zip(self.buttons, signals, _KEYS, strict=True)):
            made.setFont(look.font() if self._roomy else look.font(SMALL))
            made.clicked.connect(signal)
            QShortcut(QKeySequence(key), self).activated.connect(made.click)
            layout.addWidget(made, 0, number)
        layout.setColumnStretch(len(_KEYS), 1)
        layout.addWidget(self.line, 1, 0, 1, len(_KEYS) + 1)

    def tell(self, shift: Shift, *, by_carer: bool, whole: bool) -> None:
        """Say what is seen now, and what each key does."""
        _ = self._language.text
        words = (
            shift_hours(shift, self._language),
            _("By carer") if by_carer else _("By route"),
            _("All text") if whole else _("Two lines"),
            _("Overview"),
            _("Weekend and holidays"),
        )
        by = _("Carers") if by_carer else _("Routes")
        short = (_(SHORT[shift.name]), by, _("Text"), _("Overview"), _("Weekend"))
        for made, word, key in zip(self.buttons, words, _KEYS, strict=True):
            made.setAccessibleName(f"{word}, {key}")
        self._wordings = (words, short) if self._roomy else (short,)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width may have room for other words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Write the longer words where there is room for all of them."""
        around, gap = self._across.contentsMargins(), self._across.spacing()
        for words in self._wordings:
            for made, word, key in zip(self.buttons, words, _KEYS, strict=True):
                made.setText(f"{word}  {key}".replace("&", "&&"))
            needs = sum(made.sizeHint().width() + gap for made in self.buttons)
            if needs + around.left() + around.right() <= self.width():
                return

    def tell_readiness(self, mark: Mark) -> None:
        """Say what is held; large letters leave room only for what is not as it should be."""
        self.line.tell((mark,) if self._roomy or mark.state is not State.GOOD else ())


def keys_hint(look: Look, language: Language, width: int) -> Label:
    """The keys of the lists, and where what is not on them stands."""
    keys = language.text("← → day   ↑ ↓ route   Enter read   Page Up, Page Down scroll")
    medicine = language.text("Medicine by the clock stands on the citizen's page.")
    hint = Label(look, f"{keys}\n{medicine}", SMALL, quiet=True, wrap=True)
    hint.setContentsMargins(look.px(19), look.px(4), look.px(8), look.px(8))
    hint.setMaximumWidth(width)
    return hint
