"""Guides, action cards, ready words, partners and the room, as a plan's file writes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from backupreader.domain.plan.about import REACHES, About
from backupreader.domain.plan.guidance import Card, Guide, Outcome, Partner, PartnerList, Question, Room, Template
from backupreader.language import N_
from backupreader.planfile.page import Table
from backupreader.planfile.written import id_, phone

_USES: Final[tuple[Literal["door", "citizens", "partners"], ...]] = ("door", "citizens", "partners")
_NONE_HERE = N_("'{key}' must name at least one")


def about(table: Table, owner: str = "") -> About:
    """What a document says of itself. Where it names no owner, and `owner` is known, that one has it too."""
    if not owner:
        table.need("owner")
    title = table.needed_line("title")
    return About(
        title=title,
        owner=table.line("owner") or owner,
        version=table.line("version"),
        editor=table.line("editor"),
        approved=table.day("approved"),
        updated=table.day("updated"),
        revise_by=table.day("revise_by"),
        spot=table.page.spot((*table.path, "title")),
    )


def room(table: Table) -> Room:
    """The ``[room]``."""
    return Room(
        where=table.needed("where"),
        key=table.text("key"),
        holds=table.texts("holds"),
        contact=table.text("contact"),
        spot=table.spot,
    )


def guide(table: Table) -> Guide:
    """A ``[[guide]]``."""
    _some(table, "question", "outcome")
    return Guide(
        id=id_(table),
        label=table.needed_line("label"),
        questions=table.tables("question", _question),
        outcomes=table.tables("outcome", _outcome),
        systems=table.texts("systems"),
        spot=table.spot,
    )


def _some(table: Table, *keys: str) -> None:
    """Each of these lists must be there, and hold something."""
    for key in keys:
        table.need(key)
        if table.raw.get(key) == []:
            table.tell(key, _NONE_HERE)


def _question(table: Table) -> Question:
    return Question(
        id=id_(table),
        ask=table.needed("ask"),
        how=table.text("how"),
        yes=table.needed("yes"),
        no=table.needed("no"),
        spot=table.spot,
    )


def _outcome(table: Table) -> Outcome:
    table.need("reach")
    return Outcome(
        id=id_(table),
        reach=table.choice("reach", REACHES, "none"),
        say=table.needed("say"),
        contact=table.text("contact"),
        spot=table.spot,
    )


def card(owner: str) -> Callable[[Table], Card]:
    """How a ``[[card]]`` is read in the document of that owner."""

    def read(table: Table) -> Card:
        _some(table, "steps")
        return Card(
            id=id_(table),
            about=about(table, owner),
            steps=table.texts("steps"),
            role=table.text("role"),
            systems=table.texts("systems"),
            condition=table.text("condition"),
            contact=table.text("contact"),
            spot=table.spot,
        )

    return read


def template(table: Table) -> Template:
    """A ``[[template]]``."""
    table.need("use")
    return Template(
        id=id_(table),
        label=table.needed_line("label"),
        use=table.choice("use", _USES, "door"),
        text=table.needed("text"),
        spot=table.spot,
    )


def partners(table: Table) -> PartnerList:
    """A list of ``[[partners]]``."""
    _some(table, "partner")
    return PartnerList(
        id=id_(table),
        label=table.needed_line("label"),
        partners=table.tables("partner", _partner),
        role=table.text("role"),
        template=table.text("template"),
        spot=table.spot,
    )


def _partner(table: Table) -> Partner:
    return Partner(
        id=id_(table),
        label=table.needed_line("label"),
        number=phone(table, "number"),
        mail=table.line("mail"),
        note=table.text("note"),
        spot=table.spot,
    )
