"""How a visit is told in a cell of the overview: the time, whom, two words of what, marks; and one sentence of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from backupreader.domain.overview import Line, Page, Placed
from backupreader.domain.shifts import comes_twice
from backupreader.language import N_, Language
from ui.chapter import Whose
from ui.look import State
from ui.rows import Mark

_WORDS: Final = 2


@dataclass(frozen=True, slots=True)
class CellText:
    """What stands in one cell; `spoken` is the same and more in one sentence, `whose` is what Enter opens."""

    time: str
    name: str
    what: str
    marks: tuple[Mark, ...]
    spoken: str
    whose: Whose | None


def cell(placed: Placed, carer: str, language: Language) -> CellText:
    """One visit in the column of `carer` (empty: of nobody)."""
    visit, stop = placed.visit, placed.stop
    start = language.clock(stop.begins) if stop.begins is not None else visit.start
    end = language.clock(stop.ends) if stop.ends is not None else ""
    if placed.citizen is not None:
        name = placed.citizen.name
    else:
        name = language.text("Citizen not delivered") if visit.citizen else language.text("No citizen")
    said = " ".join((visit.title or visit.tasks or language.text("Visit")).split())
    words = said.split(" ")
    what = " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")
    marks = _marks(placed, language)
    whole = " – ".join(part for part in (visit.title, visit.tasks) if part)
    partner = next((one for one in (stop.staff, stop.second_staff) if one and one != carer), "")
    time = f"{start}–{end}" if end else start
    parts = (
        carer or language.text("No carer"),
        time,
        name,
        *(mark.word for mark in marks),
        whole,
        language.text("with {name}").format(name=partner) if partner and carer else "",
        visit.route,
        visit.cancel_reason,
    )
    whose = Whose(placed.citizen.id, name) if placed.citizen is not None else None
    return CellText(time, name, what, marks, " · ".join(part for part in parts if part), whose)


def _marks(placed: Placed, language: Language) -> tuple[Mark, ...]:
    stop, _ = placed.stop, language.text
    marks: list[Mark] = []
    if stop.status == "cancelled":
        marks.append(Mark(_("CANCELLED"), State.QUIET))
    elif stop.away:
        marks.append(Mark(_("AWAY"), State.LATE))
    if stop.goes and stop.time_critical:
        marks.append(Mark(_("ON TIME"), State.STOP))
    if stop.goes and (stop.second_staff or (stop.staff_needed or 0) > 1):
        marks.append(Mark(_("TWO"), State.INFO))
    if stop.status == "done":
        marks.append(Mark(_("DONE"), State.GOOD))
    elif stop.status == "unknown":
        marks.append(Mark(_("STATUS?"), State.LATE))
    return tuple(marks)


def hour(line: Line, language: Language) -> str:
    """What stands before a row: the hour, where it is the first of it; which of two, where the clock shows it twice."""
    if not line.opens:
        return ""
    if line.hour is None:
        return language.text("no time")
    return clock_hour(line.hour, language)


def clock_hour(moment: datetime, language: Language) -> str:
    """The hour as the clock shows it."""
    told = language.clock(moment)
    if not comes_twice(moment):
        return told
    which = N_("the second time") if moment.fold else N_("the first time")
    return f"{told}\n{language.text(which)}"


def summary(page: Page, language: Language) -> str:
    """What page of how many, and what is not on it."""
    parts = [
        language.count("{n} carer", "{n} carers", page.carers),
        language.text("page {n} of {all}").format(n=page.number + 1, all=page.pages),
    ]
    if page.others:
        parts.append(
            language.count(
                "{n} visit of another unit is not shown here.",
                "{n} visits of other units are not shown here.",
                page.others,
            )
        )
    return " · ".join(parts)
