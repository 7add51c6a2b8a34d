"""The log of an outage on the disk: open facts, sealed words; two who write at once, a crash, damage, and a full disk."""

from __future__ import annotations

import errno
import json
import multiprocessing
import random
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.acts import Actor
from backupreader.domain.errors import BUSY, NO_OUTAGE, NO_SPACE, NOT_WRITTEN
from backupreader.domain.outage.fold import crossed_out
from backupreader.domain.trouble import Kind, ReaderError
from backupreader.store.audit import Audit
from backupreader.store.auditreading import entries
from backupreader.store.copies import Copies
from backupreader.store.files import Files
from backupreader.store.outagefiles import OutageFiles
from backupreader.store.outagelog import KEPT_LOGS, OutageLog
from backupreader.store.outages import Outage, Outages
from backupreader.store.session import Session
from backupreader.store.unlocked import Unlocked
from tests.faults.world import Dying, Killed
from tests.store.test_notebook import NEW, OLD, STRANGE, Failing, opened

NIGHT = datetime(2026, 11, 30, 2, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
SINCE = NIGHT - timedelta(minutes=70)
CITIZEN = "Kirsten Møller rang: hun har ikke fået sin insulin"


class Pc:
    """A PC's data folder, at which people sit down one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = NIGHT

    def session(self, name: str = "Bo Friis", unlocked: Unlocked | None = None) -> Session:
        vault = unlocked or opened(OLD)
        audit = Audit(self.folder / "audit", {vault.identity.id: vault.identity.public}, Files(), vault.seed)
        return Session(vault, Actor(name=name), audit, lambda: self.now, Outages(self.folder, Files()))

    def log(self, name: str = "Bo Friis", unlocked: Unlocked | None = None, files: Files | None = None) -> OutageLog:
        return OutageLog(self.folder, files or Files(), self.session(name, unlocked))

    @property
    def locked(self) -> OutageLog:
        """The log as anyone sees it who stands before the PC."""
        return OutageLog(self.folder, Files(), None)

    def declare(self, since: datetime = SINCE) -> None:
        self.log().declare("Cia Lund", "No medicine can be seen", ["journal", "locks"], since, "Dorte Bech")

    def acts(self) -> list[str]:
        found = entries(self.folder / "audit", opened(OLD).seeds, Files())
        return [one.act.what for one in found if one.act is not None and one.act.kind == "outage"]

    def copies(self, number: str = "2026-001") -> list[Path]:
        return [self.folder / "state" / f"outage-log-{number}-{letter}.json" for letter in "ab"]

    def kinds(self) -> list[str]:
        last = self.locked.last()
        return [] if last is None else [entry.kind for entry in last.entries]


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    return Pc(tmp_path)


def refused(kind: Kind, does, *words, **more) -> ReaderError:
    with pytest.raises(ReaderError) as trouble:
        does(*words, **more)
    assert trouble.value.kind is kind
    return trouble.value


def test_where_no_outage_goes_on_there_is_none_and_nothing_is_written(pc: Pc) -> None:
    assert (pc.locked.event(), pc.locked.last(), pc.locked.of("2026-001"), pc.locked.numbers()) == (None,) * 3 + ((),)
    refused(NO_OUTAGE, pc.log().write, "note", words="x")
    refused(NO_OUTAGE, pc.log().end)
    assert pc.acts() == []


def test_the_pc_was_opened_for_an_outage_and_declaring_it_moves_its_clocks_and_days_to_since_when(pc: Pc) -> None:
    Outages(pc.folder, Files()).begin(NIGHT - timedelta(minutes=5), "Anna Holm")
    before = pc.locked.event()
    assert before is not None
    assert (before.declared, before.owner, before.whole) == (None, "Anna Holm", True)
    pc.declare(NIGHT - timedelta(days=1))
    told = pc.locked.event()
    assert told is not None
    assert (told.number, told.began, told.owner, told.owned_since) == (
        "2026-001", NIGHT - timedelta(days=1), "Dorte Bech", NIGHT
    )  # fmt: skip
    assert told.systems == ("journal", "locks")
    assert pc.session().outage_day(NIGHT.date()) == 2
    assert Outages(pc.folder, Files()).going() == Outage("2026-001", told.began, "Anna Holm")


def test_declaring_begins_an_outage_where_none_goes_on_and_ending_it_stamps_the_end(pc: Pc) -> None:
    told = pc.log().declare("Cia", "why", ["journal"], SINCE, "")
    assert (told.number, told.owner) == ("2026-001", "Bo Friis")
    assert told.declared is not None
    assert (told.declared.who, told.declared.words) == ("Cia", "why")
    ended = pc.log().end(NIGHT - timedelta(minutes=10))
    assert ended.ended == NIGHT - timedelta(minutes=10)
    assert pc.locked.event() is None
    assert Outages(pc.folder, Files()).number == ""
    last = pc.locked.last()
    assert last is not None
    assert last.ended == ended.ended
    refused(NO_OUTAGE, pc.log().end)
    refused(NO_OUTAGE, pc.log().write, "systems", what="journal")
    pc.log().write("done", what="region-up")  # what is still to be told, is told after the end
    pc.log().declare("Cia", "again", ["journal"], NIGHT, "")
    assert pc.locked.numbers() == ("2026-002", "2026-001")
    assert pc.kinds() == ["declared", "owner"]
    first = pc.log().of("2026-001")
    assert first is not None
    assert [entry.kind for entry in first.entries] == ["declared", "owner", "ended", "done"]


def test_an_end_that_was_a_mistake_is_crossed_out_and_the_outage_goes_on(pc: Pc) -> None:
    pc.declare()
    pc.log().end()
    pc.log().write("withdrawn", what="3", words="it was down again at once")
    told = pc.locked.event()
    assert told is not None
    assert told.ended is None
    assert list(crossed_out(told.entries)) == [3]
    assert pc.session().outage == "2026-001"


def test_an_outage_that_was_ended_without_a_log_is_over(pc: Pc) -> None:
    pc.declare()
    Outages(pc.folder, Files()).end(NIGHT)
    assert pc.locked.event() is None
    last = pc.log().last()
    assert last is not None
    assert last.ended == NIGHT


def test_what_people_wrote_is_sealed_and_everything_else_can_be_read_before_unlock(pc: Pc) -> None:
    pc.declare()
    pc.log().write("note", words=CITIZEN)
    pc.log().write("call", what="region", detail="answered", who="Per")
    told, seen = pc.log("Anna").event(), pc.locked.event()
    assert told is not None
    assert seen is not None
    assert told.entries[2].words == CITIZEN
    assert told.whole
    assert [replace(entry, words="") for entry in told.entries] == list(seen.entries)
    assert seen.entries[3].who == "Per"
    assert {entry.words for entry in seen.entries} == {""}
    assert seen.whole
    for path in (path for path in pc.folder.rglob("*") if path.is_file()):
        assert b"insulin" not in path.read_bytes()
        assert b"No medicine" not in path.read_bytes()


def test_nobody_writes_before_unlock_and_every_entry_is_an_act_with_its_name(pc: Pc) -> None:
    pc.declare()
    for does in (lambda: pc.locked.write("note", words="x"), pc.locked.end):
        assert "nobody has unlocked this PC" in str(refused(NOT_WRITTEN, does))
    pc.log("Anna Holm").write("done", what="region", at=NIGHT - timedelta(minutes=3))
    last = pc.locked.event()
    assert last is not None
    assert (last.entries[-1].by, last.entries[-1].written) == ("Anna Holm", NIGHT)
    assert pc.acts() == [
        "2026-001: 1 declared journal locks Cia Lund 2026-11-30T01:00+01:00",
        "2026-001: 2 owner Dorte Bech 2026-11-30T02:10+01:00",
        "2026-001: 3 done region 2026-11-30T02:07+01:00",
    ]


def test_what_is_refused_leaves_the_log_as_it_was_and_nothing_is_cut(pc: Pc) -> None:
    pc.declare()
    before = [path.read_bytes() for path in pc.copies()]
    assert "longer than 10,000" in str(refused(NOT_WRITTEN, pc.log().write, "note", words="x" * 10_001))
    assert "not come yet" in str(
        refused(NOT_WRITTEN, pc.log().write, "note", words="x", at=NIGHT + timedelta(minutes=1))
    )
    assert "before the outage began" in str(refused(NOT_WRITTEN, pc.log().end, SINCE - timedelta(minutes=1)))
    refused(NOT_WRITTEN, pc.log().declare, "", "why", [], SINCE, "")
    assert [path.read_bytes() for path in pc.copies()] == before
    longest = "å" * 9_999 + "😀"
    assert pc.log().write("note", words=longest).number == 3
    told = pc.log().event()
    assert told is not None
    assert told.entries[-1].words == longest


def test_a_declaration_that_is_refused_begins_no_outage(pc: Pc) -> None:
    refused(NOT_WRITTEN, pc.log().declare, "Cia", "why", ["journal"], NIGHT + timedelta(minutes=1), "")
    assert pc.locked.last() is None


def test_half_a_letter_from_a_keyboard_does_not_cost_the_log(pc: Pc) -> None:
    pc.declare()
    pc.log().write("note", words="a\ud83d", who="b\udc80")
    told = pc.log().event()
    assert told is not None
    assert (told.entries[-1].words, told.entries[-1].who, told.whole) == ("a?", "b?", True)


def test_a_log_that_is_full_says_so_and_stays_readable(pc: Pc) -> None:
    pc.declare()
    long = "å" * 500
    pc.log().write("unit", what=long, who=long, detail="down")
    logs = OutageFiles(pc.folder, Files())
    log, _ = logs.read("2026-001")
    assert log is not None
    many = tuple(replace(log.entries[-1], number=number) for number in range(1, 165))  # as a very long outage leaves it
    logs.write(replace(log, entries=many))
    why = ""
    while not why:
        try:
            pc.log().write("unit", what=long, who=long, detail="down")
        except ReaderError as trouble:
            why = str(trouble)
    assert "the log of this outage is full" in why
    told = pc.locked.event()
    assert told is not None
    assert told.whole
    assert len(told.entries) >= 165


def test_after_a_change_of_the_vaults_key_all_words_are_read_and_another_vault_says_they_are_missing(pc: Pc) -> None:
    pc.declare()
    pc.log().write("note", words=CITIZEN)
    pc.log(unlocked=opened(NEW, OLD)).write("note", words="after")
    told = pc.log(unlocked=opened(NEW, OLD)).event()
    assert told is not None
    assert ([entry.words for entry in told.entries[2:]], told.whole) == ([CITIZEN, "after"], True)
    strange = pc.log(unlocked=opened(STRANGE)).event()
    assert strange is not None
    assert len(strange.entries) == 4
    assert not strange.whole


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("spoilt", [b"", b"{}", b"x" * 300])
def test_one_damaged_copy_loses_no_entry_and_is_said_for_good(pc: Pc, which: int, spoilt: bytes) -> None:
    pc.declare()
    pc.log().write("note", words=CITIZEN)
    pc.copies()[which].write_bytes(spoilt)
    for _ in range(2):
        told = pc.log().event()
        assert told is not None
        assert told.entries[2].words == CITIZEN
        assert not told.whole
        pc.log().write("note", words="after")
    assert pc.kinds() == ["declared", "owner", "note", "note", "note"]


def test_with_both_copies_damaged_the_outage_goes_on_and_says_that_its_log_is_lost_and_no_number_comes_twice(
    pc: Pc,
) -> None:
    pc.declare()
    pc.log().write("note", words=CITIZEN)
    for path in pc.copies():
        path.write_bytes(b"damaged")
    lost = pc.locked.event()
    assert lost is not None
    assert (lost.number, lost.began, lost.entries, lost.whole) == ("2026-001", SINCE, (), False)
    assert pc.log().write("note", words="on we go").number == 4
    told = pc.log().event()
    assert told is not None
    assert ([entry.words for entry in told.entries], told.whole) == (["on we go"], False)


def test_words_that_are_damaged_are_said_to_be_missing_and_the_facts_stay(pc: Pc) -> None:
    pc.declare()
    pc.log().write("note", words=CITIZEN)
    for path in (pc.folder / "notebook").glob("outage-*"):
        path.write_bytes(b"damaged")
    told = pc.log().event()
    assert told is not None
    assert ([entry.kind for entry in told.entries], told.whole) == (["declared", "owner", "note"], False)
    pc.log().write("note", words="after")
    told = pc.log().event()
    assert told is not None
    assert (told.entries[-1].words, told.whole) == ("after", False)


def test_where_the_record_of_the_outage_is_lost_its_log_tells_of_it_and_no_number_is_given_twice(pc: Pc) -> None:
    pc.declare()
    for path in pc.folder.glob("state/outage-[ab].json"):
        path.write_bytes(b"damaged")
    told = pc.locked.event()
    assert told is not None
    assert (told.number, told.began, told.owner) == ("2026-001", SINCE, "Dorte Bech")
    assert Outages(pc.folder, Files()).going() == Outage("2026-001", SINCE, "Bo Friis")
    assert Outages(pc.folder, Files()).begin(NIGHT, "Anna").number == "2026-001"
    pc.log().end()
    for path in pc.folder.glob("state/outage-[ab].json"):
        path.unlink()
    assert Outages(pc.folder, Files()).begin(NIGHT, "Anna").number == "2026-002"


@pytest.mark.parametrize("wrong", [timedelta(days=-3650), timedelta(days=3650)])
def test_an_outage_that_begins_by_a_clock_of_another_year_is_the_last_one_and_goes_on(pc: Pc, wrong: timedelta) -> None:
    pc.declare()
    pc.log().end()
    pc.now = NIGHT + wrong
    pc.log().declare("Cia Lund", "Again", ["journal"], pc.now, "Erik Dam")
    assert pc.locked.event() is not None
    pc.log().write("note", words="it is still down")
    pc.log().end()
    pc.now = NIGHT + timedelta(hours=1)
    event = pc.log().declare("Cia Lund", "And again", ["locks"], pc.now, "Erik Dam")
    going = pc.locked.event()
    assert going is not None
    assert (going.number, going.systems, going.ended) == (event.number, ("locks",), None)
    assert len(pc.locked.numbers()) == 3
    assert pc.locked.numbers()[0] == event.number


def test_no_number_is_given_twice_while_words_of_it_are_here(pc: Pc) -> None:
    pc.declare()
    pc.log().end()
    for file in (pc.folder / "state").glob("outage-*"):
        file.unlink()
    pc.declare()
    assert pc.locked.numbers() == ("2026-002",)


def test_an_entry_that_another_program_wrote_is_left_out_and_said(pc: Pc) -> None:
    pc.declare()
    copies = Copies(pc.folder / "state", "outage-log-2026-001", Files())
    value = copies.read()
    assert isinstance(value, dict)
    for strange in (["x"], 7, [3, "never", "never", "", "note", "", "", "", ""]):
        copies.write({**value, "entries": [*value["entries"], strange]})  # type: ignore[dict-item,misc]
        told = pc.locked.event()
        assert told is not None
        assert (len(told.entries), told.whole) == (2, False)
    for broken in ({**value, "began": "x"}, {**value, "number": "2026-002"}, [], {}):
        copies.write_both(broken)  # type: ignore[arg-type]
        told = pc.locked.event()
        assert told is not None
        assert (told.entries, told.whole) == ((), False)


def test_a_full_disk_leaves_the_former_log_and_the_audit_says_what_was_not_kept(pc: Pc) -> None:
    pc.declare()
    pc.log().write("note", words=CITIZEN)
    for word in ("", "words"):
        disk = Failing(errno.ENOSPC)
        refused(NO_SPACE, pc.log(files=disk).write, "call", what="it", detail="answered", words=word)
    told = pc.log().event()
    assert told is not None
    assert ([entry.kind for entry in told.entries], told.whole) == (["declared", "owner", "note"], True)
    assert told.entries[2].words == CITIZEN
    assert sum(what.startswith("not kept: 2026-001: 4 call it") for what in pc.acts()) == 2
    assert pc.log().write("note", words="room again").number == 4


def test_another_who_writes_for_long_is_told_as_busy(pc: Pc) -> None:
    pc.declare()
    with Outages(pc.folder, Files()).alone():
        refused(BUSY, pc.log().write, "note", words="x")
    assert pc.kinds() == ["declared", "owner"]


def _write(folder: Path, who: str, count: int) -> None:
    for number in range(count):
        Pc(folder).log(who).write("note", words=f"{who} {number}")


def test_a_window_and_a_command_line_that_write_at_once_lose_nothing(pc: Pc) -> None:
    pc.declare()
    context = multiprocessing.get_context("spawn")
    work = [context.Process(target=_write, args=(pc.folder, who, 12)) for who in ("Anna", "Bo", "Cia")]
    for one in work:
        one.start()
    for one in work:
        one.join()
        assert one.exitcode == 0
    told = pc.log().event()
    assert told is not None
    assert [entry.number for entry in told.entries] == list(range(1, 39))
    assert {entry.words for entry in told.entries[2:]} == {
        f"{who} {n}" for who in ("Anna", "Bo", "Cia") for n in range(12)
    }
    assert all(entry.words.startswith(entry.by) for entry in told.entries[2:])
    assert told.whole


def points(run) -> range:
    counting = Dying(1 << 30)
    run(counting)
    return range(1, counting.calls + 1)


@pytest.mark.parametrize("deed", ["declare", "note", "end"])
def test_killed_at_any_moment_the_log_is_the_former_or_the_new_one_and_goes_on(tmp_path: Path, deed: str) -> None:
    def prepared(name: str) -> Pc:
        pc = Pc(tmp_path / name)
        pc.folder.mkdir()
        if deed != "declare":
            pc.declare()
            pc.log().write("note", words=CITIZEN)
        return pc

    def run(pc: Pc, disk: Files) -> None:
        log = pc.log(files=disk)
        if deed == "declare":
            log.declare("Cia", "why", ["journal"], SINCE, "Bo")
        elif deed == "note":
            log.write("note", words="new words")
        else:
            log.end()

    whole = prepared("whole")
    for point in points(lambda disk: run(whole, disk)):
        pc = prepared(f"at-{point}")
        former = pc.log().last()
        with pytest.raises(Killed):
            run(pc, Dying(point))
        told = pc.log().last()
        if told is not None and (former is None or len(told.entries) > len(former.entries)):
            assert told.whole
            assert all(entry.words for entry in told.entries if entry.kind in {"declared", "note"})
        else:
            assert former is None or told == former
        again = pc.log().declare("Cia", "why", ["journal"], SINCE, "Bo")
        assert again.whole
        assert again.ended is None
        assert again.number == ("2026-002" if told is not None and told.ended else "2026-001")
        assert pc.session().outage == again.number
        assert [entry.number for entry in again.entries] == list(range(1, len(again.entries) + 1))


def test_the_last_twenty_logs_stay_and_older_ones_go_with_their_words_after_two_years(pc: Pc) -> None:
    for _ in range(KEPT_LOGS + 2):
        pc.declare()
        pc.log().write("note", words=CITIZEN)
        pc.log().end()
    assert len(pc.locked.numbers()) == KEPT_LOGS + 2
    pc.copies("2026-002")[0].write_bytes(b"damaged")
    pc.copies("2026-002")[1].write_bytes(b"damaged")
    pc.now += timedelta(days=732)
    pc.declare(pc.now)
    known = pc.locked.numbers()
    assert (known[0], known[-1]) == ("2028-001", "2026-002")  # what is damaged stays
    assert "2026-003" not in known
    assert len(known) == KEPT_LOGS + 1
    assert not list(pc.folder.glob("notebook/outage-2026-001-*"))
    assert list(pc.folder.glob("notebook/outage-2026-004-*"))


def test_any_damage_of_any_byte_is_said_or_costs_nothing(pc: Pc) -> None:
    pc.declare()
    pc.log().write("note", words=CITIZEN)
    good = pc.log().event()
    assert good is not None
    dice = random.Random(7)
    for path in [*pc.copies(), *pc.folder.glob("notebook/outage-2026-001-*")]:
        kept = path.read_bytes()
        for _ in range(15):
            place = dice.randrange(len(kept))
            path.write_bytes(kept[:place] + bytes([kept[place] ^ 1 << dice.randrange(8)]) + kept[place + 1 :])
            told = pc.log().event()
            assert told is not None
            assert told.entries == good.entries
            assert not told.whole or path.parent.name == "notebook"  # a salt may be written in capital letters
        path.write_bytes(kept)
    assert pc.log().event() == good
    assert json.loads(pc.copies()[0].read_bytes())["value"]["lost"] == 0
