"""What stands in an empty field: the longest of several wordings for which there is room, never one that is cut."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame


class Hints(QObject):
    """Belongs to one field. `tell` gives the wordings, the longest first."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self._wordings: tuple[str, ...] = ()
        field.installEventFilter(self)

    def tell(self, *wordings: str) -> None:
        """Show the first of these that fits, or nothing where none does: the field has its label and its name."""
        self._wordings = wordings
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Another width, or other letters."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.FontChange, QEvent.Type.Polish}:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        room, metrics = self._room(), self._field.fontMetrics()
        fits = (words for words in self._wordings if metrics.horizontalAdvance(words) <= room)
        self._field.setPlaceholderText(next(fits, ""))

    def _room(self) -> int:
        """What the style leaves for letters, less the two pixels at each side that Qt keeps."""
        option = QStyleOptionFrame()
        self._field.initStyleOption(option)
        style = self._field.style()
        inside = style.subElementRect(QStyle.SubElement.SE_LineEditContents, option, self._field)
        return inside.width() - 6
