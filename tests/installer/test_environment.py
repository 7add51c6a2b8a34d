"""The virtual environment of a checkout: made once, made anew when it must be, never half taken for whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SET_UP = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from environment import Environment
lock = Path(sys.argv[3])
Environment(Path(sys.argv[2]), lock).set_up(lock)
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """A lock that names no library: what is tried here is the set-up, not the network."""
    file = tmp_path / "requirements.lock"
    file.write_text("# none\n", encoding="utf-8")
    return file


def test_a_set_up_environment_is_taken_as_it_is_the_second_time(environment, tmp_path: Path, lock: Path) -> None:
    place = environment.Environment(tmp_path / "venv", lock)
    assert not place.holds(lock)
    place.set_up(lock)
    assert place.holds(lock)
    (place.folder / "mark").touch()
    place.set_up(lock)
    assert (place.folder / "mark").exists()
    assert subprocess.run([place.python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def test_a_set_up_that_was_interrupted_is_made_anew(environment, tmp_path: Path, lock: Path) -> None:
    place = environment.Environment(tmp_path / "venv", lock)
    (place.folder / "lib" / "half").mkdir(parents=True)  # what is there when it is cut off before Python's own mark
    (place.folder / "set-up.lock").touch()
    place.set_up(lock)
    assert place.holds(lock)
    assert not (place.folder / "lib" / "half").exists()


def test_a_changed_lock_or_a_moved_folder_or_another_python_needs_a_new_set_up(
    environment, tmp_path: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = environment.Environment(tmp_path / "venv", lock)
    place.set_up(lock)
    before = lock.read_bytes()
    lock.write_bytes(b"# other\n")
    assert not place.holds(lock)
    lock.write_bytes(before)
    assert place.holds(lock)
    place.folder.rename(tmp_path / "moved")
    assert not environment.Environment(tmp_path / "moved", lock).holds(lock)
    (tmp_path / "moved").rename(place.folder)
    monkeypatch.setattr(sys.implementation, "name", "otherpython")
    assert not place.holds(lock)


def test_a_damaged_stamp_counts_as_none(environment, tmp_path: Path, lock: Path) -> None:
    place = environment.Environment(tmp_path / "venv", lock)
    place.folder.mkdir()
    for damage in (b"", b"\xff\xfe", b"\n\n", b"cpython 3.11 in"):
        (place.folder / "locks-installed").write_bytes(damage)
        assert not place.holds(lock)


def test_a_folder_with_something_else_in_it_is_never_emptied(environment, tmp_path: Path, lock: Path) -> None:
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "chapter.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(SystemExit, match="no virtual environment"):
        environment.Environment(folder, lock).set_up(lock)
    assert (folder / "chapter.txt").read_text(encoding="utf-8") == "years of work"


def test_a_library_whose_hash_is_another_is_refused_and_nothing_counts_as_set_up(
    environment, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lock = tmp_path / "requirements.lock"
    wheel = tmp_path / "made_up-1-py3-none-any.whl"
    wheel.write_bytes(b"not what was locked")
    lock.write_text(f"made-up @ {wheel.as_uri()} --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    place = environment.Environment(tmp_path / "venv", lock)
    with pytest.raises(SystemExit, match="pip said"):
        place.set_up(lock)
    assert not place.holds(lock)
    assert "do not match the hashes" in capfd.readouterr().err.lower().replace("\n", " ")


def test_of_two_set_ups_at_once_one_waits_and_both_end_well(environment, tmp_path: Path, lock: Path) -> None:
    folder = tmp_path / "venv"
    start = [sys.executable, "-c", SET_UP, str(ROOT / "installer"), str(folder), str(lock)]
    running = [subprocess.Popen(start, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    assert "".join(said).count("Setting up in") == 1
    assert environment.Environment(folder, lock).holds(lock)


def test_nothing_is_installed_but_by_the_hashes_of_the_lock(environment, tmp_path: Path, monkeypatch) -> None:
    """The words that pip is given are taken down by a program in its place."""
    place = environment.Environment(tmp_path / "venv")
    place.python.parent.mkdir(parents=True)
    if sys.platform == "win32":
        pytest.skip("a script cannot stand in for an .exe")
    place.python.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/words\n', encoding="utf-8")
    place.python.chmod(0o755)
    place._install(environment.RUNTIME)
    words = (tmp_path / "words").read_text(encoding="utf-8").split()
    assert {"--require-hashes", "--only-binary=:all:", "--no-deps"} <= set(words)
    assert words[-2:] == ["-r", str(environment.RUNTIME)]
    assert not {"--index-url", "--extra-index-url", "--trusted-host", "--find-links"} & set(words)
