"""Dosage → the doses of an order: 1.4's structures here, 1.6's periods in `periods`, free text of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from backupreader.domain.records import Dose, MedicationKind
from sync.fmk.doses import Place, Rhythm, Unit, amount, any_day, at_time, counted, together, unit, whole, with_text
from sync.fmk.entry import backwards, joined, present, spelled
from sync.fmk.periods import periods
from sync.markup import Element

# `Structures` is what 1.4.4 and older call the fixed ones; there a dose says itself that it is given when needed.
_STRUCTURES: Final = (("StructuresFixed", False), ("Structures", False), ("StructuresAccordingToNeed", True))
_SCHEMA: Final = "AdministrationAccordingToSchemaInLocalSystem"
_NEEDED: Final = ("IsAccordingToNeed", "AccordingToNeed")
_KINDS: Final[dict[str, MedicationKind]] = {
    "fast": "fixed", "fixed": "fixed", "efter behov": "prn", "prn": "prn", "kombineret": "mixed", "combined": "mixed",
    "ikke angivet": "unknown",
}  # fmt: skip


@dataclass(slots=True)
class Dosing:
    """What an order's dosage gives: its kind, its own text, what is told to whoever gives it, and its doses."""

    kind: MedicationKind = "unknown"
    text: str | None = None
    instruction: str | None = None
    doses: list[Dose] = field(default_factory=list[Dose])


def dosing(place: Place, dosage: Element | None, base: Dose) -> Dosing:
    """Everything in an order's dosage. `base` is a dose with nothing but its order; the doses have no ids yet."""
    if dosage is None:
        place.entry.issue("value-missing", place.column, None)
        return Dosing()
    found = Dosing()
    if dosage.first("DosagePeriod") is not None:
        read = periods(place, dosage, base, unit(place.entry, dosage, place.column))
        found.doses, found.instruction = read.doses, read.instruction
    elif any(dosage.first(name) is not None for name, _ in _STRUCTURES):
        found.doses = list(_structures(place, dosage, base, unit(place.entry, dosage, place.column)))
    needed = {dose.prn for dose in found.doses}
    stated = dosage.value("Type")
    found.kind = _kind(place, stated, needed)
    found.text = _free(place, dosage, found, replace(base, prn=found.kind == "prn"))
    if not found.doses and found.text is None:
        place.entry.issue("value-missing", place.column, stated)
    return found


def _kind(place: Place, stated: str | None, needed: set[bool]) -> MedicationKind:
    """What the structure says, since the grid follows it; the stated type where there is no structure."""
    kind = _KINDS.get((stated or "").casefold(), "unknown")
    if stated is not None and stated.casefold() not in _KINDS:
        place.entry.issue("value-unknown", f"{place.column}/Type", stated)
    if not needed:
        return kind
    read: MedicationKind = "mixed" if len(needed) > 1 else "prn" if True in needed else "fixed"
    if kind not in {read, "unknown"}:
        place.entry.issue("dosage-type-differs", f"{place.column}/Type", stated)
    return read


def _free(place: Place, dosage: Element, found: Dosing, base: Dose) -> str | None:
    """Free text and FMK's own wording of the structure. A free text has a period of its own: a dose without days."""
    texts = _worded(dosage, "DosageTranslation")
    for free in dosage.all("FreeText"):
        told = free.value("Text") or free.value()
        texts.append(told or "")
        dose = _period(place.at("FreeText"), free, base)
        if dose.start or dose.end or told is None:
            found.doses.append(dose)
    for schema in dosage.all(_SCHEMA) + dosage.all(f"{_SCHEMA}Indicator"):
        if present(dosage, schema.name):
            inner = place.at(schema.name)
            found.doses.append(inner.as_text(_period(inner, schema, base), "Dosering efter skema i lokalt system"))
    structured = [dosage.all(name) for name, _ in _STRUCTURES] + [dosage.all("DosagePeriod")]
    for holder in [one for several in structured for one in several]:
        parts = _wordings(holder)
        texts += _worded(holder, "DosageTranslationCombined") or parts
    return joined("\n", texts)


def _wordings(holder: Element) -> list[str]:
    """FMK's own wording of each part of the dosage."""
    return [
        text
        for child in (holder, *holder.children)
        for inner in (child, *child.children)
        for text in _worded(inner, "DosageTranslation")
    ]


