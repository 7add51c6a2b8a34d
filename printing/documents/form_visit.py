"""Blank form: visits that were made, or were not and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.language import N_
from printing import forms
from printing.grid import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from printing.document import Sheet, Subject


def _body(_subject: Subject, sheet: Sheet) -> Sequence[forms.Part]:
    language, _ = sheet.language, sheet.language.text
    done = forms.ticks(_("done"), _("in part"), _("not done"))
    return (
        forms.told(
            _("Nobody opens, and somebody should be at home: do not leave it. Call the office at once."),
            _(
                "Why not done: 1 = not at home · 2 = refused · 3 = in hospital · 4 = could not get in · "
                "5 = no time, moved to · 6 = other, say what."
            ),
        ),
        forms.Ruled(
            columns=(17, 22, 14, 24, 10, 13),
            titles=(
                _("Came, went (date, time)"),
                _("What was to be done"),
                _("Done?"),
                _("Why not (1–6), and in words"),
                _("Initials"),
                forms.entered(language),
            ),
            high=48,
            row=(Cell(), Cell(), done, Cell(), Cell(), Cell()),
        ),
    )


DOCUMENT: Final = forms.form("form-visit", N_("Visits, done or not done"), _body)
