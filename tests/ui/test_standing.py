"""How old the data is said to be."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from backupreader.language import Language
from backupreader.settings import Settings
from tests.ui import town
from ui.clock import at, distance, written
from ui.look import State
from ui.standing import Standing, reading, tab, told

ENGLISH = Language("en")
STANDING = Standing(
    taken_at={"nexus": {"citizen": town.TAKEN, "visit": "2026-11-22T05:31:00+01:00"}},
    position=(1, 1),
    next_expected=None,
)


@pytest.mark.parametrize(
    ("hours", "state", "word", "age"),
    [
        (0, State.GOOD, "GOOD", "3 h 12 min old"),
        (11, State.LATE, "LATE", "14 h 12 min old"),
        (24, State.STOP, "OLD", "1 day 3 h old"),
    ],
)
def test_the_age_its_word_and_its_colour_grow_together(hours: int, state: State, word: str, age: str) -> None:
    said = told(STANDING, Settings(), town.NOW + timedelta(hours=hours), ENGLISH)
    assert (said.state, said.word, said.age) == (state, word, age)


def test_of_data_that_is_not_the_newest_the_panel_never_says_that_all_is_good() -> None:
    said = told(STANDING, Settings(), town.NOW, ENGLISH, newest=False)
    assert (said.state, said.word, said.age) == (State.LATE, "OLDER", "3 h 12 min old")
    old = told(STANDING, Settings(), town.NOW + timedelta(hours=24), ENGLISH, newest=False)
    assert (old.state, old.word) == (State.STOP, "OLD")


def test_each_source_is_named_with_its_own_time() -> None:
    said = told(STANDING, Settings(), town.NOW, ENGLISH)
    assert said.lines[0] == "Data from today 05:30"
    assert "nexus today 05:30" in said.lines[1]


def test_a_clock_that_is_behind_the_data_is_told_and_no_age_is_made_up() -> None:
    said = told(STANDING, Settings(), town.NOW - timedelta(days=3), ENGLISH)
    assert said.age == "Age not known"
    assert "clock" in said.lines[1]


def test_a_moment_that_cannot_be_read_is_shown_as_it_is() -> None:
    said = told(Standing(taken_at={"x": {"note": "2026"}}, position=(1, 1)), Settings(), town.NOW, ENGLISH)
    assert (said.age, said.lines[0]) == ("Age not known", "2026")


def test_without_any_data_the_sentence_says_so(tmp_path: Path) -> None:
    said = told(reading(Settings(data=tmp_path))(None), Settings(), town.NOW, ENGLISH)
    assert said.age == "No data"
    assert said.word == "BR17"
    assert "received" in said.lines[0]


def test_a_store_whose_every_head_is_damaged_is_told_as_damaged(tmp_path: Path) -> None:
    folder = tmp_path / "generations" / f"{1:016}-{1:016}"
    folder.mkdir(parents=True)
    (folder / "head").write_bytes(b"damaged")
    assert told(reading(Settings(data=tmp_path))(None), Settings(), town.NOW, ENGLISH).word == "BR18"


def test_the_tab_says_backup_read_only_and_the_age() -> None:
    assert tab(STANDING, town.NOW, ENGLISH) == "BACKUP · read only · data from today 05:30, 3 h 12 min old"
    undated = Standing(taken_at={}, position=(1, 1))
    assert tab(undated, town.NOW, ENGLISH) == "BACKUP · read only"


@pytest.mark.parametrize(
    ("hours", "said", "far"),
    [
        (0, "today 08:42", "now"),
        (-11, "yesterday 21:42", "11 h 0 min ago"),
        (20, "tomorrow 04:42", "in 20 h 0 min"),
        (-72, "19 Nov 08:42", "3 days 0 h ago"),
        (24 * 60, "21 Jan 2027 08:42", "in 60 days 0 h"),
    ],
)
def test_a_moment_is_said_as_a_person_says_it(hours: int, said: str, far: str) -> None:
    moment = town.NOW + timedelta(hours=hours)
    assert at(moment, town.NOW, ENGLISH) == said
    assert distance(moment, town.NOW, ENGLISH) == far


def test_an_hour_of_changed_clocks_is_counted_as_it_passed() -> None:
    before = datetime(2026, 10, 25, 1, 30, tzinfo=town.ZONE)
    after = datetime(2026, 10, 25, 4, 30, tzinfo=town.ZONE)
    assert distance(before, after, ENGLISH) == "4 h 0 min ago"


@pytest.mark.parametrize(
    ("delivered", "said"), [(None, ""), ("1944", "1944"), ("2026-11-12", "12 Nov 2026"), ("i går", "i går")]
)
def test_a_record_s_moment_is_never_said_more_exactly_than_it_was_delivered(delivered, said: str) -> None:
    assert written(delivered, town.NOW, ENGLISH) == said
