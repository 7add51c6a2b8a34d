"""Where a row came from: a small panel over the page, which moves nothing and which Esc closes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backupreader.domain.records import Delivery
from backupreader.language import Language
from printing import tablewords
from ui.clock import taken
from ui.look import SMALL, Look
from ui.rows import Recorded, Row
from ui.widgets.label import Label

SOURCE_KEY: Final = "F4"


class SourcePanel(QWidget):
    """It stands at the foot of the widget that it was made in, over what is there: away, and empty, until `tell`."""

    def __init__(self, look: Look, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._made = parent, False
        self._look, self._language = look, language
        self.hide()

    def _make(self) -> None:
        look, language = self._look, self._language
        self._made = True
        self._title = Label(look, language.text("Where this came from"), bold=True)
        self._facts = Label(look, " ", wrap=True)
        keys = Label(look, f"{SOURCE_KEY}, Esc {language.text('Close')}", SMALL, quiet=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.px(16), look.px(10), look.px(16), look.px(10))
        layout.setSpacing(look.px(2))
        for label in (self._title, self._facts, keys):
            layout.addWidget(label)

    @property
    def words(self) -> str:
        """What it says; empty while it is away."""
        return "" if self.isHidden() else self._facts.text()

    def tell(self, row: Row, deliveries: Iterable[Delivery], now: datetime) -> None:
        """Say of which record the row tells, where that was delivered, and when it was taken."""
        if not self._made:
            self._make()
        _ = self._language.text
        text = _("This line was not delivered: the program put it together from what was.")
        if row.origin is not None:
            text = "\n".join(self._lines(row.origin, deliveries, now))
        self._facts.setText(text)
        self.setAccessibleName(f"{self._title.text()}. {text}")
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """At the foot of the page, whatever its size is now."""
        page, edge = self._page, self._look.px(12)
        width = min(page.width() - 2 * edge, self._look.px(620))
        layout = self.layout()
        assert layout is not None
        layout.activate()
        high = max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
        high = min(high, page.height() - 2 * edge)
        self.resize(width, high)
        self.move(QPoint(page.width() - width - edge, page.height() - high - edge))

    def _lines(self, origin: Recorded, deliveries: Iterable[Delivery], now: datetime) -> list[str]:
        _, language = self._language.text, self._language
        of_it = [one for one in deliveries if (one.source, one.table) == (origin.source, origin.table)]
        source = "; ".join(taken(one, now, language) for one in of_it)
        row = _("row {row}").format(row=origin.row) if origin.row else _("the whole file")
        return [
            _("Source: {source}").format(source=source or origin.source),
            _("File: {file}, {row}").format(file=origin.file, row=row),
            _("Record: {id} ({table})").format(id=origin.id, table=tablewords.table(origin.table, language)),
            *([] if of_it else [_("When it was taken is not said.")]),
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """A panel with a frame, so that it is seen to lie over the page."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("panel"))
        width = self._look.px(2)
        painter.setPen(QPen(self._look.colour("action"), width))
        painter.drawRect(self.rect().adjusted(width // 2, width // 2, -width, -width))
        painter.end()
