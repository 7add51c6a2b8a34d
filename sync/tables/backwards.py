"""From records to the cells of a row: a record's plan read backwards. Pure; `writing` puts the rows into files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields
from typing import Final, TypeAlias

from backupreader.domain.records import Citizen, Identifier, Record
from sync.profile import Number
from sync.tables.codecs import Unwritable
from sync.tables.plan import FieldPlan, FilePlan, RecordPlan

Row: TypeAlias = dict[str, str]

# Which columns a part of a record comes from is told by its place, so its own id need not be written.
_DERIVED: Final = {"id"}


def carries_all(plan: RecordPlan, record: Record) -> bool:
    """Does the plan have a place for every field in which this record says something?"""
    places = {field.name for field in plan.fields} | set(plan.part) | {"origin", "zone"}
    if plan.numbers:
        places.add("identifiers")
    if plan.spread is not None or plan.split is not None:
        places |= _DERIVED
    if plan.spread is not None and plan.spread.columns != "*":
        places |= {name for fixed in plan.spread.columns.values() for name in fixed}
    return all(
        item.name in places or (item.default is not MISSING and getattr(record, item.name) == item.default)
        for item in fields(record)
    )


def row(plan: RecordPlan, record: Record) -> Row | None:
    """The cells in which `plan` would find this record; None when it would not find it as it is."""
    cells: Row = {}
    try:
        for field in sorted(plan.fields, key=lambda field: len(field.places)):
            if not (field.name == "id" and _derived(plan, field)):
                _fill(cells, field, field.codec.write(getattr(record, field.name)))
        if isinstance(record, Citizen):
            _numbers(cells, plan.numbers, record.identifiers)
        if plan.spread is not None:
            _spread(cells, plan, record)
        if plan.split is not None:
            _put(cells, plan.split.column, plan.split.inner.join(_parts(plan, plan.split.fields, record)))
    except Unwritable:
        return None
    if plan.when and not any(cells.get(name) for name in plan.when):
        return None
    return cells


def _derived(plan: RecordPlan, id_field: FieldPlan) -> bool:
    """Is this id made from another record's, so that it need not be written to be read again?"""
    others = {name for field in plan.fields if field is not id_field for name in field.places}
    made = plan.spread is not None or plan.split is not None or id_field.cell.before or id_field.cell.after
    return bool(made) and others.issuperset(id_field.places)


def _put(cells: Row, column: str, text: str) -> None:
    if cells.setdefault(column, text) != text:
        raise Unwritable(text)


def _fill(cells: Row, field: FieldPlan, text: str) -> None:
    places = field.places
    if len(places) == 1:
        _put(cells, places[0], text)
    elif places and all(cells.get(name) for name in places) and not field.cell.not_before:
        if field.cell.join.join(cells[name] for name in places) != text:
            raise Unwritable(text)
    elif places:
        parts = text.split(field.cell.join, len(places) - 1)
        parts += [""] * (len(places) - len(parts))
        for name, part in zip(places, parts, strict=True):
            # The date beside a time that may be on the next day is another field's.
            if field.cell.not_before and name != places[-1]:
                cells.setdefault(name, part)
            else:
                _put(cells, name, part)


def _numbers(cells: Row, numbers: Sequence[Number], identifiers: Iterable[Identifier]) -> None:
    waiting = list(identifiers)
    for number in sorted(numbers, key=lambda number: not number.kind):
        found = next((item for item in waiting if number.kind in {"", item.kind}), None)
        for name in number.places:
            cells.setdefault(name, "")
        if found is None:
            continue
        waiting.remove(found)
        cells[number.column] = found.value
        if number.kind_column:
            cells[number.kind_column] = found.kind
        if number.system_column:
            cells[number.system_column] = found.system or ""


def _parts(plan: RecordPlan, names: Sequence[str], record: Record) -> list[str]:
    texts = [plan.part[name].codec.write(getattr(record, name)) for name in names]
    if not texts[0]:
        raise Unwritable(names[0])
    return [text for text in texts if text]


