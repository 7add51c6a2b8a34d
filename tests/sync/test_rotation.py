"""Another signing key on the export machine, up to the PCs that follow it."""

from __future__ import annotations

import shutil
import stat
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.errors import BUSY, FILE_TROUBLE, OTHER_KIND, ROTATION
from backupreader.domain.trouble import Kind, ReaderError
from backupreader.settings import Settings, SiteSetting
from backupreader.store import container
from backupreader.store.carried import VaultIdentity
from backupreader.store.files import Files
from backupreader.store.manifest import Manifest, Position
from backupreader.store.seal import public_of
from backupreader.store.trust import Trust
from sync import rotation
from sync.export import export
from sync.origin import Origin
from sync.receive import Word, receive
from tests.faults.world import Dying, Killed
from tests.sync.town import SITE, backup_pc, exporter, write_export

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture
def machine(tmp_path: Path) -> Settings:
    write_export(tmp_path / "journal")
    return exporter(tmp_path, tmp_path / "room12" / "inbox")


@pytest.fixture
def pc(tmp_path: Path, machine: Settings) -> Settings:
    return backup_pc(tmp_path, machine)


def origin(machine: Settings) -> Origin:
    return Origin(machine.data, Files())


def sent(machine: Settings, keys: dict[str, bytes] | None = None) -> Manifest:
    """The head of the package that one more export sends."""
    done = export(machine, NOW)
    own = origin(machine).signer(machine.site, NOW).trusted()
    with Files().open(done.packages[0]) as reading:
        head = container.read_head(reading, keys or {own.id: own.public})
    assert head.digest == done.sites[0].digests[0]
    return head.manifest


def words(pc: Settings) -> list[Word]:
    return [outcome.word for outcome in receive(pc)]


def refusal(call: object, *arguments: object) -> Kind:
    with pytest.raises(ReaderError) as refused:
        call(*arguments)  # type: ignore[operator]
    return refused.value.kind


def test_a_new_key_is_announced_then_used_and_nobody_carries_anything(machine: Settings, pc: Settings):
    first = sent(machine)
    assert first.successor is None
    made = rotation.rotate(machine, NOW, Files())
    assert made.epoch == first.epoch + 1
    announced = sent(machine)
    assert announced.signer == first.signer
    assert announced.successor is not None
    assert (announced.successor.public, announced.successor.epoch) == (made.signer.public, made.epoch)
    assert rotation.finish(machine, Files()) == made
    begun = sent(machine)
    assert (begun.signer, begun.position) == (made.trusted().id, Position(made.epoch, 1))
    assert begun.successor is None
    assert begun.prev == announced.database_sha256
    assert words(pc) == [Word.RECEIVED] * 3
    assert Trust(pc.data, Files()).known() == (made.trusted(),)
    assert sent(machine).position == Position(made.epoch, 2)
    assert words(pc) == [Word.RECEIVED]


def test_a_pc_that_missed_the_announcement_is_told_by_hand(machine: Settings, pc: Settings):
    sent(machine)
    assert words(pc) == [Word.RECEIVED]
    rotation.rotate(machine, NOW, Files())
    export(machine, NOW)
    for path in pc.inbox_folder.iterdir():
        path.unlink()
    made = rotation.finish(machine, Files())
    export(machine, NOW)
    assert words(pc) == [Word.REFUSED]
    Trust(pc.data, Files()).add(made.trusted())
    assert words(pc) == [Word.RECEIVED]


def test_rotating_twice_before_the_finish_announces_one_key(machine: Settings, pc: Settings, tmp_path: Path):
    made = rotation.rotate(machine, NOW, Files())
    assert rotation.rotate(machine, NOW, Files()) == made
    assert stat.S_IMODE((machine.data / "signer" / "next.json").stat().st_mode) == 0o600
    sent(machine)
    rotation.finish(machine, Files())
    assert not (machine.data / "signer" / "next.json").exists()
    assert rotation.rotate(machine, NOW, Files()).epoch == made.epoch + 1


def test_a_key_that_no_package_has_announced_does_not_begin(machine: Settings, pc: Settings):
    assert refusal(rotation.finish, machine, Files()) is ROTATION
    rotation.rotate(machine, NOW, Files())
    assert refusal(rotation.finish, machine, Files()) is ROTATION
    sent(machine)
    rotation.finish(machine, Files())
    assert refusal(rotation.finish, machine, Files()) is ROTATION


def test_every_site_with_a_pc_must_have_been_told(machine: Settings, tmp_path: Path):
    both = replace(machine, sites=(SiteSetting(name="nord", units=("Nord",)), SiteSetting(name="syd", units=("Syd",))))
    for number, site in enumerate(("nord", "syd")):
        origin(both).enrol(VaultIdentity(f"room{number}", site, public_of(bytes([number] * 32))))
    export(both, NOW)
    rotation.rotate(both, NOW, Files())
    only = replace(both, sites=both.sites[:1])
    export(only, NOW)
    with pytest.raises(ReaderError) as refused:
        rotation.finish(both, Files())
    assert "syd" in str(refused.value)
    export(both, NOW)
    made = rotation.finish(both, Files())
    done = export(both, NOW)
    assert {site.position for site in done.sites} == {Position(made.epoch, 1)}


def test_where_nobody_is_enrolled_nobody_needs_to_be_told(machine: Settings):
    made = rotation.rotate(machine, NOW, Files())
    assert rotation.finish(machine, Files()) == made


