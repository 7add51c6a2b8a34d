"""How it is told who is life-critical: whose rules they are, what they could not ask, and what met each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Final

from backupreader.domain import moments
from backupreader.domain.dosage import Standing
from backupreader.domain.excerpt import excerpt, found_at
from backupreader.domain.lifecritical import Hit, Match, Rulebook, unasked
from backupreader.domain.tonight import Ours, Tonight
from backupreader.language import N_, Language
from ui import words
from ui.chapter import LEFT_OUT
from ui.look import State
from ui.rows import Kind, Mark, Row

_RECORD: Final = {
    "alert": N_("warning"),
    "condition": N_("condition"),
    "intervention": N_("what to do"),
    "access": N_("getting in"),
    "visit": N_("visit"),
    "citizen": N_("marital status"),
}
"""What a record is called behind its name; medicine is known by its own."""
_SHOWN: Final = 3
"""So many records are named beside a rule; the others are counted."""
_LONG: Final = 160  # letters of a text that stand in a list


def head_rows(tonight: Tonight, people: tuple[Ours, ...], language: Language) -> list[Row]:
    """Above a list by rules: whose they are, and what could not be asked."""
    book, _ = tonight.rulebook, language.text
    if book is None:
        return [Row(kind=Kind.MISSING, title=_("No life-critical rules came with this data. Nobody was looked for."))]
    rows = [Row(kind=Kind.HEADING, title=_("Life-critical"), aside=_whose(book, language))]
    if book.example:
        sentence = _("Example rules, not approved by anyone. Do not rely on this list alone.")
        rows.append(Row(kind=Kind.BLIND, title=sentence))
    elif not book.approved:
        rows.append(Row(kind=Kind.BLIND, title=_("These rules are not approved by anyone.")))
    if book.overdue(tonight.at.date()):
        sentence = _("These rules should have been revised by {day}: ask {owner}.")
        day = language.day(date.fromisoformat(book.revise_by))
        rows.append(Row(kind=Kind.BLIND, title=sentence.format(day=day, owner=book.owner)))
    return rows + _unasked_rows(book, tonight, people, language)


def _whose(book: Rulebook, language: Language) -> str:
    _ = language.text
    parts = [_("version {version}").format(version=book.version)]
    if not book.example:  # which says in the words below that it is nobody's
        parts.insert(0, _("rules of {owner}").format(owner=book.owner))
    for text, sentence in ((book.approved, N_("approved {day}")), (book.revise_by, N_("to be revised by {day}"))):
        if text:
            parts.append(_(sentence).format(day=language.day(date.fromisoformat(text))))
    return " · ".join(parts)


def _unasked_rows(book: Rulebook, tonight: Tonight, people: tuple[Ours, ...], language: Language) -> list[Row]:
    """What did not come, and the rules that therefore could not be asked of it: never a list that only looks calm."""
    _ = language.text
    labels = {rule.id: rule.label(language.code) for rule in book.rules}
    rows: list[Row] = []
    for table, rules in unasked(book.rules, tonight.lacking).items():
        names = ", ".join(labels[rule] for rule in rules)
        if table in tonight.left_out:
            sentence = _("{table}: {why} These rules could not ask it: {rules}.")
            title = sentence.format(table=words.table(table, language), why=_(LEFT_OUT), rules=names)
        else:
            sentence = _("{table}: not delivered by any source. These rules could not ask it: {rules}.")
            title = sentence.format(table=words.table(table, language), rules=names)
        rows.append(Row(kind=Kind.MISSING, title=title))
    uncovered = Counter(table for person in people for table in person.unasked - tonight.lacking)
    for table, rules in unasked(book.rules, frozenset(uncovered)).items():
        sentence = language.count(
            "{{table}}: not delivered for {n} citizen here. These rules could not ask it of her: {{rules}}.",
            "{{table}}: not delivered for {n} citizens here. These rules could not ask it of them: {{rules}}.",
            uncovered[table],
        )
        names = ", ".join(labels[rule] for rule in rules)
        rows.append(Row(kind=Kind.MISSING, title=sentence.format(table=words.table(table, language), rules=names)))
    for table, rules in unasked(book.rules, tonight.incomplete).items():
        sentence = _("{table}: some of it did not come. These rules may not have found everyone: {rules}.")
        names = ", ".join(labels[rule] for rule in rules)
        rows.append(Row(kind=Kind.BLIND, title=sentence.format(table=words.table(table, language), rules=names)))
    return rows


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
    kind = _RECORD.get(hit.table)
    name = _short(hit.text, hit)
    parts = [name, language.text(kind) if kind is not None else ""]
    if hit.matched and hit.matched not in hit.text:
        parts.append(f"“{_short(hit.matched, hit)}”")
    parts.append(_status(hit, where, today, language))
    return ", ".join(part for part in parts if part)


def _short(text: str, hit: Hit) -> str:
    """A text that would fill the screen is shown around its first word; whole is it on her page."""
    return text if len(text) <= _LONG else excerpt(text, found_at(text, hit.matched or ""))


def _status(hit: Hit, where: Standing, today: date, language: Language) -> str:
    _ = language.text
    if where is Standing.PAUSED:
        until = moments.day(hit.paused_to)
        return _("paused") if until is None else _("paused until {day}").format(day=_day(until, today, language))
    if where is Standing.FUTURE:
        begin = moments.day(hit.start)
        return _("not begun") if begin is None else _("begins {day}").format(day=_day(begin, today, language))
    if hit.table == "visit":
        last = moments.day(hit.until)
        planned = "" if last is None else _("last planned {day}").format(day=_day(last, today, language))
        unknown = words.status("unknown", hit.status_source, language) if where is Standing.UNSURE else ""
        return ", ".join(part for part in (planned, unknown) if part)
    if where is Standing.UNSURE:
        return words.status(hit.status if hit.status == "invalid" else "unknown", hit.status_source, language)
    if hit.status == "planned":
        return words.status("planned", hit.status_source, language)
    return _("in force") if hit.table == "medication" else ""


def _day(day: date, today: date, language: Language) -> str:
    return language.day(day, year=day.year != today.year)
