"""Trust on the command line: a signing key changes, people compare four words, and what never came is told."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from backupreader.cli import run
from backupreader.store.copies import Copies
from backupreader.store.files import Files
from tests.sync.town import WORDS, backup_pc, exporter, write_export

FOUR = r"[a-z]+ [a-z]+ [a-z]+ [a-z]+"


@dataclass
class Machines:
    """An export machine and a PC, spoken to as at a terminal."""

    folder: Path
    capsys: pytest.CaptureFixture[str] = field(repr=False)

    def say(self, machine: str, *words: str, status: int = 0, language: str = "en") -> str:
        settings = ["--settings", str(self.folder / f"{machine}.toml"), "--language", language]
        assert run([*words, *settings]) == status
        said = self.capsys.readouterr()
        return said.out if status == 0 or said.out else said.err

    def export(self, *words: str, status: int = 0) -> str:
        return self.say("export", *words, status=status)

    def pc(self, *words: str, status: int = 0) -> str:
        return self.say("pc", *words, status=status)

    @property
    def inbox(self) -> Path:
        return self.folder / "room12" / "inbox"

    @property
    def generations(self) -> list[Path]:
        return sorted((self.folder / "room12" / "generations").iterdir())


@pytest.fixture
def machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machines:
    write_export(tmp_path / "journal")
    backup_pc(tmp_path, exporter(tmp_path))
    source = '[[source]]\nname = "journal"\npath = "journal"\n'
    (tmp_path / "export.toml").write_text(
        f'site = "nordby"\ndata = "export"\nsend_to = ["room12/inbox"]\n{source}', encoding="utf-8"
    )
    (tmp_path / "pc.toml").write_text('site = "nordby"\ndata = "room12"\n', encoding="utf-8")
    (tmp_path / "words").write_text(WORDS, encoding="utf-8")
    return Machines(tmp_path, capsys)


def test_a_signing_key_changes_without_a_visit_to_the_pc(machines: Machines):
    made = machines.export("trust", "rotate", "--out", str(machines.folder / "carry"))
    assert (machines.folder / "carry" / "nordby.signer").exists()
    (new,) = re.findall(r"(?:\d{5} ){7}\d{5}", made)
    assert "[BR39]" in machines.export("trust", "rotate", "--finish", status=39)
    machines.export("export")
    machines.pc("receive")
    known = machines.pc("trust", "list")
    assert new in known
    assert re.search(rf"{new}\n  announced by (\d{{5}} ){{7}}\d{{5}} in package \d+-\d+, ", known)
    assert new in machines.export("trust", "rotate", "--finish")
    machines.export("export")
    machines.pc("receive")
    known = machines.pc("trust", "list")
    assert known.count("no longer taken") == 1
    assert f"{new}\n" in known
    old, now = sorted(json.loads(machines.pc("trust", "list", "--json")), key=lambda one: one["taken"])
    assert (old["pinned"], old["announced"]) == (False, None)
    assert now["announced"]["by"] == old["id"]
    assert machines.pc("status")


def test_removing_the_old_key_says_what_goes_with_it(machines: Machines):
    new = re.findall(r"(?:\d{5} ){7}\d{5}", machines.export("trust", "rotate", "--out", str(machines.folder)))[0]
    machines.export("export")
    machines.pc("receive")
    (old,) = [one for one in json.loads(machines.pc("trust", "list", "--json")) if one["pinned"]]
    said = machines.pc("trust", "remove", old["fingerprint"])
    assert said.count("No more packages") == 2
    assert new in said
    assert "No export machine is trusted" in machines.pc("trust", "list")
    assert "Packages for nordby are taken" in machines.pc("trust", "add", str(machines.folder / "nordby.signer"))
    assert machines.pc("trust", "list").count("no longer taken") == 1


def test_a_lost_key_is_replaced_and_carried_by_hand(machines: Machines):
    machines.export("export")
    machines.pc("receive")
    said = machines.export("trust", "rotate", "--lost", "--out", str(machines.folder))
    assert "No PC knows it yet" in said
    machines.export("export")
    assert "[BR14]" in machines.pc("receive", status=14)
    machines.pc("trust", "add", str(machines.folder / "nordby.signer"))
    assert "received" in machines.pc("receive")
    assert machines.export("trust", "rotate", "--lost", "--finish", status=2)


def test_a_trust_file_that_cannot_be_read_is_told_and_the_data_stays_readable(machines: Machines):
    machines.export("export")
    machines.pc("receive")
    pinned, second = sorted((machines.folder / "room12" / "trust").rglob("*.signer"), key=lambda path: len(path.parts))
    content = pinned.read_bytes()
    for path in (pinned, second):
        path.write_bytes(b"")
        for verb in ("status", "trust list"):
            said = machines.say("pc", *verb.split(), status=18 if verb == "status" and path is second else 0)
            assert f"{path} cannot be read" in said
    machines.export("export")
    assert "[BR31]" in machines.pc("receive", status=31)
    (machines.folder / "again.signer").write_bytes(content)
    machines.pc("trust", "add", str(machines.folder / "again.signer"))
    assert "received" in machines.pc("receive")
    assert json.loads(machines.pc("status", "--json"))["trust"] == {"damaged": []}


def test_the_same_four_words_are_said_wherever_a_generation_is_met(machines: Machines):
    sent = re.search(rf"four words: ({FOUR})", machines.export("export"))
    assert sent is not None
    words = sent[1]
    (package,) = machines.inbox.iterdir()
    assert f"four words: {words}" in machines.pc("verify", str(package))
    assert json.loads(machines.pc("verify", str(package), "--json"))["words"] == words
    machines.pc("receive")
    assert words in machines.pc("verify")
    assert words in machines.pc("status")
    assert json.loads(machines.pc("status", "--json"))["generations"][0]["words"] == words
    assert words not in machines.say("pc", "status", language="sv")
    again = json.loads(machines.export("export", "--json"))
    assert list(again["sites"][0]["words"].values()) != [words]


@pytest.mark.parametrize("verb", ["export", "verify", "status"])
def test_the_help_says_that_both_must_use_one_language(machines: Machines, verb: str):
    assert "both with the same --language" in " ".join(machines.pc(verb, "--help").split())


def test_packages_that_never_came_are_told(machines: Machines):
    for lost in (False, True, True, False):
        machines.export("export")
        if lost:
            for path in machines.inbox.iterdir():
                path.unlink()
        else:
            machines.pc("receive")
    assert re.search(r"2 packages before the one of .+ never came here\.", machines.pc("status"))
    assert "never came here" in machines.pc("verify")
    (gap,) = json.loads(machines.pc("status", "--json"))["gaps"]
    assert (gap["missing"], gap["before"]) == (2, machines.generations[-1].name)


def test_every_folder_of_the_store_has_a_fate_and_the_status_is_honest(machines: Machines):
    for _ in range(4):
        machines.export("export")
        machines.pc("receive")
    first, second, third, fourth = machines.generations
    (first / "head").write_bytes(b"gone")
    (second / "data.db").write_bytes((second / "data.db").read_bytes()[:-1])
    (third / "data.db").unlink()
    fates = {one["generation"]: one["fate"] for one in json.loads(machines.pc("verify", "--json", status=18))}
    assert fates == {first.name: "damaged", second.name: "damaged", third.name: "unreadable", fourth.name: "whole"}
    assert f"{first.name} · it is damaged" in machines.pc("status")
    said = machines.pc("verify", status=18)
    assert f"{first.name}: damaged." in said
    assert re.search(rf"{fourth.name}: whole\. {FOUR}", said)


def test_what_a_removed_machine_signed_is_whole_and_says_so(machines: Machines):
    machines.export("export")
    machines.pc("receive")
    machines.pc("trust", "remove", "nordby")
    assert "no longer trusted" in machines.pc("verify")
    assert "no longer trusted" in machines.pc("status")
    (package,) = (machines.folder / "export" / "outbox").glob("*.package")
    assert "no longer taken" in machines.pc("verify", str(package))
    for path in (machines.folder / "room12" / "trust" / "retired").iterdir():
        path.unlink()
    assert json.loads(machines.pc("verify", "--json", status=14))[0]["fate"] == "unknown-signer"


def test_another_generation_is_searched_and_printed_by_its_name(machines: Machines):
    machines.export("export")
    write_export(machines.folder / "journal", citizens=6)
    machines.export("export")
    machines.pc("receive")
    old, new = (path.name for path in machines.generations)
    words = ("--passphrase-file", str(machines.folder / "words"))
    assert "1 citizen\n" in machines.pc("search", "Kanariefugl5", *words)
    assert "0 citizens" in machines.pc("search", "Kanariefugl5", *words, "--generation", old)
    assert "1 citizen\n" in machines.pc("search", "Kanariefugl5", *words)  # her choice was for that once
    assert "[BR22]" in machines.pc("search", "x", *words, "--generation", "yesterday", status=22)
    (found,) = json.loads(machines.pc("search", "Kanariefugl5", *words, "--json"))["citizens"]
    page = ("print", "summary", "--citizen", found["id"], "--out", str(machines.folder / "page.pdf"), *words)
    assert "[BR22]" in machines.pc(*page, "--generation", old, status=22)
    assert "SHA-256" in machines.pc(*page, "--generation", new)


def test_a_generation_whose_shrinking_a_person_accepted_is_the_one_that_is_opened(machines: Machines):
    machines.export("export")
    write_export(machines.folder / "journal", citizens=5, medicine=False)
    assert "[BR09]" in machines.export("export", status=9)
    machines.export("export", "--accept-shrink")
    machines.pc("receive")
    newest, older = json.loads(machines.pc("status", "--json"))["generations"]
    assert (newest["default"], newest["why"], older["default"]) == (True, [], False)
    assert "opened first" in machines.pc("status")


def test_a_leap_is_taken_at_a_person_s_word_and_is_written_down(machines: Machines):
    machines.export("export")
    machines.pc("receive")
    copies = sorted((machines.folder / "export" / "state").glob("position-[ab].json"))
    epoch = json.loads(copies[0].read_bytes())["value"]["epoch"]
    Copies(machines.folder / "export" / "state", "position", Files()).write({"epoch": epoch, "seq": 5000})
    machines.export("export")
    assert "--accept-leap" in machines.say("pc", "receive", status=11)
    assert machines.pc("receive", "--watch", "--accept-leap", status=2)
    assert "received" in machines.pc("receive", "--accept-leap")
    report = machines.pc("audit", "report", "--passphrase-file", str(machines.folder / "words"))
    assert f"leap accepted: {epoch:016d}-{5001:016d}" in report
    machines.export("export")
    assert "received" in machines.pc("receive")
