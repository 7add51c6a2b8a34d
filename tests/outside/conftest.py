"""A desktop where there can be one; else the tests that need it say why they did not run."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.outside.desktop import Desktop, desktop, lacking


@pytest.fixture
def desk(tmp_path_factory) -> Iterator[Desktop]:
    """A screen and its buses for one test alone."""
    yield from _desk(tmp_path_factory)


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory) -> Iterator[Desktop]:
    """A screen and its buses for the tests of a file."""
    yield from _desk(tmp_path_factory)


def _desk(tmp_path_factory) -> Iterator[Desktop]:
    if sys.platform != "linux":
        pytest.skip("Xvfb and AT-SPI are Linux's")
    if missing := lacking():
        pytest.skip(f"a screen of its own needs what Debian calls {' '.join(missing)}")
    with desktop(tmp_path_factory.mktemp("screen")) as made:
        yield made
