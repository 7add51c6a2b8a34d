"""How the data stands, as anyone may know without unlocking: read from the published generations' signed heads.

`read` verifies the heads' signatures, so it is asked of a desk, after the first paint; `told` and `tab` are pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.errors import NO_STORE, STORE_DAMAGED
from backupreader.domain.freshness import CLOCK_SLACK, Freshness, judge
from backupreader.domain.freshness import State as Fresh
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_, Language
from backupreader.settings import Settings
from ui.clock import at, distance, passed, taken_at
from ui.look import State
from ui.rows import Mark

if TYPE_CHECKING:
    from backupreader.domain.outage.event import Event
    from backupreader.domain.shiftcheck import ShiftCheck
    from backupreader.store.files import Files
    from backupreader.store.outages import Outage

Taken = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What anyone may know of this PC itself.

    When a person last opened the data, when a drill last passed, the last shift check, which outage goes on, and of
    each gap how many packages never came: None where the numbers do not say.
    """

    opened: datetime | None = None
    drilled: datetime | None = None
    checked: ShiftCheck | None = None
    outage: Outage | None = None
    event: Event | None = None
    lost: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the newest generation says of itself; `taken_at` is by source, then table. `trouble`: why it says none.

    `units` are their names; `here` is what was done on this PC, None where that was not asked for.
    """

    taken_at: Taken
    position: tuple[int, int]
    next_expected: str | None = None
    trouble: ReaderError | None = None
    units: tuple[str, ...] = ()
    here: Here | None = None

    def sources(self, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
        """Each source with the oldest moment that any of its tables was taken at."""
        found = ((source, moments.oldest(tables.values(), zone)) for source, tables in sorted(self.taken_at.items()))
        return tuple((source, moment) for source, moment in found if moment is not None)

    def oldest(self, zone: ZoneInfo) -> str | None:
        """The oldest of all: nothing on any page is older than this."""
        return moments.oldest((moment for _, moment in self.sources(zone)), zone)


@dataclass(frozen=True, slots=True)
class Told:
    """The same in words, for the panel that is read from the door. There are always three lines; `notes` are small."""

    state: State
    age: str
    word: str
    lines: tuple[str, str, str]
    notes: tuple[Mark, ...] = ()


_WORDS: Final = {
    Fresh.GOOD: (N_("GOOD"), State.GOOD),
    Fresh.LATE: (N_("LATE"), State.LATE),
    Fresh.OLD: (N_("OLD"), State.STOP),
}


def reading(settings: Settings) -> Callable[[None], Standing]:
    """The work of reading the heads; it never raises what a person can be told, but tells it as `trouble`."""

    def work(_held: None) -> Standing:
        from backupreader.domain.fold import fold
        from backupreader.store.files import Files
        from backupreader.store.gaps import gaps
        from backupreader.store.generations import Store

        files = Files()
        store = Store(settings.data, files)
        try:
            generations = store.list()
            damaged = store.damaged_positions()
        except ReaderError as trouble:
            return Standing(taken_at={}, position=(0, 0), trouble=trouble, here=_here(settings, files))
        if not generations:
            nothing = ReaderError(STORE_DAMAGED if damaged else NO_STORE, path=store.folder)
            return Standing(taken_at={}, position=(0, 0), trouble=nothing, here=_here(settings, files))
        newest = generations[0]
        lost = gaps([generation.manifest for generation in generations], damaged)
        return Standing(
            taken_at=newest.manifest.taken_at,
            position=(newest.position.epoch, newest.position.seq),
            next_expected=newest.manifest.next_expected,
            units=tuple(sorted({unit.name for unit in newest.manifest.units.values()}, key=fold)),
            here=_here(settings, files, tuple(gap.missing for gap in lost)),
        )

    return work


def _here(settings: Settings, files: Files, lost: tuple[int | None, ...] = ()) -> Here:
    from backupreader.store.drills import Drills
    from backupreader.store.outagelog import OutageLog
    from backupreader.store.outages import Outages
    from backupreader.store.shiftchecks import ShiftChecks

    drills = Drills(settings.data, files)
    opening, passed = drills.last_opening(), drills.last_passed()
    return Here(
        opened=opening.at if opening else None,
        drilled=passed.at if passed else None,
        checked=ShiftChecks(settings.data, files).last(),
        outage=Outages(settings.data, files).going(),
        event=OutageLog(settings.data, files, None).event(),
        lost=lost,
    )


def told(standing: Standing, settings: Settings, now: datetime, language: Language, *, newest: bool = True) -> Told:
    """What the panel says; of data that is not the `newest` it never says that all is good."""
    _ = language.text
    notes = () if standing.here is None else _notes(standing.here, settings, now, language)
    if standing.trouble is not None:
        trouble = standing.trouble
        lines = (trouble.sentence(language), trouble.hint(language), "")
        return Told(State.STOP, _("No data"), trouble.kind.code, lines, notes)
    sources = _sources(standing, now, language)
    oldest = standing.oldest(_zone(now))
    taken = moments.instant(oldest, _zone(now))
    if taken is None:
        return Told(State.LATE, _("Age not known"), _("LATE"), (oldest or "", sources, ""), notes)
    fresh = judge(taken, now, settings.expected, timedelta(minutes=settings.late_after_minutes))
    word, state = _WORDS[fresh.state]
    if not newest and state is State.GOOD:
        word, state = N_("OLDER"), State.LATE
    first = _("Data from {moment}").format(moment=at(taken, now, language))
    last = _expected(standing, fresh, now, language)
    if fresh.ahead:
        clock = _("This PC's clock or the source's is wrong: compare it with a watch.")
        return Told(state, _("Age not known"), _(word), (first, clock, last), notes)
    if fresh.missed is not None:
        missed = _("New data was expected {moment} and has not come.")
        first += " · " + missed.format(moment=at(fresh.missed, now, language))
    return Told(state, _("{age} old").format(age=language.age(fresh.age)), _(word), (first, sources, last), notes)


def _notes(here: Here, settings: Settings, now: datetime, language: Language) -> tuple[Mark, ...]:
    """The outage first; then what somebody has to see to."""
    from backupreader.store.drills import overdue

    _, notes = language.text, list[Mark]()
    if here.outage is not None:
        notes.append(Mark(outage(here.outage, now, language), State.STOP))
    if here.lost:
        numbers = [number for number in here.lost if number is not None]
        never = language.count("{n} package never came", "{n} packages never came", sum(numbers))
        notes.append(Mark(never if len(numbers) == len(here.lost) else _("Some packages never came"), State.LATE))
    if check := _shift_check(here.checked, settings, now, language):
        notes.append(Mark(check, State.LATE))
    if overdue(here.drilled, now, settings.drill_days):
        last = _("Drill overdue: none has passed on this PC")
        if here.drilled is not None:
            passed_on = here.drilled.astimezone(now.tzinfo).date()
            last = _("Drill overdue: last passed {day}").format(day=language.day(passed_on))
        notes.append(Mark(last, State.LATE))
    return tuple(notes)


def _shift_check(last: ShiftCheck | None, settings: Settings, now: datetime, language: Language) -> str:
    """That the next shift check is due, or what the last one did not find good; empty where all is well."""
    from backupreader.domain.shiftcheck import is_due, told

    if is_due(last.at if last else None, now, settings.shift_check_hours):
        if last is None:
            return language.text("Shift check due")
        return language.text("Shift check due: last {moment}").format(moment=at(last.at, now, language))
    if last is None or not last.wrong or not settings.shift_check_hours:
        return ""
    sentence = language.text("Shift check {moment}: not good: {points}")
    return sentence.format(moment=at(last.at, now, language), points=told(last.wrong, language))


def outage(going: Outage, now: datetime, language: Language) -> str:
    """``Outage 2026-003 since 02:10``: the day before it where it is not today."""
    begun = going.begun.astimezone(now.tzinfo)
    since = language.clock(begun) if begun.date() == now.date() else at(begun, now, language)
    return language.text("Outage {number} since {moment}").format(number=going.number, moment=since)


def tab(standing: Standing, now: datetime, language: Language, *, older: bool = False) -> str:
    """The words on the frame: ``BACKUP · read only · data from 05:30, 3 h 12 min old``; `older` by choice is said."""
    _ = language.text
    taken = moments.instant(standing.oldest(_zone(now)), _zone(now))
    if taken is None:
        return _("BACKUP · read only")
    if passed(now, taken) > CLOCK_SLACK:
        return _("BACKUP · read only · data from {moment}, age not known").format(moment=at(taken, now, language))
    sentence = _("BACKUP · read only · data from {moment}, {age} old")
    if older:
        sentence = _("BACKUP · read only · OLDER DATA chosen: from {moment}, {age} old")
    return sentence.format(moment=at(taken, now, language), age=language.age(passed(taken, now)))


def older(standing: Standing, now: datetime, language: Language) -> str:
    """That this is older data, by choice, and from when."""
    taken = standing.oldest(_zone(now)) or ""
    return language.text("OLDER DATA chosen: from {moment}").format(moment=taken_at(taken, now, language))


def _sources(standing: Standing, now: datetime, language: Language) -> str:
    parts: list[str] = []
    for source, text in standing.sources(_zone(now)):
        moment = moments.instant(text, _zone(now))
        parts.append(f"{source} {text if moment is None else at(moment, now, language)}")
    return " · ".join(parts)


def _expected(standing: Standing, fresh: Freshness, now: datetime, language: Language) -> str:
    _ = language.text
    parts: list[str] = []
    if fresh.next_expected is not None:
        expected = fresh.next_expected
        parts.append(
            _("Next expected {moment}").format(
                moment=f"{at(expected, now, language)} ({distance(expected, now, language)})"
            )
        )
    if standing.here is not None and standing.here.opened is not None:
        parts.append(_("last opened by a person {moment}").format(moment=at(standing.here.opened, now, language)))
    return " · ".join(parts)


def _zone(now: datetime) -> ZoneInfo:
    assert isinstance(now.tzinfo, ZoneInfo)
    return now.tzinfo
