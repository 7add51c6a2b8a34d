from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.domain.errors import NOT_FOUND, OLDER_PACKAGE, OTHER_KIND, UNKNOWN_SIGNER
from backupreader.domain.trouble import ReaderError
from backupreader.store.carried import TrustedSigner
from backupreader.store.files import Files
from backupreader.store.generations import Store, kept
from backupreader.store.manifest import Position
from backupreader.store.seal import Signer
from backupreader.store.trust import Trust
from sync.receive import Word
from tests.faults.world import EPOCH, OTHER_SIGNER, SIGNER, SITE, World, position

ONE, OTHER = TrustedSigner(SITE, SIGNER.public), TrustedSigner("sydby", OTHER_SIGNER.public)


def line(*days: int, retired: bool = False) -> list[tuple[Position, str, bool]]:
    """Generations numbered from 1, made on these days of November."""
    return [(Position(1, number), f"2026-11-{day:02d}T05:30:00Z", retired) for number, day in enumerate(days, 1)]


def numbers(positions: frozenset[Position]) -> list[int]:
    return sorted(found.seq for found in positions)


def test_the_newest_eight_stay():
    assert numbers(kept(line(*[1] * 20), 8, 7, None)) == list(range(13, 21))


def test_the_last_of_each_of_seven_days_stays():
    days = [day for day in range(1, 11) for _ in range(10)]
    assert numbers(kept(line(*days), 8, 7, None)) == [40, 50, 60, 70, 80, 90, *range(93, 101)]


def test_the_one_that_a_person_opened_stays_however_old():
    assert 1 in numbers(kept(line(*[1] * 50), 8, 7, Position(1, 1)))


def test_generations_of_a_retired_signer_go_first():
    retired = [
        (Position(9, number), created, True)
        for (_, created, _), number in zip(line(*[1] * 10), range(1, 11), strict=True)
    ]
    staying = kept([*retired, *line(*[2] * 8)], 8, 1, None)
    assert all(found.epoch == 1 for found in staying)


@given(st.lists(st.integers(1, 28), max_size=60), st.integers(8, 12), st.integers(7, 9), st.none() | st.integers(1, 60))
def test_what_stays_is_never_fewer_than_promised(days: list[int], keep: int, for_days: int, opened: int | None):
    all_of_them = line(*days)
    staying = numbers(kept(all_of_them, keep, for_days, Position(1, opened) if opened else None))
    newest = [found.seq for found, _, _ in all_of_them][-keep:]
    assert set(newest) <= set(staying)
    assert opened is None or opened in staying


ARRIVALS = st.lists(
    st.tuples(
        st.integers(1, 400),  # how far the number leaps
        st.dates().map(lambda day: f"{day.isoformat()}T05:30:00Z"),  # whatever it says of when it was made
        st.booleans(),  # a person opens it
        st.integers(0, 30).map(lambda dice: dice == 0),  # its signer is retired afterwards, with all before
    ),
    max_size=60,
)


@given(
    ARRIVALS
    | st.lists(
        st.tuples(
            st.just(1), st.sampled_from(["2026-11-22T", "1999-01-01T", "9999-12-31T"]), st.booleans(), st.just(False)
        ),
        max_size=60,
    )
)
def test_whatever_arrives_and_whatever_it_says_of_its_day_nothing_that_was_promised_goes(
    arrivals: list[tuple[int, str, bool, bool]],
):
    """Pruned after each arrival, compared with everything that ever came: what was thrown away is never missed."""
    ever: list[tuple[Position, str, bool]] = []
    here: list[tuple[Position, str, bool]] = []
    opened, seq = None, 0
    for step, created, opens, retires in arrivals:
        seq += step
        ever.append((Position(1, seq), created, False))
        here.append(ever[-1])
        if opens:
            opened = Position(1, seq)
        staying = kept(here, 8, 7, opened)
        here = [item for item in here if item[0] in staying]
        held = {place for place, _, _ in here}
        newest_first = sorted(ever, key=lambda item: (not item[2], item[0]), reverse=True)
        assert {place for place, _, _ in newest_first[:8]} <= held
        days: dict[str, Position] = {}
        for place, day, _ in newest_first:
            days.setdefault(day[:10], place)
        assert set(list(days.values())[:7]) <= held
        assert opened is None or opened in held
        if retires:
            ever = [(place, day, True) for place, day, _ in ever]
            here = [(place, day, True) for place, day, _ in here]


