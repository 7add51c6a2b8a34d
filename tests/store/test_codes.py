"""Event codes: one use each, and nothing but the data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backupreader.domain.errors import CODE_USED, DATA_ONLY, FILE_TROUBLE, NOT_FOUND, WRONG_PASSPHRASE
from backupreader.domain.papers import CodeSheet
from backupreader.domain.trouble import Kind, ReaderError
from backupreader.store import codesheets, eventcodes, hardening, vault
from backupreader.store.files import Files
from backupreader.store.slots import Cost
from backupreader.store.vault import Unlocked, Vault

COST = Cost(8 * 1024, 1, 1)
SECRET = bytes(range(32))
WORDS = "regn lampe sti bro kaffe"
NOW = datetime(2026, 11, 30, 2, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Desk:
    """A PC with one person and one sheet of codes that the on-duty head holds."""

    folder: Path
    opened: Unlocked
    sheet: CodeSheet

    @property
    def vault(self) -> Vault:
        return vault.load(self.folder, Files())

    def code(self, number: int) -> str:
        return dict(self.sheet.codes)[number]

    def use(self, typed: str) -> Unlocked:
        opened = self.vault.unlock(typed, SECRET)
        assert opened.spend() is None
        return opened

    def issue(self, opened: Unlocked | None = None, count: int = 2, holder: str = "Eva Lund") -> CodeSheet:
        return codesheets.issue(
            self.vault,
            opened or self.opened,
            count,
            SECRET,
            language="da",
            holder=holder,
            issued_by="Anna Holm",
            now=NOW,
            tick=lambda _done, _total: None,
        )[1]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    _made, opened = vault.init(
        tmp_path / "vault", "room12", "nordby", WORDS, Files(), COST, account="Anna Holm", machine_secret=SECRET
    )
    bare = Desk(
        tmp_path / "vault",
        opened,
        CodeSheet(number=0, pc="", site="", holder="", codes=(), issued_at=NOW, issued_by=""),
    )
    return Desk(bare.folder, opened, bare.issue(count=3))


def refusal(call: Callable[[], object]) -> Kind:
    with pytest.raises(ReaderError) as refused:
        call()
    return refused.value.kind


def test_a_sheet_says_what_is_printed_and_keeps_its_words_out_of_logs(desk: Desk):
    assert (desk.sheet.number, desk.sheet.pc, desk.sheet.site, desk.sheet.holder) == (1, "room12", "nordby", "Eva Lund")
    assert [number for number, _ in desk.sheet.codes] == [1, 2, 3]
    assert all(len(words.split()) == 5 for _, words in desk.sheet.codes)
    assert desk.code(1) not in repr(desk.sheet)
    assert desk.issue().number == 2


@pytest.mark.parametrize("form", ["{}", "1-02 {}", "1-2 {}", " 1 02: {}", "1/2. {}", "1–02 {}", "1-02{}"])
def test_a_code_may_be_typed_with_its_number_or_without(desk: Desk, form: str):
    opened = desk.use(form.format(desk.code(2).upper()))
    assert (opened.kind, opened.account, opened.sheet, opened.number) == ("event-code", "", 1, 2)
    assert opened.seed == desk.opened.seed


def test_a_code_works_once_and_no_copy_of_its_slot_is_left(desk: Desk):
    (slot,) = (slot for slot in desk.vault.slots if slot.number == 2)
    desk.use(desk.code(2))
    assert refusal(lambda: desk.use(desk.code(2))) is WRONG_PASSPHRASE
    with pytest.raises(ReaderError) as refused:
        desk.use(f"1-02 {desk.code(2)}")
    assert refused.value.kind is CODE_USED
    assert "1-02" in str(refused.value)
    for copy in desk.folder.glob("slots-*.json"):
        assert slot.id.hex().encode() not in copy.read_bytes()
    (sheet,) = desk.vault.sheets
    assert (sheet.left, set(sheet.spent)) == (2, {2})
    assert desk.use(desk.code(3)).number == 3


def test_two_who_type_the_same_code_at_once_are_not_both_let_in(desk: Desk):
    before = desk.vault
    desk.use(desk.code(1))
    late = before.unlock(desk.code(1), SECRET)
    assert refusal(late.spend) is CODE_USED


def test_a_wrong_number_before_right_words_still_opens(desk: Desk):
    desk.use(desk.code(1))
    assert desk.use(f"1-01 {desk.code(2)}").number == 2


def test_a_number_that_was_never_printed_tells_nothing(desk: Desk):
    for typed in ("1-09 a b c d e", "7-01 a b c d e", "1-01 a b c d e", "112"):
        assert refusal(lambda typed=typed: desk.use(typed)) is WRONG_PASSPHRASE


def test_words_of_a_person_that_begin_like_a_code_s_number_still_open(desk: Desk):
    desk.vault.with_account(desk.opened, "Ib", "1 2 kattens hvide poter fem", SECRET, COST)
    desk.use(desk.code(2))
    assert desk.use("1 2 kattens hvide poter fem").account == "Ib"


def test_an_event_code_changes_nothing_and_is_not_spent_on_trying(desk: Desk):
    assert refusal(lambda: desk.vault.unlock(desk.code(1), SECRET, no_codes=DATA_ONLY)) is DATA_ONLY
    opened = desk.use(desk.code(1))
    tries: tuple[Callable[[], object], ...] = (
        lambda: desk.vault.with_account(opened, "Bo", WORDS, SECRET, COST),
        lambda: desk.vault.without_account(opened, "Anna Holm"),
        lambda: desk.vault.with_words(opened, "Anna Holm", WORDS, SECRET, COST),
        lambda: desk.vault.with_recovery(opened, COST),
        lambda: desk.issue(opened),
        lambda: codesheets.cancel(desk.vault, opened, 1, NOW),
    )
    for attempt in tries:
        assert refusal(attempt) is DATA_ONLY


def test_a_disk_that_takes_nothing_lets_her_in_and_says_so(desk: Desk):
    class Full(Files):
        def open_new(self, path: Path, mode: int) -> int:
            raise OSError(28, "No space left on device")

    opened = vault.load(desk.folder, Full()).unlock(desk.code(1), SECRET)
    assert opened.seed == desk.opened.seed
    trouble = opened.spend()
    assert trouble is not None
    assert trouble.kind.code == "BR16"


def test_a_cancelled_sheet_opens_nothing(desk: Desk):
    other = desk.issue()
    codesheets.cancel(desk.vault, desk.opened, 1, NOW)
    assert refusal(lambda: desk.use(desk.code(1))) is WRONG_PASSPHRASE
    assert refusal(lambda: desk.use("1-01 " + desk.code(1))) is CODE_USED
    assert desk.use(dict(other.codes)[1]).sheet == 2
    first, second = desk.vault.sheets
    assert (first.left, first.cancelled, second.left) == (0, "2026-11-30T02:15:00Z", 1)
    assert refusal(lambda: codesheets.cancel(desk.vault, desk.opened, 9, NOW)) is NOT_FOUND
    assert desk.issue().number == 3


def test_codes_go_on_under_a_new_key_but_not_those_of_the_one_who_leaves(desk: Desk):
    desk.vault.with_account(desk.opened, "Bo Ek", "sol vind hav skog is", SECRET, COST)
    his = desk.issue(holder="bo ek")
    left = desk.vault.without_account(desk.opened, "Bo Ek")
    assert refusal(lambda: desk.use(dict(his.codes)[1])) is WRONG_PASSPHRASE
    opened = desk.use(desk.code(3))
    assert opened.identity == left.identity
    assert desk.opened.identity.id in opened.seeds


def test_an_unlock_costs_one_argon2id_for_words_and_one_more_for_a_code(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    for number in range(4):
        desk.vault.with_account(desk.opened, f"Per {number}", f"a{number} b c d eeeeeeeeeeeee", SECRET, COST)
    desk.issue()
    counted: list[object] = []
    real = hardening.Argon2id

    def counting(**parameters: object) -> object:
        counted.append(parameters["salt"])
        return real(**parameters)

    monkeypatch.setattr(hardening, "Argon2id", counting)
    for typed, runs in ((WORDS, 1), (desk.code(1), 2), ("1-02 " + desk.code(2), 1), ("wrong", 2)):
        counted.clear()
        try:
            desk.use(typed)
        except ReaderError:
            assert typed == "wrong"
        assert len(counted) == runs


def test_a_sheet_number_is_never_given_out_twice(desk: Desk):
    stale = desk.vault
    desk.issue()

    def late() -> None:
        codesheets.issue(
            stale, desk.opened, 1, SECRET, language="da", holder="", issued_by="", now=NOW, tick=lambda _d, _t: None
        )

    assert refusal(late) is FILE_TROUBLE


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3-07 kaffe", (3, 7)),
        ("3 7 kaffe", (3, 7)),
        ("12/10", (12, 10)),
        ("kaffe 3-07", None),
        ("3-0777 x", None),
        ("3 - 7: x", (3, 7)),
        ("1" + " " * 100_000, None),
    ],
)
def test_the_number_is_read_however_it_is_written(typed: str, number: tuple[int, int] | None):
    assert eventcodes.typed_number(typed) == number
    assert eventcodes.printed(3, 7) == "3-07"
