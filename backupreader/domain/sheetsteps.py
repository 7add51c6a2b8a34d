"""Whether a step of a sheet of paper may be taken now, and why not: by its state, and by the municipality's rules.

A sheet that must be entered is not shredded before it is entered and checked, or struck; one that must be scanned, not
before it is scanned, entered or struck. "Scanned only" is for sheets of which a scan is enough. What was entered is
checked by another person than who entered it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from backupreader.domain.ledger import FOLLOWS, Account, State, Step
from backupreader.domain.sheetrules import Rule, SheetRules
from backupreader.domain.trouble import Reason
from backupreader.language import N_

_UNKNOWN: Final = N_("This PC has not printed a sheet with that number.")
_NOTHING: Final = N_("There is no step of this sheet to take back.")
_AHEAD: Final = N_("That time lies ahead.")
_WHY: Final = N_("Say why the sheet is struck.")
_NOT_ENTERED: Final = N_("Only what was entered in the journal is checked; this sheet was not.")
_CHECKED: Final = N_("What was entered from this sheet has been checked already.")
_SAME: Final = N_("Another person than {name} must check what was entered.")
_MUST_ENTER: Final = N_("What stands on this sheet must be entered in the journal; a scan is not enough.")
_NOT_YET_ENTERED: Final = N_("This sheet must be entered in the journal, or struck, before it is shredded.")
_NOT_YET_SCANNED: Final = N_("This sheet must be scanned, entered or struck before it is shredded.")
_NOT_YET_CHECKED: Final = N_("Another person must check what was entered before this sheet is shredded.")
_ALREADY: Final[Mapping[State, str]] = {
    State.ISSUED: N_("This sheet has not come back."),
    State.RETURNED: N_("This sheet has come back already."),
    State.ENTERED: N_("This sheet is entered in the journal already."),
    State.SCANNED: N_("This sheet is scanned already."),
    State.STRUCK: N_("This sheet is struck already."),
    State.SHREDDED: N_("This sheet is shredded. If that is not so, take the step back first."),
    State.MISSING: N_("This sheet is said to be missing. Say first that it has come back."),
}


def refusal(account: Account | None, step: Step, rules: SheetRules) -> Reason | None:
    """Why a step may not be taken now; None where it may."""
    if account is None or step.at > step.kept:
        return Reason(_UNKNOWN if account is None else _AHEAD)
    if step.name == "undone":
        return None if account.live else Reason(_NOTHING)
    if step.name == "checked":
        return _unchecked(account, step)
    if step.name not in FOLLOWS[account.state]:
        return Reason(_ALREADY[account.state])
    if step.name == "struck" and not step.remark.strip():
        return Reason(_WHY)
    return _against_rule(account, step, rules)


def _unchecked(account: Account, step: Step) -> Reason | None:
    entered = account.entered
    if account.state is not State.ENTERED or entered is None:
        return Reason(_NOT_ENTERED)
    if account.checked is not None:
        return Reason(_CHECKED)
    if entered.people & step.people:
        return Reason(_SAME, {"name": entered.behalf or entered.by})
    return None


def _against_rule(account: Account, step: Step, rules: SheetRules) -> Reason | None:
    rule, state = rules.of(account.sheet.document), account.state
    if step.name == "scanned" and rule is Rule.ENTER:
        return Reason(_MUST_ENTER)
    if step.name != "shredded":
        return None
    if state is State.ENTERED and account.checked is None and rules.check_hours:
        return Reason(_NOT_YET_CHECKED)
    if rule is Rule.ENTER and state not in {State.ENTERED, State.STRUCK}:
        return Reason(_NOT_YET_ENTERED)
    if rule is Rule.SCAN and state in {State.ISSUED, State.RETURNED}:
        return Reason(_NOT_YET_SCANNED)
    return None
