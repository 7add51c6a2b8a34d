"""The lock files: complete, checked by hash, and no other libraries than ``pyproject.toml`` asks for by name."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
DEVELOPER = [Requirement(line) for line in PROJECT["dependency-groups"]["dev"]]


def _locked(name: str) -> dict[str, list[tuple[Requirement, int]]]:
    """Each library of a lock, with its pinned lines and how many hashes each has."""
    found: dict[str, list[tuple[Requirement, int]]] = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / "installer" / name).read_text(encoding="utf-8").replace("\\\n", "")):
        line, *hashes = entry.split("--hash=sha256:")
        requirement = Requirement(line.strip())
        assert all(re.fullmatch(r"[0-9a-f]{64}", hash_.strip()) for hash_ in hashes), requirement
        found.setdefault(canonicalize_name(requirement.name), []).append((requirement, len(hashes)))
    return found


def test_every_locked_library_is_pinned_and_has_its_hashes() -> None:
    for lock in ("requirements.lock", "requirements-test.lock"):
        for entries in _locked(lock).values():
            for requirement, hashes in entries:
                assert [specifier.operator for specifier in requirement.specifier] == ["=="], requirement
                assert hashes >= 1, requirement


def test_the_locks_satisfy_what_the_project_asks_for() -> None:
    for lock, wanted in (("requirements.lock", RUNTIME), ("requirements-test.lock", RUNTIME + DEVELOPER)):
        locked = _locked(lock)
        for wish in wanted:
            for requirement, _hashes in locked[canonicalize_name(wish.name)]:
                (pin,) = requirement.specifier
                assert wish.specifier.contains(pin.version), f"{lock}: {requirement} is not {wish}"


def test_the_test_lock_has_all_of_the_runtime_s_at_the_same_versions() -> None:
    runtime, test = _locked("requirements.lock"), _locked("requirements-test.lock")
    for name, entries in runtime.items():
        assert {str(requirement) for requirement, _ in entries} == {str(requirement) for requirement, _ in test[name]}


def test_every_library_of_the_project_has_its_reason_beside_it() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if re.match(r'\s*"[A-Za-z0-9_-]+[><=]', line)]
    runtime = {requirement.name for requirement in RUNTIME}
    assert not [line for line in named if Requirement(line.split('"')[1]).name in runtime and "#" not in line]


def test_every_line_of_the_locks_is_a_library_or_a_hash() -> None:
    """No option, no address, no other kind of hash: nothing that would bring in what was not looked at."""
    line = re.compile(r"[a-z0-9-]+==[^ ]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    for lock in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / "installer" / lock).read_text(encoding="utf-8")
        assert not [wrong for wrong in text.splitlines() if not line.fullmatch(wrong)], lock
