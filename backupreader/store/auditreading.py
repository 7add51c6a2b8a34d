"""Reading the audit back: its chain, which needs no secret, and its acts, for those whom their keys are sealed to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backupreader.domain.acts import Act, Anchor
from backupreader.domain.errors import Reason
from backupreader.language import N_
from backupreader.store import auditline
from backupreader.store.audit import LOG, Anchors
from backupreader.store.auditline import START, AuditPurpose, BadLine, BoxLine, KeyLine, Ratchet, chained
from backupreader.store.files import Files
from backupreader.store.seal import Closed, open_key, open_once

_MOST_MISSING: Final = 2_000
CUT: Final = N_("the audit once stood at {anchor}, and no such line is there: lines were taken away or changed")
BOXED: Final = N_("line {number} does not open: it was changed, or written by another program")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit as a reader sees it.

    `act` is None where it is sealed to others only, or is none (the line of a key, one that a crash cut off).
    """

    anchor: Anchor
    act: Act | None = None
    late: bool = False
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


def entries(folder: Path, seeds: Mapping[str, bytes], files: Files) -> Iterator[Entry]:
    """Every line of the audit in a folder, in order. `seeds` are a reader's vault seeds, by vault id; none needed.

    Raises FILE_TROUBLE when the disk does not give it back.
    """
    ratchets: dict[int, Ratchet | None] = {}
    for link in chained(_lines(folder / LOG, files)):
        line = link.line
        if line is None:
            yield Entry(link.anchor, torn=True)
        elif isinstance(line, KeyLine):
            ratchets[line.number] = _ratchet(line, seeds)
            if link.fault is not None:
                yield Entry(link.anchor, fault=link.fault)
        else:
            yield _opened(line, link.anchor, link.fault, ratchets)


def judged(folder: Path, found: Iterable[Entry], files: Files, more: Sequence[str] = ()) -> Verdict:
    """The verdict on all `found` entries of a folder; `more` are anchors as pages print them, to be looked for too."""
    faults: list[Reason] = []
    acts = torn = closed = 0
    last = START
    heads: dict[int, str] = {}
    for entry in found:
        last = entry.anchor
        heads[last.number] = last.head
        acts += not entry.torn
        torn += entry.torn
        closed += entry.closed
        if entry.fault is not None:
            faults.append(entry.fault)
    known = Anchors(folder, files).read()
    faults += [Reason(CUT, {"anchor": str(one)}) for one in known if heads.get(one.number) != one.head]
    there = [Anchor(number, head) for number, head in heads.items()] if more else []
    faults += [Reason(CUT, {"anchor": text}) for text in more if not any(_means(text, one) for one in there)]
    return Verdict(acts, last, tuple(faults), torn, closed)


def _means(text: str, anchor: Anchor) -> bool:
    """Whether a page's anchor, typed in any spacing, is this one."""
    number, _, head = text.replace("·", " ").strip().partition(" ")
    start = "".join(head.split()).casefold()
    return number == str(anchor.number) and len(start) >= 8 and anchor.head.startswith(start)  # noqa: PLR2004


def _ratchet(line: KeyLine, seeds: Mapping[str, bytes]) -> Ratchet | None:
    for recipient, seed in seeds.items():
        if recipient in line.keys:
            purpose = AuditPurpose(recipient=recipient, number=line.number, prev=line.prev)
            try:
                return Ratchet(open_key(line.keys[recipient], seed, purpose))
            except Closed:
                return None
    return None


def _opened(line: BoxLine, anchor: Anchor, fault: Reason | None, ratchets: Mapping[int, Ratchet | None]) -> Entry:
    wrong = Reason(BOXED, {"number": line.number})
    if line.key not in ratchets:
        return Entry(anchor, closed=True, fault=fault or wrong)
    ratchet = ratchets[line.key]
    if ratchet is None:
        return Entry(anchor, closed=True, fault=fault)
    try:
        act, late = auditline.read_act(_plain(line, ratchet))
    except (Closed, BadLine):
        return Entry(anchor, closed=True, fault=fault or wrong)
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
    if not path.exists():
        return
    rest = b""
    with files.open(path) as reading:
        while chunk := reading.some():
            *whole, rest = (rest + chunk).split(b"\n")
            yield from whole
    if rest:
        yield rest
