"""The frame that every page carries: an amber band with black strokes round the paper, and the word BACKUP.

Drawn once into a form of the PDF and shown on each page, so that it costs a page nothing. The strokes and the word
carry the meaning where a printer has no colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, cast

from printing.pen import Letters, Pen
from printing.text import Style, lay

if TYPE_CHECKING:
    from backupreader.language import Language

A4: Final = (595.28, 841.89)
EDGE: Final = 14.0  # points of paper that a printer may leave white
BAND: Final = 7.0
_AMBER: Final = "1 0.69 0"
_STROKE: Final = 3.0
_STEP: Final = 16.0
_TAB: Final = Style(size=10, leading=15, bold=True, ink=1.0)


def size(*, landscape: bool) -> tuple[float, float]:
    """Width and height of the paper in points."""
    return (A4[1], A4[0]) if landscape else A4


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


def show(letters: Letters, language: Language, *, landscape: bool, older: bool = False) -> None:
    """The frame on the present page of the canvas; that the data is `older`, by a person's choice, is said on it."""
    forms = cast("_Forms", letters.canvas)
    name = f"frame-{language.code}-{'landscape' if landscape else 'portrait'}{'-older' if older else ''}"
    if not forms.hasForm(name):
        said = language.text("BACKUP – READ ONLY – OLDER DATA") if older else language.text("BACKUP – READ ONLY")
        forms.beginForm(name, 0, 0, *size(landscape=landscape))
        _draw(letters, said, *size(landscape=landscape))
        forms.endForm()
    forms.doForm(name)


def _draw(letters: Letters, said: str, wide: float, high: float) -> None:
    inner = EDGE + BAND
    edges = tuple(f"{inset} {inset} {wide - 2 * inset:.2f} {high - 2 * inset:.2f} re" for inset in (EDGE, inner))
    strokes = [f"{x:.2f} 0 m {x + high:.2f} {high:.2f} l" for x in _steps(-high, wide)]
    (word,) = lay(((said, True),), _TAB, wide)
    tab = word.width + 24
    code = (
        *("q", *edges, "W* n"),  # only between the two edges
        *(f"{_AMBER} rg 0 0 {wide} {high} re f", f"0 G {_STROKE} w", *strokes, "S Q"),
        *("q 0 G 0.8 w", *edges, "S"),
        f"0 g {(wide - tab) / 2:.2f} {high - EDGE - _TAB.leading:.2f} {tab:.2f} {_TAB.leading} re f Q",
    )
    letters.canvas.addLiteral("\n".join(code))
    pen = Pen(letters)
    pen.line(word, _TAB, (wide - tab) / 2, high - EDGE, tab, "centre")
    pen.put()


def _steps(first: float, last: float) -> list[float]:
    return [first + _STEP * number for number in range(int((last - first) / _STEP) + 1)]
