"""The settings file: what it may say, and how it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from backupreader import settings
from backupreader.domain.errors import SETTINGS_UNREADABLE
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language


def written(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_of_a_full_file_is_read(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        site = "vordby-nord"
        language = "sv"
        country = "SE"
        zone = "Europe/Stockholm"
        data = "kept"
        inbox = "/media/in"
        machine_secret = "secret.bin"
        expected = ["06:00"]
        late_after_minutes = 30
        idle_lock_minutes = 2
        keep_generations = 20
        keep_days = 10
        send_to = ["/mnt/share"]
        leave_out = ["medicine", "access"]

        [[source]]
        name = "Magna Cura"
        path = "exports/journal"
        adapter = "table"
        profile = "magnacura"

        [[sites]]
        name = "nord"
        units = ["Hjemmepleje Nord", "nexus:7"]

        [[sites]]
        name = "syd"
        units = ["Syd"]
        neighbours = ["nord"]
        send_to = ["syd-share"]
        leave_out = []
        """,
    )
    read = settings.load(path)
    assert (read.site, read.language, read.country, read.zone) == ("vordby-nord", "sv", "SE", "Europe/Stockholm")
    assert read.data == tmp_path / "kept"
    assert read.inbox_folder == Path("/media/in")
    assert read.machine_secret == str(tmp_path / "secret.bin")
    assert (read.expected, read.late_after_minutes, read.idle_lock_minutes) == (("06:00",), 30, 2)
    assert (read.keep_generations, read.keep_days, read.send_to) == (20, 10, ("/mnt/share",))
    assert read.leave_out == ("access", "access_code", "medication", "dose", "administration")
    assert read.sites == (
        settings.SiteSetting(name="nord", units=("Hjemmepleje Nord", "nexus:7")),
        settings.SiteSetting(
            name="syd", units=("Syd",), neighbours=("nord",), send_to=(str(tmp_path / "syd-share"),), leave_out=()
        ),
    )
    assert read.sources == (
        settings.SourceSetting(
            name="Magna Cura", path=tmp_path / "exports/journal", adapter="table", profile="magnacura"
        ),
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("language = 'dk'", "language: dk"),
        ("lanugage = 'da'", "lanugage"),
        ("country = 'XX'", "country: XX"),
        ("zone = 'Europe/Atlantis'", "zone: Europe/Atlantis"),
        ("zone = '../etc/passwd'", "zone: ../etc/passwd"),
        ("expected = ['25:00']", "expected: 25:00"),
        ("expected = '05:30'", "expected"),
        ("site = 'a/b'", "site: a/b"),
        ("site = 5", "site"),
        ("data = '~nobodyhasthisname/x'", "~nobodyhasthisname/x"),
        ("send_to = ['~nobodyhasthisname']", "~nobodyhasthisname"),
        ("[[source]]\nname = 'j'\npath = '~nobodyhasthisname'", "~nobodyhasthisname"),
        ("idle_lock_minutes = 0", "idle_lock_minutes"),
        ("idle_lock_minutes = true", "idle_lock_minutes"),
        ("keep_generations = 1", "keep_generations"),
        ("data = ''", "data"),
        ("machine_secret = 7", "machine_secret"),
        ("machine_secret = 'dpapi:'", "machine_secret"),
        ("machine_secret = 'systemd:'", "machine_secret"),
        ('machine_secret = "a\\u0000b"', "machine_secret"),
        ("two_for_recovery = 1", "two_for_recovery"),
        ('data = "a\\u0000b"', "data"),
        ('send_to = [""]', "send_to"),
        ("source = 'x'", "source"),
        ("source = ['x']", "source 1"),
        ("[[source]]\nname = 'A'", "source 1: path"),
        ("[[source]]\nname = '../A'\npath = 'x'", "source 1: name"),
        ("[[source]]\nname = 'A'\npath = 'x'\ncolour = 'red'", "source 1: colour"),
        ("[[source]]\nname = 'A'\npath = 'x'\n[[source]]\nname = 'A'\npath = 'y'", "source: A"),
        ("leave_out = ['drugs']", "leave_out: drugs"),
        ("leave_out = ['citizen']", "leave_out: citizen"),
        ("leave_out = 'medicine'", "leave_out"),
        ("sites = 'x'", "sites"),
        ("sites = ['x']", "sites 1"),
        ("[[sites]]\nname = 'a/b'\nunits = ['N']", "sites 1: name"),
        ("[[sites]]\nname = 'a'", "sites 1: units"),
        ("[[sites]]\nname = 'a'\nunits = ['N']\ncolour = 'red'", "sites 1: colour"),
        ("[[sites]]\nname = 'a'\nunits = ['N']\nleave_out = ['x']", "sites 1: leave_out: x"),
        ("[[sites]]\nname = 'a'\nunits = ['N']\n[[sites]]\nname = 'A'\nunits = ['N']", "sites: a"),
        ("[[sites]]\nname = 'a'\nunits = ['N']\nneighbours = ['a']", "sites: neighbours: a"),
        ("[[sites]]\nname = 'a'\nunits = ['N']\nneighbours = ['b']", "sites: neighbours: b"),
        ("site = 'a'\n[ = 'b'", "line 2"),
        ("site = 'a'\nlanguage = [", "end of document"),
    ],
)
def test_what_is_wrong_is_named_by_its_key_or_line(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(ReaderError) as refused:
        settings.load(written(tmp_path, text))
    assert refused.value.kind is SETTINGS_UNREADABLE
    assert named in refused.value.sentence(Language("en"))


def test_a_file_that_is_named_but_absent_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReaderError) as refused:
        settings.load(tmp_path / "none.toml")
    assert refused.value.kind is SETTINGS_UNREADABLE


