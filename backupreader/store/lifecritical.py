"""The life-critical rules out of the rows of a generation: whose they are, and which records meet them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from backupreader.domain.lifecritical import Hit, Rulebook, RuleHead

if TYPE_CHECKING:
    from sqlite3 import Connection

META: Final = "life-critical"
"""What `meta` says under this key: the rulebook as JSON."""


def rulebook(connection: Connection) -> Rulebook | None:
    """Whose rules were in force at the build; None where it was built without any."""
    told = connection.execute("SELECT value FROM meta WHERE key = ?", (META,)).fetchone()
    if told is None:
        return None
    whole: dict[str, Any] = json.loads(told[0])
    whole["rules"] = tuple(map(_head, whole["rules"]))
    return Rulebook(**whole)


def _head(rule: dict[str, Any]) -> RuleHead:
    rule["tables"] = tuple(rule["tables"])
    return RuleHead(**rule)


def hits(connection: Connection) -> Mapping[str, tuple[Hit, ...]]:
    """All hits, by the id of the citizen whose record it is."""
    found: dict[str, list[Hit]] = defaultdict(list)
    for citizen, private, *values in connection.execute(
        'SELECT citizen, private, rule, clause, "table", record, text, matched, status, status_source, start, until, '
        "paused_from, paused_to FROM life_critical ORDER BY rowid"
    ):
        rule, clause, table, record, text, matched, status, source, start, until, paused_from, paused_to = values
        hit = Hit(
            rule=rule,
            clause=clause,
            table=table,
            record=record,
            text=text,
            matched=matched,
            status=status,
            status_source=source,
            start=start,
            until=until,
            paused_from=paused_from,
            paused_to=paused_to,
            private=bool(private),
        )
        found[citizen].append(hit)
    return {citizen: tuple(ones) for citizen, ones in found.items()}
