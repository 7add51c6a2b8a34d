"""What draws on a page: shades first, then rules, then text, each kind in one go.

A canvas is slow where every word opens its own text object, sets its own font and encodes its letters again. A `Pen`
gathers a page's marks and writes their operators together; `Letters` remembers how a text was encoded in this PDF,
because a bundle writes the same words on every page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias, cast

from reportlab.pdfbase import pdfmetrics

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from printing.text import Line, Style

Align: TypeAlias = Literal["left", "centre", "right"]
ASCENT: Final = 0.78  # from the top of a line to its baseline, as a part of its leading
_KEPT: Final = 50_000  # texts whose encoding is remembered
_SHORT: Final = 120


class _Subsets(Protocol):
    """What reportlab's TrueType fonts can do; its type stubs do not say so."""

    def splitString(self, text: str, doc: object) -> list[tuple[int, bytes]]:  # noqa: N802 (reportlab's name)
        """The text in pieces of one subset each: (subset, its letters)."""
        ...

    def getSubsetInternalName(self, subset: int, doc: object) -> str:  # noqa: N802 (reportlab's name)
        """What a subset is called in the PDF."""
        ...


class _Inside(Protocol):
    """Where reportlab's canvas keeps its PDF, and how it writes a string."""

    _doc: object

    def _escape(self, s: bytes) -> str: ...


class Letters:
    """How texts are written in one PDF: the name of the font's subset, and the bytes of its letters, as operators."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self._known: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}

    def encoded(self, face: str, text: str) -> tuple[tuple[str, str], ...]:
        """(font, ``(letters) Tj``) for each piece of the text; a piece is in one subset of the font."""
        key = (face, text)
        known = self._known.get(key)
        if known is None:
            inside, font = cast("_Inside", self.canvas), cast("_Subsets", pdfmetrics.getFont(face))
            # reportlab offers no other way to them
            document, escape = inside._doc, inside._escape  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
            known = tuple(
                (font.getSubsetInternalName(subset, document), f"({escape(letters)}) Tj")
                for subset, letters in font.splitString(text, document)
            )
            if len(text) <= _SHORT and len(self._known) < _KEPT:
                self._known[key] = known
        return known


class Pen:
    """Marks for one page, in points from its lower left corner. `put` writes them to the canvas, once."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._shades: dict[float, list[str]] = {}
        self._strokes: dict[tuple[float, bool], list[str]] = {}
        self._texts: list[tuple[float, float, Line, Style]] = []
        self._stamps: list[str] = []

    def stamp(self, x: float, y: float, scale: float, areas: str) -> None:
        """Black areas, written as the PDF's own operators in a unit of `scale` points, from (x, y) on."""
        self._stamps.append(f"q {scale:.4f} 0 0 {scale:.4f} {x:.2f} {y:.2f} cm 0 g {areas} f Q")

    def shade(self, x: float, y: float, wide: float, high: float, grey: float) -> None:
        """A filled rectangle from its lower left corner."""
        self._shades.setdefault(grey, []).append(f"{x:.2f} {y:.2f} {wide:.2f} {high:.2f} re")

    def rule(  # noqa: PLR0913 (a line is four numbers)
        self, x1: float, y1: float, x2: float, y2: float, weight: float = 0.5, *, dashed: bool = False
    ) -> None:
        """A straight line."""
        self._strokes.setdefault((weight, dashed), []).append(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l")

    def box(  # noqa: PLR0913 (a rectangle is four numbers)
        self, x: float, y: float, wide: float, high: float, weight: float = 0.5, *, dashed: bool = False
    ) -> None:
        """An empty rectangle from its lower left corner."""
        self._strokes.setdefault((weight, dashed), []).append(f"{x:.2f} {y:.2f} {wide:.2f} {high:.2f} re")

    def line(  # noqa: PLR0913, PLR0917 (what, how and where)
        self, line: Line, style: Style, x: float, top: float, space: float = 0.0, align: Align = "left"
    ) -> None:
        """One line of text whose top is at `top`, set within `space` points."""
        if line.segments:
            x += 0 if align == "left" else (space - line.width) / (2 if align == "centre" else 1)
            self._texts.append((x, top - style.leading * ASCENT, line, style))

    def lines(  # noqa: PLR0913, PLR0917 (what, how and where)
        self, lines: tuple[Line, ...], style: Style, x: float, top: float, space: float = 0.0, align: Align = "left"
    ) -> float:
        """Lines under each other; returns the y of their end."""
        for line in lines:
            self.line(line, style, x, top, space, align)
            top -= style.leading
        return top

    def put(self) -> None:
        """Write everything to the canvas."""
        code: list[str] = ["q"]
        for grey, areas in self._shades.items():
            code += [f"{grey:.2f} g", *areas, "f"]
        code += self._stamps
        code.append("0 G")
        for (weight, dashed), strokes in self._strokes.items():
            code += [f"{weight:.2f} w [{'3 2' if dashed else ''}] 0 d", *strokes, "S"]
        code += ["BT 0 g", *self._words(), "ET Q"]
        self._letters.canvas.addLiteral("\n".join(code))

    def _words(self) -> list[str]:
        code: list[str] = []
        ink, font = 0.0, ("", 0.0)
        encoded = self._letters.encoded
        for x, y, line, style in self._texts:
            if style.ink != ink:
                ink = style.ink
                code.append(f"{ink:.2f} g")
            code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
            for segment in line.segments:
                for name, letters in encoded(segment.face, segment.text):
                    if (name, style.size) != font:
                        font = (name, style.size)
                        code.append(f"{name} {style.size:g} Tf")
                    code.append(letters)
        return code
