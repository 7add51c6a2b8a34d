"""Where printed pages go: into the file that a person asked for, or through a pipe to a printer; nowhere else."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from backupreader.domain.errors import FILE_TROUBLE
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from printing import jobs
from printing.document import Document, Sheet, Subject
from printing.render import Rendered, render

NOT_ORDINARY: Final = Reason(N_("it is not an ordinary file"))


def to_file(document: Document, subjects: Iterable[Subject], sheet: Sheet, path: Path) -> Rendered:
    """The pages in `path`, readable by this user only. What stood there is replaced in one step, by a whole file.

    Without a subject nothing is written. Raises `ReaderError` (FILE_TROUBLE).
    """
    rendered, pages = in_memory(document, subjects, sheet)
    if rendered.pages:
        write(pages, path)
    return rendered


def to_printer(  # noqa: PLR0913, PLR0917 (what is printed of whom, how and where)
    document: Document,
    subjects: Iterable[Subject],
    sheet: Sheet,
    printer: str,
    sides: int = 1,
    before: Callable[[int], None] | None = None,
) -> tuple[Rendered, jobs.Job | None]:
    """The pages on a printer's queue; no job without a subject. Raises `ReaderError` (NO_PRINTER).

    `before` is told how many pages there are before any of them is sent; what it raises keeps them from it.
    """
    rendered, pages = in_memory(document, subjects, sheet)
    if not rendered.pages:
        return rendered, None
    if before is not None:
        before(rendered.pages)
    return rendered, jobs.submit(pages, printer, "Backup Reader", sides=sides, media=document.paper(sheet).upper())


def in_memory(document: Document, subjects: Iterable[Subject], sheet: Sheet) -> tuple[Rendered, bytes]:
    """The pages as a PDF that lies nowhere."""
    pages = io.BytesIO()
    return render(document, subjects, sheet, pages), pages.getvalue()


def write(content: bytes, path: Path) -> None:
    """A finished PDF in `path`, as `to_file` puts one there. Raises `ReaderError` (FILE_TROUBLE)."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise ReaderError(FILE_TROUBLE, path=path, reason=NOT_ORDINARY)  # a device would be replaced by a file
    part = path.parent / f".{path.name}.part"
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "wb") as file:  # noqa: PTH123 (a descriptor with its mode, not a path)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as trouble:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble
