"""Blank form: what a doctor orders by telephone, read back, with a second person who heard it."""

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
            _("Say name, birthday, CAVE and present medicine. Write down what is ordered, then read it all back."),
            _("Write numbers and units in full."),
        ),
        forms.fields(
            _WIDE,
            (22, plain(forms.happened(language))),
            (40, plain(_("Doctor's name and workplace"))),
            (22, plain(_("Doctor's telephone number"))),
            (16, plain(_("Doctor's own number"))),
            above=6,
        ),
        forms.Ruled(
            columns=(32, 26, 16, 26),
            titles=(
                _("Medicine, strength, form"),
                _("Amount and times"),
                _("How, for what"),
                _("From when, until when; or stop, or pause"),
            ),
            high=44,
            least=2,
        ),
        forms.Box(_("Anything else that was ordered: what to watch, when to call again"), 40),
        forms.fields(
            _WIDE,
            (30, forms.ticks(_("Read back in full"), _("The doctor said that it is right"))),
            (16, plain(_("Read back at (time)"))),
            (30, plain(_("Taken by (name, title)"))),
            (24, plain(_("Signature"))),
            above=6,
        ),
        forms.fields(
            _WIDE,
            (30, plain(_("Second person who heard it (name, title)"))),
            (16, plain(_("Signature"))),
            (30, plain(_("On the medicine sheet (time, initials)"))),
            (24, plain(_("Confirmed in writing by the doctor (date, initials)"))),
        ),
    )


DOCUMENT: Final = forms.form("form-telephone-order", N_("Order by telephone"), _body)
