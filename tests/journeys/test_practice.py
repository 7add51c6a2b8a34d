"""Practice, as the window begins it: this program again, on a leash, and nothing of it left afterwards."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from backupreader import planfile
from backupreader.command import Context
from backupreader.commands._practice import beginning
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language
from backupreader.settings import Settings
from backupreader.store.files import Files
from backupreader.store.plans import carried
from tests.ui import town


@pytest.fixture
def begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Begins practices whose made-up municipality lies in `tmp_path`, where the test can look for it."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return beginning(Context(Settings(), Language("sv")))


def ended(one) -> None:
    """Ends within the patience of a person, or the test does not."""
    waiter = threading.Thread(target=one.ended, daemon=True)
    waiter.start()
    waiter.join(60)
    assert not waiter.is_alive()


def test_it_is_made_opens_and_is_gone_when_it_is_let_go(begin, tmp_path: Path) -> None:
    one = begin(Language("sv"))
    one.opened()
    assert list(tmp_path.glob("backupreader-demo-*"))
    one.end()
    ended(one)
    assert not list(tmp_path.iterdir())


def test_one_that_is_ended_while_it_is_made_leaves_nothing_and_is_no_trouble(begin, tmp_path: Path) -> None:
    one = begin(Language("sv"))
    one.end()
    one.opened()
    ended(one)
    one.end()
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="ulimit is a word of this system's shell")
def test_where_there_is_no_memory_for_it_the_reason_is_told(begin, tmp_path: Path, monkeypatch) -> None:
    narrow = tmp_path / "narrow"
    narrow.write_text(f'#!/bin/sh\nulimit -v 300000\nexec {sys.executable} "$@"\n', encoding="utf-8")
    narrow.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(narrow))
    one = begin(Language("en"))
    with pytest.raises(ReaderError) as told:
        one.opened()
    assert told.value.kind.code == "BR47"
    assert "[BR41]" in told.value.sentence(Language("en"))
    narrow.unlink()
    assert not list(tmp_path.iterdir())


def test_a_program_that_cannot_be_started_is_told(begin, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    with pytest.raises(ReaderError) as told:
        begin(Language("en"))
    assert told.value.kind.code == "BR47"


def test_a_pc_that_has_a_plan_practises_its_own(begin, tmp_path: Path, tmp_path_factory) -> None:
    files = planfile.gather(planfile.EXAMPLES / "phoniro")
    files["plan.toml"] = files["plan.toml"].replace('number = "00 00 00 31"', 'number = "11 22 33 44"')
    pc = town.found(tmp_path_factory.mktemp("real"), plan=files)
    before = sorted(path for path in pc.settings.data.rglob("*") if path.is_file())
    one = beginning(Context(pc.settings, Language("da")))(Language("da"))
    one.opened()
    (made,) = tmp_path.glob("backupreader-demo-*")
    practised = carried(made / "backup-pc", Files())
    one.end()
    ended(one)
    assert practised.plan is not None
    assert "11 22 33 44" in {contact.number for contact in practised.plan.contacts}
    assert practised.digest == carried(pc.settings.data, Files()).digest, "the evidence names the plan of the real PC"
    assert sorted(path for path in pc.settings.data.rglob("*") if path.is_file()) == before
    assert not list(tmp_path.iterdir())
