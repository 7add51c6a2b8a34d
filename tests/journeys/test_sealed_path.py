"""The sealed path through the real command line: a vault is made, the machines are introduced, an export is sent, received, checked, refused."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from backupreader.store import vault
from backupreader.store.files import Files
from tests.sync.town import CHEAP, write_export

ROOT = Path(__file__).parents[2]
WORDS, OTHER_WORDS = "regn lampe sti bro kaffe", "sol vind hav skog is"


@dataclass(frozen=True)
class Machines:
    """An export machine and a PC, each a settings file beside its data folder."""

    folder: Path

    def run(self, machine: str, *words: str, status: int = 0, stdin: str = "") -> str:
        """The verb's standard output; its standard error where it was refused."""
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "backupreader",
                *words,
                "--settings",
                str(self.folder / machine / "settings.toml"),
                "--language",
                "en",
            ],
            cwd=ROOT,
            env={**os.environ, "BACKUPREADER_TRACEBACK": "1"},
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout if status == 0 else done.stderr

    def export(self, *words: str, status: int = 0) -> str:
        return self.run("export", "export", *words, status=status)

    def pc(self, *words: str, status: int = 0, stdin: str = "") -> str:
        return self.run("pc", *words, status=status, stdin=stdin)

    @property
    def sent(self) -> Path:
        """The newest package of the outbox."""
        return max((self.folder / "export" / "data" / "outbox").glob("*.package"))

    @property
    def inbox(self) -> Path:
        return self.folder / "pc" / "data" / "inbox"

    def words_file(self, words: str) -> str:
        path = self.folder / f"{words.split(maxsplit=1)[0]}.txt"
        path.write_text(words + "\n", encoding="utf-8")
        return str(path)


def settings_files(machines: Machines) -> None:
    for name, more in (
        ("pc", ""),
        ("export", 'send_to = ["../pc/data/inbox"]\n[[source]]\nname = "journal"\npath = "../journal"\n'),
    ):
        (machines.folder / name).mkdir()
        (machines.folder / name / "settings.toml").write_text(
            f'site = "nordby"\ndata = "data"\n{more}', encoding="utf-8"
        )
    write_export(machines.folder / "journal")


