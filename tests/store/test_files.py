from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from backupreader.domain.errors import ALREADY_THERE, BUSY, FILE_TROUBLE, NO_MEMORY, NO_SPACE
from backupreader.domain.trouble import ReaderError
from backupreader.store.files import SECRET, EndedEarly, Files, told

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")


def kind_of(call: Callable[[], object]) -> object:
    with pytest.raises(ReaderError) as refused:
        call()
    return refused.value.kind


def test_a_new_file_holds_what_was_written_and_is_never_written_over(tmp_path: Path):
    path = tmp_path / "a"
    Files().write_new(path, b"one")
    assert kind_of(lambda: Files().write_new(path, b"two")) is ALREADY_THERE
    assert path.read_bytes() == b"one"


@POSIX
def test_a_secret_is_for_its_owner_only(tmp_path: Path):
    Files().replace(tmp_path / "a", b"one", SECRET)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


@POSIX
@pytest.mark.parametrize(("folder", "file"), [(0o700, 0o600), (0o750, 0o640), (0o755, 0o644), (0o2770, 0o640)])
def test_what_is_no_secret_is_as_readable_as_its_folder_whatever_the_mask(tmp_path: Path, folder: int, file: int):
    (tmp_path / "source").write_bytes(b"bytes")
    place = tmp_path / "place"
    place.mkdir()
    place.chmod(folder)
    before = os.umask(0o077)
    try:
        Files().replace(place / "x.signer", b"public")
        Files().write_new(place / "head", b"signed")
        Files().copy(tmp_path / "source", place / "data.db")
        Files().replace(place / "secret", b"secret", SECRET)
        Files().make_folder(place / "trust" / "retired")
        with Files().lock(place / "lock"):
            pass
    finally:
        os.umask(before)
    modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in place.rglob("*")}
    assert modes.pop("secret") == SECRET
    for made in ("trust", "retired"):  # a folder lets others in only where the one above passes its group on
        assert modes.pop(made) == (folder if folder & stat.S_ISGID else 0o700)
    assert modes.pop("lock") == file | (0o020 if folder & 0o020 else 0)
    assert set(modes.values()) == {file}


def test_a_replaced_file_holds_the_new_content_and_a_left_over_part_is_no_obstacle(tmp_path: Path):
    path = tmp_path / "a"
    (tmp_path / "a.part").write_bytes(b"left over by a crash")
    for data in (b"one", b"two"):
        Files().replace(path, data)
        assert path.read_bytes() == data
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


class Short(Files):
    """A disk that takes at most three bytes at a time."""

    def write(self, descriptor: int, data: memoryview) -> int:
        return super().write(descriptor, data[:3])


class Nothing(Files):
    """A disk that takes nothing and says so politely."""

    def write(self, descriptor: int, data: memoryview) -> int:
        return 0


def test_short_writes_are_continued(tmp_path: Path):
    Short().write_new(tmp_path / "a", b"0123456789")
    assert (tmp_path / "a").read_bytes() == b"0123456789"


def test_a_disk_that_takes_nothing_is_trouble_and_leaves_nothing(tmp_path: Path):
    assert kind_of(lambda: Nothing().write_new(tmp_path / "a", b"0")) is FILE_TROUBLE
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.ENOSPC, NO_SPACE),
        (errno.EDQUOT, NO_SPACE),
        (errno.ENOMEM, NO_MEMORY),
        (errno.EIO, FILE_TROUBLE),
        (errno.EACCES, FILE_TROUBLE),
    ],
)
def test_what_the_disk_says_is_told_as_an_error_with_a_code(tmp_path: Path, code: int, kind: object):
    def fail() -> None:
        with told(tmp_path):
            raise OSError(code, os.strerror(code))

    assert kind_of(fail) is kind


def test_an_error_without_words_is_told_by_its_name(tmp_path: Path):
    with pytest.raises(ReaderError, match="OSError"), told(tmp_path):
        raise OSError


def test_a_copy_is_hashed_while_each_byte_is_read_once(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"head" + bytes(3 << 20))
    with Files().open(tmp_path / "a") as reading:
        assert reading.exactly(4) == b"head"
        digest = Files().copy_hashing(reading, tmp_path / "b", 3 << 20)
        assert reading.some() == b""
    assert Files().digest(tmp_path / "b") == (3 << 20, digest)


