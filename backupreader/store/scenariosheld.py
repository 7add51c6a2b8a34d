"""Which scenarios were held: a small record under ``data/state``, not sealed, as evidence for the continuity plan.

It holds names of staff, as they wrote them, and no citizen, not even a made-up one. It lies in two copies that only
this user may read, and keeps the newest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from backupreader.domain.scenarios.score import OUTCOMES, Held, Outcome
from backupreader.store.canonical import Value
from backupreader.store.copies import Copies
from backupreader.store.files import Files

MOST_KEPT: Final = 400


class Scenarios:
    """The record below a data folder. What of it cannot be read counts as not there."""

    def __init__(self, data: Path, files: Files) -> None:
        self._copies = Copies(data / "state", "scenarios", files)

    def held(self, one: Held) -> None:
        """Note one; on the disk when this returns. Raises what the disk says."""
        self._copies.write([document(held) for held in (*self.all(), one)[-MOST_KEPT:]])

    def all(self) -> tuple[Held, ...]:
        """Those that are kept, the newest last."""
        return tuple(_read(self._copies.read()))


def document(held: Held) -> dict[str, Value]:
    """A scenario as it is kept, and as a machine is told of it: the keys are a contract."""
    steps: list[Value] = [[step, outcome] for step, outcome in held.outcomes.items()]
    return {
        "scenario": held.scenario,
        "at": held.at.isoformat(timespec="seconds"),
        "by": held.by,
        "minutes": held.minutes,
        "plan": held.plan,
        "steps": steps,
        "left_out": list(held.left_out),
    }


def _read(rows: Value | None) -> Iterator[Held]:
    for row in rows if isinstance(rows, list) else ():
        match row:
            case {
                "scenario": str(scenario),
                "at": str(at),
                "by": str(by),
                "minutes": int(minutes),
                "plan": str(plan),
                "steps": list(steps),
                "left_out": list(left_out),
            }:
                if (moment := _moment(at)) is not None:
                    outcomes = dict(_outcomes(steps))
                    left = tuple(map(str, left_out))
                    yield Held(
                        scenario=scenario,
                        at=moment,
                        by=by,
                        minutes=minutes,
                        plan=plan,
                        outcomes=outcomes,
                        left_out=left,
                    )
            case _:
                pass


_KNOWN: Final[Mapping[str, Outcome]] = {outcome: outcome for outcome in OUTCOMES}


def _outcomes(steps: list[Value]) -> Iterator[tuple[str, Outcome]]:
    for step in steps:
        match step:
            case [str(name), str(said)] if said in _KNOWN:
                yield name, _KNOWN[said]
            case _:
                pass


def _moment(text: str) -> datetime | None:
    """A moment with its zone; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
