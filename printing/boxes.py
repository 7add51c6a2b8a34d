"""The boxes of a medicine sheet: one a dose and day, blocked where nothing is due, with a mark where it is in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from backupreader.domain.dosage import Row, Verdict, Why
from backupreader.language import N_
from printing import page, wording
from printing.grid import BLOCKED_GREY, Cell, header, plain, widths
from printing.text import STRONG, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backupreader.domain.dosage import Cell as Verdicts
    from backupreader.domain.places import Place
    from printing.document import Sheet

WIDE: Final = page.wide(landscape=True)
HIGH: Final = 27.0  # points: room for initials and a clock time by hand
TIMED: Final = ((N_("Time given"), 1.0), (N_("Initials"), 1.0), (N_("Remark, or why not given"), 2.4))
_BLOCKED: Final = "****"
_BLOCK: Final = Style(size=10, leading=11)
_LABEL: Final = Style(size=10, leading=19)  # points: a line to write on
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


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of a sheet for some days: of several days one a day, of a single one those that are `alone`.

    Each of these has a title and its share of the width. `counts`: there is room to count what is left of a drug.
    `changed`: there is a last column to write in what was changed by hand since the data was taken.
    """

    days: tuple[date, ...]
    alone: tuple[tuple[str, float], ...] = TIMED
    counts: bool = False
    changed: bool = False

    @property
    def columns(self) -> tuple[float, ...]:
        """The widths: the drug, its amount, its time, the boxes."""
        lead = WIDE * (0.56 if len(self.days) == 1 else 0.46 if len(self.days) <= 3 else 0.36)  # noqa: PLR2004 (a weekend)
        shares = tuple(share for _, share in self.alone) if len(self.days) == 1 else tuple(1.0 for _ in self.days)
        shares += (1.4 * sum(shares) / len(shares),) if self.changed else ()
        return (lead - 138, 68.0, 70.0, *widths(WIDE - lead, *shares))

    def header(self, drug: str, sheet: Sheet) -> tuple[Cell, ...]:
        """The header row; `drug` stands over the drugs."""
        _ = sheet.language.text
        return header(drug, _("Amount"), _("Time"), *self.titles(sheet))

    def titles(self, sheet: Sheet) -> tuple[str, ...]:
        """What stands over the boxes."""
        _ = sheet.language.text
        if len(self.days) == 1:
            titles = tuple(_(title) for title, _share in self.alone)
        else:
            titles = tuple(wording.day(sheet.language, day, weekday=True, year=False) for day in self.days)
        return (*titles, _("Changed by hand: what, who, when")) if self.changed else titles

    def rows(
        self,
        row: Row,
        sheet: Sheet,
        *,
        places: Sequence[Place] = (),
        doubt: bool = False,
        elsewhere: frozenset[date] = frozenset(),
    ) -> tuple[tuple[Cell, ...], ...]:
        """Amount, time and boxes of one dose; with `doubt` each box that is due has a question mark too.

        A box is not blocked on days on which another list has the drug due (`elsewhere`) and this one holds it back:
        what is withheld is told in it, with a question mark. The `places` to write in are labels in the last box of a
        single day; of several days each has a row of its own under the dose.
        """
        language = sheet.language
        much = plain(wording.amount(row.dose, language) or "?", style=STRONG, align="centre")
        time = wording.at(row.when, language) or (language.text("when needed") if row.prn else "?")
        pairs = tuple(zip(self.days, row.cells, strict=True))
        cells = tuple(
            cell
            for day, found in pairs
            for cell in self._boxes(day, found, places, sheet, doubt=doubt, elsewhere=elsewhere)
        )
        free = (Cell(),) if self.changed else ()
        dose = (much, plain(time, style=STRONG, align="centre"), *cells, *free)
        if len(self.days) == 1:
            return (dose,)
        blocks = tuple(_blocked("") if _is_blocked(day, found, elsewhere) else Cell() for day, found in pairs)
        more = ((plain(language.text(place.value)), plain(time, align="centre"), *blocks, *free) for place in places)
        return (dose, *more)

    def _boxes(  # noqa: PLR0913 (what is asked of `rows`, for one day)
        self,
        day: date,
        found: Verdicts,
        places: Sequence[Place],
        sheet: Sheet,
        *,
        doubt: bool,
        elsewhere: frozenset[date],
    ) -> tuple[Cell, ...]:
        """The boxes of one day."""
        number = len(self.alone) if len(self.days) == 1 else 1
        why = sheet.language.text(_WHY[found.why]) if found.why in _WHY else ""
        if _is_blocked(day, found, elsewhere):
            return (_blocked(why),) * number
        if found.verdict is Verdict.NOT_DUE:
            first = Cell((((why, False),),), _BLOCK, "centre", corner="?")
        else:
            first = Cell(corner="?" if doubt or found.verdict is Verdict.UNKNOWN else "")
        if number == 1:
            return (first,)
        return (first, *[Cell()] * (number - 2), labels(places, sheet))


def _is_blocked(day: date, found: Verdicts, elsewhere: frozenset[date]) -> bool:
    return found.verdict is Verdict.NOT_DUE and not (day in elsewhere and found.why in _HELD_BACK)


def _blocked(why: str) -> Cell:
    said = (_BLOCKED, why) if why else (_BLOCKED,)
    return Cell(tuple(((text, False),) for text in said), _BLOCK, "centre", BLOCKED_GREY)


def labels(places: Sequence[Place], sheet: Sheet) -> Cell:
    """An empty box with a line for each of the places."""
    return Cell(tuple(((sheet.language.text(place.value) + ":", False),) for place in places), _LABEL)
