"""A drill with paper on the real command line: 212 sheets, a jam at 17, a cancel, a resume; and none missing at the end."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from backupreader.cli import run
from backupreader.domain.sheets import serial
from sync.export import export
from sync.receive import receive
from tests.sync.town import SITE, WORDS, backup_pc, exporter, write_export

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))
BO_WORDS = "sne dør hav blad stol"


@dataclass(frozen=True)
class Pc:
    """A PC that has received a town, whose unit Nord has 212 citizens; Anna is at it, or Bo."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def run(self, *words: str, status: int = 0, bo: bool = False, scanned: Sequence[str] = ()) -> str:
        """What is said; `scanned` come on standard input, a line each, as from a hand scanner."""
        self.patch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in scanned)))
        self.capsys.readouterr()
        named = ["--settings", str(self.folder / "settings.toml"), "--passphrase-file"]
        assert run([*words, *named, str(self.folder / ("bo" if bo else "anna"))]) == status
        said = self.capsys.readouterr()
        return said.out if status == 0 else said.out + said.err

    def print(self, *words: str, name: str = "out.pdf") -> list[str]:
        """The numbers on the sheets of a print, read from the paper itself."""
        file = self.folder / name
        self.run("print", *words, "--out", str(file))
        return numbers(file)

    def report(self, *words: str) -> dict:
        return json.loads(self.run("sheets", "report", "--json", *words))


def numbers(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file.read_bytes()) as pdf:
        texts = [" ".join(pdf[page].get_textpage().get_text_bounded().split()) for page in range(len(pdf))]
    return [text.partition("Sheet ")[2][:14] for text in texts]


@pytest.fixture
def pc(tmp_path, capsys, monkeypatch) -> Pc:
    write_export(tmp_path / "journal", citizens=424)
    machine = exporter(tmp_path, tmp_path / "room12" / "inbox")
    own = backup_pc(tmp_path, machine)
    export(machine, NOW)
    receive(own)
    (tmp_path / "anna").write_text(WORDS, encoding="utf-8")
    (tmp_path / "bo").write_text(BO_WORDS, encoding="utf-8")
    settings = f'site = "{SITE}"\nlanguage = "en"\ndata = "{own.data.as_posix()}"\n[sheets]\nsummary = "scan"\n'
    (tmp_path / "settings.toml").write_text(settings, encoding="utf-8")
    made = Pc(tmp_path, capsys, monkeypatch)
    made.run("vault", "add-account", "Bo Friis", "--new-passphrase-file", str(tmp_path / "bo"))
    return made


