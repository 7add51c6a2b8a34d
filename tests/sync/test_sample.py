from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest
from stdnum.se import personnummer

from backupreader.domain.records import (
    TABLES,
    Administration,
    Alert,
    Citizen,
    Contact,
    Delivery,
    Dose,
    Issue,
    Measurement,
    Medication,
    Note,
    Receipt,
    Record,
    Unit,
    Visit,
)
from sync.adapter import Item, Source
from sync.adapters.table import ADAPTER
from sync.sample.dice import Bag, Dice
from sync.sample.dosing import Prescriber
from sync.sample.given import is_due
from sync.sample.municipality import citizens_of, records
from sync.sample.numbers import check_digit
from sync.sample.town import SIZES, Country, Town, build, taken_before
from sync.sample.words import words
from sync.sample.write import SYSTEMS, SampleExport, write, write_canonical

NOW = datetime.fromisoformat("2026-11-22T08:42")  # a Sunday
TAKEN = "2026-11-22T05:30"
COUNTRIES: tuple[Country, ...] = ("DK", "SE")
FREE_PHONE = {
    "DK": r"8[345]( \d\d){3}",
    "SE": r"070-174 06 \d\d|031-390 06 \d\d|040-628 04 \d\d|0980-31 92 \d\d",
}


@pytest.fixture(params=COUNTRIES)
def country(request: pytest.FixtureRequest) -> Country:
    return request.param


@lru_cache
def made(country: Country) -> tuple[Town, tuple[Record, ...]]:
    """A small municipality with few notes: what is so of all citizens shows already here."""
    town = build(replace(SIZES["small"], notes=900), country, NOW)
    return town, tuple(records(town))


@pytest.fixture
def town(country) -> Town:
    return made(country)[0]


@pytest.fixture
def found(country) -> tuple[Record, ...]:
    return made(country)[1]


@pytest.fixture(scope="session")
def exports(tmp_path_factory) -> dict[Country, SampleExport]:
    return {
        country: write(tmp_path_factory.mktemp(country), size="tiny", country=country, now=NOW) for country in COUNTRIES
    }


@pytest.fixture
def export(country, exports) -> SampleExport:
    return exports[country]


def of(found: Iterable[Record], kind: type) -> list:
    return [record for record in found if isinstance(record, kind)]


def read(export: SampleExport, country: Country) -> list[Item]:
    name, profile = SYSTEMS[country]
    folder = export.settings.parent / profile
    zone = "Europe/Copenhagen" if country == "DK" else "Europe/Stockholm"
    source = Source(name=name, path=folder, adapter="table", profile=profile, zone=zone, country=country)
    return list(ADAPTER.read(source, sorted(folder.iterdir())))


def test_the_same_inputs_give_the_same_bytes(country, export, tmp_path):
    again = write(tmp_path, size="tiny", country=country, now=NOW)
    assert [path.name for path in again.files] == [path.name for path in export.files]
    assert [path.read_bytes() for path in again.files] == [path.read_bytes() for path in export.files]


def test_what_is_written_is_read_again_by_the_real_adapter_without_an_issue(country, export):
    items = read(export, country)
    written = Counter(type(record).__name__ for record in records(build(SIZES["tiny"], country, NOW)))
    assert [item for item in items if isinstance(item, Issue)] == []
    assert Counter(type(item).__name__ for item in items if not isinstance(item, Delivery | Receipt)) == written
    assert not export.left_out
    assert {item.taken_at[:16] for item in items if isinstance(item, Delivery)} == {TAKEN}


def test_a_flawed_export_shows_its_bad_date_and_its_unknown_status(country, tmp_path):
    flawed = write(tmp_path, size="tiny", country=country, now=NOW, flawed=True)
    issues = [item for item in read(flawed, country) if isinstance(item, Issue)]
    assert len(issues) == 2
    assert {issue.column for issue in issues} == {"Status", "Fødselsdato" if country == "DK" else "Födelsedatum"}


