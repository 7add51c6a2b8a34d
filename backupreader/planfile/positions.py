"""Where everything in a TOML text stands: `tomllib` tells what a text says, but not in which line.

`scan` takes in more than TOML allows, and never less: where it loses its way, `tomllib` has refused the text there or
before. What would cost `tomllib` more than it is worth (a key of a thousand parts, lists in lists in lists, numbers
without end) it tells itself; so it is run first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from backupreader.domain.trouble import Reason
from backupreader.language import N_

Path = tuple[str | int, ...]
"""The keys, and in lists the places from 0, that lead to a value."""

_DEEPEST: Final = 32
_LONGEST_VALUE: Final = 400
_BLANKS: Final = re.compile(r"[ \t]*+")
_GAP: Final = re.compile(r"(?:[ \t\n]++|#[^\n]*+)*+")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]++")
_BARE_VALUE: Final = re.compile(r"[^,\]}#\n]++")
_BASIC: Final = re.compile(r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"')
_LITERAL: Final = re.compile(r"'[^'\n]*+'")
_LONG_BASIC: Final = re.compile(r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{3,5}', re.DOTALL)
_LONG_LITERAL: Final = re.compile(r"'''(?:[^']++|'{1,2}(?!'))*+'{3,5}")
_PLAIN: Final = re.compile(r'([A-Za-z0-9_-]++)[ \t]*+=[ \t]*+(?:"[^"\\\n]*+"(?!")|[A-Za-z0-9:-]{1,40}+)[ \t]*+(?=\n)')
"""One short pair of a line, as most are."""
_QUOTES: Final = {'"""': _LONG_BASIC, "'''": _LONG_LITERAL, '"': _BASIC, "'": _LITERAL}
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_LETTERS: Final = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}
_TOO_DEEP = N_("What stands here has too many parts within each other: at most {most}")
_TOO_LONG = N_("The number or the time that stands here is too long: at most {most} characters")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stands in a line that no plan needs, and that is refused before it is read."""

    line: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Scan:
    """The line of every table, key and element, from 1; the root has none. Right where the text is TOML."""

    lines: Mapping[Path, int]
    trouble: Trouble | None = None


def scan(text: str) -> Scan:
    """The lines of a text; with a trouble they go as far as that."""
    walk = _Walk(text.replace("\r\n", "\n"))
    try:
        walk.all()
    except _Lost:
        pass
    except _Refused as refused:
        return Scan(walk.lines, Trouble(walk.line(walk.at), refused.reason))
    return Scan(walk.lines)


class _Lost(Exception):
    """This is not TOML."""


class _Refused(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class _Walk:
    """One way through a text; `at` is how far it has come."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._starts = [found.end() for found in re.finditer("\n", text)]
        self._lengths: dict[Path, int] = {}  # of each [[list of tables]]

    def line(self, at: int) -> int:
        """The line in which this character stands."""
        return bisect_right(self._starts, at) + 1

    def all(self) -> None:
        """Every table and every key of the text."""
        table: Path = ()
        self._take(_GAP)
        while self.at < len(self.text):
            if found := _PLAIN.match(self.text, self.at):
                self.lines.setdefault((*table, found[1]), self.line(self.at))
                self.at = found.end()
            elif self._is("["):
                table = self._header()
            else:
                self._pair(table, 1)
            self._take(_GAP)

    def _header(self) -> Path:
        """The table that begins here: ``[a.b]``, or one more of ``[[a.b]]``."""
        line, several = self.line(self.at), self._is("[[")
        self.at += 2 if several else 1
        parts = self._key()
        self._expect("]]" if several else "]")
        path: Path = ()
        for part in parts[:-1]:
            path = self._newest((*path, part))
            self.lines.setdefault(path, line)
        path = (*path, parts[-1])
        if not several:
            path = self._newest(path)
            self.lines[path] = line
            return path
        self.lines.setdefault(path, line)
        number = self._lengths.get(path, 0)
        self._lengths[path] = number + 1
        self.lines[*path, number] = line
        return (*path, number)

    def _newest(self, path: Path) -> Path:
        return (*path, self._lengths[path] - 1) if path in self._lengths else path

    def _pair(self, table: Path, depth: int) -> None:
        line, path = self.line(self.at), table
        for part in self._key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self._expect("=")
        self._take(_BLANKS)
        self._value(path, depth)

    def _key(self) -> list[str]:
        parts = [self._key_part()]
        while self._is("."):
            self.at += 1
            parts.append(self._key_part())
            if len(parts) > _DEEPEST:
                raise _Refused(Reason(_TOO_DEEP, {"most": _DEEPEST}))
        return parts

    def _key_part(self) -> str:
        self._take(_BLANKS)
        if self._is('"'):
            part = _ESCAPE.sub(_letter, self._take(_BASIC)[1:-1])
        elif self._is("'"):
            part = self._take(_LITERAL)[1:-1]
        else:
            part = self._take(_BARE_KEY)
        self._take(_BLANKS)
        return part

    def _value(self, path: Path, depth: int) -> None:
        if depth > _DEEPEST:
            raise _Refused(Reason(_TOO_DEEP, {"most": _DEEPEST}))
        if self._is("["):
            for number, _ in enumerate(self._elements("]")):
                self.lines[*path, number] = self.line(self.at)
                self._value((*path, number), depth + 1)
        elif self._is("{"):
            for _ in self._elements("}"):
                self._pair(path, depth + 1)
        elif pattern := next((one for quote, one in _QUOTES.items() if self._is(quote)), None):
            self._take(pattern)
        else:
            begins = self.at
            if len(self._take(_BARE_VALUE).strip()) > _LONGEST_VALUE:
                self.at = begins
                raise _Refused(Reason(_TOO_LONG, {"most": _LONGEST_VALUE}))

    def _elements(self, end: str) -> Iterator[None]:
        """Stops at the beginning of each element between here and `end`, and then goes behind it."""
        self.at += 1
        self._take(_GAP)
        while not self._is(end):
            yield
            self._take(_GAP)
            if not self._is(end):
                self._expect(",")
                self._take(_GAP)
        self.at += 1

    def _is(self, words: str) -> bool:
        return self.text.startswith(words, self.at)

    def _expect(self, words: str) -> None:
        if not self._is(words):
            raise _Lost
        self.at += len(words)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise _Lost
        self.at = found.end()
        return found[0]


def _letter(escape: re.Match[str]) -> str:
    """The letter that an escape means; what means none is no TOML, and `tomllib` says so."""
    code = escape[1] or escape[2] or escape[3]
    if code is None:
        return _LETTERS.get(escape[4], escape[4])
    return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else ""  # noqa: PLR2004 (the last letter of Unicode)
