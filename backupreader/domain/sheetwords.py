"""How states and steps of sheets of paper are called; a face translates them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from backupreader.domain import moments
from backupreader.domain.ledger import NEVER_LEFT, Account, State, StepName
from backupreader.domain.records import Citizen
from backupreader.domain.sheets import Sheet
from backupreader.language import N_, Language

STATES: Final[Mapping[State, str]] = {
    State.ISSUED: N_("not come back"),
    State.RETURNED: N_("come back"),
    State.ENTERED: N_("entered in the journal"),
    State.SCANNED: N_("scanned only"),
    State.STRUCK: N_("struck"),
    State.SHREDDED: N_("shredded"),
    State.MISSING: N_("missing"),
}
DOES: Final[Mapping[StepName, str]] = {
    "returned": N_("It has come back"),
    "entered": N_("Entered in the journal"),
    "scanned": N_("Scanned only"),
    "struck": N_("Struck, with a reason"),
    "shredded": N_("Shredded"),
    "missing": N_("Cannot be found"),
    "checked": N_("Checked by a second person"),
    "undone": N_("Take the last step back"),
}
"""What a person does, or says that it is so."""
NEXT: Final[Mapping[StepName, str]] = {
    "returned": N_("Next: it comes back."),
    "entered": N_("Next: enter what stands on it in the journal."),
    "scanned": N_("Next: scan it. That is enough."),
    "shredded": N_("Next: shred it."),
    "checked": N_("Next: a second person checks what was entered."),
}
NOTHING_NEXT: Final = N_("Nothing more is to be done with it.")
MISREAD: Final = N_("That number is not right: a sign was misread or mistyped. Scan the sheet again, or type it anew.")
NO_NUMBER: Final = N_("That is not the number of a sheet, such as K7Q-0483921-58.")
IN_APP: Final[Mapping[str, str]] = {
    "yes": N_("it stood in the mobile app already"),
    "no": N_("it did not stand in the mobile app"),
    "unknown": N_("not known whether it stood in the mobile app"),
}


def told_citizen(citizen: Citizen, language: Language) -> str:
    """Her name and birthday: two citizens may have one name."""
    born = moments.day(citizen.birth_date)
    return f"{citizen.name}, {language.day(born)}" if born is not None else citizen.name


def told_state(account: Account, language: Language) -> str:
    """How a sheet stands: its state, and what makes it another than it seems."""
    _ = language.text
    if account.never_left and account.state is State.STRUCK:
        return _(NEVER_LEFT)
    if account.state is State.ENTERED and account.checked is not None:
        return _(N_("entered in the journal, and checked"))
    return _(STATES[account.state])


def told_pages(sheet: Sheet, language: Language) -> str:
    """Which pages stand on it: ``page 3 of 4``, ``pages 3–4 of 4``."""
    first, last = sheet.pages[0], sheet.pages[-1]
    if first == last:
        return language.text(N_("page {number} of {total}")).format(number=first, total=sheet.of)
    return language.text(N_("pages {first}–{last} of {total}")).format(first=first, last=last, total=sheet.of)


def told_remark(account: Account, language: Language) -> str:
    """The remark of the last step that holds; our own words in her language, everybody else's as they are."""
    remark = next((step.remark for step in reversed(account.live) if step.remark), "")
    return language.text(remark) if remark == NEVER_LEFT else remark
