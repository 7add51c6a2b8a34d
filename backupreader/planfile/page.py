"""One file of a plan while it is read: where its values stand, and everything that was found wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, TypeVar, cast

from backupreader.domain.plan.about import Spot
from backupreader.domain.plan.finding import Finding
from backupreader.domain.trouble import Reason
from backupreader.language import N_
from backupreader.planfile.positions import Path

_LONGEST_SHOWN: Final = 60
_UNKNOWN = N_("Nothing here is called '{key}'. What can stand here: {known}")
_MISSING = N_("'{key}' is missing here")
_EMPTY = N_("'{key}' says nothing. Write something between the quotation marks, or take the line away")
_NO_TEXT = N_("'{key}' must be a text between quotation marks; {written} is none")
_NO_LINE = N_("'{key}' must be one line")
_NO_TEXTS = N_('\'{key}\' must be a list of texts, as ["one", "two"]; {written} is none')
_NO_DAY = N_("'{key}' must be a day, as 2026-01-10, without quotation marks; {written} is none")
_NO_SWITCH = N_("'{key}' must be true or false; {written} is neither")
_NO_TABLE = N_("'{key}' must be a table: [{key}] in a line of its own, and what belongs to it below")
_NO_TABLES = N_("'{key}' must be tables: [[{key}]] in a line of its own for each, and what belongs to it below")
_NO_CHOICE = N_("'{key}' cannot be {written}. It is one of: {known}")

Choice = TypeVar("Choice", bound=str)
Value = TypeVar("Value")


@dataclass(slots=True)
class Page:
    """One file. With `torn` something of it is unknown, so that what is not found may only not have been read."""

    file: str
    lines: Mapping[Path, int] = field(default_factory=dict[Path, int])
    findings: list[Finding] = field(default_factory=list[Finding])
    torn: bool = False

    def spot(self, path: Path) -> Spot:
        """Where a value stands; where that is not known, where what holds it stands."""
        while path and path not in self.lines:
            path = path[:-1]
        return Spot(self.file, self.lines.get(path, 1))

    def tell(self, path: Path, sentence: str, **facts: object) -> None:
        """Something is wrong with the value."""
        self.findings.append(Finding(self.spot(path), Reason(sentence, facts)))


@dataclass(slots=True)
class Table:
    """One table of a file. Each method reads one key and tells what is wrong with it; what nobody asks for is unknown.

    What is missing or wrong is told once, and read as empty, so that everything else can still be looked at.
    """

    page: Page
    raw: Mapping[str, object]
    path: Path = ()
    asked: dict[str, None] = field(default_factory=dict[str, None])

    @property
    def spot(self) -> Spot:
        """Where it stands."""
        return self.page.spot(self.path)

    def has(self, key: str) -> bool:
        """Is something written for the key?"""
        self.asked[key] = None
        return key in self.raw

    def tell(self, key: str, sentence: str, **facts: object) -> None:
        """Something is wrong with the value of a key."""
        self.page.tell((*self.path, key), sentence, key=key, **facts)

    def tell_missing(self, key: str) -> None:
        """A key that must be there is not."""
        self.page.tell(self.path, _MISSING, key=key)

    def text(self, key: str) -> str:
        """A text of any number of lines; empty where nothing is written."""
        if not self.has(key):
            return ""
        value = self.raw[key]
        if not isinstance(value, str):
            self.tell(key, _NO_TEXT, written=shown(value))
            return ""
        if not value.strip():
            self.tell(key, _EMPTY)
        return value

    def line(self, key: str) -> str:
        """A text of one line."""
        value = self.text(key)
        if len(value.splitlines()) > 1:
            self.tell(key, _NO_LINE)
        return value

    def needed(self, key: str) -> str:
        """A text that must be there."""
        self.need(key)
        return self.text(key)

    def needed_line(self, key: str) -> str:
        """A text of one line that must be there."""
        self.need(key)
        return self.line(key)

    def need(self, key: str) -> None:
        """Tell if nothing is written for a key that must be there."""
        if not self.has(key):
            self.tell_missing(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return self.each(key, lambda written, _spot: written)

    def each(self, key: str, read: Callable[[str, Spot], Value | Reason | None]) -> tuple[Value, ...]:
        """A list of texts, each read; what cannot be read is told, with a reason if there is one, and left out."""
        if not self.has(key):
            return ()
        value = self.raw[key]
        if not isinstance(value, list):
            self.tell(key, _NO_TEXTS, written=shown(value))
            return ()
        found: list[Value] = []
        for number, item in enumerate(cast("list[object]", value)):
            path = (*self.path, key, number)
            if not isinstance(item, str):
                self.page.tell(path, _NO_TEXTS, key=key, written=shown(item))
            elif not item.strip():
                self.page.tell(path, _EMPTY, key=key)
            elif isinstance(one := read(item, self.page.spot(path)), Reason):
                self.page.tell(path, one.sentence, **{"key": key, **one.facts})
            elif one is not None:
                found.append(one)
        return tuple(found)

    def choice(self, key: str, known: tuple[Choice, ...], default: Choice) -> Choice:
        """One of some words; the default where nothing is written."""
        if not self.has(key):
            return default
        value = self.raw[key]
        if (found := next((word for word in known if word == value), None)) is None:
            self.tell(key, _NO_CHOICE, written=shown(value), known=", ".join(known))
            return default
        return found

    def choices(self, key: str, known: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """Any number of some words."""

        def one(written: str, _spot: Spot) -> Choice | Reason:
            found = next((word for word in known if word == written), None)
            return found or Reason(_NO_CHOICE, {"written": shown(written), "known": ", ".join(known)})

        return self.each(key, one)

    def day(self, key: str) -> date | None:
        """A day; None where nothing is written."""
        if not self.has(key):
            return None
        value = self.raw[key]
        if not isinstance(value, date) or isinstance(value, datetime):
            self.tell(key, _NO_DAY, written=shown(value))
            return None
        return value

    def switch(self, key: str) -> bool:
        """True or false; false where nothing is written."""
        if not self.has(key):
            return False
        value = self.raw[key]
        if not isinstance(value, bool):
            self.tell(key, _NO_SWITCH, written=shown(value))
        return value is True

    def table(self, key: str, read: Callable[[Table], Value]) -> Value | None:
        """The table ``[key]``, read whole; None where there is none."""
        if not self.has(key):
            return None
        return self._read(self.raw[key], (*self.path, key), read, _NO_TABLE)

    def tables(self, key: str, read: Callable[[Table], Value]) -> tuple[Value, ...]:
        """The tables ``[[key]]``, each read whole."""
        if not self.has(key):
            return ()
        value = self.raw[key]
        if not isinstance(value, list):
            self._tear(key, (*self.path, key), _NO_TABLES)
            return ()
        entries = enumerate(cast("list[object]", value))
        found = [self._read(entry, (*self.path, key, number), read, _NO_TABLES) for number, entry in entries]
        return tuple(one for one in found if one is not None)

    def _read(self, value: object, path: Path, read: Callable[[Table], Value], wrong: str) -> Value | None:
        if not isinstance(value, dict):
            key = next(part for part in reversed(path) if isinstance(part, str))
            self._tear(key, path, wrong)
            return None
        table = Table(self.page, cast("dict[str, object]", value), path)
        found = read(table)
        table.done()
        return found

    def _tear(self, key: str, path: Path, sentence: str) -> None:
        self.page.tell(path, sentence, key=key)
        self.page.torn = True

    def done(self) -> None:
        """Tell every key that nobody has asked for: a misspelt one must not silently mean that nothing was said."""
        for key, value in self.raw.items():
            if key not in self.asked:
                self.tell_unknown(key)
                self.page.torn = self.page.torn or isinstance(value, dict | list)

    def tell_unknown(self, key: str) -> None:
        """Nobody knows this key here."""
        self.page.tell((*self.path, key), _UNKNOWN, key=shown_text(key), known=", ".join(self.asked))


def shown(value: object) -> str:
    """A value as a sentence can name it, in one short line, about as it was written."""
    if isinstance(value, str):
        return f'"{shown_text(value)}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return shown_text(str(value))


def shown_text(text: str) -> str:
    """A text in one short line."""
    if len(text) <= _LONGEST_SHOWN and text.isprintable():
        return text
    line = "".join(letter if letter.isprintable() else " " for letter in text[:_LONGEST_SHOWN])
    return line if len(text) <= _LONGEST_SHOWN else line + "…"
