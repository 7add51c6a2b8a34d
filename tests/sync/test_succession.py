from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from backupreader.store.manifest import LARGEST_NUMBER, Position
from sync.trust import LARGEST_STEP, Verdict, judge, succession
from tests.store.test_manifest import MANIFEST, SHA, VAULT

NUMBERS = st.integers(0, LARGEST_NUMBER) | st.integers(0, 3000)
POSITIONS = st.builds(Position, NUMBERS, NUMBERS)


@given(POSITIONS)
def test_an_empty_store_takes_any_position(position: Position):
    assert succession(position, None) is Verdict.NEW


@given(POSITIONS, POSITIONS)
def test_what_is_not_ahead_is_never_new(position: Position, newest: Position):
    verdict = succession(position, newest)
    assert (verdict in {Verdict.NEW, Verdict.TOO_FAR}) == (position > newest)
    assert (verdict is Verdict.SAME) == (position == newest)


@given(POSITIONS, POSITIONS)
def test_no_single_package_moves_a_store_further_than_a_step(position: Position, newest: Position):
    if succession(position, newest) is Verdict.NEW:
        assert position.epoch - newest.epoch <= LARGEST_STEP
        assert position.seq <= (newest.seq if position.epoch == newest.epoch else 0) + LARGEST_STEP


@given(POSITIONS)
def test_the_next_number_and_the_next_epoch_are_always_taken(newest: Position):
    assert succession(Position(newest.epoch, newest.seq + 1), newest) is Verdict.NEW
    assert succession(Position(newest.epoch + 1, 1), newest) is Verdict.NEW


def test_site_signer_and_vault_are_judged_before_the_position():
    sites = {SHA: "nordby"}
    good = {"site": "nordby", "vaults": [VAULT], "signer_sites": sites}
    newest = MANIFEST.position
    assert judge(MANIFEST, newest, **good) is Verdict.SAME  # type: ignore[arg-type]
    assert judge(MANIFEST, newest, **{**good, "site": "sydby"}) is Verdict.OTHER_PLACE  # type: ignore[arg-type]
    assert judge(MANIFEST, newest, **{**good, "vaults": ["0" * 32]}) is Verdict.OTHER_PLACE  # type: ignore[arg-type]
    assert judge(MANIFEST, newest, **{**good, "vaults": ["0" * 32, VAULT]}) is Verdict.SAME  # type: ignore[arg-type]
    assert judge(MANIFEST, newest, **{**good, "signer_sites": {}}) is Verdict.OTHER_PLACE  # type: ignore[arg-type]
    assert judge(MANIFEST, newest, **{**good, "signer_sites": {SHA: "sydby"}}) is Verdict.OTHER_PLACE  # type: ignore[arg-type]
    older = replace(MANIFEST, site="sydby", seq=1)
    assert judge(older, newest, **good) is Verdict.OTHER_PLACE  # type: ignore[arg-type]
