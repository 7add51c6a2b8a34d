"""Draws the pictures of the README into ``installer/pictures``: ``python3 installer/run.py pictures``.

The window in Danish on the made-up town, and pages of paper as they leave the printer. With a folder it draws every page of
the window into that instead: see `pictures`.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
from PySide6.QtWidgets import QApplication

from backupreader import planfile
from backupreader.domain.planpapers import PlanCard
from backupreader.language import Language
from printing.document import Sheet, Subject
from printing.documents import document
from printing.papers import paper
from printing.render import render
from tests.ui import pictures, town
from ui.look import Look, load_fonts, load_more_fonts
from ui.opening import Asking, opening

FOLDER = Path(__file__).resolve().parents[2] / "installer" / "pictures"
_SCREENS = {"lock": "lock", "citizen-kirsten-overview": "citizen", "driving": "driving", "call-answer": "call"}
_PAGES = {"medicine-sheet": 3, "summary": 1}
_PIXELS_A_POINT = 1.25


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(exist_ok=True)
    application = QApplication([])
    application.setStyle("Fusion")
    load_fonts()
    load_more_fonts()
    danish = Language("da")
    with tempfile.TemporaryDirectory() as scratch:
        pc = town.found(Path(scratch))
        pc = replace(pc, settings=replace(pc.settings, language="da"))
        for page, window in pictures.pages(pc, danish, Look()):
            if page in _SCREENS:
                window.grab().save(str(FOLDER / f"{_SCREENS[page]}.png"))
        asking = Asking(name=town.NAME, words=town.WORDS)
        reader, opened = opening(pc.settings, asking, lambda: pc.now)()
        with closing(reader):
            journal = reader.journal("nexus:1")
        for name, days in _PAGES.items():
            sheet = Sheet(
                language=danish,
                now=pc.now,
                day=pc.now.date(),
                site=opened.info.site,
                printed_by=opened.session.actor.name,
                days=days,
                generation=f"{opened.info.epoch}-{opened.info.seq}",
            )
            pages = BytesIO()
            render(document(name), [Subject(journal=journal)], sheet, pages)
            _draw(name, pages.getvalue())
        plan = planfile.load(planfile.EXAMPLES / "nexus-bekey")
        card = PlanCard(pc="PC-NORD-1", site=opened.info.site, plan=plan)
        _draw("plan-card", paper("plan-card", card, danish, pc.now))


def _draw(name: str, pdf: bytes) -> None:
    """The first page."""
    with closing(pypdfium2.PdfDocument(pdf)) as pages:
        pages[0].render(scale=_PIXELS_A_POINT).to_pil().save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    if sys.argv[1:]:
        pictures.main(sys.argv[1:])
    else:
        main()
