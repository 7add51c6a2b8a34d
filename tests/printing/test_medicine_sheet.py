"""The medicine sheet's grid, box by box: what is due on which day at which hour, and the places beside a signature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backupreader.domain.dosage import Verdict, administration_rows
from printing.document import Subject

ZONE = ZoneInfo("Europe/Copenhagen")
SUNDAY = date(2026, 11, 22)
OPEN, PAUSED, ENDED, OTHER, NOT_BEGUN = "", "**** paused", "**** ended", "**** other day", "**** not begun"


def squeezed(text: str) -> str:
    return " ".join(text.replace("\ufffe", "-").split())


def journal_of(made, *orders):
    return replace(made.ordinary, orders=made.section(*orders, table="medication"))


@pytest.fixture
def text_of(made, printed, pages_of, sheet_of) -> Callable[..., str]:
    def text(*orders, name: str = "medicine-sheet", **facts: object) -> str:
        journal = journal_of(made, *orders)
        return squeezed(" ".join(pages_of(printed(name, Subject(journal=journal), sheet_of("en", **facts)))))

    return text


@pytest.fixture
def grid_of(made, printed, sheet_of) -> Callable[..., dict[str, list[str]]]:
    """What stands in the boxes of one order, read off the paper where they are: for each time, one text a day."""

    def grid(order, name: str = "medicine-sheet", first: date = SUNDAY, number: int = 7) -> dict[str, list[str]]:
        sheet = replace(sheet_of("en", days=number), day=first)
        content = printed(name, Subject(journal=journal_of(made, order)), sheet)
        titles = [sheet.language.day(day, weekday=True, year=False) for day in days(first, number)]
        with pypdfium2.PdfDocument(content) as pdf:
            text = pdf[0].get_textpage()
            ((_left, line, *_rest), *_more) = _places(text, "Amount")
            lefts = [box[0] for title in titles for box in _places(text, title) if abs(box[1] - line) < 4]
            wide = lefts[1] - lefts[0]
            found = {}
            rows = administration_rows(order, days(first, number), ZONE)
            for time in dict.fromkeys(row.when.time for row in rows if row.shown):
                (box,) = [box for box in _places(text, time) if lefts[0] - 75 < box[0] < lefts[0]]
                found[time] = [
                    squeezed(text.get_text_bounded(left, box[1] - 8, left + wide - 6, box[3] + 8)) for left in lefts
                ]
            return found

    return grid


def _places(text, words: str) -> list[tuple[float, float, float, float]]:
    """Where on the page words stand: the box of the first letter, each time."""
    search, boxes = text.search(words), []
    while found := search.get_next():
        boxes.append(text.get_charbox(found[0]))
    return boxes


def days(first: date, number: int = 7) -> list[date]:
    return [first + timedelta(days=more) for more in range(number)]


# --- day by day ---


def test_a_pause_within_the_days_blocks_from_its_first_to_its_last_day_and_no_other(made, grid_of):
    order = made.order(
        1, "Eliquis", {"time": "08:00", "quantity": "1"}, paused_from="2026-11-24", paused_to="2026-11-26"
    )
    assert grid_of(order)["08:00"] == [OPEN, OPEN, PAUSED, PAUSED, PAUSED, OPEN, OPEN]


def test_a_pause_by_the_clock_blocks_the_doses_between_its_hours(made, grid_of):
    doses = [{"time": clock, "quantity": "1"} for clock in ("08:00", "12:00", "20:00")]
    order = made.order(1, "Eliquis", *doses, paused_from="2026-11-23T12:00", paused_to="2026-11-24T12:00")
    assert grid_of(order, number=3) == {
        "08:00": [OPEN, OPEN, PAUSED],
        "12:00": [OPEN, PAUSED, PAUSED],
        "20:00": [OPEN, PAUSED, OPEN],
    }


def test_the_last_day_has_all_its_doses_and_the_next_has_none(made, grid_of):
    doses = [{"time": clock, "quantity": "1"} for clock in ("00:00", "08:00", "23:59")]
    order = made.order(1, "Penicillin", *doses, start="2026-11-23", end="2026-11-25")
    row = [NOT_BEGUN, OPEN, OPEN, OPEN, ENDED, ENDED, ENDED]
    assert grid_of(order) == {"00:00": row, "08:00": row, "23:59": row}


def test_a_night_dose_at_midnight_belongs_to_the_day_that_begins_with_it(made, grid_of):
    order = made.order(
        1, "Pinex", {"time": "00:00", "quantity": "2"}, {"time": "22:00", "quantity": "1"}, end="2026-11-23T00:00"
    )
    grid = grid_of(order, number=3)
    assert list(grid) == ["00:00", "22:00"]
    assert grid["00:00"][0] == OPEN
    assert grid["00:00"][2] == grid["22:00"][2] == ENDED
    assert grid["00:00"][1] == "?"  # many sources write their last day so, and others the first day after it


def test_a_stopped_drug_of_which_the_end_is_past_has_no_box_on_any_day(made, text_of):
    order = made.order(1, "Furix", {"time": "08:00", "quantity": "1"}, status="stopped", end="2026-11-21")
    text = text_of(order, days=7)
    assert "Stopped or ended, do not give: Furix" in text
    assert "08:00" not in text


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)])
def test_on_the_nights_when_the_clocks_change_a_dose_has_one_box_a_day(night, made, grid_of):
    clocks = ("01:30", "02:00", "02:30", "03:00")
    order = made.order(1, "Madopar", *({"time": clock, "quantity": "1"} for clock in clocks))
    assert grid_of(order, first=night - timedelta(days=1), number=3) == {clock: [OPEN] * 3 for clock in clocks}


@pytest.mark.parametrize(
    ("end", "clocks"),
    [
        ("2026-10-25T02:30:00+02:00", {"02:00": OPEN, "02:30": OPEN, "03:00": ENDED}),
        ("2026-10-25T02:30:00+01:00", {"02:00": OPEN, "02:30": OPEN, "03:00": ENDED}),
        ("2026-03-29T01:30:00+01:00", {"01:00": OPEN, "01:30": OPEN, "03:30": ENDED}),
        ("2026-03-29T02:30", {"02:30": OPEN, "03:00": OPEN, "04:00": ENDED}),  # an hour that is not: 03:30
    ],
)
def test_an_end_in_the_night_when_the_clocks_change_is_kept_to_the_hour(end, clocks, made, grid_of):
    order = made.order(
        1, "Madopar", *({"time": clock, "quantity": "1"} for clock in clocks), end=end, start="2026-01-01"
    )
    grid = grid_of(order, first=date.fromisoformat(end[:10]) - timedelta(days=1), number=3)
    assert {clock: row[1] for clock, row in grid.items()} == clocks
    assert {row[0] for row in grid.values()} == {OPEN}
    assert {row[2] for row in grid.values()} == {ENDED}


BOUND = st.none() | st.builds(
    lambda day, clock: f"2026-11-{day}{clock}", st.integers(20, 30), st.sampled_from(["", "T08:00", "T12:00", "T20:00"])
)


def test_every_box_on_paper_says_what_the_rules_say_of_its_day(made, grid_of):
    @settings(max_examples=40, deadline=None)
    @given(start=BOUND, end=BOUND, pause=st.tuples(BOUND, BOUND), weekdays=st.sampled_from([None, "1", "246", "7"]))
    def holds(start, end, pause, weekdays):
        doses = [
            {"time": clock, "quantity": "1", "weekdays": weekdays, "every_days": None if weekdays else 1}
            for clock in ("08:00", "12:00", "20:00")
        ]
        order = made.order(1, "Marevan", *doses, start=start, end=end, paused_from=pause[0], paused_to=pause[1])
        rows = [row for row in administration_rows(order, days(SUNDAY), ZONE) if row.shown]
        if not rows:
            return
        grid = grid_of(order)
        for row in rows:
            for cell, said in zip(row.cells, grid[row.when.time], strict=True):
                assert said.startswith("****") is (cell.verdict is Verdict.NOT_DUE)
                assert (said == "?") is (cell.verdict is Verdict.UNKNOWN)

    holds()


def test_a_pause_that_ends_on_one_of_the_days_is_not_told_as_do_not_give(made, text_of):
    order = made.order(
        1, "Eliquis", {"time": "08:00", "quantity": "1"}, paused_from="2026-11-20", paused_to="2026-11-23"
    )
    assert "Paused, do not give: Eliquis" in text_of(order, days=2)
    text = text_of(order, days=3)
    assert "do not give" not in text
    assert "Paused at first, due again on these days: Eliquis: Paused 20 Nov 2026 to 23 Nov 2026" in text


def test_two_orders_of_one_drug_that_are_paused_until_different_days_are_both_told(made, text_of):
    orders = [
        made.order(number, "Eliquis", {"time": "08:00"}, paused_from="2026-11-20", paused_to=f"2026-12-0{number}")
        for number in (1, 2)
    ]
    text = text_of(*orders)
    assert "Eliquis: Paused 20 Nov 2026 to 1 Dec 2026; Eliquis: Paused 20 Nov 2026 to 2 Dec 2026" in text


# --- places to write in ---

INSULIN = {"time": "08:00", "quantity": "12", "unit": "IE"}
PLASTER = {"time": "09:00", "quantity": "1", "unit": "stk", "weekdays": "27", "every_days": None}


def test_an_insulin_has_a_place_for_blood_sugar_and_site_at_each_dose_of_each_day(made, text_of):
    order = made.order(1, "Lantus", INSULIN, {**INSULIN, "time": "21:30"}, atc="A10AE04")
    for days_, times in ((1, 1), (3, 2), (7, 2)):
        text = text_of(order, days=days_)
        assert text.count("Blood sugar") == text.count("Where on the body") == 2
        assert text.count("08:00") == text.count("21:30") == (1 if days_ == 1 else times + 1)
        assert "Patch removed" not in text


def test_a_patch_has_a_place_for_its_site_and_for_the_one_that_is_taken_off(made, text_of, grid_of):
    order = made.order(1, "Norspan", PLASTER, form="depotplaster")
    assert text_of(order, days=7).count("Where on the body 09:00") == 1
    assert text_of(order, days=7).count("Patch removed 09:00") == 1
    assert "Blood sugar" not in text_of(order, days=7)
    assert "Where on the body: Patch removed:" in text_of(order, days=1)
    # 4 days blocked for the dose, and for each of its places
    assert text_of(order, days=7).count("****") - text_of(made.order(2, "x"), days=7).count("****") == 3 * 5


def test_on_days_when_it_is_not_due_its_places_are_blocked_too(made, text_of):
    order = made.order(1, "Norspan", PLASTER, form="plåster")
    text = text_of(replace(order, medication=replace(order.medication, end="2026-11-22")), days=1)
    assert "Where on the body: Patch removed:" in text
    monday = text_of(made.order(1, "Norspan", {**PLASTER, "weekdays": "2"}, form="plåster"), days=1)
    assert "Patch removed" not in monday


def test_a_tablet_has_no_such_places(made, text_of):
    text = text_of(made.order(1, "Metformin", {"time": "08:00", "quantity": "1"}, atc="A10BA02", form="tabletter"))
    assert "Blood sugar" not in text
    assert "Where on the body" not in text


def test_an_insulin_that_is_given_when_needed_has_its_places_in_each_row(made, text_of):
    order = made.order(1, "NovoRapid", {"prn": True, "quantity": "4"}, kind="prn", atc="A10AB05")
    assert text_of(order).count("Blood sugar: Where on the body:") == 3
    assert text_of(order, name="pn-sheet").count("Blood sugar: Where on the body:") == 6


# --- as written ---


@pytest.mark.parametrize("name", ["medicine-sheet", "signing-list"])
def test_what_is_said_of_its_handling_is_printed_as_it_was_written(name, made, text_of):
    order = made.order(
        1,
        "Madopar Depot",
        {"time": "08:00", "quantity": "1"},
        instruction="MÅ IKKE KNUSES; gives 30 min. før mad & <kun> med vand",
        remark="Kapslen åbnes ikke",
    )
    text = text_of(order, name=name)
    assert "MÅ IKKE KNUSES; gives 30 min. før mad & <kun> med vand" in text
    assert "Kapslen åbnes ikke" in text


@pytest.mark.parametrize("name", ["medicine-sheet", "signing-list"])
@pytest.mark.parametrize("number", [1, 7])
def test_a_medicine_with_forty_dose_times_has_a_row_for_each_and_its_name_on_every_page(  # noqa: PLR0917 (two axes)
    name, number, made, printed, pages_of, sheet_of
):
    clocks = [f"{hour:02}:{minute:02}" for hour in range(4, 24) for minute in (5, 35)]
    order = made.order(1, "Duodopa", *({"time": clock, "quantity": "1"} for clock in clocks), instruction="Efter skema")
    pages = pages_of(printed(name, Subject(journal=journal_of(made, order)), sheet_of("en", days=number)))
    text = squeezed(" ".join(pages))
    assert all(text.count(f" {clock} ") == 1 for clock in clocks)
    for page in pages:
        if any(f"{clock}" in page for clock in clocks):
            assert "Duodopa" in page
            assert "Efter skema" in page
            assert "Amount Time" in squeezed(page)


@pytest.mark.parametrize("name", ["medicine-sheet", "signing-list", "pn-sheet", "care-plan", "contacts"])
@pytest.mark.parametrize("letters", ["Ådalsbøllinge-Überschär ", "W"])
def test_names_of_two_hundred_letters_are_whole_on_every_page(  # noqa: PLR0917 (two axes and their fixtures)
    name, letters, made, printed, pages_of, sheet_of
):
    long = (letters * 200)[:200].strip()
    bare = "".join(long.split())
    drug = made.order(1, long, {"time": "08:00", "quantity": "1"}, {"prn": True, "quantity": "1"})
    journal = replace(
        journal_of(made, drug),
        citizen=replace(made.ordinary.citizen, name=long),
        contacts=made.section(replace(made.ordinary.contacts.items[0], name=long), table="contact"),
        interventions=made.section(replace(made.ordinary.interventions.items[0], text=long), table="intervention"),
    )
    pages = pages_of(printed(name, Subject(journal=journal), sheet_of("en", days=7)))
    joined = "".join("".join(pages).replace("\ufffe", "-").split())
    assert all(bare[:30] in "".join(page.replace("\ufffe", "-").split()) for page in pages)
    assert joined.count(bare) >= len(pages) + 1 or joined.count(bare[:120]) >= len(pages) + 1


def test_the_sheet_is_for_as_many_days_as_were_asked_for(made, text_of, sheet_of):
    order = made.order(1, "Pinex", {"time": "08:00", "quantity": "1"})
    language = sheet_of("en").language
    text = text_of(order, days=7)
    assert all(language.day(day, weekday=True, year=False) in text for day in days(SUNDAY))
    assert "Time given" in text_of(order, days=1)


# --- in doubt ---


@pytest.mark.parametrize("name", ["medicine-sheet", "signing-list", "pn-sheet"])
def test_whom_to_ring_in_doubt_stands_on_top_with_the_numbers_that_came(name, made, printed, pages_of, sheet_of):
    def top(journal) -> str:
        return squeezed(pages_of(printed(name, Subject(journal=journal), sheet_of("en")))[0]).split("FMK is not")[0]

    gp = made.ordinary.contacts.items[2]
    nurse = replace(gp, id="k9", name="Ole P.", relation=None, kind="nurse", phone="99 31 00 07", phone2="20 20 20 20")
    mute = replace(nurse, id="k10", name="Uden Nummer", phone=None, phone2=None)
    journal = replace(made.ordinary, contacts=made.section(gp, mute, nurse, table="contact"))
    said = "Team Nord 99 31 00 00 · Ole P., Nurse 99 31 00 07, 20 20 20 20 · Lars Holm, egen læge 98 10 20 30"
    assert f"In doubt, ring: {said}" in top(journal)
    assert "Uden Nummer" not in top(journal)
    unknown = replace(made.ordinary, unit=None, contacts=made.undelivered.contacts)
    assert "In doubt, ring: no number of the unit, a nurse or a doctor was delivered." in top(unknown)
    silent = replace(unknown, unit=replace(made.ordinary.unit, phone=None))
    assert "no number of the unit" in top(silent)
