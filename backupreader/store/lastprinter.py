"""Which printer this PC's last pages went to. It tells nothing of anybody; a page in the wrong corridor does.

state/printer-a, -b     its name
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from backupreader.domain.trouble import ReaderError
from backupreader.store.copies import Copies
from backupreader.store.files import Files


class LastPrinter:
    """See the module. What cannot be read or written keeps no page from being printed."""

    def __init__(self, data: Path, files: Files) -> None:
        self._copies = Copies(data / "state", "printer", files)

    @property
    def name(self) -> str:
        """Its name; empty where none is known."""
        value = self._copies.read()
        return value if isinstance(value, str) else ""

    def used(self, name: str) -> None:
        """Pages went to this one."""
        if name != self.name:
            with suppress(ReaderError):
                self._copies.write(name)
