"""A library that lacks a part: told as what it is, wherever it is first missed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCKED = "import sys; sys.modules[{part!r}] = None; from backupreader.cli import main; main(sys.argv[1:])"


@pytest.mark.parametrize(
    ("verb", "part"),
    [
        *((verb, "cryptography.hazmat.primitives.hpke") for verb in ("receive", "vault init", "export", "verify")),
        *((verb, "sqlcipher3") for verb in ("receive", "vault init", "export")),
    ],
)
def test_a_part_that_is_missing_is_a_failed_self_test(tmp_path: Path, verb: str, part: str):
    said = subprocess.run(
        [
            sys.executable,
            "-P",
            "-c",
            BLOCKED.format(part=part),
            *verb.split(),
            "--data",
            str(tmp_path),
            "--language",
            "en",
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 26, said.stderr
    assert f"{part}" in said.stderr
    assert "[BR26]" in said.stderr