@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.dates().map(str), st.booleans()), max_size=60, unique_by=lambda item: item[0]
    ),
    st.randoms(),
)
def test_what_stays_does_not_hang_on_the_order_in_which_the_disk_names_it(
    found: list[tuple[int, str, bool]], shuffler: random.Random
):
    items = [(Position(1, seq), created, retired) for seq, created, retired in found]
    shuffled = list(items)
    shuffler.shuffle(shuffled)
    assert kept(items, 8, 7, None) == kept(shuffled, 8, 7, None)


@pytest.mark.parametrize("days", [["9999-12-31"], ["0001-01-01"], [f"{year}-02-28" for year in range(2000, 2040)]])
def test_no_flood_takes_the_newest_eight_or_the_opened_one_out_of_a_real_store(tmp_path: Path, days: list[str]):
    world = World.made(tmp_path)
    for seq in range(1, 4):
        assert world.word(world.packed(seq, size=300)) is Word.RECEIVED
    world.store.mark_opened(world.store.list()[1])
    for number in range(30):
        created = f"{days[number % len(days)]}T23:59:59Z"
        assert world.word(world.packed(10 + number, size=300, created=created)) is Word.RECEIVED
        assert world.whole()[: number + 1][:8] == list(range(10 + number, 9, -1))[:8]
        assert 2 in world.whole()


def test_the_newest_of_each_signer_stays_however_many_another_one_sends(tmp_path: Path):
    world = World.made(tmp_path)
    for seq in (1, 2):
        assert world.word(world.packed(seq, size=300)) is Word.RECEIVED
    trust = Trust(world.settings.data, Files())
    trust.add(TrustedSigner(SITE, OTHER_SIGNER.public))
    trust.remove(ONE.id)
    for seq in range(1, 20):
        assert world.word(world.packed(seq, epoch=EPOCH + 1, size=300, signer=OTHER_SIGNER)) is Word.RECEIVED
    by_the_first = [g.position for g in world.store.list() if g.manifest.signer == ONE.id]
    assert by_the_first == [position(2)]


def test_a_store_that_is_not_there_is_empty(tmp_path: Path):
    store = Store(tmp_path / "none", Files())
    assert store.list() == ()
    assert store.newest() is None
    assert store.position() is None
    assert store.damaged() == ()
    assert store.opened() is None
    assert store.at(Position(1, 1)) is None


def test_what_a_person_opened_is_remembered_and_nonsense_is_not(tmp_path: Path):
    world = World.made(tmp_path)
    assert world.word(world.packed(1)) is Word.RECEIVED
    world.store.mark_opened(world.store.list()[0])
    assert world.store.opened() == position(1)
    note = world.settings.data / "state" / "opened"
    stamp = note.stat().st_mtime_ns
    world.store.mark_opened(world.store.list()[0])
    assert note.stat().st_mtime_ns == stamp
    for nonsense in (b"", b"yesterday", b"\xff" * 33, b"1" * 100):
        note.write_bytes(nonsense)
        assert world.store.opened() is None


def test_the_plan_that_came_with_a_generation_is_there_to_be_read(tmp_path: Path):
    world = World.made(tmp_path)
    assert world.word(world.packed(1, plan=b"ring 112")) is Word.RECEIVED
    (generation,) = world.store.list()
    assert world.store.plan(generation) == b"ring 112"
    assert world.store.at(generation.position) == generation.path


def test_trust_is_given_by_hand_and_taken_back(tmp_path: Path):
    trust = Trust(tmp_path, Files())
    assert trust.known() == trust.retired() == ()
    trust.add(ONE)
    trust.add(ONE)
    trust.add(OTHER)
    assert set(trust.known()) == {ONE, OTHER}
    assert trust.sites() == {ONE.id: SITE, OTHER.id: "sydby"}
    assert trust.remove(ONE.fingerprint[:7]) == ONE
    assert trust.known() == (OTHER,)
    assert trust.retired() == (ONE,)
    assert set(trust.keys()) == {OTHER.id}
    assert set(trust.all_keys()) == {ONE.id, OTHER.id}
    trust.add(ONE)
    assert trust.retired() == ()


