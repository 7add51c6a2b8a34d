"""The boxes of a medicine sheet: one a dose and day, blocked where nothing is due, with a mark where it is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from backupreader.domain.dosage import Row, Verdict, Why
from backupreader.language import N_
from printing import page, wording
from printing.grid import BLOCKED_GREY, Cell, plain, widths
from printing.text import STRONG, Style

if TYPE_CHECKING:
    from printing.document import Sheet

WIDE: Final = page.wide(landscape=True)
HIGH: Final = 27.0  # points: room for initials and a clock time by hand
_BLOCKED: Final = "****"
_BLOCK: Final = Style(size=10, leading=11)
_WHY: Final = {
    Why.PAUSED: N_("paused"),
    Why.STOPPED: N_("stopped"),
    Why.AFTER_END: N_("ended"),
    Why.BEFORE_START: N_("not begun"),
    Why.OTHER_DAY: N_("other day"),
    Why.OTHER_SHIFT: N_("other shift"),
    Why.NOT_IN_FORCE: N_("draft"),
}
_HELD_BACK: Final = frozenset(_WHY) - {Why.OTHER_DAY, Why.OTHER_SHIFT}


def columns(days: list[date]) -> tuple[float, ...]:
    """One day has room for three boxes a dose; several days have one box each."""
    lead = WIDE * (0.56 if len(days) == 1 else 0.46 if len(days) <= 3 else 0.36)  # noqa: PLR2004 (a weekend)
    boxes = (1.0, 1.0, 2.4) if len(days) == 1 else tuple(1.0 for _ in days)
    return (lead - 138, 68.0, 70.0, *widths(WIDE - lead, *boxes))


def titles(days: list[date], sheet: Sheet) -> tuple[str, ...]:
    """What stands over the boxes."""
    _ = sheet.language.text
    if len(days) == 1:
        return (_("Time given"), _("Initials"), _("Remark, or why not given"))
    return tuple(wording.day(sheet.language, day, weekday=True, year=False) for day in days)


def row(
    row_: Row, days: Sequence[date], sheet: Sheet, *, doubt: bool = False, elsewhere: frozenset[date] = frozenset()
) -> tuple[Cell, ...]:
    """Amount, time and boxes of one dose; with `doubt` each box that is due has a question mark too.

    A box is not blocked on days on which another list has the drug due (`elsewhere`) and this one holds it back: what
    is withheld is told in it, with a question mark.
    """
    language = sheet.language
    amount = plain(wording.amount(row_.dose, language) or "?", style=STRONG, align="centre")
    time = wording.at(row_.when, language) or (language.text("when needed") if row_.prn else "?")
    boxes = 3 if len(row_.cells) == 1 else 1
    cells: list[Cell] = []
    for day, cell in zip(days, row_.cells, strict=True):
        why = language.text(_WHY[cell.why]) if cell.why in _WHY else ""
        if cell.verdict is Verdict.NOT_DUE and day in elsewhere and cell.why in _HELD_BACK:
            cells += [Cell((((why, False),),), _BLOCK, "centre", corner="?"), *[Cell()] * (boxes - 1)]
        elif cell.verdict is Verdict.NOT_DUE:
            cells += [Cell((((_BLOCKED, False),), ((why, False),)), _BLOCK, "centre", BLOCKED_GREY)] * boxes
        else:
            unsure = doubt or cell.verdict is Verdict.UNKNOWN
            cells += [Cell(corner="?" if unsure else ""), *[Cell()] * (boxes - 1)]
    return (amount, plain(time, style=STRONG, align="centre"), *cells)
