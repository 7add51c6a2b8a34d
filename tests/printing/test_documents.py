"""The documents: what every one of them must keep, and what each is for."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from backupreader.domain.errors import NOT_FOUND
from backupreader.domain.journal import Presence
from backupreader.domain.records import AccessCode, Alert, Citizen, Origin
from backupreader.domain.trouble import ReaderError
from printing.document import Document, Subject
from printing.documents import DOCUMENTS, document
from tests.printing import area

GOLDEN = Path(__file__).parent / "golden"
ABOUT_CITIZENS = [name for name in DOCUMENTS if document(name).about == "citizen"]
WITH_HEALTH = [name for name in ABOUT_CITIZENS if name != "access-sheet"]
HERE = Origin("x", 1)


def subject_of(made, name: str, which: str = "ordinary") -> Subject:
    return area.subject(name, made, which)


def squeezed(text: str) -> str:
    """A text with single spaces, so that line breaks do not matter."""
    return " ".join(text.replace("\ufffe", "-").split())


# --- the family ---


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_found_by_its_name(name):
    found = document(name)
    assert isinstance(found, Document)
    assert found.name == name
    assert found.title


def test_an_unknown_document_is_refused_with_the_known_names():
    with pytest.raises(ReaderError) as trouble:
        document("haiku")
    assert trouble.value.kind is NOT_FOUND
    assert all(name in str(trouble.value.facts["known"]) for name in DOCUMENTS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_same_input_gives_the_same_bytes(name, made, printed, sheet_of):
    assert printed(name, subject_of(made, name), sheet_of("en")) == printed(
        name, subject_of(made, name), sheet_of("en")
    )


@pytest.mark.parametrize("which", ["ordinary", "cruel", "nothing", "undelivered"])
@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("code", ["da", "sv", "nb", "en"])
def test_every_page_says_backup_whose_it_is_how_old_and_which_page(  # noqa: PLR0917 (three axes and their fixtures)
    code, name, which, made, printed, pages_of, sheet_of
):
    sheet = sheet_of(code)
    language = sheet.language
    subject = subject_of(made, name, which)
    pages = pages_of(printed(name, subject, sheet))
    whose = area.whose(name, subject)
    for number, page in enumerate(pages, start=1):
        text = squeezed(page)
        assert language.text("BACKUP – READ ONLY") in text
        assert whose in text
        assert language.text("Page {number} of {total}").format(number=number, total=len(pages)) in text
        assert language.text("Shred after use.") in text
        assert "Mette Lund, SSA" in text
        assert "sandby-nord" in text
        assert "1-42" in text
        if document(name).about == "nobody":
            assert language.text("Blank: nothing on it is from a source.") in text
        elif which == "undelivered" and subject.journal:
            assert language.text("No source has said when its data was taken.") in text
        else:
            assert language.text("{age} old").format(age=language.age(timedelta(minutes=192))) in text


@pytest.mark.parametrize("name", WITH_HEALTH)
def test_the_cave_line_stands_on_every_page_in_its_own_words_for_each_kind_of_nothing(
    name, made, printed, pages_of, sheet_of
):
    sheet = sheet_of("en")
    stated = replace(
        made.ordinary,
        alerts=made.section(
            Alert(
                id="a",
                citizen="c1",
                kind="no-known-allergy",
                text="ingen kendte",
                origin=HERE,
                recorded_at="2026-11-12",
            ),
            table="alert",
        ),
    )
    for journal, words in (
        (made.ordinary, "CAVE: Penicillin (udslæt, moderat)"),
        (
            stated,
            "CAVE: None known (stated Nov 12 2026)".replace(
                "Nov 12 2026", sheet.language.day(sheet.day.replace(day=12))
            ),
        ),
        (made.nothing, "CAVE: Nothing recorded in Nexus. Nobody has stated that there is none."),
        (made.undelivered, "CAVE: NOT DELIVERED by the source."),
    ):
        for page in pages_of(printed(name, Subject(journal=journal), sheet)):
            assert words in squeezed(page)


def test_a_refuted_allergy_is_not_in_the_cave_line_and_an_unknown_one_is_marked(made, printed, pages_of, sheet_of):
    alerts = made.section(
        Alert(id="a", citizen="c1", kind="allergy", text="Jordbær", status="refuted", origin=HERE),
        Alert(id="b", citizen="c1", kind="allergy", text="Jod", status="unknown", status_source="Måske", origin=HERE),
        table="alert",
    )
    (text,) = map(
        squeezed, pages_of(printed("summary", Subject(journal=replace(made.ordinary, alerts=alerts)), sheet_of("en")))
    )
    assert "CAVE: Jod (status not known (Måske))" in text
    assert "Jordbær" not in text


def test_more_allergies_than_a_head_can_hold_are_all_on_the_first_page(made, printed, pages_of, sheet_of):
    pages = pages_of(printed("medicine-sheet", Subject(journal=made.cruel), sheet_of("en")))
    first = squeezed(pages[0])
    assert all(f"Stof nummer {number} <img src='/etc/passwd'> (anafylaksi)" in first for number in range(40))
    assert all("the whole list stands at the top of page 1" in squeezed(page) for page in pages)


def test_namesakes_and_protected_identity_are_announced_in_the_head(made, printed, pages_of, sheet_of):
    first = squeezed(pages_of(printed("summary", Subject(journal=made.cruel), sheet_of("en")))[0])
    assert "NAMESAKE: one more citizen has this name. Check the birthday." in first
    assert "PROTECTED IDENTITY" in first


def test_page_numbers_begin_anew_with_each_citizen(made, printed, pages_of, sheet_of):
    pages = pages_of(
        printed("journal", [Subject(journal=made.nothing), Subject(journal=made.ordinary)], sheet_of("en"))
    )
    numbers = [re.search(r"Page \d+ of \d+", squeezed(page))[0] for page in pages]
    assert numbers == ["Page 1 of 1", "Page 1 of 2", "Page 2 of 2"]


@pytest.mark.parametrize("name", ABOUT_CITIZENS)
def test_on_a_sheet_for_the_car_the_person_number_is_masked(name, made, printed, pages_of, sheet_of):
    text = " ".join(pages_of(printed(name, Subject(journal=made.ordinary), sheet_of("en", car=True))))
    assert "740338-••••" in text
    assert "1234" not in text


@pytest.mark.parametrize("code", ["en", "da", "sv"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_reads_as_it_was_accepted(name, code, made, printed, pages_of, sheet_of):  # noqa: PLR0917 (fixtures)
    """Golden text; after a change that is meant: ACCEPT=1, and look at the difference."""
    pages = pages_of(printed(name, subject_of(made, name), sheet_of(code, days=3)))
    text = (
        "\n=== page ===\n".join("\n".join(line.strip() for line in page.splitlines()) for page in pages).replace(
            "\ufffe", "-"
        )
        + "\n"
    )
    file = GOLDEN / (f"{name}.txt" if code == "en" else f"{name}-{code}.txt")
    if os.environ.get("ACCEPT"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", WITH_HEALTH)
def test_door_codes_and_keys_are_on_no_sheet_with_health(name, made, printed, pages_of, sheet_of):
    code = AccessCode(id="k", citizen="c1", access="x1", code="4711#", origin=HERE)
    text = " ".join(pages_of(printed(name, Subject(journal=made.ordinary, codes=(code,)), sheet_of("en"))))
    for secret in ("N-117", "bag skuret", code.code):
        assert secret not in text


# --- empty ---


def test_three_kinds_of_nothing_are_three_different_words(made, printed, pages_of, sheet_of):
    for name in ("journal", "medication-list", "medicine-sheet", "summary"):
        nothing = squeezed(" ".join(pages_of(printed(name, Subject(journal=made.nothing), sheet_of("en")))))
        undelivered = squeezed(" ".join(pages_of(printed(name, Subject(journal=made.undelivered), sheet_of("en")))))
        assert "Nothing recorded in Nexus." in nothing
        assert "NOT DELIVERED" not in nothing
        assert "NOT DELIVERED: no source has sent this. Nothing is known." in undelivered
        assert "Nothing recorded" not in undelivered
    known = replace(made.ordinary, orders=made.section(table="medication", presence=Presence.NONE_KNOWN))
    (text,) = map(squeezed, pages_of(printed("medication-list", Subject(journal=known), sheet_of("en"))))
    assert "None known, says Nexus." in text


def test_no_known_allergy_says_nothing_of_limits_of_treatment_or_other_warnings(made, printed, pages_of, sheet_of):
    statement = Alert(id="a", citizen="c1", kind="no-known-allergy", text="ingen", origin=HERE)
    alerts = replace(made.section(statement, table="alert"), presence=Presence.NONE_KNOWN)
    journal = replace(made.ordinary, alerts=alerts)
    text = squeezed(" ".join(pages_of(printed("summary", Subject(journal=journal), sheet_of("en")))))
    assert "CAVE: None known" in text
    assert "Limits of treatment Nothing current in Nexus." in text
    assert "Warnings Nothing current in Nexus." in text


def test_a_statement_of_unknown_status_is_never_a_none_known(made, printed, pages_of, sheet_of):
    statement = Alert(id="a", citizen="c1", kind="no-known-allergy", text="ingen kendte", origin=HERE, status="unknown")
    journal = replace(made.ordinary, alerts=made.section(statement, table="alert"))
    text = squeezed(" ".join(pages_of(printed("summary", Subject(journal=journal), sheet_of("en")))))
    assert "None known" not in text
    assert "CAVE: ingen kendte" in text
    assert "status not known" in text


def test_rows_that_the_source_kept_back_are_said_to_be_missing(made, printed, pages_of, sheet_of):
    section = made.ordinary.notes
    cut = replace(section, deliveries=tuple(replace(one, complete=False) for one in section.deliveries), total=900)
    text = squeezed(
        " ".join(pages_of(printed("journal", Subject(journal=replace(made.ordinary, notes=cut)), sheet_of("en"))))
    )
    assert "not complete: the source says that rows are missing · the newest 4 of 900" in text


# --- the summary ---


def test_the_summary_of_an_ordinary_citizen_is_one_page(made, printed, pages_of, sheet_of):
    assert len(pages_of(printed("summary", Subject(journal=made.ordinary), sheet_of("da")))) == 1


def test_what_does_not_fit_the_summary_is_said_where_it_would_stand(made, printed, pages_of, sheet_of):
    full = replace(made.cruel, alerts=made.ordinary.alerts)
    (page,) = map(squeezed, pages_of(printed("summary", Subject(journal=full), sheet_of("en"))))
    assert re.search(r"\+ \d+ more on the journal extract", page)
    assert "[goes on in the journal extract]" in page
    assert "Ingen genoplivning ved hjertestop" in page
    assert "Pårørende 0, nevø 20 30 40 50" in page


def test_the_summary_says_what_is_doubtful_or_missing(made, printed, pages_of, sheet_of):
    conditions, visits = made.ordinary.conditions, made.ordinary.visits
    doubtful = replace(
        made.ordinary,
        conditions=replace(
            conditions,
            items=(replace(conditions.items[0], status="unknown", status_source="K3"),),
            deliveries=tuple(replace(one, complete=False, taken_at="i går") for one in conditions.deliveries),
        ),
        visits=replace(visits, items=visits.items[:1]),
        measurements=made.section(replace(made.ordinary.measurements.items[0], status="entered-in-error")),
    )
    (page,) = map(squeezed, pages_of(printed("summary", Subject(journal=doubtful), sheet_of("en"))))
    assert "? status not known (K3)" in page
    assert "Not complete: the source says that rows are missing." in page
    assert "Next visits: none planned in the data" in page
    assert "Last measured Nothing current in Nexus." in page


def test_doses_are_said_as_they_were_written(made, printed, pages_of, sheet_of):
    order = made.order(
        1,
        "Prednisolon",
        {
            "time": "08:00",
            "quantity": "1",
            "quantity_max": "2",
            "unit": "tablet",
            "every_days": 3,
            "start": "2026-11-22",
        },
        {"time": "09:00", "quantity": "1", "every_days": 2, "day_no": 2, "start": "2026-11-20"},
        {"time": "10:00", "quantity": "1", "weekdays": "x", "every_days": None},
        start="2026-11-20",
    )
    journal = replace(made.ordinary, orders=made.section(order))
    text = squeezed(" ".join(pages_of(printed("medication-list", Subject(journal=journal), sheet_of("en")))))
    assert "1–2 tablet · 08:00 · every 3 days · from" in text
    assert "1 · 09:00 · every 2 days (day 2) · from" in text
    assert "1 · 10:00 · x" in text


def test_a_drug_never_given_so_far_says_until_when_that_is_known(made, printed, pages_of, sheet_of):
    order = made.order(1, "Oxapax", {"prn": True, "quantity": "1"}, kind="prn")
    text = sheet_text(made, printed, pages_of, sheet_of("en"), order)
    assert "Last given: nothing recorded until" in text


def test_old_notes_are_not_in_the_summary_but_the_newest_is_dated(made, printed, pages_of, sheet_of):
    old = replace(made.ordinary, notes=made.section(made.note("Gammelt", written_at="2026-10-01T10:00")))
    (page,) = map(squeezed, pages_of(printed("summary", Subject(journal=old), sheet_of("en"))))
    assert "Gammelt" not in page
    assert "None in the last 3 days; the newest is of" in page


# --- medicine ---


def sheet_text(made, printed, pages_of, sheet, *orders) -> str:
    journal = replace(made.ordinary, orders=made.section(*orders, table="medication"))
    return squeezed(" ".join(pages_of(printed("medicine-sheet", Subject(journal=journal), sheet))))


def test_days_on_which_a_drug_is_not_due_are_blocked_with_the_reason(made, printed, pages_of, sheet_of):
    order = made.order(1, "Norspan", {"time": "09:00", "weekdays": "7", "every_days": None, "quantity": "1"})
    text = sheet_text(made, printed, pages_of, sheet_of("en", days=3), order)
    assert text.count("**** other day") == 2  # due on Sunday only
    stop = made.order(1, "Furix", {"time": "09:00", "quantity": "1"}, end="2026-11-22")
    assert sheet_text(made, printed, pages_of, sheet_of("en", days=7), stop).count("**** ended") == 6
    pause = made.order(
        1, "Eliquis", {"time": "09:00", "quantity": "1"}, paused_from="2026-11-23", paused_to="2026-11-24"
    )
    assert sheet_text(made, printed, pages_of, sheet_of("en", days=7), pause).count("**** paused") == 2


def test_a_drug_stopped_before_the_sheet_is_listed_apart_and_has_no_box(made, printed, pages_of, sheet_of):
    order = made.order(1, "Furix", {"time": "09:00", "quantity": "1"}, end="2026-11-21", stop_reason="lavt kalium")
    text = sheet_text(made, printed, pages_of, sheet_of("en"), order)
    assert "No fixed medicine is due on these days." in text
    assert "Stopped or ended, do not give: Furix (" in text
    assert "lavt kalium" in text
    assert "09:00" not in text


def test_a_drug_that_another_order_has_in_force_is_not_said_to_be_stopped(made, printed, pages_of, sheet_of):
    old = made.order(1, "Pinex", {"time": "08:00", "quantity": "1"}, status="stopped")
    new = made.order(2, "Pinex", {"time": "12:00", "quantity": "2"})
    text = sheet_text(made, printed, pages_of, sheet_of("en"), old, new)
    assert "do not give" not in text
    assert "Also on the medication list: 1 order ended earlier." in text


def test_a_stopped_drug_whose_end_lies_ahead_has_a_box_and_a_question(made, printed, pages_of, sheet_of):
    order = made.order(1, "Pinex", {"time": "08:00", "quantity": "1"}, status="stopped", end="2026-11-30")
    text = sheet_text(made, printed, pages_of, sheet_of("en"), order)
    assert "? stopped, but its end lies ahead: ask before giving" in text
    assert "do not give" not in text


def test_a_stopped_drug_for_need_whose_end_lies_ahead_has_a_question(made, printed, pages_of, sheet_of):
    order = made.order(1, "Oxapax", {"prn": True}, kind="prn", status="stopped", end="2026-11-30")
    text = sheet_text(made, printed, pages_of, sheet_of("en"), order)
    assert "? stopped, but its end lies ahead: ask before giving" in text.split("When needed", 1)[1]


def test_a_drug_given_on_no_order_that_came_is_the_last_one_given_of_its_name(made, printed, pages_of, sheet_of):
    order = made.order(1, "Oxapax", {"prn": True}, kind="prn")
    given = made.order(9, "Oxapax 15 mg", given=("2026-11-22T04:10",)).administrations
    for medication, status, words in ((None, "given", ""), ("gone", "unknown", ", ? status not known")):
        one = tuple(replace(item, medication=medication, status=status) for item in given)
        journal = replace(
            made.ordinary, orders=made.section(order), administrations=made.section(*one, table="administration")
        )
        text = squeezed(" ".join(pages_of(printed("medicine-sheet", Subject(journal=journal), sheet_of("en")))))
        assert f"Last given: 22 Nov 2026 04:10, 1 kapsel{words} (known until" in text


def test_a_limit_of_treatment_that_has_ended_says_until_when_it_held(made, printed, pages_of, sheet_of):
    limit = Alert(id="a", citizen="c1", kind="treatment-limit", text="Ingen HLR", end="2026-11-01", origin=HERE)
    journal = replace(made.ordinary, alerts=made.section(limit, table="alert"))
    text = squeezed(" ".join(pages_of(printed("summary", Subject(journal=journal), sheet_of("en")))))
    assert "Limit of treatment: Ingen HLR until 1 Nov 2026" in text


def test_the_cave_line_says_none_known_in_the_words_that_were_stated(made, printed, pages_of, sheet_of):
    stated = Alert(id="a", citizen="c1", kind="no-known-allergy", text="Ingen mod medicin", origin=HERE)
    journal = replace(made.ordinary, alerts=made.section(stated, table="alert"))
    for page in pages_of(printed("medicine-sheet", Subject(journal=journal), sheet_of("en"))):
        assert "CAVE: None known: Ingen mod medicin" in squeezed(page)


def test_a_drug_in_force_that_is_due_on_none_of_the_days_is_named_with_its_days(made, printed, pages_of, sheet_of):
    order = made.order(1, "Norspan", {"quantity": "1", "unit": "plaster", "weekdays": "2", "every_days": None})
    text = sheet_text(made, printed, pages_of, sheet_of("en"), order)
    assert "In force, not due on these days: Norspan (1 plaster · Tue)" in text
    assert "In force" not in sheet_text(made, printed, pages_of, sheet_of("en", days=7), order)


def test_an_order_that_begins_later_is_announced(made, printed, pages_of, sheet_of):
    order = made.order(1, "Alendronat", {"time": "08:00", "quantity": "1"}, start="2026-11-30")
    text = sheet_text(made, printed, pages_of, sheet_of("en"), order)
    assert f"Begins later: Alendronat ({sheet_of('en').language.day(sheet_of('en').day.replace(day=30))})" in text


def test_many_orders_of_long_ago_are_counted_and_not_left_unsaid(made, printed, pages_of, sheet_of):
    orders = [made.order(number, f"Gammel {number}", end="2020-01-01", status="stopped") for number in range(30)]
    orders += [made.order(40, "Kladde", status="draft"), made.order(41, "Fejl", status="entered-in-error")]
    text = sheet_text(made, printed, pages_of, sheet_of("en"), *orders)
    assert "Also on the medication list: 30 orders ended earlier · 2 drafts or errors." in text
    listed = squeezed(
        " ".join(
            pages_of(
                printed(
                    "medication-list",
                    Subject(journal=replace(made.ordinary, orders=made.section(*orders))),
                    sheet_of("en"),
                )
            )
        )
    )
    assert all(f"Gammel {number}" in listed for number in range(30))
    assert "Entered in error, do not use (1)" in listed


def test_free_text_and_unknown_status_are_shown_as_written_with_a_question(made, printed, pages_of, sheet_of):
    free = made.order(1, "Dexamethason", dosage_text="Bombombom <efter aftale>")
    unknown = made.order(2, "Kaleorid", {"time": "08:00", "quantity": "1"}, status="unknown", status_source="x?")
    text = sheet_text(made, printed, pages_of, sheet_of("en"), free, unknown)
    assert "As written: Bombombom <efter aftale>" in text
    assert "? status not known (x?): ask before giving" in text
    assert "08:00" in text


def test_a_drug_given_when_needed_stands_apart_with_its_limits_and_last_dose(made, printed, pages_of, sheet_of):
    order = made.ordinary.orders.items[4]
    text = sheet_text(made, printed, pages_of, sheet_of("en"), order)
    fixed, needed = text.split("When needed", 1)
    assert "Oxynorm" not in fixed
    assert "at most 4 a day · at least 4 timer apart" in needed
    assert (
        f"Last given: {sheet_of('en').language.day(sheet_of('en').day - timedelta(days=1))} 22:10, 1 kapsel (known until"
        in needed
    )


def test_when_nothing_is_known_of_given_doses_the_sheet_says_so(made, printed, pages_of, sheet_of):
    journal = replace(
        made.ordinary,
        orders=made.section(made.ordinary.orders.items[4]),
        administrations=made.section(table="administration", presence=Presence.NOT_DELIVERED),
    )
    text = squeezed(" ".join(pages_of(printed("medicine-sheet", Subject(journal=journal), sheet_of("en")))))
    assert "Last given: not delivered" in text


def test_a_slot_is_printed_as_a_word_and_unnamed_times_are_counted(made, printed, pages_of, sheet_of):
    slots = made.order(1, "NovoRapid", {"slot": "morning", "quantity": "12"}, {"slot": "night", "quantity": "8"})
    thrice = made.order(2, "Movicol", {"times_per_day": 3, "quantity": "1"})
    text = sheet_text(made, printed, pages_of, sheet_of("en"), slots, thrice)
    grid = text[text.index("Fixed medicine") : text.index("When needed")]
    assert "morning" in grid
    assert "night" in grid
    assert all(f"{number} of 3" in grid for number in (1, 2, 3))
    assert not re.search(r"\d\d:\d\d", grid)


def test_a_drug_is_never_parted_from_its_times_by_a_page_break(made, printed, pages_of, sheet_of):
    clocks = [{"time": f"{hour:02}:00", "quantity": "1", "unit": "tablet"} for hour in (6, 10, 14, 18)]
    orders = [made.order(number, f"Lægemiddel {number:02}", *clocks) for number in range(20)]
    journal = replace(made.ordinary, orders=made.section(*orders))
    for page in pages_of(printed("medicine-sheet", Subject(journal=journal), sheet_of("en"))):
        drugs = len(set(re.findall(r"Lægemiddel \d\d", page)))
        assert len(re.findall(r"\b(?:06|10|14|18):00\b", page)) == 4 * drugs
        assert not drugs or "Time given" in page  # the header comes again


def test_an_instruction_longer_than_a_page_is_printed_whole(made, printed, pages_of, sheet_of):
    words = [f"ord{number}" for number in range(4_000)]
    order = made.order(1, "Insulin", {"time": "08:00", "quantity": "1"}, instruction=" ".join(words))
    text = sheet_text(made, printed, pages_of, sheet_of("en"), order)
    assert set(words) <= set(text.split())


# --- the journal extract ---


def test_a_note_of_two_thousand_words_is_printed_whole(made, printed, pages_of, sheet_of):
    pages = pages_of(printed("journal", Subject(journal=made.cruel), sheet_of("en")))
    text = squeezed(" ".join(pages))
    assert {f"ord{number}" for number in range(2_000)} <= set(text.split())
    assert "<b>fed</b> &amp; " in text


def test_what_was_entered_in_error_is_marked_before_its_text(made, printed, pages_of, sheet_of):
    text = squeezed(" ".join(pages_of(printed("journal", Subject(journal=made.ordinary), sheet_of("en")))))
    mark, wrong = text.index("[ENTERED IN ERROR]"), text.index("Skrevet på forkert borger.")
    assert mark < wrong
    assert text.index("Vejet: 61,2 kg.") < mark


# --- the driving list ---


def test_visits_stand_by_the_clock_and_cancelled_ones_apart(made, printed, pages_of, sheet_of):
    text = squeezed(" ".join(pages_of(printed("driving-list", Subject(driving_list=made.rounds), sheet_of("en")))))
    assert text.index("Borger 0 Sørensen") < text.index("Borger 1 Sørensen") < text.index("Borger 23 Sørensen")
    assert "24 visits · 23 citizens · 6 h 0 min planned · 1 without a carer" in text
    assert "Without a carer (1)" in text
    assert "Cancelled (1)" in text
    assert "indlagt" in text
    assert text.count("Borger 11 Sørensen") == 1
    assert "next 22:30" in text


def test_the_car_version_holds_no_health_numbers_keys_or_protected_address(made, printed, pages_of, sheet_of):
    office = " ".join(pages_of(printed("driving-list", Subject(driving_list=made.rounds), sheet_of("en"))))
    car = " ".join(pages_of(printed("driving-list", Subject(driving_list=made.rounds), sheet_of("en", car=True))))
    for detail in (
        "Morfin",
        "N-2",
        "ved døren",
        "kateter",
        "SEL § 83",
        "Hund i huset",
        "1234",
        "indlagt",
        "Skovvej 4,",
    ):
        assert detail in squeezed(office)
        assert detail not in squeezed(car)
    assert "protected address: ask the office" in squeezed(car)
    assert "! Ask the office" in squeezed(car)


def test_namesakes_on_one_route_are_announced_where_they_stand(made, printed, pages_of, sheet_of):
    citizens = dict(made.rounds.citizens)
    first, second = list(citizens)[:2]
    citizens[second] = replace(citizens[second], name=citizens[first].name.upper())
    rounds = replace(made.rounds, citizens=citizens)
    text = squeezed(" ".join(pages_of(printed("driving-list", Subject(driving_list=rounds), sheet_of("en")))))
    visits = sum(visit.citizen in {first, second} and visit.status == "planned" for visit in rounds.visits)
    assert text.count("NAMESAKE: one more citizen has this name. Check the birthday.") == visits > 1


def test_dosage_of_unsaid_days_is_marked_on_the_medication_list(made, printed, pages_of, sheet_of):
    order = made.order(1, "Oxapax", {"time": "08:00", "quantity": "1", "every_days": None})
    journal = replace(made.ordinary, orders=made.section(order))
    text = squeezed(" ".join(pages_of(printed("medication-list", Subject(journal=journal), sheet_of("en")))))
    assert "1 · 08:00 · ? On which days is not said." in text


def test_a_list_without_alerts_or_keys_says_that_they_were_not_delivered(made, printed, pages_of, sheet_of):
    rounds = replace(made.rounds, alerts={}, alerts_delivered=False, access={}, access_delivered=False)
    text = squeezed(" ".join(pages_of(printed("driving-list", Subject(driving_list=rounds), sheet_of("en")))))
    assert "CAVE and other warnings were NOT DELIVERED" in text
    assert "Keys and locks were NOT DELIVERED" in text
    assert "CAVE: not delivered" in text


def test_a_list_of_a_copy_without_ways_in_says_that_the_municipality_decided_so(made, printed, pages_of, sheet_of):
    rounds = replace(made.rounds, access={}, access_delivered=False, access_left_out=True)
    text = squeezed(" ".join(pages_of(printed("driving-list", Subject(driving_list=rounds), sheet_of("en")))))
    assert "Keys and locks are NOT IN THIS COPY by the municipality's decision" in text
    assert "NOT DELIVERED" not in text


def test_medicine_that_the_municipality_leaves_out_is_never_called_not_delivered(made, printed, pages_of, sheet_of):
    journal = replace(
        made.ordinary,
        orders=made.section(table="medication", presence=Presence.LEFT_OUT),
        administrations=made.section(table="administration", presence=Presence.LEFT_OUT),
    )
    for name in ("medication-list", "medicine-sheet"):
        text = squeezed(" ".join(pages_of(printed(name, Subject(journal=journal), sheet_of("en")))))
        assert "NOT IN THIS COPY by the municipality's decision" in text, name
        assert "NOT DELIVERED" not in text, name


def test_odd_visits_are_shown_and_marked(made, printed, pages_of, sheet_of):
    first = made.rounds.visits[1]
    visits = (
        replace(first, id="a", status="unknown", status_source="Z9"),
        replace(first, id="b", citizen="gone", staff_needed=2, second_staff=None),
        replace(first, id="c", citizen=None, title=None, status="done"),
        replace(first, id="d", status="entered-in-error"),
    )
    rounds = replace(
        made.rounds,
        visits=visits,
        deliveries=(replace(made.rounds.deliveries[0], complete=False, taken_at="2027-01-01T00:00"),),
    )
    text = squeezed(" ".join(pages_of(printed("driving-list", Subject(driving_list=rounds), sheet_of("en")))))
    for words in (
        "? status not known (Z9)",
        "Citizen not delivered",
        "! 2 carers needed",
        "No citizen",
        "already done",
        "1 visit entered in error is left out.",
        "This list is not complete",
        "which is in the future: check this PC's clock",
    ):
        assert words in text


def test_a_route_without_visits_says_so(made, printed, pages_of, sheet_of):
    rounds = replace(made.rounds, visits=())
    (text,) = map(squeezed, pages_of(printed("driving-list", Subject(driving_list=rounds), sheet_of("en"))))
    assert "No visits are planned on this route on this day." in text
    assert "Carers: none named" in text


def test_a_citizen_of_whom_almost_nothing_is_known_still_has_a_head(made, printed, pages_of, sheet_of):
    citizen = Citizen(id="c9", name="?", birth_date="1938", deceased_at="2026-11-20", status="deceased", origin=HERE)
    (text,) = map(
        squeezed, pages_of(printed("summary", Subject(journal=replace(made.nothing, citizen=citizen)), sheet_of("en")))
    )
    assert "1938 · no person number delivered" in text
    assert "deceased" in text
