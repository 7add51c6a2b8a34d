"""How records are said on paper: dates, statuses, drugs and doses in the reader's language, their own texts as written.

Pure, and without reportlab: a sentence made here is the same on every document.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.dosage import When
from backupreader.domain.freshness import between
from backupreader.domain.journal import Order, Presence, Section
from backupreader.domain.records import Administration, Citizen, Delivery, Dose, Medication
from backupreader.domain.rounds import DrivingList
from backupreader.domain.shiftlists import Kind
from backupreader.domain.shifts import Name, Shift
from backupreader.language import N_, Language
from printing.document import Sheet

T = TypeVar("T")

STATUS: Final = {
    "home": N_("at home"),
    "hospital": N_("in hospital"),
    "leave": N_("on leave"),
    "respite": N_("in respite care"),
    "moved": N_("moved away"),
    "ended": N_("no longer served"),
    "deceased": N_("deceased"),
    "unknown": N_("whereabouts unknown"),
}
SLOT: Final = {
    "morning": N_("morning"),
    "noon": N_("noon"),
    "afternoon": N_("afternoon"),
    "evening": N_("evening"),
    "night": N_("night"),
}
SHIFT: Final[dict[Name, str]] = {
    "day": N_("Day shift"),
    "evening": N_("Evening shift"),
    "night": N_("Night shift"),
}
LISTS: Final = {
    Kind.WITHOUT_CARER: N_("Without a carer"),
    Kind.ABSENT: N_("Cancelled or away"),
    Kind.DOUBLE: N_("Two carers"),
    Kind.CRITICAL: N_("Time-critical"),
}
MEDICATION_STATUS: Final = {
    "active": N_("active"),
    "paused": N_("paused"),
    "stopped": N_("stopped"),
    "completed": N_("completed"),
    "draft": N_("draft"),
    "entered-in-error": N_("entered in error"),
    "invalid": N_("not valid"),
    "unknown": N_("status not known"),
}
RECORD_STATUS: Final = {
    "active": N_("active"),
    "inactive": N_("no longer current"),
    "entered-in-error": N_("entered in error"),
    "refuted": N_("refuted"),
    "unknown": N_("status not known"),
    "planned": N_("planned"),
    "paused": N_("paused"),
    "ended": N_("ended"),
    "cancelled": N_("cancelled"),
    "preliminary": N_("preliminary"),
    "superseded": N_("replaced by a later one"),
    "amended": N_("amended"),
    "final": N_("final"),
}
ADMINISTRATION_STATUS: Final = {
    "planned": N_("planned"),
    "given": N_("given"),
    "refused": N_("refused"),
    "postponed": N_("postponed"),
    "not-given": N_("not given"),
    "entered-in-error": N_("entered in error"),
    "unknown": N_("status not known"),
}
ANY_STATUS: Final = RECORD_STATUS | MEDICATION_STATUS | ADMINISTRATION_STATUS | {"done": N_("done")}
CONTACT_KIND: Final = {
    "relative": N_("Relative"),
    "guardian": N_("Guardian"),
    "gp": N_("General practitioner"),
    "nurse": N_("Nurse"),
    "department": N_("Hospital department"),
    "pharmacy": N_("Pharmacy"),
    "other": N_("Other contact"),
}
ALERT_KIND: Final = {
    "allergy": N_("Allergy"),
    "no-known-allergy": N_("No known allergy"),
    "infection": N_("Infection"),
    "treatment-limit": N_("Limit of treatment"),
    "serious-disease": N_("Serious disease"),
    "treatment": N_("Treatment to know of"),
    "staff-safety": N_("Staff safety"),
    "fall": N_("Risk of falling"),
    "diet": N_("Diet"),
    "communication": N_("Communication"),
    "other": N_("Other warning"),
}
_WEEKDAYS: Final = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def zone(sheet: Sheet) -> ZoneInfo:
    """The site's zone, which the sheet's clock carries."""
    if not isinstance(sheet.now.tzinfo, ZoneInfo):
        raise TypeError("Sheet.now must carry the site's ZoneInfo")
    return sheet.now.tzinfo


@lru_cache(maxsize=8_192)
def day(language: Language, value: date, *, weekday: bool = False, year: bool = True) -> str:
    """`Language.day`, remembered: a bundle writes the same dates thousands of times."""
    return language.day(value, weekday=weekday, year=year)


def moment(text: str | None, sheet: Sheet) -> str:
    """A moment as people write it, in the precision that was delivered; a text that is no moment as written."""
    if not text:
        return ""
    exact = moments.instant(text, zone(sheet))
    if exact is not None:
        return f"{day(sheet.language, exact.date())} {sheet.language.clock(exact)}"
    whole = moments.day(text, zone(sheet))
    return text if whole is None else day(sheet.language, whole)


def period(start: str | None, end: str | None, sheet: Sheet) -> str:
    """From when to when, empty when neither is said."""
    _ = sheet.language.text
    if start and end:
        return _("{start} to {end}").format(start=moment(start, sheet), end=moment(end, sheet))
    if start:
        return _("from {start}").format(start=moment(start, sheet))
    return _("until {end}").format(end=moment(end, sheet)) if end else ""


def joined(parts: Iterable[str | None], separator: str = " · ") -> str:
    """What there is of some texts, with a dot between."""
    return separator.join(part for part in parts if part)


def weekday(value: date, language: Language) -> str:
    """The day of the week, short: ``Mon``."""
    return language.text(_WEEKDAYS[value.weekday()])


def born(citizen: Citizen, sheet: Sheet) -> str:
    """Birthday and age: ``14 Mar 1938 (88 years)``; the age is of the day of death where there is one."""
    birthday = moments.day(citizen.birth_date)
    if birthday is None:
        return citizen.birth_date or sheet.language.text("birthday not delivered")
    until = moments.day(citizen.deceased_at, zone(sheet)) or sheet.now.date()
    years = until.year - birthday.year - ((until.month, until.day) < (birthday.month, birthday.day))
    shown = day(sheet.language, birthday)
    return shown if years < 0 else f"{shown} ({sheet.language.count('{n} year', '{n} years', years)})"


def whereabouts(citizen: Citizen, sheet: Sheet) -> str:
    """Where she is now, with the source's own word where ours is *unknown*."""
    status = sheet.language.text(STATUS[citizen.status])
    if citizen.status == "unknown" and citizen.status_source:
        status = f"{status} ({citizen.status_source})"
    if citizen.status_since:
        status += " " + sheet.language.text("since {start}").format(start=moment(citizen.status_since, sheet))
    return status


