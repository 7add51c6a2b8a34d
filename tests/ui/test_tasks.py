"""One thread holds the reader; the window asks, and only its latest question is answered."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from backupreader.domain.errors import NOT_FOUND
from backupreader.domain.trouble import ReaderError
from ui.tasks import Desk


class Held:
    """Stands for a reader: knows which threads touched it."""

    def __init__(self) -> None:
        self.threads = {threading.current_thread()}
        self.closed = False

    def say(self, word: str) -> str:
        self.threads.add(threading.current_thread())
        return word

    def close(self) -> None:
        self.threads.add(threading.current_thread())
        self.closed = True


@pytest.fixture
def desk(qapp) -> Iterator[Desk[Held]]:
    made: Desk[Held] = Desk("test", Held.close)
    yield made
    made.stop()


def opened(desk: Desk[Held], qtbot) -> Held:
    told: list[Held] = []

    def make() -> tuple[Held, Held]:
        held = Held()
        return held, held

    desk.line().open(make, told.append, told.append)
    qtbot.waitUntil(lambda: bool(told))
    return told[0]


def test_what_the_desk_holds_is_touched_by_one_thread_only_and_not_by_the_window(desk, qtbot) -> None:
    held = opened(desk, qtbot)
    answers: list[str] = []
    for word in "abc":
        desk.line().ask(lambda reader, word=word: reader.say(word), answers.append, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 3)
    desk.stop()
    assert held.closed
    assert len(held.threads) == 1
    assert threading.current_thread() not in held.threads


def test_only_the_latest_question_on_a_line_is_answered(desk, qtbot) -> None:
    opened(desk, qtbot)
    gate, begun, answers = threading.Event(), [], []

    def slow(_held: Held) -> str:
        gate.wait(10)
        return "first"

    def work(word: str):
        def answer(_held: Held) -> str:
            begun.append(word)
            return word

        return answer

    line = desk.line()
    line.ask(slow, answers.append, answers.append)
    for word in ("second", "third", "fourth"):
        line.ask(work(word), answers.append, answers.append)
    gate.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["fourth"]
    assert begun == ["fourth"]


def test_an_answer_to_one_who_has_left_is_thrown_away(desk, qtbot) -> None:
    opened(desk, qtbot)
    answers: list[str] = []
    leaving, staying = desk.line(), desk.line()
    leaving.ask(lambda held: held.say("gone"), answers.append, answers.append)
    leaving.hang_up()
    staying.ask(lambda held: held.say("here"), answers.append, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["here"]


def test_an_error_that_can_be_told_is_an_answer_and_the_desk_goes_on(desk, qtbot) -> None:
    opened(desk, qtbot)
    answers: list[str] = []
    troubles: list[ReaderError] = []

    def missing(_held: Held) -> str:
        raise ReaderError(NOT_FOUND, what="x", known="y")

    desk.line().ask(missing, answers.append, troubles.append)
    desk.line().ask(lambda held: held.say("after"), answers.append, troubles.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert [trouble.kind for trouble in troubles] == [NOT_FOUND]


def test_a_fault_of_ours_is_told_once_and_the_desk_goes_on(desk, qtbot) -> None:
    opened(desk, qtbot)
    answers: list[str] = []
    with qtbot.waitSignal(desk.crashed) as told:
        desk.line().ask(lambda _held: 1 / 0, answers.append, answers.append)
    assert isinstance(told.args[0], ZeroDivisionError)
    desk.line().ask(lambda held: held.say("after"), answers.append, answers.append)
    qtbot.waitUntil(lambda: bool(answers))


def test_after_letting_go_nothing_is_answered(desk, qtbot) -> None:
    held = opened(desk, qtbot)
    answers: list[str] = []
    desk.drop()
    desk.line().ask(lambda reader: reader.say("late"), answers.append, answers.append)
    desk.stop()
    assert held.closed
    assert answers == []


def test_a_desk_that_was_stopped_before_its_first_question_takes_none(desk) -> None:
    desk.stop()
    told: list[object] = []
    desk.line().ask(lambda _held: "answer", told.append, told.append)
    assert threading.active_count() == len([thread for thread in threading.enumerate() if thread.name != "test"])
    assert told == []


def test_where_no_other_thing_can_be_made_the_former_one_stays(desk, qtbot) -> None:
    held = opened(desk, qtbot)
    troubles: list[ReaderError] = []

    def missing() -> tuple[Held, Held]:
        raise ReaderError(NOT_FOUND, what="x", known="y")

    desk.line().open(missing, troubles.append, troubles.append)
    qtbot.waitUntil(lambda: bool(troubles))
    answers: list[str] = []
    desk.line().ask(lambda reader: reader.say("still here"), answers.append, troubles.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert not held.closed
    other = opened(desk, qtbot)
    assert held.closed
    assert not other.closed
