"""Is there room for every word that is shown? What is cut, elided or out of sight is told, with where it stands.

What Qt writes (labels, buttons, fields) is measured by what it asks for. What our own widgets paint is measured while they paint it: their painter is
one that knows, for each text, whether it fits the place that it was given, and their letters tell when a text is shortened.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from ui.widgets.frame import Frame
from ui.widgets.pointer import Pointer

SLACK: Final = 2  # pixels by which letters may lean out of their box
ORDINARY: Final = 18  # letters: no longer word need be broken
_WRAPS: Final = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
_told: list[str] = []


class _Painter(QPainter):
    """Tells of each text that has less room than it needs."""

    def drawText(self, *words):  # noqa: N802 (Qt's name)
        text = next(word for word in words if isinstance(word, str))
        if text.strip():
            _told.extend(f"{text!r}: {why}" for why in self._why(words, text))
        super().drawText(*words)

    def _why(self, words, text: str) -> Iterator[str]:
        metrics = self.fontMetrics()
        if isinstance(words[0], (QRect, QRectF)):
            place = words[0].toRect() if isinstance(words[0], QRectF) else words[0]
            flags = int(words[1]) if isinstance(words[1], int) else int(words[1].value)
            wide = place.width() if flags & _WRAPS else 1 << 20
            needs = metrics.boundingRect(QRect(0, 0, wide, 1 << 20), flags & ~0xFF, text)
            if needs.width() > place.width() + SLACK:
                yield f"needs a width of {needs.width()}, has {place.width()}"
            if needs.height() > place.height() + SLACK:
                yield f"needs a height of {needs.height()}, has {place.height()}"
            if flags & int(Qt.TextFlag.TextWrapAnywhere) and max(map(len, text.split())) <= ORDINARY:
                yield f"is broken within a word, in a width of {place.width()}"
        else:
            at = words[0].toPoint() if hasattr(words[0], "toPoint") else words[0]
            x, y = (at.x(), at.y()) if isinstance(at, QPoint) else (words[0], words[1])
            place = QRect(int(x), int(y) - metrics.ascent(), metrics.horizontalAdvance(text), metrics.height())
        if not self.transform().isRotating():
            yield from self._outside(place, words)

    def _outside(self, place: QRect, words) -> Iterator[str]:
        around = QRect(0, 0, self.device().width(), self.device().height())
        if self.hasClipping():
            clip = self.clipBoundingRect().toAlignedRect()
            around = QRect(0, clip.top(), around.width(), clip.height()) if clip.isValid() else around
        seen = self.transform().mapRect(place)
        if seen.left() < -SLACK or seen.right() > around.right() + SLACK:
            yield f"stands at {seen.left()}–{seen.right()} of a width of {around.width()}"
        if self.hasClipping() and place.bottom() > around.bottom() + SLACK:
            yield f"reaches to {place.bottom()}, is cut at {around.bottom()}"


class _Letters(QFontMetrics):
    """Tells of each text that is shortened."""

    def elidedText(self, text, mode, width, *more):  # noqa: N802 (Qt's name)
        found = super().elidedText(text, mode, width, *more)
        if found != text:
            _told.append(f"{text!r}: shortened to {found!r}")
        return found


@contextmanager
def watched() -> Iterator[None]:
    """Have every painter and every measure of the window's own modules tell."""
    changed = []
    for name, module in list(sys.modules.items()):
        if name == "ui" or name.startswith("ui."):
            for what, with_ in (("QPainter", _Painter), ("QFontMetrics", _Letters)):
                if hasattr(module, what):
                    changed.append((module, what, getattr(module, what)))
                    setattr(module, what, with_)
    try:
        yield
    finally:
        for module, what, former in changed:
            setattr(module, what, former)


def cut(window: QWidget) -> list[str]:
    """Every text of the window that has not room enough, now that it stands as it does. Only inside `watched`."""
    _told.clear()
    window.grab()
    found = list(dict.fromkeys(_told))
    for widget in window.findChildren(QWidget):
        if widget.isVisibleTo(window):
            if isinstance(widget, QAbstractItemView):
                found += _crushed(widget)
            found += _covered(widget)
            text = _written(widget)
            if text.strip():
                found += [f"{text!r}: {why}" for why in (*_small(widget, text), *_hidden(widget, window))]
    return found


