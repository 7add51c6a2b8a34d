from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.errors import NOT_PLAUSIBLE
from backupreader.domain.plausibility import NOTHING_SEEN, Delivered, Doubt, Facts, Share, Traces, closer, doubts
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language
from backupreader.store.choice import SHRUNK, choose, facts
from backupreader.store.generations import Generation
from backupreader.store.manifest import Count, UnitCount
from sync import plausibility
from tests.store.test_manifest import MANIFEST

NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Copenhagen")
OLD = Facts(
    created=NOW - timedelta(hours=12),
    citizens=300,
    medications=2000,
    units={"Nord": 200, "Syd": 97, "Vikar": 2},
    newest_note=NOW - timedelta(hours=13),
)
NEW = replace(OLD, created=NOW, newest_note=NOW - timedelta(minutes=20))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, None),
        ({"citizens": 240}, None),
        ({"citizens": 239}, "239 citizens instead of 300"),
        ({"citizens": 5000}, None),
        ({"units": {"Nord": 200, "Vikar": 2}}, "the unit Syd had 97 citizens and is missing"),
        ({"units": {"Nord": 200, "Syd": 0}}, "the unit Syd had 97 citizens and is missing"),
        ({"units": {"Nord": 200, "Syd": 97}}, None),
        ({"medications": 0}, "no medicine at all"),
        ({"medications": 1}, None),
        ({"newest_note": None}, "no notes at all"),
        ({"newest_note": None, "notes": 29}, None),
        ({"newest_note": NOW - timedelta(hours=14)}, "the newest note is older than the newest one before"),
        ({"created": NOW + timedelta(hours=73)}, "no note has been written for 73 hours"),
        ({"created": NOW + timedelta(hours=71)}, None),
    ],
)
def test_holding_less_than_before_is_doubted_and_says_what(change: dict[str, Any], expected: str | None):
    found = doubts(replace(NEW, **change), OLD)
    assert [str(reason) for reason in found] == ([expected] if expected else [])


def test_a_first_generation_is_never_doubted():
    assert doubts(Facts(created=NOW, citizens=0, medications=0, units={}, newest_note=None), None) == ()


def test_a_source_without_notes_or_medicine_is_not_doubted_for_that():
    bare = replace(OLD, medications=0, newest_note=None, units={})
    assert doubts(replace(bare, created=NOW), bare) == ()


def test_an_archive_that_was_always_old_is_not_doubted_every_day():
    archive = replace(OLD, newest_note=NOW - timedelta(days=900))
    assert doubts(replace(archive, created=NOW + timedelta(days=30)), archive) == ()


def test_the_exporter_refuses_without_an_explicit_word_and_goes_on_with_it():
    old = replace(MANIFEST, counts={"citizen": Count(300, 300)}, created="2026-11-21T16:30:00Z")
    new = replace(MANIFEST, counts={"citizen": Count(100, 100)}, created="2026-11-22T04:30:00Z")
    assert plausibility.check(old, None, ZONE, accept_shrink=False) == ()
    assert plausibility.check(old, old, ZONE, accept_shrink=False) == ()
    with pytest.raises(ReaderError) as refused:
        plausibility.check(new, old, ZONE, accept_shrink=False)
    assert refused.value.kind is NOT_PLAUSIBLE
    assert "100 citizens instead of 300" in refused.value.sentence(Language("en"))
    assert len(plausibility.check(new, old, ZONE, accept_shrink=True)) == 1
    seen, before = medicated(20, 5)
    plenty = replace(new, counts={**old.counts, "medication": Count(9, 9)})
    accepted: tuple[Doubt, ...] = plausibility.check(plenty, old, ZONE, accept_shrink=True, seen=seen, before=before)
    assert [doubt.facts for doubt in accepted] == [{"n": 5, "of": 20}]


def test_what_the_site_leaves_out_is_not_missed():
    bare = replace(NEW, medications=0, newest_note=None, left_out=frozenset({"medication", "note"}))
    assert doubts(bare, OLD) == ()
    assert not list(closer(bare, Traces(without_medicine={"a": "x:1"}), Traces(medicated=frozenset("a"))))


def test_a_doubt_names_the_places_that_made_it_think_so_and_its_site():
    seen, before = Traces(newest_note="note.csv:9"), Traces(units={"Syd": "unit.csv:3"})
    found = doubts(replace(NEW, units={"Nord": 200}, newest_note=NOW - timedelta(hours=14)), OLD, seen, before)
    assert [doubt.examples for doubt in found] == [("unit.csv:3",), ("note.csv:9",)]
    assert str(found[0]) == "the unit Syd had 97 citizens and is missing (unit.csv:3)"
    assert str(replace(found[0], site="syd")).startswith("syd: the unit")


def medicated(count: int, lost: int) -> tuple[Traces, Traces]:
    """What is seen now and was before, of so many citizens with medicine, some of whom have none now."""
    everyone = [f"{number:016x}" for number in range(count)]
    return (
        Traces(
            medicated=frozenset(everyone[lost:]),
            without_medicine={token: f"citizen.csv:{row}" for row, token in enumerate(everyone[:lost], start=2)},
        ),
        Traces(medicated=frozenset(everyone)),
    )


