"""F18: nothing on the PC speaks to a network: counted by the system itself, call by call."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sync.export import export
from tests.sync.town import SITE, WORDS, backup_pc, exporter, write_export

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace, to count the calls")

VERBS = (
    ["receive"],
    ["status"],
    ["verify"],
    ["trust", "list"],
    ["search", "kanariefugl", "--passphrase-file", "WORDS"],
    ["vault", "remove-account", "Anna Holm", "--passphrase-file", "WORDS"],
)


def test_no_verb_on_the_pc_makes_a_network_call(tmp_path: Path):
    write_export(tmp_path / "journal")
    machine = exporter(tmp_path, tmp_path / "room12" / "inbox")
    pc = backup_pc(tmp_path, machine)
    export(machine, datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen")))
    (tmp_path / "words.txt").write_text(WORDS, encoding="utf-8")
    (tmp_path / "settings.toml").write_text(f'site = "{SITE}"\ndata = "{pc.data}"\n', encoding="utf-8")
    for verb in VERBS:
        words = [str(tmp_path / "words.txt") if word == "WORDS" else word for word in verb]
        calls = tmp_path / "calls"
        command = [sys.executable, "-m", "backupreader", *words, "--settings", str(tmp_path / "settings.toml")]
        done = subprocess.run(
            ["strace", "-f", "-qq", "-e", "trace=%network", "-o", str(calls), *command],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=False,
        )
        assert done.returncode in {0, 24}, done.stderr
        assert calls.read_text(encoding="utf-8") == "", verb
