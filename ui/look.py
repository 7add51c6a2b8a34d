"""How everything looks: colours in a light and a dark set, sizes on a grid of 8, one family of letters.

Pixels are pixels at 100 %; `Look.px` scales them. A state is never told by its colour alone: `widgets.marks` draws
a shape and writes a word beside it. Every pair of ink and ground keeps 4.5 : 1, with high contrast 7 : 1; there lines
are thick, and no ground tells anything that a line or a word does not tell too (tests/ui/test_look.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from printing.fonts import FAMILIES, FOLDER

SCALES: Final = (100, 125, 150, 175, 200)

TARGET: Final = 44  # pixels at 100 %: what is pressed with a finger is at least so high
BASE, SMALL, TITLE, NAME, TIME, AGE = 15, 13, 20, 24, 22, 40


class State(Enum):
    """What a mark says about what it marks."""

    GOOD = "good"
    LATE = "late"
    STOP = "stop"
    INFO = "info"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Pair:
    """An ink and the ground it is written on."""

    ink: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """One set of colours. `rule` is how thick a line round something is, in pixels at 100 %."""

    ground: str
    field: str
    panel: str
    ink: str
    second: str
    line: str
    action: str
    on_action: str
    pressed: str
    chosen: str
    focus: str
    states: dict[State, Pair]
    rule: int = 1


LIGHT: Final = Palette(
    ground="#FFFFFF",
    field="#FFFFFF",
    panel="#F4F6F8",
    ink="#14181F",
    second="#4A5361",
    line="#C9CFD8",
    action="#0B5CAD",
    on_action="#FFFFFF",
    pressed="#084887",
    chosen="#DCEBFA",
    focus="#0B5CAD",
    states={
        State.GOOD: Pair("#1B6E3C", "#E7F4EC"),
        State.LATE: Pair("#7A4F00", "#FFF3D6"),
        State.STOP: Pair("#A4161A", "#FDE7E7"),
        State.INFO: Pair("#0B5CAD", "#E8F1FB"),
        State.QUIET: Pair("#4A5361", "#EDF0F3"),
    },
)
DARK: Final = Palette(
    ground="#12161C",
    field="#0C0F14",
    panel="#1A2028",
    ink="#EEF2F7",
    second="#B4BECB",
    line="#3D4857",
    action="#7DB7F5",
    on_action="#0A1420",
    pressed="#A9D0FA",
    chosen="#1C3450",
    focus="#7DB7F5",
    states={
        State.GOOD: Pair("#6FE3A0", "#14301F"),
        State.LATE: Pair("#F5C451", "#3A2D0A"),
        State.STOP: Pair("#FFB3C8", "#471819"),
        State.INFO: Pair("#8CC2FA", "#12304F"),
        State.QUIET: Pair("#B4BECB", "#262E38"),
    },
)
_ON_WHITE, _ON_BLACK = "#FFFFFF", "#000000"
BLACK_ON_WHITE: Final = Palette(
    ground="#FFFFFF",
    field="#FFFFFF",
    panel="#FFFFFF",
    ink="#000000",
    second="#000000",
    line="#000000",
    action="#003A8C",
    on_action="#FFFFFF",
    pressed="#000000",
    chosen="#FFF3A3",
    focus="#003A8C",
    states={
        State.GOOD: Pair("#005527", _ON_WHITE),
        State.LATE: Pair("#5C3200", _ON_WHITE),
        State.STOP: Pair("#8A0008", _ON_WHITE),
        State.INFO: Pair("#003A8C", _ON_WHITE),
        State.QUIET: Pair("#000000", _ON_WHITE),
    },
    rule=2,
)
WHITE_ON_BLACK: Final = Palette(
    ground="#000000",
    field="#000000",
    panel="#000000",
    ink="#FFFFFF",
    second="#FFFFFF",
    line="#FFFFFF",
    action="#FFE83B",
    on_action="#000000",
    pressed="#FFFFFF",
    chosen="#00327A",
    focus="#FFE83B",
    states={
        State.GOOD: Pair("#7CFFA8", _ON_BLACK),
        State.LATE: Pair("#FFE83B", _ON_BLACK),
        State.STOP: Pair("#FFB0B0", _ON_BLACK),
        State.INFO: Pair("#A9D4FF", _ON_BLACK),
        State.QUIET: Pair("#FFFFFF", _ON_BLACK),
    },
    rule=2,
)
BAND: Final = "#FFB81C"  # the frame is the same by day and by night: it must be known at a glance
STROKE: Final = "#14181F"
PRACTICE_BAND: Final = "#0B5CAD"  # made-up data: another colour, and light strokes that lean the other way
PRACTICE_STROKE: Final = "#FFFFFF"


@dataclass(frozen=True)
class Look:
    """One palette at one scale (per cent); `contrast` is black and white, for those who need it."""

    dark: bool = False
    scale: int = 100
    contrast: bool = False

    @property
    def palette(self) -> Palette:
        """The colours of this look."""
        if self.contrast:
            return WHITE_ON_BLACK if self.dark else BLACK_ON_WHITE
        return DARK if self.dark else LIGHT

    def px(self, pixels: float) -> int:
        """So many pixels at 100 %, at this scale; never less than one."""
        return max(1, round(pixels * self.scale / 100))

    def font(self, pixels: int = BASE, *, bold: bool = False) -> QFont:
        """The family at a size given in pixels at 100 %."""
        font = QFont(FAMILIES[0])
        font.setPixelSize(self.px(pixels))
        font.setBold(bold)
        return font

    def colour(self, name: str) -> QColor:
        """One colour of the palette by its field's name."""
        return QColor(getattr(self.palette, name))

    def larger(self) -> Look:
        """The next scale up, or this one when it is the last."""
        return replace(self, scale=next((scale for scale in SCALES if scale > self.scale), SCALES[-1]))

    def smaller(self) -> Look:
        """The next scale down, or this one when it is the first."""
        return replace(self, scale=next((scale for scale in reversed(SCALES) if scale < self.scale), SCALES[0]))

    def usual(self) -> Look:
        """The same at 100 %."""
        return replace(self, scale=SCALES[0])

    def other(self) -> Look:
        """Light for dark and dark for light."""
        return replace(self, dark=not self.dark)

    def sharper(self) -> Look:
        """High contrast, and back from it."""
        return replace(self, contrast=not self.contrast)

    def qt_palette(self) -> QPalette:
        """What Qt's own widgets are drawn with."""
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: "ground",
            QPalette.ColorRole.Base: "field",
            QPalette.ColorRole.AlternateBase: "panel",
            QPalette.ColorRole.Button: "panel",
            QPalette.ColorRole.WindowText: "ink",
            QPalette.ColorRole.Text: "ink",
            QPalette.ColorRole.ButtonText: "ink",
            QPalette.ColorRole.PlaceholderText: "second",
            QPalette.ColorRole.Highlight: "action",
            QPalette.ColorRole.HighlightedText: "on_action",
            QPalette.ColorRole.Mid: "line",
        }
        for role, name in roles.items():
            palette.setColor(role, self.colour(name))
        return palette

    @cached_property
    def stylesheet(self) -> str:
        """The few rules that the palette cannot say."""
        colours, px = self.palette, self.px
        ring, quiet = px(3), px(colours.rule)
        inner, outer, high = px(8), px(8) + ring - quiet, px(TARGET) - 2 * (px(8) + ring)
        return f"""
QLineEdit {{ background: {colours.field}; border: {quiet}px solid {colours.second}; border-radius: {px(4)}px;
  min-height: {high}px; padding: {outer}px {px(10) + ring - quiet}px; selection-background-color: {colours.action}; }}
QLineEdit:focus {{ border: {ring}px solid {colours.focus}; padding: {inner}px {px(10)}px; }}
QLineEdit:disabled {{ color: {colours.second}; background: {colours.panel}; }}
QPushButton {{ background: {colours.panel}; border: {quiet}px solid {colours.second}; border-radius: {px(4)}px;
  min-height: {high}px; padding: {outer}px {px(14) + ring - quiet}px; }}
QPushButton:hover {{ background: {colours.chosen}; }}
QPushButton:checked {{ background: {colours.chosen}; border-color: {colours.action}; }}
QPushButton:focus {{ border: {ring}px solid {colours.focus}; padding: {inner}px {px(14)}px; }}
QPushButton:disabled {{ color: {colours.second}; border-color: {colours.line}; }}
QPushButton[kind="main"] {{ background: {colours.action}; color: {colours.on_action}; font-weight: bold;
  border-color: {colours.action}; }}
QPushButton[kind="main"]:hover {{ background: {colours.pressed}; }}
QPushButton[kind="main"]:focus {{ background: {colours.chosen}; color: {colours.ink};
  border: {ring}px solid {colours.focus}; }}
QPushButton[kind="main"]:disabled {{ background: {colours.panel}; color: {colours.second};
  border-color: {colours.line}; }}
QPushButton[kind="plain"] {{ background: transparent; border: {quiet}px solid transparent; }}
QPushButton[kind="plain"]:hover {{ background: {colours.chosen}; }}
QPushButton[kind="plain"]:checked {{ background: {colours.chosen}; border-color: {colours.action}; }}
QPushButton[kind="plain"]:focus {{ border: {ring}px solid {colours.focus}; padding: {inner}px {px(14)}px; }}
QComboBox {{ background: {colours.field}; color: {colours.ink}; border: {quiet}px solid {colours.second};
  border-radius: {px(4)}px; min-height: {high}px; padding: {outer}px {px(10) + ring - quiet}px; }}
QComboBox:focus {{ border: {ring}px solid {colours.focus}; padding: {inner}px {px(10)}px; }}
QComboBox::drop-down {{ border: 0; width: {px(28)}px; }}
QComboBox::down-arrow {{ image: none; }}
QRadioButton {{ border: {ring}px solid transparent; border-radius: {px(4)}px; padding: {px(5)}px {px(6)}px;
  min-height: {px(TARGET) - 2 * (px(5) + ring)}px; spacing: {px(8)}px; }}
QRadioButton:focus {{ border: {ring}px solid {colours.focus}; }}
QRadioButton::indicator {{ width: {px(14)}px; height: {px(14)}px; border: {px(2)}px solid {colours.second};
  border-radius: {px(14) // 2 + px(2)}px; background: {colours.field}; }}
QRadioButton::indicator:checked {{ width: {px(6)}px; height: {px(6)}px; border: {px(6)}px solid {colours.action};
  border-radius: {px(6) // 2 + px(6)}px; }}
QListView {{ background: {colours.ground}; border: {ring}px solid transparent; outline: 0; }}
QListView:focus {{ border: {ring}px solid {colours.focus}; }}
QScrollArea {{ background: transparent; border: 0; }}
QPdfView {{ background: {colours.panel}; border: {ring}px solid {colours.line}; }}
QPdfView:focus {{ border: {ring}px solid {colours.focus}; }}
QScrollBar {{ scrollbar-contextmenu: 0; }}
QScrollBar:vertical {{ background: {colours.panel}; width: {px(14)}px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {colours.second}; min-height: {px(40)}px; border-radius: {px(4)}px;
  margin: {px(3)}px; }}
QScrollBar:horizontal {{ background: {colours.panel}; height: {px(14)}px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {colours.second}; min-width: {px(40)}px; border-radius: {px(4)}px;
  margin: {px(3)}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def load_fonts() -> None:
    """Give Qt the letters that the window is written in at once."""
    for name in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(FOLDER / name))


def load_more_fonts() -> None:
    """Letters that a citizen's name or a note may hold, and the lock screen does not."""
    for name in ("NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf", "NotoSansMath-Regular.ttf"):
        QFontDatabase.addApplicationFont(str(FOLDER / name))
