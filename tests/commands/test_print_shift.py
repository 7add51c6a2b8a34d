"""``print shift``: the whole bundle of a route or a unit on the real command line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backupreader.cli import run
from backupreader.domain.newcitizen import read
from tests.commands.test_print import pages, ward  # noqa: F401 (a fixture)


@pytest.fixture
def printed(ward, tmp_path):  # noqa: F811
    def by(*words: str) -> list[str]:
        file = tmp_path / "bundle.pdf"
        assert run(["print", "shift", *words, "--out", str(file), *ward.arguments]) == 0
        return pages(file)

    return by


def test_a_route_gets_its_cover_its_list_and_each_citizens_sheets(ward, printed):  # noqa: F811
    texts = printed("--route", ward.route, "--date", ward.day)
    assert "Contents" in texts[0]
    assert "sheets in all" in texts[0]
    (first,) = [text for text in texts if "Driving list" in text and "Page 1 of" in text and "From sheet" not in text]
    assert "For the car" in first
    summaries = [text for text in texts if "Emergency summary" in text and "From sheet" not in text]
    sheets = [text for text in texts if "Medicine sheet" in text and "Page 1 of" in text and "From sheet" not in text]
    assert len(summaries) == len(sheets) > 0
    assert all("BACKUP" in text for text in texts)


def test_a_unit_gets_everyone_in_it(ward, printed):  # noqa: F811
    texts = printed("--unit", ward.unit, "--sides", "2")
    summaries = [text for text in texts if "Emergency summary" in text and "From sheet" not in text]
    assert len(summaries) == ward.unit_size
    assert len(texts) % 2 == 0


def test_one_shift_has_the_visits_of_that_shift_alone(ward, printed):  # noqa: F811
    whole = printed("--route", ward.route, "--date", ward.day)
    parts = []
    for shift in ("day", "evening", "night"):
        words = ["print", "shift", "--route", ward.route, "--date", ward.day, "--shift", shift]
        status = run([*words, "--out", "/dev/null/no.pdf", *ward.arguments])
        if status == 22:
            continue
        parts.append(printed("--route", ward.route, "--date", ward.day, "--shift", shift))
    assert parts
    assert all("shift" in texts[0] for texts in parts)
    assert all(0 < citizens(texts) <= citizens(whole) for texts in parts)


def citizens(texts: list[str]) -> int:
    return sum("Emergency summary" in text and "From sheet" not in text for text in texts)


@pytest.mark.parametrize(("day", "said"), [(2, "Compare each line"), (5, "OLD DATA"), (28, "VERY OLD DATA")])
def test_in_a_long_outage_each_page_says_louder_how_old_it_is_and_an_older_list_stands_in(day, said, ward, printed):  # noqa: F811
    later = date.fromisoformat(ward.day) + timedelta(days=14)
    texts = printed("--route", ward.route, "--date", later.isoformat(), "--outage-day", str(day))
    assert all(f"DAY {day} OF THE OUTAGE" in text and said in text for text in texts)
    told = ["NO LIST OF" in text for text in texts]
    lists = ["Driving list" in text and "From sheet" not in text for text in texts]
    assert told == lists
    assert any(lists)


def test_without_a_long_outage_no_list_of_another_day_stands_in(ward, tmp_path):  # noqa: F811
    later = date.fromisoformat(ward.day) + timedelta(days=14)
    words = ["print", "shift", "--route", ward.route, "--date", later.isoformat(), "--out", str(tmp_path / "o.pdf")]
    assert run([*words, *ward.arguments]) == 22


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("--citizen", "x"), 2),
        (("--route", "No such route", "--date", "2026-11-22"), 22),
        (("--unit", "No such unit"), 22),
        ((), 2),
        (("--route", "x", "--outage-day", "29"), 2),
    ],
)
def test_a_bundle_of_nobody_is_refused_and_nothing_is_written(words, status, ward, tmp_path, capsys):  # noqa: F811
    file = tmp_path / "no.pdf"
    assert run(["print", "shift", *words, "--out", str(file), *ward.arguments]) == status
    assert "Traceback" not in capsys.readouterr().err
    assert not file.exists()


def test_each_form_for_a_new_citizen_has_a_number_of_its_own_that_is_read_back(ward, tmp_path):  # noqa: F811
    given: list[str] = []
    for _time in range(2):
        file = tmp_path / "new.pdf"
        assert run(["print", "form-new-citizen", "--copies", "3", "--out", str(file), *ward.arguments]) == 0
        for text in pages(file):
            (number,) = {word for word in text.split() if read(word) is not None}
            given.append(number)
    assert len(set(given)) == 6
