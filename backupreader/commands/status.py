"""``status``: how fresh the data is, what lies in the store and the inbox, the disk, the clock.

For people and for monitoring.

Exit status 0 when every source is fresh; STALE's when any is late; NO_STORE's when nothing has been received;
STORE_DAMAGED's when no generation has a whole head. Needs no unlock and reads no database.
"""

import json
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import typer

from backupreader.command import Context
from backupreader.commands._generations import (
    COMPARE,
    choosable_documents,
    damaged_trust,
    gap_documents,
    say_choosable,
    say_damaged_trust,
    say_gaps,
)
from backupreader.commands._parts import PARTS
from backupreader.domain import freshness, moments
from backupreader.domain.errors import NO_STORE, NO_VAULT, STALE, STORE_DAMAGED
from backupreader.domain.freshness import State
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.store.choosable import Choosable
    from backupreader.store.gaps import Gap
    from backupreader.store.generations import Generation, Store

STATES = {State.GOOD: N_("fresh"), State.LATE: N_("late"), State.OLD: N_("old")}


@dataclass(frozen=True, slots=True)
class Source:
    """One source system's oldest delivery in the newest generation.

    `age` is None where its moment cannot be read, or is in the future (`ahead`).
    """

    name: str
    taken_at: str
    state: State
    age: timedelta | None
    missed: datetime | None
    ahead: bool


def add(app: typer.Typer, language: Language) -> None:
    """Register the verb."""
    _ = language.text

    help_ = _("How fresh the data is, and how the store, the inbox and the disk are.") + " " + _(COMPARE)

    @app.command("status", help=help_)
    def status(
        ctx: typer.Context, as_json: bool = typer.Option(False, "--json", help=_("Print one JSON document."))
    ) -> None:
        _status(ctx.obj, as_json=as_json)


def _status(context: Context, *, as_json: bool) -> None:
    from backupreader.store.files import Files
    from backupreader.store.generations import Store

    now = context.now()
    store = Store(context.settings.data, Files())
    generations = store.list()
    newest = generations[0] if generations else None
    sources = _sources(context, newest, now) if newest else ()
    if as_json:
        print(json.dumps(_document(context, store, generations, sources, now), indent=1))  # noqa: T201
    else:
        _say(context, store, generations, sources, now)
    if newest is None:
        raise ReaderError(STORE_DAMAGED if store.damaged() else NO_STORE, path=store.folder)
    _raise_if_stale(context, sources)


def _sources(context: Context, newest: "Generation", now: datetime) -> tuple[Source, ...]:
    """Every source by name, judged by its oldest table."""
    zone, late_after = context.settings.timezone(), timedelta(minutes=context.settings.late_after_minutes)
    found: list[Source] = []
    for name, tables in sorted(newest.manifest.taken_at.items()):
        for text in sorted(tables.values(), key=lambda text: moments.order(text, zone))[:1]:
            taken = moments.instant(text, zone)
            if taken is None:
                found.append(Source(name, text, State.LATE, None, None, ahead=False))
                continue
            verdict = freshness.judge(taken, now, context.settings.expected, late_after)
            age = None if verdict.ahead else verdict.age
            found.append(Source(name, text, verdict.state, age, verdict.missed, verdict.ahead))
    return tuple(found)


def _vault_agrees(context: Context) -> bool | None:
    """Whether the vault's files say the same, as far as that is seen without words; None where there is no vault."""
    from backupreader.store.files import Files
    from backupreader.store.identities import load_identity
    from backupreader.store.slotfile import SlotFile

    folder, files = context.settings.vault_folder, Files()
    file = SlotFile(folder, files)
    try:
        return file.agrees(file.read())
    except ReaderError as trouble:
        if trouble.kind is not NO_VAULT:
            return False
    try:
        load_identity(folder, files)
    except ReaderError:
        return None
    return False


def _key_current(context: Context, newest: "Generation | None") -> bool | None:
    """Whether the newest generation is sealed to the vault's key in use; None where there is no vault or no data."""
    from backupreader.store.files import Files
    from backupreader.store.identities import load_identities, sealed_to_former

    try:
        current, *former = load_identities(context.settings.vault_folder, Files())
    except ReaderError:
        return None
    return None if newest is None else not sealed_to_former(newest.manifest.seals, current, former)


def _raise_if_stale(context: Context, sources: tuple[Source, ...]) -> None:
    late = [source for source in sources if source.state is not State.GOOD]
    if not late:
        return
    worst = max(late, key=lambda source: (source.age is None, source.age or timedelta(0)))
    language = context.language
    raise ReaderError(
        STALE,
        age=language.age(worst.age) if worst.age is not None else language.text("unknown"),
        expected=language.moment(worst.missed) if worst.missed is not None else language.text("earlier"),
    )


