"""What was practised on a made-up PC, as evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from backupreader.domain.evidence import DrillHeld, Evidence
from backupreader.domain.plan.about import About
from backupreader.domain.scenarios.score import Held
from backupreader.domain.shiftcheck import POINTS, ShiftCheck

NOW = datetime(2026, 11, 28, 22, 50, tzinfo=ZoneInfo("Europe/Copenhagen"))


def evidence(name: str = "Mette Lund", pc: str = "PC-NORD-2", site: str = "Sandby Nord", days: int = 365) -> Evidence:
    """Two drills, two scenarios (one with another plan), and three shift checks, of which one was good."""
    drill = DrillHeld(at=NOW, by=name, passed=True)
    outcomes = {"call": "right", "until": "helped", "shift": "missed"}
    night = Held(scenario="night", at=NOW, by=name, minutes=14, plan="ab12", outcomes=outcomes)
    good = ShiftCheck(at=NOW, shift="night", day=NOW.date(), by=name, verdicts=dict.fromkeys(POINTS, "good"))
    return Evidence(
        pc=pc,
        site=site,
        days=days,
        plan=About(title=f"Plan of {name}", owner=name),
        digest="ab12",
        drills=(drill, replace(drill, at=NOW - timedelta(days=90), by="", passed=False, failed=("unlocking",))),
        scenarios=(night, replace(night, scenario="locks", by="Bo Friis", minutes=31, plan="cd34")),
        checks=(
            good,
            replace(good, shift="day", verdicts={**good.verdicts, "clock": "not-good"}),
            replace(good, shift="evening", verdicts={**good.verdicts, "cards": "not-done"}),
        ),
    )
