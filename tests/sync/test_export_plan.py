from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.errors import PLAN_UNREADABLE
from backupreader.language import Language
from backupreader.settings import Settings, SiteSetting
from backupreader.store import container, planarchive
from backupreader.store.carried import VaultIdentity
from backupreader.store.files import Files
from backupreader.store.planarchive import TOO_LARGE, Archive
from backupreader.store.plans import carried
from backupreader.store.seal import public_of
from sync.export import export
from sync.exported import Exported
from sync.origin import Origin
from sync.receive import Word, receive
from tests.sync.town import backup_pc, exporter, write_export

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))
LATER = NOW + timedelta(hours=12)
ENGLISH = Language("en")
GOOD = """title = "Nedbrud"
owner = "Omsorg"
[holidays]
country = "DK"
[[contact]]
id = "it"
label = "IT-vagt"
number = "12 34 56 78"
[[calling]]
order = ["it"]
"""
BROKEN = GOOD.replace("12 34", "tolv 34")  # line 8


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def machine(tmp_path: Path, plan: Path) -> Settings:
    """An export machine whose settings name a plan, and that sends to one PC's inbox."""
    write_export(tmp_path / "journal")
    return replace(exporter(tmp_path, tmp_path / "room12" / "inbox"), plan=plan)


@pytest.fixture
def pc(tmp_path: Path, machine: Settings) -> Settings:
    return backup_pc(tmp_path, machine)


def sent(done: Exported, machine: Settings) -> list[Archive]:
    """What each package brings."""
    own = Origin(machine.data, Files()).signer(machine.site, NOW).trusted()
    found = []
    for package in done.packages:
        with Files().open(package) as reading:
            found.append(planarchive.decode(container.read_head(reading, {own.id: own.public}).plan))
    return found


def stopping(done: Exported) -> list[tuple[str, int]]:
    return [(Path(finding.spot.file).name, finding.spot.line) for finding in done.plan.stopping]


def test_the_plan_goes_along_and_is_read_on_the_pc(machine: Settings, pc: Settings):
    done = export(machine, NOW)
    assert sent(done, machine) == [Archive({"plan.toml": GOOD})]
    assert done.plan.refusal is None
    assert [outcome.word for outcome in receive(pc)] == [Word.RECEIVED]
    found = carried(pc.data, Files())
    assert found.plan is not None
    assert found.plan.contacts[0].label == "IT-vagt"
    assert (found.came, found.kept) == ("2026-11-22T07:42:00Z", None)


def test_without_a_plan_in_the_settings_nothing_goes_along_and_nothing_is_told(machine: Settings, pc: Settings):
    done = export(replace(machine, plan=None), NOW)
    assert sent(done, machine) == [Archive()]
    assert (done.plan.path, done.plan.archive) == (None, b"")


def test_a_folder_goes_along_with_its_supplements_and_nothing_else(machine: Settings, pc: Settings, tmp_path: Path):
    folder = tmp_path / "plan"
    (folder / "units").mkdir(parents=True)
    (folder / "plan.toml").write_text(GOOD.replace("[holidays]", 'units = ["Nord"]\n[holidays]'), encoding="utf-8")
    nord = 'unit = "Nord"\ntitle = "Nord"\nowner = "Nord"\n[room]\nwhere = "kælderen"\n'
    (folder / "units" / "nord.toml").write_text(nord, encoding="utf-8")
    (folder / "units" / "nord.toml~").write_text("an editor's copy", encoding="utf-8")
    (folder / "codes.txt").write_text("1234", encoding="utf-8")
    (archive,) = sent(export(replace(machine, plan=folder), NOW), machine)
    assert sorted(archive.files) == ["plan.toml", "units/nord.toml"]
    receive(pc)
    found = carried(pc.data, Files()).plan
    assert found is not None
    assert [supplement.unit for supplement in found.supplements] == ["Nord"]


