"""What kind of file a table lies in, told from its first bytes and never from its name; and how it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from sync.tables.textform import TextForm

if TYPE_CHECKING:
    from sync.tables.rows import Table

Kind: TypeAlias = Literal["text", "zip", "ole"]

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(path: Path) -> Kind:
    """A workbook is a zip (.xlsx, .ods) or an OLE container (.xls); what is neither is text, or is refused as text."""
    try:
        with path.open("rb") as stream:
            start = stream.read(len(_OLE))
    except OSError:
        return "text"  # reading it will tell
    return "zip" if start.startswith(_ZIP) else "ole" if start == _OLE else "text"


def open_table(path: Path, form: TextForm) -> Table:
    """The file's table, open at its headings. Raises `ReaderError`."""
    if kind_of(path) == "text":
        from sync.tables.blocks import Rows  # pandas: only where text is read

        return Rows(path, form)
    from sync.tables.workbook import Sheet  # python_calamine: only where a workbook is read

    return Sheet(path, form)
