"""The verbs of ``vault`` on the PC: what they say, to whom, and where the secrets go."""

from __future__ import annotations

import io
import json
import os
import stat
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from backupreader.cli import run
from backupreader.store import codesheets, vault
from backupreader.store.carried import VaultIdentity
from backupreader.store.files import Files
from backupreader.store.slots import Cost

CHEAP = Cost(8 * 1024, 1, 1)
ANNA, BO = "regn lampe sti bro kaffe", "sol vind hav skog is"
drawn = pytest.mark.skipif(
    find_spec("printing.papers") is None, reason="the papers of the PC itself are drawn elsewhere"
)


class Pc:
    """A PC with one person, and one sheet of codes that Bo Ek holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.vault_folder = folder / "data" / "vault"
        self.settings("")
        secret = vault.make_machine_secret(self.vault_folder / "machine-secret", Files())
        made, opened = vault.init(
            self.vault_folder, "room12", "nordby", ANNA, Files(), CHEAP, account="Anna Holm", machine_secret=secret
        )
        made, (self.recovery,) = made.with_recovery(opened, CHEAP)
        _, sheet = codesheets.issue(
            made,
            opened,
            3,
            secret,
            language="da",
            holder="Bo Ek",
            issued_by="Anna Holm",
            now=datetime(2026, 11, 30, 8, tzinfo=UTC),
            tick=lambda _done, _total: None,
        )
        self.codes = dict(sheet.codes)

    def settings(self, more: str) -> None:
        text = f'site = "nordby"\ndata = "data"\nlanguage = "en"\n{more}'
        (self.folder / "settings.toml").write_text(text, encoding="utf-8")

    def run(self, *words: str, typed: str | None = None) -> int:
        more = [] if typed is None else ["--passphrase-file", self.written("typed", typed)]
        return run([*words, *more, "--settings", str(self.folder / "settings.toml")])

    def written(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text + "\n", encoding="utf-8")
        return str(self.folder / name)

    @property
    def vault(self) -> vault.Vault:
        return vault.load(self.vault_folder, Files())

    def unlock(self, words: str) -> vault.Unlocked:
        secret = vault.read_machine_secret(self.vault_folder / "machine-secret", Files())
        opened = self.vault.unlock(words, secret)
        assert opened.spend() is None
        return opened


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    return Pc(tmp_path)


def test_a_person_gets_her_role_and_units_and_sees_her_words_once(pc: Pc, capsys: pytest.CaptureFixture[str]):
    person = ("vault", "add-account", "Bo Ek", "--role", "nurse", "--unit", "Nord", "--unit", "Syd")
    assert pc.run(*person, typed=ANNA) == 0
    said = capsys.readouterr().out
    assert "Bo Ek can now open the vault. Done by Anna Holm." in said
    opened = pc.unlock(said.split("Words: ")[1])
    assert (opened.account, opened.role, opened.units) == ("Bo Ek", "nurse", ("Nord", "Syd"))


def test_an_event_code_is_refused_for_changes_and_stays_unspent(pc: Pc, tmp_path: Path, capsys):
    out = ("--out", str(tmp_path / "sheet.pdf"))
    for words in (
        ("add-account", "Bo Ek"),
        ("new-words", "Anna Holm"),
        ("remove-account", "Anna Holm"),
        ("recovery",),
        ("codes", *out),
        ("codes", "--cancel", "1"),
    ):
        assert pc.run("vault", *words, typed=f"1-01 {pc.codes[1]}") == 36
        assert "An event code opens only the data; it changes nothing." in capsys.readouterr().err
    assert [sheet.left for sheet in pc.vault.sheets] == [3]


def test_the_list_of_sheets_needs_no_words_and_holds_no_secret(pc: Pc, capsys):
    pc.unlock(pc.codes[2])
    assert pc.run("vault", "codes", "--list") == 0
    said = capsys.readouterr().out
    assert "Sheet 1: 2 of 3 left. Held by Bo Ek, issued 30 Nov 2026 09:00 by Anna Holm." in said
    assert "1-02 used" in said
    assert not [code for code in pc.codes.values() if code in said]
    assert pc.run("vault", "codes", "--cancel", "1", typed=pc.recovery) == 0
    assert "No code of sheet 1 opens anything. Done by the recovery code." in capsys.readouterr().out
    pc.run("vault", "codes", "--list")
    said = capsys.readouterr().out
    assert "Sheet 1: 0 of 3 left." in said
    assert "cancelled" in said
    assert pc.run("vault", "codes", "--cancel", "7", typed=ANNA) == 22


def test_a_pc_without_sheets_says_so(tmp_path: Path, capsys):
    (tmp_path / "settings.toml").write_text('data = "data"\nlanguage = "en"\n', encoding="utf-8")
    secret = bytes(32)
    vault.init(tmp_path / "data" / "vault", "pc", "x", ANNA, Files(), CHEAP, account="A", machine_secret=secret)
    assert run(["vault", "codes", "--list", "--settings", str(tmp_path / "settings.toml")]) == 0
    assert "There is no sheet of event codes." in capsys.readouterr().out


def test_a_sheet_goes_to_one_place(pc: Pc, capsys):
    assert pc.run("vault", "codes", typed=ANNA) == 2
    assert pc.run("vault", "codes", "--out", "a.pdf", "--printer", "p", typed=ANNA) == 2
    assert "--out FILE.pdf or --printer NAME" in capsys.readouterr().err


def test_a_spent_code_is_told_to_one_who_types_its_number(pc: Pc, capsys):
    pc.unlock(pc.codes[3])
    assert pc.run("search", "x", "--as", "Eva", typed=pc.codes[3]) == 15
    assert pc.run("search", "x", typed=f"1-03 {pc.codes[3]}") == 37
    assert "The code 1-03 has been used (or cancelled)." in capsys.readouterr().err


def test_a_code_that_opens_no_data_stays(pc: Pc, capsys):
    assert pc.run("search", "x", typed=pc.codes[1]) == 44
    assert pc.run("search", "x", "--as", "Eva", typed=pc.codes[1]) == 17  # nothing was received yet
    assert [sheet.left for sheet in pc.vault.sheets] == [3]


def test_a_code_that_cannot_be_crossed_out_opens_the_data_and_that_is_said(pc: Pc, capsys):
    for name in "ab":
        (pc.vault_folder / f"slots-{name}.json.part" / "in the way").mkdir(parents=True)
    assert pc.run("audit", "report", "--as", "Eva", typed=pc.codes[1]) == 0
    said = capsys.readouterr().err
    assert "cross it out on the sheet, and tell IT" in said
    assert "[BR25]" in said


def test_who_leaves_takes_her_sheets_along_and_the_new_key_lies_where_it_was_wanted(pc: Pc, tmp_path: Path, capsys):
    pc.run("vault", "add-account", "Bo Ek", "--new-passphrase-file", pc.written("bo", BO), typed=ANNA)
    assert "Words: " not in capsys.readouterr().out  # he brought them
    before = pc.vault.identity
    assert pc.run("vault", "remove-account", "BO EK", "--out", str(tmp_path / "stick"), typed=ANNA) == 0
    said = capsys.readouterr().out
    assert "Sheet 1 of event codes, held by Bo Ek, is cancelled." in said
    assert "Until then packages are still sealed to the former key: Bo Ek could open them" in said
    carried = VaultIdentity.read(tmp_path / "stick" / "room12.vault", Files())
    assert carried == pc.vault.identity != before
    assert carried.fingerprint in said


def test_a_recovery_code_for_two_is_typed_in_two_lines_or_asked_for(pc: Pc, capsys, monkeypatch: pytest.MonkeyPatch):
    pc.settings("two_for_recovery = true\n")
    assert pc.run("vault", "recovery", typed=ANNA) == 0
    said = capsys.readouterr().out
    first, second = (line.split(": ")[1] for line in said.splitlines() if "of 2, for a safe of its own: " in line)
    assert pc.run("vault", "codes", "--cancel", "1", typed=f"{second}\n{first}") == 0
    assert pc.run("vault", "codes", "--cancel", "1", typed=first) == 38
    assert "one of two parts" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{first}\n{second}\n"))
    assert pc.run("vault", "codes", "--cancel", "1") == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{second}\n"))
    assert pc.run("vault", "codes", "--cancel", "1") == 38


@pytest.mark.parametrize("place", ["folder", "nowhere/slip.pdf"])
def test_where_no_paper_can_be_written_nothing_is_changed(pc: Pc, tmp_path: Path, capsys, place: str):
    (tmp_path / "folder").mkdir()
    before, path = pc.vault.held, str(tmp_path / place)
    for words in (
        ("add-account", "Bo Ek", "--slip", path),
        ("new-words", "Anna Holm", "--slip", path),
        ("recovery", "--slip", path),
        ("codes", "--out", path),
    ):
        assert pc.run("vault", *words, typed=ANNA) == 25
        assert "[BR25]" in capsys.readouterr().err
    assert pc.vault.held == before


def test_status_tells_machines_whether_the_key_is_current(pc: Pc, capsys):
    assert pc.run("status", "--json") == 17
    assert json.loads(capsys.readouterr().out)["vault_key_current"] is None


@drawn
def test_papers_are_for_their_owner_alone_and_keep_secrets_off_the_terminal(pc: Pc, tmp_path: Path, capsys):
    pc.settings("two_for_recovery = true\n")
    names = [str(tmp_path / name) for name in ("words.pdf", "again.pdf", "safe.pdf", "sheet.pdf")]
    assert pc.run("vault", "add-account", "Bo Ek", "--slip", names[0], typed=ANNA) == 0
    assert pc.run("vault", "new-words", "Bo Ek", "--slip", names[1], typed=ANNA) == 0
    assert pc.run("vault", "recovery", "--slip", names[2], typed=ANNA) == 0
    assert pc.run("vault", "codes", "--count", "2", "--out", names[3], typed=ANNA) == 0
    said = capsys.readouterr().out
    assert "Words: " not in said
    assert "for a safe of its own: " not in said
    for name in ("words.pdf", "again.pdf", "safe-1.pdf", "safe-2.pdf", "sheet.pdf"):
        path = tmp_path / name
        assert path.stat().st_size > 0
        if os.name == "posix":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


@drawn
def test_a_printer_that_is_not_there_leaves_no_sheet_that_opens(pc: Pc):
    assert pc.run("vault", "codes", "--count", "2", "--printer", "no-such-printer", typed=ANNA) == 23
    assert [sheet.left for sheet in pc.vault.sheets] == [3, 0]
