"""FHIR Dosage → `Dose` records beside the prescriber's text, and the kind of an order: fixed, when needed, both.

FMK states the kind in `additionalInstruction` (FAST, EFTER_BEHOV, KOMBINERET). The text of a dosage is kept exactly,
line breaks and nonsense included; a dosage that is only a text makes no `Dose`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from backupreader.domain.records import Dose, MedicationKind
from sync.fhir.concept import codes, joined, labelled, range_text, ratio_text, said
from sync.fhir.reading import Reading
from sync.fhir.shape import Json, flag, part, parts, whole, word
from sync.fhir.timing import Rule, events, rule

_FMK_KINDS: Final[dict[str, MedicationKind]] = {"FAST": "fixed", "EFTER_BEHOV": "prn", "KOMBINERET": "mixed"}
_FMK_SYSTEM: Final = "DosageTypeType"
_DAY: Final = {("1", "d"), ("24", "h"), ("1", "day"), ("1", "dag")}


@dataclass(frozen=True, slots=True)
class Dosing:
    """All dosages of one order."""

    kind: MedicationKind
    text: str | None
    instruction: str | None
    route: str | None
    max_per_day: str | None
    min_interval: str | None
    doses: tuple[Dose, ...]


_NO_DOSING: Final = Dosing("unknown", None, None, None, None, None, ())


def dosing(reading: Reading, citizen: str, dosages: list[Json]) -> Dosing:
    """What the `dosages` of the order that is being read say together."""
    if not dosages:
        return _NO_DOSING
    doses: list[Dose] = []
    stated: set[MedicationKind] = set()
    needed: set[bool] = set()
    instructions: list[str | None] = []
    turns = {whole(dosage, "sequence") for dosage in dosages}
    for dosage in dosages:
        kind, instruction = _instructions(dosage)
        if kind is not None:
            stated.add(kind)
        instructions += instruction
        prn = is_prn(dosage)
        if prn is not None or part(dosage, "timing"):
            needed.add(prn is True)
        own_text = word(dosage, "text") if len(dosages) > 1 else None  # a lone one stands in the order itself
        turn = whole(dosage, "sequence") if len(turns) > 1 else None
        words = joined("\n", [own_text, None if turn is None else f"sequence: {turn}"])
        doses += _doses(reading, citizen, dosage, _Beside(len(doses), words, in_turn=turn is not None))
    return Dosing(
        kind=_kind(stated, needed),
        text=joined("\n", [word(dosage, "text") for dosage in dosages]),
        instruction=joined("\n", instructions),
        route=joined("; ", [said(part(dosage, "route")) for dosage in dosages]),
        max_per_day=joined("; ", [_most(reading, dosage)[0] for dosage in dosages]),
        min_interval=joined("; ", [dose.min_interval for dose in doses]),
        doses=tuple(doses),
    )


def _kind(stated: set[MedicationKind], needed: set[bool]) -> MedicationKind:
    if stated:
        return stated.pop() if len(stated) == 1 else "mixed"
    if not needed:
        return "unknown"
    return "mixed" if len(needed) > 1 else "prn" if True in needed else "fixed"


def is_prn(dosage: Json) -> bool | None:
    """Only when needed? None where the dosage does not say."""
    if part(dosage, "asNeededCodeableConcept") or parts(dosage, "asNeededFor"):
        return True
    stated = flag(dosage, "asNeededBoolean")
    return flag(dosage, "asNeeded") if stated is None else stated  # the second as FHIR R5 writes it


def _instructions(dosage: Json) -> tuple[MedicationKind | None, list[str | None]]:
    """FMK's kind, and what is told to whoever gives the dose."""
    kind: MedicationKind | None = None
    told: list[str | None] = []
    for concept in parts(dosage, "additionalInstruction"):
        is_kind = any(_FMK_SYSTEM in (word(item, "system") or "") for item in parts(concept, "coding"))
        if is_kind:
            found: list[MedicationKind] = [_FMK_KINDS[code] for code in sorted(codes(concept)) if code in _FMK_KINDS]
            kind = found[0] if found else "unknown"
        else:
            told.append(said(concept))
    told += [
        word(dosage, "patientInstruction"),
        labelled("asNeeded", said(part(dosage, "asNeededCodeableConcept"))),
        labelled("site", said(part(dosage, "site"))),
        labelled("method", said(part(dosage, "method"))),
    ]
    return kind, told


