"""Where the audit stood, and in which outage: in the foot of every page, and on a cover."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from backupreader.domain.acts import Anchor
from backupreader.language import Language
from printing.cover import cover
from printing.document import Subject
from printing.documents import DOCUMENTS
from printing.foot import logged
from printing.foreign import Following
from tests.printing import area

ENGLISH = Language("en")
ANCHOR = str(Anchor(214, "5f3a09c177d2" + "0" * 52))
PLACES = [(name, which) for name in DOCUMENTS for which in ("ordinary", "cruel")]


def subject_of(made, name: str, which: str) -> Subject:
    return area.subject(name, made, which)


@pytest.mark.parametrize(("name", "which"), PLACES)
def test_every_page_of_every_document_says_where_the_log_stood_and_in_which_outage(  # noqa: PLR0917 (axes, fixtures)
    name, which, made, printed, pages_of, sheet_of
):
    sheet = sheet_of("en", anchor=ANCHOR, outage="2026-003", days=3)
    for page in pages_of(printed(name, subject_of(made, name, which), sheet)):
        assert "Log 214 · 5f3a 09c1 77d2 · Outage 2026-003" in page
        assert "Mette Lund, SSA" in page


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_summary_and_the_rest_keep_their_pages_with_the_log_in_their_foot(name, made, printed, pages_of, sheet_of):
    subject = subject_of(made, name, "ordinary")
    with_log = pages_of(printed(name, subject, sheet_of("en", anchor=ANCHOR, outage="2026-003")))
    assert len(with_log) == len(pages_of(printed(name, subject, sheet_of("en"))))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_without_a_log_or_an_outage_nothing_is_said_of_them(name, made, printed, pages_of, sheet_of):
    text = " ".join(pages_of(printed(name, subject_of(made, name, "ordinary"), sheet_of("en"))))
    assert "Log " not in text
    assert "Outage " not in text


def test_a_page_that_is_not_in_the_log_says_so_in_bold():
    assert logged("NOT IN THE LOG", "2026-003", ENGLISH) == (("NOT IN THE LOG", True), (" · Outage 2026-003", False))
    assert logged(ANCHOR, "", ENGLISH) == (("Log 214 · 5f3a 09c1 77d2", False),)
    assert logged("", "2026-003", ENGLISH) == (("Outage 2026-003", False),)
    assert logged("", "", ENGLISH) == ()


def test_the_cover_says_it_too(made):
    following = Following(title="Rute 1", facts=(), deliveries=(), pages=3)
    sheet = replace(made.sheet, language=ENGLISH, anchor="NOT IN THE LOG", outage="2026-003")
    with pypdfium2.PdfDocument(cover(following, sheet)) as pdf:
        assert "NOT IN THE LOG · Outage 2026-003" in pdf[0].get_textpage().get_text_bounded()
