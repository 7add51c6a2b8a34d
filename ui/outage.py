"""The outage that goes on, as the start page knows it; and its end, which one person states for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from backupreader.domain.errors import NO_OUTAGE
from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings

if TYPE_CHECKING:
    from backupreader.store.outages import Outage
    from backupreader.store.session import Session


def going(settings: Settings) -> Callable[[None], Outage | None]:
    """The work of asking for the outage that goes on; None where none does."""

    def work(_held: None) -> Outage | None:
        from backupreader.store.files import Files
        from backupreader.store.outages import Outages

        return Outages(settings.data, Files()).going()

    return work


def ending(settings: Settings, session: Session) -> Callable[[None], Outage | None]:
    """The work of ending it: its log and the audit have who did. Raises what the disk says."""

    def work(_held: None) -> Outage | None:
        from backupreader.store.files import Files
        from backupreader.store.outagelog import OutageLog
        from backupreader.store.outages import Outages

        files = Files()
        try:
            OutageLog(settings.data, files, session).end()
        except ReaderError as trouble:
            if trouble.kind is not NO_OUTAGE:
                raise
            return None
        return Outages(settings.data, files).last()

    return work
