"""Documents that stand on no citizen's page: by day, by route, and the days that have driving lists."""

from __future__ import annotations

from datetime import date

import pytest

from backupreader.domain.records import Citizen, Document, Identifier, Origin

HERE = Origin("list.pdf", 0)
NUMBER = (Identifier("cpr", "7403381234"),)


def document(number: int, **facts: str) -> Document:
    return Document(
        id=f"tryk:{number}",
        title=f"Udskrift {number}",
        media_type="application/pdf",
        content=b"%PDF-",
        origin=HERE,
        text="ord",
        **facts,
    )


@pytest.fixture
def ward(reading):
    return reading(
        Citizen(id="s:1", name="Kirsten Prøve", origin=HERE, identifiers=NUMBER),
        document(1, date="2026-11-21", route="Rute Å", kind="driving-list"),
        document(2, date="2026-11-22", route="rute å"),
        document(3, date="2026-11-22", kind="driving-list"),
        document(4, kind="Vejledning"),
        document(5, date="2026-11-19", kind="report"),
        document(6, date="2026-11-22", citizen="s:1", kind="medicine-list"),
        document(7, date="2026-11-20", citizen="tryk:gone", kind="medicine-list"),
        document(8, date="2026", route="Rute Å"),
    )


def numbers(documents) -> list[int]:
    return [int(one.id.partition(":")[2]) for one in documents]


def test_newest_day_first_undated_last_and_none_that_a_citizen_s_page_shows(ward) -> None:
    assert numbers(ward.documents()) == [3, 2, 1, 7, 5, 8, 4]


def test_a_day_and_a_route_keep_theirs_however_the_route_is_written(ward) -> None:
    assert numbers(ward.documents(date(2026, 11, 22))) == [3, 2]
    assert numbers(ward.documents(route="RUTE Å")) == [2, 1, 8]
    assert numbers(ward.documents(date(2026, 11, 21), "rute å")) == [1]
    assert ward.documents(date(2020, 1, 1)) == ()


def test_they_come_with_their_words_and_without_their_content(ward) -> None:
    assert {(one.text, one.content) for one in ward.documents()} == {("ord", b"")}


def test_the_days_are_those_of_driving_lists(ward) -> None:
    assert ward.document_days() == (date(2026, 11, 21), date(2026, 11, 22))


def test_of_a_person_whom_another_source_delivered_it_is_hers(reading) -> None:
    reader = reading(
        Citizen(id="s:1", name="Kirsten Prøve", origin=HERE, identifiers=NUMBER),
        Citizen(id="tryk:7403381234", name="Kirsten Prøve", origin=HERE, identifiers=NUMBER),
        document(1, citizen="tryk:7403381234", date="2026-11-22"),
    )
    assert reader.documents() == ()
    assert numbers(reader.journal("s:1").documents.items) == [1]
