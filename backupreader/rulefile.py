"""The file of life-critical rules, read on the export machine: what is wrong in it is told by its key.

See ``rules/life-critical.toml``, the example that is shipped, for its form, and `domain.lifecritical` for what a rule
means. Nothing is taken silently: an unknown key, an unknown field and a keyword that could meet nothing are refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Final, cast

from backupreader import tomlvalues
from backupreader.domain.errors import RULES_UNREADABLE
from backupreader.domain.lifecritical import FIELDS, KINDS, Clause, Keyword, Rule, Rulebook, RuleHead, Rules
from backupreader.domain.trouble import ReaderError
from backupreader.language import CODES
from backupreader.tomlvalues import Wrong

EXAMPLE: Final = Path(__file__).parent / "rules" / "life-critical.toml"
_HEAD: Final = {"owner", "version", "approved", "revise_by", "example", "rule"}
_CLAUSE: Final = {"atc", "words", "in", "kinds", "carers"}
_RULE: Final = {"id", "label", "and"} | _CLAUSE
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_ATC: Final = re.compile(r"[A-Z](?:[0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?)?")
_PLACES: Final = {f"{table}.{field}" for table, fields in FIELDS.items() for field in fields}
_KINDS: Final = {f"{table}.{kind}" for table, kinds in KINDS.items() for kind in kinds}
_MOST_CARERS: Final = 9


def load(path: Path | None) -> Rules:
    """The rules of a file; those that are shipped, which are an example whatever they say, where none is named.

    Raises RULES_UNREADABLE with the file and the key.
    """
    file = path or EXAMPLE
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        rules = _rules(raw)
    except OSError as trouble:
        raise ReaderError(RULES_UNREADABLE, path=file, reason=trouble.strerror or trouble) from trouble
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, Wrong) as trouble:
        raise ReaderError(RULES_UNREADABLE, path=file, reason=trouble) from trouble
    return rules if path is not None else replace(rules, book=replace(rules.book, example=True))


def _rules(raw: dict[str, object]) -> Rules:
    tomlvalues.only(raw, _HEAD, "")
    rules = tuple(_rule(entry, where) for where, entry in tomlvalues.tables(raw, "rule", _RULE))
    if not rules:
        raise Wrong("rule")
    tomlvalues.once([rule.head.id for rule in rules], "rule")
    book = Rulebook(
        owner=_said(raw, "owner"),
        version=_said(raw, "version"),
        approved=_day(raw, "approved"),
        revise_by=_day(raw, "revise_by"),
        example=tomlvalues.switch(raw, "example"),
        rules=tuple(rule.head for rule in rules),
    )
    return Rules(book, rules)


def _rule(entry: dict[str, object], where: str) -> Rule:
    with _standing(where):
        more = [_clause(part, place) for place, part in tomlvalues.tables(entry, "and", _CLAUSE)]
        clauses = (_clause(entry, ""), *more)
        tables = tuple(dict.fromkeys(table for clause in clauses for table in clause.tables))
        head = RuleHead(id=_id(entry), labels=_labels(entry), clauses=len(clauses), tables=tables)
    return Rule(head, clauses)


@contextmanager
def _standing(where: str) -> Generator[None]:
    """What is wrong is told with where it stands."""
    try:
        yield
    except Wrong as wrong:
        raise Wrong(f"{where}{wrong}") from None


def _id(entry: dict[str, object]) -> str:
    name = _said(entry, "id")
    if not _ID.fullmatch(name):
        raise Wrong(f"id: {name}")
    return name


def _labels(entry: dict[str, object]) -> Mapping[str, str]:
    raw = entry.get("label")
    if not isinstance(raw, dict):
        raise Wrong("label")
    labels = cast("dict[str, object]", raw)
    tomlvalues.only(labels, set(CODES), "label: ")
    found = {code: tomlvalues.text(labels, code, "").strip() for code in labels}
    if not found or not all(found.values()):
        raise Wrong("label")
    return found


def _clause(entry: dict[str, object], where: str) -> Clause:
    with _standing(where):
        clause = Clause(
            atc=tuple(_each(entry, "atc", _is_atc)),
            keywords=tuple(map(Keyword, _each(entry, "words", _is_keyword))),
            fields=tuple(_each(entry, "in", _PLACES.__contains__)),
            kinds=tuple(_each(entry, "kinds", _KINDS.__contains__)),
            carers=tomlvalues.number(entry, "carers", 0, 0, _MOST_CARERS),
        )
        _check(clause)
    return clause


def _check(clause: Clause) -> None:
    """Refuse a clause that could meet nothing, or everything."""
    if bool(clause.keywords) != bool(clause.fields):
        raise Wrong("in" if clause.keywords else "words")
    if clause.carers == 1:
        raise Wrong("carers: 1")
    if not clause.tables:
        raise Wrong("atc, words, kinds, carers")


def _is_atc(code: str) -> bool:
    return _ATC.fullmatch(code) is not None


def _is_keyword(written: str) -> bool:
    return Keyword(written).usable


def _each(entry: dict[str, object], key: str, good: Callable[[str], bool]) -> Iterator[str]:
    for value in tomlvalues.texts(entry, key, ()):
        if not good(value):
            raise Wrong(f"{key}: {value}")
        yield value


def _said(raw: dict[str, object], key: str) -> str:
    """A text that must be there."""
    value = tomlvalues.text(raw, key, "").strip()
    if not value:
        raise Wrong(key)
    return value


def _day(raw: dict[str, object], key: str) -> str:
    """A day, with or without quotation marks; empty where nothing is said."""
    value = raw.get(key, "")
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if not isinstance(value, str):
        raise Wrong(key)
    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        raise Wrong(f"{key}: {value}") from None
