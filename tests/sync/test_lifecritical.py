"""Life-critical rules at the build: real records in, the hits that a PC reads out; and an export with a broken file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backupreader import rulefile
from backupreader.cli import run
from backupreader.domain.errors import RULES_UNREADABLE
from backupreader.domain.lifecritical import Hit
from backupreader.domain.records import (
    Access,
    Alert,
    Citizen,
    Condition,
    Identifier,
    Intervention,
    Medication,
    Note,
    Origin,
    Unit,
    Visit,
)
from backupreader.domain.trouble import ReaderError
from backupreader.store import database
from backupreader.store.files import Files
from backupreader.store.lifecritical import hits, rulebook
from backupreader.store.manifest import Manifest
from sync import share
from sync.adapter import Item
from sync.build import build, gather
from sync.export import export
from sync.origin import Origin as ExportMachine
from sync.sites import Site
from tests.sync import town

KEY = bytes(range(32))
HERE = Origin("x.csv", 1)
NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
Found = dict[str, tuple[Hit, ...]]


def drug(number: int, name: str, citizen: str = "n:1", **facts: object) -> Medication:
    return Medication(id=f"n:m{number}", citizen=citizen, drug=name, origin=HERE, **facts)  # type: ignore[arg-type]


def visit(number: int, citizen: str = "n:1", day: int = 22, **facts: object) -> Visit:
    start = f"2026-11-{day}T08:00"
    return Visit(id=f"n:v{number}", citizen=citizen, start=start, zone="Europe/Copenhagen", origin=HERE, **facts)  # type: ignore[arg-type]


@pytest.fixture
def met(tmp_path: Path) -> Callable[..., list[tuple[str, str, str]]]:
    """Builds records with the example rules: rule, name and matched words of each hit of ``n:1``."""

    def make(*records: Item) -> list[tuple[str, str, str]]:
        found = of(built(tmp_path / "data.db", records)).get("n:1", ())
        return [(hit.rule, hit.text, hit.matched or "") for hit in found]

    return make


def built(path: Path, items: Iterable[Item]) -> Path:
    path.unlink(missing_ok=True)
    build(iter(items), path, KEY, files=Files(), tick=lambda *_: None, rules=rulefile.load(None))
    return path


def of(path: Path) -> Found:
    connection = database.open_reader(path, KEY)
    try:
        return dict(hits(connection))
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("record", "hit"),
    [
        (drug(1, "NovoRapid", strength="100 E/ml", atc="A10AB05"), ("insulin", "NovoRapid 100 E/ml", "")),
        (drug(1, "Xyz", atc=" a10ae04 "), ("insulin", "Xyz", "")),
        (drug(1, "Insulin Lantus"), ("insulin", "Insulin Lantus", "Insulin Lantus")),
        (drug(1, "Conoxia", atc="V03AN01"), ("oxygen", "Conoxia", "")),
        (drug(1, "Marevan", atc="B01AA03"), ("anticoagulant", "Marevan", "Marevan")),
        (drug(1, "Waran"), ("anticoagulant", "Waran", "Waran")),
        (drug(1, "Madopar", atc="N04BA02"), ("parkinson", "Madopar", "")),
        (drug(1, "Madopar", indication="mod Parkinsons sygdom"), ("parkinson", "Madopar", "mod Parkinsons sygdom")),
        (
            Condition(id="n:c", citizen="n:1", text="Parkinsons sjukdom", origin=HERE),
            ("parkinson", "Parkinsons sjukdom", "Parkinsons sjukdom"),
        ),
        (
            Intervention(id="n:i", citizen="n:1", text="Sondmatning", origin=HERE),
            ("tube-feeding", "Sondmatning", "Sondmatning"),
        ),
        (
            Alert(id="n:a", citizen="n:1", kind="treatment", text="PEG-sonde", origin=HERE),
            ("tube-feeding", "PEG-sonde", "PEG-sonde"),
        ),
        (
            Alert(id="n:a", citizen="n:1", kind="treatment", text="Hemrespirator nattetid", origin=HERE),
            ("ventilator", "Hemrespirator nattetid", "Hemrespirator nattetid"),
        ),
        (visit(1, title="Morgen", tasks="Bad med loftlift"), ("powered-device", "Morgen", "Bad med loftlift")),
        (visit(1, title="Morgen", staff_needed=2), ("two-carers", "Morgen", "")),
        (visit(1, title="Morgen", second_staff="Ali"), ("two-carers", "Morgen", "")),
        (Intervention(id="n:i", citizen="n:1", text="Bad", staff_needed=3, origin=HERE), ("two-carers", "Bad", "")),
    ],
)
def test_what_the_example_rules_are_to_find_is_found(met, record, hit) -> None:
    assert met(Citizen(id="n:1", name="K", origin=HERE), record) == [hit]


@pytest.mark.parametrize(
    "record",
    [
        drug(1, "Metformin", atc="A10BA02"),
        drug(1, "Panodil", atc="N02BE01", instruction="Gives ikke sammen med insulin"),
        drug(1, "Insulin", status="stopped"),
        drug(1, "Insulin", status="completed"),
        drug(1, "Insulin", status="draft"),
        drug(1, "Insulin", status="entered-in-error"),
        Condition(id="n:c", citizen="n:1", text="Parkinsons sygdom", status="refuted", origin=HERE),
        Condition(id="n:c", citizen="n:1", text="Parkinsons sygdom", status="inactive", origin=HERE),
        Alert(id="n:a", citizen="n:1", kind="other", text="Ilt", status="entered-in-error", origin=HERE),
        Intervention(id="n:i", citizen="n:1", text="Sondeernæring", status="ended", origin=HERE),
        Intervention(id="n:i", citizen="n:1", text="Hud", instruction="Har tidligere fået ilt", origin=HERE),
        visit(1, staff_needed=2, status="cancelled"),
        visit(1, staff_needed=2, status="done"),
        visit(1, staff_needed=1),
        Note(id="n:n", citizen="n:1", text="Har insulin og ilt", origin=HERE),
        Access(id="n:x", citizen="n:1", kind="door", origin=HERE),
    ],
)
def test_what_has_ended_and_what_only_notes_and_instructions_say_is_not_found(met, record) -> None:
    assert met(Citizen(id="n:1", name="K", origin=HERE), record) == []


def test_paused_and_unknown_ones_are_found_and_keep_their_status(tmp_path: Path) -> None:
    records = (
        drug(1, "Insulin A", status="paused", paused_from="2026-11-01", paused_to="2026-12-01"),
        drug(2, "Insulin B", status="unknown", status_source="Afventer"),
        drug(3, "Insulin C", status="invalid", start="2026-01-01", end="2026-12-31"),
    )
    found = of(built(tmp_path / "d", [Citizen(id="n:1", name="K", origin=HERE), *records]))["n:1"]
    assert [(hit.text, hit.status, hit.status_source) for hit in found] == [
        ("Insulin A", "paused", None), ("Insulin B", "unknown", "Afventer"), ("Insulin C", "invalid", None),
    ]  # fmt: skip
    assert (found[0].paused_from, found[0].paused_to) == ("2026-11-01", "2026-12-01")
    assert (found[2].start, found[2].until) == ("2026-01-01", "2026-12-31")


def test_visits_of_one_name_are_one_hit_until_the_last_of_them(tmp_path: Path) -> None:
    visits = [visit(day, day=day, title="Bad" if day % 2 else "Aften", staff_needed=2) for day in range(20, 29)]
    found = of(built(tmp_path / "d", [Citizen(id="n:1", name="K", origin=HERE), *visits]))["n:1"]
    assert {(hit.text, hit.until, hit.record) for hit in found} == {
        ("Bad", "2026-11-27T08:00", "n:v27"), ("Aften", "2026-11-28T08:00", "n:v28"),
    }  # fmt: skip


def test_of_visits_of_one_name_the_words_are_those_of_the_last_one(tmp_path: Path) -> None:
    tasks = {20: "Bad med loftlift", 21: "Taklift", 22: "Lift", 23: "Bad uden"}
    visits = [visit(day, day=day, title="Bad", tasks=said) for day, said in tasks.items()]
    (hit,) = of(built(tmp_path / "d", [Citizen(id="n:1", name="K", origin=HERE), *visits]))["n:1"]
    assert (hit.record, hit.matched, hit.until) == ("n:v22", "Lift", "2026-11-22T08:00")


def test_alone_with_an_alarm_needs_both_from_whatever_source(tmp_path: Path) -> None:
    number = (Identifier("cpr", "140338-1234", None, True),)
    people = (
        Citizen(id="n:1", name="K", marital_status="Enlig", origin=HERE),
        Citizen(id="a:1", name="K", identifiers=number, origin=HERE),
    )
    alarm = Access(id="n:x", citizen="n:1", kind="alarm", system="Nødkald mobil", origin=HERE)
    found = of(built(tmp_path / "d", [*people, alarm]))["n:1"]
    assert {(hit.clause, hit.table, hit.text) for hit in found} == {
        (0, "citizen", "Enlig"),
        (1, "access", "Nødkald mobil"),
    }


def test_the_private_marked_drug_and_the_same_drug_in_another_list_are_both_private(tmp_path: Path) -> None:
    records = (
        drug(1, "NovoRapid", atc="A10AB05", private=True),
        drug(2, "NovoRapid", atc="A10AB05", list="local"),
        drug(3, "Lantus", atc="A10AE04"),
        drug(4, "NovoRapid", "n:2", atc="A10AB05"),
    )
    people = [Citizen(id=f"n:{number}", name="K", origin=HERE) for number in (1, 2)]
    found = of(built(tmp_path / "d", [*people, *records]))
    assert [hit.private for hit in found["n:1"]] == [True, True, False]
    assert [hit.private for hit in found["n:2"]] == [False]


def test_900_alerts_on_one_and_a_text_of_200_kilobytes_are_all_found(tmp_path: Path) -> None:
    alerts = [Alert(id=f"n:a{n}", citizen="n:1", kind="other", text=f"Ilt {n}", origin=HERE) for n in range(900)]
    long = Alert(id="n:long", citizen="n:1", kind="other", text="x" * 200_000 + " ilt", origin=HERE)
    found = of(built(tmp_path / "d", [Citizen(id="n:1", name="", origin=HERE), *alerts, long]))["n:1"]
    assert len(found) == 901


def test_without_rules_nothing_is_looked_for_and_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "d"
    build(iter([drug(1, "Insulin")]), path, KEY, files=Files(), tick=lambda *_: None)
    connection = database.open_reader(path, KEY)
    assert rulebook(connection) is None
    connection.close()


def test_a_site_s_share_has_the_hits_of_its_own_citizens_and_no_others(tmp_path: Path) -> None:
    whole, part, path, files = tmp_path / "whole", tmp_path / "part", tmp_path / "built", Files()
    units = [Unit(id=f"n:{name}", name=name, origin=HERE) for name in "AB"]
    people = [Citizen(id=f"n:{number}", name="K", unit=f"n:{'AB'[number]}", origin=HERE) for number in (0, 1)]
    drugs = [drug(number, f"Insulin {number}", f"n:{number}") for number in (0, 1)]
    gather(
        iter([*units, *people, *drugs]),
        whole,
        KEY,
        files=files,
        tick=lambda *_: None,
        zone="Europe/Copenhagen",
        now=NOW,
    )
    files.write_new(part, b"")
    site = Site(name="a", named=("A",), left_out=(), targets=())
    built(path, share.take(whole, KEY, part, site))
    assert {citizen: [hit.text for hit in found] for citizen, found in of(path).items()} == {"n:0": ["Insulin 0"]}
    connection = database.open_reader(path, KEY)
    book = rulebook(connection)
    connection.close()
    assert book == rulefile.load(None).book


def test_a_broken_file_is_told_by_its_key_before_anything_is_read_and_the_former_package_stays(tmp_path: Path) -> None:
    carried = tmp_path / "carried"
    settings = town.exporter(tmp_path, carried)
    town.backup_pc(tmp_path, settings)
    town.write_export(tmp_path / "journal")
    first = export(settings, NOW)
    assert first.packages
    ours = tmp_path / "our.toml"
    ours.write_text(
        rulefile.EXAMPLE.read_text(encoding="utf-8").replace('atc = ["N04"]', 'atc = ["NO4"]'), encoding="utf-8"
    )
    broken = replace(settings, life_critical=ours)
    before = {path: path.read_bytes() for path in carried.iterdir()}
    for dry_run in (False, True):
        with pytest.raises(ReaderError) as told:
            export(broken, NOW, dry_run=dry_run)
        assert told.value.kind is RULES_UNREADABLE
        assert told.value.facts["reason"].args[0] == "rule 4: atc: NO4"
    assert {path: path.read_bytes() for path in carried.iterdir()} == before
    last: Manifest | None = ExportMachine(settings.data, Files()).last_sent()
    assert last is not None
    assert last.seq == 1
    ours.write_text(rulefile.EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert export(broken, NOW).packages


def test_the_command_line_says_which_key_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    town.write_export(tmp_path / "journal")
    (tmp_path / "our.toml").write_text('owner = "O"\nversion = "1"\nruel = 1\n', encoding="utf-8")
    text = 'site = "nord"\ndata = "data"\nlife_critical = "our.toml"\n[[source]]\nname = "care"\npath = "journal"\n'
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    option = f"--settings={tmp_path / 'settings.toml'}"
    assert run(["export", "--dry-run", option, "--language", "en"]) == RULES_UNREADABLE.status
    assert "our.toml cannot be read: ruel." in capsys.readouterr().err
