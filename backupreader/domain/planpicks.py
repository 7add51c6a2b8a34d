"""Which papers of the plan a word means, on the command line and in the window; none of them needs an unlock."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol, TypeAlias, TypeVar

from backupreader.domain.errors import NOT_FOUND
from backupreader.domain.outage.event import Event
from backupreader.domain.plan.guidance import Card
from backupreader.domain.plan.plan import Plan
from backupreader.domain.planpapers import (
    ActionCard,
    DoorNotice,
    FaultGuide,
    PartnerSheet,
    PhoneList,
    PlanCard,
    PlanText,
    UnitTally,
)
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_

Value: TypeAlias = PlanCard | ActionCard | FaultGuide | DoorNotice | PartnerSheet | UnitTally
ALL_CARDS: Final = "action-cards"
WORDS: Final = (
    "plan-card",
    "phone-list",
    "action-card",
    ALL_CARDS,
    "fault-guide",
    "door-notice",
    "plan-text",
    "partner-list",
    "unit-tally",
)
"""What can be asked for; `ALL_CARDS` is every action card, each on a sheet of its own."""
_NONE: Final = Reason(N_("the plan has none of these"))
_NO_UNIT: Final = Reason(N_("a unit with a part of its own in the plan"))


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


def picked(  # noqa: PLR0913 (which paper, of what, and for whom)
    word: str, plan: Plan, *, pc: str, site: str, id_: str = "", unit: str = "", event: Event | None = None
) -> tuple[str, tuple[Value, ...]]:
    """The name of the paper, and the values to print one after another: the one of that id, else all of them.

    With a `unit`, the plan as it holds for it. A notice for the door is the first template for it where no id is said.
    Raises NOT_FOUND with the known words, ids or units.
    """
    if word not in WORDS:
        raise ReaderError(NOT_FOUND, what=word, known=", ".join(WORDS))
    units = tuple(one.unit for one in plan.supplements)
    if unit and unit not in units:
        raise ReaderError(NOT_FOUND, what=unit, known=", ".join(units) or _NO_UNIT)
    of = plan.of(unit) if unit else plan
    where = {"pc": pc, "site": site}
    match word:
        case "plan-card":
            values: Iterable[Value] = (PlanCard(**where, plan=plan, unit=unit),)
        case "phone-list":
            values = (PhoneList(**where, plan=plan, unit=unit),)
        case "unit-tally":
            values = (UnitTally(**where, plan=of, event=event),)
        case "fault-guide":
            values = (FaultGuide(**where, plan=of, guide=one) for one in _those(of.guides, id_))
        case "partner-list":
            lists = _those(of.partners, id_)
            values = (PartnerSheet(**where, plan=of, partners=one, event=event) for one in lists)
        case "door-notice":
            doors = _those((one for one in of.templates if one.use == "door"), id_)[:1]
            values = (DoorNotice(**where, plan=of, template=one, event=event) for one in doors)
        case "plan-text":
            texts = _those((one for one in of.templates if id_ or one.use != "door"), id_)
            values = (PlanText(**where, plan=of, template=one, event=event) for one in texts)
        case _:
            cards = _those(_cards(of), "" if word == ALL_CARDS else id_)
            values = (ActionCard(**where, plan=of, card=one) for one in cards)
    return "action-card" if word == ALL_CARDS else word, tuple(values)


def _cards(plan: Plan) -> Iterable[Card]:
    """Those of the plan, and those that its units add."""
    return (*plan.cards, *(one for own in plan.supplements for one in own.cards))


def _those(known: Iterable[N], id_: str) -> tuple[N, ...]:
    """The one of this id, all without one; never none."""
    all_ = tuple(known)
    found = tuple(one for one in all_ if one.id == id_) if id_ else all_
    if not found:
        raise ReaderError(NOT_FOUND, what=id_ or "–", known=", ".join(one.id for one in all_) or _NONE)
    return found
