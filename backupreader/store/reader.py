"""The reader: every question that a screen, a page or the command line asks of one opened generation.

Read-only, and of one thread: SQLite's objects belong to the thread that made them. `question` says what a group of
questions promises.
"""

from __future__ import annotations

from backupreader.store.answers import GenerationInfo
from backupreader.store.questions.citizens import Citizens
from backupreader.store.questions.finding import Finding
from backupreader.store.questions.looking import Looking
from backupreader.store.questions.prints import Prints
from backupreader.store.questions.received import Received
from backupreader.store.questions.routes import Routes
from backupreader.store.questions.shifts import Shifts
from backupreader.store.questions.tonight import OursTonight


class Reader(Finding, Looking, Citizens, Prints, Routes, Shifts, Received, OursTonight):
    """All questions, and what is known of the generation as a whole."""

    @property
    def info(self) -> GenerationInfo:
        """What is known of this generation as a whole."""
        manifest = self._manifest
        return GenerationInfo(
            site=manifest.site,
            epoch=manifest.epoch,
            seq=manifest.seq,
            created=manifest.created,
            taken_at=manifest.taken_at,
            next_expected=manifest.next_expected,
            fallback=self.fallback,
        )

    def close(self) -> None:
        """Give the file back. No question can be asked afterwards."""
        self._connection.close()
