from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.errors import BUSY, FILE_TROUBLE, NO_RECIPIENT, NO_SOURCE, NO_SPACE, NO_TARGET, NOT_PLAUSIBLE
from backupreader.domain.journal import Presence
from backupreader.domain.plausibility import Doubt
from backupreader.domain.trouble import Kind, ReaderError
from backupreader.settings import Settings, SiteSetting
from backupreader.store import container
from backupreader.store.files import Files
from backupreader.store.manifest import Manifest
from backupreader.store.opening import open_newest
from sync.export import export, next_expected
from sync.exported import Exported
from sync.origin import Origin
from sync.package import SEALS_IN_A_PACKAGE
from sync.receive import Word, receive
from tests.faults.world import Counting
from tests.sync.town import backup_pc, exporter, identities, session, write_export

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
    reader = open_newest(pc, session(pc))
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
    reader = open_newest(pc, session(pc))
    assert reader.counts()["citizen"] == 2
    assert reader.fallback is None
    reader.close()
    assert export(machine, NOW).accepted == ()


def doubts_of(call: Callable[[], object]) -> list[str]:
    with pytest.raises(ReaderError) as refused:
        call()
    assert refused.value.kind is NOT_PLAUSIBLE
    return [str(doubt) for doubt in cast("tuple[Doubt, ...]", refused.value.facts["reasons"])]


def test_citizens_who_lose_their_medicine_between_two_exports_are_named_by_their_rows(
    machine: Settings, pc: Settings, tmp_path: Path
):
    write_export(tmp_path / "journal", 20)
    export(machine, NOW)
    orders = tmp_path / "journal" / "MedicationRequest.000.ndjson"
    lines = orders.read_text(encoding="utf-8").splitlines(keepends=True)
    orders.write_text("".join(lines[3:]), encoding="utf-8")
    (doubt,) = doubts_of(lambda: export(machine, NOW))
    assert doubt.startswith("3 citizens who had medicine have none now, of 20 (Patient.000.ndjson:1, ")
    assert len(export(machine, NOW, accept_shrink=True).accepted) == 1
    assert export(machine, NOW).accepted == ()


def test_the_same_files_delivered_again_with_a_fresh_date_are_refused(machine: Settings, pc: Settings, tmp_path: Path):
    folder = tmp_path / "journal"
    measured = {
        "resourceType": "Observation",
        "id": "1",
        "status": "final",
        "code": {"text": "Puls"},
        "subject": {"reference": "Patient/1"},
        "valueQuantity": {"value": 70},
    }
    (folder / "Observation.000.ndjson").write_text(json.dumps(measured) + "\n", encoding="utf-8")
    export(machine, NOW)
    assert export(machine, NOW).accepted == ()
    for path in folder.iterdir():
        os.utime(path, (path.stat().st_mtime + 86_400,) * 2)
    assert doubts_of(lambda: export(machine, NOW)) == [
        "journal delivers the same files as before, but says that they were taken later"
    ]
    measured["valueQuantity"] = {"value": 71}
    (folder / "Observation.000.ndjson").write_text(json.dumps(measured) + "\n", encoding="utf-8")
    os.utime(folder / "Observation.000.ndjson", (NOW.timestamp(),) * 2)
    assert export(machine, NOW).accepted == ()


def test_what_is_remembered_of_an_export_names_no_citizen(machine: Settings, pc: Settings):
    export(machine, NOW)
    kept = b"".join(path.read_bytes() for path in sorted((machine.data / "state").glob("traces-*")))
    assert b"medicated" in kept
    assert b"Patient" not in kept
    assert Origin(machine.data, Files()).last_traces().medicated


def test_the_receipts_of_all_files_add_up_and_come_with_the_generation(machine: Settings, pc: Settings):
    done = export(machine, NOW)
    assert {
        receipt.file: (receipt.read, receipt.filed, receipt.refused, receipt.left) for receipt in done.receipts
    } == {
        "Patient.000.ndjson": (5, 5, 0, 0),
        "Organization.000.ndjson": (2, 2, 0, 0),
        "MedicationRequest.000.ndjson": (5, 5, 0, 0),
    }
    receive(pc)
    reader = open_newest(pc, session(pc))
    assert reader.receipts() == done.receipts
    reader.close()


