"""Walking a guide from its first question to how far the fault goes, and whom to call for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.plan.about import About
from backupreader.domain.plan.calling import Answer
from backupreader.domain.plan.contacts import Calendar, Calling, Contact
from backupreader.domain.plan.guidance import Guide, Outcome, Question
from backupreader.domain.plan.plan import Plan
from backupreader.domain.plan.walk import answered, begin, whom

AT = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
ONLY_ME = Outcome(id="only-me", reach="local", say="Brug en kollegas pc.", contact="superuser")
NOT_US = Outcome(id="not-us", reach="national", say="Vent.")
EVERYONE = Outcome(id="everyone", reach="global", say="Ring.")
PASSWORD = Outcome(id="password", reach="none", say="Skift adgangskoden.")
GUIDE = Guide(
    id="journal",
    label="Journalen virker ikke",
    systems=("journal", "mail"),
    questions=(
        Question(id="words", ask="Husker du adgangskoden?", yes="colleague", no="password"),
        Question(id="colleague", ask="Virker den hos en kollega?", yes="only-me", no="other"),
        Question(id="other", ask="Virker den i en anden kommune?", yes="everyone", no="not-us"),
    ),
    outcomes=(ONLY_ME, EVERYONE, NOT_US, PASSWORD),
)
PLAN = Plan(
    about=About(title="", owner=""),
    calendar=Calendar(country="DK"),
    contacts=tuple(Contact(id=id_, label=id_) for id_ in ("superuser", "supplier", "state", "boss", "rest")),
    callings=(
        Calling(order=("boss",), roles=("boss",), systems=("journal",)),
        Calling(order=("state",), reaches=("national",)),
        Calling(order=("supplier",), systems=("journal",)),
        Calling(order=("rest",)),
    ),
    guides=(GUIDE,),
)


@pytest.mark.parametrize(
    ("answers", "end"),
    [((False,), PASSWORD), ((True, True), ONLY_ME), ((True, False, True), EVERYONE), ((True, False, False), NOT_US)],
)
def test_yes_and_no_lead_from_the_first_question_to_an_end(answers: tuple[bool, ...], end: Outcome):
    step: Question | Outcome = begin(GUIDE)
    for yes in answers:
        assert isinstance(step, Question)
        step = answered(GUIDE, step.id, yes)
    assert step == end


def test_an_end_that_names_a_contact_has_that_one():
    assert whom(PLAN, GUIDE, ONLY_ME, AT) == PLAN.contacts[0]


@pytest.mark.parametrize(
    ("end", "role", "who"), [(EVERYONE, "", "supplier"), (NOT_US, "", "state"), (NOT_US, "boss", "boss")]
)
def test_an_end_without_one_has_who_answers_now_for_its_system_this_reach_and_who_calls(
    end: Outcome, role: str, who: str
):
    answer = whom(PLAN, GUIDE, end, AT, role)
    assert isinstance(answer, Answer)
    assert answer.contact is not None
    assert answer.contact.id == who


def test_a_guide_about_no_system_has_who_answers_for_all():
    answer = whom(PLAN, replace(GUIDE, systems=()), EVERYONE, AT)
    assert isinstance(answer, Answer)
    assert answer.contact is not None
    assert answer.contact.id == "rest"


def test_what_is_no_outage_has_nobody_to_be_called_but_the_one_it_names():
    assert whom(PLAN, GUIDE, PASSWORD, AT) is None
    assert whom(PLAN, GUIDE, replace(PASSWORD, contact="superuser"), AT) == PLAN.contacts[0]


@pytest.mark.parametrize("question", ["gone", "only-me"])
def test_what_is_no_question_of_the_guide_cannot_be_answered(question: str):
    with pytest.raises(LookupError):
        answered(GUIDE, question, yes=True)
