"""Records from the rows of a block by one record's plan: column by column, with no step a row where none is needed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import TypeVar

from backupreader.domain.records import Country, Origin, Record
from sync.tables.columns import FieldReader, Report, Texts, next_day
from sync.tables.persons import found_in
from sync.tables.plan import RecordPlan
from sync.tables.seen import Seen

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the rows do not say: where they come from."""

    file: str
    zone: str
    country: Country


@dataclass(slots=True)
class Tally:
    """Rows of one table: `read` = `filed` + `refused`."""

    read: int = 0
    filed: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows of a block that make records: their places (None is all), and what a part of each row says.

    `part` are the texts of fields that stand in `column`, `fixed` the values that all of them share, and `suffix` tells
    the ids of the parts of a row apart.
    """

    rows: Sequence[int] | None
    lines: Sequence[int]
    part: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    fixed: Mapping[str, object] = field(default_factory=dict[str, object])
    suffix: Sequence[str] | None = None
    column: str = ""


class RecordMaker:
    """Makes the records of one plan. It lives as long as the source is read: ids are unique in a whole table.

    After `make`, `filed` are the lines whose record was made, or was made before; `refused` those whose was not.
    """

    def __init__(self, plan: RecordPlan, seen: Seen, tally: Tally) -> None:
        self.plan = plan
        self.tally = tally
        self.filed: Sequence[int] = ()
        self.refused: Sequence[int] = ()
        self._seen = seen
        self._fields = [FieldReader(item, plan.table) for item in plan.fields]
        self._part = {name: FieldReader(item, plan.table) for name, item in plan.part.items()}
        self._names = tuple(item for item in plan.cls.__dataclass_fields__ if item != "origin")

    def make(self, cells: Mapping[str, Sequence[str]], chosen: Chosen, site: Site, report: Report) -> list[Record]:
        """The records of the rows that were chosen."""
        count = len(chosen.lines)
        self.filed, self.refused = (), ()
        if not count:
            return []
        values: dict[str, list[object]] = {name: [value] * count for name, value in chosen.fixed.items()}
        doubts: dict[str, Texts] = {}
        for reader in self._fields:
            texts = reader.texts(cells, chosen.rows)
            doubts[reader.plan.name] = read = reader.read(texts, chosen.lines, report)
            values[reader.plan.name] = read.values
        for name, texts in chosen.part.items():
            doubts[name] = read = self._part[name].read(texts, chosen.lines, report, chosen.column)
            values[name] = read.values
        for item in self.plan.fields:
            if item.cell.not_before:
                next_day(values[item.name], values[item.cell.not_before])
        self._complete(values, doubts, cells, chosen, site, report)
        kept = self._required(values, doubts, chosen, report)
        lines = chosen.lines
        if len(kept) < count:
            self.refused = sorted({*lines}.difference(lines[index] for index in kept))
            values = {name: [column[index] for index in kept] for name, column in values.items()}
            lines = [lines[index] for index in kept]
        return self._unique(values, lines, site, report)

    def _complete(  # noqa: PLR0913, PLR0917 (what it completes, from what, and whom it tells)
        self,
        values: dict[str, list[object]],
        doubts: Mapping[str, Texts],
        cells: Mapping[str, Sequence[str]],
        chosen: Chosen,
        site: Site,
        report: Report,
    ) -> None:
        """What stands in no column of its own: suffixes of ids, a status's own word, the zone, a citizen's numbers."""
        count = len(chosen.lines)
        if chosen.suffix is not None:
            values["id"] = [
                f"{own}/{suffix}" if own is not None else None
                for own, suffix in zip(values["id"], chosen.suffix, strict=True)
            ]
        known = self.plan.cls.__dataclass_fields__
        for name in self._names:
            if name not in values and name != "zone":
                values[name] = [known[name].default] * count
        if "zone" in known:
            values["zone"] = [zone or site.zone for zone in values.get("zone", [None] * count)]
        if "status_source" in known and "status" in doubts:
            for index, text in doubts["status"].doubted.items():
                values["status_source"][index] = values["status_source"][index] or text.strip()
        if self.plan.numbers:
            values["identifiers"] = self._numbers(cells, chosen, values["birth_date"], site.country, report)

    def _numbers(
        self,
        cells: Mapping[str, Sequence[str]],
        chosen: Chosen,
        births: Sequence[object],
        country: Country,
        report: Report,
    ) -> list[object]:
        places = range(len(chosen.lines)) if chosen.rows is None else chosen.rows
        identifiers: list[object] = []
        for place, line, birth in zip(places, chosen.lines, births, strict=True):
            found = found_in(self.plan.numbers, cells, place, str(birth) if birth else None, country)
            identifiers.append(found.identifiers)
            for column, text, doubt in found.doubts:
                report.tell(doubt.code, doubt.severity, line, table=self.plan.table, column=column, value=text)
        return identifiers

    def _required(
        self, values: Mapping[str, Sequence[object]], doubts: Mapping[str, Texts], chosen: Chosen, report: Report
    ) -> Sequence[int]:
        """The rows that make a record; the others are reported with the column that they cannot be without."""
        count = len(chosen.lines)
        self.tally.read += count
        refused: dict[int, str] = {}
        for item in self.plan.fields:
            if item.field.required and None in values[item.name]:
                column = " + ".join(item.places)
                for index, value in enumerate(values[item.name]):
                    if value is None and index not in refused:
                        refused[index] = column
                        texts = doubts[item.name].texts
                        report.tell(
                            "row-refused",
                            "error",
                            chosen.lines[index],
                            table=self.plan.table,
                            column=column,
                            value=texts[index] if texts else None,
                        )
        self.tally.refused += len(refused)
        return range(count) if not refused else [index for index in range(count) if index not in refused]

    def _unique(
        self, values: dict[str, list[object]], lines: Sequence[int], site: Site, report: Report
    ) -> list[Record]:
        """Records with the ids that they keep; a record that is repeated on purpose is made once."""
        ids = [str(own) for own in values["id"]]
        self.filed = lines
        if self.plan.once:
            new: list[int] = []
            other: list[int] = []
            for index, own in enumerate(ids):
                content = hash(tuple(values[name][index] for name in self._names))
                verdict = self._seen.first(own, content)
                if verdict is None:
                    new.append(index)
                elif not verdict:
                    other.append(lines[index])
                    report.tell("repeated-differently", "warning", lines[index], table=self.plan.table, value=own)
            self.tally.read -= len(ids) - len(new)
            if other:
                self.filed = sorted({*lines}.difference(other))
                self.refused = [*self.refused, *other]
            values = {name: [column[index] for index in new] for name, column in values.items()}
            lines = [lines[index] for index in new]
        else:
            for index, own in self._seen.again(ids).items():
                values["id"][index] = own
                report.tell("id-repeated", "warning", lines[index], table=self.plan.table, value=ids[index])
        self.tally.filed += len(lines)
        origins = filled(Origin, len(lines), {"file": repeat(site.file), "row": lines})
        columns: dict[str, Iterable[object]] = {name: values[name] for name in self._names}
        return filled(self.plan.cls, len(lines), {**columns, "origin": origins})


def filled(cls: type[T], count: int, columns: Mapping[str, Iterable[object]]) -> list[T]:
    """`count` records of a slotted, frozen class, filled field by field.

    It is what the class's own constructor does for one record, in another order; a record a call would take
    longer than all the rest of the reading. The classes have nothing to check when they are made.
    """
    records = list(map(object.__new__, repeat(cls, count)))
    for name, column in columns.items():
        put: Callable[[T, object], None] = getattr(cls, name).__set__
        deque(map(put, records, column), maxlen=0)
    return records