def test_the_same_plan_has_the_same_bytes_in_every_export(machine: Settings, pc: Settings):
    first, second = export(machine, NOW), export(machine, LATER)
    assert first.plan.archive == second.plan.archive != b""


def test_a_plan_that_cannot_be_used_holds_up_no_data_and_the_former_goes_in_its_place(
    machine: Settings, pc: Settings, plan: Path
):
    export(machine, NOW)
    plan.write_text(BROKEN, encoding="utf-8")
    done = export(machine, LATER)
    (archive,) = sent(done, machine)
    assert archive.files == {"plan.toml": GOOD}
    assert archive.refused is not None
    assert archive.refused.since == "2026-11-22T19:42:00Z"
    assert [(one.spot.file, one.spot.line) for one in archive.refused.findings] == [("plan.toml", 8)]
    assert stopping(done) == [("plan.toml", 8)]
    assert done.plan.former
    assert done.plan.refusal is not None
    assert done.plan.refusal.kind is PLAN_UNREADABLE
    assert "line 8" in done.plan.refusal.sentence(ENGLISH)
    receive(pc)
    found = carried(pc.data, Files())
    assert found.plan is not None
    assert found.plan.contacts[0].number == "12 34 56 78"
    assert found.kept is not None
    assert (found.kept.where, found.kept.since) == ("export", "2026-11-22T19:42:00Z")


def test_since_when_it_is_refused_stays_until_it_is_mended(machine: Settings, pc: Settings, plan: Path):
    export(machine, NOW)
    plan.write_text(BROKEN, encoding="utf-8")
    first = export(machine, LATER)
    plan.write_text(BROKEN + "\n[", encoding="utf-8")
    second = export(machine, LATER + timedelta(hours=12))
    assert first.plan.since == second.plan.since == "2026-11-22T19:42:00Z"
    plan.write_text(GOOD, encoding="utf-8")
    mended = export(machine, LATER + timedelta(hours=24))
    assert sent(mended, machine) == [Archive({"plan.toml": GOOD})]
    plan.write_text(BROKEN, encoding="utf-8")
    assert export(machine, LATER + timedelta(hours=36)).plan.since == "2026-11-24T07:42:00Z"


def test_a_plan_that_was_never_good_goes_along_as_the_reason_alone(machine: Settings, pc: Settings, plan: Path):
    plan.write_text(BROKEN, encoding="utf-8")
    done = export(machine, NOW)
    (archive,) = sent(done, machine)
    assert archive.files == {}
    assert archive.refused is not None
    assert not done.plan.former
    receive(pc)
    found = carried(pc.data, Files())
    assert found.plan is None
    assert found.kept is not None
    assert found.kept.told(ENGLISH)[0].startswith("plan.toml, line 8: ")


def test_a_record_of_the_former_plan_that_is_lost_leaves_the_pc_with_what_it_has(
    machine: Settings, pc: Settings, plan: Path
):
    export(machine, NOW)
    receive(pc)
    for copy in (machine.data / "state").glob("plan-*.json"):
        copy.write_text("{", encoding="utf-8")
    plan.write_text(BROKEN, encoding="utf-8")
    export(machine, LATER)
    receive(pc)
    found = carried(pc.data, Files())
    assert found.plan is not None
    assert found.kept is not None
    assert found.kept.where == "export"


@pytest.mark.parametrize("how", ["gone", "empty folder", "no text", "huge", "link"])
def test_what_the_disk_has_in_its_place_is_told_and_holds_up_no_data(
    machine: Settings, pc: Settings, plan: Path, tmp_path: Path, how: str
):
    export(machine, NOW)
    plan.unlink()
    if how == "empty folder":
        plan.mkdir()
    elif how == "no text":
        plan.write_bytes(b'title = "\xff"\n')
    elif how == "huge":
        plan.write_text("# " + "x" * (5 << 20), encoding="utf-8")
    elif how == "link":
        plan.mkdir()
        (plan / "plan.toml").symlink_to(os.devnull)
    done = export(machine, LATER)
    assert done.packages
    assert done.plan.former
    assert len(done.plan.stopping) == 1
    assert done.plan.refusal is not None
    assert str(plan) in done.plan.refusal.sentence(ENGLISH)
    assert sent(done, machine)[0].files == {"plan.toml": GOOD}