@pytest.mark.parametrize("which", ["", " ", "99999", "odense"])
def test_removing_a_signer_that_is_not_exactly_one_is_told(tmp_path: Path, which: str):
    trust = Trust(tmp_path, Files())
    trust.add(ONE)
    trust.add(TrustedSigner(SITE, bytes(32)))
    for start in (which, SITE):
        with pytest.raises(ReaderError) as refused:
            trust.remove(start)
        assert refused.value.kind is NOT_FOUND
    assert len(trust.known()) == 2


@pytest.mark.parametrize("content", [b"", OTHER.encode()], ids=["empty", "another-one-s"])
def test_a_signer_s_file_that_cannot_be_read_is_read_from_its_second_copy_and_told(tmp_path: Path, content: bytes):
    trust = Trust(tmp_path, Files())
    trust.add(ONE)
    (path,) = (tmp_path / "trust").glob("*.signer")
    path.write_bytes(content)
    assert trust.keys() == {ONE.id: ONE.public}
    assert trust.damaged() == (path,)
    trust.add(ONE)
    assert trust.damaged() == ()


def test_receiving_does_not_pass_over_a_known_signer_that_neither_copy_tells_and_reading_does(tmp_path: Path):
    trust = Trust(tmp_path, Files())
    trust.add(ONE)
    trust.add(OTHER)
    both = sorted((tmp_path / "trust").rglob(f"{ONE.id}.signer"))
    for path in both:
        path.write_bytes(b"")
    for strict in (trust.known, trust.keys, trust.sites):
        with pytest.raises(ReaderError) as refused:
            strict()
        assert refused.value.kind is OTHER_KIND
    assert trust.all_keys() == {OTHER.id: OTHER.public}
    assert trust.known_ids() == {ONE.id, OTHER.id}
    assert sorted(trust.damaged()) == both


@pytest.mark.parametrize("copies", [1, 2])
def test_a_damaged_file_of_a_retired_signer_keeps_nobody_from_reading_or_receiving(tmp_path: Path, copies: int):
    world = World.made(tmp_path)
    assert world.word(world.packed(1)) is Word.RECEIVED
    trust = Trust(world.settings.data, Files())
    gone = TrustedSigner(SITE, OTHER_SIGNER.public)
    trust.add(gone)
    trust.remove(gone.id)
    folder = world.settings.data / "trust"
    for path in [folder / "retired" / f"{gone.id}.signer", folder / "second" / f"{gone.id}.signer"][:copies]:
        path.write_bytes(b"")
    assert world.whole() == [1]
    assert world.word(world.packed(2)) is Word.RECEIVED
    assert world.word(world.packed(3, signer=OTHER_SIGNER)) == UNKNOWN_SIGNER.code


def test_a_retired_signer_s_damaged_head_keeps_the_new_signer_out_no_longer_than_it_should(tmp_path: Path):
    world, new = World.made(tmp_path), Signer(bytes(range(96, 128)))
    assert world.word(world.packed(1)) is Word.RECEIVED
    assert world.word(world.packed(1, content=9, epoch=EPOCH + 1000)) is Word.RECEIVED  # by a thief of the key
    trust = Trust(world.settings.data, Files())
    trust.add(TrustedSigner(SITE, new.public))
    trust.remove(TrustedSigner(SITE, SIGNER.public).id)
    head = world.store.list()[0].path / "head"
    head.write_bytes(b"")
    assert world.word(world.packed(1, signer=new, epoch=EPOCH + 1)) is Word.RECEIVED
    assert world.word(world.packed(2, signer=new, epoch=EPOCH + 1)) is Word.RECEIVED


def test_a_damaged_head_lets_no_older_package_of_a_known_signer_in_even_where_the_record_is_lost(tmp_path: Path):
    world = World.made(tmp_path)
    older = world.packed(4)
    assert world.word(world.packed(5)) is Word.RECEIVED
    (world.store.list()[0].path / "head").write_bytes(b"")
    assert world.word(older) == OLDER_PACKAGE.code
    for path in (world.settings.data / "state").glob("taken-*"):
        path.write_bytes(b"")
    assert world.word(older) == OLDER_PACKAGE.code


@pytest.mark.parametrize("signer", [TrustedSigner("a/b", bytes(32)), TrustedSigner(SITE, bytes(31))])
def test_a_signer_s_file_out_of_range_is_refused(tmp_path: Path, signer: TrustedSigner):
    (tmp_path / "x.signer").write_bytes(signer.encode())
    with pytest.raises(ReaderError) as refused:
        TrustedSigner.read(tmp_path / "x.signer", Files())
    assert refused.value.kind is OTHER_KIND
