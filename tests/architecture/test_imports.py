"""Importing a module loads only its own libraries: asked of a fresh interpreter for every module there is."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

QT = frozenset({"PySide6", "shiboken6"})
PAPER = frozenset({"reportlab", "PIL", "segno"})
TABLES = frozenset({"pandas", "numpy"})
FACE = frozenset({"typer", "click", "rich"})
HEAVY = (
    QT
    | PAPER
    | TABLES
    | FACE
    | {
        "sqlcipher3",
        "cryptography",
        "watchdog",
        "pydantic",
        "orjson",
        "rapidfuzz",
        "babel",
        "holidays",
        "asyncio",
        "ssl",
    }
)

# What a package's modules may load when imported; the longest name that fits a module decides.
ALLOWED: dict[str, frozenset[str]] = {
    "backupreader": frozenset(),
    "backupreader.commands": FACE,
    "backupreader.store": frozenset({"sqlcipher3", "cryptography"}),
    "backupreader.store.files": frozenset(),
    "backupreader.store.container": frozenset({"cryptography"}),
    "backupreader.store.reader": frozenset({"sqlcipher3"}),
    "backupreader.store.selftest": frozenset(),
    "backupreader.store.nearwords": frozenset({"rapidfuzz"}),
    "backupreader.store.meant": frozenset({"rapidfuzz"}),
    "sync": frozenset({"cryptography", "sqlcipher3"}),
    "sync.adapter": frozenset(),
    "sync.adapters": frozenset(),  # the table: naming the members loads none of them
    "sync.adapters.fhir": frozenset({"orjson"}),
    "sync.adapters.pdf": frozenset(),
    "sync.adapters.table": TABLES | {"pydantic"},
    "sync.adapters.nexus": frozenset({"orjson"}),
    "sync.fhir": frozenset({"orjson"}),
    "sync.nexus": frozenset({"orjson"}),
    "sync.pdf": frozenset({"pydantic"}),
    "sync.sample": frozenset({"pydantic"}),
    "sync.tables": TABLES | {"pydantic"},
    "sync.profile": frozenset({"pydantic"}),
    "sync.receive": frozenset({"cryptography"}),
    "sync.watch": frozenset({"watchdog", "cryptography"}),
    "printing": PAPER | {"babel"},
    "printing.document": frozenset(),
    "printing.fonts": frozenset(),
    "printing.jobs": frozenset(),
    "ui": QT,
}

PROBE = """
import importlib, json, os, sys
for name in sys.argv[2:]:
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        importlib.import_module(name)
        loaded = sorted({module.partition(".")[0] for module in sys.modules} & set(sys.argv[1].split(",")))
        os.write(write, json.dumps([name, loaded]).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        print(answer.read() or json.dumps([name, ["does not import"]]), flush=True)
    os.waitpid(child, 0)
"""


def _modules() -> list[str]:
    files = [file for package in ("backupreader", "sync", "ui", "printing") for file in (ROOT / package).rglob("*.py")]
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]
    return sorted(name.removesuffix(".__init__") for name in names)


def _allowed(module: str) -> frozenset[str]:
    fitting = [name for name in ALLOWED if module == name or module.startswith(name + ".")]
    return ALLOWED[max(fitting, key=len)]


@pytest.mark.skipif(sys.platform == "win32", reason="an interpreter is forked for each module")
def test_a_module_loads_its_own_libraries_only() -> None:
    ran = subprocess.run(
        [
            sys.executable,
            "-P",
            "-c",
            f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{PROBE}",
            ",".join(HEAVY),
            *_modules(),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    loaded = dict(json.loads(line) for line in ran.stdout.splitlines())
    assert loaded.keys() == set(_modules()), ran.stderr
    too_much = {module: sorted(set(found) - _allowed(module)) for module, found in loaded.items()}
    assert not {module: found for module, found in too_much.items() if found}, ran.stderr


def test_qt_cannot_wear_out_the_interpreter() -> None:
    """PySide6 6.12.0 loses a reference to ``None`` at each call; see ``ui``. Far more calls than there are references."""
    calls = "import ui\nfrom PySide6.QtCore import QObject\nthing = QObject()\nfor _ in range(100_000):\n    thing.setObjectName('')"
    ran = subprocess.run([sys.executable, "-c", calls], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_we_import_only_libraries_that_the_project_declares() -> None:
    """What comes along with another library may go with its next version, and is not there where only the runtime is."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {_same(re.split(r"[^A-Za-z0-9_.-]", line)[0]) for line in project["dependencies"]}
    homes = packages_distributions()
    ours = {*sys.stdlib_module_names, "backupreader", "sync", "ui", "printing"}
    undeclared = {
        f"{file.relative_to(ROOT)}:{line}": name
        for package in ("backupreader", "sync", "ui", "printing")
        for file in (ROOT / package).rglob("*.py")
        for name, line in _imported(file)
        if name not in ours and not declared & {_same(home) for home in homes.get(name, [])}
    }
    assert not undeclared


def _imported(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0], node.lineno


def _same(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
