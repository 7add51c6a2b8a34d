"""Which records meet the life-critical rules: found once, at the build, so that no PC has to look through everything.

Every distinct text of a field is looked at once, by its words. What has a status with which it never counts is left
out; what its period makes of it on a day is decided where it is read (`domain.lifecritical.stands`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from backupreader.domain.fold import words
from backupreader.domain.lifecritical import NEVER, Clause, Keyword, Rules
from backupreader.domain.records import Medication
from backupreader.domain.withheld import kept_private
from backupreader.store.lifecritical import META
from backupreader.store.persons import PERSON, ids_of, places
from backupreader.store.rows import Shelf

if TYPE_CHECKING:
    from sqlite3 import Connection

_TEXT: Final = {
    "medication": "concat_ws(' ', drug, strength)",
    "alert": "text",
    "condition": "text",
    "intervention": "text",
    "access": "concat_ws(' ', system, key_number)",
    "visit": "ifnull(title, '')",
    "citizen": "ifnull(marital_status, '')",
}
"""By what a record is named beside the rule."""
_STATUS: Final = frozenset({"medication", "alert", "condition", "intervention", "visit"})
_PERIOD: Final = frozenset({"medication", "alert", "condition", "intervention"})
_CARERS: Final = {
    "visit": "(staff_needed >= {n} OR ({n} = 2 AND second_staff NOT NULL))",
    "intervention": "staff_needed >= {n}",
}
_Asks = dict[int, set[str]]


def tell(connection: Connection, rules: Rules) -> None:
    """Fill `life_critical`, and say in `meta` whose rules these are."""
    connection.execute(
        'CREATE TEMP TABLE met (ask INTEGER NOT NULL, "table" TEXT NOT NULL, record INTEGER NOT NULL, matched TEXT)'
    )
    connection.execute("CREATE TEMP TABLE sought (value TEXT, ask INTEGER, PRIMARY KEY (value, ask)) WITHOUT ROWID")
    connection.execute("CREATE TEMP TABLE kept (id TEXT PRIMARY KEY) WITHOUT ROWID")
    asks = [(rule.head.id, number, clause) for rule in rules.rules for number, clause in enumerate(rule.clauses)]
    _meet(connection, [clause for _, _, clause in asks])
    connection.execute('CREATE INDEX temp.met_ask ON met (ask, "table", record)')
    kept = ((one,) for one in _kept(connection))
    connection.executemany("INSERT OR IGNORE INTO temp.kept VALUES (?)", kept)
    for number, (rule, place, clause) in enumerate(asks):
        for table in clause.tables:
            connection.execute(_filing(table), {"rule": rule, "clause": place, "ask": number, "table": table})
    for name in ("met", "sought", "kept"):
        connection.execute(f"DROP TABLE temp.{name}")
    connection.execute("INSERT INTO meta VALUES (?, ?)", (META, json.dumps(asdict(rules.book), ensure_ascii=False)))


def _meet(connection: Connection, clauses: list[Clause]) -> None:
    """Every record that answers any part of a clause."""
    by_field: dict[str, dict[Keyword, set[int]]] = defaultdict(lambda: defaultdict(set))
    codes: _Asks = defaultdict(set)
    for number, clause in enumerate(clauses):
        codes[number] |= set(clause.atc)
        for field in clause.fields:
            for keyword in clause.keywords:
                by_field[field][keyword].add(number)
        for kind in clause.kinds:
            table, _, name = kind.partition(".")
            _met(connection, table, number, "kind = ?", (name,))
        if clause.carers:
            for table, needs in _CARERS.items():
                _met(connection, table, number, needs.format(n=clause.carers), ())
    _seek(connection, "medication", "atc", lambda code: _coded(code, codes))
    for field, keywords in by_field.items():
        table, _, column = field.partition(".")
        _seek(connection, table, column, Lexicon(keywords).found)


class Lexicon:
    """Keywords by the words that may begin them: each different word is compared with all keywords once."""

    def __init__(self, keywords: Mapping[Keyword, Iterable[int]]) -> None:
        self._keywords = {keyword: frozenset(asks) for keyword, asks in keywords.items()}
        self._beginning: dict[str, tuple[Keyword, ...]] = {}

    def found(self, text: str) -> frozenset[int]:
        """Which clauses a text meets."""
        said = words(text)
        return frozenset(
            ask
            for place, word in enumerate(said)
            for keyword in self._of(word)
            if keyword.stands_at(said, place)
            for ask in self._keywords[keyword]
        )

    def _of(self, word: str) -> tuple[Keyword, ...]:
        if word not in self._beginning:
            self._beginning[word] = tuple(keyword for keyword in self._keywords if keyword.begins_with(word))
        return self._beginning[word]


def _coded(code: str, codes: _Asks) -> Iterable[int]:
    written = code.strip().upper()
    return (number for number, wanted in codes.items() if any(written.startswith(one) for one in wanted))


def _seek(connection: Connection, table: str, column: str, asked: Callable[[str], Iterable[int]]) -> None:
    """Every record in whose column stands what answers a clause."""
    different = f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" NOT NULL AND {_counts(table)}'  # noqa: S608 (names of our own schema)
    answers = ((value, ask) for (value,) in connection.execute(different).fetchall() for ask in asked(value))
    connection.execute("DELETE FROM temp.sought")
    connection.executemany("INSERT INTO temp.sought VALUES (?, ?)", answers)
    matched = "NULL" if column == "atc" else "value"
    connection.execute(
        f'INSERT INTO temp.met SELECT ask, ?, "{table}".rowid, {matched} FROM "{table}" '  # noqa: S608
        f'CROSS JOIN temp.sought ON value = "{column}" WHERE {_counts(table)}',
        (table,),
    )


def _met(connection: Connection, table: str, ask: int, needs: str, values: tuple[str, ...]) -> None:
    connection.execute(
        f'INSERT INTO temp.met SELECT ?, ?, rowid, NULL FROM "{table}" WHERE {needs} AND {_counts(table)}',  # noqa: S608
        (ask, table, *values),
    )


def _counts(table: str) -> str:
    """What a record must be to meet anything at all."""
    never = ", ".join(f"'{status}'" for status in NEVER.get(table, ()))
    alive = f"status NOT IN ({never})" if never else "1"
    return f"{alive} AND citizen NOT NULL" if table == "visit" else alive


def _filing(table: str) -> str:
    """The statement that files what meets a clause: a record once, and visits of one name together."""
    status = "status, status_source" if table in _STATUS else "NULL, NULL"
    start, until = ("start", '"end"') if table in _PERIOD else ("NULL", "NULL")
    paused = "paused_from, paused_to" if table == "medication" else "NULL, NULL"
    private = "private OR id IN (SELECT id FROM temp.kept)" if table == "medication" else "0"
    who = "id" if table == "citizen" else "citizen"
    matched, group = "min(matched)", "record"
    if table == "visit":  # all but what they are grouped by is of the last one, which the only max() picks
        until, matched, group = "max(start)", "matched", "citizen, title, status"
    return (
        f"INSERT INTO life_critical SELECT :rule, :clause, {who}, :table, id, {_TEXT[table]}, "  # noqa: S608
        f"{matched}, {status}, {start}, {until}, {paused}, {private} "
        f'FROM temp.met JOIN "{table}" ON "{table}".rowid = record '
        f'WHERE ask = :ask AND met."table" = :table GROUP BY {group} ORDER BY record'
    )


def _kept(connection: Connection) -> Iterator[str]:
    """The orders that are kept back with a private-marked one: surely the same drug, of the same person."""
    shelf = Shelf(connection)
    who = PERSON.format(column="medication.citizen")
    persons = connection.execute(f"SELECT DISTINCT {who} FROM medication WHERE private").fetchall()  # noqa: S608
    for (person,) in persons:
        ids = ids_of(shelf, person)
        yield from (
            order.id for order in kept_private(shelf.records(Medication, f"WHERE citizen IN {places(ids)}", ids))
        )
