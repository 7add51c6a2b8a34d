"""Whether two orders, which two lists write each in its own way, mean one drug, and whether one strength and form.

Surely one drug: the same ATC code to its seventh character; else, where one of them has no such code, the same name or
substance. Perhaps one drug: names that only begin alike ("Insulin Lantus", "Insulin NovoRapid"), and insulins of one
substance under two names, since a fast one, a slow one and a mixture of both are called the same (NovoRapid, NovoMix).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from backupreader.domain.fold import fold, words
from backupreader.domain.records import Medication

_ATC: Final = re.compile(r"[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}")
_NUMBER: Final = re.compile(r"(?<!\w)[0-9]")
_SHORTEST: Final = 3  # letters of a name that may mean a drug
_STEM, _PLURAL, _CHANGED = 4, 3, 2  # letters: kapsel, kapsler; tablet, tabletter; but ml, mg
_INSULIN: Final = "insulin"
_INSULINS: Final = "A10A"
_SLOWLY: Final = ("depot", "retard", "modificeret", "modifierad", "modifisert", "forlænget", "prolonged", "extended")
"""How a drug is called that gives its substance off over hours; swallowed as the plain one, its dose is another."""


def surely_same(one: Medication, other: Medication) -> bool:
    """Whether both are surely the same drug, of whatever strength and form."""
    if name_words(one) == name_words(other):
        return bool(name_words(one)) or one.drug == other.drug
    if (first := _atc(one)) and (second := _atc(other)):
        return first == second
    if _substances(one) & _substances(other) and not (insulin(one) or insulin(other)):
        return True
    shorter, longer = sorted((name_words(one), name_words(other)), key=len)
    return len(shorter) > 0 and longer[: len(shorter)] == shorter and len(shorter[0]) >= _SHORTEST


def perhaps_same(one: Medication, other: Medication) -> bool:
    """Whether they may be the same drug: surely, or where one has no ATC code and the names begin alike."""
    if surely_same(one, other):
        return True
    if _atc(one) and _atc(other):
        return False
    return bool(_beginnings(one) & _beginnings(other))


def insulin(medication: Medication) -> bool:
    """Whether it is an insulin, by its code, its substance or its name."""
    said = (*_words(medication.substance or ""), *name_words(medication))
    return (medication.atc or "").strip().upper().startswith(_INSULINS) or _INSULIN in said


def called_alike(one: Medication, other: Medication) -> bool:
    """Whether the names of two insulins have a word in common, other than that they are insulin."""
    return bool((set(name_words(one)) & set(name_words(other))) - {_INSULIN})


def releases_differ(one: Medication, other: Medication) -> bool:
    """Whether one is given off slowly and the other is not, by their names; or by their forms, where both have one."""
    if slow(f"{one.drug} {one.form or ''}") == slow(f"{other.drug} {other.form or ''}"):
        return False
    return slow(one.drug) != slow(other.drug) or bool(one.form and other.form)


def slow(text: str) -> bool:
    """Whether a name or a form is of a drug that gives its substance off over hours."""
    written = text.casefold()
    return any(word in written for word in _SLOWLY)


def _atc(medication: Medication) -> str | None:
    """The whole ATC code; a group's shorter one tells no drug."""
    code = (medication.atc or "").strip().upper()
    return code if _ATC.fullmatch(code) else None


def name_words(medication: Medication) -> tuple[str, ...]:
    """The words of the drug's name before its strength."""
    return _before_number(medication.drug)


@lru_cache(maxsize=4_096)
def _before_number(text: str) -> tuple[str, ...]:
    """Remembered: each name is compared with many."""
    found = words(text)
    end = next((place for place, word in enumerate(found) if word[0].isdigit()), len(found))
    return found[:end]


_words = lru_cache(maxsize=4_096)(words)


def _substances(medication: Medication) -> set[tuple[str, ...]]:
    """What it may be called by its substance: as stated, or by a name that is one."""
    return {found for found in (_words(medication.substance or ""), name_words(medication)) if found}


def _beginnings(medication: Medication) -> set[str]:
    return {found[0] for found in _substances(medication) if len(found[0]) >= _SHORTEST}


def strength(medication: Medication) -> str:
    """The strength however it is spaced and its decimals are written."""
    return _compact(medication.strength or "")


def label(medication: Medication) -> str:
    """The numbers that tell a drug from others of its name: what its name ends with, else its strength."""
    number = _NUMBER.search(medication.drug)
    return _compact(medication.drug[number.start() :]) if number else strength(medication)


def same_label(one: str, other: str) -> bool:
    """Whether two labels have the same numbers, of which one may say more in words; or one is not said."""
    first, second = sorted((one, other), key=len)
    return not first or first == second or (second.startswith(first) and second[len(first)].isalpha())


def _compact(text: str) -> str:
    return "".join(text.split()).replace(",", ".").casefold()


def same_form(one: str | None, other: str | None) -> bool:
    """Whether two forms or units are the same word, in the singular or the plural; or one is not said."""
    first, second = sorted((fold(one or ""), fold(other or "")), key=len)
    if not first or first == second:
        return True
    stem = max(_STEM, len(first) - _CHANGED)
    return " " not in second and len(second) - len(first) <= _PLURAL and first[:stem] == second[:stem] != ""
