from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from backupreader.domain.errors import FILE_TROUBLE, NO_SPACE, SELF_TEST, STORE_DAMAGED
from backupreader.domain.records import Citizen, Note, Origin
from backupreader.domain.trouble import ReaderError
from backupreader.store import database

KEY = bytes(range(32))
CANARY = "kanariefuglen"


@pytest.fixture
def sealed(built) -> Path:
    here = Origin("notes.csv", 1)
    person = Citizen(id="n:1", name="Kirsten Møller", origin=here)
    return built(
        [person, *(Note(id=f"n:{n}", citizen="n:1", text=f"{CANARY} {n} " * 300, origin=here) for n in range(40))]
    )


def refused(path: Path, key: bytes = KEY) -> ReaderError:
    with pytest.raises(ReaderError) as caught:
        database.open_reader(path, key)
    assert caught.value.kind is STORE_DAMAGED
    return caught.value


def test_what_is_written_is_not_plaintext(sealed):
    assert database.is_sealed(sealed)
    content = sealed.read_bytes()
    assert CANARY.encode() not in content
    assert KEY not in content
    assert KEY.hex().encode() not in content


def test_only_the_owner_may_read_the_file(sealed):
    assert os.name == "nt" or sealed.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33), b"a passphrase"])
def test_a_key_of_another_length_is_never_taken_as_a_passphrase(tmp_path, key):
    path = tmp_path / "new.db"
    path.touch()
    with pytest.raises(ValueError, match="32 bytes"):
        database.create(path, key)
    assert path.read_bytes() == b""


def test_a_wrong_key_opens_nothing_and_prints_nothing(sealed, capfd):
    refused(sealed, bytes(32))
    assert capfd.readouterr() == ("", "")


def test_a_plaintext_database_is_refused(tmp_path):
    path = tmp_path / "plain.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE note (text TEXT)")
    connection.close()
    assert not database.is_sealed(path)
    refused(path)


def test_a_missing_an_empty_and_a_short_file_are_refused(tmp_path):
    refused(tmp_path / "missing.db")
    (tmp_path / "empty.db").touch()
    refused(tmp_path / "empty.db")
    (tmp_path / "short.db").write_bytes(os.urandom(100))
    refused(tmp_path / "short.db")


def test_another_version_of_the_tables_is_refused(tmp_path):
    path = tmp_path / "other.db"
    path.touch()
    connection = database.create(path, KEY)
    connection.execute("PRAGMA user_version = 99")
    database.commit(connection)
    connection.close()
    refused(path)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM note",
        "UPDATE note SET text = ''",
        "INSERT INTO meta VALUES ('a', 'b')",
        "CREATE TABLE mine (a)",
        "CREATE TEMP TABLE mine (a)",
        "DROP TABLE note",
        "ATTACH ':memory:' AS other",
        "PRAGMA query_only = OFF",
        "PRAGMA rekey = 'x'",
        "PRAGMA key",
        "VACUUM",
        "BEGIN",
    ],
)
def test_a_reader_can_do_nothing_but_read(sealed, statement):
    before = sealed.read_bytes()
    connection = database.open_reader(sealed, KEY)
    with pytest.raises(sqlcipher.DatabaseError, match=r"not authorized|authorization denied"):
        connection.execute(statement)
    assert connection.execute("SELECT count(*) FROM note").fetchone() == (40,)
    connection.close()
    assert sealed.read_bytes() == before
    assert [file.name for file in sealed.parent.iterdir()] == [sealed.name]


def test_a_whole_file_is_found_whole(sealed):
    assert database.wrong_pages(sealed, KEY) == []
    assert database.wrong_tables(sealed, KEY) == []


def test_a_changed_page_is_found(sealed):
    content = bytearray(sealed.read_bytes())
    content[5 * database.PAGE + 1000] ^= 1
    sealed.write_bytes(content)
    assert database.wrong_pages(sealed, KEY) != []


def test_damage_while_reading_is_told_and_a_wrong_question_is_our_own_fault(sealed):
    content = bytearray(sealed.read_bytes())
    for page in range(1, len(content) // database.PAGE):
        content[page * database.PAGE + 1000] ^= 1
    sealed.write_bytes(content)
    with pytest.raises(ReaderError) as caught, database.guarded(sealed):
        database.open_reader(sealed, KEY).execute("SELECT sum(length(text)) FROM note").fetchone()
    assert caught.value.kind is STORE_DAMAGED
    closed = sqlcipher.connect(":memory:")
    closed.close()
    with pytest.raises(sqlcipher.ProgrammingError), database.guarded(sealed):
        closed.execute("SELECT 1")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("database or disk is full", NO_SPACE),
        ("disk I/O error", FILE_TROUBLE),
        ("unable to open database file", FILE_TROUBLE),
        ("attempt to write a readonly database", FILE_TROUBLE),
    ],
)
def test_what_the_disk_says_while_writing_is_told(tmp_path, said, kind):
    with pytest.raises(ReaderError) as caught, database.writing(tmp_path):
        raise sqlcipher.OperationalError(said)
    assert caught.value.kind is kind


def test_what_was_written_and_does_not_read_back_is_told(tmp_path):
    with pytest.raises(ReaderError) as caught, database.writing(tmp_path):
        raise sqlcipher.DatabaseError("file is not a database")
    assert caught.value.kind is FILE_TROUBLE
    with pytest.raises(sqlcipher.IntegrityError), database.writing(tmp_path):
        raise sqlcipher.IntegrityError("UNIQUE constraint failed: note.id")


def test_a_mistake_of_ours_while_writing_is_not_blamed_on_the_disk(tmp_path):
    with pytest.raises(sqlcipher.OperationalError), database.writing(tmp_path):
        raise sqlcipher.OperationalError("no such table: note")


def test_a_sqlcipher_older_than_we_trust_is_refused(sealed, monkeypatch):
    monkeypatch.setattr(database, "LEAST_CIPHER", (99, 0))
    with pytest.raises(ReaderError) as caught:
        database.open_reader(sealed, KEY)
    assert caught.value.kind is SELF_TEST


def test_a_folder_with_odd_letters_in_its_name_is_no_obstacle(sealed, tmp_path):
    odd = tmp_path / "år 50% #1?x=y &"
    odd.mkdir()
    moved = sealed.rename(odd / sealed.name)
    connection = database.open_reader(moved, KEY)
    assert connection.execute("SELECT count(*) FROM note").fetchone() == (40,)
    connection.close()
