"""A first profile from the headings of a site's own lists, for IT to finish: ``sources profile new``.

Nothing is decided here that a person does not see: a heading that a shipped profile knows is proposed with that
meaning, every other one stands as a comment, and so does each field that a record cannot be without. No cell of the
lists is written into the profile; of the words in a column of codes only those that a shipped profile knows.
"""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final, cast

from backupreader.domain.errors import FILE_TROUBLE, NO_SOURCE
from backupreader.domain.fold import fold, plain
from backupreader.domain.trouble import ReaderError, Reason
from sync.archives import is_hidden
from sync.profile import SHIPPED, load
from sync.tables.codecs import Choice
from sync.tables.fields import FIELDS, Kind
from sync.tables.forms import moment_form
from sync.tables.kinds import open_table
from sync.tables.plan import plans
from sync.tables.rows import Table
from sync.tables.textform import TextForm

_TEXTS: Final = frozenset({".csv", ".tsv", ".txt"})
_BOOKS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_DELIMITERS: Final = ";\t,|"
_SEEN_ROWS: Final = 500
_DATES: Final = ("%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y%m%d")
_CLOCKS: Final = ("", " %H:%M", " %H:%M:%S", " %H.%M")
_MOMENTS: Final = tuple(date + clock for date in _DATES for clock in _CLOCKS)
_LAST_HEAD: Final = 6  # titles of more lines than five are for a person to pass over
_FEWEST_KNOWN: Final = 2  # one heading alone, such as "Navn", stands in lists of every kind


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a shipped profile takes a heading for, and what it makes of the words below it."""

    table: str
    field: str
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """One file, or sheet: how it is written, its headings, and the different texts in the first rows of each column."""

    path: Path
    encoding: str
    delimiter: str
    sheet: str
    line: int
    head: tuple[str, ...]
    texts: Mapping[str, frozenset[str]]


def propose(path: Path, called: str) -> str:
    """The text of a profile, named after `called`, for the file, or for every list in the folder, at `path`.

    Raises `ReaderError`: NO_SOURCE where there is no list, and what opening a file raises.
    """
    try:
        found = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble
    lists = [one for one in found if one.suffix.lower() in _TEXTS | _BOOKS]
    lists = [one for one in lists if one == path or not is_hidden(one.relative_to(path).parts)]
    files = [seen for one in lists for seen in _seen(one)]
    if not files:
        raise ReaderError(NO_SOURCE, path=path)
    name = re.sub(r"[^a-z0-9]+", "-", plain(fold(called))).strip("-") or "our"
    lines = [
        f"# A first profile, made from the headings of {_in_line(path.name)}. Finish each line with a #?, then try it:",
        "#",
        f"#     backupreader sources try FOLDER --profile {name}.toml",
        "#",
        "# What the words mean stands in the commented profiles that are shipped with the program.",
        "",
        f"name = {_quoted(name)}",
        f"about = {_quoted(f'The lists in {path.name}')}",
        "",
        *_form(files),
    ]
    for seen in files:
        lines += ["", *_file(seen)]
    written = "\n".join(lines) + "\n"
    return written.encode("utf-8", "replace").decode("utf-8")  # what is no letter in a file's name


def _seen(path: Path) -> Iterator[Seen]:
    encoding, delimiter = ("utf-8", ",") if path.suffix.lower() in _BOOKS else _written(path)
    form = TextForm(encoding=encoding, delimiter=delimiter)
    for sheet in _sheets(path, form):
        table, line = _headed(path, form.model_copy(update={"sheet": sheet}))
        yield Seen(path, encoding, delimiter, sheet, line, table.head, _texts(table))


def _sheets(path: Path, form: TextForm) -> Sequence[str]:
    """The sheets of a workbook of which several hold rows, else the one that needs no name."""
    try:
        open_table(path, form)
    except ReaderError as told:
        reason = told.facts.get("reason")
        if isinstance(reason, Reason) and isinstance(sheets := reason.facts.get("sheets"), tuple):
            return cast("tuple[str, ...]", sheets)
    return ("",)


def _headed(path: Path, form: TextForm) -> tuple[Table, int]:
    """The table below the first line that holds headings we know: titles may stand above it. Else, below the first."""
    for line in range(1, _LAST_HEAD + 1):
        try:
            table = open_table(path, form.model_copy(update={"head": line}))
        except ReaderError:
            continue
        if sum(fold(heading) in _meanings() for heading in table.head) >= _FEWEST_KNOWN:
            return table, line
    return open_table(path, form), 1


def _written(path: Path) -> tuple[str, str]:
    """The encoding in which the whole file can be read, and the sign that its first line holds most of."""
    try:
        data = path.read_bytes()
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble
    marks = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    encoding = next((name for mark, name in marks.items() if data.startswith(mark)), None)
    if encoding is None:
        try:
            data.decode("utf-8")
            encoding = "utf-8"
        except UnicodeDecodeError:
            encoding = "cp1252"
    first = data.decode(encoding, "replace").partition("\n")[0]
    return encoding, max(_DELIMITERS, key=first.count)


def _texts(table: Table) -> Mapping[str, frozenset[str]]:
    texts: dict[str, set[str]] = defaultdict(set)
    places = range(len(table.head))
    for block in islice(table.blocks(list(places)), 1):
        for place in places:
            texts[table.head[place]].update(text.strip() for text in block.cells[place][:_SEEN_ROWS])
    return {heading: frozenset(found - {""}) for heading, found in texts.items()}


@cache
def _meanings() -> Mapping[str, tuple[Meaning, ...]]:
    """By a folded heading: what the shipped profiles take it for."""
    found: dict[str, dict[tuple[str, str], dict[str, set[str]]]] = defaultdict(lambda: defaultdict(dict))
    for name in SHIPPED:
        for plan in plans(load(name)):
            for record in plan.records:
                for field in record.fields:
                    for place in field.places if len(field.places) == 1 else ():
                        codes = found[fold(place)][record.table, field.name]
                        if isinstance(field.codec, Choice):
                            for word, ours in field.codec.codes.items():
                                codes.setdefault(word, set()).add(ours)
                for number in record.numbers:
                    found[fold(number.column)][record.table, "identifiers"] = {}
    # A word that two systems use for two things means nothing until a person says so.
    return {
        heading: tuple(
            Meaning(table, field, {word: min(ours) for word, ours in codes.items() if len(ours) == 1})
            for (table, field), codes in meanings.items()
        )
        for heading, meanings in found.items()
    }


def _table_of(head: Sequence[str]) -> str | None:
    """The kind of record that most of the headings speak for; None where too few do, or two kinds equally."""
    votes: Counter[str] = Counter()
    for heading in head:
        tables = {meaning.table for meaning in _meanings().get(fold(heading), ())}
        votes.update(dict.fromkeys(tables, 1))
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < _FEWEST_KNOWN or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _form(files: Sequence[Seen]) -> list[str]:
    written = Counter((seen.encoding, seen.delimiter) for seen in files if seen.path.suffix.lower() in _TEXTS)
    (encoding, delimiter), _ = written.most_common(1)[0] if written else (("utf-8", ","), 0)
    guessed = '   #? no other letters fit; is it "iso-8859-15"?' if encoding == "cp1252" else ""
    lines = ["[form]", f"encoding = {_quoted(encoding)}{guessed}", f"delimiter = {_quoted(delimiter)}"]
    lines += [
        f"#? {_in_line(seen.path.name)} is written as {seen.encoding} with {_quoted(seen.delimiter)}: "
        "give it a profile apart"
        for seen in files
        if seen.path.suffix.lower() in _TEXTS and (seen.encoding, seen.delimiter) != (encoding, delimiter)
    ]
    moments = [form for form in _MOMENTS if any(_reads(form, texts) for seen in files for texts in seen.texts.values())]
    lines.append(f"moments = {_list(moments or ['iso'])}   #? tried in this order")
    decimal = "," if any(_is_decimal(texts, ",") for seen in files for texts in seen.texts.values()) else "."
    lines += [f"decimal = {_quoted(decimal)}", '#? yes = ["Ja"]', '#? no = ["Nej"]']
    lines += [
        "",
        "#? Where does it say when the list was taken? Without this it is the time of the file.",
        "#? [taken_at]",
    ]
    return [*lines, '#? column = "…"', '#? form = "%Y-%m-%d %H:%M"']


def _reads(form: str, texts: frozenset[str]) -> bool:
    """Are all of these texts moments in this form?"""
    return bool(texts) and all(moment_form(form).read(text) is not None for text in texts)


def _is_decimal(texts: frozenset[str], sign: str) -> bool:
    return (
        bool(texts)
        and all(re.fullmatch(rf"\d+({re.escape(sign)}\d+)?", text, re.ASCII) for text in texts)
        and any(sign in text for text in texts)
    )


def _file(seen: Seen) -> list[str]:
    table = _table_of(seen.head)
    lines = ["[[file]]", f"name = {_quoted(seen.path.name)}   #? * where the name changes from day to day"]
    if seen.sheet:
        lines.append(f"sheet = {_quoted(seen.sheet)}")
    if seen.line > 1:
        lines.append(f"head = {seen.line}   #? the line that holds the headings")
    lines += ["[[file.record]]"]
    if table is None:
        lines += [f'#? table = "…"   # one of: {", ".join(FIELDS)}', "[file.record.fields]"]
        return lines + [f"#? … = {_quoted(heading)}" for heading in seen.head]
    meanings = dict(_chosen(seen.head, table))
    lines.append(f"table = {_quoted(table)}   #? is it?")
    numbers = [heading for heading, meaning in meanings.items() if meaning.field == "identifiers"]
    if numbers:
        lines.append(f"identifiers = [{', '.join(f'{{ column = {_quoted(one)} }}' for one in numbers)}]")
    lines.append("[file.record.fields]")
    for heading, meaning in meanings.items():
        if meaning.field != "identifiers":
            lines += _field(meaning, heading, seen.texts.get(heading, frozenset()))
    named = {meaning.field: heading for heading, meaning in meanings.items()}
    if table == "citizen" and "name" not in named and {"given", "family"} <= named.keys():
        lines.append(f'name = {{ columns = {_list([named["given"], named["family"]])}, join = " " }}   #? is it?')
        named["name"] = ""
    lines += [
        f'#? {field.name} = "…"   # a {table} cannot be without it'
        for field in FIELDS[table].values()
        if field.required and field.name not in named
    ]
    return lines + [f"#? … = {_quoted(heading)}" for heading in seen.head if heading not in meanings]


def _chosen(head: Sequence[str], table: str) -> Iterator[tuple[str, Meaning]]:
    """Each heading with its meaning in this table; a field is filled by the first heading that means it."""
    filled: set[str] = set()
    for heading in head:
        own = [one for one in _meanings().get(fold(heading), ()) if one.table == table]
        free = [one for one in own if one.field == "identifiers" or one.field not in filled]
        if free:
            filled.add(free[0].field)
            yield heading, free[0]


def _field(meaning: Meaning, heading: str, texts: frozenset[str]) -> list[str]:
    if FIELDS[meaning.table][meaning.field].kind is not Kind.CHOICE:
        return [f"{meaning.field} = {_quoted(heading)}"]
    known = {text: meaning.codes[text] for text in sorted(texts) if text in meaning.codes}
    codes = ", ".join(f"{_quoted(word)} = {_quoted(ours)}" for word, ours in known.items())
    lines = [f"{meaning.field} = {{ column = {_quoted(heading)}, codes = {{ {codes} }} }}"]
    if more := len(texts) - len(known):
        choices = ", ".join(FIELDS[meaning.table][meaning.field].choices)
        lines.append(f"#? {more} more words stand in {_in_line(heading)}: say what each of them means ({choices})")
    return lines


def _list(words: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, words))}]"


def _in_line(text: str) -> str:
    """A stranger's word in a remark, which ends with its line."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON's form of one, with the one sign more that TOML wants written out."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
