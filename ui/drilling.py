"""A drill in the window: five steps of an outage, done on an ordinary day, ticked as they are done, and recorded.

The record is the one that ``drill`` on the command line writes: what failed is named in English there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from backupreader.domain.acts import stamp
from backupreader.domain.errors import NO_PRINTER
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_, Language
from backupreader.settings import Settings

if TYPE_CHECKING:
    from backupreader.store.session import Session

UNLOCK, SEARCH, PAGE, PAPER, CLOCK = "unlock", "search", "page", "paper", "clock"
STEPS: Final = {
    UNLOCK: N_("unlocking"),
    SEARCH: N_("a search"),
    PAGE: N_("a citizen's page"),
    PAPER: N_("a page on paper"),
    CLOCK: N_("the clock"),
}
"""The steps in their order, each as the record names it where it failed."""
_NO_PRINTER: Final = Reason(N_("this PC knows no printer"))


def _unlocked() -> set[str]:
    return {UNLOCK}


@dataclass(slots=True)
class Drilling:
    """The drill that goes on: what was done, and what turned out to be wrong."""

    done: set[str] = field(default_factory=_unlocked)
    wrong: set[str] = field(default_factory=set[str])

    def did(self, step: str) -> None:
        """A step went well. What is none of a drill's own steps, as those of a scenario are, is none here."""
        self.wrong.discard(step)
        if step in STEPS:
            self.done.add(step)

    def failed(self, step: str) -> None:
        """A step did not go well."""
        self.done.discard(step)
        self.wrong.add(step)

    @property
    def missing(self) -> tuple[str, ...]:
        """What keeps the drill from having passed, as the record names it."""
        return tuple(name for step, name in STEPS.items() if step not in self.done)


def printing_test(settings: Settings, session: Session, language: Language) -> Callable[[None], str]:
    """The press's part: a page about nobody goes to this PC's usual printer; which one it was. Raises NO_PRINTER."""

    def work(_held: None) -> str:
        from backupreader.domain.papers import PrinterCheck
        from printing.papers import paper
        from ui.spool import printers, send
        from ui.telling.printers import usual

        known = printers()
        if not known:
            raise ReaderError(NO_PRINTER, printer="–", reason=_NO_PRINTER)
        printer = known[usual(known)].name
        check = PrinterCheck(pc=session.unlocked.identity.name, site=settings.site)
        anchor = stamp(session.record("print", what="test-page"), language)
        send(paper("test-page", check, language, session.now(), anchor=anchor), printer, "Backup Reader")
        session.record("printed", what=f"test-page: {printer}", pages=1)
        return printer

    return work


def holding(settings: Settings, session: Session, missing: tuple[str, ...]) -> Callable[[None], tuple[str, ...]]:
    """The work of recording the drill, in the audit and on this PC; what it lacked. Raises what the disk says."""

    def work(_held: None) -> tuple[str, ...]:
        from backupreader.store.drills import Drill, Drills
        from backupreader.store.files import Files

        session.record("drill", what=", ".join(missing) or "passed")
        drill = Drill(kind="drill", at=session.now(), by=session.actor.name, passed=not missing, notes=missing)
        Drills(settings.data, Files()).held(drill)
        return missing

    return work
