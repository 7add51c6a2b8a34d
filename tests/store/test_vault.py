from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backupreader.domain.errors import ALREADY_THERE, NO_VAULT, NOT_FOUND, OTHER_KIND, VAULT_DAMAGED, WRONG_PASSPHRASE
from backupreader.domain.trouble import Kind, ReaderError
from backupreader.store import hardening, vault
from backupreader.store.canonical import encode
from backupreader.store.carried import TrustedSigner, VaultIdentity
from backupreader.store.copies import Copies
from backupreader.store.files import Files
from backupreader.store.seal import public_of
from backupreader.store.slots import BadSlot, Cost, read_slot
from backupreader.store.vault import Unlocked, Vault

COST = Cost(8 * 1024, 1, 1)
SECRET = bytes(range(32))
WORDS = "regn lampe sti bro kaffe"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Vault, Unlocked]:
    return vault.init(
        tmp_path / "vault", "room12", "nordby", WORDS, Files(), COST, account="Anna Holm", machine_secret=SECRET
    )


def refusal(call: Callable[[], object]) -> Kind:
    with pytest.raises(ReaderError) as refused:
        call()
    return refused.value.kind


def test_a_new_vault_opens_with_its_words_and_says_whose_they_were(made: tuple[Vault, Unlocked], tmp_path: Path):
    opened = vault.unlock(tmp_path / "vault", WORDS, SECRET)
    assert opened.account == "Anna Holm"
    assert opened.kind == "account"
    assert opened.seed == made[1].seed
    assert public_of(opened.seed) == opened.identity.public
    assert opened.seed.hex() not in repr(opened)


@pytest.mark.parametrize(
    "typed",
    [
        "REGN LAMPE STI BRO KAFFE",
        "  regn\tlampe sti   bro kaffe\n",
        "regn-lampe-sti-bro-kaffe",
        "regnlampestibrokaffe",
        "Régn Lämpe sti brö kaffe.",
        "ｒｅｇｎ lampe sti bro kaffe",
    ],
)
def test_words_may_be_typed_as_a_tired_person_types(made: tuple[Vault, Unlocked], tmp_path: Path, typed: str):
    assert vault.unlock(tmp_path / "vault", typed, SECRET).account == "Anna Holm"


@pytest.mark.parametrize(
    "typed", ["", "regn lampe sti bro", "regn lampe sti bro kaffee", "lampe regn sti bro kaffe", "x" * 100_000]
)
def test_other_words_do_not_open_it(made: tuple[Vault, Unlocked], tmp_path: Path, typed: str):
    assert refusal(lambda: vault.unlock(tmp_path / "vault", typed, SECRET)) is WRONG_PASSPHRASE


def test_no_number_of_wrong_words_locks_anyone_out(made: tuple[Vault, Unlocked], tmp_path: Path):
    for number in range(20):
        assert (
            refusal(lambda number=number: vault.unlock(tmp_path / "vault", f"wrong {number}", SECRET))
            is WRONG_PASSPHRASE
        )
    assert vault.unlock(tmp_path / "vault", WORDS, SECRET).account == "Anna Holm"


def test_a_stolen_disk_does_not_open_with_the_words_alone(made: tuple[Vault, Unlocked], tmp_path: Path):
    assert refusal(lambda: vault.unlock(tmp_path / "vault", WORDS, bytes(32))) is WRONG_PASSPHRASE
    assert refusal(lambda: vault.unlock(tmp_path / "vault", WORDS, None)) is VAULT_DAMAGED


