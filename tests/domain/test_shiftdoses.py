"""Which boxes of a medicine sheet belong to a shift: by the ordered clock time alone, never by a guess."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.dosage import Cell, Row, Verdict, When, Why
from backupreader.domain.records import Medication, Origin
from backupreader.domain.shiftdoses import during
from backupreader.domain.shifts import shift_of

ZONE = ZoneInfo("Europe/Copenhagen")
DAY = date(2026, 11, 22)
DUE = Cell(Verdict.DUE)
ORDER = Medication(id="m", citizen="c", drug="Pinex", origin=Origin("s", "f"))
OTHER = Cell(Verdict.NOT_DUE, Why.OTHER_SHIFT)


def row(when: When, *cells: Cell) -> Row:
    return Row(ORDER, None, when, cells)


@pytest.mark.parametrize(
    ("clock", "shift", "cell"),
    [
        ("15:00", "evening", DUE),
        ("14:59", "evening", OTHER),
        ("22:59", "evening", DUE),
        ("23:00", "evening", OTHER),
        ("07:00", "day", DUE),
        ("06:59", "day", OTHER),
    ],
)
def test_a_clock_time_belongs_to_the_shift_whose_hours_hold_it(clock: str, shift, cell: Cell):
    assert during(row(When(time=clock), DUE), [DAY], shift_of(DAY, shift, ZONE)).cells == (cell,)


def test_a_night_is_one_shift_over_two_dates():
    days = [DAY, date(2026, 11, 23)]
    night = shift_of(DAY, "night", ZONE)
    assert during(row(When(time="23:30"), DUE, DUE), days, night).cells == (DUE, OTHER)
    assert during(row(When(time="00:00"), DUE, DUE), days, night).cells == (OTHER, DUE)
    assert during(row(When(time="06:59"), DUE, DUE), days, night).cells == (OTHER, DUE)
    assert during(row(When(time="07:00"), DUE, DUE), days, night).cells == (OTHER, OTHER)


@pytest.mark.parametrize("when", [When(slot="morning"), When(number=1, of=3)])
def test_what_has_no_clock_time_stays_open_and_in_doubt(when: When):
    (cell,) = during(row(when, DUE), [DAY], shift_of(DAY, "evening", ZONE)).cells
    assert cell == Cell(Verdict.UNKNOWN, Why.SHIFT)


@pytest.mark.parametrize("cell", [Cell(Verdict.UNKNOWN, Why.TEXT), Cell(Verdict.NOT_DUE, Why.PAUSED)])
def test_another_doubt_and_another_block_stay_as_they_are(cell: Cell):
    assert during(row(When(), cell), [DAY], shift_of(DAY, "evening", ZONE)).cells == (cell,)


@pytest.mark.parametrize("day", [date(2026, 10, 24), date(2026, 3, 28)])
def test_no_dose_of_a_day_is_in_no_shift_on_the_nights_when_the_clocks_change(day: date):
    following = date.fromordinal(day.toordinal() + 1)
    for hour in range(24):
        for minute in (0, 30):
            line = row(When(time=f"{hour:02d}:{minute:02d}"), DUE)
            found = [
                (one, name)
                for one in (day, following)
                for name in ("day", "evening", "night")
                for cell in during(line, [following], shift_of(one, name, ZONE)).cells
                if cell == DUE
            ]
            assert len(found) == 1, (hour, minute, found)


def test_without_a_shift_nothing_is_changed():
    line = row(When(time="08:00"), DUE)
    assert during(line, [DAY], None) is line
