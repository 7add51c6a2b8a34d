"""Rows that can be read but can hardly be true: they stay as delivered, and an issue names each, or each kind of them.

Asked of the loaded database by SQL, so that only what is odd is ever looked at in Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.records import TABLES, Issue
from backupreader.store.rows import file_plain

if TYPE_CHECKING:
    from sqlite3 import Connection

SENTINELS: Final = ("2110-01-01", "9999-12-31", "1900-01-01", "0001-01-01", "1753-01-01")
"""Days by which systems say "none" or "for ever": the last and first that their databases can hold, and habits."""
_PERIODS: Final = (
    "birth_date", "deceased_at", "status_since", "start", "end", "paused_from", "paused_to", "follow_up",
)  # fmt: skip
_DONE: Final = (("note", "written_at"), ("administration", "given_at"), ("measurement", "taken_at"))
"""What has been done cannot lie ahead."""
AHEAD: Final = timedelta(days=1)
"""A clock that is wrong, or a zone that was left out, is hours off, not more than a day."""
MOST: Final = 20
"""Rows of one file and column that are named one by one."""


class _Odd(NamedTuple):
    file: int
    row: int
    value: str


def tell(connection: Connection, zone: ZoneInfo, now: datetime | None) -> None:
    """File the issues. Without `now`, nothing is said of the future."""
    files = dict(connection.execute("SELECT id, path FROM source_file"))
    issues = [*_sentinels(connection, files), *_after_death(connection, files, zone)]
    if now is not None:
        for table, column in _DONE:
            issues += _ahead(connection, files, (table, column), zone, now)
    if issues:
        file_plain(connection, issues)


def _sentinels(connection: Connection, files: dict[int, str]) -> Iterator[Issue]:
    """One issue for each column of a file and such a day in it, with how often it stands there."""
    for table, record in TABLES.items():
        columns = [column for column in _PERIODS if column in record.__dataclass_fields__]
        for column in _with_sentinels(connection, table, columns):
            found = connection.execute(
                f'SELECT source_file, min(source_row), substr("{column}", 1, 10) AS day, count(*) FROM "{table}" '  # noqa: S608 (names of our own schema)
                f"WHERE {_is_sentinel(column)} GROUP BY source_file, day ORDER BY source_file, day"
            ).fetchall()
            for file, row, day, times in found:
                value = f"{day} ({times})"
                yield Issue(code="date-sentinel", file=files[file], row=row, column=column, value=value, table=table)


def _with_sentinels(connection: Connection, table: str, columns: Sequence[str]) -> list[str]:
    """The columns that hold such a day anywhere: one pass over the table, whatever it has."""
    if not columns:
        return []
    asked = ", ".join(f"max({_is_sentinel(column)})" for column in columns)
    any_of = connection.execute(f'SELECT {asked} FROM "{table}"').fetchone()  # noqa: S608 (names of our own schema)
    return [column for column, found in zip(columns, any_of, strict=True) if found]


def _is_sentinel(column: str) -> str:
    days = ", ".join(f"'{day}'" for day in SENTINELS)
    return f'(substr("{column}", 1, 10) IN ({days}))'


def _after_death(connection: Connection, files: dict[int, str], zone: ZoneInfo) -> Iterator[Issue]:
    """The first visit to each citizen that is still planned after her death; of a death without a day, any visit."""
    rows = connection.execute(
        "SELECT visit.citizen, coalesce(deceased_at, CASE WHEN citizen.status = 'deceased' THEN status_since END), "
        "visit.start, visit.source_file, visit.source_row FROM citizen JOIN visit ON visit.citizen = citizen.id "
        "WHERE (citizen.status = 'deceased' OR deceased_at IS NOT NULL) AND visit.status IN ('planned', 'unknown') "
        "ORDER BY visit.citizen, visit.start, visit.rowid"
    ).fetchall()
    named: set[str] = set()
    for citizen, died, start, file, row in rows:
        if citizen not in named and died not in SENTINELS and _later_day(start, died, zone):
            named.add(citizen)
            yield Issue(code="visit-after-death", file=files[file], row=row, column="start", value=start, table="visit")


def _later_day(start: str, died: str | None, zone: ZoneInfo) -> bool:
    """Whether a visit starts on a later day than that of death, in the precision that was delivered."""
    return start[: len("2026-11-22")] > (died or "")[: len("2026-11-22")] and (
        moments.order(start, zone) > moments.order(died, zone)
    )


def _ahead(
    connection: Connection, files: dict[int, str], where: tuple[str, str], zone: ZoneInfo, now: datetime
) -> Iterator[Issue]:
    """What was done later than a day from now: the first of each file by row, then how many more."""
    table, column = where
    limit = now + AHEAD
    rows = connection.execute(
        f'SELECT source_file, source_row, "{column}" FROM "{table}" WHERE "{column}" >= ? '  # noqa: S608 (names of our own schema)
        "ORDER BY source_file, source_row",
        ((limit - AHEAD).date().isoformat(),),
    )
    by_file: dict[int, list[_Odd]] = {}
    for odd in map(_Odd._make, rows):
        if moments.order(odd.value, zone) > limit.timestamp():
            by_file.setdefault(odd.file, []).append(odd)
    for file, odds in by_file.items():
        yield from _some(odds, files[file], where)


def _some(odds: Sequence[_Odd], file: str, where: tuple[str, str]) -> Iterator[Issue]:
    table, column = where
    for odd in odds[:MOST]:
        yield Issue(code="date-future", file=file, row=odd.row, column=column, value=odd.value[:200], table=table)
    if (more := len(odds) - MOST) > 0:
        yield Issue(code="more-of-the-same", file=file, column=column, value=str(more), table=table)
