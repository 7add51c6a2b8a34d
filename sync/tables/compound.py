"""The container of an .xls: one stream out of a compound file ([MS-CFB] 2), in pieces chained through a table."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

_FREE: Final = 0xFFFFFFFA  # the first of the numbers that name no sector
_ENTRY: Final = 128
_SMALL: Final = 64
_IN_HEADER: Final = 109
_CUTOFF: Final = 4096  # a shorter stream lies in the small sectors


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    start: int
    size: int


class NotCompound(Exception):
    """The bytes are no compound file, or a damaged one."""


def stream(raw: bytes, names: tuple[str, ...]) -> bytes:
    """The first of the streams of these names. Raises `NotCompound`."""
    try:
        return _Compound(raw).stream(names)
    except (struct.error, IndexError, ValueError, OverflowError) as wrong:
        raise NotCompound(wrong) from wrong


class _Compound:
    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        (shift,) = struct.unpack_from("<H", raw, 30)
        if shift not in {9, 12}:
            raise NotCompound(shift)
        self._size = 1 << shift
        first_directory, cutoff, first_small, _, more, count = struct.unpack_from("<I4xI4I", raw, 48)
        if cutoff != _CUTOFF:
            raise NotCompound(cutoff)
        tables = list(struct.unpack_from(f"<{_IN_HEADER}I", raw, 76))
        per = self._size // 4 - 1
        while more < _FREE:
            if count <= 0 or len(tables) * self._size > len(raw) * 2:
                raise NotCompound("a circle")
            numbers = struct.unpack(f"<{per + 1}I", self._sector(more))
            tables += numbers[:per]
            more, count = numbers[per], count - 1
        self._next = self._numbers(b"".join(self._sector(number) for number in tables if number < _FREE))
        self._entries = self._directory(self._chain(first_directory))
        self._small_next = self._numbers(self._chain(first_small)) if first_small < _FREE else ()
        root = self._entries[0]
        self._small = self._chain(root.start) if root.start < _FREE else b""

    def stream(self, names: tuple[str, ...]) -> bytes:
        for wanted in names:
            for entry in self._entries[1:]:
                if entry.name == wanted:
                    small = entry.size < _CUTOFF
                    found = self._small_chain(entry.start) if small else self._chain(entry.start)
                    return found[: entry.size]
        raise NotCompound(names)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        found = self._raw[start : start + self._size]
        return found.ljust(self._size, b"\0") if found else b""

    @staticmethod
    def _numbers(raw: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])

    def _chain(self, number: int) -> bytes:
        found: list[bytes] = []
        while number < _FREE:
            found.append(self._sector(number))
            number = self._next[number]
            if len(found) > len(self._next):
                raise NotCompound("a circle")
        return b"".join(found)

    def _small_chain(self, number: int) -> bytes:
        found: list[bytes] = []
        while number < _FREE:
            found.append(self._small[number * _SMALL : (number + 1) * _SMALL])
            number = self._small_next[number]
            if len(found) > len(self._small_next):
                raise NotCompound("a circle")
        return b"".join(found)

    @staticmethod
    def _directory(raw: bytes) -> list[_Entry]:
        entries: list[_Entry] = []
        for at in range(0, len(raw) - _ENTRY + 1, _ENTRY):
            length, start, size = struct.unpack_from("<H50xII", raw, at + 64)
            name = raw[at : at + max(min(length, _SMALL) - 2, 0)].decode("utf-16-le", "replace")
            entries.append(_Entry(name, start, size))
        return entries
