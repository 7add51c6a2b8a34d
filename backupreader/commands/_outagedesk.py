"""The desk of whoever writes the log of an outage on the terminal: the plan's names, moments, and her session."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol

import typer

from backupreader.command import Context, plain
from backupreader.commands._enter import Who, enter, spend, warn
from backupreader.domain import moments
from backupreader.domain.errors import NO_OUTAGE, NOT_FOUND
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_

if TYPE_CHECKING:
    from backupreader.domain.outage.event import EntryKind, Event
    from backupreader.domain.plan.plan import Plan
    from backupreader.store.outagelog import OutageLog
    from backupreader.store.session import Session

Named = Literal["contact", "system", "act", "duty", "partner", "unit"]
"""What of a plan can be named on the command line."""
_CLOCK: Final = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
_NO_TIME: Final = N_("'{text}' is not a time written as 02:10 or 2026-11-30T02:10.")
_NEXT: Final = N_("Next: {duty}")


class By(NamedTuple):
    """Who is at the terminal: the file with her words, and her name where a code opens the vault."""

    passphrase_file: Path | None
    name: str


def plan_here(context: Context) -> Plan | None:
    """The plan that is in use on this PC; None where none is: an outage is declared all the same."""
    from backupreader.store.files import Files
    from backupreader.store.plans import carried

    return carried(context.settings.data, Files()).plan


def known(plan: Plan | None, what: Named, text: str) -> str:
    """The id of what is named by its id or by what it is called; raises NOT_FOUND for what the plan does not know.

    Without a plan, and for units where the plan names none, every name is taken as it is.
    """
    text = text.strip()
    names = _names(plan, what) if plan is not None else ()
    if plan is None or (what == "unit" and not names):
        return text
    for id_, label in names:
        if text in {id_, label} or text.casefold() in {id_.casefold(), label.casefold()}:
            return id_
    told = ", ".join(id_ for id_, _label in names) or "–"
    raise ReaderError(NOT_FOUND, what=plain(text) or "–", known=told)


def moment(text: str, context: Context, hint: str = "--at") -> datetime | None:
    """The moment of a text on the site's clock; of a clock time alone the last such time; None where there is none."""
    if not text:
        return None
    now = context.now()
    clock = _CLOCK.fullmatch(text.strip())
    found = (
        last_time(int(clock[1]), int(clock[2]), now)
        if clock
        else moments.instant(text.strip().replace(" ", "T"), context.settings.timezone())
    )
    if found is None:
        raise typer.BadParameter(context.language.text(_NO_TIME).format(text=plain(text)), param_hint=hint)
    return found


def last_time(hour: int, minute: int, now: datetime) -> datetime:
    """When the clock on the wall last showed this; of an hour that comes twice its later coming, if that has been.

    `now` carries the site's zone. A time that the clocks skipped that night is taken as of the day before.
    """
    for day in range(3):
        wall = (now - timedelta(days=day)).replace(hour=hour, minute=minute, second=0, microsecond=0)
        for fold in (1, 0):
            found = wall.replace(fold=fold)
            shown = datetime.fromtimestamp(found.timestamp(), now.tzinfo)
            if found.timestamp() <= now.timestamp() and shown.replace(fold=0) == wall.replace(fold=0):
                return shown
    return now


@contextmanager
def at_desk(context: Context, by: By, *, to_begin: bool = False) -> Generator[tuple[OutageLog, Session]]:
    """The log in the session of who unlocks. Raises NO_OUTAGE before anyone is asked for her words."""
    from backupreader.store.files import Files
    from backupreader.store.outagelog import OutageLog

    files, data = Files(), context.settings.data
    if not to_begin and OutageLog(data, files, None).last() is None:
        raise ReaderError(NO_OUTAGE)
    session = enter(context, by.passphrase_file, Who(name=by.name))
    spend(context, session)
    try:
        yield OutageLog(data, files, session), session
    finally:
        session.end()
        warn(context, session)


def write(
    context: Context,
    by: By,
    kind: EntryKind,
    *,
    what: str = "",
    who: str = "",
    detail: str = "",
    words: str = "",
    at: str = "",
) -> None:
    """Write an entry, and say under which number it stands, and what is due next."""
    happened = moment(at, context)
    with at_desk(context, by) as (log, _session):
        entry = log.write(kind, what=what, who=who, detail=detail, words=words, at=happened)
        event = log.last()
    assert event is not None
    context.say(
        N_("It stands in the log of outage {number}, as entry {entry}."), number=event.number, entry=entry.number
    )
    say_next(context, event, plan_here(context))


def say_next(context: Context, event: Event, plan: Plan | None) -> None:
    """What is due next, where anything is."""
    from backupreader.commands._outageshow import told_clock
    from backupreader.domain.outage.clocks import clocks, next_clock

    now = context.now()
    found = next_clock(clocks(plan, event, now, context.settings.shifts)) if plan is not None else None
    if found is not None:
        context.say(_NEXT, duty=told_clock(context, found, plan, now))


def listed(plan: Plan | None, what: Named, texts: Sequence[str]) -> list[str]:
    """As `known`, of each; in one word, since a log parts them by the spaces between."""
    return ["-".join(known(plan, what, text).split()) for text in texts]


def _names(plan: Plan, what: Named) -> tuple[tuple[str, str], ...]:
    """Each id with what it is called."""
    own = plan.supplements
    match what:
        case "contact":
            return _labelled((*plan.contacts, *(one for some in own for one in some.contacts)))
        case "system":
            return _labelled(plan.systems)
        case "act":
            return _labelled(plan.acts)
        case "duty":
            return _labelled((*plan.duties, *(one for some in own for one in some.duties)))
        case "partner":
            return _labelled(one for some in plan.partners for one in some.partners)
        case "unit":
            return tuple((unit, unit) for unit in dict.fromkeys((*plan.units, *(some.unit for some in own))))


class _Labelled(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def label(self) -> str: ...


def _labelled(found: Iterable[_Labelled]) -> tuple[tuple[str, str], ...]:
    return tuple((one.id, one.label) for one in found)
