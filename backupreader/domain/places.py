"""What an order leaves room to write beside its signature: a blood sugar, where it was put, a count.

After the sheets in use, which have a place for the blood sugar and the site of an insulin, for the site and the change
of a patch (DOMAIN, "MAR grid"), and on a Swedish signing list for the count of what is counted. A place is empty room:
it asks for nothing, and no rule of care is in it.

An insulin is what `drugs.insulin` says: group A10A of the ATC index of the WHO ("insulins and analogues"), or an order
that calls itself one. A patch is what its form, its name or the unit of a dose calls so, in the standard terms of the
European Pharmacopoeia and their shorter forms: da *depotplaster*, *plaster*; sv *depotplåster*; nb *depotplaster*.
What is counted is what its own remark or instruction says of it, in a word of `_COUNTED`: no list of drugs is here.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Final

from backupreader.domain.drugs import insulin
from backupreader.domain.fold import words
from backupreader.domain.journal import Order
from backupreader.language import N_


class Place(Enum):
    """A place to write in, in the order in which it is written."""

    BLOOD_SUGAR = N_("Blood sugar")
    BODY = N_("Where on the body")
    REMOVED = N_("Patch removed")
    COUNT = N_("Left, counted")


_PATCHES: Final = ("plaster", "plastre", "plastret", "plastrene", "plastrar", "plaaster", "plaastret", "plaastren")
_PATCH: Final = frozenset({"patch", "patches"})
_COUNTED: Final = frozenset(
    {
        *("narkotika", "narkotikum", "narkotisk", "narkotiske", "narkotiskt", "narkotikaklassad", "narkotikaklassat"),
        *("euforiserende", "kontroltaelles", "kontroltaelling", "optaelles", "optaelling", "taelles"),
        *("raeknas", "kontrollraeknas", "kontrollraekning", "telles", "opptelling", "opptelles"),
    }
)
"""Folded words by which an order says of itself that what is left of it is counted."""


def places(order: Order, *, counts: bool = False) -> tuple[Place, ...]:
    """The places of one dose; of a count only where the sheet `counts`."""
    found: list[Place] = []
    if insulin(order.medication):
        found += [Place.BLOOD_SUGAR, Place.BODY]
    elif patch(order):
        found += [Place.BODY, Place.REMOVED]
    return (*found, Place.COUNT) if counts and counted(order) else tuple(found)


def patch(order: Order) -> bool:
    """Whether its form, its name or the unit of a dose says that it is a patch."""
    medication = order.medication
    texts = (medication.form, medication.drug, *(dose.unit for dose in order.doses))
    return any(text and _names_patch(text) for text in texts)


@lru_cache(maxsize=4_096)
def _names_patch(text: str) -> bool:
    """Remembered: a bundle's forms and units are few."""
    return any(word in _PATCH or word.endswith(_PATCHES) for word in words(text))


def counted(order: Order) -> bool:
    """Whether its own remark or instruction says that it is counted, or a narcotic."""
    texts = (order.medication.remark, order.medication.instruction)
    return any(not _COUNTED.isdisjoint(words(text)) for text in texts if text)
