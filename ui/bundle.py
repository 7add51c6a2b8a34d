"""Printing for a whole unit or route: read a few citizens at a time, laid out in one run of pages, and sent.

It goes on whatever page is gone to, and when the window locks: what is not read yet is then read in one go behind the
lock, and only after that the desk lets go of the reader. It can be stopped until the pages are sent; of what was
stopped, or could not be read whole, not a page is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from backupreader.domain.barriers import Barrier
from backupreader.domain.rounds import DrivingList, in_visit_order
from backupreader.domain.shiftlists import Kind, Pick
from backupreader.domain.shifts import Hours, Shift
from backupreader.domain.trouble import ReaderError
from printing.document import Sheet, Subject
from ui.handing import Numbering, Sent, sending
from ui.look import State
from ui.pages import Pages, making_all, making_shift

if TYPE_CHECKING:
    from backupreader.store.reader import Reader
    from backupreader.store.session import Session
    from printing.jobs import Printer
    from ui.window import Window

SHIFT: Final = "shift"
_NEW_CITIZEN: Final = "form-new-citizen"
_AT_ONCE: Final = 5
"""Citizens a question: between two questions the desk answers others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be printed: a document for each citizen of a `unit`, or of a `route` in a shift, over its `days`.

    A document `about_route` is made of the route itself, a day each. `SHIFT` is the whole bundle, under a `title`. For
    neither a unit nor a route it is a blank form.
    `reason` is stated for what is another unit's.
    """

    document: str
    days: tuple[date, ...]
    shift: Shift
    hours: Hours
    title: str = ""
    about_route: bool = False
    unit: str | None = None
    route: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Key:
    """Of what one subject is made: a citizen, a route's day, nobody, or the route's shift where it is none of them."""

    citizen: str | None = None
    day: date | None = None
    blank: bool = False


@dataclass(slots=True)
class _Run:
    """One bundle that is being printed. `keys` are None until they are known."""

    wish: Wish
    printer: Printer
    session: Session
    sheet: Sheet
    numbering: Numbering
    keys: tuple[_Key, ...] | None = None
    subjects: list[Subject] = field(default_factory=list[Subject])
    stopped: bool = False
    sent: bool = False
    says: str = ""


class Bundle(QObject):
    """One bundle at a time."""

    _laid_out = Signal(int)  # told on the press's thread

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._reading, self._press = window.desk.line(), window.press.line()
        self._run: _Run | None = None
        self._laid_out.connect(self._tell_laid_out)

    @property
    def goes_on(self) -> bool:
        """Is one being printed?"""
        return self._run is not None

    def begin(self, wish: Wish, printer: Printer) -> None:
        """Begin; nothing where one goes on already, or nobody has unlocked."""
        window = self._window
        info, session = window.info, window.session
        if self._run is not None or info is None or session is None:
            return
        sheet = Sheet(
            language=window.language,
            now=window.now(),
            day=wish.days[0],
            site=info.site,
            printed_by=window.person,
            days=len(wish.days),
            shift=wish.shift if wish.document == SHIFT else None,
            sides=2 if window.settings.two_sided else 1,
            generation=f"{info.epoch}-{info.seq}",
        )
        self._run = _Run(wish, printer, session, sheet, Numbering(session, window.settings.data))
        self._say(window.language.text("Printing for the shift begins."))
        self._ask(self._run, _AT_ONCE)

    def stop(self) -> None:
        """Print nothing of it, where its pages are not sent yet."""
        run = self._run
        if run is not None and not run.sent:
            run.stopped = True
            self._over()
            self._window.notice.tell(self._window.language.text("Stopped. Nothing was printed."), "", State.INFO)

    def hurry(self) -> None:
        """The reader will be let go: what is not read yet is read in one go before that."""
        run = self._run
        if run is not None and (run.keys is None or len(run.subjects) < len(run.keys)):
            self._ask(run, None)

    def tell(self) -> None:
        """Say on the page that is shown now how far it is."""
        if self._run is not None:
            offer = "" if self._run.sent else self._window.language.text("Stop printing")
            self._window.foot("bundle", self.stop).tell(self._run.says, "", State.INFO, offer=offer)

    def _say(self, sentence: str) -> None:
        if self._run is not None:
            self._run.says = sentence
            self.tell()

    def _over(self) -> None:
        self._reading.hang_up()
        self._press.hang_up()
        self._run = None
        self._window.foot("bundle", self.stop).hide()

    def _ask(self, run: _Run, most: int | None) -> None:
        work = _reading(run.wish, run.session, run.keys, len(run.subjects), most)
        self._reading.ask(work, self._read, self._refused)

    def _read(self, answer: tuple[tuple[_Key, ...], Sequence[Subject]]) -> None:
        run = self._run
        if run is None:
            return
        run.keys = answer[0]
        run.subjects += answer[1]
        language = self._window.language
        if not run.keys:
            self._over()
            self._window.notice.tell(language.text("Nobody is in it: nothing was printed."), "", State.LATE)
        elif len(run.subjects) < len(run.keys):
            self._tell_far(language.text("Printing for the shift: {done} of {all} are read."), len(run.subjects))
            self._ask(run, _AT_ONCE)
        else:
            subjects, citizens = self._counted(run), _citizens(run.subjects)
            make, name = (
                (making_shift, run.wish.title) if run.wish.document == SHIFT else (making_all, run.wish.document)
            )
            work = make(name, subjects, run.sheet, run.session, citizens, numbers=run.numbering.take)
            self._press.ask(work, self._made, self._refused)

    def _counted(self, run: _Run) -> Iterator[Subject]:
        """The subjects, on the press's thread; no more of them once it is stopped, for nothing of it is printed."""
        for done, subject in enumerate(run.subjects):
            if run.stopped:
                run.numbering.give_back()
                return
            self._laid_out.emit(done)
            new = run.wish.document == _NEW_CITIZEN
            yield replace(subject, number=run.numbering.new_number()) if new else subject

    def _tell_laid_out(self, done: int) -> None:
        self._tell_far(self._window.language.text("Printing for the shift: {done} of {all} are laid out."), done)

    def _tell_far(self, sentence: str, done: int) -> None:
        run = self._run
        if run is not None and run.keys is not None and not run.sent:
            self._say(sentence.format(done=done, all=len(run.keys)))

    def _made(self, pages: Pages) -> None:
        run = self._run
        if run is None:
            return
        run.sent = True
        run.subjects.clear()
        count = self._window.language.count("{n} page is sent.", "{n} pages are sent.", pages.count)
        self._say(count)
        self._press.ask(
            sending(pages, run.printer.name, run.session, self._window.settings.data), self._printed, self._refused
        )

    def _printed(self, sent: Sent) -> None:
        self._over()
        sentence = self._window.language.count(
            "{n} page was sent to {{printer}}.", "{n} pages were sent to {{printer}}.", sent.pages
        )
        self._window.notice.tell(sentence.format(printer=sent.printer), "", State.GOOD)

    def _refused(self, trouble: ReaderError) -> None:
        self._over()
        self._window.tell(trouble)


