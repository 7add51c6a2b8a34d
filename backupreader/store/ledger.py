"""The ledger of sheets of paper on the disk: the book ``sheets`` of the notebook, in somebody's session.

Every change is an act in the audit before it is kept; one that the disk did not take is another. Numbers are taken from
one count under the notebook's lock, so no two prints of this PC share one, whoever makes them:

    state/sheets-a, -b      how far numbers have ever been given out (nobody's data), so that a lost book is followed
                            by numbers that no sheet has. A vault made anew has numbers of its own (`sheets.prefix`).

Where neither says how far it went, counting begins with the minutes since 2026 began: far above what this PC can have
printed before. What was reserved and not issued was never paper; gaps mean nothing.

A print is kept until the end report of its outage has been made and `KEPT` has passed since; the audit keeps its first
and last number for as long as there is an audit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from backupreader.domain.errors import FILE_TROUBLE
from backupreader.domain.ledger import (
    NEVER_LEFT,
    Account,
    Accounts,
    Ended,
    Entry,
    How,
    InApp,
    Job,
    Lost,
    Reported,
    Step,
    StepName,
    Taken,
    fold,
    parts,
)
from backupreader.domain.newcitizen import temporary
from backupreader.domain.sheetrules import SheetRules
from backupreader.domain.sheets import HIGHEST, Numbers, Serial, Sheet, prefix
from backupreader.domain.sheetsteps import refusal
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.store.copies import Copies
from backupreader.store.files import Files
from backupreader.store.ledgerentries import read, written
from backupreader.store.notebook import Book, Notebook

if TYPE_CHECKING:
    from pathlib import Path

    from backupreader.store.canonical import Value
    from backupreader.store.session import Session

BOOK: Final = "sheets"
BLOCK: Final = 20_000
"""So many numbers a print may use; what it does not use is given back."""
KEPT: Final = timedelta(days=90)
_BEGAN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_USED_UP: Final = Reason(N_("all numbers of this PC's vault are used"))
_SHEETS, _CITIZENS = "next", "citizen"


class _NothingToKeep(Exception):
    """No step may be taken: the book stays as it is."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a step: the sheets that it was taken of, as they stand now, and those that it was refused for.

    `book` is the whole ledger then; None where nothing was taken.
    """

    taken: tuple[Account, ...]
    refused: tuple[tuple[Serial, Reason], ...]
    book: Book | None = None

    def accounts(self) -> Accounts | None:
        """How all sheets stand then."""
        return None if self.book is None else _folded(self.book)


class Ledger:
    """The ledger of this PC, in somebody's session. What a method raises is what the disk says, or BUSY."""

    def __init__(self, data: Path, session: Session, files: Files) -> None:
        self._session = session
        self._prefix = prefix(session.unlocked.identity.id)
        self._notebook = Notebook(data, BOOK, session.unlocked, files)
        self._highest = Copies(data / "state", "sheets", files)

    def read(self) -> Accounts:
        """How all sheets stand."""
        return _folded(self._notebook.read())

    def reserve(self) -> Numbers:
        """Numbers for one print, that nobody else gets. Nothing is accounted for before `issue`."""
        return Numbers(self._prefix, self._count(_SHEETS, BLOCK))

    def give_back(self, numbers: Numbers) -> None:
        """Nothing was printed with these numbers: the next print may have them, where nobody reserved after."""
        self._notebook.rewrite(lambda book: self._carried(book, after=numbers.first + BLOCK, then=numbers.first))

    def issue(self, numbers: Numbers, sheets: Sequence[Sheet], to: str) -> Job | None:
        """These sheets are about to become paper, on the printer or in the file `to`: from now on they are counted.

        Called before the pages leave, so that no sheet of paper is unknown. None where there is no sheet.
        """
        if not sheets:
            self.give_back(numbers)
            return None
        session = self._session
        job = Job(
            numbers=numbers,
            sides=max(len(sheet.pages) for sheet in sheets),
            parts=parts(sheets),
            at=session.now(),
            by=session.actor.name,
            outage=session.outage,
            to=to,
        )
        if tuple(job.sheets()) != tuple(sheets) or job.count > BLOCK:
            raise ValueError("these are not the sheets of one print with these numbers")
        citizens = tuple(dict.fromkeys(sheet.citizen for sheet in sheets if sheet.citizen is not None))
        said = f"print {job.first} – {job.last}: {to}"
        end = numbers.first + job.count

        def change(book: Book) -> list[Value]:
            self._session.record("sheets", citizens=citizens, what=said)
            return [*self._carried(book, after=numbers.first + BLOCK, then=end), written(job)]

        self._keep(change, said)
        return job

    def step(  # noqa: PLR0913 (what a step tells of, each by its name)
        self,
        serials: Iterable[Serial],
        name: StepName,
        rules: SheetRules,
        *,
        at: datetime | None = None,
        behalf: str = "",
        remark: str = "",
        in_app: InApp = "",
    ) -> Done:
        """Take a step of some sheets, now or `at` an earlier time; where it may not be taken, it is said why."""
        now = self._session.now().replace(microsecond=0)
        step = Step(
            name=name,
            at=at or now,
            kept=now,
            by=self._session.actor.name,
            behalf=behalf.strip(),
            remark=remark.strip(),
            in_app=in_app,
        )
        wanted = tuple(dict.fromkeys(serials))
        refused: list[tuple[Serial, Reason]] = []

        def change(book: Book) -> list[Value]:
            accounts = _folded(book, frozenset(wanted)).by_serial
            refused[:] = [
                (one, why) for one in wanted if (why := refusal(accounts.get(one), step, rules)) is not None
            ]  # fmt: skip
            no = dict(refused)
            taken = tuple(one for one in wanted if one not in no)
            if not taken:
                raise _NothingToKeep
            citizens = dict.fromkeys(accounts[one].sheet.citizen or "" for one in taken)
            self._session.record("sheets", citizens=tuple(filter(None, citizens)), what=_said(name, taken))
            return [*self._carried(book), written(Taken(taken, step))]

        try:
            book = self._keep(change, f"{name}: {_ranges(wanted)}")
        except _NothingToKeep:
            return Done((), tuple(refused))
        accounts, no = _folded(book, frozenset(wanted)).by_serial, dict(refused)
        return Done(tuple(accounts[one] for one in wanted if one not in no), tuple(refused), book)

    def ended(self, job: Serial, how: How, since: Serial) -> tuple[Account, ...]:
        """A person says that a print, told by its first number, did not come out whole: nothing from `since` on.

        The sheets of it that nothing is known of are struck, since they never left the printer. Those sheets then.
        """
        now = self._session.now().replace(microsecond=0)
        step = Step(name="struck", at=now, kept=now, by=self._session.actor.name, remark=NEVER_LEFT)
        said = f"{how}: {since}, print {job}"

        def change(book: Book) -> list[Value]:
            self._session.record("sheets", what=said)
            return [*self._carried(book), written(Ended(job, how, since, step))]

        accounts = _folded(self._keep(change, said))
        return tuple(one for one in accounts.by_serial.values() if step in one.live and one.job.first == job)

    def reported(self, outage: str) -> None:
        """The end report of an outage was made."""
        entry = Reported(outage, self._session.now(), self._session.actor.name)

        def change(book: Book) -> list[Value]:
            self._session.record("sheets", what=f"report: {outage or '–'}")
            return [*self._carried(book), written(entry)]

        self._keep(change, f"report: {outage or '–'}")

    def new_number(self) -> str:
        """A number for a citizen whom nobody knows yet (`newcitizen`); never the same twice."""
        return temporary(self._prefix, self._count(_CITIZENS, 1))

    def _keep(self, change: Callable[[Book], Sequence[Value]], said: str) -> Book:
        """Change the book; the audit is told of what the disk did not take."""
        try:
            return self._notebook.rewrite(change)
        except ReaderError:
            self._session.record("sheets", what=f"not kept: {said}")
            raise

    def _count(self, what: str, by: int) -> int:
        """The first of the next `by` numbers of a count."""
        begins: list[int] = []

        def change(book: Book) -> list[Value]:
            known = _counts(book).get((what, self._prefix)) if book.whole else None
            first = self._beginning(book, what) if known is None else known
            if first + by > HIGHEST + 1:  # none may come twice
                raise ReaderError(FILE_TROUBLE, path=BOOK, reason=_USED_UP)
            begins[:] = [first]
            self._note_highest(what, first + by)
            return [*self._carried(book, count=what), [what, self._prefix, first + by]]

        self._notebook.rewrite(change)
        return begins[0]

    def _beginning(self, book: Book, what: str) -> int:
        """Where an empty or damaged book begins to count: above everything that any trace tells of."""
        minutes = int((self._session.now() - _BEGAN).total_seconds() // 60)
        known = self._highest.read()
        noted = known.get(f"{what} {self._prefix}", 0) if isinstance(known, dict) else 0
        kept = _counts(book).get((what, self._prefix), 0)
        lost = kept + BLOCK if kept else 0  # the change that was lost may have been one more block
        return max(1, min(minutes, HIGHEST // 2), noted if isinstance(noted, int) else 0, lost)

    def _note_highest(self, what: str, number: int) -> None:
        known = self._highest.read()
        kept = dict(known) if isinstance(known, dict) else {}
        name = f"{what} {self._prefix}"
        former = kept.get(name, 0)
        if not isinstance(former, int) or number > former:
            self._highest.write({**kept, name: number})

    def _carried(self, book: Book, *, count: str = "", after: int = -1, then: int = 0) -> list[Value]:
        """What is kept, without the `count`; that of sheets is set to `then`, where it stands at `after`."""
        values: list[Value] = [*_young(book, self._session.now())]
        for place, value in enumerate(values):
            match value:
                case [str(what), self._prefix, int(number)] if what == _SHEETS and number == after:
                    values[place] = [what, self._prefix, then]
                case _:
                    pass
        kept = [value for value in values if not _counts_for(value, count, self._prefix)]
        return kept if book.whole else [*kept, written(Lost(self._session.now()))]


def _counts_for(value: Value, what: str, own: str) -> bool:
    return isinstance(value, list) and value[:2] == [what, own]


def _counts(book: Book) -> dict[tuple[str, str], int]:
    """The counts by their name and the signs of the PC."""
    found: dict[tuple[str, str], int] = {}
    for value in book.entries:
        match value:
            case ["next" | "citizen" as what, str(own), int(number)]:
                found[str(what), own] = number
            case _:
                pass
    return found


def _folded(book: Book, only: frozenset[Serial] | None = None) -> Accounts:
    return fold(_entries(book), whole=book.whole, only=only)


def _entries(book: Book) -> list[Entry]:
    return [entry for value in book.entries if (entry := read(value)) is not None]


def _young(book: Book, now: datetime) -> list[Value]:
    """The values that are not old: a print is, long after the report on its outage, with all that was said of it."""
    if not any(isinstance(value, list) and value[:1] == ["reported"] for value in book.entries):
        return list(book.entries)
    reported = {one.outage: one.at for one in _entries(book) if isinstance(one, Reported) and now - one.at > KEPT}
    if not reported:
        return list(book.entries)
    gone: set[Serial] = set()
    kept: list[Value] = []
    for value in book.entries:
        entry = read(value)
        if isinstance(entry, Job) and entry.outage in reported and entry.at <= reported[entry.outage]:
            gone.update(sheet.serial for sheet in entry.sheets())
        elif not _is_of_old(entry, gone, now):
            left = _without(entry, gone)
            kept.append(value if left is None else written(left))
    return kept


def _is_of_old(entry: Entry | None, gone: set[Serial], now: datetime) -> bool:
    match entry:
        case Taken():
            return gone.issuperset(entry.serials)
        case Ended():
            return entry.job in gone
        case Reported() | Lost():
            return now - entry.at > KEPT
        case _:
            return False


def _without(entry: Entry | None, gone: set[Serial]) -> Taken | None:
    if isinstance(entry, Taken) and gone.intersection(entry.serials):
        return replace(entry, serials=tuple(one for one in entry.serials if one not in gone))
    return None


def _said(name: str, serials: Sequence[Serial]) -> str:
    return f"{name}: {_ranges(serials)}"


def _ranges(serials: Sequence[Serial]) -> str:
    """Numbers as people read them, those that follow each other as from–to."""
    runs: list[list[Serial]] = []
    for one in sorted(serials):
        if runs and runs[-1][-1] == Serial(one.prefix, one.number - 1):
            runs[-1].append(one)
        else:
            runs.append([one])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} – {run[-1]}" for run in runs)
