"""The shift bundle: in visit order, nobody on anybody else's sheet, under a cover that counts what it covers."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from backupreader.domain.rounds import in_visit_order
from backupreader.domain.sheets import Numbers, serial
from backupreader.domain.shifts import shift_of
from backupreader.language import CODES, Language
from printing.bundle import TITLE, Bundle
from printing.document import Subject
from printing.documents import document
from printing.render import Piece, Rendered, render_pieces
from tests.printing.conftest import ZONE

ENGLISH = Language("en")
_SERIAL = re.compile(r"[0-9A-Z]{3}-[0-9]{7}-[0-9]{2}")


def bundled(made, **how) -> tuple[Rendered, bytes]:
    sheet = replace(made.sheet, **{"language": ENGLISH, **how})
    bundle, out = Bundle("Nord aften"), io.BytesIO()
    subjects = [Subject(driving_list=made.rounds), Subject(journal=made.ordinary), Subject(journal=made.cruel)]
    return render_pieces(TITLE, bundle.pieces(subjects), sheet, out, bundle.cover), out.getvalue()


@pytest.mark.parametrize("sides", [1, 2])
def test_every_page_bears_the_number_of_its_sheet_and_no_sheet_holds_two_documents(made, pages_of, sides: int):
    rendered, pdf = bundled(made, numbers=Numbers("K7Q", 100), sides=sides)
    pages = pages_of(pdf)
    assert len(pages) == rendered.pages
    assert rendered.pages == sides * len(rendered.sheets) or sides == 1
    cover = next(sheet for sheet in rendered.sheets if sheet.document == "bundle-cover")
    order = [cover, *(sheet for sheet in rendered.sheets if sheet is not cover)]
    for place, sheet in enumerate(order):
        for side, text in enumerate(pages[place * sides : (place + 1) * sides]):
            if side < len(sheet.pages):
                assert str(sheet.serial) in text
                assert f"Page {sheet.pages[side]} of {sheet.of}" in text
            else:
                assert "This side is left empty." in text
                assert made.ordinary.citizen.name not in text
    assert len({sheet.serial for sheet in rendered.sheets}) == len(rendered.sheets)


def test_the_cover_counts_the_sheets_and_stands_first_with_the_last_number(made, pages_of):
    rendered, pdf = bundled(made, numbers=Numbers("K7Q", 100))
    cover = pages_of(pdf)[0]
    assert f"{len(rendered.sheets) - 1} sheets in all, and this one." in cover
    assert str(max(sheet.serial for sheet in rendered.sheets)) in cover
    assert made.ordinary.citizen.name in cover
    assert "Taken from Nexus" in cover
    assert [found for found in _SERIAL.findall(cover) if serial(found) is None] == []


def test_the_list_is_the_one_for_the_car_and_the_citizens_sheets_are_whole(made, pages_of):
    _rendered, pdf = bundled(made)
    pages = pages_of(pdf)
    assert "For the car" in pages[1]
    assert any("CAVE: Penicillin" in text for text in pages[2:])


def test_the_same_input_gives_the_same_bytes(made):
    assert bundled(made, numbers=Numbers("K7Q", 1), sides=2)[1] == bundled(made, numbers=Numbers("K7Q", 1), sides=2)[1]


@pytest.mark.parametrize("code", CODES)
def test_no_page_of_any_language_is_without_its_frame_and_its_foot(made, pages_of, code: str):
    shift = shift_of(made.sheet.day, "evening", ZONE)
    _rendered, pdf = bundled(made, language=Language(code), shift=shift, numbers=Numbers("K7Q", 100))
    for text in pages_of(pdf):
        assert "BACKUP" in text
        assert len(_SERIAL.findall(text)) >= 1


def test_a_pdf_of_one_piece_has_it_without_a_cover(made, pages_of):
    out = io.BytesIO()
    sheet = replace(made.sheet, language=ENGLISH)
    render_pieces(TITLE, [Piece(document("summary"), Subject(journal=made.ordinary))], sheet, out)
    (page,) = pages_of(out.getvalue())
    assert "Sheet no." in page, "a sheet that nobody has numbered has a line to write a number on"


@pytest.mark.parametrize(("turned", "pages"), [(0, 99), (4, 3), (90, 3), (180, 3)])
def test_a_scanner_reads_the_number_of_its_sheet_off_every_page(made, turned: int, pages: int):
    rendered, pdf = bundled(made, numbers=Numbers("K7Q", 100))
    cover, *others = sorted(rendered.sheets, key=lambda sheet: sheet.document != "bundle-cover")
    numbers = [str(sheet.serial) for sheet in (cover, *others)]
    with pypdfium2.PdfDocument(pdf) as read:
        for number, page in list(zip(numbers, read, strict=True))[:pages]:
            image = page.render(scale=150 / 72, grayscale=True).to_pil()  # a cheap camera, held by hand
            (found,) = zxingcpp.read_barcodes(image.rotate(turned, expand=True, fillcolor=255))
            assert found.text == number
            assert serial(found.text) is not None


def test_citizens_come_in_the_order_of_their_visits_and_those_of_cancelled_ones_last(made):
    visits = made.rounds.visits
    first, second = visits[0].citizen, next(one.citizen for one in visits if one.citizen != visits[0].citizen)
    visits = tuple(replace(one, status="planned") for one in visits)
    cancelled = tuple(replace(one, status="cancelled") if one.citizen == first else one for one in visits)
    assert in_visit_order([replace(made.rounds, visits=visits)])[0] == first
    order = in_visit_order([replace(made.rounds, visits=cancelled)])
    assert (order[0], order[-1]) == (second, first)
    wrong = replace(made.rounds, visits=tuple(replace(one, status="entered-in-error") for one in visits))
    assert in_visit_order([wrong]) == ()
