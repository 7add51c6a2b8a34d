"""One cell's text to one field's value, and back. Each codec is made once for a field of a profile and knows no file.

`read` gives the value and, where there is one, the doubt about it; it is asked once for each different text. An empty
cell is not asked about: it is `empty`. `write` raises `Unwritable` for a value that the profile has no word for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, TypeAlias

from sync.tables.forms import MomentForm, read_decimal, read_typed, write_decimal

Severity: TypeAlias = Literal["note", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a value is not what stood there: the code of an issue, and how bad it is."""

    code: str
    severity: Severity


class Unwritable(ValueError):
    """The profile has no word for this value."""


class Codec(Protocol):
    """See the module's text."""

    @property
    def empty(self) -> object:
        """What an empty cell means."""
        ...

    def read(self, text: str) -> tuple[object, Doubt | None]:
        """The value that `text` (never empty) stands for."""
        ...

    def write(self, value: object) -> str:
        """The text that `read` gives `value` for; empty for None."""
        ...


LOST: Final = "error"
KEPT: Final = "warning"

_ROUNDED: Final = r"[+-]?\d(?:[.,]\d+)?[Ee][+-]\d{2,3}"
_ONE: Final = re.compile(_ROUNDED, re.ASCII)
_ANY: Final = re.compile(rf"^\s*{_ROUNDED}\s*$", re.ASCII | re.MULTILINE)


def is_rounded(text: str) -> bool:
    """Is this a number as a spreadsheet shows it when it is too wide (``1,01E+09``)? Its last digits are gone."""
    return _ONE.fullmatch(text.strip()) is not None


def any_rounded(texts: Sequence[str]) -> bool:
    """Is there such a number among these, at a glance?"""
    return _ANY.search("\n".join(texts)) is not None


@dataclass(frozen=True, slots=True)
class Text:
    """Text, exactly as it stands; or, with `codes`, a word in place of the source's code."""

    codes: Mapping[str, str] = field(default_factory=dict[str, str])
    empty: object = None

    def read(self, text: str) -> tuple[object, Doubt | None]:
        """A code that is not in the list is kept as it stands."""
        if not self.codes:
            return text, None
        word = self.codes.get(text.strip())
        return (text, Doubt("code-unknown", KEPT)) if word is None else (word, None)

    def write(self, value: object) -> str:
        """The first code of the word; the word itself where it has none."""
        if value is None:
            return ""
        return next((code for code, word in self.codes.items() if word == value), str(value))


