"""Blocks on pages: what is split, what is kept together, and that reportlab's own frames can hold them too."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate

from backupreader.language import Language
from printing import frame, whose, wording
from printing.block import Block, Gap, Heading, Words
from printing.document import Document, Subject
from printing.grid import Cell, Grid, Group, header, plain, strong
from printing.leaves import leaves
from printing.leaves import room as leaves_room
from printing.pen import Letters
from printing.sections import Notice


def pages_of_story(made, story: list[Block]) -> list[str]:
    """The texts of the pages that a story fills."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    paper = Document(name="test", title="Test", about="citizen", story=lambda _subject, _sheet: [])
    made_pages = leaves(paper, Subject(journal=made.nothing), replace(made.sheet, language=Language("en")))
    made_pages.fill(story)
    made_pages.draw(Letters(canvas))
    canvas.save()
    with pypdfium2.PdfDocument(out.getvalue()) as pdf:
        return [pdf[number].get_textpage().get_text_bounded() for number in range(len(pdf))]


def test_an_empty_story_is_one_page(made):
    assert len(pages_of_story(made, [])) == 1


def test_a_heading_never_stands_alone_at_the_foot_of_a_page(made):
    room = leaves_room(
        Document(name="t", title="Test", about="citizen", story=lambda *_: []),
        Subject(journal=made.nothing),
        replace(made.sheet, language=Language("en")),
    )
    for gap in range(int(room) - 90, int(room), 5):
        pages = pages_of_story(
            made, [Gap(gap), Heading("Notes", "remark"), Words(("first line\nsecond line\nthird line", False))]
        )
        assert any("Notes" in one and "first line" in one for one in pages)


def test_a_paragraph_leaves_two_lines_on_each_side_of_a_break(made):
    for gap in range(560, 700, 3):
        pages = pages_of_story(made, [Gap(gap), Words(("\n".join(f"linje {n}" for n in range(6)), False))])
        counts = [one.count("linje") for one in pages if "linje" in one]
        assert sum(counts) == 6
        assert 1 not in counts


def test_rows_are_never_split_and_the_header_comes_again(made):
    rows = [Group((tuple(plain(f"række {n}a\nrække {n}b") for _ in range(2)),)) for n in range(60)]
    pages = pages_of_story(made, [Grid((200, 200), rows, header("Venstre", "Højre"))])
    assert len(pages) > 1
    for one in pages:
        assert "Venstre" in one
        assert one.count("a\r\n") == one.count("b\r\n")


def test_a_row_taller_than_a_page_is_split_and_whole(made):
    text = "\n".join(f"ord{n}" for n in range(300))
    grid = Grid(
        (100, 100, 100),
        [Group((((plain(text)), plain("x")), (plain("last"), plain("y"))), (strong("lead", text),))],
        header("a", "b", "c"),
    )
    found = " ".join(pages_of_story(made, [Heading("H"), grid])).split()
    assert all(found.count(f"ord{n}") == 2 for n in range(300))
    assert "last" in found


def test_a_group_of_more_rows_than_a_page_repeats_its_lead(made):
    grid = Grid((100, 100), [Group(tuple((plain(f"række{n}"),) for n in range(100)), (strong("Marevan"),))])
    pages = pages_of_story(made, [grid])
    assert len(pages) > 1
    assert all("Marevan" in one for one in pages)
    assert sum(one.count("række") for one in pages) == 100


def test_a_block_that_cannot_be_split_is_not_lost(made):
    pages = pages_of_story(made, [Words(("før", False)), Gap(2_000), Words(("efter", False))])
    assert "før" in pages[0]
    assert "efter" in pages[-1]


def test_a_last_block_that_is_too_tall_leaves_no_empty_page_behind(made):
    assert len(pages_of_story(made, [Gap(2_000)])) == 1


def test_a_notice_is_kept_whole(made):
    for gap in range(600, 700, 10):
        pages = pages_of_story(made, [Gap(gap), Notice("ikke leveret\nog intet vides")])
        assert any("ikke leveret" in one and "intet vides" in one for one in pages)


def test_the_frame_is_drawn_once_a_file_and_shown_on_each_page(made):
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=0)
    letters = Letters(canvas)
    for _ in range(3):
        frame.show(letters, Language("en"), landscape=False)
        canvas.showPage()
    canvas.save()
    content = out.getvalue()
    assert content.count(b"W* n") == 1
    assert content.count(b"/FormXob") >= 3


def test_a_document_of_reportlab_holds_our_blocks_too():
    out = io.BytesIO()
    story = [
        Words(("ord " * 400, False)),
        Words(("kort", True)),
        Gap(5),
        Grid((100,), [Group(((Cell(),),))], ruled=False),
    ]
    SimpleDocTemplate(out, pagesize=(400, 300), invariant=1).build(story)
    with pypdfium2.PdfDocument(out.getvalue()) as pdf:
        text = " ".join(pdf[number].get_textpage().get_text_bounded() for number in range(len(pdf)))
    assert text.split().count("ord") == 400


def test_a_gap_is_never_cut():
    assert Gap(3).cut(100, 50, whole_page=True) is None
    assert Gap(3).first(100) == 3


def test_a_sheet_without_the_sites_zone_or_a_subject_is_our_own_mistake(made):
    paper = Document(name="test", title="Test", about="citizen", story=lambda _subject, _sheet: [])
    with pytest.raises(TypeError):
        wording.zone(replace(made.sheet, now=datetime(2026, 11, 22, tzinfo=UTC)))
    with pytest.raises(ValueError, match="journal or a driving list"):
        whose.head(paper, Subject(), made.sheet)
