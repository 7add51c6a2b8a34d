"""The layers and homes of the project: what may import what. The contracts stand in ``pyproject.toml``."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("backupreader", "sync", "ui", "printing")

# What somebody might write one day, and the contract that must object.
PLANTED = {
    "sync/planted.py": ("import printing.document", "downwards only"),
    "printing/planted.py": ("import ui.look", "downwards only"),
    "backupreader/domain/planted.py": ("import backupreader.store", "the domain and the language"),
    "ui/planted.py": ("def later():\n    import sync.adapter", "the window does not know how data came"),
    "printing/documents/planted.py": ("import backupreader.store.files", "documents and papers never see the store"),
    "backupreader/commands/planted.py": ("import backupreader.commands.search", "commands do not know each other"),
    "sync/adapters/planted.py": ("import sync.adapters.fhir", "adapters do not know each other"),
    "sync/carriers/planted.py": ("import sync.carriers.folder", "carriers do not know each other"),
    "printing/documents/second.py": ("import printing.documents.planted", "documents do not know each other"),
    "printing/papers/planted.py": ("import backupreader.store.files", "documents and papers never see the store"),
    "printing/papers/second.py": ("import printing.papers.planted", "papers do not know each other"),
    "ui/screens/planted.py": ("import ui.screens.lock", "screens do not know each other"),
    "ui/chapters/planted.py": ("import ui.chapters.notes", "chapters do not know each other"),
    "sync/qt.py": ("from PySide6.QtCore import QObject", "PySide6 lives in ui"),
    "ui/paper.py": ("from reportlab.platypus import Paragraph", "reportlab and segno live in printing"),
    "ui/tables.py": ("import pandas", "pandas, orjson and pydantic live in sync"),
    "sync/events.py": ("import watchdog.events", "watchdog lives in sync.watch"),
    "backupreader/store/second.py": ("import sqlcipher3", "sqlcipher3 lives in"),
    "sync/keys.py": ("from cryptography.hazmat.primitives import hashes", "cryptography lives in"),
    "sync/stranger.py": ("import defusedxml.sax", "defusedxml lives in"),
    "sync/pages.py": ("import pypdfium2", "pypdfium2 lives in"),
    "sync/sheets.py": ("import python_calamine", "python_calamine lives in"),
    "backupreader/store/near.py": ("from rapidfuzz.distance import OSA", "rapidfuzz lives in"),
    "sync/feasts.py": ("import holidays", "holidays lives in"),
    "backupreader/store/face.py": ("import typer", "the command line's libraries"),
    "sync/wire.py": ("def send():\n    import socket", "nothing opens a socket"),
}


def test_every_contract_is_kept() -> None:
    ran = _linted(ROOT)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_contract_objects_when_it_is_broken(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    for file, (code, _contract) in PLANTED.items():
        (tmp_path / file).write_text(code + "\n", encoding="utf-8")
    said = _linted(tmp_path).stdout
    broken = re.findall(r"^(.+) BROKEN", said, re.MULTILINE)
    assert not re.findall(r"^(.+) KEPT", said, re.MULTILINE), said
    assert not [why for _code, why in PLANTED.values() if not any(name.startswith(why) for name in broken)], said


@pytest.mark.parametrize("module", ["socket", "http.client", "urllib.request", "ssl", "asyncio", "PySide6.QtNetwork"])
def test_no_file_of_ours_names_a_library_that_opens_sockets(module: str) -> None:
    naming = [
        str(file.relative_to(ROOT))
        for package in PACKAGES
        for file in (ROOT / package).rglob("*.py")
        if re.search(rf"^\s*(import|from) {re.escape(module)}\b", file.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert not naming


def _linted(folder: Path) -> subprocess.CompletedProcess[str]:
    program = (
        "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    )
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
