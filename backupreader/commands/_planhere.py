"""Which plan a verb tells of: the one in use on this PC, or one in a file; how it stands; and the moment asked for."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from backupreader.command import Context, plain
from backupreader.domain import moments
from backupreader.domain.errors import NO_PLAN, NOT_FOUND
from backupreader.domain.plan import words
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backupreader.domain.plan.about import About
    from backupreader.store.plans import Carried

_NO_TIME: Final = N_("'{text}' is not a time written as 2026-12-25 15:30.")
_YEARS: Final = range(1971, 3000)
_EXAMPLE: Final = N_("This is an example. Nobody has approved it.")
_CAME: Final = N_("It came with the data of {moment}.")
_KEPT: Final = N_("A newer plan is not in use: {reason}")
FILE: Final = N_("A plan's file, or the folder of a plan with supplements, in place of the one in use here.")


def plan_here(context: Context, file: Path | None) -> Carried:
    """The plan in use, or the one of a file. Raises NO_PLAN, told why as far as is known, or PLAN_UNREADABLE."""
    from backupreader.store.files import Files
    from backupreader.store.plans import Carried, carried

    if file is not None:
        from backupreader import planfile

        return Carried(planfile.load(file))
    found = carried(context.settings.data, Files())
    if found.plan is None:
        for line in kept_lines(context, found):
            print(line, file=sys.stderr)  # noqa: T201 (the command line's voice)
        raise ReaderError(NO_PLAN)
    return found


def moment_of(text: str, context: Context) -> datetime:
    """The moment of a text on the site's clock, the first where it comes twice; now where there is none."""
    if not text:
        return context.now()
    found = moments.instant(text.strip().replace(" ", "T"), context.settings.timezone())
    if found is None or found.year not in _YEARS:
        raise typer.BadParameter(context.language.text(_NO_TIME).format(text=plain(text)), param_hint="--at")
    return found


def check_known(what: str, known: Iterable[str]) -> None:
    """Raises NOT_FOUND where something is named that the plan does not know."""
    names = tuple(known)
    if what and what not in names:
        raise ReaderError(NOT_FOUND, what=what, known=", ".join(names) or "–")


def say_standing(context: Context, found: Carried, today: date) -> None:
    """Which plan it is, whose, and whether it is overdue; when it came; and why a newer one is not in use."""
    assert found.plan is not None
    about = found.plan.about
    context.say(N_("The plan: {title}. Its owner: {owner}."), title=about.title, owner=about.owner)
    print(words.revision(about, today, context.language))  # noqa: T201 (the command line's voice)
    if about.example:
        context.say(_EXAMPLE)
    if came := moments.instant(found.came, context.settings.timezone()):
        context.say(_CAME, moment=context.language.moment(came))
    for line in kept_lines(context, found):
        print(line)  # noqa: T201


def kept_lines(context: Context, found: Carried) -> list[str]:
    """Why a newer plan is not in use, a line a reason; none where there is none."""
    if found.kept is None:
        return []
    return [context.language.text(_KEPT).format(reason=plain(line)) for line in found.kept.told(context.language)]


def standing(context: Context, found: Carried, today: date) -> dict[str, Any]:
    """The same for a machine."""
    assert found.plan is not None
    return {
        **about(found.plan.about, today),
        "digest": found.digest or None,
        "came": found.came or None,
        "kept": None if found.kept is None else list(found.kept.told(context.language)),
    }


def about(document: About, today: date) -> dict[str, Any]:
    """What a governed document says of itself, for a machine."""
    return {
        "title": document.title,
        "owner": document.owner,
        "version": document.version or None,
        "editor": document.editor or None,
        "approved": _iso(document.approved),
        "updated": _iso(document.updated),
        "revise_by": _iso(document.revise_by),
        "overdue": document.is_overdue(today),
        "example": document.example,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
