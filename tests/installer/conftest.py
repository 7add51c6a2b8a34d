"""The bootstrap's modules: scripts, which lie in no package."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(monkeypatch):
    return _script("environment", monkeypatch)


@pytest.fixture
def machine(monkeypatch):
    return _script("machine", monkeypatch)


@pytest.fixture
def audit(monkeypatch):
    return _script("audit", monkeypatch)


@pytest.fixture
def sbom(monkeypatch):
    return _script("sbom", monkeypatch)


@pytest.fixture
def words(monkeypatch):
    return _script("words", monkeypatch)


def _script(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(ROOT / "installer")
    for known in ("environment", "machine", "locks", "audit", "sbom", "words"):
        monkeypatch.delitem(sys.modules, known, raising=False)
    return importlib.import_module(name)
