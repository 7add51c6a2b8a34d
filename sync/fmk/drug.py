"""Drug → the fields of an order that say what is given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from sync.fmk.entry import Entry, joined, spelled
from sync.markup import Element

_FIRST_NUMBER: Final = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*(.*)")
_READ: Final = frozenset({"Identifier", "ATC", "Name", "AdditionalName", "Form", "Strength", "Substances"})


@dataclass(frozen=True, slots=True)
class Drug:
    """What is on the box, as written."""

    name: str | None
    atc: str | None
    form: str | None
    strength: str | None
    substance: str | None


def drug(entry: Entry, found: Element | None, label: str = "Lægemiddel") -> Drug:
    """The drug. What else its element says (a magistral composition) is remarked, element by element."""
    if found is None:
        return Drug(None, None, None, None, None)
    substance = joined("; ", [_substance(part) for part in found.all("Substances/ActiveSubstance")])
    group = found.value("ATC/Text")
    if group is not None and group.casefold() not in (substance or "").casefold():
        entry.note("ATC-tekst", group)
    for child in found.children:
        if child.name not in _READ:
            entry.note(f"{label} ({child.name})", spelled(child))
    return Drug(
        name=joined(" ", [found.value("Name"), *found.values("AdditionalName")]),
        atc=found.value("ATC/Code"),
        form=coded(found.first("Form")),
        strength=_strength(entry, found.first("Strength")),
        substance=substance,
    )


def coded(found: Element | None) -> str | None:
    """The text of a code, or free text; where there is none, the code itself, called one."""
    if found is None:
        return None
    text = joined(", ", [*found.values("Text"), *found.values("FreeText"), found.value()])
    code = found.first("Code")
    return text or (f"kode {code.value()}" if code is not None and code.value() else None)


def _substance(found: Element) -> str | None:
    return joined(", ", [*found.values("Text"), *found.values("SubstanceText"), *found.values("FreeText")])


def _strength(entry: Entry, found: Element | None) -> str | None:
    """The text as written; the number and unit too where they do not say the very same."""
    if found is None:
        return None
    text = joined(", ", [*found.values("Text"), *found.values("FreeText")])
    unit = found.value("UnitText") or found.value("UnitCode")
    numeric = joined(" ", [found.value("Value"), unit])
    if text is None or numeric is None:
        return text or numeric
    if _measure(text) != _measure(numeric):
        entry.note("Styrke som tal", numeric)
    return text


def _measure(text: str) -> tuple[Decimal, str] | str:
    """A number and its unit, to be compared; the text itself where there is no number."""
    match = _FIRST_NUMBER.fullmatch(text)
    if match is None:
        return text
    try:
        return Decimal(match[1].replace(",", ".")), match[2].casefold()
    except InvalidOperation:
        return text
