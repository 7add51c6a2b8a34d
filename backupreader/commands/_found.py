"""What ``search`` tells of what was found: lines for a person, and one document for a machine, in the same groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from backupreader.command import Context, plain
from backupreader.domain import moments
from backupreader.domain.excerpt import excerpt, found_at
from backupreader.domain.identity import shown
from backupreader.domain.records import Alert, Citizen, Medication
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.store.answers import CitizenHit, NoteHit
    from backupreader.store.documentsearch import DocumentHit
    from backupreader.store.found import Found, Group, RouteHit

_WITHHELD = N_("About a citizen of another unit: state why you need it with --reason")
_STATUSES: Final = {
    "entered-in-error": N_("entered in error"),
    "superseded": N_("superseded"),
    "preliminary": N_("preliminary"),
    "unknown": N_("status unknown"),
}


def lines(found: Found, context: Context) -> Iterator[str]:
    """The groups in their order, each under how many answer, a blank line between them."""
    _, count = context.language.text, context.language.count
    if found.cut:
        yield ""
        yield _("So many words are not searched for. Searched for is only: {words}").format(words=found.words)
    groups: tuple[tuple[str, Group[Any], Iterator[str]], ...] = (
        ("", found.citizens, (_citizen(hit, context.language) for hit in found.citizens.hits)),
        (_("Routes"), found.routes, (_route(hit, context.language) for hit in found.routes.hits)),
        (_("Medicine"), found.medicine, _medicine(found, context.language)),
        (_("Warnings"), found.warnings, _warnings(found, context.language)),
        ("", found.notes, (_note(hit, found.words, context) for hit in found.notes.hits)),
        ("", found.documents, (_document(hit, context) for hit in found.documents.hits)),
    )
    numbers = (
        count("{n} citizen", "{n} citizens", found.citizens.count),
        count("{n} route", "{n} routes", found.routes.count),
        count("{n} citizen", "{n} citizens", found.medicine.count),
        count("{n} citizen", "{n} citizens", found.warnings.count),
        count("{n} note", "{n} notes", found.notes.count),
        count("{n} document", "{n} documents", found.documents.count),
    )
    for (title, group, told), number in zip(groups, numbers, strict=True):
        yield ""
        yield ": ".join(part for part in (title, number) if part)
        yield from (f"  {line}" for line in told)
        if group.count > len(group.hits) or group.more:
            yield "  " + _("There are more: ask for them with --limit, or write more to find fewer.")
        if group.others:
            yield "  " + _("Of other units: {number}").format(number=count("{n} citizen", "{n} citizens", group.others))
        if group is found.medicine and group.count:
            yield "  " + _("private-marked orders are not found here")
        if group is found.citizens and found.meant:
            yield _("Perhaps meant")
            yield from (f"  {_citizen(one.hit, context.language)}" for one in found.meant)


def machine(found: Found) -> dict[str, Any]:
    """The same for a machine: everything as the sources wrote it."""
    groups: dict[str, Group[Any]] = {
        "citizens": found.citizens,
        "routes": found.routes,
        "medicine": found.medicine,
        "warnings": found.warnings,
        "notes": found.notes,
        "documents": found.documents,
    }
    return {
        "searched_for": found.words,
        "cut": found.cut,
        "found": {
            name: {"count": group.count, "more": group.more, "other_units": group.others}
            for name, group in groups.items()
        },
        "citizens": [_citizen_data(hit) for hit in found.citizens.hits],
        "meant": [{**_citizen_data(one.hit), "meant": list(one.meant)} for one in found.meant],
        "routes": [
            {**asdict(hit.route), "day": hit.route.day.isoformat(), "carers": list(hit.carers)}
            for hit in found.routes.hits
        ],
        "medicine": [
            {"citizen": hit.citizen.id, "name": hit.citizen.name, **_order_data(order)}
            for hit in found.medicine.hits
            for order in hit.orders
        ],
        "warnings": [
            {"citizen": hit.citizen.id, "name": hit.citizen.name, **_alert_data(alert)}
            for hit in found.warnings.hits
            for alert in hit.alerts
        ],
        "notes": [
            {
                "id": hit.note.id,
                "citizen": hit.note.citizen,
                "name": hit.citizen.name,
                "written_at": hit.note.written_at,
                "status": hit.note.status,
                "author": hit.note.author,
                "title": hit.note.title,
                "text": hit.note.text,
                "withheld": hit.withheld,
            }
            for hit in found.notes.hits
        ],
        "documents": [
            {
                "id": hit.document.id,
                "citizen": hit.document.citizen,
                "name": hit.citizen.name if hit.citizen else None,
                "route": hit.document.route,
                "date": hit.document.date,
                "kind": hit.document.kind,
                "title": hit.document.title,
                "page": hit.page,
                "excerpt": hit.excerpt,
                "searchable": hit.document.text is not None,
                "withheld": hit.withheld,
            }
            for hit in found.documents.hits
        ],
    }


def _citizen_data(hit: CitizenHit) -> dict[str, Any]:
    return {
        "id": hit.citizen.id,
        "name": hit.citizen.name,
        "birth_date": hit.citizen.birth_date,
        "numbers": [number.value for number in hit.citizen.identifiers],
        "unit": hit.unit_name,
        "room": hit.citizen.room,
        "why": hit.why,
    }


def _order_data(order: Medication) -> dict[str, Any]:
    names = ("id", "drug", "strength", "form", "substance", "atc", "list", "status", "status_source", "dosage_text")
    period = ("start", "end", "paused_from", "paused_to")
    return {name: getattr(order, name) for name in (*names, *period)}


def _alert_data(alert: Alert) -> dict[str, Any]:
    return {name: getattr(alert, name) for name in ("id", "kind", "text", "status", "status_source", "reaction")}


def _citizen(hit: CitizenHit, language: Language) -> str:
    """One citizen on one line; people's texts without anything that a terminal would obey."""
    citizen = hit.citizen
    born = moments.day(citizen.birth_date)
    numbers = " ".join(shown(number) for number in citizen.identifiers)
    when = language.day(born) if born else citizen.birth_date
    return _joined(citizen.name, when, numbers, hit.unit_name, citizen.room, citizen.id)


