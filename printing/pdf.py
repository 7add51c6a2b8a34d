"""A new PDF, the same for every page that is made: the same input gives the same bytes."""

from __future__ import annotations

from typing import BinaryIO, Final, Protocol, cast

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from backupreader.language import Language
from printing.archive import archivable
from printing.text import plain_face

_ISO_32000: Final = (1, 7)
rl_config.useA85 = 0  # pages as bytes, not as letters: a fifth smaller, and no time spent on it


def blank(title: str, language: Language, out: BinaryIO) -> Canvas:
    """An empty PDF that is written to `out` when it is saved; it keeps to PDF/A-2b (see `archive`).

    `title` is a marked sentence, and never a name or what the pages hold: it stands in queues and logs.
    """
    face = cast("None", plain_face())  # the stubs take it for a number
    canvas = Canvas(
        out, invariant=1, pageCompression=1, lang=language.code, initialFontName=face, pdfVersion=_ISO_32000
    )
    canvas.setTitle(language.text(title))
    canvas.setCreator("Backup Reader")
    archivable(canvas, language.code)
    return canvas


class _Pages(Protocol):
    pages: list[object]


class _Document(Protocol):
    Pages: _Pages


class _Inside(Protocol):
    """Where reportlab's canvas keeps its PDF."""

    _doc: _Document


def first_last(canvas: Canvas, pages: int) -> None:
    """Let the last `pages` that were drawn stand before all others: a cover knows what it covers only afterwards."""
    # reportlab offers no other way to them
    listed = cast("_Inside", canvas)._doc.Pages  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    listed.pages = [*listed.pages[-pages:], *listed.pages[:-pages]]