@pytest.mark.parametrize(
    ("count", "lost", "doubted"),
    [(300, 15, True), (300, 14, False), (20, 3, True), (20, 2, False), (1, 1, False), (0, 0, False)],
)
def test_citizens_who_lose_all_medicine_are_doubted_when_they_are_many(count: int, lost: int, *, doubted: bool):
    found = list(closer(NEW, *medicated(count, lost)))
    assert bool(found) == doubted
    if doubted:
        assert found[0].examples[0] == "citizen.csv:2"
        assert len(found[0].examples) <= 5
        assert found[0].facts == {"n": lost, "of": count}


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ({"nexus": 790, "fmk": 1000}, {"nexus": 1000, "fmk": 1000}, ["nexus delivers 790 citizens instead of 1000"]),
        ({"nexus": 800, "fmk": 1000}, {"nexus": 1000, "fmk": 1000}, []),
        ({"nexus": 1000}, {"nexus": 1000, "fmk": 500}, ["fmk delivers 0 citizens instead of 500"]),
        ({"nexus": 1000, "medcom": 1}, {"nexus": 1000, "medcom": 400}, []),
        ({"nexus": 10}, {"nexus": 1000}, []),
    ],
)
def test_a_source_that_shrinks_behind_the_others_is_doubted(
    now: dict[str, int], before: dict[str, int], said: list[str]
):
    assert [str(doubt) for doubt in closer(NEW, Traces(citizens=now), Traces(citizens=before))] == said


def test_citizens_who_never_had_medicine_or_have_gone_are_not_missed():
    seen, before = medicated(20, 5)
    never = replace(before, medicated=frozenset(list(before.medicated - set(seen.without_medicine))))
    assert not list(closer(NEW, seen, never))
    assert not list(closer(NEW, replace(seen, without_medicine={}), before))


@pytest.mark.parametrize(
    ("now", "before", "doubted"),
    [
        (Share(12, 100, ("m.csv:2",)), Share(1, 90), True),
        (Share(12, 100), Share(3, 90), False),
        (Share(4, 10), Share(0, 10), False),
        (Share(9, 9), Share(0, 0), False),
        (Share(0, 0), Share(1, 9), False),
        (Share(90, 100), Share(90, 100), False),
    ],
)
def test_orders_without_a_dosage_and_doses_without_a_time_are_doubted_when_they_jump(
    now: Share, before: Share, *, doubted: bool
):
    for name in ("undosed", "untimed"):
        seen: Any = {name: now}
        former: Any = {name: before}
        found = list(closer(NEW, Traces(**seen), Traces(**former)))
        assert len(found) == doubted
        assert not doubted or found[0].examples == ("m.csv:2",)


@pytest.mark.parametrize(
    ("now", "doubted"),
    [
        (Delivered("abc", 7), True),
        (Delivered("abc", 6), False),
        (Delivered("xyz", 7), False),
    ],
)
def test_the_same_files_with_a_fresh_date_are_doubted(now: Delivered, *, doubted: bool):
    found = list(closer(NEW, Traces(sources={"Nexus": now}), Traces(sources={"Nexus": Delivered("abc", 6)})))
    assert [doubt.facts for doubt in found] == ([{"source": "Nexus"}] if doubted else [])
    assert not list(closer(NEW, Traces(sources={"Nexus": now}), NOTHING_SEEN))


def generation(seq: int, citizens: int, *, accepted: bool = False) -> Generation:
    manifest = replace(MANIFEST, seq=seq, counts={"citizen": Count(citizens, citizens)}, shrink_accepted=accepted)
    return Generation(Path(str(manifest.position)), manifest, retired=False)


def test_the_pc_opens_the_one_before_when_the_newest_holds_too_little():
    small, large = generation(3, 100), generation(2, 300)
    assert choose([small, large], ZONE).order == (large, small)
    assert choose([small, large], ZONE).reason == SHRUNK


def test_the_pc_opens_the_newest_when_a_person_accepted_it():
    accepted, large = generation(3, 100, accepted=True), generation(2, 300)
    assert choose([accepted, large], ZONE).order == (accepted, large)
    assert choose([generation(4, 100), accepted, large], ZONE).order[0].manifest.seq == 4
    assert choose([large], ZONE).reason is None
    assert choose([], ZONE).order == ()


@pytest.mark.parametrize(("small", "opened"), [(1, 2), (4, 2), (5, 7)])
def test_small_packages_agree_with_each_other_only_when_four_before_do(small: int, opened: int):
    newest_first = [generation(seq, 100) for seq in range(2 + small, 2, -1)] + [generation(2, 300)]
    assert choose(newest_first, ZONE).order[0].manifest.seq == opened


def test_units_of_one_name_count_together_and_missing_tables_count_as_none():
    counted = facts(
        replace(MANIFEST, counts={}, units={"a:1": UnitCount("Nord", 3), "b:1": UnitCount("Nord", 4)}), ZONE
    )
    assert counted.units == {"Nord": 7}
    assert (counted.citizens, counted.medications, counted.newest_note) == (0, 0, None)
