from __future__ import annotations

from pathlib import Path

import pytest

from backupreader.cli import run
from backupreader.store.carried import VaultIdentity
from backupreader.store.files import Files
from backupreader.store.seal import public_of
from sync.origin import Origin


def test_dismissing_a_name_that_two_sites_have_asks_which_and_says_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    origin = Origin(tmp_path, Files())
    for number, site in enumerate(("nord", "syd")):
        origin.enrol(VaultIdentity("room12", site, public_of(bytes([number]) * 32)))
    words = ["vault", "dismiss", "room12", "--data", str(tmp_path), "--language", "en"]
    assert run(words) == 2
    assert "--site: nord, syd" in capsys.readouterr().err
    assert run([*words, "--site", "syd"]) == 0
    assert "no longer open on room12 (syd, " in capsys.readouterr().out
    assert [identity.site for identity in origin.enrolled()] == ["nord"]
    assert run(words) == 0