def test_a_lost_key_is_replaced_at_once_and_above_all_before(machine: Settings, pc: Settings):
    before = sent(machine)
    pending = rotation.rotate(machine, NOW, Files())
    (machine.data / "signer" / "signer.json").write_bytes(b"")
    assert refusal(rotation.rotate, machine, NOW, Files()) is OTHER_KIND
    made = rotation.begin_anew(machine, NOW, Files())
    assert made.epoch > pending.epoch > before.epoch
    assert origin(machine).successor() is None
    assert sent(machine).position == Position(made.epoch, 1)
    assert words(pc) == [Word.RECEIVED, Word.REFUSED]
    trust = Trust(pc.data, Files())
    (old,) = trust.known()
    trust.add(made.trusted())
    trust.remove(old.fingerprint)
    assert words(pc) == [Word.RECEIVED]


def test_an_announced_key_begins_even_where_the_old_one_is_lost(machine: Settings, pc: Settings):
    made = rotation.rotate(machine, NOW, Files())
    sent(machine)
    (machine.data / "signer" / "signer.json").write_bytes(b"")
    assert rotation.finish(machine, Files()) == made
    sent(machine)
    assert words(pc) == [Word.RECEIVED, Word.RECEIVED]


def test_where_the_old_key_s_file_is_gone_the_announced_one_takes_its_place(machine: Settings, pc: Settings):
    made = rotation.rotate(machine, NOW, Files())
    sent(machine)
    (machine.data / "signer" / "signer.json").unlink()
    assert sent(machine).signer == made.trusted().id
    assert words(pc) == [Word.RECEIVED, Word.RECEIVED]


def test_a_key_that_the_disk_does_not_give_back_is_not_taken_for_lost(machine: Settings, pc: Settings):
    rotation.rotate(machine, NOW, Files())

    class Sick(Files):
        def open_old(self, path: Path, *, follow: bool) -> int:
            if path.name == "signer.json":
                raise OSError(5, "Input/output error")
            return super().open_old(path, follow=follow)

    assert refusal(rotation.finish, machine, Sick()) is FILE_TROUBLE
    assert refusal(rotation.begin_anew, machine, NOW, Sick()) is FILE_TROUBLE


def test_a_successor_s_file_that_is_none_is_told(machine: Settings):
    rotation.rotate(machine, NOW, Files())
    (machine.data / "signer" / "next.json").write_bytes(b"{}")
    assert refusal(rotation.rotate, machine, NOW, Files()) is OTHER_KIND
    assert refusal(export, replace(machine), NOW) is not None
    rotation.begin_anew(machine, NOW, Files())
    assert origin(machine).successor() is None


def test_a_line_that_lost_its_position_meanwhile_still_stays_below_the_new_key(machine: Settings, pc: Settings):
    made = rotation.rotate(machine, NOW, Files())
    first = sent(machine)
    for path in (machine.data / "state").glob("position-*.json"):
        path.write_bytes(b"damaged")
    leaped = sent(machine)
    assert leaped.epoch > first.epoch
    assert leaped.successor is not None
    assert leaped.successor.epoch > leaped.epoch
    own = rotation.finish(machine, Files())
    assert own.signer == made.signer
    assert own.epoch >= leaped.successor.epoch
    sent(machine)
    assert words(pc) == [Word.RECEIVED] * 3


def test_no_key_changes_while_an_export_is_at_work(machine: Settings):
    origin(machine).prepare()
    with Files().lock(origin(machine).lock):
        for call in (
            lambda: rotation.rotate(machine, NOW, Files()),
            lambda: rotation.finish(machine, Files()),
            lambda: rotation.begin_anew(machine, NOW, Files()),
        ):
            assert refusal(call) is BUSY


@pytest.mark.parametrize("step", ["rotate", "finish", "lost"])
def test_dying_anywhere_in_a_rotation_leaves_the_old_or_the_new_key_and_the_same_word_ends_it(
    machine: Settings, pc: Settings, tmp_path: Path, step: str
):
    if step != "rotate":
        rotation.rotate(machine, NOW, Files())
    export(machine, NOW)
    old = origin(machine).signer(SITE, NOW)
    pending = origin(machine).successor()

    def run(settings: Settings, files: Files) -> object:
        if step == "rotate":
            return rotation.rotate(settings, NOW, files)
        if step == "finish":
            return rotation.finish(settings, files)
        return rotation.begin_anew(settings, NOW, files)

    def copy(name: str) -> Settings:
        shutil.copytree(machine.data, tmp_path / name)
        return replace(machine, data=tmp_path / name)

    counting = Dying(1 << 30)
    run(copy("whole"), counting)
    assert counting.calls > 4
    for point in range(1, counting.calls + 1):
        settings = copy(f"point-{point}")
        with pytest.raises(Killed):
            run(settings, Dying(point))
        own = origin(settings).signer(SITE, NOW)
        if step == "rotate":
            assert own == old
            assert rotation.rotate(settings, NOW, Files()).epoch == old.epoch + 1
        elif step == "finish":
            assert own in (old, pending)
            if own == old:
                assert rotation.finish(settings, Files()) == pending
            assert origin(settings).successor() is None
        else:
            assert own == old or own.epoch > old.epoch
            assert run(settings, Files()).epoch > own.epoch  # type: ignore[attr-defined]
            assert origin(settings).successor() is None
