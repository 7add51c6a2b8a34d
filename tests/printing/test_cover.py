"""The page before a print of the municipality's own."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from backupreader.domain.records import Delivery
from backupreader.language import CODES, Language
from printing.cover import cover
from printing.document import Sheet
from printing.foreign import Following

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))
SENT = Delivery(source="tryk", table="document", taken_at="2026-11-22T04:15", complete=None, read=1, filed=1, refused=0)


def sheet(code: str = "en") -> Sheet:
    return Sheet(
        language=Language(code), now=NOW, day=date(2026, 11, 22), site="nordby", printed_by="Anna", generation="3-7"
    )


def following(**facts: object) -> Following:
    known: dict[str, object] = {"title": "Rute 1", "facts": ("Driving list",), "deliveries": (SENT,), "pages": 3}
    return Following(**{**known, **facts})  # type: ignore[arg-type]


def told(pdf: bytes) -> str:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        assert len(document) == 1
        return document[0].get_textpage().get_text_bounded()


def test_it_says_from_whom_how_old_and_how_many_pages_belong_to_it() -> None:
    text = told(cover(following(), sheet()))
    for words in ("BACKUP", "Rute 1", "Taken from tryk 22 Nov 2026 04:15, 4 h 27 min old", "3 pages follow", "Anna"):
        assert words in text


def test_a_source_that_never_said_when_is_said_to_have_not() -> None:
    assert "No source has said when its data was taken." in told(cover(following(deliveries=()), sheet()))


def test_the_same_input_gives_the_same_bytes() -> None:
    assert cover(following(), sheet()) == cover(following(), sheet())


@pytest.mark.parametrize("code", CODES)
def test_a_cruel_title_stays_on_the_one_page_as_text(code: str) -> None:
    text = told(cover(following(title="<b>Søgården & " + "langtnavn" * 60, facts=("x " * 400,)), sheet(code)))
    assert "<b>Søgården &" in text
    assert "Anna" in text
