"""What the window says of the plan itself: whose it is, how old, that it is overdue, why no newer one is used."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.errors import NO_PLAN
from backupreader.language import N_, Language
from ui.clock import written
from ui.look import State
from ui.rows import Mark

if TYPE_CHECKING:
    from backupreader.domain.plan.about import About
    from backupreader.domain.plan.plan import Plan
    from backupreader.domain.plan.planned import Occurrence
    from backupreader.store.plans import Carried

_REFUSED: Final = N_("Since {moment} the export machine has had a newer plan that it cannot use: {reason}")
_NOT_NEWEST: Final = N_("The plan may not be the newest: {reason}")
_A_DAY: Final = 24 * 60 * 60
_MOST: Final = 2
"""Of what is wrong with a newer plan so much is told here; `status` tells IT all of it."""


def missing(language: Language) -> tuple[str, str]:
    """That there is no plan, and what to do."""
    return language.text(NO_PLAN.sentence), language.text(NO_PLAN.hint)


def governed(about: About, language: Language, *, title: bool = True) -> str:
    """Whose it is, who approved it and until when it holds, in one line."""
    _ = language.text
    parts = [
        about.title if title else "",
        _("version {version}").format(version=about.version) if about.version else "",
        _("owner: {owner}").format(owner=about.owner) if about.owner else "",
        _("approved {day}").format(day=language.day(about.approved)) if about.approved else "",
        _("changed {day}").format(day=language.day(about.updated)) if about.updated else "",
        _("to be revised by {day}").format(day=language.day(about.revise_by)) if about.revise_by else "",
    ]
    said = " · ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def line(carried: Carried, plan: Plan, now: datetime, language: Language) -> str:
    """The line at the foot of each page of the plan."""
    came = written(carried.came, now, language)
    said = language.text("came {moment}").format(moment=came) if came else ""
    whose = language.text("The plan: {what}").format(what=governed(plan.about, language))
    return " · ".join(part for part in (whose, said) if part)


def marks(about: About, today: date, language: Language) -> tuple[Mark, ...]:
    """That it is overdue, and that nobody has approved it."""
    from backupreader.domain.plan import words

    found: list[Mark] = []
    if about.is_overdue(today):
        found.append(Mark(words.revision(about, today, language), State.LATE))
    if about.example:
        found.append(Mark(language.text("An example: nobody has approved it."), State.LATE))
    return tuple(found)


def kept(carried: Carried, now: datetime, language: Language) -> str:
    """Why a newer plan is not in use, or what speaks against this one, and what to do; nothing where all is well."""
    from backupreader.domain.plan.telling import more, told

    found, zone = carried.kept, now.tzinfo
    if found is None or not isinstance(zone, ZoneInfo):
        return ""
    since = moments.instant(found.since, zone)
    sentence = _REFUSED if found.where == "export" else _NOT_NEWEST
    left_out = len(found.findings[_MOST:]) + found.more
    reasons = (*told(found.findings[:_MOST], language), *more(left_out, language))
    first, *rest = reasons or (found.reason,)
    moment = language.moment(since) if since else "–"
    said = language.text(sentence).format(reason=first, moment=moment)
    return "\n".join((said, *rest, language.text("Tell IT.")))


def near(plan: Plan, now: datetime, system: str = "") -> tuple[Occurrence, ...]:
    """The planned downtime that goes on, and what comes until tomorrow night; with a `system` only what is about it."""
    from backupreader.domain.plan import planned

    found = (*planned.going(plan, now), *planned.coming(plan, now, 1))
    return tuple(one for one in found if not system or not one.window.systems or system in one.window.systems)


def tomorrow(plan: Plan, now: datetime, language: Language) -> tuple[str, str] | None:
    """Of downtime that begins within a day: when and what, and what to do before; None where none does."""
    soon = [one for one in near(plan, now) if 0 < one.begins.timestamp() - now.timestamp() <= _A_DAY]
    if not soon:
        return None
    said = " ".join(one.window.say for one in soon if one.window.say)
    print_it = language.text("Print before it begins what is needed then.")
    return " ".join(downtime(one, plan, now, language) for one in soon), said or print_it


def downtime(occurrence: Occurrence, plan: Plan, now: datetime, language: Language) -> str:
    """A planned downtime that goes on or comes, and what is down then."""
    from backupreader.domain.plan import words

    window = occurrence.window
    systems = ", ".join(plan.system(system) for system in window.systems)
    label = f"{window.label} ({systems})" if systems else window.label
    sentence = language.text("Planned downtime now ({when}): {label}.")
    if not occurrence.holds(now):
        sentence = language.text("Planned downtime {when}: {label}.")
    return sentence.format(when=words.planned(occurrence, now, language), label=label)
