"""The file of life-critical rules: what is wrong in it is told by its key, and the one that is shipped is an example."""

from __future__ import annotations

from pathlib import Path

import pytest

from backupreader import rulefile
from backupreader.domain.errors import RULES_UNREADABLE
from backupreader.domain.trouble import ReaderError
from backupreader.language import CODES

HEAD = 'owner = "Sundhedschefen"\nversion = "3"\napproved = 2026-10-01\nrevise_by = "2027-10-01"\n'
RULE = '[[rule]]\nid = "insulin"\nlabel = { da = "Insulin" }\natc = ["A10A"]\n'


@pytest.fixture
def refused(tmp_path: Path):
    def ask(text: str) -> str:
        path = tmp_path / "our.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ReaderError) as told:
            rulefile.load(path)
        assert told.value.kind is RULES_UNREADABLE
        assert told.value.facts["path"] == path
        return str(told.value.facts["reason"])

    return ask


def test_the_example_covers_what_most_often_is_life_critical_in_every_language() -> None:
    rules = rulefile.load(None)
    assert [rule.head.id for rule in rules.rules] == [
        "insulin", "oxygen", "anticoagulant", "parkinson", "tube-feeding", "ventilator", "powered-device", "two-carers",
        "alone-with-alarm",
    ]  # fmt: skip
    assert all(set(rule.head.labels) == set(CODES) for rule in rules.rules)
    assert rules.book.example
    assert "EXAMPLE" in rulefile.EXAMPLE.read_text(encoding="utf-8").splitlines()[0]


def test_the_shipped_file_is_an_example_whatever_it_says_and_a_copy_of_it_until_somebody_takes_that_away(
    tmp_path: Path,
) -> None:
    copy = tmp_path / "ours.toml"
    text = rulefile.EXAMPLE.read_text(encoding="utf-8")
    copy.write_text(text, encoding="utf-8")
    assert rulefile.load(copy).book.example
    copy.write_text(text.replace("example = true", ""), encoding="utf-8")
    assert not rulefile.load(copy).book.example


def test_owner_version_and_days_are_read_with_and_without_quotation_marks(tmp_path: Path) -> None:
    path = tmp_path / "our.toml"
    path.write_text(HEAD + RULE, encoding="utf-8")
    book = rulefile.load(path).book
    assert (book.owner, book.version, book.approved, book.revise_by) == (
        "Sundhedschefen",
        "3",
        "2026-10-01",
        "2027-10-01",
    )
    assert not book.example


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("owner = \nversion = 1", "line 1"),
        (HEAD, "rule"),
        (HEAD + "ower = 1\n" + RULE, "ower"),
        (RULE, "owner"),
        (HEAD.replace('"3"', "3") + RULE, "version"),
        (HEAD.replace("2026-10-01", '"1. okt"') + RULE, "approved: 1. okt"),
        (HEAD.replace("2026-10-01", "2026-10-01T08:00:00") + RULE, "approved"),
        (HEAD + "example = 1\n" + RULE, "example (true, false)"),
        (HEAD + RULE + RULE, "rule: insulin"),
        (HEAD + RULE.replace("insulin", "In sulin"), "rule 1: id: In sulin"),
        (HEAD + RULE.replace("{ da =", "{ dk ="), "rule 1: label: dk"),
        (HEAD + RULE.replace('"Insulin"', '" "'), "rule 1: label"),
        (HEAD + RULE.replace("{ da = ", "").replace(" }", ""), "rule 1: label"),
        (HEAD + RULE.replace("A10A", "A1OA"), "rule 1: atc: A1OA"),
        (HEAD + RULE.replace('["A10A"]', '"A10A"'), "rule 1: atc"),
        (HEAD + RULE + 'wrods = ["insulin"]\n', "rule 1: wrods"),
        (HEAD + RULE + 'words = ["insulin"]\n', "rule 1: in"),
        (HEAD + RULE + 'in = ["medication.drug"]\n', "rule 1: words"),
        (HEAD + RULE + 'words = ["*"]\nin = ["medication.drug"]\n', "rule 1: words: *"),
        (HEAD + RULE + 'words = ["x y"]\nin = ["note.text"]\n', "rule 1: words: x y"),
        (HEAD + RULE + 'words = ["insulin"]\nin = ["note.text"]\n', "rule 1: in: note.text"),
        (
            HEAD + RULE + 'words = ["insulin"]\nin = ["intervention.instruction"]\n',
            "rule 1: in: intervention.instruction",
        ),
        (HEAD + RULE + 'kinds = ["alert.allergi"]\n', "rule 1: kinds: alert.allergi"),
        (HEAD + RULE + "carers = 1\n", "rule 1: carers: 1"),
        (HEAD + RULE + "carers = 99\n", "rule 1: carers (0–9)"),
        (HEAD + RULE.replace('atc = ["A10A"]\n', ""), "rule 1: atc, words, kinds, carers"),
        (HEAD + RULE + "[[rule.and]]\ncares = 2\n", "rule 1: and 1: cares"),
        (HEAD + RULE + "[[rule.and]]\n", "rule 1: and 1: atc, words, kinds, carers"),
        (HEAD + "rule = 7\n", "rule"),
    ],
)
def test_what_is_wrong_is_told_by_its_key(refused, text, key) -> None:
    assert key in refused(text)


def test_a_file_that_is_not_there_or_in_other_letters_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.toml", tmp_path, tmp_path / "latin.toml"):
        (tmp_path / "latin.toml").write_bytes(HEAD.encode("latin-1") + 'owner2 = "Søren"'.encode("latin-1"))
        with pytest.raises(ReaderError) as told:
            rulefile.load(path)
        assert told.value.kind is RULES_UNREADABLE
