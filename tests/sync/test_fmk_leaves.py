"""Every value of every card in the test data is carried, told in an issue, or named with the reason why it is neither.

The cards are walked here with a reader of their own, so that nothing is taken for carried because it was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final, cast
from xml.etree import ElementTree as ET

import pytest

from backupreader.domain.records import Delivery, Issue, Receipt
from sync.adapter import Source
from sync.adapters.fmk import ADAPTER
from sync.fmk.schema import NOT_CARRIED, not_carried

DATA = Path(__file__).resolve().parents[1] / "data"
EXPORT = DATA / "exports" / "fmk"

EXPRESSED: Final = {
    "Day/Number": "the days on which a dose is due",
    "Day/Index": "as above",
    "Structure/IterationInterval": "as above",
    "Fixed/IterationInterval": "as above",
    "PRN/IterationInterval": "as above",
    "DosagePeriod/PeriodLength": "the end of a period, and the start of the next",
    "Weekday/Label": "the weekdays of a dose",
    "TimesPerDayDosage/TimesPerDay": "how many times a day, or at most",
    "Dose/Time": "the clock time without its seconds, or the part of the day",
    "TimeOfDayDosage/Time": "as above",
    "Dosage/Type": "the order's kind",
    "UnitTexts/Singular": "the form of the unit that goes with the quantity",
    "UnitTexts/Plural": "as above",
    "DrugMedication/SubstitutionAllowed": "in words",
    "Prescription/SubstitutionAllowed": "in words",
    "Precondition/ValidFrom": "the start of the first period",
    "Precondition/UpdateValidFromUponHandover": "in words",
    "Dosage/IsSelfAdministration": "in words",
    "Strength/Value": "the same number as in the strength's text",
    "Strength/UnitText": "the same unit as in the strength's text",
    "ATC/Text": "the substance has the same name",
    "MedicineCard/HasOpenDosageDispensingPrescriptions": "no: no order is dose-dispensed",
    "MedicineCard/OrderedPrescriptionsExist": "no: nothing is told",
    "Restriction/MinimumDurationBetweenDoses": "in words, or as text",
    "EndDate/CalculatedEndDate": "the end of a period; the days of one that is not repeated",
    "Structure/EndDate": "the end of a period; the days of one that is not repeated",
    "Structure/StartDate": "as above",
}


def leaves(element: ET.Element, path: str = "") -> Iterator[tuple[str, str]]:
    """Each value with its path."""
    here = f"{path}/{_name(element)}".strip("/")
    for name, value in element.attrib.items():
        yield f"{here}/@{name.rpartition('}')[2]}", value
    if element.text and element.text.strip():
        yield here, element.text.strip()
    for child in element:
        yield from leaves(child, here)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def texts(value: object) -> Iterator[str]:
    """All text in a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in cast("tuple[object, ...]", value):
            yield from texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def entry_of(path: str) -> bool:
    steps = path.split("/")
    return not (not_carried(path) or "/".join(steps[-2:]) in EXPRESSED)


@pytest.mark.parametrize("file", sorted(path.name for path in EXPORT.iterdir()))
def test_every_value_is_carried_told_or_named(file: str) -> None:
    path = EXPORT / file
    items = list(ADAPTER.read(Source(name="s", path=path), [path]))
    carried = "\n".join(
        text for item in items if not isinstance(item, Receipt | Delivery | Issue) for text in texts(item)
    )
    told = {item.value for item in items if isinstance(item, Issue)}
    words = set(re.split(r"[\s,;:/–]+", carried))

    def carries(value: str) -> bool:
        return value in carried and (len(value) > 3 or set(value.split()) <= words)

    root = ET.fromstring(path.read_bytes())
    lost = [
        (path, value) for path, value in leaves(root) if entry_of(path) and not carries(value) and value not in told
    ]
    assert lost == []


def test_every_name_in_the_tables_has_its_reason() -> None:
    assert all(reason for table in (NOT_CARRIED, EXPRESSED) for reason in table.values())
    assert not NOT_CARRIED.keys() & EXPRESSED.keys()


def test_nothing_in_the_export_is_unknown() -> None:
    items = ADAPTER.read(Source(name="s", path=EXPORT), sorted(EXPORT.iterdir()))
    assert [item for item in items if isinstance(item, Issue) and item.code == "element-left-unread"] == []


def test_what_is_expressed_by_a_strengths_text_says_the_same() -> None:
    for path in sorted(EXPORT.iterdir()):
        root = ET.fromstring(path.read_bytes())
        for strength in (element for element in root.iter() if _name(element) == "Strength"):
            parts = {_name(child): child.text or "" for child in strength}
            if "Value" in parts:
                assert parts["Text"].replace(",", ".") == f"{_plain(parts['Value'])} {parts['UnitText']}"


def _plain(number: str) -> str:
    try:
        value = Decimal(number)
    except InvalidOperation:
        return number
    return format(value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize(), "f")
