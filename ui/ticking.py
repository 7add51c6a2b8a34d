"""Who is ours tonight and who is ticked, as the screen of citizens asks for it, and the ticks that it sets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from backupreader.domain.tonight import Ours, Tonight
from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings

if TYPE_CHECKING:
    from backupreader.domain.shifts import Shift
    from backupreader.store.reader import Reader
    from backupreader.store.ticks import Ticked


@dataclass(frozen=True, slots=True)
class Night:
    """Everyone, and the ticks of the shift; `trouble` is why they could not be read."""

    tonight: Tonight
    ticked: Ticked
    trouble: ReaderError | None = None


def nightly(settings: Settings, now: datetime) -> Callable[[Reader], Night]:
    """Asks for everyone. Ticks that cannot be read keep nobody from reading: they are told as lost."""

    def work(reader: Reader) -> Night:
        from backupreader.store.ticks import Ticked

        tonight = reader.tonight(now, settings.shifts)
        try:
            return Night(tonight, ticks_of(settings, tonight.shift)(reader))
        except ReaderError as trouble:
            return Night(tonight, Ticked({}, whole=False), trouble)

    return work


def ticks_of(settings: Settings, shift: Shift) -> Callable[[Reader], Ticked]:
    """Asks for the ticks of a shift, which another window may have set. Raises what the disk says."""

    def work(reader: Reader) -> Ticked:
        from backupreader.store.files import Files
        from backupreader.store.ticks import Ticks

        assert reader.session is not None
        return Ticks(settings.data, reader.session, Files()).of(shift)

    return work


def ticking(settings: Settings, who: Ours, shift: Shift, *, on: bool) -> Callable[[Reader], Ticked]:
    """Ticks a citizen, or takes it back; the shift's ticks then. Raises what the disk says."""

    def work(reader: Reader) -> Ticked:
        from backupreader.store.files import Files
        from backupreader.store.ticks import Ticks

        assert reader.session is not None
        return Ticks(settings.data, reader.session, Files()).set(who.ids, shift, on=on)

    return work
