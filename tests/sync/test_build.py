from __future__ import annotations

import hashlib
import tracemalloc
from collections.abc import Iterator

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from backupreader.domain.errors import ALREADY_THERE, FILE_TROUBLE, NO_SPACE, SOURCE_DAMAGED
from backupreader.domain.records import (
    TABLES,
    Administration,
    Alert,
    Citizen,
    Delivery,
    Document,
    Dose,
    Identifier,
    Issue,
    Medication,
    Note,
    Origin,
    Unit,
    Visit,
)
from backupreader.domain.trouble import ReaderError
from backupreader.store import database, fulltext
from backupreader.store.files import Files
from sync import build as building
from sync.build import build
from sync.check import check

KEY = bytes(range(32))
FILE = "nexus/notes.csv"


def citizen(number: int, **facts: object) -> Citizen:
    return Citizen(id=f"n:{number}", name=f"Borger {number}", origin=Origin("citizens.csv", number), **facts)


def note(number: int, citizen: int = 1, text: str = "Sov godt") -> Note:
    return Note(id=f"n:{number}", citizen=f"n:{citizen}", text=text, origin=Origin(FILE, number))


def delivery(table: str, filed: int, source: str = "n") -> Delivery:
    return Delivery(
        source=source, table=table, taken_at="2026-11-22T05:30", complete=True, read=filed, filed=filed, refused=0
    )


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "data.db"

    def make(*items, ticks=None, files=None):
        def tick(done, total):
            if ticks is not None:
                ticks.append((done, total))

        return path, build(iter(items), path, KEY, files=files or Files(), tick=tick)

    return make


def asked(path, question):
    connection = database.open_reader(path, KEY)
    rows = connection.execute(question).fetchall()
    connection.close()
    return rows


