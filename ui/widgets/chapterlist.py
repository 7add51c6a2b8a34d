"""The chapters of a citizen's page, each with how much is in it, and which comes when in the order that was chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from backupreader.domain.journal import Journal, Presence
from backupreader.language import Language
from ui.chapter import Chapter, Reading
from ui.chapters import CHAPTERS
from ui.look import State
from ui.rows import Mark, Row

_KNOWN: Final = ("visits", "todo", "notes")
_ORDER: Final = {Reading.KNOWN: _KNOWN, Reading.UNKNOWN: (*_KNOWN, "conditions", "warnings")}


def chapter_rows(
    journal: Journal, reading: Reading | None, language: Language, *, narrow: bool = False
) -> tuple[Row, ...]:
    """A row a chapter, in the order of the page; in a `narrow` list, why nothing is in one stands under its name."""
    return tuple(_row(chapter, journal, reading, language, narrow=narrow) for chapter in CHAPTERS)


def _row(chapter: Chapter, journal: Journal, reading: Reading | None, language: Language, *, narrow: bool) -> Row:
    section = chapter.topic.section(journal) if chapter.topic is not None else None
    aside = str(section.total) if section is not None and section.total else ""
    why = ""
    if section is not None and section.presence is Presence.NOT_DELIVERED:
        why = language.text("not delivered")
    if section is not None and section.presence is Presence.LEFT_OUT:
        why = language.text("not in this copy")
    heading = language.text(chapter.heading)
    row = Row(title=heading, aside=aside, details=(why,)) if why and narrow else Row(title=heading, aside=why or aside)
    order = _ORDER[reading] if reading is not None else ()
    if chapter.key not in order:
        return row
    return replace(row, marks=(Mark(str(order.index(chapter.key) + 1), State.INFO),))
