"""From an open vault to a reader: the newest generation that is whole, and that holds what it should.

Every byte is verified at every open. A generation that is damaged is passed over for the one before it, and the
reader says so; so is one that holds less than it should, unless a person at the exporter said that this is right.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.errors import NO_STORE, NOT_FOUND, OTHER_FORM, OTHER_PC, STORE_DAMAGED
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_
from backupreader.settings import Settings
from backupreader.store import database
from backupreader.store.choice import Choice, choose
from backupreader.store.drills import Drills, Opening
from backupreader.store.files import Files
from backupreader.store.generations import Generation, Store
from backupreader.store.reader import Reader
from backupreader.store.seal import Binding, Closed, open_key
from backupreader.store.selftest import self_test
from backupreader.store.session import Session

if TYPE_CHECKING:
    from sqlite3 import Connection

DAMAGED: Final = N_("The newest data is damaged. This is the generation before it.")
OTHER_VERSION: Final = N_("The newest data was made for another version of this program. This is the data before it.")


def open_newest(
    settings: Settings, session: Session, *, generation: str | None = None, files: Files | None = None
) -> Reader:
    """A person's reader of the newest generation, or of the one named `generation` (its folder's name) and no other.

    `Reader.fallback` says why it is not the newest one. An event code is spent when a generation has opened, and not
    before. Raises NO_STORE, NOT_FOUND, what is wrong with the newest when none opens, or what `Session.spend` raises.
    """
    self_test()
    disk = files or Files()
    store, choice = Store(settings.data, disk), candidates(settings, disk, generation)
    reason, first_trouble = choice.reason, None
    for candidate in choice.order:
        try:
            reader = _open(store, candidate, session)
        except ReaderError as trouble:
            first_trouble = first_trouble or trouble
            reason = OTHER_VERSION if first_trouble.kind is OTHER_FORM else DAMAGED
            continue
        try:
            session.spend()
        except BaseException:
            reader.close()
            raise
        reader.fallback = reason
        if generation is not None:
            session.record("generation", what=generation)
        with suppress(ReaderError):  # a full disk must not keep anyone from reading
            store.mark_opened(candidate)
            Drills(settings.data, disk).opened(Opening(session.now(), session.actor.name))
        return reader
    assert first_trouble is not None
    raise first_trouble


def candidates(settings: Settings, files: Files, generation: str | None = None) -> Choice:
    """The generations to try, in turn. Raises NO_STORE or STORE_DAMAGED where there is none, NOT_FOUND for a name."""
    store = Store(settings.data, files)
    everything = store.list()
    damaged = store.damaged(everything)
    if not everything:
        raise ReaderError(STORE_DAMAGED if damaged else NO_STORE, path=store.folder)
    if generation is not None:
        wanted = tuple(g for g in everything if g.path.name == generation)
        if not wanted:
            raise ReaderError(NOT_FOUND, what=generation, known=", ".join(g.path.name for g in everything))
        return Choice(wanted, None)
    choice = choose(everything, settings.timezone())
    if any(folder.name > everything[0].path.name for folder in damaged):
        return Choice(choice.order, DAMAGED)
    return choice


def _open(store: Store, generation: Generation, session: Session) -> Reader:
    connection = unsealed(store, generation, session)
    manifest = generation.manifest
    session.generation = f"{manifest.epoch}-{manifest.seq}"
    zone = session.now().tzinfo
    session.made = moments.instant(manifest.created, zone) if isinstance(zone, ZoneInfo) else None
    return Reader(connection, manifest, session)


def unsealed(store: Store, generation: Generation, session: Session) -> Connection:
    """A connection to a generation, every byte of which has been verified. Raises what is wrong with it."""
    manifest = generation.manifest
    if manifest.schema != database.SCHEMA:
        raise ReaderError(OTHER_FORM, path=generation.path, form=manifest.schema, own=database.SCHEMA)
    store.verify(generation)
    unlocked = session.unlocked
    # The key in use first; a former one opens what was sealed before somebody was taken out.
    vault = next((vault for vault in unlocked.seeds if vault in manifest.seals), None)
    if vault is None:  # the vault was made anew after this was received
        raise ReaderError(OTHER_PC, path=generation.path)
    binding = Binding(
        site=manifest.site,
        vault=vault,
        epoch=manifest.epoch,
        seq=manifest.seq,
        database_sha256=manifest.database_sha256,
    )
    try:
        key = open_key(manifest.seals[vault], unlocked.seeds[vault], binding)
    except Closed as trouble:
        raise ReaderError(STORE_DAMAGED, path=generation.path) from trouble
    return database.open_reader(generation.database, key)
