"""A machine without memory is told so in a sentence; what else goes wrong is still our own fault."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from backupreader import cli
from backupreader.domain.errors import NO_MEMORY
from backupreader.domain.trouble import OUR_FAULT

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        (MemoryError(), NO_MEMORY.status),
        (RuntimeError("can't start new thread"), NO_MEMORY.status),
        (ImportError("pyexpat.so: failed to map segment from shared object"), NO_MEMORY.status),
        (SystemError("error return without exception set"), OUR_FAULT),
        (SyntaxError("unknown parsing error"), OUR_FAULT),
        (RuntimeError("dictionary changed size during iteration"), OUR_FAULT),
    ],
)
def test_the_ways_in_which_python_lacks_memory(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    trouble: Exception,
    status: int,
):
    def refuse(self: Path, encoding: str) -> str:
        raise trouble

    (tmp_path / "settings.toml").touch()
    monkeypatch.setattr(Path, "read_text", refuse)
    assert cli.run(["status", "--settings", str(tmp_path / "settings.toml")]) == status
    said = capsys.readouterr().err
    assert ("[BR41]" in said) == (status == NO_MEMORY.status)
    assert "Traceback" not in said


@pytest.mark.skipif(sys.platform != "linux", reason="limits the memory of a process as Linux does")
@pytest.mark.parametrize(
    "silent", [SystemError("error return without exception set"), SyntaxError("unknown parsing error")]
)
def test_a_library_that_says_nothing_of_the_memory_that_it_lacks_is_asked_for_it(silent: Exception):
    script = f"""
import resource
from backupreader import cli
for line in open("/proc/self/status"):
    if line.startswith("VmSize:"):
        now = int(line.split()[1]) << 10
silent = {silent!r}
before = cli._lacks_memory(silent)
resource.setrlimit(resource.RLIMIT_AS, (now + (4 << 20), now + (4 << 20)))
print(before, cli._lacks_memory(silent))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


@pytest.mark.parametrize(("kind", "said"), [("MemoryError", False), ("ValueError", True)])
def test_memory_that_lacks_where_nothing_can_be_raised_shows_no_person_a_traceback(kind: str, *, said: bool):
    script = f"""
from backupreader import cli
class Dying:
    def __del__(self):
        raise {kind}("x")
cli.run(["--version"])
Dying()
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (kind in done.stderr) == said
