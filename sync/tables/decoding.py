"""A file's bytes as text, strictly: what is not in the stated encoding is refused with its row, never replaced."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from backupreader.domain.errors import FILE_TROUBLE, SOURCE_DAMAGED, WRONG_ENCODING
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from sync.tables.textform import ONE_BYTE, TextForm

PIECE: Final = 4 << 20
_CUT: Final = Reason(N_("it ends in the middle of a letter"))
_EMPTIED: Final = Reason(N_("a part of it was lost and is empty"))
# A disk that lost its power leaves long runs of zero bytes; a single one is some old program's slip.
_LOST: Final = "\0" * 16
# What æ, ø, å, ä, ö, é, ü and curly quotes become where UTF-8 was read as an encoding of one byte a letter.
GARBLED: Final = re.compile("Ã[¦¸¥†˜…¤¶„–©¼\x86\x98\x85\x84\x96]|â€")
_C1 = re.compile("[\x80-\x9f]")
_BOMS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WEB: Final = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<body", b"<style", b"<meta")
_WEB_PAGE: Final = Reason(N_("it is a web page or XML, and no table"))


def pieces(path: Path, form: TextForm, size: int = PIECE) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is the last one; at least one piece comes, if an empty one.

    Raises `ReaderError`: WRONG_ENCODING with the row, SOURCE_DAMAGED where the file ends within a character or holds
    runs of zero bytes, FILE_TROUBLE where it cannot be opened or read.
    """
    try:
        encoding = _proven(path, form, size)
        with path.open("rb") as stream:
            # Where UTF-8 was possible, one wrong byte must not turn every å of the file into two wrong letters.
            yield from _decoded(path, stream, encoding, size, pure=len(form.encodings) > 1 and encoding in ONE_BYTE)
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble


def _proven(path: Path, form: TextForm, size: int) -> str:
    """The first of the stated encodings in which the whole file can be read; the last where none before it fits."""
    *tried, last = form.encodings
    for encoding in tried:
        with path.open("rb") as stream:
            try:
                for _ in _decoded(path, stream, encoding, size):
                    pass
            except ReaderError as trouble:
                if trouble.kind is not WRONG_ENCODING and trouble.facts.get("reason") is not _CUT:
                    raise
            else:
                return encoding
    return last


def _decoded(
    path: Path, stream: BinaryIO, encoding: str, size: int, *, pure: bool = False
) -> Iterator[tuple[str, bool]]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    suspicion = _Suspicion(encoding)
    line = 1
    raw = stream.read(size)
    _check_start(path, raw, encoding)
    while True:
        following = stream.read(size)
        try:
            text = decoder.decode(raw, final=not following)
        except UnicodeDecodeError as wrong:
            row = line + bytes(wrong.object[: wrong.start]).decode(encoding, "replace").count("\n")
            if not following and wrong.reason in {"unexpected end of data", "truncated data"}:
                raise ReaderError(SOURCE_DAMAGED, path=path, reason=_CUT, row=row) from wrong
            raise ReaderError(WRONG_ENCODING, path=path, encoding=encoding, row=row) from wrong
        suspicion.see(raw, text, line)
        if pure and (found := GARBLED.search(text)):
            row = line + text.count("\n", 0, found.start())
            raise ReaderError(WRONG_ENCODING, path=path, encoding=encoding, row=row)
        if _LOST in text:
            row = line + text.count("\n", 0, text.index(_LOST))
            raise ReaderError(SOURCE_DAMAGED, path=path, reason=_EMPTIED, row=row)
        if not following and suspicion.row:
            raise ReaderError(WRONG_ENCODING, path=path, encoding=encoding, row=suspicion.row)
        yield text, not following
        if not following:
            return
        line += text.count("\n")
        raw = following


def _check_start(path: Path, raw: bytes, encoding: str) -> None:
    """Two letters at the start of a file say what it is written in; they must not contradict the profile."""
    marked = next((bom for bom in _BOMS if raw.startswith(bom)), b"")
    wrong = bool(marked) and (encoding in ONE_BYTE or (marked == codecs.BOM_UTF8) == (encoding == "utf-16"))
    unmarked = encoding == "utf-16" and bool(raw) and not marked
    start = raw[:4096]
    sixteen = encoding != "utf-16" and start.count(0) > len(start) // 4 and _LOST.encode() not in start
    if wrong or unmarked or sixteen:
        raise ReaderError(WRONG_ENCODING, path=path, encoding=encoding, row=1)
    if start.removeprefix(codecs.BOM_UTF8).lstrip()[:16].lower().startswith(_WEB):
        raise ReaderError(SOURCE_DAMAGED, path=path, reason=_WEB_PAGE, row=1)


class _Suspicion:
    """Is a file that is said to have one byte a letter really UTF-8? Then every å would be read as two wrong letters.

    Any byte is a letter in these encodings, so nothing else would tell. A text with letters beyond ASCII that is
    valid UTF-8 from end to end is UTF-8: in another encoding that does not come about by chance.
    """

    def __init__(self, encoding: str) -> None:
        self.row = 0
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict") if encoding in ONE_BYTE else None

    def see(self, raw: bytes, text: str, line: int) -> None:
        """Look at one more piece, which begins on `line`. `row` is the first line in doubt."""
        if self._decoder is not None and not raw.isascii():
            row = line + text.count("\n", 0, next(index for index, letter in enumerate(text) if letter > "\x7f"))
            try:
                self._decoder.decode(raw)
                self.row = self.row or row
            except UnicodeDecodeError:
                self._decoder, self.row = None, 0
        # These are control characters in ISO 8859, and curly quotes in the code page that most files really have.
        if self._encoding.startswith("iso-8859") and (found := _C1.search(text)):
            self._decoder, self.row = None, line + text.count("\n", 0, found.start())
            self._encoding = ""
