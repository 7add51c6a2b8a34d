"""Reading the audit back: its chain, which needs no secret, and its acts, for those whom their keys are sealed to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backupreader.domain.acts import Act, Anchor
from backupreader.domain.errors import FILE_TROUBLE
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.store import auditline
from backupreader.store.audit import LOG, Anchors
from backupreader.store.auditline import START, AuditPurpose, BadLine, BoxLine, KeyLine, Ratchet, chained
from backupreader.store.files import NOT_REGULAR, Files
from backupreader.store.seal import Closed, open_key, open_once

_MOST_MISSING: Final = 2_000
_LONGEST_LINE: Final = 16 << 20
CUT: Final = N_("the audit once stood at {anchor}, and no such line is there: lines were taken away or changed")
BOXED: Final = N_("line {number} does not open: it was changed, or written by another program")
NOT_OURS: Final = N_("line {number} is sealed to none of this PC's keys: it was changed, or written by another program")
UNPROVEN: Final = N_("line {number} says that it was written in an unlocked session, but it was not: it was forged")
GONE: Final = N_("this PC has been opened, and of its audit nothing is left")
FORGOTTEN: Final = N_("what this PC remembers of where its audit stood is gone")
_UNLOCKED: Final = frozenset({"account", "event-code", "recovery"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit as a reader sees it.

    `act` is None where it is sealed to others only, or is none (the line of a key, one that a crash cut off).
    """

    anchor: Anchor
    act: Act | None = None
    late: bool = False
    key: bool = False
    closed: bool = False
    torn: bool = False
    fault: Reason | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the audit is worth: how many acts, where it stands, what is wrong, how many lines a crash cut off."""

    acts: int
    anchor: Anchor
    faults: tuple[Reason, ...]
    torn: int
    closed: int


def entries(folder: Path, seeds: Mapping[str, bytes], files: Files, *, own: bool = True) -> Iterator[Entry]:
    """Every line of the audit in a folder, in order. `seeds` are a reader's vault seeds, by vault id; none needed.

    `own`: the seeds are those of the PC whose audit it is, so every line must be sealed to one of them; an auditor's
    open only what was written since she was named. Raises FILE_TROUBLE when the disk does not give it back.
    """
    keys: dict[int, _Key] = {}
    for link in chained(_lines(folder / LOG, files)):
        line = link.line
        if line is None:
            yield Entry(link.anchor, torn=True)
        elif isinstance(line, KeyLine):
            keys[line.number] = key = _key(line, seeds, own=own)
            if link.fault is not None or key.fault is not None:
                yield Entry(link.anchor, key=True, fault=link.fault or key.fault)
        else:
            yield _opened(line, link.anchor, link.fault, keys)


def judged(  # noqa: PLR0913 (all that is known of an audit beside its lines)
    folder: Path,
    found: Iterable[Entry],
    files: Files,
    more: Sequence[Anchor] = (),
    *,
    own: bool = True,
    opened: bool = False,
) -> Verdict:
    """The verdict on all `found` entries of a folder; `more` are anchors as pages print them, to be looked for too.

    `own`: it is this PC's, which remembers where it stood; `opened`: a person has opened it, as is known otherwise.
    """
    faults: list[Reason] = []
    acts = torn = closed = 0
    last = START
    heads: dict[int, str] = {}
    for entry in found:
        last = entry.anchor
        heads[last.number] = last.head
        acts += not entry.torn and not entry.key
        torn += entry.torn
        closed += entry.closed
        if entry.fault is not None:
            faults.append(entry.fault)
    known = Anchors(folder, files).read()
    if own and opened and not acts:
        faults.append(Reason(GONE))
    elif own and opened and not known:
        faults.append(Reason(FORGOTTEN))
    faults += [Reason(CUT, {"anchor": str(one)}) for one in known if heads.get(one.number) != one.head]
    faults += [Reason(CUT, {"anchor": str(one)}) for one in more if not heads.get(one.number, "").startswith(one.head)]
    return Verdict(acts, last, tuple(faults), torn, closed)


_PRINTED: Final = re.compile(r"([0-9]{1,15}) ([0-9a-f]{8,64})")


def printed(text: str) -> Anchor | None:
    """The anchor in a page's foot, however it was typed or copied; its head may be shortened. None: it is none."""
    number, *head = re.sub(r"^log\w*", "", text.strip().casefold()).replace("·", " ").split() or [""]
    match = _PRINTED.fullmatch(f"{number} {''.join(head)}")
    return Anchor(int(match[1]), match[2]) if match else None


@dataclass(frozen=True, slots=True)
class _Key:
    """What is known of a key line: its acts' keys, whether an unlocked session wrote it, and what is wrong with it."""

    ratchet: Ratchet | None
    proven: bool | None
    fault: Reason | None = None


def _key(line: KeyLine, seeds: Mapping[str, bytes], *, own: bool) -> _Key:
    proven = any(line.proof == line.proof_by(seed) for seed in seeds.values()) if seeds and own else None
    for recipient, seed in seeds.items():
        if recipient in line.keys:
            purpose = AuditPurpose(recipient=recipient, number=line.number, prev=line.prev)
            try:
                return _Key(Ratchet(open_key(line.keys[recipient], seed, purpose)), proven)
            except Closed:
                return _Key(None, proven, Reason(BOXED, {"number": line.number}))
    return _Key(None, proven, Reason(NOT_OURS, {"number": line.number}) if seeds and own else None)


def _opened(line: BoxLine, anchor: Anchor, fault: Reason | None, keys: Mapping[int, _Key]) -> Entry:
    wrong = Reason(BOXED, {"number": line.number})
    if line.key not in keys:
        return Entry(anchor, closed=True, fault=fault or wrong)
    key = keys[line.key]
    if key.ratchet is None:
        return Entry(anchor, closed=True, fault=fault)
    try:
        act, late = auditline.read_act(_plain(line, key.ratchet))
    except (Closed, BadLine):
        return Entry(anchor, closed=True, fault=fault or wrong)
    if key.proven is False and act.actor.via in _UNLOCKED and act.kind != "unlock-refused":
        fault = fault or Reason(UNPROVEN, {"number": line.number})
    return Entry(anchor, act, late, fault=fault)


def _plain(line: BoxLine, ratchet: Ratchet) -> bytes:
    """What the line's box holds. Where lines of its key are missing, the ratchet is turned on to it."""
    bound = auditline.bound(line.number, line.prev, line.key)
    ahead = ratchet.again()
    for _ in range(_MOST_MISSING):
        try:
            plain = open_once(ahead.turn(), line.box, bound)
        except Closed:
            continue
        ratchet.follow(ahead)
        return plain
    raise Closed


def _lines(path: Path, files: Files) -> Iterator[bytes]:
    """The file's lines, without their ends; what stands behind the last end is a line too."""
    if not path.exists() and not path.is_symlink():
        return
    with files.open(path, follow=False) as reading:
        if not reading.regular:
            raise ReaderError(FILE_TROUBLE, path=path, reason=NOT_REGULAR)
        parts: list[bytes] = []
        long = 0
        while chunk := reading.some():
            first, *more = chunk.split(b"\n")
            long += len(first)
            parts = [*parts, first] if long <= _LONGEST_LINE else [b"\0"]  # no line of ours, whatever else it holds
            if more:
                yield b"".join(parts)
                yield from more[:-1]
                parts, long = [more[-1]], len(more[-1])
    if any(parts):
        yield b"".join(parts)
