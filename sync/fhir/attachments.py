"""DocumentReference and other attachments: text becomes a note's text, a PDF or a picture a Document."""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from typing import Final

from backupreader.domain.records import Document, Note
from sync.fhir.concept import all_said, joined, labelled, notes_text, said
from sync.fhir.narrative import plain
from sync.fhir.reading import Reading
from sync.fhir.shape import Json, part, parts, word

_WRONG: Final = "entered-in-error"
_PDF_HEAD: Final = 1024  # readers look for a PDF's mark this far
_MARKUP: Final = frozenset({"text/html", "application/xhtml+xml"})


def document_reference(reading: Reading) -> None:
    """A DocumentReference: one note of all its texts, one document for each PDF or picture."""
    citizen = reading.citizen()
    if citizen is None:
        return
    resource = reading.resource
    status = word(resource, "status")
    edited = word(resource, "docStatus")
    contents = [part(item, "attachment") for item in parts(resource, "content")]
    title = said(part(resource, "type")) or word(resource, "description")
    at = reading.moment(resource, "date") or next(
        (found for form in contents if (found := reading.moment(form, "creation"))), None
    )
    author = reading.all_who(resource, "author")
    before = len(reading.out)
    around = Around(citizen, title, at, author)
    texts = [attached(reading, around, f"{reading.id}#{number}", form) for number, form in enumerate(contents, start=1)]
    text = joined("\n", texts)
    if text is None and any(isinstance(item, Document) for item in reading.out[before:]):
        return
    state = (
        "entered-in-error"
        if "entered-in-error" in {status, edited}
        else "superseded"
        if status == "superseded"
        else "final"
    )
    if state == "final" and edited == "preliminary":
        state = "preliminary"
    if status not in {"current", "superseded", "entered-in-error"}:
        reading.issue("status-unknown", "status", status)
        state = "unknown"
    titles = [word(form, "title") for form in contents]
    reading.out.append(
        Note(
            id=reading.id,
            citizen=citizen,
            text=text or joined("\n", [title, *titles, word(resource, "description")]) or reading.id,
            origin=reading.origin,
            written_at=at,
            kind=all_said(parts(resource, "category")) or reading.kind,
            title=title,
            author=author,
            status=state,  # type: ignore[arg-type]
            status_source=status,
        )
    )


def media(reading: Reading) -> None:
    """A Media: a picture that was taken, or a text; each of its own kind."""
    citizen = reading.citizen()
    if citizen is None:
        return
    resource = reading.resource
    form = part(resource, "content")
    at = (
        reading.moment(resource, "createdDateTime")
        or reading.moment(resource, "issued")
        or reading.moment(form, "creation")
    )
    title = word(form, "title") or said(part(resource, "modality")) or said(part(resource, "type"))
    around = Around(citizen, title, at, reading.who(resource, "operator"))
    text = joined("\n", [attached(reading, around, reading.id, form), notes_text(resource, "note")])
    status = word(resource, "status")
    if text is not None:
        reading.out.append(
            Note(
                id=reading.id,
                citizen=citizen,
                text=text,
                origin=reading.origin,
                written_at=at,
                kind=reading.kind,
                title=title,
                author=around.author,
                status="final" if status == "completed" else "entered-in-error" if status == _WRONG else "unknown",
                status_source=status,
            )
        )


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of an attachment from the resource that it belongs to."""

    citizen: str
    title: str | None
    at: str | None
    author: str | None


def attached(reading: Reading, around: Around, id_: str, form: Json) -> str | None:
    """The text of an attachment; a document is added to what was read, and what cannot be read is an `Issue`."""
    media, _, rest = (word(form, "contentType") or "").partition(";")
    media = media.strip().lower()
    content, media = _content(reading, form, media)
    if content is None:
        return None
    if media in _MARKUP:
        return plain(_decoded(reading, content, rest))
    if media.startswith("text/") or media == "":
        return _decoded(reading, content, rest)
    if media != "application/pdf" and not media.startswith("image/"):
        reading.issue("attachment-unknown", "attachment.contentType", media)
    if media == "application/pdf" and b"%PDF-" not in content[:_PDF_HEAD]:
        reading.issue("attachment-mislabelled", "attachment.contentType", media)
        media = "application/octet-stream"
    reading.out.append(
        Document(
            id=id_,
            title=word(form, "title") or around.title or reading.id,
            media_type=media,
            content=content,
            origin=reading.origin,
            citizen=around.citizen,
            date=around.at or reading.moment(form, "creation"),
            kind=around.title,
            author=around.author,
        )
    )
    return None


def _content(reading: Reading, form: Json, media: str) -> tuple[bytes | None, str]:
    data = word(form, "data")
    url = word(form, "url")
    if data is None and url is not None:
        binary = reading.binaries.get(url) or reading.binaries.get("/".join(url.rsplit("/", 2)[-2:]))
        if binary is not None:
            data = word(binary, "data")
            media = media or (word(binary, "contentType") or "").partition(";")[0].strip().lower()
    if data is None:
        if url is not None:
            reading.issue("attachment-elsewhere", "attachment.url", joined(" ", [url, word(form, "title")]))
        elif form:
            reading.issue("attachment-empty", "attachment", labelled("title", word(form, "title")))
        return None, media
    try:
        return binascii.a2b_base64(data.encode("ascii"), strict_mode=False), media
    except (binascii.Error, UnicodeEncodeError):
        reading.issue("attachment-unreadable", "attachment.data", data, "error")
        return None, media


def _decoded(reading: Reading, content: bytes, parameters: str) -> str:
    """The text of `content` in the stated character set, UTF-8 where none is. Every byte is kept as some letter."""
    stated = next(
        (item.partition("=")[2] for item in parameters.split(";") if item.strip().lower().startswith("charset=")), ""
    )
    try:
        return content.decode(stated.strip().strip('"') or "utf-8")
    except (UnicodeDecodeError, LookupError):
        reading.issue("attachment-encoding", "attachment.data", stated or "utf-8")
        return content.decode("cp1252", errors="replace")
