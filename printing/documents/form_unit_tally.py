"""Blank form: which units are without their system, since when, and which are up again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.language import N_
from printing import forms, page
from printing.grid import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from printing.document import Sheet, Subject

_WIDE: Final = page.wide(landscape=True)


def _body(_subject: Subject, sheet: Sheet) -> Sequence[forms.Part]:
    language, _ = sheet.language, sheet.language.text
    return (
        forms.told(_("One line a unit and system. Ask each unit that is down again, until it is up.")),
        forms.fields(
            _WIDE,
            (40, plain(_("Who keeps this list"))),
            (30, plain(_("Date, shift"))),
            (30, plain(_("Number to call back"))),
            above=6,
        ),
        forms.Ruled(
            columns=(18, 13, 17, 11, 11, 13, 8, 9),
            titles=(
                _("Unit"),
                _("Which system"),
                _("Told by (name, telephone)"),
                _("Down since (date, time)"),
                _("Up again (date, time)"),
                _("Remark"),
                _("Initials"),
                forms.entered(language),
            ),
            high=32,
        ),
    )


DOCUMENT: Final = forms.form("form-unit-tally", N_("Units, down and up"), _body, about="nobody", landscape=True)
