"""What the tests of the store may ask for: small generations, built as the exporter builds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from backupreader.store import database
from backupreader.store.files import Files
from backupreader.store.manifest import EMPTY_SHA256, Manifest
from backupreader.store.reader import Reader
from sync.adapter import Item
from sync.build import build

KEY = bytes(range(32))


def manifest(**facts: object) -> Manifest:
    """A manifest of nothing in particular."""
    known: dict[str, object] = {
        "schema": database.SCHEMA,
        "site": "skovby",
        "signer": "",
        "epoch": 3,
        "seq": 7,
        "created": "2026-11-22T05:40:00Z",
        "taken_at": {"nexus": {"note": "2026-11-22T05:30"}},
        "counts": {},
        "units": {},
        "database_length": 0,
        "database_sha256": "",
        "seals": {},
        "plan_length": 0,
        "plan_sha256": EMPTY_SHA256,
        "next_expected": "2026-11-22T17:30",
    }
    return Manifest(**{**known, **facts})  # type: ignore[arg-type]


@pytest.fixture
def built(tmp_path: Path) -> Callable[[Iterable[Item]], Path]:
    """Builds the items into a database under `KEY` (which is ``bytes(range(32))``)."""

    def make(items: Iterable[Item]) -> Path:
        path = tmp_path / "generation.db"
        build(items, path, KEY, files=Files(), tick=lambda done, total: None)
        return path

    return make


@pytest.fixture
def reading(built: Callable[[Iterable[Item]], Path]) -> Iterator[Callable[..., Reader]]:
    """Builds the items and opens a reader of them."""
    readers: list[Reader] = []

    def make(*items: Item) -> Reader:
        readers.append(Reader(database.open_reader(built(items), KEY), manifest()))
        return readers[-1]

    yield make
    for reader in readers:
        reader.close()


@pytest.fixture
def damaged(built: Callable[[Iterable[Item]], Path]) -> Callable[[Iterable[Item]], Reader]:
    """Builds the items, flips a bit in each page of the last three quarters, and opens a reader."""

    def make(items: Iterable[Item]) -> Reader:
        path = built(items)
        content = bytearray(path.read_bytes())
        pages = len(content) // database.PAGE
        for page in range(pages // 4, pages):
            content[page * database.PAGE + 100] ^= 1
        path.write_bytes(content)
        return Reader(database.open_reader(path, KEY), manifest())

    return make
