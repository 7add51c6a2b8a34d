"""What a guess costs on this PC."""

from __future__ import annotations

import pytest

from backupreader.domain.errors import NO_MEMORY
from backupreader.domain.trouble import ReaderError
from backupreader.store import hardening
from backupreader.store.slots import PASSES, Cost


@pytest.mark.parametrize("seconds", [0.11, 0.15, 0.2, 0.3, 0.45, 0.6, 0.8, 0.99])
def test_a_pc_s_cost_is_chosen_so_that_an_unlock_takes_about_a_second(seconds: float):
    cost = Cost.calibrated(lambda _: seconds)
    assert 0.7 <= seconds / 3 * cost.time <= 1.2 or cost.time in {3, PASSES[-1]}
    cost.check()


@pytest.mark.parametrize("seconds", [1.2, 4, 60])
def test_a_slow_pc_keeps_the_least_cost(seconds: float):
    assert Cost.calibrated(lambda _: seconds) == Cost()


@pytest.mark.parametrize("seconds", [0, 0.000001])
def test_a_very_fast_pc_or_a_broken_clock_stays_in_range(seconds: float):
    cost = Cost.calibrated(lambda _: seconds)
    assert cost == Cost(time=PASSES[-1])
    cost.check()


def test_one_measurement_of_the_least_cost_decides():
    asked: list[Cost] = []

    def measure(cost: Cost) -> float:
        asked.append(cost)
        return 0.3

    assert Cost.calibrated(measure).time == 10
    assert asked == [Cost()]


def test_a_guess_takes_time():
    assert hardening.seconds(Cost(8 * 1024, 1, 1)) > 0


def test_a_pc_without_the_memory_is_told(monkeypatch: pytest.MonkeyPatch):
    def no_memory(**_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(hardening, "Argon2id", no_memory)
    with pytest.raises(ReaderError) as refused:
        hardening.seconds(Cost())
    assert refused.value.kind is NO_MEMORY
