"""The medicine administration sheet: each drug at each exact time, a box to sign a day, what is not due blocked.

Fields after FMK and the signing lists of DOMAIN: a clock time is printed as ordered, a slot or "2 of 3" never as a
clock time. What cannot be decided has an open box and a question mark. Drugs given when needed stand apart, as do
stopped and paused ones. An insulin has places for the blood sugar and the site, a patch for the site and for the one
that is taken off (see `backupreader.domain.places`). Where there are several lists, the sheet is made from one, and
says what the others say (see `backupreader.domain.signing`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.language import N_
from printing.administering import body, days_of
from printing.boxes import Boxes
from printing.document import Document
from printing.lasting import is_old
from printing.signatures import initials

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from printing.document import Sheet, Subject


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """The grid, the drugs given when needed, what is stopped or paused, how to sign, and who signed."""
    journal = subject.journal
    assert journal is not None
    how = sheet.language.text("Sign each dose with initials and the time it was given.")
    return [*body(journal, how, Boxes(days_of(sheet), changed=is_old(sheet)), sheet), initials(sheet)]


DOCUMENT: Final = Document(
    name="medicine-sheet", title=N_("Medicine sheet"), about="citizen", story=story, landscape=True, medicine=True
)
