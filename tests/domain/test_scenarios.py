"""Every scenario with every plan: each question has one right answer among its choices, and it is what the plan says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backupreader import planfile
from backupreader.domain.outage import fold
from backupreader.domain.outage.clocks import clocks
from backupreader.domain.outage.event import Entry
from backupreader.domain.plan import calling, walk
from backupreader.domain.plan.about import About
from backupreader.domain.plan.contacts import Calendar, Calling, Contact, Hours, Role, System
from backupreader.domain.plan.duties import Act, Duty
from backupreader.domain.plan.guidance import Guide, Outcome, Question, Room
from backupreader.domain.plan.plan import Plan
from backupreader.domain.scenarios.held import SCENARIOS, Exercise, Scenario, exercise, missing
from backupreader.domain.scenarios.scenario import Ask, Do, Far, StepId, told
from backupreader.domain.scenarios.score import NAMES, Held, result
from backupreader.domain.shifts import Hours as ShiftHours
from backupreader.language import CODES, Language

ENGLISH = Language("en")
ZONE = ZoneInfo("Europe/Copenhagen")
TODAY = date(2026, 12, 1)
DAY = Hours((1, 2, 3, 4, 5), 480, 930)
EXAMPLES = [folder for folder in sorted(planfile.EXAMPLES.iterdir()) if folder.is_dir()]
BY_ID = {scenario.id: scenario for scenario in SCENARIOS}

SMALL = Plan(
    about=About(title="Small", owner="The head"),
    calendar=Calendar(country="DK"),
    roles=(Role(id="nurse", label="The nurse"), Role(id="head", label="The head"), Role(id="it", label="IT")),
    systems=(
        System(id="journal", label="The journal", instead=("Read on the backup PC.",)),
        System(id="laase", label="The locks", instead=("Fetch the key.",)),
        System(id="alarm", label="The alarms", instead=("Go and look.",)),
    ),
    contacts=(
        Contact(id="office", label="The office", number="11 11", hours=(DAY,), holidays="closed", not_for=("a password",)),
        Contact(id="guard", label="The guard", number="22 22", call_for=("all that is down",)),
        Contact(id="region", label="The region", number="33 33", may_call=("head",)),
    ),
    callings=(Calling(order=("office", "guard")),),
    acts=(Act(id="fetched", label="Keys are fetched"),),
    duties=(
        Duty(id="tell", label="Tell the region", when="after", minutes=120, role="head", contact="region"),
        Duty(id="keys", label="Take the metal keys", when="since", act="fetched", minutes=480, systems=("laase",)),
        Duty(id="hand", label="Hand over the case", when="shift"),
        Duty(id="up", label="Tell the region that it is up", when="end", role="head"),
        Duty(id="list", label="Begin a list", when="start", role="nurse"),
    ),
    guides=(
        Guide(
            id="g",
            label="It does not work",
            questions=(
                Question(id="a", ask="Does it work for others?", yes="me", no="b"),
                Question(id="b", ask="And in the next house?", yes="us", no="all"),
            ),
            outcomes=(
                Outcome(id="me", reach="local", say="Only you."),
                Outcome(id="us", reach="local", say="Only this house."),
                Outcome(id="all", reach="global", say="Everybody."),
            ),
        ),
    ),
    room=Room(where="The cellar", key="The nurse has it."),
)  # fmt: skip


def plans() -> Iterator[tuple[str, Plan]]:
    yield "small", SMALL
    for folder in EXAMPLES:
        yield folder.name, planfile.load(folder)


def held_ones() -> list[tuple[str, Plan, Scenario]]:
    return [
        (f"{name}-{scenario.id}", plan, scenario)
        for name, plan in plans()
        for scenario in SCENARIOS
        if missing(scenario, plan) is None
    ]


HELD = held_ones()


@pytest.fixture(params=HELD, ids=[name for name, _plan, _scenario in HELD])
def made(request) -> tuple[Plan, Exercise]:
    _name, plan, scenario = request.param
    return plan, exercise(scenario, plan, TODAY, ZONE)


def asks(one: Exercise) -> list[Ask]:
    return [step for step in one.steps if isinstance(step, Ask)]


def the(one: Exercise, id_: StepId) -> Ask | None:
    return next((step for step in asks(one) if step.id == id_), None)


def right(ask: Ask, one: Exercise) -> str:
    return told(ask.choices[ask.right], one.at, ENGLISH)


def system_of(plan: Plan, one: Exercise) -> str:
    said = told(one.situation, one.at, ENGLISH)
    return next((system.id for system in plan.systems if system.label in said), "")


def test_there_are_five_scenarios_and_the_examples_were_found() -> None:
    assert [scenario.id for scenario in SCENARIOS] == ["night", "weekend", "locks", "alarm", "new-staff"]
    assert len(EXAMPLES) == 5
    assert {"locks", "alarm"} <= {scenario.id for _name, _plan, scenario in HELD}
    assert all(one.scenario.clock == one.at.time() for _n, plan, s in HELD for one in [exercise(s, plan, TODAY, ZONE)])


def test_every_question_has_two_to_four_different_choices_and_enough_are_left(made) -> None:
    _plan, one = made
    assert len(asks(one)) >= 4, "a scenario that a plan hardly answers is none"
    for language in map(Language, CODES):
        for ask in asks(one):
            choices = [told(choice, one.at, language).casefold() for choice in ask.choices]
            assert 2 <= len(choices) <= 4
            assert len(set(choices)) == len(choices), (ask.id, choices)
            for words in (ask.ask, ask.help, ask.why):
                assert told(words, one.at, language).strip()
            assert "{" not in told(ask.ask, one.at, language)
    left = {one.id for one in one.left_out}
    assert left.isdisjoint(ask.id for ask in asks(one)), "a step is asked or left out"
    assert all(told(step.why, one.at, ENGLISH).endswith(".") for step in one.left_out)


def test_whom_to_call_is_what_the_plan_says_at_that_moment(made) -> None:
    plan, one = made
    answer = calling.now(plan, one.at, system=system_of(plan, one))
    ask = the(one, "call")
    assert ask is not None
    wrong = [choice for number, choice in enumerate(ask.choices) if number != ask.right]
    if answer.contact is None:
        assert answer.calling is not None
        assert ask.choices[ask.right] == answer.calling.nobody
    else:
        assert ask.choices[ask.right] == answer.contact
    assert not [one for one in wrong if one in {answer.contact, *answer.after}], "whoever answers too is not wrong"
    if (after := the(one, "next")) is not None:
        assert after.choices[after.right] == answer.after[0]
    if (until := the(one, "until")) is not None:
        assert until.choices[until.right] == answer.until
        for number, choice in enumerate(until.choices):
            assert isinstance(choice, datetime)
            assert choice.timestamp() > one.at.timestamp(), "no choice lies in the past"
            assert (choice.timestamp() == until.choices[until.right].timestamp()) == (number == until.right)


def test_the_guide_walked_with_these_answers_ends_there(made) -> None:
    plan, one = made
    for id_ in ("guide", "reach"):
        ask = the(one, id_)
        if ask is None:
            continue
        said = told(ask.ask, one.at, ENGLISH)
        guide = next(guide for guide in plan.guides if f"“{guide.label}”" in said)
        step: Question | Outcome = walk.begin(guide)
        while isinstance(step, Question):
            assert (f"{step.ask} Yes." in said) != (f"{step.ask} No." in said)
            step = walk.answered(guide, step.id, f"{step.ask} Yes." in said)
        assert right(ask, one) in {step.say, told(Far(step.reach), one.at, ENGLISH)}
        wrong = [told(choice, one.at, ENGLISH) for number, choice in enumerate(ask.choices) if number != ask.right]
        assert step.say not in wrong
        assert told(Far(step.reach), one.at, ENGLISH) not in wrong


def test_until_when_keys_work_is_what_the_outage_s_own_clock_says(made) -> None:
    plan, one = made
    ask = the(one, "keys")
    if ask is None:
        return
    fetched = one.at - timedelta(minutes=100)
    (act,) = [act for act in plan.acts if act.label in told(ask.ask, one.at, ENGLISH)]
    log = (
        Entry(number=1, at=fetched, written=fetched, by="A", kind="declared", what=system_of(plan, one), who="A"),
        Entry(number=2, at=fetched, written=fetched, by="A", kind="act", what=act.id),
    )
    event = fold.event("2026-001", fetched, "A", log)
    due = [clock.due for clock in clocks(plan, event, one.at, ShiftHours()) if clock.due is not None]
    moment = ask.choices[ask.right]
    assert isinstance(moment, datetime)
    assert moment.timestamp() in {one.timestamp() for one in due}


def test_roles_duties_and_cards_are_the_plan_s_own(made) -> None:
    plan, one = made
    system = system_of(plan, one)
    for ask in asks(one):
        said, chosen = told(ask.ask, one.at, ENGLISH), right(ask, one)
        wrong = [told(choice, one.at, ENGLISH) for number, choice in enumerate(ask.choices) if number != ask.right]
        if ask.id == "may-call":
            contact = next(one for one in plan.contacts if said == f"Who may call {one.label}?")
            allowed = {plan.role(role) for role in contact.may_call}
            assert chosen in allowed
            assert allowed.isdisjoint(wrong)
        elif ask.id == "who":
            duty = next(duty for duty in plan.duties if said == f"Who does this: {duty.label}?")
            assert chosen == plan.role(duty.role)
        elif ask.id in {"shift", "end"}:
            named = {duty.label: duty.when for duty in plan.duties}
            assert named[chosen] == ask.id
            assert ask.id not in {named[other] for other in wrong}
        elif ask.id == "card":
            cards = {card.label: card.systems for card in plan.cards}
            assert system in cards[chosen]
            assert not [other for other in wrong if system in cards[other] or not cards[other]]
        elif ask.id == "not-for":
            contact = next(one for one in plan.contacts if said == f"For what is {one.label} not called?")
            assert chosen in contact.not_for
            assert not set(wrong) & set(contact.not_for)
        elif ask.id == "instead":
            own = next(one.instead for one in plan.systems if one.id == system)
            assert chosen in own
            assert not set(wrong) & set(own)


def test_by_when_something_is_due_counts_from_the_outage() -> None:
    one = exercise(BY_ID["night"], SMALL, TODAY, ZONE)
    ask = the(one, "when")
    assert ask is not None
    assert (
        told(ask.ask, one.at, ENGLISH) == "Everything went down at 01:20. By when must this be done: Tell the region?"
    )
    assert right(ask, one) == "03:20"


def test_a_plan_that_says_nothing_of_locks_or_alarms_holds_no_such_scenario_and_says_so() -> None:
    bare = replace(SMALL, systems=SMALL.systems[:1])
    said = {scenario.id: missing(scenario, bare) for scenario in SCENARIOS}
    assert [name for name, why in said.items() if why is not None] == ["locks", "alarm"]
    assert (
        told(said["locks"] or "", datetime(2026, 1, 1, tzinfo=ZONE), ENGLISH)
        == "The plan says nothing of electronic locks."
    )
    nobody = replace(SMALL, callings=())
    assert all(missing(scenario, nobody) is not None for scenario in SCENARIOS)


def test_what_a_plan_cannot_answer_is_left_out_and_said() -> None:
    bare = replace(SMALL, guides=(), duties=(), acts=(), room=None)
    one = exercise(BY_ID["locks"], bare, TODAY, ZONE)
    assert {step.id for step in one.left_out} == {"guide", "keys", "shift"}
    assert {step.id for step in one.steps} == {"call", "instead", "may-call", "entry"}


def test_where_nobody_answers_on_purpose_what_the_plan_says_then_is_the_answer() -> None:
    nobody = replace(SMALL, callings=(Calling(order=("office",), nobody="Wait until the morning."),))
    one = exercise(BY_ID["night"], nobody, TODAY, ZONE)
    call, until = the(one, "call"), the(one, "until")
    assert call is not None
    assert until is not None
    assert right(call, one) == "Wait until the morning."
    assert told(until.ask, one.at, ENGLISH) == "From when does somebody answer again?"
    assert right(until, one) == "08:00"


def test_no_scenario_plays_on_a_public_holiday() -> None:
    christmas = date(2026, 12, 21)
    for name in ("new-staff", "locks"):  # Friday is Christmas Day; Thursday is closed by the plan
        one = exercise(BY_ID[name], replace(SMALL, calendar=Calendar(country="DK", also=((12, 24),))), christmas, ZONE)
        assert one.at.date() > date(2026, 12, 25)
        assert one.at.isoweekday() == BY_ID[name].weekday


def test_it_is_the_same_each_time_and_the_right_one_does_not_always_stand_first() -> None:
    twice = [exercise(scenario, SMALL, TODAY, ZONE) for _ in range(2) for scenario in SCENARIOS]
    assert twice[: len(SCENARIOS)] == twice[len(SCENARIOS) :]
    places = {ask.right for one in twice for ask in asks(one)}
    assert len(places) >= 3


def test_what_is_to_be_done_names_what_the_window_tells() -> None:
    steps = [step for scenario in SCENARIOS for step in scenario.todo]
    assert {step.done for step in steps} == {"page", "chapter medicine", "chapter entry", "bundle"}
    assert all(isinstance(step, Do) for step in steps)


def held(**outcomes) -> Held:
    at = datetime(2026, 12, 1, 14, 0, tzinfo=ZONE)
    return Held(scenario="night", at=at, by="Anna", minutes=14, plan="ab", outcomes=outcomes)


def test_the_score_is_told_in_words_and_blames_nobody() -> None:
    said = result(held(call="right", until="helped", shift="missed"), ENGLISH)
    assert said == (
        "1 of 3 right at once. 1 after a look at the plan. Worth another look: the change of shift. "
        "It took 14 of 20 minutes."
    )
    slow = result(replace(held(call="right"), minutes=31), ENGLISH)
    assert slow == "1 of 1 right at once. It took 31 minutes."
    for language in map(Language, CODES):
        everything = result(held(**dict.fromkeys(NAMES, "missed")), language).casefold()
        assert not [word for word in ("fail", "wrong", "bad", "fejl", "fel ", "feil") if word in everything]


def test_a_step_of_another_version_is_told_by_its_own_word() -> None:
    assert "Worth another look: moonwalk." in result(held(moonwalk="missed"), ENGLISH)


def test_every_step_has_a_name_for_the_record() -> None:
    steps = {step.id for _n, plan, s in HELD for step in exercise(s, plan, TODAY, ZONE).steps}
    assert steps <= set(NAMES)
