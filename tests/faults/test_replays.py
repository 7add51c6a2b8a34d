"""F10: what a carrier or a compromised exporter may try with good signatures. A row says what arrives, and what is on the disk then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from backupreader.domain.errors import OLDER_PACKAGE, OTHER_PC, PACKAGE_DAMAGED, UNKNOWN_SIGNER
from backupreader.store.carried import TrustedSigner
from backupreader.store.files import Files
from backupreader.store.trust import Trust
from sync.receive import Word
from tests.faults.world import EPOCH, OTHER_SIGNER, OTHER_VAULT, SITE, World

OLDER, OTHER, DAMAGED, UNKNOWN = OLDER_PACKAGE.code, OTHER_PC.code, PACKAGE_DAMAGED.code, UNKNOWN_SIGNER.code
TAKEN, HERE = Word.RECEIVED, Word.ALREADY_HERE


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A PC that holds generation 5."""
    made = World.made(tmp_path)
    assert made.word(made.packed(5)) is TAKEN
    return made


Row = tuple[str, dict[str, object], Word | str, list[int]]
ROWS: tuple[Row, ...] = (
    ("the next one", {"seq": 6}, TAKEN, [6, 5]),
    ("one after a gap", {"seq": 900}, TAKEN, [900, 5]),
    ("the largest step", {"seq": 1005}, TAKEN, [1005, 5]),
    ("one step too far", {"seq": 1006 + 1}, DAMAGED, [5]),
    ("a leap to the end of numbers", {"seq": (1 << 53) - 1}, DAMAGED, [5]),
    ("one before", {"seq": 4}, OLDER, [5]),
    ("the very first", {"seq": 1}, OLDER, [5]),
    ("the same number, another content", {"seq": 5, "content": 77}, DAMAGED, [5]),
    ("the same number, another plan", {"seq": 5, "plan": b"ring 113"}, DAMAGED, [5]),
    ("the same again, sealed anew", {"seq": 5}, HERE, [5]),
    ("an older epoch", {"seq": 6, "epoch": EPOCH - 1}, OLDER, [5]),
    ("an older epoch, far ahead in number", {"seq": 99, "epoch": 0}, OLDER, [5]),
    ("the next epoch", {"seq": 1, "epoch": EPOCH + 1}, TAKEN, [1, 5]),
    ("the next epoch, a late number", {"seq": 1000, "epoch": EPOCH + 1}, TAKEN, [1000, 5]),
    ("the next epoch, too late a number", {"seq": 1001, "epoch": EPOCH + 1}, DAMAGED, [5]),
    ("the furthest epoch", {"seq": 1, "epoch": EPOCH + 1000}, TAKEN, [1, 5]),
    ("an epoch too far", {"seq": 1, "epoch": EPOCH + 1001}, DAMAGED, [5]),
    ("the last epoch of all", {"seq": 1, "epoch": (1 << 53) - 1}, DAMAGED, [5]),
    ("another site, same signer", {"seq": 6, "site": "sydby"}, OTHER, [5]),
    ("another vault", {"seq": 6, "recipients": (OTHER_VAULT,)}, OTHER, [5]),
    ("an unknown signer", {"seq": 6, "signer": OTHER_SIGNER}, UNKNOWN, [5]),
    ("an unknown signer of an older one", {"seq": 1, "signer": OTHER_SIGNER}, UNKNOWN, [5]),
    ("made in the past", {"seq": 6, "created": "1999-01-01T00:00:00Z"}, TAKEN, [6, 5]),
    ("made in the future", {"seq": 6, "created": "2199-01-01T00:00:00Z"}, TAKEN, [6, 5]),
    ("made at the end of 32 bits", {"seq": 6, "created": "2038-01-19T03:14:08Z"}, TAKEN, [6, 5]),
    ("with an empty next time", {"seq": 6, "next_expected": None}, TAKEN, [6, 5]),
    ("naming another predecessor", {"seq": 6, "prev": "0" * 64}, TAKEN, [6, 5]),
    ("with a plan", {"seq": 6, "plan": b"ring 112" * 1000}, TAKEN, [6, 5]),
)


@pytest.mark.parametrize(("what", "given", "word", "whole"), ROWS, ids=[row[0].replace(" ", "-") for row in ROWS])
def test_what_arrives_is_judged_and_what_is_there_stays(
    world: World, what: str, given: dict[str, object], word: Word | str, whole: list[int]
):
    before = {path.name: path.stat().st_mtime_ns for path in world.store.folder.iterdir()}
    path = world.packed(**given)  # type: ignore[arg-type]
    assert world.word(path) == word
    assert world.whole() == whole
    assert world.staged() == []
    after = {path.name: path.stat().st_mtime_ns for path in world.store.folder.iterdir()}
    assert before.items() <= after.items()
    # Whatever it was, the exporter's next package is taken.
    following = whole[0] + 1
    epoch = world.store.list()[0].position.epoch
    assert world.word(world.packed(following, epoch=epoch)) is TAKEN if word != HERE else True


