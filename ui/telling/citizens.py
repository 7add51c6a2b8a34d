"""How it is told who is ours: the counts, one row a citizen, and what can be chosen among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from backupreader.domain import moments
from backupreader.domain.fold import fold
from backupreader.domain.lifecritical import unasked
from backupreader.domain.persons import elsewhere
from backupreader.domain.tonight import (
    ANY_RULE,
    DONE,
    HERE,
    LEFT,
    NO_UNIT,
    Chosen,
    Facet,
    Filter,
    Ours,
    Tick,
    Ticks,
    Tonight,
    ticked,
    wall,
)
from backupreader.language import N_, Language
from printing import rulewords, tablewords
from printing.wording import ALERT_KIND, STATUS
from ui import words
from ui.chapter import LEFT_OUT, View, Whose
from ui.clock import distance
from ui.look import State
from ui.rows import Kind, Mark, Row
from ui.telling import lifecritical, sources

_SHIFTS: Final = {"day": N_("day shift"), "evening": N_("evening shift"), "night": N_("night shift")}
_FACETS: Final = {
    Facet.TICKED: N_("Ticked on this shift"),
    Facet.WHERE: N_("Where they are"),
    Facet.RULE: N_("Life-critical"),
    Facet.ROUTE: N_("Routes of this shift"),
    Facet.UNIT: N_("Units"),
    Facet.ALERT: N_("Warnings"),
}


@dataclass(frozen=True, slots=True)
class Pick:
    """A row that chooses one thing, or no longer."""

    facet: Facet
    value: str


class Press:
    """What else a row of the lists can be pressed for."""

    MORE: Final = "more"
    GONE: Final = "gone"
    ALL: Final = "all"


def heading(tonight: Tonight, language: Language) -> str:
    """Which shift it is: ``Ours · night shift 23:00–07:00``."""
    shift = tonight.shift
    clocks = f"{language.clock(shift.begins)}–{language.clock(shift.ends)}"
    day = language.day(shift.date, weekday=True, year=False)
    return f"{language.text('Who is ours')} · {day} · {language.text(_SHIFTS[shift.name])} {clocks}"


def counted(chosen: Chosen, wanted: Filter, language: Language) -> str:
    """How many are seen, and where they are."""
    number = language.count("{n} citizen", "{n} citizens", len(chosen.people))
    if wanted.gone:
        return f"{number} · {language.text('no longer ours: moved away, no longer served, or dead')}"
    places = Counter(person.where for person in chosen.people)
    told = (f"{language.text(STATUS[where])} {places[where]}" for where in HERE if places[where])
    return f"{number}:  " + "  ·  ".join(told) if chosen.people else number


def ticks_told(people: Sequence[Ours], ticks: Ticks, language: Language) -> str:
    """How many of them are ticked, and how many are left."""
    done = ticked(people, ticks)
    told = language.text("{done} of {all} ticked, {left} left")
    return told.format(done=done, all=len(people), left=len(people) - done)


def value_told(facet: Facet, value: str, rules: Mapping[str, str], language: Language) -> str:
    """One thing that can be chosen, in words."""
    match facet:
        case Facet.TICKED:
            return language.text("Not ticked yet") if value == LEFT else language.text("Ticked")
        case Facet.WHERE:
            word = language.text(STATUS.get(value, value))
            return word[:1].upper() + word[1:]
        case Facet.RULE:
            return language.text("All life-critical") if value == ANY_RULE else rules.get(value, value)
        case Facet.ALERT:
            return language.text(ALERT_KIND[value])
        case Facet.UNIT:
            return value if value != NO_UNIT else language.text("No unit stated")
        case Facet.ROUTE:
            return value


def chosen_marks(wanted: Filter, rules: Mapping[str, str], language: Language) -> tuple[Mark, ...]:
    """What is chosen."""
    picked = ((facet, value) for facet in Facet if (value := wanted.chosen(facet)) is not None)
    return tuple(Mark(value_told(facet, value, rules, language), State.INFO) for facet, value in picked)


def filter_rows(every: Chosen, chosen: Chosen, wanted: Filter, tonight: Tonight, language: Language) -> tuple[Row, ...]:
    """Everything that can be chosen, each with how many there are beside what is chosen already.

    `every` is what there is where nothing is chosen: what nobody answers any more stays in its place, so that nothing
    moves while one chooses.
    """
    everyone = Row(
        title=language.text("Everyone  F3"),
        marks=() if not wanted.empty else (Mark(language.text("SHOWN"), State.GOOD),),
        target=Press.ALL,
    )
    rows, rules, book = [everyone], rulewords.labels(tonight, language), tonight.rulebook
    for facet in Facet:
        values = _offered(facet, every.counts[facet], rules)
        if values:
            rows.append(Row(kind=Kind.HEADING, title=language.text(_FACETS[facet])))
        for value in values:
            mark = (Mark(language.text("SHOWN"), State.GOOD),) if value == wanted.chosen(facet) else ()
            if value == ANY_RULE and book is not None and unasked(book.rules, tonight.lacking):
                mark = (*mark, Mark(language.text("NOT ALL ASKED"), State.LATE))
            title = value_told(facet, value, rules, language)
            rows.append(Row(title=title, aside=str(chosen.counts[facet][value]), marks=mark, target=Pick(facet, value)))
    return tuple(rows)


def _offered(facet: Facet, counts: Counter[str], rules: Mapping[str, str]) -> Sequence[str]:
    """What of one kind there is among all, in its order."""
    match facet:
        case Facet.TICKED:
            return (LEFT, DONE)
        case Facet.RULE:
            return (ANY_RULE, *(rule for rule in rules if counts[rule])) if rules else ()
        case Facet.WHERE:
            return tuple(where for where in (*HERE, "moved", "ended", "deceased") if counts[where])
        case Facet.ALERT:
            return tuple(kind for kind in ALERT_KIND if counts[kind])
        case Facet.ROUTE | Facet.UNIT:
            return sorted(counts, key=fold)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How citizens are told now: what was answered, what is chosen of it, who is ticked, and the clock."""

    view: View
    tonight: Tonight
    wanted: Filter
    ticks: Ticks
    rules: Mapping[str, str]

    @property
    def why(self) -> bool:
        """Is it told beside each rule what met it?"""
        return self.wanted.chosen(Facet.RULE) is not None


