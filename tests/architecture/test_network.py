"""Nothing opens a socket, ever (F18): counted by the kernel's own account, and tried where there is no network at all."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.benchmarks.made import WORDS, Made

ROOT = Path(__file__).resolve().parents[2]

# The window from the lock screen to a page that could be printed, in the words that a person's keys would lead to.
WINDOW = """
import sys
from pathlib import Path
import ui
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from backupreader import settings
from backupreader.language import Language
from ui.look import load_fonts, load_more_fonts
from ui.window import Window
application = QApplication(["backupreader"])
load_fonts(), load_more_fonts()
window = Window(settings.load(Path(sys.argv[1]), Path(sys.argv[2]), "da"), Language("da"))
window.resize(1280, 860)
window.show()
window.read_standing()
def until(so):
    QTimer.singleShot(60_000, lambda: sys.exit("the window did not get there"))
    while not so():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 1000)
lock = window.screen_now
lock.name_field.setText("Målt")
lock.words_field.setText(sys.argv[3])
lock.try_words()
until(lambda: window.info is not None)
window.go("citizen", sys.argv[4])
until(lambda: window.screen_now.printable() is not None)
page = window.screen_now.printable()
window.grab()
window.go("print", page)
until(lambda: window.screen_now.name == "print" and window.screen_now.documents.model().rowCount())
window.grab()
window.close()
"""


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
            return ["-c", WINDOW, str(made.source_file), str(made.pc.data), WORDS, citizen]
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
    tracer = _working(["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=%network,execve", "-o", str(account)])
    ran = _run([*tracer, sys.executable, *place.command(verb)], place)
    assert ran.returncode in {0, 24}, ran.stderr  # 24: the made-up data may be late by now
    ours, printing = _calls(account.read_text(encoding="utf-8", errors="replace"))
    assert not ours
    assert not [call for call in printing if "AF_INET" in call or "AF_NETLINK" in call]


def test_the_account_would_tell_of_a_socket(tmp_path: Path) -> None:
    account = tmp_path / "calls"
    tracer = _working(["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=%network,execve", "-o", str(account)])
    for program in (sys.executable, shutil.copy(sys.executable, tmp_path / "lpstat")):
        subprocess.run([*tracer, program, "-c", "import socket; socket.socket()"], check=True)
        ours, printing = _calls(account.read_text(encoding="utf-8"))
        assert [call for call in ours or printing if "AF_INET" in call]


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_works_where_there_is_no_network(place: Place, verb: str) -> None:
    apart = _working(["unshare", "-rn"])
    ran = _run([*apart, sys.executable, *place.command(verb)], place)
    assert ran.returncode in {0, 24}, ran.stderr


def _calls(account: str) -> tuple[list[str], list[str]]:
    """The network calls of our own processes, and those of CUPS's own programs: these ask the print service over its file."""
    started = re.findall(r'^(\d+) +execve\("[^"]*/(\w+)".* = 0$', account, re.MULTILINE)
    cups = {process for process, program in started if program in {"lp", "lpstat"}}
    calls = re.findall(r"^(\d+) +(?=[a-z])(?!execve)(.*)$", account, re.MULTILINE)
    return [call for process, call in calls if process not in cups], [
        call for process, call in calls if process in cups
    ]


def _working(wrapper: list[str]) -> list[str]:
    """The wrapper, if it is here and may be used; the test is skipped otherwise."""
    if shutil.which(wrapper[0]) is None:
        pytest.skip(f"{wrapper[0]} is not installed")
    if subprocess.run([*wrapper, "true"], capture_output=True, check=False).returncode:
        pytest.skip(f"{wrapper[0]} may not be used here")
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
