"""Which papers a word means, the ready words that are filled in, and what an entry of the log says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader import planfile
from backupreader.domain.acts import Act, Actor
from backupreader.domain.errors import NOT_FOUND
from backupreader.domain.outage.entrywords import CALLED, about, came_of
from backupreader.domain.outage.event import ENTRY_KINDS, Entry
from backupreader.domain.papers import ReportLine
from backupreader.domain.plan.filling import BLANK, filled
from backupreader.domain.plan.guidance import PLACEHOLDERS
from backupreader.domain.planpapers import BARE
from backupreader.domain.planpicks import ALL_CARDS, WORDS, picked
from backupreader.domain.review import readings
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language

ENGLISH = Language("en")
NOW = datetime(2026, 11, 30, 2, 10, tzinfo=UTC)
WHERE = {"pc": "PC", "site": "Sandby"}
PLAN = planfile.load(planfile.EXAMPLES / "magna-cura")


def entry(kind: str, what: str = "", **facts: object) -> Entry:
    return Entry(number=1, at=NOW, written=NOW, by="Bo", kind=kind, what=what, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("word", WORDS)
def test_every_word_means_papers_of_a_whole_plan_and_each_names_the_pc(word):
    name, values = picked(word, PLAN, **WHERE)
    assert name == ("action-card" if word == ALL_CARDS else word)
    assert values
    assert all((one.pc, one.site) == ("PC", "Sandby") for one in values)


def test_an_id_means_one_of_them_and_an_unknown_one_is_refused_with_those_that_there_are():
    card = PLAN.cards[1]
    _name, (value,) = picked("action-card", PLAN, id_=card.id, **WHERE)
    assert value.card == card  # type: ignore[union-attr]
    _name, every = picked(ALL_CARDS, PLAN, id_=card.id, **WHERE)
    assert len(every) == len(PLAN.cards) + sum(len(own.cards) for own in PLAN.supplements)
    with pytest.raises(ReaderError) as trouble:
        picked("action-card", PLAN, id_="nothing", **WHERE)
    assert trouble.value.kind is NOT_FOUND
    assert card.id in str(trouble.value.facts["known"])


def test_a_text_for_the_door_can_be_asked_for_by_its_id_but_is_not_among_all_texts():
    door = next(one for one in PLAN.templates if one.use == "door")
    _name, every = picked("plan-text", PLAN, **WHERE)
    assert door not in [one.template for one in every]  # type: ignore[union-attr]
    _name, (value,) = picked("plan-text", PLAN, id_=door.id, **WHERE)
    assert value.template == door  # type: ignore[union-attr]


@pytest.mark.parametrize(("word", "unit"), [("haiku", ""), ("plan-card", "Ingenting"), ("action-cards", "")])
def test_what_the_plan_does_not_have_is_refused(word, unit):
    with pytest.raises(ReaderError) as trouble:
        picked(word, BARE if word == "action-cards" else PLAN, unit=unit, **WHERE)
    assert trouble.value.kind is NOT_FOUND
    with pytest.raises(ReaderError):
        picked("plan-card", BARE, unit="Ingenting", **WHERE)


def test_for_a_unit_its_own_cards_stand_with_the_others():
    own = next(one for one in PLAN.supplements)
    _name, values = picked(ALL_CARDS, PLAN, unit=own.unit, **WHERE)
    assert {card.id for card in own.cards} <= {one.card.id for one in values}  # type: ignore[union-attr]


def test_a_place_without_anything_known_is_a_line_to_write_on():
    assert filled("Nr. {outage} siden {since}.", {"outage": "2026-003"}) == f"Nr. 2026-003 siden {BLANK}."
    assert filled("{nothing} {Outage} {} {{outage}}", {"outage": "1"}) == "{nothing} {Outage} {} {1}"


@given(st.text(), st.fixed_dictionaries({name: st.text() for name in PLACEHOLDERS}))
def test_what_is_filled_in_is_never_read_again_and_other_words_stay(text, known):
    said = filled("{number}" + text.replace("{", "(") + "{contact}", known)
    assert said == (known["number"] or BLANK) + text.replace("{", "(") + (known["contact"] or BLANK)


def test_an_entry_names_things_as_the_plan_does_and_by_their_ids_where_it_does_not():
    system, contact = PLAN.systems[0], PLAN.contacts[0]
    partner = PLAN.partners[0].partners[0]
    guide = PLAN.guides[0]
    outcome = guide.outcomes[0]
    for said, expected in (
        (entry("declared", f"{system.id} strange"), f"{system.label}, strange"),
        (entry("call", contact.id), contact.label),
        (entry("act", PLAN.acts[0].id), PLAN.acts[0].label),
        (entry("done", PLAN.duties[0].id), PLAN.duties[0].label),
        (entry("partner", partner.id), partner.label),
        (entry("guide", guide.id, detail=outcome.id), f"{guide.label}: {outcome.say}"),
        (entry("guide", guide.id), guide.label),
        (entry("guide", "strange", detail="end"), "strange · end"),
        (entry("reach", "national"), "national"),
        (entry("reach", "strange"), "strange"),
        (entry("withdrawn", "7"), "entry 7"),
        (entry("unit", "Team Nord"), "Team Nord"),
    ):
        assert about(said, PLAN, ENGLISH) == expected
    for kind in ("call", "act", "done", "partner"):
        assert about(entry(kind, "strange"), PLAN, ENGLISH) == "strange"


def test_every_kind_of_entry_has_words_and_what_came_of_it_is_told():
    assert set(CALLED) == set(ENTRY_KINDS)
    assert came_of(entry("call", detail="no-answer"), ENGLISH) == "no answer"
    assert came_of(entry("unit", detail="down"), ENGLISH) == "DOWN"
    assert came_of(entry("call", detail="strange"), ENGLISH) == came_of(entry("note"), ENGLISH) == ""


def test_who_read_is_told_from_the_first_act_to_the_last_with_each_citizen_counted_once():
    mette, bo = Actor(name="Mette"), Actor(name="Bo", via="event-code")
    terminal = Actor(name="root", via="terminal")

    def act(kind: str, minutes: int, actor: Actor = mette, **facts: object) -> Act:
        return Act(kind=kind, at=NOW + timedelta(minutes=minutes), actor=actor, **facts)  # type: ignore[arg-type]

    acts = (
        act("unlock", 5),
        act("view", 6, citizens=("c1", "c2")),
        act("view", 7, citizens=("c2",)),
        act("print", 8, citizens=("c1", "c2", "c3"), pages=9),
        act("printed", 9, pages=3),
        act("unlock", 2, actor=bo),
        act("unlock-refused", 1, actor=replace(bo, name="Nobody")),
        act("drill", 1, actor=terminal),
    )
    first, second = readings(ReportLine(number, one) for number, one in enumerate(acts))
    assert (first.actor, first.first, first.last, first.citizens, first.pages) == (
        bo, NOW + timedelta(minutes=2), NOW + timedelta(minutes=2), 0, 0,
    )  # fmt: skip
    assert (second.actor, second.citizens, second.pages) == (mette, 2, 3)
    assert second.last - second.first == timedelta(minutes=4)
