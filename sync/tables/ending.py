"""The end of a file: what the profile says about it must be so, otherwise the file was cut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from backupreader.domain.trouble import Reason
from backupreader.language import N_
from sync.tables.textform import ROWS, TextForm

_NO_TRAILER: Final = Reason(N_("its last line, which counts the rows, is missing"))
_NO_END: Final = Reason(N_("its last line has no end"))


@dataclass(frozen=True, slots=True)
class Ended:
    """The rows without what follows them, or the reason why the file is not whole."""

    rest: bytes
    reason: Reason | None = None


class Ending:
    """Checks one file's end. `stated` is the number of rows that its last line gives."""

    def __init__(self, form: TextForm) -> None:
        self._form = form
        self.stated: int | None = None
        self.unended = False

    def check(self, rest: bytes) -> Ended:
        """`rest` is the end of the file. A last row without its line end gets one, and is `unended`."""
        if self._form.trailer:
            whole = rest.rstrip(b"\r\n")
            start = max(whole.rfind(b"\n"), whole.rfind(b"\r")) + 1
            before, _, after = self._form.trailer.partition(ROWS)
            found = re.fullmatch(rf"{re.escape(before)}(\d+){re.escape(after)}", whole[start:].decode().strip())
            if found is None:
                return Ended(rest, _NO_TRAILER)
            self.stated = int(found[1])
            return Ended(rest[:start])
        if rest and not rest.endswith((b"\n", b"\r")):
            if self._form.last_line_ends:
                return Ended(rest, _NO_END)
            self.unended = True
            return Ended(rest + b"\n")
        return Ended(rest)
