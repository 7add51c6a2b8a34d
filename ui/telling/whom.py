"""Whom to call, as the window says it: who, the number, what to press and say, why this one, and who is next.

The plan's own words are shown as they are. What is said about an answer in sentences is the domain's (``plan.words``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from backupreader.domain.plan.contacts import Calling
from backupreader.language import N_, Language
from ui.clock import at
from ui.look import State
from ui.rows import Mark

if TYPE_CHECKING:
    from backupreader.domain.plan.calling import Answer
    from backupreader.domain.plan.contacts import Contact
    from backupreader.domain.plan.plan import Plan

CALL_NOW: Final = N_("CALL NOW")
NOBODY: Final = N_("NOBODY IS TO BE CALLED NOW")


@dataclass(frozen=True, slots=True)
class Next:
    """Who else there is: who, and the number or address."""

    name: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """One answer in words. `mail` is told where there is no `number`; both may be empty.

    `until` says until when it holds and who is then; `facts` are what to press, to say and to give, each with its word;
    `after` is who is called where nobody answers; `instead` is what can be used meanwhile.
    """

    state: State
    head: str
    name: str
    number: str = ""
    mail: str = ""
    until: str = ""
    marks: tuple[Mark, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    call_for: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    after: tuple[Next, ...] = ()
    instead: tuple[str, ...] = ()

    @property
    def spoken(self) -> str:
        """Who, the number and until when, for a screen reader."""
        return ". ".join(word for word in (self.head, self.name, self.number, self.mail, self.until) if word)


def of_now(plan: Plan, contact: Contact, now: datetime, language: Language, rest: Answer | None = None) -> Whom:
    """One contact at this hour: until when it answers; that it is closed, and who answers in its place (`rest`)."""
    from backupreader.domain.plan import calling, words

    told = of(plan, contact, language)
    answer = calling.now(replace(plan, callings=(Calling(order=(contact.id,)),)), now)
    if answer.contact is not None:
        return replace(told, until=words.until(answer, language), why=words.why(answer, language))
    others = () if rest is None or rest.contact is None else (rest.contact, *rest.after)
    return replace(
        told,
        state=State.LATE,
        marks=(Mark(language.text("CLOSED NOW"), State.LATE),),
        until=words.until(answer, language),
        why=words.why(answer, language),
        after=tuple(Next(one.label, reached_by(one)) for one in others if one.id != contact.id),
    )


def reached_by(contact: Contact) -> str:
    """The number; the address to write to where there is none; empty where there is neither."""
    return contact.number or contact.mail


def answered(plan: Plan, answer: Answer, language: Language, system: str = "") -> Whom:
    """Who answers now; or that nobody is to be called, and what to do."""
    from backupreader.domain.plan import words

    _ = language.text
    why, marks = words.why(answer, language), list[Mark]()
    if answer.holiday:
        marks.append(Mark(_("Public holiday: {name}").format(name=answer.holiday), State.QUIET))
    if answer.doubtful:
        marks.append(Mark(_("Doubtful: the plan does not say who answers on a public holiday"), State.LATE))
    instead = next((one.instead for one in plan.systems if one.id == system), ())
    after = tuple(Next(one.label, reached_by(one)) for one in answer.after)
    if answer.contact is None:
        nobody = answer.calling.nobody if answer.calling is not None else ""
        return Whom(
            state=State.LATE,
            head=_(NOBODY),
            name=nobody or _("The plan names nobody for this hour."),
            until="\n".join(part for part in (again(answer, language), words.until(answer, language)) if part),
            marks=tuple(marks),
            why=why,
            after=after,
            instead=instead,
        )
    told = of(plan, answer.contact, language)
    return Whom(
        state=State.INFO,
        head=_(CALL_NOW) if answer.contact.number else _("WRITE NOW"),
        name=told.name,
        number=told.number,
        mail=told.mail,
        until=words.until(answer, language),
        marks=tuple(marks),
        facts=told.facts,
        call_for=told.call_for,
        not_for=told.not_for,
        why=why,
        after=after,
        instead=instead,
    )


def of(plan: Plan, contact: Contact, language: Language) -> Whom:
    """One contact, whatever the hour."""
    _ = language.text
    facts = [
        (_("Press"), " → ".join(contact.tree)),
        (_("Say"), "\n".join(contact.say)),
        (_("Give this number"), contact.give),
        (_("Who may call"), ", ".join(plan.role(role) for role in contact.may_call) or _("anyone")),
        (_("Or write to"), contact.mail if contact.number else ""),
        (_("Note"), contact.note),
    ]
    return Whom(
        state=State.INFO,
        head=_("CALL") if contact.number else _("WRITE"),
        name=contact.label,
        number=contact.number,
        mail="" if contact.number else contact.mail,
        facts=tuple((word, text) for word, text in facts if text),
        call_for=contact.call_for,
        not_for=contact.not_for,
    )


def again(answer: Answer, language: Language) -> str:
    """When to try again, where the plan says after how long."""
    if answer.calling is None or not answer.calling.again:
        return ""
    moment = later(answer.at, answer.calling.again)
    return language.text("Try again {moment}.").format(moment=at(moment, answer.at, language))


def later(moment: datetime, minutes: int) -> datetime:
    """So many minutes later, also over a night on which the clocks change."""
    return datetime.fromtimestamp(moment.timestamp() + timedelta(minutes=minutes).total_seconds(), moment.tzinfo)


def in_one_line(answer: Answer, language: Language) -> str:
    """``IT-vagt 99 31 72 07, until 15:30, then Vagtcentralen``, for what stands under a choice."""
    from backupreader.domain.plan import words

    who = language.text("nobody is to be called now")
    if answer.contact is not None:
        who = " ".join(part for part in (answer.contact.label, reached_by(answer.contact)) if part)
    return ", ".join(part for part in (who, words.until(answer, language)) if part)
