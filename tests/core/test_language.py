"""Four languages, complete; ages and dates as people write them."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from backupreader.domain.errors import KINDS
from backupreader.language import CODES, Language

ROOT = Path(__file__).resolve().parents[2]


def test_every_sentence_is_translated_and_the_compiled_catalogues_are_current() -> None:
    ran = subprocess.run(
        [sys.executable, ROOT / "installer" / "catalogues.py", "--check"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("code", [code for code in CODES if code != "en"])
def test_each_catalogue_speaks_its_own_language(code: str) -> None:
    english = {kind.sentence for kind in KINDS} | {kind.hint for kind in KINDS}
    assert not [sentence for sentence in english if Language(code).text(sentence) == sentence]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="fi"):
        Language("fi")


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(0), "0 min"),
        (timedelta(seconds=59), "0 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=3, minutes=12), "3 h 12 min"),
        (timedelta(hours=24), "1 day 0 h"),
        (timedelta(days=2, hours=4, minutes=59), "2 days 4 h"),
        (timedelta(seconds=-5), "0 min"),
    ],
)
def test_an_age_is_said_in_its_two_largest_units_and_never_rounded_up(age: timedelta, said: str) -> None:
    assert Language("en").age(age) == said


def test_decimals_are_written_with_the_sign_of_the_language_and_every_digit() -> None:
    assert [Language(code).decimal("2.000") for code in CODES] == ["2,000", "2,000", "2,000", "2.000"]
    for text in ("“1.000”", "½", "1,5", "1-2", "", "1.000.000"):
        assert Language("da").decimal(text) == text


def test_dates_are_written_as_people_write_them() -> None:
    day = date(2026, 11, 22)
    assert Language("da").day(day) == "22 nov. 2026"
    assert Language("sv").day(day, weekday=True, year=False) == "sön 22 nov."
    assert Language("en").moment(datetime(2026, 11, 22, 7, 5, tzinfo=UTC)) == "22 Nov 2026 07:05"
