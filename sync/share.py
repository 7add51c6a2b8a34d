"""One site's share of the whole: what of everything that was read goes into its generation.

The sources are read once, into a sealed work database under a key that is thrown away; each site's share is taken out
of it as a stream of items and built like any export.

A citizen belongs to a site where her unit is one of its units, or where one of its units visits her. Whoever belongs to
no unit that was delivered goes to every site, with an issue that says so: better twice than nowhere. Of one person whom
several sources know, all her ids go where any of them goes. With a citizen goes everything about her. A visit or a
document that is about no citizen goes where its unit is, a document by its route's visits; without a unit, everywhere.

What is told of the reading could betray other sites' citizens, so it goes by these rules:

* an issue of a row goes where a record of that row goes, without its value unless all of them go (two sources may call
  their files the same);
* an issue of a row that gave no record (it was refused, or it is the file itself) goes where any record of the file
  goes, or everywhere where the file gave none, and without its value unless all the file's records are here: nobody can
  say whose value it was;
* a receipt goes where any record of its file goes, or everywhere where the file gave none;
* a file that gave none and is called by a citizen's number counts as hers (see `named`); a print as what it shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from backupreader.domain.leaving import PRINTS
from backupreader.domain.records import TABLES, Citizen, Document, Issue, Receipt, Record, Unit
from backupreader.store import database
from backupreader.store.rows import Shelf, Table, table
from sync import named
from sync.adapter import Item
from sync.sites import Site, units_of, unknown

if TYPE_CHECKING:
    from sqlite3 import Connection

NO_UNIT: Final = "citizen-without-unit"
_ABOUT: Final = tuple(name for name, record in TABLES.items() if "citizen" in record.__dataclass_fields__)
_NAMED: Final = "SELECT path, 0, max({here}) FROM named GROUP BY path"
_DRIVEN_TO: Final = (
    "INSERT INTO driven SELECT DISTINCT visit.route, unit_word.unit FROM visit "
    "LEFT JOIN same_person AS mine ON mine.citizen = visit.citizen "
    "LEFT JOIN same_person AS other ON other.person = mine.person "
    "JOIN citizen ON citizen.id = coalesce(other.citizen, visit.citizen) JOIN unit_word ON word = citizen.unit "
    "WHERE visit.route IS NOT NULL AND (visit.unit IS NULL OR visit.unit NOT IN (SELECT word FROM unit_word))"
)
"""Where no unit of a visit is said, its route is driven by the unit of whom it is to."""
_WITHOUT_CITIZEN: Final = ("visit", "document")
"""Their rows may be about no citizen: such a row is known by its table and number."""


def mark(connection: Connection, issues: int) -> None:
    """Make what shares are taken by, in the work database, once it is indexed and known who is one person.

    Its first `issues` issues were told while reading. All that is the same for every site is found here, once.
    """
    _mark_citizens(connection)
    _mark_places(connection, issues)


def _mark_citizens(connection: Connection) -> None:
    """Which units visit whom and drive which route; whom a unit has; and those whom none has, delivered or not."""
    for statement in (
        "CREATE TABLE unit_word (word TEXT NOT NULL, unit TEXT NOT NULL) STRICT",
        "INSERT INTO unit_word SELECT name, id FROM unit UNION SELECT id, id FROM unit",
        "CREATE INDEX unit_word_word ON unit_word (word)",
        "CREATE TABLE visited (citizen TEXT NOT NULL, unit TEXT NOT NULL) STRICT",
        (
            "INSERT INTO visited SELECT DISTINCT visit.citizen, unit_word.unit FROM visit "
            "JOIN unit_word ON word = visit.unit WHERE visit.citizen IS NOT NULL"
        ),
        "CREATE TABLE driven (route TEXT NOT NULL, unit TEXT NOT NULL) STRICT",
        (
            "INSERT INTO driven SELECT DISTINCT visit.route, unit_word.unit FROM visit "
            "JOIN unit_word ON word = visit.unit WHERE visit.route IS NOT NULL"
        ),
        _DRIVEN_TO,
        "CREATE TABLE placed (citizen TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
        (
            "INSERT INTO placed SELECT id FROM citizen WHERE unit IN (SELECT word FROM unit_word) "
            "UNION SELECT citizen FROM visited"
        ),
        _together("placed", "citizen"),
        "CREATE TABLE unplaced (citizen TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
        "INSERT INTO unplaced SELECT id FROM citizen WHERE id NOT IN (SELECT citizen FROM placed)",
        *(
            f'INSERT OR IGNORE INTO unplaced SELECT DISTINCT citizen FROM "{name}" WHERE citizen IS NOT NULL '  # noqa: S608 (names of our own schema)
            "AND citizen NOT IN (SELECT id FROM citizen) AND citizen NOT IN (SELECT citizen FROM placed)"
            for name in _ABOUT
        ),
    ):
        connection.execute(statement)


def _together(name: str, column: str) -> str:
    """The statement by which all ids of one person come where any of them is."""
    return (
        f"INSERT OR IGNORE INTO {name} SELECT other.citizen FROM same_person AS mine "  # noqa: S608 (our own names)
        "JOIN same_person AS other ON other.person = mine.person "
        f"WHERE mine.citizen IN (SELECT {column} FROM {name})"
    )


def _mark_places(connection: Connection, issues: int) -> None:
    """Of each file and each issue, the citizens (or the rows without any) whose records lie there, by table."""
    connection.execute("CREATE TABLE read_issue (issue INTEGER PRIMARY KEY, file INTEGER) STRICT")
    connection.execute(
        "INSERT INTO read_issue SELECT issue.rowid, source_file.id FROM issue "
        "LEFT JOIN source_file ON source_file.path = issue.file WHERE issue.rowid <= ?",
        (issues,),
    )
    connection.execute('CREATE TABLE in_file (file INTEGER, "table" TEXT, who TEXT) STRICT')
    connection.execute('CREATE TABLE at_issue (issue INTEGER, "table" TEXT, who TEXT) STRICT')
    connection.execute(
        'CREATE TEMP TABLE place AS SELECT read_issue.issue AS issue, read_issue.file AS file, issue."row" AS "row" '
        "FROM read_issue JOIN issue ON issue.rowid = read_issue.issue WHERE read_issue.file IS NOT NULL"
    )
    connection.execute('CREATE INDEX temp.place_at ON place (file, "row")')
    for name in ("citizen", *_ABOUT):
        who = _who(name)
        connection.execute(
            f'INSERT INTO in_file SELECT DISTINCT source_file, {_told_of(name)}, {who} FROM "{name}"'  # noqa: S608 (names of our own schema)
        )
        connection.execute(
            f'INSERT INTO at_issue SELECT DISTINCT place.issue, {_told_of(name)}, {who} FROM "{name}" '  # noqa: S608
            'CROSS JOIN temp.place ON place.file = source_file AND place."row" = source_row'
        )
    connection.execute("DROP TABLE temp.place")
    connection.execute("CREATE INDEX in_file_file ON in_file (file)")
    connection.execute("CREATE INDEX at_issue_issue ON at_issue (issue)")
    named.mark(connection)


def _who(name: str) -> str:
    """Whom a row is about: her id, or the row itself."""
    if name == "citizen":
        return "id"
    return f"coalesce(citizen, '{name}#' || {name}.rowid)" if name in _WITHOUT_CITIZEN else "citizen"


def _told_of(name: str) -> str:
    """Of which table a row tells: its own, or that of which it is a print."""
    if name != "document":
        return f"'{name}'"
    kinds = " ".join(f"WHEN '{kind}' THEN '{shown}'" for kind, shown in PRINTS.items())
    return f"CASE kind {kinds} ELSE 'document' END"


def take(whole: Path, key: bytes, part: Path, site: Site) -> Iterator[Item]:
    """The share of `site`, out of the work database `whole`; `part` is an empty file that this may write to.

    Raises STORE_DAMAGED when `whole` does not give back what was written.
    """
    with database.guarded(whole):
        connection = database.create_part(part, key, whole)
        try:
            yield from _Share(connection, site).items()
        finally:
            connection.close()


class _Share:
    def __init__(self, connection: Connection, site: Site) -> None:
        self._connection = connection
        self._shelf = Shelf(connection)
        self._files: dict[int, str] = dict(connection.execute("SELECT id, path FROM source_file"))
        self._tables = tuple(name for name in TABLES if name not in site.left_out)
        self._everyone = site.named is None
        connection.execute("CREATE TEMP TABLE here (who TEXT PRIMARY KEY) WITHOUT ROWID")
        connection.execute("CREATE TEMP TABLE kept (name TEXT PRIMARY KEY) WITHOUT ROWID")
        connection.executemany("INSERT INTO kept VALUES (?)", [(name,) for name in self._tables])
        if site.named is not None:
            self._choose(site.named)

    def items(self) -> Iterator[Item]:
        """Records, then what was told of them, then what was delivered."""
        for name in self._tables:
            yield from self._records(name)
        yield from self._without_unit()
        yield from self._issues()
        yield from self._receipts()
        yield from (one for one in self._shelf.deliveries() if one.table in self._tables)

    # --- who is here ---

    def _choose(self, named: tuple[str, ...]) -> None:
        ask = self._connection.execute
        ask("CREATE TEMP TABLE ours (unit TEXT PRIMARY KEY) WITHOUT ROWID")
        ours = units_of(named, self._shelf.records(Unit))
        self._connection.executemany("INSERT INTO ours VALUES (?)", [(unit,) for unit in ours])
        ask(
            "INSERT INTO here SELECT id FROM citizen "
            "WHERE unit IN (SELECT word FROM unit_word WHERE unit IN (SELECT unit FROM ours))"
        )
        ask("INSERT OR IGNORE INTO here SELECT citizen FROM visited WHERE unit IN (SELECT unit FROM ours)")
        ask(_together("here", "who"))
        while self._spread_numbers():
            ask(_together("here", "who"))
        ask("INSERT OR IGNORE INTO here SELECT citizen FROM unplaced")
        self._choose_rows()

    def _spread_numbers(self) -> bool:
        """Whoever has the number of anybody here: who is linked here is linked as in the whole. Whether anybody came.

        A number that means nobody (wrong, or one character throughout) brings nobody.
        """
        plain = "upper(replace(replace(replace(replace(value, '-', ''), ' ', ''), '.', ''), '+', ''))"
        meant = f"kind != 'local' AND valid IS NOT 0 AND replace({plain}, substr({plain}, 1, 1), '') != ''"
        came = self._connection.execute(
            f"INSERT OR IGNORE INTO here SELECT citizen FROM identifier WHERE {meant} AND substr({plain}, -10) IN "  # noqa: S608 (our own names)
            f"(SELECT substr({plain}, -10) FROM identifier WHERE citizen IN (SELECT who FROM here) AND {meant})"
        )
        return came.rowcount > 0

    def _choose_rows(self) -> None:
        """The visits and documents about no citizen: theirs by unit, a document's by its route; else everybody's."""
        # a name that units of several sites share is each one's
        ask = self._connection.execute
        ask(
            "INSERT INTO here SELECT 'visit#' || rowid FROM visit WHERE citizen IS NULL AND ("
            "unit IS NULL OR unit NOT IN (SELECT word FROM unit_word) "
            "OR unit IN (SELECT word FROM unit_word WHERE unit IN (SELECT unit FROM ours)))"
        )
        ask(
            "INSERT INTO here SELECT 'document#' || rowid FROM document WHERE citizen IS NULL AND ("
            "route IS NULL OR route NOT IN (SELECT route FROM driven) "
            "OR route IN (SELECT route FROM driven WHERE unit IN (SELECT unit FROM ours)))"
        )

    # --- what goes with them ---

    def _records(self, name: str) -> Iterator[Record]:
        kind = TABLES[name]
        rest = "ORDER BY rowid"
        if not self._everyone and kind is not Unit:
            who = "id" if kind is Citizen else "citizen"
            whose = f"{who} IN (SELECT who FROM here)"  # noqa: S608 (names of our own schema)
            if name in _WITHOUT_CITIZEN:
                whose += f" OR (citizen IS NULL AND '{name}#' || rowid IN (SELECT who FROM here))"  # noqa: S608
            # by their numbers first, so that SQLite never sorts (and holds) the rows themselves
            rest = f'WHERE rowid IN (SELECT rowid FROM "{name}" WHERE {whose}) ORDER BY rowid'  # noqa: S608
        if kind is Citizen:
            yield from self._shelf.citizens(rest)
        else:
            kinds: Table[Any] = table(kind)
            found = kinds.records(self._connection.execute(kinds.select(rest)), self._files)
            yield from (one for one in found if not (isinstance(one, Document) and self._is_print(one)))

    def _is_print(self, document: Document) -> bool:
        """Whether it shows what is left out."""
        return PRINTS.get(document.kind or "", "document") not in self._tables

    def _without_unit(self) -> Iterator[Issue]:
        if self._everyone:
            return
        for file, row in self._connection.execute(
            "SELECT source_file, source_row FROM citizen WHERE id IN (SELECT citizen FROM unplaced) ORDER BY rowid"
        ):
            yield Issue(code=NO_UNIT, file=self._files[file], row=row, column="unit", table="citizen")

    def _issues(self) -> Iterator[Issue]:
        """What was told while reading; what the build finds, it finds again in what is here."""
        rows = self._standing("SELECT issue, min({here}), max({here}) FROM at_issue GROUP BY issue")
        files = self._standing("SELECT file, min({here}), max({here}) FROM in_file GROUP BY file")
        called = self._standing(_NAMED)
        numbered = self._connection.execute("SELECT issue, file FROM read_issue ORDER BY issue").fetchall()
        issues = self._shelf.issues("WHERE rowid IN (SELECT issue FROM read_issue) ORDER BY rowid")
        for (number, file), issue in zip(numbered, issues, strict=True):
            if issue.table is None or issue.table in self._tables:
                entirely, any_here = rows.get(number) or files.get(file) or called.get(issue.file, (False, True))
                if any_here:
                    yield issue if entirely else replace(issue, value=None)

    def _receipts(self) -> Iterator[Receipt]:
        files = self._standing("SELECT path, 0, max({here}) FROM in_file JOIN source_file ON id = file GROUP BY path")
        files = self._standing(_NAMED) | files
        return (one for one in self._shelf.receipts() if files.get(one.file, (False, True))[1])

    def _standing(self, question: str) -> dict[Any, tuple[bool, bool]]:
        """Of each issue or file that records stand beside: whether all of them are here, and whether any is."""
        who = "1" if self._everyone else "who IN (SELECT who FROM here)"
        here = f'("table" IN (SELECT name FROM kept) AND {who})'  # noqa: S608 (our own names)
        return {
            what: (bool(every), bool(some))
            for what, every, some in self._connection.execute(question.format(here=here))
        }


def not_meant(whole: Path, key: bytes, every: Sequence[Site]) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    """What the settings leave in the dark.

    Units with citizens who are at no site, with how many of these; and by site the names that mean no unit, because
    they are misspelt or the unit did not come.
    """
    connection = database.open_reader(whole, key)
    try:
        units = Shelf(connection).records(Unit)
        members = connection.execute(
            "SELECT citizen.id, unit_word.unit FROM citizen JOIN unit_word ON word = citizen.unit"
        ).fetchall()
        visited = connection.execute("SELECT citizen, unit FROM visited").fetchall()
        person = dict(connection.execute("SELECT citizen, person FROM same_person"))
    finally:
        connection.close()
    unknown_names = {site.name: unknown(site.named or (), units) for site in every}
    if any(site.named is None for site in every):
        return {}, unknown_names
    taken = {unit for site in every for unit in units_of(site.named or (), units)}
    somewhere = {person.get(one, one) for one, unit in (*members, *visited) if unit in taken}
    nowhere = Counter(unit for one, unit in members if person.get(one, one) not in somewhere)
    return {unit.name: nowhere[unit.id] for unit in units if unit.id in nowhere}, unknown_names