def test_what_the_site_leaves_out_never_enters_its_generation_and_is_told(machine: Settings, pc: Settings):
    done = export(replace(machine, leave_out=("medication", "dose", "administration")), NOW)
    assert head_of(done.packages[0], machine).left_out == ("administration", "dose", "medication")
    assert done.rows["medication"] == 5  # it was read
    receive(pc)
    reader = open_newest(pc, session(pc))
    assert reader.counts()["medication"] == 0
    assert {delivery.table for delivery in reader.deliveries()}.isdisjoint(reader.left_out())
    assert [receipt.file for receipt in reader.receipts()] == ["Organization.000.ndjson", "Patient.000.ndjson"]
    (hit,) = reader.find("kanariefugl1")
    assert reader.journal(hit.citizen.id).orders.presence is Presence.LEFT_OUT
    reader.close()


def test_a_decision_to_leave_out_is_no_shrinking(machine: Settings, pc: Settings):
    export(machine, NOW)
    assert export(replace(machine, leave_out=("medication", "dose", "administration")), NOW).accepted == ()


def two_sites(machine: Settings) -> Settings:
    return replace(
        machine, sites=(SiteSetting(name="nordby", units=("Nord",)), SiteSetting(name="sydby", units=("Syd",)))
    )


def test_each_site_has_its_own_line_of_positions(machine: Settings, pc: Settings):
    settings = two_sites(machine)
    with ThreadPoolExecutor(1) as executor:
        first = export(settings, NOW, executor=executor)
        Origin(machine.data, Files()).enrol(replace(identities(1)[0], site="sydby"))
        second = export(settings, NOW, executor=executor)
    numbers = [[site.position and site.position.seq for site in done.sites] for done in (first, second)]
    assert numbers == [[1, None], [2, 1]]
    assert [site.pcs for site in second.sites] == [1, 1]
    assert [site.rows["citizen"] for site in second.sites] == [3, 2]
    assert head_of(second.packages[0], machine).prev == head_of(first.packages[0], machine).database_sha256


def test_a_machine_that_gets_several_sites_goes_on_with_its_own_line(machine: Settings, pc: Settings):
    before = export(machine, NOW)
    after = export(two_sites(machine), NOW, accept_shrink=True, executor=ThreadPoolExecutor(1))
    assert (before.sites[0].position, after.sites[0].position) == (before.position, after.position)
    assert before.position is not None
    assert after.position is not None
    assert after.position.seq == before.position.seq + 1
    assert {outcome.word for outcome in receive(pc)} == {Word.RECEIVED}


def test_a_dry_run_of_several_sites_makes_and_checks_all_and_seals_none(machine: Settings):
    with ThreadPoolExecutor(1) as executor:
        done = export(two_sites(machine), NOW, dry_run=True, executor=executor)
    assert [site.rows["citizen"] for site in done.sites] == [3, 2]
    assert (done.packages, done.position) == ((), None)


def test_without_any_enrolled_pc_of_any_site_nothing_is_read(machine: Settings):
    assert refusal(lambda: export(replace(two_sites(machine), sources=()), NOW)) is NO_RECIPIENT


def test_a_trouble_in_the_making_of_one_site_is_told_whole(machine: Settings, pc: Settings):
    from tests.faults.world import Failing

    settings = two_sites(machine)
    with ThreadPoolExecutor(1) as executor:
        for point in (10, 20, 30, 40):
            with pytest.raises(ReaderError) as told:
                export(settings, NOW, files=Failing(point, 28, for_ever=True), executor=executor)
            assert told.value.kind is NO_SPACE
            assert "path" in told.value.facts
        assert export(settings, NOW, executor=executor).packages


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
