"""The ledger: what has become of every sheet of paper that was printed. A sheet is in exactly one state at any time.

Nothing is ever deleted from it: a step that was wrong is taken back by another entry. Which step may follow in which
state stands in `FOLLOWS`; what the municipality's rules add stands in ``sheetsteps``:

    issued      came back · entered · scanned only · struck · shredded · missing
    returned    entered · scanned only · struck · shredded · missing
    entered     checked by another person · shredded · missing
    scanned     entered · shredded · missing
    struck      shredded · missing
    missing     came back: it is then again what it was before, where that was entered, scanned or struck
    shredded    nothing
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final, Literal, TypeAlias, get_args

from backupreader.domain.sheets import Numbers, Serial, Sheet
from backupreader.language import N_


class State(Enum):
    """What has become of a sheet."""

    ISSUED = "issued"
    RETURNED = "returned"
    ENTERED = "entered"
    SCANNED = "scanned"
    STRUCK = "struck"
    SHREDDED = "shredded"
    MISSING = "missing"


StepName: TypeAlias = Literal["returned", "entered", "scanned", "struck", "shredded", "missing", "checked", "undone"]
STEPS: Final[tuple[StepName, ...]] = get_args(StepName)
InApp: TypeAlias = Literal["", "yes", "no", "unknown"]
How: TypeAlias = Literal["cancelled", "jam"]

FOLLOWS: Final[Mapping[State, tuple[StepName, ...]]] = {
    State.ISSUED: ("returned", "entered", "scanned", "struck", "shredded", "missing"),
    State.RETURNED: ("entered", "scanned", "struck", "shredded", "missing"),
    State.ENTERED: ("checked", "shredded", "missing"),
    State.SCANNED: ("entered", "shredded", "missing"),
    State.STRUCK: ("shredded", "missing"),
    State.MISSING: ("returned",),
    State.SHREDDED: (),
}
NEVER_LEFT: Final = N_("never left the printer")
"""Why the sheets of a job that was cancelled, or that a jam kept, are struck."""
_KEPT_WHILE_MISSING: Final = (State.ENTERED, State.SCANNED, State.STRUCK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What was done with a sheet. `at` is when it was done, `kept` when it was written down here; both with their zone.

    `behalf` is who did it where somebody else writes it down. `in_app` answers, of what was entered, whether it stood
    in the mobile app already.
    """

    name: StepName
    at: datetime
    kept: datetime
    by: str
    behalf: str = ""
    remark: str = ""
    in_app: InApp = ""

    @property
    def people(self) -> frozenset[str]:
        """Who had a part in it, for telling whether two did."""
        return frozenset(" ".join(name.casefold().split()) for name in (self.by, self.behalf) if name.strip())


@dataclass(frozen=True, slots=True)
class Part:
    """The pages of one document about one citizen, or one route, in a print."""

    document: str
    citizen: str | None
    route: str | None
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One print: its sheets are numbered from `numbers.first` on, part by part. `to` is the printer or the file.

    `sides` are those of a sheet that were printed, 1 or 2.
    """

    numbers: Numbers
    sides: int = 1
    parts: tuple[Part, ...]
    at: datetime
    by: str
    outage: str = ""
    to: str = ""

    @property
    def count(self) -> int:
        """How many sheets."""
        return sum(-(-part.pages // self.sides) for part in self.parts)

    @property
    def first(self) -> Serial:
        """The first sheet's number: it tells the job from every other one."""
        return self.numbers.at(0)

    @property
    def last(self) -> Serial:
        """The last sheet's number."""
        return self.numbers.at(self.count - 1)

    def holds(self, serial: Serial) -> bool:
        """Is that sheet one of its?"""
        return serial.prefix == self.numbers.prefix and 0 <= serial.number - self.numbers.first < self.count

    def sheets(self) -> Iterator[Sheet]:
        """Its sheets, as they were made."""
        place, sides = 0, self.sides
        for part in self.parts:
            for first in range(1, part.pages + 1, sides):
                yield Sheet(
                    serial=self.numbers.at(place),
                    document=part.document,
                    citizen=part.citizen,
                    route=part.route,
                    pages=tuple(range(first, min(first + sides, part.pages + 1))),
                    of=part.pages,
                )
                place += 1


def parts(sheets: Iterable[Sheet]) -> tuple[Part, ...]:
    """The parts that these sheets, in order, were made of: each begins with its page 1."""
    return tuple(Part(one.document, one.citizen, one.route, one.of) for one in sheets if one.pages[0] == 1)


@dataclass(frozen=True, slots=True)
class Taken:
    """One step of some sheets."""

    serials: tuple[Serial, ...]
    step: Step


@dataclass(frozen=True, slots=True)
class Ended:
    """A job did not come out whole: a person says so. The sheets from `since` on that nobody has seen are struck."""

    job: Serial
    how: How
    since: Serial
    step: Step


