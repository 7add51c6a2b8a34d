"""Documents about many citizens at once: the roster, the life-critical list, the overview, the planner's, the changes."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest

from backupreader.domain.changes import Changes, How, Reason, Uncompared
from backupreader.domain.dosage import Standing
from backupreader.domain.lifecritical import Match
from backupreader.domain.overview import Column, Page
from backupreader.domain.records import Access, Unit, Visit
from backupreader.domain.shiftlists import Kind, Pick
from backupreader.domain.shifts import shift_of
from backupreader.domain.tonight import of_route, of_unit
from printing.document import Sheet, Subject
from printing.documents import DOCUMENTS, document
from printing.render import render
from tests.printing import area
from tests.printing.cruel import hyphened

AREA = ("roster", "life-critical", "area-overview", "change-list")
LONG = "Ænglekäthrinë-" * 14 + "Öst"  # 199 letters


def squeezed(text: str) -> str:
    return " ".join(hyphened(text).split())


@pytest.fixture
def text_of(printed, pages_of, sheet_of):
    """The text of all pages of a document, in English."""

    def text(name: str, subject: Subject, **facts: object) -> str:
        return squeezed(" ".join(pages_of(printed(name, subject, sheet_of("en", **facts)))))

    return text


def between(text: str, first: str, last: str) -> str:
    return text[text.index(first) : text.index(last, text.index(first))]


# --- the roster ---


def test_the_roster_counts_where_everybody_is_and_puts_those_who_are_gone_apart(text_of):
    text = text_of("roster", Subject(tonight=area.tonight()))
    assert "7 citizens: at home 5 · in hospital 1 · on leave 0 · in respite care 0 · whereabouts unknown 1" in text
    assert text.index("At home (5)") < text.index("In hospital (1)") < text.index("Whereabouts unknown (1)")
    assert "in hospital since 20 Nov 2026" in between(text, "In hospital (1)", "Whereabouts unknown (1)")
    assert "whereabouts unknown (AFV-7)" in text
    gone = text[text.index("No longer ours: moved away, no longer served, or dead (1)") :]
    assert "Borger 6 Sørensen" in gone
    assert text.count("Borger 6 Sørensen") == 1
    assert text.count("Time, initials:") == 7, "a box to say that she was seen, for each who is ours"


def test_the_roster_tells_of_each_what_the_night_needs(text_of):
    text = text_of("roster", Subject(tonight=area.tonight()))
    first = between(text, "Borger 1 Sørensen", "Borger 4 Sørensen")
    for said in (
        "14 Mar 1931 (95 years) · 740338-1001",
        "NAMESAKE: one more citizen has this name. Check the birthday.",
        "Skovvej 1, st. th, Sandby",
        "tel. 70 10 20 30",
        "Nord dag 09:00, 18:15, Mon 07:30",
        "CAVE: Penicillin (udslæt)",
        "+ 2 more CAVE",
        "Infection",
        "LIFE-CRITICAL: Insulin, Oxygen",
        "CAVE: not delivered",
        "room 12",
    ):
        assert said in first, said
    assert "07:00, 09:00" not in first, "a visit that has begun is not the next one"
    assert "CAVE: none known" in between(text, "Borger 2 Sørensen", "Borger 5 Sørensen")
    assert "protected address: not on this list" in between(text, "Borger 4 Sørensen", "Borger 7 Sørensen")
    assert "CAVE: nothing recorded" in between(text, "Borger 7 Sørensen", "Borger 8 Sørensen")


def test_in_the_car_the_roster_hides_numbers_health_and_protected_addresses(text_of):
    people = area.tonight().people
    shown = replace(people[3].citizen, address="Hemmelig 3", city="Sandby")
    tonight = area.tonight(people=(*people[:3], replace(people[3], citizen=shown), *people[4:]))
    text = text_of("roster", Subject(tonight=tonight), car=True)
    for detail in ("1001", "Penicillin", "Infection", "LIFE-CRITICAL", "Insulin", "Risk of falling", "Hemmelig"):
        assert detail not in text, detail
    assert "740338-••••" in text
    assert text.count("! Ask the office") == 2
    assert "protected address: ask the office" in text


def test_a_unit_or_a_route_says_how_many_are_not_on_its_list(text_of):
    unit = Unit(id="u1", name="Team Nord", origin=area.HERE)
    narrowed = of_unit(area.tonight(), unit, 10)
    text = text_of("roster", Subject(tonight=narrowed))
    assert text.index("Team Nord") < text.index("7 citizens")
    assert "2 more citizens of this unit are NOT ON THIS LIST: they are not of your own units." in text
    narrowed = of_route(area.tonight(), "Nord dag", 3)
    text = text_of("roster", Subject(tonight=narrowed))
    assert "2 citizens: at home 2" in text
    assert "1 more citizen of this route is NOT ON THIS LIST" in text


def test_a_namesake_who_is_not_on_the_narrowed_list_is_told_too(text_of):
    people = area.tonight().people
    tonight = area.tonight(people=(people[0], replace(people[2], routes=())))
    assert "NAMESAKE" in text_of("roster", Subject(tonight=of_route(tonight, "Nord dag", 1)))


def test_what_did_not_come_is_said_over_the_roster_and_never_looks_like_nobody(text_of):
    lacking = frozenset({"citizen", "visit", "alert"})
    empty = area.tonight(people=(), lacking=lacking, left_out=frozenset({"visit"}), deliveries=())
    text = text_of("roster", Subject(tonight=empty))
    assert "Citizens: NOT DELIVERED by any source. Nothing is known." in text
    assert "Visits: Not in this copy by the municipality's decision." in text
    assert "Nobody" not in text
    assert "No source has said when its data was taken." in text
    some = area.tonight(lacking=frozenset({"visit"}), incomplete=frozenset({"alert"}))
    text = text_of("roster", Subject(tonight=some))
    assert "visits not delivered" in text
    assert "none in the data" not in text
    assert "Warnings (CAVE): some of it did not come. This list may not be complete." in text
    assert "Nobody of your own is on this list." in text_of("roster", Subject(tonight=area.tonight(people=())))


# --- life-critical ---


def test_beside_each_rule_stands_the_record_that_met_it_and_whose_rules_they_are(text_of):
    text = text_of("life-critical", Subject(tonight=area.tonight()))
    assert (
        "rules of Sundhed og Omsorg, Sandby · version 3 · approved 10 Jan 2026 · to be revised by 30 Jun 2026" in text
    )
    assert "These rules should have been revised by 30 Jun 2026: ask Sundhed og Omsorg, Sandby." in text
    assert "Insulin NovoRapid 100 E/ml, in force Oxygen KOL, condition, “ilt 2 l/min”" in text
    assert "1 rule is met by private-marked medicine, not shown" in between(text, "Borger 4 Sørensen", "no longer ours")
    assert "1 citizen who is no longer ours meets a rule too" in text
    assert "Borger 7 Sørensen" not in text
    assert "2 citizens: at home 2" in text


def test_private_medicine_is_kept_back_from_the_list_until_a_reason_is_stated(text_of):
    people = area.tonight().people
    hits = ((area.hit("insulin", "Hemmelin", private=True), Standing.CURRENT),)
    tonight = area.tonight(people=(replace(people[0], matches=(Match(rule="insulin", hits=hits),)),))
    assert "Hemmelin" in text_of("life-critical", Subject(tonight=tonight))
    text = text_of("life-critical", Subject(tonight=tonight), reveal_private=False)
    assert "Hemmelin" not in text
    assert "Insulin" not in text, "nor the rule, which would tell"
    assert "Borger 1 Sørensen" in text
    assert "1 rule is met by private-marked medicine, not shown" in text


def test_without_a_reason_no_protected_address_stands_on_the_lists(text_of):
    people = area.tonight().people
    shown = replace(people[3].citizen, address="Hemmelig 3", phone="99 99 99 99")
    tonight = area.tonight(people=(replace(people[3], citizen=shown),))
    for name in ("roster", "life-critical"):
        assert "Hemmelig 3" in text_of(name, Subject(tonight=tonight)), name
        text = text_of(name, Subject(tonight=tonight), reveal_protected=False)
        assert "Hemmelig" not in text, name
        assert "99 99" not in text, name
        assert "address not delivered" not in text, name


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"lacking": frozenset({"medication"})}, "Medicine: not delivered by any source. These rules could not ask it: Insulin."),
        ({"incomplete": frozenset({"condition"})}, "some of it did not come. These rules may not have found everyone: Oxygen."),
        (
            {"lacking": frozenset({"condition"}), "left_out": frozenset({"condition"})},
            "Conditions and diagnoses: Not in this copy by the municipality's decision.",
        ),
    ],
)  # fmt: skip
def test_an_empty_list_is_not_nobody_where_something_could_not_be_asked(text_of, facts, said):
    people = tuple(replace(person, matches=()) for person in area.tonight().people)
    text = text_of("life-critical", Subject(tonight=area.tonight(people=people, **facts)))
    assert said in text
    assert "The rules named nobody here, but not everything could be asked: somebody may be life-critical." in text
    assert "None of these citizens" not in text
    calm = text_of("life-critical", Subject(tonight=area.tonight(people=people)))
    assert "None of these citizens meets one of the rules." in calm
    assert "somebody may be life-critical" not in calm


def test_without_rules_nobody_was_looked_for_and_an_example_is_no_rule(text_of):
    text = text_of("life-critical", Subject(tonight=area.tonight(rulebook=None, people=())))
    assert "No life-critical rules came with this data. Nobody was looked for." in text
    assert "None of these citizens" not in text
    example = replace(area.BOOK, example=True, revise_by="")
    text = text_of("life-critical", Subject(tonight=area.tonight(rulebook=example)))
    assert "Example rules, not approved by anyone. Do not rely on this list alone." in text


# --- the overview ---


def test_visits_without_a_carer_stand_first_and_every_mark_is_a_word(text_of):
    text = text_of("area-overview", Subject(overview=area.overview()))
    assert "! Without a carer (2)" in text
    assert text.index("! Without a carer (2)") < text.index("Medarbejder 01")
    for mark in ("! ON TIME", "and Bo C.", "CANCELLED indlagt", "AWAY", "No citizen", "! 2 without a carer"):
        assert mark in text, mark
    assert "3 visits of other units are not shown here." in text
    assert "8 carers" in text


def test_every_visit_of_the_page_stands_on_it_once(text_of):
    page = area.overview(carers=8, visits=120)
    text = text_of("area-overview", Subject(overview=page))
    for number in range(120):
        assert text.count(f"Borger {number} Sørensen") == 1, number


def test_on_paper_as_large_as_a3_the_same_overview_needs_fewer_pages(printed, pages_of, sheet_of):
    subject = Subject(overview=area.overview(visits=160))
    small, large = (printed("area-overview", subject, sheet_of("en", paper=size)) for size in ("a4", "a3"))
    assert len(pages_of(large)) < len(pages_of(small))
    sizes = []
    for content in (small, large):
        with pypdfium2.PdfDocument(content) as pdf:
            sizes.append({tuple(round(side) for side in pdf[number].get_size()) for number in range(len(pdf))})
    assert sizes == [{(842, 595)}, {(1191, 842)}]
    assert "Page 1 of" in pages_of(large)[0]


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if not document(name).large])
def test_other_documents_stay_on_a4_whatever_is_asked_for(name, made, printed, sheet_of):
    with pypdfium2.PdfDocument(printed(name, area.subject(name, made), sheet_of("en", paper="a3"))) as pdf:
        assert {tuple(sorted(round(side) for side in pdf[n].get_size())) for n in range(len(pdf))} == {(595, 842)}


def test_the_empty_back_of_an_a3_sheet_is_a3_too(sheet_of):
    from backupreader.domain.sheets import Numbers

    out = io.BytesIO()
    page = area.overview(carers=1, visits=2)
    numbers = Numbers("K7Q", 1)
    made = render(
        document("area-overview"), [Subject(overview=page)], sheet_of("en", paper="a3", numbers=numbers, sides=2), out
    )
    with pypdfium2.PdfDocument(out.getvalue()) as pdf:
        assert {tuple(round(side) for side in pdf[n].get_size()) for n in range(len(pdf))} == {(1191, 842)}
        assert len(pdf) == made.pages == 2


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"deliveries": (), "columns": (Column("", ()),)}, "Visits: NOT DELIVERED by any source. Nothing is known."),
        (
            {"deliveries": (), "columns": (Column("", ()),), "left_out": True},
            "Visits: Not in this copy by the municipality's decision.",
        ),
        ({"columns": (Column("", ()),)}, "No visit is here in this shift."),
        (
            {"deliveries": (area.delivery("visit", complete=False),)},
            "This list is not complete: the source says that rows are missing.",
        ),
    ],
)
def test_an_overview_without_visits_says_why(text_of, facts, said):
    assert said in text_of("area-overview", Subject(overview=area.overview(**facts)))


def test_in_the_car_the_overview_has_no_tasks_and_no_reason(text_of):
    page = area.overview()
    assert "Insulin" in text_of("area-overview", Subject(overview=page))
    text = text_of("area-overview", Subject(overview=page), car=True)
    assert "Insulin" not in text
    assert "indlagt" not in text


def test_namesakes_of_the_overview_have_their_birthdays_and_the_protected_a_word(text_of):
    one, other = area.citizen(1, "Ida Holm"), area.citizen(2, "IDA HOLM")
    hidden = area.citizen(3, protected_name=True)
    visits = tuple(area.placed(number, number * 60, whom=whom) for number, whom in enumerate((one, other, hidden)))
    text = text_of("area-overview", Subject(overview=area.overview(columns=(Column("Ali B.", visits),))))
    assert "Ida Holm 14 Mar 1931 (95 years)" in text
    assert "IDA HOLM 14 Mar 1932 (94 years)" in text
    assert "14 Mar 1933" not in text
    assert text.count("PROTECTED IDENTITY") == 1


# --- the planner's sheet ---


def test_each_visit_that_goes_is_one_slot_and_those_without_a_carer_come_first(made, text_of):
    text = text_of("planner-sheet", Subject(driving_list=made.rounds))
    assert text.count("Carer now:") == 24
    assert text.index("Without a carer (1)") < text.index("Borger 9 Sørensen") < text.index("By the clock (23)")
    assert "Borger 11 Sørensen" not in text
    assert "1 visit is cancelled." in text
    assert text.count("! ON TIME") == 4
    assert text.count("! 2 carers needed") == 5
    assert text.count("BACKUP, data of 22 Nov 2026 04:00") == 24, "a slot that is torn off says how old it is"


def test_the_workload_is_counted_by_carer_and_nothing_is_guessed(made, text_of):
    visits = (
        replace(made.rounds.visits[0], minutes=None, end=None),
        replace(made.rounds.visits[1], minutes=75),
        replace(made.rounds.visits[2], minutes=None, end=None, staff=None),
    )
    text = text_of("planner-sheet", Subject(driving_list=replace(made.rounds, visits=visits)))
    assert "! NO CARER 1 1 0 h 0 min 1 0 0" in text
    assert "All together 3 3 1 h 15 min 2 1 1" in text
    assert text.count("length not said") == 2


def test_no_slot_is_cut_by_the_end_of_a_page(made, printed, pages_of, sheet_of):
    for page in pages_of(printed("planner-sheet", Subject(driving_list=made.rounds), sheet_of("en"))):
        assert (
            page.count("Carer now:")
            == page.count("BACKUP, data of")
            == page.count("Aftenpleje") + page.count("Natbesøg")
        )


# --- the change list ---


def test_changes_stand_in_their_order_with_how_each_was_and_is(text_of):
    text = text_of("change-list", Subject(changes=area.changes()))
    assert "Compared with the former data, taken 21 Nov 2026 17:30" in text
    order = (
        "Medicine stopped, or not sent any more (2)",
        "New medicine (2)",
        "Changed medicine (1)",
        "Medicine that did not come now: ask before it is left out (1)",
        "New citizens (1)",
        "Citizens who are not served any more, or did not come (1)",
        "Visits moved (1)",
        "Counted, and not shown",
        "What could not be compared",
    )
    assert sorted(order, key=text.index) == list(order)
    for said in (
        "NOT SENT ANY MORE since the data of 21 Nov 2026 17:30 Kaleorid",
        "PERHAPS NEW since the data of 21 Nov 2026 17:30 Movicol",
        "DID NOT COME NOW: known from 21 Nov 2026 17:30 Eliquis",
        "Dosage as written: was “1 tablet”, now “1½ tablet kl. 8”",
        "Dosage: was 1 tablet · 08:00, now 1.5 tablet · 08:00",
        "MOVED some time after the data of 21 Nov 2026 16:00",
        "Beginning: was 22 Nov 2026 09:00, now 22 Nov 2026 11:30",
        "Warnings (CAVE) from FMK: not in this data. What has changed or stopped cannot be told.",
        "4 changes of other units' citizens are not shown",
        "1 change of private-marked medicine is not shown",
        "12 more changes are only marked on their own rows: Visits",
    ):
        assert said in text, said


def test_nothing_to_compare_with_and_nothing_changed_are_two_things(text_of):
    text = text_of("change-list", Subject(changes=Changes()))
    assert "There is no former data on this PC to compare with. What has changed is not known." in text
    assert "Nothing has changed" not in text
    same = Changes(former="1-41", taken_at=area.FORMER)
    assert "Nothing has changed in what could be compared" in text_of("change-list", Subject(changes=same))


def test_private_medicine_and_protected_addresses_are_counted_and_not_told(text_of):
    secret = area.order(9, "Hemmelin", private=True)
    lives = area.citizen(5, protected_address=True, address="Hemmelig 3")
    items = (
        area.changed(How.NEW, None, secret),
        area.changed(How.CHANGED, lives, replace(lives, address="Hemmelig 4"), fields=("address",)),
    )
    changes = Changes(former="1-41", taken_at=area.FORMER, items=items)
    assert "Hemmelin" in text_of("change-list", Subject(changes=changes))
    text = text_of("change-list", Subject(changes=changes), reveal_private=False, reveal_protected=False)
    assert "Hemmeli" not in text
    assert "1 change of private-marked medicine is not shown" in text
    assert "Of 1 citizen with a protected address it is not shown where she lives." in text


def test_a_long_value_is_told_whole_on_paper(text_of):
    before = area.order(1, "Marevan", dosage_text="kort")
    after = replace(before, dosage_text=" ".join(f"ord{number}" for number in range(4_000)))
    changes = area.changes(items=(area.changed(How.CHANGED, before, after, fields=("dosage_text",)),))
    text = text_of("change-list", Subject(changes=changes))
    assert all(f"ord{number}" in text for number in range(0, 4_000, 97))
    assert "ord3999”" in text


# --- the driving list ---


def test_the_car_is_told_the_kind_of_lock_and_alarm_and_no_number_or_place(made, text_of):
    alarm = Access(id="x", citizen="c1", kind="alarm", system="PSTN", location="stuen", origin=area.HERE)
    rounds = replace(made.rounds, access={**made.rounds.access, "c1": (alarm,)})
    office, car = (text_of("driving-list", Subject(driving_list=rounds), car=car) for car in (False, True))
    assert "Alarm: PSTN, stuen" in office
    assert "Key box: Bekey, N-2, ved døren" in office
    assert "Alarm: PSTN" in car
    assert "Key box: Bekey" in car
    for detail in ("N-2", "stuen", "ved døren", "Morfin", "kateter", "1234"):
        assert detail not in car, detail


def test_a_course_of_care_has_no_minutes_and_what_reaches_over_the_shift_is_said(made, text_of):
    shift = shift_of(made.rounds.day, "evening", area.ZONE)
    first = made.rounds.visits[0]
    visits = (
        replace(first, id="a", law="ÆL § 10", title="Pleje- og omsorgsforløb", minutes=None),
        replace(first, id="b", start="2026-11-22T22:30", end="2026-11-22T23:30"),
        replace(first, id="c", start="2026-11-22T18:00", end="2026-11-22T17:00"),
    )
    rounds = replace(made.rounds, visits=visits, shift=shift, pick=Pick(Kind.ROUTE, "Nord aften"))
    text = text_of("driving-list", Subject(driving_list=rounds))
    assert "course of care, no minutes" in text
    assert "goes on in the next shift" in text
    assert "? ends before it begins" in text


def test_citizens_who_are_away_stand_in_a_list_of_their_own(made, text_of):
    citizens = {**made.rounds.citizens, "c2": replace(made.rounds.citizens["c2"], status="hospital")}
    text = text_of("driving-list", Subject(driving_list=replace(made.rounds, citizens=citizens)))
    assert "She is away: ask before you drive (1) 15:30 Borger 2 Sørensen" in text


def test_what_is_new_since_the_former_data_is_marked_and_what_went_is_listed(made, text_of):
    first = made.rounds.visits[0]
    gone = replace(first, id="w", start="2026-11-22T16:07", title="Sårpleje")
    elsewhere = replace(gone, id="q", route="Syd", title="Andetsteds")
    changes = Changes(
        former="1-41",
        taken_at=area.FORMER,
        items=(
            area.changed(How.MISSED, gone, None, name="Ida Holm", citizen="c77"),
            area.changed(How.GONE, elsewhere, None, name="Bo Holm", citizen="c78"),
        ),
        marks={("visit", first.id): How.MAYBE_NEW, ("visit", "w"): How.MISSED},
        uncompared=(Uncompared("visit", "Ruteplan", Reason.PART_NOW),),
    )
    text = text_of("driving-list", Subject(driving_list=made.rounds, changes=changes))
    assert "PERHAPS NEW since the data of 21 Nov 2026 17:30" in text
    assert "1 visit is new or otherwise than in the former data: it is marked." in text
    assert "Not on this list any more (1) 16:07 DID NOT COME NOW: known from 21 Nov 2026 17:30 · Ida Holm" in text
    assert "Andetsteds" not in text
    assert "Visits from Ruteplan: some of it did not come now." in text
    plain = text_of("driving-list", Subject(driving_list=made.rounds, changes=Changes()))
    assert "There is no former data on this PC to compare with." in plain


def test_a_list_of_visits_that_nobody_delivered_does_not_say_that_none_are_planned(made, text_of):
    rounds = replace(made.rounds, visits=(), deliveries=())
    for name in ("driving-list", "planner-sheet"):
        text = text_of(name, Subject(driving_list=rounds))
        assert "Visits: NOT DELIVERED by any source. Nothing is known." in text, name
        assert "No visits are planned" not in text, name


# --- what is for the office only, and what tries to break them ---


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if document(name).office])
def test_what_is_full_of_health_has_no_version_for_the_car(name, made, text_of):
    text = text_of(name, area.subject(name, made), car=True)
    assert "This document is full of health details and has no version for the car." in text
    for detail in ("1001", "1234", "NovoRapid", "kateter", "Marevan", "Kaleorid"):
        assert detail not in text, detail


def cruel_people(number: int):
    one = area.citizen(number, f"{LONG} {number} محمد <b>&amp;")
    text = "Stof <img src='/etc/passwd'> " + "x" * 400
    hits = ((area.hit("oxygen", "ilt " * 300, table="condition", matched=text), Standing.UNSURE),)
    return area.ours(
        one,
        unit=LONG,
        routes=(LONG, "B"),
        visits=tuple(f"2026-11-22T{clock:02}:00" for clock in range(9, 23)),
        allergies=(area.allergy(one, text), area.allergy(one, "\x07 \u202e 🙂")),
        alerts=frozenset({"allergy", "fall", "diet"}),
        matches=(Match(rule="oxygen", hits=hits),),
    )


@pytest.mark.parametrize("name", ["roster", "life-critical"])
def test_names_of_two_hundred_letters_and_markup_are_whole_on_the_lists(name, printed, pages_of, sheet_of):
    tonight = area.tonight(people=tuple(cruel_people(number) for number in range(30)))
    pages = pages_of(printed(name, Subject(tonight=tonight), sheet_of("en")))
    text = "".join(hyphened("".join(pages)).split())
    for number in range(30):
        assert f"{LONG}{number}".replace(" ", "") in text, number
    assert "<imgsrc='/etc/passwd'>" in text
    assert all("BACKUP" in page and f"of {len(pages)}" in page for page in pages)


def cruel_page(number: int) -> Page:
    """One of five pages of 900 visits by 40 carers, all of whom have long names."""
    page = area.overview(carers=40, visits=180, number=number)
    columns = tuple(
        replace(column, carer=f"{LONG} {number}.{place}") if column.carer else column
        for place, column in enumerate(page.columns)
    )
    return replace(page, columns=columns)


def test_forty_carers_and_nine_hundred_visits_become_pages_of_eight_columns(printed, pages_of, sheet_of):
    subjects = [Subject(overview=cruel_page(number)) for number in range(5)]
    pages = pages_of(printed("area-overview", subjects, sheet_of("en")))
    text = squeezed(" ".join(pages))
    for number in range(5):
        assert f"part {number + 1} of 5: carers {number * 8 + 1} to {number * 8 + 8}" in text
        for place in range(1, 9):
            assert f"[{place}]{LONG}{number}.{place}" in text.replace(" ", ""), "whole above the table"
    for number in range(0, 180, 7):
        assert text.count(f"Borger {number} Sørensen") == 5


def test_nine_hundred_visits_on_one_route_are_listed_and_become_slots(made, printed, pages_of, sheet_of):
    citizens = {
        f"c{n}": replace(made.rounds.citizens["c0"], id=f"c{n}", name=f"Borger {n} Sørensen") for n in range(900)
    }
    start = area.NOW.replace(hour=0, minute=0)
    visits = tuple(
        Visit(
            id=f"v{n}",
            start=(start + timedelta(minutes=n)).strftime("%Y-%m-%dT%H:%M"),
            zone="Europe/Copenhagen",
            origin=area.HERE,
            citizen=f"c{n}",
            route="Nord aften",
            minutes=5,
            staff=f"Medarbejder {n % 40}" if n % 9 else None,
            title=f"Besøg nr. {n}.",
        )
        for n in range(900)
    )
    rounds = replace(made.rounds, visits=visits, citizens=citizens)
    for name in ("driving-list", "planner-sheet"):
        text = squeezed(" ".join(pages_of(printed(name, Subject(driving_list=rounds), sheet_of("en")))))
        for number in range(0, 900, 13):
            assert f"Besøg nr. {number}." in text, (name, number)


@pytest.mark.parametrize("name", AREA)
@pytest.mark.parametrize("code", ["da", "sv", "nb", "en"])
def test_nothing_at_all_makes_one_honest_page_in_each_language(code, name, printed, pages_of, sheet_of):
    sheet: Sheet = sheet_of(code)
    nothing = Subject(
        tonight=area.tonight(people=(), rulebook=None, deliveries=()),
        overview=area.overview(carers=0, visits=0, columns=(Column("", ()),), deliveries=(), others=0),
        changes=Changes(),
    )
    (page,) = pages_of(printed(name, nothing, sheet))
    assert sheet.language.text("BACKUP – READ ONLY") in squeezed(page)
    assert sheet.language.text("No source has said when its data was taken.") in squeezed(page)


def endless(name: str, made, long: str) -> Subject:
    """A document's subject with one text that has no end."""
    person = area.tonight().people[0]
    match name:
        case "roster":
            allergic = replace(person, allergies=(area.allergy(person.citizen, long),))
            return Subject(tonight=area.tonight(people=(allergic,)))
        case "life-critical":
            hits = ((area.hit("insulin", long, status="active"), Standing.CURRENT),)
            return Subject(tonight=area.tonight(people=(replace(person, matches=(Match(rule="insulin", hits=hits),)),)))
        case "area-overview":
            return Subject(overview=area.overview(columns=(Column("", (area.placed(1, 0, staff=None, title=long),)),)))
        case "change-list":
            before = area.order(1, "Furix")
            change = area.changed(How.CHANGED, before, replace(before, remark=long), fields=("remark",))
            return Subject(changes=area.changes(items=(change,)))
        case _:
            first, *others = made.rounds.visits[:3]
            return Subject(driving_list=replace(made.rounds, visits=(replace(first, tasks=long), *others)))


@pytest.mark.parametrize("name", [*AREA, "planner-sheet", "driving-list"])
def test_two_hundred_kilobytes_in_one_place_are_all_on_the_paper(name, made, printed, pages_of, sheet_of):
    words = [f"w{number:05}" for number in range(28_000)]
    pages = pages_of(printed(name, endless(name, made, " ".join(words)), sheet_of("en")))
    found = {word.strip("“”,") for page in pages for word in hyphened(page).split()}
    assert found >= set(words)
    assert all("BACKUP" in page for page in pages)
