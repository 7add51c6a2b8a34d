"""How a warning is told: CAVE, limits of treatment and all else that must be known first."""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal, Section
from backupreader.domain.presence import is_current, states_none
from backupreader.domain.records import Alert
from backupreader.language import N_
from ui import words
from ui.chapter import Topic, View
from ui.clock import written
from ui.look import State
from ui.rows import Kind, Mark, Row, recorded
from ui.telling.changed import mark_of


def alert_row(item: Alert, view: View) -> Row:
    """One warning: what, how severe, what the source says about it, recorded when and by whom."""
    _, language = view.language.text, view.language
    if states_none(item):
        day = written(item.recorded_at or item.start, view.now, language)
        stated = (
            _("CAVE: none known, stated {day}.").format(day=day)
            if day
            else _("CAVE: none known, as the source states.")
        )
        return Row(kind=Kind.NONE_KNOWN, title=f"{stated} {item.text}", origin=recorded(item))
    when = " ".join(part for part in (written(item.recorded_at, view.now, language), item.recorded_by) if part)
    end = written(item.end, view.now, language)
    marks: list[Mark] = []
    if item.status != "active":
        marks.append(words.status_mark(item.status, item.status_source, language))
    if item.severity:
        marks.append(Mark(item.severity, State.STOP if item.kind == "allergy" else State.LATE))
    details = (
        _("Reaction: {text}").format(text=item.reaction) if item.reaction else None,
        item.verification,
        item.note,
        _("Until {last}").format(last=end) if end else None,
        _("Recorded {text}").format(text=when) if when else None,
    )
    return Row(
        title=words.alert(item, language),
        details=tuple(part for part in details if part),
        marks=(*marks, *mark_of(item, view)),
        struck=not is_current(item.status),
        origin=recorded(item),
    )


def _section(journal: Journal) -> Section[Alert]:
    return journal.alerts


TOPIC: Final = Topic(
    name="warnings",
    title=N_("Warnings"),
    section=_section,
    nothing=N_("No warnings are recorded. That is not the same as none known."),
    missing=N_("Warnings and CAVE were not delivered by any source. Nothing is known about them here."),
)
