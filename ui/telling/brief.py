"""How a row becomes a line of a summary, and what such a line may leave to its chapter: which it then says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from backupreader.domain.journal import Journal
from ui.chapter import ToChapter, Topic, View, completeness, empty
from ui.rows import Kind, Mark, Row

_LONGEST: Final = 240  # characters of one text
T = TypeVar("T")


def group(word: str, rows: Iterable[Row], marks: Sequence[Mark] = (), to: ToChapter | None = None) -> tuple[Row, ...]:
    """A group of a summary: its word stands before the first line; Enter goes to its chapter.

    Its marks stand in lines of their own before the first record: on a record's line they could be read of that one.
    """
    lines = [replace(row, lead="", brief=True, target=row.target or to) for row in rows]
    at = next((number for number, row in enumerate(lines) if row.kind is Kind.ENTRY), len(lines))
    lines[at:at] = [Row(kind=Kind.BLIND, title=mark.word, brief=True, target=to) for mark in marks]
    if lines:
        lines[0] = replace(lines[0], lead=word)
    return tuple(lines)


def of_topic(word: str, topic: Topic, rows: Sequence[Row], journal: Journal, view: View) -> tuple[Row, ...]:
    """A group of one section: what kind of nothing it is where there is nothing, a mark where some did not come."""
    section = topic.section(journal)
    marks = completeness(section, view.language)
    return group(word, (*empty(topic, journal, view), *rows), marks, ToChapter(topic.name))


def short(text: str | None, longest: int = _LONGEST) -> str | None:
    """The first words of a long text, with an ellipsis where it goes on; its chapter has all of it."""
    if text is None or len(text) <= longest:
        return text
    cut = text[:longest]
    return (cut.rsplit(None, 1)[0] if len(cut.split(None, 1)) > 1 else cut) + " …"


def first_of(topic: Topic, items: Sequence[T], row: Callable[[T, View], Row], number: int, view: View) -> list[Row]:
    """A row each of the first items; how many more stand in the chapter."""
    return [*(row(item, view) for item in items[:number]), *more(topic, len(items) - number, view)]


def counted(word: str, shown: int, total: int) -> str:
    """The word of a group that shows only so many of what its chapter has."""
    return word if shown >= total else f"{word} {shown}/{total}"


def more(topic: Topic, number: int, view: View) -> tuple[Row, ...]:
    """The row that counts what the chapter has beside this, and leads there."""
    if number <= 0:
        return ()
    title = view.language.count("One more under “{{chapter}}”", "{n} more under “{{chapter}}”", number)
    title = title.format(chapter=view.language.text(topic.title))
    return (Row(kind=Kind.ACTION, title=title, target=ToChapter(topic.name)),)
