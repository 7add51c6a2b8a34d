"""What is wrong with a plan, by file and line; `lint` and the reader of its files find them."""

from __future__ import annotations

from dataclasses import dataclass

from backupreader.domain.plan.about import Spot
from backupreader.domain.trouble import Reason


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing. With `stops` the plan cannot be used as it is; without, it can, and somebody should mend it."""

    spot: Spot
    reason: Reason
    stops: bool = True
