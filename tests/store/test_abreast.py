"""Work done by two where a second thread is to be had, and by one where it is not: all of it, once, and no endless wait."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, get_ident

import pytest

from backupreader.store.abreast import Work, abreast

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20


def test_every_piece_is_done_once_whoever_does_it():
    done: list[int] = []

    def piece(number: int):
        def work() -> Iterator[None]:
            for _ in range(3):
                yield
            done.append(number)

        return work

    for _ in abreast([piece(number) for number in range(20)]):
        pass
    assert sorted(done) == list(range(20))


def test_two_threads_are_at_work_at_one_moment():
    """Each waits for the other: one alone would never end."""
    begun = Event(), Event()
    threads: set[int] = set()

    def piece(number: int):
        def work() -> list[object]:
            threads.add(get_ident())
            begun[number].set()
            assert begun[1 - number].wait(PATIENCE)
            return []

        return work

    for _ in abreast([piece(0), piece(1)]):
        pass
    assert len(threads) == 2


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_trouble_of_any_piece_is_raised_and_nobody_is_at_work_afterwards(number: int):
    at_work: set[int] = set()

    def piece(mine: int):
        def work() -> Iterator[None]:
            at_work.add(mine)
            try:
                yield
                if mine == number:
                    raise ValueError(mine)
                yield
            finally:
                at_work.remove(mine)

        return work

    with pytest.raises(ValueError, match=str(number)):
        for _ in abreast([piece(mine) for mine in range(3)]):
            pass
    assert not at_work


def test_the_helper_s_trouble_ends_what_the_other_is_at():
    failed = Event()

    def fails() -> list[object]:
        failed.set()
        raise ValueError("helper")

    def goes_on() -> Iterator[None]:
        assert failed.wait(PATIENCE)
        while True:
            yield

    with pytest.raises(ValueError, match="helper"):
        for _ in abreast([goes_on, fails]):
            pass


def test_whoever_stops_asking_stops_the_work():
    left: list[int] = []

    def piece(number: int):
        def work() -> Iterator[None]:
            try:
                while True:
                    yield
            finally:
                left.append(number)

        return work

    asking = abreast([piece(0), piece(1)])
    next(asking)
    asking.close()
    assert 0 in left
    assert set(left) <= {0, 1}


def test_a_helper_that_comes_too_late_does_nothing():
    done: list[int] = []
    work = Work([lambda: done.append(1) or [], lambda: done.append(2) or []])
    for _ in work.all():
        pass
    work.help()
    assert sorted(done) == [1, 2]


def test_a_helper_that_comes_after_the_end_begins_nothing():
    done: list[int] = []
    work = Work([lambda: done.append(1) or []])
    work.stop()
    work.help()
    assert not done


def test_a_helper_takes_from_the_other_end_and_leaves_where_it_is_stopped():
    steps: list[int] = []

    def piece() -> Iterator[None]:
        while True:
            steps.append(1)
            if len(steps) == 3:
                work._stopped.set()
            yield

    work = Work([piece])
    work.help()
    assert len(steps) == 3
    with pytest.raises(MemoryError):  # it was begun, and nobody can say what became of it
        list(work.all())


def test_what_a_helper_met_is_raised_where_it_was_asked_for():
    def fails() -> list[object]:
        raise KeyError("x")

    work = Work([fails])
    work.help()
    with pytest.raises(KeyError):
        list(work.all())


@pytest.mark.skipif(sys.platform != "linux", reason="limits the memory of a process as Linux does")
def test_without_memory_for_a_second_thread_one_does_it_all():
    script = """
import resource
from backupreader.store.abreast import abreast
done = []
def piece(number):
    return lambda: done.append(number) or []
for line in open("/proc/self/status"):
    if line.startswith("VmSize:"):
        now = int(line.split()[1]) << 10
resource.setrlimit(resource.RLIMIT_AS, (now + (1 << 20), now + (1 << 20)))
for _ in abreast([piece(1), piece(2), piece(3)]):
    pass
print(*done)
"""
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.split() == ["1", "2", "3"]
