"""Blank form: a fall, a pressure sore, wrong medicine or another thing that should not have happened."""

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
        forms.told(_("Help first, then write. Blame nobody: write what happened.")),
        forms.fields(
            _WIDE,
            (22, forms.ticks(_("Fall"), _("Pressure sore"))),
            (28, forms.ticks(_("Wrong medicine"), _("Other adverse event"))),
            (22, plain(forms.happened(language))),
            (28, plain(_("Where, and who saw it"))),
            above=6,
        ),
        forms.Box(_("What happened, and what was being done just before"), 44),
        forms.Box(_("What is seen and felt: where on the body, size, pain. Pressure sore: place and grade (1–4)"), 44),
        forms.fields(
            _WIDE,
            (24, forms.ticks(_("Hit the head"), _("Did not hit the head"), _("Not known"))),
            (26, forms.ticks(_("Takes blood thinners"), _("Takes none"), _("Not known"))),
            (50, plain(_("Measured: pulse, blood pressure, temperature, SpO₂, awake or not (time)"))),
        ),
        forms.Box(_("What was done at once, and what shall be watched until when"), 44),
        forms.fields(
            _WIDE,
            (34, plain(_("Doctor or nurse told (name, time)"))),
            (33, plain(_("Relatives told (name, time)"))),
            (33, plain(_("Leader told (name, time)"))),
        ),
    )


DOCUMENT: Final = forms.form("form-incident", N_("Fall, pressure sore or other incident"), _body)
