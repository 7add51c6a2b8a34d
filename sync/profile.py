"""A profile: how one source system lays out its tables, as data. IT people write it; pydantic checks it at the edge.

The commented files in ``profiles/`` are the manual. A profile names files, and for each file the records that its rows
hold; each field of a record names its column. It is read both ways: `tables.reading` reads files by it, and
`tables.writing` writes records out by it.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias, cast

from pydantic import Field, ValidationError, field_validator, model_validator

from backupreader.domain.errors import NOT_FOUND, SETTINGS_UNREADABLE
from backupreader.domain.records import Country
from backupreader.domain.trouble import ReaderError
from sync.tables.fields import Field as Column
from sync.tables.fitting import check_codes, check_names, check_required, check_value, known_fields
from sync.tables.forms import NotAForm, moment_form
from sync.tables.textform import (
    HeadLine,
    HeadRows,
    ManifestForm,
    Merged,
    Strict,
    TakenForm,
    TextForm,
    Words,
    check_footer,
)

FOLDER: Final = Path(__file__).parent / "profiles"
SHIPPED: Final = (
    "canonical", "magnacura", "treserva", "lifecare", "nexus", "kmd-care", "ekj", "columna-cura", "bekey",
    "phoniro", "alarm",
)  # fmt: skip

Codes: TypeAlias = dict[str, str]
Value: TypeAlias = str | bool | int


class Cell(Strict):
    """Where one field comes from: one `column`, several `columns` joined, or a fixed `value`.

    `codes` maps the source's words to ours, or names a list under ``[codes]``. `forms` are the field's own forms
    of dates. `before` and `after` are put around an id. `source` names another source system that a reference is to.
    `not_before` names a field of the same record: a moment that would come before it is on the next day.
    """

    column: str = ""
    columns: Words = ()
    join: str = " "
    value: Value | None = None
    codes: Codes | str | None = None
    forms: Words = ()
    before: str = ""
    after: str = ""
    source: str = ""
    not_before: str = ""

    @model_validator(mode="after")
    def _one_place(self) -> Cell:
        if sum((bool(self.column), bool(self.columns), self.value is not None)) != 1:
            raise ValueError("state one of column, columns, value")
        if self.columns and not self.join:
            raise ValueError("columns need a join")
        return self

    @property
    def places(self) -> tuple[str, ...]:
        """The columns it is read from."""
        return (self.column,) if self.column else self.columns

    def check(self, field: Column) -> None:
        """Raise `ValueError` where this cell cannot fill that field."""
        if self.value is not None:
            check_value(field, self.value)
        if isinstance(self.codes, dict):
            check_codes(field, self.codes)


class Number(Strict):
    """One of a citizen's numbers. `kind` fixed, or in a column of its own, or found from the number itself."""

    column: str
    kind: str = ""
    kind_column: str = ""
    system: str = ""
    system_column: str = ""

    @property
    def places(self) -> tuple[str, ...]:
        """The columns it is read from."""
        return tuple(name for name in (self.column, self.kind_column, self.system_column) if name)


class Spread(Strict):
    """One record from each of several columns that holds something: what stands in the cell goes to the field `cell`.

    `columns` gives each column the fixed fields of its record; ``"*"`` means every column that the file's other
    records do not name, and its heading goes to the field `head` (a planning table with one column a carer).
    Cells whose whole text is in `nothing` make no record.
    """

    columns: dict[str, dict[str, Value]] | Literal["*"]
    cell: str
    head: str = ""
    nothing: Words = ()


class Split(Strict):
    """One record from each part of a column such as ``08:00;20:00``, or ``08:00=1;20:00=2`` with `inner` ``=``."""

    column: str
    separator: Annotated[str, Field(min_length=1)]
    fields: Annotated[tuple[str, ...], Field(strict=False, min_length=1, max_length=2)]
    inner: str = ""


class RecordForm(Strict):
    """One kind of record that the rows of a file hold.

    `once`: the rows repeat it (the unit of each citizen); it is taken the first time. `when`: only rows in which one of
    these columns holds something make one. `named_alike`: every field stands in a column of its own name.
    """

    table: str
    once: bool = False
    when: Words = ()
    named_alike: bool = False
    fields: dict[str, Cell] = {}  # noqa: RUF012 (pydantic gives each its own)
    identifiers: Annotated[tuple[Number, ...], Field(strict=False)] = ()
    spread: Spread | None = None
    split: Split | None = None

    @model_validator(mode="after")
    def _names(self) -> RecordForm:
        """Every name is one of the table's, and every value one that its field can hold."""
        known = known_fields(self.table)
        stated = [*self.fields, *self._filled()]
        check_names(self.table, stated)
        if not self.named_alike:
            check_required(self.table, stated)
        for name, cell in self.fields.items():
            cell.check(known[name])
            if cell.not_before and (cell.not_before not in self.fields or len(cell.columns) != 2):  # noqa: PLR2004
                raise ValueError(f"{name}.not_before needs a date and a time column, and a field to compare with")
        if self.spread is not None and self.split is not None:
            raise ValueError("state spread or split, not both")
        if self.identifiers and "identifiers" not in known:
            raise ValueError(f"a {self.table} has no identifiers")
        if "id" in self.fields and not self.fields["id"].places:
            raise ValueError("id must come from a column")
        return self

    def _filled(self) -> list[str]:
        """The fields that a spread or a split fills."""
        if self.split is not None:
            return list(self.split.fields)
        if self.spread is None:
            return []
        names = [self.spread.cell, *([self.spread.head] if self.spread.head else [])]
        fixed = {} if self.spread.columns == "*" else self.spread.columns
        for values in fixed.values():
            check_names(self.table, list(values))
            for name, value in values.items():
                check_value(known_fields(self.table)[name], value)
            names += values
        return names

    @field_validator("fields", mode="before")
    @classmethod
    def _short(cls, fields: Any) -> Any:  # noqa: ANN401 (what stood in the file, before it is checked)
        """``name = "Navn"`` is short for ``name = { column = "Navn" }``."""
        if not isinstance(fields, dict):
            return fields
        stated = cast("dict[str, Any]", fields)
        return {name: {"column": cell} if isinstance(cell, str) else cell for name, cell in stated.items()}


