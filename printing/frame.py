"""The frame that every page carries: an amber band with black strokes round the paper, and the word BACKUP.

Drawn once into a form of the PDF and shown on each page, so that it costs a page nothing. The strokes and the word
carry the meaning where a printer has no colour. A practice's frame is blue, its strokes white and the other way, and
the word PRACTICE stands large and light behind the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, cast

from backupreader.language import N_
from printing.band import Band
from printing.pen import Letters, Pen
from printing.text import Style, lay

if TYPE_CHECKING:
    from backupreader.language import Language
    from printing.document import PaperSize

A4: Final = (595.28, 841.89)
_A3: Final = (841.89, 1190.55)
EDGE: Final = 14.0  # points of paper that a printer may leave white
BAND: Final = 7.0
_AMBER: Final = "1 0.69 0"
_BLUE: Final = "0.04 0.36 0.68"
_SAYS: Final = {
    Band.PLAIN: N_("BACKUP – READ ONLY"),
    Band.OLDER: N_("BACKUP – READ ONLY – OLDER DATA"),
    Band.PRACTICE: N_("PRACTICE – NOBODY HERE IS REAL"),
}
_STROKE: Final = 3.0
_STEP: Final = 16.0
_TAB: Final = Style(size=10, leading=15, bold=True, ink=1.0)
_BEHIND: Final = 0.87  # grey: seen at arm's length, and black text on it is read
_LARGEST: Final = 150.0  # points


def size(*, landscape: bool, paper: PaperSize = "a4") -> tuple[float, float]:
    """Width and height of the paper in points."""
    short, long = A4 if paper == "a4" else _A3
    return (long, short) if landscape else (short, long)


class _Forms(Protocol):
    """A canvas's forms: drawings that are kept once in the PDF; its type stubs leave them unsaid."""

    def hasForm(self, name: str) -> bool:  # noqa: N802 (reportlab's name)
        """Is the form there already?"""
        ...

    def beginForm(  # noqa: N802 (reportlab's name)
        self, name: str, lowerx: float, lowery: float, upperx: float, uppery: float
    ) -> None:
        """What is drawn now goes into the form."""
        ...

    def endForm(self) -> None:  # noqa: N802 (reportlab's name)
        """The form is done."""
        ...

    def doForm(self, name: str) -> None:  # noqa: N802 (reportlab's name)
        """Show the form on the page."""
        ...


def show(
    letters: Letters, language: Language, *, landscape: bool, band: Band = Band.PLAIN, paper: PaperSize = "a4"
) -> None:
    """The frame on the present page of the canvas, which is empty yet."""
    forms = cast("_Forms", letters.canvas)
    name = f"frame-{language.code}-{paper}-{'landscape' if landscape else 'portrait'}-{band.value}"
    wide, high = size(landscape=landscape, paper=paper)
    if not forms.hasForm(name):
        forms.beginForm(name, 0, 0, wide, high)
        if band is Band.PRACTICE:
            _draw_behind(letters, language, wide, high)
        _draw(letters, language.text(_SAYS[band]), wide, high, practice=band is Band.PRACTICE)
        forms.endForm()
    forms.doForm(name)


def _draw_behind(letters: Letters, language: Language, wide: float, high: float) -> None:
    """The word, as large as the paper is wide, once in each third of its height."""
    style = Style(size=_LARGEST, leading=_LARGEST, bold=True, ink=_BEHIND)
    word = language.text("PRACTICE")
    (line,) = lay(((word, True),), style, 100 * wide)
    fitting = min(_LARGEST, _LARGEST * (wide - 4 * (EDGE + BAND)) / line.width)
    style = Style(size=fitting, leading=fitting, bold=True, ink=_BEHIND)
    (line,) = lay(((word, True),), style, 100 * wide)
    pen = Pen(letters)
    for third in (1, 3, 5):
        pen.line(line, style, 0, high * third / 6 + fitting / 2, wide, "centre")
    pen.put()


def _draw(letters: Letters, said: str, wide: float, high: float, *, practice: bool) -> None:
    inner = EDGE + BAND
    edges = tuple(f"{inset} {inset} {wide - 2 * inset:.2f} {high - 2 * inset:.2f} re" for inset in (EDGE, inner))
    band, stroke, foot, head = (_BLUE, 1, high, 0.0) if practice else (_AMBER, 0, 0.0, high)
    strokes = [f"{x:.2f} {foot:.2f} m {x + high:.2f} {head:.2f} l" for x in _steps(-high, wide)]
    (word,) = lay(((said, True),), _TAB, wide)
    tab = word.width + 24
    code = (
        *("q", *edges, "W* n"),  # only between the two edges
        *(f"{band} rg 0 0 {wide} {high} re f", f"{stroke} G {_STROKE} w", *strokes, "S Q"),
        *("q 0 G 0.8 w", *edges, "S"),
        f"0 g {(wide - tab) / 2:.2f} {high - EDGE - _TAB.leading:.2f} {tab:.2f} {_TAB.leading} re f Q",
    )
    letters.canvas.addLiteral("\n".join(code))
    pen = Pen(letters)
    pen.line(word, _TAB, (wide - tab) / 2, high - EDGE, tab, "centre")
    pen.put()


def _steps(first: float, last: float) -> list[float]:
    return [first + _STEP * number for number in range(int((last - first) / _STEP) + 1)]
