from __future__ import annotations

import pytest

from backupreader.domain.records import Citizen, Identifier, Origin, Unit

HERE = Origin("citizens.csv", 1)
UNITS = (Unit(id="n:north", name="Team Nord", origin=HERE), Unit(id="n:lake", name="Plejehjemmet Søbo", origin=HERE))


def citizen(number: int, name: str, **facts: object) -> Citizen:
    return Citizen(id=f"n:{number}", name=name, origin=HERE, **facts)


TOWN = (
    citizen(
        1,
        "Kirsten Møller",
        birth_date="1938-03-14",
        identifiers=(Identifier("cpr", "140338-1234"),),
        address="Skovvej 4, 2. tv",
        postal_code="8600",
        city="Silkeborg",
        phone="+45 99 31 72 07",
        unit="n:north",
    ),
    citizen(2, "Kirsten Møller", birth_date="1941-11-02", unit="n:lake", room="12"),
    citizen(3, "Anders Mollerup", birth_date="1950-01-01", address="Ågade 17", phone="070-123 45 67"),
    citizen(4, "Aage Nordahl", birth_date="1938-03-04", unit="n:lake"),
    citizen(5, "Sjöström, Bäckström Éva", identifiers=(Identifier("personnummer", "19380314-5678"),)),
    citizen(6, "Hemmelig Borger", address="Skjulvej 9", protected_address=True, unit="n:north"),
    citizen(7, "李 小龍", birth_date="1940"),
    citizen(8, "Joen Moeller-Holm", identifiers=(Identifier("local", "J7"), Identifier("replacement", "070392-1VJ4"))),
)


@pytest.fixture
def town(reading):
    return reading(*UNITS, *TOWN)


def found(town, words, **limits):
    return [int(hit.citizen.id.partition(":")[2]) for hit in town.find(words, **limits)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Kirsten Møller", [1, 2]),
        ("møller KIR", [1, 2]),
        ("moller kirsten", [1, 2]),
        ("moeller kirsten", [1, 2]),
        ("kirsten 14/3 1938", [1]),
        ("140338", [1]),
        ("14-03-1938", [1]),
        ("14.3.1938", [1]),
        ("14. marts 1938", [1]),
        ("14/3", [1]),
        ("19380314", [1, 5]),
        ("1938-03-14", [1, 5]),
        ("140338-1234", [1]),
        ("1403381234", [1]),
        ("140338-12", [1]),
        ("1234", [1]),
        ("19380314-5678", [5]),
        ("380314-5678", [5]),
        ("5678", [5]),
        ("070392-1VJ4", [8]),
        ("1vj4", [8]),
        ("j7", [8]),
        ("skovvej 4", [1]),
        ("skovv", [1]),
        ("ågade", [3]),
        ("agade", [3]),
        ("aagade 17", [3]),
        ("8600 silkeborg", [1]),
        ("99317207", [1]),
        ("99 31 72 07", [1]),
        ("+45 99 31 72 07", [1]),
        ("0045 99317207", [1]),
        ("0701234567", [3]),
        ("070-123 45 67", [3]),
        ("søbo 12", [2]),
        ("eva sjostrom", [5]),
        ("backstrom", [5]),
        ("李", [7]),
        ("1940", [7]),
        ("tróm", [5]),
        ("ordah", [4]),
        ("nobody", []),
        ("kirsten nobody", []),
        ("skjulvej", []),
    ],
)
def test_a_citizen_is_found_by_what_one_knows(town, typed, expected):
    assert found(town, typed) == expected


def test_whole_words_come_before_beginnings_and_names_before_all_else(town):
    assert found(town, "nord") == [6, 1, 4]
    assert found(town, "møller") == found(town, "moller") == [8, 1, 2, 3]


def test_without_words_everyone_comes_by_name(town):
    assert found(town, "") == [4, 3, 6, 8, 1, 2, 5, 7]
    assert found(town, "  ", limit=2) == [4, 3]


def test_one_unit_alone_can_be_asked_for(town):
    assert found(town, "", unit="n:lake") == [4, 2]
    assert found(town, "kirsten", unit="n:lake") == [2]
    assert found(town, "kirsten", unit="n:nowhere") == []


def test_a_hit_says_why_and_names_the_unit(town):
    (hit,) = town.find("kirsten 140338")
    assert (hit.why, hit.unit_name) == ("birthday", "Team Nord")
    assert town.find("kirsten")[0].why == "name"
    assert town.find("1234")[0].why == "person number"
    assert town.find("99317207")[0].why == "phone"
    assert town.find("skovvej")[0].why == "address"
    assert town.find("plejehjemmet")[0].why == "unit"
    assert town.find("kirsten 12")[0].why == "room"
    assert town.find("ordah")[0].why == "name"
    assert town.find("anders")[0].unit_name is None


def test_the_same_question_has_the_same_answer(town):
    assert town.find("k") == town.find("k")
    assert len(town.find("k", limit=1)) == 1


@pytest.mark.parametrize("text", ["n:1", " n:1 ", "140338-1234", "1403381234", "140338 1234"])
def test_one_citizen_is_known_by_id_or_by_number_in_any_form(town, text):
    assert town.citizen_by(text).id == "n:1"


def test_a_swedish_number_is_known_without_its_century(town):
    assert town.citizen_by("380314-5678").id == town.citizen_by("19380314-5678").id == "n:5"
    assert town.citizen_by("0703921vj4").id == "n:8"


@pytest.mark.parametrize("text", ["n:99", "1234", "", "Kirsten Møller", "8600", "99317207"])
def test_what_is_no_whole_number_names_nobody(town, text):
    from backupreader.domain.errors import NOT_FOUND
    from backupreader.domain.trouble import ReaderError

    with pytest.raises(ReaderError) as caught:
        town.citizen_by(text)
    assert caught.value.kind is NOT_FOUND
    assert "search" in str(caught.value.facts["known"])


def test_of_two_citizens_with_one_number_nobody_is_chosen_by_chance(reading):
    from backupreader.domain.trouble import ReaderError

    number = (Identifier("cpr", "140338-1234"),)
    twins = reading(citizen(1, "A", identifiers=number), citizen(2, "B", identifiers=number))
    with pytest.raises(ReaderError) as caught:
        twins.citizen_by("140338-1234")
    assert caught.value.facts["known"] == "n:1, n:2"


def test_namesakes_are_told_whatever_the_order_of_their_names(reading):
    town = reading(citizen(1, "Kirsten Møller"), citizen(2, "Møller, Kirsten"), citizen(3, "Kirsten Moller"))
    assert [one.id for one in town.journal("n:1").namesakes] == ["n:2"]
    assert town.journal("n:3").namesakes == ()