def address(citizen: Citizen, sheet: Sheet) -> str:
    """The address on one line; of a protected one only that it is, in a car and where no reason was stated."""
    if citizen.protected_address and sheet.car:
        return sheet.language.text("protected address: ask the office")
    if citizen.protected_address and not sheet.reveal_protected:
        return sheet.language.text("protected address: state a reason")
    room = sheet.language.text("room {room}").format(room=citizen.room) if citizen.room else None
    return joined((citizen.address, joined((citizen.postal_code, citizen.city), " "), room), ", ")


def source_word(status: str, source: str | None, words: dict[str, str], language: Language) -> str:
    """A status in words, with the source's own word in brackets where ours is *unknown*."""
    word = language.text(words.get(status, N_("status not known")))
    return f"{word} ({source})" if status == "unknown" and source else word


def drug(medication: Medication) -> str:
    """Name, strength and form: what stands on the box."""
    return joined((medication.drug, medication.strength, medication.form), " ")


def amount(dose: Dose | None, language: Language) -> str:
    """The quantity of one dose, every digit of it: ``1,5 tablet``, ``1–2 tablets``; empty when not said."""
    if dose is None:
        return ""
    quantity = language.decimal(dose.quantity or "")
    if dose.quantity_max and dose.quantity_max != dose.quantity:
        quantity = f"{quantity}–{language.decimal(dose.quantity_max)}"
    return joined((quantity, dose.unit), " ")


def at(when: When, language: Language) -> str:
    """A clock time, a slot's word, ``2 of 3``, or nothing when no time is said."""
    if when.time is not None:
        return when.time
    if when.slot is not None:
        return language.text(SLOT[when.slot])
    return language.text("{n} of {total}").format(n=when.number, total=when.of) if when.of else ""


def on_days(dose: Dose, language: Language) -> str:
    """On which days; empty for every day, and for what is not said."""
    if dose.weekdays:
        if set(dose.weekdays) <= set("1234567"):
            return ", ".join(language.text(_WEEKDAYS[int(number) - 1]) for number in dose.weekdays)
        return dose.weekdays
    if dose.every_days is not None and dose.every_days > 1:
        text = language.text("every {n} days").format(n=dose.every_days)
        return text if dose.day_no == 1 else f"{text} ({language.text('day {n}').format(n=dose.day_no)})"
    return ""


