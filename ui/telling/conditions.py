"""How a condition is told: a diagnosis, a state of health or of function."""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal, Section
from backupreader.domain.records import Condition
from backupreader.language import N_
from ui import words
from ui.chapter import Topic, View
from ui.clock import written
from ui.rows import Row, recorded

CURRENT: Final = frozenset({"active", "unknown"})


def condition_row(item: Condition, view: View) -> Row:
    """One condition: what, how severe, what was judged and is expected, since when."""
    _, language = view.language.text, view.language
    start, end = written(item.start, view.now, language), written(item.end, view.now, language)
    since = _("since {first}").format(first=start) if start else written(item.recorded_at, view.now, language)
    marks = () if item.status == "active" else (words.status_mark(item.status, item.status_source, language),)
    details = (
        _("Severity: {text}").format(text=item.severity) if item.severity else None,
        item.assessment,
        _("Expected: {text}").format(text=item.expected) if item.expected else None,
        _("Until {last}").format(last=end) if end else None,
        " · ".join(part for part in (item.kind, item.code, item.verification, item.recorded_by) if part),
    )
    return Row(
        title=item.text,
        details=tuple(part for part in details if part),
        marks=marks,
        aside=since,
        struck=item.status not in CURRENT,
        origin=recorded(item),
    )


def _section(journal: Journal) -> Section[Condition]:
    return journal.conditions


TOPIC: Final = Topic(
    name="conditions",
    title=N_("Conditions"),
    section=_section,
    nothing=N_("No conditions or diagnoses are recorded."),
    missing=N_("Conditions were not delivered by any source. Nothing is known about them here."),
)