@pytest.fixture(scope="module")
def introduced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two machines that know each other. The vault is a cheap one, so that its words take no second each time they are typed."""
    machines = Machines(tmp_path_factory.mktemp("machines"))
    settings_files(machines)
    folder = machines.folder / "pc" / "data" / "vault"
    secret = vault.make_machine_secret(folder / "machine-secret", Files())
    made, opened = vault.init(
        folder, "room12", "nordby", WORDS, Files(), CHEAP, account="Anna Holm", machine_secret=secret
    )
    _, (code,) = made.with_recovery(opened, CHEAP)
    (machines.folder / "recovery.txt").write_text(code, encoding="utf-8")
    (machines.folder / "room12.vault").write_bytes(made.identity.encode())
    machines.run("export", "vault", "enrol", str(machines.folder / "room12.vault"))
    machines.pc("trust", "add", str(machines.folder / "nordby.signer"))
    return machines.folder


@pytest.fixture
def machines(introduced: Path, tmp_path: Path) -> Machines:
    shutil.copytree(introduced, tmp_path / "machines")
    return Machines(tmp_path / "machines")


def fingerprints(text: str) -> list[str]:
    return re.findall(r"(?:\d{5} ){7}\d{5}", text)


def test_two_machines_are_introduced_by_hand_and_show_the_same_numbers_to_compare(tmp_path: Path):
    machines = Machines(tmp_path)
    settings_files(machines)
    words = machines.words_file(WORDS)
    made = machines.pc(
        "vault",
        "init",
        "--name",
        "room12",
        "--account",
        "Anna Holm",
        "--out",
        str(tmp_path),
        "--passphrase-file",
        words,
    )
    enrolled = machines.run("export", "vault", "enrol", str(tmp_path / "room12.vault"))
    added = machines.pc("trust", "add", str(tmp_path / "nordby.signer"))
    assert fingerprints(made) == fingerprints(enrolled)[:1]
    assert fingerprints(added) == fingerprints(enrolled)[1:]
    machines.export()
    machines.pc("receive")
    code = re.search(r"([0-9A-Z]{4}-){8}[0-9A-Z]{4}", made)[0]  # type: ignore[index]
    assert "Kanariefugl3" in machines.pc("search", "Kanariefugl3", stdin=code.lower())


def test_an_export_is_sent_received_verified_and_searched(machines: Machines):
    assert "5 citizen" in machines.export()
    assert "received" in machines.pc("receive")
    assert "Nothing lies in the inbox" in machines.pc("receive")
    assert "whole" in machines.pc("verify")
    found = machines.pc("search", "Kanariefugl3", "--passphrase-file", machines.words_file(WORDS))
    assert "Kanariefugl3" in found
    assert "Kanariefugl3" in machines.pc("search", "Kanariefugl3", stdin=WORDS.upper() + "\n")


def test_machines_read_what_people_read(machines: Machines):
    exported = json.loads(machines.run("export", "export", "--json"))
    assert exported["rows"]["citizen"] == 5
    (received,) = json.loads(machines.pc("receive", "--json"))
    assert (received["outcome"], received["generation"]) == ("received", exported["generation"])
    (verified,) = json.loads(machines.pc("verify", "--json"))
    assert (verified["generation"], verified["whole"], verified["fate"]) == (exported["generation"], True, "whole")
    assert json.loads(machines.pc("verify", str(machines.sent), "--json"))["rows"]["citizen"] == 5
    assert [signer["taken"] for signer in json.loads(machines.pc("trust", "list", "--json"))] == [True]
    status = json.loads(machines.pc("status", "--json"))
    assert status["state"] == "good"
    assert status["newest"]["citizens"] == 5
    assert status["store"]["generations"] == [exported["generation"]]
    assert status["inbox"]["packages"] == 0


def flipped(package: Path) -> bytes:
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    return bytes(data)


def cut(package: Path) -> bytes:
    return package.read_bytes()[:-1]


@pytest.mark.parametrize("damage", [flipped, cut])
def test_a_damaged_package_leaves_the_former_generation_and_the_same_again_helps(
    machines: Machines, damage: Callable[[Path], bytes]
):
    machines.export()
    machines.pc("receive")
    machines.export()
    (machines.inbox / machines.sent.name).write_bytes(damage(machines.sent))
    assert "[BR11]" in machines.pc("receive", status=11)
    assert "[BR11]" in machines.pc("verify", str(machines.inbox / machines.sent.name), status=11)
    assert len(json.loads(machines.pc("verify", "--json"))) == 1
    shutil.copy(machines.sent, machines.inbox)
    assert "received" in machines.pc("receive")
    assert len(json.loads(machines.pc("verify", "--json"))) == 2


def test_an_older_package_is_refused(machines: Machines):
    machines.export()
    old = machines.sent
    machines.export()
    machines.pc("receive")
    shutil.copy(old, machines.inbox)
    assert "[BR13]" in machines.pc("receive", status=13)


def test_a_package_by_a_machine_that_is_no_longer_trusted_is_refused_and_the_old_data_stays_readable(
    machines: Machines,
):
    machines.export()
    machines.pc("receive")
    machines.export()
    assert "No more packages" in machines.pc("trust", "remove", "nordby")
    assert "[BR14]" in machines.pc("receive", status=14)
    assert "no longer taken" in machines.pc("trust", "list")
    assert "Kanariefugl3" in machines.pc("search", "Kanariefugl3", stdin=WORDS)
    assert "[BR22]" in machines.pc("trust", "remove", "nordby", status=22)


def test_a_package_for_another_pc_is_refused(machines: Machines):
    machines.export()
    folder = machines.folder / "pc" / "data" / "vault"
    shutil.rmtree(folder)
    vault.init(folder, "room13", "nordby", WORDS, Files(), CHEAP, account="Anna Holm", machine_secret=bytes(32))
    assert "[BR12]" in machines.pc("receive", status=12)


def test_a_stolen_pc_gets_no_more_packages(machines: Machines):
    machines.export()
    assert "room12" in machines.run("export", "vault", "dismiss", "room12")
    assert "[BR28]" in machines.export(status=28)
    assert "[BR22]" in machines.run("export", "vault", "dismiss", "room12", status=22)


def test_an_export_that_holds_less_than_it_should_needs_an_explicit_word(machines: Machines):
    machines.export()
    write_export(machines.folder / "journal", citizens=2)
    assert "[BR09]" in machines.export(status=9)
    assert "Accepted" in machines.export("--accept-shrink")
    write_export(machines.folder / "journal", citizens=2)
    assert "trial" in machines.export("--dry-run")


def test_accounts_come_and_go_and_the_recovery_code_always_opens(machines: Machines):
    machines.export()
    machines.pc("receive")
    anna, bo = machines.words_file(WORDS), machines.words_file(OTHER_WORDS)
    machines.pc("vault", "add-account", "Bo Ek", "--passphrase-file", anna, "--new-passphrase-file", bo)
    assert "[BR29]" in machines.pc("vault", "add-account", "Bo Ek", "--passphrase-file", anna, status=29)
    assert "Done by Bo Ek" in machines.pc(
        "vault", "remove-account", "Anna Holm", "--passphrase-file", bo, "--out", str(machines.folder)
    )
    assert "[BR15]" in machines.pc("search", "Kanariefugl3", "--passphrase-file", anna, status=15)
    assert "Kanariefugl3" in machines.pc("search", "Kanariefugl3", "--passphrase-file", bo)
    recovery = str(machines.folder / "recovery.txt")
    assert "Kanariefugl3" in machines.pc("search", "Kanariefugl3", "--passphrase-file", recovery)
    fresh = machines.pc("vault", "recovery", "--passphrase-file", bo)
    assert "[BR15]" in machines.pc("search", "Kanariefugl3", "--passphrase-file", recovery, status=15)
    assert "Kanariefugl3" in machines.pc("search", "Kanariefugl3", stdin=fresh.split(": ")[-1])


def test_words_that_the_program_chose_are_shown_once_and_open_the_vault(machines: Machines):
    shutil.rmtree(machines.folder / "pc" / "data" / "vault")
    made = machines.pc("vault", "init", "--name", "room14", "--account", "Eva", "--out", str(machines.folder))
    words = re.search(r"Words: (.+)", made)[1]  # type: ignore[index]
    assert len(words.split()) == 5
    assert "Eva" in machines.pc("vault", "remove-account", "Eva", "--out", str(machines.folder), stdin=words)
    assert "[BR29]" in machines.pc("vault", "init", "--name", "room14", "--out", str(machines.folder), status=29)


@pytest.mark.parametrize(
    ("machine", "words", "status"),
    [
        ("pc", ["status", "--data", "EMPTY"], 17),
        ("pc", ["verify", "--data", "EMPTY"], 17),
        ("pc", ["receive", "--data", "EMPTY"], 20),
        ("pc", ["search", "x", "--data", "EMPTY"], 20),
        ("pc", ["search", "x", "--passphrase-file", "/no/such/file"], 25),
        ("pc", ["vault", "init", "--name", "no/name"], 3),
        ("pc", ["vault", "init", "--name", "room9", "--passphrase-file", "SHORT", "--data", "EMPTY"], 30),
        ("pc", ["trust", "add", "SHORT"], 31),
        ("export", ["vault", "enrol", "SHORT"], 31),
        ("export", ["export", "--data", "EMPTY"], 28),
        ("pc", ["verify", "SHORT"], 11),
        ("pc", ["verify", "/no/such/file"], 25),
        ("pc", ["trust"], 2),
        ("pc", ["vault", "no-such-verb"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_done_is_told_with_its_status(machines: Machines, machine: str, words: list[str], status: int):
    short = machines.folder / "short.txt"
    short.write_text("en to\n", encoding="utf-8")
    places = {"EMPTY": str(machines.folder / "empty"), "SHORT": str(short)}
    said = machines.run(machine, *[places.get(word, word) for word in words], status=status)
    assert "[BR01]" not in said


def test_data_that_is_late_is_told_to_monitoring(machines: Machines):
    machines.export()
    machines.pc("receive")
    settings = machines.folder / "pc" / "settings.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + 'late_after_minutes = 0\nexpected = ["00:00", "12:00"]\n',
        encoding="utf-8",
    )
    assert machines.pc("status")
    for path in (machines.folder / "journal").iterdir():
        os.utime(path, (0, 0))
    machines.export()
    machines.pc("receive")
    assert "[BR24]" in machines.pc("status", status=24)
    assert "old" in machines.pc("status", "--language", "en", status=24)