def test_accounts_come_and_go_and_each_opens_with_its_own_words(made: tuple[Vault, Unlocked], tmp_path: Path):
    closed, opened = made
    both = closed.with_account(opened, " Bo Ek ", "sol vind hav skog is", SECRET, COST)
    assert both.accounts == ("Anna Holm", "Bo Ek")
    assert vault.unlock(tmp_path / "vault", "sol vind hav skog is", SECRET).account == "Bo Ek"
    assert refusal(lambda: vault.unlock(tmp_path / "vault", WORDS, SECRET, "Bo Ek")) is WRONG_PASSPHRASE
    assert vault.unlock(tmp_path / "vault", WORDS, SECRET, "Anna Holm").account == "Anna Holm"
    assert len({slot.salt for slot in both.slots}) == 1
    left = vault.load(tmp_path / "vault", Files()).without_account(opened, "Anna Holm")
    assert left.accounts == ("Bo Ek",)
    assert refusal(lambda: vault.unlock(tmp_path / "vault", WORDS, SECRET)) is WRONG_PASSPHRASE


def test_of_a_removed_account_no_copy_is_left(made: tuple[Vault, Unlocked], tmp_path: Path):
    closed, opened = made
    closed.with_account(opened, "Bo Ek", "sol vind hav skog is", SECRET, COST).without_account(opened, "Bo Ek")
    for copy in (tmp_path / "vault").glob("slots-*.json"):
        assert b"Bo Ek" not in copy.read_bytes()


@pytest.mark.parametrize(
    ("name", "kind"), [("anna holm", ALREADY_THERE), ("", NOT_FOUND), ("x" * 65, NOT_FOUND), ("a\nb", NOT_FOUND)]
)
def test_a_name_that_cannot_be_an_account_is_refused(made: tuple[Vault, Unlocked], name: str, kind: Kind):
    assert refusal(lambda: made[0].with_account(made[1], name, WORDS, SECRET, COST)) is kind


def test_removing_a_stranger_is_told(made: tuple[Vault, Unlocked]):
    assert refusal(lambda: made[0].without_account(made[1], "Nobody")) is NOT_FOUND


def test_the_recovery_code_opens_the_disk_in_another_pc_and_a_new_one_replaces_it(
    made: tuple[Vault, Unlocked], tmp_path: Path
):
    closed, opened = made
    first, (code,) = closed.with_recovery(opened, COST)
    assert vault.unlock(tmp_path / "vault", code.lower().replace("-", " "), None).kind == "recovery"
    assert vault.unlock(tmp_path / "vault", code, None).account == ""
    _, (newer,) = first.with_recovery(opened, COST)
    assert newer != code
    assert refusal(lambda: vault.unlock(tmp_path / "vault", code, SECRET)) is WRONG_PASSPHRASE
    assert vault.unlock(tmp_path / "vault", newer, None).seed == opened.seed
    assert vault.load(tmp_path / "vault", Files()).accounts == ("Anna Holm",)


def test_a_vault_is_never_made_over_another(made: tuple[Vault, Unlocked], tmp_path: Path):
    def again() -> None:
        vault.init(tmp_path / "vault", "x", "nordby", WORDS, Files(), COST, account="A", machine_secret=SECRET)

    assert refusal(again) is ALREADY_THERE
    assert vault.unlock(tmp_path / "vault", WORDS, SECRET).identity == made[0].identity


def test_where_there_is_no_vault_that_is_told(tmp_path: Path):
    assert refusal(lambda: vault.load(tmp_path, Files())) is NO_VAULT
    assert refusal(lambda: vault.load_identity(tmp_path, Files())) is NO_VAULT
    Files().write_new(tmp_path / "identity.vault", VaultIdentity("pc", "nordby", public_of(SECRET)).encode())
    assert refusal(lambda: vault.load(tmp_path, Files())) is NO_VAULT


def test_the_machine_secret_is_made_once_and_must_be_whole(tmp_path: Path):
    path = tmp_path / "secrets" / "machine"
    assert vault.read_machine_secret(path, Files()) is None
    secret = vault.make_machine_secret(path, Files())
    assert len(secret) == 32
    assert vault.make_machine_secret(path, Files()) == secret
    path.write_bytes(secret[:-1])
    assert refusal(lambda: vault.read_machine_secret(path, Files())) is VAULT_DAMAGED


def held_in(folder: Path) -> Any:
    return Copies(folder, "slots", Files()).read()


