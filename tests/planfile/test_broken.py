"""Broken plans by name: each thing that is wrong is told for its line, in words, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backupreader import planfile
from backupreader.domain.errors import PLAN_UNREADABLE
from backupreader.domain.trouble import ReaderError
from backupreader.language import CODES, Language

FILE = Path(__file__).resolve().parents[1] / "data" / "plan" / "broken.txt"
HEAD = 'title = "Test"\nowner = "IT"\nholidays.country = "DK"\n'


def _plans() -> dict[str, str]:
    found: dict[str, str] = {}
    for part in FILE.read_text(encoding="utf-8").split("\n=== ")[1:]:
        name, _, text = part.partition("\n")
        found[name] = text.removeprefix("--- alone\n") if text.startswith("--- alone\n") else HEAD + text
    return found


PLANS = _plans()


def _expected(text: str) -> list[tuple[int, str]]:
    """The lines that are marked, and the words that each finding must hold."""
    marks = [(number, line.partition("#!")[2]) for number, line in enumerate(text.split("\n"), start=1)]
    return [(number, words.strip()) for number, said in marks if said for words in said.split(" | ")]


@pytest.mark.parametrize("name", PLANS)
def test_what_is_wrong_is_told_for_its_line_and_nothing_else_is(name: str) -> None:
    read = planfile.read({"plan.toml": PLANS[name]})
    assert read.plan is None
    told = [(finding.spot.line, str(finding.reason)) for finding in read.findings]
    left = list(told)
    for line, words in _expected(PLANS[name]):
        met = next((one for one in left if one[0] == line and words in one[1]), None)
        assert met is not None, (line, words, told)
        left.remove(met)
    assert left == []
    assert all(finding.stops and finding.spot.file == "plan.toml" for finding in read.findings)
    assert [line for line, _sentence in told] == sorted(line for line, _sentence in told)


@pytest.mark.parametrize("name", PLANS)
def test_the_sentences_are_whole_in_every_language(name: str) -> None:
    for finding in planfile.read({"plan.toml": PLANS[name]}).findings:
        for code in CODES:
            said = finding.reason.told(Language(code))
            assert not re.search(r"Reason\(|[a-z]\.$|\n", said), said


def test_with_windows_line_ends_and_a_byte_order_mark_the_lines_are_the_same() -> None:
    for text in PLANS.values():
        windows = "\ufeff" + text.replace("\n", "\r\n")
        assert planfile.read({"plan.toml": windows}) == planfile.read({"plan.toml": text})


def test_three_hundred_findings_are_told_as_ten_and_how_many_more(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(HEAD + "".join(f"k{number} = 1\n" for number in range(300)), encoding="utf-8")
    with pytest.raises(ReaderError) as refused:
        planfile.load(path)
    assert refused.value.kind is PLAN_UNREADABLE
    said = refused.value.sentence(Language("en"))
    assert f"The plan {path} cannot be used: ours.toml, line 4: Nothing here is called 'k0'" in said
    assert said.count("Nothing here is called") == 10
    assert said.endswith("and 290 more.")
    assert len(said) < 5_000
