"""Whom to ring in doubt about medicine: the unit, the nurse, the doctor, with their numbers, as far as they came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from printing import wording
from printing.block import Block, Words

if TYPE_CHECKING:
    from backupreader.domain.journal import Journal
    from printing.document import Sheet

_KINDS: Final = ("nurse", "gp")


def ask_whom(journal: Journal, sheet: Sheet) -> Block:
    """One line; who has no number is not on it."""
    _, unit = sheet.language.text, journal.unit
    found = [(unit.name, unit.phone)] if unit is not None and unit.phone else []
    for kind in _KINDS:
        for item in journal.contacts.items:
            phones = wording.joined((item.phone, item.phone2), ", ")
            if item.kind == kind and phones:
                role = item.relation or _(wording.CONTACT_KIND[kind])
                found.append((f"{item.name}, {role}", phones))
    label = _("In doubt, ring:") + " "
    if not found:
        return Words((label, True), (_("no number of the unit, a nurse or a doctor was delivered."), False), above=4)
    spans = [span for who, phones in found for span in ((f"{who} ", False), (phones, True), (" · ", False))]
    return Words((label, True), *spans[:-1], above=4)
