"""How the lists of a shift are told for choosing: one's own routes first, or the carers; then those over all routes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from backupreader.domain.records import Document
from backupreader.domain.shiftlists import Counts, ShiftLists
from backupreader.language import Language
from printing.wording import LISTS
from ui.look import State
from ui.planning import Planned, nothing_row
from ui.rows import Kind, Mark, Row
from ui.telling.rounds import OTHERS, Entry, entries


@dataclass(slots=True)
class Choices:
    """Rows, and beside each what it chooses; None where it chooses nothing."""

    rows: list[Row] = field(default_factory=list[Row])
    entries: list[Entry | None] = field(default_factory=list[Entry | None])

    def add(self, row: Row, entry: Entry | None = None) -> None:
        """One more row."""
        self.rows.append(row)
        self.entries.append(entry)

    def place(self, key: str) -> int | None:
        """The row of the entry with this key, else of the first list of the shift; None where there is none."""
        keys = [entry.key if entry is not None else None for entry in self.entries]
        if key and key in keys:
            return keys.index(key)
        return next((number for number, name in enumerate(keys) if name not in {None, OTHERS}), None)


def choices(planned: Planned, others: tuple[Document, ...], language: Language, *, by_carer: bool) -> Choices:
    """All that can be chosen of the shift: its lists, or why there are none; then the documents that are of no day."""
    found = _by_carer(planned, language) if by_carer else _by_route(planned, language)
    if others and not by_carer:
        entry = Entry(key=OTHERS, name=language.text("Other documents"), others=True)
        number = language.count("{n} document", "{n} documents", len(others))
        found.add(Row(title=entry.name, details=(number,)), entry)
    if planned.printed and any(one.complete is False for one in planned.deliveries if one.table == "document"):
        lost = language.text("Some prints did not come or could not be read: see “The data and its age”.")
        found.add(Row(kind=Kind.MISSING, title=lost))
    return found


def _by_route(planned: Planned, language: Language) -> Choices:
    """One's own routes, the lists over all of them, then the routes with stops of other units, each with its prints."""
    counts = {one.pick.name: one for one in planned.lists.routes}
    found = Choices()
    every = entries(counts, planned.documents)
    if not every:
        found.add(nothing_row(planned, language))
    others = [entry for entry in every if entry.pick is not None and counts[entry.name].others]
    for entry in every:
        if entry.pick is None or not counts[entry.name].others:
            found.add(_entry_row(entry, counts, language), entry)
    _add_extra(found, planned.lists, language)
    if others:
        found.add(Row(kind=Kind.HEADING, title=language.text("Routes with other units' citizens")))
    for entry in others:
        found.add(_entry_row(entry, counts, language), entry)
    return found


def _by_carer(planned: Planned, language: Language) -> Choices:
    """The carers who have visits to one's own citizens, then the lists over all of them."""
    lists, found = planned.lists, Choices()
    if not lists.routes:
        found.add(nothing_row(planned, language))
    elif not lists.carers:
        found.add(Row(kind=Kind.NOTHING, title=language.text("No carer is named in this shift.")))
    hers = [one for one in lists.carers if one.shown]
    for one in hers:
        entry = Entry(key=f"carer {one.pick.name}", name=one.pick.name, pick=one.pick)
        found.add(Row(title=one.pick.name, details=(_counts(one, language),), marks=_marks(one, language)), entry)
    if left := len(lists.carers) - len(hers):
        told = language.count(
            "{n} carer with visits to other units only is not shown.",
            "{n} carers with visits to other units only are not shown.",
            left,
        )
        found.add(Row(kind=Kind.TEXT, title=told))
    _add_extra(found, lists, language)
    return found


def _add_extra(choices: Choices, lists: ShiftLists, language: Language) -> None:
    if not lists.routes:
        return
    choices.add(Row(kind=Kind.HEADING, title=language.text("Over all routes")))
    for one in lists.extra:
        name = language.text(LISTS[one.pick.kind])
        number = language.count("{n} visit", "{n} visits", one.shown) if one.shown else language.text("none")
        choices.add(Row(title=name, details=(number,)), Entry(key=f"list {one.pick}", name=name, pick=one.pick))


def _entry_row(entry: Entry, counts: Mapping[str, Counts], language: Language) -> Row:
    prints = len(entry.documents)
    printed = language.count("{n} document", "{n} documents", prints) if prints else ""
    if entry.pick is None:
        return Row(title=entry.name, details=(printed,) if printed else ())
    one = counts[entry.name]
    details = (_counts(one, language), ", ".join(one.carers), printed)
    title = entry.name or language.text("On no route")
    return Row(title=title, details=tuple(part for part in details if part), marks=_marks(one, language))


def _counts(one: Counts, language: Language) -> str:
    parts = (
        language.count("{n} visit", "{n} visits", one.visits),
        language.count("{n} citizen", "{n} citizens", one.citizens),
        f"{one.minutes // 60}:{one.minutes % 60:02} {language.text('h')}" if one.minutes else "",
        language.count("{n} without minutes", "{n} without minutes", one.unmeasured) if one.unmeasured else "",
    )
    return " · ".join(part for part in parts if part)


def _marks(one: Counts, language: Language) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    if one.open:
        marks.append(Mark(language.count("{n} without a carer", "{n} without a carer", one.open), State.LATE))
    if one.cancelled:
        marks.append(Mark(language.count("{n} cancelled", "{n} cancelled", one.cancelled), State.QUIET))
    return tuple(marks)
