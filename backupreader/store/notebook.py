"""The notebook: what this PC itself has to remember of citizens, sealed as the data is. One named book a subject.

    notebook/<book>-a, -b      the whole book, in two copies written in turn; the higher counter counts
    notebook/lock              held for the moment of one change: a window and a command line may be at work at once

A copy is canonical JSON {"box", "counter", "salt", "vault"}. The box is closed under a key that is made for it alone,
out of the seed of the vault that is in use (HKDF-SHA256, a fresh salt each time), so it opens only in an unlocked
session of this PC; after a change of the vault's key a book is read with the former seed, and the next change closes it
under the new one. Entries are plain values, in the order in which they were appended. A book holds what people need
within days: whoever owns it drops what is old (`rewrite`).

A copy that is damaged, or was sealed to another vault, is never taken for an empty one: `Book.whole` is False then,
until the owner writes the book anew. Nothing here tells a folder that was put back from an older one: the audit does,
which has an act for each entry.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backupreader.domain.trouble import ReaderError
from backupreader.store import canonical
from backupreader.store.canonical import NotCanonical, Value
from backupreader.store.files import SECRET, Files, told
from backupreader.store.seal import Closed, book_key, close_once, open_once

if TYPE_CHECKING:
    from backupreader.store.unlocked import Unlocked

LARGEST: Final = 32 << 20
_PATIENCE: Final = 2.0
_SALT_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Book:
    """All entries of a book. `whole` is False where something of it was lost, and nobody can say what."""

    entries: tuple[Value, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Copy:
    counter: int
    book: Book


class Notebook:
    """One book, in an unlocked session. `name`: small letters, digits, hyphens; `data`: the PC's data folder."""

    def __init__(self, data: Path, name: str, unlocked: Unlocked, files: Files) -> None:
        self._folder = data / "notebook"
        self._name = name
        self._paths = (self._folder / f"{name}-a", self._folder / f"{name}-b")
        self._vault, self._seeds = unlocked.identity.id, unlocked.seeds
        self._files = files

    def read(self) -> Book:
        """The book as it stands. Raises what the disk says, where no copy can be read for that."""
        return self._newest()[1]

    def append(self, *entries: Value) -> Book:
        """Add entries; the book as it is then, on the disk. Raises what the disk says, or BUSY."""
        return self._change(lambda book: Book((*book.entries, *entries), book.whole))

    def rewrite(self, keep: Callable[[Book], Sequence[Value]]) -> Book:
        """Write the book anew with the entries that `keep` makes of it: it counts as whole from then on."""
        return self._change(lambda book: Book(tuple(keep(book))))

    def _change(self, change: Callable[[Book], Book]) -> Book:
        self._files.make_folder(self._folder)
        with self._files.lock(self._folder / "lock", _PATIENCE):
            counters, former = self._newest()
            book = change(former)
            number = max(counters) + 1
            older = self._paths[0] if counters[0] <= counters[1] else self._paths[1]
            self._files.replace(older, self._sealed(number, book), SECRET)
        return book

    def _newest(self) -> tuple[tuple[int, int], Book]:
        """The counters of the copies (0 for one that is not there or does not open), and the book."""
        copies: list[_Copy | None] = []
        troubles: list[ReaderError] = []
        lost = False
        for path in self._paths:
            copy = None
            try:
                if self._is_there(path):
                    copy = self._opened(self._files.read_whole(path, LARGEST))
                    lost = lost or copy is None
            except ReaderError as trouble:
                troubles.append(trouble)
                lost = True
            copies.append(copy)
        found = max((copy for copy in copies if copy is not None), key=lambda copy: copy.counter, default=None)
        if found is None and troubles:
            raise troubles[0]
        book = found.book if found is not None else Book()
        counters = (copies[0].counter if copies[0] else 0, copies[1].counter if copies[1] else 0)
        return counters, Book(book.entries, book.whole and not lost)

    def _is_there(self, path: Path) -> bool:
        with told(path):
            return path.exists()

    def _sealed(self, counter: int, book: Book) -> bytes:
        salt = os.urandom(_SALT_BYTES)
        key = book_key(self._seeds[self._vault], salt, self._name)
        plain = canonical.encode({"entries": list(book.entries), "whole": int(book.whole)})
        box = close_once(key, plain, self._bound(counter, self._vault))
        whole: Value = {
            "box": base64.b64encode(box).decode("ascii"),
            "counter": counter,
            "salt": salt.hex(),
            "vault": self._vault,
        }
        return canonical.encode(whole)

    def _opened(self, data: bytes) -> _Copy | None:
        """What a copy holds; None where it is damaged, or sealed to a vault that is not open here."""
        try:
            match canonical.decode(data):
                case {"box": str(box), "counter": int(counter), "salt": str(salt), "vault": str(vault), **rest} if (
                    not rest and vault in self._seeds and counter > 0
                ):
                    key = book_key(self._seeds[vault], bytes.fromhex(salt), self._name)
                    closed = base64.b64decode(box, validate=True)
                    plain = canonical.decode(open_once(key, closed, self._bound(counter, vault)))
                case _:
                    return None
        except (NotCanonical, Closed, binascii.Error, ValueError):
            return None
        match plain:
            case {"entries": list(entries), "whole": 0 | 1 as complete}:
                return _Copy(counter, Book(tuple(entries), complete == 1))
            case _:
                return None

    def _bound(self, counter: int, vault: str) -> bytes:
        return f"backupreader notebook 1\0{self._name}\0{vault}\0{counter}".encode()
