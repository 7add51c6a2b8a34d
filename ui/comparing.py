"""What is otherwise than in the former generation: found on a desk of its own, while nobody waits for it.

It begins when nothing has been touched for a moment after the unlock, or at once where somebody asks to see it. What is
found is kept until the lock; a comparison that goes on then ends by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings
from ui.tasks import Desk, Line

if TYPE_CHECKING:
    from backupreader.domain.changes import Changes
    from backupreader.store.session import Session

IDLE_MS: Final = 1_500


class Comparing(QObject):
    """See the module. `told` is sent when `changes`, or what kept them from being found (`trouble`), are known."""

    told = Signal()

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self.changes: Changes | None = None
        self.trouble: ReaderError | None = None
        self.desk: Desk[None] = Desk("comparing", _nothing, self, held=(None,))
        self._settings = settings
        self._line = self.desk.line()
        self._work: Callable[[None], Changes | None] | None = None
        self._stop = Event()
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self.hurry)

    def begin(self, session: Session, position: tuple[int, int]) -> None:
        """Compare the generation at a position, when there is time for it."""
        self.forget()
        self._stop = Event()
        self._work = comparing(self._settings, session, position, self._stop.is_set)
        self._idle.start()

    def wait(self) -> None:
        """Something was touched: there is no time just now."""
        if self._idle.isActive():
            self._idle.start()

    def hurry(self) -> None:
        """Somebody asks to see it: begin now, if it has not been begun."""
        self._idle.stop()
        if self._work is not None:
            work, self._work = self._work, None
            self._line.ask(work, self._found, self._refused)

    def forget(self) -> None:
        """Know nothing any more, and have a comparison that goes on end."""
        self._idle.stop()
        self._stop.set()
        self._line.hang_up()
        self._work = self.changes = self.trouble = None

    def stop(self) -> None:
        """End the thread for good."""
        self.forget()
        self.desk.stop()

    def line(self) -> Line[None]:
        """A line to its desk, for whoever shows the changes: the audit is written there."""
        return self.desk.line()

    def _found(self, changes: Changes | None) -> None:
        self.changes = changes
        self.told.emit()

    def _refused(self, trouble: ReaderError) -> None:
        self.trouble = trouble
        self.told.emit()


def comparing(
    settings: Settings, session: Session, position: tuple[int, int], stopped: Callable[[], bool]
) -> Callable[[None], Changes | None]:
    """The work of comparing; None where it was stopped."""

    def work(_held: None) -> Changes | None:
        from backupreader.store.former import changes_since_former

        return changes_since_former(settings, session, position, stopped)

    return work


def seeing(session: Session, changes: Changes) -> Callable[[None], Changes]:
    """The work of writing down that the changes are seen, before they are."""

    def work(_held: None) -> Changes:
        from backupreader.store.comparing import seeing

        seeing(session, changes)
        return changes

    return work


def _nothing(_held: None) -> None:
    """Nothing is held."""