def _most(reading: Reading, dosage: Json) -> tuple[str | None, str | None]:
    """The most a day, and in words any other limit."""
    limit = part(dosage, "maxDosePerPeriod")
    if not limit:
        return None, None
    amount = reading.quantity_text(limit, "numerator")
    value, unit = reading.quantity(limit, "denominator")
    if (value or "1", unit or "") in _DAY:
        return amount, None
    return None, labelled("max", ratio_text(dosage, "maxDosePerPeriod", reading.decimals))


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a dosage is in its order: how many doses are before it, its words, and whether it and others take turns."""

    before: int
    words: str | None
    in_turn: bool


def _doses(reading: Reading, citizen: str, dosage: Json, beside: _Beside) -> list[Dose]:
    timing, prn = part(dosage, "timing"), is_prn(dosage)
    older = [dosage] if "doseQuantity" in dosage or "doseRange" in dosage else []  # as FHIR STU3 wrote it
    amounts = parts(dosage, "doseAndRate") or older
    if not timing and not amounts and not prn:
        return []
    chosen = next((item for item in amounts if "ordered" in codes(part(item, "type"))), amounts[0] if amounts else {})
    low, high, unit = _amount(reading, chosen)
    daily, other_limit = _most(reading, dosage)
    ceilings = [
        labelled("max", reading.quantity_text(dosage, "maxDosePerAdministration")),
        labelled("max in all", reading.quantity_text(dosage, "maxDosePerLifetime")),
    ]
    rates = [*ceilings, _rate(reading, chosen)] + [_spare(reading, item) for item in amounts if item is not chosen]
    found: list[Dose] = []
    for when in events(reading, timing) or [rule(reading, timing, in_turn=beside.in_turn) if timing else Rule()]:
        for moment in when.moments:
            words_beside = [beside.words, when.words, moment.words, other_limit, *rates]
            found.append(
                Dose(
                    id=f"{reading.id}#{beside.before + len(found) + 1}",
                    medication=reading.id,
                    citizen=citizen,
                    origin=reading.origin,
                    quantity=low,
                    quantity_max=high,
                    unit=unit,
                    time=moment.time,
                    slot=moment.slot,
                    times_per_day=moment.times_per_day,
                    weekdays=when.weekdays,
                    every_days=when.every_days,
                    start=when.start,
                    end=when.end,
                    prn=prn is True,
                    max_per_day=daily,
                    min_interval=when.interval if prn else None,
                    text=joined("\n", words_beside),
                )
            )
    return found


def _amount(reading: Reading, amount: Json) -> tuple[str | None, str | None, str | None]:
    """Quantity, the upper end of a range, and the unit."""
    scope = part(amount, "doseRange")
    if scope:
        low, low_unit = reading.quantity(scope, "low")
        high, high_unit = reading.quantity(scope, "high")
        if low_unit and high_unit and low_unit != high_unit:
            return None, None, range_text(amount, "doseRange", reading.decimals)
        return low, high, high_unit or low_unit
    value, unit = reading.quantity(amount, "doseQuantity")
    return value, None, unit


def _rate(reading: Reading, amount: Json) -> str | None:
    rate = (
        ratio_text(amount, "rateRatio", reading.decimals)
        or range_text(amount, "rateRange", reading.decimals)
        or reading.quantity_text(amount, "rateQuantity")
    )
    return labelled("rate", rate)


def _spare(reading: Reading, amount: Json) -> str | None:
    """A second amount (calculated beside ordered), in words."""
    scope = range_text(amount, "doseRange", reading.decimals) or reading.quantity_text(amount, "doseQuantity")
    return joined(" ", [labelled(said(part(amount, "type")) or "dose", scope), _rate(reading, amount)])
