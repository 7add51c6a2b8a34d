"""Where this PC's secret comes from."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backupreader.domain.errors import FILE_TROUBLE, VAULT_DAMAGED
from backupreader.domain.trouble import Kind, ReaderError
from backupreader.store import machine
from backupreader.store.dpapi import Dpapi, dpapi
from backupreader.store.files import Files


class Windows:
    """The boundary: closes by turning bytes around, and opens nothing else."""

    def protect(self, secret: bytes) -> bytes:
        return b"blob" + secret[::-1]

    def unprotect(self, blob: bytes) -> bytes:
        if not blob.startswith(b"blob"):
            raise OSError("not of this PC")
        return blob[4:][::-1]


def refusal(call: Callable[[], object]) -> Kind:
    with pytest.raises(ReaderError) as refused:
        call()
    return refused.value.kind


def test_a_file_is_made_once_for_its_owner_alone(tmp_path: Path):
    place = str(tmp_path / "secrets" / "machine")
    assert machine.read(place, Files()) is None
    secret = machine.make(place, Files())
    assert len(secret) == 32
    assert machine.make(place, Files()) == machine.read(place, Files()) == secret


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_refused(tmp_path: Path, mode: int):
    path = tmp_path / "machine"
    machine.make(str(path), Files())
    path.chmod(mode)
    with pytest.raises(ReaderError) as refused:
        machine.read(str(path), Files())
    assert refused.value.kind is FILE_TROUBLE
    assert "0600" in str(refused.value)


@pytest.mark.parametrize("length", [0, 31, 33, 5000])
def test_a_secret_of_another_length_is_told(tmp_path: Path, length: int):
    (tmp_path / "machine").write_bytes(bytes(length))
    (tmp_path / "machine").chmod(0o600)
    assert refusal(lambda: machine.read(str(tmp_path / "machine"), Files())) in {VAULT_DAMAGED, FILE_TROUBLE}


def test_systemd_hands_a_credential_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    assert machine.read("systemd:vault", Files()) is None
    assert refusal(lambda: machine.make("systemd:vault", Files())) is FILE_TROUBLE
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert machine.read("systemd:vault", Files()) is None
    (tmp_path / "vault").write_bytes(bytes(range(32)))
    assert machine.read("systemd:vault", Files()) == machine.make("systemd:vault", Files()) == bytes(range(32))
    for name in ("../vault", "a/b", "", ".x"):
        assert refusal(lambda name=name: machine.read(f"systemd:{name}", Files())) is FILE_TROUBLE


def test_windows_closes_the_file_and_opens_it_again(tmp_path: Path):
    place = f"dpapi:{tmp_path / 'secrets' / 'machine.blob'}"
    assert machine.read(place, Files(), Windows()) is None
    secret = machine.make(place, Files(), Windows())
    assert machine.make(place, Files(), Windows()) == machine.read(place, Files(), Windows()) == secret
    blob = tmp_path / "secrets" / "machine.blob"
    assert secret not in blob.read_bytes()
    blob.write_bytes(b"of another PC")
    assert refusal(lambda: machine.read(place, Files(), Windows())) is FILE_TROUBLE


@pytest.mark.skipif(os.name == "nt", reason="there it is one")
def test_elsewhere_that_form_is_refused(tmp_path: Path):
    assert dpapi() is None
    assert refusal(lambda: machine.make(f"dpapi:{tmp_path / 'blob'}", Files())) is FILE_TROUBLE
    (tmp_path / "blob").write_bytes(b"blob")
    assert refusal(lambda: machine.read(f"dpapi:{tmp_path / 'blob'}", Files())) is FILE_TROUBLE


def test_the_calls_of_windows_get_length_pointer_entropy_and_the_flags_of_the_whole_machine():
    kept: list[Any] = []
    freed: list[Any] = []

    def turned(  # noqa: PLR0917 (as Windows calls it)
        given: Any, description: Any, entropy: Any, _reserved: Any, prompt: Any, flags: int, found: Any
    ) -> int:
        blob = given._obj
        data = ctypes.string_at(blob.data, blob.length)
        assert ctypes.string_at(entropy._obj.data, entropy._obj.length).startswith(b"backupreader")
        assert (description, prompt, flags) == (None, None, 0x5)
        buffer = ctypes.create_string_buffer(data[::-1], len(data))
        kept.append(buffer)
        found._obj.length = len(data)
        found._obj.data = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char))
        return 1

    windows = Dpapi(turned, turned, freed.append, lambda: 0)
    secret = b"\0a\0bc"
    assert windows.protect(secret) == secret[::-1]
    assert windows.unprotect(windows.protect(secret)) == secret
    assert len(freed) == 3
    with pytest.raises(OSError, match="13"):
        Dpapi(lambda *_: 0, lambda *_: 0, freed.append, lambda: 13).unprotect(b"x")
