"""Which lines of the audit answer a question, and which are picked for a spot check."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

from backupreader.domain.acts import Act, ActKind, Actor
from backupreader.domain.papers import ReportLine
from backupreader.domain.review import Asked, answering, spot_check, typed_out

NOW = datetime(2026, 11, 30, 2, 10, tzinfo=UTC)
ANNA, BO = Actor(name="Anna Høj"), Actor(name="Bo")


def line(number: int, kind: ActKind = "view", actor: Actor = ANNA, seconds: int = 0, **facts: object) -> ReportLine:
    at = NOW + timedelta(seconds=seconds)
    return ReportLine(number, Act(kind=kind, at=at, actor=actor, **facts))  # type: ignore[arg-type]


def numbers(lines: object) -> list[int]:
    return [one.number for one in lines]  # type: ignore[attr-defined]


def test_a_report_answers_by_citizen_person_outage_and_day():
    lines = [
        line(1, citizens=("n:1", "n:2")),
        line(2, citizens=("n:2",), outage="2026-001"),
        line(3, actor=BO, citizens=("n:1",)),
        line(4, seconds=86_400, citizens=("n:1",)),
    ]
    assert numbers(answering(lines, Asked())) == [1, 2, 3, 4]
    assert numbers(answering(lines, Asked(citizens=frozenset({"n:1"})))) == [1, 3, 4]
    assert numbers(answering(lines, Asked(person="HØJ"))) == [1, 2, 4]
    assert numbers(answering(lines, Asked(outage="2026-001"))) == [2]
    assert numbers(answering(lines, Asked(first=date(2026, 12, 1)))) == [4]
    assert numbers(answering(lines, Asked(last=date(2026, 11, 30), person="bo"))) == [3]


def test_a_typing_is_its_last_words():
    lines = [
        line(number, "search", seconds=number, words=words)
        for number, words in enumerate(("k", "ki", "kir", "ki", "kirs", "møller", "mø"))
    ]
    assert [one.act.words for one in typed_out(lines)] == ["kirs", "møller"]


def test_what_was_typed_and_deleted_again_was_looked_for():
    typed = [line(n, "search", words=words) for n, words in enumerate(("h", "hi", "hiv", "hi", "h", "", "k", "ki"))]
    assert [one.act.words for one in typed_out(typed)] == ["hiv", "ki"]
    other = [line(0, "search", words="hiv", what="notes"), line(1, "search", words="hiv 2", what="citizens")]
    assert len(typed_out(other)) == 2


def test_another_person_s_or_a_later_search_is_one_of_its_own():
    lines = [
        line(1, "search", words="ki"),
        line(2, "search", BO, words="kir"),
        line(3, "search", BO, seconds=100, words="kirs"),
        line(4, "view"),
        line(5, "search", BO, seconds=101, words="kirst"),
    ]
    assert numbers(typed_out(lines)) == [1, 2, 3, 4, 5]


def test_a_spot_check_holds_every_stated_reason_and_some_looks_by_chance():
    lines = [line(number, citizens=(f"n:{number}",)) for number in range(100)]
    lines += [line(200 + number, "break-glass", citizens=("n:1",)) for number in range(3)]
    found = numbers(spot_check(lines, 10, random.Random(1)))
    assert found[-3:] == [200, 201, 202]
    assert len(found) == 13
    assert found == sorted(found)
    assert numbers(spot_check(lines, 10, random.Random(2))) != found


def test_one_who_looks_a_hundred_times_at_one_citizen_is_one_look():
    lines = [line(number, citizens=("n:1",)) for number in range(100)] + [line(100, actor=BO, citizens=("n:2",))]
    assert numbers(spot_check(lines, 2, random.Random(1))) == [0, 100]


def test_a_spot_check_of_more_than_there_is_is_all_there_is():
    assert numbers(spot_check([line(1, citizens=("n:1",)), line(2, "lock")], 50, random.Random(1))) == [1]
