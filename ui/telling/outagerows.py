"""What can be written in the log of an outage, as rows: each carries the entry that Enter writes, or a `Turn`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from backupreader.domain.outage import entrywords
from backupreader.domain.outage.clocks import clocks
from backupreader.domain.outage.event import Clock, Entry, Event
from backupreader.domain.outage.handover import Tell, to_tell
from backupreader.domain.plan import calling, words
from backupreader.domain.plan.about import REACHES
from backupreader.domain.plan.contacts import Contact
from backupreader.domain.plan.plan import Plan
from backupreader.domain.shifts import Hours
from backupreader.language import N_, Language
from ui.clock import at
from ui.look import State
from ui.outagework import Turned, Writes
from ui.rows import Kind, Mark, Row
from ui.telling.outage import STATES, Part, Turn

RESULTS: Final = (
    ("answered", N_("answered")),
    ("no-answer", N_("did not answer")),
    ("message", N_("was left a message")),
)
_PAPERS: Final[Mapping[str, str]] = {
    "hand-over": N_("Print the sheet for the hand-over"),
    "outage-report": N_("Print the report on the outage"),
}
TO_SHEETS: Final = "sheets"
"""In place of an entry: the way to the sheets of paper."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rows are made of. `which` is what was chosen before, of the same part."""

    plan: Plan
    event: Event
    now: datetime
    hours: Hours
    person: str
    language: Language
    which: str = ""


def rows(part: Part, asked: Asked) -> tuple[Row, ...]:
    """The rows of a part of the page."""
    return _PARTS[part](asked) if part in _PARTS else ()


@dataclass(frozen=True, slots=True)
class Turns:
    """A system, from up to down or back, before the outage is declared."""

    system: str


@dataclass(frozen=True, slots=True)
class Prints:
    """A paper about the outage."""

    paper: str


def clock_rows(plan: Plan, event: Event, now: datetime, hours: Hours, language: Language) -> tuple[Row, ...]:
    """Every duty with its clock, the next one first; Enter says that it is done."""
    rows = [_clock_row(clock, plan, now, language) for clock in clocks(plan, event, now, hours)]
    return tuple(rows) or (Row(kind=Kind.NOTHING, title=language.text("The plan has no duty for this outage.")),)


def _clock_row(clock: Clock, plan: Plan, now: datetime, language: Language) -> Row:
    _, details = language.text, list[str]()
    contact = plan.contact(clock.contact)
    if contact is not None:
        details.append(_("Call {who}").format(who="  ".join(one for one in (contact.label, contact.number) if one)))
    duty = next((one for one in plan.duties if one.id == clock.duty), None)
    if duty is not None and duty.say and clock.state != "done":
        details.append(duty.say)
    mark = Mark(words.due(clock, now, language), STATES.get(clock.state, State.QUIET))
    return Row(
        lead=language.clock(clock.due) if clock.due is not None else "",
        title=clock.label,
        details=tuple(details),
        aside=clock.holder,
        marks=(mark,),
        target=None if clock.state == "done" else Writes(kind="done", what=clock.duty),
    )


def owner_rows(event: Event, person: str, language: Language) -> tuple[Row, ...]:
    """She takes it, or the one who has it goes on; anybody else is written in the field."""
    _ = language.text
    rows = [Row(kind=Kind.ACTION, title=_("{name}: I take the case").format(name=person), target=_owner(person))]
    if event.owner != person:
        goes_on = _("{owner} goes on with it").format(owner=event.owner)
        rows.append(Row(kind=Kind.ACTION, title=goes_on, target=_owner(event.owner)))
    return tuple(rows)


def _owner(name: str) -> Writes:
    return Writes(kind="owner", who=name)