def test_a_print_of_212_sheets_that_jams_is_cancelled_and_resumed_adds_up_and_none_is_missing_at_the_end(
    pc: Pc,
) -> None:
    first = pc.print("medicine-sheet", "--unit", "Nord")
    counting = [serial(number) for number in first]
    assert len(set(first)) == 212
    assert None not in counting
    assert [one.number - counting[0].number for one in counting if one is not None] == list(range(212))
    assert len(pc.report()["missing"]) == 212

    assert "196 sheets are struck" in pc.run("sheets", "unprinted", first[16])
    second = pc.print("medicine-sheet", "--unit", "Nord", "--again-from", first[16])
    assert "196 sheets are struck" in pc.run("sheets", "unprinted", second[5], "--cancelled")
    third = pc.print("medicine-sheet", "--unit", "Nord", "--again-from", second[0])
    assert (len(second), len(third)) == (196, 196)
    assert not set(first) & set(second)
    assert not set(second) & set(third)
    found = pc.report()
    assert (found["total"], found["never_left"], len(found["missing"])) == (604, 392, 212)
    assert sum(found["states"].values()) == 604

    out = [*first[:16], *third]
    said = pc.run("sheets", "scan", scanned=[number.lower().replace("-", " ") for number in out[:-1]])
    assert said.count("Next: enter what stands on it in the journal.") == 211
    assert pc.report()["missing"] == [out[-1]]
    assert "shred" in pc.run("sheets", "shred", *out[:2], status=58)
    pc.run("sheets", "strike", out[0], status=58)
    pc.run("sheets", "strike", out[0], "--remark", "nothing was written on it")
    pc.run("sheets", "missing", out[-1])
    pc.run("sheets", "enter", "--app", "no", "--for", "Cia Lund", scanned=out[1:-1])
    assert "Another person than Cia Lund" in pc.run("sheets", "check", out[1], status=58)
    assert pc.report()["closed"] is False
    pc.run("sheets", "check", scanned=out[1:-1], bo=True)
    pc.run("sheets", "scan", out[-1])
    pc.run("sheets", "enter", out[-1], bo=True)
    pc.run("sheets", "check", out[-1])
    assert pc.run("sheets", "list") == "604 of 604 sheets are back.\n0 sheets missing\n"
    pc.run("sheets", "shred", scanned=out)
    found = pc.report("--done", "--out", str(pc.folder / "end.pdf"), "--list", str(pc.folder / "list.pdf"))
    assert (found["missing"], found["to_enter"], found["checks_due"], found["closed"]) == ([], [], [], True)
    assert found["states"] == {
        "issued": 0, "returned": 0, "entered": 0, "scanned": 0, "struck": 392, "shredded": 212, "missing": 0
    }  # fmt: skip
    with pypdfium2.PdfDocument((pc.folder / "end.pdf").read_bytes()) as pdf:
        assert "0 sheets missing" in pdf[0].get_textpage().get_text_bounded()

    log = pc.run("audit", "report")
    for sheets in (first, second, third):
        assert f"print {sheets[0]} – {sheets[-1]}" in log
    pc.run("audit", "verify")


def test_a_misread_number_and_one_of_another_pc_are_refused_and_the_rest_is_taken(pc: Pc) -> None:
    number = pc.print("summary", "--unit", "Nord")[0]
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    said = pc.run("sheets", "scan", scanned=[wrong, "hello", "K7Q-0483921-58", "", number], status=58)
    assert f"{number} · Emergency summary" in said
    assert f"{wrong}: That number is not right" in said
    assert "hello: That is not the number of a sheet" in said
    assert "has not printed a sheet with that number" in said
    assert pc.report()["states"]["returned"] == 1
    pc.run("sheets", "scan-only", number)
    pc.run("sheets", "undo", number)
    assert pc.report()["states"]["returned"] == 1


@pytest.mark.skipif(os.name == "nt", reason="CUPS is not on Windows")
def test_what_a_printer_refuses_was_never_paper_and_is_not_missing(pc: Pc) -> None:
    ready = (
        'case "$*" in *-p*) echo "printer Ward is idle.  enabled since today";; '
        '*-a*) echo "Ward accepting requests since today";; *-d*) echo "system default destination: Ward";; esac'
    )
    for program, does in (("lpstat", ready), ("lp", 'echo "lp: the printer does not answer" >&2; exit 1')):
        (pc.folder / program).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (pc.folder / program).chmod(0o755)
    pc.patch.setenv("PATH", f"{pc.folder}:/bin:/usr/bin")
    pc.run("print", "summary", "--unit", "Nord", "--printer", "Ward", status=23)
    found = pc.report()
    assert found["missing"] == []
    assert found["never_left"] == found["total"] == 212


def test_pages_are_printed_without_numbers_when_the_ledger_cannot_be_written(pc: Pc) -> None:
    (pc.folder / "room12" / "notebook").write_text("in the way", encoding="utf-8")
    file = pc.folder / "out.pdf"
    pc.run("print", "summary", "--unit", "Nord", "--out", str(file))
    with pypdfium2.PdfDocument(file.read_bytes()) as pdf:
        assert "Sheet no." in pdf[0].get_textpage().get_text_bounded()


def test_a_document_that_the_settings_misspell_is_refused_by_name(pc: Pc) -> None:
    settings = pc.folder / "settings.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + 'medicin-sheet = "scan"\n', encoding="utf-8")
    assert "medicin-sheet" in pc.run("sheets", "list", status=3)
