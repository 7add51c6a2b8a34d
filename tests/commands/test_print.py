"""``print`` on the real command line: a received generation in, a PDF or a print job out."""

from __future__ import annotations

import hashlib
import os
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from backupreader.cli import run
from backupreader.domain.identity import shown
from backupreader.settings import Settings, SourceSetting
from backupreader.store.opening import open_newest
from printing.documents import DOCUMENTS, document
from sync.export import export
from sync.receive import receive
from sync.sample.write import write_canonical
from tests.sync.town import SITE, WORDS, backup_pc, exporter, session

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))


@dataclass(frozen=True)
class Ward:
    """A PC that has received a made-up municipality, and what is in it."""

    arguments: tuple[str, ...]
    citizen: str
    name: str
    number: str
    coded: str
    codes: tuple[str, ...]
    unit: str
    unit_size: int
    route: str
    day: str


@pytest.fixture(scope="module")
def ward(tmp_path_factory) -> Ward:
    folder = tmp_path_factory.mktemp("ward")
    write_canonical(folder / "journal", size="tiny", country="DK", now=NOW)
    machine = replace(
        exporter(folder, folder / "room12" / "inbox"),
        sources=(SourceSetting(name="journal", path=folder / "journal", profile="canonical"),),
    )
    pc: Settings = backup_pc(folder, machine)
    export(machine, NOW)
    receive(pc)
    settings, words = folder / "settings.toml", folder / "words"
    settings.write_text(f'site = "{SITE}"\nlanguage = "en"\ndata = "{pc.data.as_posix()}"\n', encoding="utf-8")
    words.write_text(WORDS, encoding="utf-8")
    with closing(open_newest(pc, session(pc))) as reader:
        unit = next(count for count in reader.units() if count.citizens > 1)
        citizen = next(one for one in reader.citizens_of(unit.unit.id) if one.identifiers)
        day = reader.days()[0]
        everyone = [one for count in reader.units() for one in reader.citizens_of(count.unit.id)]
        coded = next(one for one in everyone if reader.access_codes(one.id))
        return Ward(
            arguments=("--settings", str(settings), "--passphrase-file", str(words)),
            citizen=citizen.id,
            name=citizen.name,
            number=shown(citizen.identifiers[0]),
            coded=coded.id,
            codes=tuple(code.code for code in reader.access_codes(coded.id)),
            unit=unit.unit.name,
            unit_size=unit.citizens,
            route=next(one.route for one in reader.routes(day) if one.route),
            day=day.isoformat(),
        )


def pages(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file.read_bytes()) as pdf:
        return [" ".join(pdf[number].get_textpage().get_text_bounded().split()) for number in range(len(pdf))]


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if document(name).about == "citizen"])
def test_a_document_about_a_citizen_is_written_and_its_digest_told(name, ward, tmp_path, capsys):
    file = tmp_path / "out.pdf"
    assert run(["print", name, "--citizen", ward.citizen, "--out", str(file), *ward.arguments]) == 0
    texts = pages(file)
    assert all(ward.name in text and "BACKUP" in text and "Anna Holm" in text for text in texts)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert capsys.readouterr().out == f"{len(texts)} pages, SHA-256 {digest}, in {file}\n"


def test_a_citizen_is_found_by_her_person_number_too(ward, tmp_path):
    file = tmp_path / "out.pdf"
    assert run(["print", "summary", "--citizen", ward.number, "--out", str(file), *ward.arguments]) == 0
    assert ward.name in pages(file)[0]
    assert ward.number in pages(file)[0]


def test_for_the_car_the_number_is_masked(ward, tmp_path):
    file = tmp_path / "out.pdf"
    assert run(["print", "summary", "--citizen", ward.number, "--car", "--out", str(file), *ward.arguments]) == 0
    assert ward.number not in " ".join(pages(file))


def test_a_unit_gets_one_document_for_each_of_its_citizens(ward, tmp_path):
    file = tmp_path / "out.pdf"
    assert (
        run(["print", "medicine-sheet", "--unit", ward.unit, "--days", "3", "--out", str(file), *ward.arguments]) == 0
    )
    assert sum("Page 1 of" in text for text in pages(file)) == ward.unit_size


FORMS = [name for name in DOCUMENTS if document(name).form]


@pytest.mark.parametrize("name", FORMS)
def test_a_blank_form_is_printed_about_nobody_as_often_as_is_asked(name, ward, tmp_path, capsys):
    file = tmp_path / "out.pdf"
    assert run(["print", name, "--copies", "3", "--out", str(file), *ward.arguments]) == 0
    texts = pages(file)
    assert len(texts) == 3
    assert all("Page 1 of 1" in text and "Blank: nothing on it is from a source." in text for text in texts)
    assert capsys.readouterr().out.startswith("3 pages, SHA-256 ")


def test_a_form_is_printed_for_each_citizen_of_a_unit_with_whose_it_is(ward, tmp_path):
    file = tmp_path / "out.pdf"
    words = ["print", "form-observation", "--unit", ward.unit, "--copies", "2", "--out", str(file)]
    assert run([*words, *ward.arguments]) == 0
    texts = pages(file)
    assert len(texts) == 2 * ward.unit_size
    assert sum(ward.name in text for text in texts) == 2
    assert not any("Blank" in text for text in texts)


def test_codes_stand_on_an_access_sheet_only_when_they_are_asked_for_with_a_reason(ward, tmp_path):
    file = tmp_path / "out.pdf"
    words = ["print", "access-sheet", "--citizen", ward.coded, "--out", str(file), *ward.arguments]
    assert run(words) == 0
    (without,) = pages(file)
    assert "Codes were not asked for." in without
    assert not any(f"Code {code}" in without for code in ward.codes)
    assert run([*words, "--codes", "--reason", "I am to visit this citizen now"]) == 0
    (text,) = pages(file)
    assert ward.codes
    assert all(f"Code {code}" in text for code in ward.codes)
    assert "THIS SHEET HOLDS CODES" in text


