"""Prints of the made-up town's own: driving lists, instructions, a scan; and what became of each file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache

from reportlab.pdfgen.canvas import Canvas

from backupreader.domain.records import Delivery, Document, Issue, Origin, Receipt
from sync.adapter import Item
from tests.ui.townsfolk import day

TAKEN = "2026-11-22T04:15:00+01:00"
INSTRUCTION = "Nødkald virker ikke: ring 99 31 00 00.\fSide to: ved brand ring 112, luk dørene."


def pdf(*pages: str) -> bytes:
    """A PDF of some pages with a line each."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in pages:
        canvas.setFont("Helvetica", 24)
        canvas.drawString(72, 740, page)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def document(path: str, text: str | None, **facts: object) -> Document:
    """A print of the source ``tryk``."""
    known: dict[str, object] = {
        "id": f"tryk:{path}",
        "title": path.rpartition("/")[2].removesuffix(".pdf"),
        "media_type": "application/pdf",
        "content": pdf("KØRELISTE side 1", "KØRELISTE side 2"),
        "origin": Origin(path, 0),
        "text": text,
    }
    return Document(**{**known, **facts})  # type: ignore[arg-type]


@cache
def prints() -> tuple[Document, ...]:
    """The documents."""
    driving = {"kind": "driving-list"}
    return (
        document("Koerelister/Nord dag.pdf", "Nord dag 07:30 Kirsten", route="nord dag", date=day(0), **driving),
        document("Koerelister/Aften.pdf", "Aften 17:00 Møller", route="Aften", date=day(0), **driving),
        document("Koerelister/Aften i morgen.pdf", None, route="Aften", date=day(2), **driving),
        document("Koerelister/Uden rute.pdf", "Hvem som helst", date=day(0), **driving),
        document("Koerelister/Gammel.pdf", "Forrige uge", route="Aften", date=day(-6), **driving),
        document("Vejledning nødkald.pdf", INSTRUCTION, kind="Vejledning", author="Hjemmepleje Nord"),
        document("Scannet brev fra en meget lang afsender ved navn " + "Nørre-Sønderby Kommune " * 4 + ".pdf", None),
        document("Medicinlister/fremmed.pdf", "Marevan 2,5 mg", citizen="tryk:0101501234", kind="medicine-list"),
        document("Medicinlister/Kirsten.pdf", "Marevan nødkald", citizen="nexus:1", kind="medicine-list", date=day(-1)),
    )


def items() -> Iterator[Item]:
    """The documents, the receipts of their files and of others', and what was refused."""
    for number, one in enumerate(prints()):
        yield one
        yield Receipt(source="tryk", file=one.origin.file, read=1, filed=1, refused=0, left=number % 2)
    yield Issue(code="pdf-damaged", file="Koerelister/Nat.pdf", severity="error", table="document")
    yield Receipt(source="tryk", file="Koerelister/Nat.pdf", read=1, filed=0, refused=1)
    yield Receipt(source="FMK", file="medicin.csv", read=48, filed=47, refused=1, left=3)
    for number in range(130):
        yield Receipt(source="FMK", file=f"kort-{number:03}.xml", read=2, filed=2, refused=0)
    rows = len(prints())
    yield Delivery(
        source="tryk", table="document", taken_at=TAKEN, complete=False, read=rows + 1, filed=rows, refused=1
    )
