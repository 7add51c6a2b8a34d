"""How the life-critical rules are told, on the screen and on paper: whose they are, what they could not ask, what met.

Pure sentences; which of them stands in which look is for the screen and the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from backupreader.domain import moments
from backupreader.domain.dosage import Standing
from backupreader.domain.lifecritical import Hit, Rulebook, unasked
from backupreader.domain.tonight import Ours, Tonight
from backupreader.language import N_, Language
from printing.tablewords import LEFT_OUT, table
from printing.wording import ANY_STATUS, source_word

RECORD: Final = {
    "alert": N_("warning"),
    "condition": N_("condition"),
    "intervention": N_("what to do"),
    "access": N_("getting in"),
    "visit": N_("visit"),
    "citizen": N_("marital status"),
}
"""What a record is called behind its name; medicine is known by its own."""
NO_RULES: Final = N_("No life-critical rules came with this data. Nobody was looked for.")


@dataclass(frozen=True, slots=True)
class Unasked:
    """A sentence of what the rules could not ask; `wholly` where nothing of the table is known."""

    sentence: str
    wholly: bool


def labels(tonight: Tonight, language: Language) -> Mapping[str, str]:
    """The rules' labels in a language, by id."""
    book = tonight.rulebook
    return {} if book is None else {rule.id: rule.label(language.code) for rule in book.rules}


def whose(book: Rulebook, language: Language) -> str:
    """Owner, version, when approved, when to be revised."""
    _ = language.text
    parts = [_("version {version}").format(version=book.version)]
    if not book.example:  # which is said in words of its own (`doubts`) to be nobody's
        parts.insert(0, _("rules of {owner}").format(owner=book.owner))
    for text, sentence in ((book.approved, N_("approved {day}")), (book.revise_by, N_("to be revised by {day}"))):
        if text:
            parts.append(_(sentence).format(day=language.day(date.fromisoformat(text))))
    return " · ".join(parts)


def doubts(book: Rulebook, today: date, language: Language) -> tuple[str, ...]:
    """Why the rules themselves may not be relied on: an example, approved by nobody, overdue."""
    _ = language.text
    found: list[str] = []
    if book.example:
        found.append(_("Example rules, not approved by anyone. Do not rely on this list alone."))
    elif not book.approved:
        found.append(_("These rules are not approved by anyone."))
    if book.overdue(today):
        day = language.day(date.fromisoformat(book.revise_by))
        sentence = _("These rules should have been revised by {day}: ask {owner}.")
        found.append(sentence.format(day=day, owner=book.owner))
    return tuple(found)


def unasked_told(tonight: Tonight, people: tuple[Ours, ...], language: Language) -> Iterator[Unasked]:
    """What did not come, and the rules that therefore could not be asked of it: never a list that only looks calm."""
    book, _ = tonight.rulebook, language.text
    if book is None:
        return
    named = labels(tonight, language)
    for name, rules in unasked(book.rules, tonight.lacking).items():
        facts = {"table": table(name, language), "rules": ", ".join(named[rule] for rule in rules)}
        if name in tonight.left_out:
            sentence = _("{table}: {why} These rules could not ask it: {rules}.")
            yield Unasked(sentence.format(why=_(LEFT_OUT), **facts), wholly=True)
        else:
            sentence = _("{table}: not delivered by any source. These rules could not ask it: {rules}.")
            yield Unasked(sentence.format(**facts), wholly=True)
    uncovered = Counter(name for person in people for name in person.unasked - tonight.lacking)
    for name, rules in unasked(book.rules, frozenset(uncovered)).items():
        sentence = language.count(
            "{{table}}: not delivered for {n} citizen here. These rules could not ask it of her: {{rules}}.",
            "{{table}}: not delivered for {n} citizens here. These rules could not ask it of them: {{rules}}.",
            uncovered[name],
        )
        told = ", ".join(named[rule] for rule in rules)
        yield Unasked(sentence.format(table=table(name, language), rules=told), wholly=True)
    for name, rules in unasked(book.rules, tonight.incomplete).items():
        sentence = _("{table}: some of it did not come. These rules may not have found everyone: {rules}.")
        told = ", ".join(named[rule] for rule in rules)
        yield Unasked(sentence.format(table=table(name, language), rules=told), wholly=False)


def standing(hit: Hit, where: Standing, day: Callable[[date], str], language: Language) -> str:
    """Where the record that met a rule stands today; `day` writes a date."""
    _ = language.text
    if where is Standing.PAUSED:
        until = moments.day(hit.paused_to)
        return _("paused") if until is None else _("paused until {day}").format(day=day(until))
    if where is Standing.FUTURE:
        begin = moments.day(hit.start)
        return _("not begun") if begin is None else _("begins {day}").format(day=day(begin))
    if hit.table == "visit":
        last = moments.day(hit.until)
        planned = "" if last is None else _("last planned {day}").format(day=day(last))
        unknown = _status("unknown", hit, language) if where is Standing.UNSURE else ""
        return ", ".join(part for part in (planned, unknown) if part)
    if where is Standing.UNSURE:
        return _status(hit.status if hit.status == "invalid" else "unknown", hit, language)
    if hit.status == "planned":
        return _status("planned", hit, language)
    return _("in force") if hit.table == "medication" else ""


def _status(code: str, hit: Hit, language: Language) -> str:
    return source_word(code, hit.status_source, ANY_STATUS, language)
