"""FHIR's small types as text: concepts, quantities, ranges, periods, people's names and addresses.

Nothing is translated or rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from sync.fhir.exact import Decimals
from sync.fhir.shape import NOTHING, Json, Misshapen, part, parts, word, words

# Codes that profiles use without a display: LOINC's vital signs as FHIR R4 names them, HL7's roles of relatives and
# classes of encounters.
_NAMES: Final = {
    ("http://loinc.org", "85353-1"): "Vital signs panel",
    ("http://loinc.org", "85354-9"): "Blood pressure",
    ("http://loinc.org", "8480-6"): "Systolic blood pressure",
    ("http://loinc.org", "8462-4"): "Diastolic blood pressure",
    ("http://loinc.org", "8867-4"): "Heart rate",
    ("http://loinc.org", "9279-1"): "Respiratory rate",
    ("http://loinc.org", "8310-5"): "Body temperature",
    ("http://loinc.org", "2708-6"): "Oxygen saturation",
    ("http://loinc.org", "59408-5"): "Oxygen saturation by pulse oximetry",
    ("http://loinc.org", "29463-7"): "Body weight",
    ("http://loinc.org", "8302-2"): "Body height",
    ("http://loinc.org", "39156-5"): "Body mass index",
    ("http://loinc.org", "80288-4"): "Level of consciousness",
    ("http://snomed.info/sct", "248241002"): "Glasgow coma score",
    ("http://snomed.info/sct", "6942003"): "Level of consciousness",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "MTH"): "mother",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "FTH"): "father",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "PRN"): "parent",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "SPS"): "spouse",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "HUSB"): "husband",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "WIFE"): "wife",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "DOMPART"): "domestic partner",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "CHILD"): "child",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "SON"): "son",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "DAU"): "daughter",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "SIB"): "sibling",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "BRO"): "brother",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "SIS"): "sister",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "GRPRN"): "grandparent",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "GRNDCHILD"): "grandchild",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "NBOR"): "neighbor",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "FRND"): "friend",
    ("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "GUARD"): "guardian",
    ("http://hl7.dk/fhir/core/CodeSystem/dk-relatedperson-relationshipcodes", "PRICARE"): "primary caregiver",
    ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB"): "ambulatory",
    ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "EMER"): "emergency",
    ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "HH"): "home health",
    ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP"): "inpatient encounter",
    ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "ACUTE"): "inpatient acute",
    ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "NONAC"): "inpatient non-acute",
    ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "OBSENC"): "observation encounter",
    ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PRENC"): "pre-admission",
    ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "SS"): "short stay",
    ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "VR"): "virtual",
}
_MEANINGLESS: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def said(concept: Json) -> str | None:
    """What a CodeableConcept says: its own text, else the first display, else the first code that stands there."""
    text = concept.get("text")
    if text.__class__ is str and text and not text.isspace():
        return text
    word(concept, "text")
    return displayed(concept)


def displayed(concept: Json) -> str | None:
    """The first coding that is readable: its display, else a name known here, else the bare code if it is no UUID."""
    codings = parts(concept, "coding")
    for coding in codings:
        display = coding.get("display")
        if display is not None and (display := word(coding, "display")):
            return display
    return next((name for coding in codings if (name := _code_name(coding))), None)


def _code_name(coding: Json) -> str | None:
    code = word(coding, "code")
    if code is None:
        return None
    return _NAMES.get((word(coding, "system") or "", code)) or (None if _MEANINGLESS.fullmatch(code) else code)


def coding_text(coding: Json) -> str | None:
    """What a lone Coding says."""
    return word(coding, "display") or _code_name(coding)


def all_said(concepts: list[Json]) -> str | None:
    """What several concepts say, each once."""
    if not concepts:
        return None
    return said(concepts[0]) if len(concepts) == 1 else joined("; ", map(said, concepts))


def coded(concept: Json) -> tuple[str | None, str | None]:
    """System and code of the coding that the user chose, else of the first one that has a code."""
    codings = [coding for coding in parts(concept, "coding") if word(coding, "code")]
    for coding in codings:
        if coding.get("userSelected") is True:
            return word(coding, "system"), word(coding, "code")
    return (word(codings[0], "system"), word(codings[0], "code")) if codings else (None, None)


def codes(concept: Json) -> set[str]:
    """All codes of a concept, whatever their systems."""
    return {code for coding in parts(concept, "coding") if (code := word(coding, "code"))}


def joined(between: str, texts: Iterable[str | None]) -> str | None:
    """The texts that are there, each once, in order; None where there are none."""
    found = [text for text in texts if text]
    if len(found) > 1:
        return between.join(dict.fromkeys(found))
    return found[0] if found else None


def labelled(label: str, text: str | None) -> str | None:
    """A text behind FHIR's name of the element it stood in; None where there is no text."""
    return f"{label}: {text}" if text else None


def number(holder: Json, key: str, decimals: Decimals) -> str | None:
    """The number at `key` as decimal text, as written."""
    value = holder.get(key)
    if value is None:
        return None
    text = decimals.text(value)
    if text is None:
        raise Misshapen(holder, key)
    return text


