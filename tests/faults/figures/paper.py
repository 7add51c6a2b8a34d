"""F20: people's text on paper. Cruel notes go into a real generation, are read back, printed in every document, and read
off the PDF again: each is there, whole and in order, as `printing.text` promises.

Each text stands between two marks on lines of their own. Heads and feet of pages are cut off by their place. In a table
a text that no page can hold has the other cells of its row in its midst: there every character must be on the paper as
often as it should.
"""

from __future__ import annotations

import io
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pypdfium2

from backupreader.domain.records import Citizen, Delivery, Intervention, Medication, Note, Origin, Unit, Visit
from backupreader.language import Language
from backupreader.store import database
from backupreader.store.files import Files
from backupreader.store.reader import Reader
from printing import page as pages
from printing.document import Sheet, Subject
from printing.documents import document
from printing.leaves import leaves
from printing.render import render
from printing.text import BODY, lay, visible
from sync.adapter import Item
from sync.build import build
from tests.faults.figure import Amount, Tried
from tests.faults.world import World
from tests.printing.cruel import MIRROR, a_note, hyphened, same

FIGURES: Final = ("F20",)
NOTES: Final = {Amount.BOUNDED: 1500, Amount.LONG: 10_000}
ZONE: Final = ZoneInfo("Europe/Copenhagen")
NOW: Final = datetime(2026, 11, 22, 8, 42, tzinfo=ZONE)
TAKEN: Final = "2026-11-22T05:30:00+01:00"
HERE: Final = Origin("cruel.csv", 1)
KEY: Final = bytes(range(32))
GIANT: Final = {
    "journal": 200_000,
    "medication-list": 20_000,
    "medicine-sheet": 20_000,
    "driving-list": 20_000,
    "summary": 20_000,
    "care-plan": 200_000,
    "pn-sheet": 20_000,
}
NARROWEST: Final = 130.0
MOST_LINES: Final = 20
"""No column of people's text is narrower, in points; so many lines of one row every table has room for on a page."""
SHARES: Final = {
    "journal": 0.4,
    "medication-list": 0.1,
    "medicine-sheet": 0.1,
    "driving-list": 0.1,
    "summary": 0.1,
    "care-plan": 0.1,
    "pn-sheet": 0.1,
}
TOGETHER: Final = {
    "journal": 100,
    "medication-list": 10,
    "medicine-sheet": 10,
    "driving-list": 10,
    "summary": 1,
    "care-plan": 10,
    "pn-sheet": 10,
}
"""So many texts stand in one document."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its marks."""

    number: int
    text: str

    @property
    def marked(self) -> str:
        return f"Q{self.number}a\n{self.text}\nQ{self.number}z"


@dataclass(frozen=True, slots=True)
class Sheaf:
    """What is printed together: a document about one citizen or one route."""

    document: str
    key: str
    texts: tuple[Text, ...]

    def items(self) -> Iterator[Item]:
        who = f"c:{self.key}"
        remark = self.texts[0].marked if self.document == "summary" else None
        yield Citizen(id=who, name=f"Kirsten {self.key}", unit="u:1", remark=remark, origin=HERE)
        for text in self.texts:
            name = str(text.number)
            if self.document == "journal":
                yield Note(id=name, citizen=who, text=text.marked, written_at="2026-11-21T21:40", origin=HERE)
            elif self.document == "care-plan":
                yield Intervention(id=name, citizen=who, text="Indsats", instruction=text.marked, origin=HERE)
            elif self.document in {"medication-list", "medicine-sheet", "pn-sheet"}:
                yield Medication(
                    id=name,
                    citizen=who,
                    drug=f"Drug {name}",
                    kind="prn" if self.document == "pn-sheet" else "fixed",
                    start="2026-01-01",
                    dosage_text=text.marked,
                    origin=HERE,
                )
            elif self.document == "driving-list":
                yield Visit(
                    id=name,
                    citizen=who,
                    route=self.key,
                    start="2026-11-22T09:00",
                    zone="Europe/Copenhagen",
                    tasks=text.marked,
                    origin=HERE,
                )

    def subject(self, reader: Reader) -> Subject:
        if self.document == "driving-list":
            return Subject(driving_list=reader.driving_list(self.key, NOW.date()))
        return Subject(journal=reader.journal(f"c:{self.key}", notes=len(self.texts)))