class FileForm(Strict):
    """The files of one layout. `name` may hold ``*`` and ``{taken}``.

    Of several files whose names hold different moments only the newest is read, unless `every` says that they belong
    together (what was written each day).

    In a workbook, `sheet` is the name of the sheet; several layouts may name sheets of one workbook. `sheet`, `merged`,
    `head`, `head_rows` and `footer` stand for this file in place of the form's.

    `complete` is the source's word on whether it always writes all there is. `expected` False: the file may be absent.
    `ignore` are columns left unread on purpose (``*``: all the others); `optional` are columns that may be absent
    (``*``: all but those of required fields).
    """

    name: Annotated[str, Field(pattern=r"^[^/\\]+$")]
    complete: bool | None = None
    expected: bool = True
    every: bool = False
    sheet: str = ""
    merged: Merged | None = None
    head: HeadLine | None = None
    head_rows: HeadRows | None = None
    footer: Words | None = None
    ignore: Words = ()
    optional: Words = ()
    record: Annotated[tuple[RecordForm, ...], Field(strict=False, min_length=1)]

    @field_validator("footer")
    @classmethod
    def _expressions(cls, footer: tuple[str, ...] | None) -> tuple[str, ...] | None:
        for expression in footer or ():
            check_footer(expression)
        return footer


class Profile(Strict):
    """The whole layout of one source system's export."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    about: str
    country: Country | None = None
    form: TextForm = TextForm()
    taken_at: TakenForm | None = None
    manifest: ManifestForm | None = None
    codes: dict[str, Codes] = {}  # noqa: RUF012 (as above)
    file: Annotated[tuple[FileForm, ...], Field(strict=False, min_length=1)]

    def form_of(self, file: FileForm) -> TextForm:
        """How this one of the files is written."""
        own = {
            "sheet": file.sheet or None,
            "merged": file.merged,
            "head": file.head,
            "head_rows": file.head_rows,
            "footer": file.footer,
        }
        return self.form.model_copy(update={name: value for name, value in own.items() if value is not None})

    @model_validator(mode="after")
    def _moments(self) -> Profile:
        """Every form of a date that a field has of its own can be read back without guessing."""
        for file in self.file:
            for record in file.record:
                for name, cell in record.fields.items():
                    for form in cell.forms:
                        try:
                            moment_form(form, self.form.pivot)
                        except NotAForm:
                            raise ValueError(f"{file.name}: {name}: {form}") from None
        return self

    @model_validator(mode="after")
    def _lists(self) -> Profile:
        """Every list of codes that a field names is there, and leads to words that the field has."""
        for form in self.file:
            for record in form.record:
                for name, cell in record.fields.items():
                    if isinstance(cell.codes, str):
                        if cell.codes not in self.codes:
                            raise ValueError(f"{form.name}: {name}: there is no list of codes {cell.codes!r}")
                        check_codes(known_fields(record.table)[name], self.codes[cell.codes])
        return self


def load(profile: str) -> Profile:
    """The shipped profile of that name, else the one in the file of that path.

    Raises `ReaderError`: SETTINGS_UNREADABLE that names the file and the key, NOT_FOUND for a name that is neither.
    """
    if profile in SHIPPED:
        return _shipped(profile)
    if not profile.endswith(".toml") and not Path(profile).exists():
        raise ReaderError(NOT_FOUND, what=profile, known=", ".join(SHIPPED))
    return _load(Path(profile))


@cache
def _shipped(name: str) -> Profile:
    return _load(FOLDER / f"{name}.toml")


def _load(path: Path) -> Profile:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return Profile.model_validate(raw)
    except OSError as trouble:
        raise ReaderError(SETTINGS_UNREADABLE, path=path, reason=trouble.strerror or trouble) from trouble
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as trouble:
        raise ReaderError(SETTINGS_UNREADABLE, path=path, reason=trouble) from trouble
    except ValidationError as wrong:
        raise unreadable(path, wrong) from None


def unreadable(path: Path, wrong: ValidationError) -> ReaderError:
    """The first thing that is wrong, by its key as it stands in the file; lists are counted from 1."""
    first = wrong.errors(include_url=False)[0]
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
    said = first["msg"].removeprefix("Value error, ")  # the library's word for a sentence of ours
    return ReaderError(SETTINGS_UNREADABLE, path=path, reason=f"{key}: {said}")
