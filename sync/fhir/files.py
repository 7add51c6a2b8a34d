"""The resources of a file, one by one: lines of JSON, one resource, a list of them, or a Bundle of any type.

A file is read line by line where each line is a JSON value of its own (Bulk Data), whole otherwise. What is not JSON
ends the reading with a `ReaderError`: a file that was cut must not look like a shorter one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from backupreader.domain.errors import FILE_TROUBLE, SOURCE_DAMAGED, WRONG_ENCODING
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from sync.fhir import asjson
from sync.fhir.asjson import looks_like_fhir_xml
from sync.fhir.exact import NotJson, loads
from sync.fhir.shape import Json, a_list, an_object
from sync.vans import carries_fhir, payload

HEAD_BYTES: Final = 65_536
_LINES: Final = frozenset({".ndjson", ".jsonl"})
_MARK: Final = b"\xef\xbb\xbf"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_TYPE: Final = re.compile(rb'"resourceType"\s*:\s*"[A-Z][A-Za-z]*"')
_EXPORT: Final = (re.compile(rb'"exportId"\s*:.*"eventId"\s*:', re.DOTALL), re.compile(rb'"transactionTime"\s*:'))


@dataclass(frozen=True, slots=True)
class Entry:
    """One JSON value of a file.

    `resource` is None for what is not an object; `raw` is the line it stood on, if it was read by lines.

    `url` is a Bundle's `fullUrl`; `old` marks the history of a resource, of which only the first entry is the present.
    """

    row: int
    resource: Json | None
    raw: bytes | None = None
    url: str | None = None
    old: bool = False
    method: str | None = None


def looks_like_fhir(path: Path) -> bool:
    """Is this FHIR's JSON or XML, or a bulk export's log? An empty ``.ndjson`` file is an export of nothing."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (OSError, ValueError):
        return False
    head = _narrow(head).removeprefix(_MARK).lstrip()
    if not head:
        return path.suffix.lower() in _LINES
    if head.startswith(b"<"):
        return looks_like_fhir_xml(path) or carries_fhir(path)
    if head[:1] not in b"{[":
        return False
    return (
        bool(_TYPE.search(head))
        or _EXPORT[0].search(head) is not None
        or (_EXPORT[1].search(head) is not None and b'"output"' in head)
    )


def _narrow(head: bytes) -> bytes:
    """UTF-16 as plain bytes: it is not read, but told as a wrong encoding, not left as a file of nobody's."""
    return head[2:].replace(b"\0", b"") if head.startswith(_WIDE) else head


def damaged(path: Path, data: bytes, wrong: NotJson, row: int) -> ReaderError:
    """What to tell of bytes that are not JSON: the wrong encoding, or damage.

    `row` is that of the first line of `data`.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as trouble:
        return ReaderError(WRONG_ENCODING, path=path, encoding="UTF-8", row=row + data.count(b"\n", 0, trouble.start))
    reason = Reason(N_("it was cut or is not JSON: {found}"), {"found": wrong.reason})
    return ReaderError(SOURCE_DAMAGED, path=path, reason=reason, row=row + wrong.line - 1)


def parsed(path: Path, data: bytes, row: int, *, exact: bool) -> Any:  # noqa: ANN401 (JSON is anything)
    """The JSON value of `data`. Raises `ReaderError` naming file and row."""
    try:
        return loads(data, exact=exact)
    except NotJson as wrong:
        raise damaged(path, data, wrong, row) from None


def lines(path: Path) -> Iterator[tuple[int, bytes]] | None:
    """The lines of a file of lines, without blank ones; None for a file that is one JSON value."""
    if path.suffix.lower() not in _LINES and not _has_lines(path):
        return None
    return _lines(path)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as file:
            for row, line in enumerate(file, start=1):
                if row == 1:
                    line = line.removeprefix(_MARK)  # noqa: PLW2901 (the first line without its mark)
                if not line.isspace() and line:
                    yield row, line
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble


def _has_lines(path: Path) -> bool:
    """Does the first line hold a whole JSON value, and does a second one follow?"""
    found = _lines(path)
    first, second = next(found, None), next(found, None)
    if first is None or second is None:
        return False
    try:
        loads(first[1], exact=False)
    except NotJson:
        return False
    return True


def whole(path: Path) -> Any:  # noqa: ANN401 (JSON is anything)
    """The one value of a file of JSON or of XML, also in a VANS envelope, its decimals exact."""
    if looks_like_fhir_xml(path):
        return asjson.value(path)
    if carries_fhir(path):
        data = payload(path).removeprefix(_MARK).lstrip()
        return asjson.value_of(data, path) if data.startswith(b"<") else parsed(path, data, 1, exact=True)
    try:
        data = path.read_bytes().removeprefix(_MARK)
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble
    return parsed(path, data, 1, exact=True)


def opened(value: object, row: int) -> Iterator[Entry]:
    """The resources in one JSON value: itself, the members of a list, the entries of a Bundle, Bundles in Bundles."""
    holder = an_object(value)
    several = a_list(value)
    if several:
        for number, item in enumerate(several, start=1):
            yield from opened(item, number)
    elif holder is not None and holder.get("resourceType") == "Bundle":
        if holder.get("entry"):
            yield from _bundle(holder)
        else:
            yield Entry(row, None, method="")
    else:
        yield Entry(row, holder)


def _bundle(bundle: Json) -> Iterator[Entry]:
    entries = bundle.get("entry")
    history = bundle.get("type") == "history"
    for number, item in enumerate(a_list(entries) or [entries], start=1):
        entry = an_object(item)
        if entry is None:
            if item is not None:
                yield Entry(number, None)
            continue
        url = _text(entry.get("fullUrl"))
        resource = an_object(entry.get("resource"))
        if resource is None:
            asked = an_object(entry.get("request")) or {}
            yield Entry(number, None, None, url or _text(asked.get("url")), history, _text(asked.get("method")) or "")
        elif resource.get("resourceType") == "Bundle":
            for inner in _bundle(resource):
                yield Entry(number, inner.resource, None, inner.url, inner.old, inner.method)
        else:
            yield Entry(number, resource, None, url, history)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
