"""Nothing opens a socket, ever (F18): counted by the kernel's own account, and tried where there is no network at all."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.benchmarks.made import WORDS, Made
from tests.faults.tracing import APART, calls, tracer, usable
from tests.faults.verbs import WINDOWED

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """A PC with one received package and another waiting, and how its verbs are run."""

    made: Made
    words: Path
    citizen: str

    def command(self, verb: str) -> list[str]:
        made, citizen = self.made, self.citizen
        if verb == "receive":  # from the beginning: as on a PC that has nothing yet
            shutil.rmtree(made.generation.path)
            shutil.copy(made.package, made.pc.inbox_folder)
        unlock = ["--passphrase-file", str(self.words)]
        words = {
            "receive": ["receive"],
            "status": ["status"],
            "verify": ["verify"],
            "search": ["search", "a", *unlock],
            "print": [
                "print",
                "medicine-sheet",
                "--citizen",
                citizen,
                "--out",
                str(made.folder / "sheet.pdf"),
                *unlock,
            ],
        }
        settings = ["--settings", str(made.source_file), "--data", str(made.pc.data)]
        if verb == "open":
            return ["-P", str(WINDOWED), str(made.source_file), str(made.pc.data), "Målt", WORDS, made.questions(1)[0]]
        return ["-P", "-m", "backupreader", *words[verb], *settings]


VERBS = ("receive", "open", "search", "print", "status", "verify")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    made = Made(tmp_path_factory.mktemp("network"), "tiny")
    assert made.generation is not None
    words = made.folder / "words.txt"
    words.write_text(WORDS, encoding="utf-8")
    return Place(made, words, made.citizen())


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_makes_no_network_call(place: Place, verb: str, tmp_path: Path) -> None:
    account = tmp_path / "calls"
    ran = _run([*_working(tracer(account)), sys.executable, *place.command(verb)], place)
    assert ran.returncode in {0, 24}, ran.stderr  # 24: the made-up data may be late by now
    counted = calls(account.read_text(encoding="utf-8", errors="replace"))
    assert not counted.ours
    assert not counted.network


def test_the_account_would_tell_of_a_socket(tmp_path: Path) -> None:
    account = tmp_path / "calls"
    words = _working(tracer(account))
    for program in (sys.executable, shutil.copy(sys.executable, tmp_path / "lpstat")):
        subprocess.run([*words, program, "-c", "import socket; socket.socket()"], check=True)
        assert [call for call in calls(account.read_text(encoding="utf-8")).network if "AF_INET" in call]


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_works_where_there_is_no_network(place: Place, verb: str) -> None:
    ran = _run([*_working(APART), sys.executable, *place.command(verb)], place)
    assert ran.returncode in {0, 24}, ran.stderr


def _working(wrapper: tuple[str, ...]) -> tuple[str, ...]:
    """The wrapper, if it is here and may be used; the test is skipped otherwise."""
    if (why := usable(wrapper)) is not None:
        pytest.skip(why)
    return wrapper


def _run(command: list[str], place: Place) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(place.made.folder),
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONUTF8": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