def test_a_file_that_is_not_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"site = '\xff'")
    with pytest.raises(ReaderError) as refused:
        settings.load(path)
    assert refused.value.kind is SETTINGS_UNREADABLE


def test_the_command_line_is_put_over_the_file(tmp_path: Path) -> None:
    read = settings.load(written(tmp_path, "language = 'da'\ndata = 'a'"), tmp_path / "b", "en")
    assert (read.data, read.language) == (tmp_path / "b", "en")
    assert read.inbox_folder == tmp_path / "b" / "inbox"


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("", "{data}/vault/machine-secret"),
        ("machine_secret = 'secret.bin'", "{folder}/secret.bin"),
        ("machine_secret = '/run/secret'", "/run/secret"),
        ("machine_secret = 'systemd:vault'", "systemd:vault"),
        ("machine_secret = 'dpapi:secret.bin'", "dpapi:{folder}/secret.bin"),
    ],
)
def test_the_machine_secret_comes_from_a_file_from_systemd_or_from_windows(
    tmp_path: Path, said: str, place: str
) -> None:
    read = settings.load(written(tmp_path, f"data = 'kept'\ntwo_for_recovery = true\n{said}"))
    assert read.machine_secret_place == place.format(folder=tmp_path, data=tmp_path / "kept")
    assert read.two_for_recovery


def test_the_shifts_begin_as_usual_where_nothing_is_said_and_as_said_where_it_is(tmp_path: Path) -> None:
    read = settings.load(written(tmp_path, '[shifts]\nevening = "15:30"\n')).shifts
    assert (f"{read.day:%H:%M}", f"{read.evening:%H:%M}", f"{read.night:%H:%M}") == ("07:00", "15:30", "23:00")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[shifts]\nnigth = "23:00"', "shifts: nigth"),
        ('[shifts]\nnight = "24:00"', "shifts: night: 24:00"),
        ("[shifts]\nnight = 23", "night"),
        ('[shifts]\nevening = "06:00"', "shifts: 07:00, 06:00, 23:00"),
        ('[shifts]\nday = "15:00"', "shifts: 15:00, 15:00, 23:00"),
        ('shifts = "07:00"', "shifts"),
    ],
)
def test_shifts_that_are_none_are_refused_by_their_key(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ReaderError) as refused:
        settings.load(written(tmp_path, text))
    assert refused.value.kind is SETTINGS_UNREADABLE
    assert reason in refused.value.sentence(Language("en"))
