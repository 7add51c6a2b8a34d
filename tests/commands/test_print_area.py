"""``print`` about many citizens at once, on the real command line: who is ours, a shift, a planner's route, changes."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from backupreader.cli import run
from backupreader.domain.shiftlists import Kind, Pick
from backupreader.domain.shifts import shift_of
from backupreader.settings import Settings, SourceSetting
from backupreader.store import machine as machine_secret
from backupreader.store import vault
from backupreader.store.files import Files
from backupreader.store.opening import open_newest
from sync.export import export
from sync.receive import receive
from sync.sample.write import write_canonical
from tests.sync.town import CHEAP, SITE, WORDS, backup_pc, exporter, session, unlocked, write_export

ZONE = ZoneInfo("Europe/Copenhagen")
BO_S = "sol vind hav skog is"


@dataclass(frozen=True)
class Ward:
    """A PC that has received a made-up municipality of now twice, and what is in it."""

    pc: Settings
    arguments: tuple[str, ...]
    unit: str
    route: str
    day: str


@pytest.fixture(scope="module")
def ward(tmp_path_factory) -> Ward:
    folder = tmp_path_factory.mktemp("ward")
    now = datetime.now(ZONE)
    machine = replace(
        exporter(folder, folder / "room12" / "inbox"),
        sources=(SourceSetting(name="journal", path=folder / "journal", profile="canonical"),),
    )
    pc = backup_pc(folder, machine)
    for moment in (now - timedelta(hours=12), now - timedelta(minutes=20)):
        write_canonical(folder / "journal", size="tiny", country="DK", now=moment)
        export(machine, moment)
        receive(pc)
    settings, words = folder / "settings.toml", folder / "words"
    settings.write_text(f'site = "{SITE}"\nlanguage = "en"\ndata = "{pc.data.as_posix()}"\n', encoding="utf-8")
    words.write_text(WORDS, encoding="utf-8")
    with closing(open_newest(pc, session(pc))) as reader:
        unit = next(count for count in reader.units() if count.citizens > 1)
        day = next(day for day in reader.days() if any(one.route for one in reader.routes(day)))
        return Ward(
            pc=pc,
            arguments=("--settings", str(settings), "--passphrase-file", str(words)),
            unit=unit.unit.name,
            route=next(one.route for one in reader.routes(day) if one.route),
            day=day.isoformat(),
        )


def pages(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file.read_bytes()) as pdf:
        return [" ".join(pdf[number].get_textpage().get_text_bounded().split()) for number in range(len(pdf))]


def printed(ward: Ward, tmp_path: Path, *words: str) -> list[str]:
    """The text of the pages that a command printed."""
    file = tmp_path / "out.pdf"
    assert run(["print", *words, "--out", str(file), *ward.arguments]) == 0
    return pages(file)


def everyone(ward: Ward):
    with closing(open_newest(ward.pc, session(ward.pc))) as reader:
        return reader.tonight(datetime.now(ZONE), ward.pc.shifts)


def test_the_roster_of_all_names_everyone_who_is_ours_and_of_a_unit_its_own(ward, tmp_path):
    people = everyone(ward).people
    text = " ".join(printed(ward, tmp_path, "roster"))
    assert all(" ".join(person.citizen.name.split()) in text for person in people)
    assert "All who are ours" in text
    text = " ".join(printed(ward, tmp_path, "roster", "--unit", ward.unit))
    inside = [person for person in people if person.unit == ward.unit]
    outside = [person for person in people if person.unit != ward.unit]
    assert all(person.citizen.name in text for person in inside)
    assert outside
    assert not any(f"{person.citizen.name} " in text for person in outside)


def test_the_roster_of_a_route_names_those_whom_it_visits_now(ward, tmp_path):
    tonight = everyone(ward)
    route = next(route for person in tonight.people for route in person.routes)
    text = " ".join(printed(ward, tmp_path, "roster", "--route", route))
    assert text.index(route) < text.index("Roster: who is ours")
    for person in tonight.people:
        assert not person.gone or route not in person.routes or person.citizen.name in text


def test_the_life_critical_list_is_printed_with_the_rules_of_the_copy(ward, tmp_path):
    text = " ".join(printed(ward, tmp_path, "life-critical"))
    assert "Example rules, not approved by anyone. Do not rely on this list alone." in text
    assert any(person.citizen.name in text for person in everyone(ward).people if person.matches)


def test_nothing_of_another_units_citizens_is_on_a_list_and_her_unit_is_refused_rather_than_empty(tmp_path, capsys):
    machine = exporter(tmp_path, tmp_path / "room12" / "inbox")
    write_export(tmp_path / "journal")
    pc = backup_pc(tmp_path, machine)
    export(machine, datetime.now(ZONE))
    receive(pc)
    files = Files()
    secret = machine_secret.read(pc.machine_secret_place, files)
    assert secret is not None
    vault.load(pc.vault_folder, files).with_account(
        unlocked(pc), "Bo Lund", BO_S, secret, CHEAP, role="sygeplejerske", units=("Nord",)
    )
    (tmp_path / "settings.toml").write_text(f'site = "{SITE}"\ndata = "{pc.data.as_posix()}"\n', encoding="utf-8")
    (tmp_path / "words").write_text(BO_S, encoding="utf-8")
    out = tmp_path / "o.pdf"
    arguments = ["--settings", str(tmp_path / "settings.toml"), "--passphrase-file", str(tmp_path / "words")]
    arguments += ["--language", "en", "--out", str(out)]
    assert run(["print", "roster", *arguments]) == 0
    text = " ".join(pages(out))
    assert [number for number in range(5) if f"Kanariefugl{number}" in text] == [0, 2, 4]
    assert "Visits: NOT DELIVERED by any source. Nothing is known." in text
    assert "CAVE: not delivered" in text
    out.unlink()
    assert run(["print", "roster", "--unit", "Syd", *arguments]) == 22
    assert "with citizens of your own units" in capsys.readouterr().err
    assert not out.exists()
    assert run(["print", "life-critical", "--unit", "Nord", *arguments]) == 0
    assert "not everything could be asked" in " ".join(pages(out))


def test_the_overview_is_of_one_shift_or_of_all_three_and_as_large_as_asked_for(ward, tmp_path):
    every = printed(ward, tmp_path, "area-overview", "--date", ward.day)
    text = " ".join(every)
    assert all(shift in text for shift in ("Day shift 07:00–15:00", "Evening shift 15:00–23:00", "Night shift"))
    one = printed(ward, tmp_path, "area-overview", "--date", ward.day, "--shift", "day", "--paper", "a3")
    assert all("Day shift 07:00–15:00" in page for page in one)
    with pypdfium2.PdfDocument((tmp_path / "out.pdf").read_bytes()) as pdf:
        assert tuple(round(side) for side in pdf[0].get_size()) == (1191, 842)
    with closing(open_newest(ward.pc, session(ward.pc))) as reader:
        page = reader.overview(shift_of(date.fromisoformat(ward.day), "day", ZONE), 0)
    names = {placed.citizen.name for column in page.columns for placed in column.visits if placed.citizen}
    assert names
    assert all(name in " ".join(one) for name in names)


def test_the_planners_sheet_has_a_slot_for_each_visit_of_the_shift(ward, tmp_path):
    with closing(open_newest(ward.pc, session(ward.pc))) as reader:
        day = date.fromisoformat(ward.day)
        shifts = [shift_of(day, name, ZONE) for name in ("day", "evening", "night")]
        lists = {shift.name: reader.shift_list(shift, Pick(Kind.ROUTE, ward.route), ward.pc.shifts) for shift in shifts}
        name, listed = next((name, one) for name, one in lists.items() if one.visits)
        unmanned = reader.shift_list(shift_of(day, name, ZONE), Pick(Kind.WITHOUT_CARER), ward.pc.shifts)
    words = ("planner-sheet", "--route", ward.route, "--date", ward.day, "--shift", name)
    text = " ".join(printed(ward, tmp_path, *words))
    going = [visit for visit in listed.visits if visit.status not in {"cancelled", "entered-in-error"}]
    elsewhere = [visit for visit in unmanned.visits if visit.route != ward.route]
    assert text.count("Carer now:") == len(going) + len(elsewhere)
    assert "Workload" in text


def test_a_driving_list_may_be_of_one_shift_and_say_what_is_new(ward, tmp_path):
    words = ("driving-list", "--route", ward.route, "--date", ward.day, "--shift", "day", "--changes")
    text = " ".join(printed(ward, tmp_path, *words))
    assert "Day shift 07:00–15:00" in text
    assert "There is no former data" not in text


def test_the_change_list_says_with_what_it_was_compared(ward, tmp_path):
    text = " ".join(printed(ward, tmp_path, "change-list"))
    assert "Compared with the former data, taken" in text
    assert "There is no former data" not in text
    text = " ".join(printed(ward, tmp_path, "change-list", "--unit", ward.unit))
    assert text.index(ward.unit) < text.index("What has changed")


@pytest.mark.parametrize("name", ["roster", "life-critical", "area-overview", "planner-sheet"])
def test_the_audit_names_the_citizens_whose_data_is_printed_and_the_digest(name, ward, tmp_path):
    words = {
        "area-overview": ("--date", ward.day, "--shift", "day"),
        "planner-sheet": ("--route", ward.route, "--date", ward.day),
    }.get(name, ())
    text = " ".join(printed(ward, tmp_path, name, *words))
    digest = hashlib.sha256((tmp_path / "out.pdf").read_bytes()).hexdigest()
    report = tmp_path / "report.csv"
    assert run(["audit", "report", "--out", str(report), *ward.arguments]) == 0
    lines = list(csv.DictReader(io.StringIO(report.read_text(encoding="utf-8-sig"))))
    made = next(line for line in lines if line["sha256"] == digest)
    assert made["what"].startswith(name)
    named = set(made["citizens"].split("; "))
    shown = {person.citizen.id for person in everyone(ward).people if person.citizen.name in text}
    assert shown
    assert shown <= named
    begun = [line for line in lines if line["kind"] == "print" and line["what"] == name]
    assert begun[-1]["citizens"] == made["citizens"], "it stands there before the pages are made"


@pytest.mark.parametrize(
    "words",
    [
        ["roster", "--citizen", "a"],
        ["roster", "--unit", "a", "--route", "b"],
        ["roster", "--date", "2026-11-22"],
        ["life-critical", "--car"],
        ["planner-sheet", "--route", "a", "--car"],
        ["change-list", "--car"],
        ["change-list", "--route", "a"],
        ["area-overview", "--unit", "a"],
        ["area-overview", "--shift", "morning"],
        ["area-overview", "--paper", "a2"],
        ["roster", "--paper", "a3"],
        ["planner-sheet"],
        ["summary", "--citizen", "a", "--shift", "day"],
        ["summary", "--citizen", "a", "--changes"],
    ],
)
def test_a_wish_that_makes_no_sense_is_wrong_usage(words, ward, tmp_path):
    assert run(["print", *words, "--out", str(tmp_path / "o.pdf"), *ward.arguments]) == 2
    assert not (tmp_path / "o.pdf").exists()


@pytest.mark.parametrize("name", ["area-overview", "planner-sheet"])
def test_a_day_without_visits_is_refused(name, ward, tmp_path, capsys):
    words = [name, "--date", "2031-01-01", *(["--route", ward.route] if name == "planner-sheet" else [])]
    assert run(["print", *words, "--out", str(tmp_path / "o.pdf"), *ward.arguments]) == 22
    assert "a day for which visits were delivered" in capsys.readouterr().err


def test_the_night_that_reaches_into_a_day_with_visits_is_no_day_without_them(ward, tmp_path):
    with closing(open_newest(ward.pc, session(ward.pc))) as reader:
        before = reader.days()[0] - timedelta(days=1)
    text = " ".join(printed(ward, tmp_path, "area-overview", "--date", before.isoformat(), "--shift", "night"))
    assert "Night shift 23:00–07:00" in text


@pytest.mark.skipif(os.name == "nt", reason="CUPS is not on Windows")
@pytest.mark.parametrize(("paper", "media"), [("a4", "media=A4"), ("a3", "media=A3")])
def test_the_printer_is_told_how_large_the_paper_is(paper, media, ward, tmp_path, monkeypatch):
    program = tmp_path / "lp"
    program.write_text(
        f'#!/bin/sh\necho "$@" > {tmp_path}/asked\ncat > {tmp_path}/paper\necho "request id is Ward-1 (0 file(s))"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    (tmp_path / "lpstat").write_text('#!/bin/sh\necho "printer Ward is idle.  enabled"\n', encoding="utf-8")
    (tmp_path / "lpstat").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    words = ["area-overview", "--date", ward.day, "--shift", "day", "--paper", paper, "--printer", "Ward"]
    assert run(["print", *words, *ward.arguments]) == 0
    assert media in (tmp_path / "asked").read_text(encoding="utf-8")
    assert "The whole area" in pages(tmp_path / "paper")[0]
