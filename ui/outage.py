"""The outage that goes on, as the start page knows it; and its end, which one person states for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from backupreader.settings import Settings

if TYPE_CHECKING:
    from backupreader.domain.outage.event import Event
    from backupreader.store.outages import Outage
    from backupreader.store.session import Session


def going(settings: Settings) -> Callable[[None], Outage | None]:
    """The work of asking for the outage that goes on; None where none does."""

    def work(_held: None) -> Outage | None:
        from backupreader.store.files import Files
        from backupreader.store.outages import Outages

        return Outages(settings.data, Files()).going()

    return work


def ending(settings: Settings, session: Session) -> Callable[[None], Event | None]:
    """The work of ending it: the audit and the outage's own log have who did. Raises what the disk says, or BUSY."""

    def work(_held: None) -> Event | None:
        from backupreader.store.files import Files
        from backupreader.store.outagelog import OutageLog

        log = OutageLog(settings.data, Files(), session)
        return None if log.event() is None else log.end()

    return work
