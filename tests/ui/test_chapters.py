"""What the chapters of the citizen's page say, decided without a window."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from backupreader.domain.journal import Journal, Presence, Section
from backupreader.domain.records import AccessCode, Alert, Citizen, Dose, Visit
from backupreader.domain.rounds import DrivingList
from backupreader.language import Language
from tests.ui import town
from ui import words
from ui.chapter import LEFT_OUT, Chapter, Show, View, completeness
from ui.chapters import CHAPTERS
from ui.look import State
from ui.rows import Kind, Row
from ui.telling.stops import round_row

ENGLISH = Language("en")
BY_NAME = {chapter.key: chapter for chapter in CHAPTERS}


def view(**more) -> View:
    return View(now=town.NOW, language=ENGLISH, **more)


def rows(name: str, journal: Journal, **more) -> tuple[Row, ...]:
    return BY_NAME[name].rows(journal, view(**more))


def text(found: tuple[Row, ...]) -> str:
    return "\n".join(row.spoken for row in found)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.key)
@pytest.mark.parametrize("number", range(1, 8))
def test_a_chapter_can_be_shown_for_every_citizen_with_everything_asked_for(
    chapter: Chapter, number: int, journal_of
) -> None:
    for shown in (frozenset(), frozenset(Show)):
        assert all(row.spoken for row in chapter.rows(journal_of(number), view(shown=shown, codes=())))


@pytest.mark.parametrize("chapter", [one for one in CHAPTERS if one.topic], ids=lambda chapter: chapter.key)
def test_the_two_kinds_of_empty_are_told_in_its_own_words_and_look_different(chapter: Chapter, journal_of) -> None:
    missing = chapter.rows(journal_of(1, bare=True), view())[0]
    nothing = chapter.rows(journal_of(6), view())[0]
    assert (missing.kind, missing.title) == (Kind.MISSING, chapter.topic.missing)
    assert (nothing.kind, nothing.title) == (Kind.NOTHING, chapter.topic.nothing)
    assert chapter.topic.missing != chapter.topic.nothing
    assert "none" not in chapter.topic.missing.lower()


@pytest.mark.parametrize("chapter", [one for one in CHAPTERS if one.topic], ids=lambda chapter: chapter.key)
def test_what_the_municipality_leaves_out_is_told_so_and_never_called_not_delivered(
    chapter: Chapter, journal_of
) -> None:
    journal = journal_of(1, bare=True)
    sections = {field.name: getattr(journal, field.name) for field in fields(journal)}
    left_out = {
        name: replace(section, presence=Presence.LEFT_OUT)
        for name, section in sections.items()
        if isinstance(section, Section)
    }
    row = chapter.rows(replace(journal, **left_out), view())[0]
    assert (row.kind, row.title) == (Kind.MISSING, LEFT_OUT)


def test_none_known_is_a_third_kind_of_empty_and_says_when_it_was_stated(journal_of) -> None:
    stated = journal_of(2)
    assert stated.alerts.presence is Presence.NONE_KNOWN
    assert rows("warnings", stated)[0].kind is Kind.NONE_KNOWN
    assert "12 Nov 2026" in rows("warnings", stated)[0].title
    assert words.cave(stated, ENGLISH)[0].state is State.GOOD


def test_the_cave_line_has_four_wordings_for_four_things(journal_of) -> None:
    lines = [
        words.cave(journal, ENGLISH)[0].word
        for journal in (journal_of(1), journal_of(2), journal_of(4), journal_of(1, bare=True))
    ]
    assert lines == [
        "CAVE: penicillin",
        "CAVE: none known (stated 12 Nov 2026): Ingen kendte",
        "CAVE: nothing recorded",
        "CAVE: not delivered, nothing is known",
    ]


def test_a_stated_none_beside_an_allergy_is_a_contradiction_that_is_told(journal_of) -> None:
    journal = journal_of(1)
    stated = Alert(id="x", citizen="nexus:1", kind="no-known-allergy", text="ingen", origin=town.WHERE)
    both = replace(journal, alerts=replace(journal.alerts, items=(*journal.alerts.items, stated)))
    marks = words.cave(both, ENGLISH)
    assert marks[0].word == "CAVE: penicillin"
    assert "none known" in marks[1].word


def test_a_refuted_allergy_is_shown_but_not_as_current(journal_of) -> None:
    journal = journal_of(1)
    refuted = tuple(replace(alert, status="refuted") for alert in journal.alerts.items)
    journal = replace(journal, alerts=replace(journal.alerts, items=refuted))
    assert [mark.word for mark in words.cave(journal, ENGLISH)] == ["CAVE: nothing recorded"]
    assert all(row.struck for row in rows("warnings", journal))


def test_medicine_stands_in_groups_and_what_has_stopped_is_behind_a_row_that_counts_it(journal_of) -> None:
    found = rows("medicine", journal_of(1))
    heads = [row.title for row in found if row.kind is Kind.HEADING]
    assert heads == [
        "Due",
        "Fixed medicine",
        "When needed (PN)",
        "Paused",
        "Status not known: ask before giving",
        "Given in the last day",
        "Stopped, ended or in error",
    ]
    assert found[-1].target is Show.ENDED
    assert "Furix" not in text(found)
    assert "Furix" in text(rows("medicine", journal_of(1), shown=frozenset({Show.ENDED})))


def with_order(journal: Journal, *doses: dict[str, object], **facts: object) -> Journal:
    first = journal.orders.items[0]
    medication = replace(first.medication, **{"drug": "Oxapax", "status": "active", **facts})
    made = tuple(
        Dose(id=f"x{place}", medication=medication.id, citizen="nexus:1", origin=town.WHERE, **dose)
        for place, dose in enumerate(doses)
    )
    return replace(journal, orders=replace(journal.orders, items=(replace(first, medication=medication, doses=made),)))


def test_an_order_with_a_fixed_dose_beside_one_for_need_is_fixed_and_says_which_is_which(journal_of) -> None:
    fixed = {"time": "08:00", "quantity": "1", "every_days": 1}
    needed = {"quantity": "2", "prn": True}
    journal = with_order(journal_of(1), fixed, needed, kind="mixed")
    heads = [row.title for row in rows("medicine", journal) if row.kind is Kind.HEADING]
    assert "Fixed medicine" in heads
    assert "When needed (PN)" not in heads
    assert "08:00 1 · 2 when needed" in text(rows("medicine", journal))
    assert "2 when needed" in text(rows("overview", journal))
    assert "08:00" not in [row.lead for row in rows("medicine", with_order(journal_of(1), fixed, kind="prn"))]


def test_a_dose_and_an_order_that_begin_later_say_so(journal_of) -> None:
    now, later = ({"time": "08:00", "quantity": much, "every_days": 1} for much in "12")
    journal = with_order(journal_of(1), {**now, "end": "2026-11-30"}, {**later, "start": "2026-12-01"})
    assert "08:00 2 from 1 Dec 2026" in text(rows("medicine", journal))
    assert "NOT BEGUN" not in text(rows("medicine", journal))
    assert "NOT BEGUN" in text(rows("medicine", with_order(journal_of(1), now, start="2026-12-01")))


def test_a_dose_whose_days_are_not_said_is_not_told_as_one_of_every_day(journal_of) -> None:
    journal = with_order(journal_of(1), {"time": "08:00", "quantity": "1"})
    assert "08:00 1 ? On which days is not said." in text(rows("medicine", journal))


def test_the_age_of_one_who_has_died_is_of_the_day_of_death() -> None:
    citizen = Citizen(id="x", name="X", birth_date="1938-03-14", deceased_at="2020-01-01", origin=town.WHERE)
    assert words.born(citizen, town.NOW.date(), ENGLISH) == "14 Mar 1938 (81)"


def test_a_dosage_text_is_shown_as_written_and_an_unknown_status_with_the_source_s_word(journal_of) -> None:
    bombombom = next(row for row in rows("medicine", journal_of(1)) if row.title == "Bombombom" and row.aside == "FMK")
    assert "As written: Bombombom" in bombombom.details
    assert bombombom.marks[0].state is State.LATE
    assert "ukendt" in bombombom.marks[0].word.lower()


def test_what_was_due_after_the_data_was_taken_is_marked_and_never_called_missed(journal_of) -> None:
    due = [row for row in rows("medicine", journal_of(1)) if row.lead == "08:00" and "42 min ago" in row.lead_under]
    assert [row.title for row in due] == ["Marevan 2,5 mg tablet", "Pinex 500 mg tablet"]
    assert all("DUE AFTER THE DATA WAS TAKEN" in row.marks[0].word for row in due)


def test_the_overview_begins_with_what_is_not_known(journal_of) -> None:
    found = rows("overview", journal_of(1))
    assert found[0].kind is Kind.BLIND
    assert "05:10" in found[0].title
    assert "3 h 32 min" in found[0].title
    words = [row.lead for row in found if row.lead]
    assert words == [
        "Not known", "CAVE", "Limits", "Medicine", "PN", "Visits 2/5", "To do 2/3", "Notes 2/3", "Relatives 2/3",
        "Getting in", "Where", "Not now", "Conditions", "General", "Risks", "How old",
    ]  # fmt: skip


def test_the_overview_shows_no_ended_medicine_and_counts_what_it_leaves_out(journal_of) -> None:
    journal = journal_of(1)
    ended = tuple(
        replace(order, medication=replace(order.medication, end="2023-01-01"))
        for order in journal.orders.items
        if order.medication.kind == "prn"
    )
    journal = replace(journal, orders=replace(journal.orders, items=ended, total=len(ended)))
    assert "Oxynorm" not in text(rows("overview", journal))
    cruel = rows("overview", journal_of(3))
    assert "38 more that may be due" in text(cruel)
    assert sum("MAY BE DUE" in row.spoken for row in cruel) == 2


def test_the_overview_says_of_every_section_from_whom_and_how_old_it_is(journal_of) -> None:
    old = [row.title for row in rows("overview", journal_of(1))][-2:]
    assert old == [
        "Taken from FMK today 05:10 · 3 h 32 min old: Medicine",
        "Taken from nexus today 05:30 · 3 h 12 min old: Visits, What to do, Journal, Relatives, Getting in, Warnings",
    ]


def test_what_did_not_come_whole_is_called_incomplete(journal_of) -> None:
    assert [mark.word for mark in completeness(journal_of(1).orders, ENGLISH)] == [
        "INCOMPLETE: some of it did not come"
    ]
    assert not completeness(journal_of(1).notes, ENGLISH)


def test_no_code_is_shown_before_it_is_asked_for(journal_of) -> None:
    code = AccessCode(id="k", citizen="nexus:1", access="nexus:k1", code="4711", origin=town.WHERE)
    before = rows("entry", journal_of(1))
    assert "4711" not in text(before)
    assert before[-1].target is Show.CODES
    assert "4711" in text(rows("entry", journal_of(1), codes=(code,)))
    assert rows("entry", journal_of(1), codes=())[-1].kind is Kind.NOTHING


def test_notes_are_newest_first_and_older_ones_are_counted(journal_of) -> None:
    few = rows("notes", journal_of(1, notes=1))
    assert few[0].aside == "yesterday 21:42"
    assert few[1].title == "Show 2 older notes"
    assert few[1].target is Show.OLDER


def test_the_first_to_ring_comes_first_with_the_number_and_the_night(journal_of) -> None:
    first, second, *_ = rows("relatives", journal_of(1))
    assert "Lis Møller" in first.title
    assert "20 11 22 33" in first.title
    assert first.marks[0].word == "MAY BE RUNG AT NIGHT"
    assert second.marks[0].word == "NOT AT NIGHT"


def test_a_protected_address_is_not_written_anywhere(journal_of) -> None:
    citizen = journal_of(5).citizen
    assert words.home(citizen, ENGLISH) == "protected address"


def test_a_visit_to_one_of_whom_no_warnings_were_delivered_says_so_on_the_driving_list(journal_of) -> None:
    citizen = journal_of(1).citizen
    visit = Visit(id="v", start="2026-11-22T08:00", zone="Europe/Copenhagen", citizen=citizen.id, origin=town.WHERE)
    for delivered, alerts, marks in (
        (False, (), ["NO CARER", "CAVE: not delivered, nothing is known"]),
        (True, (), ["NO CARER"]),
        (
            True,
            (replace(journal_of(1).alerts.items[0], status="unknown"),),
            ["NO CARER", "CAVE: penicillin (status not known)"],
        ),
    ):
        listed = DrivingList(
            route="Nord",
            day=town.NOW.date(),
            visits=(visit,),
            citizens={citizen.id: citizen},
            alerts={citizen.id: alerts} if delivered else {},
            alerts_delivered=delivered,
            access={},
            access_delivered=True,
            deliveries=(),
        )
        assert [mark.word for mark in round_row(visit, listed, view()).marks] == marks
