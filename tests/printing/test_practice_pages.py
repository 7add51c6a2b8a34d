"""Pages of a practice: nobody may take one for a real one, in colour or in grey."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from backupreader.domain.papers import WallCard
from backupreader.language import CODES, Language
from printing.documents import DOCUMENTS, document
from printing.papers import paper
from printing.papers.wall_card import LAST, MEANINGS, STEPS
from printing.render import render
from tests.printing import area

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))


def pages_of(pdf: bytes) -> list[tuple[str, object]]:
    """Each page's text, and the page drawn in grey."""
    with closing(pypdfium2.PdfDocument(pdf)) as read:
        return [
            (page.get_textpage().get_text_bounded(), page.render(scale=0.5, grayscale=True).to_pil()) for page in read
        ]


def page_by_page(made, name: str, *, practice: bool) -> list[tuple[str, object]]:
    subject = area.subject(name, made)
    out = BytesIO()
    render(document(name), [subject], replace(made.sheet, practice=practice), out)
    return pages_of(out.getvalue())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_page_of_every_document_says_practice_in_place_of_backup(name: str, made) -> None:
    sheet = made.sheet
    real, practice = page_by_page(made, name, practice=False), page_by_page(made, name, practice=True)
    assert len(real) == len(practice)
    for text, _picture in practice:
        assert sheet.language.text("PRACTICE – NOBODY HERE IS REAL") in text
        assert text.count(sheet.language.text("PRACTICE")) >= 4, "on the frame, and large behind the text"
        assert sheet.language.text("BACKUP – READ ONLY") not in text
    for text, _picture in real:
        assert sheet.language.text("BACKUP – READ ONLY") in text
        assert "PRACTICE" not in text


def test_in_grey_the_word_behind_the_text_is_seen_and_text_on_it_is_read(made) -> None:
    (_text, real), *_more = page_by_page(made, "summary", practice=False)
    (_text, practice), *_more = page_by_page(made, "summary", practice=True)
    light = sum(210 < grey < 235 for grey in practice.get_flattened_data()) - sum(
        210 < grey < 235 for grey in real.get_flattened_data()
    )
    assert light > 0.03 * real.width * real.height
    assert min(grey for grey in practice.get_flattened_data()) < 40
    across = practice.height // 2
    band = [practice.getpixel((9, y)) for y in range(across - 60, across + 60)]
    assert max(band) > 230, "light strokes"
    assert min(band) < 130, "on a dark band"


@pytest.mark.parametrize("code", CODES)
def test_a_paper_of_a_practice_pc_says_so_too(code: str) -> None:
    language = Language(code)
    (text, _), *more = pages_of(paper("wall-card", WallCard(pc="demo-pc", site="nordby"), language, NOW))
    assert not more
    assert language.text("PRACTICE – NOBODY HERE IS REAL") in text
    (text, _), *more = pages_of(paper("wall-card", WallCard(pc="room12", site="nordby"), language, NOW))
    assert not more
    assert language.text("BACKUP – READ ONLY") in text


def test_the_card_holds_every_step_and_meaning_on_one_page() -> None:
    (text, _), *more = pages_of(paper("wall-card", WallCard(pc="room12", site="nordby"), Language("en"), NOW))
    assert not more
    read = " ".join(text.split())
    for said in (*STEPS, LAST, *(word for pair in MEANINGS for word in pair)):
        assert said in read
