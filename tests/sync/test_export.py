from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.errors import (
    BUSY,
    FILE_TROUBLE,
    NO_RECIPIENT,
    NO_SOURCE,
    NO_TARGET,
    NOT_PLAUSIBLE,
    Kind,
    ReaderError,
)
from backupreader.settings import Settings
from backupreader.store import container
from backupreader.store.files import Files
from backupreader.store.manifest import Manifest
from backupreader.store.opening import open_newest
from sync.export import Exported, export, next_expected
from sync.origin import Origin
from sync.package import SEALS_IN_A_PACKAGE
from sync.receive import Word, receive
from tests.faults.world import Counting
from tests.sync.town import backup_pc, exporter, identities, unlocked, write_export

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture
def machine(tmp_path: Path) -> Settings:
    """An export machine that sends to one PC's inbox."""
    write_export(tmp_path / "journal")
    return exporter(tmp_path, tmp_path / "room12" / "inbox")


@pytest.fixture
def pc(tmp_path: Path, machine: Settings) -> Settings:
    return backup_pc(tmp_path, machine)


def head_of(package: Path, machine: Settings) -> Manifest:
    own = Origin(machine.data, Files()).signer(machine.site, NOW).trusted()
    with Files().open(package) as reading:
        head = container.read_head(reading, {own.id: own.public})
        container.check_database(reading, head.manifest)
    return head.manifest


def refusal(call: Callable[[], object]) -> Kind:
    with pytest.raises(ReaderError) as refused:
        call()
    return refused.value.kind


def test_an_export_goes_the_whole_way_to_a_reader(machine: Settings, pc: Settings):
    done = export(machine, NOW)
    assert [outcome.word for outcome in receive(pc)] == [Word.RECEIVED]
    reader = open_newest(pc, unlocked(pc))
    try:
        assert reader.counts()["citizen"] == 5
        assert [hit.citizen.name for hit in reader.find("kanariefugl3")] == ["Kirsten Kanariefugl3"]
        assert reader.fallback is None
        assert str(done.position) == reader.name
    finally:
        reader.close()


def test_the_manifest_says_what_is_in_the_package(machine: Settings, pc: Settings):
    first, second = export(machine, NOW), export(machine, NOW)
    manifest = head_of(second.packages[0], machine)
    assert manifest.prev == head_of(first.packages[0], machine).database_sha256
    assert manifest.counts["citizen"].rows == manifest.counts["medication"].citizens == 5
    assert {unit.name: unit.citizens for unit in manifest.units.values()} == {"Nord": 3, "Syd": 2}
    assert manifest.created == "2026-11-22T07:42:00Z"
    assert manifest.next_expected == "2026-11-22T16:30:00Z"
    assert set(manifest.taken_at) == {"journal"}
    assert manifest.seq == 2
    assert not manifest.shrink_accepted


def test_a_dry_run_reads_and_checks_but_leaves_nothing_and_sends_nothing(machine: Settings):
    done = export(machine, NOW, dry_run=True)
    assert done.rows["citizen"] == 5
    assert done.packages == ()
    assert done.position is None
    assert list((machine.data / "outbox").rglob("*.package")) == []
    assert list((machine.data / "outbox" / "work").iterdir()) == []


def test_without_an_enrolled_pc_nothing_is_read(machine: Settings):
    assert refusal(lambda: export(replace(machine, sources=()), NOW)) is NO_RECIPIENT


def test_a_shrunken_export_is_refused_and_sent_with_an_explicit_word(machine: Settings, pc: Settings, tmp_path: Path):
    export(machine, NOW)
    write_export(tmp_path / "journal", citizens=2, medicine=False)
    assert refusal(lambda: export(machine, NOW)) is NOT_PLAUSIBLE
    assert refusal(lambda: export(machine, NOW, dry_run=True)) is NOT_PLAUSIBLE
    assert [outcome.word for outcome in receive(pc)] == [Word.RECEIVED]
    done = export(machine, NOW, accept_shrink=True)
    assert done.position is not None
    assert done.position.seq == 2  # the refusal used no number
    assert len(done.accepted) >= 2
    assert head_of(done.packages[0], machine).shrink_accepted
    assert [outcome.word for outcome in receive(pc)] == [Word.RECEIVED]
    reader = open_newest(pc, unlocked(pc))
    assert reader.counts()["citizen"] == 2
    assert reader.fallback is None
    reader.close()
    assert export(machine, NOW).accepted == ()


def test_a_source_that_is_missing_leaves_the_former_package_and_no_work(
    machine: Settings, pc: Settings, tmp_path: Path
):
    (tmp_path / "journal" / "Patient.000.ndjson").rename(tmp_path / "elsewhere")
    for path in (tmp_path / "journal").iterdir():
        path.unlink()
    assert refusal(lambda: export(machine, NOW)) is NO_SOURCE
    assert list((machine.data / "outbox" / "work").iterdir()) == []


