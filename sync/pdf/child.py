"""The process in which PDFs are opened: the reader is C++ and the files are strangers' (see `text`, which starts it).

On standard input it is given a length (8 bytes, the greatest first) and that many bytes of one PDF, again and again.
On standard output it says ``{}`` when it is ready, and then answers in JSON lines: the number of pages, ``"locked"`` or
``"damaged"``; for each page its text, ``null`` where something stands on it but no text, ``false`` where it cannot be
read; at last ``{}``.

This file is run by its path and imports nothing of ours: it starts in a tenth of a second.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any, Final

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# (PDFium's Python face comes without types.)
import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

LENGTH_BYTES: Final = 8
MEMORY: Final = 320 << 20
"""Bytes that reading one PDF may take. Together with the exporter's own this stays below 512 MiB."""
_PR_SET_DUMPABLE: Final = 4
MOST_TEXT: Final = 8 << 20
"""Letters of one PDF that are read; no person's papers are longer."""


def main() -> None:
    """Answer until there is nothing more to read."""
    _bound_memory()
    _tell({})
    source = sys.stdin.buffer
    while len(head := source.read(LENGTH_BYTES)) == LENGTH_BYTES:
        for answer in answers(source.read(int.from_bytes(head, "big"))):
            _tell(answer)


def _tell(answer: Any) -> None:  # noqa: ANN401 (JSON)
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def answers(content: bytes, left: int = MOST_TEXT) -> Iterator[Any]:
    """What is told of one PDF, no more than so many letters of it."""
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as wrong:
        locked = wrong.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        yield "locked" if locked else "damaged"
        yield {}
        return
    with closing(pdf):
        with suppress(pypdfium2.PdfiumError):
            pdf.init_forms()  # without it, what was filled in a form is no part of the page
        yield len(pdf)
        for number in range(len(pdf)):
            if left <= 0:
                break
            text = _text(pdf, number, left)
            left -= len(text) if isinstance(text, str) else 0
            yield text
    yield {}


def _text(pdf: pypdfium2.PdfDocument, number: int, most: int) -> str | bool | None:
    try:
        page = _flattened(pdf, number)
        with closing(page), closing(page.get_textpage()) as text:
            found = text.get_text_range(count=min(most, text.count_chars())) if text.count_chars() else ""
            return found if found.strip() or not raw.FPDFPage_CountObjects(page) else None
    except pypdfium2.PdfiumError:
        return False


def _flattened(pdf: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """The page with what was filled in or noted on it as part of its text; the file itself is not touched."""
    page = pdf.get_page(number)
    if not raw.FPDFPage_GetAnnotCount(page) or pdf.formenv is None:
        return page
    with suppress(pypdfium2.PdfiumError):
        page.flatten()
    page.close()
    return pdf.get_page(number)


def _bound_memory() -> None:
    """What wants more than `MEMORY` ends this process, not the machine. Windows has no such bound for a process."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold a journal in plain text
    if sys.platform == "linux":  # as `backupreader.seclusion` does, which this process does not load
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


if __name__ == "__main__":
    main()
