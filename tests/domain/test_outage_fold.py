"""The outage as its log tells it: any entries in any order make one, nothing is lost, and a mistake can be crossed out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backupreader.domain.outage.event import ENTRY_KINDS, Entry
from backupreader.domain.outage.fold import crossed_out, event
from backupreader.domain.outage.writing import LONGEST_NAME, LONGEST_WORDS, refusal

ZONE = ZoneInfo("Europe/Copenhagen")
BEGAN = datetime(2026, 11, 30, 1, 10, tzinfo=ZONE)
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # others are at work on the machine


def entry(number: int, kind: str = "note", *, minutes: float = 0, **fields: str) -> Entry:
    at = BEGAN + timedelta(minutes=minutes)
    return Entry(number=number, at=at, written=at, by="Anna", kind=kind, **fields)  # type: ignore[arg-type]


def log(*told: tuple[str, dict]) -> list[Entry]:
    return [entry(number, kind, **fields) for number, (kind, fields) in enumerate(told, start=1)]


whats = st.sampled_from(["", "1", "2", "7", "99", "-1", "²", "journal", "journal locks", "global", "Team Nord"])
entries = st.lists(
    st.builds(
        lambda kind, minutes, what, who, detail: (
            kind,
            {"minutes": minutes, "what": what, "who": who, "detail": detail},
        ),
        st.sampled_from(ENTRY_KINDS),
        st.integers(-600, 600),
        whats,
        st.sampled_from(["", "Anna", "Bo"]),
        st.sampled_from(["", "up", "down", "answered", "no-answer"]),
    ),
    max_size=25,
).map(lambda told: log(*told))


@CALM
@given(entries, st.randoms())
def test_any_entries_make_an_outage_and_only_their_numbers_say_in_which_order_they_were_written(
    written: list[Entry], random
) -> None:
    told = event("2026-001", BEGAN, "Anna", written)
    shuffled = list(written)
    random.shuffle(shuffled)
    assert event("2026-001", BEGAN, "Anna", shuffled) == told
    assert list(told.entries) == written
    crossed = crossed_out(written)
    for number, by in crossed.items():
        assert by.kind == "withdrawn"
        assert by.number > number
        assert by.number not in crossed
    counted: list[Sequence[Entry]] = [*told.done.values(), *told.acts.values(), *told.partners.values()]
    for said in counted:
        assert not crossed.keys() & {one.number for one in said}
        assert [one.at for one in said] == sorted(one.at for one in said)


@CALM
@given(entries)
def test_what_is_crossed_out_is_as_if_it_had_never_been_written(written: list[Entry]) -> None:
    told = event("2026-001", BEGAN, "Anna", written)
    crossed = crossed_out(written)
    left = [one for one in written if one.number not in crossed and one.kind != "withdrawn"]
    without = event("2026-001", BEGAN, "Anna", left)
    facts = (
        "began",
        "owner",
        "owned_since",
        "declared",
        "systems",
        "reach",
        "done",
        "acts",
        "partners",
        "units",
        "ended",
    )
    for fact in facts:
        assert getattr(told, fact) == getattr(without, fact)


def test_before_anything_is_written_the_one_who_opened_the_pc_has_the_case() -> None:
    told = event("2026-001", BEGAN, "Anna", [])
    assert (told.owner, told.owned_since, told.began) == ("Anna", BEGAN, BEGAN)
    assert (told.declared, told.systems, told.reach, told.ended, told.whole) == (None, (), None, None, True)


def test_who_declares_it_says_since_when_and_what_was_written_last_counts() -> None:
    told = event("2026-001", BEGAN, "Anna", log(
        ("declared", {"minutes": -70, "what": "journal locks journal", "who": "Cia"}),
        ("owner", {"minutes": 2, "who": "Bo"}),
        ("reach", {"what": "local"}),
        ("reach", {"what": "national"}),
        ("systems", {"what": "journal"}),
        ("unit", {"minutes": 30, "what": "Nord", "detail": "up"}),
        ("unit", {"minutes": 10, "what": "Nord", "detail": "down"}),
        ("ended", {"minutes": 90}),
        ("ended", {"minutes": 80}),
    ))  # fmt: skip
    assert told.began == BEGAN - timedelta(minutes=70)
    assert (told.systems, told.reach, told.owner) == (("journal",), "national", "Bo")
    assert told.owned_since == BEGAN + timedelta(minutes=2)
    assert told.units["Nord"].detail == "up"  # it was written before, and happened after
    assert told.ended == BEGAN + timedelta(minutes=80)


def test_a_mistake_stays_in_the_log_and_its_crossing_out_can_be_crossed_out_too() -> None:
    written = log(
        ("owner", {"who": "Bo"}),
        ("ended", {"minutes": 90}),
        ("withdrawn", {"what": "2"}),
        ("withdrawn", {"what": "1"}),
        ("withdrawn", {"what": "4"}),
        ("withdrawn", {"what": "6"}),  # itself: crosses out nothing
        ("withdrawn", {"what": "8"}),  # what is not written yet: nothing
        ("owner", {"who": "Cia"}),
    )
    told = event("2026-001", BEGAN, "Anna", written)
    assert told.ended is None
    assert set(crossed_out(written)) == {2, 4}
    assert event("2026-001", BEGAN, "Anna", written[:5]).owner == "Bo"
    assert len(told.entries) == 8


NOW = BEGAN + timedelta(hours=3)


@pytest.mark.parametrize(
    ("kind", "fields", "why"),
    [
        ("note", {"words": "x" * LONGEST_WORDS}, ""),
        ("note", {"words": "x" * (LONGEST_WORDS + 1)}, "it is longer than 10,000 characters"),
        ("note", {"words": "  \n"}, "nothing is written in it"),
        ("note", {"words": "x", "minutes": 181}, "that time has not come yet"),
        ("decision", {"words": "x"}, "nobody is named in it"),
        ("call", {"what": "it", "detail": "perhaps"}, "it does not say what it is about"),
        ("call", {"what": "it", "detail": "message"}, ""),
        ("unit", {"what": "Nord", "detail": ""}, "it does not say what it is about"),
        ("reach", {"what": "far"}, "it does not say what it is about"),
        ("owner", {"who": "x" * (LONGEST_NAME + 1)}, "a name in it is longer than 500 characters"),
        ("withdrawn", {"what": "1", "words": "wrong one"}, ""),
        ("withdrawn", {"what": "9", "words": "wrong one"}, "no entry with that number counts"),
        ("withdrawn", {"what": "2", "words": "wrong one"}, "no entry with that number counts"),
        ("withdrawn", {"what": "1"}, "nothing is written in it"),
        ("ended", {"minutes": -1}, "that is before the outage began"),
        ("ended", {"minutes": 0}, ""),
        ("done", {"what": "region", "minutes": -1440}, ""),
        ("done", {"what": "region", "minutes": -1441}, "that is before the outage began"),
        ("act", {"what": "keys", "minutes": -525600}, "that is before the outage began"),
        ("declared", {"minutes": -600, "who": "Cia", "words": "no medicine can be seen"}, ""),
        ("declared", {"minutes": -600, "who": "Cia"}, "nothing is written in it"),
    ],
)
def test_what_cannot_be_written_is_refused_with_its_reason(kind: str, fields: dict, why: str) -> None:
    told = event("2026-001", BEGAN, "Anna", log(("note", {}), ("note", {}), ("withdrawn", {"what": "2"})))
    assert str(refusal(told, entry(4, kind, **fields), NOW) or "") == why


def test_what_is_still_done_after_the_end_is_written_for_two_weeks() -> None:
    told = event("2026-001", BEGAN, "Anna", log(("ended", {"minutes": 60})))
    late = entry(2, "note", words="x")
    assert refusal(told, late, BEGAN + timedelta(days=14)) is None
    assert str(refusal(told, late, BEGAN + timedelta(days=15))) == "the outage has been over for more than 14 days"


def test_an_outage_that_a_wrong_clock_let_begin_in_the_future_can_be_ended_now() -> None:
    told = event("2026-001", BEGAN + timedelta(days=365), "Anna", [])
    assert refusal(told, entry(1, "ended"), BEGAN) is None
    assert refusal(told, entry(1, "ended", minutes=-1), BEGAN) is not None
