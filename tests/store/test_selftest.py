"""The self-test names what gives another answer here than elsewhere. The libraries are replaced, never our own code."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm

from backupreader.domain.errors import SELF_TEST
from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings
from backupreader.store import database, hardening, seal
from backupreader.store.selftest import self_test


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    """Each test is a process of its own, as far as the self-test knows."""
    self_test.cache_clear()
    yield
    self_test.cache_clear()


def refused() -> str:
    with pytest.raises(ReaderError) as trouble:
        self_test()
    assert trouble.value.kind is SELF_TEST
    return str(trouble.value.facts["what"])


def test_it_passes_here():
    self_test()
    self_test.cache_clear()
    self_test()


def test_it_is_done_once_a_process_but_a_failure_is_told_every_time(monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as broken:
        broken.setattr(hardening, "Argon2id", unsupported)
        assert refused() == refused() == "Argon2id"
    self_test()
    monkeypatch.setattr(hardening, "Argon2id", unsupported)
    self_test()


def unsupported(*_: object, **__: object) -> NoReturn:
    raise UnsupportedAlgorithm("not in this build of OpenSSL")


class Lying:
    """A library's class whose every answer is the same, and wrong."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def derive(self, _: bytes) -> bytes:
        return bytes(42)

    def decrypt(self, *_: object) -> bytes:
        return bytes(32)


class Lenient:
    """Signatures that always hold."""

    @classmethod
    def from_public_bytes(cls, _: bytes) -> Lenient:
        return cls()

    def verify(self, *_: bytes) -> None:
        pass


class Refusing:
    """A suite that opens nothing."""

    def decrypt(self, *_: object) -> bytes:
        raise InvalidTag


@pytest.mark.parametrize(
    ("module", "name", "replaced", "what"),
    [
        (seal, "MLKEM768PrivateKey", SimpleNamespace(from_seed_bytes=unsupported), "X-Wing (ML-KEM-768, X25519)"),
        (seal, "X25519PrivateKey", SimpleNamespace(from_private_bytes=unsupported), "X-Wing (ML-KEM-768, X25519)"),
        (seal, "_SUITE", Refusing(), "HPKE"),
        (seal, "_SUITE", Lying(), "HPKE"),
        (seal, "MLKEM768X25519PrivateKey", unsupported, "HPKE"),
        (seal, "Ed25519PrivateKey", SimpleNamespace(from_private_bytes=unsupported), "Ed25519"),
        (seal, "Ed25519PublicKey", Lenient, "Ed25519"),
        (hardening, "Argon2id", Lying, "Argon2id"),
        (hardening, "HKDF", Lying, "HKDF-SHA256"),
        (seal, "AESGCM", Lying, "AES-256-GCM"),
        (seal, "AESGCM", unsupported, "AES-256-GCM"),
    ],
)
def test_a_library_that_cannot_or_answers_wrongly_is_named(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, replaced: Any, what: str
):
    monkeypatch.setattr(module, name, replaced)
    assert refused() == what


@pytest.mark.parametrize(("name", "what"), [("sha256", "SHA-256"), ("shake_256", "SHAKE-256")])
def test_a_digest_that_is_another_is_named(monkeypatch: pytest.MonkeyPatch, name: str, what: str):
    monkeypatch.setattr(hashlib, name, lambda _: hashlib.md5())
    assert refused() == what


def test_a_plain_sqlite_in_place_of_sqlcipher_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database, "sqlcipher", sqlite3)
    assert refused() == "SQLCipher 0.0"


class OlderAnswers(sqlite3.Connection):
    """A SQLCipher as a distribution still has it."""

    def execute(self, sql: str, *more: Any) -> Any:
        return super().execute("SELECT '4.5.6 community'" if sql == "PRAGMA cipher_version" else sql, *more)


class IgnoresTheKey(sqlite3.Connection):
    """A build that says that it is SQLCipher and takes any key."""

    def execute(self, sql: str, *more: Any) -> Any:
        answers = {
            "PRAGMA cipher_version": "SELECT '4.17.0 community'",
            "SELECT answer FROM known": "SELECT 'blåbærgrød'",
        }
        return super().execute(answers.get(sql, sql), *more)


@pytest.mark.parametrize(
    ("connection", "what"), [(OlderAnswers, "SQLCipher 4.5.6"), (IgnoresTheKey, "SQLCipher (another key)")]
)
def test_a_sqlcipher_that_is_old_or_takes_any_key_is_refused(
    monkeypatch: pytest.MonkeyPatch, connection: type[sqlite3.Connection], what: str
):
    def connect(_: str, **words: Any) -> sqlite3.Connection:
        return sqlite3.connect(":memory:", isolation_level=None, factory=connection)

    library = SimpleNamespace(connect=connect, DatabaseError=sqlite3.DatabaseError)
    monkeypatch.setattr(database, "sqlcipher", library)
    assert refused() == what


def test_a_known_file_that_is_plain_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    plain = tmp_path / "database"
    plain.write_bytes(b"SQLite format 3\0" + bytes(8176))
    monkeypatch.setattr(database, "_KNOWN", plain)
    assert refused() == "SQLCipher"


def test_the_known_file_is_still_how_a_file_is_written_here(tmp_path: Path):
    path = tmp_path / "database"
    path.touch()
    connection = database.create(path, bytes(range(32)))
    connection.execute("COMMIT")
    connection.execute("CREATE TABLE known (answer TEXT) STRICT")
    connection.execute("INSERT INTO known VALUES ('blåbærgrød')")
    connection.close()
    with pytest.MonkeyPatch.context() as other:
        other.setattr(database, "_KNOWN", path)
        self_test()


def test_nothing_is_received_exported_or_unlocked_before_it_passes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    from datetime import UTC, datetime

    from backupreader import cli
    from backupreader.store.opening import open_newest
    from sync.export import export
    from sync.receive import receive
    from ui.opening import Asking, opening

    monkeypatch.setattr(hardening, "Argon2id", Lying)
    settings = Settings(data=tmp_path / "data")
    nobody: Any = None  # who it is does not come to matter
    for work in (
        lambda: receive(settings),
        lambda: export(settings, datetime.now(UTC)),
        lambda: open_newest(settings, nobody),
        opening(settings, Asking(name="Anna", words="regn lampe sti bro kaffe"), lambda: datetime.now(UTC)),
    ):
        with pytest.raises(ReaderError) as trouble:
            work()
        assert trouble.value.kind is SELF_TEST
    for words in (["search", "Kirsten"], ["vault", "init"], ["vault", "enrol", "room12.vault"]):
        assert cli.run([*words, "--data", str(tmp_path / "data")]) == SELF_TEST.status
    assert not (tmp_path / "data").exists()
