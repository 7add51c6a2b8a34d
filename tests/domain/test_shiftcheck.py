from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.plan.about import About
from backupreader.domain.plan.contacts import Calendar
from backupreader.domain.plan.guidance import Card
from backupreader.domain.plan.plan import Plan, Supplement
from backupreader.domain.shiftcheck import (
    ASKED,
    HINTS,
    NAMES,
    POINTS,
    UNDONE,
    Point,
    ShiftCheck,
    Verdict,
    is_due,
    of_cards,
    of_data,
    overdue_documents,
    result,
)
from backupreader.language import Language

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZONE)
LATE = timedelta(minutes=90)
ENGLISH = Language("en")


def check(**other: Verdict) -> ShiftCheck:
    """All good, but for what is said; ``not_named`` points are left out."""
    verdicts: dict[Point, Verdict] = {point: other.get(point, "good") for point in POINTS}
    return ShiftCheck(at=NOW, shift="day", day=NOW.date(), by="Anna", verdicts=verdicts)


def about(title: str, revise_by: date | None) -> About:
    return About(title=title, owner="The head", revise_by=revise_by)


def plan(whole: date | None = None, card: date | None = None, own: date | None = None, own_card: date | None = None):
    return Plan(
        about=about("the plan", whole),
        calendar=Calendar(country="DK"),
        cards=(Card(id="a", about=about("a card", card), steps=()),),
        supplements=(
            Supplement(
                unit="Nord",
                about=about("of Nord", own),
                cards=(Card(id="b", about=about("a card of Nord", own_card), steps=()),),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("taken", "verdict"),
    [
        (NOW.replace(hour=5, minute=30), "good"),
        (NOW - timedelta(hours=14), "not-good"),
        (NOW + timedelta(hours=1), "not-good"),  # one of two clocks is wrong: the age is not known
        (None, "not-good"),
    ],
)
def test_the_data_is_good_only_where_it_is_known_to_be_new(taken: datetime | None, verdict: Verdict) -> None:
    assert of_data(taken, NOW, ("05:30", "17:30"), LATE) == verdict


def test_everything_of_the_plan_that_is_past_its_date_is_found() -> None:
    past, today = date(2026, 11, 21), NOW.date()
    assert of_cards(plan(), today) == "good"
    assert of_cards(plan(today, today, today, today), today) == "good", "on the day itself it still holds"
    for part, title in enumerate(("the plan", "a card", "of Nord", "a card of Nord")):
        dates: list[date | None] = [None] * 4
        dates[part] = past
        one = plan(*dates)
        assert [document.title for document in overdue_documents(one, today)] == [title]
        assert of_cards(one, today) == "not-good"
    assert of_cards(None, today) == "not-done", "without a plan nothing was looked at"


def test_what_is_not_good_and_what_was_not_done_are_told_apart_in_one_sentence() -> None:
    assert result(check(), ENGLISH) == "The shift check is done: all is good."
    assert result(check(print="not-good", clock="not-good"), ENGLISH) == (
        "The shift check is done. Not good: the test page, the clock."
    )
    assert result(check(cards="not-done"), ENGLISH) == "The shift check is recorded. Not done: the plan's dates."
    both = result(check(paper="not-good", data="not-done"), ENGLISH)
    assert both == "The shift check is recorded. Not good: paper and toner; not done: the data."
    assert all(one.endswith(".") and "{" not in one for one in (both, result(check(), Language("da"))))


def test_a_point_that_nobody_named_was_not_done() -> None:
    empty = ShiftCheck(at=NOW, shift="day", day=NOW.date(), by="", verdicts={})
    assert (empty.undone, empty.wrong, empty.is_good) == (POINTS, (), False)
    assert check().is_good
    assert not check(clock="not-done").is_good


def test_every_point_has_its_word_its_question_and_what_to_do() -> None:
    for words in (NAMES, ASKED, HINTS, UNDONE):
        assert tuple(words) == POINTS


def test_a_check_is_due_by_the_time_that_really_passed() -> None:
    assert is_due(None, NOW, 24)
    assert not is_due(None, NOW, 0)
    assert not is_due(NOW - timedelta(hours=24), NOW, 24)
    assert is_due(NOW - timedelta(hours=24, minutes=1), NOW, 24)
    assert not is_due(NOW + timedelta(hours=3), NOW, 24), "a clock that was set back makes none due"
    evening, morning = datetime(2026, 10, 24, 23, tzinfo=ZONE), datetime(2026, 10, 25, 6, 30, tzinfo=ZONE)
    assert is_due(evening, morning, 8), "the night on which the clocks go back: 8 and a half hours, not 7 and a half"
    evening, morning = datetime(2026, 3, 28, 23, tzinfo=ZONE), datetime(2026, 3, 29, 7, 30, tzinfo=ZONE)
    assert not is_due(evening, morning, 8), "and on which they go forward: 7 and a half"
