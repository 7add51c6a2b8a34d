"""How sheets of paper are told: what one is and what is next for it, and whose must still be entered or checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from backupreader.domain.ledger import Account, InApp, State, Step, StepName
from backupreader.domain.sheetlists import Due, Report, following, possible
from backupreader.domain.sheetrules import SheetRules
from backupreader.domain.sheetwords import DOES, NEXT, NOTHING_NEXT, told_pages, told_remark, told_state
from backupreader.language import N_, Language
from ui.accounting import Stand
from ui.clock import at
from ui.look import State as Look
from ui.rows import Kind, Mark, Row
from ui.sheetpapers import LIST, REPORT

_LOOKS: Final = {
    State.ISSUED: Look.LATE,
    State.RETURNED: Look.INFO,
    State.ENTERED: Look.GOOD,
    State.SCANNED: Look.GOOD,
    State.STRUCK: Look.QUIET,
    State.SHREDDED: Look.QUIET,
    State.MISSING: Look.STOP,
}
REASONS: Final = (
    N_("nothing was written on it"),
    N_("written anew on another sheet"),
    N_("it went with the citizen, to hospital"),
)
"""Why sheets are struck, mostly; another reason is written as the remark."""
_ENTERED: Final[tuple[tuple[InApp, str], ...]] = (
    ("no", N_("Entered; it did not stand in the mobile app")),
    ("yes", N_("It stood in the mobile app already: not entered twice")),
    ("unknown", N_("Entered; not known whether it stood in the mobile app")),
)
_UNPRINTED: Final = N_("The printer stopped: this sheet and those after it never came out")


@dataclass(frozen=True, slots=True)
class Does:
    """What a row of the steps does: a step with its remark, or what a person says of the print that jammed."""

    name: StepName
    remark: str = ""
    in_app: InApp = ""
    jammed: bool = False


def counted(report: Report, language: Language) -> str:
    """``198 of 212 sheets are back · 2 missing``."""
    _ = language.text
    if not report.total:
        return _("No sheet has been printed yet.")
    back = _("{n} of {m} sheets are back").format(n=report.back, m=report.total)
    missing = language.count("{n} missing", "{n} missing", report.counts[State.MISSING])
    return f"{back} · {missing}"


def named(account: Account, stand: Stand, language: Language) -> str:
    """Which pages of which document about whom, in one line."""
    sheet = account.sheet
    title = language.text(stand.titles.get(sheet.document, sheet.document))
    return " · ".join(part for part in (whose(account, stand, language), title, told_pages(sheet, language)) if part)


def whose(account: Account, stand: Stand, language: Language) -> str:
    """The citizen's name, or her id where it is not known now; the route; or that it is nobody's."""
    sheet = account.sheet
    if sheet.citizen is not None:
        return stand.names.get(sheet.citizen) or sheet.citizen
    return sheet.route or language.text("no citizen")


def mark(account: Account, language: Language) -> Mark:
    """How it stands."""
    return Mark(told_state(account, language), _LOOKS[account.state])


def facts(account: Account, rules: SheetRules, now: datetime, language: Language) -> str:
    """Its number, when and by whom it was printed, what was last said of it, and what is next."""
    _, job = language.text, account.job
    printed = _("Printed {moment} by {name}").format(moment=at(job.at, now, language), name=job.by)
    last = next(iter(reversed(account.live)), None)
    said = ""
    if last is not None:
        who = f"{last.by} ({last.behalf})" if last.behalf else last.by
        remark = told_remark(account, language)
        said = ", ".join(part for part in (_(DOES[last.name]), at(last.at, now, language), who, remark) if part)
    after = following(account, rules)
    ahead = _(NEXT.get(after, NOTHING_NEXT)) if after is not None else _(NOTHING_NEXT)
    return "\n".join(part for part in (f"{account.sheet.serial} · {printed}", said, ahead) if part)


def step_rows(account: Account, step: Step, rules: SheetRules, language: Language) -> tuple[Row, ...]:
    """What may be done with it, what is next first."""
    after = following(account, rules)
    names = sorted(possible(account, step, rules), key=lambda name: name != after)
    return tuple(row for name in names for row in _rows(account, name, language))


def _rows(account: Account, name: StepName, language: Language) -> Iterator[Row]:
    _ = language.text
    if name == "entered":
        for in_app, said in _ENTERED:
            yield Row(kind=Kind.ACTION, title=_(said), target=Does("entered", in_app=in_app))
    elif name == "struck":
        for reason in REASONS:
            title = _("Struck: {reason}").format(reason=_(reason))
            yield Row(kind=Kind.ACTION, title=title, target=Does("struck", _(reason)))
        yield Row(kind=Kind.ACTION, title=_("Struck: for the reason that stands in the remark"), target=Does("struck"))
        if account.state is State.ISSUED:
            yield Row(kind=Kind.ACTION, title=_(_UNPRINTED), target=Does("struck", jammed=True))
    else:
        yield Row(kind=Kind.ACTION, title=_(DOES[name]), target=Does(name))


def list_rows(report: Report, stand: Stand, now: datetime, language: Language) -> tuple[Row, ...]:
    """Checks that are due, then the sheets to be entered, citizen by citizen; then those that are only missing."""
    _ = language.text
    rows: list[Row] = []
    if not report.whole:
        rows.append(Row(kind=Kind.MISSING, title=_("Some of the ledger was lost. Nobody knows of all sheets.")))
    if report.due:
        rows.append(Row(kind=Kind.HEADING, title=_("To be checked by a second person"), aside=f"{len(report.due)}"))
        rows += [_due(one, stand, now, language) for one in report.due]
    for _whose, some in groupby(report.to_enter, lambda one: (one.sheet.citizen, one.sheet.route)):
        sheets = tuple(some)
        rows.append(Row(kind=Kind.HEADING, title=whose(sheets[0], stand, language), aside=f"{len(sheets)}"))
        rows += [_row(one, stand, language) for one in sheets]
    entered = {one.sheet.serial for one in report.to_enter}
    others = [one for one in report.missing if one.sheet.serial not in entered]
    if others:
        rows.append(Row(kind=Kind.HEADING, title=_("Only to be shredded, and not come back"), aside=f"{len(others)}"))
        rows += [_row(one, stand, language, who=True) for one in others]
    if not rows:
        said = _("All sheets are back, entered and checked.") if report.total else _("No sheet has been printed yet.")
        rows.append(Row(kind=Kind.NOTHING, title=said))
    if report.total:
        rows.append(Row(kind=Kind.HEADING, title=_("On paper")))
        rows.append(Row(kind=Kind.ACTION, title=_("Print the list for back-entry"), target=LIST))
        rows.append(Row(kind=Kind.ACTION, title=_("Print the report on all sheets"), target=REPORT))
    return tuple(rows)


def _due(one: Due, stand: Stand, now: datetime, language: Language) -> Row:
    until = language.text("by {moment}").format(moment=at(one.until, now, language))
    late = one.overdue(now)
    marks = (Mark(language.text("LATE") if late else until, Look.LATE if late else Look.QUIET),)
    account = one.account
    details = (str(account.sheet.serial), *((until,) if late else ()))
    return Row(title=named(account, stand, language), details=details, marks=marks, target=account.sheet.serial)


def _row(account: Account, stand: Stand, language: Language, *, who: bool = False) -> Row:
    sheet = account.sheet
    title = language.text(stand.titles.get(sheet.document, sheet.document))
    told = named(account, stand, language) if who else f"{title} · {told_pages(sheet, language)}"
    return Row(title=told, details=(str(sheet.serial),), marks=(mark(account, language),), target=sheet.serial)
