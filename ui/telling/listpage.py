"""What stands on the driving lists' page for what is chosen: visits with their prints, prints alone, or others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from backupreader.domain.barriers import Barrier
from backupreader.domain.records import Document
from backupreader.domain.rounds import DrivingList
from backupreader.domain.shifts import Shift
from backupreader.language import Language
from printing.wording import shift_hours
from ui.chapter import View
from ui.clock import taken
from ui.planning import Planned
from ui.rows import Row
from ui.telling import documents, rounds
from ui.telling.rounds import Entry
from ui.telling.stops import list_rows

if TYPE_CHECKING:
    from backupreader.store.session import Session


def title(entry: Entry | None, shift: Shift, language: Language, *, brief: bool = False) -> str:
    """What is seen: the list, the day, the shift; only the list where it is to be `brief`."""
    if entry is not None and entry.others:
        return entry.name
    when = f"{language.day(shift.date, weekday=True)} · {shift_hours(shift, language)}"
    name = "" if entry is None else entry.name or language.text("On no route")
    if brief and name:
        return name
    return f"{name} · {when}" if name else when


def page(  # noqa: PLR0913 (what the page is made of, each by its name)
    entry: Entry | None,
    known: Planned,
    listed: DrivingList | None,
    view: View,
    *,
    others: tuple[Document, ...],
    session: Session | None,
    whole: bool,
) -> tuple[str, tuple[Row, ...]]:
    """From whom and how old, and the rows."""
    if entry is None:
        return " ", ()
    if entry.others:
        rows = rounds.other_rows(others, known.deliveries, view)
        return view.language.text("Of no citizen, or of no day above. Search finds the words in them."), rows
    prints = rounds.print_rows(entry.documents, known.deliveries, view)
    if listed is None:
        ages = dict.fromkeys(documents.age(one, known.deliveries, view) for one in entry.documents)
        only = rounds.only_printed(view.language, sent=known.delivered and not known.left_out)
        return "; ".join(ages), (*prints, only)
    if session is not None and session.has_stated(Barrier.PROTECTED, listed.route):
        view = replace(view, stated=frozenset({Barrier.PROTECTED}))
    told = "; ".join(taken(one, view.now, view.language) for one in listed.deliveries if one.table == "visit")
    source = view.language.text("Taken from {sources}").format(sources=told)
    return source, (*prints, *list_rows(listed, view, whole=whole))
