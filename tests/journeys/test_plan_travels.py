"""The plan through the real command line: it goes along with the data, is read before any unlock, and the former one stays where the newer cannot be used."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from backupreader.store import vault
from backupreader.store.files import Files
from tests.sync.town import CHEAP, WORDS, write_export

ROOT = Path(__file__).parents[2]
PLAN = """title = "Nedbrud i Nordby"
owner = "Omsorg"
version = "4"
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


@dataclass(frozen=True)
class Machines:
    """An export machine and a PC that know each other, each a settings file beside its data folder."""

    folder: Path

    def run(self, machine: str, *words: str, status: int = 0) -> tuple[str, str]:
        """What the verb says on standard output and on standard error."""
        settings = str(self.folder / machine / "settings.toml")
        done = subprocess.run(
            [sys.executable, "-m", "backupreader", *words, "--settings", settings, "--language", "en"],
            cwd=ROOT,
            env={**os.environ, "BACKUPREADER_TRACEBACK": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout, done.stderr

    def export(self, *words: str, status: int = 0) -> tuple[str, str]:
        return self.run("export", "export", *words, status=status)

    def receive(self) -> None:
        self.run("pc", "receive")

    def on_pc(self) -> Any:
        """What the PC says of its plan to a machine: no words were typed."""
        return json.loads(self.run("pc", "status", "--json")[0])["plan"]

    def status(self) -> str:
        return self.run("pc", "status")[0]

    @property
    def plan(self) -> Path:
        return self.folder / "export" / "nedbrud.toml"

    @property
    def inbox(self) -> Path:
        return self.folder / "pc" / "data" / "inbox"


@pytest.fixture
def machines(tmp_path: Path) -> Machines:
    machines = Machines(tmp_path)
    sends = 'send_to = ["../pc/data/inbox"]\nplan = "nedbrud.toml"\n[[source]]\nname = "journal"\npath = "../journal"\n'
    for name, more in (("pc", ""), ("export", sends)):
        (tmp_path / name).mkdir()
        text = f'site = "nordby"\ndata = "data"\n{more}'
        (tmp_path / name / "settings.toml").write_text(text, encoding="utf-8")
    write_export(tmp_path / "journal")
    machines.plan.write_text(PLAN, encoding="utf-8")
    folder = tmp_path / "pc" / "data" / "vault"
    secret = vault.make_machine_secret(folder / "machine-secret", Files())
    made, _ = vault.init(folder, "room12", "nordby", WORDS, Files(), CHEAP, account="Anna", machine_secret=secret)
    (tmp_path / "room12.vault").write_bytes(made.identity.encode())
    machines.run("export", "vault", "enrol", str(tmp_path / "room12.vault"))
    machines.run("pc", "trust", "add", str(tmp_path / "nordby.signer"))
    machines.inbox.mkdir(parents=True)
    return machines


def test_a_plan_goes_along_is_read_before_unlock_and_the_former_stays_until_the_newer_is_mended(machines: Machines):
    said, _ = machines.export()
    assert "The plan goes along: Nedbrud i Nordby." in said
    machines.receive()
    first = machines.on_pc()
    assert (first["title"], first["version"], first["owner"], first["kept"]) == (
        "Nedbrud i Nordby",
        "4",
        "Omsorg",
        None,
    )
    assert "Plan: Nedbrud i Nordby, version 4, of Omsorg." in machines.status()

    machines.plan.write_text(PLAN.replace('"4"', '"5"').replace("12 34", "tolv 34"), encoding="utf-8")
    said, refused = machines.export(status=48)
    assert "[BR48]" in refused
    assert str(machines.plan) in refused
    assert re.search(r"nedbrud.toml, line 10\b", refused)
    assert re.search(r"The plan cannot be used: .*nedbrud\.toml, line 10: ", said)
    assert "The former plan goes along in its place." in said
    assert "Sent to" in said
    machines.receive()
    kept = machines.on_pc()
    assert (kept["version"], kept["digest"], kept["came"]) == ("4", first["digest"], first["came"])
    assert kept["kept"]["where"] == "export"
    (finding,) = kept["kept"]["findings"]
    assert (finding["file"], finding["line"]) == ("plan.toml", 10)
    assert re.search(
        r"the export machine has had a newer plan that it cannot use: plan\.toml, line 10: ", machines.status()
    )

    machines.plan.write_text(PLAN.replace('"4"', '"5"'), encoding="utf-8")
    assert "The plan goes along" in machines.export()[0]
    machines.receive()
    mended = machines.on_pc()
    assert (mended["version"], mended["kept"]) == ("5", None)
    assert mended["digest"] != first["digest"]


def test_machines_are_told_what_went_along(machines: Machines):
    told = json.loads(machines.export("--json")[0])["plan"]
    assert (told["path"], told["sent"], told["findings"], told["refused_since"]) == (
        str(machines.plan),
        "this",
        [],
        None,
    )
    machines.plan.write_text(PLAN + "[", encoding="utf-8")
    told = json.loads(machines.export("--json", status=48)[0])["plan"]
    assert (told["sent"], [one["file"] for one in told["findings"]]) == ("former", [str(machines.plan)])
    assert told["refused_since"]


def test_a_package_says_whether_it_brings_a_plan(machines: Machines):
    machines.export()
    (package,) = machines.inbox.iterdir()
    assert "A plan goes along in it." in machines.run("pc", "verify", str(package))[0]
    with_plan = json.loads(machines.run("pc", "verify", str(package), "--json")[0])["plan"]
    assert re.fullmatch(r"[0-9a-f]{64}", with_plan)


def test_a_trial_tells_of_a_broken_plan_too(machines: Machines):
    machines.plan.write_text(PLAN.replace("country", "county"), encoding="utf-8")
    said, refused = machines.export("--dry-run", status=48)
    assert "Nothing was sent: this was a trial." in said
    assert "[BR48]" in refused


def test_a_plan_that_is_overdue_goes_along_with_a_word_and_the_pc_says_so(machines: Machines):
    machines.plan.write_text(PLAN.replace("2099-01-01", "2020-01-01"), encoding="utf-8")
    assert "The plan can be used, but: " in machines.export()[0]
    machines.receive()
    assert "The plan is overdue: it should have been revised by 1 Jan 2020" in machines.status()
    assert machines.on_pc()["overdue_days"] > 1000


def test_a_number_that_was_changed_on_the_way_never_reaches_the_pc(machines: Machines):
    machines.export()
    machines.receive()
    machines.plan.write_text(PLAN.replace('"4"', '"5"'), encoding="utf-8")
    machines.export()
    (package,) = machines.inbox.iterdir()
    whole = package.read_bytes()
    assert b"12 34 56 78" in whole
    package.write_bytes(whole.replace(b"12 34 56 78", b"66 66 66 66"))
    assert "[BR11]" in machines.run("pc", "receive", status=11)[1]
    assert "[BR11]" in machines.run("pc", "verify", str(package), status=11)[1]
    assert machines.on_pc()["version"] == "4"


def test_where_the_newest_head_is_damaged_the_plan_before_it_is_told_with_why(machines: Machines):
    machines.export()
    machines.receive()
    machines.export()
    machines.receive()
    newest = max((machines.folder / "pc" / "data" / "generations").iterdir())
    content = bytearray((newest / "head").read_bytes())
    content[-1] ^= 1
    (newest / "head").write_bytes(content)
    assert machines.on_pc()["version"] == "4"
    assert "The plan may not be the newest: the newest data is damaged" in machines.status()


def test_a_plan_that_is_taken_out_of_the_settings_stays_on_the_pc(machines: Machines):
    machines.export()
    machines.receive()
    settings = machines.folder / "export" / "settings.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('plan = "nedbrud.toml"\n', ""), encoding="utf-8")
    said, _ = machines.export()
    assert "The plan" not in said
    machines.receive()
    assert machines.on_pc()["version"] == "4"
    assert "The plan may not be the newest: the newest data brought no plan" in machines.status()


def test_a_pc_without_a_plan_says_so(machines: Machines):
    settings = machines.folder / "export" / "settings.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('plan = "nedbrud.toml"\n', ""), encoding="utf-8")
    machines.export()
    machines.receive()
    assert machines.on_pc() is None
    assert "There is no plan on this PC." in machines.status()