DAMAGES: tuple[tuple[str, Callable[[list[Any]], object]], ...] = (
    ("two tebibytes of memory", lambda slots: slots[0].update(memory_kib=1 << 31)),
    ("too little memory", lambda slots: slots[0].update(memory_kib=64)),
    ("no pass", lambda slots: slots[0].update(time=0)),
    ("a million passes", lambda slots: slots[0].update(time=1_000_000)),
    ("no lane", lambda slots: slots[0].update(lanes=0)),
    ("a thousand lanes", lambda slots: slots[0].update(lanes=1000)),
    ("a negative number", lambda slots: slots[0].update(time=-3)),
    ("memory as text", lambda slots: slots[0].update(memory_kib="much")),
    ("another kind", lambda slots: slots[0].update(kind="master")),
    ("a name that is none", lambda slots: slots[0].update(name=7)),
    ("a role that is none", lambda slots: slots[0].update(role=7)),
    ("units that are none", lambda slots: slots[0].update(units="Nord")),
    ("a unit that is none", lambda slots: slots[0].update(units=[7])),
    ("a short public key", lambda slots: slots[0].update(public="AAAA")),
    ("a public key that is none", lambda slots: slots[0].update(public="å")),
    ("a short proof", lambda slots: slots[0].update(proof="AAAA")),
    ("a sheet as text", lambda slots: slots[0].update(sheet="1")),
    ("a moment that is none", lambda slots: slots[0].update(created=7)),
    ("a salt that is none", lambda slots: slots[0].update(salt="xyz")),
    ("a short salt", lambda slots: slots[0].update(salt="00")),
    ("a short seal", lambda slots: slots[0].update(sealed="AAAA")),
    ("a seal that is none", lambda slots: slots[0].update(sealed="å")),
    ("a number as seal", lambda slots: slots[0].update(sealed=7)),
    ("a field more", lambda slots: slots[0].update(more=1)),
    ("a field less", lambda slots: slots[0].pop("id")),
    ("no slot but a word", lambda slots: slots.__setitem__(0, "slot")),
)


@pytest.mark.parametrize(("what", "damage"), DAMAGES, ids=[what for what, _ in DAMAGES])
def test_a_slot_out_of_range_is_refused_before_argon2id_runs(
    made: tuple[Vault, Unlocked],
    tmp_path: Path,
    what: str,
    damage: Callable[[list[Any]], object],
    monkeypatch: pytest.MonkeyPatch,
):
    def never(**_: object) -> None:
        raise AssertionError("Argon2id was started")

    monkeypatch.setattr(hardening, "Argon2id", never)
    held = held_in(tmp_path / "vault")
    damage(held["slots"])
    Copies(tmp_path / "vault", "slots", Files()).write_both(held)
    assert refusal(lambda: vault.unlock(tmp_path / "vault", WORDS, SECRET)) is VAULT_DAMAGED


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Bo Ek"},
        {"created": "2030-01-01T00:00:00Z"},
        {"role": "manager"},
        {"units": ["Nord"]},
        {"sheet": 1},
        {"number": 1},
        {"kind": "recovery"},
        {"kind": "event-code"},
        {"id": "00" * 16},
        {"salt": "00" * 16},
        {"time": 2},
        {"memory_kib": 8 * 1024 + 1},
    ],
    ids=str,
)
def test_a_slot_whose_description_was_changed_does_not_open(
    made: tuple[Vault, Unlocked], tmp_path: Path, change: dict[str, Any]
):
    held = held_in(tmp_path / "vault")
    held["slots"][0].update(change)
    Copies(tmp_path / "vault", "slots", Files()).write_both(held)
    assert refusal(lambda: vault.unlock(tmp_path / "vault", WORDS, SECRET)) is WRONG_PASSPHRASE


