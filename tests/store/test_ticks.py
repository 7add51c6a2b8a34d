"""Ticks: whom somebody has seen to on a shift, kept through locks, restarts and new data, and each one in the audit."""

from __future__ import annotations

import errno
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.acts import Actor
from backupreader.domain.errors import NO_SPACE
from backupreader.domain.records import Citizen, Origin
from backupreader.domain.shifts import Shift, shift_at
from backupreader.domain.tonight import Ours
from backupreader.domain.trouble import ReaderError
from backupreader.store.audit import Audit
from backupreader.store.auditreading import entries
from backupreader.store.files import Files
from backupreader.store.outages import Outages
from backupreader.store.session import Session
from backupreader.store.ticks import Ticks
from backupreader.store.unlocked import Unlocked
from tests.store.test_notebook import NEW, OLD, STRANGE, Failing, copies, opened

NIGHT = datetime(2026, 11, 30, 2, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))


class Pc:
    """A PC's data folder, at which people sit down one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = NIGHT

    @property
    def shift(self) -> Shift:
        return shift_at(self.now)

    def ticks(self, name: str = "Bo Friis", unlocked: Unlocked | None = None, files: Files | None = None) -> Ticks:
        vault = unlocked or opened(OLD)
        audit = Audit(self.folder / "audit", {vault.identity.id: vault.identity.public}, Files(), vault.seed)
        session = Session(vault, Actor(name=name), audit, lambda: self.now, Outages(self.folder, Files()))
        return Ticks(self.folder, session, files or Files())

    def set(self, *ids: str, on: bool = True, name: str = "Bo Friis") -> dict[str, str]:
        return told(self.ticks(name).set(ids, self.shift, on=on).by_id)

    def acts(self) -> list[tuple[str, tuple[str, ...], str, str]]:
        vault = opened(OLD)
        found = entries(self.folder / "audit", vault.seeds, Files())
        return [
            (one.act.kind, one.act.citizens, one.act.what, one.act.actor.name) for one in found if one.act is not None
        ]


def told(by_id) -> dict[str, str]:
    return {one: tick.by for one, tick in by_id.items()}


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    return Pc(tmp_path)


def test_a_tick_says_who_and_when_and_is_taken_back_by_another_word(pc: Pc) -> None:
    assert pc.ticks().of(pc.shift).by_id == {}
    assert pc.set("n:1") == {"n:1": "Bo Friis"}
    assert pc.ticks().of(pc.shift).by_id["n:1"].at == NIGHT
    assert pc.set("n:2", name="Anna Holm") == {"n:1": "Bo Friis", "n:2": "Anna Holm"}
    assert pc.set("n:1", on=False, name="Anna Holm") == {"n:2": "Anna Holm"}
    assert pc.acts() == [
        ("tick", ("n:1",), "2026-11-29 night", "Bo Friis"),
        ("tick", ("n:2",), "2026-11-29 night", "Anna Holm"),
        ("untick", ("n:1",), "2026-11-29 night", "Anna Holm"),
    ]


def test_ticks_belong_to_a_shift_and_a_night_is_one_over_two_dates(pc: Pc) -> None:
    pc.now = datetime(2026, 11, 29, 23, 0, tzinfo=NIGHT.tzinfo)
    pc.set("n:1")
    pc.now = NIGHT
    assert set(pc.ticks().of(pc.shift).by_id) == {"n:1"}
    pc.now = datetime(2026, 11, 30, 7, 0, tzinfo=NIGHT.tzinfo)
    assert pc.ticks().of(pc.shift).by_id == {}


def test_a_later_generation_that_calls_her_by_another_of_her_ids_still_has_her_ticked(pc: Pc) -> None:
    pc.set("nexus:1", "fmk:9")
    here = Origin("x", 1)
    later = Ours(citizen=Citizen(id="fmk:9", name="K", origin=here), ids=("fmk:9", "nexus:new"))
    other = Ours(citizen=Citizen(id="nexus:2", name="K", origin=here), ids=("nexus:2",))
    assert set(pc.ticks().of(pc.shift).of([later, other])) == {"fmk:9"}


def test_what_is_older_than_a_week_is_dropped_and_the_rest_stays(pc: Pc) -> None:
    pc.set("n:1")
    first = pc.shift
    pc.now += timedelta(days=6)
    pc.set("n:2")
    assert set(pc.ticks().of(first).by_id) == {"n:1"}
    pc.now += timedelta(days=3)
    pc.set("n:3")
    assert pc.ticks().of(first).by_id == {}


def test_what_the_disk_does_not_take_is_told_and_the_audit_says_that_it_was_not_kept(pc: Pc) -> None:
    pc.set("n:1")
    with pytest.raises(ReaderError) as refusal:
        pc.ticks(files=Failing(errno.ENOSPC)).set(("n:2",), pc.shift, on=True)
    assert refusal.value.kind is NO_SPACE
    assert set(pc.ticks().of(pc.shift).by_id) == {"n:1"}
    assert pc.acts()[-2:] == [
        ("tick", ("n:2",), "2026-11-29 night", "Bo Friis"),
        ("untick", ("n:2",), "2026-11-29 night: not kept", "Bo Friis"),
    ]


def test_lost_ticks_are_told_for_as_long_as_the_shift_lasts_and_no_longer(pc: Pc) -> None:
    for number in range(3):
        pc.set(f"n:{number}")
    for path in copies(pc.folder):
        path.write_bytes(b"torn")
    found = pc.ticks().of(pc.shift)
    assert (found.by_id, found.whole) == ({}, False)
    pc.set("n:1")
    pc.set("n:2")
    found = pc.ticks().of(pc.shift)
    assert (set(found.by_id), found.whole) == ({"n:1", "n:2"}, False)
    pc.now += timedelta(hours=8)
    assert pc.ticks().of(pc.shift).whole


def test_ticks_are_read_after_a_change_of_the_vaults_key_and_never_by_another_vault(pc: Pc) -> None:
    pc.set("n:1")
    assert set(pc.ticks(unlocked=opened(NEW, OLD)).of(pc.shift).by_id) == {"n:1"}
    strange = pc.ticks(unlocked=opened(STRANGE)).of(pc.shift)
    assert (strange.by_id, strange.whole) == ({}, False)


@pytest.mark.parametrize(
    "entry", [7, "x", [], {}, {"shift": "2026-11-29 night"}, {"shift": "2026-11-29 night", "at": "x", "by": "b", "ids": [], "on": 2}]
)  # fmt: skip
def test_an_entry_of_another_form_ticks_nobody(pc: Pc, entry) -> None:
    from backupreader.store.notebook import Notebook

    Notebook(pc.folder, "ticks", opened(OLD), Files()).append(entry)
    assert pc.ticks().of(pc.shift).by_id == {}
    assert pc.set("n:1") == {"n:1": "Bo Friis"}
