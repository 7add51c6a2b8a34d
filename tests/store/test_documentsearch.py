"""Words in documents: found in title and text, the newest first, and shown where they stand."""

from __future__ import annotations

import pytest

from backupreader.domain.records import Citizen, Document, Origin

HERE = Origin("list.pdf", 0)
KIRSTEN = Citizen(id="s:1", name="Kirsten Prøve", origin=HERE)


def document(
    number: int, text: str | None, date: str | None = None, title: str = "Udskrift", **facts: object
) -> Document:
    return Document(
        id=f"d:{number}",
        title=title,
        media_type="application/pdf",
        content=b"%PDF-",
        origin=HERE,
        text=text,
        date=date,
        **facts,
    )


@pytest.fixture
def ward(reading):
    return reading(
        KIRSTEN,
        document(1, "Køreliste for Rute 1\n08:00 Kirsten Prøve, Ågade 4", "2026-11-21", route="Rute 1"),
        document(2, "Køreliste for Rute 2\n08:00 Ole\fSide to: nøgleboks ved døren", "2026-11-22", route="Rute 2"),
        document(3, "Marevan 2,5 mg\nkl. 08:00", None, title="Medicinliste", citizen="s:1"),
        document(4, None, "2026-11-20", title="Scannet brev fra Ålborg", citizen="s:gone"),
        document(5, "NUL\x00efter", "2026-11-19"),
        document(6, "gul " * 100 + "hund i haven " + "hos naboen " * 100, "2026-11-18"),
    )


def found(reader, words, **limits):
    return [int(hit.document.id.partition(":")[2]) for hit in reader.search_documents(words, **limits)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("køreliste", [2, 1]),
        ("koreliste rute", [2, 1]),
        ("KØRE", [2, 1]),
        ("08:00", [2, 1, 3]),
        ("ågade", [1]),
        ("aagade ", [1]),
        ("medicinliste marevan", [3]),
        ("brev alborg", [4]),
        ("efter", [5]),
        ('"for rute 2"', [2]),
        ('"rute for"', []),
        ("rute penicillin", []),
        ("", []),
        ("k", []),
        ('" *', []),
    ],
)
def test_documents_are_found_by_their_words(ward, typed, expected):
    assert found(ward, typed) == expected


def test_a_title_that_answers_comes_before_newer_texts(reading):
    reader = reading(
        document(1, "Rute 17 holder fri", "2026-11-23", title="Rute 9_2026-11-23"),
        document(2, "Besøg kl. 17", "2026-11-21", title="Rute 17_2026-11-21"),
        document(3, "Besøg kl. 08", "2026-11-22", title="Rute 17_2026-11-22"),
    )
    assert found(reader, "rute 17") == [3, 2, 1]


def test_a_route_that_is_not_in_the_title_is_found(reading):
    reader = reading(document(1, "Besøg kl. 08", "2026-11-22", title="liste", route="Nattevagt Ø"))
    assert found(reader, "nattevagt o") == [1]
    assert found(reader, '"liste nattevagt"') == [1]


def test_no_more_than_the_limit_are_given(ward):
    assert found(ward, "køreliste", limit=1) == [2]


def test_a_hit_says_whose_it_is_and_comes_without_its_content(ward):
    (hit,) = ward.search_documents("marevan")
    assert (hit.citizen, hit.document.citizen, hit.document.content) == (KIRSTEN, "s:1", b"")
    assert ward.document(hit.document.id).content == b"%PDF-"
    (hit,) = ward.search_documents("brev")
    assert (hit.citizen, hit.document.citizen) == (None, "s:gone")


def test_a_hit_shows_the_words_as_written_and_their_page(ward):
    (hit,) = ward.search_documents("nogleboks")
    assert (hit.page, hit.excerpt.endswith("Side to: nøgleboks ved døren")) == (2, True)
    (hit,) = ward.search_documents("hund")
    assert hit.page == 1
    assert hit.excerpt.startswith("…")
    assert "gul hund i haven hos" in hit.excerpt
    assert hit.excerpt.endswith("…")


def test_a_hit_by_its_title_alone_has_no_page(ward):
    (hit,) = ward.search_documents("brev")
    assert (hit.page, hit.excerpt) == (None, "")
    (hit,) = ward.search_documents("medicinliste ")
    assert (hit.page, hit.excerpt) == (None, "Marevan 2,5 mg\nkl. 08:00")


def test_no_documents_are_no_trouble(reading):
    assert reading(KIRSTEN).search_documents("kirsten") == ()
