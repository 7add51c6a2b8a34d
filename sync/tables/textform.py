"""How a profile states that its files are written: letters, delimiters, headings, footnotes, dates. Never sniffed."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal, TypeAlias, cast

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, field_validator, model_validator

from sync.tables.forms import moment_form

TAKEN: Final = "{taken}"
ROWS: Final = "{rows}"
ONE_BYTE: Final = frozenset({"cp1252", "iso-8859-1", "iso-8859-15"})

# TOML has lists only; a frozen profile holds them as tuples.
Words: TypeAlias = Annotated[tuple[str, ...], Field(strict=False)]
Sign: TypeAlias = Annotated[str, Field(pattern=r"^[\x09\x20-\x7e]$")]
ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", *sorted(ONE_BYTE))
HeadLine: TypeAlias = Annotated[int, Field(ge=1, le=100)]
HeadRows: TypeAlias = Annotated[int, Field(ge=1, le=5)]
Merged: TypeAlias = Literal["", "fill"]


def _encodings(stated: object) -> str | tuple[str, ...]:
    names: list[object] = cast("list[object]", stated) if isinstance(stated, list | tuple) else [stated]
    known = [name for name in names if isinstance(name, str) and name in ENCODINGS]
    if len(known) != len(names) or not known:
        raise ValueError(f"must be one or several of {', '.join(ENCODINGS)}")
    if any(name in ONE_BYTE for name in known[:-1]):
        raise ValueError("an encoding of one byte a letter fits nearly everything: it can only stand last")
    return known[0] if len(known) == 1 else tuple(known)


class Strict(BaseModel):
    """A table of a profile: what it does not know is refused."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class TextForm(Strict):
    """How the files are written.

    `encoding`: one, or several of which the first that fits the whole file is taken; an encoding of one byte a letter
    fits nearly everything, so it can only stand last. `escape` is a sign before a quote within a quoted cell. `pivot`:
    a year of two digits (``%y``) up to it is 20xx, one above it 19xx; without it no form may have such a year.

    `head` is the line (1 is the first, an Excel ``sep=`` line not counted) that holds the names of the columns, and
    `head_rows` how many lines do: their cells are joined with a space, and a group's heading holds for the columns
    without one to its right. A name that stands twice is ``Name`` and ``Name#2``, a column without one ``#4``.
    `footer` are regular expressions: a row whose first filled cell fits one of them is a total or a footnote and no
    row. ``{rows}`` in one is the number of rows, and must be right. `trailer` is the last line's form where the source
    always writes one, with ``{rows}`` in it; `last_line_ends`: the source always ends its last line. A file without
    its trailer or that end has been cut.

    In a workbook, `sheet` is the name of the sheet (default: the only one that holds anything), and what stands in
    merged cells stands for all of them only with `merged` ``fill``.
    """

    encoding: Annotated[str | tuple[str, ...], PlainValidator(_encodings)] = "utf-8"
    delimiter: Sign = ","
    quote: Sign | Literal[""] = '"'
    escape: Sign | Literal[""] = ""
    head: HeadLine = 1
    head_rows: HeadRows = 1
    comment: str = ""
    line_end: Literal["lf", "crlf"] = "crlf"
    last_line_ends: bool = False
    trailer: str = ""
    footer: Words = ()
    sheet: str = ""
    merged: Merged = ""
    moments: Words = ("iso",)
    clocks: Words = ("%H:%M",)
    pivot: Annotated[int, Field(ge=0, le=99)] | None = None
    decimal: Literal[".", ","] = "."
    yes: Words = ("true",)
    no: Words = ("false",)

    @property
    def encodings(self) -> tuple[str, ...]:
        """The encodings, in the order in which they are tried; the first is the one that is written."""
        return (self.encoding,) if isinstance(self.encoding, str) else self.encoding

    @field_validator("trailer")
    @classmethod
    def _counts(cls, trailer: str) -> str:
        if trailer and trailer.count(ROWS) != 1:
            raise ValueError(f"must hold {ROWS} once")
        return trailer

    @field_validator("footer")
    @classmethod
    def _expressions(cls, footer: tuple[str, ...]) -> tuple[str, ...]:
        for expression in footer:
            check_footer(expression)
        return footer

    @model_validator(mode="after")
    def _differ(self) -> TextForm:
        for form in (*self.moments, *self.clocks):
            moment_form(form, self.pivot)
        if self.delimiter == self.quote or not self.moments or not self.clocks or not self.yes or not self.no:
            raise ValueError("delimiter and quote must differ; moments, clocks, yes and no must hold a form each")
        if self.escape and self.escape in {self.delimiter, self.quote}:
            raise ValueError("escape must be another sign than delimiter and quote")
        return self


def check_footer(expression: str) -> None:
    """Raise `ValueError` where `expression` cannot tell a row after the table from one of the table."""
    try:
        tells = expression.count(ROWS) <= 1 and footer_pattern(expression).fullmatch("") is None
    except re.error as wrong:
        raise ValueError(f"{expression}: {wrong}") from None
    if not tells:
        raise ValueError(f"{expression}: must hold {ROWS} at most once, and fit more than nothing")


def footer_pattern(expression: str) -> re.Pattern[str]:
    """A footer's expression with its place for the number of rows."""
    return re.compile(expression.replace(ROWS, r"(?P<rows>\d{1,12})"), re.DOTALL)


class TakenForm(Strict):
    """Where it says when the source took its data: in `column`, on `line` before the head, or in the files' names.

    ``{taken}`` marks the place in `line` or in the names of the files; `form` is the moment's form.
    """

    form: str = "iso"
    column: str = ""
    line: str = ""

    @field_validator("form")
    @classmethod
    def _form(cls, form: str) -> str:
        moment_form(form)
        return form


class ManifestForm(Strict):
    """A table beside the others with one row a file: its name, its rows, when it was taken, whether all of it came."""

    name: str
    file: str = "file"
    rows: str = "rows"
    taken_at: str = "taken_at"
    complete: str = "complete"
