"""An outage on the real command line, a new process for every word: its clocks, its hand-over, its log and its end.

The clock of the command line is the machine's own, so what happens is told with `--at` and `--since` in the past. Between
two words new data comes: nothing of an outage hangs on a generation.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.errors import NO_OUTAGE, NOT_FOUND, NOT_WRITTEN
from backupreader.language import Language
from backupreader.settings import Settings
from sync.export import export
from sync.receive import receive
from tests.sync.town import SITE, WORDS, backup_pc, exporter, write_export

ROOT = Path(__file__).parents[2]
ZONE = ZoneInfo("Europe/Copenhagen")
PLAN = """title = "Nedbrud i Nordby"
owner = "Omsorg"
units = ["Nord", "Syd"]
[holidays]
country = "DK"
[[role]]
id = "reporter"
label = "Den der melder"
[[role]]
id = "lead"
label = "Lokal leder"
[[system]]
id = "journal"
label = "Journal"
[[contact]]
id = "region"
label = "Driftvagt"
number = "11 22 33 44"
[[contact]]
id = "it"
label = "IT-vagt"
number = "55 66 77 88"
[[calling]]
order = ["it"]
[[act]]
id = "keys"
label = "Nøgler hentet"
[[duty]]
id = "region"
label = "Ring Driftvagten"
role = "lead"
contact = "region"
after = "2:00"
warn = "0:30"
[[duty]]
id = "region-up"
label = "Sig at det er oppe"
role = "lead"
contact = "region"
at = "end"
follows = "region"
[[duty]]
id = "doors"
label = "Telefoner åbner døre"
since = "keys"
lasts = "8:00"
warn = "1:00"
[[duty]]
id = "again"
label = "Prøv igen"
every = "0:15"
[[template]]
id = "partners"
label = "Til partnere"
use = "partners"
text = "Vi er ramt."
[[partners]]
id = "outside"
label = "Udenfor"
role = "lead"
template = "partners"
[[partners.partner]]
id = "gp"
label = "Lægerne"
number = "99 88 77 66"
"""


def now() -> datetime:
    return datetime.now(ZONE)


def ago(minutes: float) -> str:
    return (now() - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S%z")[:-2] + ":00"


def last_days(clock: str) -> str:
    """A moment of yesterday, whose shifts have all begun since."""
    return f"{(now() - timedelta(days=1)).date()}T{clock}"


@dataclass
class Pc:
    """A PC with a plan, at which Anna sits; every word is a process of its own."""

    folder: Path
    machine: Settings
    own: Settings
    citizens: int = field(default=5)

    def say(self, *words: str, status: int = 0, locked: bool = False) -> str:
        named = ["--settings", str(self.folder / "settings.toml")]
        named += [] if locked else ["--passphrase-file", str(self.folder / "anna")]
        done = subprocess.run(
            [sys.executable, "-m", "backupreader", *words, *named],
            cwd=ROOT, env={**os.environ, "BACKUPREADER_TRACEBACK": "1"}, capture_output=True,
            text=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def outage(self, *words: str, status: int = 0) -> str:
        return self.say("outage", *words, status=status)

    def declare(self, minutes: float, *more: str) -> str:
        return self.outage(
            "declare", "--judged-by", "Cia Lund", "--why", "Ingen medicin kan ses", "--system", "Journal",
            "--since", ago(minutes), *more,
        )  # fmt: skip

    def shown(self) -> dict[str, Any]:
        """As it is seen before unlock."""
        return json.loads(self.say("outage", "show", "--json", locked=True))

    def clock(self, duty: str) -> dict[str, Any]:
        (found,) = (one for one in self.shown()["outage"]["clocks"] if one["duty"] == duty)
        return found

    def states(self) -> dict[str, str]:
        return {one["duty"]: one["state"] for one in self.shown()["outage"]["clocks"]}

    def log(self) -> list[dict[str, Any]]:
        return json.loads(self.outage("log", "--json"))["entries"]

    def new_data(self) -> None:
        """Another generation comes and is the newest."""
        self.citizens += 1
        write_export(self.folder / "journal", self.citizens)
        export(self.machine, now())
        receive(self.own)


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    machine = replace(exporter(tmp_path, tmp_path / "room12" / "inbox"), plan=tmp_path / "plan.toml")
    own = backup_pc(tmp_path, machine)
    (tmp_path / "anna").write_text(WORDS, encoding="utf-8")
    settings = f'site = "{SITE}"\nlanguage = "en"\ndata = "{own.data.as_posix()}"\n'
    (tmp_path / "settings.toml").write_text(settings, encoding="utf-8")
    made = Pc(tmp_path, machine, own)
    made.new_data()
    return made


def test_the_two_hour_clock_is_warned_of_and_overdue_and_done_across_restarts_and_new_data(pc: Pc) -> None:
    said = pc.declare(80)
    assert "Outage 2026-001 has gone on for 1 h 20 min" in said
    assert "Lokal leder · Driftvagt 11 22 33 44" in said
    assert pc.clock("region")["state"] == "waiting"
    began = pc.shown()["outage"]["began"]
    for minutes, state in ((95, "soon"), (125, "overdue")):
        pc.declare(minutes)
        pc.new_data()
        clock = pc.clock("region")
        assert clock["state"] == state
        shown = pc.shown()["outage"]
        assert datetime.fromisoformat(clock["due"]) - datetime.fromisoformat(shown["began"]) == timedelta(hours=2)
        assert shown["began"] < began
    said = pc.say("outage", "show", locked=True)
    assert said.index("! overdue by 5 min") < said.index("Ring Driftvagten")
    assert "not due yet · Telefoner åbner døre" in said
    pc.outage("call", "region", "--result", "answered", "--who", "Per", "--at", ago(3))
    pc.outage("done", "region", "--at", ago(2))
    pc.new_data()
    assert pc.states()["region"] == "done"


def test_the_eight_hour_clock_counts_from_when_keys_were_fetched_across_restarts_and_new_data(pc: Pc) -> None:
    pc.declare(60 * 9)
    assert (pc.clock("doors")["state"], pc.clock("doors")["due"]) == ("waiting", None)
    for minutes, state in ((60 * 8 + 5, "overdue"), (60 * 7 + 10, "soon"), (60, "waiting")):
        pc.outage("act", "Nøgler hentet", "--at", ago(minutes))
        pc.new_data()
        assert pc.clock("doors")["state"] == state
    pc.outage("act", "keys", "--whose", "Team Syd", "--at", ago(60 * 8 + 1))
    doors = {one["label"]: one["state"] for one in pc.shown()["outage"]["clocks"] if one["duty"] == "doors"}
    assert doors == {"Telefoner åbner døre": "waiting", "Telefoner åbner døre · Team Syd": "overdue"}


def test_every_quarter_counts_from_the_last_try(pc: Pc) -> None:
    pc.declare(40)
    assert pc.clock("again")["state"] == "overdue"
    pc.outage("done", "again", "--at", ago(20))
    assert pc.clock("again")["state"] == "overdue"
    assert "Next: in " in pc.outage("done", "Prøv igen", "--at", ago(3))
    pc.new_data()
    assert pc.clock("again")["state"] == "waiting"
    assert pc.clock("again")["holder"] == "Anna Holm"


def test_the_case_is_to_be_handed_over_at_three_and_at_eleven_until_somebody_says_who_has_it(pc: Pc) -> None:
    pc.declare(60 * 30)
    for taken, shift, due in (("14:50", "evening", "15:00"), ("15:10", "night", "23:00")):
        pc.outage("owner", "Bo Friis", "--at", last_days(taken))
        pc.new_data()
        found = pc.shown()["outage"]
        assert found["hand_over"] == {
            "shift": shift,
            "due": datetime.fromisoformat(last_days(due)).replace(tzinfo=ZONE).isoformat(),
        }
        assert found["owner"] == "Bo Friis"
        began = Language("en").moment(datetime.fromisoformat(last_days(due)))
        assert f"HAND OVER: the {shift} shift began at {began}." in pc.say("outage", "show", locked=True)
    pc.outage("owner", "Bo Friis")  # the same person states that she goes on
    pc.new_data()
    assert pc.shown()["outage"]["hand_over"] is None


def test_the_end_stamps_it_and_says_who_must_be_told_and_what_was_told_is_ticked(pc: Pc) -> None:
    pc.declare(150)
    pc.outage("call", "region", "--result", "answered", "--at", ago(31))
    pc.outage("done", "region", "--at", ago(31))
    pc.outage("call", "it", "--result", "message", "--at", ago(100))
    pc.outage("partner", "gp", "--at", ago(90))
    pc.outage("unit", "Nord", "down")
    assert "Units: 1 down, 0 up.\nNot asked yet: Syd." in pc.say("outage", "show", locked=True)
    pc.new_data()
    said = pc.outage("end", "--at", ago(10))
    told = [line[2:] for line in said.splitlines() if line.startswith("! ") and "overdue" not in line]
    assert told == [
        "Sig at det er oppe · 11 22 33 44 · Lokal leder",
        "Lægerne · 99 88 77 66 · Lokal leder",
        "IT-vagt · 55 66 77 88",
    ]
    assert "'sheets list' says which sheets" in said
    pc.new_data()
    shown = pc.shown()
    assert shown["outage"] is None
    assert [one["told"] for one in shown["last"]["to_tell"]] == [None, None, None]
    pc.outage("done", "region-up")
    pc.outage("partner", "Lægerne")
    pc.outage("call", "it", "--result", "answered")
    assert None not in [one["told"] for one in pc.shown()["last"]["to_tell"]]
    pc.outage("note", "Alt er sagt")
    pc.outage("systems", "journal", status=NO_OUTAGE.status)
    pc.outage("end", status=NO_OUTAGE.status)
    assert "No outage goes on on this PC." in pc.say("outage", "show", locked=True)


def test_words_are_read_after_unlock_only_and_a_mistake_is_crossed_out_and_stays(pc: Pc) -> None:
    pc.declare(10)
    pc.outage("note", "Kirsten Møller mangler insulin")
    pc.outage("decide", "To ekstra på vagt", "--who", "Dorte Bech", "--at", ago(1))
    assert "as entry 5" in pc.outage("withdraw", "3", "--reason", "forkert borger")
    pc.outage("withdraw", "3", "--reason", "igen", status=NOT_WRITTEN.status)
    for path in (path for path in pc.own.data.rglob("*") if path.is_file()):
        assert b"insulin" not in path.read_bytes()
    entries = pc.log()
    assert [one["kind"] for one in entries] == ["declared", "owner", "note", "decision", "withdrawn"]
    assert (entries[2]["words"], entries[2]["withdrawn_by"]) == ("Kirsten Møller mangler insulin", 5)
    assert (entries[3]["who"], entries[0]["words"]) == ("Dorte Bech", "Ingen medicin kan ses")
    said = pc.outage("log", "--outage", "2026-001")
    assert "CROSSED OUT by entry 5" in said
    assert "insulin" in said
    audit = pc.say("audit", "report")
    assert "2026-001: read" in audit
    assert "2026-001: 3 note" in audit
    pc.say("audit", "verify", locked=True)


def test_what_the_plan_does_not_know_is_refused_with_what_it_knows_and_nothing_is_written(pc: Pc) -> None:
    pc.outage("note", "x", status=NO_OUTAGE.status)
    pc.declare(10)
    for words, known in (
        (("call", "regionen", "--result", "answered"), "region, it"),
        (("done", "regions"), "region, region-up, doors, again"),
        (("act", "nycklar"), "keys"),
        (("partner", "hospital"), "gp"),
        (("unit", "Vest", "down"), "Nord, Syd"),
        (("systems", "alarm"), "journal"),
    ):
        assert f"Look at the list of what there is: {known}." in pc.outage(*words, status=NOT_FOUND.status)
    pc.outage("log", "--outage", "2026-009", status=NOT_FOUND.status)
    pc.outage("call", "it", "--result", "perhaps", status=2)
    pc.outage("note", "x", "--at", "25:00", status=2)
    pc.outage("note", "x", "--at", ago(-10), status=NOT_WRITTEN.status)
    pc.outage("note", "x" * 10_001, status=NOT_WRITTEN.status)
    assert len(pc.log()) == 2


def test_two_who_write_at_once_lose_nothing(pc: Pc) -> None:
    pc.declare(10)
    with ThreadPoolExecutor(4) as together:
        list(together.map(lambda number: pc.outage("note", f"Note {number}"), range(12)))
    entries = pc.log()[2:]
    assert sorted(one["words"] for one in entries) == sorted(f"Note {number}" for number in range(12))
    assert [one["number"] for one in entries] == list(range(3, 15))


def test_an_outage_is_declared_and_kept_where_no_data_and_no_plan_has_come(tmp_path: Path) -> None:
    machine = exporter(tmp_path, tmp_path / "room12" / "inbox")
    own = backup_pc(tmp_path, machine)
    (tmp_path / "anna").write_text(WORDS, encoding="utf-8")
    settings = f'site = "{SITE}"\nlanguage = "en"\ndata = "{own.data.as_posix()}"\n'
    (tmp_path / "settings.toml").write_text(settings, encoding="utf-8")
    pc = Pc(tmp_path, machine, own)
    assert "No plan has come to this PC: no duty is known." in pc.declare(30, "--owner", "Bo Friis")
    pc.outage("reach", "national")
    pc.outage("call", "IT in the town hall", "--result", "answered")
    pc.outage("done", "told the region")
    said = pc.outage("end")
    assert "! IT in the town hall" in said
    shown = pc.shown()["last"]
    assert (shown["owner"], shown["reach"], shown["systems"], shown["plan"]) == (
        "Bo Friis",
        "national",
        ["Journal"],
        False,
    )
