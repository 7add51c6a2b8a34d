"""Totals and footnotes under a table, as the profile's expressions tell them, and the number of rows they state."""

from __future__ import annotations

import re

from sync.tables.textform import ROWS, TextForm, footer_pattern


class Footers:
    """Tells a footer from a row by its first filled cell. `stated` is the number of rows that one of them gave."""

    def __init__(self, form: TextForm, trailer: str = "") -> None:
        self._patterns = tuple(footer_pattern(expression) for expression in form.footer)
        if trailer:
            self._patterns += (footer_pattern(re.escape(trailer).replace(re.escape(ROWS), ROWS)),)
        sign, quote = re.escape(form.delimiter), re.escape(form.quote)
        quoted = f"{quote}(?P<quoted>(?:[^{quote}]|{quote}{quote})*){quote}|" if quote else ""
        empty = f"(?:[ ]*(?:{quote}{quote})?[ ]*{sign})*[ ]*"
        self._first = re.compile(f"{empty}(?:{quoted}(?P<bare>[^{sign}\r\n]*))")
        self.stated: int | None = None

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def is_line(self, raw: str) -> bool:
        """Is this line of text one?"""
        found = self._first.match(raw)
        if found is None:
            return False
        quoted = found.groupdict().get("quoted")
        return self.is_cell(quoted if quoted is not None else found["bare"])

    def is_cell(self, first: str) -> bool:
        """Is a row one whose first filled cell is this?"""
        bare = first.strip()
        for pattern in self._patterns:
            found = pattern.fullmatch(bare)
            if found is not None:
                rows = found.groupdict().get("rows")
                if rows is not None:
                    self.stated = int(rows)
                return True
        return False
