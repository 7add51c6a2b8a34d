"""Medicine sheets to print: made-up journals of twelve orders each, and the same sheet as others would print it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from backupreader.domain.journal import Journal, Order, Presence, Section
from backupreader.domain.records import Citizen, Delivery, Dose, Identifier, Medication, Origin
from backupreader.domain.sheets import Numbers
from backupreader.language import Language
from printing.document import Sheet, Subject

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))
SHEET = Sheet(
    language=Language("da"),
    now=NOW,
    day=NOW.date(),
    site="vordby",
    printed_by="Målt Måling",
    days=7,
    numbers=Numbers("K7Q", 1),
)
DRUGS = (
    ("Metoprololsuccinat", "50 mg", "Hjerte"),
    ("Paracetamol", "500 mg", "Smerter"),
    ("Furosemid", "40 mg", "Væskedrivende"),
    ("Levothyroxin", "75 mikrogram", "Stofskifte"),
    ("Simvastatin", "20 mg", "Kolesterol"),
    ("Donepezil", "10 mg", "Demens"),
    ("Sertralin", "50 mg", "Depression"),
    ("Apixaban", "5 mg", "Blodfortyndende"),
    ("Pantoprazol", "20 mg", "Mavesår"),
    ("Alendronat", "70 mg", "Knogleskørhed"),
    ("Kaliumklorid", "750 mg", "Kaliummangel"),
    ("Melatonin", "3 mg", "Søvn"),
)
TIMES = ("07:30", "12:00", "17:30", "21:00")
HEAD = ("Lægemiddel", "Styrke", "Mod", "Kl.", "Ma", "Ti", "On", "To", "Fr", "Lø", "Sø")
_HERE = Origin("made-up.csv", 1)


def cells(number: int) -> list[tuple[str, ...]]:
    """What stands on sheet `number`, for a peer to print: twelve rows."""
    blank = ("",) * 7
    return [
        (f"{drug} {number}", strength, why, TIMES[row % 4], *blank) for row, (drug, strength, why) in enumerate(DRUGS)
    ]


def subjects(count: int) -> Iterator[Subject]:
    """`count` citizens, each with twelve orders that are due at one clock time."""
    for number in range(count):
        yield subject(number)


def subject(number: int) -> Subject:
    """One of them."""
    who = f"c{number}"
    orders = tuple(
        _order(who, row, f"{drug} {number}", strength, why) for row, (drug, strength, why) in enumerate(DRUGS)
    )
    citizen = Citizen(
        id=who,
        name=f"Målt Måling {number}",
        origin=_HERE,
        birth_date="1938-03-14",
        identifiers=(Identifier("cpr", f"740338-{number % 10000:04d}"),),
        address="Prøvevej 7",
        status="home",
    )
    empty: Section[object] = Section((), Presence.NOTHING_RECORDED, (_delivery("note"),), 0)
    return Subject(
        journal=Journal(
            citizen=citizen,
            unit=None,
            namesakes=(),
            orders=Section(orders, Presence.VALUE, (_delivery("medication"),), len(orders)),
            **{
                name: replace(empty)
                for name in (
                    "alerts",
                    "contacts",
                    "access",
                    "conditions",
                    "interventions",
                    "notes",
                    "administrations",
                    "visits",
                    "measurements",
                    "documents",
                )
            },
        )
    )


def _order(who: str, row: int, drug: str, strength: str, why: str) -> Order:
    order = f"{who}-m{row}"
    medication = Medication(
        id=order,
        citizen=who,
        drug=drug,
        origin=_HERE,
        strength=strength,
        indication=why,
        kind="fixed",
        start="2026-01-01",
        dosage_text=f"1 kl. {TIMES[row % 4]}",
    )
    time = TIMES[row % 4]
    dose = Dose(
        id=f"{order}-d",
        medication=order,
        citizen=who,
        origin=_HERE,
        quantity="1",
        unit="tablet",
        time=time,
        every_days=1,
        start="2026-01-01",
    )
    return Order(medication=medication, doses=(dose,), administrations=())


def _delivery(table: str) -> Delivery:
    return Delivery(
        source="Målt", table=table, taken_at="2026-11-22T05:30:00+01:00", complete=True, read=1, filed=1, refused=0
    )
