"""``search WORDS``: after unlock, on the terminal: the citizens and notes that answer, with the data's age above."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import typer

from backupreader.command import Context
from backupreader.domain import moments
from backupreader.domain.fold import fold, spellings, words
from backupreader.domain.identity import shown
from backupreader.domain.records import Citizen
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.store.reader import CitizenHit, GenerationInfo, NoteHit

_HELP = N_("Find citizens by name, birthday, number, address, phone, unit or room, and words in their notes.")
_WORDS = N_("What to look for; words in quotation marks stand together")
_FILE = N_("A file with the words that open the vault; without it they are asked for")
_JSON = N_("One JSON document instead of text")
_LIMIT = N_("At most so many citizens, and so many notes")
_WORD: Final = re.compile(r"\w+")
_BEFORE: Final = 40
_SHOWN: Final = 120
_STATUSES: Final = {
    "entered-in-error": N_("entered in error"),
    "superseded": N_("superseded"),
    "preliminary": N_("preliminary"),
    "unknown": N_("status unknown"),
}


def add(app: typer.Typer, language: Language) -> None:
    """Register the verb."""
    _ = language.text

    @app.command("search", help=_(_HELP))
    def _search(
        ctx: typer.Context,
        looked_for: list[str] = typer.Argument(metavar="WORDS", help=_(_WORDS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
        as_json: bool = typer.Option(False, "--json", help=_(_JSON)),
        limit: int = typer.Option(20, "--limit", min=1, max=1000, help=_(_LIMIT)),
    ) -> None:
        from backupreader.commands._unlock import unlocked_reader

        context: Context = ctx.obj
        asked = " ".join(looked_for)
        with unlocked_reader(context, passphrase_file) as reader:
            citizens, notes = reader.find(asked, limit), reader.search_notes(asked, limit)
            info = reader.info
        if as_json:
            print(json.dumps(_document(info, citizens, notes), ensure_ascii=False, indent=2))  # noqa: T201 (a machine reads it)
        else:
            _show(context, asked, info, citizens, notes)


def _show(
    context: Context, asked: str, info: GenerationInfo, citizens: tuple[CitizenHit, ...], notes: tuple[NoteHit, ...]
) -> None:
    language = context.language
    for line in _head(info, context.now(), context.settings.timezone(), language):
        print(line)  # noqa: T201 (this is the command line's voice)
    print("\n" + language.count("{n} citizen", "{n} citizens", len(citizens)))  # noqa: T201
    for hit in citizens:
        print("  " + _who(hit.citizen, hit.unit_name, language))  # noqa: T201
    print("\n" + language.count("{n} note", "{n} notes", len(notes)))  # noqa: T201
    for found in notes:
        print("  " + _note(found, asked, context))  # noqa: T201


def _head(info: GenerationInfo, now: datetime, zone: ZoneInfo, language: Language) -> list[str]:
    """BACKUP, the site, and for each source how old the oldest of what it delivered is."""
    lines = [language.text("BACKUP, read only: {site}").format(site=info.site)]
    for source, tables in sorted(info.taken_at.items()):
        oldest = min(tables.values(), default=None)
        moment = moments.instant(oldest, zone)
        if moment is None:
            lines.append(language.text("Taken from {source}, {moment}").format(source=source, moment=oldest or "?"))
            continue
        sentence = language.text("Taken from {source} at {moment}, {age} ago")
        lines.append(sentence.format(source=source, moment=language.moment(moment), age=language.age(now - moment)))
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
    moment = moments.instant(note.written_at, context.settings.timezone())
    when = language.moment(moment) if moment else note.written_at or language.text("time not said")
    status = language.text(_STATUSES[note.status]).upper() if note.status in _STATUSES else None
    parts = (when, status, hit.citizen.name, note.author, note.title, _around(note.text, asked))
    return " · ".join(_printable(part) for part in parts if part)


def _around(text: str, asked: str) -> str:
    starts = tuple(spelling for word in words(asked) for spelling in spellings(word, open_end=True))
    found = next((word.start() for word in _WORD.finditer(text) if fold(word[0]).startswith(starts)), 0)
    first = max(0, found - _BEFORE)
    piece = text[first : first + _SHOWN]
    return ("…" if first else "") + piece + ("…" if first + _SHOWN < len(text) else "")


def _printable(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _document(info: GenerationInfo, citizens: tuple[CitizenHit, ...], notes: tuple[NoteHit, ...]) -> dict[str, Any]:
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
            for hit in citizens
        ],
        "notes": [
            {
                "id": found.note.id,
                "citizen": found.note.citizen,
                "name": found.citizen.name,
                "written_at": found.note.written_at,
                "status": found.note.status,
                "author": found.note.author,
                "title": found.note.title,
                "text": found.note.text,
            }
            for found in notes
        ],
    }
