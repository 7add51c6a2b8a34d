"""A profile made ready for work: each field with its columns and its codec, for reading and for writing alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backupreader.domain.records import TABLES, Record
from sync.profile import Cell, FileForm, Number, Profile, RecordForm, Split, Spread
from sync.tables.codecs import Choice, Codec, Decimal, Fixed, Id, Integer, Moment, Text, Weekdays, YesNo
from sync.tables.fields import FIELDS, Field, Kind
from sync.tables.forms import moment_form
from sync.tables.textform import TextForm


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """One field: its columns (none for a fixed value), how they are joined, and its codec."""

    field: Field
    cell: Cell
    codec: Codec

    @property
    def name(self) -> str:
        """The field's name in the record."""
        return self.field.name

    @property
    def places(self) -> tuple[str, ...]:
        """The columns it is read from."""
        return self.cell.places


@dataclass(frozen=True, slots=True)
class RecordPlan:
    """One kind of record of one file. `part` holds the fields that a spread or a split fills."""

    table: str
    cls: type[Record]
    once: bool
    when: tuple[str, ...]
    fields: tuple[FieldPlan, ...]
    numbers: tuple[Number, ...]
    spread: Spread | None
    split: Split | None
    part: Mapping[str, FieldPlan]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is named, each once."""
        names = [name for plan in self.fields for name in plan.places] + list(self.when)
        names += [name for number in self.numbers for name in number.places]
        if self.spread is not None and self.spread.columns != "*":
            names += list(self.spread.columns)
        if self.split is not None:
            names.append(self.split.column)
        return tuple(dict.fromkeys(names))

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns of fields that a record cannot be without."""
        return tuple(name for plan in self.fields if plan.field.required for name in plan.places)

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the record's own id."""
        return next(plan.places for plan in self.fields if plan.name == "id")


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One layout of files, and how they are written."""

    form: FileForm
    written: TextForm
    records: tuple[RecordPlan, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, each once, in the order in which it is named."""
        return tuple(dict.fromkeys(name for record in self.records for name in record.columns))

    @property
    def demanded(self) -> tuple[str, ...]:
        """The columns without which the file is refused."""
        if "*" in self.form.optional:
            return tuple(dict.fromkeys(name for record in self.records for name in record.needed))
        return tuple(name for name in self.columns if name not in self.form.optional)


def plans(profile: Profile, source: str = "", *, typed: bool = False) -> tuple[FilePlan, ...]:
    """The profile's files. `source` is put before every id: two source systems may use the same numbers.

    `typed`: for files whose dates may be a spreadsheet's own.
    """
    return tuple(file_plan(profile, form, source, typed=typed) for form in profile.file)


def file_plan(profile: Profile, form: FileForm, source: str = "", *, typed: bool = False) -> FilePlan:
    """One of the profile's files."""
    records = tuple(_record(profile, record, source, typed=typed) for record in form.record)
    return FilePlan(form, profile.form_of(form), records)


def _record(profile: Profile, form: RecordForm, source: str, *, typed: bool) -> RecordPlan:
    known = FIELDS[form.table]
    cells = dict(form.fields)
    if form.named_alike:
        for name, field in known.items():
            if field.kind is not Kind.IDENTIFIERS:
                cells.setdefault(name, Cell(column=name))
    part: dict[str, FieldPlan] = {}
    for name in _part_fields(form):
        part[name] = FieldPlan(
            known[name],
            cells.pop(name, Cell(column="-")),
            _codec(profile, known[name], form.fields.get(name), source, typed=typed),
        )
    return RecordPlan(
        table=form.table,
        cls=TABLES[form.table],
        once=form.once,
        when=form.when,
        fields=tuple(
            FieldPlan(known[name], cell, _codec(profile, known[name], cell, source, typed=typed))
            for name, cell in cells.items()
        ),
        numbers=form.identifiers,
        spread=form.spread,
        split=form.split,
        part=part,
    )


def _part_fields(form: RecordForm) -> tuple[str, ...]:
    names: list[str] = []
    if form.spread is not None:
        names.append(form.spread.cell)
        if form.spread.head:
            names.append(form.spread.head)
    if form.split is not None:
        names += form.split.fields
    return tuple(dict.fromkeys(names))


def _words(codes: Mapping[str, str], meaning: str) -> tuple[str, ...]:
    return tuple(word for word, means in codes.items() if means == meaning)


def _codec(  # noqa: C901, PLR0911 (one case a kind)
    profile: Profile, field: Field, cell: Cell | None, source: str, *, typed: bool
) -> Codec:
    if cell is not None and cell.value is not None:
        return Fixed(cell.value)
    stated = cell.codes if cell is not None else None
    codes = profile.codes[stated] if isinstance(stated, str) else stated or {}
    match field.kind:
        case Kind.ID | Kind.REFERENCE:
            owner = (cell.source if cell is not None else "") or source
            prefix = f"{owner}:" if owner else ""
            return Id(prefix) if cell is None else Id(prefix, cell.before, cell.after)
        case Kind.MOMENT:
            own = cell.forms if cell is not None else ()
            forms = own or profile.form.moments
            return Moment(tuple(moment_form(text, profile.form.pivot) for text in forms), typed=typed)
        case Kind.CLOCK:
            own = cell.forms if cell is not None else ()
            forms = own or profile.form.clocks
            return Moment(tuple(moment_form(text) for text in forms), "time-unreadable", typed=typed)
        case Kind.DECIMAL:
            return Decimal(profile.form.decimal)
        case Kind.INTEGER:
            return Integer(field.default)
        case Kind.YES_NO:
            return YesNo(
                _words(codes, "true") or profile.form.yes, _words(codes, "false") or profile.form.no, field.default
            )
        case Kind.CHOICE:
            words = codes or {word: word for word in field.choices}
            return Choice(words, field.otherwise, words.get("", field.otherwise))
        case Kind.WEEKDAYS:
            return Weekdays(codes)
        case Kind.TEXT | Kind.IDENTIFIERS:
            return Text(codes, codes.get("") if codes else None)