def test_the_settings_name_the_export(country, export):
    from backupreader.settings import load

    settings = load(export.settings)
    assert settings.country == country
    assert [source.path.is_dir() for source in settings.sources] == [True]


def test_the_canonical_form_holds_a_file_for_each_table_but_documents(tmp_path):
    written = write_canonical(tmp_path, size="tiny", country="DK", now=NOW)
    names = {path.name for path in written.files}
    assert {f"{table}.csv" for table in TABLES if table != "document"} <= names
    assert not written.left_out


def test_a_moment_with_a_zone_is_put_into_the_municipalitys_own_time(tmp_path):
    moment = datetime.fromisoformat("2026-11-22T04:35:00+00:00")  # 05:35 in Denmark
    assert write(tmp_path, size="tiny", country="DK", now=moment).taken_at == TAKEN


@pytest.mark.parametrize(
    ("now", "taken"),
    [
        ("2026-11-22T05:29", "2026-11-21T17:30"),
        ("2026-11-22T05:30", "2026-11-22T05:30"),
        ("2026-11-22T17:29", "2026-11-22T05:30"),
        ("2026-11-22T23:59", "2026-11-22T17:30"),
    ],
)
def test_the_data_was_taken_at_the_last_half_past_five_before_now(now, taken):
    assert taken_before(datetime.fromisoformat(now)) == datetime.fromisoformat(taken)


def test_every_swedish_number_up_to_the_largest_size_is_one_that_the_tax_agency_published(shared_data):
    published = set(json.loads((shared_data / "personnummer-testdata" / "allPins.json").read_text()))
    numbers = _all_numbers("SE")
    assert set(numbers) <= published
    assert len(set(numbers)) == len(numbers) == SIZES["large"].citizens


def test_every_swedish_number_has_its_right_check_digit():
    assert check_digit("900101980") == "2"
    assert all(personnummer.is_valid(number) for number in _all_numbers("SE"))


def test_every_danish_number_is_a_test_number_and_belongs_to_one_citizen_only():
    town = build(SIZES["large"], "DK", NOW)
    people = [person for place in town.places for person in citizens_of(town, place)]
    for person in people:
        day = person.born
        assert person.number.startswith(f"{day.day + 60}{day:%m%y}-")
        assert (int(person.number[-1]) % 2 == 1) == (person.sex == "male")
    assert len({person.number for person in people}) == SIZES["large"].citizens


@lru_cache
def _all_numbers(country: Country) -> list[str]:
    town = build(SIZES["large"], country, NOW)
    return [person.number for place in town.places for person in citizens_of(town, place)]


def test_every_telephone_number_is_one_that_nobody_has(country, found):
    phones = [record.phone for record in found if isinstance(record, (Citizen, Contact, Unit)) and record.phone]
    assert len(phones) > 500
    assert all(re.fullmatch(FREE_PHONE[country], phone) for phone in phones)


def test_every_id_is_given_once_in_its_table(found):
    ids = Counter((type(record), record.id) for record in found)
    assert max(ids.values()) == 1


def test_namesakes_live_in_the_municipality(found):
    people = of(found, Citizen)
    by_name = Counter(citizen.name for citizen in people)
    assert max(by_name.values()) >= 2
    assert len({citizen.identifiers for citizen in people}) == len(people)


def test_every_state_of_a_citizen_and_of_an_order_is_there(found):
    assert {citizen.status for citizen in of(found, Citizen)} == {"home", "hospital", "leave", "respite"}
    assert {order.status for order in of(found, Medication)} >= {"active", "paused", "stopped", "completed"}
    assert {order.kind for order in of(found, Medication)} == {"fixed", "prn", "temporary"}
    assert any(citizen.protected_address for citizen in of(found, Citizen))


def test_warnings_stated_none_and_no_word_at_all_are_three_kinds_of_citizens(found):
    kinds = defaultdict(set)
    for alert in of(found, Alert):
        kinds[alert.citizen].add(alert.kind)
    allergic = {citizen for citizen, own in kinds.items() if "allergy" in own}
    none_known = {citizen for citizen, own in kinds.items() if "no-known-allergy" in own}
    silent = {citizen.id for citizen in of(found, Citizen)} - allergic - none_known
    assert allergic
    assert none_known
    assert silent
    assert not allergic & none_known
    assert set().union(*kinds.values()) >= {"infection", "treatment-limit", "staff-safety", "fall", "treatment"}