def _worded(holder: Element, name: str) -> list[str]:
    """The long text, else the short one."""
    return holder.values(f"{name}/LongText") or holder.values(f"{name}/ShortText")


def _structures(place: Place, dosage: Element, base: Dose, measure: Unit) -> Iterator[Dose]:
    for name, needed in _STRUCTURES:
        for holder in dosage.all(name):
            inner = place.at(name)
            doses: list[Dose] = []
            for structure in holder.children:
                if structure.name == "EmptyStructure":
                    doses += _empty(inner.at("EmptyStructure"), structure, base, alone=len(holder.children) == 1)
                elif structure.name == "Structure":
                    doses += _structure(inner.at("Structure"), structure, replace(base, prn=needed), measure)
            yield from together(doses)


def _empty(place: Place, structure: Element, base: Dose, *, alone: bool) -> list[Dose]:
    """A period in which the drug is not given. Between others, their ends and starts already say so."""
    dose = _period(place, structure, base)
    place.entry.note("Periode uden dosering", f"{dose.start or '…'} – {dose.end or 'ubestemt'}")
    return [place.as_text(dose, "Ingen dosering i denne periode")] if alone else []


def _period(place: Place, structure: Element, base: Dose) -> Dose:
    """From the first to the last day, both of them within."""
    start = place.entry.moment(structure, "StartDate", place.column)
    start = start or place.entry.moment(structure, "StartDateTime", place.column)
    end = place.entry.moment(structure, "EndDate", place.column)
    end = end or place.entry.moment(structure, "EndDateTime", place.column)
    text = "dosering startet tidligere" if present(structure, "DosageStartedPreviously") else None
    present(structure, "DosageEndingUndetermined")
    return replace(base, start=start, end=end, text=with_text(base, text))


def _structure(place: Place, structure: Element, base: Dose, measure: Unit) -> Iterator[Dose]:
    """One period: its days, each with its doses."""
    period = _period(place, structure, base)
    period = replace(period, text=with_text(period, structure.value("SupplementaryText")))
    rhythm = Rhythm(_interval(place, structure), structure)
    days = [child for child in structure.children if child.name in {"Day", "AnyDay"}]
    if backwards(period.start, period.end):
        period = replace(period, start=None, end=None)
    if _unread_date(structure, period):
        yield place.as_text(period, spelled(structure))
        return
    if not days:
        yield place.as_text(period, spelled(structure))
    for day in days:
        inner = place.at(day.name)
        number = day.value("Number")
        free = day.name == "AnyDay" or number == "0"
        for dose in _doses(inner, day, period, measure, free=free):
            yield any_day(inner, dose, rhythm) if free else rhythm.on(inner, dose, whole(number))


def _unread_date(structure: Element, period: Dose) -> bool:
    """Does the period have a bound that could not be read? Then it would seem open, and its doses due for ever."""
    return any(
        structure.first(name) is not None and structure.value(name) and bound is None
        for name, bound in (
            ("StartDate", period.start),
            ("StartDateTime", period.start),
            ("EndDate", period.end),
            ("EndDateTime", period.end),
        )
    )


def _interval(place: Place, structure: Element) -> int | None:
    """`NotIterated` and 0 are the same; a negative or absent interval is an `Issue` and unknown."""
    if present(structure, "NotIterated"):
        return 0
    written = structure.value("IterationInterval")
    interval = whole(written)
    if interval is None:
        place.entry.issue("dosage-as-text", f"{place.column}/IterationInterval", written, "error")
    return interval


def _doses(place: Place, day: Element, period: Dose, measure: Unit, *, free: bool) -> Iterator[Dose]:
    """The doses of one day. Equal ones without a time are one dose, so many times a day."""
    plain: Counter[Dose] = Counter()
    for element in day.all("Dose"):
        inner = place.at("Dose")
        needed = period.prn or present(element, *_NEEDED)
        dose = amount(inner, element, replace(period, prn=needed), measure)
        written = element.value("Time") or element.value("TimeOfDay")
        if dose.quantity is None and dose.text == period.text:
            inner.entry.issue("value-missing", inner.at("Quantity").column, None, "error")
        if written is None:
            plain[dose] += 1
        else:
            yield at_time(inner, dose, written)
    for dose, times in plain.items():
        yield dose if free and dose.prn and times == 1 else counted(dose, times)
    if day.first("Dose") is None:
        yield place.without_time(period, spelled(day))
