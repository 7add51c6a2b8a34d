"""A shift check in the window: what was answered so far, and the works that look, print and record it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from backupreader.domain.errors import NO_PRINTER
from backupreader.domain.shiftcheck import POINTS, Point, ShiftCheck, Verdict
from backupreader.domain.shifts import shift_at
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_, Language
from backupreader.settings import Settings

if TYPE_CHECKING:
    from backupreader.store.session import Session
    from backupreader.store.shiftlook import Looked


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before anything is asked: what this PC finds by itself, and the checks before, newest first."""

    looked: Looked
    before: tuple[ShiftCheck, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """Where the test page went, and what somebody at the printer may have to do, in the person's language."""

    printer: str
    hint: str = ""


@dataclass(slots=True)
class Checking:
    """The check that goes on. `sent` is there while the page is on its way; `kept` once all is recorded."""

    by: str = ""
    begun: bool = False
    verdicts: dict[Point, Verdict] = field(default_factory=dict[Point, Verdict])
    known: Known | None = None
    sent: Sent | None = None
    trouble: ReaderError | None = None
    kept: ShiftCheck | None = None

    @property
    def next_point(self) -> Point | None:
        """The first point that nobody has answered yet; None where all are."""
        return next((point for point in POINTS if point not in self.verdicts), None)

    def found(self, known: Known) -> None:
        """This PC has looked."""
        self.known = known
        self.verdicts |= known.looked.verdicts

    def made(self, settings: Settings, now: datetime) -> ShiftCheck:
        """The check as it is recorded: in the shift that it is now."""
        shift = shift_at(now, settings.shifts)
        return ShiftCheck(at=now, shift=shift.name, day=shift.date, by=self.by, verdicts=dict(self.verdicts))


def looking(settings: Settings, now: datetime) -> Callable[[None], Known]:
    """The work of looking at this PC itself, and for the checks before."""

    def work(_held: None) -> Known:
        from backupreader.store.files import Files
        from backupreader.store.shiftchecks import ShiftChecks
        from backupreader.store.shiftlook import look

        files = Files()
        before = ShiftChecks(settings.data, files).all()
        return Known(look(settings, now, files), tuple(reversed(before)))

    return work


def printing_test(
    settings: Settings, session: Session | None, language: Language, now: datetime
) -> Callable[[None], Sent]:
    """The work of sending a page about nobody to this PC's usual printer. Raises NO_PRINTER where none takes it."""

    def work(_held: None) -> Sent:
        from backupreader.domain.acts import stamp
        from backupreader.domain.papers import PrinterCheck
        from backupreader.store.files import Files
        from backupreader.store.identities import load_identity
        from printing import preflight
        from printing.papers import paper
        from ui.spool import look, send
        from ui.telling.printers import usual

        looked = look(settings.data)
        if not looked.printers:
            raise ReaderError(NO_PRINTER, printer="–", reason=Reason(N_("this PC knows no printer")))
        name = looked.printers[usual(looked.printers)].name
        findings = preflight.found(looked, name)
        preflight.check(findings, name)
        check = PrinterCheck(pc=load_identity(settings.vault_folder, Files()).name, site=settings.site)
        anchor = "" if session is None else stamp(session.record("print", what="test-page"), language)
        send(paper("test-page", check, language, now, anchor=anchor), name, "Backup Reader")
        if session is not None:
            session.record("printed", what=f"test-page: {name}", pages=1)
        held_up = [one for one in findings if one.weight is preflight.Weight.HOLDS_UP]
        return Sent(name, " ".join(f"{one.sentence(language, name)} {one.hint(language, name)}" for one in held_up))

    return work


def keeping(settings: Settings, check: ShiftCheck) -> Callable[[None], ShiftCheck]:
    """The work of recording a check on this PC. Raises what the disk says."""

    def work(_held: None) -> ShiftCheck:
        from backupreader.store.files import Files
        from backupreader.store.shiftchecks import ShiftChecks

        ShiftChecks(settings.data, Files()).made(check)
        return check

    return work