def dose_line(dose: Dose, sheet: Sheet) -> str:
    """One line of a structured dosage in words."""
    _ = sheet.language.text
    when = dose.time or (_(SLOT[dose.slot]) if dose.slot else None)
    if when is None and dose.times_per_day:
        when = sheet.language.count("{n} time a day", "{n} times a day", dose.times_per_day)
    return joined(
        (
            amount(dose, sheet.language),
            when,
            on_days(dose, sheet.language),
            _("when needed") if dose.prn else None,
            limits(dose.max_per_day, dose.min_interval, sheet.language),
            period(dose.start, dose.end, sheet),
            dose.text,
        )
    )


def limits(most: str | None, apart: str | None, language: Language) -> str:
    """The two limits of a dose that is given when needed."""
    return joined(
        (
            language.text("at most {amount} a day").format(amount=most) if most else None,
            language.text("at least {interval} apart").format(interval=apart) if apart else None,
        )
    )


def order_limits(order: Order, language: Language) -> str:
    """The limits of the whole order, unless each of its doses has said the very same."""
    own = (order.medication.max_per_day, order.medication.min_interval)
    return "" if {(dose.max_per_day, dose.min_interval) for dose in order.doses} == {own} else limits(*own, language)


def last_given(administrations: Iterable[Administration], sheet: Sheet) -> Administration | None:
    """The newest dose that the source recorded as given, or of which it is not known whether it was."""
    given = [
        (moment_, item.id, item)
        for item in administrations
        if item.status in {"given", "unknown"}
        and (moment_ := moments.instant(item.given_at or item.planned_at, zone(sheet)))
    ]
    return max(given, key=lambda entry: entry[:2])[2] if given else None


def sources(deliveries: Iterable[Delivery]) -> str:
    """The names of the sources, each once."""
    return ", ".join(dict.fromkeys(delivery.source for delivery in deliveries))


UNKNOWN: Final = frozenset({Presence.NOT_DELIVERED, Presence.LEFT_OUT})
"""Where nothing is known, which looks unlike a nothing that somebody has stated."""


def empty(section: Section[T], sheet: Sheet) -> str:
    """What an empty section says: three different things are never the same words."""
    _ = sheet.language.text
    match section.presence:
        case Presence.NONE_KNOWN if not section.items:
            return _("None known, says {source}.").format(source=sources(section.deliveries))
        case Presence.NOT_DELIVERED:
            return _("NOT DELIVERED: no source has sent this. Nothing is known.")
        case Presence.LEFT_OUT:
            return _("NOT IN THIS COPY by the municipality's decision. Nothing is known here.")
        # There are rows, but none that belongs here. "No allergy is known" says nothing of limits or other warnings.
        case Presence.VALUE | Presence.NONE_KNOWN:
            return _("Nothing current in {source}.").format(source=sources(section.deliveries))
        case Presence.NOTHING_RECORDED:
            return _("Nothing recorded in {source}.").format(source=sources(section.deliveries))


def ages(deliveries: Iterable[Delivery], sheet: Sheet) -> str:
    """When the data was taken at each source, and how old it is: the oldest moment of each."""
    _ = sheet.language.text
    oldest: dict[str, str] = {}
    for delivery in deliveries:
        both = (oldest.get(delivery.source, delivery.taken_at), delivery.taken_at)
        oldest[delivery.source] = moments.oldest(both, zone(sheet)) or delivery.taken_at
    return joined(
        _("Taken from {source} {moment}, {age}").format(
            source=source, moment=moment(taken, sheet), age=_age(taken, sheet)
        )
        for source, taken in sorted(oldest.items())
    ) or _("No source has said when its data was taken.")


def _age(taken: str, sheet: Sheet) -> str:
    _ = sheet.language.text
    exact: datetime | None = moments.instant(taken, zone(sheet))
    if exact is None:
        return _("age unknown")
    if between(sheet.now, exact) > timedelta(0):
        return _("which is in the future: check this PC's clock")
    return _("{age} old").format(age=sheet.language.age(between(exact, sheet.now)))


def shift_hours(shift: Shift, language: Language) -> str:
    """Which shift, and from when until when: ``Night shift 23:00–07:00``."""
    clocks = f"{language.clock(shift.begins)}–{language.clock(shift.ends)}"
    return f"{language.text(SHIFT[shift.name])} {clocks}"


def list_name(listed: DrivingList, language: Language) -> str:
    """What a driving list is of: the route or carer by the name, another list by its own."""
    if listed.pick is not None and listed.pick.kind in LISTS:
        return language.text(LISTS[listed.pick.kind])
    return listed.route or language.text("On no route")
