"""Blank form: which keys went out, with whom, and that they came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.language import N_
from printing import forms, page
from printing.grid import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from printing.document import Sheet, Subject

_WIDE: Final = page.wide(landscape=False)


def _body(_subject: Subject, sheet: Sheet) -> Sequence[forms.Part]:
    language, _ = sheet.language, sheet.language.text
    return (
        forms.told(
            _("Write the number of the key, never a name, an address or a code."),
            _("At the end of the shift: which keys are still out?"),
        ),
        forms.fields(
            _WIDE,
            (40, plain(_("Place or unit"))),
            (30, plain(_("Date, shift"))),
            (30, plain(_("Keys still out (number)"))),
            above=6,
        ),
        forms.Ruled(
            columns=(13, 14, 22, 14, 22, 15),
            titles=(
                _("Key no."),
                _("Out (date, time)"),
                _("Taken by (name, signature)"),
                _("Back (date, time)"),
                _("Received by (name, signature)"),
                forms.entered(language),
            ),
            high=32,
        ),
    )


DOCUMENT: Final = forms.form("form-key-log", N_("Key log"), _body, about="nobody")
