"""How what the search box found is told: groups in a fixed order, each with its number, the words marked in place.

Of each group a few rows, and a row that shows it alone; a group that is shown alone has all that were asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from backupreader.domain.excerpt import excerpt, found_at, found_words
from backupreader.domain.records import Alert, Citizen, Delivery, Medication
from backupreader.language import N_, Language
from backupreader.store.found import About, Group
from printing import tablewords
from ui import words
from ui.chapter import ToRoute, View, Whose
from ui.clock import taken
from ui.look import State
from ui.rows import Kind, Mark, Row
from ui.telling import documents, hits, medicine, notes, rounds

if TYPE_CHECKING:
    from backupreader.store.answers import NoteHit
    from backupreader.store.found import Found, RouteHit

TITLES: Final = {
    About.CITIZENS: N_("Citizens"),
    About.ROUTES: N_("Routes"),
    About.MEDICINE: N_("Medicine"),
    About.WARNINGS: N_("Warnings"),
    About.NOTES: N_("Journal notes"),
    About.DOCUMENTS: N_("Documents"),
}
_TABLES: Final = {
    About.ROUTES: "visit",
    About.MEDICINE: "medication",
    About.WARNINGS: "alert",
    About.NOTES: "note",
    About.DOCUMENTS: "document",
}
_DATED: Final = frozenset(_TABLES) - {About.DOCUMENTS}  # each document tells its own age
_OF_ONE: Final = 3  # orders or warnings of one citizen: the others stand on her page
MOST_ALONE: Final = 50
"""How many rows a group has at most that is shown alone."""


@dataclass(frozen=True, slots=True)
class ToGroup:
    """A row that shows one group alone."""

    about: About


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """By whom and when everything was delivered, and which tables are left out of this copy."""

    deliveries: Sequence[Delivery]
    left_out: Sequence[str] = ()

    def age(self, table: str, view: View) -> str:
        """From whom a table is, and how old."""
        return "; ".join(taken(one, view.now, view.language) for one in self.deliveries if one.table == table)

    def missing(self) -> tuple[str, ...]:
        """The tables in which nothing can be found, since they are not here."""
        delivered = {one.table for one in self.deliveries}.difference(self.left_out)
        return tuple(table for table in _TABLES.values() if table not in delivered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What was found, how it is seen, and whether one group is shown `alone`."""

    found: Found
    delivered: Delivered
    view: View
    alone: bool = False

    def rows(self) -> tuple[Row, ...]:
        """All of it; where nothing was found, a sentence with what to try."""
        found, view = self.found, self.view
        rows = (
            *self._citizens(),
            *self._group(About.ROUTES, found.routes, (_route_row(hit, view) for hit in found.routes.hits)),
            *self._group(About.MEDICINE, found.medicine, self._medicine()),
            *self._group(About.WARNINGS, found.warnings, self._warnings()),
            *self._group(About.NOTES, found.notes, (_note_row(hit, found.words, view) for hit in found.notes.hits)),
            *self._group(About.DOCUMENTS, found.documents, self._documents()),
        )
        return (*self._cut(), *rows, *(self._missing() if found.nothing else ()))

    def _cut(self) -> tuple[Row, ...]:
        if not self.found.cut:
            return ()
        asked = self.view.language.text("So many words are not searched for. Searched for is only: {words}")
        return (Row(kind=Kind.NOTHING, title=asked.format(words=self.found.words)),)

    def _missing(self) -> tuple[Row, ...]:
        """Where nothing could be found, because it is not here."""
        tables = ", ".join(tablewords.table(table, self.view.language) for table in self.delivered.missing())
        sentence = self.view.language.text("Not in this copy, so not searched: {tables}").format(tables=tables)
        return (Row(kind=Kind.MISSING, title=sentence),) if tables else ()

    # --- the groups ---

    def _citizens(self) -> tuple[Row, ...]:
        found, language = self.found, self.view.language
        rows = hits.hit_rows(found.citizens.hits, self.view)
        if not found.words and found.citizens.count:
            return (*rows, *self._rest(About.CITIZENS, found.citizens))
        sure = self._group(About.CITIZENS, found.citizens, rows)
        otherwise = found.routes.count or found.medicine.count or found.warnings.count
        if not (sure or self.alone or otherwise):
            title = language.text("Nobody here is found by “{words}”. Try a part of the name, or the birthday.")
            sure = (Row(kind=Kind.NOTHING, title=title.format(words=found.words.strip())),)
        return (*sure, *self._meant())

    def _meant(self) -> tuple[Row, ...]:
        """Citizens who answer other words than were typed, under those words."""
        found, language = self.found, self.view.language
        if not found.meant:
            return ()
        meant = ", ".join(dict.fromkeys(word for one in found.meant for word in one.meant))
        meant_rows = hits.hit_rows([one.hit for one in found.meant], self.view)
        rows = (
            replace(_marked(row, found.words, inside=True, also=one.meant), aside="")
            for row, one in zip(meant_rows, found.meant, strict=True)
        )
        return (Row(kind=Kind.HEADING, title=language.text("Perhaps meant"), aside=meant), *rows)

    def _medicine(self) -> Iterable[Row]:
        for hit in self.found.medicine.hits:
            yield from self._of_one(
                hit.orders, [_order_row(hit.citizen, one, self.view) for one in hit.orders[:_OF_ONE]]
            )

    def _warnings(self) -> Iterable[Row]:
        for hit in self.found.warnings.hits:
            yield from self._of_one(
                hit.alerts, [_alert_row(hit.citizen, one, self.view) for one in hit.alerts[:_OF_ONE]]
            )

    def _of_one(self, all_of_hers: Sequence[object], rows: list[Row]) -> Iterable[Row]:
        """The rows of one citizen; the last says how many more there are on her page."""
        more = len(all_of_hers) - len(rows)
        if not more:
            return rows
        sentence = self.view.language.count("{n} more on her page", "{n} more on her page", more)
        return [*rows[:-1], replace(rows[-1], details=(*rows[-1].details, sentence))]

    def _documents(self) -> Iterable[Row]:
        deliveries = self.delivered.deliveries
        return (documents.hit_row(hit, deliveries, self.view) for hit in self.found.documents.hits)

    def _group(self, about: About, group: Group[Any], rows: Iterable[Row]) -> tuple[Row, ...]:
        """A group under its heading; nothing of a group that found nothing."""
        if not (group.count or group.others or group.more):
            return ()
        inside = about is About.CITIZENS
        marked = (_marked(row, self.found.words, inside=inside) for row in rows)
        return (self._heading(about, group), *marked, *self._rest(about, group), *self._others(group))

    def _heading(self, about: About, group: Group[Any]) -> Row:
        language = self.view.language
        number = _number(about, group.count, language)
        if group.more:
            number = language.text("{n} or more").format(n=group.count)
        age = self.delivered.age(_TABLES[about], self.view) if about in _DATED else ""
        private = language.text("private-marked orders are not found here") if about is About.MEDICINE else ""
        aside = " · ".join(part for part in (number, private, age) if part)
        return Row(kind=Kind.HEADING, title=language.text(TITLES[about]), aside=aside)

    def _rest(self, about: About, group: Group[Any]) -> tuple[Row, ...]:
        """Where there are more than are shown: a row that shows the group alone; there, that there are more."""
        language, shown = self.view.language, len(group.hits)
        if group.count <= shown and not group.more:
            return ()
        if self.alone or not self.found.words:
            first = language.text("The first {n} are shown: write more to find fewer").format(n=shown)
            return (Row(kind=Kind.TEXT, title=first),)
        if group.more or group.count > MOST_ALONE:
            title = language.text("Show the first {n}").format(n=min(group.count, MOST_ALONE))
        else:
            title = language.count("Show that one", "Show all {n}", group.count)
        return (Row(kind=Kind.ACTION, title=title, details=(language.text(TITLES[about]),), target=ToGroup(about)),)

    def _others(self, group: Group[Any]) -> tuple[Row, ...]:
        if not group.others:
            return ()
        sentence = self.view.language.count(
            "{n} citizen of another unit answers, too. Find her by name, and state a reason.",
            "{n} citizens of other units answer, too. Find one by name, and state a reason.",
            group.others,
        )
        return (Row(kind=Kind.TEXT, title=sentence),)


