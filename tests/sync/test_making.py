"""The generations of several sites, made by processes of their own or by any other executor."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backupreader.domain.errors import ALREADY_THERE, STORE_DAMAGED
from backupreader.domain.records import Citizen, Origin, Unit
from backupreader.domain.trouble import ReaderError
from backupreader.store.files import Files
from sync.build import gather
from sync.making import Whole, Work, shares
from sync.sites import Site

KEY = bytes(32)
NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
Works = Callable[..., list[Work]]


@pytest.fixture
def whole(tmp_path: Path) -> Whole:
    units = [Unit(id=f"n:{name}", name=name, origin=Origin("u", row)) for row, name in enumerate("AB")]
    people = [
        Citizen(id=f"n:{row}", name="Ane", unit=f"n:{'AB'[row % 2]}", origin=Origin("c", row)) for row in range(5)
    ]
    path = tmp_path / "whole.db"
    gather(iter([*units, *people]), path, KEY, files=Files(), tick=lambda *_: None, zone="Europe/Copenhagen", now=NOW)
    return Whole(path=path, key=KEY)


@pytest.fixture
def works(tmp_path: Path) -> list[Work]:
    return [
        Work(
            site=Site(name=name, named=(name,), left_out=("note",), targets=()),
            path=tmp_path / f"{name}.db",
            key=bytes([number]) * 32,
            secret=KEY,
            zone="Europe/Copenhagen",
            now=NOW,
            files=Files(),
        )
        for number, name in enumerate("AB", start=1)
    ]


def test_every_site_gets_its_share_whoever_makes_it(whole: Whole, works: list[Work]):
    for executor in (None, ThreadPoolExecutor(1)):
        made = {done.work.site.name: done for done in shares(works, whole, executor)}
        assert {name: done.built.counts["citizen"] for name, done in made.items()} == {"A": 3, "B": 2}
        assert {name: done.measures.counts["citizen"].rows for name, done in made.items()} == {"A": 3, "B": 2}
        assert [path.name for path in whole.path.parent.glob("*.share")] == []
        for work in works:
            work.path.unlink()


def test_a_trouble_comes_back_from_another_process_as_what_it_was(whole: Whole, works: list[Work]):
    works[1].path.write_bytes(b"there already")
    with pytest.raises(ReaderError) as told:
        list(shares(works, whole))
    assert told.value.kind is ALREADY_THERE
    assert told.value.facts == {"path": works[1].path}


def test_a_work_database_that_does_not_give_back_what_was_written_is_told(whole: Whole, works: list[Work]):
    with pytest.raises(ReaderError) as told:
        list(shares(works[:1], replace(whole, key=bytes([9]) * 32)))
    assert told.value.kind is STORE_DAMAGED
    assert not works[0].path.exists()


def test_no_key_stands_in_what_is_told_of_a_piece_of_work(whole: Whole, works: list[Work]):
    assert "key=" not in repr(whole)
    assert "key=" not in repr(works[0])
    assert "secret=" not in repr(works[0])