def test_nobody_gets_a_drug_that_the_warnings_forbid(found):
    allergies = {(alert.citizen, alert.text) for alert in of(found, Alert) if alert.kind == "allergy"}
    for order in of(found, Medication):
        if (order.citizen, "Penicillin") in allergies:
            assert not (order.atc or "").startswith("J01C")
        if (order.citizen, "Acetylsalicylsyre") in allergies or (order.citizen, "Acetylsalicylsyra") in allergies:
            assert order.atc != "B01AC06"


def test_nobody_gets_two_blood_thinners_at_once(found):
    active = [order for order in of(found, Medication) if order.status == "active"]
    thinners = Counter(order.citizen for order in active if (order.atc or "").startswith(("B01AA", "B01AF")))
    assert max(thinners.values()) == 1


def test_the_sums_are_those_of_the_size(town, found):
    assert len(of(found, Citizen)) == town.size.citizens
    assert len(of(found, Note)) == town.size.notes
    assert len(of(found, Medication)) == town.size.citizens * town.size.orders


def test_drugs_stop_and_are_paused_within_the_next_days(found):
    today, soon = "2026-11-22", "2026-11-28"
    active = [order for order in of(found, Medication) if order.status == "active"]
    assert any(today <= (order.end or "") <= soon and order.kind == "temporary" for order in active)
    assert any(today <= (order.end or "") <= soon and order.kind == "fixed" for order in active)
    assert any(order.paused_to and order.paused_to > today for order in of(found, Medication))
    assert any(order.dosage_text for order in active if not _doses(found).get(order.id))


def test_doses_come_by_weekday_every_other_day_by_period_and_when_needed(found):
    doses = of(found, Dose)
    assert any(dose.weekdays == "1" for dose in doses)
    assert any(dose.every_days == 2 and dose.start for dose in doses)
    assert any(dose.every_days == 3 and dose.start for dose in doses)
    assert any(len({(dose.start, dose.quantity) for dose in own}) >= 4 for own in _doses(found).values())
    assert any(dose.prn and dose.max_per_day and dose.min_interval for dose in doses)
    assert any(dose.slot for dose in doses)
    assert any(dose.time for dose in doses)


def _doses(found: Iterable[Record]) -> dict[str, list[Dose]]:
    own = defaultdict(list)
    for dose in of(found, Dose):
        own[dose.medication].append(dose)
    return own


def test_nothing_is_given_measured_or_written_after_the_export_was_taken(found):
    given = [item for item in of(found, Administration) if item.given_at]
    assert given
    assert max(item.given_at for item in given) <= TAKEN
    assert max(item.taken_at for item in of(found, Measurement)) <= TAKEN
    assert max(item.written_at for item in of(found, Note)) <= TAKEN
    assert all(item.planned_at > TAKEN for item in of(found, Administration) if item.status == "planned")


def test_doses_when_needed_are_never_given_closer_than_ordered(found):
    orders = {order.id: order for order in of(found, Medication) if order.kind == "prn"}
    moments = defaultdict(list)
    for item in of(found, Administration):
        if item.medication in orders:
            moments[item.medication].append(datetime.fromisoformat(item.given_at))
    assert moments
    for order, given in moments.items():
        hours = int((orders[order].min_interval or "0").split()[0])
        assert all(first - later >= timedelta(hours=hours) for first, later in pairwise(given))


def test_notes_are_between_40_and_1200_characters_with_every_slot_filled(found):
    texts = [note.text for note in of(found, Note)]
    assert min(map(len, texts)) >= 40
    assert max(map(len, texts)) <= 1200
    assert not [text for text in texts if "{" in text or "|" in text or "~" in text]
    assert len(set(texts)) > len(texts) * 0.99


