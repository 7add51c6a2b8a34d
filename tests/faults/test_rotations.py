"""Rotations: which signing keys a PC learns of, from whom, and what a crash in the middle of it leaves (F10)."""

from __future__ import annotations

import errno
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backupreader.domain.errors import OLDER_PACKAGE, OTHER_PC, PACKAGE_DAMAGED, UNKNOWN_SIGNER
from backupreader.domain.trouble import ReaderError
from backupreader.store.carried import TrustedSigner
from backupreader.store.files import Files
from backupreader.store.manifest import Successor
from backupreader.store.seal import Signer
from backupreader.store.trust import Trust
from sync.receive import Word, receive
from sync.rotation import successor_of
from tests.faults.world import EPOCH, OTHER_SIGNER, OTHER_VAULT, SIGNER, SITE, Dying, Killed, World, position

OLDER, OTHER, DAMAGED, UNKNOWN = OLDER_PACKAGE.code, OTHER_PC.code, PACKAGE_DAMAGED.code, UNKNOWN_SIGNER.code
TAKEN, HERE = Word.RECEIVED, Word.ALREADY_HERE


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A PC that holds generation 5."""
    made = World.made(tmp_path)
    assert made.word(made.packed(5)) is TAKEN
    return made


EVERYBODY = b"\1" + bytes(31)
NEW, THIRD = OTHER_SIGNER, Signer(bytes(range(96, 128)))
Step = tuple[str, object, object]


def take(seq: int, word: Word | str, **given: object) -> Step:
    """A package arrives, and this is what becomes of it."""
    return "take", {"seq": seq, **given}, word


def says(signer: Signer, epoch: int = EPOCH + 1, by: Signer = SIGNER) -> Successor:
    return successor_of(signer, epoch, site=SITE, by=TrustedSigner(SITE, by.public).id)


def forged(signer: Signer, epoch: int, proof: bytes | None = None) -> Successor:
    """Named by whoever has the old key, and never by the key itself."""
    return Successor(epoch, signer.public, says(signer).proof if proof is None else proof)


def pin(signer: Signer, site: str = SITE) -> Step:
    return "pin", signer, site


def remove(signer: Signer) -> Step:
    return "remove", signer, None


ANNOUNCED = take(6, TAKEN, successor=says(NEW))
BEGUN = take(1, TAKEN, signer=NEW, epoch=EPOCH + 1)
ROTATIONS: tuple[tuple[str, tuple[Step, ...], list[Signer], list[int]], ...] = (
    ("an announcement", (ANNOUNCED,), [SIGNER, NEW], [6, 5]),
    ("the old one goes on until the new one begins", (ANNOUNCED, take(7, TAKEN)), [SIGNER, NEW], [7, 6, 5]),
    ("the new one begins", (ANNOUNCED, BEGUN), [NEW], [1, 6, 5]),
    ("the old one after the new one began", (ANNOUNCED, BEGUN, take(7, UNKNOWN)), [NEW], [1, 6, 5]),
    ("the old one, in a higher epoch", (ANNOUNCED, BEGUN, take(1, UNKNOWN, epoch=EPOCH + 2)), [NEW], [1, 6, 5]),
    ("an announced one in the old epoch", (ANNOUNCED, take(7, OLDER, signer=NEW)), [SIGNER, NEW], [6, 5]),
    (
        "an announced one below its own epoch",
        (take(6, TAKEN, successor=says(NEW, EPOCH + 9)), take(1, OLDER, signer=NEW, epoch=EPOCH + 8)),
        [SIGNER, NEW],
        [6, 5],
    ),
    (
        "the new one named in another epoch than its own, then by itself",
        (take(6, TAKEN, successor=forged(NEW, EPOCH + 1000)), take(7, TAKEN, successor=says(NEW)), BEGUN),
        [NEW],
        [1, 7, 6, 5],
    ),
    ("an announcement that nobody signed", (take(6, TAKEN, successor=forged(NEW, EPOCH + 1, bytes(64))),), [SIGNER], [6, 5]),
    ("an announcement signed for another one", (take(6, TAKEN, successor=says(NEW, by=THIRD)),), [SIGNER], [6, 5]),
    (
        "a key for which anybody can sign",
        (take(6, TAKEN, successor=Successor(EPOCH + 1, EVERYBODY, EVERYBODY + bytes(32))),),
        [SIGNER],
        [6, 5],
    ),
    ("an announcement of the same epoch", (take(6, TAKEN, successor=says(NEW, EPOCH)),), [SIGNER], [6, 5]),
    ("an announcement of a lower epoch", (take(6, TAKEN, successor=says(NEW, 1)),), [SIGNER], [6, 5]),
    ("the furthest epoch announced", (take(6, TAKEN, successor=says(NEW, EPOCH + 1000)),), [SIGNER, NEW], [6, 5]),
    ("an epoch too far announced", (take(6, TAKEN, successor=says(NEW, EPOCH + 1001)),), [SIGNER], [6, 5]),
    ("an announcement of itself", (take(6, TAKEN, successor=says(SIGNER)),), [SIGNER], [6, 5]),
    ("an announcement by a stranger", (take(6, UNKNOWN, signer=THIRD, successor=says(NEW)),), [SIGNER], [5]),
    ("an announcement by a stranger of himself", (take(6, UNKNOWN, signer=NEW, successor=says(NEW)),), [SIGNER], [5]),
    ("an announcement for another site", (take(6, OTHER, site="sydby", successor=says(NEW)),), [SIGNER], [5]),
    (
        "an announcement by a signer of another site",
        (pin(THIRD, "sydby"), take(6, OTHER, signer=THIRD, successor=says(NEW))),
        [SIGNER, THIRD],
        [5],
    ),
    ("an announcement for another vault", (take(6, OTHER, recipients=(OTHER_VAULT,), successor=says(NEW)),), [SIGNER], [5]),
    ("an announcement that is a step too far", (take(1006, DAMAGED, successor=says(NEW)),), [SIGNER], [5]),
    ("an old announcement", (take(4, OLDER, successor=says(NEW)),), [SIGNER], [5]),
    ("an announcement beside what is here", (take(5, HERE, successor=says(NEW)),), [SIGNER, NEW], [5]),
    ("the same announcement again", (ANNOUNCED, take(6, HERE, successor=says(NEW))), [SIGNER, NEW], [6, 5]),
    ("the same one in each package", (ANNOUNCED, take(7, TAKEN, successor=says(NEW))), [SIGNER, NEW], [7, 6, 5]),
    ("a second successor", (ANNOUNCED, take(7, TAKEN, successor=says(THIRD))), [SIGNER, NEW], [7, 6, 5]),
    (
        "two hops at once",
        (ANNOUNCED, take(1, UNKNOWN, signer=THIRD, epoch=EPOCH + 2)),
        [SIGNER, NEW],
        [6, 5],
    ),
    (
        "a replayed announcement of a removed one",
        (ANNOUNCED, remove(NEW), take(7, TAKEN, successor=says(NEW)), take(1, UNKNOWN, signer=NEW, epoch=EPOCH + 1)),
        [SIGNER],
        [7, 6, 5],
    ),
    ("removal of the one that announced", (ANNOUNCED, remove(SIGNER)), [], [6, 5]),
    ("removal of it when the new one has begun", (ANNOUNCED, BEGUN, remove(SIGNER)), [], [1, 6, 5]),
    (
        "removal of a line",
        (ANNOUNCED, take(1, TAKEN, signer=NEW, epoch=EPOCH + 1, successor=says(THIRD, EPOCH + 2, NEW)), remove(SIGNER)),
        [],
        [1, 6, 5],
    ),
    (
        "removal of the end of a line",
        (ANNOUNCED, take(1, TAKEN, signer=NEW, epoch=EPOCH + 1, successor=says(THIRD, EPOCH + 2, NEW)), remove(THIRD)),
        [NEW],
        [1, 6, 5],
    ),
    (
        "a whole line",
        (
            ANNOUNCED,
            take(1, TAKEN, signer=NEW, epoch=EPOCH + 1, successor=says(THIRD, EPOCH + 2, NEW)),
            take(1, TAKEN, signer=THIRD, epoch=EPOCH + 2),
        ),
        [THIRD],
        [1, 1, 6, 5],
    ),
    ("a successor pinned by hand stays", (ANNOUNCED, pin(NEW), remove(SIGNER)), [NEW], [6, 5]),
    ("and begins where it likes", (ANNOUNCED, pin(NEW), remove(SIGNER), take(1, TAKEN, signer=NEW, epoch=3)), [NEW], [1, 6, 5]),
    ("a pinned one retires the old one too", (ANNOUNCED, pin(NEW), BEGUN), [NEW], [1, 6, 5]),
    ("one pinned before it is announced", (pin(NEW), ANNOUNCED, BEGUN), [NEW], [1, 6, 5]),
    ("one pinned for another site", (pin(NEW, "sydby"), ANNOUNCED, take(1, OTHER, signer=NEW, epoch=EPOCH + 1)), [SIGNER, NEW], [6, 5]),
    (
        "what stands on a pinned one stays with it",
        (
            ANNOUNCED,
            pin(NEW),
            take(1, TAKEN, signer=NEW, epoch=EPOCH + 1, successor=says(THIRD, EPOCH + 2, NEW)),
            pin(SIGNER),
            remove(SIGNER),
        ),
        [NEW, THIRD],
        [1, 6, 5],
    ),
    ("a removed one pinned again", (ANNOUNCED, remove(SIGNER), pin(SIGNER), take(7, TAKEN)), [SIGNER], [7, 6, 5]),
    (
        "an old one pinned again while the new one signs",
        (ANNOUNCED, BEGUN, pin(SIGNER), take(2, TAKEN, signer=NEW, epoch=EPOCH + 1), take(9, UNKNOWN)),
        [NEW],
        [2, 1, 6, 5],
    ),
    (
        "a ring of announcements",
        (
            ANNOUNCED,
            BEGUN,
            pin(SIGNER),
            take(2, TAKEN, signer=NEW, epoch=EPOCH + 1, successor=says(SIGNER, EPOCH + 2, NEW)),
            take(1, UNKNOWN, epoch=EPOCH + 2),
        ),
        [NEW],
        [2, 1, 6, 5],
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("what", "steps", "known", "whole"), ROTATIONS, ids=[row[0].replace(" ", "-") for row in ROTATIONS]
)
def test_who_may_sign_next_is_learnt_only_from_who_signs_now(
    world: World, what: str, steps: tuple[Step, ...], known: list[Signer], whole: list[int]
):
    trust = Trust(world.settings.data, Files())
    for number, (action, thing, expected) in enumerate(steps):
        if action == "take":
            assert world.word(world.packed(**thing)) == expected, number  # type: ignore[arg-type]
        elif action == "pin":
            assert isinstance(thing, Signer)
            trust.add(TrustedSigner(str(expected), thing.public))
        elif [signer.public for signer in trust.known()].count(thing.public):  # type: ignore[attr-defined]
            trust.remove(TrustedSigner(SITE, thing.public).id)  # type: ignore[attr-defined]
        else:  # retired already: what it announced is not
            trust.remove(TrustedSigner(SITE, thing.public).fingerprint)  # type: ignore[attr-defined]
    assert {signer.public for signer in trust.known()} == {signer.public for signer in known}
    assert sorted(world.whole()) == sorted(whole)
    assert world.staged() == []
    assert set(trust.all_keys()) >= {generation.manifest.signer for generation in world.store.list()}


def test_a_package_whose_content_is_not_what_was_signed_teaches_nothing(world: World):
    package = world.packed(6, successor=says(NEW))
    package.write_bytes(package.read_bytes()[:-1] + b"x")
    assert world.word(package) == DAMAGED
    assert [signer.public for signer in Trust(world.settings.data, Files()).known()] == [SIGNER.public]


def test_what_cannot_be_learnt_is_not_received_and_the_same_again_is(world: World):
    class Full(Files):
        def open_new(self, path: Path, mode: int) -> int:
            if "announced" in path.parts:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super().open_new(path, mode)

    package = world.delivered(world.packed(6, successor=says(NEW)))
    (outcome,) = world.receive(Full())
    assert (outcome.word, world.whole(), world.staged()) == (Word.REFUSED, [5], [])
    assert package.exists()
    assert [outcome.word for outcome in world.receive()] == [TAKEN]
    assert world.whole() == [6, 5]
    assert len(Trust(world.settings.data, Files()).known()) == 2


def test_an_announcement_is_remembered_with_who_made_it_where_and_when(world: World):
    world.delivered(world.packed(6, successor=says(NEW)))
    receive(world.settings, now=datetime(2026, 11, 22, 6, tzinfo=UTC))
    (record,) = Trust(world.settings.data, Files()).announcements()
    assert record.signer == TrustedSigner(SITE, NEW.public)
    assert record.by == TrustedSigner(SITE, SIGNER.public).id
    assert record.package == str(position(6))
    assert record.at == "2026-11-22T06:00:00+00:00"
    assert record.epoch == EPOCH + 1


@pytest.mark.parametrize("content", [b"", b"{}", b"x" * 9000], ids=["empty", "nothing", "long"])
def test_a_record_of_an_announcement_is_read_from_its_second_copy_and_told_where_both_are_spoilt(
    world: World, content: bytes
):
    assert world.word(world.packed(6, successor=says(NEW))) is TAKEN
    trust, whole = Trust(world.settings.data, Files()), set(world.whole())
    first, second = sorted((world.settings.data / "trust").rglob("*.announced"))
    first.write_bytes(content)
    assert {signer.public for signer in trust.known()} == {SIGNER.public, NEW.public}
    second.write_bytes(content)
    with pytest.raises(ReaderError):
        trust.keys()
    assert set(world.whole()) == whole


def test_while_a_record_cannot_be_read_no_other_successor_is_believed(world: World):
    assert world.word(world.packed(6, successor=says(NEW))) is TAKEN
    trust = Trust(world.settings.data, Files())
    trust.remove(TrustedSigner(SITE, NEW.public).id)
    for path in (world.settings.data / "trust").rglob("*.announced"):
        path.write_bytes(b"")
    assert world.word(world.packed(7, successor=says(THIRD))) is TAKEN
    assert [signer.public for signer in trust.known()] == [SIGNER.public]


def test_a_record_under_another_signer_s_name_is_not_believed(world: World):
    assert world.word(world.packed(6, successor=says(NEW))) is TAKEN
    (path,) = (world.settings.data / "trust" / "announced").iterdir()
    path.rename(path.with_name("0" * 64 + ".announced"))
    with pytest.raises(ReaderError):
        Trust(world.settings.data, Files()).keys()


def test_the_new_one_and_its_announcement_may_wait_in_the_inbox_together(world: World):
    world.delivered(world.packed(1, signer=NEW, epoch=EPOCH + 1), "a.package")
    world.delivered(world.packed(6, successor=says(NEW)), "b.package")
    assert {outcome.word for outcome in world.receive()} == {TAKEN}
    assert world.whole() == [1, 6, 5]


@pytest.mark.parametrize("what", ["announcement", "begin"])
def test_dying_anywhere_while_a_signer_is_learnt_is_put_right_by_the_same_package(tmp_path: Path, what: str):
    original = World.made(tmp_path / "original")
    assert original.word(original.packed(5)) is TAKEN
    package = original.packed(6, successor=says(NEW))
    if what == "begin":
        assert original.word(package) is TAKEN
        package = original.packed(1, signer=NEW, epoch=EPOCH + 1)
    following = original.packed(2, signer=NEW, epoch=EPOCH + 1)

    def copy(name: str) -> World:
        shutil.copytree(original.folder, tmp_path / name)
        made = World(tmp_path / name)
        made.delivered(package)
        return made

    counting = Dying(1 << 30)
    copy("whole").receive(counting)
    for point in range(1, counting.calls + 1):
        world = copy(f"point-{point}")
        with pytest.raises(Killed):
            world.receive(Dying(point))
        if not (world.inbox / package.name).exists():
            world.delivered(package)
        assert [outcome.word for outcome in world.receive()] in ([TAKEN], [HERE]), point
        known = {signer.public for signer in Trust(world.settings.data, Files()).known()}
        assert known == ({NEW.public} if what == "begin" else {SIGNER.public, NEW.public}), point
        assert world.word(following) is TAKEN
        assert [signer.public for signer in Trust(world.settings.data, Files()).known()] == [NEW.public]


def test_dying_anywhere_while_a_line_is_removed_is_put_right_by_the_same_words(tmp_path: Path):
    original = World.made(tmp_path / "original")
    for package in (
        original.packed(6, successor=says(NEW)),
        original.packed(1, signer=NEW, epoch=EPOCH + 1, successor=says(THIRD, EPOCH + 2, NEW)),
    ):
        assert original.word(package) is TAKEN
    old = TrustedSigner(SITE, SIGNER.public).fingerprint

    def copy(name: str, disk: Files) -> Trust:
        shutil.copytree(original.settings.data / "trust", tmp_path / name / "trust")
        return Trust(tmp_path / name, disk)

    counting = Dying(1 << 30)
    copy("whole", counting).remove(old)
    assert Trust(tmp_path / "whole", Files()).known() == ()
    for point in range(1, counting.calls + 1):
        trust = copy(f"point-{point}", Dying(point))
        with pytest.raises(Killed):
            trust.remove(old)
        again = Trust(tmp_path / f"point-{point}", Files())
        if again.known():
            again.remove(old)
        assert again.known() == (), point
