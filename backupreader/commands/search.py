"""``search WORDS``: after unlock, on the terminal: all that the window's search box finds, the data's age above."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import typer

from backupreader.command import Context, plain
from backupreader.commands._enter import AS, GENERATION, OWN_UNIT, REASON, ROLE, Who, reading
from backupreader.commands._found import lines, machine
from backupreader.domain import moments
from backupreader.domain.freshness import between
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.store.answers import GenerationInfo
    from backupreader.store.found import Found

_HELP = N_("Find citizens, routes, medicine, warnings, and words in notes and documents, as the search box does.")
_WORDS = N_("What to look for; words in quotation marks stand together")
_FILE = N_("A file with the words that open the vault; without it they are asked for")
_JSON = N_("One JSON document instead of text")
_LIMIT = N_("At most so many of each kind")


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
            found = reader.look_for(asked, most=limit)
            info = reader.info
        if as_json:
            print(json.dumps(_machine(info, found), ensure_ascii=False, indent=2))  # noqa: T201 (a machine reads it)
        else:
            _show(context, info, found)


def _show(context: Context, info: GenerationInfo, found: Found) -> None:
    for line in (*_head(info, context.now(), context.settings.timezone(), context.language), *lines(found, context)):
        print(plain(line))  # noqa: T201 (this is the command line's voice)


def _machine(info: GenerationInfo, found: Found) -> dict[str, Any]:
    """All of it, dated."""
    return {
        "site": info.site,
        "created": info.created,
        "taken_at": {source: dict(tables) for source, tables in info.taken_at.items()},
        "fallback": info.fallback,
        **machine(found),
    }


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
