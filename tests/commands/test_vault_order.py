"""What comes first: the audit's line, then the paper, then the change; and what is said of what a person leaves behind."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from backupreader.cli import run
from backupreader.domain.acts import Act
from backupreader.store import machine, vault
from backupreader.store.auditreading import entries
from backupreader.store.carried import TrustedSigner
from backupreader.store.files import Files
from backupreader.store.identities import former_name
from backupreader.store.seal import Signer
from tests.commands.test_vault import ANNA, BO, Pc

CHANGES = (
    ("add-account", "Eva"),
    ("new-words", "Anna Holm"),
    ("remove-account", "Anna Holm"),
    ("recovery",),
    ("codes", "--out", "sheet.pdf"),
    ("codes", "--cancel", "1"),
)


@pytest.fixture
def pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pc:
    monkeypatch.chdir(tmp_path)
    return Pc(tmp_path)


def acts(pc: Pc) -> list[Act]:
    """What the audit has, beside the unlocks."""
    opened = pc.unlock(ANNA)
    found = entries(pc.folder / "data" / "audit", opened.seeds, Files())
    written = [entry.act for entry in found if entry.act is not None]
    return [act for act in written if act.kind != "unlock"]


@pytest.mark.parametrize("change", CHANGES, ids=[" ".join(change[:2]) for change in CHANGES])
def test_nothing_is_changed_while_the_audit_takes_nothing(pc: Pc, capsys, change: tuple[str, ...]):
    before = pc.vault.held
    (pc.folder / "data" / "audit").write_bytes(b"in the way")
    assert pc.run("vault", *change, typed=ANNA) == 25
    told = capsys.readouterr()
    assert "Nothing was changed, because it could not be written into the audit." in told.err
    assert ": " not in told.out
    assert pc.vault.held == before


def test_no_export_machine_is_trusted_while_the_audit_takes_nothing(pc: Pc, tmp_path: Path, capsys):
    signer = TrustedSigner("nordby", Signer.new().public)
    (tmp_path / "nordby.signer").write_bytes(signer.encode())
    (pc.folder / "data" / "audit").write_bytes(b"in the way")
    assert pc.run("trust", "add", str(tmp_path / "nordby.signer")) == 25
    assert pc.run("trust", "list") == 0
    assert signer.fingerprint not in capsys.readouterr().out
    (pc.folder / "data" / "audit").unlink()
    assert pc.run("trust", "add", str(tmp_path / "nordby.signer")) == 0
    assert pc.run("trust", "remove", "nowhere") == 22
    assert pc.run("trust", "remove", "nordby") == 0
    told = [act.what for act in acts(pc) if act.kind == "trust"]
    gone = f"removed: nordby {signer.fingerprint}"
    assert told == [
        gone.replace("removed", "added"), "removed: nowhere", "not done: removed: nowhere", "removed: nordby", gone
    ]  # fmt: skip


def test_a_change_that_was_not_made_after_all_is_written_down_too(pc: Pc):
    assert pc.run("vault", "add-account", "Anna Holm", typed=ANNA) == 29
    assert [act.what for act in acts(pc)] == ["added: Anna Holm", "not done: added: Anna Holm"]


@pytest.mark.parametrize("change", CHANGES[:2] + CHANGES[3:4], ids=["add-account", "new-words", "recovery"])
def test_where_the_paper_cannot_be_written_the_old_words_and_codes_go_on_to_open(pc: Pc, change: tuple[str, ...]):
    before = pc.vault.held
    (pc.folder / "slip.pdf.part" / "in the way").mkdir(parents=True)
    assert pc.run("vault", *change, "--slip", "slip.pdf", typed=ANNA) == 25
    assert pc.vault.held == before
    assert pc.unlock(pc.recovery).kind == "recovery"


def test_where_the_vault_cannot_be_changed_no_paper_is_left(pc: Pc):
    with Files().lock(pc.vault_folder / "lock"):
        assert pc.run("vault", "recovery", "--slip", "slip.pdf", typed=ANNA) == 25
    assert not list(pc.folder.glob("slip*"))


def test_words_and_code_of_a_new_vault_are_shown_though_its_file_cannot_be_carried(tmp_path: Path, capsys):
    (tmp_path / "stick").write_bytes(b"no folder")
    place = ("--data", str(tmp_path / "data"), "--language", "en")
    init = ("vault", "init", "--name", "pc", "--account", "Anna", "--out", str(tmp_path / "stick"))
    assert run([*init, *place]) == 25
    shown = capsys.readouterr().out
    words, code = (shown.split(start)[1].splitlines()[0] for start in ("Words: ", "for the safe: "))
    secret = vault.read_machine_secret(tmp_path / "data" / "vault" / "machine-secret", Files())
    made = vault.load(tmp_path / "data" / "vault", Files())
    assert made.unlock(words, secret).account == "Anna"
    assert made.unlock(code, None).kind == "recovery"


def test_a_second_vault_makes_no_machine_secret_where_the_first_one_s_is_missing(pc: Pc):
    (pc.vault_folder / "machine-secret").unlink()
    assert pc.run("vault", "init", "--name", "pc", "--account", "Eva") == 29
    assert not (pc.vault_folder / "machine-secret").exists()


@pytest.mark.parametrize("round_", range(5))
def test_all_who_make_the_machine_secret_at_once_have_the_same(tmp_path: Path, round_: int):
    together, made = threading.Barrier(4), list[bytes]()
    place = str(tmp_path / f"{round_}" / "machine-secret")

    def make() -> None:
        together.wait()
        made.append(machine.make(place, Files()))

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(made) == {machine.read(place, Files())}
    assert len(made) == 4


def test_who_takes_an_account_away_is_told_what_that_person_has_seen(pc: Pc, capsys):
    pc.run("vault", "add-account", "Bo Ek", "--new-passphrase-file", pc.written("bo", BO), typed=ANNA)
    pc.run("vault", "add-account", "Eva Lund", typed=BO)
    pc.run("vault", "recovery", typed=BO)
    pc.run("vault", "codes", "--count", "1", "--holder", "Vagt", "--out", "sheet.pdf", typed=BO)
    pc.run("vault", "codes", "--count", "1", "--holder", "Nat", "--out", "other.pdf", typed=ANNA)
    capsys.readouterr()
    assert pc.run("vault", "remove-account", "bo ek", typed=ANNA) == 0
    said = capsys.readouterr().out
    assert "Sheet 1 of event codes, held by Bo Ek, is cancelled." in said
    assert "Sheet 2 of event codes, held by Vagt, is cancelled." in said
    assert "Sheet 3 of event codes, held by Nat, goes on to open the data. If Bo Ek has seen it, run:" in said
    assert "Bo Ek has seen the words of Eva Lund: run 'vault new-words' for Eva Lund." in said
    assert "Bo Ek has seen the recovery code: run 'vault recovery'." in said
    assert "has seen the words of Anna" not in said


def test_a_sheet_that_is_issued_meanwhile_does_not_keep_an_account_from_being_taken_away(pc: Pc, capsys, monkeypatch):
    pc.run("vault", "add-account", "Bo Ek", "--new-passphrase-file", pc.written("bo", BO), typed=ANNA)
    away = vault.Vault.without_account

    def later(self: vault.Vault, opened: vault.Unlocked, name: str) -> vault.Vault:
        assert pc.run("vault", "codes", "--count", "1", "--holder", "Vagt", "--out", "sheet.pdf", typed=BO) == 0
        return away(self, opened, name)

    monkeypatch.setattr(vault.Vault, "without_account", later)
    assert pc.run("vault", "remove-account", "Bo Ek", typed=ANNA) == 0
    assert "Sheet 2 of event codes, held by Vagt, is cancelled." in capsys.readouterr().out


def test_status_tells_nobody_to_enrol_while_the_vault_s_files_do_not_agree(pc: Pc, capsys):
    def agrees() -> bool:
        pc.run("status", "--json")
        return json.loads(capsys.readouterr().out)["vault_agrees"]

    assert agrees()
    identity = pc.vault.identity
    (pc.vault_folder / former_name(identity)).write_bytes(identity.encode())
    assert not agrees()
    pc.run("status")
    assert "Enrol nothing; tell IT." in capsys.readouterr().out
    (pc.vault_folder / former_name(identity)).unlink()
    assert pc.run("vault", "remove-account", "Anna Holm", typed=pc.recovery) == 0
    capsys.readouterr()
    assert agrees()


def test_whoever_makes_a_code_in_two_parts_is_told_that_two_people_do(pc: Pc, capsys):
    pc.settings("two_for_recovery = true\n")
    assert pc.run("vault", "recovery", typed=ANNA) == 0
    assert "Two people should make the recovery code: this way one sees both parts." in capsys.readouterr().out
    assert pc.run("vault", "recovery", "--slip", "safe.pdf", typed=ANNA) == 0
    assert "Two people" not in capsys.readouterr().out


def test_a_vault_that_asks_for_more_memory_than_there_is_says_so(pc: Pc, monkeypatch: pytest.MonkeyPatch):
    from backupreader.store import hardening

    def no_memory(**_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(hardening, "known_answers", dict)
    monkeypatch.setattr(hardening, "Argon2id", no_memory)
    assert pc.run("search", "x", typed=ANNA) == 41
