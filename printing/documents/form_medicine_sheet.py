"""Blank form: a medicine sheet without medicine, to be filled in by hand from what was ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.language import N_
from printing import forms, page, wording
from printing.administering import days_of
from printing.boxes import Boxes
from printing.grid import Grid, Group, header, plain, widths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from printing.document import Sheet, Subject

_WIDE: Final = page.wide(landscape=True)


def _body(subject: Subject, sheet: Sheet) -> Sequence[forms.Part]:
    _ = sheet.language.text
    days = days_of(sheet)
    boxes = Boxes(days)
    if subject.journal is None:  # it may lie in a drawer until it is needed: its days are written by hand
        dated = boxes.titles(sheet) if len(days) == 1 else (_("Date"),) * len(days)
        day = _("Date")
    else:
        first, last = (wording.day(sheet.language, one, weekday=True) for one in (days[0], days[-1]))
        dated, day = boxes.titles(sheet), first if len(days) == 1 else f"{first} – {last}"
    titles = (_("Initials"), _("Name and title"), _("Signature"))
    legend = Group(((plain(), plain(), plain()) * 2,), (), 20)
    return (
        forms.told(
            _("Sign each dose with initials and the time it was given."),
            _("Not given: P = postponed · R = refused · H = not at home · N = not available, and why."),
        ),
        forms.fields(
            _WIDE, (30, plain(day)), (70, plain(_("Copied from (which list or order, of when)"))), high=30, above=4
        ),
        forms.Ruled(
            columns=boxes.columns,
            titles=(_("Medicine, strength, form; how; for what"), _("Amount"), _("Time"), *dated),
            high=34,
            least=2,
        ),
        Grid(widths(_WIDE, 1, 3, 2.2, 1, 3, 2.2), [legend], header(*titles, *titles), above=6),
    )


DOCUMENT: Final = forms.form("form-medicine-sheet", N_("Medicine sheet, blank"), _body, landscape=True)
