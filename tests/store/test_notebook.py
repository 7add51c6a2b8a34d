"""The notebook: what a PC remembers of citizens by itself is sealed, survives crashes, and never guesses."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from backupreader.domain.errors import BUSY, FILE_TROUBLE, NO_SPACE
from backupreader.domain.trouble import ReaderError
from backupreader.store.carried import VaultIdentity
from backupreader.store.files import Files
from backupreader.store.notebook import Book, Notebook
from backupreader.store.seal import public_of
from backupreader.store.unlocked import Unlocked

OLD, NEW, STRANGE = (bytes([number]) * 32 for number in (1, 2, 3))


def opened(seed: bytes, *former: bytes) -> Unlocked:
    """An unlocked vault whose seed in use is the first one."""
    identities = [VaultIdentity("room12", "nordby", public_of(one)) for one in (seed, *former)]
    seeds = dict(zip((one.id for one in identities), (seed, *former), strict=True))
    return Unlocked(identity=identities[0], seeds=seeds, account="Anna", kind="account")


def notebook(
    folder: Path, unlocked: Unlocked | None = None, name: str = "ticks", files: Files | None = None
) -> Notebook:
    return Notebook(folder, name, unlocked or opened(OLD), files or Files())


def copies(folder: Path, name: str = "ticks") -> list[Path]:
    return [folder / "notebook" / f"{name}-{letter}" for letter in "ab"]


def test_a_book_that_was_never_written_is_empty_and_whole_and_nothing_is_made_for_it(tmp_path: Path) -> None:
    assert notebook(tmp_path).read() == Book((), whole=True)
    assert not list(tmp_path.iterdir())


def test_entries_come_back_in_order_in_another_session_and_each_book_has_its_own(tmp_path: Path) -> None:
    for number in range(5):
        book = notebook(tmp_path).append({"n": number, "name": "Åse Ægidius"})
        assert len(book.entries) == number + 1
    notebook(tmp_path, name="papers").append("other")
    assert [entry["n"] for entry in notebook(tmp_path).read().entries] == [0, 1, 2, 3, 4]  # type: ignore[index,call-overload]
    assert notebook(tmp_path, name="papers").read() == Book(("other",))


def test_nothing_of_it_lies_in_clear_and_two_writings_of_one_thing_differ(tmp_path: Path) -> None:
    notebook(tmp_path).append("Kirsten Møller 140338-1234")
    notebook(tmp_path).append()
    first, second = (path.read_bytes() for path in copies(tmp_path))
    assert b"Kirsten" not in first + second
    assert json.loads(first)["box"] != json.loads(second)["box"]
    assert json.loads(first)["salt"] != json.loads(second)["salt"]
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in copies(tmp_path)} == {0o600}


def test_after_a_change_of_the_vaults_key_a_book_is_read_and_then_sealed_under_the_new_one(tmp_path: Path) -> None:
    notebook(tmp_path, opened(OLD)).append("before")
    assert notebook(tmp_path, opened(NEW, OLD)).read() == Book(("before",))
    for _ in range(2):
        notebook(tmp_path, opened(NEW, OLD)).append("after")
    assert notebook(tmp_path, opened(NEW)).read().entries == ("before", "after", "after")
    assert not notebook(tmp_path, opened(OLD)).read().whole


@pytest.mark.parametrize("unlocked", [opened(STRANGE), opened(STRANGE, NEW)])
def test_another_vault_opens_nothing_and_is_told_that_something_is_there(tmp_path: Path, unlocked: Unlocked) -> None:
    notebook(tmp_path).append("secret")
    assert notebook(tmp_path, unlocked).read() == Book((), whole=False)


def test_every_changed_byte_of_the_only_copy_is_noticed(tmp_path: Path) -> None:
    notebook(tmp_path).append("x")
    (path, _) = copies(tmp_path)
    good = path.read_bytes()
    for place in range(len(good)):
        path.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert notebook(tmp_path).read() == Book((), whole=False), place


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", b"7", b"\xff", b'{"box":"","counter":9,"salt":"","vault":""}'])
def test_one_damaged_copy_costs_at_most_the_latest_entry_and_is_told_until_the_book_is_written_anew(
    tmp_path: Path, damage: bytes
) -> None:
    for number in range(4):
        notebook(tmp_path).append(number)
    copies(tmp_path)[1].write_bytes(damage)
    assert notebook(tmp_path).read() == Book((0, 1, 2), whole=False)
    assert notebook(tmp_path).append(9) == Book((0, 1, 2, 9), whole=False)
    assert notebook(tmp_path).read() == Book((0, 1, 2, 9), whole=False)
    assert notebook(tmp_path).append(10).whole is False
    notebook(tmp_path).rewrite(lambda book: book.entries[-1:])
    assert notebook(tmp_path).read() == Book((10,), whole=True)


def test_two_damaged_copies_are_empty_and_told(tmp_path: Path) -> None:
    for number in range(3):
        notebook(tmp_path).append(number)
    for path in copies(tmp_path):
        path.write_bytes(path.read_bytes()[:-9])
    assert notebook(tmp_path).read() == Book((), whole=False)
    assert notebook(tmp_path).append("again") == Book(("again",), whole=False)


def test_a_copy_that_was_put_in_the_place_of_another_book_or_given_another_number_does_not_open(tmp_path: Path) -> None:
    notebook(tmp_path).append("a tick")
    (path, _) = copies(tmp_path)
    other = copies(tmp_path, "papers")[0]
    other.write_bytes(path.read_bytes())
    assert notebook(tmp_path, name="papers").read() == Book((), whole=False)
    told = json.loads(path.read_bytes())
    path.write_text(json.dumps({**told, "counter": 7}, sort_keys=True, separators=(",", ":")), encoding="ascii")
    assert notebook(tmp_path).read() == Book((), whole=False)


class Failing(Files):
    """A disk that takes or gives nothing more."""

    def __init__(self, code: int, *, reading: bool = False) -> None:
        self.code, self.reading = code, reading

    def write(self, descriptor: int, data: memoryview) -> int:
        raise OSError(self.code, os.strerror(self.code))

    def read(self, descriptor: int, count: int) -> bytes:
        if self.reading:
            raise OSError(self.code, os.strerror(self.code))
        return super().read(descriptor, count)


def test_what_the_disk_says_is_told_and_the_book_stays_as_it_was(tmp_path: Path) -> None:
    notebook(tmp_path).append("kept")
    for code, kind in ((errno.ENOSPC, NO_SPACE), (errno.EIO, FILE_TROUBLE)):
        with pytest.raises(ReaderError) as told:
            notebook(tmp_path, files=Failing(code)).append("lost")
        assert told.value.kind is kind
        assert notebook(tmp_path).read() == Book(("kept",))
    with pytest.raises(ReaderError) as told:
        notebook(tmp_path, files=Failing(errno.EIO, reading=True)).read()
    assert told.value.kind is FILE_TROUBLE


def test_a_copy_that_the_disk_does_not_give_back_is_no_reason_to_lose_the_other(tmp_path: Path) -> None:
    for number in range(2):
        notebook(tmp_path).append(number)
    copies(tmp_path)[1].unlink()
    copies(tmp_path)[1].mkdir()
    assert notebook(tmp_path).read() == Book((0,), whole=False)


def test_while_another_changes_the_notebook_nothing_is_written_over(tmp_path: Path) -> None:
    notebook(tmp_path).append(1)
    impatient = Impatient()
    with Files().lock(tmp_path / "notebook" / "lock"), pytest.raises(ReaderError) as told:
        notebook(tmp_path, files=impatient).append(2)
    assert told.value.kind is BUSY
    assert notebook(tmp_path).read() == Book((1,))


class Impatient(Files):
    """Waits for nobody."""

    def lock(self, path, patience=0.0):
        return super().lock(path)


def test_a_crash_between_the_two_copies_leaves_the_book_before_or_after(tmp_path: Path) -> None:
    for number in range(3):
        notebook(tmp_path).append(number)
    left = copies(tmp_path)[1].with_name("ticks-b.part")
    left.write_bytes(b"half of a cop")
    assert notebook(tmp_path).read() == Book((0, 1, 2))
    assert notebook(tmp_path).append(3) == Book((0, 1, 2, 3))
    assert notebook(tmp_path).append(4).whole


def test_a_seed_is_never_shown() -> None:
    assert OLD.hex() not in repr(replace(opened(OLD), account="x"))