def test_everything_is_filed_counted_and_digested(made):
    ticks = []
    path, built = made(
        Unit(id="n:u", name="Nord", origin=Origin("units.csv", 1)),
        citizen(1, unit="n:u"),
        note(1),
        note(2),
        Issue(code="date-invalid", file=FILE, severity="error"),
        delivery("note", 2),
        delivery("citizen", 1),
        ticks=ticks,
    )
    assert {table: rows for table, rows in built.counts.items() if rows} == {"unit": 1, "citizen": 1, "note": 2}
    assert set(built.counts) == set(TABLES)
    assert built.deliveries == (delivery("note", 2), delivery("citizen", 1))
    assert built.issues_by_severity == {"error": 1}
    content = path.read_bytes()
    assert (built.length, built.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert [done for done, _ in ticks] == sorted(done for done, _ in ticks)
    assert ticks[-1][0] == 4
    assert [file.name for file in path.parent.iterdir()] == ["data.db"]


def test_nothing_at_all_is_a_generation_too(made):
    path, built = made()
    assert sum(built.counts.values()) == 0
    assert built.deliveries == ()
    assert asked(path, "SELECT count(*) FROM note") == [(0,)]


def test_more_than_a_batch_of_every_kind_is_filed(made, monkeypatch):
    monkeypatch.setattr(building, "BATCH", 7)
    _, built = made(*(citizen(n) for n in range(50)), *(note(n, n % 50) for n in range(100)), delivery("note", 100))
    assert (built.counts["citizen"], built.counts["note"]) == (50, 100)


def test_large_documents_do_not_wait_for_each_other(made, monkeypatch):
    monkeypatch.setattr(building, "DOCUMENT_BYTES", 100)
    origin = Origin("plan.pdf", 0)
    documents = [
        Document(id=f"n:{n}", title="Plan", media_type="application/pdf", content=bytes(60), origin=origin)
        for n in range(5)
    ]
    ticks = []
    _, built = made(*documents, ticks=ticks)
    assert built.counts["document"] == 5
    assert [done for done, _ in ticks][:3] == [2, 4, 5]


def test_of_two_rows_with_one_id_the_first_stays_and_the_second_is_told(made):
    first = citizen(1, identifiers=(Identifier("cpr", "140338-1234"),))
    second = Citizen(
        id="n:1", name="Another", origin=Origin("more.csv", 9), identifiers=(Identifier("cpr", "010101-1111"),)
    )
    path, built = made(
        first, second, note(1), note(2), note(1, text="Another"), note(3), delivery("citizen", 2), delivery("note", 4)
    )
    assert (built.counts["citizen"], built.counts["note"]) == (1, 3)
    assert asked(path, "SELECT name FROM citizen") == [("Borger 1",)]
    assert asked(path, "SELECT value FROM identifier") == [("140338-1234",)]
    assert asked(path, "SELECT text FROM note ORDER BY id") == [("Sov godt",)] * 3
    told = asked(path, 'SELECT code, file, "row", value, severity, "table" FROM issue ORDER BY "table"')
    assert told == [
        ("duplicate-id", "more.csv", 9, "n:1", "error", "citizen"),
        ("duplicate-id", FILE, 1, "n:1", "error", "note"),
    ]
    by_table = {one.table: (one.read, one.filed, one.refused, one.complete) for one in built.deliveries}
    assert by_table == {"citizen": (2, 1, 1, False), "note": (4, 3, 1, False)}


def test_one_id_in_two_tables_is_no_duplicate(made):
    _, built = made(citizen(1), note(1))
    assert built.issues_by_severity == {}


def test_equal_hashes_of_different_ids_take_nothing_away(made, monkeypatch):
    class Same(str):
        __slots__ = ()

        def __hash__(self) -> int:
            return 7

    _, built = made(
        citizen(1), *(Note(id=Same(f"n:{n}"), citizen="n:1", text="x", origin=Origin(FILE, n)) for n in range(3))
    )
    assert built.counts["note"] == 3
    assert built.issues_by_severity == {}


def test_what_refers_to_what_never_came_stays_and_is_told_once(made):
    here = Origin("doses.csv", 4)
    path, built = made(
        citizen(1, unit="n:gone"),
        note(1, 7),
        note(2, 7),
        note(3, 1),
        Medication(id="n:m", citizen="n:1", drug="Pinex", origin=here),
        Dose(id="n:1", medication="n:m", citizen="n:1", origin=here),
        Dose(id="n:2", medication="n:missing", citizen="n:1", origin=here),
        Administration(id="n:1", citizen="n:1", medication=None, origin=here),
        Administration(id="n:2", citizen="n:1", medication="n:missing", origin=here),
        Visit(id="n:1", start="2026-11-22T07:30", zone="Europe/Copenhagen", origin=here),
        Alert(id="n:1", citizen="n:8", kind="fall", text="", origin=here),
    )
    assert built.counts["note"] == 3
    told = asked(path, 'SELECT "table", "column", value, file, "row", severity FROM issue')
    assert sorted(told) == [
        ("administration", "medication", "n:missing", "doses.csv", 4, "warning"),
        ("alert", "citizen", "n:8", "doses.csv", 4, "error"),
        ("citizen", "unit", "n:gone", "citizens.csv", 1, "warning"),
        ("dose", "medication", "n:missing", "doses.csv", 4, "error"),
        ("note", "citizen", "n:7", FILE, 1, "error"),
    ]


def test_a_name_that_is_taken_is_not_written_over(made, tmp_path):
    (tmp_path / "data.db").write_text("mine")
    with pytest.raises(ReaderError) as caught:
        made(citizen(1))
    assert caught.value.kind is ALREADY_THERE
    assert (tmp_path / "data.db").read_text() == "mine"


def test_an_export_that_breaks_off_leaves_nothing_behind(tmp_path):
    def broken() -> Iterator[Citizen]:
        yield citizen(1)
        raise ReaderError(SOURCE_DAMAGED, path="x", reason="cut", row=2)

    with pytest.raises(ReaderError) as caught:
        build(broken(), tmp_path / "data.db", KEY, files=Files(), tick=lambda done, total: None)
    assert caught.value.kind is SOURCE_DAMAGED
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_while_the_full_text_is_made_is_told_and_leaves_nothing_behind(made, tmp_path, monkeypatch):
    def full(*_):
        raise sqlcipher.OperationalError("database or disk is full")

    monkeypatch.setattr(fulltext, "_make", full)
    with pytest.raises(ReaderError) as caught:
        made(citizen(1), note(1))
    assert caught.value.kind is NO_SPACE
    assert list(tmp_path.iterdir()) == []


def test_one_thread_that_fails_stops_the_other(made, tmp_path, monkeypatch):
    monkeypatch.setattr(fulltext, "_FIRST", (3, 3, 3))
    monkeypatch.setattr(fulltext, "SLICE", 1)
    make = fulltext._make

    def fails_in_the_second(connection, shard):
        if shard.number == 2:
            raise MemoryError
        make(connection, shard)

    monkeypatch.setattr(fulltext, "_make", fails_in_the_second)
    with pytest.raises(MemoryError):
        made(citizen(1), *(note(n) for n in range(9)))
    assert list(tmp_path.iterdir()) == []


def test_a_part_that_is_left_is_not_committed(made, tmp_path):
    path, _ = made(citizen(1), *(note(n) for n in range(9)))
    part = tmp_path / "part"
    part.touch()
    steps = fulltext._write_part(path, KEY, part, list(fulltext.shards(9)))
    next(steps)
    steps.close()
    assert part.stat().st_size == 0


class BadDisk(Files):
    """A disk that changes one bit of what was written, once it has been synced."""

    def fsync_file(self, path):
        super().fsync_file(path)
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)


