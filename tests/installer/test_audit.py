"""Known flaws of the locked libraries: how the answer is told, and, in the long run, the answer itself."""

from __future__ import annotations

import json

import pytest


def answer(*libraries: dict[str, object]) -> str:
    return json.dumps({"dependencies": list(libraries), "fixes": []})


GOOD = {"name": "segno", "version": "1.6.6", "vulns": []}
FLAWED = {"name": "pillow", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1", "2.0"]}]}
UNMENDED = {"name": "rich", "version": "1.0", "vulns": [{"id": "GHSA-2", "fix_versions": []}]}
SKIPPED = {"name": "made-up", "skip_reason": "not on PyPI"}


def test_no_flaw_is_said(audit, capsys) -> None:
    assert audit.told(answer(GOOD), "") == 0
    assert capsys.readouterr().out == "No known flaw in 1 libraries.\n"


def test_each_flaw_is_named_with_the_version_that_mends_it(audit, capsys) -> None:
    assert audit.told(answer(GOOD, FLAWED, UNMENDED), "") == audit.FOUND
    said = capsys.readouterr().out.splitlines()
    assert said == ["pillow 1.0: PYSEC-1 (mended in: 1.1, 2.0)", "rich 1.0: GHSA-2 (mended in: –)"]


@pytest.mark.parametrize("said", ["", "not JSON", "[]", "{}", answer(), answer(SKIPPED)])
def test_no_answer_is_never_taken_for_a_good_one(audit, said: str) -> None:
    assert audit.told(said, "ConnectionError: no route") == audit.NOT_ASKED


def test_a_library_that_was_not_looked_up_is_not_called_good(audit, capsys) -> None:
    assert audit.told(answer(GOOD, SKIPPED), "") == audit.NOT_ASKED
    assert "made-up: not on PyPI" in capsys.readouterr().out


@pytest.mark.long
def test_no_locked_library_has_a_known_flaw(audit, capfd) -> None:
    status = audit.audit()
    said = capfd.readouterr()
    if status == audit.NOT_ASKED:
        pytest.skip(f"no service of known flaws can be reached from here: {said.err.strip().splitlines()[-1]}")
    assert status == 0, said.out
