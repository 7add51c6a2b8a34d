"""What a medication is: name, ATC code, substances, form and strength, from a concept or from a Medication resource."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sync.fhir.concept import displayed, joined, ratio_text, said
from sync.fhir.exact import Decimals
from sync.fhir.reading import Reading
from sync.fhir.shape import Json, part, parts, word

_ATC: Final = ("http://www.whocc.no/atc", "urn:oid:2.16.840.1.113883.6.73", "https://www.whocc.no/atc")


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug as the source names it."""

    name: str | None = None
    atc: str | None = None
    substance: str | None = None
    form: str | None = None
    strength: str | None = None


def drug_of(reading: Reading, holder: Json) -> Drug:
    """The drug of an order: its own concept, the Medication it names or contains, else what the reference displays."""
    concept = part(holder, "medicationCodeableConcept")
    if concept:
        return named(concept)
    reference = part(holder, "medicationReference")
    if not reference:
        return Drug()
    key = reading.directory.key(reference)
    resource = reading.contained(reference) or reading.directory.drugs.get(key or "")
    display = word(reference, "display")
    if resource is None:
        if display is None and word(reference, "reference"):
            reading.issue("reference-unresolved", "medicationReference", word(reference, "reference"), "error")
        return Drug(display)
    return medication(reading, resource, display)


def named(concept: Json) -> Drug:
    """A drug that is only a concept: its text, or the display of a coding that is not the ATC class."""
    classes = [coding for coding in parts(concept, "coding") if word(coding, "system") in _ATC]
    others = {"coding": [coding for coding in parts(concept, "coding") if word(coding, "system") not in _ATC]}
    atc = word(classes[0], "code") if classes else None
    substance = word(classes[0], "display") if classes else None
    has_words = any(word(coding, "display") for coding in others["coding"])
    name = word(concept, "text") or (displayed(others) if has_words else None) or substance or said(concept)
    return Drug(name, atc, substance if substance != name else None)


def medication(reading: Reading, resource: Json, display: str | None = None) -> Drug:
    """A Medication resource; `display` is what the order calls it, for one that says no name itself."""
    code = part(resource, "code")
    base = named(code)
    readable = word(code, "text") or any(word(coding, "display") for coding in parts(code, "coding"))
    ingredients = parts(resource, "ingredient")
    names = [_substance(reading, item) for item in ingredients]
    return Drug(
        base.name if readable or not display else display,
        base.atc,
        joined(" / ", [*names, base.substance if not any(names) else None]),
        said(part(resource, "form")),
        _strength(reading, ingredients, names, resource),
    )


def _substance(reading: Reading, ingredient: Json) -> str | None:
    concept = said(part(ingredient, "itemCodeableConcept"))
    if concept is not None:
        return concept
    reference = part(ingredient, "itemReference")
    inner = reading.contained(reference)
    return said(part(inner, "code")) if inner else word(reference, "display")


def _strength(reading: Reading, ingredients: list[Json], names: list[str | None], resource: Json) -> str | None:
    contained = resource in parts(reading.resource, "contained")
    decimals = reading.decimals if contained else Decimals()  # what the first pass gathered was read exactly
    found = [ratio_text(item, "strength", decimals) for item in ingredients]
    if len(ingredients) == 1:
        return found[0] or ratio_text(resource, "amount", decimals)
    each = [joined(" ", [name, strength]) for name, strength in zip(names, found, strict=True) if strength]
    return " + ".join(item for item in each if item) or None