def _route(hit: RouteHit, language: Language) -> str:
    """The day, the route, its visits, who drives it."""
    route = hit.route
    visits = language.count("{n} visit", "{n} visits", route.visits)
    return _joined(language.day(route.day, weekday=True), route.route, visits, ", ".join(route.staff))


def _medicine(found: Found, language: Language) -> Iterator[str]:
    """Whose order, of what, and how it stands."""
    from printing.wording import MEDICATION_STATUS, source_word

    for hit in found.medicine.hits:
        for order in hit.orders:
            stands = source_word(order.status, order.status_source, MEDICATION_STATUS, language)
            pause = " – ".join(part or "…" for part in (order.paused_from, order.paused_to))
            paused = f"{language.text('paused')} {pause}" if order.paused_from or order.paused_to else None
            what = " ".join(part for part in (order.drug, order.strength, order.form) if part)
            yield _joined(_who(hit.citizen, language), what, stands, paused, order.dosage_text, order.list)


def _warnings(found: Found, language: Language) -> Iterator[str]:
    """Whose warning, of what kind, and how it stands."""
    from printing.wording import ALERT_KIND, RECORD_STATUS, source_word

    for hit in found.warnings.hits:
        for alert in hit.alerts:
            active = alert.status == "active"
            stands = None if active else source_word(alert.status, alert.status_source, RECORD_STATUS, language)
            kind = language.text(ALERT_KIND[alert.kind])
            yield _joined(_who(hit.citizen, language), kind, alert.text, alert.reaction, stands)


def _who(citizen: Citizen, language: Language) -> str:
    born = moments.day(citizen.birth_date)
    return _joined(citizen.name, language.day(born) if born else citizen.birth_date)


def _note(hit: NoteHit, asked: str, context: Context) -> str:
    """When, by whom, about whom, and the words around the first one that was found."""
    note, language = hit.note, context.language
    if hit.withheld:
        return language.text(_WITHHELD)
    moment = moments.instant(note.written_at, context.settings.timezone())
    when = language.moment(moment) if moment else note.written_at or language.text("time not said")
    status = language.text(_STATUSES[note.status]).upper() if note.status in _STATUSES else None
    return _joined(
        when, status, hit.citizen.name, note.author, note.title, excerpt(note.text, found_at(note.text, asked))
    )


def _document(hit: DocumentHit, context: Context) -> str:
    """Which day and route it is for, about whom, what it is, and the words around the first one that was found."""
    document, language = hit.document, context.language
    if hit.withheld:
        return language.text(_WITHHELD)
    day = moments.day(document.date)
    when = language.day(day) if day else document.date or language.text("day not said")
    whose = hit.citizen.name if hit.citizen else document.citizen
    page = None if hit.page is None else language.text("page {n}").format(n=hit.page)
    words = hit.excerpt or language.text("cannot be searched")
    return _joined(when, whose, document.route, document.title, page, words)


def _joined(*parts: str | None) -> str:
    """The parts that there are, each on one line and without anything that a terminal would obey."""
    return " · ".join(" ".join(plain(part).split()) for part in parts if part)
