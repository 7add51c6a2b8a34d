"""``audit`` on the real command line: what people did on a PC, told, written out, and proved to be all there."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from backupreader.cli import run
from backupreader.settings import Settings
from backupreader.store import machine, vault
from backupreader.store.codesheets import issue
from backupreader.store.files import Files
from sync.export import export
from sync.receive import receive
from tests.sync.town import CHEAP, SITE, WORDS, backup_pc, exporter, unlocked, write_export

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))
BO_S = "sol vind hav skog is"


@dataclass(frozen=True)
class Pc:
    """A PC with two accounts: Anna Holm of the whole area, and Bo Lund of Nord; citizens 0, 2, 4 are of Nord."""

    folder: Path
    settings: Settings

    def words(self, text: str) -> str:
        path = self.folder / "typed.txt"
        path.write_text(text, encoding="utf-8")
        return str(path)

    def verb(self, *words: str, typed: str | None = WORDS) -> int:
        file = () if typed is None else ("--passphrase-file", self.words(typed))
        return run([*words, *file, "--settings", str(self.folder / "settings.toml"), "--language", "en"])

    def report(self, *words: str, status: int = 0) -> list[dict[str, str]]:
        out = self.folder / "report.csv"
        assert self.verb("audit", "report", "--out", str(out), *words) == status
        return list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    write_export(tmp_path / "journal")
    export_machine = exporter(tmp_path, tmp_path / "room12" / "inbox")
    settings = backup_pc(tmp_path, export_machine)
    export(export_machine, NOW)
    receive(settings)
    files = Files()
    secret = machine.read(settings.machine_secret_place, files)
    assert secret is not None
    vault.load(settings.vault_folder, files).with_account(
        unlocked(settings), "Bo Lund", BO_S, secret, CHEAP, role="sygeplejerske", units=("Nord",)
    )
    text = f'site = "{SITE}"\ndata = "{settings.data.as_posix()}"\n'
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    return Pc(tmp_path, settings)


def test_what_a_person_did_is_told_with_who_what_whom_and_when(pc: Pc):
    assert pc.verb("search", "kanariefugl2") == 0
    assert pc.verb("print", "summary", "--citizen", "journal:Patient/2", "--out", str(pc.folder / "s.pdf")) == 0
    lines = pc.report()
    told = [(line["kind"], line["person"], line["citizens"], line["words"]) for line in lines]
    assert told[:3] == [
        ("unlock", "Anna Holm", "", ""),
        ("search", "Anna Holm", "", "kanariefugl2"),
        ("lock", "Anna Holm", "", ""),
    ]
    printed = next(line for line in lines if line["kind"] == "printed")
    assert printed["citizens"] == "journal:Patient/2"
    assert printed["names"] == "Kirsten Kanariefugl2"
    assert int(printed["pages"]) >= 1
    assert len(printed["sha256"]) == 64
    assert lines[-1]["kind"] == "audit"


def test_a_report_can_be_about_one_citizen_one_person_or_one_day(pc: Pc):
    pc.verb("print", "summary", "--citizen", "journal:Patient/2", "--out", str(pc.folder / "s.pdf"))
    pc.verb("print", "summary", "--citizen", "journal:Patient/0", "--out", str(pc.folder / "t.pdf"), typed=BO_S)
    assert {line["citizens"] for line in pc.report("--citizen", "journal:Patient/2")} == {"journal:Patient/2"}
    assert {line["person"] for line in pc.report("--person", "bo")} == {"Bo Lund"}
    assert pc.report("--to", "2001-01-01") == []
    assert len(pc.report("--from", "2001-01-01")) > 8
    assert {line["kind"] for line in pc.report("--spot-check", "1", "--person", "bo")} <= {"view", "printed"}


def test_the_foot_of_a_page_stands_in_the_audit_and_another_does_not(pc: Pc, capsys: pytest.CaptureFixture[str]):
    page = pc.folder / "s.pdf"
    assert pc.verb("print", "summary", "--citizen", "journal:Patient/2", "--out", str(page)) == 0
    with pypdfium2.PdfDocument(page.read_bytes()) as pdf:
        text = " ".join(pdf[0].get_textpage().get_text_bounded().split())
    anchor = text.partition("Log ")[2][:24].partition(" · ")
    shown = f"{anchor[0]} · {anchor[2][:14]}"
    capsys.readouterr()
    assert pc.verb("audit", "verify", "--anchor", shown, typed=None) == 0
    assert "whole" in capsys.readouterr().out
    assert pc.verb("audit", "verify", "--anchor", f"{anchor[0]} · 0000 0000 0000", typed=None) == 35
    assert "BR35" in capsys.readouterr().err


def test_an_audit_that_was_changed_is_told_without_any_words_and_by_the_report(
    pc: Pc, capsys: pytest.CaptureFixture[str]
):
    pc.verb("search", "kanariefugl2")
    log = pc.settings.audit_folder / "log"
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:2] + lines[3:]))
    capsys.readouterr()
    assert pc.verb("audit", "verify", "--json", typed=None) == 35
    told = capsys.readouterr()
    assert json.loads(told.out)["whole"] is False
    assert "[BR35]" in told.err
    assert len(pc.report(status=35)) >= 3  # what is left can still be read


def test_words_that_open_nothing_are_in_the_audit_and_never_what_was_typed(pc: Pc):
    assert pc.verb("search", "kirsten", typed="forkerte ord her i dag") == 15
    (line,) = [line for line in pc.report() if line["kind"] == "unlock-refused"]
    assert "forkerte" not in str(line)


def test_another_unit_s_citizen_is_not_printed_without_a_reason_and_is_with_one(
    pc: Pc, capsys: pytest.CaptureFixture[str]
):
    out = pc.folder / "s.pdf"
    syd = ("print", "summary", "--citizen", "journal:Patient/1", "--out", str(out))
    assert pc.verb(*syd, typed=BO_S) == 34
    told = capsys.readouterr().err
    assert "Syd" in told
    assert "--reason" in told
    assert not out.exists()
    assert pc.verb(*syd, "--reason", "She has fallen", typed=BO_S) == 0
    (line,) = [line for line in pc.report("--person", "bo") if line["kind"] == "break-glass"]
    assert (line["reason"], line["citizens"], line["what"]) == ("She has fallen", "journal:Patient/1", "other-unit")


def _unseen(done: int, total: int | None) -> None:
    """Nobody watches."""


def test_an_event_code_needs_a_name_and_is_not_spent_without_one(pc: Pc, capsys: pytest.CaptureFixture[str]):
    files = Files()
    secret = machine.read(pc.settings.machine_secret_place, files)
    assert secret is not None
    closed = vault.load(pc.settings.vault_folder, files)
    _, sheet = issue(
        closed,
        unlocked(pc.settings),
        2,
        secret,
        language="da",
        holder="Vagt",
        issued_by="Anna Holm",
        now=NOW,
        tick=_unseen,
    )
    code = f"{sheet.number}-01 {sheet.codes[0][1]}"
    assert pc.verb("search", "kirsten", typed=code) == 44
    assert "[BR44]" in capsys.readouterr().err
    assert pc.verb("search", "kirsten", "--as", "Eva Vikar", "--role", "vikar", "--own-unit", "Syd", typed=code) == 0
    assert pc.verb("search", "kirsten", "--as", "Eva Vikar", typed=code) == 37
    first = next(line for line in pc.report("--person", "eva") if line["kind"] == "unlock")
    assert (first["role"], first["units"], first["opened by"]) == ("vikar", "Syd", "event-code")


def test_changes_of_accounts_and_of_trust_are_in_the_audit(pc: Pc):
    new = pc.folder / "new.txt"
    new.write_text("hest krig lampe sol vind", encoding="utf-8")
    assert pc.verb("vault", "add-account", "Cia", "--new-passphrase-file", str(new)) == 0
    assert pc.verb("vault", "remove-account", "Bo Lund", "--out", str(pc.folder)) == 0
    assert pc.verb("trust", "remove", SITE, typed=None) == 0
    told = [(line["kind"], line["what"]) for line in pc.report() if line["kind"] in {"account", "trust"}]
    assert told[:2] == [("account", "added: Cia"), ("account", "removed: Bo Lund")]
    assert told[2][1].startswith(f"removed: {SITE}")


def test_what_was_written_before_a_person_left_is_read_after_the_vault_has_a_new_key(pc: Pc):
    pc.verb("search", "kirsten", typed=BO_S)
    assert pc.verb("vault", "remove-account", "Bo Lund", "--out", str(pc.folder)) == 0
    assert "Bo Lund" in {line["person"] for line in pc.report()}


def test_the_auditor_reads_a_copy_on_a_machine_of_her_own(pc: Pc, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    own = Settings(site=SITE, data=tmp_path / "auditor")
    secret = vault.make_machine_secret(own.vault_folder / "machine-secret", Files())
    made, _ = vault.init(
        own.vault_folder, "auditor", SITE, WORDS, Files(), CHEAP, account="Eva Revisor", machine_secret=secret
    )
    (tmp_path / "auditor.vault").write_bytes(made.identity.encode())
    with (tmp_path / "settings.toml").open("a", encoding="utf-8") as settings:
        settings.write('auditor = "auditor.vault"\n')
    assert pc.verb("search", "kanariefugl2") == 0
    text = f'site = "{SITE}"\ndata = "{own.data.as_posix()}"\n'
    (tmp_path / "auditor.toml").write_text(text, encoding="utf-8")
    capsys.readouterr()
    words = ["audit", "report", "--log", str(pc.settings.audit_folder), "--settings", str(tmp_path / "auditor.toml")]
    assert run([*words, "--passphrase-file", pc.words(WORDS), "--language", "en"]) == 0
    assert "kanariefugl2" in capsys.readouterr().out


def test_a_word_that_a_spreadsheet_would_run_is_quoted(pc: Pc):
    assert pc.verb("search", '=HYPERLINK("x")') == 0
    assert {line["words"] for line in pc.report() if line["kind"] == "search"} == {'\'=HYPERLINK("x")'}


def test_a_report_on_paper_says_what_was_asked_who_and_whom(pc: Pc):
    pc.verb("print", "summary", "--citizen", "journal:Patient/2", "--out", str(pc.folder / "s.pdf"))
    out = pc.folder / "report.pdf"
    assert pc.verb("audit", "report", "--citizen", "journal:Patient/2", "--out", str(out)) == 0
    assert out.stat().st_mode & 0o077 == 0
    with pypdfium2.PdfDocument(out.read_bytes()) as pdf:
        text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())
    for said in ("journal:Patient/2", "Anna Holm", "Kirsten Kanariefugl2", "Log "):
        assert said in text


@pytest.mark.parametrize("wrong", [("--out", "report.txt"), ("--from", "yesterday"), ("--spot-check", "-1")])
def test_what_cannot_be_asked_is_wrong_usage(pc: Pc, wrong: tuple[str, str]):
    assert pc.verb("audit", "report", *wrong) == 2


def test_a_full_disk_stops_no_search_and_says_that_it_was_not_written(pc: Pc, capsys: pytest.CaptureFixture[str]):
    folder = pc.settings.audit_folder
    folder.write_text("in the way", encoding="utf-8")  # what cannot be a folder takes no log
    assert pc.verb("search", "kanariefugl2") == 0
    told = capsys.readouterr()
    assert "Kanariefugl2" in told.out
    assert "could not be written" in told.err
    page = pc.folder / "s.pdf"
    assert pc.verb("print", "summary", "--citizen", "journal:Patient/2", "--out", str(page)) == 0
    with pypdfium2.PdfDocument(page.read_bytes()) as pdf:
        assert "NOT IN THE LOG" in pdf[0].get_textpage().get_text_bounded()
