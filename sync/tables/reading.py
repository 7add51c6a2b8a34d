"""One file read by its plan: a stream of records and issues, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from backupreader.domain.errors import COLUMN_MISSING, SOURCE_DAMAGED
from backupreader.domain.records import Issue, Record
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from sync.profile import Profile, Split, Spread, Value
from sync.tables.codecs import Severity
from sync.tables.columns import Report
from sync.tables.fields import Kind
from sync.tables.heading import repeated, seen_instead, unnamed
from sync.tables.kinds import open_table
from sync.tables.plan import FilePlan
from sync.tables.records import Chosen, RecordMaker, Site
from sync.tables.rows import Block, Passed

_TWICE: Final = Reason(N_("two columns that are read have the same name"))
_PARTED: Final = N_("its cells seem to be parted by {seen}, and the profile states {stated}")


class FileReader:
    """Reads one file. After `items` has been read to its end, `count` is the number of the file's rows.

    Of these `filed` gave a record, `refused` gave none and have their issues, and the others said nothing that is read.
    """

    def __init__(self, profile: Profile, plan: FilePlan, path: Path, makers: Sequence[RecordMaker], site: Site) -> None:
        self.path = path
        self.rows = open_table(path, plan.written)
        self._profile = profile
        self._plan = plan
        self._makers = makers
        self._site = site
        self._report = Report(site.file)
        self._places = self._find_columns()
        self._dated = _dated(profile, plan)
        self.filed = 0
        self.refused = 0
        self._silent = Passed()
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
            filed: set[int] = set()
            refused: set[int] = set()
            for maker in self._makers:
                for chosen in _chosen(maker, cells, block.lines, self._rest):
                    yield from maker.make(cells, chosen, self._site, self._report)
                    filed.update(maker.filed)
                    refused.update(maker.refused)
            refused -= filed
            self.filed += len(filed)
            self.refused += len(refused)
            if len(filed) + len(refused) < len(block.lines):
                self._silent.see([line for line in block.lines if line not in filed and line not in refused])
            yield from self._report.take()
        for code, passed in (
            ("rows-blank", self.rows.blank),
            ("rows-footer", self.rows.footers),
            ("rows-head-again", self.rows.heads),
            ("rows-silent", self._silent),
        ):
            if passed.count:
                self._report.tell(code, "note", passed.first, value=str(passed.count))
        yield from self._report.rest()
        yield from self._report.take()

    def _find_columns(self) -> Mapping[str, int]:
        """The place of each column that is read."""
        head = self.rows.head
        missing = [name for name in self._plan.demanded if name not in head]
        if missing:
            columns = _parted(self._plan, head) or ", ".join(missing)
            raise ReaderError(COLUMN_MISSING, path=self.path, profile=self._profile.name, columns=columns)
        known = set(self._plan.columns)
        taken = self._profile.taken_at
        if taken is not None and taken.column:
            known.add(taken.column)
        self._rest = tuple(
            name
            for place, name in enumerate(head, start=1)
            if name != unnamed(place) and name not in known and name not in self._plan.form.ignore
        )
        if any(maker.plan.spread is not None and maker.plan.spread.columns == "*" for maker in self._makers):
            known.update(self._rest)
        for name, second in repeated(head).items():
            if name in known and second not in known and second not in self._plan.form.ignore:
                raise ReaderError(SOURCE_DAMAGED, path=self.path, reason=_TWICE, row=self.rows.head_line)
        return {name: place for place, name in enumerate(head) if name in known}

    def _tell_unread(self) -> None:
        ignore = self._plan.form.ignore
        for name in self.rows.head:
            if name not in self._places and name not in ignore and "*" not in ignore:
                self._report.tell("column-left-unread", "note", self.rows.head_line, column=name)

    def _tell_faults(self, block: Block) -> None:
        first = self._makers[0]
        for fault in block.faults:
            severity: Severity = "error" if fault.lost or not fault.kept else "warning"
            self._report.tell(
                fault.code,
                severity,
                fault.line,
                table=first.plan.table,
                column=None if fault.place is None else self.rows.head[fault.place],
                value=fault.text or None,
            )
            if not fault.kept:
                first.tally.read += 1
                first.tally.refused += 1
                self.refused += 1
        self._tell_dates(block)

    def _tell_dates(self, block: Block) -> None:
        """A spreadsheet makes a date of "1-2": where no date is expected, one is not what somebody typed."""
        for place, lines in block.moments.items():
            name = self.rows.head[place]
            if name in self._dated:
                continue
            texts = dict(zip(block.lines, block.cells[place], strict=True))
            for line in lines:
                self._report.tell("text-became-date", "warning", line, column=name, value=texts[line])

    def _see_taken(self, cells: Mapping[str, Sequence[str]]) -> None:
        taken = self._profile.taken_at
        if taken is not None and taken.column and self.first_taken is None:
            self.first_taken = next((text for text in cells.get(taken.column, ()) if text.strip()), None)


def _dated(profile: Profile, plan: FilePlan) -> frozenset[str]:
    """The columns in which a date or a clock time is expected."""
    expected = {profile.taken_at.column} if profile.taken_at is not None else set[str]()
    for record in plan.records:
        for field in (*record.fields, *record.part.values()):
            if field.field.kind in {Kind.MOMENT, Kind.CLOCK}:
                expected.update(field.places)
    return frozenset(expected)


def _parted(plan: FilePlan, head: Sequence[str]) -> Reason | None:
    """Why a head has one column only, where another delimiter than the profile's stands in it."""
    seen = seen_instead(head, plan.written)
    if seen is None:
        return None

    seen, stated = (f"“{sign}”" if sign.strip() else repr(sign) for sign in (seen, plan.written.delimiter))
    return Reason(_PARTED, {"seen": seen, "stated": stated})


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