def _spread(cells: Row, plan: RecordPlan, record: Record) -> None:
    spread = plan.spread
    assert spread is not None
    (text,) = _parts(plan, [spread.cell], record)
    if text in spread.nothing:
        raise Unwritable(text)
    if spread.columns == "*":
        head = plan.part[spread.head].codec.write(getattr(record, spread.head)) if spread.head else ""
        if not head:
            raise Unwritable(spread.head)
        _put(cells, head, text)
        return
    for column, fixed in spread.columns.items():
        if all(getattr(record, name) == value for name, value in fixed.items()):
            _put(cells, column, text)
            return
    raise Unwritable(spread.cell)


def put_together(plan: FilePlan, found: Sequence[Sequence[Row]]) -> tuple[list[Row], list[list[int]]]:
    """The rows of a file that holds several kinds of records, and the places in `found` of those that found no row.

    `found` holds the rows of each of the plan's records. The first record that is not `once` makes the rows; the
    others are written into the row that has the same id.
    """
    first = next((index for index, record in enumerate(plan.records) if not record.once), 0)
    main = plan.records[first]
    rows = _gathered(main, found[first]) if _is_part(main) else [dict(cells) for cells in found[first]]
    left: list[list[int]] = [[] for _ in plan.records]
    for index, record in enumerate(plan.records):
        if index == first:
            continue
        key = record.key if record.once else main.key
        places: dict[tuple[str, ...], list[Row]] = {}
        for cells in rows:
            places.setdefault(_at(cells, key), []).append(cells)
        for place, cells in enumerate(found[index]):
            own = places.get(_at(cells, key), [])
            if not own and record.once and main.when:
                rows.append(dict(cells))
            elif not own or not all(_mends(record, into, cells) for into in (own if record.once else own[:1])):
                left[index].append(place)
            else:
                for into in own if record.once else own[:1]:
                    _merge(record, into, cells)
    return rows, left


def _is_part(record: RecordPlan) -> bool:
    return record.spread is not None or record.split is not None


def _at(cells: Row, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(cells.get(name, "") for name in names)


def _gathered(record: RecordPlan, rows: Iterable[Row]) -> list[Row]:
    """The parts of a spread or a split side by side in the rows that they share."""
    gathered: dict[tuple[str, ...], list[Row]] = {}
    shared = sorted(_shared(record))
    for cells in rows:
        own = gathered.setdefault(_at(cells, shared), [])
        into = next((into for into in own if _mends(record, into, cells)), None)
        if into is None:
            own.append(dict(cells))
        else:
            _merge(record, into, cells)
    return [cells for own in gathered.values() for cells in own]


def _mends(record: RecordPlan, into: Row, cells: Row) -> bool:
    """Is there room for `cells` in this row, without another meaning for what it already holds?"""
    listed = record.split.column if record.split is not None else None
    shared = _shared(record)
    if any(text and into.get(name, "") not in {"", text} for name, text in cells.items() if name != listed):
        return False
    if not _is_part(record):
        return True
    parts = [name for name in into if name == listed or (record.spread is not None and name not in shared)]
    if record.spread is not None and record.spread.columns != "*":
        parts = [name for name in record.spread.columns if name in into]
    started = any(into[name] for name in parts)
    taken = any(into.get(name) for name in cells if name not in shared and name != listed)
    return not taken and not (started and _at(into, sorted(shared)) != _at(cells, sorted(shared)))


def _merge(record: RecordPlan, into: Row, cells: Row) -> None:
    """Write `cells` into a row that has room for them; a split's parts stand one after the other."""
    for name, text in cells.items():
        if record.split is not None and name == record.split.column and into.get(name):
            into[name] += record.split.separator + text
        elif text or name not in into:
            into[name] = text


def _shared(record: RecordPlan) -> set[str]:
    """The columns that all parts of a row have in common."""
    return {name for field in record.fields for name in field.places} | set(record.when)
