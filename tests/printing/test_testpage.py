from __future__ import annotations

from datetime import UTC, datetime

import pypdfium2
import pytest

from backupreader.language import CODES, Language
from printing.testpage import test_page as page_of

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=UTC)


@pytest.mark.parametrize("code", CODES)
def test_the_test_page_is_one_page_in_the_frame_that_says_what_it_is(code: str):
    language = Language(code)
    made = page_of(language, NOW, "nordby", "Søren <Åkjær>")
    assert made == page_of(language, NOW, "nordby", "Søren <Åkjær>")
    pdf = pypdfium2.PdfDocument(made)
    assert len(pdf) == 1
    text = " ".join(pdf[0].get_textpage().get_text_range().split())
    assert "BACKUP" in text
    assert "Søren <Åkjær>" in text
    assert "nordby" in text
    assert text.count("æøåäö") == 6
    pdf.close()
