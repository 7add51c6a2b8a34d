"""The ledger: any sequence of steps leaves every sheet in exactly one state, the counts add up, and nothing is deleted."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backupreader.domain.ledger import (
    FOLLOWS,
    NEVER_LEFT,
    STEPS,
    Accounts,
    Ended,
    Entry,
    Job,
    Lost,
    Part,
    State,
    Step,
    Taken,
    fold,
    parts,
)
from backupreader.domain.sheetlists import due, following, possible, report, to_enter
from backupreader.domain.sheetrules import Rule, SheetRules
from backupreader.domain.sheets import Numbers, Serial, resembles, serial
from backupreader.domain.sheetsteps import refusal
from backupreader.domain.sheetwords import DOES, STATES

NOW = datetime(2026, 11, 30, 2, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
RULES = SheetRules()
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # others are at work on the machine
ALL = ("medicine-sheet", "handover", "summary")


def job(first: int = 100, count: int = 5, *, document: str = "medicine-sheet", sides: int = 1, outage: str = "") -> Job:
    told = tuple(Part(document, f"n:{number}", None, 1) for number in range(count))
    return Job(numbers=Numbers("K7Q", first), sides=sides, parts=told, at=NOW, by="Anna", outage=outage, to="Ward")


def step(name: str, by: str = "Anna", *, hours: float = 0, remark: str = "", behalf: str = "") -> Step:
    at = NOW + timedelta(hours=hours)
    return Step(name=name, at=at, kept=at, by=by, remark=remark, behalf=behalf)  # type: ignore[arg-type]


def one(number: int) -> Serial:
    return Serial("K7Q", number)


def taken(number: int, *names: str | Step) -> list[Entry]:
    return [Taken((one(number),), step(name) if isinstance(name, str) else name) for name in names]


def state(accounts: Accounts, number: int = 100) -> State:
    return accounts.by_serial[one(number)].state


numbers = st.integers(98, 112)
steps = st.builds(step, st.sampled_from(STEPS), st.sampled_from(["Anna", "Bo"]), remark=st.sampled_from(["", "why"]))
endings = st.builds(
    lambda first, how, since: Ended(one(first), how, one(since), step("struck", remark=NEVER_LEFT)),
    st.sampled_from([100, 106, 50]), st.sampled_from(["cancelled", "jam"]), numbers,
)  # fmt: skip
entries = st.lists(
    st.one_of(
        st.builds(lambda some, what: Taken(tuple(map(one, some)), what), st.lists(numbers, max_size=4), steps),
        endings,
        st.just(job(106, 3, document="summary")),
        st.just(Lost(NOW)),
    ),
    max_size=25,
)


@CALM
@given(entries)
def test_whatever_is_written_every_sheet_is_in_one_state_and_the_counts_add_up(written) -> None:
    accounts = fold([job(), *written])
    found = report(accounts, None, RULES)
    assert sum(found.counts.values()) == found.total == len(accounts.by_serial) >= 5
    assert len(found.missing) == found.counts[State.ISSUED] + found.counts[State.MISSING]
    assert found.back + len(found.missing) == found.total
    assert found.to_shred >= 0
    for account in accounts.by_serial.values():
        assert len(account.live) <= len(account.steps)
        assert account.checked is None or account.entered is not None
        assert account.state is not State.ISSUED or not account.live


@CALM
@given(entries)
def test_nothing_that_was_written_of_a_sheet_is_ever_gone(written) -> None:
    accounts = fold([job(), *written])
    told = [entry for entry in written if isinstance(entry, Taken)]
    for serial_, account in accounts.by_serial.items():
        said = [entry.step for entry in told for other in entry.serials if other == serial_]
        assert [what for what in account.steps if what.remark != NEVER_LEFT] == said


@CALM
@given(st.lists(steps, max_size=12), st.sampled_from(ALL))
def test_what_is_not_refused_changes_what_is_so_and_what_is_refused_would_not_be_folded_into_nonsense(wanted, document):
    so_far: list[Entry] = [job(count=1, document=document)]
    for what in wanted:
        account = fold(so_far).by_serial[one(100)]
        if refusal(account, what, RULES) is None:
            so_far.append(Taken((one(100),), what))
            after = fold(so_far).by_serial[one(100)]
            assert after.live != account.live
            if what.name == "shredded" and RULES.of(document) is Rule.ENTER:
                assert account.checked is not None or account.state is State.STRUCK


@CALM
@given(st.lists(steps, max_size=12), st.sampled_from(ALL))
def test_there_is_always_a_way_on_to_a_sheet_that_nothing_is_owed_of(wanted, document) -> None:
    so_far: list[Entry] = [job(count=1, document=document)]
    for what in wanted:
        if refusal(fold(so_far).by_serial[one(100)], what, RULES) is None:
            so_far.append(Taken((one(100),), what))
    for who in ("Anna", "Bo", "Cia", "Dan", "Eva", "Finn"):
        account = fold(so_far).by_serial[one(100)]
        after = following(account, RULES)
        if after is not None:
            assert after in possible(account, step("returned", who), RULES) or after == "checked"
            if refusal(account, step(after, who), RULES) is None:
                so_far.append(Taken((one(100),), step(after, who)))
    assert fold(so_far).by_serial[one(100)].state in {State.SHREDDED, State.STRUCK}


@pytest.mark.parametrize("undone", [0, 1, 2, 3])
def test_a_step_is_taken_back_by_another_entry_and_what_was_before_is_so_again(undone: int) -> None:
    ways = ["returned", "entered", step("checked", "Bo"), "shredded"]
    found = fold([job(), *taken(100, *ways, *["undone"] * undone)]).by_serial[one(100)]
    states = [State.SHREDDED, State.ENTERED, State.ENTERED, State.RETURNED]
    assert found.state is states[undone]
    assert (found.checked is not None) == (undone < 2)
    assert len(found.steps) == 4 + undone


def test_a_sheet_that_was_missing_is_again_what_it_was_before_so_that_nothing_is_entered_twice() -> None:
    assert state(fold([job(), *taken(100, "returned", "missing", "returned")])) is State.RETURNED
    assert state(fold([job(), *taken(100, "missing", "returned")])) is State.RETURNED
    assert state(fold([job(), *taken(100, "entered", "missing", "returned")])) is State.ENTERED
    assert state(fold([job(), *taken(100, "scanned", "missing", "returned")])) is State.SCANNED


@pytest.mark.parametrize(
    ("document", "before", "wanted", "why"),
    [
        ("medicine-sheet", [], "shredded", "entered in the journal, or struck"),
        ("medicine-sheet", ["returned"], "shredded", "entered in the journal, or struck"),
        ("medicine-sheet", ["returned"], "scanned", "a scan is not enough"),
        ("medicine-sheet", ["entered"], "shredded", "Another person must check"),
        ("medicine-sheet", ["entered"], "checked", "Another person than Anna"),
        ("medicine-sheet", ["entered"], "entered", "entered in the journal already"),
        ("medicine-sheet", ["returned"], "checked", "Only what was entered"),
        ("medicine-sheet", ["missing"], "entered", "said to be missing"),
        ("medicine-sheet", [], "struck", "Say why"),
        ("medicine-sheet", [], "undone", "no step"),
        ("handover", ["returned"], "shredded", "scanned, entered or struck"),
        ("summary", ["shredded"], "returned", "is shredded"),
        ("summary", ["returned"], "returned", "come back already"),
    ],
)
def test_a_wrong_step_is_refused_with_its_reason(document, before, wanted, why) -> None:
    account = fold([job(document=document), *taken(100, *before)]).by_serial[one(100)]
    refused = refusal(account, step(wanted), RULES)
    assert refused is not None
    assert why in str(refused)


def test_what_the_rules_leave_alone_goes_the_short_way() -> None:
    account = fold([job(document="summary")]).by_serial[one(100)]
    assert refusal(account, step("shredded"), RULES) is None
    unchecked = SheetRules(check_hours=0)
    entered = fold([job(), *taken(100, "entered")]).by_serial[one(100)]
    assert refusal(entered, step("shredded"), unchecked) is None
    assert due([entered], unchecked) == ()
    scanned = SheetRules(documents={"medicine-sheet": Rule.SCAN})
    assert refusal(account, step("scanned"), scanned) is None


def test_the_second_person_is_another_one_however_the_name_is_written_and_on_whose_behalf_it_was() -> None:
    entered = fold([job(), *taken(100, step("entered", "Anna Holm", behalf="Bo Friis"))]).by_serial[one(100)]
    for same in ("anna  holm", "BO FRIIS"):
        assert refusal(entered, step("checked", same), RULES) is not None
    assert refusal(entered, step("checked", "Cia", behalf="bo friis"), RULES) is not None
    assert refusal(entered, step("checked", "Cia Lund"), RULES) is None


def test_a_time_that_lies_ahead_is_refused() -> None:
    account = fold([job()]).by_serial[one(100)]
    ahead = Step(name="returned", at=NOW + timedelta(minutes=1), kept=NOW, by="Anna")
    assert "ahead" in str(refusal(account, ahead, RULES))


def test_a_sheet_that_nobody_printed_is_told() -> None:
    assert "not printed" in str(refusal(None, step("returned"), RULES))


def test_a_jam_strikes_what_nobody_has_seen_from_that_sheet_on_and_a_cancel_all_of_it() -> None:
    seen = taken(103, "returned")
    jam = Ended(one(100), "jam", one(102), step("struck", remark=NEVER_LEFT))
    found = fold([job(), *seen, jam])
    assert [state(found, number) for number in range(100, 105)] == [
        State.ISSUED, State.ISSUED, State.STRUCK, State.RETURNED, State.STRUCK
    ]  # fmt: skip
    assert report(found, None, RULES).never_left == 2
    cancelled = Ended(one(100), "cancelled", one(100), step("struck", remark=NEVER_LEFT))
    assert {state(fold([job(), cancelled]), number) for number in range(100, 105)} == {State.STRUCK}


def test_the_list_for_back_entry_goes_by_citizen_document_and_number() -> None:
    told = (Part("handover", "n:2", None, 1), Part("medicine-sheet", "n:1", None, 2), Part("handover", "n:1", None, 1),
            Part("summary", "n:1", None, 1), Part("driving-list", None, "R1", 1))  # fmt: skip
    mixed = Job(numbers=Numbers("K7Q", 100), parts=told, at=NOW, by="Anna")
    found = to_enter(fold([mixed]).by_serial.values(), RULES)
    assert [(x.sheet.citizen or x.sheet.route, x.sheet.document, x.sheet.serial.number) for x in found] == [
        ("n:1", "handover", 103), ("n:1", "medicine-sheet", 101), ("n:1", "medicine-sheet", 102), ("n:2", "handover", 100),
        ("R1", "driving-list", 105),
    ]  # fmt: skip


def test_a_check_is_due_a_day_after_it_was_entered_and_the_oldest_is_first() -> None:
    later = Taken((one(101),), step("entered", hours=3))
    found = due(fold([job(), later, *taken(100, "entered")]).by_serial.values(), RULES)
    assert [each.account.sheet.serial.number for each in found] == [100, 101]
    assert found[0].until == NOW + timedelta(hours=24)
    assert found[0].overdue(NOW + timedelta(hours=25))
    assert not found[0].overdue(NOW + timedelta(hours=23))


def test_a_report_is_closed_only_when_nothing_is_owed_and_nothing_was_lost() -> None:
    finished: list[Entry] = [job(count=1, outage="2026-001"), *taken(100, "entered", step("checked", "Bo"))]
    assert report(fold(finished), "2026-001", RULES).is_closed
    assert not report(fold([*finished, Lost(NOW)]), "2026-001", RULES).is_closed
    assert not report(fold(finished[:-1]), "2026-001", RULES).is_closed
    assert report(fold(finished), "2026-002", RULES).total == 0


@CALM
@given(st.lists(st.tuples(st.sampled_from(ALL), st.sampled_from(["n:1", "n:2", None]), st.integers(1, 7)), max_size=20),
       st.integers(1, 2))  # fmt: skip
def test_the_parts_of_a_print_are_known_again_from_its_sheets(told, sides) -> None:
    made = tuple(Part(document, citizen, None, pages) for document, citizen, pages in told)
    printed = Job(numbers=Numbers("K7Q", 500), sides=sides, parts=made, at=NOW, by="Anna")
    sheets = tuple(printed.sheets())
    assert parts(sheets) == made
    assert len(sheets) == printed.count
    assert [sheet.serial.number for sheet in sheets] == list(range(500, 500 + printed.count))


def test_every_state_and_step_has_its_words_and_every_state_its_steps() -> None:
    assert set(STATES) == set(FOLLOWS) == set(State)
    assert set(DOES) == set(STEPS)


@CALM
@given(st.integers(0, 10**7 - 1), st.integers(0, 10), st.sampled_from("0123456789"))
def test_a_number_with_one_wrong_digit_is_no_serial_and_is_known_for_a_misread_one(number, place, digit) -> None:
    printed = str(Serial("K7Q", number))
    at = [index for index, sign in enumerate(printed) if sign.isdigit()][place % 10]
    wrong = printed[:at] + digit + printed[at + 1 :]
    assert serial(printed) == Serial("K7Q", number)
    assert (serial(wrong) is None) == (wrong != printed)
    assert resembles(wrong)


@pytest.mark.parametrize(
    "words", ["møller", "140338-1234", "19380314-1234", "Skovvej 4, 2. tv", "99 31 72 07", "", "kirsten møller hansen"]
)
def test_what_people_search_for_is_no_misread_number(words) -> None:
    assert not resembles(words)
