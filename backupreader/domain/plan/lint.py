"""What is wrong with a plan that could be read: what stops it, and what somebody should mend."""

from __future__ import annotations

from itertools import chain

from backupreader.domain.plan import references, ways
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
