"""How it is told who is life-critical: whose rules they are, what they could not ask, and what met each of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from backupreader.domain.dosage import Standing
from backupreader.domain.excerpt import excerpt, found_at
from backupreader.domain.lifecritical import Hit, Match
from backupreader.domain.tonight import Ours, Tonight
from backupreader.language import Language
from printing import rulewords
from ui.look import State
from ui.rows import Kind, Mark, Row

_SHOWN: Final = 3
"""So many records are named beside a rule; the others are counted."""
_LONG: Final = 160  # letters of a text that stand in a list


def head_rows(tonight: Tonight, people: tuple[Ours, ...], language: Language) -> list[Row]:
    """Above a list by rules: whose they are, and what could not be asked."""
    book = tonight.rulebook
    if book is None:
        return [Row(kind=Kind.MISSING, title=language.text(rulewords.NO_RULES))]
    rows = [Row(kind=Kind.HEADING, title=language.text("Life-critical"), aside=rulewords.whose(book, language))]
    rows += [Row(kind=Kind.BLIND, title=doubt) for doubt in rulewords.doubts(book, tonight.at.date(), language)]
    return rows + [
        Row(kind=Kind.MISSING if one.wholly else Kind.BLIND, title=one.sentence)
        for one in rulewords.unasked_told(tonight, people, language)
    ]


def marks(person: Ours, labels: Mapping[str, str], language: Language) -> list[Mark]:
    """That she is life-critical, and by which rules."""
    if not person.matches:
        return []
    named = [Mark(labels[match.rule], State.LATE) for match in person.matches if not match.withheld]
    return [Mark(language.text("LIFE-CRITICAL"), State.LATE), *named]


def details(person: Ours, labels: Mapping[str, str], today: date, language: Language) -> list[str]:
    """A line a rule with what met it; and how many rules are kept back."""
    lines = [_match(match, labels[match.rule], today, language) for match in person.matches if not match.withheld]
    if kept := sum(match.withheld for match in person.matches):
        sentence = language.count(
            "{n} more rule matches, not shown: state a reason on her page",
            "{n} more rules match, not shown: state a reason on her page",
            kept,
        )
        lines.append(sentence)
    return lines


def _match(match: Match, label: str, today: date, language: Language) -> str:
    told = list(dict.fromkeys(_hit(hit, where, today, language) for hit, where in match.hits))
    named = "; ".join(told[:_SHOWN])
    if more := len(told) - _SHOWN if len(told) > _SHOWN else 0:
        named += "; " + language.count("and {n} more", "and {n} more", more)
    return f"{label}: {named}"


def _hit(hit: Hit, where: Standing, today: date, language: Language) -> str:
    """The record, the words that were found where they are not in its name, and where it stands."""
    kind = rulewords.RECORD.get(hit.table)
    name = _short(hit.text, hit)
    parts = [name, language.text(kind) if kind is not None else ""]
    if hit.matched and hit.matched not in hit.text:
        parts.append(f"“{_short(hit.matched, hit)}”")
    parts.append(rulewords.standing(hit, where, lambda day: _day(day, today, language), language))
    return ", ".join(part for part in parts if part)


def _short(text: str, hit: Hit) -> str:
    """A text that would fill the screen is shown around its first word; whole is it on her page."""
    return text if len(text) <= _LONG else excerpt(text, found_at(text, hit.matched or ""))


def _day(day: date, today: date, language: Language) -> str:
    return language.day(day, year=day.year != today.year)
