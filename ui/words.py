"""The words of the ward for what the records say in codes: one word a thing, on every screen."""

from __future__ import annotations

from datetime import date
from typing import Final

from backupreader.domain import moments
from backupreader.domain.identity import masked, shown
from backupreader.domain.journal import Journal, Presence
from backupreader.domain.presence import is_current, states_none
from backupreader.domain.records import Alert, Citizen
from backupreader.language import N_, Language
from printing.wording import (
    ALERT_KIND,
    ANY_STATUS,
    CONTACT_KIND,
    STATUS,
    source_word,
)
from ui.look import State
from ui.rows import Mark

_CITIZEN: Final = {
    "home": State.INFO,
    "hospital": State.LATE,
    "leave": State.LATE,
    "respite": State.LATE,
    "moved": State.LATE,
    "ended": State.LATE,
    "deceased": State.STOP,
    "unknown": State.QUIET,
}
_ACCESS: Final = {
    "key": N_("Key"),
    "keybox": N_("Key box"),
    "lock": N_("Lock"),
    "alarm": N_("Alarm"),
    "door": N_("Door"),
    "other": N_("Getting in"),
}


def status(code: str, source: str | None, language: Language) -> str:
    """The status in the ward's words; one that we do not know with the source's own word beside it."""
    return source_word(code, source, ANY_STATUS, language)


def status_mark(code: str, source: str | None, language: Language) -> Mark:
    """The status as a mark: what must not be acted on stands out."""
    states = {"unknown": State.LATE, "invalid": State.STOP, "entered-in-error": State.STOP, "paused": State.LATE}
    return Mark(status(code, source, language).upper(), states.get(code, State.QUIET))


def whereabouts(citizen: Citizen, language: Language) -> Mark:
    """Where she is now."""
    word = language.text(STATUS[citizen.status]).upper()
    if citizen.status == "unknown" and citizen.status_source:
        word = f"{word} ({citizen.status_source})"
    return Mark(word, _CITIZEN[citizen.status])


def name(citizen: Citizen, language: Language) -> str:
    """Her name; a sentence in its place where there is none."""
    return citizen.name if citizen.name.strip() else language.text("Name not delivered")


def number(citizen: Citizen, *, hidden: bool = False) -> str:
    """The first person number in its usual form; empty where there is none."""
    for identifier in citizen.identifiers:
        if identifier.kind != "local":
            return masked(identifier) if hidden else shown(identifier)
    return citizen.identifiers[0].value if citizen.identifiers else ""


def born(citizen: Citizen, today: date, language: Language) -> str:
    """Birthday and age: ``14 Mar 1938 (88)``; the age is of the day of death where there is one."""
    day = moments.day(citizen.birth_date)
    if day is None:
        return citizen.birth_date or language.text("birthday not known")
    until = moments.day(citizen.deceased_at) or today
    years = until.year - day.year - ((until.month, until.day) < (day.month, day.day))
    return f"{language.day(day)} ({years})" if years >= 0 else language.day(day)


def home(citizen: Citizen, language: Language, *, stated: bool = False) -> str:
    """Where she lives: room and address; a protected address only where a reason for it was `stated`."""
    if citizen.protected_address and not (stated and (citizen.address or citizen.city or citizen.room)):
        return language.text("protected address")
    place = " ".join(part for part in (citizen.postal_code, citizen.city) if part)
    room = language.text("room {room}").format(room=citizen.room) if citizen.room else None
    return ", ".join(part for part in (room, citizen.address, place) if part)


def alert(item: Alert, language: Language) -> str:
    """One warning in a line."""
    kind = N_("CAVE") if item.kind in {"allergy", "no-known-allergy"} else ALERT_KIND[item.kind]
    return f"{language.text(kind)}: {item.text}"


def allergy_mark(item: Alert, language: Language) -> Mark:
    """What must not be given, a status that is not known said."""
    doubt = "" if item.status == "active" else f" ({language.text('status not known')})"
    return Mark(alert(item, language) + doubt, State.STOP)


def not_delivered(language: Language) -> Mark:
    """Where no source has said anything of allergies."""
    return Mark(language.text("CAVE: not delivered, nothing is known"), State.LATE)


def cave(journal: Journal, language: Language) -> tuple[Mark, ...]:
    """The CAVE line in its three states, then the other warnings that are current."""
    _ = language.text
    current = [item for item in journal.alerts.items if is_current(item.status)]
    allergies = [item for item in current if item.kind == "allergy"]
    stated = [item for item in current if states_none(item)]
    allergies = allergies or [item for item in current if item.kind == "no-known-allergy" and not states_none(item)]
    marks = [allergy_mark(item, language) for item in allergies]
    if not allergies:
        if journal.alerts.presence is Presence.NOT_DELIVERED:
            marks.append(not_delivered(language))
        elif stated:
            day = moments.day(stated[0].recorded_at or stated[0].start)
            since = "" if day is None else " " + _("(stated {day})").format(day=language.day(day))
            said = "; ".join(dict.fromkeys(item.text for item in stated))  # of drugs only, or of everything: as stated
            marks.append(Mark(f"{_('CAVE: none known')}{since}: {said}", State.GOOD))
        else:
            marks.append(Mark(_("CAVE: nothing recorded"), State.QUIET))
    elif stated:
        marks.append(Mark(_("The source also states “none known”: ask"), State.LATE))
    order = ("treatment-limit", "staff-safety", "infection")
    others = [item for item in current if item.kind not in {"allergy", "no-known-allergy"}]
    others.sort(key=lambda item: order.index(item.kind) if item.kind in order else len(order))
    marks += [Mark(alert(item, language), State.STOP if item.kind in order else State.LATE) for item in others]
    return tuple(marks)


def contact_kind(kind: str, language: Language) -> str:
    """What a contact is to the citizen."""
    return language.text(CONTACT_KIND[kind])


def access_kind(kind: str, language: Language) -> str:
    """What kind of way in."""
    return language.text(_ACCESS[kind])