def test_one_damaged_copy_of_the_slots_does_no_harm_and_two_are_told(made: tuple[Vault, Unlocked], tmp_path: Path):
    folder = tmp_path / "vault"
    made[0].with_recovery(made[1], COST)
    for copy in sorted(folder.glob("slots-*.json")):
        good = copy.read_bytes()
        for damaged in (b"", good[:-1], good[: len(good) // 2], b"\0" * len(good), good.replace(b"Anna", b"Anne")):
            copy.write_bytes(damaged)
            assert vault.unlock(folder, WORDS, SECRET).account == "Anna Holm"
        copy.write_bytes(good)
    for copy in folder.glob("slots-*.json"):
        copy.write_bytes(b"")
    assert refusal(lambda: vault.load(folder, Files())) is VAULT_DAMAGED


def test_a_slot_moved_from_another_vault_does_not_open_this_one(made: tuple[Vault, Unlocked], tmp_path: Path):
    vault.init(tmp_path / "other", "room13", "nordby", WORDS, Files(), COST, account="Anna Holm", machine_secret=SECRET)
    ours, theirs = held_in(tmp_path / "vault"), held_in(tmp_path / "other")
    Copies(tmp_path / "vault", "slots", Files()).write_both({**ours, "slots": theirs["slots"]})
    assert refusal(lambda: vault.unlock(tmp_path / "vault", WORDS, SECRET)) is WRONG_PASSPHRASE
    Copies(tmp_path / "vault", "slots", Files()).write_both(theirs)
    assert refusal(lambda: vault.unlock(tmp_path / "vault", WORDS, SECRET)) is VAULT_DAMAGED


def test_accounts_of_different_cost_open_all_the_same(made: tuple[Vault, Unlocked], tmp_path: Path):
    made[0].with_account(made[1], "Bo Ek", "sol vind hav skog is", SECRET, Cost(8 * 1024, 2, 1))
    assert vault.unlock(tmp_path / "vault", WORDS, SECRET).account == "Anna Holm"
    assert vault.unlock(tmp_path / "vault", "sol vind hav skog is", SECRET).account == "Bo Ek"


def test_two_accounts_with_the_same_words_are_told_apart_by_name(made: tuple[Vault, Unlocked], tmp_path: Path):
    made[0].with_account(made[1], "Bo Ek", WORDS, SECRET, COST)
    assert vault.unlock(tmp_path / "vault", WORDS, SECRET, "Bo Ek").account == "Bo Ek"


def test_new_slots_take_over_the_cost_of_those_that_are_there(made: tuple[Vault, Unlocked]):
    assert made[0].cost == COST
    assert made[0].without_account(made[1], "Anna Holm").cost == Cost()


def test_the_production_cost_is_the_design_s():
    assert Cost() == Cost(262_144, 3, 2)
    Cost().check()
    with pytest.raises(BadSlot):
        read_slot({})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"not json",
        b"[]",
        encode({"kind": "backupreader vault 1", "name": "pc", "public": "AAAA", "site": "nordby"}),
        encode({"kind": "backupreader vault 2", "name": "pc", "public": "", "site": "nordby"}),
        encode({"kind": "backupreader vault 1", "name": "pc", "public": "!", "site": "nordby"}),
        encode({"kind": "backupreader vault 1", "name": 7, "public": "", "site": "nordby"}),
        VaultIdentity("../pc", "nordby", public_of(SECRET)).encode(),
        VaultIdentity("pc", "../nordby", public_of(SECRET)).encode(),
        TrustedSigner("nordby", bytes(32)).encode(),
    ],
)
def test_a_file_that_is_no_vault_s_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "x.vault").write_bytes(content)
    assert refusal(lambda: VaultIdentity.read(tmp_path / "x.vault", Files())) is OTHER_KIND


def test_a_carried_file_survives_another_line_end(tmp_path: Path):
    identity = VaultIdentity("pc", "nordby", public_of(SECRET))
    (tmp_path / "x.vault").write_bytes(identity.encode().rstrip() + b"\r\n")
    assert VaultIdentity.read(tmp_path / "x.vault", Files()) == identity
    assert json.loads(identity.encode())["name"] == "pc"
    assert len(identity.fingerprint) == 47