def _number(about: About, number: int, language: Language) -> str:
    """How many answer; medicine and warnings are counted by citizens."""
    match about:
        case About.ROUTES:
            return language.count("{n} route", "{n} routes", number)
        case About.NOTES:
            return language.count("{n} note", "{n} notes", number)
        case About.DOCUMENTS:
            return language.count("{n} document", "{n} documents", number)
        case _:
            return language.count("{n} citizen", "{n} citizens", number)


def _marked(row: Row, asked: str, *, inside: bool, also: Iterable[str] = ()) -> Row:
    """The row with the words marked that were found in it."""
    found = found_words((row.title, *row.details), asked, inside=inside)
    return replace(row, found=found.union(also))


def _route_row(hit: RouteHit, view: View) -> Row:
    """A route on a day; Enter opens its driving list."""
    route, language = hit.route, view.language
    days = (route.day - view.now.date()).days
    day = {0: language.text("today"), 1: language.text("tomorrow")}.get(days) or language.day(route.day, weekday=True)
    row = rounds.route_row(route, language)
    title = row.title or language.text("Visits on no route")
    return replace(row, title=title, aside=day, target=ToRoute(route.day, route.route))


def _order_row(citizen: Citizen, order: Medication, view: View) -> Row:
    """A citizen and one order of hers, as it stands; Enter opens her medicine."""
    language = view.language
    told = medicine.order_row(medicine.bare(order), view)
    written = language.text("As written: {text}").format(text=order.dosage_text) if order.dosage_text else ""
    substance = order.substance if order.substance and order.substance not in told.title else ""
    what = " · ".join(part for part in (told.title, substance, order.atc, order.list) if part)
    return Row(
        title=citizen.name,
        details=tuple(part for part in (what, written) if part),
        aside=words.born(citizen, view.now.date(), language),
        marks=(*medicine.in_force(order, view), *told.marks, *_protected(citizen, language)),
        target=Whose(citizen.id, citizen.name, chapter="medicine"),
    )


