"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data that nobody here wrote, beside the checkout; the test is skipped where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data lies in ../shared/data, which is absent here")
    return folder


@pytest.fixture(autouse=True)
def own_umask() -> Iterator[None]:
    """A verb that is run in the tests' own process lets nobody else read what it writes: only until the test ends."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)
