"""How much paper a print for many is, and how long it takes, before it begins: about, and said so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from backupreader.language import Language
from ui.bundle import SHIFT

_PAGES: Final[Mapping[str, float]] = {
    "summary": 1.0,
    "medication-list": 2.4,
    "medicine-sheet": 3.8,
    "journal": 13.7,
    "care-plan": 3.0,
    "pn-sheet": 2.5,
    "signing-list": 3.8,
    "driving-list": 0.25,
    "planner-sheet": 0.25,
    SHIFT: 8.0,
}
"""Pages a citizen, as many as the made-up municipality's have. Of a document that is not among them, one."""
_OF_ROUTE: Final = frozenset({"driving-list", "planner-sheet"})
_A_MINUTE: Final = 20  # pages, of an office printer


def pages(document: str, citizens: int, lists: int = 1) -> int:
    """About how many pages a document makes for so many citizens, or for them on so many driving lists."""
    a_citizen = _PAGES.get(document, 1.0)
    if document in _OF_ROUTE:
        return lists * max(1, round(citizens * a_citizen))
    cover = document == SHIFT
    return max(1, round(citizens * a_citizen) + cover)


def told(count: int, language: Language) -> str:
    """So many pages, and how long an office printer takes for them."""
    said = language.count("about {n} page", "about {n} pages", count)
    minutes = -(-count // _A_MINUTE)
    return f"{said} · {language.count('about {n} minute', 'about {n} minutes', minutes)}"
