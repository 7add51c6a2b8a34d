"""The blind window in words: from when on nothing is known, by section, and what was planned already to change in it."""

from __future__ import annotations

from dataclasses import replace

from backupreader.domain.journal import Order
from backupreader.language import Language
from tests.ui import town
from tests.ui.townsfolk import WHERE, at, day
from ui.chapter import ToChapter, View
from ui.rows import Kind
from ui.telling.blind import blind_rows, order_marks
from ui.telling.medicine import order_row

VIEW = View(now=town.NOW, language=Language("en"))


def with_order(journal, **facts):
    """Her journal with the first order otherwise."""
    first, *rest = journal.orders.items
    changed = replace(first, medication=replace(first.medication, **facts), doses=())
    return replace(journal, orders=replace(journal.orders, items=(changed, *rest)))


def test_sections_that_were_taken_at_different_times_are_told_each(journal_of) -> None:
    head = blind_rows(journal_of(1), VIEW)[0]
    assert head.kind is Kind.BLIND
    assert head.title.startswith("From today 05:10 until now, 3 h 32 min, nothing is known here")
    assert "Medicine taken today 05:10 · Visits taken today 05:30 · Journal taken today 05:30" in head.title


def test_what_was_planned_is_told_and_called_planned(journal_of) -> None:
    journal = with_order(journal_of(1), drug="Furix", strength="40 mg", form=None, end=day(0))
    head, *rows = blind_rows(journal, VIEW)
    assert head.title.endswith("Planned already to change in it, and not confirmed:")
    told = {row.title: row for row in rows}
    assert told["Furix 40 mg"].marks[0].word == "STOPS: last day today"
    assert told["Furix 40 mg"].target == ToChapter("medicine")
    assert told["Morgenpleje"].marks[0].word == "PLANNED: not known whether it was done"
    assert told["Morgenpleje"].lead == "08:00"


def test_where_nothing_was_planned_nothing_more_is_said(journal_of) -> None:
    (head,) = blind_rows(replace(journal_of(4), visits=journal_of(4, bare=True).visits), VIEW)
    assert "Planned already" not in head.title


def test_where_nothing_was_delivered_there_is_no_window_to_tell(journal_of) -> None:
    assert blind_rows(journal_of(4, bare=True), VIEW) == ()


def test_of_many_visits_the_first_are_shown_and_the_others_counted(journal_of) -> None:
    journal = journal_of(1)
    visit = next(one for one in journal.visits.items if one.title == "Morgenpleje")
    many = tuple(replace(visit, id=f"nexus:m{n}", start=at(-1), tasks=f"no. {n}") for n in range(9))
    rows = blind_rows(replace(journal, visits=replace(journal.visits, items=many)), VIEW)
    assert rows[-1].title == "5 more visits were planned"
    assert rows[-1].target == ToChapter("visits")
    assert len(rows) == 6


def test_medicine_that_is_kept_back_is_told_without_its_name(journal_of) -> None:
    journal = with_order(journal_of(1), drug="", strength=None, form=None, private=True, end=day(0))
    said = " ".join(row.spoken for row in blind_rows(journal, VIEW))
    assert "Private-marked medicine, not shown. STOPS: last day today" in said


def test_an_order_s_own_row_says_what_is_planned_of_it_today(journal_of) -> None:
    first = journal_of(1).orders.items[0]
    order = Order(medication=replace(first.medication, end=day(0)), doses=(), administrations=())
    assert "STOPS: last day today" in order_row(order, VIEW).spoken
    tomorrow = replace(order, medication=replace(first.medication, end=day(1)))
    assert order_marks(tomorrow, VIEW) == ()


def test_a_dose_that_changes_today_is_told_with_its_amount(journal_of) -> None:
    journal = journal_of(1)
    first, *rest = sorted(journal.orders.items, key=lambda order: not order.doses)
    dose = replace(first.doses[0], quantity="0,5", start=at(-1), time="08:00", origin=WHERE)
    changed = replace(first, doses=(*first.doses, dose))
    rows = blind_rows(replace(journal, orders=replace(journal.orders, items=(changed, *rest))), VIEW)
    told = next(row for row in rows if "THIS DOSE BEGINS" in row.spoken)
    assert "08:00 0,5" in told.details[0]
