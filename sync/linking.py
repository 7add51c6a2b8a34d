"""At the build: who of the citizens of all sources is one person, told in ``same_person`` and in issues.

Each source's row stays as it is. Ids that only refer to a citizen by her number (a medicine card, a document, a list of
locks) are told there too. `backupreader.domain.linking` has the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from backupreader.domain.linking import Linked, link
from backupreader.domain.records import TABLES, Citizen, Identifier
from backupreader.store.rows import Shelf, file_plain

if TYPE_CHECKING:
    from sqlite3 import Connection

_ABOUT_CITIZENS: Final = tuple(name for name, record in TABLES.items() if "citizen" in record.__dataclass_fields__)


def tell(connection: Connection) -> list[tuple[Citizen, ...]]:
    """File who is one person, and what speaks against it; everyone, with the statements of each, in the order read."""
    citizens = _citizens(connection)
    linked = link(citizens)
    if linked.issues:
        file_plain(connection, linked.issues)
    same = {member.id: group[0].id for group in linked.groups for member in group}
    meant = dict(_meant(connection, linked))
    same |= meant | {person: person for person in meant.values()}
    connection.executemany("INSERT INTO same_person (citizen, person) VALUES (?, ?)", same.items())
    return _everyone(citizens, linked)


def _citizens(connection: Connection) -> list[Citizen]:
    """Every citizen with her numbers, in the order read: one question for all numbers, for the speed of it."""
    numbers: defaultdict[str, list[Identifier]] = defaultdict(list)
    for citizen, kind, value, system, valid in connection.execute(
        "SELECT citizen, kind, value, system, valid FROM identifier ORDER BY rowid"
    ):
        numbers[citizen].append(Identifier(kind, value, system, None if valid is None else bool(valid)))
    found = Shelf(connection).records(Citizen, "ORDER BY rowid")
    return [replace(one, identifiers=tuple(numbers[one.id])) if one.id in numbers else one for one in found]


def _meant(connection: Connection, linked: Linked) -> Iterator[tuple[str, str]]:
    """Ids without a citizen of their own that are, after the source's name, the number of exactly one person."""
    for table in _ABOUT_CITIZENS:
        strangers = connection.execute(
            f'SELECT DISTINCT citizen FROM "{table}" '  # noqa: S608 (names of our own schema)
            "WHERE citizen IS NOT NULL AND citizen NOT IN (SELECT id FROM citizen)"
        )
        for (citizen_id,) in strangers:
            if (owner := linked.owner(citizen_id.partition(":")[2])) is not None:
                yield citizen_id, owner


def _everyone(citizens: Sequence[Citizen], linked: Linked) -> list[tuple[Citizen, ...]]:
    groups = {group[0].id: group for group in linked.groups}
    others = {member.id for group in linked.groups for member in group[1:]}
    return [groups.get(one.id, (one,)) for one in citizens if one.id not in others]