def test_that_codes_were_printed_is_in_the_audit_and_that_none_were_is_not(ward, tmp_path, capsys):
    def seen() -> int:
        assert run(["audit", "report", "--citizen", ward.coded, *ward.arguments]) == 0
        return capsys.readouterr().out.count("saw door codes")

    before = seen()
    words = ["print", "access-sheet", "--citizen", ward.coded, "--out", str(tmp_path / "o.pdf"), *ward.arguments]
    assert run(words) == 0
    capsys.readouterr()
    assert seen() == before
    assert run([*words, "--codes", "--reason", "a visit"]) == 0
    capsys.readouterr()
    assert seen() == before + 1


def test_a_route_is_printed_for_a_day_and_the_old_file_replaced(ward, tmp_path):
    file = tmp_path / "out.pdf"
    file.write_text("old", encoding="utf-8")
    words = ["print", "driving-list", "--route", ward.route, "--date", ward.day, "--out", str(file)]
    assert run([*words, *ward.arguments]) == 0
    assert all(ward.route in text for text in pages(file))


def test_a_day_without_data_is_refused_because_an_empty_list_would_say_that_nobody_is_visited(ward, tmp_path, capsys):
    words = ["print", "driving-list", "--route", ward.route, "--date", "2031-01-01", "--out", str(tmp_path / "o.pdf")]
    assert run([*words, *ward.arguments]) == 22
    assert "a day for which visits were delivered" in capsys.readouterr().err
    assert not (tmp_path / "o.pdf").exists()


def test_an_unknown_document_names_those_that_there_are(ward, tmp_path, capsys):
    assert run(["print", "haiku", "--citizen", "x", "--out", str(tmp_path / "o.pdf"), *ward.arguments]) == 22
    told = capsys.readouterr().err
    assert all(name in told for name in DOCUMENTS)


def test_an_unknown_citizen_is_told(ward, tmp_path):
    assert run(["print", "summary", "--citizen", "nobody", "--out", str(tmp_path / "o.pdf"), *ward.arguments]) == 22


@pytest.mark.parametrize(
    "words",
    [
        ["summary", "--out", "o.pdf"],
        ["summary", "--citizen", "a", "--unit", "b", "--out", "o.pdf"],
        ["summary", "--citizen", "a"],
        ["summary", "--citizen", "a", "--out", "o.pdf", "--printer", "Ward"],
        ["summary", "--route", "a", "--out", "o.pdf"],
        ["driving-list", "--citizen", "a", "--out", "o.pdf"],
        ["driving-list", "--out", "o.pdf"],
        ["form-observation", "--route", "a", "--out", "o.pdf"],
        ["form-observation", "--citizen", "a", "--unit", "b", "--out", "o.pdf"],
        ["form-observation", "--copies", "0", "--out", "o.pdf"],
        ["form-observation", "--copies", "51", "--out", "o.pdf"],
        ["form-call-log", "--citizen", "a", "--out", "o.pdf"],
        ["form-call-log", "--unit", "a", "--out", "o.pdf"],
        ["summary", "--citizen", "a", "--copies", "2", "--out", "o.pdf"],
        ["summary", "--citizen", "a", "--codes", "--reason", "b", "--out", "o.pdf"],
        ["access-sheet", "--citizen", "a", "--codes", "--out", "o.pdf"],
        ["access-sheet", "--citizen", "a", "--codes", "--reason", " ", "--out", "o.pdf"],
        ["access-sheet", "--citizen", "a", "--codes", "--reason", "b", "--car", "--out", "o.pdf"],
        ["driving-list", "--route", "a", "--date", "tomorrow", "--out", "o.pdf"],
        ["medicine-sheet", "--citizen", "a", "--days", "0", "--out", "o.pdf"],
    ],
)
def test_a_wish_that_makes_no_sense_is_wrong_usage(words, ward):
    assert run(["print", *words, *ward.arguments]) == 2


def test_wrong_words_open_nothing_and_print_nothing(ward, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("regn lampe sti bro te", encoding="utf-8")
    words = ["print", "summary", "--citizen", ward.citizen, "--out", str(tmp_path / "o.pdf")]
    assert run([*words, *ward.arguments[:2], "--passphrase-file", str(wrong)]) == 15
    assert not (tmp_path / "o.pdf").exists()


@pytest.mark.skipif(os.name == "nt", reason="CUPS is not on Windows")
def test_pages_go_to_a_printer_and_leave_no_file(ward, tmp_path, monkeypatch, capsys):
    program = tmp_path / "lp"
    program.write_text(
        f'#!/bin/sh\ncat > {tmp_path}/paper\necho "request id is Ward-1 (0 file(s))"\n', encoding="utf-8"
    )
    program.chmod(0o755)
    (tmp_path / "lpstat").write_text('#!/bin/sh\necho "printer Ward is idle.  enabled"\n', encoding="utf-8")
    (tmp_path / "lpstat").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert run(["print", "summary", "--citizen", ward.citizen, "--printer", "Ward", *ward.arguments]) == 0
    assert capsys.readouterr().out.endswith("on printer Ward\n")
    assert ward.name in pages(tmp_path / "paper")[0]


@pytest.mark.skipif(os.name == "nt", reason="CUPS is not on Windows")
def test_a_printer_that_is_not_there_is_told_with_its_own_status(ward, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run(["print", "summary", "--citizen", ward.citizen, "--printer", "Ward", *ward.arguments]) == 23
