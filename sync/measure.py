"""What a manifest says of a database: its tables counted, by asking the finished file itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backupreader.domain import moments
from backupreader.domain.records import TABLES
from backupreader.store import canonical, database
from backupreader.store.manifest import LONGEST_TEXT, Count, UnitCount

UNIT_BYTES: Final = 16 << 10
"""Room for the units in a manifest, whose limit holds for the seals too: some hundreds, the largest by citizens."""
LONGEST_NAME: Final = 80
LARGEST_UNIT: Final = 6 * (LONGEST_TEXT + LONGEST_NAME) + 64
"""Bytes: every letter of id and name may be written as six."""
_NEWEST: Final = {
    "note": "SELECT written_at FROM note ORDER BY moment DESC LIMIT 1",
    "administration": "SELECT max(given_at) FROM administration",
    "visit": "SELECT max(start) FROM visit",
    "measurement": "SELECT max(taken_at) FROM measurement",
}
_WITHOUT_CITIZEN: Final = {"unit"}


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts by table and units by id, as in the manifest."""

    counts: Mapping[str, Count]
    units: Mapping[str, UnitCount]


def measure(path: Path, key: bytes) -> Measures:
    """Count a finished database. Raises STORE_DAMAGED when it cannot be read."""
    connection = database.open_reader(path, key)
    try:
        with database.guarded(path):
            counts: dict[str, Count] = {}
            for table in TABLES:
                who = "id" if table == "citizen" else "citizen"
                about = "0" if table in _WITHOUT_CITIZEN else f'count(DISTINCT "{who}")'
                question = f'SELECT count(*), {about} FROM "{table}"'  # noqa: S608 (names of our own schema)
                (rows, citizens) = connection.execute(question).fetchone()
                newest = connection.execute(_NEWEST[table]).fetchone() if table in _NEWEST else None
                counts[table] = Count(rows, citizens, _moment(newest[0] if newest else None))
            units = connection.execute(
                "SELECT unit.id, unit.name, count(citizen.id) AS citizens "
                "FROM unit LEFT JOIN citizen ON citizen.unit = unit.id "
                "GROUP BY unit.id ORDER BY citizens DESC, unit.id"
            ).fetchall()
    finally:
        connection.close()
    return Measures(counts, _largest(units))


def _largest(units: Iterable[tuple[str, str, int]]) -> dict[str, UnitCount]:
    """As many as there is room for."""
    kept: dict[str, UnitCount] = {}
    room = UNIT_BYTES
    for unit, name, citizens in units:
        kept[unit[:LONGEST_TEXT]] = UnitCount(name[:LONGEST_NAME], citizens)
        room -= len(canonical.encode({unit[:LONGEST_TEXT]: {"citizens": citizens, "name": name[:LONGEST_NAME]}}))
        if room < LARGEST_UNIT:
            break
    return kept


def _moment(text: str | None) -> str | None:
    return text if text is not None and moments.valid(text) else None
