"""F11: whatever this PC's clock says, data is read, and its age is told exactly or said not to be known.

The same ages under each clock: what is told depends on the time that passed and on nothing else about the clock.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backupreader.command import Context
from backupreader.commands import status
from backupreader.domain import freshness
from backupreader.domain.errors import STALE
from backupreader.domain.freshness import State
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language
from backupreader.settings import Settings
from backupreader.store.choice import choose
from backupreader.store.choosable import choosable
from backupreader.store.files import Files
from backupreader.store.opening import open_newest
from sync.export import export
from sync.receive import Word, receive
from tests.faults.world import World
from tests.sync.town import backup_pc, exporter, session, write_export
from ui import look
from ui.standing import reading, tab, told

ENGLISH = Language("en")
ZONE = Settings().timezone()
TODAY = datetime(2026, 11, 30, 7, 42, tzinfo=UTC)  # 08:42 in Copenhagen
YEAR = timedelta(days=365)

CLOCKS = {
    "ten years behind": TODAY - 10 * YEAR,
    "a day behind": TODAY - timedelta(days=1),
    "a day ahead": TODAY + timedelta(days=1),
    "ten years ahead": TODAY + 10 * YEAR,
    "the end of 32 bits": datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
    "the beginning of clocks": datetime(1970, 1, 1, tzinfo=UTC),
    "spring night, before": datetime(2026, 3, 29, 0, 30, tzinfo=UTC),  # 01:30
    "spring night, during": datetime(2026, 3, 29, 1, 0, tzinfo=UTC),  # 02:00 is 03:00
    "spring night, after": datetime(2026, 3, 29, 6, 42, tzinfo=UTC),
    "autumn night, before": datetime(2026, 10, 24, 23, 30, tzinfo=UTC),  # 01:30
    "autumn night, during": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # 02:30 for the second time
    "autumn night, after": datetime(2026, 10, 25, 7, 42, tzinfo=UTC),
    "a leap day": datetime(2028, 2, 29, 7, 42, tzinfo=UTC),
    "the last year of all": datetime(9999, 12, 30, 7, 42, tzinfo=UTC),
}


@dataclass(frozen=True)
class Age:
    """How old the data is, and what must be told of it."""

    age: timedelta
    state: State
    words: str
    ahead: bool = False


AGES = {
    "new": Age(timedelta(0), State.GOOD, "0 min"),
    "three hours": Age(timedelta(hours=3, minutes=1), State.GOOD, "3 h 1 min"),
    "fourteen hours": Age(timedelta(hours=14), State.LATE, "14 h 0 min"),
    "two days": Age(timedelta(days=2, hours=4), State.OLD, "2 days 4 h"),
    "ten years": Age(10 * YEAR, State.OLD, "3650 days 0 h"),
    "from tomorrow": Age(-timedelta(days=1), State.LATE, "unknown", ahead=True),
}
WORDS = {State.GOOD: "GOOD", State.LATE: "LATE", State.OLD: "OLD"}
COLOURS = {State.GOOD: look.State.GOOD, State.LATE: look.State.LATE, State.OLD: look.State.STOP}


@dataclass(frozen=True, slots=True)
class Clocked(Context):
    """A command under another clock."""

    clock: datetime = TODAY

    def now(self) -> datetime:
        return self.clock


@pytest.fixture(params=CLOCKS.values(), ids=[name.replace(" ", "-") for name in CLOCKS])
def now(request: pytest.FixtureRequest) -> datetime:
    moment: datetime = request.param
    return moment.astimezone(ZONE)


@pytest.fixture(params=AGES.values(), ids=[name.replace(" ", "-") for name in AGES])
def age(request: pytest.FixtureRequest) -> Age:
    found: Age = request.param
    return found


@pytest.fixture
def world(tmp_path: Path, now: datetime, age: Age) -> World:
    """A PC that received one generation, under this clock, whose data is so old by it."""
    made = World.made(tmp_path)
    taken = (now.astimezone(UTC) - age.age).astimezone(ZONE).isoformat()
    created = (now.astimezone(UTC) - age.age).strftime("%Y-%m-%dT%H:%M:%SZ")
    made.delivered(made.packed(1, created=created, taken_at={"nexus": {"citizen": taken}}, next_expected=None))
    assert [outcome.word for outcome in receive(made.settings, now=now)] == [Word.RECEIVED]
    return made


def test_the_age_and_its_word_are_exact_under_every_clock(
    world: World, now: datetime, age: Age, capsys: pytest.CaptureFixture[str]
):
    (generation,) = world.store.list()
    taken = datetime.fromisoformat(generation.manifest.taken_at["nexus"]["citizen"]).astimezone(ZONE)
    settings = world.settings

    verdict = freshness.judge(taken, now, settings.expected, timedelta(minutes=settings.late_after_minutes))
    assert (verdict.state, verdict.ahead) == (age.state, age.ahead)
    assert verdict.age == max(age.age, timedelta(0))
    assert (verdict.missed is not None) == (age.state is not State.GOOD and not age.ahead)

    said = told(reading(settings)(None), settings, now, ENGLISH)
    assert (said.state, said.word) == (COLOURS[age.state], WORDS[age.state])
    assert said.age == ("Age not known" if age.ahead else f"{age.words} old")
    assert ("clock or the source's is wrong" in said.lines[1]) == age.ahead
    assert ("has not come" in said.lines[0]) == (verdict.missed is not None)
    frame = tab(reading(settings)(None), now, ENGLISH)
    assert frame.endswith("age not known" if age.ahead else f"{age.words} old")

    context = Clocked(settings, ENGLISH, now)
    if age.state is State.GOOD:
        status._status(context, as_json=False)
    else:
        with pytest.raises(ReaderError) as stale:
            status._status(context, as_json=False)
        assert stale.value.kind is STALE
        assert stale.value.facts["age"] == age.words
    printed = capsys.readouterr().out
    sentence = {State.GOOD: "fresh", State.LATE: "late", State.OLD: "old"}[age.state]
    assert f"nexus: taken {ENGLISH.moment(taken)}, {age.words} old, {sentence}." in printed
    assert ("taken in the future" in printed) == age.ahead


def test_under_every_clock_there_is_something_to_open(world: World):
    generations = world.store.list()
    assert choose(generations, ZONE).order == generations
    (one,) = choosable(world.settings, Files())
    assert one.default
    assert not one.why
    assert world.whole() == [1]
    # and the next one is taken, whatever this clock or that of the export machine says
    assert world.word(world.packed(2, created="2026-11-30T06:30:00Z")) is Word.RECEIVED
    assert world.whole() == [2, 1]


def test_data_made_received_and_opened_under_this_clock_is_read(tmp_path: Path, now: datetime):
    """The whole way, with a person's words at its end."""
    write_export(tmp_path / "journal")
    machine = exporter(tmp_path, tmp_path / "room12" / "inbox")
    pc = backup_pc(tmp_path, machine)
    export(machine, now)
    assert [outcome.word for outcome in receive(pc, now=now)] == [Word.RECEIVED]
    for path in (tmp_path / "journal").iterdir():
        os.utime(path, (0, 0))
    export(machine, now + timedelta(hours=12))
    assert [outcome.word for outcome in receive(pc, now=now)] == [Word.RECEIVED]
    reader = open_newest(pc, session(pc))
    try:
        assert reader.counts()["citizen"] == 5
        assert [hit.citizen.name for hit in reader.find("kanariefugl3")] == ["Kirsten Kanariefugl3"]
    finally:
        reader.close()


def test_the_oldest_of_several_sources_is_the_oldest_moment_and_not_the_smallest_text():
    """02:30 of summer is half an hour before 02:00 of winter, and 04:45 in London is after 05:30 in Copenhagen."""
    from backupreader.domain import moments

    night = ("2026-10-25T02:00:00+01:00", "2026-10-25T02:30:00+02:00")
    assert moments.oldest(night, ZONE) == night[1]
    places = ("2026-11-22T04:45:00Z", "2026-11-22T05:30:00+01:00")
    assert moments.oldest(places, ZONE) == places[1]
    assert moments.oldest(("2026-11-22T05:30", "i går"), ZONE) == "i går"
    assert moments.oldest((), ZONE) is None
