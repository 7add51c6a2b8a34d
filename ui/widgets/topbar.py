"""The bar above every page of an open window: back, the search box, lock. The search box has the focus."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from backupreader.language import Language
from ui.look import Look
from ui.widgets.button import button
from ui.widgets.field import Field
from ui.widgets.hints import Hints

_STEERING: Final = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter}
)
_ROOMY: Final = 125  # per cent: above it the search box needs the room
_STEERING_WHEN_EMPTY: Final = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space}
)


class SearchBox(Field):
    """Keys that write stay here; keys that steer go on to the page."""

    steered = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Arrows and Enter steer the page; without words in the box, also left, right and the space bar."""
        key = Qt.Key(event.key())
        bare = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if bare and (key in _STEERING or (key in _STEERING_WHEN_EMPTY and not self.text())):
            self.steered.emit(key)
        else:
            super().keyPressEvent(event)


class TopBar(QWidget):
    """Back, search, help, cover, lock."""

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = language.text
        self.back = button(_("◂  Back  Esc"), kind="plain", name=_("Back"))
        self.search = SearchBox()
        Hints(self.search).tell(
            _("Search: name, birthday, street, phone, route, carer, drug, words in notes"),
            _("Search: name, birthday, street, route, drug, words in notes"),
            _("Search: name, birthday, street"),
            _("Search"),
        )
        self.search.setAccessibleName(_("Search for a citizen, or for anything written here"))
        self.search.setClearButtonEnabled(False)
        self.search.setMaxLength(200)
        self.search.setFont(look.font(17))
        self.keys = button(_("Help  F1"), kind="plain", name=_("Help"))
        self.cover = button(_("Cover  F9"), kind="plain", name=_("Cover what is seen"))
        self.lock = button(_("Lock  Ctrl+L"), kind="plain", name=_("Lock now"))
        layout = QHBoxLayout(self)
        above = look.px(12 if look.scale <= _ROOMY else 6)
        layout.setContentsMargins(look.px(16), above, look.px(16), above)
        layout.setSpacing(look.px(8))
        layout.addWidget(self.back)
        layout.addWidget(self.search, 1)
        layout.addWidget(self.keys)
        layout.addWidget(self.cover)
        layout.addWidget(self.lock)
        self.keys.setVisible(look.scale <= _ROOMY)
        self.cover.setVisible(look.scale <= _ROOMY)
        for widget in (self.back, self.keys, self.cover, self.lock):
            widget.setFont(look.font())