def tried(amount: Amount, folder: Path) -> Iterator[Tried]:
    """So many notes in all documents, one of them a word of 200,000 letters; every document in one generation."""
    sheaves = list(_sheaves(NOTES[amount]))
    path = folder / "cruel.db"
    build(_items(sheaves), path, KEY, files=Files(), tick=lambda _done, _total: None)
    manifest = World(folder).manifest(1, path)
    cases, violations = 0, []
    with closing(Reader(database.open_reader(path, KEY), manifest)) as reader:
        for sheaf in sheaves:
            cases += len(sheaf.texts)
            try:
                drawn = _read_off(sheaf.document, sheaf.subject(reader))
            except Exception as escaped:  # noqa: BLE001 (whatever it is, nothing is printed)
                violations.append(f"{sheaf.document} {sheaf.key}: {type(escaped).__name__} escaped: {escaped}")
                continue
            violations += [
                f"{sheaf.document} {sheaf.key}: {wrong}" for wrong in _missing(sheaf.document, sheaf.texts, drawn)
            ]
    yield Tried(
        id="F20",
        what="cruel texts in seven documents, put into a generation and read off the paper",
        cases=cases,
        goal=NOTES[amount],
        violations=tuple(violations),
    )


def _sheaves(total: int) -> Iterator[Sheaf]:
    chance, numbers = random.Random(20), count()
    for name, share in SHARES.items():
        left = int(total * share)
        while left:
            texts = tuple(Text(next(numbers), _cruel(chance)) for _ in range(min(TOGETHER[name], left)))
            left -= len(texts)
            yield Sheaf(name, f"{name}-{texts[0].number}", texts)
    for name, length in GIANT.items():
        word = "".join(chance.choice("abcdefghijæøå") for _ in range(length))
        yield Sheaf(name, f"{name}-giant", (Text(next(numbers), word),))


def _cruel(chance: random.Random) -> str:
    """A note that a base can hold: half a surrogate pair is no text in it."""
    return a_note(chance).encode("utf-8", "ignore").decode("utf-8")


def _items(sheaves: Iterable[Sheaf]) -> Iterator[Item]:
    yield Unit(id="u:1", name="Team Nord", origin=HERE)
    for sheaf in sheaves:
        yield from sheaf.items()
    for table in ("unit", "citizen", "note", "intervention", "medication", "visit"):
        yield Delivery(source="c", table=table, taken_at=TAKEN, complete=True, read=1, filed=1, refused=0)


def _read_off(name: str, subject: Subject) -> str:
    """The text between heads and feet of all pages, in the order in which it was drawn."""
    sheet = Sheet(
        language=Language("da"), now=NOW, day=NOW.date(), site="nordby", printed_by="Mette Lund", generation="1-42"
    )
    chosen, out = document(name), io.BytesIO()
    render(chosen, [subject], sheet, out)
    frame = leaves(chosen, subject, sheet)
    top = frame._size[1] - pages._TOP - frame._head.high
    foot = pages._MARGIN - 4 + frame._foot.high
    with pypdfium2.PdfDocument(out.getvalue()) as pdf:
        parts = (one.get_textpage().get_text_bounded(bottom=foot, top=top) for one in pdf)
        return "\n".join(hyphened(part) for part in parts)


def _missing(name: str, texts: Sequence[Text], drawn: str) -> Iterator[str]:
    for text in texts:
        if name != "journal" and len(lay(((text.text, False),), BODY, NARROWEST)) > MOST_LINES:
            if Counter(_letters(visible(text.text))) - Counter(_letters(drawn)):
                yield f"characters of text {text.number} are missing"
            continue
        found = re.findall(rf"Q{text.number}a\s(.*?)Q{text.number}z", drawn, re.DOTALL)
        if len(found) != 1:
            yield f"text {text.number} is there {len(found)} times"
        elif not same(text.text, found[0]):
            yield f"text {text.number} differs: {text.text[:60]!r} … {found[0][:60]!r}"


def _letters(text: str) -> str:
    return unicodedata.normalize("NFKD", "".join(text.split())).translate(MIRROR)
