"""Roles, systems, contacts, the order of calling and the calendar, as a plan's file writes them."""

from __future__ import annotations

from typing import Final

from backupreader.domain.plan.about import Reach
from backupreader.domain.plan.contacts import Calendar, Calling, Contact, HolidayRule, Role, System
from backupreader.language import N_
from backupreader.planfile.page import Table
from backupreader.planfile.written import day_of_year, hours, id_, length, phone, pressed

OUTAGES: Final[tuple[Reach, ...]] = ("local", "global", "national")
"""The reaches of what is an outage."""
_COUNTRIES: Final = ("DK", "SE", "NO")
_RULES: Final[tuple[HolidayRule, ...]] = ("closed", "open", "sunday")
_NOBODY_NAMED = N_("'{key}' must name at least one contact")


def role(table: Table) -> Role:
    """A ``[[role]]``."""
    return Role(id=id_(table), label=table.needed_line("label"), note=table.text("note"), spot=table.spot)


def system(table: Table) -> System:
    """A ``[[system]]``."""
    return System(
        id=id_(table),
        label=table.needed_line("label"),
        symptoms=table.texts("symptoms"),
        instead=table.texts("instead"),
        supplier=table.text("supplier"),
        spot=table.spot,
    )


def contact(table: Table) -> Contact:
    """A ``[[contact]]``."""
    return Contact(
        id=id_(table),
        label=table.needed_line("label"),
        number=phone(table, "number"),
        mail=table.line("mail"),
        role=table.text("role"),
        hours=table.each("hours", hours),
        holidays=table.choice("holidays", _RULES, ""),
        tree=table.each("tree", pressed),
        say=table.texts("say"),
        give=table.text("give"),
        call_for=table.texts("call_for"),
        not_for=table.texts("not_for"),
        may_call=table.texts("may_call"),
        maintainer=table.line("maintainer"),
        checked=table.day("checked"),
        note=table.text("note"),
        spot=table.spot,
    )


def calling(table: Table) -> Calling:
    """A ``[[calling]]``."""
    table.need("order")
    if table.raw.get("order") == []:
        table.tell("order", _NOBODY_NAMED)
    return Calling(
        order=table.texts("order"),
        systems=table.texts("systems"),
        reaches=table.choices("reaches", OUTAGES),
        roles=table.texts("roles"),
        nobody=table.text("nobody"),
        again=length(table, "again"),
        spot=table.spot,
    )


def calendar(table: Table) -> Calendar:
    """The ``[holidays]``."""
    table.need("country")
    return Calendar(
        country=table.choice("country", _COUNTRIES, "DK"),
        also=table.each("also", day_of_year),
        without=table.each("without", day_of_year),
    )