def call_rows(plan: Plan, event: Event, now: datetime, language: Language, which: str = "") -> tuple[Row, ...]:
    """Whoever answers now first, with what came of the call; then everyone else. `which` is one that was chosen."""
    systems = event.systems or ("",)
    answers = [calling.now(plan, now, system=one, reach=event.reach).contact for one in systems]
    first = [one for one in ([plan.contact(which)] if which else answers) if one is not None]
    rows: list[Row] = []
    for contact in dict.fromkeys(first):
        rows += [_called(contact, detail, word, language) for detail, word in RESULTS]
    rows += [
        Row(title=one.label, aside=one.number or one.mail, target=Turn("call", one.id))
        for one in plan.contacts
        if one not in first
    ]
    return tuple(rows)


def _called(contact: Contact, detail: str, word: str, language: Language) -> Row:
    return Row(
        kind=Kind.ACTION,
        title=f"{contact.label}: {language.text(word)}",
        aside=contact.number or contact.mail,
        target=Writes(kind="call", what=contact.id, detail=detail),
    )


def happened_rows(plan: Plan, event: Event, now: datetime, language: Language) -> tuple[Row, ...]:
    """What is written down with its time when it happens."""
    rows: list[Row] = []
    for act in plan.acts:
        said = event.acts.get(act.id, ())
        rows.append(Row(title=act.label, details=_times(said, now, language), target=Writes(kind="act", what=act.id)))
    return tuple(rows) or (Row(kind=Kind.NOTHING, title=language.text("The plan names nothing to be written down.")),)


def _times(entries: tuple[Entry, ...], now: datetime, language: Language) -> tuple[str, ...]:
    return tuple(f"{at(one.at, now, language)} · {one.by}" for one in entries[-3:])


def unit_rows(plan: Plan, event: Event, now: datetime, language: Language) -> tuple[Row, ...]:
    """Each unit with how it stands; Enter turns it: not asked, down, up."""
    rows: list[Row] = []
    for unit in dict.fromkeys((*plan.units, *event.units)):
        said = event.units.get(unit)
        down = said is not None and said.detail == "down"
        mark = Mark(language.text("not asked"))
        if said is not None:
            mark = Mark(language.text(entrywords.UNITS[said.detail]), State.STOP if down else State.GOOD)
        when = () if said is None else (f"{at(said.at, now, language)} · {said.by}",)
        target = Writes(kind="unit", what=unit, detail="up" if down else "down")
        rows.append(Row(title=unit, details=when, marks=(mark,), target=target))
    return tuple(rows) or (Row(kind=Kind.NOTHING, title=language.text("The plan names no units.")),)


def partner_rows(plan: Plan, event: Event, now: datetime, language: Language) -> tuple[Row, ...]:
    """Each partner of each list, ticked with its time."""
    rows: list[Row] = []
    for some in plan.partners:
        rows.append(Row(kind=Kind.HEADING, title=some.label, aside=plan.role(some.role) if some.role else ""))
        for one in some.partners:
            said = event.partners.get(one.id, ())
            told = Mark(language.text("told"), State.GOOD) if said else Mark(language.text("not told"))
            details = tuple(part for part in (one.note, *_times(said, now, language)) if part)
            target = Writes(kind="partner", what=one.id)
            rows.append(
                Row(title=one.label, aside=one.number or one.mail, details=details, marks=(told,), target=target)
            )
    return tuple(rows) or (Row(kind=Kind.NOTHING, title=language.text("The plan names no partners.")),)


def system_rows(plan: Plan, event: Event, language: Language) -> tuple[Row, ...]:
    """What is down, each turned by Enter; then how far it goes."""
    _, rows = language.text, list[Row]()
    for one in plan.systems:
        is_down = one.id in event.systems
        only = event.systems == (one.id,)
        mark = Mark(_("DOWN"), State.STOP) if is_down else Mark(_("up"), State.GOOD)
        rows.append(Row(title=one.label, marks=(mark,), target=None if only else Turned(one.id)))
    rows.append(Row(kind=Kind.HEADING, title=_("How far does it go?")))
    for reach in REACHES[:3]:
        chosen = (Mark(_("so it is"), State.INFO),) if event.reach == reach else ()
        rows.append(Row(title=words.reach(reach, language), marks=chosen, target=Writes(kind="reach", what=reach)))
    return tuple(rows)


