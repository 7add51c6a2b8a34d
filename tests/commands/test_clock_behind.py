"""A PC whose clock runs behind what is known on it: whoever asks is told to look at a watch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader import planfile
from backupreader.command import Context
from backupreader.commands._outageshow import say_outage
from backupreader.commands._planhere import say_clock
from backupreader.domain.outage import fold
from backupreader.domain.outage.event import Entry, Event
from backupreader.language import Language
from backupreader.settings import Settings

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
ASKED = "The clock of this PC says 22 Nov 2026 04:00. Does your watch say the same?"


@dataclass(frozen=True, slots=True)
class At(Context):
    """At four in the night."""

    def now(self) -> datetime:
        return NOW


@pytest.fixture
def context(tmp_path: Path) -> At:
    return At(settings=Settings(data=tmp_path), language=Language("en"))


def outage(taken: datetime) -> Event:
    """Begun at ten in the evening by the one who took it later."""
    entry = Entry(number=1, at=taken, written=taken, by="Anna", kind="owner", who="Anna")
    return fold.event("2026-001", NOW - timedelta(hours=6), "Anna", [entry])


def test_an_outage_that_was_written_later_than_the_clock_says_asks_for_a_look_at_a_watch(
    context: At, capsys: pytest.CaptureFixture[str]
):
    say_outage(context, outage(NOW + timedelta(hours=1)), None)
    assert ASKED in capsys.readouterr().out.splitlines()
    say_outage(context, outage(NOW), None)
    assert "clock of this PC" not in capsys.readouterr().out


def test_clocks_that_differ_by_a_few_minutes_ask_nothing(context: At, capsys: pytest.CaptureFixture[str]):
    say_clock(context, NOW, NOW + timedelta(minutes=5))
    say_clock(context, NOW, None)
    assert not capsys.readouterr().out
    say_clock(context, NOW, NOW + timedelta(minutes=6))
    assert capsys.readouterr().out.splitlines() == [ASKED]


def test_a_hand_over_of_another_day_names_the_day(context: At, capsys: pytest.CaptureFixture[str]):
    say_outage(context, outage(NOW - timedelta(hours=23)), planfile.load(planfile.EXAMPLES / "phoniro"))
    assert "the day shift began at 21 Nov 2026 07:00." in capsys.readouterr().out
    say_outage(context, outage(NOW - timedelta(hours=8)), planfile.load(planfile.EXAMPLES / "phoniro"))
    assert "the night shift began at 21 Nov 2026 23:00." in capsys.readouterr().out
