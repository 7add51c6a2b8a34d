"""The entries of the ledger as the notebook keeps them: short lists of plain values, the kind first."""

from __future__ import annotations

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
            numbers, told = entry.numbers, [_part(part) for part in entry.parts]
            facts: list[Value] = [entry.at.isoformat(timespec="seconds"), entry.by, entry.outage, entry.to]
            return ["job", numbers.prefix, numbers.first, entry.sides, *facts, [*told]]
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
    except ValueError:
        return None


def _read(value: Value) -> Entry | None:
    match value:
        case [
            "job", str(prefix), int(first), 1 | 2 as sides, str(at), str(by), str(outage), str(to), list(told)
        ]:  # fmt: skip
            parts = tuple(_read_part(part) for part in told)
            numbers = Numbers(prefix, first)
            return Job(
                numbers=numbers, sides=cast("int", sides), parts=parts, at=_moment(at), by=by, outage=outage, to=to
            )
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


def _part(part: Part) -> Value:
    told: dict[str, Value] = {"d": part.document, "n": part.pages}
    if part.citizen is not None:
        told["c"] = part.citizen
    if part.route is not None:
        told["r"] = part.route
    return told


def _read_part(value: Value) -> Part:
    match value:
        case {"d": str(document), "n": int(pages), **rest} if pages > 0:
            citizen, route = rest.get("c"), rest.get("r")
            return Part(
                document,
                citizen if isinstance(citizen, str) else None,
                route if isinstance(route, str) else None,
                pages,
            )
        case _:
            raise ValueError(value)


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
