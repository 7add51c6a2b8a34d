"""The plan as the window knows it: read on a desk, each minute at most, and as it holds for whoever is at the PC.

It is nothing secret: a locked window knows it too. What is asked of it at a moment is a pure function of it
(``backupreader.domain.plan``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from backupreader.settings import Settings

if TYPE_CHECKING:
    from backupreader.domain.plan.plan import Plan
    from backupreader.store.plans import Carried
    from backupreader.store.session import Session
    from ui.shell import Shell

ROOM: Final = ""
"""In place of a card's id: the card of the room."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong: a system's id, empty for everything, or for who does not know."""

    system: str = ""


@dataclass(frozen=True, slots=True)
class Guided:
    """A guide by its id, what was answered in it so far, and what was said to be wrong."""

    guide: str
    answers: tuple[bool, ...] = ()
    wrong: Wrong = Wrong()


@dataclass(frozen=True, slots=True)
class Carded:
    """An action card by its id, or `ROOM`."""

    card: str = ROOM


def reading(settings: Settings, now: datetime) -> Callable[[None], Carried]:
    """The work of reading the plan that came with the data; it never raises what a person can be told.

    Whoever answers now is asked for here already: the calendars that are needed for it take a while the first time.
    """

    def work(_held: None) -> Carried:
        from backupreader.domain.plan import calling
        from backupreader.store.files import Files
        from backupreader.store.plans import carried

        found = carried(settings.data, Files())
        if found.plan is not None:
            calling.now(found.plan, now)
        return found

    return work


def plan_of(carried: Carried | None, session: Session | None) -> Plan | None:
    """The plan that is in use, with what the units of whoever has unlocked add to it; None where there is none."""
    plan = None if carried is None else carried.plan
    if plan is not None and session is not None:
        for unit in session.actor.units:
            plan = plan.of(unit)
    return plan


def ours(shell: Shell) -> Plan | None:
    """The plan as it holds for whoever is at the window."""
    return plan_of(shell.plan, shell.session)