def test_no_text_of_any_record_keeps_an_unfilled_slot(found):
    assert not [record for record in found if "{" in repr(record)]


def test_visits_fill_the_days_from_three_back_to_seven_ahead_through_the_nights(found):
    visits = of(found, Visit)
    days = {visit.start[:10] for visit in visits}
    assert min(days) == "2026-11-19"
    assert {(NOW.date() + timedelta(days=offset)).isoformat() for offset in range(-3, 8)} <= days
    assert any(visit.start[:10] < visit.end[:10] for visit in visits)
    assert any(visit.staff is None and visit.status == "planned" for visit in visits)
    assert any(visit.status == "cancelled" and visit.cancel_reason for visit in visits)
    assert any(visit.staff_needed == 2 and visit.second_staff for visit in visits)
    assert any(visit.time_critical for visit in visits)


def test_nobody_is_in_two_places_at_once_on_a_route(found):
    stops = defaultdict(list)
    for visit in of(found, Visit):
        if visit.staff:
            stops[visit.unit, visit.route, visit.staff].append((visit.start, visit.end))
    for own in stops.values():
        own.sort()
        assert all(before[1] <= after[0] for before, after in pairwise(own))


def test_a_visit_that_must_be_on_time_is_planned_within_five_minutes(found):
    wanted = ["07:00", "07:45", "11:00", "15:00", "17:30", "19:00"]
    for visit in of(found, Visit):
        if visit.time_critical:
            start = datetime.fromisoformat(visit.start)
            waits = [start - datetime.combine(start, time.fromisoformat(clock)) for clock in wanted]
            assert any(timedelta() <= wait <= timedelta(minutes=5) for wait in waits)


def test_nobody_is_visited_while_in_hospital(found):
    away = {citizen.id: citizen.status_since for citizen in of(found, Citizen) if citizen.status == "hospital"}
    assert away
    for visit in of(found, Visit):
        if visit.citizen in away and visit.start > away[visit.citizen]:
            assert visit.status == "cancelled"


def test_every_drug_of_the_word_files_can_be_taken_in_each_of_its_ways(country):
    prescriber = Prescriber(words(country).medicine, NOW.date())
    for drug in words(country).drugs:
        for pattern in drug.doses:
            dosage = prescriber.dosage(drug, pattern, Dice("test", drug.name, pattern), clock=False)
            assert dosage.text
            assert bool(dosage.portions) == (dosage.kind != "text")


def test_a_dose_every_third_day_is_due_on_every_third_day():
    from sync.sample.citizens import HERE

    dose = Dose(id="1", medication="1", citizen="1", origin=HERE, every_days=3, start="2026-11-20")
    due = [is_due(dose, date(2026, 11, day)) for day in range(19, 27)]
    assert due == [False, True, False, False, True, False, False, True]


def test_the_first_of_a_bag_is_drawn_most_often():
    bag, dice = Bag(["the", "care", "seldom", "rare"]), Dice("bag")
    drawn = Counter(bag.draw(dice) for _ in range(4000))
    assert [word for word, _ in drawn.most_common()] == ["the", "care", "seldom", "rare"]


def test_dice_of_the_same_name_fall_alike_and_of_another_name_otherwise():
    first, again, other = Dice("a", 1), Dice("a", 1), Dice("a", 2)
    assert [first.throw() for _ in range(5)] == [again.throw() for _ in range(5)]
    assert first.throw() != other.throw()


def test_the_words_of_both_languages_have_the_same_parts():
    danish, swedish = words("DK"), words("SE")
    assert [topic.trait for topic in danish.topics] == [topic.trait for topic in swedish.topics]
    assert danish.people.keys() == swedish.people.keys()
    assert danish.care.keys() == swedish.care.keys()
    assert danish.medicine.keys() == swedish.medicine.keys()


def test_the_word_files_are_in_the_package():
    from sync import sample

    assert sorted(path.name for path in (Path(sample.__file__).parent / "words").iterdir()) == ["da", "sv"]
