"""Documents: the answer describes one (names of real answers); the document itself lies behind a link.

It is carried where the robot has put it in: as base64, or as a file beside the answer under its own name.
"""

from __future__ import annotations

import binascii
from pathlib import Path
from typing import Final

from backupreader.domain.records import Document
from sync.nexus.node import Node, joined
from sync.nexus.reading import Reading

_CONTENT: Final = ("content", "data", "fileContent", "base64", "fileData")
_TYPES: Final = {
    "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "tif": "image/tiff",
    "tiff": "image/tiff", "txt": "text/plain", "html": "text/html", "rtf": "application/rtf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
_OPENS: Final = ("application/pdf", "image/", "text/plain")
_LARGEST: Final = 64 * 1024 * 1024


def document(reading: Reading, node: Node) -> None:
    """A document, or an `Issue` that it did not come."""
    citizen = reading.citizen(node)
    file_name = node.text("originalFileName", "fileName")
    title = joined(" – ", [node.text("name", "title") or file_name, node.text("notes")]) or "?"
    kind = node.text("documentType")
    date = reading.day(node, "relevanceDate", "uploadingDate")
    author = node.text("lastUpdater", "createdBy", "author")
    media = _media(node, file_name)
    content = _content(reading, node, file_name, joined(" – ", [title, file_name, date, kind, author]))
    if citizen is not None and content is not None:
        if not media.startswith(_OPENS):
            reading.issue("attachment-unknown", "document.fileType", media)
        reading.out.append(
            Document(
                id=reading.id, title=title, media_type=media, content=content, origin=reading.origin, citizen=citizen,
                date=date, kind=kind, author=author,
            )
        )  # fmt: skip
    reading.tell(node)


def _media(node: Node, file_name: str | None) -> str:
    stated = node.text("mimeType", "contentType")
    kind = node.text("fileType")
    if stated and "/" in stated:
        return stated
    ending = (file_name or "").rpartition(".")[2].casefold()
    return _TYPES.get((kind or "").casefold()) or _TYPES.get(ending) or "application/octet-stream"


def _content(reading: Reading, node: Node, file_name: str | None, about: str | None) -> bytes | None:
    key = next((key for key in _CONTENT if node.holds(key)), None)
    if key is not None:
        written = node.text(key)
        try:
            return binascii.a2b_base64("".join((written or "").split()).encode("ascii"), strict_mode=True)
        except (binascii.Error, UnicodeEncodeError):
            reading.issue("attachment-unreadable", f"document.{key}", about, "error")
            return None
    found = _beside(reading.folder, file_name)
    if found is None:
        reading.issue("attachment-elsewhere", "document", about)
    return found


def _beside(folder: Path | None, file_name: str | None) -> bytes | None:
    """The file of that name in the answer's own folder; no path leads out of it."""
    if folder is None or not file_name or Path(file_name).name != file_name or "\\" in file_name or "\0" in file_name:
        return None
    path = folder / file_name
    try:
        if path.is_symlink() or not path.is_file() or not 0 < path.stat().st_size <= _LARGEST:
            return None
        return path.read_bytes()
    except OSError:
        return None
