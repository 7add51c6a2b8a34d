"""Finished pages on their way to another PC, on a stick: sealed to that PC's vault, and closed to everybody else.

    8 bytes     MAGIC
    4 bytes     the head's length, big-endian, 2 to 4,096
    M bytes     the head: canonical JSON {"format", "length", "to"}; nothing of anybody
    1,168 bytes a fresh key, sealed to the vault `to` (HPKE, the suite of packages); bound to all bytes before it
    D bytes     AES-256-GCM under that key, bound to the same: what is said of the pages, and the PDF
    the end     nothing may follow

Whoever has a vault's public half can seal to it: the file does not prove who made it. So two people compare four words
of its digest by phone, as for a generation. What is said of the pages is inside, read only when it opens.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from backupreader.domain.errors import SEALED_PAGES
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.store import canonical
from backupreader.store.canonical import NotCanonical, Value
from backupreader.store.carried import VaultIdentity
from backupreader.store.seal import KEY_BYTES, SEALED_BYTES, Closed, close_once, open_key, open_once, seal_key

MAGIC: Final = b"\x89BKS\r\n\x1a\n"
SUFFIX: Final = ".brp"
LARGEST: Final = 512 << 20
_LABEL: Final = b"backupreader sealed pages 1"
_FORMAT: Final = 1
_LENGTH_BYTES: Final = 4
_LONGEST_HEAD: Final = 4096
_TAG_BYTES: Final = 16

NO_PAGES: Final = Reason(N_("it does not hold sealed pages"))
CUT: Final = Reason(N_("it ends too early, or something follows its end"))
NOT_FOR_HERE: Final = Reason(N_("it was made for another PC"))
CHANGED: Final = Reason(N_("it was changed after it was sealed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPages:
    """What is carried: the PDF, which document it is about which citizens (for the audit), and who says she sent it."""

    pdf: bytes = field(repr=False)
    document: str
    citizens: tuple[str, ...]
    pc: str
    by: str


@dataclass(frozen=True, slots=True)
class _Purpose:
    """What the sealed key is for; see `seal.Bound`."""

    head: bytes

    def info(self) -> bytes:
        return _LABEL + b"\0" + hashlib.sha256(self.head).digest()


def seal_pages(pages: SealedPages, to: VaultIdentity) -> bytes:
    """The file for the PC `to`, and for no other; different each time."""
    said = canonical.encode(
        {
            "by": pages.by,
            "citizens": list(pages.citizens),
            "document": pages.document,
            "pc": pages.pc,
        }
    )
    inside = len(said).to_bytes(_LENGTH_BYTES, "big") + said + pages.pdf
    described = canonical.encode({"format": _FORMAT, "length": len(inside) + _TAG_BYTES, "to": to.id})
    head = MAGIC + len(described).to_bytes(_LENGTH_BYTES, "big") + described
    key = os.urandom(KEY_BYTES)
    return head + seal_key(key, to.public, _Purpose(head)) + close_once(key, inside, head)


def open_pages(raw: bytes, seeds: Mapping[str, bytes], path: Path) -> SealedPages:
    """What was sealed, with a vault's seeds by vault id. Raises SEALED_PAGES with its reason."""
    head, to, length = _head(raw, path)
    sealed = raw[len(head) : len(head) + SEALED_BYTES]
    closed = raw[len(head) + SEALED_BYTES :]
    if len(closed) != length:
        raise _refused(path, CUT)
    if to not in seeds:
        raise _refused(path, NOT_FOR_HERE)
    try:
        return _inside(open_once(open_key(sealed, seeds[to], _Purpose(head)), closed, head), path)
    except Closed:
        raise _refused(path, CHANGED) from None


def digest(raw: bytes) -> bytes:
    """What two people compare in four words (see `spoken`)."""
    return hashlib.sha256(raw).digest()


def _head(raw: bytes, path: Path) -> tuple[bytes, str, int]:
    if not raw.startswith(MAGIC):
        raise _refused(path, NO_PAGES)
    start = len(MAGIC) + _LENGTH_BYTES
    length = int.from_bytes(raw[len(MAGIC) : start], "big")
    if length > _LONGEST_HEAD or len(raw) < start + length:
        raise _refused(path, CUT)
    try:
        value = canonical.decode(raw[start : start + length])
    except NotCanonical:
        raise _refused(path, CHANGED) from None
    match value:
        case {"format": 1, "length": int(closed), "to": str(to), **others} if not others:
            return raw[: start + length], to, closed
        case _:
            pass
    raise _refused(path, NO_PAGES)


def _inside(inside: bytes, path: Path) -> SealedPages:
    """What a sealing PC wrote; another that holds the public key may have written anything."""
    length = int.from_bytes(inside[:_LENGTH_BYTES], "big")
    pdf = inside[_LENGTH_BYTES + length :]
    try:
        value: Value = canonical.decode(inside[_LENGTH_BYTES : _LENGTH_BYTES + length])
    except NotCanonical:
        raise _refused(path, NO_PAGES) from None
    match value:
        case {
            "by": str(by),
            "citizens": list(citizens),
            "document": str(document),
            "pc": str(pc),
        } if pdf.startswith(b"%PDF-"):
            ids = tuple(one for one in citizens if isinstance(one, str))
            return SealedPages(pdf=pdf, document=document, citizens=ids, pc=pc, by=by)
        case _:
            pass
    raise _refused(path, NO_PAGES)


def _refused(path: Path, reason: Reason) -> ReaderError:
    return ReaderError(SEALED_PAGES, path=path, reason=reason)
