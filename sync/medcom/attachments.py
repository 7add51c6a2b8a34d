"""Files enclosed in a letter (`BinaryObject`): decoded, and kept whole as documents."""

from __future__ import annotations

import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from backupreader.domain.records import Document
from sync.markup import Element
from sync.medcom.reading import Reading
from sync.medcom.text import ENCODED

_OTHER: Final = "application/octet-stream"
_TYPES: Final = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "txt": "text/plain",
}
_BEGINNINGS: Final = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG",),
    "image/gif": (b"GIF8",),
    "image/bmp": (b"BM",),
    "image/tiff": (b"II*\0", b"MM\0*"),
}
_PDF_HEAD: Final = 1024  # readers look for a PDF's mark this far


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of an enclosed file from its letter."""

    id: str
    citizen: str | None
    kind: str
    at: str | None
    author: str | None


def enclosing(element: Element) -> Iterator[Element]:
    """The elements that are an enclosed file, or hold one, wherever they stand."""
    for child in element.children:
        if child.name == "BinaryObject" or any(one.name.endswith(ENCODED) for one in child.children):
            yield child
        else:
            yield from enclosing(child)


def document(reading: Reading, around: Around, element: Element) -> Document | None:
    """The enclosed file; None, and an issue, where it cannot be decoded or is not there.

    A file that is something else than its name says is kept as what it begins like, or as a file of no known kind.
    """
    name = element.value("ObjectIdentifier")
    ending = (element.value("ObjectExtensionCode") or (name or "").rpartition(".")[2]).lower()
    encoded = next((child for child in element.children if child.name.endswith(ENCODED)), None)
    text = encoded.value() if encoded is not None else None
    if text is None:
        reading.issue("attachment-empty", "BinaryObject", name)
        return None
    try:
        content = binascii.a2b_base64("".join(text.split()).encode("ascii"), strict_mode=True)
    except (binascii.Error, UnicodeEncodeError):
        reading.issue("attachment-unreadable", "BinaryObject/Object_Base64Encoded", name or text, "error")
        return None
    size = element.value("OriginalObjectSize")
    if size is not None and size != str(len(content)):
        reading.issue("attachment-size-differs", "BinaryObject/OriginalObjectSize", f"{size} / {len(content)}")
    media_type = _media_type(reading, ending, content)
    return Document(
        id=around.id,
        title=name or around.kind,
        media_type=media_type,
        content=content,
        origin=reading.origin,
        citizen=around.citizen,
        date=around.at,
        kind=around.kind,
        author=around.author,
        text=_decoded(reading, content) if media_type == "text/plain" else None,
    )


def _decoded(reading: Reading, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        reading.issue("attachment-encoding", "BinaryObject/Object_Base64Encoded", "utf-8")
        return content.decode("cp1252", errors="replace")


def _media_type(reading: Reading, ending: str, content: bytes) -> str:
    stated = _TYPES.get(ending)
    if stated is None:
        reading.issue("attachment-unknown", "BinaryObject/ObjectExtensionCode", ending)
        return _begins_like(content) or _OTHER
    if stated not in _BEGINNINGS or _is(stated, content):
        return stated
    reading.issue("attachment-mislabelled", "BinaryObject/ObjectExtensionCode", ending)
    return _begins_like(content) or _OTHER


def _begins_like(content: bytes) -> str | None:
    return next((media for media in _BEGINNINGS if _is(media, content)), None)


def _is(media: str, content: bytes) -> bool:
    if media == "application/pdf":
        return b"%PDF-" in content[:_PDF_HEAD]
    return content.startswith(_BEGINNINGS[media])
