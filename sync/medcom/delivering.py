"""A whole read: every letter of every file, what became of each, and last the persons and what was delivered."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.errors import FILE_TROUBLE
from backupreader.domain.records import TABLES, Delivery, Document, Issue, Origin, Receipt
from backupreader.domain.trouble import ReaderError
from sync.adapter import Item, Source
from sync.markup import Element
from sync.medcom import letters
from sync.medcom.contacts import Contacts
from sync.medcom.envelope import Letter, messages
from sync.medcom.people import People
from sync.medcom.reading import SHOWN_OF_A_VALUE, Reading
from sync.medcom.words import ANNULLED, NOT_CARRIED

_DELIVERED: Final = ("citizen", "contact", "note", "medication", "document")
_BEFORE_ALL: Final = moments.UNDATED - 1
_TABLE_OF: Final = {record: table for table, record in TABLES.items()}


class Export:
    """The letters of one source."""

    def __init__(self, source: Source, files: Sequence[Path]) -> None:
        self._source = source
        self._files = sorted(files)
        self._reading = Reading(source.name, source.zone)
        self._people = People()
        self._contacts = Contacts()
        self._seen: dict[str, str] = {}
        self._left: set[str] = set()
        self._filed: Counter[str] = Counter()
        self._refused = 0

    def items(self) -> Iterator[Item]:
        """Every record and issue; one receipt a file; then the citizens, and the deliveries."""
        for path in self._files:
            yield from self._file(path)
        for item in self._people.citizens(self._source.zone):
            self._filed[_TABLE_OF.get(type(item), "")] += 1  # type: ignore[arg-type]
            yield item
        yield from self._deliveries()

    def _file(self, path: Path) -> Iterator[Item]:
        label = self._source.label(path)
        became: Counter[str] = Counter()
        self._left = set()
        for row, found in enumerate(messages(path), start=1):
            self._reading.begin(Origin(label, row), "")
            if isinstance(found, Letter):
                self._letter(found)
                kept = any(not isinstance(item, Issue) for item in self._reading.out)
                repeated = any(
                    isinstance(item, Issue) and item.code == "resource-repeated" for item in self._reading.out
                )
                became["filed" if kept else "left" if repeated else "refused"] += 1
            else:
                self._reading.issue(found.code, None, found.value, found.severity)
                became["left" if found.left else "refused"] += 1
            for item in self._reading.out:
                if not isinstance(item, Issue):
                    self._filed[_TABLE_OF[type(item)]] += 1  # type: ignore[index]
                yield item
        self._refused += became["refused"]
        yield Receipt(
            source=self._source.name,
            file=label,
            read=became["filed"] + became["refused"],
            filed=became["filed"],
            refused=became["refused"],
            left=became["left"],
        )

    def _letter(self, found: Letter) -> None:
        reading, letter = self._reading, found.element
        reading.kind = letter.name
        id_ = self._id(letter)
        if id_ is None:
            return
        if found.doubt is not None:
            reading.issue("encoding-doubtful", None, found.doubt)
        written_at = reading.moment(letter.first("Letter/Authorisation"), "Letter/Authorisation")
        if written_at is None and found.envelope is not None:
            written_at = reading.moment(found.envelope.first("Sent"), "Envelope/Sent")
        known = letters.facts(reading, letter, id_, written_at)
        citizen = self._citizen(letter, id_, written_at)
        letters.documents(reading, letter, known, citizen)
        if citizen is not None:
            reading.out.append(letters.note(reading, letter, known, citizen))
            reading.out += letters.medications(reading, letter, known, citizen)
            if known.status_source != ANNULLED:
                reading.out += self._contacts.of(reading, letter, citizen)
        elif not any(isinstance(item, Document) for item in reading.out):
            reading.issue("citizen-missing", "Patient", letters.whole_text(letter, known), "error")
            return
        self._left_unread(letter)

    def _citizen(self, letter: Element, id_: str, written_at: str | None) -> str | None:
        patient = letter.first("Patient")
        if patient is None:
            return None
        order = moments.order(written_at, ZoneInfo(self._source.zone))
        if letter.value("Letter/StatusCode") == ANNULLED:
            order = _BEFORE_ALL  # it may name another person: what any other letter says stands
        citizen = self._people.citizen(self._reading, patient, order, id_)
        if citizen is not None:
            self._people.notice(self._reading, letter, citizen, written_at)
        return citizen

    def _id(self, letter: Element) -> str | None:
        """Unique: a sender numbers its own letters. None, and an issue, for a letter that has been read already."""
        own, sender = letter.value("Letter/Identifier"), letter.value("Sender/EANIdentifier")
        said = _said(letter)
        if own is None:
            own = said
            self._reading.issue("id-missing", "Letter/Identifier", own)
        id_ = f"{self._source.name}:{'/'.join(filter(None, (sender, own)))}"
        number, key = 1, id_
        while (before := self._seen.setdefault(key, said)) is not said:
            if before == said:
                self._reading.issue("resource-repeated", "Letter/Identifier", own, "note")
                return None
            number += 1
            key = f"{id_}~{number}"
        if number > 1:
            self._reading.issue("resource-differs", "Letter/Identifier", own)
        return key

    def _left_unread(self, letter: Element) -> None:
        """What nobody asked for and no table names: once a path and file."""
        for path, _, text in letter.left():
            if path not in self._left and path.rpartition("/")[2].removeprefix("@") not in NOT_CARRIED:
                self._left.add(path)
                self._reading.out.append(
                    Issue(
                        code="element-left-unread",
                        file=self._reading.origin.file,
                        row=self._reading.origin.row,
                        column=path,
                        value=text[:SHOWN_OF_A_VALUE],
                        severity="note",
                    )
                )

    def _deliveries(self) -> Iterator[Delivery]:
        taken_at = self._source.taken_at or min(map(_written, self._files))
        for table in _DELIVERED:
            refused = self._refused if table == "note" else 0
            yield Delivery(
                source=self._source.name,
                table=table,
                taken_at=taken_at,
                complete=False if refused else None,
                read=self._filed[table] + refused,
                filed=self._filed[table],
                refused=refused,
            )


def _said(element: Element) -> str:
    """All that a letter says: equal for two that say the same, however they are indented."""
    digest = hashlib.blake2b(digest_size=8)
    waiting = [(0, element)]
    while waiting:
        at, one = waiting.pop()
        text = one.text.strip()
        digest.update(f"<{one.name} {sorted(one.attributes.items())}>{at}:{text}".encode())
        waiting += [(child.at if text else 0, child) for child in one.children]
    return digest.hexdigest()


def _written(path: Path) -> str:
    try:
        written = path.stat().st_mtime
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble
    return datetime.fromtimestamp(written, UTC).isoformat(timespec="seconds")
