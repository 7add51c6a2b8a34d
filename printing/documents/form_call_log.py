"""Blank form: who called whom in an outage, and what was agreed."""

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
        forms.told(_("One line a call. Nobody answers: write that too, and whom you call next.")),
        forms.fields(
            _WIDE,
            (40, plain(_("Place or unit"))),
            (30, plain(_("Date, shift"))),
            (30, plain(_("Number to call back"))),
            above=6,
        ),
        forms.Ruled(
            columns=(12, 17, 13, 22, 18, 8, 10),
            titles=(
                forms.happened(language),
                _("Who called whom"),
                _("Telephone"),
                _("About what"),
                _("Agreed or decided"),
                _("Initials"),
                forms.entered(language),
            ),
            high=34,
        ),
    )


DOCUMENT: Final = forms.form("form-call-log", N_("Call log"), _body, about="nobody", landscape=True)
