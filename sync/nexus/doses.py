"""The structured part of a medicine's dosage: clock times or parts of the day, quantities, days of the week.

No public answer shows it: all names are likely ones. A dose whose time or quantity has another form keeps it as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from backupreader.domain.records import Dose, Slot
from sync.nexus.clock import day
from sync.nexus.node import Node, joined, labelled
from sync.nexus.reading import Reading

_LISTS: Final = ("dosages", "doses", "dosageTimes", "administrationTimes", "dosageStructures", "times", "dosage")
_TIME: Final = ("time", "timeOfDay", "clockTime", "clock")
_CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::00)?")
_SLOTS: Final[dict[str, Slot]] = {
    "morgen": "morning", "morning": "morning", "formiddag": "morning", "middag": "noon", "noon": "noon",
    "eftermiddag": "afternoon", "afternoon": "afternoon", "aften": "evening", "evening": "evening",
    "nat": "night", "night": "night", "til natten": "night",
}  # fmt: skip
_DAYS: Final[dict[str, str]] = {
    word: str(number)
    for number, words in enumerate(
        (
            ("monday", "mandag"), ("tuesday", "tirsdag"), ("wednesday", "onsdag"), ("thursday", "torsdag"),
            ("friday", "fredag"), ("saturday", "lørdag"), ("sunday", "søndag"),
        ),
        start=1,
    )
    for word in words
}  # fmt: skip
_NAMED: Final = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


@dataclass(frozen=True, slots=True)
class Ordered:
    """The medicine that a dose belongs to."""

    id: str
    citizen: str
    prn: bool


def doses_of(reading: Reading, node: Node, ordered: Ordered) -> list[Dose]:
    """Every dose that the medicine lists."""
    found: list[Dose] = []
    for holder, key in _places(node):
        if holder.is_list(key) and not any(isinstance(item, dict) for item in holder.value[key]):
            for text in holder.texts(key):
                found.append(_bare(reading, text, ordered, f"{ordered.id}#{len(found) + 1}"))
        else:
            for dose in holder.parts(key):
                found.append(_dose(reading, dose, ordered, f"{ordered.id}#{len(found) + 1}"))
    return found


def _places(node: Node) -> list[tuple[Node, str]]:
    """Where doses stand: in a list of the medicine, or in one within its dosage."""
    places = [(node, key) for key in _LISTS if node.is_list(key) or (key != "dosage" and node.is_object(key))]
    if node.is_object("dosage"):
        inner = node.part("dosage")
        if inner is not None:
            within = [(inner, key) for key in _LISTS if inner.is_list(key)]
            return [*places, *within] if within else [*places, (node, "dosage")]
    return places


def _bare(reading: Reading, text: str, ordered: Ordered, id_: str) -> Dose:
    """A dose of which only the time is said."""
    time, slot = _when(text)
    return Dose(
        id=id_,
        medication=ordered.id,
        citizen=ordered.citizen,
        origin=reading.origin,
        time=time,
        slot=slot,
        prn=ordered.prn,
        text=None if time or slot else text,
    )


def _dose(reading: Reading, node: Node, ordered: Ordered, id_: str) -> Dose:
    written = node.text(*_TIME)
    time, slot = _when(written)
    part_of_day = node.text("slot", "partOfDay", "period", "dayPart")
    slot = slot or (_SLOTS.get(part_of_day.strip().casefold()) if part_of_day else None)
    strange: list[str | None] = []
    if written and time is None and slot is None:
        reading.issue("value-unknown", f"{node.path}.time", written, "error")
        strange.append(labelled("time", written))
    if part_of_day and slot is None:
        reading.issue("value-unknown", f"{node.path}.slot", part_of_day, "error")
        strange.append(labelled("slot", part_of_day))
    if part_of_day and time is not None:
        strange.append(part_of_day)
    weekdays, words = _weekdays(node)
    if words:
        reading.issue("value-unknown", f"{node.path}.weekdays", words, "error")
        strange.append(labelled("weekdays", words))
    own_prn = node.flag("prn", "pn", "asNeeded")
    quantity = node.text("quantity", "amount", "dose", "value", "count")
    most, measured = node.text("quantityMax", "maxQuantity", "maximum"), node.text("unit", "unitText", "doseUnit")
    start, end = reading.moment(node, "startDate", "start"), reading.moment(node, "endDate", "end")
    max_per_day = node.text("maxPerDay", "maxDailyDose")
    min_interval = node.text("minInterval", "minimumInterval")
    text = node.text("text", "dosageText", "comment", "remarks")
    for key, read in (("startDate", start), ("start", start), ("endDate", end), ("end", end)):
        if read is None and node.holds(key):
            strange.append(labelled(key, node.text(key)))
    strange += reading.left_lines(node)
    if strange and weekdays:  # every other week, until when, of what: what is not known here may be any of it
        strange.append(labelled("weekdays", ", ".join(_NAMED[int(digit) - 1] for digit in weekdays)))
        weekdays = None
    return Dose(
        id=id_,
        medication=ordered.id,
        citizen=ordered.citizen,
        origin=reading.origin,
        quantity=quantity,
        quantity_max=most,
        unit=measured,
        time=time,
        slot=slot if time is None else None,
        weekdays=weekdays,
        start=day(start),
        end=day(end),
        prn=ordered.prn if own_prn is None else own_prn,
        max_per_day=max_per_day,
        min_interval=min_interval,
        text=joined("\n", [text, *strange]),
    )


def _when(text: str | None) -> tuple[str | None, Slot | None]:
    """A clock time to the minute, or a part of the day."""
    if text is None:
        return None, None
    found = _CLOCK.fullmatch(text.strip())
    return (f"{found[1]}:{found[2]}", None) if found else (None, _SLOTS.get(text.strip().casefold()))


def _weekdays(node: Node) -> tuple[str | None, str | None]:
    """The days of the week as digits; the words themselves where one of them is none."""
    key = next((key for key in ("weekdays", "weekDays", "days", "daysOfWeek") if node.holds(key)), None)
    if key is None:
        return None, None
    words = node.texts(key)
    days = {_DAYS.get(word.strip().casefold()) for word in words}
    return (None, ", ".join(words)) if None in days else ("".join(sorted(day for day in days if day)), None)
