"""Records written out as a source system would export them: a profile read backwards.

The made-up municipality is written through this, so that the demonstration goes through the real adapters; and it
proves the profiles: what is written and read again is the same in every field that the profile carries.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backupreader.domain.records import TABLES, Record
from sync.profile import Profile, load
from sync.tables.backwards import Row, carries_all, put_together, row
from sync.tables.forms import moment_form
from sync.tables.plan import FilePlan, plans
from sync.tables.textform import ROWS, TAKEN, TextForm

_LINE_ENDS: Final = {"lf": "\n", "crlf": "\r\n"}
_TABLE_OF: Final = {cls: table for table, cls in TABLES.items()}


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, and how many records of each table the profile has no place for."""

    files: tuple[Path, ...]
    left_out: Mapping[str, int]


def write_export(profile_name: str, records: Iterable[Record], folder: Path, taken_at: str) -> Written:
    """`write` with a shipped profile, or with one in a file."""
    return write(load(profile_name), records, folder, taken_at)


def write(profile: Profile, records: Iterable[Record], folder: Path, taken_at: str) -> Written:
    """Write `records` into `folder` as the files of `profile`, also those that hold no row.

    Ids are written as they are. A record goes to the first file that carries all it says, else to the first that
    carries it at all; a dose that would be written as a part of a row goes only where nothing of it is lost. Records of
    a file of one kind are written as they come, in constant memory; a file of several kinds is put together first.
    `taken_at` is an ISO moment that one of the profile's forms can carry. What is written is text, also where the
    profile's file is a workbook: a file is read by what it holds, not by its name.
    """
    sheets = [_Sheet(profile, plan, folder, taken_at) for plan in plans(profile)]
    left_out: Counter[str] = Counter()
    try:
        for record in records:
            if not _taken(record, sheets):
                left_out[_TABLE_OF[type(record)]] += 1
        # A file of one kind can still take what found no room in a row beside other records.
        for sheet in sorted(sheets, key=lambda sheet: not sheet.together):
            for record in sheet.put_together():
                if not _taken(record, [other for other in sheets if not other.together]):
                    left_out[_TABLE_OF[type(record)]] += 1
        for sheet in sheets:
            sheet.finish()
    finally:
        for sheet in sheets:
            sheet.close()
    files = [sheet.path for sheet in sheets]
    if profile.manifest is not None:
        files.append(_write_manifest(profile, sheets, folder, taken_at))
    return Written(tuple(files), dict(left_out))


def _taken(record: Record, sheets: Sequence[_Sheet]) -> bool:
    able = [sheet for sheet in sheets if type(record) in sheet.classes]
    return any(sheet.take(record, whole=whole) for whole in (True, False) for sheet in able)


