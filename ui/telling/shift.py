"""How a shift is told: by its word, tonight rather than its hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backupreader.language import Language

if TYPE_CHECKING:
    from backupreader.domain.shifts import Shift


def routes_told(routes: int, shift: Shift, language: Language) -> str:
    """How many routes there are in the shift that it is now."""
    if shift.name == "day":
        return language.count("today, {n} route", "today, {n} routes", routes)
    if shift.name == "evening":
        return language.count("this evening, {n} route", "this evening, {n} routes", routes)
    return language.count("tonight, {n} route", "tonight, {n} routes", routes)


def ours_told(citizens: int, shift: Shift, language: Language) -> str:
    """How many citizens are ours in it."""
    if shift.name == "day":
        return language.count("our {n} citizen today", "our {n} citizens today", citizens)
    if shift.name == "evening":
        return language.count("our {n} citizen this evening", "our {n} citizens this evening", citizens)
    return language.count("our {n} citizen tonight", "our {n} citizens tonight", citizens)


def routes_of(shift: Shift, language: Language) -> str:
    """The heading over the shift's routes."""
    if shift.name == "day":
        return language.text("Routes today")
    return language.text("Routes this evening") if shift.name == "evening" else language.text("Routes tonight")