def list_rows(chosen: Chosen, telling: Telling, most: int, *, whole: bool) -> tuple[Row, ...]:
    """The list: what must be known of it first, at most so many citizens, and what else can be pressed.

    `whole` is False where ticks were lost.
    """
    language, seen = telling.view.language, chosen.people[:most]
    rows = [] if whole else [lost_row(language)]
    if telling.why:
        ours = tuple(person for person in telling.tonight.people if not person.gone)
        rows += lifecritical.head_rows(telling.tonight, ours, language)
    elif "visit" in telling.tonight.lacking:
        sentence = language.text("Visits were not delivered by any source. Nothing is known about them here.")
        if "visit" in telling.tonight.left_out:
            sentence = f"{tablewords.table('visit', language)}: {language.text(LEFT_OUT)}"
        rows.append(Row(kind=Kind.MISSING, title=sentence))
    rows += _citizen_rows(seen, telling)
    if not chosen.people:
        rows.append(nobody_row(telling.wanted, language))
    if len(seen) < len(chosen.people):
        rows.append(more_row(len(seen), len(chosen.people), language))
    if chosen.gone:
        rows.append(gone_row(chosen.gone, telling.wanted, language))
    return tuple(rows)


def _citizen_rows(people: Sequence[Ours], telling: Telling) -> Iterator[Row]:
    """One row a citizen; namesakes among all who are ours are told, also where only one of them is seen."""
    names = Counter(fold(person.citizen.name) for person in telling.tonight.people)
    return (_citizen_row(person, names[fold(person.citizen.name)], telling) for person in people)


