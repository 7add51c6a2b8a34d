"""``plan print`` without unlocking, ``outage report`` and ``outage hand-over`` in a session: on the real command line."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from backupreader import planfile
from backupreader.cli import run
from backupreader.domain.errors import FILE_TROUBLE, NO_OUTAGE, NO_PLAN, NO_PRINTER, NOT_FOUND, WRONG_PASSPHRASE
from backupreader.domain.planpicks import WORDS
from backupreader.settings import Settings
from backupreader.store.auditreading import entries
from backupreader.store.files import Files
from backupreader.store.outagelog import OutageLog
from sync.export import export
from sync.receive import receive
from tests.sync.town import SITE, backup_pc, exporter, session, unlocked, write_export
from tests.sync.town import WORDS as OPENING

CARE = planfile.EXAMPLES / "care-fmk"
ZONE = ZoneInfo("Europe/Copenhagen")
CITIZEN = "Kirsten Møller rang: hun har ikke fået sin insulin"


class Pc:
    """A PC that has received data with an example plan, and its settings file."""

    def __init__(self, folder: Path, plan: Path | None) -> None:
        self.folder = folder
        write_export(folder / "journal", 3)
        machine = replace(exporter(folder, folder / "room12" / "inbox"), plan=plan)
        self.settings: Settings = backup_pc(folder, machine)
        export(machine, datetime.now(ZONE))
        receive(self.settings)
        (folder / "settings.toml").write_text(
            f'site = "{SITE}"\nlanguage = "en"\ndata = "{self.settings.data.as_posix()}"\n', encoding="utf-8"
        )
        (folder / "words").write_text(OPENING, encoding="utf-8")
        (folder / "wrong").write_text("sol vind hav skog is", encoding="utf-8")
        self.out = folder / "out.pdf"

    def plan(self, *words: str) -> int:
        return run(["plan", "print", *words, "--settings", str(self.folder / "settings.toml")])

    def outage(self, *words: str, passphrase: str = "words") -> int:
        where = ("--settings", str(self.folder / "settings.toml"), "--passphrase-file", str(self.folder / passphrase))
        return run(["outage", *words, *where])

    @contextmanager
    def log(self) -> Iterator[OutageLog]:
        opened = session(self.settings)
        yield OutageLog(self.settings.data, Files(), opened)
        opened.end()

    def declare(self) -> None:
        with self.log() as log:
            since = datetime.now(ZONE) - timedelta(hours=2)
            log.declare("Hanne Bæk", "Ingen kan åbne journalen", ["care"], since, "Mette Lund")
            log.write("decision", who="Hanne Bæk", words=CITIZEN)

    def told(self) -> str:
        with pypdfium2.PdfDocument(self.out.read_bytes()) as pdf:
            return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)

    def acts(self) -> list[tuple[str, str]]:
        found = entries(self.settings.audit_folder, unlocked(self.settings).seeds, Files())
        return [(one.act.kind, one.act.what) for one in found if one.act is not None]


@pytest.fixture(scope="module")
def pc(tmp_path_factory) -> Pc:
    return Pc(tmp_path_factory.mktemp("pc"), CARE)


@pytest.fixture
def fresh(tmp_path) -> Pc:
    return Pc(tmp_path, CARE)


@pytest.mark.parametrize("word", WORDS)
def test_every_paper_of_the_plan_is_printed_without_unlocking_and_only_its_user_can_read_the_file(word, pc, capsys):
    before = pc.acts()
    assert pc.plan(word, "--out", str(pc.out)) == 0
    assert "BACKUP" in pc.told()
    digest = hashlib.sha256(pc.out.read_bytes()).hexdigest()
    assert digest in capsys.readouterr().out
    assert os.name == "nt" or pc.out.stat().st_mode & 0o777 == 0o600
    assert list(pc.folder.glob(".*")) == [], "nothing is left beside it"
    assert [one for one in pc.acts() if one not in before] == []


def test_one_card_is_chosen_by_its_id_and_an_unknown_one_is_told_with_those_that_there_are(pc, capsys):
    card = planfile.load(CARE).cards[0]
    assert pc.plan("action-card", card.id, "--out", str(pc.out)) == 0
    assert card.label in pc.told()
    assert pc.plan("action-card", "nothing", "--out", str(pc.out)) == NOT_FOUND.status
    assert card.id in capsys.readouterr().err
    assert pc.plan("haiku", "--out", str(pc.out)) == NOT_FOUND.status


def test_a_plan_in_a_file_is_printed_where_no_plan_has_come(tmp_path):
    without = Pc(tmp_path, None)
    assert without.plan("plan-card", "--out", str(without.out)) == NO_PLAN.status
    assert without.plan("plan-card", "--plan", str(CARE), "--out", str(without.out)) == 0
    assert planfile.load(CARE).about.title in without.told()


def test_where_there_is_no_vault_the_paper_still_comes(tmp_path):
    (tmp_path / "settings.toml").write_text(
        f'site = "x"\ndata = "{(tmp_path / "data").as_posix()}"\n', encoding="utf-8"
    )
    out = tmp_path / "card.pdf"
    words = ["plan", "print", "phone-list", "--plan", str(CARE), "--out", str(out)]
    assert run([*words, "--settings", str(tmp_path / "settings.toml")]) == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_a_place_to_print_to_must_be_said_and_be_one_that_there_is(pc):
    assert pc.plan("plan-card") == 2
    assert pc.plan("plan-card", "--out", str(pc.out), "--printer", "Ward") == 2
    assert pc.plan("plan-card", "--printer", "Nowhere") == NO_PRINTER.status
    assert pc.plan("plan-card", "--out", str(pc.folder / "no" / "such" / "folder.pdf")) == FILE_TROUBLE.status


@pytest.mark.skipif(os.name == "nt", reason="CUPS is not there on Windows")
def test_a_paper_goes_to_a_printer_through_a_pipe_and_lies_in_no_file(pc, tmp_path, monkeypatch):
    programs = {
        "lp": f'cat > {tmp_path}/paper; echo "request id is Ward-1 (0 file(s))"',
        "lpstat": 'echo "printer Ward is idle.  enabled"',
    }
    for name, does in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert pc.plan("action-cards", "--printer", "Ward") == 0
    assert (tmp_path / "paper").read_bytes().startswith(b"%PDF")
    assert list(tmp_path.glob("*.pdf")) == []


def test_while_an_outage_goes_on_its_number_is_on_the_notice_but_nothing_that_is_sealed(fresh):
    fresh.declare()
    assert fresh.plan("door-notice", "--out", str(fresh.out)) == 0
    said = fresh.told()
    assert f"Outage {datetime.now(ZONE).year}-001" in said
    assert "Kirsten" not in said


def test_the_hand_over_and_the_report_are_printed_in_a_session_and_the_audit_has_it(fresh, capsys):
    fresh.declare()
    for verb, name in (("hand-over", "hand-over"), ("report", "outage-report")):
        assert fresh.outage(verb, "--out", str(fresh.out)) == 0
        said = fresh.told()
        for words in (
            CITIZEN,
            "Hanne Bæk",
            "Ingen kan åbne journalen",
            "Mette Lund",
            planfile.load(CARE).system("care"),
        ):
            assert words in said
        assert hashlib.sha256(fresh.out.read_bytes()).hexdigest() in capsys.readouterr().out
        acts = fresh.acts()
        assert ("print", name) in acts
        assert any(kind == "printed" and what.startswith(name) for kind, what in acts)
        assert acts[-1][0] == "lock"
    assert "Log " in said
    assert "Anna Holm" in said, "who opened this PC"


def test_a_report_is_printed_after_the_end_too_and_of_an_outage_by_its_number(fresh, capsys):
    fresh.declare()
    with fresh.log() as log:
        number = log.end().number
    assert fresh.outage("report", "--out", str(fresh.out)) == 0
    assert "up again since" in fresh.told()
    assert fresh.outage("report", "--outage", number, "--out", str(fresh.out)) == 0
    assert fresh.outage("hand-over", "--out", str(fresh.out)) == NO_OUTAGE.status
    capsys.readouterr()
    assert fresh.outage("report", "--outage", "1999-001", "--out", str(fresh.out)) == NOT_FOUND.status
    assert number in capsys.readouterr().err


def test_without_the_words_no_paper_of_an_outage_comes(fresh):
    fresh.declare()
    assert fresh.outage("report", "--out", str(fresh.out), passphrase="wrong") == WRONG_PASSPHRASE.status
    assert not fresh.out.exists()


def test_where_there_was_no_outage_that_is_said(fresh):
    assert fresh.outage("report", "--out", str(fresh.out)) == NO_OUTAGE.status
    assert not fresh.out.exists()


def test_where_the_ledger_cannot_be_read_the_papers_say_so(fresh):
    fresh.declare()
    book = fresh.settings.data / "notebook"
    for file in book.glob("sheets-*"):
        file.unlink()
    for copy in ("a", "b"):
        (book / f"sheets-{copy}").mkdir(parents=True)
    assert fresh.outage("hand-over", "--out", str(fresh.out)) == 0
    assert "Count them by hand." in fresh.told()