def test_every_target_is_tried_before_a_trouble_is_told(machine: Settings, pc: Settings, tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    targets = ("pigeon://loft", str(tmp_path / "file" / "x"), str(tmp_path / "share"))
    assert refusal(lambda: export(replace(machine, send_to=targets), NOW)) is NO_TARGET
    assert len(list((tmp_path / "share").iterdir())) == 1
    assert len(list((machine.data / "outbox").glob("*.package"))) == 1


def test_two_exports_at_once_are_not_possible(machine: Settings, pc: Settings):
    origin = Origin(machine.data, Files())
    origin.prepare()
    with Files().lock(origin.lock):
        assert refusal(lambda: export(machine, NOW)) is BUSY


def test_a_site_with_many_pcs_gets_several_packages_of_one_position(machine: Settings, pc: Settings):
    origin = Origin(machine.data, Files())
    for identity in identities(SEALS_IN_A_PACKAGE + 3):
        origin.enrol(identity)
    done: Exported = export(machine, NOW)
    heads = [head_of(package, machine) for package in done.packages]
    assert len(heads) == 2
    assert len({head.position for head in heads}) == len({head.database_sha256 for head in heads}) == 1
    assert sorted(vault for head in heads for vault in head.seals) == sorted(
        identity.id for identity in origin.enrolled()
    )
    words = {outcome.word for outcome in receive(pc)}
    assert words == {Word.RECEIVED, Word.SUPERSEDED}


def test_more_units_than_a_manifest_holds_are_told_by_the_largest(machine: Settings, pc: Settings, tmp_path: Path):
    names = tuple(f"{number:03d} " + "Ældrecenter Østergård " * 20 for number in range(200))
    write_export(tmp_path / "journal", citizens=500, units=names)
    manifest = head_of(export(machine, NOW).packages[0], machine)
    assert 20 < len(manifest.units) < 200
    assert all(unit.citizens == 3 for unit in manifest.units.values())


def test_the_outbox_and_the_inbox_do_not_fill_up(machine: Settings, pc: Settings):
    for _ in range(7):
        export(machine, NOW)
    assert len(list((machine.data / "outbox").glob("*.package"))) == 4
    assert len(list(pc.inbox_folder.iterdir())) == 4


def test_no_name_of_a_citizen_lies_readable_anywhere(machine: Settings, pc: Settings, tmp_path: Path):
    """I4 and F19: a word of the source is in the source's own files only, also while the work goes on."""
    places = (tmp_path / "export", tmp_path / "room12")

    def look(*_: object) -> None:
        for place in places:
            for path in place.rglob("*"):
                if path.is_file():
                    assert b"Kanariefugl" not in path.read_bytes(), path

    export(machine, NOW, files=Counting(look), tick=look)
    receive(pc, Counting(look))
    look()


def test_a_disk_that_fails_while_exporting_leaves_no_package_and_the_next_export_works(machine: Settings, pc: Settings):
    from tests.faults.world import Failing

    export(machine, NOW)
    counting = Counting(lambda *_: None)
    export(machine, NOW, files=counting)
    before = len(list((machine.data / "outbox").glob("*.package")))
    for point in range(1, counting.calls + 1, 3):
        try:
            export(machine, NOW, files=Failing(point, 5, for_ever=True))
        except ReaderError as trouble:
            assert trouble.kind is FILE_TROUBLE  # noqa: PT017 (a failure at the very end may be no trouble)
        for package in (machine.data / "outbox").glob("*.package"):
            head_of(package, machine)
    export(machine, NOW)
    assert before <= len(list((machine.data / "outbox").glob("*.package"))) <= 5
    assert {outcome.word for outcome in receive(pc)} <= {Word.RECEIVED}


@pytest.mark.parametrize(
    ("now", "clocks", "expected"),
    [
        ("2026-11-22T05:29:00", ("05:30", "17:30"), "2026-11-22T05:30:00+01:00"),
        ("2026-11-22T05:30:00", ("05:30", "17:30"), "2026-11-22T17:30:00+01:00"),
        ("2026-11-22T23:59:00", ("17:30", "05:30"), "2026-11-23T05:30:00+01:00"),
        ("2026-11-22T12:00:00", (), None),
        ("2026-10-24T20:00:00", ("05:30",), "2026-10-25T05:30:00+01:00"),
        ("2026-03-28T20:00:00", ("05:30",), "2026-03-29T05:30:00+02:00"),
    ],
)
def test_the_next_expected_time_is_the_next_of_the_clock_times(now: str, clocks: tuple[str, ...], expected: str | None):
    found = next_expected(datetime.fromisoformat(now).replace(tzinfo=ZoneInfo("Europe/Copenhagen")), clocks)
    assert (found.isoformat() if found else None) == expected


def test_every_hour_of_both_nights_when_the_clocks_change_has_a_next_time_ahead():
    zone = ZoneInfo("Europe/Copenhagen")
    for start in (datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC)):
        for minutes in range(0, 12 * 60, 10):
            now = (start + timedelta(minutes=minutes)).astimezone(zone)
            found = next_expected(now, ("02:30", "05:30"))
            assert found is not None
            assert timedelta(0) < found.astimezone(UTC) - now.astimezone(UTC) <= timedelta(hours=26)
