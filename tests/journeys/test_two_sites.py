"""One export machine and the PCs of several sites, through the real command line: each gets its own, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from backupreader import settings as settings_files
from backupreader.domain.journal import Presence
from backupreader.settings import Settings
from backupreader.store import vault
from backupreader.store.files import Files
from backupreader.store.opening import open_newest
from backupreader.store.reader import Reader
from tests.sync.town import CHEAP, WORDS, session, write_export

ROOT = Path(__file__).parents[2]
SITES = """
site = "vordby"
data = "data"

[[source]]
name = "journal"
path = "../journal"

[[sites]]
name = "nord"
units = ["Nord"]
send_to = ["../nord/data/inbox"]

[[sites]]
name = "syd"
units = ["Syd"]
neighbours = ["nord"]
send_to = ["../syd/data/inbox"]
leave_out = ["medicine"]

[[sites]]
name = "vest"
units = ["Vest"]
"""


@dataclass(frozen=True)
class Machines:
    """The export machine and a PC of each of two sites."""

    folder: Path

    def run(self, machine: str, *words: str, status: int = 0) -> str:
        file = self.folder / machine / "settings.toml"
        done = subprocess.run(
            [sys.executable, "-m", "backupreader", *words, "--settings", str(file), "--language", "en"],
            cwd=ROOT,
            env={**os.environ, "BACKUPREADER_TRACEBACK": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout

    def settings(self, machine: str) -> Settings:
        return settings_files.load(self.folder / machine / "settings.toml")

    def reader(self, machine: str) -> Reader:
        self.run(machine, "receive")
        return open_newest(self.settings(machine), session(self.settings(machine)))


@pytest.fixture
def machines(tmp_path: Path) -> Machines:
    machines = Machines(tmp_path)
    write_export(tmp_path / "journal", 20)
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "settings.toml").write_text(SITES, encoding="utf-8")
    for site in ("nord", "syd"):
        (tmp_path / site).mkdir()
        (tmp_path / site / "settings.toml").write_text(f'site = "{site}"\ndata = "data"\n', encoding="utf-8")
        pc = machines.settings(site)
        secret = vault.make_machine_secret(pc.vault_folder / "machine-secret", Files())
        made, _ = vault.init(
            pc.vault_folder, f"{site}-1", site, WORDS, Files(), CHEAP, account="Anna Holm", machine_secret=secret
        )
        (tmp_path / f"{site}-1.vault").write_bytes(made.identity.encode())
        machines.run("export", "vault", "enrol", str(tmp_path / f"{site}-1.vault"))
        machines.run(site, "trust", "add", str(tmp_path / f"{site}.signer"))
        pc.inbox_folder.mkdir(parents=True)
    return machines


def names(reader: Reader) -> set[str]:
    return {hit.citizen.name.removeprefix("Kirsten Kanariefugl") for hit in reader.find("")}


def test_each_pc_gets_its_own_units_and_its_neighbours(machines: Machines) -> None:
    told: dict[str, Any] = json.loads(machines.run("export", "export", "--json"))
    nord, syd, vest = told["sites"]
    assert (nord["pcs"], syd["pcs"], vest["pcs"]) == (1, 1, 0)
    assert (nord["rows"]["citizen"], syd["rows"]["citizen"], vest["rows"]) == (10, 20, {})
    assert (syd["rows"]["medication"], syd["left_out"]) == (0, ["medication", "dose", "administration"])
    assert vest["unknown_units"] == ["Vest"]
    assert told["without_site"] == {}
    receipts = told["receipts"]
    assert sum(one["read"] for one in receipts) == sum(one["filed"] + one["refused"] for one in receipts) == 42

    reader = machines.reader("nord")
    assert names(reader) == {str(number) for number in range(0, 20, 2)}
    assert reader.left_out() == ()
    assert reader.info.site == "nord"
    reader.close()
    reader = machines.reader("syd")
    assert names(reader) == {str(number) for number in range(20)}
    assert reader.left_out() == ("medication", "dose", "administration")
    (one,) = reader.find("kanariefugl7")
    journal = reader.journal(one.citizen.id)
    assert {journal.orders.presence, journal.administrations.presence} == {Presence.LEFT_OUT}
    assert journal.notes.presence is Presence.NOT_DELIVERED
    reader.close()


def test_a_site_that_shrank_is_not_sealed_and_holds_up_no_other(machines: Machines) -> None:
    machines.run("export", "export")
    patients = machines.folder / "journal" / "Patient.000.ndjson"
    lines = patients.read_text(encoding="utf-8").splitlines(keepends=True)
    patients.write_text("".join(line for line in lines if "Organization/0" in line), encoding="utf-8")
    said = machines.run("export", "export", status=9)
    assert "Not sealed: syd: the unit Syd had 10 citizens and is missing (Organization.000.ndjson:2)" in said
    assert "Not sealed: syd: 10 citizens instead of 20" in said
    sealed = [line for line in said.splitlines() if line.startswith("Sealed: ")]
    assert len(sealed) == 1
    assert "nord-" in sealed[0]
    told = json.loads(machines.run("export", "export", "--json", status=9))
    assert {one["site"] for one in told["refused"]} == {"syd"}
    assert [bool(site["packages"]) for site in told["sites"]] == [True, False, False]
    assert "Accepted: syd: " in machines.run("export", "export", "--accept-shrink", status=10)
    reader = machines.reader("syd")
    assert len(names(reader)) == 10
    reader.close()


def test_the_export_says_of_each_source_what_became_of_its_rows(machines: Machines) -> None:
    said = machines.run("export", "export").splitlines()
    assert said[-1] == "journal: 42 read, 42 filed, 0 refused, 0 left unread on purpose."
    assert "vest: no backup PC is enrolled, so nothing was made for it." in said
    assert "vest: no unit is called Vest." in said
    assert "syd: left out by the settings: medication, dose, administration." in said


def test_a_refused_export_says_which_lines_made_it_think_so_as_json_too(machines: Machines) -> None:
    machines.run("export", "export")
    write_export(machines.folder / "journal", 20, medicine=False)
    (machines.folder / "journal" / "Patient.000.ndjson").write_text("", encoding="utf-8")
    told = json.loads(machines.run("export", "export", "--json", status=9))
    assert told["generation"] is None
    assert {
        "site": "nord",
        "doubt": "the unit Nord had 10 citizens and is missing",
        "examples": ["Organization.000.ndjson:1"],
    } in told["refused"]


def test_a_pc_of_a_site_that_the_settings_do_not_name_cannot_be_enrolled(machines: Machines, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    made, _ = vault.init(
        folder,
        "room1",
        "vordby",
        WORDS,
        Files(),
        CHEAP,
        account="A",
        machine_secret=vault.make_machine_secret(folder / "machine-secret", Files()),
    )
    (tmp_path / "room1.vault").write_bytes(made.identity.encode())
    machines.run("export", "vault", "enrol", str(tmp_path / "room1.vault"), status=3)
