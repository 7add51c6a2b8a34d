"""Action cards, contacts and the room as rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from backupreader.language import Language
from ui.plan import Carded, Guided, Wrong
from ui.rows import Kind, Mark, Row
from ui.telling.plan import governed, marks
from ui.telling.whom import reached_by

if TYPE_CHECKING:
    from backupreader.domain.plan.contacts import Contact
    from backupreader.domain.plan.guidance import Card, Guide, Room
    from backupreader.domain.plan.plan import Plan


def more_rows(plan: Plan, wrong: Wrong, today: date, language: Language) -> tuple[Row, ...]:
    """What there is besides whom to call: the guides, the cards, everyone, the room; those for what is wrong first."""
    _ = language.text
    guides = [guide for guide in plan.guides if not wrong.system or not guide.systems or wrong.system in guide.systems]
    others = [guide for guide in plan.guides if guide not in guides]
    near = [card for card in plan.cards if wrong.system in card.systems]
    rest = [card for card in plan.cards if card not in near]
    groups = (
        (_("Only here, or everywhere?"), [_guide_row(guide, wrong) for guide in guides]),
        (_("What to do meanwhile"), [card_row(plan, card, today, language) for card in near]),
        (
            _("Other action cards") if near else _("Action cards"),
            [card_row(plan, one, today, language) for one in rest],
        ),
        (_("Other guides"), [_guide_row(guide, wrong) for guide in others]),
        (_("Everyone in the plan"), [_everyone(language), *([_room(language)] if plan.room is not None else ())]),
    )
    return tuple(row for title, rows in groups if rows for row in (Row(kind=Kind.HEADING, title=title), *rows))


def _guide_row(guide: Guide, wrong: Wrong) -> Row:
    return Row(kind=Kind.ACTION, title=guide.label, target=Guided(guide.id, (), wrong))


def card_row(plan: Plan, card: Card, today: date, language: Language) -> Row:
    """A card by its title, for whom it is, and that it is overdue."""
    details = (plan.role(card.role) if card.role else "", card.condition)
    return Row(
        kind=Kind.ACTION,
        title=card.about.title,
        details=tuple(detail for detail in details if detail),
        marks=overdue(card, today, language),
        target=Carded(card.id),
    )


def overdue(card: Card, today: date, language: Language) -> tuple[Mark, ...]:
    """What must be known of a card before it is trusted."""
    return marks(card.about, today, language)


def _everyone(language: Language) -> Row:
    _ = language.text
    return Row(kind=Kind.ACTION, title=_("All contacts, with their hours"), target="contacts")


def _room(language: Language) -> Row:
    return Row(kind=Kind.ACTION, title=language.text("The room with this PC"), target=Carded())


def card_steps(card: Card) -> tuple[Row, ...]:
    """One step a line."""
    return tuple(Row(lead=str(number), title=step) for number, step in enumerate(card.steps, start=1))


def card_head(plan: Plan, card: Card, language: Language) -> tuple[str, ...]:
    """For whom the card is, when, and whose it is: a line each."""
    _ = language.text
    systems = ", ".join(plan.system(system) for system in card.systems)
    lines = (
        _("For: {role}").format(role=plan.role(card.role)) if card.role else "",
        _("When this is down: {systems}").format(systems=systems) if systems else "",
        _("Of use: {condition}").format(condition=card.condition) if card.condition else "",
        governed(card.about, language, title=False),
    )
    return tuple(line for line in lines if line)


def room_rows(plan: Plan, room: Room, language: Language) -> tuple[Row, ...]:
    """Where the PC stands, who gives the key, what lies there."""
    _ = language.text
    contact = plan.contact(room.contact)
    asked = "" if contact is None else f"{contact.label}  {reached_by(contact)}"
    groups = (
        (_("Where"), (room.where,)),
        (_("The key or the door code"), (room.key,)),
        (_("What lies ready there"), room.holds),
        (_("Whom to ask about the room"), (asked,)),
    )
    return tuple(
        row
        for title, texts in groups
        if any(texts)
        for row in (Row(kind=Kind.HEADING, title=title), *(Row(title=text) for text in texts))
    )


def contact_rows(plan: Plan, contacts: Iterable[Contact], language: Language) -> tuple[Row, ...]:
    """Everyone in the plan's order: the number, and when it answers."""
    from backupreader.domain.plan import words

    _, rows = language.text, list[Row]()
    for contact in contacts:
        holidays = words.holidays(contact, language)
        kept = ""
        if contact.maintainer or contact.checked:
            day = language.day(contact.checked) if contact.checked else _("never")
            who = contact.maintainer or _("nobody named")
            kept = _("Kept by {maintainer}, last checked {day}").format(maintainer=who, day=day)
        details = (
            plan.role(contact.role) if contact.role else "",
            "\n".join(words.hours(contact, language)),
            holidays,
            contact.mail,
            contact.note,
            kept,
        )
        shown = tuple(detail for detail in details if detail)
        rows.append(Row(lead=contact.number, title=contact.label, details=shown))
    return tuple(rows)
