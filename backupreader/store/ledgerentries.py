"""The entries of the ledger as the notebook keeps them: short lists of plain values, the kind first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, cast

from backupreader.domain.ledger import STEPS, Ended, Entry, Job, Lost, Part, Reported, Step, Taken
from backupreader.domain.sheets import DIGITS, Numbers, Serial
from backupreader.store.canonical import Value

_SIGNS: Final = 3


def written(entry: Entry) -> Value:
    """An entry as a value."""
    match entry:
        case Job():
            numbers = entry.numbers
            facts: list[Value] = [entry.at.isoformat(timespec="seconds"), entry.by, entry.outage, entry.to]
            return ["job", numbers.prefix, numbers.first, entry.sides, *facts, _parts(entry.parts)]
        case Taken():
            return ["step", [_short(serial) for serial in entry.serials], *_step(entry.step)]
        case Ended():
            return ["ended", _short(entry.job), entry.how, _short(entry.since), *_step(entry.step)]
        case Reported():
            return ["reported", entry.outage, entry.at.isoformat(timespec="seconds"), entry.by]
        case Lost():
            return ["lost", entry.at.isoformat(timespec="seconds")]


def read(value: Value) -> Entry | None:
    """The entry that a value is; None for one of another kind, which is left as it stands."""
    try:
        return _read(value)
    except (ValueError, TypeError):  # TypeError: no list of parts
        return None


def _read(value: Value) -> Entry | None:
    match value:
        case [
            "job", str(prefix), int(first), 1 | 2 as sides, str(at), str(by), str(outage), str(to), str(told)
        ]:  # fmt: skip
            parts = tuple(_read_parts(told))
            numbers, two = Numbers(prefix, first), cast("int", sides)
            return Job(numbers=numbers, sides=two, parts=parts, at=_moment(at), by=by, outage=outage, to=to)
        case ["step", list(serials), *step]:
            return Taken(tuple(_serial(serial) for serial in serials), _read_step(step))
        case ["ended", str(job), "cancelled" | "jam" as how, str(since), *step]:
            return Ended(_serial(job), how, _serial(since), _read_step(step))
        case ["reported", str(outage), str(at), str(by)]:
            return Reported(outage, _moment(at), by)
        case ["lost", str(at)]:
            return Lost(_moment(at))
        case _:
            return None


def _parts(parts: Iterable[Part]) -> str:
    """One text, not a list: a long outage has tens of thousands of parts, and each value of a book is looked at."""
    told = [[part.document, part.citizen, part.route, part.pages] for part in parts]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _read_parts(text: str) -> Iterator[Part]:
    for part in json.loads(text):
        match part:
            case [str(document), str() | None as citizen, str() | None as route, int(pages)] if pages > 0:
                yield Part(document, citizen, route, pages)
            case _:
                raise ValueError(text)


def _step(step: Step) -> tuple[str, ...]:
    at, kept = (moment.isoformat(timespec="seconds") for moment in (step.at, step.kept))
    return step.name, at, kept, step.by, step.behalf, step.remark, step.in_app


def _read_step(value: list[Value]) -> Step:
    match value:
        case [
            str(name), str(at), str(kept), str(by), str(behalf), str(remark), "" | "yes" | "no" | "unknown" as in_app
        ] if name in STEPS:  # fmt: skip
            return Step(
                name=name,
                at=_moment(at),
                kept=_moment(kept),
                by=by,
                behalf=behalf,
                remark=remark,
                in_app=in_app,
            )
        case _:
            raise ValueError(value)


def _short(serial: Serial) -> str:
    return f"{serial.prefix}{serial.number:0{DIGITS}d}"


def _serial(value: Value) -> Serial:
    if not isinstance(value, str):
        raise ValueError(value)  # noqa: TRY004 (as every other value that is not ours)
    return Serial(value[:_SIGNS], int(value[_SIGNS:]))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
