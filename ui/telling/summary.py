"""The groups of the emergency summary: each a few lines of what matters first, the rest counted and one Enter away."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from backupreader.domain.barriers import Barrier
from backupreader.domain.identity import shown
from backupreader.domain.journal import Journal, Presence
from backupreader.domain.presence import is_current, states_none
from backupreader.domain.records import Alert, Condition, Note, Visit
from ui import words
from ui.chapter import LEFT_OUT, ToChapter, View
from ui.clock import at, written
from ui.look import State
from ui.rows import Kind, Mark, Row, recorded
from ui.telling import access, conditions, entry, notes, relatives, sources, todo, visits, warnings
from ui.telling.blind import blind_rows
from ui.telling.brief import counted, first_of, group, of_topic, short

_ALLERGIES, _LIMITS, _VISITS, _TODO, _NOTES, _PEOPLE, _WAYS, _RISKS, _CONDITIONS = 4, 3, 2, 2, 2, 2, 2, 6, 8
_NOTE, _HOW, _SIDE = 60, 90, 70  # characters of a note, of how a thing is done, and of what stands beside it
_FIRST_RISKS: Final = ("infection", "staff-safety", "serious-disease", "treatment", "fall")


def blind(journal: Journal, view: View) -> tuple[Row, ...]:
    """From when on nothing is known, and what was planned to change since: first to know about everything below."""
    timed = (
        replace(row, title=" ".join(part for part in (row.lead_under.replace("\n", " "), row.lead, row.title) if part))
        for row in blind_rows(journal, view)
    )
    return group(view.language.text("Not known"), timed)


def cave(journal: Journal, view: View) -> tuple[Row, ...]:
    """What must not be given, in its kinds of nothing; each with how severe, and who recorded it when."""
    _, current = view.language.text, _current(journal)
    surely_none = [item for item in current if states_none(item)]
    found = [item for item in current if item.kind == "allergy"] or [
        item for item in current if item.kind == "no-known-allergy" and item not in surely_none
    ]
    rows = first_of(warnings.TOPIC, found, _alert_row, _ALLERGIES, view)
    if found and surely_none:
        mark = Mark(_("The source also states “none known”: ask"), State.LATE)
        rows[0] = replace(rows[0], marks=(*rows[0].marks, mark))
    elif surely_none:
        rows = [warnings.alert_row(item, view) for item in surely_none]
    elif not found and not _nothing_of_warnings(journal):
        rows = [Row(kind=Kind.NOTHING, title=_("No allergy is recorded. That is not the same as none known."))]
    return of_topic(_("CAVE"), warnings.TOPIC, rows, journal, view)


def limits(journal: Journal, view: View) -> tuple[Row, ...]:
    """Limits of treatment, each with who said so when."""
    _ = view.language.text
    found = [item for item in _current(journal) if item.kind == "treatment-limit"]
    rows = first_of(warnings.TOPIC, found, _alert_row, _LIMITS, view)
    if not rows:
        kind, sentence = Kind.NOTHING, _("No limit of treatment is recorded.")
        if journal.alerts.presence is Presence.LEFT_OUT:
            kind, sentence = Kind.MISSING, _(LEFT_OUT)
        elif journal.alerts.presence is Presence.NOT_DELIVERED:
            kind, sentence = Kind.MISSING, _("Limits of treatment were not delivered.")
        rows = [Row(kind=kind, title=sentence)]
    return group(_("Limits"), rows, to=ToChapter(warnings.TOPIC.name))


def risks(journal: Journal, view: View) -> tuple[Row, ...]:
    """Every other warning that holds: infection first."""
    apart = {"allergy", "no-known-allergy", "treatment-limit"}
    items = [item for item in _current(journal) if item.kind not in apart]
    places = {kind: place for place, kind in enumerate(_FIRST_RISKS)}
    items.sort(key=lambda item: places.get(item.kind, len(places)))
    rows = first_of(warnings.TOPIC, items, _risk_row, _RISKS, view)
    return group(view.language.text("Risks"), rows, to=ToChapter(warnings.TOPIC.name))


def _risk_row(item: Alert, view: View) -> Row:
    return replace(_alert_row(item, view), title=words.alert(item, view.language))


def _current(journal: Journal) -> list[Alert]:
    return [item for item in journal.alerts.items if is_current(item.status)]


def _nothing_of_warnings(journal: Journal) -> bool:
    """Does the section itself say what kind of nothing it is?"""
    return not journal.alerts.items


def _alert_row(item: Alert, view: View) -> Row:
    row = warnings.alert_row(item, view)
    said = any((item.recorded_at, item.recorded_by))
    unsaid = () if said else (view.language.text("not said when or by whom"),)
    return replace(row, title=item.text, details=(*(short(part) or "" for part in row.details), *unsaid))


def next_visits(journal: Journal, view: View) -> tuple[Row, ...]:
    """The visits that go on or come next, each with what it is for."""
    ahead = visits.coming(journal, view)
    rows = [_visit_row(visit, view) for visit in ahead[:_VISITS]]
    if journal.visits.items and not ahead:
        nothing = view.language.text("No visit is planned from now on in what was delivered.")
        rows = [Row(kind=Kind.NOTHING, title=nothing)]
    word = counted(view.language.text("Visits"), _VISITS, len(ahead))
    return of_topic(word, visits.TOPIC, rows, journal, view)


def _visit_row(visit: Visit, view: View) -> Row:
    row = visits.visit_row(visit, view, brief=True)
    details = (short(visit.tasks, _HOW), " ".join(row.lead_under.split("\n")), *row.details[1 if visit.tasks else 0 :])
    start = visits.begins(visit, view)
    clock = row.lead if start is None or start.date() == view.now.date() else at(start, view.now, view.language)
    title = "  ".join(part for part in (clock, row.title) if part)
    return replace(row, title=title, lead_under="", aside="", details=tuple(part for part in details if part))


def to_do(journal: Journal, view: View, *, goal_first: bool) -> tuple[Row, ...]:
    """What is to be done, each with the first words of how; its goal before that for whoever reads in that order."""
    rows: list[Row] = []
    items = todo.current(journal)
    for item in items[:_TODO]:
        row = todo.intervention_row(item, view, brief=True)
        goal = view.language.text("Goal: {text}").format(text=short(item.goal)) if item.goal else ""
        often = row.details[1:] if item.instruction else row.details
        how = short(item.instruction, _HOW)
        said = (goal, how, *often) if goal_first else (how, *([] if how else [goal, *often]))
        rows.append(replace(row, details=tuple(part for part in said if part)))
    word = counted(view.language.text("To do"), _TODO, len(items))
    return of_topic(word, todo.TOPIC, rows, journal, view)


def last_notes(journal: Journal, view: View) -> tuple[Row, ...]:
    """The newest notes that hold, each with its first words."""
    items = [note for note in journal.notes.items if note.status not in {"entered-in-error", "superseded"}]
    rows = [_note_row(note, view) for note in items[:_NOTES]]
    word = counted(view.language.text("Notes"), len(rows), journal.notes.total)
    return of_topic(word, notes.TOPIC, rows, journal, view)


def _note_row(note: Note, view: View) -> Row:
    row, text = notes.note_row(note, view, longest=0), short(note.text, _NOTE)
    return replace(row, title=f"{row.aside}  {row.title}", aside="", details=(text,) if text else ())


def to_ring(journal: Journal, view: View) -> tuple[Row, ...]:
    """Whom to ring first, and whether at night."""
    items = relatives.in_order(journal)
    rows = [relatives.contact_row(item, view) for item in items[:_PEOPLE]]
    word = counted(view.language.text("Relatives"), _PEOPLE, len(items))
    return of_topic(word, relatives.TOPIC, rows, journal, view)


def ways_in(journal: Journal, view: View) -> tuple[Row, ...]:
    """Keys, locks, alarms and doors; no code."""
    items = journal.access.items
    rows = [access.access_row(item, view) for item in items[:_WAYS]]
    rows = [replace(row, details=tuple(short(part, _SIDE) or "" for part in row.details[:2])) for row in rows]
    word = counted(view.language.text("Getting in"), _WAYS, len(items))
    return of_topic(word, access.TOPIC, rows, journal, view)


def where(journal: Journal, view: View) -> tuple[Row, ...]:
    """Where she is now, since when, and where she lives."""
    citizen, language = journal.citizen, view.language
    since = written(citizen.status_since, view.now, language)
    home = words.home(citizen, language, stated=Barrier.PROTECTED in view.stated)
    phone = language.text("Phone {number}").format(number=citizen.phone) if citizen.phone else ""
    moved = language.text("since {first}").format(first=since) if since else ""
    row = Row(
        title=home or language.text("address not delivered"),
        details=tuple(part for part in (moved, phone) if part),
        marks=sources.whereabouts_now(journal, view.now, language),
        origin=recorded(citizen),
    )
    return group(language.text("Where"), (row, *entry.protected_rows(citizen, view)))


def health(journal: Journal, view: View) -> tuple[Row, ...]:
    """Conditions that hold: of health and of function."""
    items = [item for item in journal.conditions.items if item.status in conditions.CURRENT]
    rows = first_of(conditions.TOPIC, items, _condition_row, _CONDITIONS, view)
    return of_topic(view.language.text("Conditions"), conditions.TOPIC, rows, journal, view)


def _condition_row(item: Condition, view: View) -> Row:
    row = conditions.condition_row(item, view)
    return replace(row, details=tuple(short(part) or "" for part in row.details))


def general(journal: Journal, view: View) -> tuple[Row, ...]:
    """General information: her numbers, her language, her civil status, and what the source remarks."""
    citizen, _ = journal.citizen, view.language.text
    interpreter = {True: _("needed"), False: _("not needed"), None: ""}[citizen.interpreter]
    said = (
        (_("Number"), ", ".join(shown(one) for one in citizen.identifiers) or _("not delivered")),
        (_("Language"), citizen.language),
        (_("Interpreter"), interpreter),
        (_("Civil status"), citizen.marital_status),
        (_("Remark"), citizen.remark),
    )
    rows = [Row(title=title, details=(text,), origin=recorded(citizen)) for title, text in said if text]
    return group(_("General"), rows)
