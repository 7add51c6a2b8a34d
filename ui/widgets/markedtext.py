"""Text in which some words are marked, as plain runs of letters: underlined, and bold where the rest is not."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption

_WORD: Final = re.compile(r"\w+")
_LINE_END: Final = "\u2028"


def marked(text: str, words: Collection[str]) -> bool:
    """Whether one of the words stands in the text."""
    return bool(words) and any(word[0] in words for word in _WORD.finditer(text))


class MarkedText:
    """Text laid out in a width, with every one of `words` in it marked."""

    def __init__(self, text: str, words: Collection[str], font: QFont, width: int) -> None:
        self._layout = QTextLayout(text.replace("\n", _LINE_END), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.setFormats([_range(word) for word in _WORD.finditer(text) if word[0] in words])
        self.height = self._lay_out(max(1, width), QFontMetrics(font).lineSpacing())

    def draw(self, painter: QPainter, left: int, top: int) -> None:
        """Draw it with the painter's pen."""
        self._layout.draw(painter, QPointF(left, top))

    def _lay_out(self, width: int, high: int) -> int:
        """Lines of the width, from above; the height of them all."""
        top = 0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += high
        self._layout.endLayout()
        return top


def _range(word: re.Match[str]) -> QTextLayout.FormatRange:
    form = QTextCharFormat()
    form.setFontUnderline(True)
    form.setFontWeight(QFont.Weight.Bold)
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = _units(word.string, word.start()), _units(word[0]), form
    return found


def _units(text: str, end: int | None = None) -> int:
    """How many of Qt's letters (UTF-16) these are."""
    return len(text[:end].encode("utf-16-le", "surrogatepass")) // 2
