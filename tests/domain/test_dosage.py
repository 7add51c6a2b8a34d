"""What is due on a day: the rules one by one, then laws that hold for every dosage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backupreader.domain.dosage import (
    SLOTS,
    Cell,
    Standing,
    Verdict,
    When,
    Why,
    administration_rows,
    due_times,
    is_prn,
    standing,
    whens,
)
from backupreader.domain.due import Knowledge, due_next
from backupreader.domain.journal import Journal, Order, Presence, Section
from backupreader.domain.records import Administration, Citizen, Delivery, Dose, Medication, Origin

ZONE = ZoneInfo("Europe/Copenhagen")
HERE = Origin("x", 1)
DAY = date(2026, 11, 22)  # a Sunday
DUE, NOT_DUE, UNKNOWN, PRN = Verdict.DUE, Verdict.NOT_DUE, Verdict.UNKNOWN, Verdict.PRN


def medication(**facts) -> Medication:
    return Medication(id="m", citizen="c", drug="Marevan", origin=HERE, **{"kind": "fixed", **facts})


def dose(**facts) -> Dose:
    return Dose(id="d", medication="m", citizen="c", origin=HERE, **{"every_days": 1, "time": "08:00", **facts})


def said(drug: Medication, line: Dose | None, day: date = DAY) -> tuple[Verdict, Why | None]:
    """The verdict of a dose with one time."""
    ((_, cell),) = due_times(drug, line, day, ZONE).cells
    return cell.verdict, cell.why


def test_a_dose_of_every_day_is_due_at_its_clock_time():
    due = due_times(medication(), dose(), DAY, ZONE)
    assert due.cells == ((When(time="08:00"), Cell(DUE)),)
    assert due.boxes == 1


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2026, 11, 19), (NOT_DUE, Why.BEFORE_START)),
        (date(2026, 11, 20), (DUE, None)),
        (date(2026, 11, 22), (DUE, None)),
        (date(2026, 11, 23), (NOT_DUE, Why.AFTER_END)),
    ],
)
@pytest.mark.parametrize("where", ["order", "dose"])
def test_first_and_last_day_of_a_period_are_in_it(day, verdict, where):
    period = {"start": "2026-11-20", "end": "2026-11-22"}
    drug, line = (medication(**period), dose()) if where == "order" else (medication(), dose(**period))
    assert said(drug, line, day) == verdict


@pytest.mark.parametrize(
    ("bounds", "clock", "verdict"),
    [
        ({"start": "2026-11-22T08:00"}, "08:00", (DUE, None)),
        ({"start": "2026-11-22T08:01"}, "08:00", (NOT_DUE, Why.BEFORE_START)),
        ({"end": "2026-11-22T08:00"}, "08:00", (DUE, None)),
        ({"end": "2026-11-22T07:59"}, "08:00", (NOT_DUE, Why.AFTER_END)),
        ({"end": "2026-11-22T07:00:00Z"}, "08:00", (DUE, None)),  # 08:00 in Copenhagen
        ({"end": "2026-11-22T06:59:00Z"}, "08:00", (NOT_DUE, Why.AFTER_END)),
        ({"start": "2026-11-21T23:30:00Z"}, "00:00", (NOT_DUE, Why.BEFORE_START)),  # 00:30 here
    ],
)
def test_a_period_with_clock_times_begins_and_ends_by_the_clock(bounds, clock, verdict):
    assert said(medication(**bounds), dose(time=clock)) == verdict


@pytest.mark.parametrize("end", ["2026-11-22T00:00", "2026-11-21T23:00:00Z"])
def test_an_end_at_midnight_may_mean_the_day_and_blocks_nothing_on_it(end):
    assert said(medication(end=end), dose(time="08:00")) == (UNKNOWN, Why.PERIOD)
    assert said(medication(end=end), dose(time="08:00"), date(2026, 11, 23)) == (NOT_DUE, Why.AFTER_END)


def test_a_slot_on_a_day_that_begins_or_ends_in_the_middle_is_not_guessed():
    line = dose(time=None, slot="evening")
    assert said(medication(end="2026-11-22T18:00"), line) == (UNKNOWN, Why.PERIOD)
    assert said(medication(start="2026-11-22T12:00"), line) == (UNKNOWN, Why.PERIOD)
    assert said(medication(start="2026-11-22T00:00", end="2026-11-22T23:59"), line) == (DUE, None)


@pytest.mark.parametrize(
    ("start", "day", "verdict"),
    [
        ("2026-12", DAY, (NOT_DUE, Why.BEFORE_START)),
        ("2026-11", DAY, (UNKNOWN, Why.PERIOD)),
        ("2026-10", DAY, (DUE, None)),
        ("2026", DAY, (UNKNOWN, Why.PERIOD)),
        ("2025", DAY, (DUE, None)),
        ("2027", DAY, (NOT_DUE, Why.BEFORE_START)),
        ("2026-12", date(2026, 12, 31), (UNKNOWN, Why.PERIOD)),
        ("2026-13", DAY, (UNKNOWN, Why.PERIOD)),
        ("9999", DAY, (UNKNOWN, Why.PERIOD)),
        ("i går", DAY, (UNKNOWN, Why.PERIOD)),
    ],
)
def test_a_start_of_less_precision_leaves_its_month_or_year_open(start, day, verdict):
    assert said(medication(start=start), dose(), day) == verdict


def test_an_end_of_less_precision_is_not_over_before_it_must_be():
    assert said(medication(end="2026-10"), dose()) == (NOT_DUE, Why.AFTER_END)
    assert said(medication(end="2026-12"), dose()) == (DUE, None)
    assert said(medication(end="2026-11"), dose()) == (UNKNOWN, Why.PERIOD)


@pytest.mark.parametrize(
    ("pause", "verdict"),
    [
        ({"paused_from": "2026-11-22", "paused_to": "2026-11-22"}, (NOT_DUE, Why.PAUSED)),
        ({"paused_from": "2026-11-20"}, (NOT_DUE, Why.PAUSED)),
        ({"paused_to": "2026-11-22"}, (NOT_DUE, Why.PAUSED)),
        ({"paused_to": "2026-11-21"}, (DUE, None)),
        ({"paused_from": "2026-11-23"}, (DUE, None)),
        ({"paused_from": "2026-11-22T09:00"}, (DUE, None)),
        ({"paused_from": "2026-11-22T08:00"}, (NOT_DUE, Why.PAUSED)),
        ({"paused_from": "2026-11"}, (UNKNOWN, Why.PERIOD)),
        ({}, (DUE, None)),
    ],
)
def test_a_pause_blocks_its_days_and_an_open_one_lasts(pause, verdict):
    assert said(medication(**pause), dose()) == verdict


def test_an_order_that_is_paused_without_dates_is_paused_throughout():
    assert said(medication(status="paused"), dose()) == (NOT_DUE, Why.PAUSED)
    assert said(medication(status="paused", paused_to="2026-11-21"), dose()) == (DUE, None)


@pytest.mark.parametrize("status", ["stopped", "completed"])
def test_a_stopped_order_is_due_no_more_and_one_that_ends_later_is_doubtful(status):
    assert said(medication(status=status), dose()) == (NOT_DUE, Why.STOPPED)
    assert said(medication(status=status, end="2026-11-21"), dose()) == (NOT_DUE, Why.AFTER_END)
    assert said(medication(status=status, end="2026-11-23"), dose()) == (UNKNOWN, Why.STATUS)


@pytest.mark.parametrize("status", ["draft", "entered-in-error"])
def test_a_draft_or_an_error_is_never_due(status):
    assert said(medication(status=status), dose()) == (NOT_DUE, Why.NOT_IN_FORCE)


@pytest.mark.parametrize("status", ["unknown", "invalid"])
def test_an_unknown_status_is_shown_with_doubt_but_not_outside_its_period(status):
    assert said(medication(status=status), dose()) == (UNKNOWN, Why.STATUS)
    assert said(medication(status=status, end="2026-11-01"), dose()) == (NOT_DUE, Why.AFTER_END)


@pytest.mark.parametrize(
    ("days", "verdict"),
    [
        ({"weekdays": "7"}, (DUE, None)),
        ({"weekdays": "135"}, (NOT_DUE, Why.OTHER_DAY)),
        ({"weekdays": "8"}, (UNKNOWN, Why.DAYS)),
        ({"weekdays": ""}, (UNKNOWN, Why.DAYS)),
        ({"weekdays": "7", "every_days": 14}, (UNKNOWN, Why.DAYS)),  # every second Sunday: which one is not said
        ({"weekdays": "7", "every_days": 7}, (DUE, None)),
        ({"every_days": 2, "start": "2026-11-20"}, (DUE, None)),
        ({"every_days": 2, "start": "2026-11-21"}, (NOT_DUE, Why.OTHER_DAY)),
        ({"every_days": 2, "start": "2026-11-21", "day_no": 2}, (DUE, None)),
        ({"every_days": 2, "start": "2026-11-19T23:30:00Z"}, (DUE, None)),  # the 20th here
        ({"every_days": 3, "start": "2026-11"}, (UNKNOWN, Why.DAYS)),
        ({"every_days": 3}, (UNKNOWN, Why.DAYS)),
        ({"every_days": 2, "start": "2026-11-20", "day_no": 3}, (UNKNOWN, Why.DAYS)),
        ({"every_days": 0, "start": "2026-11-20"}, (UNKNOWN, Why.DAYS)),
        ({"every_days": None}, (UNKNOWN, Why.DAYS)),
    ],
)
def test_days_are_those_that_are_said_and_no_others(days, verdict):
    line = dose(**{"every_days": None, **days}) if "weekdays" in days else dose(**days)
    drug = medication()
    if verdict == (UNKNOWN, Why.DAYS) and days.get("start") == "2026-11":
        verdict = (UNKNOWN, Why.PERIOD)  # the month's first doubt comes first
    assert said(drug, line) == verdict


def test_three_times_a_day_are_three_boxes_without_a_clock_time():
    due = due_times(medication(), dose(time=None, times_per_day=3), DAY, ZONE)
    assert [when for when, _ in due.cells] == [When(number=1, of=3), When(number=2, of=3), When(number=3, of=3)]
    assert due.boxes == 3


@pytest.mark.parametrize("number", [0, -1, 25, 1000])
def test_a_number_of_times_that_cannot_be_is_not_believed(number):
    assert said(medication(), dose(time=None, times_per_day=number)) == (UNKNOWN, Why.TIMES)


@pytest.mark.parametrize("clock", ["24:00", "8:00", "08.00", "kl 8", ""])
def test_a_time_that_is_no_clock_time_is_unknown(clock):
    assert said(medication(), dose(time=clock)) == (UNKNOWN, Why.TIMES)


def test_a_slot_stays_a_slot():
    assert whens(dose(time=None, slot="night")) == (When(slot="night"),)


def test_an_order_without_structure_is_one_open_row_within_its_period():
    order = Order(medication=medication(dosage_text="efter skema", start="2026-11-22"), doses=(), administrations=())
    (row,) = administration_rows(order, [DAY - timedelta(days=1), DAY], ZONE)
    assert row.cells == (Cell(NOT_DUE, Why.BEFORE_START), Cell(UNKNOWN, Why.TEXT))
    assert row.when == When()
    assert row.shown


def test_what_is_given_when_needed_stands_apart():
    line = dose(prn=True, time=None, every_days=1)
    assert said(medication(), line) == (PRN, None)
    assert said(medication(kind="prn"), dose()) == (PRN, None)
    assert is_prn(medication(kind="prn"), None)
    assert not is_prn(medication(), dose())
    order = Order(medication=medication(), doses=(line,), administrations=())
    assert administration_rows(order, [DAY], ZONE)[0].prn


def test_rows_stand_in_the_order_of_the_day():
    lines = (
        dose(time=None, slot="night"),
        dose(time=None),
        dose(time=None, times_per_day=2),
        dose(time="22:00"),
        dose(time=None, slot="morning"),
        dose(time="08:00"),
    )
    order = Order(medication=medication(), doses=lines, administrations=())
    rows = administration_rows(order, [DAY], ZONE)
    assert [row.when for row in rows] == [
        When(time="08:00"),
        When(time="22:00"),
        When(slot="morning"),
        When(slot="night"),
        When(number=1, of=2),
        When(number=2, of=2),
        When(),
    ]


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({}, Standing.CURRENT),
        ({"status": "draft"}, Standing.DRAFT),
        ({"status": "entered-in-error"}, Standing.ERROR),
        ({"status": "stopped"}, Standing.ENDED),
        ({"status": "completed", "end": "2030-01-01"}, Standing.ENDED),
        ({"end": "2026-11-21"}, Standing.ENDED),
        ({"end": "2026-11-22T06:00"}, Standing.CURRENT),
        ({"start": "2026-11-23"}, Standing.FUTURE),
        ({"paused_from": "2026-11-20"}, Standing.PAUSED),
        ({"status": "paused"}, Standing.PAUSED),
        ({"status": "unknown"}, Standing.UNSURE),
        ({"status": "invalid"}, Standing.UNSURE),
    ],
)
def test_every_order_stands_under_one_heading(facts, where):
    assert standing(medication(**facts), DAY, ZONE) is where


# --- laws ---

DAYS = st.dates(date(2026, 10, 1), date(2026, 12, 31))
BOUNDS = st.one_of(
    st.none(),
    DAYS.map(date.isoformat),
    st.tuples(DAYS, st.times()).map(lambda pair: datetime.combine(*pair).isoformat("T", "minutes")),
)
TEXTS = st.one_of(BOUNDS, st.sampled_from(["2026", "2026-11", "??", "2026-11-31"]))
CLOCKS = st.one_of(st.none(), st.times().map(lambda clock: clock.strftime("%H:%M")), st.just("8"))
DOSES = st.builds(
    dose,
    time=CLOCKS,
    slot=st.one_of(st.none(), st.sampled_from(SLOTS)),
    times_per_day=st.one_of(st.none(), st.integers(-1, 30)),
    weekdays=st.one_of(st.none(), st.text("12345678", max_size=4)),
    every_days=st.one_of(st.none(), st.integers(0, 30)),
    day_no=st.integers(0, 5),
    start=TEXTS,
    end=TEXTS,
    prn=st.booleans(),
)
STATUSES = ["active", "paused", "stopped", "completed", "draft", "entered-in-error", "invalid", "unknown"]
MEDICATIONS = st.builds(
    medication,
    status=st.sampled_from(STATUSES),
    kind=st.sampled_from(["fixed", "prn", "mixed", "unknown"]),
    start=TEXTS,
    end=TEXTS,
    paused_from=TEXTS,
    paused_to=TEXTS,
)


@settings(deadline=None)
@given(MEDICATIONS, DOSES, DAYS)
def test_every_dosage_gets_a_verdict_with_as_many_boxes_as_it_has_times(drug, line, day):
    due = due_times(drug, line, day, ZONE)
    assert len(due.cells) == len(whens(line)) >= 1
    assert 0 <= due.boxes <= len(due.cells)


@settings(deadline=None)
@given(MEDICATIONS, DOSES, DAYS)
def test_nothing_is_due_outside_its_period_or_in_its_pause(drug, line, day):
    for when, cell in due_times(drug, line, day, ZONE).cells:
        if cell.verdict is not DUE:
            continue
        for start, end in ((drug.start, drug.end), (line.start, line.end)):
            assert not start or start[:10] <= day.isoformat()
            assert not end or len(end) < 10 or end[:10] >= day.isoformat()
            if when.time and end and end[:10] == day.isoformat() and len(end) > 10:
                assert f"{day}T{when.time}" <= end
        if drug.paused_from and len(drug.paused_from) == 10 and not drug.paused_to:
            assert day.isoformat() < drug.paused_from or drug.paused_from == "2026-11-31"
        assert drug.status in {"active", "paused"}


@settings(deadline=None)
@given(st.integers(1, 24), st.integers(1, 30), DAYS, st.integers(1, 30))
def test_the_boxes_of_a_period_are_the_doses_that_were_ordered(times, every, start, length):
    line = dose(time=None, times_per_day=times, every_days=every, start=start.isoformat())
    days = [start + timedelta(days=number) for number in range(length)]
    boxes = sum(due_times(medication(), line, day, ZONE).boxes for day in days)
    assert boxes == times * len(range(0, length, every))


@settings(deadline=None)
@given(st.sets(st.integers(1, 7), min_size=1), DAYS)
def test_a_week_holds_each_weekday_once(weekdays, first):
    line = dose(weekdays="".join(map(str, sorted(weekdays))), every_days=None)
    week = [first + timedelta(days=number) for number in range(7)]
    assert sum(due_times(medication(), line, day, ZONE).boxes for day in week) == len(weekdays)


@settings(deadline=None)
@given(DOSES, DAYS)
def test_doubt_about_the_status_never_adds_or_hides_a_day(line, day):
    sure = due_times(medication(), line, day, ZONE).cells
    doubted = due_times(medication(status="unknown"), line, day, ZONE).cells
    for (_, certain), (_, doubtful) in zip(sure, doubted, strict=True):
        assert (certain.verdict is NOT_DUE) == (doubtful.verdict is NOT_DUE)
        assert doubtful.verdict in {NOT_DUE, UNKNOWN}


# --- what is due around now ---

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZONE)


def journal(*orders: Order, taken: str | None = "2026-11-22T05:30") -> Journal:
    deliveries = (
        (Delivery(source="s", table="medication", taken_at=taken, complete=True, read=1, filed=1, refused=0),)
        if taken
        else ()
    )
    empty = Section((), Presence.NOTHING_RECORDED, (), 0)
    given_ = tuple(item for order in orders for item in order.administrations)
    return Journal(
        citizen=Citizen(id="c", name="N", origin=HERE),
        unit=None,
        namesakes=(),
        alerts=empty,
        contacts=empty,
        access=empty,
        conditions=empty,
        interventions=empty,
        notes=empty,
        visits=empty,
        measurements=empty,
        documents=empty,
        orders=Section(orders, Presence.VALUE, deliveries, len(orders)),
        administrations=Section(given_, Presence.VALUE, (), len(given_)),
    )


def administration(planned: str, status: str = "given", **facts) -> Administration:
    return Administration(
        id=planned + status, citizen="c", origin=HERE, medication="m", planned_at=planned, status=status, **facts
    )


def ordered(*clocks: str, administrations=(), **facts) -> Order:
    return Order(
        medication=medication(**facts),
        doses=tuple(dose(time=clock) for clock in clocks),
        administrations=administrations,
    )


def test_what_was_due_after_the_data_was_taken_lies_in_the_blind_window():
    due = due_next(
        journal(ordered("05:00", "05:31", "08:42", "12:00", administrations=(administration("2026-11-21T22:00"),))), NOW
    )
    today = [(entry.when.time, entry.knowledge) for entry in due.entries if entry.day == DAY]
    assert today == [
        ("05:00", Knowledge.NOT_RECORDED),
        ("05:31", Knowledge.BLIND),
        ("08:42", Knowledge.BLIND),
        ("12:00", Knowledge.COMING),
    ]
    assert [item.planned_at for item in due.given] == ["2026-11-21T22:00"]


def test_a_dose_is_recorded_only_where_order_and_minute_agree():
    given_ = (administration("2026-11-22T05:00"), administration("2026-11-22T05:10", "entered-in-error"))
    due = due_next(journal(ordered("05:00", "05:10", administrations=given_)), NOW)
    today = {entry.when.time: entry for entry in due.entries if entry.day == DAY}
    assert today["05:00"].knowledge is Knowledge.RECORDED
    assert today["05:00"].administration is given_[0]
    assert today["05:10"].knowledge is Knowledge.NOT_RECORDED


def test_entries_stand_by_the_clock_and_those_without_one_last():
    morning = Order(medication=medication(), doses=(dose(time=None, slot="morning"),), administrations=())
    due = due_next(journal(morning, ordered("12:00"), ordered("09:00")), NOW, back_hours=0, ahead_hours=12)
    assert [entry.when for entry in due.entries] == [When(time="09:00"), When(time="12:00"), When(slot="morning")]
    assert due.entries[-1].knowledge is Knowledge.SOMETIME
    assert due.entries[-1].at is None


def test_what_is_given_when_needed_is_not_among_what_is_due():
    needed = Order(medication=medication(kind="prn"), doses=(dose(time=None, prn=True),), administrations=())
    due = due_next(journal(needed), NOW)
    assert due.entries == ()
    assert [row.prn for row in due.prn] == [True]


def test_without_a_moment_of_taking_everything_past_is_blind():
    due = due_next(journal(ordered("08:00"), taken=None), NOW, back_hours=2, ahead_hours=1)
    assert due.taken_at is None
    assert [entry.knowledge for entry in due.entries] == [Knowledge.BLIND]


def test_the_site_zone_must_be_known():
    with pytest.raises(TypeError):
        due_next(journal(), replace_zone(NOW))


def replace_zone(moment: datetime) -> datetime:
    return moment.astimezone()


@settings(deadline=None)
@given(
    st.lists(CLOCKS.filter(lambda clock: clock is not None and len(clock) == 5), min_size=1, max_size=5),
    st.integers(0, 20),
    st.integers(0, 20),
)
def test_entries_never_leave_their_window_and_never_come_twice(clocks, back, ahead):
    due = due_next(journal(ordered(*dict.fromkeys(clocks))), NOW, back_hours=back, ahead_hours=ahead)
    moments = [entry.at for entry in due.entries]
    assert len(set(moments)) == len(moments)
    assert moments == sorted(moments)
    assert all(NOW - timedelta(hours=back) <= moment <= NOW + timedelta(hours=ahead) for moment in moments)


def test_a_dose_in_the_hour_that_the_clocks_skip_is_still_due():
    spring = date(2027, 3, 28)
    assert said(medication(start="2027-03-01T10:00"), dose(time="02:30"), spring) == (DUE, None)
    due = due_next(
        journal(ordered("02:30"), taken="2027-03-27T17:30"),
        datetime(2027, 3, 28, 1, 0, tzinfo=ZONE),
        back_hours=0,
        ahead_hours=3,
    )
    assert [entry.knowledge for entry in due.entries] == [Knowledge.COMING]


def test_an_order_replaced_by_another_status_keeps_its_rows():
    order = ordered("08:00", "20:00")
    stopped = replace(order, medication=replace(order.medication, status="stopped"))
    assert len(administration_rows(stopped, [DAY], ZONE)) == 2
    assert not any(row.shown for row in administration_rows(stopped, [DAY], ZONE))
