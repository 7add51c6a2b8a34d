"""Blank form: what was seen or heard of a citizen, what was done, and who was told."""

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
        forms.told(_("Write what you saw, heard or measured, what you did, and whom you told.")),
        forms.Ruled(
            columns=(14, 48, 17, 9, 12),
            titles=(
                forms.happened(language),
                _("What you saw, what you did"),
                _("Told to (name, time)"),
                _("Initials"),
                forms.entered(language),
            ),
            high=62,
        ),
    )


DOCUMENT: Final = forms.form("form-observation", N_("Observation"), _body)
