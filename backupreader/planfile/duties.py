"""Acts, duties with their clocks, and planned downtime, as a plan's file writes them."""

from __future__ import annotations

from typing import Final

from backupreader.domain.plan.duties import Act, Duty, When, Window
from backupreader.language import N_
from backupreader.planfile.contacts import OUTAGES
from backupreader.planfile.page import Table
from backupreader.planfile.written import day_of_week, id_, length, months, span, whole

_FIXED: Final[tuple[When, ...]] = ("start", "shift", "end")
_CLOCKS: Final = ("at", "after", "every", "since")
_WEEKS: Final = (1, 2, 3, 4, 5, -1)
_NO_CLOCK = N_("This duty has no clock. Write one of: {known}")
_SEVERAL_CLOCKS = N_("This duty has several clocks ({written}). It can only have one")
_NO_ACT_TO_LAST = N_("'{key}' says how long it lasts since an act, and no act is named: write 'since' too")


def act(table: Table) -> Act:
    """An ``[[act]]``."""
    return Act(id=id_(table), label=table.needed_line("label"), spot=table.spot)


def duty(table: Table) -> Duty:
    """A ``[[duty]]``: its clock is one of `at`, `after`, `every` and `since`."""
    when, minutes = _clock(table)
    return Duty(
        id=id_(table),
        label=table.needed_line("label"),
        when=when,
        role=table.text("role"),
        minutes=minutes,
        warn=length(table, "warn"),
        act=table.text("since"),
        follows=table.text("follows"),
        contact=table.text("contact"),
        say=table.text("say"),
        systems=table.texts("systems"),
        reaches=table.choices("reaches", OUTAGES),
        spot=table.spot,
    )


def _clock(table: Table) -> tuple[When, int]:
    """Which clock it has, and how many minutes; everything that is wrong with it is told."""
    written = [key for key in _CLOCKS if table.has(key)]
    if len(written) > 1:
        table.page.tell(table.path, _SEVERAL_CLOCKS, written=", ".join(written))
    if not written:
        table.page.tell(table.path, _NO_CLOCK, known=", ".join(_CLOCKS))
    if table.has("lasts") and "since" not in written:
        table.tell("lasts", _NO_ACT_TO_LAST)
    if "since" in written:
        table.need("lasts")
    fixed: When = table.choice("at", _FIXED, "start")
    after, every, lasts = length(table, "after"), length(table, "every"), length(table, "lasts")
    if "after" in written:
        return "after", after
    if "every" in written:
        return "every", every
    if "since" in written:
        return "since", lasts
    return fixed, 0


def window(table: Table) -> Window:
    """A ``[[window]]``."""
    begins, ends = span(table, "from", "until")
    return Window(
        id=id_(table),
        label=table.needed_line("label"),
        week=whole(table, "week", _WEEKS),
        day=day_of_week(table, "day"),
        begins=begins,
        ends=ends,
        systems=table.texts("systems"),
        months=months(table, "months"),
        say=table.text("say"),
        spot=table.spot,
    )