def up_rows(plan: Plan, event: Event, now: datetime, language: Language) -> tuple[Row, ...]:
    """The end, to be said once more; then who must be told, and the sheets of paper."""
    _ = language.text
    rows: list[Row] = []
    if event.ended is None:
        sure = _("Yes: everyone can use the systems again")
        rows.append(Row(kind=Kind.ACTION, title=sure, target=Writes(kind="ended")))
        rows.append(Row(kind=Kind.HEADING, title=_("These must be told then")))
    else:
        rows.append(Row(kind=Kind.HEADING, title=_("Tell them that the systems are up again")))
    for one in to_tell(plan, event):
        told = Mark(_("told"), State.GOOD) if one.told is not None else Mark(_("not told"), State.LATE)
        target = _tells(one) if event.ended is not None and one.told is None else None
        when = () if one.told is None else (at(one.told, now, language),)
        rows.append(
            Row(
                title=one.label,
                aside=one.number or one.mail,
                details=(*when, one.holder) if one.holder else when,
                marks=(told,),
                target=target,
            )
        )
    if len(rows) == (2 if event.ended is None else 1):
        rows.append(Row(kind=Kind.NOTHING, title=_("Nobody was told that they are down.")))
    if event.ended is not None:
        sheets = _("Sheets of paper: enter in the journal what stands on them")
        rows.append(Row(kind=Kind.ACTION, title=f"{sheets}  F10", target=TO_SHEETS))
        rows.append(paper_row("outage-report", language))
        another = _("Declare another outage")
        rows.append(Row(kind=Kind.ACTION, title=another, target=Turn("declare", "another")))
    return tuple(rows)


def _tells(one: Tell) -> Writes:
    """What is written when she has been told."""
    if one.why == "duty":
        return Writes(kind="done", what=one.id)
    if one.why == "partner":
        return Writes(kind="partner", what=one.id)
    return Writes(kind="call", what=one.id, detail="answered")


def declare_rows(plan: Plan, chosen: frozenset[str], language: Language) -> tuple[Row, ...]:
    """What is down, each turned by Enter; then the declaration itself."""
    _ = language.text
    rows = [Row(kind=Kind.HEADING, title=_("What is down?"))] if plan.systems else []
    for one in plan.systems:
        mark = Mark(_("DOWN"), State.STOP) if one.id in chosen else Mark(_("up"))
        rows.append(Row(title=one.label, details=one.symptoms[:1], marks=(mark,), target=Turns(one.id)))
    return (*rows, Row(kind=Kind.ACTION, title=_("Declare the outage"), target=Turn("declare")))


def paper_row(paper: str, language: Language) -> Row:
    """A paper to be printed."""
    return Row(kind=Kind.ACTION, title=language.text(_PAPERS[paper]), target=Prints(paper))


_PARTS: Final[Mapping[Part, Callable[[Asked], tuple[Row, ...]]]] = {
    "due": lambda a: (*clock_rows(a.plan, a.event, a.now, a.hours, a.language), paper_row("hand-over", a.language)),
    "call": lambda a: call_rows(a.plan, a.event, a.now, a.language, a.which),
    "happened": lambda a: happened_rows(a.plan, a.event, a.now, a.language),
    "units": lambda a: unit_rows(a.plan, a.event, a.now, a.language),
    "partners": lambda a: partner_rows(a.plan, a.event, a.now, a.language),
    "owner": lambda a: (*owner_rows(a.event, a.person, a.language), paper_row("hand-over", a.language)),
    "systems": lambda a: system_rows(a.plan, a.event, a.language),
    "up": lambda a: up_rows(a.plan, a.event, a.now, a.language),
}
