"""Everything that can be wrong with what is read, on the real command line.

Each is told with its code, a hint and its documented status in the chosen language, and leaves the former generation
the newest one that can be read.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backupreader.domain.errors import KINDS
from backupreader.domain.trouble import Kind
from backupreader.language import CODES, Language
from backupreader.store import vault
from backupreader.store.carried import TrustedSigner, VaultIdentity
from backupreader.store.files import Files
from backupreader.store.seal import public_of
from backupreader.store.trust import Trust
from sync.origin import Origin
from sync.sample.write import write
from tests.sync.town import CHEAP, SITE, WORDS, write_export

ROOT = Path(__file__).parents[2]
KIND = {kind.code: kind for kind in KINDS}
LANGUAGES = sorted(CODES)


@dataclass(frozen=True)
class Machines:
    """An export machine and a PC that holds one generation, each a settings file beside its data folder."""

    folder: Path

    def run(self, machine: str, *words: str, language: str = "en", stdin: str = "") -> subprocess.CompletedProcess[str]:
        settings = str(self.folder / machine / "settings.toml")
        return subprocess.run(
            [sys.executable, "-m", "backupreader", *words, "--settings", settings, "--language", language],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if name != "BACKUPREADER_TRACEBACK"},
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def refused(self, code: str, machine: str, *words: str, language: str = "en", stdin: str = "") -> str:
        """What is said, once it is sure that it is one sentence, the code and one hint, with the documented status."""
        done = self.run(machine, *words, language=language, stdin=stdin)
        kind = KIND[code]
        assert done.returncode == kind.status, done.stdout + done.stderr
        said, hint = done.stderr.splitlines()
        assert said.endswith(f"[{code}]")
        assert begins(kind, said, language)
        assert hint.startswith(Language(language).text(kind.hint).partition("{")[0])
        assert WORDS not in done.stdout + done.stderr
        return said

    def source(self, path: Path, more: str = "") -> None:
        """From now on the export machine has this one source."""
        (self.folder / "export" / "settings.toml").write_text(
            f'site = "{SITE}"\ndata = "data"\nsend_to = ["../pc/data/inbox"]\n'
            f'[[source]]\nname = "journal"\npath = "{path.as_posix()}"\n{more}\n',
            encoding="utf-8",
        )

    @property
    def data(self) -> Path:
        return self.folder / "pc" / "data"

    @property
    def inbox(self) -> Path:
        return self.data / "inbox"

    @property
    def package(self) -> Path:
        """A second package, which the PC has not received."""
        return self.folder / "second.package"

    def newest_is_still(self, generation: str) -> None:
        """The PC holds this generation and no other, whole, and an unlock shows it."""
        verified = self.run("pc", "verify", "--json")
        assert [(one["generation"], one["whole"]) for one in json.loads(verified.stdout)] == [(generation, True)]
        status = json.loads(self.run("pc", "status", "--json").stdout)
        assert status["newest"]["generation"] == generation


def begins(kind: Kind, said: str, language: str) -> bool:
    """Does this sentence begin as its translation does, up to the first fact?"""
    return said.startswith(Language(language).text(kind.sentence).partition("{")[0])


def exported(machines: Machines) -> Path:
    done = machines.run("export", "export")
    assert done.returncode == 0, done.stderr
    return max(machines.inbox.glob("*.package"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Machines that know each other, one generation on the PC, and a second package beside it; a cheap vault."""
    machines = Machines(tmp_path_factory.mktemp("made"))
    for name in ("export", "pc"):
        (machines.folder / name).mkdir()
    (machines.folder / "pc" / "settings.toml").write_text(f'site = "{SITE}"\ndata = "data"\n', encoding="utf-8")
    files = Files()
    secret = vault.make_machine_secret(machines.data / "vault" / "machine-secret", files)
    pc, _ = vault.init(
        machines.data / "vault", "room12", SITE, WORDS, files, CHEAP, account="Anna Holm", machine_secret=secret
    )
    origin = Origin(machines.folder / "export" / "data", files)
    origin.enrol(pc.identity)
    Trust(machines.data, files).add(origin.signer(SITE, datetime.now(UTC)).trusted())
    write_export(machines.folder / "journal")
    machines.source(machines.folder / "journal")
    first = exported(machines)
    shutil.copy(first, machines.folder / "first.package")
    assert machines.run("pc", "receive").returncode == 0
    exported(machines).rename(machines.package)
    return machines.folder


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up municipality's lists."""
    folder = tmp_path_factory.mktemp("town")
    write(folder, size="tiny", country="DK", now=datetime(2026, 11, 22, 12, tzinfo=UTC))
    return folder / "nexus"


