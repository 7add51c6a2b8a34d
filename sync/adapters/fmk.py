"""FMK medicine cards as XML, 1.4.x and 1.6: one card a file, or many in an envelope.

The orders are those of the FMK list (`Medication.list` is ``FMK``); ids are ``<source name>:<FMK's identifier>``, the
citizen's is the person number. A card is a view of a moment: it was taken when the service answered, where the answer
says so (`RequestDateTime`, or `Created` of its SOAP header), else when the file was written. Of several cards of one
citizen the one that was fetched last is taken; the others, and historic versions, are left with an `Issue`. A receipt
counts the cards and their entries: orders, private-marked and invalid ones, loose prescriptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.errors import FILE_TROUBLE
from backupreader.domain.records import Issue, Receipt
from backupreader.domain.trouble import ReaderError
from sync import markup
from sync.adapter import Item, Source
from sync.fmk.cards import Cards, Outcome, changed, number_of
from sync.fmk.schema import CARDS, ROOTS, STAMPS, of_the_family
from sync.fmk.tally import Tally

_CARD_END: Final = re.compile(rb"</(?:[^<>:\s]{1,40}:)?MedicineCard\s{0,9}>")
_PIECE: Final = 1 << 20
_OVERLAP: Final = 64  # bytes, in which an end stands whole


class Fmk:
    """See `sync.adapter` for what an adapter promises."""

    name = "fmk"

    def claims(self, path: Path) -> bool:
        """XML whose first 64 KiB hold a medicine card, or the answer that brings one."""
        return any(found.name in ROOTS and of_the_family(found.namespace) for found in markup.beginning(path))

    def read(self, source: Source, files: Sequence[Path]) -> Iterator[Item]:
        """Every record and issue of `files`, the newest first, then a `Delivery` for each table."""
        zone = ZoneInfo(source.zone)
        stamps = {path: _taken_at(path, zone) for path in sorted(files)}
        newest = sorted(stamps, key=lambda path: moments.order(stamps[path], zone), reverse=True)
        cards, tally = Cards(f"{source.name}:", zone), Tally(source, stamps, zone)
        for path in newest:
            yield from _file(source, path, cards, tally)
        yield from tally.deliveries()


def _file(source: Source, path: Path, cards: Cards, tally: Tally) -> Iterator[Item]:
    """One file's cards, then what stands around them, then its receipt."""
    label = source.label(path)
    total = Outcome(0)
    cards.begin(_latest(path, ZoneInfo(source.zone)))
    for element in markup.records(path, CARDS):
        if element.name not in CARDS:
            if total.read == 0:
                yield Issue(code="card-missing", file=label, row=element.line, column=element.name, severity="error")
                total = Outcome(1, refused=1)
            yield from cards.unread(label, element, envelope=True)
            continue
        outcome = Outcome(0)
        for item in cards.read(label, element, outcome):
            tally.count(item)
            yield item
        tally.became(outcome)
        total.read += outcome.read
        total.refused += outcome.refused
        total.left += outcome.left
    told = total.read - total.left
    yield Receipt(
        source=source.name,
        file=label,
        read=told,
        filed=told - total.refused,
        refused=total.refused,
        left=total.left,
    )


def _latest(path: Path, zone: ZoneInfo) -> dict[str, int]:
    """When the newest card of each number was changed, in a file that holds several cards: versions may stand in it."""
    if not _holds_several(path):
        return {}
    latest: dict[str, int] = {}
    for element in markup.records(path, CARDS):
        if element.name in CARDS and (number := number_of(element)):
            latest[number] = max(changed(element, zone), latest.get(number, 0))
    return latest


def _holds_several(path: Path) -> bool:
    """May the file hold more than one card? Most hold one, and need no second reading."""
    found, before = 0, b""
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                found += len(_CARD_END.findall(before + piece))
                before = piece[-_OVERLAP:]
        return found > 1
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble


def _taken_at(path: Path, zone: ZoneInfo) -> str:
    """When the answer was made, by its own word, else when the file was last written."""
    before = takewhile(lambda found: found.name not in CARDS, markup.beginning(path))
    stamps = [found.text.strip() for found in list(before) if found.name in STAMPS]
    stated = next((text for text in stamps if moments.instant(text, zone) is not None), None)
    if stated is not None:
        return stated
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).astimezone(zone).isoformat(timespec="seconds")
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble


ADAPTER: Final = Fmk()
