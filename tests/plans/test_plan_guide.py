"""The guide for the plan's owner says what is so: its example is a plan, its table the plans that there are."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from backupreader.domain.errors import PLAN_DOUBTS
from backupreader.domain.plan.contacts import Calling, Contact
from backupreader.planfile import EXAMPLES, PLAN, read

GUIDE = Path(__file__).resolve().parents[2] / "installer" / "plan-guide.md"
TEXT = GUIDE.read_text(encoding="utf-8")
HEAD = 'title = "Ours"\nowner = "The head of care"\n[holidays]\ncountry = "DK"\n'


def test_the_example_in_the_guide_is_a_plan_that_can_be_used() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    found = read({PLAN: HEAD + example})
    assert found.findings == ()
    assert found.plan is not None
    assert found.plan.callings[0].again == 15
    assert (found.plan.duties[0].minutes, found.plan.duties[0].warn) == (120, 30)


def test_the_guide_names_every_example_plan_and_no_other() -> None:
    named = re.findall(r"^\| `([a-z-]+)` \|", TEXT, re.MULTILINE)
    assert sorted(named) == sorted(folder.name for folder in EXAMPLES.iterdir() if (folder / PLAN).exists())


def test_what_the_guide_says_to_fill_in_can_be_written_in_a_plan() -> None:
    keys = {field.name for kind in (Contact, Calling) for field in fields(kind)}
    (table,) = re.findall(r"\| decide \|.*?\n\n", TEXT, re.DOTALL)
    tables = set(re.findall(r"`\[\[?([a-z]+)\]\]?`", table))
    assert tables <= {"system", "role", "contact", "holidays", "calling", "guide", "duty", "partners", "room", "window"}
    assert set(re.findall(r"`([a-z_]+)`", table)) <= keys


def test_the_guide_is_two_pages_and_its_lines_are_short_enough_to_print() -> None:
    assert len(TEXT.split()) <= 1_500
    inside = False
    for line in TEXT.splitlines():
        inside ^= line.startswith("```")
        assert inside or line.startswith("|") or len(line) <= 140, line


def _commands() -> list[str]:
    (shown,) = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    return shown.splitlines()


@pytest.mark.parametrize("command", _commands())
def test_the_guide_s_commands_run_on_a_copy_of_an_example(command: str, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "care-fmk", tmp_path / "our-plan")
    program, *words = shlex.split(command)
    assert program == "backupreader"
    done = subprocess.run(
        [sys.executable, "-P", "-m", "backupreader", *words, "--language", "en"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(GUIDE.parents[1]), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, PLAN_DOUBTS.status}, done.stderr
    if "now" in words:
        assert done.stdout.splitlines()[0].split("   ") == ["Vagtcentralen", "00 00 00 02"]
