"""The values of a field for all rows of a block at once, and what could not be read of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, TypeAlias

from backupreader.domain.records import Issue
from sync.tables.codecs import Codec, Doubt, Fixed, Id, Severity, Text, any_rounded
from sync.tables.plan import FieldPlan

_SHOWN: Final = 200
_REMEMBERED: Final = 100_000

# From here on, one issue counts the rest of its kind: a code that nobody mapped may stand in every row of a file.
# What was lost is told row by row, without end.
_TOLD: Final = 1_000


class _Memory(dict[str, object]):
    """Each different text is read once; most columns hold few."""

    def __init__(self, codec: Codec) -> None:
        super().__init__()
        self.doubts: dict[str, Doubt] = {}
        self._codec = codec

    def __missing__(self, text: str) -> object:
        value: object = self._codec.empty
        if text and not text.isspace():
            value, doubt = self._codec.read(text)
            if doubt is not None:
                self.doubts[text] = doubt
        self[text] = value
        return value


_Sort: TypeAlias = tuple[str, str | None, str | None]


@dataclass(slots=True)
class Report:
    """Collects the issues of one file."""

    file: str
    issues: list[Issue] = field(default_factory=list[Issue])
    _count: dict[_Sort, int] = field(default_factory=dict["_Sort", int])

    def tell(  # noqa: PLR0913 (an issue has as many sides)
        self,
        code: str,
        severity: Severity,
        row: int,
        *,
        table: str | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Add one issue."""
        sort = (code, table, column)
        # Counts up to zero while they are told, and on from there.
        count = self._count[sort] = self._count.get(sort, -_TOLD) + 1
        if severity == "error":
            self._count[sort] = -_TOLD
        if count <= 0 or severity == "error":
            shown = value[:_SHOWN] if value is not None else None
            self.issues.append(
                Issue(code=code, file=self.file, row=row, column=column, value=shown, severity=severity, table=table)
            )

    def take(self) -> list[Issue]:
        """The issues since the last call."""
        taken, self.issues = self.issues, []
        return taken

    def rest(self) -> Iterator[Issue]:
        """One issue for each sort of which more were found than told."""
        for (_, table, column), count in self._count.items():
            if count > 0:
                yield Issue(code="more-of-the-same", file=self.file, column=column, value=str(count), table=table)


@dataclass(frozen=True, slots=True)
class Texts:
    """One field's texts for the rows of a block, and the values they were read as. `doubted` are rows in doubt."""

    texts: Sequence[str]
    values: list[object]
    doubted: Mapping[int, str]


class FieldReader:
    """Reads one field, file after file, remembering what it has read."""

    def __init__(self, plan: FieldPlan, table: str) -> None:
        self.plan = plan
        self.table = table
        self._memory = _Memory(plan.codec)

    def texts(self, cells: Mapping[str, Sequence[str]], rows: Sequence[int] | None) -> Sequence[str] | None:
        """The field's text in each row; None where none of its columns is there."""
        columns = [_picked(cells[name], rows) for name in self.plan.places if name in cells]
        if not columns:
            return None
        if len(columns) == 1:
            return columns[0]
        join = self.plan.cell.join
        if self.plan.cell.not_before:  # the date is another field's: without a time of its own nothing was said
            return [join.join(parts) if parts[-1] else "" for parts in zip(*columns, strict=True)]
        return [join.join(part for part in parts if part) for parts in zip(*columns, strict=True)]

    def read(self, texts: Sequence[str] | None, lines: Sequence[int], report: Report, column: str = "") -> Texts:
        """The values of `texts` (None: no column is there), which stand in `column` where the field has none itself."""
        codec = self.plan.codec
        if texts is None:
            absent = codec.empty if isinstance(codec, Fixed) else self.plan.field.default
            return Texts((), [absent] * len(lines), {})
        if isinstance(codec, Text) and not codec.codes:
            return Texts(texts, [text or None for text in texts], {})
        if isinstance(codec, Id) and not any_rounded(texts):
            return Texts(texts, _ids(codec, texts), {})
        memory = self._memory
        if len(memory) > _REMEMBERED:
            memory.clear()
            memory.doubts.clear()
        values = list(map(memory.__getitem__, texts))
        return Texts(texts, values, self._doubts(texts, lines, report, column))

    def _doubts(self, texts: Sequence[str], lines: Sequence[int], report: Report, column: str) -> Mapping[int, str]:
        doubts = self._memory.doubts
        if not doubts:
            return {}
        found: dict[int, str] = {}
        column = column or " + ".join(self.plan.places)
        for index, text in enumerate(texts):
            doubt = doubts.get(text)
            if doubt is not None:
                found[index] = text
                report.tell(doubt.code, doubt.severity, lines[index], table=self.table, column=column, value=text)
        return found


def _picked(column: Sequence[str], rows: Sequence[int] | None) -> Sequence[str]:
    return column if rows is None else [column[index] for index in rows]


def _ids(codec: Id, texts: Sequence[str]) -> list[object]:
    head, tail = codec.prefix + codec.before, codec.after
    return [f"{head}{bare}{tail}" if (bare := text.strip()) else None for text in texts]


def next_day(values: list[object], earliest: Sequence[object]) -> None:
    """Move each moment that is before its row's `earliest` to the next day: a visit at night ends after midnight."""
    for index, (value, least) in enumerate(zip(values, earliest, strict=True)):
        if isinstance(value, str) and isinstance(least, str) and value < least and len(value) == len(least):
            day = date.fromisoformat(value[:10]) + timedelta(days=1)
            values[index] = day.isoformat() + value[10:]
