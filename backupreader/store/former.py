"""The generation before the one that is open: found, opened beside it, compared with it, and given back.

Both are opened anew, for whoever compares has a thread of its own. The session stays at the one that is open: this one
is read for what has changed, and nobody is shown anything else of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from backupreader.domain.changes import Changes
from backupreader.domain.errors import STORE_DAMAGED
from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings
from backupreader.store.comparing import compare
from backupreader.store.files import Files
from backupreader.store.generations import Generation, Store
from backupreader.store.opening import unsealed
from backupreader.store.sides import Side

if TYPE_CHECKING:
    from backupreader.store.session import Session


def changes_since_former(
    settings: Settings, session: Session, position: tuple[int, int], stopped: Callable[[], bool]
) -> Changes | None:
    """What is otherwise in the generation at `position` than in the newest before it that opens.

    None where it was `stopped` meanwhile; `Changes.former` is None where none before it opens. Raises what is wrong
    with the one at `position`.
    """
    store = Store(settings.data, Files())
    everything = store.list()
    newer = next((one for one in everything if (one.position.epoch, one.position.seq) == position), None)
    if newer is None:  # it was open, and is not there any more
        raise ReaderError(STORE_DAMAGED, path=store.folder)
    former = next(_opened(store, [one for one in everything if one.position < newer.position], session), None)
    if former is None:
        return Changes()
    with closing(former):
        if stopped():
            return None
        with closing(_side(store, newer, session)) as side:
            return compare(former, side, stopped)


def _opened(store: Store, older: list[Generation], session: Session) -> Iterator[Side]:
    """Those that open, the newest first; one is damaged, another is of an older form or for a key of then."""
    for generation in older:
        try:
            side = _side(store, generation, session)
        except ReaderError:
            continue
        yield side


def _side(store: Store, generation: Generation, session: Session) -> Side:
    connection = unsealed(store, generation, session)
    try:
        return Side(connection, generation.manifest, session)
    except BaseException:
        connection.close()
        raise
