"""What the handbook and the README say is what the code does."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import typer

from backupreader.commands import COMMANDS
from backupreader.domain.errors import KINDS
from backupreader.language import CODES, Language
from backupreader.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
HANDBOOK = ROOT / "installer" / "handbook.md"
README = ROOT / "README.md"


def _table(first_column: str) -> list[list[str]]:
    """The rows of the handbook's table whose first column has that head."""
    rows: list[list[str]] = []
    inside = False
    for line in HANDBOOK.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith(f"| {first_column} |"):
            inside = True
        elif inside and not line.startswith("|"):
            return rows
        elif inside and not set(line) <= set("|- "):
            rows.append(cells)
    return rows


def _verbs(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every verb with its command, as typer made it: a group has commands, a verb has none."""
    if hasattr(command, "commands"):
        for name, member in command.commands.items():
            yield from _verbs(member, (*words, name))
    else:
        yield " ".join(words), command


@pytest.fixture(scope="module")
def verbs() -> dict[str, Any]:
    app = typer.Typer()
    for module in COMMANDS:
        importlib.import_module(module).add(app, Language("en"))
    return dict(_verbs(typer.main.get_command(app)))


def test_the_handbook_lists_every_command_and_no_other(verbs: dict[str, Any]) -> None:
    assert sorted(row[0].strip("`") for row in _table("command")) == sorted(verbs)


def test_every_option_that_the_handbook_names_exists(verbs: dict[str, Any]) -> None:
    everywhere = {"--settings", "--data", "--language", "--passphrase-file", "--help"}
    for command, _where, text in _table("command"):
        options = {option for each in verbs[command.strip("`")].params for option in each.opts} | everywhere
        assert set(re.findall(r"--[a-z-]+", text)) <= options, command


def test_every_command_says_what_it_does_in_every_language() -> None:
    for code in CODES:
        app = typer.Typer()
        for module in COMMANDS:
            importlib.import_module(module).add(app, Language(code))
        silent = [words for words, command in _verbs(typer.main.get_command(app)) if not command.help]
        assert not silent, code


def test_the_handbook_lists_every_error_with_its_own_words() -> None:
    told = [[str(kind.status), kind.code, kind.sentence, kind.hint] for kind in KINDS]
    assert _table("status") == told


def test_no_two_errors_share_a_code_or_a_status() -> None:
    assert len({kind.code for kind in KINDS}) == len({kind.status for kind in KINDS}) == len(KINDS)


def test_the_handbook_lists_every_setting_with_its_default() -> None:
    rows = {row[0].strip("`"): row[1].strip("`") for row in _table("key")}
    settings = {field.name: getattr(Settings(), field.name) for field in fields(Settings)}
    settings["[[source]]"] = settings.pop("sources")
    settings["[[sites]]"] = settings.pop("sites")
    settings["[shifts]"] = settings.pop("shifts")
    settings["[sheets]"] = settings.pop("sheets")
    assert rows.keys() == settings.keys()
    for key, default in settings.items():
        if isinstance(default, str | int) or (isinstance(default, tuple) and default):
            assert json.loads(rows[key]) == (list(default) if isinstance(default, tuple) else default), key


@pytest.mark.parametrize("word", ["demo", "test"])
def test_the_readme_s_two_commands_are_the_ones_that_run(word: str) -> None:
    assert f"python3 installer/run.py {word}" in README.read_text(encoding="utf-8")
    assert f"\n  {word} " in (ROOT / "installer" / "words.py").read_text(encoding="utf-8")


def test_a_landing_runs_the_readme_s_test_command_and_nothing_more() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["exec python3 installer/run.py test"]


def _figures() -> dict[str, list[list[str]]]:
    """The rows of the table of faults, by figure."""
    found: dict[str, list[list[str]]] = {}
    for line in (ROOT / "installer" / "fault-figures.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| F"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            found.setdefault(cells[0], []).append(cells)
    return found


def test_every_figure_was_run_and_met_or_says_why_it_could_not_be() -> None:
    figures = _figures()
    assert set(figures) == {f"F{number}" for number in range(1, 23)} - {"F17"}  # which are journeys
    for figure, rows in figures.items():
        for _figure, what, cases, goal, violations, met, *_ in rows:
            if met.startswith("not tried: "):
                assert len(met) > len("not tried: ") + 10, figure
            else:
                assert (violations, met) == ("0", "yes"), (figure, what)
                assert int(cases.replace(",", "")) >= int(goal.replace(",", "")), (figure, what)


def test_the_security_page_names_every_figure_and_no_other() -> None:
    page = (ROOT / "installer" / "security.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\bF\d+\b", page)) == set(_figures())
    assert (ROOT / "tests" / "journeys" / "test_drills.py").exists()


def test_tests_that_the_security_page_names_exist() -> None:
    page = (ROOT / "installer" / "security.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[a-z_/]+\.py)`", page)
    assert named
    assert not [name for name in named if not (ROOT / name).exists()]


def test_files_that_the_readme_and_the_handbook_point_at_exist() -> None:
    for text in (README, *(ROOT / "installer").glob("*.md")):
        links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text.read_text(encoding="utf-8"))
        assert not [link for link in links if not (text.parent / link).exists()]