def _covered(widget: QWidget) -> Iterator[str]:
    """Does something stand over something else that is shown beside it?"""
    shown = [
        child
        for child in widget.children()
        if isinstance(child, QWidget) and child.isVisibleTo(widget) and not child.isWindow()
    ]
    if widget.layout() is None:
        return
    if isinstance(widget, Frame):  # the tour stands over the page on purpose, and lets it shine through
        shown = [
            child for child in shown if child is not _page(widget) or not any(isinstance(one, Pointer) for one in shown)
        ]
    for one, other in itertools.combinations(shown, 2):
        both = _solid(one) & _solid(other)
        if both.width() > SLACK and both.height() > SLACK:
            yield f"{_name(one)} and {_name(other)} stand over each other by {both.width()} × {both.height()}"


def _page(frame: Frame) -> QWidget | None:
    """What the frame stands round."""
    item = frame.layout().itemAt(0)
    return item.widget() if item is not None else None


def _solid(widget: QWidget) -> QRect:
    """Where nothing under it can be read: of what points at something, the sentence alone."""
    return widget.panel if isinstance(widget, Pointer) else widget.geometry()


def _name(widget: QWidget) -> str:
    return repr((widget.accessibleName() or _written(widget) or type(widget).__name__)[:60])


def _crushed(view: QAbstractItemView) -> Iterator[str]:
    """Is there room for a row at all? Where rows are higher than the view they scroll, but three lines must be seen of them."""
    highs = [view.sizeHintForRow(number) for number in range(min(4, view.model().rowCount()))]
    if highs:
        needs = min(max(highs), 4 * view.fontMetrics().height(), sum(highs))
        if view.viewport().height() < needs - SLACK:
            yield f"{view.accessibleName()!r}: a list with a height of {view.viewport().height()}, needs {needs}"


def _written(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QPushButton | QRadioButton):
        return widget.text()
    if isinstance(widget, QLineEdit):
        return "" if widget.text() else widget.placeholderText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return ""


def _small(widget: QWidget, text: str) -> Iterator[str]:
    """Is it smaller than what it asks for?"""
    if isinstance(widget, QLabel) and widget.wordWrap():
        needs = widget.heightForWidth(widget.width())
        if needs > widget.height() + SLACK:
            yield f"needs a height of {needs}, has {widget.height()}"
        room = widget.contentsRect().width()
        longest = max(re.split(r"(?<=-)|\s", text), key=widget.fontMetrics().horizontalAdvance)
        if widget.fontMetrics().horizontalAdvance(longest) > room + SLACK:
            yield f"its word {longest!r} needs {widget.fontMetrics().horizontalAdvance(longest)}, has {room}"
        return
    if isinstance(widget, QLineEdit):
        needs = widget.fontMetrics().horizontalAdvance(text)
        room = widget.width() - 2 * (widget.sizeHint().height() - widget.fontMetrics().height()) // 2
        if needs > room:
            yield f"needs a width of {needs}, has {room}"
        return
    asks = widget.sizeHint()
    if asks.width() > widget.width() + SLACK:
        yield f"asks for a width of {asks.width()}, has {widget.width()}"
    if asks.height() > widget.height() + SLACK:
        yield f"asks for a height of {asks.height()}, has {widget.height()}"


def _hidden(widget: QWidget, window: QWidget) -> Iterator[str]:
    """Is some of it outside what holds it, where nobody can scroll to?"""
    inside, at = widget.rect(), widget
    while at is not window:
        parent = at.parentWidget()
        inside = QRect(at.mapToParent(inside.topLeft()), inside.size())
        room = parent.rect()
        scrolled = isinstance(parent.parentWidget(), QAbstractScrollArea) and parent is parent.parentWidget().viewport()
        if inside.left() < room.left() - SLACK or inside.right() > room.right() + SLACK:
            yield f"stands at {inside.left()}–{inside.right()} in a width of {room.width()}"
            return
        if scrolled:
            return  # what is above or below can be scrolled to
        if inside.top() < room.top() - SLACK or inside.bottom() > room.bottom() + SLACK:
            yield f"stands at {inside.top()}–{inside.bottom()} in a height of {room.height()}"
            return
        at = parent