def _say(
    context: Context, store: "Store", generations: "tuple[Generation, ...]", sources: tuple[Source, ...], now: datetime
) -> None:
    language, zone = context.language, context.settings.timezone()
    for source in sources:
        taken = moments.instant(source.taken_at, zone)
        context.say(
            N_("{source}: taken {moment}, {age} old, {state}."),
            source=source.name,
            moment=language.moment(taken) if taken else source.taken_at,
            age=language.age(source.age) if source.age is not None else language.text("unknown"),
            state=language.text(STATES[source.state]),
        )
        if source.ahead:
            context.say(N_("{source} was taken in the future: check the clock of this PC."), source=source.name)
    if generations:
        expected = moments.instant(generations[0].manifest.next_expected, zone)
        if expected is not None:
            context.say(N_("Next data expected {moment}."), moment=language.moment(expected))
        print(language.count("{n} generation in the store.", "{n} generations in the store.", len(generations)))  # noqa: T201
    say_choosable(context, _choosable(context))
    say_gaps(context, _gaps(store, generations))
    _say_key(context, generations[0] if generations else None)
    if damaged := store.damaged():
        print(language.count("{n} damaged generation.", "{n} damaged generations.", len(damaged)))  # noqa: T201
    say_damaged_trust(context)
    waiting = _waiting(context)
    if waiting is None:
        context.say(N_("The inbox {path} is not there."), path=context.settings.inbox_folder)
    else:
        print(language.count("{n} package in the inbox.", "{n} packages in the inbox.", waiting))  # noqa: T201
    for part in PARTS:
        part.say(context, now)
    free = _disk(context)[0]
    context.say(
        N_("Free on the disk: {n} MB. The clock here says {moment}."), n=free >> 20, moment=language.moment(now)
    )


def _say_key(context: Context, newest: "Generation | None") -> None:
    """Nobody is told to enrol what may be a stranger's key."""
    if _vault_agrees(context) is False:
        context.say(N_("The files of this PC's vault do not agree, or cannot be read here. Enrol nothing; tell IT."))
    elif _key_current(context, newest) is False:
        context.say(
            N_(
                "The newest data is sealed to a former key of this PC. Carry {path} to the export machine: vault enrol."
            ),
            path=context.settings.vault_folder / "identity.vault",
        )
        context.say(N_("First compare the new key's fingerprint by phone with the person who took the account away."))


def _document(
    context: Context, store: "Store", generations: "tuple[Generation, ...]", sources: tuple[Source, ...], now: datetime
) -> dict[str, object]:
    """Numbers are bytes and minutes; moments are ISO 8601. The keys are a contract."""
    newest = generations[0] if generations else None
    free, total = _disk(context)
    opened = store.opened()
    states = [source.state for source in sources]
    worst = next((state for state in (State.OLD, State.LATE) if state in states), State.GOOD)
    return {
        "site": context.settings.site,
        "now": now.isoformat(timespec="seconds"),
        "state": worst.value if newest else "none",
        "sources": [
            {
                "source": source.name,
                "taken_at": source.taken_at,
                "state": source.state.value,
                "age_minutes": int(source.age.total_seconds() // 60) if source.age is not None else None,
                "ahead": source.ahead,
            }
            for source in sources
        ],
        "newest": {
            "generation": newest.path.name,
            "created": newest.manifest.created,
            "next_expected": newest.manifest.next_expected,
            "citizens": newest.manifest.counts["citizen"].rows if "citizen" in newest.manifest.counts else None,
        }
        if newest
        else None,
        "store": {
            "generations": [generation.path.name for generation in generations],
            "damaged": [folder.name for folder in store.damaged()],
            "opened": str(opened) if opened else None,
        },
        "vault_agrees": _vault_agrees(context),
        "vault_key_current": _key_current(context, newest),
        "generations": choosable_documents(context, _choosable(context)),
        "gaps": gap_documents(_gaps(store, generations)),
        "trust": {"damaged": [str(path) for path in damaged_trust(context)]},
        "inbox": {"path": str(context.settings.inbox_folder), "packages": _waiting(context)},
        **{part.key: part.document(context, now) for part in PARTS},
        "disk": {"free": free, "total": total},
        "clock": {"ahead": any(source.ahead for source in sources)},
    }


def _choosable(context: Context) -> "tuple[Choosable, ...]":
    from backupreader.store.choosable import choosable
    from backupreader.store.files import Files

    return choosable(context.settings, Files())


def _gaps(store: "Store", generations: "tuple[Generation, ...]") -> "tuple[Gap, ...]":
    from backupreader.store.gaps import gaps

    return gaps([generation.manifest for generation in generations], store.damaged_positions())


def _waiting(context: Context) -> int | None:
    """How many packages lie in the inbox; None when it is not there (a stick that is not plugged in)."""
    from backupreader.store.files import Files
    from sync.inbox import Inbox

    try:
        return len(Inbox(context.settings, Files()).stamps())
    except ReaderError:
        return None


def _disk(context: Context) -> tuple[int, int]:
    """Free and total bytes of the disk under the data folder, or under the nearest folder above it that is there."""
    folder = context.settings.data
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return usage.free, usage.total
