"""In what one drug differs between two lists. What one of them does not say is no difference, but for a dosage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.dosage import Standing, Verdict, administration_rows, standing, whens
from backupreader.domain.drugs import (
    called_alike,
    insulin,
    label,
    name_words,
    releases_differ,
    same_form,
    same_label,
    strength,
)
from backupreader.domain.fold import fold
from backupreader.domain.journal import Order
from backupreader.domain.medicinelists import Pair, needed
from backupreader.domain.records import Dose, Medication
from backupreader.language import N_


class What(Enum):
    """What differs, in the order in which it matters."""

    STATUS = N_("Status")
    NAME = N_("Name")
    ATC = N_("ATC code")
    STRENGTH = N_("Strength")
    RELEASE = N_("Slow release")
    FORM = N_("Form")
    ROUTE = N_("Route")
    DOSAGE = N_("Dosage")
    PERIOD = N_("Period")


_HOLDS = {Standing.UNSURE: Standing.CURRENT}
_AHEAD = 7
"""Days of which the doses are compared: a drug given every third day stands in them, whichever day it began."""


def differences(pair: Pair, day: date, zone: ZoneInfo) -> tuple[What, ...]:
    """In what the two orders differ on a day; nothing where they say the same."""
    return tuple(_found(pair, day, zone))


def _found(pair: Pair, day: date, zone: ZoneInfo) -> Iterator[What]:
    one, other = pair.here.medication, pair.there.medication
    if _status(one, day, zone) != _status(other, day, zone):
        yield What.STATUS
    stronger = bool(one.strength and other.strength) and strength(one) != strength(other)
    named = _names_differ(one, other) and not (stronger and name_words(one) == name_words(other))
    if named:
        yield What.NAME
    if one.atc and other.atc and fold(one.atc) != fold(other.atc):
        yield What.ATC
    if stronger:
        yield What.STRENGTH
    if releases_differ(one, other) and not named:
        yield What.RELEASE
    elif not same_form(one.form, other.form):
        yield What.FORM
    if not _same_route(one.route, other.route):
        yield What.ROUTE
    if _doses_differ(pair.here, pair.there) or _calendar(pair.here, day, zone) != _calendar(pair.there, day, zone):
        yield What.DOSAGE
    if _period_differs(one, other, zone):
        yield What.PERIOD


def _status(medication: Medication, day: date, zone: ZoneInfo) -> tuple[Standing, object, object]:
    """Where it stands, whether its status is known or not, and its pause."""
    found = standing(medication, day, zone)
    return _HOLDS.get(found, found), medication.paused_from, medication.paused_to


def _names_differ(one: Medication, other: Medication) -> bool:
    """Whether the names are of two variants (Retard, Uno), strengths or drugs.

    Another maker's name of a substance is none of these, but for insulins, which are ordered by their name.
    """
    first, second = name_words(one), name_words(other)
    if first == second:
        return not same_label(label(one), label(other))
    if first and second and first[0] == second[0]:
        return True
    if insulin(one) or insulin(other):
        return not called_alike(one, other)
    if not (one.strength and other.strength) and not same_label(label(one), label(other)):
        return True
    coded = bool(one.atc and other.atc)
    return not coded and fold(one.substance or one.drug) != fold(other.substance or other.drug)


def _same_route(one: str | None, other: str | None) -> bool:
    """Whether two routes are the same, of which one may say more (oral, oral use); or one is not said."""
    first, second = sorted((fold(one or ""), fold(other or "")), key=len)
    return f"{second} ".startswith(f"{first} ".lstrip())


def _doses_differ(one: Order, other: Order) -> bool:
    """Whether the dosages differ, or cannot be compared because one is structured and the other is written only."""
    if needed(one) != needed(other) or bool(one.doses) != bool(other.doses):
        return True
    first, second = one.medication, other.medication
    if any(
        mine and theirs and mine != theirs
        for mine, theirs in (
            (_plain(first.dosage_text), _plain(second.dosage_text)),
            (first.max_per_day, second.max_per_day),
            (first.min_interval, second.min_interval),
            (_plain(first.instruction), _plain(second.instruction)),
        )
    ):
        return True
    units = [{dose.unit for dose in order.doses if dose.unit} for order in (one, other)]
    if all(units) and not all(any(same_form(mine, theirs) for theirs in units[1]) for mine in units[0]):
        return True
    return _amounts(one) != _amounts(other) or (_kinds(one) == _kinds(other) and _times(one) != _times(other))


def _plain(text: str | None) -> str:
    """The text whatever its spaces and capitals; every other sign may mean something ("1-2" and "1,2")."""
    return " ".join((text or "").split()).casefold().rstrip(".")


def _amounts(order: Order) -> Counter[tuple[object, ...]]:
    """How much, on which days: once for each time of the day."""
    return Counter(_amount(dose) for dose in order.doses for _ in whens(dose))


def _amount(dose: Dose) -> tuple[object, ...]:
    quantity, most = ((text or "").replace(",", ".").strip() for text in (dose.quantity, dose.quantity_max))
    days = dose.weekdays or dose.every_days
    return _number(quantity), _number(most or quantity), days, dose.prn, dose.max_per_day, dose.min_interval, dose.text


def _calendar(order: Order, day: date, zone: ZoneInfo) -> list[Counter[tuple[object, ...]]]:
    """What its doses ask for, or may, on the coming days, but for a pause: that is a difference of its own.

    Two lists may hold the same amounts for other days: a dose that is stepped down, a plaster changed every third day.
    """
    days = [day + timedelta(days=number) for number in range(_AHEAD)]
    free = replace(order.medication, status="active", paused_from=None, paused_to=None)
    rows = administration_rows(replace(order, medication=free), days, zone) if order.doses else ()
    return [
        Counter(_amount(row.dose) for row in rows if row.dose and row.cells[place].verdict is not Verdict.NOT_DUE)
        for place in range(_AHEAD)
    ]


def _number(text: str) -> str:
    """The amount however many zeros end it."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def _kinds(order: Order) -> set[str]:
    """How it says when: by the clock, by the part of the day, or only how often."""
    return {"clock" if dose.time else "slot" if dose.slot else "often" for dose in order.doses}


def _times(order: Order) -> Counter[object]:
    return Counter((dose.time, dose.slot, _amount(dose)) for dose in order.doses)


def _period_differs(one: Medication, other: Medication, zone: ZoneInfo) -> bool:
    """Whether both state another start, or the one an end that the other does not."""
    started = bool(one.start and other.start) and _day(one.start, zone) != _day(other.start, zone)
    return started or _day(one.end, zone) != _day(other.end, zone)


def _day(text: str | None, zone: ZoneInfo) -> object:
    return moments.day(text, zone) or text
