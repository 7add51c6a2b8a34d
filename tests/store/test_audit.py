"""The audit: what is written is on the disk before it is shown, nothing of it can change unseen, and care never waits for it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.acts import Act, Actor, Anchor, Waiting
from backupreader.domain.errors import BUSY
from backupreader.store import auditline
from backupreader.store.audit import LOG, MOST_ANCHORS, Anchors, Audit
from backupreader.store.auditline import LARGEST_NUMBER, LONGEST_TEXT, BoxLine, KeyLine
from backupreader.store.auditreading import Entry, Verdict, entries, judged, printed
from backupreader.store.files import Files
from backupreader.store.seal import public_of, vault_id

SEED, AUDITOR, STRANGER = bytes(range(32)), bytes(range(32, 64)), bytes(32)
RECIPIENTS = {vault_id(public_of(seed)): public_of(seed) for seed in (SEED, AUDITOR)}
NOW = datetime(2026, 11, 30, 2, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
ANNA = Actor(name="Anna Holm", role="sygeplejerske", units=("Team Nord",), reason="outage")


def act(number: int) -> Act:
    return Act(kind="view", at=NOW, actor=ANNA, citizens=(f"nexus:{number}",), what="medicine", outage="2026-001")


def keys(*seeds: bytes) -> dict[str, bytes]:
    return {vault_id(public_of(seed)): seed for seed in seeds}


def read(folder: Path, *seeds: bytes) -> list[Entry]:
    return list(entries(folder, keys(*seeds), Files(), own=SEED in seeds))


def verdict(folder: Path, *more: str, seeds: tuple[bytes, ...] = (), opened: bool = False) -> Verdict:
    anchors = [anchor for text in more if (anchor := printed(text))]
    assert len(anchors) == len(more)
    return judged(folder, read(folder, *seeds), Files(), anchors, opened=opened)


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    return Audit(tmp_path, RECIPIENTS, Files(), SEED)


def written(audit: Audit, count: int, start: int = 0) -> list[Anchor]:
    return [anchor for number in range(start, start + count) if (anchor := audit.write(act(number)))]


@pytest.mark.parametrize("seed", [SEED, AUDITOR])
def test_what_is_written_is_read_back_by_the_vault_and_by_the_auditor(tmp_path: Path, audit: Audit, seed: bytes):
    written(audit, 3)
    assert [entry.act for entry in read(tmp_path, seed)] == [act(0), act(1), act(2)]
    assert verdict(tmp_path).faults == ()


def test_a_stranger_reads_that_something_was_done_and_not_what(tmp_path: Path, audit: Audit):
    written(audit, 3)
    found = read(tmp_path, STRANGER)
    assert [(entry.act, entry.closed) for entry in found] == [(None, True)] * 3
    log = (tmp_path / LOG).read_bytes()
    assert not any(word in log for word in (b"Anna", b"Holm", b"nexus:1", b"medicine", b"view"))


def test_every_kind_of_text_comes_back_as_it_was(tmp_path: Path, audit: Audit):
    cruel = "å <b>&\x00\n" + "x" * 400 + " محمد 🚑"
    given = Act(
        kind="search", at=NOW, actor=Actor(name="Åse\u200b", via="event-code"), words=cruel, reason="'", pages=7
    )
    audit.write(given)
    assert [entry.act for entry in read(tmp_path, SEED)] == [given]


def test_an_act_of_which_only_its_kind_is_known_is_read_back(tmp_path: Path, audit: Audit):
    refused = Act(kind="unlock-refused", at=NOW, actor=Actor(name=""))
    audit.write(refused)
    assert [entry.act for entry in read(tmp_path, SEED)] == [refused]


def test_of_a_very_long_text_its_beginning_its_length_and_its_digest_are_kept(tmp_path: Path, audit: Audit):
    audit.write(Act(kind="search", at=NOW, actor=ANNA, words="ø" * 200_000))
    (entry,) = read(tmp_path, SEED)
    assert entry.act is not None
    assert entry.act.words.startswith("ø" * LONGEST_TEXT + "… (200000, SHA-256 ")
    assert len(entry.act.words) < 2 * LONGEST_TEXT


def test_half_a_letter_is_kept_as_a_question_mark_and_stops_nothing(tmp_path: Path, audit: Audit):
    assert audit.write(Act(kind="search", at=NOW, actor=ANNA, words="a\ud800b")) is not None
    (entry,) = read(tmp_path, SEED)
    assert entry.act is not None
    assert entry.act.words == "a?b"


def test_two_processes_write_one_chain(tmp_path: Path):
    one, other = (Audit(tmp_path, RECIPIENTS, Files(), SEED) for _ in range(2))
    for number in range(6):
        (one, other)[number % 2].write(act(number))
    assert [entry.act for entry in read(tmp_path, SEED)] == [act(number) for number in range(6)]
    assert verdict(tmp_path).faults == ()


def test_a_new_process_goes_on_where_the_former_ended(tmp_path: Path, audit: Audit):
    written(audit, 3)
    written(Audit(tmp_path, RECIPIENTS, Files(), SEED), 3, start=3)
    assert [entry.act for entry in read(tmp_path, SEED)] == [act(number) for number in range(6)]


def lines(tmp_path: Path) -> list[bytes]:
    return (tmp_path / LOG).read_bytes().splitlines(keepends=True)


Tamper = Callable[[list[bytes]], list[bytes]]
TAMPERINGS: dict[str, Tamper] = {
    "a line is taken out": lambda found: found[:3] + found[4:],
    "the key's line is taken out": lambda found: found[1:],
    "two lines change places": lambda found: [*found[:3], found[4], found[3], *found[5:]],
    "a line is repeated": lambda found: [*found[:4], found[3], *found[4:]],
    "a letter is changed": lambda found: [*found[:3], found[3].replace(b'"box":"', b'"box":"A', 1), *found[4:]],
    "a number is changed": lambda found: [*found[:3], found[3].replace(b'"n":4', b'"n":5'), *found[4:]],
    "the start is taken away": lambda found: found[3:],
    "a line is emptied": lambda found: [*found[:3], b"\n", *found[4:]],
    "another's line is put in": lambda found: [*found[:3], found[2].replace(b'"n":3', b'"n":4'), *found[4:]],
}


@pytest.mark.parametrize("tamper", TAMPERINGS.values(), ids=[name.replace(" ", "-") for name in TAMPERINGS])
def test_any_change_is_found_without_a_secret(tmp_path: Path, audit: Audit, tamper: Tamper):
    written(audit, 8)
    (tmp_path / LOG).write_bytes(b"".join(tamper(lines(tmp_path))))
    assert verdict(tmp_path).faults


def test_every_changed_byte_is_found(tmp_path: Path, audit: Audit):
    written(audit, 4)
    audit.mark()
    good = (tmp_path / LOG).read_bytes()
    for place in range(0, len(good), 13):
        (tmp_path / LOG).write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert verdict(tmp_path).faults, place


def test_what_stands_behind_a_missing_line_can_still_be_read(tmp_path: Path, audit: Audit):
    written(audit, 8)
    (tmp_path / LOG).write_bytes(b"".join(TAMPERINGS["a line is taken out"](lines(tmp_path))))
    acts = [entry.act for entry in read(tmp_path, SEED) if entry.act is not None]
    assert acts == [act(number) for number in range(8) if number != 2]


def test_a_log_that_was_cut_short_is_told_by_what_was_remembered(tmp_path: Path, audit: Audit):
    written(audit, 5)
    audit.mark()
    (tmp_path / LOG).write_bytes(b"".join(lines(tmp_path)[:-2]))
    assert verdict(tmp_path).faults
    written(Audit(tmp_path, RECIPIENTS, Files(), SEED), 5)  # what is written on top of it does not hide it
    assert verdict(tmp_path).faults


def test_a_log_that_was_cut_short_is_told_by_the_foot_of_a_page(tmp_path: Path, audit: Audit):
    foot = str(written(audit, 5)[-1])
    spellings = [foot, foot.replace("·", "").replace(" ", "  "), f"Log {foot}", foot.replace(" ", "\u00a0").upper()]
    assert verdict(tmp_path, *spellings).faults == ()
    (tmp_path / LOG).write_bytes(b"".join(lines(tmp_path)[:-1]))
    assert verdict(tmp_path).faults == ()
    assert verdict(tmp_path, foot).faults


@pytest.mark.parametrize("text", ["", "yesterday", "5f3a 09c1", "7", "7 · 5f", "-1 · 5f3a09c1", "7 · 5g3a09c1"])
def test_what_is_no_anchor_is_taken_for_none(text: str):
    assert printed(text) is None


def test_a_log_that_is_gone_is_told(tmp_path: Path, audit: Audit):
    written(audit, 2)
    audit.mark()
    (tmp_path / LOG).unlink()
    assert verdict(tmp_path).faults


def test_a_line_that_a_crash_cut_off_breaks_nothing(tmp_path: Path, audit: Audit):
    written(audit, 3)
    with (tmp_path / LOG).open("ab") as log:
        log.write(b'{"box":"AAAA')
    written(Audit(tmp_path, RECIPIENTS, Files(), SEED), 2, start=3)
    told = verdict(tmp_path)
    assert (told.faults, told.torn, told.acts) == ((), 1, 5)
    assert [entry.act for entry in read(tmp_path, SEED) if entry.act] == [act(number) for number in range(5)]


class Full(Files):
    """A disk that takes nothing, or half of it, while it is `full`."""

    def __init__(self) -> None:
        self.full = False
        self.half = False

    def write(self, descriptor: int, data: memoryview) -> int:
        if self.full:
            if self.half and len(data) > 1:
                super().write(descriptor, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(descriptor, data)


@pytest.mark.parametrize("half", [False, True])
def test_a_full_disk_stops_nobody_is_told_and_is_made_up_for(tmp_path: Path, *, half: bool):
    disk = Full()
    audit = Audit(tmp_path, RECIPIENTS, disk, SEED)
    written(audit, 2)
    disk.full, disk.half = True, half
    assert audit.write(act(2)) is None
    assert audit.write(act(3)) is None
    assert (audit.waiting, audit.trouble and audit.trouble.kind.code) == (2, "BR16")
    disk.full = False
    assert audit.write(act(4)) is not None
    assert (audit.waiting, audit.trouble) == (0, None)
    found = [(entry.act, entry.late) for entry in read(tmp_path, SEED) if entry.act]
    assert found == [(act(number), number in {2, 3}) for number in range(5)]
    assert verdict(tmp_path).faults == ()


def test_a_process_that_dies_in_the_middle_of_a_line_costs_that_line_only(tmp_path: Path, audit: Audit):
    written(audit, 3)
    good = (tmp_path / LOG).read_bytes()
    audit.write(act(3))
    longer = (tmp_path / LOG).read_bytes()
    for cut in range(len(good), len(longer) - 1, 37):
        (tmp_path / LOG).write_bytes(longer[:cut])
        written(Audit(tmp_path, RECIPIENTS, Files(), SEED), 1, start=9)
        assert verdict(tmp_path).faults == ()
        assert [entry.act for entry in read(tmp_path, SEED) if entry.act] == [act(0), act(1), act(2), act(9)]


def test_anchors_are_thinned_out_and_the_first_and_newest_stay(tmp_path: Path):
    anchors = Anchors(tmp_path, Files())
    for number in range(1, 400):
        anchors.add(Anchor(number, "0" * 64))
    kept = [anchor.number for anchor in anchors.read()]
    assert len(kept) <= MOST_ANCHORS
    assert kept[0] == 1
    assert kept[-30:] == list(range(370, 400))


def test_the_log_is_this_user_s_only(tmp_path: Path, audit: Audit):
    written(audit, 1)
    assert (tmp_path / LOG).stat().st_mode & 0o077 == 0


def test_acts_that_one_without_the_vault_writes_in_another_s_name_are_told_as_forged(tmp_path: Path, audit: Audit):
    written(audit, 2)
    Audit(tmp_path, RECIPIENTS, Files()).write(act(7))  # the keys that it needs are public
    assert verdict(tmp_path).faults == ()
    (fault,) = verdict(tmp_path, seeds=(SEED,)).faults
    assert "forged" in str(fault)


def test_refused_words_need_no_open_vault(tmp_path: Path, audit: Audit):
    Audit(tmp_path, RECIPIENTS, Files()).write(Act(kind="unlock-refused", at=NOW, actor=Actor(name="?")))
    written(audit, 1)
    assert verdict(tmp_path, seeds=(SEED,)).faults == ()


def test_acts_that_are_hidden_behind_a_key_of_nobody_s_are_told_to_whoever_can_read(tmp_path: Path, audit: Audit):
    kept = lines(tmp_path) if written(audit, 1) else []
    last = auditline.head(kept[-1].rstrip(b"\n"))
    hidden = KeyLine(3, last, {"0" * 32: b"x"})
    data = auditline.encode(hidden)
    box = auditline.encode(BoxLine(4, auditline.head(data), 3, b"y" * 200))
    (tmp_path / LOG).write_bytes(b"".join([*kept, data + b"\n", box + b"\n"]))
    assert verdict(tmp_path, seeds=(SEED,)).faults
    with pytest.raises(auditline.BadLine):
        auditline.decode(auditline.encode(KeyLine(3, last, {})))


def test_an_audit_that_is_gone_is_told_where_it_is_known_that_the_pc_was_opened(tmp_path: Path):
    assert verdict(tmp_path).faults == ()
    assert verdict(tmp_path, opened=True).faults


def test_anchors_that_are_gone_are_told(tmp_path: Path, audit: Audit):
    written(audit, 3)
    assert verdict(tmp_path, opened=True).faults
    audit.mark()
    assert verdict(tmp_path, opened=True).faults == ()


def test_the_log_is_remembered_every_few_acts_by_itself(tmp_path: Path, audit: Audit):
    written(audit, 100)
    (tmp_path / LOG).write_bytes(b"".join(lines(tmp_path)[:-40]))
    assert verdict(tmp_path).faults


@pytest.mark.parametrize(
    "bad",
    [
        b'{"box":"AAAA","key":1,"n":' + b"9" * 4300 + b',"prev":"' + b"0" * 64 + b'"}\n',
        auditline.encode(BoxLine(LARGEST_NUMBER + 1, "0" * 64, 1, b"x")) + b"\n",
        b"\0" * (3 << 20),
        b"\xff" * 1000 + b"\n",
    ],
    ids=["digits", "number", "nought", "noise"],
)
def test_whatever_stands_at_the_end_of_the_log_stops_nobody(tmp_path: Path, audit: Audit, bad: bytes):
    written(audit, 3)
    with (tmp_path / LOG).open("ab") as log:
        log.write(bad)
    again = Audit(tmp_path, RECIPIENTS, Files(), SEED)
    assert again.write(act(3)) is not None
    assert [entry.act for entry in read(tmp_path, SEED) if entry.act] == [act(number) for number in range(4)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
@pytest.mark.parametrize("name", [LOG, "anchors-a.json", "lock"])
def test_a_pipe_in_a_file_s_place_is_waited_for_by_nobody(tmp_path: Path, name: str):
    os.mkfifo(tmp_path / name)
    audit = Audit(tmp_path, RECIPIENTS, Files(), SEED)
    audit.write(act(0))
    audit.mark()
    assert (audit.trouble is not None) == (name == LOG)


def test_a_lock_that_is_held_for_ever_is_waited_for_once_and_made_up_for(tmp_path: Path):
    audit = Audit(tmp_path, RECIPIENTS, Files(), SEED)
    written(audit, 1)
    with Files().lock(tmp_path / "lock"):
        for number in range(1, 6):
            assert audit.write(act(number)) is None
        assert audit.trouble is not None
        assert audit.trouble.kind is BUSY
    assert audit.write(act(6)) is not None
    assert [entry.act for entry in read(tmp_path, SEED) if entry.act] == [act(number) for number in range(7)]


def test_what_a_session_could_not_write_is_taken_over_by_the_next(tmp_path: Path):
    disk = Full()
    waiting = Waiting()
    before = Audit(tmp_path, RECIPIENTS, disk, SEED, waiting)
    written(before, 1)
    disk.full = True
    before.write(act(1))
    disk.full = False
    after = Audit(tmp_path, RECIPIENTS, disk, SEED, waiting)
    assert after.write(act(2)) is not None
    assert [entry.act for entry in read(tmp_path, SEED) if entry.act] == [act(0), act(1), act(2)]
    assert before.waiting == 0


def test_what_can_never_be_written_is_counted_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from backupreader.store import audit as module

    monkeypatch.setattr(module, "MOST_WAITING", 5)
    disk = Full()
    audit = Audit(tmp_path, RECIPIENTS, disk, SEED)
    disk.full = True
    for number in range(12):
        audit.write(act(number))
    disk.full = False
    assert audit.write(act(12)) is not None
    acts = [entry.act for entry in read(tmp_path, SEED) if entry.act]
    assert (acts[0].kind, acts[0].what) == ("unwritten", "8")
    assert acts[1:] == [act(number) for number in range(8, 13)]


@pytest.mark.parametrize("at", [datetime(2026, 11, 30, 2, 10), datetime(1, 1, 1, tzinfo=NOW.tzinfo)])  # noqa: DTZ001
def test_a_moment_that_no_clock_shows_is_told_and_no_report_stumbles_over_it(
    tmp_path: Path, audit: Audit, at: datetime
):
    audit.write(Act(kind="view", at=at, actor=ANNA))
    (entry,) = read(tmp_path, SEED)
    assert entry.act is None
    assert entry.fault is not None