@pytest.mark.parametrize(("what", "given", "word", "whole"), ROWS, ids=[row[0].replace(" ", "-") for row in ROWS])
def test_the_same_arrives_together_with_the_next_good_one(
    world: World, what: str, given: dict[str, object], word: Word | str, whole: list[int]
):
    """A carrier mixes; the good one is taken all the same, unless something newer was good too."""
    strange = world.delivered(world.packed(**given), "a.package")  # type: ignore[arg-type]
    good = world.delivered(world.packed(6, content=6), "b.package")
    outcomes = {outcome.path: outcome.word for outcome in world.receive()}
    # beside a package that the PC holds, older ones and those for other PCs are no trouble
    expected = Word.SUPERSEDED if word in {OLDER, OTHER} else Word.REFUSED if isinstance(word, str) else word
    if given["seq"] == 6 and "epoch" not in given and word is TAKEN:
        assert sorted(outcomes.values(), key=str) == sorted(
            [TAKEN, outcomes[good if outcomes[strange] is TAKEN else strange]], key=str
        )
    else:
        assert outcomes[strange] is expected
        assert outcomes[good] is TAKEN
    assert world.newest() in {6, whole[0]}
    assert 5 in world.whole()


def test_other_files_in_the_inbox_are_left_alone(world: World):
    for name in ("holiday.jpg", "half.package.part", "README"):
        (world.inbox / name).write_bytes(b"x")
    assert world.receive() == ()
    assert len(list(world.inbox.iterdir())) == 3


def test_a_frozen_carrier_is_silence_and_no_trouble(world: World):
    assert world.receive() == ()
    assert world.whole() == [5]


def test_packages_that_waited_are_taken_in_their_order(world: World):
    for number, seq in enumerate((9, 7, 8, 6)):
        world.delivered(world.packed(seq), f"{number}.package")
    assert [outcome.word for outcome in world.receive()] == [TAKEN] * 4
    assert world.whole() == [9, 8, 7, 6, 5]


def test_a_flood_of_good_packages_never_takes_away_the_one_that_a_person_opened(world: World):
    opened = world.store.list()[0]
    world.store.mark_opened(opened)
    for seq in range(6, 40):
        assert world.word(world.packed(seq, size=300, created="2026-11-22T05:30:00Z")) is TAKEN
    assert world.whole() == [*range(39, 31, -1), 5]


def rotate(world: World) -> None:
    """The export machine is replaced: its new signer is added and the old one removed."""
    trust = Trust(world.settings.data, Files())
    (old,) = trust.known()
    trust.add(TrustedSigner(SITE, OTHER_SIGNER.public))
    trust.remove(old.fingerprint)


def test_after_a_rotation_the_old_signer_is_refused_and_the_new_one_starts_where_it_likes(world: World):
    rotate(world)
    assert world.word(world.packed(6)) == UNKNOWN
    assert world.whole() == [5]
    assert world.word(world.packed(1, signer=OTHER_SIGNER, epoch=3)) is TAKEN
    assert world.whole() == [1, 5]
    assert world.store.newest() == world.store.list()[0]
    assert world.store.list()[0].position.epoch == 3


def test_a_bad_leap_by_a_compromised_exporter_is_undone_by_a_rotation(world: World):
    assert world.word(world.packed(1, epoch=EPOCH + 1000)) is TAKEN
    assert world.word(world.packed(6)) == OLDER
    rotate(world)
    assert world.word(world.packed(1, signer=OTHER_SIGNER)) is TAKEN
    assert world.whole()[0] == 1
    assert 5 in world.whole()


def test_a_signer_trusted_for_one_site_cannot_sign_for_another(world: World):
    Trust(world.settings.data, Files()).add(TrustedSigner("sydby", OTHER_SIGNER.public))
    assert world.word(world.packed(6, signer=OTHER_SIGNER)) == OTHER
    assert world.word(world.packed(6, signer=OTHER_SIGNER, site="sydby")) == OTHER


@pytest.mark.parametrize(
    "spoil", [lambda data: b"", lambda data: data[:-1], lambda data: b"x" + data[1:]], ids=["empty", "cut", "changed"]
)
def test_damage_on_the_disk_does_not_let_an_older_package_in(world: World, spoil: Callable[[bytes], bytes]):
    head = world.store.list()[0].path / "head"
    head.write_bytes(spoil(head.read_bytes()))
    assert world.whole() == []
    assert world.word(world.packed(4)) == OLDER
    assert world.word(world.packed(5)) is TAKEN  # the same package again repairs it
    assert world.whole() == [5]


def test_a_package_is_taken_out_of_the_pc_s_own_inbox_only_once_it_is_held(world: World):
    good, bad = world.delivered(world.packed(6)), world.delivered(world.packed(4))
    world.receive()
    assert not good.exists()
    assert bad.exists()


def test_a_named_inbox_is_never_written_to(world: World):
    from dataclasses import replace

    from sync.receive import receive

    share = world.folder / "share"
    share.mkdir()
    settings = replace(world.settings, inbox=share)
    path = world.packed(6)
    (share / path.name).write_bytes(path.read_bytes())
    share.chmod(0o500)
    try:
        assert [outcome.word for outcome in receive(settings)] == [TAKEN]
        assert [outcome.word for outcome in receive(settings)] == [HERE]
        assert [entry.name for entry in share.iterdir()] == [path.name]
    finally:
        share.chmod(0o700)
