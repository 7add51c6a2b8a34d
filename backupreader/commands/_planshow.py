"""``plan show``: which plan is in use here, how it stands, and what is in it by name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from backupreader.command import Context, plain
from backupreader.commands._planhere import about, plan_here, say_kept, say_standing, standing
from backupreader.domain.plan import words
from backupreader.language import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backupreader.domain.plan.about import About
    from backupreader.domain.plan.guidance import Card
    from backupreader.domain.plan.plan import Plan

_EDITOR: Final = N_("Edited by: {editor}")
_APPROVED: Final = N_("Approved: {day}")
_UPDATED: Final = N_("Updated: {day}")
_SUPPLEMENT: Final = N_("Supplement of the unit {unit}. Its owner: {owner}.")
_CARDS: Final = N_("Action cards:")


@dataclass(frozen=True, slots=True)
class _Part:
    """One kind of thing in a plan: its heading, and each by id and name."""

    key: str
    heading: str
    things: tuple[tuple[str, str], ...]


class _Thing(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def label(self) -> str: ...


def _parts(plan: Plan) -> tuple[_Part, ...]:
    kinds: tuple[tuple[str, str, Sequence[_Thing]], ...] = (
        ("roles", N_("Roles:"), plan.roles),
        ("systems", N_("Systems:"), plan.systems),
        ("contacts", N_("Contacts:"), plan.contacts),
        ("guides", N_("Guides:"), plan.guides),
        ("duties", N_("Duties:"), plan.duties),
        ("windows", N_("Planned downtime:"), plan.windows),
        ("templates", N_("Ready words:"), plan.templates),
        ("partners", N_("Partner lists:"), plan.partners),
    )
    return tuple(_Part(key, heading, tuple((one.id, one.label) for one in many)) for key, heading, many in kinds)


def plan_show(context: Context, file: Path | None, *, as_json: bool) -> None:
    """Tell of the plan. Raises NO_PLAN or PLAN_UNREADABLE."""
    found = plan_here(context, file)
    assert found.plan is not None
    plan, today = found.plan, context.now().date()
    if as_json:
        document = {**standing(context, found, today), **_document(plan, today)}
        print(json.dumps(document, indent=1, ensure_ascii=False))  # noqa: T201
        return
    say_standing(context, plan.about, found.came, today)
    say_kept(context, found.kept)
    _say_document(context, plan.about, today)
    _say_cards(context, _CARDS, plan.cards, today)
    for part in _parts(plan):
        if part.things:
            context.say(part.heading)
            for _, label in part.things:
                print(plain(f"  {label}"))  # noqa: T201 (the command line's voice)
    for one in plan.supplements:
        context.say(_SUPPLEMENT, unit=one.unit, owner=one.about.owner)
        print(f"  {plain(words.revision(one.about, today, context.language))}")  # noqa: T201
        _say_cards(context, _CARDS, one.cards, today)


def _say_cards(context: Context, heading: str, cards: tuple[Card, ...], today: date) -> None:
    if cards:
        context.say(heading)
    for card in cards:
        late = f"  ({words.revision(card.about, today, context.language)})" if card.about.is_overdue(today) else ""
        print(plain(f"  {card.label}{late}"))  # noqa: T201


def _say_document(context: Context, document: About, today: date) -> None:
    if document.editor:
        context.say(_EDITOR, editor=document.editor)
    for sentence, day in ((_APPROVED, document.approved), (_UPDATED, document.updated)):
        if day is not None:
            context.say(sentence, day=context.language.day(day))
    if not document.is_overdue(today):
        print(words.revision(document, today, context.language))  # noqa: T201 (the command line's voice)


def _document(plan: Plan, today: date) -> dict[str, Any]:
    return {
        "cards": _cards(plan.cards, today),
        **{part.key: [{"id": id_, "label": label} for id_, label in part.things] for part in _parts(plan)},
        "supplements": [
            {"unit": one.unit, **about(one.about, today), "cards": _cards(one.cards, today)} for one in plan.supplements
        ],
    }


def _cards(cards: tuple[Card, ...], today: date) -> list[dict[str, Any]]:
    return [{"id": card.id, **about(card.about, today)} for card in cards]