def _alert_row(citizen: Citizen, alert: Alert, view: View) -> Row:
    """A citizen and one warning of hers; Enter opens her warnings."""
    language = view.language
    reaction = language.text("Reaction: {text}").format(text=alert.reaction) if alert.reaction else ""
    status = (words.status_mark(alert.status, alert.status_source, language),) if alert.status != "active" else ()
    return Row(
        title=citizen.name,
        details=tuple(part for part in (words.alert(alert, language), reaction) if part),
        aside=words.born(citizen, view.now.date(), language),
        marks=(*status, *_protected(citizen, language)),
        target=Whose(citizen.id, citizen.name, chapter="warnings"),
    )


def _note_row(hit: NoteHit, asked: str, view: View) -> Row:
    """A note: about whom, by whom and when, and the words round the first one that was found."""
    language, note = view.language, hit.note
    if hit.withheld:
        return Row(
            title=language.text("A note about a citizen of another unit"),
            details=(language.text("Enter: state a reason to see it"),),
            marks=(Mark(language.text("OTHER UNIT"), State.LATE),),
            target=Whose(hit.citizen.id, chapter="notes"),
        )
    came = hit.citizen.name != hit.citizen.id  # all that is known of one who was never delivered
    told = notes.note_row(replace(note, text=""), view)
    text = " ".join(excerpt(note.text, found_at(note.text, asked)).split())
    return Row(
        title=hit.citizen.name if came else language.text("Citizen not delivered"),
        details=tuple(part for part in (text, told.title) if part),
        aside=told.aside,
        marks=(*told.marks, *_protected(hit.citizen, language)),
        target=Whose(hit.citizen.id, hit.citizen.name, chapter="notes") if came else None,
    )


def _protected(citizen: Citizen, language: Language) -> tuple[Mark, ...]:
    guarded = citizen.protected_name or citizen.protected_address
    return (Mark(language.text("PROTECTED"), State.LATE),) if guarded else ()
