"""Blank form: medicine that was given, or was not, where no medicine sheet could be printed."""

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
            _("Check name, birthday and CAVE before you give."),
            _("Not given: P = postponed · R = refused · H = not at home · N = not available, and why."),
        ),
        forms.Ruled(
            columns=(14, 29, 11, 11, 14, 9, 12),
            titles=(
                forms.happened(language),
                _("Medicine, strength, form"),
                _("Amount"),
                _("How (by mouth …)"),
                _("Not given, why"),
                _("Initials"),
                forms.entered(language),
            ),
            high=36,
        ),
    )


DOCUMENT: Final = forms.form("form-medicine-given", N_("Medicine given"), _body)
