"""The beginning of a file of text: the lines before the headings, the headings, and where the rows begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sync.tables.heading import excels, names
from sync.tables.quotes import Line, Splitter
from sync.tables.textform import TextForm


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands at the beginning. `line` is the last line of the headings, `raw` their text, `rest` what follows."""

    before: tuple[str, ...]
    head: tuple[str, ...]
    line: int
    raw: tuple[str, ...]
    rest: str


def opening(text: str, form: TextForm, splitter: Splitter, *, final: bool) -> Opening | None:
    """The beginning of `text`; None where more of it is needed. Raises `Unclosed`."""
    skipped = 0
    first, end = _line(text)
    if excels(first) is not None:
        if not end and not final:
            return None
        skipped = 1 if excels(first) == form.delimiter else 0
        text = text[len(first) + len(end) :] if skipped else text
    before = form.head - 1
    lines = re.split(r"\r\n|\n|\r(?!\Z)", text, maxsplit=before) if before else [text]
    if len(lines) < form.head:
        return None
    found = _head(splitter.rows(lines[-1], final=final), form.head_rows)
    if found is None:
        return None
    line = skipped + before + sum(row.breaks for row in found) + len(found)
    head = names([row.cells for row in found])
    raw = tuple(row.raw for row in found)
    return Opening(tuple(lines[:-1]), head, line, raw, lines[-1][found[-1].end :])


def _head(rows: Iterator[Line], count: int) -> list[Line] | None:
    found = [row for _, row in zip(range(count), rows, strict=False)]
    if len(found) < count or not any(cell.strip() for row in found for cell in row.cells):
        return None
    return found


def _line(text: str) -> tuple[str, str]:
    found = re.search(r"\r\n|\n|\r", text)
    return (text, "") if found is None else (text[: found.start()], found[0])