@dataclass(frozen=True, slots=True)
class Id:
    """An id of the source's own, made ours: `prefix` names the source, `before` and `after` tell its records apart."""

    prefix: str
    before: str = ""
    after: str = ""
    empty: object = None

    def read(self, text: str) -> tuple[object, Doubt | None]:
        """Spaces around an id are padding, never part of it. An id that lost its last digits would be another's."""
        if is_rounded(text):
            return None, Doubt("number-rounded", LOST)
        return f"{self.prefix}{self.before}{text.strip()}{self.after}", None

    def write(self, value: object) -> str:
        """The source's own id."""
        if value is None:
            return ""
        text, head = str(value), self.prefix + self.before
        if not text.startswith(head) or not text.endswith(self.after) or len(text) <= len(head) + len(self.after):
            raise Unwritable(text)
        return text[len(head) : len(text) - len(self.after)]


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or a moment in one of the `forms`; also a clock time alone, which is the same with other letters.

    `typed`: the cells are a spreadsheet's, where a date is no text but a date, which comes in ISO 8601.
    """

    forms: tuple[MomentForm, ...]
    fault: str = "date-unreadable"
    typed: bool = False
    empty: object = None

    def read(self, text: str) -> tuple[object, Doubt | None]:
        """The first form that fits decides."""
        bare = text.strip()
        for form in self.forms:
            moment = form.read(bare)
            if moment is not None:
                return moment, None
        if self.typed and (moment := read_typed(bare)) is not None:
            return moment, None
        return None, Doubt(self.fault, LOST)

    def write(self, value: object) -> str:
        """In the first form that carries it exactly."""
        if value is None:
            return ""
        for form in self.forms:
            text = form.write(str(value))
            if text is not None:
                return text
        raise Unwritable(str(value))


@dataclass(frozen=True, slots=True)
class Decimal:
    """A quantity as decimal text. What is no number ("½", "1-2") is kept as it stands: it may be all there is.

    "1.000" where the sign is a comma may be a thousand or one: it is kept in quotation marks, lest it is taken for one.
    """

    sign: str
    empty: object = None

    def read(self, text: str) -> tuple[object, Doubt | None]:
        """With a point for the sign, and every digit kept."""
        if is_rounded(text):
            return None, Doubt("number-rounded", LOST)
        number = read_decimal(text.strip(), self.sign)
        if number is not None:
            return number, None
        misleading = read_decimal(text.strip(), ".") is not None
        return f"“{text.strip()}”" if misleading else text, Doubt("number-odd", KEPT)

    def write(self, value: object) -> str:
        """With the profile's sign."""
        return "" if value is None else write_decimal(str(value), self.sign)


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number."""

    empty: object = None

    def read(self, text: str) -> tuple[object, Doubt | None]:
        """Up to nine digits: nothing that a record counts is larger."""
        if re.fullmatch(r"[+-]?\d{1,9}", text.strip(), re.ASCII):
            return int(text), None
        return self.empty, Doubt("number-rounded" if is_rounded(text) else "number-unreadable", LOST)

    def write(self, value: object) -> str:
        """Without padding."""
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class YesNo:
    """The profile's words for yes and no, in capitals or not."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    empty: object = None

    def read(self, text: str) -> tuple[object, Doubt | None]:
        """Another word leaves the field as if nothing had been said."""
        word = text.strip().casefold()
        if word in (known.casefold() for known in self.yes):
            return True, None
        if word in (known.casefold() for known in self.no):
            return False, None
        return self.empty, Doubt("yes-no-unreadable", LOST)

    def write(self, value: object) -> str:
        """The first word of each."""
        return "" if value is None else (self.yes if value else self.no)[0]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a record's few words. What no code leads to becomes `otherwise`, and the caller keeps the word."""

    codes: Mapping[str, str]
    otherwise: str | None
    empty: object

    def read(self, text: str) -> tuple[object, Doubt | None]:
        """By the whole word, spaces around it aside."""
        word = self.codes.get(text.strip())
        if word is not None:
            return word, None
        return self.otherwise, Doubt("code-unknown", LOST if self.otherwise is None else KEPT)

    def write(self, value: object) -> str:
        """The first code that leads to it."""
        if value is None:
            return ""
        for code, word in self.codes.items():
            if word == value:
                return code
        if value in {self.empty, self.otherwise}:
            return ""
        raise Unwritable(str(value))


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Days of the week as digits (``135``) or, with `codes`, as words (``Man, Ons, Fre``)."""

    codes: Mapping[str, str] = field(default_factory=dict[str, str])
    empty: object = None

    def read(self, text: str) -> tuple[object, Doubt | None]:
        """In the order of the week, each once; one unknown word leaves all unread, for a part would mislead."""
        words = re.split(r"[\s,;/+]+", text.strip()) if self.codes else list(text.strip())
        days = {self.codes.get(word, "") if self.codes else word for word in words if word}
        if not days or not days <= set("1234567"):
            return None, Doubt("weekdays-unreadable", LOST)
        return "".join(sorted(days)), None

    def write(self, value: object) -> str:
        """Digits, or words with commas."""
        if value is None:
            return ""
        if not self.codes:
            return str(value)
        names = {digit: word for word, digit in reversed(tuple(self.codes.items()))}
        try:
            return ",".join(names[digit] for digit in str(value))
        except KeyError:
            raise Unwritable(str(value)) from None


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that the profile states for every row."""

    empty: object

    def read(self, text: str) -> tuple[object, Doubt | None]:
        """There is no cell to read."""
        raise AssertionError(text)

    def write(self, value: object) -> str:
        """Only a record with this very value belongs here."""
        if value != self.empty:
            raise Unwritable(str(value))
        return ""
