"""How a citizen who was found is told: one row, with what tells her from others of her name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from backupreader.domain.fold import fold
from backupreader.domain.persons import elsewhere
from backupreader.language import Language
from ui import words
from ui.chapter import View, Whose
from ui.look import State
from ui.rows import Mark, Row
from ui.telling import sources
from ui.telling.changed import changed

if TYPE_CHECKING:
    from backupreader.store.answers import CitizenHit


def hit_rows(hits: Sequence[CitizenHit], view: View) -> tuple[Row, ...]:
    """One row a citizen; namesakes among them, and what is otherwise than in the former data, are marked."""
    names = Counter(fold(hit.citizen.name) for hit in hits)
    today, language = view.now.date(), view.language
    rows = (_hit_row(hit, names[fold(hit.citizen.name)], today, language) for hit in hits)
    return tuple(changed(row, hit, view) for row, hit in zip(rows, hits, strict=True))


def _hit_row(hit: CitizenHit, same_name: int, today: date, language: Language) -> Row:
    citizen = hit.citizen
    marks: list[Mark] = []
    if not hit.hers:
        marks.append(Mark(language.text("OTHER UNIT"), State.LATE))
    if same_name > 1:
        marks.append(Mark(language.text("{n} WITH THIS NAME").format(n=same_name), State.LATE))
    if citizen.status not in {"home", "unknown"} or elsewhere(citizen, hit.also):
        marks += sources.whereabouts(citizen, hit.also, language)
    if citizen.protected_name or citizen.protected_address:
        marks.append(Mark(language.text("PROTECTED"), State.LATE))
    born = words.born(citizen, today, language)
    where = " · ".join(part for part in (hit.unit_name, words.home(citizen, language)) if part)
    return Row(
        title=citizen.name,
        details=tuple(part for part in ("   ".join(p for p in (born, words.number(citizen)) if p), where) if part),
        marks=tuple(marks),
        aside="" if hit.why == "name" else language.text("found by {field}").format(field=language.text(hit.why)),
        target=Whose(citizen.id, citizen.name, hit.unit_name or ""),
    )
