"""What a carer writes by hand on a handover: why she is sent, how she is now, who knows of it, and what goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from printing import forms, page
from printing.block import Block, Heading
from printing.grid import Cell, Grid, Group, header, plain, widths

if TYPE_CHECKING:
    from backupreader.domain.journal import Journal
    from printing.document import Sheet

_WIDE: Final = page.wide(landscape=False)
_REASON: Final = 66.0  # points
_OBSERVED: Final = 26.0
_TIMES: Final = 2


def by_hand(journal: Journal, sheet: Sheet) -> list[Block]:
    """The places, under a heading."""
    _ = sheet.language.text
    unit = journal.unit
    back = plain(_("Telephone to call back"), unit.phone if unit is not None else None)
    return [
        Heading(_("Written by hand now")),
        forms.fields(
            _WIDE,
            (20, plain(_("Sent (date, time)"))),
            (34, plain(_("To (hospital, ward, who was told)"))),
            (26, plain(_("Filled in by (name, title, initials)"))),
            (20, back),
            above=5,
        ),
        Grid((_WIDE,), [Group(((plain(_("Why now: what happened, since when, what was tried")),),), (), _REASON)]),
        _observed(sheet),
        forms.fields(
            _WIDE,
            (30, forms.ticks(_("Relatives are told"), _("Not told"), _("Not reached"))),
            (44, plain(_("Who was told, by whom, when"))),
            (26, forms.ticks(_("The citizen agrees"), _("Does not agree"), _("Cannot say"))),
            high=46,
            above=5,
        ),
        *_along(sheet),
    ]


def _observed(sheet: Sheet) -> Block:
    """What was measured, at up to two times."""
    _ = sheet.language.text
    titles = (
        _("Time"),
        _("Breaths a minute"),
        _("SpO₂ %"),
        _("Oxygen l/min"),
        _("Blood pressure"),
        _("Pulse"),
        _("Awake (ACVPU)"),
        _("Temp. °C"),
        _("Blood sugar"),
        _("Pain 0–10"),
    )
    row = Group(((Cell(),) * len(titles),), (), _OBSERVED)
    return Grid(widths(_WIDE, 7, 12, 8, 10, 12, 7, 10, 9, 14, 9), [row] * _TIMES, header(*titles), above=5)


def _along(sheet: Sheet) -> list[Block]:
    """What is sent along, and that it arrived."""
    _ = sheet.language.text
    return [
        forms.fields(
            _WIDE,
            (
                24,
                forms.ticks(
                    _("Medicine, in its boxes"), _("Medicine sheet"), _("This sheet"), _("Refusal of resuscitation")
                ),
            ),
            (20, forms.ticks(_("Glasses"), _("Hearing aids"), _("Dentures"), _("Walking aid"))),
            (20, forms.ticks(_("Clothes, shoes"), _("Telephone, charger"), _("Keys"), _("Money, cards"))),
            (36, plain(_("Sent along: tick it. Also:"))),
            above=5,
        ),
        forms.fields(
            _WIDE,
            (50, plain(_("Handed over to (name, ward, time)"))),
            (50, plain(_("Back home: who looks after house, animals, alarm"))),
        ),
    ]
