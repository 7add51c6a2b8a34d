"""The JSON values of a file: one answer, a list of answers, or one answer a line. Numbers keep their text.

A file that was cut is refused. A page of the web or an error answer that a robot has saved in place of data is told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import orjson

from backupreader.domain.errors import FILE_TROUBLE
from backupreader.domain.trouble import ReaderError
from sync.fhir.exact import DecimalText, NotJson
from sync.fhir.files import HEAD_BYTES, damaged, lines, looks_like_fhir

_MARK: Final = b"\xef\xbb\xbf"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_LINK: Final = re.compile(rb'"_links"\s*:\s*\{')
_HREF: Final = re.compile(rb'"href"\s*:\s*"')
_OWN: Final = re.compile(
    rb'"(?:patientIdentifier|currentElements|basketGrantId|medicationGroups|conditionClassificationItem|'
    rb"patientGrantIdentifiers|eventResources|patientActivityType|isPatientAccessible)"
    rb'"\s*:|/api/core/mobile/'
)
_FAILED: Final = re.compile(rb'\s*\{[^{}]*"status"\s*:\s*"?[45][0-9]{2}\b[^{}]*\}\s*', re.DOTALL)
_WEB: Final = re.compile(rb"\s*<(?:!doctype\s+html|html|head|script|\?xml)", re.IGNORECASE)
_OURS: Final = re.compile(rb"nexus|kmd|authx|keycloak", re.IGNORECASE)
_HALF: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_ODD: Final = re.compile(rb"-0(?![.0-9])|[0-9]{16}")  # whole numbers that an int does not print as they were written
_DEEPEST: Final = 200
_DIGITS: Final = 15


class NotData(Exception):
    """The file holds no data, but what a server says when it gives none. `shown` is the beginning of it."""

    def __init__(self, shown: str) -> None:
        super().__init__(shown)
        self.shown = shown


def looks_like_nexus(path: Path) -> bool:
    """HAL with links, or one of the system's own names, and not FHIR; or what a robot saved in place of an answer."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (OSError, ValueError):
        return False
    head = head[2:].replace(b"\0", b"") if head.startswith(_WIDE) else head.removeprefix(_MARK)
    if not_data(head) is not None:
        return path.suffix.lower() == ".json" and (b"{" in head[:8] or _OURS.search(head) is not None)
    if head.lstrip()[:1] not in (b"{", b"[") or looks_like_fhir(path):
        return False
    return _OWN.search(head) is not None or (_LINK.search(head) is not None and _HREF.search(head) is not None)


def not_data(data: bytes) -> str | None:
    """The beginning of a page of the web or of an error answer; None for anything else."""
    if _WEB.match(data) or (len(data) < HEAD_BYTES and _FAILED.fullmatch(data) and b'"_links"' not in data):
        return " ".join(data[:_DEEPEST].decode("utf-8", "replace").split())
    return None


def values(path: Path) -> Iterator[tuple[int | None, Any]]:
    """Each JSON value of a file with its line, None where the file is one value.

    Raises `ReaderError` for what is cut or badly encoded, `NotData` for what a server says when it gives no data.
    """
    rows = lines(path)
    if rows is None:
        yield None, _parsed(path, _whole(path), 1)
        return
    for row, line in rows:
        yield row, _parsed(path, line, row)


def _whole(path: Path) -> bytes:
    try:
        return path.read_bytes().removeprefix(_MARK)
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble


def _parsed(path: Path, data: bytes, row: int) -> Any:  # noqa: ANN401 (JSON is anything)
    shown = not_data(data)
    if shown is not None:
        raise NotData(shown)
    try:
        return loads(data)
    except NotJson as wrong:
        raise damaged(path, data, wrong, row) from None


def loads(data: bytes) -> Any:  # noqa: ANN401 (JSON is anything)
    """The value of `data`: decimals as `DecimalText`, a name that stands twice as ``name`` and ``name#2``.

    Raises `NotJson`, also for what is nested deeper than any answer is.
    """
    try:
        value = json.loads(
            data.decode("utf-8"),
            parse_float=DecimalText,
            parse_int=_integer if _ODD.search(data) else int,
            parse_constant=_refused,
            object_pairs_hook=_named,
        )
    except json.JSONDecodeError as trouble:
        raise NotJson(trouble.msg, trouble.lineno) from None
    except UnicodeDecodeError as trouble:
        raise NotJson(trouble.reason, 1) from None
    except RecursionError:
        raise NotJson("nested too deeply", 1) from None
    if _HALF.search(data):  # half of a character, which no database takes: json lets it pass
        try:
            orjson.loads(data)
        except orjson.JSONDecodeError as trouble:
            raise NotJson(trouble.msg, trouble.lineno) from None
    if data.count(b"{") + data.count(b"[") > _DEEPEST and _is_deep(value):
        raise NotJson("nested too deeply", 1)
    return value


def _integer(text: str) -> object:
    return DecimalText(text) if text.startswith("-0") or len(text) > _DIGITS else int(text)


def _refused(name: str) -> object:
    raise NotJson(f"{name} is not a number", 1)


def _named(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = dict(pairs)
    if len(found) == len(pairs):
        return found
    found.clear()
    for name, value in pairs:
        free, number = name, 2
        while free in found:
            free, number = f"{name}#{number}", number + 1
        found[free] = value
    return found


def _is_deep(value: object) -> bool:
    level: list[Any] = [value]
    for _ in range(_DEEPEST):
        below: list[Any] = []
        for item in level:
            if item.__class__ is dict:
                below.extend(item.values())
            elif item.__class__ is list:
                below.extend(item)
        level = below
        if not level:
            return False
    return True
