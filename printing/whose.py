"""Whose pages they are: her name, birthday, number and team, where she is, and the CAVE line.

On a driving list: the route, the day, and the counts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from backupreader.domain.identity import masked, shown
from backupreader.domain.journal import Presence
from backupreader.domain.persons import elsewhere
from backupreader.domain.presence import states_none
from printing import keptback, statements, wording
from printing.masthead import Head

if TYPE_CHECKING:
    from backupreader.domain.journal import Journal
    from backupreader.domain.records import Alert, Citizen
    from backupreader.domain.rounds import DrivingList
    from printing.document import Document, Sheet, Subject


def head(document: Document, subject: Subject, sheet: Sheet) -> Head:
    """What stands at the top of each page about this subject."""
    title = sheet.language.text(document.title)
    if subject.journal is not None:
        found = _citizen(subject.journal, title, sheet)
        incomplete = keptback.in_head(subject.journal, sheet) if document.medicine else ""
        return replace(found, facts=(*found.facts, (incomplete, True))) if incomplete else found
    if subject.driving_list is not None:
        return _route(subject.driving_list, title, sheet)
    raise ValueError("a subject is a journal or a driving list")


def _citizen(journal: Journal, title: str, sheet: Sheet) -> Head:
    _ = sheet.language.text
    citizen = journal.citizen
    unit = journal.unit.name if journal.unit else None
    room = _("room {room}").format(room=citizen.room) if citizen.room else None
    facts = [
        (wording.joined((wording.born(citizen, sheet), number(citizen, sheet), unit, room)), True),
        (
            statements.whereabouts(citizen, journal.also, sheet, journal.told),
            bool(elsewhere(citizen, journal.also)),
        ),
    ]
    if citizen.protected_address or citizen.protected_name:
        facts[1] = (facts[1][0] + "   " + _("PROTECTED IDENTITY: do not tell, do not leave lying."), True)
    if names := statements.other_names(journal, sheet):
        facts.append((names, True))
    if journal.namesakes:
        same = sheet.language.count(
            "NAMESAKE: one more citizen has this name. Check the birthday.",
            "NAMESAKES: {n} more citizens have this name. Check the birthday.",
            len(journal.namesakes),
        )
        facts.append((same, True))
    if journal.same_number:
        same = sheet.language.count(
            "SAME NUMBER: one more citizen has this person number. Look there too.",
            "SAME NUMBER: {n} more citizens have this person number. Look there too.",
            len(journal.same_number),
        )
        facts.append((same, True))
    cave, presence = cave_line(journal, sheet)
    return Head(name=citizen.name, title=title, facts=tuple(facts), cave=cave, presence=presence)


def number(citizen: Citizen, sheet: Sheet) -> str:
    """The person number as people write it, its last characters hidden on a sheet that goes along in a car."""
    personal = [identifier for identifier in citizen.identifiers if identifier.kind != "local"] or citizen.identifiers
    if not personal:
        return sheet.language.text("no person number delivered")
    return masked(personal[0]) if sheet.car else shown(personal[0])


def cave_line(journal: Journal, sheet: Sheet) -> tuple[tuple[tuple[str, bool], ...], Presence]:
    """What must not be given: the allergies, or which of the kinds of nothing there is."""
    _ = sheet.language.text
    section = journal.alerts
    found = [alert for alert in section.items if alert.kind == "allergy" and alert.status in {"active", "unknown"}]
    found = found or [
        alert for alert in section.items if alert.kind == "no-known-allergy" and alert.status == "unknown"
    ]
    if found:
        texts = "; ".join(allergy(alert, sheet) for alert in found)
        partial = () if section.complete else (("  " + _("The list is not complete."), False),)
        return ((_("CAVE: {texts}").format(texts=texts), True), *partial), Presence.VALUE
    stated = [alert for alert in section.items if states_none(alert)]
    if stated or section.presence is Presence.NONE_KNOWN:
        when = wording.moment(stated[0].recorded_at or stated[0].start, sheet) if stated else ""
        text = _("None known (stated {when})").format(when=when) if when else _("None known")
        words = "; ".join(dict.fromkeys(alert.text for alert in stated))  # of drugs only, or of everything: as stated
        return ((_("CAVE:"), True), (" " + wording.joined((text, words), ": "), False)), Presence.NONE_KNOWN
    if section.presence is Presence.NOT_DELIVERED:
        return (
            (_("CAVE:"), True),
            (" " + _("NOT DELIVERED by the source. Ask, before anything is given."), False),
        ), section.presence
    text = _("Nothing recorded in {source}. Nobody has stated that there is none.").format(
        source=wording.sources(section.deliveries)
    )
    return ((_("CAVE:"), True), (" " + text, False)), Presence.NOTHING_RECORDED


def allergy(alert: Alert, sheet: Sheet) -> str:
    """One allergy with its reaction and how grave it is, a status that is not known said."""
    more = wording.joined((alert.reaction, alert.severity), ", ")
    doubt = (
        wording.source_word(alert.status, alert.status_source, wording.RECORD_STATUS, sheet.language)
        if alert.status == "unknown"
        else None
    )
    extra = wording.joined((more, doubt), "; ")
    return f"{alert.text} ({extra})" if extra else alert.text


def _route(rounds: DrivingList, title: str, sheet: Sheet) -> Head:
    language, _ = sheet.language, sheet.language.text
    going = [visit for visit in rounds.visits if visit.status not in {"cancelled", "entered-in-error"}]
    minutes = sum(visit.minutes or 0 for visit in going)
    carers = dict.fromkeys(name for visit in going for name in (visit.staff, visit.second_staff) if name)
    clocks = [visit.start[11:16] for visit in going]
    if rounds.shift is None:  # a night's clock times are in order as they stand
        clocks.sort()
    counts = wording.joined(
        (
            language.day(rounds.day, weekday=True),
            None if rounds.shift is None else wording.shift_hours(rounds.shift, language),
            f"{clocks[0]}–{clocks[-1]}" if clocks else None,
            language.count("{n} visit", "{n} visits", len(going)),
            language.count("{n} citizen", "{n} citizens", len({visit.citizen for visit in going if visit.citizen})),
            _("{hours} h {minutes} min planned").format(hours=minutes // 60, minutes=minutes % 60) if minutes else None,
        )
    )
    open_visits = sum(not visit.staff for visit in going)
    if open_visits:
        counts += " · " + language.count("{n} without a carer", "{n} without a carer", open_visits)
    names = _("Carers: {names}").format(names=", ".join(carers)) if carers else _("Carers: none named")
    version = (
        _("For the car: without health details, numbers and codes. Shred after use.")
        if sheet.car
        else _("For the office: holds health details. Do not take it along.")
    )
    return Head(
        name=wording.list_name(rounds, language), title=title, facts=((counts, True), (names, False), (version, False))
    )
