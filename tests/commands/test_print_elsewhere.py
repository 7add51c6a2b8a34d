"""``print`` to a printer that is looked at first, and to another PC: sealed here, opened there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from backupreader.cli import run
from backupreader.settings import SourceSetting
from backupreader.store.carried import VaultIdentity
from backupreader.store.files import Files
from backupreader.store.identities import load_identity
from backupreader.store.sealedpages import SealedPages, seal_pages
from sync.export import export
from sync.receive import receive
from sync.sample.write import write_canonical
from tests.printing.service import Service, service, wait_until
from tests.sync.town import SITE, WORDS, backup_pc, exporter

ROOT = Path(__file__).resolve().parents[2]
MADE = re.compile(r'(?:openat|open|creat|mkdir|mkdirat)\(.*?"([^"]+)".*(?:O_CREAT|O_TMPFILE|0[0-7]+\)).*= \d')
NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))


class Town:
    """Two backup PCs, room12 and room14; only the first has received anything. And a unit to print."""

    def __init__(self, folder: Path) -> None:
        write_canonical(folder / "journal", size="tiny", country="DK", now=NOW)
        machine = replace(
            exporter(folder, folder / "room12" / "inbox"),
            sources=(SourceSetting(name="journal", path=folder / "journal", profile="canonical"),),
        )
        self.folder = folder
        self.pcs = {name: backup_pc(folder, machine, name) for name in ("room12", "room14")}
        export(machine, NOW)
        receive(self.pcs["room12"])
        (folder / "words").write_text(WORDS, encoding="utf-8")
        for name, pc in self.pcs.items():
            text = f'site = "{SITE}"\nlanguage = "en"\ndata = "{pc.data.as_posix()}"\n'
            (folder / f"{name}.toml").write_text(text, encoding="utf-8")
            identity = load_identity(pc.data / "vault", Files())
            (folder / f"{name}.vault").write_bytes(identity.encode())

    def run(self, pc: str, *words: str) -> int:
        return run([*words, "--settings", str(self.folder / f"{pc}.toml")])

    def print(self, pc: str, *words: str) -> int:
        return self.run(pc, "print", *words, "--passphrase-file", str(self.folder / "words"))

    def audit(self, pc: str, capsys) -> str:
        capsys.readouterr()
        assert self.run(pc, "audit", "report", "--passphrase-file", str(self.folder / "words")) == 0
        return " ".join(capsys.readouterr().out.split())


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Town:
    return Town(tmp_path_factory.mktemp("town"))


def citizen(town: Town, capsys) -> str:
    capsys.readouterr()
    assert town.run("room12", "search", "a", "--json", "--passphrase-file", str(town.folder / "words")) == 0
    return json.loads(capsys.readouterr().out)["citizens"][0]["id"]


def pages(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


# --- another PC ---


def test_pages_are_sealed_here_opened_there_and_in_both_audits(town, tmp_path, capsys):
    whom, sealed, opened = citizen(town, capsys), tmp_path / "pages.brp", tmp_path / "pages.pdf"
    assert town.run("room12", "trust", "add-pc", str(town.folder / "room14.vault")) == 0
    assert "trust remove-pc" in capsys.readouterr().out
    words = ["summary", "--citizen", whom, "--to-reader", "room14", "--out", str(sealed)]
    assert town.print("room12", *words) == 0
    said = capsys.readouterr().out
    assert "sealed for room14" in said
    assert b"%PDF" not in sealed.read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == ["pages.brp"]
    assert town.print("room14", "--from", str(sealed), "--out", str(opened)) == 0
    told = capsys.readouterr().out
    assert "of room12, sealed by Anna Holm" in told
    four = said.partition("opens it: ")[2].strip()
    assert len(four.split()) == 4
    assert four in told
    assert pages(opened.read_bytes()) >= 1
    assert "sealed for room14" in town.audit("room12", capsys)
    assert "sealed by Anna Holm on room12" in town.audit("room14", capsys)


def test_on_the_wrong_pc_and_when_changed_or_cut_it_is_refused_with_a_code_and_a_sentence(town, tmp_path, capsys):
    whom, sealed = citizen(town, capsys), tmp_path / "pages.brp"
    assert town.run("room12", "trust", "add-pc", str(town.folder / "room14.vault")) == 0
    words = ["summary", "--citizen", whom, "--to-reader", "room14", "--out", str(sealed)]
    assert town.print("room12", *words) == 0
    whole = sealed.read_bytes()
    changed = whole[:-40] + bytes([whole[-40] ^ 1]) + whole[-39:]
    for pc, content, sentence in (
        ("room12", whole, "it was made for another PC"),
        ("room14", changed, "it was changed after it was sealed"),
        ("room14", whole[:-1], "it ends too early"),
        ("room14", b"%PDF-1.4", "it does not hold sealed pages"),
    ):
        sealed.write_bytes(content)
        capsys.readouterr()
        assert town.print(pc, "--from", str(sealed), "--out", str(tmp_path / "o.pdf")) == 52
        assert sentence in capsys.readouterr().err
        assert not (tmp_path / "o.pdf").exists()


def test_what_was_sealed_and_is_no_pdf_after_all_is_refused(town, tmp_path, capsys):
    to = VaultIdentity.read(town.folder / "room14.vault", Files())
    pdf = b"%PDF-1.7 and nothing more"
    (tmp_path / "x.brp").write_bytes(seal_pages(SealedPages(pdf=pdf, document="x", citizens=(), pc="x", by="x"), to))
    assert town.print("room14", "--from", str(tmp_path / "x.brp"), "--out", str(tmp_path / "o.pdf")) == 52
    assert not (tmp_path / "o.pdf").exists()


def test_a_pc_that_nobody_told_of_is_not_sealed_to(town, tmp_path, capsys):
    whom = citizen(town, capsys)
    words = ["summary", "--citizen", whom, "--to-reader", "room99", "--out", str(tmp_path / "o.brp")]
    assert town.print("room12", *words) == 22
    assert not list(tmp_path.iterdir())


def test_a_pc_is_taken_off_the_list_again(town, capsys):
    assert town.run("room14", "trust", "list-pcs") == 0
    assert "No other PC" in capsys.readouterr().out
    assert town.run("room14", "trust", "add-pc", str(town.folder / "room12.vault")) == 0
    assert town.run("room14", "trust", "list-pcs") == 0
    assert "room12  nordby  " in capsys.readouterr().out
    assert town.run("room14", "trust", "remove-pc", "room12") == 0
    assert town.run("room14", "trust", "remove-pc", "room12") == 22


@pytest.mark.parametrize(
    "words",
    [
        ("summary", "--citizen", "x", "--to-reader", "room14", "--printer", "Ward"),
        ("--from", "x.brp"),
        ("--from", "x.brp", "--out", "o.pdf", "--printer", "Ward"),
        ("--citizen", "x", "--out", "o.pdf"),
        ("summary", "--citizen", "x", "--printer", "Ward", "--sides", "3"),
        ("summary", "--citizen", "x", "--out", "o.pdf", "--from-sheet", "2"),
    ],
)
def test_a_wish_that_makes_no_sense_is_wrong_usage(town, words):
    assert town.print("room12", *words) == 2


# --- a printer ---


@pytest.fixture(scope="module")
def running() -> Iterator[Service]:
    with service() as made:
        yield made


@pytest.fixture
def cups(running: Service, monkeypatch) -> Service:
    monkeypatch.setenv("PATH", f"{running.programs}:{os.environ['PATH']}")
    return running


def test_a_unit_is_printed_on_both_sides_and_the_next_printer_is_said_to_be_another(town, cups, capsys):
    whom, folder = citizen(town, capsys), cups.printer("Ward")
    cups.printer("Office")
    assert town.print("room12", "medicine-sheet", "--citizen", whom, "--printer", "Ward", "--sides", "2") == 0
    assert capsys.readouterr().out.endswith("on printer Ward\n")
    wait_until(lambda: not cups.ask("lpstat", "-W", "not-completed", "-o", "Ward"))
    (paper,), (options,) = folder.glob("paper-*"), folder.glob("options-*")
    assert paper.read_bytes().startswith(b"%PDF")
    assert "sides=two-sided-long-edge" in options.read_text()
    assert town.print("room12", "summary", "--citizen", whom, "--printer", "Office") == 0
    assert "went to another printer than Office" in capsys.readouterr().err
    assert town.print("room12", "summary", "--citizen", whom, "--printer", "Office") == 0
    assert "another printer" not in capsys.readouterr().err


def test_a_printer_that_cannot_print_is_refused_before_anybody_types_words(town, cups, tmp_path, capsys):
    cups.printer("Asleep")
    cups.ask("cupsdisable", "Asleep")
    words = ["print", "summary", "--citizen", "x", "--passphrase-file", str(tmp_path / "none")]
    for name, sentence in (("Asleep", "paused"), ("Nowhere", "no printer of that name")):
        assert town.run("room12", *words, "--printer", name) == 23
        assert sentence in capsys.readouterr().err
        assert town.run("room12", "print", "--check", name) == 23
        assert sentence in capsys.readouterr().err
    assert not cups.ask("lpstat", "-W", "not-completed", "-o", "Asleep")


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace, to see what is made")
def test_neither_we_nor_the_programs_of_cups_lay_a_file_on_the_way_to_a_printer_or_to_another_pc(
    town, cups, tmp_path, capsys
):
    whom, calls, sealed = citizen(town, capsys), tmp_path / "calls", tmp_path / "pages.brp"
    cups.printer("Traced")
    assert town.run("room12", "trust", "add-pc", str(town.folder / "room14.vault")) == 0
    traced = ["strace", "-f", "-qq", "-e", "trace=open,openat,creat,mkdir,mkdirat,memfd_create", "-o", str(calls)]
    if subprocess.run([*traced, "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace may not trace here")
    known = ["--settings", "{pc}.toml", "--passphrase-file", "words"]
    for pc, words in (
        ("room12", ["journal", "--citizen", whom, "--printer", "Traced"]),
        ("room12", ["journal", "--citizen", whom, "--to-reader", "room14", "--out", str(sealed)]),
        ("room14", ["--from", str(sealed), "--printer", "Traced"]),
    ):
        asked = [str(town.folder / word.format(pc=pc)) if not word.startswith("--") else word for word in known]
        command = [*traced, sys.executable, "-B", "-m", "backupreader", "print", *words, *asked]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        data = town.pcs[pc].data
        allowed = tuple(map(str, (data / "state", data / "audit", data / "notebook", tmp_path / ".pages.brp")))
        made = {match[1] for line in calls.read_text().splitlines() if (match := MADE.search(line))}
        assert made, "or what is made is not seen at all"
        assert not {path for path in made if not path.startswith(allowed)}


def test_a_check_says_what_is_found_and_prints_nothing(town, cups, capsys):
    folder = cups.printer("Empty")
    cups.ask("cupsdisable", "-r", "Out of paper", "Empty")
    assert town.run("room12", "print", "--check", "Empty") == 0
    assert "Empty is out of paper. Fill the tray." in capsys.readouterr().out
    assert not list(folder.glob("paper-*"))


def test_a_job_that_has_stopped_is_told_with_what_to_do_and_cancelled(town, cups, capsys):
    jam = 'echo "STATE: +media-jam-error" >&2\nexit 4'
    cups.printer("Jammed", jam)
    whom = citizen(town, capsys)
    assert town.print("room12", "summary", "--citizen", whom, "--printer", "Jammed") == 0
    wait_until(lambda: "media-jam" in cups.ask("lpstat", "-l", "-p", "Jammed"))
    capsys.readouterr()
    assert town.run("room12", "print", "--check", "Jammed") == 0
    told = capsys.readouterr().out
    assert "Paper is stuck in Jammed." in told
    assert "has stopped: paper is stuck. Count the good sheets" in told
    (job,) = [word for word in told.split() if word.startswith("Jammed-")]
    assert town.run("room12", "print", "--cancel", job) == 0
    assert f"{job} is cancelled" in capsys.readouterr().out
    assert not cups.ask("lpstat", "-W", "not-completed", "-o", "Jammed")
    assert town.run("room12", "print", "--cancel", job) == 22
    assert town.run("room12", "print", "--cancel", "") == 22


def test_sealed_pages_go_to_a_printer_of_the_other_pc(town, cups, tmp_path, capsys):
    whom, sealed, folder = citizen(town, capsys), tmp_path / "pages.brp", cups.printer("Far")
    assert town.run("room12", "trust", "add-pc", str(town.folder / "room14.vault")) == 0
    words = ["journal", "--citizen", whom, "--to-reader", "room14", "--out", str(sealed)]
    assert town.print("room12", *words) == 0
    assert town.print("room14", "--from", str(sealed), "--printer", "Far") == 0
    wait_until(lambda: not cups.ask("lpstat", "-W", "not-completed", "-o", "Far"))
    (paper,) = folder.glob("paper-*")
    whole = pages(paper.read_bytes())
    assert whole > 1
    assert [file.name for file in tmp_path.iterdir()] == ["pages.brp"]
    rest = tmp_path / "rest.pdf"
    assert town.print("room14", "--from", str(sealed), "--out", str(rest), "--from-sheet", "2") == 0
    assert pages(rest.read_bytes()) == whole - 1
    assert f"{whole - 1} pages of room12" in capsys.readouterr().out
    assert town.print("room14", "--from", str(sealed), "--out", str(rest), "--from-sheet", str(whole + 1)) == 22
