"""A process that has opened the vault, and then dies as badly as it can: what is left to be read?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sync.export import export
from sync.receive import receive
from tests.sync.town import SITE, WORDS, backup_pc, exporter, write_export

ROOT = Path(__file__).parents[2]
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux about core files and memory")
PATTERN = Path("/proc/sys/kernel/core_pattern")

ABORT = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)  # ulimit -c unlimited
if sys.argv[1:]:
    from backupreader.cli import main
    try:
        main(sys.argv[1:])
    except SystemExit as left:
        assert left.code == 0, left
os.abort()
"""
STATE = """
import ctypes, faulthandler, os, resource, subprocess, sys
from backupreader.seclusion import seclude
os.umask(int(sys.argv[1], 8))
faulthandler.enable()
seclude()
limit = "import resource; print(resource.getrlimit(resource.RLIMIT_CORE))"
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3), faulthandler.is_enabled(), oct(os.umask(0)))
print(len(os.listdir("/proc/self/fd")) > 2, flush=True)
subprocess.run([sys.executable, "-c", limit], check=True)
"""
STRANGER = """
import ctypes, os, signal
from backupreader.seclusion import seclude

def as_nobody(work):
    child = os.fork()
    if child == 0:
        os.setgid(65534); os.setuid(65534)
        work()
        os._exit(0)
    return child

for hide in (False, True):
    told, tell = os.pipe()
    def held():
        ctypes.CDLL(None).prctl(4, 1)  # changing the user has hidden it already
        if hide:
            seclude()
        os.write(tell, b"!")
        signal.pause()
    other = as_nobody(held)
    os.read(told, 1)
    def looks():
        try:
            os.open(f"/proc/{other}/mem", os.O_RDONLY)
            os.write(1, b"read ")
        except PermissionError:
            os.write(1, b"refused ")
    os.waitpid(as_nobody(looks), 0)
    os.kill(other, signal.SIGKILL)
    os.waitpid(other, 0)
"""


def run(program: str, *words: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@ON_LINUX
def test_a_process_that_dies_after_unlocking_leaves_no_core_file(tmp_path: Path):
    pattern = PATTERN.read_text(encoding="ascii").strip()
    if pattern.startswith(("|", "/")):
        pytest.skip(f"core files go elsewhere here: {pattern}")
    write_export(tmp_path / "journal")
    machine = exporter(tmp_path, tmp_path / "room12" / "inbox")
    pc = backup_pc(tmp_path, machine)
    export(machine, datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen")))
    receive(pc)
    (tmp_path / "words.txt").write_text(WORDS, encoding="utf-8")
    (tmp_path / "settings.toml").write_text(f'site = "{SITE}"\ndata = "{pc.data}"\n', encoding="utf-8")
    crash, ordinary = tmp_path / "crash", tmp_path / "ordinary"
    for folder in (crash, ordinary):
        folder.mkdir()
    if run(ABORT, folder=ordinary).returncode != -signal.SIGABRT or not list(ordinary.iterdir()):
        pytest.skip("no program leaves a core file here")
    words = ["search", "kanariefugl", "--passphrase-file", str(tmp_path / "words.txt")]
    done = run(ABORT, *words, "--settings", str(tmp_path / "settings.toml"), folder=crash)
    assert done.returncode == -signal.SIGABRT, done.stderr
    assert list(crash.iterdir()) == []


@ON_LINUX
@pytest.mark.parametrize(("before", "after"), [("022", "0o77"), ("002", "0o77"), ("077", "0o77"), ("027", "0o27")])
def test_the_system_is_told_before_anything_is_held(before: str, after: str):
    done = run(STATE, before)
    assert done.stdout.splitlines() == [f"(0, 0) 0 False {after}", "True", "(0, 0)"], done.stderr


@ON_LINUX
def test_another_program_of_the_same_user_cannot_read_the_memory():
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    done = run(STRANGER)
    if done.stdout.startswith("refused"):
        pytest.skip("no process may read another's memory here at all")
    assert done.stdout.split() == ["read", "refused"], done.stderr


def test_every_verb_begins_with_it():
    text = (ROOT / "backupreader" / "cli.py").read_text(encoding="utf-8")
    body = text.split("def main(")[1].split('"""', 2)[2]
    assert body.split()[0] == "seclude()"
