"""Blank form: medicine given when needed, why, and what effect it had within two hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.language import N_
from printing import forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from printing.document import Sheet, Subject


def _body(_subject: Subject, sheet: Sheet) -> Sequence[forms.Part]:
    language, _ = sheet.language, sheet.language.text
    return (
        forms.told(
            _("Before you give: when was it last given, how far apart must it be, how much at most in a day?"),
            _("Come back within 2 hours and write what effect it had."),
        ),
        forms.Ruled(
            columns=(11, 22, 16, 9, 11, 8, 13, 10),
            titles=(
                forms.happened(language),
                _("Medicine, strength, form"),
                _("Reason"),
                _("Amount"),
                _("Last given before (date, time)"),
                _("Initials"),
                _("Effect within 2 h (time, how)"),
                forms.entered(language),
            ),
            high=36,
        ),
    )


DOCUMENT: Final = forms.form("form-pn", N_("Medicine given when needed"), _body, landscape=True)
