"""A look at the sheets of an .xlsx before they are opened (see `looked`): ECMA-376 part 1, 18.3.1 and 18.4."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from backupreader.domain.trouble import Reason
from backupreader.language import N_
from sync.tables.container import TEXTS, Container, refused, too_large
from sync.tables.looked import Looked

_DAMAGED: Final = Reason(N_("it is damaged, or no workbook of Excel"))
_LONGEST_ROW: Final = 32 << 20
_SAID: Final = rb"((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b" + _SAID + rb">")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b" + _SAID + rb">")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PREFIX = re.compile(rb"<(\w+):(?:worksheet|sst)\b")
_ROW_NUMBER = re.compile(rb"[^>]*?\sr=[\"'](\d{1,7})[\"']")
_CELL_NAME = re.compile(rb"<c\s(?:[^>\"']|\"[^\"]*\"|'[^']*')*?\br\s*=\s*[\"']([^\"']*)")
_NAMES = re.compile(rb"(?:[A-Z]{1,3}[0-9]{1,7} ?)*")
_LETTERS = re.compile(rb"[A-Z]+")
_DIGITS = re.compile(rb"[0-9]+")
_CELL_START = re.compile(rb"<c[\s/>]")
_CELL = re.compile(rb"<c\b([^>]*?)>((?:(?!<c[\s/>]).)*?)</c>", re.DOTALL)
_REFERENCE = re.compile(rb"\bt=[\"']s[\"'][^>]*>(?:<f\b[^>]*>[^<]*</f>|<f\b[^>]*/>)?\s*<v[^>]*>\s*(\d{1,9})")
_FORMULA = re.compile(rb"<f\b[^>]*>([^<]*)")
_VALUE = re.compile(rb"<v\b[^>]*>([^<]+)")
_STRING_TYPES: Final = (b"str", b"inlineStr")


def look(container: Container, sheet: str) -> Looked:
    """Look at that sheet. Raises `ReaderError` for one that would fill the memory."""
    part = _parts(container).get(sheet)
    if part is None or part not in container.names:
        raise refused(container.path, _DAMAGED)
    lengths = _lengths(container)
    for other in container.names:
        if other != part and other.startswith("xl/worksheets/") and other.endswith(".xml"):
            _look(container, other, lengths)
    return _look(container, part, lengths)


def _look(container: Container, part: str, lengths: dict[bytes, int]) -> Looked:
    looked = Looked(container.path)
    row = -2  # nothing should stand before the first row
    for chunk in _chunks(container, part, b"<row"):
        number = _ROW_NUMBER.match(chunk)
        row = int(number[1]) - 1 if number is not None else row + 1
        cells = len(_CELL_START.findall(chunk))
        if not cells:
            continue
        names = b" ".join(_CELL_NAME.findall(chunk))
        if _NAMES.fullmatch(names) is None:
            raise refused(container.path, _DAMAGED)
        width = max(map(_column, _LETTERS.findall(names)), default=-1) + 1
        looked.see(max(row, 0), max(width, cells), _texts(chunk, lengths))
        for number in {*_DIGITS.findall(names)}:
            looked.see(max(int(number) - 1, 0), width)
        if b"<f" in chunk or b't="e"' in chunk or b"t='e'" in chunk:
            _see_errors(looked, row, chunk)
    return looked


def _parts(container: Container) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    targets: dict[str, str] = {}
    for relation in _RELATION.findall(container.part("xl/_rels/workbook.xml.rels")):
        said = _attributes(relation)
        target = said.get("Target", "")
        targets[said.get("Id", "")] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    found: dict[str, str] = {}
    for sheet in _SHEET.findall(container.part("xl/workbook.xml")):
        said = _attributes(sheet)
        own = next((value for name, value in said.items() if name.endswith(":id") or name == "id"), "")
        found[said.get("name", "")] = targets.get(own, "")
    return found


def _attributes(raw: bytes) -> dict[str, str]:
    return {
        name.decode(): html.unescape((double or single).decode("utf-8", "replace"))
        for name, double, single in _ATTRIBUTE.findall(raw)
    }


def _chunks(container: Container, part: str, start: bytes) -> Iterator[bytes]:
    """What stands before the first `start` of that part, and what follows each, up to the next."""
    rest, prefix, first = b"", b"", True
    for piece in container.pieces(part):
        rest += piece
        if first:
            found = _PREFIX.search(rest[:4096])
            prefix = found[1] + b":" if found is not None else b""
        if prefix:  # a tag's name may be cut at the end of the piece: what is left of it waits in `rest`
            cut = rest.rfind(b"<")
            rest = rest[:cut].replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</") + rest[cut:]
        *whole, rest = rest.split(start)
        yield from whole
        first = False
        if len(rest) > _LONGEST_ROW:
            raise too_large(container.path)
    yield rest


def _lengths(container: Container) -> dict[bytes, int]:
    """How long each shared text is, at the most, by its number as cells write it."""
    if "xl/sharedStrings.xml" not in container.names:
        return {}
    found = [len(text) for text in _chunks(container, "xl/sharedStrings.xml", b"<si")][1:]
    if sum(found) > TEXTS:
        raise too_large(container.path)
    return {str(number).encode(): length for number, length in enumerate(found)}


def _texts(chunk: bytes, lengths: dict[bytes, int]) -> int:
    """How long the texts of a row's cells are together."""
    return sum(lengths.get(number.lstrip(b"0") or b"0", 0) for number in _REFERENCE.findall(chunk)) if lengths else 0


@cache
def _column(name: bytes) -> int:
    """The place of a column, from 0: A, B, … Z, AA."""
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number - 1


def _see_errors(looked: Looked, row: int, chunk: bytes) -> None:
    """Cells that hold an error (``#REF!``), or a formula that nobody has reckoned: both are read as empty."""
    for place, (raw, content) in enumerate(_CELL.findall(chunk)):
        said = _attributes(raw)
        if raw.endswith(b"/"):
            continue
        name = re.match(r"[A-Z]{1,3}", said.get("r", ""))
        column = _column(name[0].encode()) if name is not None else place
        value, formula = _VALUE.search(content), _FORMULA.search(content)
        if said.get("t") == "e":
            looked.errors[row, column] = html.unescape(value[1].decode("utf-8", "replace")) if value else "#?"
        elif formula is not None and value is None and said.get("t", "").encode() not in _STRING_TYPES:
            looked.errors[row, column] = "=" + html.unescape(formula[1].decode("utf-8", "replace"))