class _Sheet:
    """One file that is being written."""

    def __init__(self, profile: Profile, plan: FilePlan, folder: Path, taken_at: str) -> None:
        self.plan = plan
        self.classes = {record.cls for record in plan.records}
        self.path = folder / _file_name(profile, plan.form.name, taken_at)
        self.rows = 0
        self._profile = profile
        self._taken = _taken_text(profile, taken_at)
        self._waiting: list[list[tuple[Record, Row]]] = [[] for _ in plan.records]
        parts = any(record.spread is not None or record.split is not None for record in plan.records)
        self.together = parts or len(plan.records) > 1
        self._stream = io.TextIOWrapper(self.path.open("wb"), encoding=profile.form.encodings[0], newline="")
        self._columns = plan.columns
        if not self.together:
            self._write_head()

    def take(self, record: Record, *, whole: bool) -> bool:
        """Take the record if a row of this file can hold it; with `whole`, only if nothing of it is lost."""
        for index, plan in enumerate(self.plan.records):
            part = plan.spread is not None or plan.split is not None
            if plan.cls is not type(record) or ((whole or part) and not carries_all(plan, record)):
                continue
            cells = row(plan, record)
            if cells is None:
                continue
            if self.together:
                self._waiting[index].append((record, cells))
            else:
                self._write_row(cells)
            return True
        return False

    def put_together(self) -> Iterator[Record]:
        """Write the rows of several kinds of records, and give back the records for which there was no room."""
        if not self.together:
            return
        rows, left = put_together(self.plan, [[cells for _, cells in waiting] for waiting in self._waiting])
        known = set(self._columns)
        more = sorted({name for cells in rows for name in cells} - known)  # one column a carer
        self._columns = (*self._columns, *more)
        self._write_head()
        for cells in rows:
            self._write_row(cells)
        for waiting, places in zip(self._waiting, left, strict=True):
            yield from (waiting[place][0] for place in places)

    def finish(self) -> None:
        """Write the last line, where there is one that counts the rows."""
        if self._profile.form.trailer:
            self._line(self._profile.form.trailer.replace(ROWS, str(self.rows)))

    def close(self) -> None:
        """Close the file, whatever happened."""
        self._stream.close()

    def _write_head(self) -> None:
        form, taken = self.plan.written, self._profile.taken_at
        stated = taken.line.replace(TAKEN, self._taken) if taken is not None and taken.line else ""
        for number in range(1, form.head):
            self._line(stated if number == 1 else "")
        for _ in range(1, form.head_rows):
            self._line("")
        if taken is not None and taken.column and taken.column not in self._columns:
            self._columns = (*self._columns, taken.column)
        self._line(_joined(form, self._columns))

    def _write_row(self, cells: Row) -> None:
        taken = self._profile.taken_at
        if taken is not None and taken.column:
            cells.setdefault(taken.column, self._taken)
        self._line(_joined(self._profile.form, [cells.get(name, "") for name in self._columns]))
        self.rows += 1

    def _line(self, text: str) -> None:
        self._stream.write(text + _LINE_ENDS[self._profile.form.line_end])


def _joined(form: TextForm, cells: Iterable[str]) -> str:
    texts = list(cells)
    line = form.delimiter.join(_quoted(form, text) for text in texts)
    # A row that would look like a comment, or like no row at all, is told apart by its quotes.
    if form.quote and (
        (form.comment and line.startswith(form.comment)) or not line.strip() or line.startswith("\ufeff")
    ):
        return form.delimiter.join([_in_quotes(form, texts[0]), *(_quoted(form, text) for text in texts[1:])])
    return line


def _quoted(form: TextForm, text: str) -> str:
    special = form.delimiter in text or "\n" in text or "\r" in text or bool(form.quote and form.quote in text)
    if not special:
        return text
    if not form.quote:
        raise ValueError(text)
    return _in_quotes(form, text)


def _in_quotes(form: TextForm, text: str) -> str:
    if form.escape:
        text = text.replace(form.escape, form.escape * 2)
    return form.quote + text.replace(form.quote, form.quote * 2) + form.quote


def _taken_text(profile: Profile, taken_at: str) -> str:
    if profile.taken_at is None:
        return taken_at
    text = moment_form(profile.taken_at.form).write(taken_at)
    if text is None:
        raise ValueError(f"{taken_at} cannot be written as {profile.taken_at.form}")
    return text


def _file_name(profile: Profile, name: str, taken_at: str) -> str:
    if TAKEN in name:
        name = name.replace(TAKEN, re.sub(r'[\\/:*?"<>|]', "-", _taken_text(profile, taken_at)))
    return name.replace("*", "")


def _write_manifest(profile: Profile, sheets: Iterable[_Sheet], folder: Path, taken_at: str) -> Path:
    form, manifest = profile.form, profile.manifest
    assert manifest is not None
    path = folder / manifest.name
    lines = [_joined(form, (manifest.file, manifest.rows, manifest.taken_at, manifest.complete))]
    lines += [
        _joined(form, (sheet.path.name, str(sheet.rows), _taken_text(profile, taken_at), form.yes[0]))
        for sheet in sheets
    ]
    end = _LINE_ENDS[form.line_end]
    path.write_text(end.join(lines) + end, encoding=form.encodings[0], newline="")
    return path
