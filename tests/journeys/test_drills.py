"""F17: every drill of the manual, command by command as it stands there, and what one sees."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from backupreader.store import codesheets, vault
from backupreader.store.files import Files
from sync.origin import Origin
from tests.sync.town import CHEAP, write_export

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "installer" / "drills.md").read_text(encoding="utf-8")
ANNA, BO = "regn lampe sti bro kaffe", "sol vind hav skog is"


@dataclass(frozen=True)
class Step:
    """One command of the page: where, what, what is typed, and what is seen."""

    machine: str
    words: list[str]
    typed: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)


def drills() -> dict[str, list[Step]]:
    """The steps of the page by heading."""
    found: dict[str, list[Step]] = {}
    for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]:
        steps = found.setdefault(part.splitlines()[0], [])
        for block in re.findall(r"^```\n(.*?)^```", part, re.MULTILINE | re.DOTALL):
            steps.extend(_steps(block))
    return found


def _steps(block: str) -> Iterator[Step]:
    step: Step | None = None
    for line in block.splitlines():
        if command := re.match(r"(pc|export)\$ backupreader (.*)", line):
            if step is not None:
                yield step
            step = Step(command[1], shlex.split(command[2]))
            continue
        assert step is not None, line
        (step.typed if line.startswith("> ") else step.seen).append(line.removeprefix("> ").strip())
    assert step is not None
    yield step


@dataclass
class Desk:
    """The two machines, the stick, and what is written on the slips in people's pockets."""

    folder: Path
    slips: dict[str, str]

    def take(self, step: Step) -> None:
        said = subprocess.run(
            [
                *(sys.executable, "-P", "-m", "backupreader", *step.words),
                *("--settings", str(self.folder / step.machine / "settings.toml"), "--language", "en"),
            ],
            cwd=self.folder / "stick",
            env={**os.environ, "PYTHONPATH": str(ROOT), "BACKUPREADER_TRACEBACK": "1"},
            input="".join(self.slips[name.strip("«»")] + "\n" for name in step.typed),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        output = said.stdout + said.stderr
        assert (said.returncode != 0) == any("[BR" in line for line in step.seen), output
        for line in step.seen:
            what, secret, name = line.partition("«")
            assert what in output, f"{line!r} is not in:\n{output}"
            if secret:
                self.slips[name.rstrip("»")] = output.split(what)[1].splitlines()[0].strip()


@pytest.fixture(scope="module")
def introduced(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Two people, a sheet of two codes and one received generation; a cheap vault, so that words take no second each."""
    desk = Desk(tmp_path_factory.mktemp("drills"), {"Anna's words": ANNA, "Bo's words": BO})
    folder, data = desk.folder, desk.folder / "pc" / "data"
    for name, more in (
        ("pc", 'machine_secret = "secret-of-this-pc"\n'),
        ("export", 'send_to = ["../pc/data/inbox"]\n[[source]]\nname = "journal"\npath = "../journal"\n'),
    ):
        (folder / name).mkdir()
        text = f'site = "nordby"\ndata = "data"\n{more}'
        (folder / name / "settings.toml").write_text(text, encoding="utf-8")
    (folder / "stick").mkdir()
    write_export(folder / "journal")
    Origin(folder / "export" / "data", Files()).signer("nordby", datetime(2026, 3, 1, tzinfo=UTC))  # set up long ago
    secret = vault.make_machine_secret(folder / "pc" / "secret-of-this-pc", Files())
    made, opened = vault.init(
        data / "vault", "room12", "nordby", ANNA, Files(), CHEAP, account="Anna Holm", machine_secret=secret
    )
    made = made.with_account(opened, "Bo Ek", BO, secret, CHEAP)
    made, (desk.slips["the recovery code"],) = made.with_recovery(opened, CHEAP)
    codesheets.issue(
        made,
        opened,
        2,
        secret,
        language="da",
        holder="Bo Ek",
        issued_by="Anna Holm",
        now=datetime(2026, 11, 30, tzinfo=UTC),
        tick=lambda _done, _total: None,
    )
    (folder / "stick" / "room12.vault").write_bytes(made.identity.encode())
    for step in _steps(
        "export$ backupreader vault enrol room12.vault\n"
        "pc$ backupreader trust add nordby.signer\n"
        "export$ backupreader export\n"
        "pc$ backupreader receive\nreceived\n"
    ):
        desk.take(step)
    return desk


def as_it_was(folder: Path) -> None:
    """Nothing has happened to either machine."""


def into_another_pc(folder: Path) -> None:
    (folder / "pc" / "secret-of-this-pc").unlink()


def dead_disk(folder: Path) -> None:
    shutil.rmtree(folder / "pc" / "data")
    (folder / "pc" / "secret-of-this-pc").unlink()


def dead_export_machine(folder: Path) -> None:
    data = folder / "export" / "data"
    for lost in (entry for entry in data.iterdir() if entry.name not in {"signer", "vaults"}):
        shutil.rmtree(lost)


def dead_export_machine_nothing_kept(folder: Path) -> None:
    shutil.rmtree(folder / "export" / "data")


BEFORE: dict[str, Callable[[Path], None]] = {
    "Forgotten words": as_it_was,
    "Dead PC, the disk is alive": as_it_was,
    "Recovery in a new PC": into_another_pc,
    "Dead disk, new PC": dead_disk,
    "Dead export machine": dead_export_machine,
    "Dead export machine, nothing kept": dead_export_machine_nothing_kept,
    "Lost sheet": as_it_was,
    "A person leaves": as_it_was,
    "Lost recovery code": as_it_was,
}
ON_PAPER = {"Lost sheet"}


def test_the_page_has_every_drill_and_no_other() -> None:
    assert list(drills()) == list(BEFORE)
    assert all(drills().values())


@pytest.mark.parametrize("name", BEFORE)
def test_a_drill_goes_as_the_page_says(introduced: Desk, tmp_path: Path, name: str) -> None:
    if name in ON_PAPER and find_spec("printing.papers") is None:
        pytest.skip("the papers of the PC itself are drawn elsewhere")
    shutil.copytree(introduced.folder, tmp_path / "desk")
    desk = Desk(tmp_path / "desk", dict(introduced.slips))
    BEFORE[name](desk.folder)
    for step in drills()[name]:
        desk.take(step)
