"""Whom to call now, on the real command line: each example plan at the edges of its hours, and the plan that a PC was sent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from backupreader.cli import run
from backupreader.planfile import EXAMPLES
from backupreader.store import vault
from backupreader.store.files import Files
from tests.sync.town import CHEAP, WORDS, write_export

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Said:
    """What a verb said, and its exit status."""

    status: int
    lines: list[str]
    trouble: str

    @property
    def document(self) -> dict[str, Any]:
        return json.loads("\n".join(self.lines))


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """``plan now`` of an example plan on a PC that nothing was sent to."""
    settings = tmp_path / "settings.toml"
    settings.write_text('site = "nordby"\ndata = "data"\n', encoding="utf-8")

    def asked(plan: str, at: str, *words: str, language: str = "en", verb: str = "now") -> Said:
        when = ("--at", at) if at else ()
        which = ("--plan", str(EXAMPLES / plan)) if plan else ()
        status = run(["plan", verb, *when, *which, *words, "--settings", str(settings), "--language", language])
        out, err = capsys.readouterr()
        return Said(status, out.splitlines(), err)

    return asked


CLOCKS_ON, CLOCKS_BACK = "2026-03-29", "2026-10-25"
MONDAY = "until Monday 08:00, then "


@pytest.mark.parametrize(
    ("plan", "at", "first", "until"),
    [
        # until 15 on most days, until 17 on Thursdays; else the watch centre
        ("care-fmk", "2026-11-30 14:59", "IT-afsnittet   00 00 00 01", "until 15:00, then Vagtcentralen"),
        ("care-fmk", "2026-11-30 15:00", "Vagtcentralen   00 00 00 02", "until Tuesday 08:00, then IT-afsnittet"),
        ("care-fmk", "2026-12-03 16:59", "IT-afsnittet   00 00 00 01", "until 17:00, then Vagtcentralen"),
        ("care-fmk", "2026-12-03 17:00", "Vagtcentralen   00 00 00 02", "until Friday 08:00, then IT-afsnittet"),
        ("care-fmk", "2026-12-25 10:00", "Vagtcentralen   00 00 00 02", f"{MONDAY}IT-afsnittet"),
        ("care-fmk", f"{CLOCKS_ON} 02:30", "Vagtcentralen   00 00 00 02", f"{MONDAY}IT-afsnittet"),
        # other hours each day; else the supplier
        ("nexus-bekey", "2026-11-30 15:29", "Nexusteamet   00 00 00 12", "until 15:30, then KMD-support"),
        ("nexus-bekey", "2026-11-30 15:30", "KMD-support   4460 5040", "until Tuesday 08:00, then Nexusteamet"),
        ("nexus-bekey", "2026-12-01 14:59", "Nexusteamet   00 00 00 12", "until 15:00, then KMD-support"),
        ("nexus-bekey", "2026-12-03 17:59", "Nexusteamet   00 00 00 12", "until 18:00, then KMD-support"),
        ("nexus-bekey", "2026-12-03 18:00", "KMD-support   4460 5040", "until Friday 08:00, then Nexusteamet"),
        ("nexus-bekey", "2026-12-04 12:59", "Nexusteamet   00 00 00 12", "until 13:00, then KMD-support"),
        ("nexus-bekey", "2026-12-04 13:00", "KMD-support   4460 5040", f"{MONDAY}Nexusteamet"),
        ("nexus-bekey", "2026-12-25 10:00", "KMD-support   4460 5040", f"{MONDAY}Nexusteamet"),
        ("nexus-bekey", f"{CLOCKS_BACK} 02:30", "KMD-support   4460 5040", f"{MONDAY}Nexusteamet"),
        # office hours; else a manager, and behind her the fire station
        ("phoniro", "2026-12-03 14:59", "NEXUS-support   00 00 00 31", "until 15:00, then Afdelingschefen på vagt"),
        ("phoniro", "2026-12-03 15:00", "Afdelingschefen på vagt   00 00 00 32", "until Friday 08:00, then NEXUS-support"),
        ("phoniro", "2026-12-04 14:00", "Afdelingschefen på vagt   00 00 00 32", f"{MONDAY}NEXUS-support"),
        ("phoniro", "2026-12-25 10:00", "Afdelingschefen på vagt   00 00 00 32", f"{MONDAY}NEXUS-support"),
        # outside office hours no IT; holidays as Sundays
        ("magna-cura", "2026-11-30 16:29", "Kommunens IT-stöd   031-390 06 01", "until 16:30, then Enhetschef i beredskap"),
        ("magna-cura", "2026-11-30 16:30", "Enhetschef i beredskap   070-174 06 10", "until Tuesday 08:00, then Kommunens IT-stöd"),
        ("magna-cura", "2026-12-25 10:00", "Enhetschef i beredskap   070-174 06 10", f"{MONDAY}Kommunens IT-stöd"),
        ("magna-cura", "2026-06-19 10:00", "Enhetschef i beredskap   070-174 06 10", f"{MONDAY}Kommunens IT-stöd"),  # Midsummer Eve
        ("magna-cura", f"{CLOCKS_ON} 03:00", "Enhetschef i beredskap   070-174 06 10", f"{MONDAY}Kommunens IT-stöd"),
        # weekdays until 15:30; in the evening nobody, on purpose
        ("nexus-botilbud", "2026-11-30 06:59", "Nobody answers at this hour.", "until 07:00, then NEXUS-teamet"),
        ("nexus-botilbud", "2026-11-30 15:29", "NEXUS-teamet   00 00 00 61", "until 15:30, then nobody"),
        ("nexus-botilbud", "2026-11-30 15:30", "Nobody answers at this hour.", "until Tuesday 07:00, then NEXUS-teamet"),
        ("nexus-botilbud", "2026-12-25 10:00", "Nobody answers at this hour.", "until Monday 07:00, then NEXUS-teamet"),
    ],
)  # fmt: skip
def test_each_example_plan_at_the_edges_of_its_hours(ask, plan: str, at: str, first: str, until: str):
    said = ask(plan, at)
    assert (said.status, said.trouble) == (0, "")
    assert said.lines[0] == first
    assert f"This holds {until}." in said.lines


def test_christmas_day_is_the_reason_and_the_next_change_is_after_the_weekend(ask):
    said = ask("nexus-bekey", "2026-12-25 10:00").lines
    assert "It is a public holiday (Juledag)." in said
    assert "Nexusteamet does not answer now, on a public holiday: it answers Monday 08:00–15:30." in said


def test_the_digits_to_press_what_to_say_and_who_may_call_stand_below_the_number(ask):
    said = ask("nexus-bekey", "2026-11-30 20:00").lines
    assert said[0] == "KMD-support   4460 5040"
    below = said[1 : said.index("")]
    assert below[0] == "Then press, in this order: 1, 153#"
    assert [line.partition(":")[0] for line in below] == [
        "Then press, in this order", "Say", "Say", "Say", "Give as your own number", "Call for", "Do not call for",
        "Do not call for", "Only these may make this call", "Note",
    ]  # fmt: skip


def test_who_may_not_make_the_call_is_told_whom_to_ask_and_everyone_else_is_told_who_may(ask, tmp_path: Path):
    own = tmp_path / "plan.toml"
    roles = '[[role]]\nid = "carer"\nlabel = "Carer"\n[[role]]\nid = "head"\nlabel = "Head"\n'
    own.write_text(PLAN.replace("[[calling]]", f'may_call = ["head"]\n{roles}[[calling]]'), encoding="utf-8")
    at = "2026-11-30 20:00"
    assert "Only these may make this call: Head" in ask("", at, "--plan", str(own)).lines
    assert "Only these may make this call: Head" in ask("", at, "--plan", str(own), "--role", "head").lines
    refused = "Carer may not make this call. Ask one of these: Head"
    assert refused in ask("", at, "--plan", str(own), "--role", "carer").lines


def test_if_nobody_picks_up_the_next_who_is_open_is_named_with_its_number(ask):
    said = ask("phoniro", "2026-12-03 10:00").lines
    assert "If nobody picks up: Afdelingschefen på vagt   00 00 00 32" in said
    assert "If nobody picks up: Brand og Redning (vagt hele døgnet)   00 00 00 33" in said


def test_in_the_evening_where_nobody_is_to_be_called_it_is_said_what_to_do(ask):
    said = ask("nexus-botilbud", "2026-11-30 20:00").lines
    assert said[0] == "Nobody answers at this hour."
    assert said[1].startswith("Se, om nettet virker. Vent, og prøv igen om 15 minutter.")
    assert said[2] == "Try again every 15 min."


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-11-23 19:59", ""),  # more than a day ahead
        ("2026-11-23 20:00", "Planned downtime Tuesday 20:00–22:00: "),
        ("2026-11-24 19:59", "Planned downtime today 20:00–22:00: "),
        ("2026-11-24 20:00", "Planned downtime goes on: "),
        ("2026-11-24 21:59", "Planned downtime goes on: "),
        ("2026-11-24 22:00", ""),
        ("2026-11-17 20:30", ""),  # the third Tuesday
        ("2026-12-22 20:30", "Planned downtime goes on: "),
    ],
)
def test_the_fourth_tuesday_evening_is_announced_a_day_ahead_and_while_it_goes_on(ask, at: str, told: str):
    lines = [line for line in ask("nexus-botilbud", at).lines if line.startswith("Planned downtime")]
    assert len(lines) == bool(told)
    assert all(line.startswith(told) for line in lines)


def test_what_is_down_how_far_it_goes_and_who_calls_choose_another_order(ask):
    assert ask("nexus-bekey", "2026-11-30 20:00", "--system", "bekey").lines[0] == "Bekeys support   00 00 00 14"
    watch = ("--role", "vagtcentral", "--reach")
    assert ask("care-fmk", "2026-12-05 02:10", *watch, "local").lines[0] == "Nobody answers at this hour."
    assert ask("care-fmk", "2026-12-05 02:10", *watch, "global").lines[0] == "KMD, driftsleverandør   00 00 00 03"
    assert ask("nexus-bekey", "2026-12-05 02:00", "--role", "privat").lines[0] == "Nobody answers at this hour."
    words = ("--system", "magna-cura", "--reach", "global", "--role", "personal")
    assert ask("magna-cura", "2026-12-25 10:00", *words).lines[0].startswith("Enhetschef i beredskap")
    own = ask("magna-cura", "2026-12-25 10:00", *words, "--unit", "Hemtjänsten Norr")
    assert own.lines[0] == "Samordnaren i Hemtjänsten Norr   070-174 06 20"


def test_a_machine_reads_who_why_until_when_and_who_then(ask):
    told = ask("nexus-bekey", "2026-11-30 15:30", "--json").document
    assert (told["at"], told["contact"]["id"]) == ("2026-11-30T15:30:00+01:00", "kmd-support")
    assert (told["until"], told["then"]["id"]) == ("2026-12-01T08:00:00+01:00", "nexusteam")
    (passed,) = told["passed"]
    assert (passed["id"], passed["why"], passed["opens"]) == ("nexusteam", "closed", "2026-12-01T08:00:00+01:00")
    assert told["plan"]["overdue"]
    assert told["plan"]["title"].startswith("Når Nexus, Bekey")
    window = ask("nexus-botilbud", "2026-11-24 20:30", "--json").document["windows"]
    assert [(one["id"], one["going"], one["ends"]) for one in window] == [
        ("fjerde-tirsdag", True, "2026-11-24T22:00:00+01:00")
    ]


def test_an_hour_that_comes_twice_is_its_first_unless_the_offset_says_which(ask):
    assert ask("care-fmk", "2026-10-25 02:30", "--json").document["at"] == "2026-10-25T02:30:00+02:00"
    assert ask("care-fmk", "2026-10-25T02:30+01:00", "--json").document["at"] == "2026-10-25T02:30:00+01:00"
    assert ask("care-fmk", "2026-03-29 02:30", "--json").document["at"] == "2026-03-29T03:30:00+02:00"


@pytest.mark.parametrize(
    "at", ["x", "2026-12-25", "2026-13-01 10:00", "2026-12-25 25:00", "9999-12-31 23:59", "0001-01-01 00:00"]
)
def test_what_is_no_time_is_wrong_usage(ask, at: str):
    said = ask("care-fmk", at)
    assert said.status == 2
    assert "2026-12-25 15:30" in said.trouble


@pytest.mark.parametrize("words", [("--system", "toaster"), ("--role", "king"), ("--unit", "Nowhere")])
def test_what_the_plan_does_not_know_is_said_with_what_it_knows(ask, words: tuple[str, str]):
    said = ask("care-fmk", "2026-11-30 10:00", *words)
    assert said.status == 22
    assert words[1] in said.trouble
    assert not said.lines


def test_a_unit_with_a_supplement_is_named_once_among_those_that_are_known(ask):
    said = ask("nexus-bekey", "2026-12-01 10:00", "--unit", "Nowhere")
    assert said.trouble.count("Plejecenter Birkelund") == 1


def test_a_reach_that_is_none_is_wrong_usage(ask):
    assert ask("care-fmk", "2026-11-30 10:00", "--reach", "galactic").status == 2


def test_a_pc_without_a_plan_says_so(ask):
    for verb in ("now", "show"):
        said = ask("", "", verb=verb)
        assert said.status == 49
        assert "[BR49]" in said.trouble
        assert not said.lines


def test_a_plan_that_cannot_be_read_is_refused_by_line(ask, tmp_path: Path):
    broken = tmp_path / "plan.toml"
    broken.write_text('title = "A"\nowner = "B"\n[holidays]\ncountry = "XX"\n', encoding="utf-8")
    said = ask("", "", "--plan", str(broken))
    assert said.status == 48
    assert "4" in said.trouble


@pytest.mark.parametrize("language", ["da", "sv", "nb", "en"])
@pytest.mark.parametrize("plan", ["care-fmk", "nexus-bekey", "phoniro", "magna-cura", "nexus-botilbud"])
def test_every_example_answers_and_shows_itself_in_every_language_at_this_very_hour(ask, plan: str, language: str):
    assert ask(plan, "", language=language).status == 0
    assert ask(plan, "", language=language, verb="show").status == 0
    assert ask(plan, "", "--json", language=language, verb="show").document["example"] is True


def test_show_names_what_is_in_the_plan_and_what_of_it_is_overdue(ask):
    lines = ask("magna-cura", "", verb="show").lines
    assert lines[0].startswith("Plan: När Magna Cura inte går att nå, version 2, of ")
    assert any(line.startswith("The plan is overdue: it should have been revised by 31 Dec 2018") for line in lines)
    (late,) = [line for line in lines if line.startswith("  ") and "Overdue" in line]
    assert "Reservrutin" in late
    assert any("Hemtjänsten Norr" in line and line.startswith("Supplement") for line in lines)
    told = ask("magna-cura", "", "--json", verb="show").document
    assert [one["id"] for one in told["cards"] if one["overdue"]] == ["reservrutin"]
    assert {one["unit"] for one in told["supplements"]} == {"Björkgården särskilt boende", "Hemtjänsten Norr"}


PLAN = """title = "Nedbrud i Nordby"
owner = "Omsorg"
revise_by = 2099-01-01
[holidays]
country = "DK"
[[contact]]
id = "it"
label = "IT-vagt"
number = "12 34 56 78"
[[calling]]
order = ["it"]
"""


def verb(folder: Path, *words: str, status: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "backupreader", *words, "--settings", str(folder / "settings.toml"), "--language", "en"],
        cwd=ROOT,
        env={**os.environ, "BACKUPREADER_TRACEBACK": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def test_the_plan_that_came_with_the_data_answers_without_any_words_and_says_why_a_newer_one_does_not(tmp_path: Path):
    pc, machine = tmp_path / "pc", tmp_path / "export"
    sends = 'send_to = ["../pc/data/inbox"]\nplan = "plan.toml"\n[[source]]\nname = "journal"\npath = "../journal"\n'
    for folder, more in ((pc, ""), (machine, sends)):
        folder.mkdir()
        (folder / "settings.toml").write_text(f'site = "nordby"\ndata = "data"\n{more}', encoding="utf-8")
    (machine / "plan.toml").write_text(PLAN, encoding="utf-8")
    write_export(tmp_path / "journal")
    secret = vault.make_machine_secret(pc / "data" / "vault" / "machine-secret", Files())
    made, _ = vault.init(
        pc / "data" / "vault", "room12", "nordby", WORDS, Files(), CHEAP, account="A", machine_secret=secret
    )
    (tmp_path / "room12.vault").write_bytes(made.identity.encode())
    verb(machine, "vault", "enrol", str(tmp_path / "room12.vault"))
    verb(pc, "trust", "add", str(tmp_path / "nordby.signer"))
    (pc / "data" / "inbox").mkdir(parents=True)
    verb(machine, "export")
    verb(pc, "receive")
    said = verb(pc, "plan", "now", "--at", "2026-12-25 02:10").splitlines()
    assert said[0] == "IT-vagt   12 34 56 78"
    assert "IT-vagt always answers." in said
    assert any(line.startswith("Plan: Nedbrud i Nordby, of Omsorg. It came with the data of ") for line in said)

    (machine / "plan.toml").write_text(PLAN.replace("12 34", "tolv"), encoding="utf-8")
    verb(machine, "export", status=48)
    verb(pc, "receive")
    for words in (("now",), ("show",)):
        said = verb(pc, "plan", *words).splitlines()
        assert any("has had a newer plan that it cannot use: plan.toml, line 9: " in line for line in said)
    told = json.loads(verb(pc, "plan", "now", "--json"))
    assert told["contact"]["number"] == "12 34 56 78"
    assert told["plan"]["kept"]
