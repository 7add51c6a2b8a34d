"""Makes the PDFs that the tests read: prints as a care system writes them, and files that nobody should have written.

Run as a program it writes the ones that are kept under ``tests/data`` anew.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfgen import canvas

DATA = Path(__file__).resolve().parents[1] / "data"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 900 900]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>"


def printed(*pages: Sequence[str], password: str | None = None, field: str | None = None) -> bytes:
    """A PDF with these lines on its pages; an empty page stays blank, and ``picture`` is a scan."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out, invariant=1, pageCompression=1, encrypt=password)
    for lines in pages:
        for number, line in enumerate(lines):
            if line == "picture":
                sheet.rect(50, 50, 300, 300, fill=1)
            else:
                sheet.drawString(50, 800 - 18 * number, line)
        if field is not None:
            sheet.acroForm.textfield(name="field", value=field, x=50, y=100, width=200, height=20)
        sheet.showPage()
    former, rl_config.useA85 = rl_config.useA85, 1  # as reportlab comes, whatever else has set it to
    try:
        sheet.save()
    finally:
        rl_config.useA85 = former
    return out.getvalue()


def driving_list(route: str, day: str, visits: int = 2, pages: int = 1) -> bytes:
    """A route's driving list in Danish."""
    head = ["Køreliste", f"Rute: {route}", f"Dato: {day}", "Udskrevet: 21-11-2026 16:00"]
    rows = [f"{7 + n // 4:02}:{n % 4 * 15:02}  Kirsten Prøve  Ågade {n}  Personlig pleje" for n in range(visits)]
    return printed(*([*head, *rows] for _ in range(pages)))


def written(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its root."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(objects) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(content), content)


def page(content: bytes, forms: Sequence[bytes] = ()) -> bytes:
    """A PDF of one page with this content; the first of `forms`, which are objects from 6 on, is its ``/X``."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    around = b"/XObject<</X 6 0 R>>" if forms else b""
    root = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    return written([*root, PAGE % around, content, font, *forms])


@cache
def bombs() -> dict[str, bytes]:
    """PDFs that are small and want all the time or memory there is."""
    packer = zlib.compressobj(9)
    blanks = b"".join(packer.compress(b" " * 1_000_000) for _ in range(1_000)) + packer.flush()
    twice = stream(zlib.compress(blanks, 9), b"/Filter[/FlateDecode/FlateDecode]")
    drawn_ten_times = [stream(b"/X Do " * 10, FORM % (7 + level)) for level in range(12)]
    words = b"BT /F 12 Tf 10 10 Td (Hej med dig) Tj ET\n" * 2_000_000
    return {
        "a-gigabyte-of-blanks.pdf": page(twice),
        "forms-in-forms.pdf": page(stream(b"/X Do"), [*drawn_ten_times, stream(b"BT /F 9 Tf (lol) Tj ET", FORM % 6)]),
        "a-form-in-itself.pdf": page(stream(b"/X Do"), [stream(b"/X Do /X Do", FORM % 6)]),
        "pages-in-themselves.pdf": written(
            [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000000>>"]
        ),
        "more-pages-than-there-are.pdf": written(
            [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 100000>>"]
        ),
        "deep.pdf": written([b"<</A" * 2_000]),
        "deeper.pdf": page(stream(zlib.compress(b"[" * 5_000_000, 9), b"/Filter/FlateDecode")),
        "endless-words.pdf": page(stream(zlib.compress(words, 9), b"/Filter/FlateDecode")),
    }


def broken() -> dict[str, bytes]:
    """The named files of ``tests/data/pdf``."""
    whole = driving_list("Rute 1", "22-11-2026")
    small = {name: content for name, content in bombs().items() if len(content) < 20_000}
    return {
        **small,
        "zero-byte.pdf": b"",
        "error-page.pdf": b"<!DOCTYPE html>\n<html><title>503 Tjenesten svarer ikke</title></html>\n",
        "cut.pdf": whole[: whole.rindex(b"%%EOF")],
        "cut-in-half.pdf": whole[: len(whole) // 2],
        "junk.pdf": b"%PDF-1.4\n" + bytes(range(256)) * 4,
        "password.pdf": printed(["Hemmelig"], password="1234"),
        "scan.pdf": printed(["picture"], ["picture"]),
        "scan-among-text.pdf": printed(["Første side"], ["picture"], [], ["Sidste side"]),
        "filled-form.pdf": printed(["Skema"], field="Marevan 5 mg"),
        "another-date.pdf": driving_list("Rute 1", "21-11-2026"),
        "mark-after-junk.pdf": b"\n\n" + whole,
    }


def export() -> dict[str, bytes]:
    """The small export of ``tests/data/exports/pdf``: test people only."""
    number = ["CPR-nr.: 610148-0011", "Udskrevet: 21-11-2026 16:05"]
    return {
        "Kørelister/2026-11-22/Rute 1/Rute 1_2026-11-22.pdf": driving_list("Rute 1", "22-11-2026"),
        "Kørelister/2026-11-22/Rute 2/Rute 2_2026-11-22.pdf": driving_list("Rute 2", "22-11-2026", 5, pages=2),
        "Kørelister/2026-02-30/Rute 3.pdf": printed(["Køreliste", "Rute 3"]),
        "Körlistor/2026-11-22/Slinga 1_2026-11-22.pdf": printed(["Körlista", "Datum: 2026-11-22", "Hemtjänst"]),
        "Medicinlister/2026-11-22/Team Nord/Kirsten Prøve 610148-0011.pdf": printed(
            ["Medicinliste", "Kirsten Prøve", *number, "Marevan 2,5 mg kl. 08"]
        ),
        "Medicinlister/2026-11-22/liste 2.pdf": printed(["Medicinliste", *number, "Pinex 1 g ved smerter"]),
        "Borgere/6101480011/Handleplan.pdf": printed(["Handleplan", *number], ["Mål: går selv til postkassen"]),
        "Borgere/6101480011/Brev.pdf": printed(["picture"]),
        "Brukare/19121212-1212/Genomförandeplan.pdf": printed(["Personnummer: 121212-1212", "Mål: promenad"]),
        "Vejledning.PDF": printed(["Sådan bruges mappen"]),
    }


if __name__ == "__main__":
    for folder, made in (("exports/pdf", export()), ("pdf", broken())):
        for name, content in made.items():
            (DATA / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (DATA / folder / name).write_bytes(content)
