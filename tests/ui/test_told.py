"""What the new chapters tell, decided without a window: the day line, when a drug was last given, charts, the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from backupreader.domain.due import due_next
from backupreader.domain.journal import Journal, Presence
from backupreader.domain.records import Measurement, Note
from tests.ui import cruelty, town
from tests.ui.test_chapters import rows, text, view
from ui.chapters import CHAPTERS
from ui.figures import Chart, DayLine
from ui.look import State
from ui.opening import Asking, opening
from ui.rows import Kind
from ui.sieve import Sieve
from ui.telling.dayline import day_line
from ui.telling.long import LONG, pieces
from ui.telling.measurements import by_name, chart_rows


@pytest.fixture(scope="module")
def wordy(tmp_path_factory) -> Iterator[Journal]:
    pc = town.found(tmp_path_factory.mktemp("told"), more=cruelty.more())
    reader, _ = opening(pc.settings, Asking(name=town.NAME, words=town.WORDS, purpose="check"), lambda: town.NOW)()
    yield reader.journal(cruelty.WORDY)
    reader.close()


def line_of(journal: Journal, **more) -> DayLine:
    (row,) = day_line(due_next(journal, view(**more).now), view(**more))
    assert isinstance(row.figure, DayLine)
    return row.figure


def test_the_day_line_has_each_clock_time_with_its_shape_and_its_word(journal_of) -> None:
    line = line_of(journal_of(1))
    assert [(pin.clock, pin.word, pin.state) for pin in line.pins] == [
        ("22:00", "1 given", State.GOOD),
        ("22:12", "1 given", State.GOOD),
        ("08:00", "2 due: see paper", State.LATE),
        ("12:00", "1 next", State.INFO),
        ("18:00", "1 due", State.QUIET),
        ("22:00", "1 due", State.QUIET),
        ("08:00", "2 due", State.QUIET),
    ]
    assert (line.taken_word, line.now_word) == ("taken today 05:10", "now 08:42")
    assert [word for _, word in line.midnights] == ["Sun 22 Nov", "Mon 23 Nov"]


def test_a_dose_that_nobody_recorded_is_not_told_as_given_nor_as_due(journal_of) -> None:
    journal = journal_of(1)
    none = replace(journal.administrations, items=())
    orders = tuple(replace(order, administrations=()) for order in journal.orders.items)
    bare = replace(journal, administrations=none, orders=replace(journal.orders, items=orders))
    assert line_of(bare).pins[0].word == "1 not recorded"
    refused = tuple(
        replace(order, administrations=tuple(replace(one, status="refused") for one in order.administrations))
        for order in journal.orders.items
    )
    said = line_of(replace(bare, orders=replace(journal.orders, items=refused))).pins[0]
    assert (said.word, said.state) == ("refused", State.LATE)


def test_all_that_the_day_line_shows_stands_in_the_list_too(journal_of) -> None:
    found = rows("medicine", journal_of(1))
    line = next(row.figure for row in found if row.figure is not None)
    listed = text(tuple(row for row in found if row.figure is None))
    assert all(pin.clock in listed for pin in line.pins)


def test_no_day_line_stands_where_nothing_is_by_the_clock(journal_of) -> None:
    assert day_line(due_next(journal_of(6), town.NOW), view()) == ()


@pytest.mark.parametrize("chapter", ["medicine", "overview"])
def test_of_what_is_given_when_needed_it_is_said_when_it_was_last_given(chapter: str, journal_of) -> None:
    journal = journal_of(1)
    needed = next(row for row in rows(chapter, journal) if row.title.startswith("Oxynorm") and row.lead != "22:12")
    said = "Last given yesterday 22:12, 7 h 18 min before the data was taken · 1 kapsel · NN"
    assert said in needed.details
    never = replace(journal.administrations, items=())
    orders = tuple(replace(order, administrations=()) for order in journal.orders.items)
    journal = replace(journal, administrations=never, orders=replace(journal.orders, items=orders))
    assert "No record of it being given, until today 05:30" in text(rows(chapter, journal))
    missing = replace(never, deliveries=(), presence=Presence.NOT_DELIVERED)
    assert "Last given: not delivered" in text(rows(chapter, replace(journal, administrations=missing)))
    left_out = replace(missing, presence=Presence.LEFT_OUT)
    told = text(rows(chapter, replace(journal, administrations=left_out)))
    assert "Last given: not in this copy by the municipality's decision" in told


def test_of_medicine_that_is_kept_back_nothing_is_said_of_when_it_was_given(journal_of) -> None:
    journal = journal_of(2)
    orders = tuple(
        replace(order, medication=replace(order.medication, kind="prn")) if order.medication.private else order
        for order in journal.orders.items
    )
    journal = replace(journal, orders=replace(journal.orders, items=orders))
    (kept,) = [row for row in rows("medicine", journal) if row.title == "Private-marked medicine, not shown"]
    assert kept.lead == "PN"
    assert not any("given" in detail for detail in kept.details)


def test_a_chart_draws_values_as_written_and_leads_no_line_over_a_gap(wordy) -> None:
    (weights,) = [group for group in by_name(wordy.measurements.items, view()) if group[0].name == "Vægt"]
    (row,) = chart_rows(weights, view())
    chart = row.figure
    assert isinstance(chart, Chart)
    assert [column.value for column in chart.columns] == ["61,2", "61.0", "60,75", "59", "58,4"]
    assert [column.joined for column in chart.columns] == [False, False, True, True, False]
    assert [column.gap for column in chart.columns] == ["", "28 days", "", "", "11 days"]
    assert (chart.highest, chart.lowest, chart.unit) == ("61,2", "58,4", "kg")
    assert [column.height for column in chart.columns][::4] == [1.0, 0.0]
    assert "5 values, from 3 Oct 08:42 to 19 Nov 08:42, lowest 58,4, highest 61,2 kg" in row.title


def test_what_is_no_number_or_has_no_day_is_listed_and_never_drawn(wordy) -> None:
    found = rows("measurements", wordy)
    listed = [row.title for row in found if row.kind is Kind.ENTRY]
    assert {f"Vægt: {value} kg" for value in cruelty.WEIGHTS} <= set(listed)
    assert "Temperatur: 37,9 °C" in listed
    assert len([row for row in found if row.kind is Kind.FIGURE]) == 1
    assert next(row for row in found if row.title == "Vægt: 62,000 kg").struck


@pytest.mark.parametrize("value", ["1e5", "١٢", "NaN", "Infinity", "142/81", "", " 5", "5 ", "1.2.3", "<5", "½"])
def test_only_plain_decimal_numbers_are_drawn(value: str) -> None:
    group = tuple(
        Measurement(id=f"s:{n}", citizen="s:1", name="P", value=value, taken_at=town.TAKEN, origin=town.WHERE)
        for n in range(3)
    )
    assert chart_rows(group, view()) == ()


def test_two_values_that_are_the_same_number_stand_at_the_same_height() -> None:
    group = tuple(
        Measurement(id=f"s:{n}", citizen="s:1", name="P", value=value, taken_at=f"2026-11-2{n}", origin=town.WHERE)
        for n, value in enumerate(("5,0", "5.00"))
    )
    (row,) = chart_rows(tuple(reversed(group)), view())
    assert [(column.value, column.height) for column in row.figure.columns] == [("5,0", 0.5), ("5.00", 0.5)]


def test_the_timeline_is_of_all_sections_newest_first_and_by_day(wordy) -> None:
    found = rows("timeline", wordy)
    days = [row.title for row in found if row.kind is Kind.HEADING]
    assert days[:3] == ["Since Sun 8 Nov 2026", "today · Sun 22 Nov", "yesterday · Sat 21 Nov"]
    assert days[-1] == "Day not said, or not readable"
    said = text(found)
    for part in ("Besøg done", "Besøg cancelled", "REFUSED", "Vægt: 58,4 kg", "Uden dato", "Temperatur"):
        assert part in said
    assert "Besøg planned" not in said
    wrong = next(row for row in found if "Forkert borger" in row.details)
    assert wrong.struck
    assert "ENTERED IN ERROR" in [mark.word for mark in wrong.marks]


def test_medicine_that_began_was_paused_or_stopped_stands_in_the_timeline(journal_of) -> None:
    said = [row.spoken for row in rows("timeline", journal_of(1), sieve=Sieve(days=30, kind="medicine"))]
    assert any("Furix 40 mg tablet. STOPPED. lavt blodtryk" in one for one in said)
    assert any("Eliquis 5 mg tablet. PAUSED" in one for one in said)
    assert any("Fragmin 5000 IE injektion. BEGUN" in one for one in said)
    assert not any("PAUSE ENDS" in one for one in said), "the pause ends the day after tomorrow"
    assert not any("Marevan" in one for one in said), "it began last year"


def test_a_day_that_cannot_be_read_is_told_apart_with_what_was_written(wordy) -> None:
    odd = Note(id="nexus:o", citizen=cruelty.WORDY, text="Sær", written_at="uge 47", origin=town.WHERE)
    notes = replace(wordy.notes, items=(odd, *wordy.notes.items))
    found = rows("timeline", replace(wordy, notes=notes))
    apart = next(at for at, row in enumerate(found) if row.title == "Day not said, or not readable")
    assert any((row.lead, row.details) == ("uge 47", ("Sær",)) for row in found[apart:])


def test_the_timeline_says_what_is_not_in_it_because_it_did_not_come(journal_of) -> None:
    found = rows("timeline", journal_of(1, bare=True))
    assert found[1].kind is Kind.MISSING
    assert found[1].title.endswith("Journal, Medicine, Measurements, Visits, Warnings, Documents, Medicine given")
    assert any(row.kind is Kind.NOTHING for row in found)


@pytest.mark.parametrize("word", ["FORKERT", "forkert BORGER", "  borger "])
def test_a_word_is_found_however_it_is_typed(word: str, wordy) -> None:
    found = rows("timeline", wordy, sieve=Sieve(word=word))
    assert [row.details for row in found if row.brief and row.lead != "How old" and row.details] == [
        ("Forkert borger",)
    ]


def test_every_row_that_tells_of_one_record_knows_where_that_came_from(journal_of, wordy) -> None:
    for journal in (journal_of(1), journal_of(3), wordy):
        for chapter in CHAPTERS:
            for row in chapter.rows(journal, view()):
                assert row.kind is not Kind.ENTRY or row.origin, (chapter.key, row.spoken)


def test_the_pieces_of_a_long_text_are_the_text() -> None:
    for whole in (cruelty.LONG, cruelty.UNBROKEN, "ord " * 5_000, "a\n" * 9_000, "😀" * 7_000):
        parts = list(pieces(whole))
        assert "".join(parts) == whole
        assert max(map(len, parts)) <= 2_000
    assert len(list(pieces("x" * LONG, LONG))) == 1


def test_whether_a_relative_may_be_rung_at_night_is_yes_no_or_not_said(journal_of) -> None:
    journal = journal_of(1)
    unsaid = tuple(replace(one, ring_at_night=None) for one in journal.contacts.items)
    words = [
        [mark.word for mark in row.marks][0:1]
        for row in rows("relatives", replace(journal, contacts=replace(journal.contacts, items=unsaid)))
    ]
    assert words == [["NOT SAID WHETHER AT NIGHT"], ["NOT SAID WHETHER AT NIGHT"], []]


def test_what_did_not_come_whole_is_said_in_the_summary_where_it_is_seen(journal_of) -> None:
    for number in (1, 2, 4):
        (said,) = [row for row in rows("overview", journal_of(number)) if "INCOMPLETE" in row.spoken]
        assert said.kind is Kind.BLIND, "on a record's line it could be read of that record"


def test_a_summary_of_nothing_delivered_says_so_of_each_thing(journal_of) -> None:
    bare = rows("overview", journal_of(1, bare=True))
    missing = {row.lead for row in bare if row.kind is Kind.MISSING}
    assert missing == {
        "CAVE", "Limits", "Medicine", "Visits", "To do", "Notes", "Relatives", "Getting in", "Conditions",
    }  # fmt: skip
    nothing = {row.lead for row in rows("overview", journal_of(6)) if row.kind is Kind.NOTHING}
    assert nothing == missing
