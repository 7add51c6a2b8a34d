"""A new PDF, the same for every page that is made: the same input gives the same bytes."""

from __future__ import annotations

from typing import BinaryIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from backupreader.language import Language

rl_config.useA85 = 0  # pages as bytes, not as letters: a fifth smaller, and no time spent on it


def blank(title: str, language: Language, out: BinaryIO) -> Canvas:
    """An empty PDF that is written to `out` when it is saved.

    `title` is a marked sentence, and never a name or what the pages hold: it stands in queues and logs.
    """
    canvas = Canvas(out, invariant=1, pageCompression=1, lang=language.code)
    canvas.setTitle(language.text(title))
    canvas.setCreator("Backup Reader")
    return canvas
