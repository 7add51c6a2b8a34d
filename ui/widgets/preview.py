"""The pages of a PDF, from bytes in memory."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QVBoxLayout, QWidget

_LITTLE = 60  # pixels: about three lines


class Preview(QWidget):
    """Shows one PDF at a time, each in a view of its own.

    Qt draws pages behind the scenes: in a view that is used again, a page of the former PDF that is drawn late would
    stand under the heading of the new one.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._view: QPdfView | None = None
        self._first = 1
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        document = self._view.document() if self._view is not None else None
        return document.pageCount() if document is not None else 0

    def show_pages(self, pdf: bytes, first: int = 1) -> None:
        """Show these pages in place of what was shown, from the `first` of them on."""
        self.clear()
        view = QPdfView(self)
        document = QPdfDocument(self)  # after the view, and the bytes after the document: they go in that order
        buffer = QBuffer(document)
        buffer.setData(QByteArray(pdf))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        view.setDocument(document)
        view.setAccessibleName(self._name)
        self._layout.addWidget(view)
        self._view = view
        self._first = first if 1 < first <= document.pageCount() else 1
        view.verticalScrollBar().rangeChanged.connect(self._go_to_first)
        view.verticalScrollBar().actionTriggered.connect(self._scrolled)

    def _go_to_first(self) -> None:
        """Whenever the pages get their places, of which Qt tells more than once, until the person scrolls herself."""
        if self._view is not None and self._first > 1:
            self._view.pageNavigator().jump(self._first - 1, QPointF())

    def _scrolled(self) -> None:
        self._first = 1

    def clear(self) -> None:
        """Let go of the pages: none stays in memory."""
        if self._view is not None:
            document = self._view.document()
            self._view.hide()
            self._layout.removeWidget(self._view)
            self._view.deleteLater()
            document.deleteLater()
            self._view = None

    def turn(self, key: Qt.Key) -> bool:
        """Scroll, by nine tenths of what is seen or by a little; False for a key that does not scroll."""
        page = self.height() * 9 // 10
        step = {
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Down: _LITTLE,
            Qt.Key.Key_Up: -_LITTLE,
        }.get(key)
        if step is not None and self._view is not None:
            self._scrolled()
            bar = self._view.verticalScrollBar()
            bar.setValue(bar.value() + step)
        return step is not None