@pytest.fixture
def machines(made: Path, tmp_path: Path) -> Iterator[Machines]:
    """A copy of them; at the end of every test the former generation is the newest one, and whole."""
    machines = Machines(tmp_path / "machines")
    shutil.copytree(made, machines.folder)
    (generation,) = (folder.name for folder in (machines.data / "generations").iterdir())
    machines.source(machines.folder / "journal")
    yield machines
    machines.newest_is_still(generation)


def cut_in_the_middle(folder: Path) -> None:
    path = folder / "Patient.000.ndjson"
    path.write_bytes(path.read_bytes()[:-40])


def in_latin_1(folder: Path) -> None:
    path = folder / "Patient.000.ndjson"
    path.write_bytes(path.read_text(encoding="utf-8").replace("Kirsten", "Åse").encode("latin-1"))


def in_utf_16(folder: Path) -> None:
    path = folder / "Patient.000.ndjson"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))


def with_a_date_that_is_none(folder: Path) -> None:
    path = folder / "Patient.000.ndjson"
    path.write_text(path.read_text(encoding="utf-8").replace("1931-03-14", "1931-13-44"), encoding="utf-8")


def with_nothing_in_it(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def with_strange_files_only(folder: Path) -> None:
    with_nothing_in_it(folder)
    (folder / "citizens.csv").write_text("a;b\n1;2\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "code", "language"),
    [
        (shutil.rmtree, "BR04", "da"),
        (with_nothing_in_it, "BR04", "sv"),
        (with_strange_files_only, "BR33", "nb"),
        (cut_in_the_middle, "BR06", "da"),
        (in_latin_1, "BR07", "sv"),
        (in_utf_16, "BR07", "nb"),
    ],
)
def test_an_export_that_cannot_be_read_is_not_sent(
    machines: Machines, spoil: Callable[[Path], None], code: str, language: str
) -> None:
    spoil(machines.folder / "journal")
    machines.refused(code, "export", "export", language=language)
    assert not list(machines.inbox.iterdir())


def test_a_date_that_is_none_is_told_and_the_rest_is_read(machines: Machines) -> None:
    with_a_date_that_is_none(machines.folder / "journal")
    machines.refused("BR10", "export", "export", "--dry-run", language="sv")
    tried = machines.run("export", "sources", "try", str(machines.folder / "journal"))
    assert "1931-13-44" in tried.stdout


def changed(path: Path, change: Callable[[str], str], encoding: str = "utf-8-sig") -> None:
    path.write_bytes(change(path.read_bytes().decode("utf-8-sig")).encode(encoding))


def half(text: str) -> str:
    return text[: len(text) // 2].rstrip("\r\n")


def without_a_column(text: str) -> str:
    return text.replace("CAVE", "Cave-tekst", 1) if "CAVE" in text.splitlines()[0] else text.replace(";", ";X-", 1)


def same(text: str) -> str:
    return text


@pytest.mark.parametrize("profile", ["", 'profile = "nexus"'], ids=["found", "stated"])
@pytest.mark.parametrize(
    ("change", "encoding", "code", "language"),
    [
        (half, "utf-8-sig", "BR06", "nb"),
        (same, "cp1252", "BR07", "da"),
        (without_a_column, "utf-8-sig", "BR08", "sv"),
    ],
)
def test_one_broken_list_among_whole_ones_stops_the_export_whether_its_profile_is_stated_or_found(  # noqa: PLR0917
    machines: Machines,
    lists: Path,
    change: Callable[[str], str],
    encoding: str,
    code: str,
    language: str,
    profile: str,
) -> None:
    folder = Path(shutil.copytree(lists, machines.folder / "lists"))
    (broken,) = folder.glob("CAVE_*.csv")
    changed(broken, change, encoding)
    machines.source(folder, profile)
    assert "CAVE_" in machines.refused(code, "export", "export", "--accept-shrink", language=language)
    assert not list(machines.inbox.iterdir())


def test_a_column_that_nobody_reads_is_named_and_stops_nothing(machines: Machines, lists: Path) -> None:
    folder = Path(shutil.copytree(lists, machines.folder / "lists"))
    (wider,) = folder.glob("CAVE_*.csv")
    head, *rows = wider.read_bytes().decode("utf-8-sig").split("\r\n")
    lines = [head + ";Fritekst", *(row + ";x" if row else row for row in rows)]
    wider.write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    tried = machines.run("export", "sources", "try", str(folder))
    assert tried.returncode == 0, tried.stderr
    assert "Fritekst" in tried.stdout


def test_a_file_that_two_could_read_is_read_by_nobody(machines: Machines, lists: Path) -> None:
    folder = Path(shutil.copytree(lists, machines.folder / "lists"))
    write(machines.folder / "se", size="tiny", country="SE", now=datetime(2026, 11, 22, 12, tzinfo=UTC))
    shutil.copytree(machines.folder / "se" / "magnacura", folder, dirs_exist_ok=True)
    machines.source(folder)
    machines.refused("BR05", "export", "export", language="da")


def places(data: bytes) -> dict[str, bytes]:
    """The same package damaged in each of its parts."""

    def flipped(at: int) -> bytes:
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]

    length = int.from_bytes(data[8:12], "big")
    return {
        "magic": flipped(0),
        "length": flipped(9),
        "manifest": flipped(12 + length // 2),
        "signature": flipped(12 + length + 5),
        "database": flipped(len(data) - 100),
        "cut": data[:-1],
        "longer": data + b"\0",
        "empty": b"",
    }


def test_a_package_damaged_anywhere_is_refused(machines: Machines) -> None:
    laid = machines.inbox / "second.package"
    for number, (part, data) in enumerate(places(machines.package.read_bytes()).items()):
        laid.write_bytes(data)
        said = machines.refused("BR11", "pc", "receive", language=LANGUAGES[number % len(LANGUAGES)])
        assert "second.package" in said, part


def test_what_is_no_file_is_not_followed_and_a_name_cannot_command_the_terminal(machines: Machines) -> None:
    (machines.inbox / "link.package").symlink_to(machines.package)
    machines.refused("BR25", "pc", "receive", language="da")
    (machines.inbox / "link.package").unlink()
    (machines.inbox / "a\n\x1b[31mb.package").write_bytes(b"x" * 100)
    assert "\x1b" not in machines.refused("BR11", "pc", "receive", language="sv")
    told = machines.run("pc", "receive", "--json")
    assert [row["code"] for row in json.loads(told.stdout)] == ["BR11"]


def test_a_package_for_another_pc_is_refused(machines: Machines) -> None:
    origin = Origin(machines.folder / "export" / "data", Files())
    origin.dismiss("room12")
    origin.enrol(VaultIdentity("room13", SITE, public_of(bytes(32))))
    exported(machines)
    machines.refused("BR12", "pc", "receive", language="sv")


def test_an_older_package_is_refused(machines: Machines, tmp_path: Path) -> None:
    shutil.copytree(machines.data, tmp_path / "data")
    shutil.copy(machines.package, tmp_path / "data" / "inbox")
    pc = ("--data", str(tmp_path / "data"))
    assert machines.run("pc", "receive", *pc).returncode == 0
    shutil.copy(machines.folder / "first.package", tmp_path / "data" / "inbox")
    machines.refused("BR13", "pc", "receive", *pc, language="nb")
    status = json.loads(machines.run("pc", "status", "--json", *pc).stdout)
    assert status["newest"]["generation"].endswith("2")


def test_a_package_by_an_unknown_signer_is_refused(machines: Machines) -> None:
    trust = Trust(machines.data, Files())
    (signer,) = trust.known()
    trust.remove(signer.fingerprint)
    trust.add(TrustedSigner(SITE, bytes(range(32))))
    shutil.copy(machines.package, machines.inbox)
    machines.refused("BR14", "pc", "receive", language="da")


@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_words_open_nothing(machines: Machines, language: str) -> None:
    machines.refused("BR15", "pc", "search", "Kirsten", language=language, stdin="sol vind hav skog is\n")
    assert "Kanariefugl" in machines.run("pc", "search", "Kirsten", stdin=WORDS + "\n").stdout


def test_a_full_disk_is_told_before_anything_is_written(machines: Machines, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only an administrator may make a small disk")
    try:
        shutil.copytree(machines.data, small / "data")
        shutil.copy(machines.package, small / "data" / "inbox")
        machines.refused("BR16", "pc", "receive", "--data", str(small / "data"), language="sv")
        (former,) = json.loads(machines.run("pc", "verify", "--json", "--data", str(small / "data")).stdout)
        assert former["whole"]
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_pc_without_a_store_or_a_vault_is_told_so(machines: Machines) -> None:
    empty = ("--data", str(machines.folder / "empty"))
    for words in (["status"], ["verify"]):
        machines.refused("BR17", "pc", *words, *empty, language="nb")
    for words in (["receive"], ["search", "Kirsten"]):
        machines.refused("BR20", "pc", *words, *empty, language="da")


@pytest.mark.parametrize(
    "text",
    [b"\xff\xfe", b"site = ", b'sight = "nordby"', b'data = "a\\u0000b"', b"keep_days = 1", b'zone = "Mars/Olympus"'],
)
def test_unreadable_settings_are_told(machines: Machines, text: bytes) -> None:
    (machines.folder / "export" / "settings.toml").write_bytes(text)
    machines.refused("BR03", "export", "export", language="sv")


def test_an_option_without_its_value_is_wrong_usage_and_not_the_folder_one_stands_in(machines: Machines) -> None:
    for words in (["status", "--data", ""], ["status", "--data="]):
        done = machines.run("pc", *words)
        assert done.returncode == 2
        assert "--data" in done.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--citizen", "journal:Patient/1", "--out", ""], "BR25"),
        (["--citizen", "journal:Patient/1", "--out", "/no/such/folder/x.pdf"], "BR25"),
        (["--citizen", "journal:Patient/1", "--out", "PIPE"], "BR25"),
        (["--citizen", "journal:Patient/1", "--printer", "no-such-printer"], "BR23"),
        (["--citizen", "nobody", "--out", "x.pdf"], "BR22"),
    ],
)
def test_pages_that_can_go_nowhere_are_told(machines: Machines, words: list[str], code: str) -> None:
    pipe = machines.folder / "pipe"
    os.mkfifo(pipe)
    asked = [str(pipe) if word == "PIPE" else word for word in words]
    machines.refused(code, "pc", "print", "summary", *asked, language="da", stdin=WORDS + "\n")
    assert pipe.is_fifo(), "what is not a file is not replaced by one"


def test_a_demonstration_that_has_no_folder_to_stand_in_is_told(machines: Machines) -> None:
    taken = str(machines.package)
    machines.refused("BR25", "pc", "demo", "--folder", taken, "--headless", taken, language="nb")


def test_a_day_beyond_the_calendar_is_wrong_usage(machines: Machines) -> None:
    words = ["print", "medicine-sheet", "--citizen", "x", "--out", "x.pdf", "--date", "9999-12-31"]
    assert machines.run("pc", *words).returncode == 2
