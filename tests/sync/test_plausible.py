from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.errors import NOT_PLAUSIBLE, ReaderError
from backupreader.domain.plausibility import Facts, doubts
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


def generation(seq: int, citizens: int, *, accepted: bool = False) -> Generation:
    manifest = replace(MANIFEST, seq=seq, counts={"citizen": Count(citizens, citizens)}, shrink_accepted=accepted)
    return Generation(Path(str(manifest.position)), manifest, retired=False)


def test_the_pc_opens_the_one_before_when_the_newest_holds_too_little():
    small, large = generation(3, 100), generation(2, 300)
    assert choose([small, large], ZONE).order == (large, small)
    assert choose([small, large], ZONE).reason == SHRUNK


def test_the_pc_opens_the_newest_when_a_person_accepted_it_and_again_when_the_next_agrees():
    accepted, small, large = generation(3, 100, accepted=True), generation(3, 100), generation(2, 300)
    assert choose([accepted, large], ZONE).order == (accepted, large)
    assert choose([generation(4, 100), small, large], ZONE).order[0].manifest.seq == 4
    assert choose([large], ZONE).reason is None
    assert choose([], ZONE).order == ()


def test_units_of_one_name_count_together_and_missing_tables_count_as_none():
    counted = facts(
        replace(MANIFEST, counts={}, units={"a:1": UnitCount("Nord", 3), "b:1": UnitCount("Nord", 4)}), ZONE
    )
    assert counted.units == {"Nord": 7}
    assert (counted.citizens, counted.medications, counted.newest_note) == (0, 0, None)