def _citizen_row(person: Ours, same_name: int, telling: Telling) -> Row:
    citizen, language, now = person.citizen, telling.view.language, telling.view.now
    lead, under = _next(person, telling.view)
    born = words.born(citizen, now.date(), language)
    further = len(citizen.identifiers) - 1
    more = language.count("and {n} more number", "and {n} more numbers", further) if further > 0 else ""
    where = " · ".join(part for part in (person.unit, words.home(citizen, language), *person.routes) if part)
    details = ["   ".join(part for part in (born, words.number(citizen), more) if part), where]
    if telling.why:
        details += lifecritical.details(person, telling.rules, now.date(), language)
    nameless = language.text("No name delivered ({id})").format(id=citizen.id)
    return Row(
        lead=lead,
        lead_under=under,
        title=citizen.name.strip() or nameless,
        details=tuple(part for part in details if part),
        marks=tuple(_marks(person, same_name, telling)),
        target=Whose(citizen.id, citizen.name, person.unit),
    )


def _next(person: Ours, view: View) -> tuple[str, str]:
    """When her next visit begins, by the clock and from now."""
    begin = next((start for start in person.visits if start >= wall(view.now)), None)
    moment = moments.instant(begin, view.zone)
    if moment is None:
        return "", ""
    return view.language.clock(moment), distance(moment, view.now, view.language)


def _marks(person: Ours, same_name: int, telling: Telling) -> Iterator[Mark]:
    citizen, language = person.citizen, telling.view.language
    if (tick := telling.ticks.get(person.ids[0])) is not None:
        yield tick_mark(tick, telling.view.now, language)
    yield from sources.whereabouts(citizen, person.also, language)
    if citizen.deceased_at and citizen.status != "deceased" and not elsewhere(citizen, person.also):
        yield Mark(language.text("A day of death is stated"), State.STOP)
    yield from (words.allergy_mark(item, language) for item in person.allergies)
    if person.more_allergies:
        yield Mark(language.count("{n} more CAVE", "{n} more CAVE", person.more_allergies), State.STOP)
    if not person.alerts_known:
        yield words.not_delivered(language)
    if same_name > 1 and citizen.name.strip():
        yield Mark(language.text("{n} WITH THIS NAME").format(n=same_name), State.LATE)
    if citizen.protected_name or citizen.protected_address:
        yield Mark(language.text("PROTECTED"), State.LATE)
    yield from lifecritical.marks(person, telling.rules, language)


def tick_mark(tick: Tick, now: datetime, language: Language) -> Mark:
    """That she is ticked: when, and by whom."""
    told = language.text("SEEN TO {clock} {name}")
    return Mark(told.format(clock=language.clock(tick.at.astimezone(now.tzinfo)), name=tick.by), State.GOOD)


def more_row(shown: int, number: int, language: Language) -> Row:
    """That there are more, which a press shows."""
    more = language.text("Show more: {shown} of {all} are shown").format(shown=shown, all=number)
    return Row(kind=Kind.ACTION, title=more, target=Press.MORE)


def gone_row(number: int, wanted: Filter, language: Language) -> Row:
    """To those who are no longer ours, or back."""
    if wanted.gone:
        return Row(kind=Kind.ACTION, title=language.text("Back to those who are ours"), target=Press.GONE)
    sentence = language.count(
        "Show the one who moved away, is no longer served or is dead",
        "Show the {n} who moved away, are no longer served or are dead",
        number,
    )
    return Row(kind=Kind.ACTION, title=sentence, target=Press.GONE)


def lost_row(language: Language) -> Row:
    """That ticks were lost."""
    sentence = language.text("Some ticks of this shift were lost on this PC. Ask each other who has been seen to.")
    return Row(kind=Kind.BLIND, title=sentence)


def nobody_row(wanted: Filter, language: Language) -> Row:
    """That there is nobody to see, and why."""
    if wanted.empty:
        return Row(kind=Kind.NOTHING, title=language.text("No citizen of your units is in this data."))
    return Row(kind=Kind.NOTHING, title=language.text("Nobody here answers all that is chosen. F3 shows everyone."))


def keys(language: Language, *, choosing: bool, ticking: bool) -> str:
    """The keys as they work now: `choosing` whom to see; `ticking` by a click or Enter."""
    if choosing:
        return language.text("↑ ↓ choose   Enter show or no longer   F3 everyone   Esc back to the citizens")
    if ticking:
        return language.text("↑ ↓ choose   Enter or Space tick, again take back   F4 open instead   F2 whom to see")
    return language.text("↑ ↓ choose   Enter open   Space tick, again take back   F2 whom to see   F3 everyone")
