"""The last pages of a PDF as a PDF, in memory. A print system's page ranges hold only where its filters know them."""

# The library tells its types to nobody.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
from __future__ import annotations

import io


class Unreadable(Exception):
    """It is no PDF that can be read."""


def page_count(pdf: bytes) -> int:
    """How many pages there are. Raises `Unreadable`."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            return len(document)
    except pypdfium2.PdfiumError as trouble:
        raise Unreadable from trouble


def cut(pdf: bytes, first: int) -> bytes:
    """The pages from `first` (1 is the first of all) to the last, each as it was; from 1, the same bytes."""
    if first == 1:
        return pdf
    import pypdfium2

    out = io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as document, pypdfium2.PdfDocument.new() as remaining:
        remaining.import_pages(document, list(range(first - 1, len(document))))
        remaining.save(out)
    return out.getvalue()
