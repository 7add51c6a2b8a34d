"""``search WORDS``: after unlock, on the terminal: citizens, notes and documents that answer, the data's age above."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import typer

from backupreader.command import Context, plain
from backupreader.commands._enter import AS, GENERATION, OWN_UNIT, REASON, ROLE, Who, reading
from backupreader.domain import moments
from backupreader.domain.excerpt import excerpt, found_at
from backupreader.domain.freshness import between
from backupreader.domain.identity import shown
from backupreader.domain.records import Citizen
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.store.answers import CitizenHit, GenerationInfo, NoteHit
    from backupreader.store.documentsearch import DocumentHit

_HELP = N_("Find citizens by name, birthday, number, address, phone, unit or room, and words in notes and documents.")
_WORDS = N_("What to look for; words in quotation marks stand together")
_FILE = N_("A file with the words that open the vault; without it they are asked for")
_JSON = N_("One JSON document instead of text")
_LIMIT = N_("At most so many citizens, so many notes and so many documents")
_WITHHELD = N_("About a citizen of another unit: state why you need it with --reason")
_STATUSES: Final = {
    "entered-in-error": N_("entered in error"),
    "superseded": N_("superseded"),
    "preliminary": N_("preliminary"),
    "unknown": N_("status unknown"),
}


@dataclass(frozen=True, slots=True)
class _Found:
    citizens: tuple[CitizenHit, ...]
    notes: tuple[NoteHit, ...]
    documents: tuple[DocumentHit, ...]


def add(app: typer.Typer, language: Language) -> None:
    """Register the verb."""
    _ = language.text

    @app.command("search", help=_(_HELP))
    def _search(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        looked_for: list[str] = typer.Argument(metavar="WORDS", help=_(_WORDS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
        as_json: bool = typer.Option(False, "--json", help=_(_JSON)),
        limit: int = typer.Option(20, "--limit", min=1, max=1000, help=_(_LIMIT)),
        generation: str | None = typer.Option(None, "--generation", help=_(GENERATION)),
        reason: str = typer.Option("", "--reason", help=_(REASON)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        role: str = typer.Option("", "--role", help=_(ROLE)),
        own_unit: list[str] = typer.Option([], "--own-unit", help=_(OWN_UNIT)),
    ) -> None:
        context: Context = ctx.obj
        asked = " ".join(looked_for)
        who = Who(name=as_, role=role, units=tuple(own_unit), reason=reason)
        with reading(context, passphrase_file, who, generation) as reader:
            found = _Found(
                reader.find(asked, limit), reader.search_notes(asked, limit), reader.search_documents(asked, limit)
            )
            info = reader.info
        if as_json:
            print(json.dumps(_machine(info, found), ensure_ascii=False, indent=2))  # noqa: T201 (a machine reads it)
        else:
            _show(context, asked, info, found)


def _show(context: Context, asked: str, info: GenerationInfo, found: _Found) -> None:
    language = context.language
    for line in _head(info, context.now(), context.settings.timezone(), language):
        print(plain(line))  # noqa: T201 (this is the command line's voice)
    print("\n" + language.count("{n} citizen", "{n} citizens", len(found.citizens)))  # noqa: T201
    for hit in found.citizens:
        print("  " + _who(hit.citizen, hit.unit_name, language))  # noqa: T201
    print("\n" + language.count("{n} note", "{n} notes", len(found.notes)))  # noqa: T201
    for note in found.notes:
        print("  " + _note(note, asked, context))  # noqa: T201
    print("\n" + language.count("{n} document", "{n} documents", len(found.documents)))  # noqa: T201
    for document in found.documents:
        print("  " + _document(document, context))  # noqa: T201


def _head(info: GenerationInfo, now: datetime, zone: ZoneInfo, language: Language) -> list[str]:
    """BACKUP, the site, and for each source how old the oldest of what it delivered is."""
    lines = [language.text("BACKUP, read only: {site}").format(site=info.site)]
    for source, tables in sorted(info.taken_at.items()):
        oldest = moments.oldest(tables.values(), zone)
        moment = moments.instant(oldest, zone)
        if moment is None:
            lines.append(language.text("Taken from {source}, {moment}").format(source=source, moment=oldest or "?"))
            continue
        sentence = language.text("Taken from {source} at {moment}, {age} ago")
        lines.append(
            sentence.format(source=source, moment=language.moment(moment), age=language.age(between(moment, now)))
        )
    return lines


def _who(citizen: Citizen, unit: str | None, language: Language) -> str:
    """One citizen on one line; people's texts without anything that a terminal would obey."""
    born = moments.day(citizen.birth_date)
    numbers = " ".join(shown(number) for number in citizen.identifiers)
    parts = (citizen.name, language.day(born) if born else citizen.birth_date, numbers, unit, citizen.room, citizen.id)
    return " · ".join(_printable(part) for part in parts if part)


def _note(hit: NoteHit, asked: str, context: Context) -> str:
    """When, by whom, about whom, and the words around the first one that was found."""
    note, language = hit.note, context.language
    if hit.withheld:
        return language.text(_WITHHELD)
    moment = moments.instant(note.written_at, context.settings.timezone())
    when = language.moment(moment) if moment else note.written_at or language.text("time not said")
    status = language.text(_STATUSES[note.status]).upper() if note.status in _STATUSES else None
    parts = (when, status, hit.citizen.name, note.author, note.title, excerpt(note.text, found_at(note.text, asked)))
    return " · ".join(_printable(part) for part in parts if part)


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
    parts = (when, whose, document.route, document.title, page, words)
    return " · ".join(_printable(part) for part in parts if part)


def _printable(text: str) -> str:
    return " ".join(plain(text).split())


def _machine(info: GenerationInfo, found: _Found) -> dict[str, Any]:
    """The same for a machine: everything as the sources wrote it."""
    return {
        "site": info.site,
        "created": info.created,
        "taken_at": {source: dict(tables) for source, tables in info.taken_at.items()},
        "fallback": info.fallback,
        "citizens": [
            {
                "id": hit.citizen.id,
                "name": hit.citizen.name,
                "birth_date": hit.citizen.birth_date,
                "numbers": [number.value for number in hit.citizen.identifiers],
                "unit": hit.unit_name,
                "room": hit.citizen.room,
                "why": hit.why,
            }
            for hit in found.citizens
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
            for hit in found.notes
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
            for hit in found.documents
        ],
    }