def _reading(
    wish: Wish, session: Session, keys: tuple[_Key, ...] | None, done: int, most: int | None
) -> Callable[[Reader], tuple[tuple[_Key, ...], Sequence[Subject]]]:
    """The reader's part: some more subjects after those that are `done`, and for whom all of them are."""

    def work(reader: Reader) -> tuple[tuple[_Key, ...], Sequence[Subject]]:
        if wish.reason and wish.route is not None:
            session.state(Barrier.OTHER_UNIT, wish.route, wish.reason)
        known = _keys(wish, reader) if keys is None else keys
        wanted = known[done : None if most is None else done + most]
        return known, [_subject(wish, session, reader, key) for key in wanted]

    return work


def _keys(wish: Wish, reader: Reader) -> tuple[_Key, ...]:
    """Of what there is a subject each: citizens once, in the order of their visits; or a route's days with visits."""
    if wish.unit is None and wish.route is None:
        return (_Key(blank=True),)
    if wish.unit is not None:
        return tuple(_Key(citizen=citizen.id) for citizen in reader.citizens_of(wish.unit))
    if wish.document == SHIFT:
        listed = _shift_list(wish, reader)
        found = tuple(_Key(citizen=citizen) for citizen in in_visit_order([listed]))
        return (_Key(), *found) if found else ()
    assert wish.route is not None
    lists = [reader.driving_list(wish.route, day) for day in wish.days]
    if wish.about_route:
        return tuple(_Key(day=listed.day) for listed in lists if listed.visits)
    return tuple(_Key(citizen=citizen) for citizen in in_visit_order(lists))


def _shift_list(wish: Wish, reader: Reader) -> DrivingList:
    assert wish.route is not None
    return reader.shift_list(wish.shift, Pick(Kind.ROUTE, wish.route), wish.hours)


def _subject(wish: Wish, session: Session, reader: Reader, key: _Key) -> Subject:
    if key.blank:
        return Subject()
    if key.day is not None:
        assert wish.route is not None
        return Subject(driving_list=reader.driving_list(wish.route, key.day))
    if key.citizen is None:
        return Subject(driving_list=_shift_list(wish, reader))
    if wish.reason:
        session.state(Barrier.OTHER_UNIT, key.citizen, wish.reason)
    return Subject(journal=reader.journal(key.citizen))


def _citizens(subjects: Sequence[Subject]) -> tuple[str, ...]:
    """Whom the pages are about, by id."""
    found: dict[str, None] = {}
    for subject in subjects:
        if subject.journal is not None:
            found[subject.journal.citizen.id] = None
        elif subject.driving_list is not None:
            found |= dict.fromkeys(subject.driving_list.citizens)
    return tuple(found)
