"""Asks, in the page and never in a dialog, why something behind a barrier must be seen: one press, or a few words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.domain.barriers import REASONS, Barrier
from backupreader.language import N_, Language
from ui.look import NAME, SMALL, Look
from ui.rows import Row
from ui.widgets.button import button
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.widgets.middle import Middle
from ui.widgets.rowlist import RowList

ASKED: Final = {
    Barrier.OTHER_UNIT: N_("This is not your own unit's."),
    Barrier.PRIVATE: N_("She has asked that this medicine is private."),
    Barrier.PROTECTED: N_("The address is protected: somebody may be looking for her."),
}
_LONGEST: Final = 200


class ReasonPanel(QWidget):
    """Who, why it is kept back, and the reasons. `stated` tells the one that was chosen.

    It is away until `ask`, and what is in it is made then: most pages never ask.
    """

    stated = Signal(object)

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._language = look, language
        self.barrier = Barrier.OTHER_UNIT
        self._made = False
        self.hide()

    def _make(self) -> None:
        look, _ = self._look, self._language.text
        self._made = True
        self._who = Label(look, " ", NAME, bold=True, wrap=True)
        self._unit = Label(look, " ", 16, wrap=True)
        self._sentence = Label(look, " ", wrap=True)
        written = Label(look, _("Say why you need to see it. It is shown at once, and written down."), wrap=True)
        self.reasons = RowList(look, _("Why you need to see it"), lead=40)
        self.other = Field()
        self.other.setAccessibleName(_("Another reason"))
        self.other.setPlaceholderText(_("Another reason, in a few words"))
        self.other.setMaxLength(_LONGEST)
        self.other.setFont(look.font(16))
        self.state_other = button(_("Show it  Enter"), name=_("Show it for this reason"))
        self._keys = Label(look, " ", SMALL, quiet=True, wrap=True)
        column = QWidget()
        column.setMaximumWidth(look.px(860))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Middle(column, left=True))
        layout = QVBoxLayout(column)
        layout.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        layout.setSpacing(look.px(6))
        for label in (self._who, self._unit, self._sentence, written):
            layout.addWidget(label)
        layout.addSpacing(look.px(6))
        layout.addWidget(self.reasons)
        across = QHBoxLayout()
        across.setContentsMargins(look.px(16), look.px(6), 0, 0)
        across.addWidget(self.other, 1)
        across.addWidget(self.state_other)
        layout.addLayout(across)
        layout.addWidget(self._keys)
        layout.addStretch(1)
        self.reasons.tell(
            tuple(Row(lead=str(key), title=_(reason), target=reason) for key, reason in enumerate(REASONS, start=1)),
            choose=None,
        )
        self.reasons.opened.connect(self.stated)
        self.other.returnPressed.connect(self._state_other)
        self.state_other.clicked.connect(self._state_other)
        for key in range(1, len(REASONS) + 1):
            shortcut = QShortcut(QKeySequence(str(key)), self.reasons)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._state_by_key)

    def ask(self, barrier: Barrier, *, who: str = "", unit: str = "", sentence: str = "", focus: bool = True) -> None:
        """Ask for a reason. None is chosen yet: an Enter too many states nothing."""
        if not self._made:
            self._make()
        _ = self._language.text
        self.barrier = barrier
        for label, text in (
            (self._who, who),
            (self._unit, unit),
            (self._sentence, sentence or _(ASKED[barrier])),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self.setAccessibleName(" ".join(part for part in (who, unit, self._sentence.text()) if part))
        first = "" if focus else _("Enter, then") + "   "
        self._keys.setText(f"{first}1–4   ↑ ↓   Enter   Tab   Esc {_('Back')}")
        self.other.clear()
        self.reasons.clearSelection()
        self.show()
        self.reasons.fit()
        if focus:
            self.reasons.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width may need another height."""
        super().resizeEvent(event)
        if self._made:
            self.reasons.fit()

    @property
    def words(self) -> str:
        """All that it says; empty while it is away."""
        return "" if self.isHidden() else self.accessibleName()

    def steer(self, key: Qt.Key) -> bool:
        """Arrows and Enter, from the search box."""
        return self.reasons.steer(key)

    def _state_by_key(self) -> None:
        shortcut = self.sender()
        assert isinstance(shortcut, QShortcut)
        self.stated.emit(REASONS[int(shortcut.key().toString()) - 1])

    def _state_other(self) -> None:
        reason = " ".join(self.other.text().split())
        if reason:
            self.stated.emit(reason)
        else:
            self.other.setFocus()
