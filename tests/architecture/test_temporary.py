"""Nothing of ours lays a temporary file: what is kept, is kept in memory or sealed. Each exception has its reason here."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sync.export import export
from sync.receive import receive
from tests.sync.town import SITE, WORDS, backup_pc, exporter, write_export

ROOT = Path(__file__).resolve().parents[2]
OURS = ("backupreader", "sync", "ui", "printing")
ALLOWED = {
    "backupreader/commands/demo.py": "the made-up municipality; nobody in it is real",
    "sync/archives.py": "the export machine opens archives in a folder for itself alone, which is emptied at once",
}
PLACES = re.compile(r"\b(?:QTemporary\w+|QStandardPaths|gettempdir|get_rl_tempfile|TMPDIR|mkd?temp|/var/tmp|/tmp)\b")
MADE = re.compile(r'(?:openat|open|creat|mkdir|mkdirat)\(.*?"([^"]+)".*(?:O_CREAT|O_TMPFILE|0[0-7]+\)).*= \d')


def _files() -> list[Path]:
    return sorted(file for folder in OURS for file in (ROOT / folder).rglob("*.py"))


def _imports_tempfile(file: Path) -> bool:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
        if "tempfile" in names:
            return True
    return False


def test_only_two_modules_make_a_temporary_folder() -> None:
    assert {file.relative_to(ROOT).as_posix() for file in _files() if _imports_tempfile(file)} == set(ALLOWED)


def test_no_module_asks_where_temporary_files_lie() -> None:
    found = {file.relative_to(ROOT).as_posix() for file in _files() if PLACES.search(file.read_text(encoding="utf-8"))}
    assert not found


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace, to see what is made")
def test_a_search_and_a_print_make_no_file_but_the_one_that_was_asked_for(tmp_path: Path) -> None:
    write_export(tmp_path / "journal")
    machine = exporter(tmp_path, tmp_path / "room12" / "inbox")
    pc = backup_pc(tmp_path, machine)
    export(machine, datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen")))
    receive(pc)
    (tmp_path / "words.txt").write_text(WORDS, encoding="utf-8")
    (tmp_path / "settings.toml").write_text(f'site = "{SITE}"\ndata = "{pc.data}"\n', encoding="utf-8")
    calls, paper = tmp_path / "calls", tmp_path / "pages.pdf"
    traced = ["strace", "-f", "-qq", "-e", "trace=open,openat,creat,mkdir,mkdirat,memfd_create", "-o", str(calls)]
    known = ["--passphrase-file", str(tmp_path / "words.txt"), "--settings", str(tmp_path / "settings.toml")]
    for verb in (["search", "kanariefugl"], ["print", "journal", "--unit", "Nord", "--out", str(paper)]):
        done = subprocess.run(
            [*traced, sys.executable, "-B", "-m", "backupreader", *verb, *known],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        kept = (pc.data / "state", pc.audit_folder, pc.data / "notebook", tmp_path / ".pages.pdf")
        made = {match[1] for line in calls.read_text().splitlines() if (match := MADE.search(line))}
        assert not {path for path in made if not path.startswith(tuple(map(str, kept)))}
    assert str(tmp_path / ".pages.pdf.part") in made, "or what is made is not seen at all"
