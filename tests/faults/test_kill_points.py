"""F1: die before every change that receive, export and the vault make to the disk, and start again.

The disk under the program takes nothing after the death, so this is what a SIGKILL leaves. `test_real_kills` does the same to a process.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backupreader.domain.errors import ReaderError
from backupreader.store import codesheets, vault
from backupreader.store.copies import Copies
from backupreader.store.files import Files
from backupreader.store.identities import load_identities
from backupreader.store.slots import Cost
from sync.carriers.folder import CARRIER
from sync.origin import Origin
from sync.receive import Word
from tests.faults.world import SITE, Dying, Killed, World

MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Scenario:
    """A PC before a receive, the package that arrives, and what is readable before and after."""

    name: str
    prepare: Callable[[World], Path]
    before: int | None
    after: int


def first(world: World) -> Path:
    return world.packed(1, size=MEBIBYTE + 17, plan=b"ring 112")


def second(world: World) -> Path:
    assert world.word(world.packed(1)) is Word.RECEIVED
    return world.packed(2, size=2 * MEBIBYTE)


def with_pruning(world: World) -> Path:
    for seq in range(1, 20):
        assert world.word(world.packed(seq, size=300)) is Word.RECEIVED
    return world.packed(20, size=300)


def repair(world: World) -> Path:
    assert world.word(world.packed(1)) is Word.RECEIVED
    newest = world.packed(2)
    assert world.word(newest) is Word.RECEIVED
    stored = world.store.list()[0].database
    stored.write_bytes(stored.read_bytes()[:-1])
    return newest


def repair_of_a_head(world: World) -> Path:
    newest = repair(world)
    (world.store.list()[0].path / "head").write_bytes(b"gone")
    return newest


SCENARIOS = (
    Scenario("first", first, None, 1),
    Scenario("second", second, 1, 2),
    Scenario("pruning", with_pruning, 19, 20),
    Scenario("repair", repair, 1, 2),
    Scenario("repair-head", repair_of_a_head, 1, 2),
)


def points(run: Callable[[Dying], object]) -> Iterator[int]:
    """How many changes a whole run makes, counted by doing it."""
    counting = Dying(1 << 30)
    run(counting)
    return iter(range(1, counting.calls + 1))


@pytest.mark.parametrize("torn", [False, True], ids=["between", "torn"])
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_killing_receive_leaves_the_old_or_the_new_generation(tmp_path: Path, scenario: Scenario, *, torn: bool):
    original = World.made(tmp_path / "original")
    package = scenario.prepare(original)
    following = original.packed(21, size=300)

    def copy(name: str) -> World:
        shutil.copytree(original.folder, tmp_path / name, symlinks=True)
        world = World(tmp_path / name)
        world.delivered(package)
        return world

    older = {path.name for path in original.store.folder.iterdir()} if original.store.folder.is_dir() else set()
    tried = 0
    for point in points(lambda disk: copy("whole").receive(disk)):
        world = copy(f"point-{point}")
        with pytest.raises(Killed):
            world.receive(Dying(point, torn=torn))
        newest = world.newest()
        assert newest in (scenario.before, scenario.after), point  # I1
        if scenario.name == "second":  # I6
            assert older <= {path.name for path in world.store.folder.iterdir()}
        if newest == scenario.after and not (world.inbox / package.name).exists():
            world.delivered(package)
        for outcome in world.receive():  # I3, I5
            assert outcome.word in {Word.RECEIVED, Word.ALREADY_HERE}, (point, outcome)
        assert world.newest() == scenario.after
        assert world.staged() == []  # I4
        assert world.word(following) is Word.RECEIVED
        assert world.newest() == 21
        assert world.staged() == []
        shutil.rmtree(world.folder)
        tried += 1
    assert tried > 10


def test_killing_a_carrier_leaves_no_half_package_under_a_package_s_name(tmp_path: Path):
    world = World.made(tmp_path / "world")
    package = world.packed(1, size=MEBIBYTE + 1)
    for number in range(2, 7):
        CARRIER.send(world.packed(number), str(tmp_path / "share"), Files())
    for point in points(lambda disk: CARRIER.send(package, str(tmp_path / "whole"), disk)):
        share = tmp_path / f"share-{point}"
        with pytest.raises(Killed):
            CARRIER.send(package, str(share), Dying(point))
        for there in share.glob("*.package") if share.is_dir() else ():
            assert there.read_bytes() == package.read_bytes()
        CARRIER.send(package, str(share), Files())
        assert (share / package.name).read_bytes() == package.read_bytes()
        assert sorted(path.name for path in share.iterdir()) == [package.name]


def test_killing_a_change_of_accounts_leaves_the_old_or_the_new_ones(tmp_path: Path):
    cost = Cost(8 * 1024, 1, 1)
    made, opened = vault.init(
        tmp_path / "vault", "pc", SITE, "en to tre", Files(), cost, account="Anna", machine_secret=bytes(32)
    )
    for point in points(lambda disk: _add(tmp_path, "whole", disk, opened, cost)):
        folder = tmp_path / f"vault-{point}"
        with pytest.raises(Killed):
            _add(tmp_path, folder.name, Dying(point), opened, cost)
        accounts = vault.load(folder, Files()).accounts
        assert accounts in {("Anna",), ("Anna", "Bo"), ("Bo",)}
        again = vault.unlock(folder, "fire fem" if accounts == ("Bo",) else "en to tre", bytes(32))
        assert again.seeds[made.identity.id] == opened.seed  # what was sealed before goes on to open
        assert (again.identity == made.identity) == ("Anna" in accounts)
        assert load_identities(folder, Files())[0] == again.identity
        assert made.identity in load_identities(folder, Files())  # and what is on its way is taken
        if accounts == ("Bo",):
            assert not [copy for copy in folder.glob("slots-*.json") if b"Anna" in copy.read_bytes()]
    assert made.accounts == ("Anna",)


def test_killing_the_use_of_an_event_code_never_leaves_a_vault_that_does_not_open(tmp_path: Path):
    cost = Cost(8 * 1024, 1, 1)
    made, opened = vault.init(
        tmp_path / "vault", "pc", SITE, "en to tre", Files(), cost, account="Anna", machine_secret=bytes(32)
    )
    _, sheet = codesheets.issue(
        made,
        opened,
        2,
        bytes(32),
        language="da",
        holder="Bo",
        issued_by="Anna",
        now=datetime(2026, 11, 30, tzinfo=UTC),
        tick=lambda _done, _total: None,
    )

    def use(name: str, disk: Files) -> vault.Unlocked:
        shutil.copytree(tmp_path / "vault", tmp_path / name)
        return vault.load(tmp_path / name, disk).unlock(sheet.codes[0][1], bytes(32))

    for point in points(lambda disk: use("whole", disk)):
        folder = tmp_path / f"code-{point}"
        with pytest.raises(Killed):
            use(folder.name, Dying(point))
        closed = vault.load(folder, Files())
        assert closed.unlock("en to tre", bytes(32)).seed == opened.seed
        (record,) = closed.sheets
        spent = not [slot for slot in closed.slots if (slot.sheet, slot.number) == (1, 1)]
        assert spent == (1 in record.spent)
        if spent:  # nobody was shown anything yet: the code is gone for good, from both copies
            with pytest.raises(ReaderError):
                closed.unlock(sheet.codes[0][1], bytes(32))
            assert Copies(folder, "slots", Files()).alike
        assert closed.unlock(sheet.codes[1][1], bytes(32)).number == 2


def _add(tmp_path: Path, name: str, disk: Files, opened: vault.Unlocked, cost: Cost) -> None:
    shutil.copytree(tmp_path / "vault", tmp_path / name)
    loaded = vault.load(tmp_path / name, disk)
    loaded.with_account(opened, "Bo", "fire fem", bytes(32), cost).without_account(opened, "Anna")


def test_killing_the_first_start_of_a_vault_never_keeps_it_from_being_made(tmp_path: Path):
    cost = Cost(8 * 1024, 1, 1)

    def make(folder: Path, disk: Files) -> None:
        secret = vault.make_machine_secret(folder / "machine-secret", disk)
        vault.init(folder, "pc", SITE, "en to tre", disk, cost, account="Anna", machine_secret=secret)

    for point in points(lambda disk: make(tmp_path / "whole", disk)):
        folder = tmp_path / f"vault-{point}"
        with pytest.raises(Killed):
            make(folder, Dying(point))
        if not Copies(folder, "slots", Files()).present:
            make(folder, Files())
        secret = vault.read_machine_secret(folder / "machine-secret", Files())
        assert vault.unlock(folder, "EN to-tre", secret).account == "Anna"


def test_no_crash_gives_one_position_out_twice(tmp_path: Path):
    now = datetime(2026, 11, 22, 8, tzinfo=UTC)

    def give(folder: Path, disk: Files) -> object:
        origin = Origin(folder, disk)
        own = origin.signer(SITE, now)
        return origin.next_position(own, now)

    for point in points(lambda disk: give(tmp_path / "whole", disk)):
        folder = tmp_path / f"export-{point}"
        with pytest.raises(Killed):
            give(folder, Dying(point))
        given = [give(folder, Files()) for _ in range(3)]
        assert given == sorted(set(given)), point


def test_the_points_of_receive_are_two_hundred_or_more(tmp_path: Path):
    tried = 0
    for scenario in SCENARIOS:
        world = World.made(tmp_path / scenario.name)
        world.delivered(scenario.prepare(world))
        counting = Dying(1 << 30)
        world.receive(counting)
        tried += 2 * counting.calls  # between the calls, and in the middle of a write
    assert tried >= 200
