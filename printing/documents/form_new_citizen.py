"""Blank form: a citizen whom the data does not know, under a temporary number until she has her own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.language import N_
from printing import forms, page
from printing.block import Block
from printing.grid import Cell, Grid, Group, plain
from printing.text import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from printing.document import Sheet, Subject

_WIDE: Final = page.wide(landscape=False)
_LARGE: Final = Style(size=30, leading=38, bold=True)


def _number(subject: Subject, sheet: Sheet) -> list[Block]:
    """The temporary number, to be read from afar; an empty place where none was given."""
    label = Grid((_WIDE,), [Group(((plain(sheet.language.text("Temporary number")),),))], above=6)
    number = Cell((((subject.number, True),),) if subject.number else (), _LARGE, "centre")
    return [label, Grid((_WIDE,), [Group(((number,),), (), 48)])]


def _body(subject: Subject, sheet: Sheet) -> Sequence[forms.Part]:
    language, _ = sheet.language, sheet.language.text
    if subject.number:
        use = _("Write this number on every sheet about this citizen until the real person number is known.")
    else:
        use = _("Take the next free number from this PC, never one that you make up.")
    return (
        *_number(subject, sheet),
        forms.told(use, _("Search for the name and the birthday first: the citizen may be known.")),
        forms.fields(
            _WIDE,
            (50, plain(_("Name"))),
            (22, plain(_("Birthday"))),
            (28, plain(_("Person number, when known"))),
            above=6,
        ),
        forms.fields(
            _WIDE, (50, plain(_("Address, floor, door"))), (22, plain(_("Telephone"))), (28, plain(_("Unit, room")))
        ),
        forms.fields(
            _WIDE, (50, plain(_("Relative (name, relation, telephone)"))), (50, plain(_("Doctor (name, telephone)")))
        ),
        forms.fields(
            _WIDE,
            (22, plain(forms.happened(language))),
            (39, plain(_("Comes from, and who decided on help"))),
            (39, plain(_("Language, interpreter, how to talk"))),
        ),
        forms.fields(
            _WIDE,
            (22, forms.ticks(_("CAVE: none known"), _("CAVE: nobody knows"))),
            (39, plain(_("CAVE: what must not be given, and what happens then"))),
            (39, plain(_("Infection; limits of treatment (date, by whom)"))),
            high=44,
        ),
        forms.Box(_("Health, what help is needed and when, what to watch")),
        forms.Box(_("Medicine brought along or told of, and by whom. Ask the doctor before you give it.")),
        forms.fields(
            _WIDE, (50, plain(_("How to get in (key, lock, alarm); no codes on this sheet"))), (50, plain(_("Aids")))
        ),
    )


DOCUMENT: Final = forms.form("form-new-citizen", N_("New citizen"), _body, about="nobody")
