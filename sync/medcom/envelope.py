"""The letters in a file, however they are wrapped: bare, in SOAP, in a VANS envelope, in a business document (SBD).

A payload is base64, or the message's own XML as text. Whatever encoding a payload's XML declares is its own: a letter
in ISO-8859-1 inside an envelope in UTF-8 is read as ISO-8859-1. A payload that was packed (gzip) is unpacked. What
cannot be read in a whole envelope is told in the letter's place; a file that is cut raises `ReaderError`.
"""

from __future__ import annotations

import binascii
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from backupreader.domain.trouble import ReaderError
from sync.markup import HEAD_BYTES, Element, head, records, records_of
from sync.medcom.words import RECEIPTS
from sync.vans import carries_fhir

Severity: TypeAlias = Literal["note", "warning", "error"]

_WRAPPED: Final = frozenset({"Emessage", "Message", "Receipt", "BinaryContent", "TextContent"})
_OWN: Final = (b"medcom.dk/xml/schemas", b"urn:oio:medcom")
_DEEPEST: Final = 4
_LARGEST: Final = 64 << 20
_GZIP: Final = b"\x1f\x8b"
_DECLARATION: Final = re.compile(r"[\ufeff\s]*<\?xml[^>]*\?>")
_LATIN: Final = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["'](?:iso-8859|windows-125)""", re.IGNORECASE)
_SHOWN: Final = 60
_HEAD: Final = 200  # bytes, in which an XML declaration stands


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, and the `Envelope` that it was sent in. `doubt` is a reason to mistrust its letters å, ø and æ."""

    element: Element
    envelope: Element | None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stands in a letter's place: `left` on purpose (a receipt), or not readable."""

    code: str
    value: str | None
    severity: Severity = "error"
    left: bool = False


Found: TypeAlias = Letter | Trouble


def looks_like_medcom(path: Path) -> bool:
    """Is this one of MedCom's messages in OIOXML, or an envelope that says it holds one? Never raises."""
    root = head(path)
    if root is None:
        return False
    namespace, name = root
    if name in {"Emessage", "VANSEnvelope"}:
        return "medcom" in namespace and not carries_fhir(path)
    if name not in {"Envelope", "StandardBusinessDocument"}:
        return False
    try:
        with path.open("rb") as file:
            start = file.read(HEAD_BYTES)
    except OSError:
        return False
    return any(mark in start for mark in _OWN)


def messages(path: Path) -> Iterator[Found]:
    """Every letter of the file, in order, and a `Trouble` for each that cannot be given."""
    yield from _opened(records(path, _WRAPPED), path, None, 0)


def _opened(elements: Iterable[Element], path: Path, doubt: str | None, depth: int) -> Iterator[Found]:
    element = None
    empty = True
    for element in elements:
        if element.name == "Emessage" or _below(element, "Emessage"):
            for message in [element] if element.name == "Emessage" else _below(element, "Emessage"):
                empty = False
                yield from _letters(message, doubt)
        elif element.name == "Receipt":
            empty = False
            what = element.children[0].name if element.children else "Receipt"
            yield Trouble("message-receipt", what, "note", left=True)
        elif element.name in _WRAPPED:
            empty = False
            data = element.first("Data") or element
            yield from _payload(data.text, path, depth + 1)
    if empty and element is not None:
        yield Trouble("message-of-another-kind", element.name)


def _letters(message: Element, doubt: str | None) -> Iterator[Found]:
    envelope = message.first("Envelope")
    found = [child for child in message.children if child.name != "Envelope"]
    if not found:
        yield Trouble("message-of-another-kind", message.name)
    for child in found:
        if child.name in RECEIPTS:
            told = " ".join([child.name, *_texts(child, {"OriginalEnvelopeIdentifier", "RefuseCode", "RefuseText"})])
            yield Trouble("message-receipt", told, "note", left=True)
        else:
            yield Letter(child, envelope, doubt)


def _texts(element: Element, names: set[str]) -> Iterator[str]:
    for child in element.children:
        if child.name in names:
            yield " ".join(child.text.split())
        yield from _texts(child, names)


def _below(element: Element, name: str) -> list[Element]:
    return [found for child in element.children for found in ([child] if child.name == name else _below(child, name))]


def _payload(text: str, path: Path, depth: int) -> Iterator[Found]:
    """What an envelope carries."""
    try:
        data = _bytes(text)
    except (binascii.Error, ValueError, zlib.error) as wrong:
        yield Trouble("message-unreadable", f"{wrong}: {text.strip()[:_SHOWN]}")
        return
    start = data[:4].removeprefix(b"\xef\xbb\xbf").lstrip()
    if depth > _DEEPEST or not start.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        yield Trouble("message-of-another-kind", data[:_SHOWN].decode("ascii", "replace"))
        return
    try:
        yield from _opened(records_of(data, path, _WRAPPED), path, _doubt(data), depth)
    except ReaderError as wrong:
        yield Trouble("message-unreadable", str(wrong.facts.get("reason", wrong)))


def _bytes(text: str) -> bytes:
    """The payload's bytes. Raises ValueError where it is neither base64 nor XML, or unpacks to too much."""
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        declared = _DECLARATION.match(text)
        return text[declared.end() if declared else 0 :].encode("utf-8")
    data = binascii.a2b_base64("".join(text.split()).encode("ascii"), strict_mode=True)
    if not data.startswith(_GZIP):
        return data
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    opened = unpacking.decompress(data, _LARGEST)
    if not unpacking.eof:
        raise ValueError("gzip")
    return opened


def _doubt(data: bytes) -> str | None:
    """A letter that declares an encoding of one byte a letter, and whose bytes are valid UTF-8 beyond ASCII."""
    if not _LATIN.match(data[:_HEAD]) or data.isascii():
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return next(word for word in text.split() if not word.isascii())
