"""F1 with real processes: the command line itself, killed by SIGKILL just before a call that changes the disk.

The ordinary run tries some points of each verb; ``-m long`` tries them all.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.settings import Settings
from backupreader.store.files import Files
from backupreader.store.generations import Store
from backupreader.store.opening import open_newest
from sync.export import export
from sync.receive import Word, receive
from tests.sync.town import SITE, backup_pc, exporter, session, write_export

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))
HERE = Path(__file__).parent
POINTS = 12
"""Of each verb, in the ordinary run: a process costs a quarter of a second."""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("gcc") is None,
    reason="needs Linux and a C compiler, to get between the program and its disk",
)


@pytest.fixture(scope="module")
def killer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that is laid under the program."""
    built = tmp_path_factory.mktemp("killer") / "killer.so"
    subprocess.run(
        ["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-o", str(built), str(HERE / "killer.c"), "-ldl"], check=True
    )
    return built


class Verb:
    """One verb of the command line, run as a process of its own under the killer."""

    def __init__(self, killer: Path, words: list[str], below: Path) -> None:
        self._words = words
        self._surroundings = {**os.environ, "LD_PRELOAD": str(killer), "KILL_BELOW": str(below), "LANG": "C.UTF-8"}

    def run(self, **more: str) -> int:
        command = [sys.executable, "-m", "backupreader", *self._words]
        done = subprocess.run(
            command, cwd=HERE.parents[1], env={**self._surroundings, **more}, capture_output=True, check=False
        )
        return done.returncode

    def points(self, count_file: Path, *, every: bool) -> Iterator[int]:
        """All the changes of a whole run, or some of them, evenly spread."""
        assert self.run(KILL_COUNT=str(count_file)) == 0
        calls = int(count_file.read_text())
        assert calls > POINTS
        step = 1 if every else calls / POINTS
        return iter(sorted({1 + int(number * step) for number in range(calls if every else POINTS)}))


@pytest.fixture
def town(tmp_path: Path) -> tuple[Settings, Settings]:
    """An export machine, and a PC that holds one generation and has the next in its inbox."""
    write_export(tmp_path / "journal", 5)
    machine = exporter(tmp_path, tmp_path / "room12" / "inbox")
    pc = backup_pc(tmp_path, machine)
    export(machine, NOW)
    receive(pc)
    write_export(tmp_path / "journal", 6)
    export(machine, NOW)
    return machine, pc


def settings_file(folder: Path, settings: Settings) -> Path:
    text = f'site = "{SITE}"\ndata = "{settings.data}"\nsend_to = {list(settings.send_to)!r}\n'
    text += "".join(f'[[source]]\nname = "{source.name}"\npath = "{source.path}"\n' for source in settings.sources)
    path = folder / f"{settings.data.name}.toml"
    path.write_text(text.replace("'", '"'), encoding="utf-8")
    return path


def citizens(pc: Settings) -> int:
    reader = open_newest(pc, session(pc))
    try:
        return reader.counts()["citizen"]
    finally:
        reader.close()


def kill_receive(town: tuple[Settings, Settings], tmp_path: Path, killer: Path, *, every: bool) -> None:
    _, pc = town
    words = ["receive", "--settings", str(settings_file(tmp_path, pc)), "--data"]
    whole = tmp_path / "whole"
    shutil.copytree(pc.data, whole)
    for point in Verb(killer, [*words, str(whole)], whole).points(tmp_path / "count", every=every):
        tried = tmp_path / "tried"
        shutil.copytree(pc.data, tried)
        at = replace(pc, data=tried)
        assert Verb(killer, [*words, str(tried)], tried).run(KILL_AT=str(point)) == -signal.SIGKILL
        assert citizens(at) in (5, 6), point
        assert {outcome.word for outcome in receive(at)} <= {Word.RECEIVED, Word.ALREADY_HERE}
        assert citizens(at) == 6
        assert list(Store(tried, Files()).staging.iterdir()) == []
        shutil.rmtree(tried)


def kill_export(town: tuple[Settings, Settings], tmp_path: Path, killer: Path, *, every: bool) -> None:
    machine, pc = town
    receive(pc)
    write_export(tmp_path / "journal", 7)
    inbox = tmp_path / "share"
    words = ["export", "--settings", str(settings_file(tmp_path, replace(machine, send_to=(str(inbox),)))), "--data"]
    whole = tmp_path / "whole"
    shutil.copytree(machine.data, whole)
    for point in Verb(killer, [*words, str(whole)], whole).points(tmp_path / "count", every=every):
        tried, receiving = tmp_path / "tried", tmp_path / "receiving"
        shutil.rmtree(inbox, ignore_errors=True)
        shutil.copytree(machine.data, tried)
        shutil.copytree(pc.data, receiving)
        at = replace(pc, data=receiving, inbox=inbox)
        assert Verb(killer, [*words, str(tried)], tried).run(KILL_AT=str(point)) == -signal.SIGKILL
        inbox.mkdir(exist_ok=True)
        assert {outcome.word for outcome in receive(at)} <= {Word.RECEIVED}, point
        assert citizens(at) in (6, 7), point
        export(replace(machine, data=tried, send_to=(str(inbox),)), NOW)
        assert {outcome.word for outcome in receive(at)} <= {Word.RECEIVED, Word.SUPERSEDED}
        assert citizens(at) == 7
        assert list((tried / "outbox" / "work").iterdir()) == []
        assert list((tried / "outbox").glob("*.part")) == []
        shutil.rmtree(tried)
        shutil.rmtree(receiving)


def test_killing_the_receive_command_leaves_the_old_or_the_new_generation(
    town: tuple[Settings, Settings], tmp_path: Path, killer: Path
):
    kill_receive(town, tmp_path, killer, every=False)


def test_killing_the_export_command_leaves_nothing_that_harms(
    town: tuple[Settings, Settings], tmp_path: Path, killer: Path
):
    kill_export(town, tmp_path, killer, every=False)


@pytest.mark.long
def test_killing_the_receive_command_at_every_call(town: tuple[Settings, Settings], tmp_path: Path, killer: Path):
    kill_receive(town, tmp_path, killer, every=True)


@pytest.mark.long
def test_killing_the_export_command_at_every_call(town: tuple[Settings, Settings], tmp_path: Path, killer: Path):
    kill_export(town, tmp_path, killer, every=True)
