"""One file read by its plan: a stream of records and issues, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from backupreader.domain.errors import COLUMN_MISSING, SOURCE_DAMAGED, ReaderError, Reason
from backupreader.domain.records import Issue, Record
from backupreader.language import N_
from sync.profile import Profile, Split, Spread, Value
from sync.tables.blocks import Block, Rows
from sync.tables.codecs import Severity
from sync.tables.columns import Report
from sync.tables.plan import FilePlan
from sync.tables.records import Chosen, RecordMaker, Site

_TWICE: Final = Reason(N_("two columns that are read have the same name"))


class FileReader:
    """Reads one file. After `items` has been read to its end, `count` is the number of the file's rows."""

    def __init__(self, profile: Profile, plan: FilePlan, path: Path, makers: Sequence[RecordMaker], site: Site) -> None:
        self.path = path
        self.rows = Rows(path, profile.form)
        self._profile = profile
        self._plan = plan
        self._makers = makers
        self._site = site
        self._report = Report(site.file)
        self._places = self._find_columns()
        self.first_taken: str | None = None

    @property
    def count(self) -> int:
        """The rows of the file, also those that were refused."""
        return self.rows.count

    def items(self) -> Iterator[Record | Issue]:
        """Everything in the file. Raises `ReaderError` where it is cut or damaged."""
        self._tell_unread()
        names = {place: name for name, place in self._places.items()}
        for block in self.rows.blocks(sorted(names)):
            cells = {names[place]: texts for place, texts in block.cells.items()}
            self._tell_faults(block)
            self._see_taken(cells)
            for maker in self._makers:
                for chosen in _chosen(maker, cells, block.lines, self._rest):
                    yield from maker.make(cells, chosen, self._site, self._report)
            yield from self._report.take()
        if self.rows.blank:
            self._report.tell("rows-blank", "note", self.rows.first_blank, value=str(self.rows.blank))
        yield from self._report.rest()
        yield from self._report.take()

    def _find_columns(self) -> Mapping[str, int]:
        """The place of each column that is read."""
        head = self.rows.head
        line = self._profile.form.head
        missing = [name for name in self._plan.demanded if name not in head]
        if missing:
            raise ReaderError(COLUMN_MISSING, path=self.path, profile=self._profile.name, columns=", ".join(missing))
        known = set(self._plan.columns)
        taken = self._profile.taken_at
        if taken is not None and taken.column:
            known.add(taken.column)
        self._rest = tuple(
            name for name in dict.fromkeys(head) if name and name not in known and name not in self._plan.form.ignore
        )
        if any(maker.plan.spread is not None and maker.plan.spread.columns == "*" for maker in self._makers):
            known.update(self._rest)
        places: dict[str, int] = {}
        for place, name in enumerate(head):
            if name in places and name in known:
                raise ReaderError(SOURCE_DAMAGED, path=self.path, reason=_TWICE, row=line)
            if name in known:
                places[name] = place
        return places

    def _tell_unread(self) -> None:
        ignore = self._plan.form.ignore
        for place, name in enumerate(self.rows.head, start=1):
            if name not in self._places and name not in ignore and "*" not in ignore:
                self._report.tell("column-left-unread", "note", self._profile.form.head, column=name or f"#{place}")

    def _tell_faults(self, block: Block) -> None:
        first = self._makers[0]
        for fault in block.faults:
            severity: Severity = "warning" if fault.kept else "error"
            self._report.tell(fault.code, severity, fault.line, table=first.plan.table, value=fault.text or None)
            if not fault.kept:
                first.tally.read += 1
                first.tally.refused += 1

    def _see_taken(self, cells: Mapping[str, Sequence[str]]) -> None:
        taken = self._profile.taken_at
        if taken is not None and taken.column and self.first_taken is None:
            self.first_taken = next((text for text in cells.get(taken.column, ()) if text.strip()), None)


def _chosen(
    maker: RecordMaker, cells: Mapping[str, Sequence[str]], lines: Sequence[int], rest: Sequence[str]
) -> Iterator[Chosen]:
    """Which rows make records of this plan, once for each part of a row that makes one."""
    plan = maker.plan
    rows: Sequence[int] | None = None
    if plan.when:
        said = [cells[name] for name in plan.when if name in cells]
        rows = [index for index in range(len(lines)) if any(column[index].strip() for column in said)]
    if plan.spread is not None:
        yield from _spread(plan.spread, cells, lines, rows, rest)
    elif plan.split is not None:
        yield _split(plan.split, cells, lines, rows)
    else:
        yield Chosen(rows, lines if rows is None else [lines[index] for index in rows])


def _spread(
    spread: Spread,
    cells: Mapping[str, Sequence[str]],
    lines: Sequence[int],
    rows: Sequence[int] | None,
    rest: Sequence[str],
) -> Iterator[Chosen]:
    stated: Mapping[str, Mapping[str, Value]] = {} if spread.columns == "*" else spread.columns
    for name in rest if spread.columns == "*" else stated:
        fixed = stated.get(name, {})
        texts = cells.get(name, ())
        candidates = range(len(texts)) if rows is None else rows
        own = [index for index in candidates if (text := texts[index].strip()) and text not in spread.nothing]
        part: dict[str, Sequence[str]] = {spread.cell: [texts[index] for index in own]}
        if spread.head:
            part[spread.head] = [name] * len(own)
        yield Chosen(own, [lines[index] for index in own], part, fixed, [name] * len(own), name)


def _split(
    split: Split, cells: Mapping[str, Sequence[str]], lines: Sequence[int], rows: Sequence[int] | None
) -> Chosen:
    texts = cells.get(split.column, ())
    own: list[int] = []
    parts: list[list[str]] = [[] for _ in split.fields]
    for index in range(len(texts)) if rows is None else rows:
        for piece in filter(None, (piece.strip() for piece in texts[index].split(split.separator))):
            own.append(index)
            sides = piece.split(split.inner, 1) if split.inner else [piece]
            for place, side in enumerate(parts):
                side.append(sides[place].strip() if place < len(sides) else "")
    named = dict(zip(split.fields, parts, strict=True))
    return Chosen(own, [lines[index] for index in own], named, {}, parts[0], split.column)
