"""The signing list (sv *signeringslista*): each order at each exact time, one box a day for the signature.

It holds what the medicine sheet holds. What differs: a single day has a box for the signature, what is counted has a
place for the count, and below stand whose the signatures are and who signs by delegation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.language import N_
from printing.administering import body, days_of
from printing.boxes import Boxes
from printing.document import Document
from printing.lasting import is_old
from printing.signatures import clarified, delegated

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from printing.document import Sheet, Subject

_ALONE: Final = ((N_("Signature"), 1.4), (N_("Remark, or why not given"), 2.4))


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """The grid, the drugs given when needed, what is stopped or paused, whose signatures, and the delegations."""
    journal = subject.journal
    assert journal is not None
    how = sheet.language.text("Sign each dose in its box, and write the time where it was not given on time.")
    boxes = Boxes(days_of(sheet), _ALONE, counts=True, changed=is_old(sheet))
    return [*body(journal, how, boxes, sheet), *clarified(sheet), *delegated(sheet)]


DOCUMENT: Final = Document(
    name="signing-list", title=N_("Signing list"), about="citizen", story=story, landscape=True, medicine=True
)
