"""A field to write in, from which nothing is taken away: no clipboard, no menu, nothing dragged in or out."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit

_Keys: Final = QKeySequence.StandardKey


class Field(QLineEdit):
    """One line. Qt's own copies what is copied, cut, deleted to the end or marked with the mouse; this one does not."""

    def __init__(self) -> None:
        super().__init__()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setDragEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """The keys that would fill the clipboard only delete, or do nothing."""
        if event.matches(_Keys.Copy):
            return
        if event.matches(_Keys.Cut):
            self._delete_marked()
        elif event.matches(_Keys.DeleteEndOfLine):
            self.setSelection(self.cursorPosition(), len(self.text()))
            self._delete_marked()
        elif event.matches(_Keys.DeleteCompleteLine):
            self.selectAll()
            self._delete_marked()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """What was marked is given to nobody: where marking copies, that is undone before anyone can ask for it."""
        super().mouseReleaseEvent(event)
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)

    def _delete_marked(self) -> None:
        if self.hasSelectedText() and not self.isReadOnly():
            self.del_()
