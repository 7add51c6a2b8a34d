from __future__ import annotations

import pytest

from backupreader.domain.journal import Presence
from backupreader.domain.presence import covering, is_current, of_alerts, presence, source_of
from backupreader.domain.records import Alert, Delivery, Origin

HERE = Origin("alerts.csv", 1)


def alert(kind: str = "allergy", status: str = "active") -> Alert:
    return Alert(id="a:1", citizen="a:c", kind=kind, text="", origin=HERE, status=status)


def delivery(source: str, table: str) -> Delivery:
    return Delivery(source=source, table=table, taken_at="2026-11-22T05:30", complete=True, read=0, filed=0, refused=0)


def test_nothing_in_a_table_that_came_is_not_nothing_in_one_that_did_not():
    came = (delivery("a", "alert"),)
    assert presence(1, ()) is Presence.VALUE
    assert presence(0, came) is Presence.NOTHING_RECORDED
    assert presence(0, ()) is Presence.NOT_DELIVERED
    assert presence(0, (), left_out=True) is Presence.LEFT_OUT
    assert presence(1, (), left_out=True) is Presence.VALUE


def test_a_source_speaks_of_its_own_citizens_and_one_without_citizens_of_everyone():
    deliveries = [
        delivery("a", "citizen"),
        delivery("b", "citizen"),
        delivery("b", "alert"),
        delivery("routes", "visit"),
    ]
    assert covering(deliveries, "alert", "a:1") == ()
    assert [one.source for one in covering(deliveries, "alert", "b:1")] == ["b"]
    assert [one.source for one in covering(deliveries, "visit", "a:1")] == ["routes"]
    assert source_of("a:Patient/1:2") == "a"


def test_of_a_citizen_whom_several_sources_know_all_of_them_speak():
    deliveries = [delivery(source, table) for source in "abc" for table in ("citizen", "alert")]
    assert [one.source for one in covering(deliveries, "alert", "a:1", "c:9")] == ["a", "c"]


@pytest.mark.parametrize(
    ("alerts", "expected"),
    [
        ([], Presence.NOTHING_RECORDED),
        ([alert("no-known-allergy")], Presence.NONE_KNOWN),
        ([alert("no-known-allergy"), alert(status="refuted")], Presence.NONE_KNOWN),
        ([alert("no-known-allergy"), alert()], Presence.VALUE),
        ([alert("no-known-allergy"), alert(status="unknown")], Presence.VALUE),
        ([alert("no-known-allergy"), alert("infection")], Presence.VALUE),
        ([alert("no-known-allergy", "entered-in-error")], Presence.VALUE),
        ([alert("no-known-allergy", "unknown")], Presence.VALUE),
        ([alert(status="inactive")], Presence.VALUE),
    ],
)
def test_none_known_is_said_only_when_nothing_else_holds(alerts, expected):
    assert of_alerts(alerts, presence(len(alerts), (delivery("a", "alert"),))) is expected


def test_what_we_do_not_know_holds():
    assert [status for status in ("active", "unknown", "invalid", "paused", "draft") if not is_current(status)] == []
    assert [status for status in ("entered-in-error", "refuted", "stopped", "ended") if is_current(status)] == []
