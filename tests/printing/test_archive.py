"""What our PDFs hold so that they can be kept: PDF/A-2b as far as this can be looked at, in the file's own objects."""

from __future__ import annotations

import ctypes
import io
import re
import zlib
from datetime import datetime
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image, ImageCms

from backupreader.domain.papers import PrinterCheck
from backupreader.language import Language
from printing.document import Subject
from printing.documents import document
from printing.icc import SRGB
from printing.papers import paper
from printing.render import render

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))
STREAM = re.compile(rb"<<((?:(?!endobj).)*?)>>\s*stream\r?\n", re.DOTALL)
FONT = re.compile(rb"/BaseFont /(?P<name>[^ \n]+)")
NAMESPACES = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
}


def page(language: str = "da") -> bytes:
    return paper("test-page", PrinterCheck(pc="room12", site="nordby"), Language(language), NOW, anchor="")


@pytest.fixture(params=["test page", "journal", "medicine-sheet"])
def pdf(request, made) -> bytes:
    if request.param == "test page":
        return page()
    out = io.BytesIO()
    render(document(request.param), [Subject(journal=made.ordinary)], made.sheet, out)
    return out.getvalue()


def streams(pdf: bytes) -> list[tuple[bytes, bytes]]:
    """Each stream's dictionary and its content, unpacked."""
    found = []
    for match in STREAM.finditer(pdf):
        raw = pdf[match.end() : pdf.index(b"endstream", match.end())]
        packed = b"FlateDecode" in match[1]
        found.append((match[1], zlib.decompressobj().decompress(raw) if packed else raw.strip()))
    return found


def metadata(pdf: bytes) -> ET.Element:
    (packet,) = [content for about, content in streams(pdf) if b"/Metadata" in about]
    return ET.fromstring(packet.decode("utf-8"))


def test_the_metadata_says_what_the_file_is_and_agrees_with_its_information(pdf):
    said = metadata(pdf)
    assert said.findtext(".//pdfaid:part", namespaces=NAMESPACES) == "2"
    assert said.findtext(".//pdfaid:conformance", namespaces=NAMESPACES) == "B"
    with pypdfium2.PdfDocument(pdf) as opened:
        info = opened.get_metadata_dict()
    assert said.findtext(".//dc:title//rdf:li", namespaces=NAMESPACES) == info["Title"]
    assert said.findtext(".//xmp:CreatorTool", namespaces=NAMESPACES) == info["Creator"]
    assert said.findtext(".//pdf:Producer", namespaces=NAMESPACES) == info["Producer"]
    assert said.findtext(".//dc:creator//rdf:li", namespaces=NAMESPACES) == info["Author"]
    assert said.findtext(".//dc:description//rdf:li", namespaces=NAMESPACES) == info["Subject"]
    assert info["CreationDate"].startswith("D:20000101000000")
    assert said.findtext(".//xmp:CreateDate", namespaces=NAMESPACES) == "2000-01-01T00:00:00Z"


def test_the_metadata_is_not_packed_and_can_be_found_by_a_search_through_the_file(pdf):
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf


def test_the_colours_have_a_profile_that_the_file_holds(pdf):
    assert re.search(rb"/OutputIntents \[ <<[^>]*/DestOutputProfile \d+ 0 R[^>]*/S /GTS_PDFA1", pdf, re.DOTALL)
    profile = SRGB.read_bytes()
    assert [content for about, content in streams(pdf) if re.search(rb"/N 3\b", about)] == [profile]


def test_the_profile_is_srgb_and_leaves_colours_as_they_are():
    profile = ImageCms.ImageCmsProfile(io.BytesIO(SRGB.read_bytes()))
    assert "sRGB" in ImageCms.getProfileDescription(profile)
    image = Image.new("RGB", (1, 1), (200, 30, 90))
    changed = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"))
    assert changed is not None
    assert all(abs(one - other) <= 1 for one, other in zip(changed.getpixel((0, 0)), (200, 30, 90), strict=True))


def test_every_typeface_is_in_the_file_with_its_unicode_and_none_is_left_to_the_reader(pdf):
    fonts = FONT.findall(pdf)
    assert fonts
    assert all(re.fullmatch(rb"[A-Z]{6}\+Noto.*", name) for name in fonts), fonts
    assert pdf.count(b"/Subtype /TrueType") == len(fonts)
    assert pdf.count(b"/ToUnicode") == pdf.count(b"/FontFile2") == len(fonts)
    assert b"/Helvetica" not in pdf


def test_symbolic_typefaces_have_one_table_of_characters_and_no_encoding(pdf):
    assert all(int(flags) & 4 for flags in re.findall(rb"/Flags (\d+)", pdf))
    assert b"/Encoding" not in pdf
    programs = [content for about, content in streams(pdf) if b"/Length1" in about]
    assert programs
    for program in programs:
        assert tables(program) == 1


def tables(program: bytes) -> int:
    """How many tables of characters a TrueType program has."""
    for at in range(12, 12 + 16 * int.from_bytes(program[4:6], "big"), 16):
        if program[at : at + 4] == b"cmap":
            start = int.from_bytes(program[at + 8 : at + 12], "big")
            return int.from_bytes(program[start + 2 : start + 4], "big")
    return 0


def test_each_stream_is_as_long_as_it_says_and_ends_its_line_before_the_word_that_ends_it(pdf):
    found = list(STREAM.finditer(pdf))
    assert len(found) == pdf.count(b"endstream")
    for match in found:
        length = int(re.search(rb"/Length (\d+)", match[1])[1])
        assert pdf[match.end() + length :].startswith(b"\nendstream\nendobj")


def test_nothing_in_it_is_transparent_encrypted_fetched_or_run(pdf):
    words = (b"/SMask", b"/ca ", b"/CA ", b"/Encrypt", b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/EmbeddedFile")
    assert not [word for word in words if word in pdf]
    assert b"/LZWDecode" not in pdf


def test_it_has_an_id_its_language_and_shows_its_title(pdf):
    assert pdf.startswith(b"%PDF-1.7\n%")
    assert all(byte > 127 for byte in pdf[10:14])
    trailer = pdf[pdf.rindex(b"trailer") :]
    assert b"/ID" in trailer
    with pypdfium2.PdfDocument(pdf) as opened:
        length = pdfium.FPDFCatalog_GetLanguage(opened, None, 0)
        if length:
            buffer = ctypes.create_string_buffer(length)
            pdfium.FPDFCatalog_GetLanguage(opened, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
            assert buffer.raw.decode("utf-16-le").rstrip("\0") in {"da", "en"}
        assert not pdfium.FPDFCatalog_IsTagged(opened), "and it does not claim to be tagged"
    assert re.search(rb"/DisplayDocTitle true", pdf)


def test_the_same_page_is_the_same_bytes_and_another_language_says_so():
    assert page() == page()
    assert b"<rdf:li>sv</rdf:li>" in page("sv")


def test_letters_of_many_scripts_are_drawn_with_typefaces_that_the_file_holds(made):
    out = io.BytesIO()
    render(document("journal"), [Subject(journal=made.cruel)], made.sheet, out)
    fonts = FONT.findall(out.getvalue())
    assert all(re.fullmatch(rb"[A-Z]{6}\+Noto.*", name) for name in fonts), fonts
