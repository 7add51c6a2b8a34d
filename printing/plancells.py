"""What the papers of the plan say in the same way: who owns a document, whom to call and how, and at which hours.

All that a plan says is shown as it is written there. Only what stands between its words is in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final

from backupreader.domain.plan import week, words
from backupreader.domain.plan.contacts import DAY_ENDS, Contact
from backupreader.domain.plan.week import Alike, Behind, Special, Stretch, Which
from printing import wording
from printing.grid import Cell, Grid, Group, header, plain, widths
from printing.text import Spans, Style

if TYPE_CHECKING:
    from backupreader.domain.plan.about import About
    from backupreader.domain.plan.plan import Plan
    from backupreader.domain.plan.week import Holidays
    from backupreader.language import Language
    from printing.paper import Desk

NUMBER: Final = Style(size=16, leading=20, bold=True)
_DAYS: Final = Style(size=12, leading=15, bold=True)
_HOURS: Final = Style(size=12, leading=15)
_SEPARATOR: Final = " · "
_MONDAY: Final = date(2024, 1, 1)
_FEW: Final = 2  # lines of hours that are read at once
_ALL_WEEK: Final = tuple(range(1, 8))


def governed(about: About, desk: Desk) -> Spans:
    """What a document says of itself, a line each; what is wrong with its dates is bold."""
    _, day = desk.language.text, desk.language.day
    who = wording.joined(
        (
            _("Owner: {name}").format(name=about.owner) if about.owner else None,
            _("version {version}").format(version=about.version) if about.version else None,
            _("edited by {name}").format(name=about.editor) if about.editor else None,
        )
    )
    today = desk.now.date()
    doubtful = about.revise_by is None or about.is_overdue(today)
    revision = words.revision(about, today, desk.language)
    when = wording.joined(
        (
            _("approved {day}").format(day=day(about.approved)) if about.approved else None,
            _("updated {day}").format(day=day(about.updated)) if about.updated else None,
            None if doubtful else revision,
        )
    )
    return (
        *((text, False) for text in (who, when) if text),
        *(((revision, True),) if doubtful else ()),
        *(((_("EXAMPLE: nobody has approved this."), True),) if about.example else ()),
    )


def number(contact: Contact | None, style: Style = NUMBER) -> Cell:
    """The number, large; where there is none, the mail address."""
    if contact is None:
        return Cell()
    return Cell((((contact.number, True),),), style) if contact.number else plain(contact.mail)


def how(contact: Contact, plan: Plan, desk: Desk, *, hours: bool = True) -> tuple[Spans, ...]:
    """How a contact is called, a paragraph each: digits, what to say, the own number to give, for what and not."""
    _, language = desk.language.text, desk.language
    may = ", ".join(plan.role(one) for one in contact.may_call)
    first = (
        _("Press: {digits}").format(digits=" → ".join(contact.tree)) if contact.tree else None,
        _("Give this number: {number}").format(number=contact.give) if contact.give else None,
    )
    said = (
        (wording.joined(first), True),
        (_("Say: {text}").format(text=_SEPARATOR.join(contact.say)) if contact.say else "", False),
        (_("Call for: {what}").format(what=_SEPARATOR.join(contact.call_for)) if contact.call_for else "", False),
        (_("Do NOT call for: {what}").format(what=_SEPARATOR.join(contact.not_for)) if contact.not_for else "", True),
        (_("Only these may call: {roles}").format(roles=may) if may else "", True),
        (contact.note, False),
        (_("Mail: {mail}").format(mail=contact.mail) if contact.mail and contact.number else "", False),
    )
    open_ = (*words.hours(contact, language), words.holidays(contact, language)) if hours else ()
    return (*(((text, False),) for text in open_ if text), *(((text, bold),) for text, bold in said if text))


def contact_rows(contacts: Iterable[Contact], plan: Plan, desk: Desk) -> list[Group]:
    """A row for each contact of which there is more to know than the number: who, and how it is called."""
    told = [(one, how(one, plan, desk, hours=False)) for one in contacts]
    return [Group(((_who(one, plan), Cell(paragraphs)),)) for one, paragraphs in told if paragraphs]


def week_grid(found: Sequence[Alike], desk: Desk, wide: float, more: Sequence[Group] = ()) -> Grid:
    """The week day by day: hours, whom to call, and the number; `more` rows follow."""
    _ = desk.language.text
    groups = [
        Group(answer_rows(one.stretches, desk), (Cell((((days(one.days, desk.language), True),),), _DAYS),))
        for one in found
    ]
    top = header(_("Days"), _("Hours"), _("Whom to call"), _("Number"))
    return Grid(widths(wide, 14, 21, 39, 26), [*groups, *more], top, above=6)


def holiday_groups(found: Sequence[Holidays], desk: Desk) -> list[Group]:
    """The public holidays ahead, as rows of the same grid; which days they are is said by `holiday_words`."""
    return [
        Group(answer_rows(one.stretches, desk), (Cell((((_holiday(number, found, desk), True),),), _DAYS),))
        for number, one in enumerate(found, start=1)
    ]


def holiday_words(found: Sequence[Holidays], desk: Desk) -> Iterator[Spans]:
    """Which days of the coming year these are, by their names."""
    language = desk.language
    for number, one in enumerate(found, start=1):
        named = ", ".join(f"{language.day(day, weekday=True, year=False)} {name}" for day, name in one.days)
        last = language.text("until {day}").format(day=language.day(desk.now.date() + week.AHEAD))
        yield ((f"{_holiday(number, found, desk)} {last}: ", True), (named, False))


def answer_rows(stretches: Sequence[Stretch], desk: Desk) -> tuple[tuple[Cell, ...], ...]:
    """One row for each who answers on a day: the hours, who, and the number; who also has the night comes last."""
    alike: dict[tuple[object, ...], list[Stretch]] = {}
    for one in stretches:
        alike.setdefault((one.contact, one.after, one.nobody, one.doubtful), []).append(one)
    return tuple(
        (
            plain(*(clock(one.begins, one.ends, desk) for one in _turned(some)), style=_HOURS),
            whom(some[0], desk),
            number(some[0].contact),
        )
        for some in sorted(alike.values(), key=_first)
    )


def whom(stretch: Stretch, desk: Desk) -> Cell:
    """Who answers, and who does where she does not; that nobody does, and what to do then."""
    _ = desk.language.text
    if stretch.contact is None:
        return Cell((((_("Nobody answers."), True),), *(((text, False),) for text in (stretch.nobody,) if text)))
    told: list[Spans] = [((stretch.contact.label, True),)]
    if stretch.doubtful:
        told.append(((_("? The plan does not say what holds on public holidays."), True),))
    return Cell((*told, *(_else(one, desk) for one in stretch.after)))


def by_contact(usual: Sequence[Alike], desk: Desk) -> list[tuple[Stretch, tuple[str, ...]]]:
    """Each who answers in a week, once, with all her hours in words; who also has the night comes last.

    The week is shared out among them, so the last one has all hours that the others do not have.
    """
    found: dict[tuple[object, ...], list[tuple[Stretch, tuple[int, ...]]]] = {}
    for alike in usual:
        for one in alike.stretches:
            found.setdefault((one.contact, one.after, one.nobody), []).append((one, alike.days))
    told = sorted(found.values(), key=lambda some: min(one.begins or DAY_ENDS for one, _ in some))
    all_ = [(some[0][0], tuple(_weekly(some, desk))) for some in told]
    if len(all_) == 1:
        all_ = [(all_[0][0], (desk.language.text("at all hours"),))]
    elif len(all_[-1][1]) > _FEW:
        all_[-1] = (all_[-1][0], (desk.language.text("at all other hours"),))
    return [(one, (*hours, *_on_holidays(one.contact, desk))) for one, hours in all_]


def _on_holidays(contact: Contact | None, desk: Desk) -> tuple[str, ...]:
    """What holds on public holidays, where that is another thing."""
    said = "" if contact is None else words.holidays(contact, desk.language)
    return (said,) if said else ()


def special_grid(found: Sequence[Special], plan: Plan, desk: Desk, wide: float) -> Grid:
    """Where other people are called than usually: for what, at which hours, whom, and the number."""
    _ = desk.language.text
    groups = [
        Group(
            tuple((plain(*hours), whom(one, desk), number(one.contact)) for one, hours in by_contact(some.week, desk)),
            (Cell(tuple(((case(which, plan, desk), True),) for which in some.cases)),),
        )
        for some in found
    ]
    top = header(_("For what, or for whom"), _("Hours"), _("Whom to call"), _("Number"))
    return Grid(widths(wide, 22, 21, 31, 26), groups, top, above=4)


def case(which: Which, plan: Plan, desk: Desk) -> str:
    """For which system, reach and caller, in words."""
    reach, system, role = which.get("reach"), which.get("system", ""), which.get("role", "")
    return wording.joined(
        (
            plan.system(system) if system else None,
            words.reach(reach, desk.language) if reach is not None else None,
            desk.language.text("called by: {role}").format(role=plan.role(role)) if role else None,
        )
    )


def clock(begins: int, ends: int, desk: Desk) -> str:
    """From one minute of the day until another."""
    if begins == 0 and ends == DAY_ENDS:
        return desk.language.text("all day and night")
    return f"{_clock(begins)}–{_clock(ends)}"


def days(found: Sequence[int], language: Language) -> str:
    """Days of the week: ``Mon–Wed, Fri``."""
    if tuple(found) == _ALL_WEEK:
        return language.text("Every day")
    runs = [[day for _, day in run] for _, run in groupby(enumerate(found), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(_run(run, language) for run in runs)


def _who(contact: Contact, plan: Plan) -> Cell:
    named: Spans = ((f"{contact.label}  ", True), (_whole(contact), True))
    role = plan.role(contact.role) if contact.role else ""
    return Cell((named, *(((text, False),) for text in (role,) if text)))


def _else(behind: Behind, desk: Desk) -> Spans:
    """Who is called where nobody answers, with the hours where they are not the same."""
    said = desk.language.text("No answer: {name}").format(name=behind.contact.label)
    hours = ", ".join(clock(begins, ends, desk) for begins, ends in behind.hours)
    return ((f"{said} ", False), (_whole(behind.contact), True), (f" {hours}" if hours else "", False))


def _whole(contact: Contact) -> str:
    """The number, on one line where it fits; where there is none, the mail address."""
    return contact.number.replace(" ", "\u00a0") or contact.mail


def _holiday(number: int, found: Sequence[Holidays], desk: Desk) -> str:
    """What these holidays are called in the grid; with a number where not all are alike."""
    said = desk.language.text("Public holidays")
    return said if len(found) == 1 else f"{said} {number}"


def _weekly(some: list[tuple[Stretch, tuple[int, ...]]], desk: Desk) -> Iterator[str]:
    """``Mon–Thu 08:00–15:00``: the days of each stretch of hours, put together; the night after the evening."""
    together: dict[tuple[int, int], set[int]] = {}
    for one, found in some:
        together.setdefault((one.begins, one.ends), set()).update(found)
    for begins, ends in sorted(together, key=lambda hours: hours[0] or DAY_ENDS):
        yield f"{days(sorted(together[begins, ends]), desk.language)} {clock(begins, ends, desk)}"


def _run(run: list[int], language: Language) -> str:
    ends = [_weekday(day, language) for day in (run[0], run[-1])]
    if len(run) == 1:
        return ends[0]
    return "–".join(ends) if len(run) > 2 else ", ".join(ends)  # noqa: PLR2004 (two days are not a range)


def _weekday(day: int, language: Language) -> str:
    return wording.weekday(_MONDAY.replace(day=day), language)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _turned(stretches: list[Stretch]) -> list[Stretch]:
    """The evening before the night that follows it."""
    first, *more = stretches
    return [*more, first] if more and first.begins == 0 else stretches


def _first(stretches: list[Stretch]) -> int:
    return _turned(stretches)[0].begins