def quantity(holder: Json, key: str, decimals: Decimals) -> tuple[str | None, str | None]:
    """Value (with its comparator, `<` and the like) and unit of a Quantity."""
    found = part(holder, key)
    if not found:
        return None, None
    value = number(found, "value", decimals)
    comparator = word(found, "comparator")
    if value is not None and comparator:
        value = f"{comparator} {value}"
    unit = word(found, "unit") or word(found, "code")
    return value, None if unit == "1" else unit  # UCUM's unity: "3 1" must not be read as 31


def quantity_text(holder: Json, key: str, decimals: Decimals) -> str | None:
    """A Quantity on one line: ``13.6 tablet``."""
    value, unit = quantity(holder, key, decimals)
    return " ".join(filter(None, [value, unit])) if value is not None else None


def range_text(holder: Json, key: str, decimals: Decimals) -> str | None:
    """A Range on one line: ``1 – 2 tablet``, ``≥ 1 tablet``, ``≤ 2 tablet``."""
    return limits_text(part(holder, key), decimals)


def limits_text(found: Json, decimals: Decimals) -> str | None:
    """The `low` and `high` of `found` on one line."""
    low, low_unit = quantity(found, "low", decimals)
    high, high_unit = quantity(found, "high", decimals)
    if low is None and high is None:
        return None
    if low is None:
        return joined(" ", ["≤", f"{high} {high_unit or ''}".rstrip()])
    if high is None:
        return joined(" ", ["≥", f"{low} {low_unit or ''}".rstrip()])
    if low_unit == high_unit or low_unit is None:
        return f"{low} – {high} {high_unit or ''}".rstrip()
    return f"{low} {low_unit} – {high} {high_unit or ''}".rstrip()


def ratio_text(holder: Json, key: str, decimals: Decimals) -> str | None:
    """A Ratio on one line: ``1000 mg/tablet``; a denominator other than 1 is written out."""
    found = part(holder, key)
    if not found:
        return None
    upper = quantity_text(found, "numerator", decimals)
    value, unit = quantity(found, "denominator", decimals)
    if upper is None:
        return None
    if value is None:
        return upper
    under = unit if value == "1" and unit else " ".join(filter(None, [value, unit]))
    return f"{upper}/{under}"


def period_text(holder: Json, key: str) -> str | None:
    """A Period on one line: ``2021-04-07 – 2021-05-01``, open where an end is not said."""
    found = part(holder, key)
    start, end = word(found, "start"), word(found, "end")
    return f"{start or ''} – {end or ''}".strip() if start or end else None


def notes_text(holder: Json, key: str = "note") -> str | None:
    """The texts of Annotations, one a paragraph; the moment stands before a text that has one."""
    return joined("\n", [joined(": ", [word(note, "time"), word(note, "text")]) for note in parts(holder, key)])


def full_name(name: Json) -> str | None:
    """A HumanName as people say it: its text, else given names and family name."""
    return word(name, "text") or joined_name(words(name, "given"), word(name, "family"), words(name, "suffix"))


def joined_name(given: list[str], family: str | None, suffix: list[str]) -> str | None:
    """Given names, family name, suffix; a name may well hold the same word twice."""
    return " ".join(piece for piece in (*given, family, *suffix) if piece) or None


_WORST: Final = 9
_NAME_ORDER: Final = {
    "official": 0,
    "usual": 1,
    None: 2,
    "nickname": 5,
    "temp": 3,
    "anonymous": 6,
    "maiden": 7,
    "old": 8,
}


def best_name(names: list[Json]) -> Json:
    """The name in use: official before usual, none that has ended while another has not."""
    return min(names, key=_name_rank, default=NOTHING)


def _name_rank(name: Json) -> tuple[bool, int]:
    return word(part(name, "period"), "end") is not None, _NAME_ORDER.get(word(name, "use"), 4)


_PHONES: Final = {"mobile": 0, "home": 1, None: 2, "work": 3, "temp": 4}


def phones(telecoms: list[Json]) -> list[str]:
    """Telephone numbers that are in use, mobile first unless the source ranks them."""
    kept: list[tuple[int, int, str]] = []
    for telecom in telecoms:
        value = word(telecom, "value")
        use = word(telecom, "use")
        if value and use != "old" and word(telecom, "system") in {"phone", "sms", None}:
            rank = telecom.get("rank")
            kept.append((rank if isinstance(rank, int) else _WORST, _PHONES.get(use, _WORST), value))
    return list(dict.fromkeys(value for _, _, value in sorted(kept, key=lambda item: item[:2])))


def best_address(addresses: list[Json]) -> Json:
    """Where the person lives: home before others, never an old or a billing address while there is another."""
    order = {"home": 0, None: 1, "temp": 2, "work": 3, "billing": 4, "old": 5}
    return min(
        addresses,
        key=lambda item: (word(part(item, "period"), "end") is not None, order.get(word(item, "use"), 1)),
        default=NOTHING,
    )


def street(address: Json) -> str | None:
    """The lines of an address in one; its whole text where it has no lines."""
    return ", ".join(words(address, "line")) or word(address, "text")


def address_text(address: Json) -> str | None:
    """A whole address on one line."""
    town = joined(" ", [word(address, "postalCode"), word(address, "city") or word(address, "district")])
    return joined(", ", [street(address), town])
