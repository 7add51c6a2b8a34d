"""What files are called, and how long they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("backupreader", "sync", "ui", "printing", "installer", "tests")
LONGEST = 350
EXCUSED = {
    "backupreader/domain/records.py": "the records, one after the other: a table that is read by looking a name up"
}

FILES = sorted(file for folder in OURS for file in (ROOT / folder).rglob("*.py"))
PACKAGED = [file for file in FILES if file.relative_to(ROOT).parts[0] not in {"installer", "tests"}]


def _where(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_no_file_is_named_after_having_no_job() -> None:
    jobless = re.compile(r"utils?|helpers?|managers?|misc|common|base|stuff|tools?")
    assert not [_where(file) for file in FILES if jobless.fullmatch(file.stem.strip("_"))]


def test_no_class_is_named_after_having_no_job() -> None:
    jobless = re.compile(r"^\s*class (\w*(?:Manager|Helper|Utils?|Handler))\b", re.MULTILINE)
    found = {_where(file): jobless.findall(file.read_text(encoding="utf-8")) for file in PACKAGED}
    assert not {file: names for file, names in found.items() if names}


def test_no_file_is_too_long_to_know_its_job() -> None:
    programs = [file for file in FILES if not file.is_relative_to(ROOT / "tests")]
    lengths = {_where(file): len(file.read_text(encoding="utf-8").splitlines()) for file in programs}
    assert not {file: lines for file, lines in lengths.items() if lines > LONGEST and file not in EXCUSED}


def test_every_module_of_ours_says_what_it_is_for() -> None:
    silent = [_where(file) for file in PACKAGED if not file.read_text(encoding="utf-8").lstrip().startswith('"""')]
    assert not silent


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"NotImplementedError|#.*\b(?:TODO|FIXME|XXX)\b|\bplaceholder\b|[Nn]ot implemented")
    found = [
        f"{_where(file)}:{number}"
        for file in PACKAGED
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if later.search(line) and "setPlaceholderText" not in line
    ]
    assert not found


@pytest.mark.parametrize("folder", ["tests", "installer"])
def test_no_package_here_shadows_another(folder: str) -> None:
    assert not list((ROOT / folder).rglob("__init__.py"))


def test_people_s_text_reaches_paper_through_one_module() -> None:
    """A `Paragraph` made elsewhere could be made of unescaped text, and would lose words silently."""
    homes = {"printing/text.py", "printing/block.py", "printing/grid.py", "printing/pen.py"}
    made = [_where(file) for file in PACKAGED if re.search(r"\bParagraph\(", file.read_text(encoding="utf-8"))]
    assert not [file for file in made if file not in homes]


def test_no_path_of_a_developer_s_machine_stands_in_the_tree() -> None:
    texts = [*FILES, *ROOT.glob("*.md"), *ROOT.glob("*.toml"), *(ROOT / "installer").glob("*.md")]
    above = f"{ROOT.parent.as_posix()}/"
    everyones = {"/", "/srv/", "/opt/", "/tmp/", "/home/", "/root/"}  # a checkout there has only its own path to tell
    own = {f"{ROOT.as_posix()}/", *({above} - everyones)}
    assert not [_where(file) for file in texts for path in own if path in file.read_text(encoding="utf-8")]


def test_tests_neither_sleep_nor_replace_our_own_code() -> None:
    nap = re.compile(r"\b(?:time\.)?sleep\(|qtbot\.wait\(")
    mock = re.compile(r"monkeypatch\.setattr\(\s*\"?(?:backupreader|sync|ui|printing)\b|mock\.patch|mocker\.")
    found = [
        f"{_where(file)}:{number}"
        for file in FILES
        if file.is_relative_to(ROOT / "tests") and file != Path(__file__).resolve()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if nap.search(line) or mock.search(line)
    ]
    assert not found
