"""A widget must never be taken away on another thread than the window's."""

from __future__ import annotations

import gc
import threading
import weakref

from ui.sweeper import Sweeper


class Knot:
    """Something that only the collector of cycles can take away."""

    def __init__(self) -> None:
        self.self = self
        self.swept_on: list[threading.Thread] = []
        weakref.finalize(self, lambda swept: swept.append(threading.current_thread()), self.swept_on)


def many_cycles() -> None:
    for _ in range(5_000):
        cycle: list[object] = []
        cycle.append(cycle)


def test_while_a_window_is_open_no_other_thread_collects(qapp, qtbot) -> None:
    sweeper = Sweeper(qapp)
    try:
        knot = Knot()
        swept_on = knot.swept_on
        del knot
        other = threading.Thread(target=many_cycles)
        other.start()
        other.join()
        assert swept_on == []
        many_cycles()
        qtbot.waitUntil(lambda: swept_on != [])
        assert swept_on == [threading.main_thread()]
    finally:
        sweeper.stop()
        sweeper.deleteLater()
    assert gc.isenabled()


def test_an_open_window_sweeps_and_a_closed_one_leaves_it_to_python(locked) -> None:
    assert not gc.isenabled()
    locked.close()
    assert gc.isenabled()
