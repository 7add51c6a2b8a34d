"""F1, F2 and F7 on the audit: whatever a process, a disk or the power does, what was acknowledged is there and the chain holds."""

from __future__ import annotations

import errno
import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backupreader.domain.acts import Act, Actor
from backupreader.store.audit import Audit
from backupreader.store.auditreading import entries, judged
from backupreader.store.files import Files
from backupreader.store.seal import public_of, vault_id
from tests.faults.powercut import Recording, after_cut, lay
from tests.faults.world import Dying, Failing, Killed

SEED = bytes(range(32))
RECIPIENTS = {vault_id(public_of(SEED)): public_of(SEED)}
ACTS = 4
PICKED = 6


def act(number: int) -> Act:
    return Act(kind="view", at=datetime(2026, 11, 30, tzinfo=UTC), actor=Actor(name="Anna"), what=str(number))


def write(folder: Path, files: Files, acknowledged: list[int]) -> None:
    """Some acts, and a mark; each is noted once it is said to be on the disk."""
    audit = Audit(folder / "audit", RECIPIENTS, files, SEED)
    for number in range(ACTS):
        if audit.write(act(number)) is not None:
            acknowledged.append(number)  # noqa: PERF401 (the process may die between two of them)
    audit.mark()


def read(folder: Path) -> list[str]:
    """What the acts say; the chain holds, and the next process writes on."""
    files = Files()
    place = folder / "audit"
    before = list(entries(place, {vault_id(public_of(SEED)): SEED}, files))
    assert judged(place, before, files).faults == ()
    assert Audit(place, RECIPIENTS, files, SEED).write(act(99)) is not None
    after = list(entries(place, {vault_id(public_of(SEED)): SEED}, files))
    assert judged(place, after, files).faults == ()
    assert [entry.act.what for entry in after if entry.act][-1] == "99"
    return [entry.act.what for entry in before if entry.act]


def test_a_power_cut_after_any_change_loses_nothing_that_was_acknowledged(tmp_path: Path):
    running = tmp_path / "running"
    running.mkdir()
    disk = Recording(running)
    audit, since = Audit(running / "audit", RECIPIENTS, disk, SEED), list[int]()
    for number in range(ACTS):
        assert audit.write(act(number)) is not None
        since.append(len(disk.moments))  # from this moment on it was said to be on the disk
    audit.mark()
    disk.end()
    for moment, model in enumerate(disk.moments):
        acknowledged = [str(number) for number, first in enumerate(since) if first <= moment]
        for chance in [None, *(random.Random(moment * 100 + number) for number in range(PICKED))]:
            lay(after_cut(model, chance), tmp_path / "found")
            assert read(tmp_path / "found")[: len(acknowledged)] == acknowledged, moment
            shutil.rmtree(tmp_path / "found")
    assert len(disk.moments) > 20


def test_killing_the_process_at_any_change_loses_nothing_that_was_acknowledged(tmp_path: Path):
    counting = Dying(1 << 30)
    write(tmp_path / "whole", counting, [])
    for point in range(1, counting.calls + 1):
        folder, acknowledged = tmp_path / f"point-{point}", list[int]()
        with pytest.raises(Killed):
            write(folder, Dying(point, torn=True), acknowledged)
        assert read(folder)[: len(acknowledged)] == [str(number) for number in acknowledged], point


@pytest.mark.parametrize("for_ever", [False, True])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EROFS], ids=lambda code: errno.errorcode[code])
def test_a_disk_that_fails_at_any_change_stops_nobody_and_loses_nothing_once_it_works_again(
    tmp_path: Path, code: int, *, for_ever: bool
):
    counting = Dying(1 << 30)
    write(tmp_path / "whole", counting, [])
    for point in range(1, counting.calls + 1):
        folder = tmp_path / f"point-{point}"
        audit = Audit(folder / "audit", RECIPIENTS, Failing(point, code, for_ever=for_ever), SEED)
        for number in range(ACTS):
            audit.write(act(number))
        assert audit.waiting == (0 if audit.trouble is None else audit.waiting)
        if audit.trouble is None:
            assert sorted(set(read(folder))) == [str(number) for number in range(ACTS)], point
