from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.domain.identity import compacted, identify, masked, shown
from backupreader.domain.records import Identifier


@pytest.mark.parametrize(
    ("value", "country", "kind", "valid", "written"),
    [
        ("2110625629", "DK", "cpr", True, "211062-5629"),
        ("140338-1234", "DK", "cpr", None, "140338-1234"),
        ("140338 1234", "DK", "cpr", None, "140338-1234"),
        ("7403381234", "DK", "cpr", None, "740338-1234"),
        ("9999999999", "DK", "cpr", False, "999999-9999"),
        ("0703921VJ4", "DK", "replacement", None, "070392-1VJ4"),
        ("1206550vk9", "DK", "replacement", None, "120655-0VK9"),
        ("19090527-1474", "SE", "personnummer", True, "19090527-1474"),
        ("090527+1474", "SE", "personnummer", True, "090527+1474"),
        ("19090527-1475", "SE", "personnummer", False, "19090527-1475"),
        ("20009999-1234", "SE", "personnummer", False, "20009999-1234"),
        ("000229-2399", "SE", "personnummer", True, "000229-2399"),
        ("191500722390", "SE", "samordningsnummer", True, "19150072-2390"),
        ("19159972-2390", "SE", "personnummer", False, "19159972-2390"),
        ("20000101-T220", "SE", "temporary", True, "20000101-T220"),
        ("19400123X1Y3", "SE", "temporary", None, "19400123-X1Y3"),
        ("15057600149", "NO", "fodselsnummer", False, "150576 00149"),
        ("01010112377", "NO", "fodselsnummer", True, "010101 12377"),
        ("99999999999", "NO", "fodselsnummer", False, "999999 99999"),
        ("19090527-1474", "DK", "personnummer", True, "19090527-1474"),
        ("2110625629", "NO", "cpr", True, "211062-5629"),
        ("journal 7", "DK", "local", None, "journal 7"),
        ("", "SE", "local", None, ""),
    ],
)
def test_a_number_is_recognised_judged_and_shown(value, country, kind, valid, written):
    found = identify(value, country)
    assert (found.kind, found.valid, found.value) == (kind, valid, value)
    assert shown(found) == written


def test_norwegian_numbers_with_raised_days_and_months_are_recognised():
    for value in ("41010112345", "01410112345", "01810112345"):
        assert identify(value, "NO").kind == "fodselsnummer"


def test_the_birthday_decides_between_two_readings_and_never_makes_a_number_wrong():
    assert identify("101112-1234", "DK").kind == "cpr"
    assert identify("101112-1234", "DK", "1910-11-12").kind == "personnummer"
    assert identify("101112-1234", "DK", "1912-11-10").kind == "cpr"
    assert identify("2110625629", "DK", "1970-01-01").valid is True
    assert identify("2110625629", "DK", "1970").kind == "cpr"


def test_the_last_four_are_hidden_on_a_page_that_leaves_the_house():
    assert masked(identify("140338-1234", "DK")) == "140338-••••"
    assert masked(identify("150576 00149", "NO")) == "150576 •••••"
    assert masked(Identifier("local", "ab")) == "••"
    assert masked(Identifier("local", "")) == ""


def test_two_ways_of_writing_a_number_are_the_same():
    assert compacted("19380314-1234") == compacted("1938 0314 1234") == compacted("19380314–1234")
    assert compacted("070392-1vj4") == "0703921VJ4"


@given(st.text(max_size=20), st.sampled_from(["DK", "SE", "NO"]), st.none() | st.text(max_size=12))
def test_no_text_is_refused(value, country, birth_date):
    found = identify(value, country, birth_date)
    assert found.value == value
    shown(found)
    masked(found)


def test_every_official_swedish_test_number_is_right(shared_data):
    folder = shared_data / "personnummer-testdata"
    for number in json.loads((folder / "allPins.json").read_text()):
        found = identify(str(number), "SE")
        assert (found.kind, found.valid) == ("personnummer", True), number
    for number in json.loads((folder / "allCoords.json").read_text()):
        found = identify(str(number), "SE")
        assert (found.kind, found.valid) == ("samordningsnummer", True), number


def test_the_published_lists_of_right_and_wrong_numbers_are_judged_alike(shared_data):
    folder = shared_data / "personnummer-testdata"
    for name in ("list.json", "interim.json"):
        for entry in json.loads((folder / name).read_text()):
            for form in ("long_format", "short_format", "separated_format", "separated_long"):
                if " " not in entry[form]:  # a blank between is how people write; the number is the same
                    assert (identify(entry[form], "SE").valid is True) == entry["valid"], entry


def test_the_danish_core_patients_are_known_by_cpr_or_replacement_number(shared_data):
    kinds = set()
    for file in sorted((shared_data / "hl7dk-core-examples").glob("Patient-*.json")):
        patient = json.loads(file.read_text(encoding="utf-8"))
        for number in patient["identifier"]:
            found = identify(number["value"], "DK", patient.get("birthDate"))
            assert found.valid is not False
            kinds.add(found.kind)
    assert kinds == {"cpr", "replacement"}
