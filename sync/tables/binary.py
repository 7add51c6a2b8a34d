"""A look at the sheets of an .xls before they are opened (see `looked`): [MS-XLS] 2.4, and 2.5.10 for its errors."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeAlias

from backupreader.domain.trouble import Reason
from backupreader.language import N_
from sync.tables.compound import NotCompound, stream
from sync.tables.container import locked, refused
from sync.tables.looked import Looked, check_all

_DAMAGED: Final = Reason(N_("it is damaged, or no workbook of Excel"))
_Record: TypeAlias = tuple[int, bytes]

_BEGIN: Final = 0x0809
_END: Final = 0x000A
_SHEET: Final = 0x0085
_PASSWORD: Final = 0x002F
_FORMULA: Final = 0x0006
_ERROR_OR_YES: Final = 0x0205
_SEVERAL: Final = 0x00BD
_CELLS: Final = frozenset({_FORMULA, _ERROR_OR_YES, _SEVERAL, 0x00FD, 0x0203, 0x0204, 0x027E, 0x00D6})
_NO_NUMBER: Final = b"\xff\xff"
_IS_ERROR: Final = 2
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


def look(path: Path, raw: bytes) -> dict[str, Looked]:
    """Look at all sheets: they are opened together. Raises `ReaderError` where it is locked or fills the memory."""
    sheets: dict[str, Looked] = {}
    try:
        book = stream(raw, ("Workbook", "Book"))
        begins: dict[int, Looked] = {}
        for code, content in _records(book, 0):
            if code == _PASSWORD:
                raise locked(path)
            if code == _SHEET:
                looked = begins.setdefault(int.from_bytes(content[:4], "little"), Looked(path))
                sheets.update(dict.fromkeys(_names(content), looked))
        for start, looked in begins.items():
            for code, content in _records(book, start):
                if code in _CELLS:
                    _see(looked, code, content)
    except (NotCompound, struct.error, IndexError) as wrong:
        raise refused(path, _DAMAGED) from wrong
    check_all(path, begins.values())
    return sheets


def _records(book: bytes, at: int) -> Iterator[_Record]:
    """The records from there to the end of the sheet; charts stand in it with their own beginning and end."""
    depth = 0
    while at + 4 <= len(book):
        code, length = struct.unpack_from("<HH", book, at)
        yield code, book[at + 4 : at + 4 + length]
        depth += (code == _BEGIN) - (code == _END)
        if code == _END and depth <= 0:
            return
        at += 4 + length


def _names(content: bytes) -> set[str]:
    """What the sheet is called: in Excel 97 and later with a sign for its letters, before that without."""
    letters, wide, rest = content[6], content[7] & 1, content[8:]
    later = rest[: letters * 2].decode("utf-16-le", "replace") if wide else rest[:letters].decode("latin-1")
    return {later, content[7 : 7 + letters].decode("cp1252", "replace")}


def _see(looked: Looked, code: int, content: bytes) -> None:
    row, column = struct.unpack_from("<HH", content)
    width = int.from_bytes(content[-2:], "little") if code == _SEVERAL else column
    looked.see(row, width + 1)
    if code == _ERROR_OR_YES and content[7]:
        looked.errors[row, column] = _ERRORS.get(content[6], "#?")
    elif code == _FORMULA and content[12:14] == _NO_NUMBER and content[6] == _IS_ERROR:
        looked.errors[row, column] = _ERRORS.get(content[8], "#?")