@dataclass(frozen=True, slots=True)
class Reported:
    """The end report of an outage was made (of prints outside one: the empty text)."""

    outage: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Lost:
    """Something of the ledger was lost before this, and nobody can say what."""

    at: datetime


Entry: TypeAlias = Job | Taken | Ended | Reported | Lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One sheet: what it is, which print it is of, every step that was written down, and what all of it comes to.

    `live` are the steps that were not taken back. `entered` and `checked` are those that count, where they count.
    """

    sheet: Sheet
    job: Job
    steps: tuple[Step, ...] = ()
    live: tuple[Step, ...] = ()
    state: State = State.ISSUED
    entered: Step | None = None
    checked: Step | None = None

    @property
    def never_left(self) -> bool:
        """Did it never become paper, as somebody decided?"""
        return any(step.name == "struck" and step.remark == NEVER_LEFT for step in self.live)


@dataclass(frozen=True, slots=True)
class Accounts:
    """All sheets, by number. `whole` is False where sheets may have been lost from it."""

    by_serial: Mapping[Serial, Account] = field(default_factory=dict[Serial, Account])
    jobs: tuple[Job, ...] = ()
    ended: Mapping[Serial, Ended] = field(default_factory=dict[Serial, Ended])
    reported: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    whole: bool = True

    def of(self, outage: str | None) -> tuple[Account, ...]:
        """The sheets printed in an outage, in order; all where `outage` is None."""
        return tuple(one for one in self.by_serial.values() if outage is None or one.job.outage == outage)


def fold(entries: Iterable[Entry], *, whole: bool = True, only: frozenset[Serial] | None = None) -> Accounts:
    """What all entries come to, in their order; with `only`, for these sheets alone.

    A step that does not fit where it stands, or is of a sheet that is not there, is passed over.
    """
    jobs: dict[Serial, Job] = {}
    sheets: dict[Serial, tuple[Sheet, Job]] = {}
    steps: dict[Serial, list[Step]] = {}
    ended: dict[Serial, Ended] = {}
    reported: dict[str, datetime] = {}
    for entry in entries:
        if isinstance(entry, Job):
            jobs[entry.first] = entry
            if only is None or any(entry.holds(serial) for serial in only):
                sheets |= {one.serial: (one, entry) for one in entry.sheets() if only is None or one.serial in only}
        elif isinstance(entry, Reported):
            reported[entry.outage] = entry.at
        elif isinstance(entry, Lost):
            whole = False
        else:
            if isinstance(entry, Ended):
                ended[entry.job] = entry
            for serial in _touched(entry, jobs, steps):
                steps.setdefault(serial, []).append(entry.step)
    accounts = {serial: _account(sheet, job, steps.get(serial, ())) for serial, (sheet, job) in sheets.items()}
    return Accounts(accounts, tuple(jobs.values()), ended, reported, whole)


def _touched(
    entry: Taken | Ended, jobs: Mapping[Serial, Job], steps: Mapping[Serial, Sequence[Step]]
) -> tuple[Serial, ...]:
    """The sheets that an entry's step is of: of those that did not come out, the ones of which nothing is known."""
    if isinstance(entry, Taken):
        return entry.serials
    kept = struck_by(entry, jobs.get(entry.job))
    return tuple(serial for serial in kept if _replayed(steps.get(serial, ()))[1] is State.ISSUED)


def struck_by(ended: Ended, job: Job | None) -> Iterator[Serial]:
    """The numbers of a job that did not come out, by what a person said."""
    if job is not None:
        since = max(ended.since.number, job.numbers.first)
        yield from (Serial(job.numbers.prefix, number) for number in range(since, job.numbers.first + job.count))


def _account(sheet: Sheet, job: Job, steps: Sequence[Step]) -> Account:
    live, state, entered, checked = _replayed(steps)
    return Account(sheet=sheet, job=job, steps=tuple(steps), live=live, state=state, entered=entered, checked=checked)


def _replayed(steps: Iterable[Step]) -> tuple[tuple[Step, ...], State, Step | None, Step | None]:
    live: list[Step] = []
    for step in steps:
        if step.name == "undone":
            del live[-1:]
        elif step.name in FOLLOWS[_state(live)]:
            live.append(step)
    entered = next((step for step in reversed(live) if step.name == "entered"), None)
    checked = next((step for step in reversed(live) if step.name == "checked"), None)
    return tuple(live), _state(live), entered, checked


def _state(live: Iterable[Step]) -> State:
    state = former = State.ISSUED
    for step in live:
        match step.name:
            case "returned" if state is State.MISSING and former in _KEPT_WHILE_MISSING:
                state = former
            case "missing":
                state, former = State.MISSING, state
            case "checked" | "undone":
                pass
            case "returned" | "entered" | "scanned" | "struck" | "shredded":
                state = State(step.name)
    return state
