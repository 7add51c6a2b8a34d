"""Any bytes and any names: no crash, no hang, and never a fact that is not there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backupreader.domain.records import Issue
from sync.pdf.facts import Facts, facts
from sync.pdf.patterns import LONGEST_LINE, PLACES, NotAPattern, line_pattern, match_lines, match_path, path_pattern
from sync.pdf.profile import load_prints
from sync.pdf.text import Text, TextReader
from tests.sync.prints import bombs, driving_list, printed

SECONDS = 5.0
WHOLE = driving_list("Rute 1", "22-11-2026", 5, pages=2)
DATES = ("%Y-%m-%d", "%d.%m.%Y", "%Y%m%d")
names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\\\0"), min_size=1, max_size=40)


@pytest.fixture(scope="module")
def reader() -> Iterator[TextReader]:
    with TextReader() as made:
        yield made


def timed(reader: TextReader, content: bytes) -> Text:
    start = time.monotonic()
    text = reader.read(content)
    assert time.monotonic() - start < SECONDS
    (text.words or "").encode("utf-8")
    return text


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_after_the_mark_are_read_or_told_as_damaged(reader: TextReader, junk: bytes) -> None:
    timed(reader, b"%PDF-1.7\n" + junk)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(WHOLE)), st.integers(0, 40), st.binary(max_size=40))
def test_a_pdf_with_a_piece_replaced_is_read_or_told(reader: TextReader, at: int, size: int, junk: bytes) -> None:
    timed(reader, WHOLE[:at] + junk + WHOLE[at + size :])


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(WHOLE) - 1))
def test_a_pdf_that_was_cut_anywhere_is_read_or_told(reader: TextReader, length: int) -> None:
    timed(reader, WHOLE[:length])


def test_bombs_end_in_time_and_the_file_after_each_is_read(reader: TextReader) -> None:
    for bomb in bombs().values():
        timed(reader, bomb)
        assert timed(reader, WHOLE).state == "whole"


@pytest.mark.parametrize("seconds", [0.001, 0.3])
def test_a_file_that_takes_too_long_keeps_the_pages_that_were_read(seconds: float) -> None:
    lines = [f"{line} Kirsten Prøve Ågade personlig pleje" for line in range(60)]
    long = printed(*[lines] * 1_000)
    with TextReader(seconds) as hurried:
        text = hurried.read(long)
        assert (text.state, text.unread) == ("partly", ())
        assert len(text.pages) < 1_000
        assert all(page.startswith("0 Kirsten") for page in text.pages)
        assert hurried.read(b"") in (Text("damaged"), Text("partly"))  # in a new process


@given(names, st.dates(date(1900, 1, 1)), st.sampled_from(["%Y-%m-%d", "%Y%m%d"]))
def test_what_is_put_in_a_pattern_is_found_in_it(route: str, day: date, form: str) -> None:
    pattern = path_pattern("Lister/{date}/{route}_{date}.pdf", (form,))
    written = f"{day.year:04}{day:-%m-%d}" if "-" in form else f"{day.year:04}{day:%m%d}"
    found = match_path(pattern, f"a/b/lister/{written}/{route}_{written}.PDF")
    assert found is not None
    places = list(pattern.facts(found))
    assert [place for place, _ in places] == ["date", "route", "date"]
    assert {value for place, value in places if place == "date"} == {written}


@settings(deadline=None)
@given(st.lists(names, min_size=1, max_size=6), st.text(max_size=2_000))
def test_any_name_and_any_page_give_facts_that_stand_there(parts: list[str], page: str) -> None:
    issues: list[Issue] = []
    found = facts(load_prints(None), "/".join(parts), page, issues)
    assert found.kind is not None or found == Facts()
    assert all(issue.file == "/".join(parts) and len(issue.value or "") <= 200 for issue in issues)


@given(st.text(max_size=60), st.sampled_from(["", *(f"{{{place}}}" for place in PLACES)]), st.text(max_size=60))
def test_any_text_is_a_pattern_or_is_refused_as_none(before: str, place: str, after: str) -> None:
    for make in (path_pattern, line_pattern):
        try:
            pattern = make(before + place + after, DATES)
        except NotAPattern:
            continue
        match_path(pattern, before + after)
        list(match_lines(pattern, [before, after]))


@pytest.mark.parametrize(
    "text", ["CPR-nr.: " * 200_000, "Navn: x, " * 200_000, "2026-11-22 " * 200_000, "0" * 1_000_000]
)
def test_a_page_made_to_take_long_does_not(text: str) -> None:
    start = time.monotonic()
    for pattern in ("CPR-nr.: {person_number}", "Navn: {name}, {title} CPR {person_number}", "{name} {unit} ({date})"):
        found = list(match_lines(line_pattern(pattern, DATES), [text] * 20))
        assert all(len(match[0]) <= LONGEST_LINE for match in found)
    assert time.monotonic() - start < SECONDS


def test_the_longest_name_of_a_file_is_matched_in_no_time() -> None:
    pattern = path_pattern("{unit}/{name} {title}_{route}-{any} {person_number}.pdf", DATES)
    start = time.monotonic()
    assert match_path(pattern, f"{'a b_c-' * 40}/{'a b_c-' * 42}.pdf") is None
    assert time.monotonic() - start < SECONDS


def test_what_is_no_letter_at_all_can_be_stored(tmp_path: Path) -> None:
    assert Text("whole", 1, ("\ufffd",)).words == "\ufffd"
    assert Text("whole", 2, (" ", "\n")).words is None
