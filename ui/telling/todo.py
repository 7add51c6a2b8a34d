"""How it is told what is to be done."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from backupreader.domain.journal import Journal, Section
from backupreader.domain.records import Intervention
from backupreader.language import N_
from ui import words
from ui.chapter import Topic, View
from ui.clock import written
from ui.look import State
from ui.rows import Mark, Row, recorded
from ui.telling.long import LONG, long_rows

_ENDED: Final = frozenset({"ended", "cancelled", "entered-in-error"})


def current(journal: Journal) -> list[Intervention]:
    """What is to be done now, and what may be; what is paused last."""
    found = [item for item in journal.interventions.items if item.status not in _ENDED]
    return sorted(found, key=lambda item: item.status == "paused")


def intervention_rows(item: Intervention, view: View) -> tuple[Row, ...]:
    """One intervention with the whole of how it is to be done: where that is very long, last, as it was asked for."""
    row = intervention_row(item, view)
    if item.instruction is None or len(item.instruction) <= LONG:
        return (row,)
    return long_rows(replace(row, details=row.details[1:]), item.instruction, view)


def intervention_row(item: Intervention, view: View, *, brief: bool = False) -> Row:
    """One intervention: what, how, how often, why."""
    _ = view.language.text
    carers = "" if item.staff_needed is None else view.language.count("{n} carer", "{n} carers", item.staff_needed)
    minutes = "" if item.minutes is None else _("{n} min").format(n=item.minutes)
    often = " · ".join(part for part in (item.repetition, minutes, carers, item.law) if part)
    start, end = written(item.start, view.now, view.language), written(item.end, view.now, view.language)
    details = (
        item.instruction,
        often,
        _("Goal: {text}").format(text=item.goal) if item.goal else None,
        _("Because: {text}").format(text=item.reason) if item.reason else None,
        _("Responsible: {text}").format(text=item.responsible) if item.responsible else None,
        _("From {first}").format(first=start) if start else None,
        _("Until {last}").format(last=end) if end else None,
        _("Follow-up: {text}").format(text=written(item.follow_up, view.now, view.language))
        if item.follow_up
        else None,
    )
    marks = () if item.status == "active" else (words.status_mark(item.status, item.status_source, view.language),)
    if not item.instruction and not brief:
        marks = (*marks, Mark(_("NO INSTRUCTION DELIVERED"), State.QUIET))
    return Row(
        title=item.text,
        details=tuple(part for part in (details[:2] if brief else details) if part),
        marks=marks,
        aside="" if brief else " ".join(part for part in (item.kind, item.code) if part),
        struck=item.status in _ENDED,
        origin=recorded(item),
    )


def _section(journal: Journal) -> Section[Intervention]:
    return journal.interventions


TOPIC: Final = Topic(
    name="todo",
    title=N_("What to do"),
    section=_section,
    nothing=N_("Nothing to be done is recorded."),
    missing=N_("What is to be done was not delivered by any source. Nothing is known about it here."),
)