def test_a_source_that_ends_too_early_leaves_no_copy(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"short")
    with Files().open(tmp_path / "a") as reading, pytest.raises(EndedEarly):
        Files().copy_hashing(reading, tmp_path / "b", 6)
    assert not (tmp_path / "b").exists()


class Shrinking(Files):
    """A file that ends before the size it had when it was opened."""

    def read(self, descriptor: int, count: int) -> bytes:
        return b""


def test_a_file_that_shrinks_while_it_is_read_is_told(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"data")
    assert kind_of(lambda: Shrinking().read_whole(tmp_path / "a", 10)) is FILE_TROUBLE
    assert kind_of(lambda: Shrinking().copy(tmp_path / "a", tmp_path / "b")) is FILE_TROUBLE
    assert not (tmp_path / "b").exists()


def test_a_small_file_that_is_too_long_or_missing_is_told(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"0123456789")
    assert Files().read_whole(tmp_path / "a", 10) == b"0123456789"
    assert kind_of(lambda: Files().read_whole(tmp_path / "a", 9)) is FILE_TROUBLE
    assert kind_of(lambda: Files().read_whole(tmp_path / "b", 9)) is FILE_TROUBLE


def test_folders_are_made_with_those_above_and_emptied_without_following_links(tmp_path: Path):
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_bytes(b"mine")
    folder = tmp_path / "a" / "b" / "c"
    Files().make_folder(folder)
    Files().make_folder(folder)
    (folder / "d").mkdir()
    (folder / "d" / "e").write_bytes(b"")
    (folder / "link").symlink_to(kept)
    Files().empty_folder(folder)
    assert list(folder.iterdir()) == []
    assert (kept / "file").read_bytes() == b"mine"
    Files().remove_tree(tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"")
    assert kind_of(lambda: Files().make_folder(tmp_path / "a" / "b")) is FILE_TROUBLE


def test_a_lock_is_held_by_one_and_free_again_afterwards(tmp_path: Path):
    lock = tmp_path / "lock"
    with Files().lock(lock):
        assert kind_of(lambda: Files().lock(lock).__enter__()) is BUSY
    with Files().lock(lock):
        pass


def test_a_file_that_another_library_wrote_is_synced(tmp_path: Path):
    synced: list[int] = []

    class Listening(Files):
        def sync(self, descriptor: int) -> None:
            synced.append(os.fstat(descriptor).st_ino)

    (tmp_path / "a").write_bytes(b"data")
    Listening().fsync_file(tmp_path / "a")
    assert synced == [(tmp_path / "a").stat().st_ino]


@POSIX
def test_a_link_is_not_followed_where_that_was_not_asked_for(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"data")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert Files().open(tmp_path / "link").regular
    assert kind_of(lambda: Files().open(tmp_path / "link", follow=False)) is FILE_TROUBLE


def test_a_folder_synced_on_windows_is_nothing_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "name", "nt")
    try:
        Files().sync_folder(tmp_path / "is not even there")
    finally:
        monkeypatch.undo()


@dataclass(frozen=True)
class Junction:
    """What Windows says of a junction: a folder, and no symbolic link."""

    st_mode: int = stat.S_IFDIR | 0o777
    st_file_attributes: int = stat.FILE_ATTRIBUTE_DIRECTORY | stat.FILE_ATTRIBUTE_REPARSE_POINT


def test_a_junction_is_taken_away_and_never_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "dear").write_bytes(b"x")
    staging = tmp_path / "staging"
    staging.mkdir()
    (staging / "junction").symlink_to(elsewhere)
    monkeypatch.setattr(Path, "lstat", lambda path: Junction() if path.name == "junction" else os.lstat(path))
    Files().empty_folder(staging)
    assert list(staging.iterdir()) == []
    assert (elsewhere / "dear").exists()


def test_a_lock_is_free_again_at_once_even_where_its_file_stays_open(tmp_path: Path):
    class Keeping(Files):
        kept: list[int]

        def open_lock(self, path: Path) -> int:
            descriptor = super().open_lock(path)
            self.kept = [os.dup(descriptor)]
            return descriptor

    disk = Keeping()
    with disk.lock(tmp_path / "lock"):
        pass
    with Files().lock(tmp_path / "lock"):
        os.close(disk.kept[0])