def test_a_disk_that_does_not_give_back_what_was_written_is_found_before_anybody_is_told(made, tmp_path):
    with pytest.raises(ReaderError) as caught:
        made(citizen(1), *(note(n, text="x" * 5000) for n in range(50)), files=BadDisk())
    assert caught.value.kind is FILE_TROUBLE
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def changed(made):
    """A built file that somebody changed under its own key."""

    def change(*statements):
        path, built = made(citizen(1), citizen(2), note(1, text="Sov godt"), note(2, text="Spiste morgenmad"))
        connection = database.reopen(path, KEY)
        for statement in statements:
            connection.execute(statement)
        database.commit(connection)
        connection.close()
        return path, built.counts

    return change


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DELETE FROM citizen WHERE id = 'n:2'", "citizen: 1 / 2"),
        ("UPDATE finder SET line = 'x'", "citizen, row"),
        ("UPDATE note SET text = 'Gik en tur'", "note, row"),
        ("DROP TABLE finder", "SQLCipher"),
    ],
)
def test_what_does_not_answer_as_it_must_is_found(changed, statement, what):
    path, counts = changed(statement)
    with pytest.raises(ReaderError) as caught:
        check(path, KEY, counts)
    assert caught.value.kind is FILE_TROUBLE
    assert what in str(caught.value)


def test_a_broken_index_is_found(changed):
    path, counts = changed("PRAGMA writable_schema = ON", "DELETE FROM note_text_1_data WHERE id > 10")
    with pytest.raises(ReaderError) as caught:
        check(path, KEY, counts)
    assert caught.value.kind is FILE_TROUBLE


def test_plaintext_is_never_called_a_generation(tmp_path):
    import sqlite3

    path = tmp_path / "plain.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE note (a)")
    connection.close()
    with pytest.raises(ReaderError, match="plaintext"):
        check(path, KEY, {})


def test_memory_does_not_grow_with_the_number_of_rows(tmp_path):
    def peak(rows: int) -> int:
        tracemalloc.start()
        items = (note(n, n % 10, text=f"{n} " * 100) for n in range(rows))
        build(items, tmp_path / f"{rows}.db", KEY, files=Files(), tick=lambda done, total: None)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    small, large = peak(10_000), peak(30_000)
    assert large < small * 1.5 + 1_000_000


def test_the_wall_clock_of_the_site_orders_notes(tmp_path):
    path = tmp_path / "data.db"
    texts = {"2026-11-22T07:30": "a", "2026-11-22T06:15:00Z": "b"}
    notes = [
        Note(id=f"n:{text}", citizen="n:1", text=text, written_at=moment, origin=Origin(FILE, 1))
        for moment, text in texts.items()
    ]
    build(notes, path, KEY, files=Files(), tick=lambda done, total: None, zone="Europe/Helsinki")
    assert asked(path, "SELECT text FROM note ORDER BY moment") == [("a",), ("b",)]
    assert asked(path, "SELECT value FROM meta WHERE key = 'zone'") == [("Europe/Helsinki",)]
