"""All records of the made-up municipality, unit by unit, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator

from backupreader.domain.records import Record
from sync.sample.care import conditions, interventions, measurements
from sync.sample.citizens import access, alerts, citizen, contacts, unit
from sync.sample.given import administrations
from sync.sample.medicine import orders
from sync.sample.notes import notes
from sync.sample.person import Person, person
from sync.sample.rounds import visits
from sync.sample.town import Place, Town


def records(town: Town) -> Iterator[Record]:
    """Everything: units first, then each unit's citizens with all that is theirs, then the unit's visits."""
    for place in town.places:
        yield unit(town, place)
    for place in town.places:
        people = citizens_of(town, place)
        for one in people:
            yield from _of(town, one)
        yield from visits(town, place, people)


def citizens_of(town: Town, place: Place) -> list[Person]:
    """Those who live in the home or belong to the team."""
    return [person(town, turn, place) for turn in range(place.first, place.first + place.count)]


def _of(town: Town, one: Person) -> Iterator[Record]:
    yield citizen(town, one)
    yield from contacts(town, one)
    yield from alerts(town, one)
    yield from access(town, one)
    yield from conditions(town, one)
    yield from interventions(town, one)
    own = list(orders(town, one))
    for order in own:
        yield order.medication
        yield from order.doses
    yield from administrations(town, one, own)
    yield from measurements(town, one)
    yield from notes(town, one)
