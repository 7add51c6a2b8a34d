"""The evidence for the continuity plan: which drills, scenarios and shift checks there were, and how they went."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backupreader.domain.evidence import DrillHeld, Evidence
from backupreader.domain.scenarios import held, score
from backupreader.domain.shiftcheck import ShiftCheck, result
from backupreader.language import N_
from printing import page, wording
from printing.block import Block, Heading, Words
from printing.grid import Grid, Group, header, plain, strong, widths
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.text import STRONG

_WIDE: Final = page.wide(landscape=False)
_COUNTS: Final = widths(_WIDE, 70, 30)
_COLUMNS: Final = widths(_WIDE, 20, 22, 22, 36)
_DIGITS: Final = 12


def head(found: Evidence, desk: Desk) -> Head:
    """Which PC, over which time, and with which plan."""
    _ = desk.language.text
    over = desk.language.count("The last {n} day", "The last {n} days", found.days)
    return Head(
        name=_("Practice and checks"),
        title=_(PAPER.title),
        facts=((_("PC: {pc} · {site}").format(pc=found.pc, site=found.site), True), (over, True)),
    )


def story(found: Evidence, desk: Desk) -> Iterator[Block]:
    """The counts; then each drill and scenario; of the shift checks those that were not good in all."""
    _ = desk.language.text
    yield Words((_plan(found, desk), False), above=4)
    yield Grid(_COUNTS, [*_counts(found, desk)], header(_("What"), _("How many")), above=6)
    some = [check for check in found.checks if not check.is_good]
    for title, rows in (
        (_("Drills"), [_drill(one, desk) for one in found.drills]),
        (_("Scenarios"), [_scenario(one, found, desk) for one in found.scenarios]),
        (_("Shift checks that found something"), [_check(one, desk) for one in some]),
    ):
        if rows:
            yield Heading(title)
            yield Grid(_COLUMNS, rows, header(_("When"), _("Who"), _("What"), _("How it went")), above=2)
    yield Words((_("End of the list. It names staff, and no citizen."), True), style=STRONG, above=10)


PAPER: Final = Paper(
    name="evidence",
    title=N_("Evidence for the continuity plan"),
    of=Evidence,
    head=head,
    story=story,
    afterwards=N_("Keep with the plan."),
)


def _plan(found: Evidence, desk: Desk) -> str:
    _ = desk.language.text
    if found.plan is None:
        return _("There is no plan on this PC.")
    facts = {"title": found.plan.title, "owner": found.plan.owner, "digest": found.digest[:_DIGITS]}
    return _("The plan in use: {title}, owner {owner} ({digest}).").format(**facts)


def _counts(found: Evidence, desk: Desk) -> Iterator[Group]:
    _ = desk.language.text
    good = sum(check.is_good for check in found.checks)
    for what, count in (
        (_("Drills"), len(found.drills)),
        (_("Drills that passed"), sum(one.passed for one in found.drills)),
        (_("Scenarios"), len(found.scenarios)),
        (_("People who took part in them"), found.people),
        (_("Shift checks"), len(found.checks)),
        (_("Shift checks with everything good"), good),
    ):
        yield Group(((plain(what), plain(f"{count}", style=STRONG)),))


def _drill(one: DrillHeld, desk: Desk) -> Group:
    _ = desk.language.text
    went = _("Passed") if one.passed else _("Not passed: {steps}").format(steps=", ".join(map(_, one.failed)))
    return Group(((strong(desk.moment(one.at)), plain(one.by or "–"), plain(_("Drill")), plain(went)),))


def _scenario(one: score.Held, found: Evidence, desk: Desk) -> Group:
    language = desk.language
    known = next((scenario.title for scenario in held.SCENARIOS if scenario.id == one.scenario), one.scenario)
    other = ""
    if one.plan != found.digest:
        other = language.text("With another plan than the one in use ({digest})").format(digest=one.plan[:_DIGITS])
    went = plain(score.result(one, language), other)
    return Group(((strong(desk.moment(one.at)), plain(one.by), plain(language.text(known)), went),))


def _check(one: ShiftCheck, desk: Desk) -> Group:
    language = desk.language
    shift = language.text(wording.SHIFT[one.shift])
    return Group(((strong(desk.moment(one.at)), plain(one.by), plain(shift), plain(result(one, language))),))
