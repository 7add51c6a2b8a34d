"""The chapters of a citizen's page at the left, and the one that is open beside them."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.language import Language
from ui.chapters import CHAPTERS
from ui.look import BASE, SMALL, Look
from ui.widgets.chapterpane import ChapterPane
from ui.widgets.label import Label
from ui.widgets.rowlist import RowList
from ui.widgets.sourcepanel import SOURCE_KEY
from ui.widgets.yielding import Yielding

_ROOMY: Final = 125  # per cent
_COUNT: Final = "00"
_AROUND: Final = (
    16 + 16 + 16 + 14 + 8
)  # pixels at 100 %: the edges of a row, what parts its words, what scrolls, the ring


class Book(Yielding):
    """`chapters` and `pane`, with a hint of the keys under the chapters where there is room."""

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__()
        self.roomy = look.scale <= _ROOMY
        self.chapters = RowList(look, language.text("Chapters"), title=BASE)
        self.chapters.setFixedWidth(look.px(268) if self.roomy else max(look.px(176), _narrowest(look, language)))
        self.pane = ChapterPane(look, language)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.chapters, 1)
        if self.roomy:
            keys = language.text("↑ ↓ chapter   Page Up, Page Down scroll   Enter read")
            words = f"{keys}   {SOURCE_KEY} {language.text('where a line came from')}"
            hint = Label(look, words, SMALL, quiet=True, wrap=True)
            hint.setContentsMargins(look.px(19), look.px(4), look.px(8), look.px(8))
            hint.setFixedWidth(self.chapters.maximumWidth())
            left.addWidget(hint)
        line = QWidget()
        line.setFixedWidth(look.px(1))
        line.setAutoFillBackground(True)
        palette = line.palette()
        palette.setColor(line.backgroundRole(), look.colour("line"))
        line.setPalette(palette)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addLayout(left)
        across.addWidget(line)
        across.addWidget(self.pane, 1)


def _narrowest(look: Look, language: Language) -> int:
    """So wide that no chapter's name is broken within a word, with how much is in it beside it."""
    bold, plain = QFontMetrics(look.font(BASE, bold=True)), QFontMetrics(look.font())
    words = (word for chapter in CHAPTERS for word in language.text(chapter.heading).split())
    longest = max(bold.horizontalAdvance(word) for word in words)
    return longest + plain.horizontalAdvance(_COUNT) + look.px(_AROUND)
