"""What is wrong with a plan that could be read: what stops it, and what somebody should mend."""

from __future__ import annotations

from datetime import date
from itertools import chain

from backupreader.domain.plan import coverage, references, upkeep, ways
from backupreader.domain.plan.finding import Finding
from backupreader.domain.plan.plan import Plan


def faults(plan: Plan) -> tuple[Finding, ...]:
    """What makes a plan of no use: it names what is not there, or leads people in a circle."""
    return tuple(
        chain(
            references.dead(plan),
            *(ways.guide_faults(guide) for guide in plan.guides),
            ways.following(plan),
            *(ways.unfilled(template) for template in plan.templates),
        )
    )


def findings(plan: Plan, today: date, expected: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """The faults, and then the doubts as of today; new data is `expected` at these clock times ("05:30").

    Each in the order of the files and of their lines.
    """
    doubts = chain(
        coverage.doubts(plan),
        *(ways.guide_doubts(guide) for guide in plan.guides),
        upkeep.overdue(plan, today),
        upkeep.unused(plan),
        upkeep.collisions(plan, expected),
    )
    return tuple(sorted((*faults(plan), *doubts), key=_place))


def _place(finding: Finding) -> tuple[bool, bool, str, int]:
    """What stops comes first; the plan's own file before the supplements, which lie in a folder."""
    spot = finding.spot
    return not finding.stops, "/" in spot.file, spot.file, spot.line
