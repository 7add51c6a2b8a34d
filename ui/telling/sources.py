"""How it is told what several sources say of one citizen: where each places her, what each calls her."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.barriers import Barrier
from backupreader.domain.journal import Journal, Section
from backupreader.domain.linking import unlike
from backupreader.domain.persons import elsewhere
from backupreader.domain.presence import source_of
from backupreader.domain.records import Citizen, Delivery
from backupreader.language import Language
from ui import words
from ui.chapter import Topic, View
from ui.clock import passed, taken, taken_line
from ui.look import State
from ui.rows import Kind, Mark, Row, recorded
from ui.telling.brief import group


def deliveries_of(journal: Journal) -> tuple[Delivery, ...]:
    """Everything that a journal's sources delivered, by table."""
    sections = (getattr(journal, field.name) for field in fields(journal))
    found = (one for section in sections if isinstance(section, Section) for one in section.deliveries)
    return (*found, *journal.told)


def how_old(topics: Iterable[Topic], journal: Journal, view: View) -> tuple[Row, ...]:
    """From whom and when, of several sections: those that were taken together in one line."""
    taken: dict[str, list[str]] = {}
    for topic in topics:
        section = topic.section(journal)
        if section.deliveries:
            line = taken_line(section, view.now, view.language)
            taken.setdefault(line, []).append(view.language.text(topic.title))
    nothing = view.language.text("Not delivered by any source: nothing is known here.")
    lines = [f"{line}: {', '.join(titles)}" for line, titles in taken.items()] or [nothing]
    return group(view.language.text("How old"), [Row(kind=Kind.TEXT, title=line) for line in lines])


def whereabouts(citizen: Citizen, also: tuple[Citizen, ...], language: Language) -> tuple[Mark, ...]:
    """Where she is; where sources place her differently, each by its name."""
    others = elsewhere(citizen, also)
    if not others:
        return (words.whereabouts(citizen, language),)
    return tuple(_placed(one, "", language) for one in (citizen, *others))


def whereabouts_now(journal: Journal, now: datetime, language: Language) -> tuple[Mark, ...]:
    """As `whereabouts`, with how old each source's word is."""
    others = elsewhere(journal.citizen, journal.also)
    if not others:
        return (words.whereabouts(journal.citizen, language),)
    return tuple(_placed(one, _age(one, journal.told, now, language), language) for one in (journal.citizen, *others))


def other_names(journal: Journal, language: Language) -> tuple[Mark, ...]:
    """What sources call her that have another name for her than the first one."""
    sentence = language.text("{source} calls this citizen {name}: ask")
    return tuple(
        Mark(sentence.format(source=source_of(one.id), name=one.name), State.LATE)
        for one in journal.also
        if unlike(one.name, journal.citizen.name)
    )


def other_rows(journal: Journal, view: View) -> list[Row]:
    """What each other source states of her, and when; no row where there is no other."""
    language = view.language
    rows = [_row(one, journal, view) for one in journal.also]
    title = language.text("The same person in other sources, by her number")
    return [Row(kind=Kind.HEADING, title=title), *rows] if rows else []


def _row(citizen: Citizen, journal: Journal, view: View) -> Row:
    language, source = view.language, source_of(citizen.id)
    born = words.born(citizen, view.now.date(), language) if citizen.birth_date else ""
    stated = Barrier.PROTECTED in view.stated
    home = words.home(citizen, language, stated=stated) if stated or not journal.citizen.protected_address else ""
    marks = [words.whereabouts(one, language) for one in elsewhere(journal.citizen, (citizen,))]
    if unlike(citizen.name, journal.citizen.name):
        marks.append(Mark(language.text("ANOTHER NAME"), State.LATE))
    facts = (born, words.number(citizen), citizen.phone, home)
    return Row(
        title=citizen.name,
        details=tuple(part for part in ("   ".join(part for part in facts if part), citizen.remark) if part),
        marks=tuple(marks),
        aside=next((taken(one, view.now, language) for one in journal.told if one.source == source), source),
        origin=recorded(citizen),
    )


def _placed(citizen: Citizen, age: str, language: Language) -> Mark:
    mark = words.whereabouts(citizen, language)
    source = source_of(citizen.id)
    return Mark(f"{source} ({age}): {mark.word}" if age else f"{source}: {mark.word}", mark.state)


def _age(citizen: Citizen, told: Iterable[Delivery], now: datetime, language: Language) -> str:
    """How old the source's word is; empty where that cannot be told."""
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    source = source_of(citizen.id)
    moment = next((moments.instant(one.taken_at, zone) for one in told if one.source == source), None)
    return "" if moment is None else language.text("{age} old").format(age=language.age(passed(moment, now)))
