"""A medicine sheet for one shift, and one that is printed anew in a long outage."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backupreader.domain.shifts import shift_of
from backupreader.language import Language
from printing.document import Subject
from tests.printing.conftest import ZONE

SHEETS = ("medicine-sheet", "signing-list")


@pytest.fixture
def sheet(made):
    return replace(made.sheet, language=Language("en"))


@pytest.fixture
def read(made, sheet, printed, pages_of):
    """The pages of a sheet about the ordinary citizen, their spaces as one."""

    def of(name: str, **how) -> list[str]:
        pdf = printed(name, Subject(journal=made.ordinary), replace(sheet, **how))
        return [" ".join(text.split()) for text in pages_of(pdf)]

    return of


@pytest.mark.parametrize("name", SHEETS)
def test_a_dose_of_another_shift_is_blocked_and_still_seen(name, sheet, read):
    whole = " ".join(read(name))
    part = " ".join(read(name, shift=shift_of(sheet.day, "evening", ZONE)))
    assert "Evening shift 15:00–23:00" in part
    assert part.count("other shift") >= 1
    assert "other shift" not in whole
    for drug in ("Marevan", "Kaleorid", "Movicol"):
        assert drug in part, "what is not due in this shift is seen to be not due"


def test_what_has_no_clock_time_is_open_with_a_question_mark(sheet, read):
    text = " ".join(read("medicine-sheet", shift=shift_of(sheet.day, "evening", ZONE)))
    assert "? In which shift it is given is not said: read its time." in text


@pytest.mark.parametrize("days", [1, 3, 7])
@pytest.mark.parametrize("name", SHEETS)
def test_printed_anew_it_has_a_column_for_what_was_changed_by_hand(name, days, read):
    anew = read(name, days=days, outage_day=3)
    assert any("Changed by hand" in text for text in anew)
    assert all("DAY 3 OF THE OUTAGE" in text for text in anew)
    assert not any("Changed by hand" in text for text in read(name, days=days))
