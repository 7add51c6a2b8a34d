"""Rows that refer to what never came: they stay, and an issue names each thing that is missing, where first meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from backupreader.domain.records import TABLES, Issue
from backupreader.store.rows import file_plain

if TYPE_CHECKING:
    from sqlite3 import Connection

CODE: Final = "reference-unresolved"


class Reference(NamedTuple):
    """A column that holds the ids of another table; ``error``: no page can show the row without the other."""

    table: str
    column: str
    target: str
    severity: Literal["warning", "error"] = "warning"


REFERENCES: Final = (
    Reference("citizen", "unit", "unit"),
    *(
        Reference(name, "citizen", "citizen", "error")
        for name, record in TABLES.items()
        if "citizen" in record.__dataclass_fields__
    ),
    Reference("access_code", "access", "access"),
    Reference("dose", "medication", "medication", "error"),
    Reference("administration", "medication", "medication"),
)


def tell(connection: Connection) -> None:
    """File an issue for each reference that leads nowhere."""
    files = dict(connection.execute("SELECT id, path FROM source_file"))
    for reference in REFERENCES:
        table, column, target, severity = reference
        by_number = f'AND "{column}" NOT IN (SELECT citizen FROM same_person)' if target == "citizen" else ""  # noqa: S608
        missing = connection.execute(
            f'SELECT "{column}" FROM (SELECT DISTINCT "{column}" FROM "{table}") '  # noqa: S608 (names of our own schema)
            f'WHERE "{column}" IS NOT NULL AND "{column}" NOT IN (SELECT id FROM "{target}") {by_number}'
        ).fetchall()
        for (value,) in missing:
            file, row = connection.execute(
                f'SELECT source_file, source_row FROM "{table}" WHERE "{column}" = ? ORDER BY rowid LIMIT 1',  # noqa: S608
                (value,),
            ).fetchone()
            issue = Issue(
                code=CODE, file=files[file], row=row, column=column, value=value[:200], severity=severity, table=table
            )
            file_plain(connection, [issue])
