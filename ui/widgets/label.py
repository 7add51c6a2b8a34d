"""A label that shows people's text as text: never as HTML, never as a link."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.look import BASE, Look
from ui.visible import visible


class Label(QLabel):
    """Plain text in one size; `quiet` is the second ink. Wraps when `wrap` is set."""

    def __init__(  # noqa: PLR0913 (how it looks is said where it is made)
        self,
        look: Look,
        text: str = "",
        pixels: int = BASE,
        *,
        bold: bool = False,
        quiet: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.font(pixels, bold=bold))
        if quiet:
            palette = self.palette()
            palette.setColor(self.foregroundRole(), look.colour("second"))
            self.setPalette(palette)
        self.setWordWrap(wrap)
        if wrap:
            self.setMinimumWidth(look.px(200))
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 (Qt's name)
        """Show the text; what could hide in it is shown as a code."""
        super().setText(visible(text))
