"""The ledger on the disk: numbers that never come twice, an act for each change, and what a crash or damage leaves."""

from __future__ import annotations

import errno
import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.acts import Actor
from backupreader.domain.errors import NO_SPACE
from backupreader.domain.ledger import NEVER_LEFT, State
from backupreader.domain.newcitizen import read
from backupreader.domain.sheetlists import report
from backupreader.domain.sheetrules import SheetRules
from backupreader.domain.sheets import HIGHEST, Numbers, Serial, Sheet
from backupreader.domain.trouble import ReaderError
from backupreader.store.audit import Audit
from backupreader.store.auditreading import entries
from backupreader.store.files import Files
from backupreader.store.issuing import counted, numbers_for
from backupreader.store.ledger import BLOCK, Ledger
from backupreader.store.notebook import Notebook
from backupreader.store.outages import Outages
from backupreader.store.session import Session
from backupreader.store.unlocked import Unlocked
from tests.store.test_notebook import NEW, OLD, Failing, copies, opened

NIGHT = datetime(2026, 11, 30, 2, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
MINUTES = int((NIGHT - datetime(2026, 1, 1, tzinfo=UTC)).total_seconds() // 60)
RULES = SheetRules()


class Pc:
    """A PC's data folder, at which people sit down one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = NIGHT

    def ledger(self, name: str = "Bo Friis", unlocked: Unlocked | None = None, files: Files | None = None) -> Ledger:
        vault = unlocked or opened(OLD)
        audit = Audit(self.folder / "audit", {vault.identity.id: vault.identity.public}, Files(), vault.seed)
        session = Session(vault, Actor(name=name), audit, lambda: self.now, Outages(self.folder, Files()))
        return Ledger(self.folder, session, files or Files())

    def print(self, count: int, *, document: str = "medicine-sheet") -> tuple[Numbers, tuple[Serial, ...]]:
        numbers = self.ledger().reserve()
        sheets = made(numbers, count, document=document)
        self.ledger().issue(numbers, sheets, "Ward")
        return numbers, tuple(sheet.serial for sheet in sheets)

    def acts(self) -> list[str]:
        vault = opened(OLD)
        found = entries(self.folder / "audit", vault.seeds, Files())
        return [one.act.what for one in found if one.act is not None and one.act.kind == "sheets"]

    def states(self) -> list[State]:
        return [one.state for one in self.ledger().read().by_serial.values()]


def made(numbers: Numbers, count: int, *, document: str = "medicine-sheet") -> list[Sheet]:
    return [
        Sheet(serial=numbers.at(place), document=document, citizen=f"n:{place}", route=None, pages=(1,), of=1)
        for place in range(count)
    ]


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    return Pc(tmp_path)


def test_counting_begins_with_the_minutes_since_2026_and_goes_on_after_the_last_sheet(pc: Pc) -> None:
    first, serials = pc.print(212)
    assert first.first == MINUTES
    assert len(serials) == 212
    second, _ = pc.print(3)
    assert second.first == MINUTES + 212


def test_what_was_reserved_and_never_issued_is_no_sheet_and_is_given_back(pc: Pc) -> None:
    numbers = pc.ledger().reserve()
    assert pc.ledger().read().by_serial == {}
    pc.ledger().give_back(numbers)
    assert pc.ledger().reserve() == numbers
    assert pc.ledger().issue(numbers, [], "Ward") is None
    assert pc.ledger().reserve() == numbers


def test_a_print_that_is_made_meanwhile_keeps_its_numbers_and_nothing_is_given_back_over_it(pc: Pc) -> None:
    early, late = pc.ledger().reserve(), pc.ledger().reserve()
    assert late.first == early.first + BLOCK
    pc.ledger().issue(late, made(late, 5), "Ward")
    pc.ledger().issue(early, made(early, 7), "Ward")
    pc.ledger().give_back(early)
    assert pc.ledger().reserve().first == late.first + 5
    assert len(pc.ledger().read().by_serial) == 12


def _take(folder: str, told: multiprocessing.Queue) -> None:
    pc = Pc(Path(folder))
    told.put([pc.print(3)[0].first for _ in range(10)])


def test_two_processes_that_print_at_once_never_share_a_number(pc: Pc) -> None:
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    running = [context.Process(target=_take, args=(str(pc.folder), told)) for _ in range(2)]
    for process in running:
        process.start()
    firsts = [first for _ in running for first in told.get(timeout=60)]
    for process in running:
        process.join()
    taken = [first + place for first in firsts for place in range(3)]
    assert len(taken) == len(set(taken)) == 60
    assert len(pc.ledger().read().by_serial) == 60


def test_each_change_is_an_act_before_it_is_kept_with_the_first_and_the_last_number(pc: Pc) -> None:
    _, serials = pc.print(212)
    pc.ledger().step(serials[:3], "returned", RULES)
    pc.ledger().ended(serials[0], "jam", serials[16])
    pc.ledger().reported("")
    assert pc.acts() == [
        f"print {serials[0]} – {serials[-1]}: Ward",
        f"returned: {serials[0]} – {serials[2]}",
        f"jam: {serials[16]}, print {serials[0]}",
        "report: –",
    ]


def test_what_the_disk_does_not_take_is_told_and_the_audit_says_that_it_was_not_kept(pc: Pc) -> None:
    _, serials = pc.print(2)
    full = pc.ledger(files=Failing(errno.ENOSPC))
    with pytest.raises(ReaderError) as refusal:
        full.step(serials, "returned", RULES)
    assert refusal.value.kind is NO_SPACE
    assert pc.states() == [State.ISSUED] * 2
    assert pc.acts()[-2:] == [
        f"returned: {serials[0]} – {serials[1]}", f"not kept: returned: {serials[0]} – {serials[1]}"
    ]  # fmt: skip


class Killed(Files):
    """The PC is switched off when the book is about to be written."""

    def replace(self, path: Path, data: bytes, mode: int = 0) -> None:
        if path.parent.name == "notebook":
            raise KeyboardInterrupt
        super().replace(path, data, mode)


def test_a_crash_between_the_act_and_the_entry_leaves_the_act_and_no_step(pc: Pc) -> None:
    numbers, serials = pc.print(2)
    with pytest.raises(KeyboardInterrupt):
        pc.ledger(files=Killed()).step(serials, "returned", RULES)
    assert pc.acts()[-1].startswith("returned")
    assert pc.states() == [State.ISSUED] * 2
    with pytest.raises(KeyboardInterrupt):
        pc.ledger(files=Killed()).reserve()
    assert pc.ledger().reserve().first == numbers.first + 2


def test_steps_that_may_not_be_taken_are_refused_and_the_others_taken(pc: Pc) -> None:
    _, serials = pc.print(3)
    pc.ledger().step(serials[:1], "returned", RULES)
    done = pc.ledger().step([*serials, Serial("K7Q", 1)], "returned", RULES)
    assert [one.sheet.serial for one in done.taken] == list(serials[1:])
    assert [number for number, _ in done.refused] == [serials[0], Serial("K7Q", 1)]
    before = [path.read_bytes() for path in copies(pc.folder, "sheets")]
    assert pc.ledger().step(serials, "returned", RULES).taken == ()
    assert [path.read_bytes() for path in copies(pc.folder, "sheets")] == before


def test_who_when_on_whose_behalf_and_why_come_back_as_they_were_said(pc: Pc) -> None:
    _, serials = pc.print(1)
    earlier = NIGHT - timedelta(hours=1)
    done = pc.ledger().step(
        serials, "entered", RULES, at=earlier, behalf=" Cia Lund ", remark="<b>&", in_app="unknown"
    )  # fmt: skip
    (step,) = pc.ledger().read().by_serial[serials[0]].steps
    assert done.taken[0].steps == (step,)
    assert (step.at, step.kept, step.by, step.behalf, step.remark, step.in_app) == (
        earlier, NIGHT, "Bo Friis", "Cia Lund", "<b>&", "unknown"
    )  # fmt: skip


@pytest.mark.parametrize("both", [False, True])
def test_after_damage_no_number_comes_again_and_it_is_told_that_sheets_may_be_unknown(pc: Pc, *, both: bool) -> None:
    highest = max(serial.number for _ in range(3) for serial in pc.print(1_000)[1])
    for path in copies(pc.folder, "sheets")[: 2 if both else 1]:
        path.write_bytes(b"torn")
    assert not pc.ledger().read().whole
    assert pc.ledger().reserve().first > highest
    found = report(pc.ledger().read(), None, RULES)
    assert not found.whole
    assert not found.is_closed


def test_after_the_whole_notebook_is_gone_no_number_comes_again(pc: Pc) -> None:
    _, serials = pc.print(2_000)
    for path in (pc.folder / "notebook").iterdir():
        path.unlink()
    assert pc.ledger().reserve().first > serials[-1].number


def test_where_every_trace_is_gone_the_clock_is_ahead_of_what_was_printed(pc: Pc) -> None:
    _, serials = pc.print(212)
    for folder in ("notebook", "state"):
        for path in (pc.folder / folder).iterdir():
            path.unlink()
    pc.now += timedelta(hours=8)
    assert pc.ledger().reserve().first > serials[-1].number


def test_a_clock_far_ahead_or_back_leaves_numbers_to_print_with(pc: Pc) -> None:
    for year in (1999, 2099):
        pc.now = NIGHT.replace(year=year)
        folder = pc.folder / str(year)
        other = Pc(folder)
        other.now = pc.now
        assert 1 <= other.ledger().reserve().first <= HIGHEST // 2


def test_when_all_numbers_are_used_pages_are_printed_without_and_none_comes_again(pc: Pc) -> None:
    pc.print(1)
    vault = opened(OLD)
    notebook = Notebook(pc.folder, "sheets", vault, Files())
    own = pc.ledger().reserve().prefix
    notebook.rewrite(lambda _book: [["next", own, HIGHEST - 5]])
    assert numbers_for(pc.ledger()) is None


def test_a_vault_with_another_key_reads_the_book_and_has_its_own_numbers(pc: Pc) -> None:
    first, serials = pc.print(3)
    later = pc.ledger(unlocked=opened(NEW, OLD))
    assert set(later.read().by_serial) == set(serials)
    assert later.reserve().prefix != first.prefix
    assert later.step(serials, "returned", RULES).refused == ()


def test_a_citizen_whom_nobody_knows_has_a_number_that_no_other_one_gets(pc: Pc) -> None:
    given = [pc.ledger().new_number() for _ in range(5)]
    assert [int(number[6:13]) for number in given] == list(range(MINUTES, MINUTES + 5))
    assert [read(number) for number in given] == given
    for path in (pc.folder / "notebook").iterdir():
        path.unlink()
    assert f"-{MINUTES + 5:07d}-" in pc.ledger().new_number()
    assert pc.ledger().reserve().first == MINUTES


def test_a_print_stays_until_90_days_after_its_report_and_another_outages_longer(pc: Pc) -> None:
    outages = Outages(pc.folder, Files())
    outages.begin(pc.now, "Anna")
    _, old = pc.print(3)
    pc.ledger().step(old, "returned", RULES)
    pc.ledger().reported("2026-001")
    outages.end(pc.now)
    _, young = pc.print(2)
    both = pc.ledger().step([old[0], young[0]], "missing", RULES)
    assert both.refused == ()
    pc.now += timedelta(days=90)
    pc.ledger().step([young[1]], "returned", RULES)
    assert set(old) < set(pc.ledger().read().by_serial)
    pc.now += timedelta(days=1)
    pc.ledger().step([young[1]], "entered", RULES)
    left = pc.ledger().read()
    assert set(left.by_serial) == set(young)
    assert left.by_serial[young[0]].state is State.MISSING
    assert pc.ledger().reserve().first == young[-1].number + 1


def test_sheets_that_a_printer_refuses_are_struck_and_the_trouble_is_told(pc: Pc) -> None:
    numbers = numbers_for(pc.ledger())
    assert numbers is not None
    with pytest.raises(OSError, match="no paper"), counted(pc.ledger(), numbers, made(numbers, 4), "Ward"):
        raise OSError("no paper")
    assert pc.states() == [State.STRUCK] * 4
    assert all(one.live[-1].remark == NEVER_LEFT for one in pc.ledger().read().by_serial.values())


def test_nothing_leaves_that_the_ledger_cannot_count_and_without_numbers_it_leaves_uncounted(pc: Pc) -> None:
    numbers = pc.ledger().reserve()
    left: list[str] = []
    full = pc.ledger(files=Failing(errno.ENOSPC))
    with pytest.raises(ReaderError), counted(full, numbers, made(numbers, 4), "Ward"):
        left.append("paper")
    assert left == []
    assert numbers_for(full) is None
    with counted(full, None, [], "Ward"):
        left.append("paper")
    assert left == ["paper"]


def test_sheets_of_other_numbers_are_our_own_fault(pc: Pc) -> None:
    numbers = pc.ledger().reserve()
    with pytest.raises(ValueError, match="one print"):
        pc.ledger().issue(numbers, made(Numbers(numbers.prefix, numbers.first + 1), 2), "Ward")


@pytest.mark.parametrize("entry", [
    7, "x", [], {}, ["job"], ["step", ["K7Q"], "returned"], ["step", [7], "returned", "x", "x", "a", "", "", ""],
    ["reported", "", "yesterday", "x"], ["lost", "2026-01-01"], ["next", "ABC", "x"], ["job", "K7Q", 1, 3, "", "", "", "", "[]"],
    ["job", "K7Q", 1, 1, "2026-11-30T02:10:00+01:00", "", "", "", '[["x",null,null,0]]'], ["job", "K7Q", 1, 1, "2026-11-30T02:10:00+01:00", "", "", "", "7"], ["of a later version", 1],
])  # fmt: skip
def test_an_entry_of_another_form_counts_nothing_and_is_left_as_it_stands(pc: Pc, entry) -> None:
    Notebook(pc.folder, "sheets", opened(OLD), Files()).append(entry)
    _, serials = pc.print(2)
    assert set(pc.ledger().read().by_serial) == set(serials)
    assert entry in Notebook(pc.folder, "sheets", opened(OLD), Files()).read().entries
