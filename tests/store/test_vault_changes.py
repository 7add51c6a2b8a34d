"""People come, go and forget: what the vault's key and everybody's words do then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backupreader.domain.errors import (
    ALREADY_THERE,
    FILE_TROUBLE,
    HALF_A_CODE,
    NOT_FOUND,
    VAULT_DAMAGED,
    WRONG_PASSPHRASE,
)
from backupreader.domain.trouble import Kind, ReaderError
from backupreader.store import vault
from backupreader.store.carried import VaultIdentity
from backupreader.store.copies import Copies
from backupreader.store.files import Files
from backupreader.store.identities import load_identities, sealed_to_former
from backupreader.store.seal import public_of, vault_id
from backupreader.store.slots import Cost
from backupreader.store.vault import Unlocked, Vault

COST = Cost(8 * 1024, 1, 1)
SECRET = bytes(range(32))
ANNA, BO, EVA = "regn lampe sti bro kaffe", "sol vind hav skog is", "ko hest gris and gaas"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Vault, Unlocked]:
    """A vault of two people."""
    folder = tmp_path / "vault"
    first, opened = vault.init(
        folder, "room12", "nordby", ANNA, Files(), COST, account="Anna Holm", machine_secret=SECRET, role="leder"
    )
    return first.with_account(opened, "Bo Ek", BO, SECRET, COST, role="sygeplejerske", units=("Nord", "Syd")), opened


def refusal(call: Callable[[], object]) -> Kind:
    with pytest.raises(ReaderError) as refused:
        call()
    return refused.value.kind


def loaded(made: tuple[Vault, Unlocked]) -> Vault:
    return vault.load(made[0].folder, Files())


def test_whoever_unlocks_is_known_by_role_and_units(made: tuple[Vault, Unlocked]):
    assert (made[1].role, made[1].units) == ("leder", ())
    bo = loaded(made).unlock(BO, SECRET)
    assert (bo.account, bo.role, bo.units) == ("Bo Ek", "sygeplejerske", ("Nord", "Syd"))
    assert bo.seed.hex() not in repr(bo)


@pytest.mark.parametrize(("role", "units"), [("x" * 65, ()), ("a\nb", ()), ("", ("",)), ("", ("Nord\0",))])
def test_a_role_or_a_unit_that_is_none_is_refused(made: tuple[Vault, Unlocked], role: str, units: tuple[str, ...]):
    call = lambda: made[0].with_account(made[1], "Eva", EVA, SECRET, COST, role=role, units=units)  # noqa: E731
    assert refusal(call) is NOT_FOUND


def test_taking_a_person_out_makes_a_new_key_that_everybody_else_opens_with_her_own_words(
    made: tuple[Vault, Unlocked],
):
    _, (code,) = made[0].with_recovery(made[1], COST)
    left = loaded(made).without_account(made[1], "bo ek")
    assert left.identity != made[0].identity
    assert (left.identity.name, left.identity.site) == ("room12", "nordby")
    assert left.accounts == ("Anna Holm",)
    for words, secret in ((ANNA, SECRET), (code, None)):
        opened = loaded(made).unlock(words, secret)
        assert vault_id(public_of(opened.seed)) == left.identity.id
        assert opened.seed != made[1].seed
        assert opened.seeds == {left.identity.id: opened.seed, made[0].identity.id: made[1].seed}
    assert refusal(lambda: loaded(made).unlock(BO, SECRET)) is WRONG_PASSPHRASE
    assert load_identities(left.folder, Files()) == (left.identity, made[0].identity)


def test_keys_of_several_removals_all_go_on_to_open(made: tuple[Vault, Unlocked]):
    identities = [made[0].identity]
    for name in ("Eva", "Ida", "Per"):
        opened = loaded(made).unlock(ANNA, SECRET)
        loaded(made).with_account(opened, name, EVA, SECRET, COST)
        identities.append(loaded(made).without_account(opened, name).identity)
    assert set(loaded(made).unlock(ANNA, SECRET).seeds) == {identity.id for identity in identities}
    assert set(load_identities(made[0].folder, Files())) == set(identities)


def test_an_unlock_from_before_a_new_key_changes_nothing_more(made: tuple[Vault, Unlocked]):
    loaded(made).without_account(made[1], "Bo Ek")
    assert refusal(lambda: loaded(made).with_recovery(made[1], COST)) is FILE_TROUBLE
    assert refusal(lambda: loaded(made).with_account(made[1], "Eva", EVA, SECRET, COST)) is FILE_TROUBLE


def test_no_new_key_is_sealed_to_a_public_key_that_a_stranger_wrote_into_the_file(made: tuple[Vault, Unlocked]):
    from backupreader.store.carried import text_of

    copies = Copies(made[0].folder, "slots", Files())
    held: Any = copies.read()
    held["slots"][0]["public"] = text_of(public_of(bytes(32)))
    copies.write_both(held)
    with pytest.raises(ReaderError) as refused:
        loaded(made).without_account(made[1], "Bo Ek")
    assert refused.value.kind is VAULT_DAMAGED
    assert "Anna Holm" in str(refused.value)
    assert loaded(made).without_account(made[1], "Anna Holm").accounts == ("Bo Ek",)


def test_whoever_has_forgotten_her_words_gets_new_ones_under_the_same_key(made: tuple[Vault, Unlocked]):
    bo = loaded(made).unlock(BO, SECRET)
    changed = loaded(made).with_words(bo, "ANNA HOLM", EVA, SECRET, COST)
    assert changed.identity == made[0].identity
    assert sorted(changed.accounts) == ["Anna Holm", "Bo Ek"]
    assert refusal(lambda: loaded(made).unlock(ANNA, SECRET)) is WRONG_PASSPHRASE
    again = loaded(made).unlock(EVA, SECRET)
    assert (again.account, again.role, again.seed) == ("Anna Holm", "leder", made[1].seed)
    assert refusal(lambda: loaded(made).with_words(bo, "Nobody", EVA, SECRET, COST)) is NOT_FOUND
    assert Copies(made[0].folder, "slots", Files()).alike


def test_a_recovery_code_in_two_parts_opens_with_both_in_any_order_and_not_with_one(made: tuple[Vault, Unlocked]):
    _, parts = made[0].with_recovery(made[1], COST, parts=2)
    assert len(set(parts)) == 2
    for typed in (" ".join(parts), "\n".join(reversed(parts)), "".join(parts).lower()):
        assert loaded(made).unlock(typed, None).kind == "recovery"
    for number, part in enumerate(parts, start=1):
        with pytest.raises(ReaderError) as refused:
            loaded(made).unlock(part, None)
        assert refused.value.kind is HALF_A_CODE
        assert f"part {number}" in str(refused.value)
    assert refusal(lambda: loaded(made).unlock(parts[0] + parts[0], None)) is VAULT_DAMAGED  # words then: no secret
    assert refusal(lambda: loaded(made).unlock(parts[0] + parts[0], SECRET)) is WRONG_PASSPHRASE
    _, other = made[0].with_recovery(made[1], COST, parts=2)
    assert refusal(lambda: loaded(made).unlock(parts[0] + other[1], SECRET)) is WRONG_PASSPHRASE


def test_two_changes_at_a_time_lose_none(made: tuple[Vault, Unlocked]):
    stale = loaded(made)
    stale.with_account(made[1], "Eva", EVA, SECRET, COST)
    assert stale.with_words(made[1], "Bo Ek", BO, SECRET, COST).accounts == ("Anna Holm", "Eva", "Bo Ek")
    assert refusal(lambda: stale.with_account(made[1], "EVA", EVA, SECRET, COST)) is ALREADY_THERE
    with Files().lock(stale.folder / "lock"):
        assert refusal(lambda: stale.without_account(made[1], "Bo Ek")) is FILE_TROUBLE


def test_what_a_crash_left_undone_is_done_at_the_next_reading(made: tuple[Vault, Unlocked]):
    folder = made[0].folder
    new = loaded(made).without_account(made[1], "Bo Ek").identity
    for path in folder.glob("*.vault"):
        path.unlink()
    (folder / "slots-a.json").write_bytes(b"")
    assert loaded(made).identity == new
    assert load_identities(folder, Files()) == (new, made[0].identity)
    assert Copies(folder, "slots", Files()).alike
    (folder / "identity.vault").write_bytes(b"damaged")
    assert loaded(made).identity == new
    assert VaultIdentity.read(folder / "identity.vault", Files()) == new


def test_a_damaged_former_key_keeps_packages_out_no_more_and_nobody_who_came_after_it(made: tuple[Vault, Unlocked]):
    folder = made[0].folder
    left = loaded(made).without_account(made[1], "Bo Ek")
    next(folder.glob("former-*.vault")).write_bytes(b"damaged")
    assert load_identities(folder, Files()) == (left.identity,)
    copies = Copies(folder, "slots", Files())
    held: Any = copies.read()
    sealed = held["former"][0]["sealed"]
    held["former"][0]["sealed"] = ("B" if sealed[0] == "A" else "A") + sealed[1:]
    opened = loaded(made).unlock(ANNA, SECRET)
    loaded(made).with_account(opened, "Eva", EVA, SECRET, COST)
    held["slots"] = (copies.read() or held)["slots"]
    copies.write_both(held)
    eva = loaded(made).unlock(EVA, SECRET)
    assert set(eva.seeds) == {left.identity.id}
    assert refusal(lambda: loaded(made).unlock(ANNA, SECRET)) is VAULT_DAMAGED  # her key cannot be traced to this one
    with pytest.raises(ReaderError) as refused:
        loaded(made).without_account(eva, "Eva")
    assert "make the slot of Anna Holm anew first" in str(refused.value)
    loaded(made).with_words(eva, "Anna Holm", BO, SECRET, COST)
    loaded(made).without_account(eva, "Eva")
    assert loaded(made).unlock(BO, SECRET).account == "Anna Holm"


DAMAGES: tuple[tuple[str, Callable[[dict[str, Any]], object]], ...] = (
    ("another kind", lambda held: held.update(kind="backupreader slots 1")),
    ("a field more", lambda held: held.update(more=1)),
    ("slots that are no list", lambda held: held.update(slots={})),
    ("former keys that are no list", lambda held: held.update(former=7)),
    ("sheets that are no list", lambda held: held.update(sheets="")),
    ("a name that leaves its folder", lambda held: held.update(name="../x")),
    ("a site that is none", lambda held: held.update(site="")),
    ("a key that is none", lambda held: held.update(public="AAAA")),
    ("a former key without its seal", lambda held: held.update(former=[{"public": held["public"]}])),
    ("a former key cut short", lambda held: held.update(former=[{"public": held["public"], "sealed": "AAAA"}])),
    ("a former key that is none", lambda held: held.update(former=[{"public": "", "sealed": "A" * 1558 + "=="}])),
    ("a sheet that is none", lambda held: held.update(sheets=[{}])),
    ("a sheet without a number", lambda held: held.update(sheets=[{**SHEET, "number": "1"}])),
    ("slots that would take a minute each", lambda held: held.update(slots=many(held["slots"][0]))),
)
SHEET = {"cancelled": "", "count": 1, "holder": "", "issued": "", "issued_by": "", "number": 1, "spent": {}}


def many(slot: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**slot, "salt": f"{number:032x}"} for number in range(100)]


@pytest.mark.parametrize(("what", "damage"), DAMAGES, ids=[what for what, _ in DAMAGES])
def test_a_slot_file_that_is_none_of_ours_is_told(
    made: tuple[Vault, Unlocked], what: str, damage: Callable[[dict[str, Any]], object]
):
    copies = Copies(made[0].folder, "slots", Files())
    held: Any = copies.read()
    damage(held)
    copies.write_both(held)
    assert refusal(lambda: loaded(made)) is VAULT_DAMAGED


def test_a_vault_that_is_full_says_so_and_stays_as_it_is(made: tuple[Vault, Unlocked]):
    from dataclasses import replace

    from backupreader.store.slotfile import SlotFile

    def grown(held: Any) -> Any:
        return replace(held, slots=held.slots * 1000)

    assert refusal(lambda: SlotFile(made[0].folder, Files()).change(grown)) is FILE_TROUBLE
    assert loaded(made).accounts == ("Anna Holm", "Bo Ek")


def test_whether_the_newest_data_is_sealed_to_a_former_key_only():
    now, before, other = (VaultIdentity(name, "nordby", public_of(bytes([n]) * 32)) for n, name in enumerate("abc"))
    assert not sealed_to_former({now.id, before.id}, now, (before,))
    assert sealed_to_former({before.id, other.id}, now, (before,))
    assert not sealed_to_former({other.id}, now, (before,))  # another PC's package is no news about this one's key


def test_a_slot_file_is_never_made_over_another_nor_where_the_disk_takes_no_lock(made: tuple[Vault, Unlocked]):
    from backupreader.store.slotfile import SlotFile

    class NoLock(Files):
        def open_lock(self, path: Path) -> int:
            raise OSError(13, "Permission denied")

    file = SlotFile(made[0].folder, Files())
    assert refusal(lambda: file.make(made[0].held)) is ALREADY_THERE
    assert refusal(lambda: SlotFile(made[0].folder, NoLock()).change(lambda held: held)) is FILE_TROUBLE
    (made[0].folder / "slots-a.json").write_bytes(b"")
    assert vault.load(made[0].folder, NoLock()).unlock(ANNA, SECRET).account == "Anna Holm"  # reading goes on