def test_a_place_of_which_the_disk_says_nothing_holds_up_no_data(machine: Settings, pc: Settings, plan: Path):
    export(machine, NOW)
    done = export(replace(machine, plan=plan.with_name("x" * 300)), LATER)
    assert done.packages
    assert done.plan.refusal is not None
    assert "File name too long" in done.plan.refusal.sentence(ENGLISH)
    assert sent(done, machine)[0].files == {"plan.toml": GOOD}


def test_texts_that_no_package_should_bring_are_told(machine: Settings, pc: Settings, tmp_path: Path):
    """Each file is small enough; all of them together are not."""
    folder = tmp_path / "plan"
    (folder / "units").mkdir(parents=True)
    (folder / "plan.toml").write_text(GOOD, encoding="utf-8")
    for number in range(5):
        text = f'unit = "{number}"\ntitle = "x"\nowner = "x"\n# ' + "x" * (600 << 10)
        (folder / "units" / f"{number}.toml").write_text(text, encoding="utf-8")
    done = export(replace(machine, plan=folder), NOW)
    assert [str(finding.reason) for finding in done.plan.stopping] == [str(TOO_LARGE)]
    assert done.packages


def test_a_trial_checks_the_plan_and_remembers_nothing(machine: Settings, pc: Settings, plan: Path):
    plan.write_text(BROKEN, encoding="utf-8")
    done = export(machine, NOW, dry_run=True)
    assert stopping(done) == [("plan.toml", 8)]
    assert done.plan.refusal is not None
    assert not list((machine.data / "state").glob("plan-*"))
    plan.write_text(GOOD, encoding="utf-8")
    assert export(machine, NOW, dry_run=True).plan.plan is not None
    assert not list((machine.data / "state").glob("plan-*"))


def test_doubts_are_told_and_keep_nothing_back(machine: Settings, pc: Settings, plan: Path):
    plan.write_text(GOOD.replace("[holidays]", "revise_by = 2020-01-01\n[holidays]"), encoding="utf-8")
    done = export(machine, NOW)
    assert done.plan.plan is not None
    assert done.plan.refusal is None
    assert not any(finding.stops for finding in done.plan.doubts)
    assert done.plan.doubts
    assert all(Path(finding.spot.file) == plan for finding in done.plan.doubts if finding.spot.file)


def test_every_site_has_the_plan(machine: Settings, tmp_path: Path):
    sites = (SiteSetting(name="nordby", units=("Nord",)), SiteSetting(name="sydby", units=("Syd",)))
    several = replace(machine, sites=sites)
    backup_pc(tmp_path, several)
    Origin(several.data, Files()).enrol(VaultIdentity("room1", "sydby", public_of(bytes(32))))
    done = export(several, NOW)
    assert sent(done, machine) == [Archive({"plan.toml": GOOD})] * 2


def test_a_package_whose_plan_was_changed_on_its_way_is_refused(machine: Settings, pc: Settings, tmp_path: Path):
    (package,) = export(machine, NOW).packages
    (laid,) = pc.inbox_folder.iterdir()
    whole = package.read_bytes()
    assert whole.count(b"12 34 56 78") == 1
    laid.write_bytes(whole.replace(b"12 34 56 78", b"66 66 66 66"))
    (outcome,) = receive(pc)
    assert outcome.word is Word.REFUSED
    assert outcome.trouble is not None
    assert outcome.trouble.kind.code == "BR11"
    assert carried(pc.data, Files()).plan is None
