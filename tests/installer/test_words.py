"""The words of ``run.py``, and what it says where it cannot go on."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "installer" / "run.py"


def test_without_a_word_the_words_are_listed_and_nothing_is_set_up(tmp_path: Path) -> None:
    surroundings = {**os.environ, "BACKUPREADER_VENV": str(tmp_path / "venv"), "PYTHONUTF8": "1"}
    for words, status in (([], 2), (["--help"], 0)):
        ran = subprocess.run(
            [sys.executable, RUN, *words], env=surroundings, capture_output=True, text=True, check=False
        )
        assert ran.returncode == status
        assert "demo" in ran.stdout
    assert not (tmp_path / "venv").exists()


def test_an_older_python_is_told_so_in_a_sentence() -> None:
    older = (
        "import runpy, sys; sys.version_info = (3, 9, 2); sys.version = '3.9.2 (default)'; runpy.run_path(sys.argv[1])"
    )
    ran = subprocess.run([sys.executable, "-c", older, RUN], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr == "Backup Reader needs Python 3.11 or newer; this is Python 3.9.2.\n"


def test_the_file_that_says_so_can_be_read_by_an_old_python() -> None:
    ast.parse(RUN.read_text(encoding="utf-8"), feature_version=(3, 5))


def test_the_bootstrap_needs_the_standard_library_only() -> None:
    ours = {file.stem for file in (ROOT / "installer").glob("*.py")}
    for name in ("run", "words", "machine", "environment", "locks", "audit", "sbom"):
        tree = ast.parse((ROOT / "installer" / f"{name}.py").read_text(encoding="utf-8"))
        imported = {
            alias.name.partition(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        imported |= {str(node.module).partition(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert imported <= sys.stdlib_module_names | ours, name


@pytest.mark.skipif(sys.platform == "win32", reason="Windows always has a display")
def test_without_a_screen_the_demo_prints_its_pages(words, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert words._demo([]) == ["--headless", "demo-pages"]
    assert words._demo(["--size", "small"]) == ["--size", "small", "--headless", "demo-pages"]
    assert words._demo(["--headless", "here"]) == ["--headless", "here"]
    assert words._demo(["--headless=here"]) == ["--headless=here"]
    monkeypatch.setenv("DISPLAY", ":0")
    assert words._demo([]) == []


def test_any_other_word_goes_to_the_program_as_it_stands(words, environment, tmp_path: Path) -> None:
    place = environment.Environment(tmp_path)
    command = words._command(place, "sources", ["try", "some path", "--json"])
    assert command[1:] == ["-P", "-m", "backupreader", "sources", "try", "some path", "--json"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no system packages there")
def test_who_may_not_install_is_given_one_line_to_copy(machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda program: f"/usr/bin/{program}")
    with pytest.raises(SystemExit) as left:
        machine.provide(["libegl1", "libgl1", "libegl1"])
    said = str(left.value).splitlines()
    assert said[1:] == ["  sudo apt-get update && sudo apt-get install --no-install-recommends libegl1 libgl1"]


def test_where_there_is_no_apt_the_missing_things_are_named(machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    with pytest.raises(SystemExit, match="libegl1"):
        machine.provide(["libegl1"])


def test_a_library_that_is_not_there_is_missed_under_its_package_s_name(
    machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(machine, "OFFSCREEN", (("libmadeup.so.7", "libmadeup7"),))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert machine.missing_for_window() == ["libmadeup7"]


def test_a_print_service_is_offered_to_the_tests_of_root_alone(machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(machine, "PRINTING", (("/usr/sbin/madeup", "madeup-daemon"), (sys.executable, "python3")))
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0, raising=False)
    assert machine.missing_for_printing() == ["madeup-daemon"]
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000, raising=False)
    assert machine.missing_for_printing() == []
