"""What the process that opens the PDFs answers, page by page."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from backupreader.domain.errors import SELF_TEST
from backupreader.domain.trouble import ReaderError
from sync.pdf.child import answers
from sync.pdf.text import TextReader
from tests.sync.prints import DATA, page, printed, stream


def test_each_page_is_its_text_or_says_that_it_is_a_picture() -> None:
    content = printed(["Køreliste", "Rute 1"], ["picture"], [])
    assert list(answers(content)) == [3, "Køreliste\r\nRute 1", None, "", {}]


def test_what_was_filled_in_a_form_is_part_of_its_page() -> None:
    assert list(answers(printed(["Skema"], field="Marevan 5 mg"))) == [1, "Skema\r\nMarevan 5 mg", {}]


@pytest.mark.parametrize(
    ("file", "state"), [("password.pdf", "locked"), ("cut-in-half.pdf", "damaged"), ("zero-byte.pdf", "damaged")]
)
def test_what_cannot_be_opened_is_said(file: str, state: str) -> None:
    assert list(answers((DATA / "pdf" / file).read_bytes())) == [state, {}]


def test_a_page_that_is_not_there_is_no_text() -> None:
    told = list(answers((DATA / "pdf" / "more-pages-than-there-are.pdf").read_bytes()))
    assert told == [100_000, *[False] * 100_000, {}]


def test_no_more_text_is_read_than_anybody_writes() -> None:
    told = list(answers(printed(["Køreliste", "Rute 1"], ["Side 2"]), 10))
    assert told == [2, "Køreliste\r", {}]


def test_where_no_process_can_be_started_no_file_is_blamed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for wrong in (tmp_path / "gone", Path("/bin/true")):
        monkeypatch.setattr(sys, "executable", str(wrong))
        with TextReader() as reader, pytest.raises(ReaderError) as raised:
            reader.read(b"%PDF-")
        assert raised.value.kind is SELF_TEST


def test_a_page_without_a_font_is_read() -> None:
    assert list(answers(page(stream(b"BT /F 12 Tf 10 10 Td (Hej) Tj ET")))) == [1, "Hej", {}]
