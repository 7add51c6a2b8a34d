"""A machine without memory is told so in a sentence; what else goes wrong is still our own fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from backupreader import cli
from backupreader.domain.errors import NO_MEMORY, OUR_FAULT


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        (MemoryError(), NO_MEMORY.status),
        (RuntimeError("can't start new thread"), NO_MEMORY.status),
        (ImportError("pyexpat.so: failed to map segment from shared object"), NO_MEMORY.status),
        (RuntimeError("dictionary changed size during iteration"), OUR_FAULT),
    ],
)
def test_the_ways_in_which_python_lacks_memory(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    trouble: Exception,
    status: int,
):
    def refuse(self: Path, encoding: str) -> str:
        raise trouble

    (tmp_path / "settings.toml").touch()
    monkeypatch.setattr(Path, "read_text", refuse)
    assert cli.run(["status", "--settings", str(tmp_path / "settings.toml")]) == status
    said = capsys.readouterr().err
    assert ("[BR41]" in said) == (status == NO_MEMORY.status)
    assert "Traceback" not in said
