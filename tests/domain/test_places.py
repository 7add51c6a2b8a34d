"""What an order leaves room to write: by what it says of itself, and nothing else."""

from __future__ import annotations

import pytest

from backupreader.domain.journal import Order
from backupreader.domain.places import Place, counted, patch, places
from backupreader.domain.records import Dose, Medication, Origin

HERE = Origin("x", 1)
INSULIN, PATCH = (Place.BLOOD_SUGAR, Place.BODY), (Place.BODY, Place.REMOVED)


def order(drug: str = "Pinex", unit: str | None = "tablet", **facts: str) -> Order:
    medication = Medication(id="m", citizen="c", drug=drug, origin=HERE, **facts)
    return Order(
        medication=medication,
        doses=(Dose(id="d", medication="m", citizen="c", origin=HERE, unit=unit),),
        administrations=(),
    )


@pytest.mark.parametrize(
    "facts",
    [
        {"drug": "NovoRapid", "atc": "A10AB05"},
        {"drug": "Lantus", "substance": "Insulin glargin"},
        {"drug": "Insulin X"},
    ],
)
def test_an_insulin_is_one_by_its_code_its_substance_or_its_name(facts):
    assert places(order(**facts)) == INSULIN


@pytest.mark.parametrize(
    "facts",
    [{"drug": "Ozempic", "atc": "A10BJ06"}, {"drug": "Metformin", "atc": "A10BA02"}, {"drug": "NovoRapid"}, {}],
)
def test_what_does_not_say_that_it_is_one_has_no_such_places(facts):
    assert places(order(**facts)) == ()


@pytest.mark.parametrize(
    "form",
    ["depotplaster", "Depotplastre", "plaster", "medicinsk plaster", "depotplåster", "Depotplåster, 10 st", "plåster",
     "depotplastre (matrix)", "transdermal patch"],
)  # fmt: skip
def test_a_patch_is_one_by_its_form_in_each_language(form):
    assert places(order("Norspan", form=form)) == PATCH


def test_a_patch_is_one_by_its_name_or_its_unit_where_the_form_is_not_said():
    assert patch(order("Fentanyl depotplaster 25"))
    assert patch(order("Norspan", unit="plaster"))
    assert not patch(order("Norspan", unit=None))
    assert not patch(order("Plasterol", form="tablet"))


def test_what_is_counted_says_so_itself_and_only_a_sheet_that_counts_has_the_place():
    said = order(remark="Narkotika, räknas vid varje uttag")
    assert counted(said)
    assert places(said, counts=True) == (Place.COUNT,)
    assert places(said) == ()
    assert places(order("Lantus", atc="A10AE04", instruction="Räknas"), counts=True) == (*INSULIN, Place.COUNT)
    assert places(order("Oxynorm", atc="N02AA05"), counts=True) == ()
    assert not counted(order(remark="Berättas för dottern"))
