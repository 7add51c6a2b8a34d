"""Medicine cards that are broken or strange, each with what is told of it; and any damage at all."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backupreader.domain.dosage import Standing, Verdict, due_times, standing
from backupreader.domain.errors import SOURCE_DAMAGED, WRONG_ENCODING
from backupreader.domain.issues import SENTENCES
from backupreader.domain.records import Citizen, Delivery, Dose, Issue, Medication, Receipt
from backupreader.domain.trouble import Kind, ReaderError
from sync.adapter import Item, Source
from sync.adapters.fmk import ADAPTER

DATA = Path(__file__).resolve().parents[1] / "data"
BROKEN = DATA / "fmk"
ZONE = ZoneInfo("Europe/Copenhagen")
DAY = date(2026, 11, 22)

EXPECTED = {
    "dag-uden-for-intervallet.xml": ["dosage-as-text"],
    "dosering-mangler.xml": ["value-missing"],
    "element-som-ingen-kender.xml": ["element-left-unread", "element-left-unread"],
    "enhed-mangler.xml": ["unit-missing"],
    "fremtidig-start.xml": [],
    "historisk-version.xml": ["resource-older"],
    "intet-kort.xml": ["card-missing"],
    "kun-minimum.xml": ["dosage-as-text"],
    "kun-pause-i-doseringen.xml": ["dosage-as-text"],
    "negativt-interval.xml": ["dosage-as-text", "dosage-as-text"],
    "ordination-uden-id-og-en-to-gange.xml": ["id-missing", "id-repeated"],
    "to-personer-paa-et-kort.xml": ["two-persons"],
    "type-modsiger-strukturen.xml": ["dosage-type-differs"],
    "uden-cpr.xml": ["id-missing"],
    "aeldre-skema-1-4-4.xml": [],
    "slut-foer-start.xml": ["dosage-as-text", "period-backwards"],
    "ugyldigt-kort.xml": ["card-invalid"],
    "ukendt-skema.xml": ["schema-unknown"],
    "ukendt-statuselement.xml": ["status-unknown"],
    "ukendt-tidspunkt.xml": ["dosage-as-text", "dosage-as-text", "number-odd"],
    "ulaeselig-slutdato-paa-dosering.xml": ["date-invalid", "dosage-as-text"],
}
REFUSED = {
    "afklippet.xml": SOURCE_DAMAGED,
    "entitet-bombe.xml": SOURCE_DAMAGED,
    "forkert-tegnsaet.xml": WRONG_ENCODING,
}


def read(path: Path) -> list[Item]:
    return list(ADAPTER.read(Source(name="fmk", path=path), [path]))


def parts(name: str) -> tuple[list[Medication], list[Dose], Receipt]:
    items = read(BROKEN / name)
    (receipt,) = (item for item in items if isinstance(item, Receipt))
    return (
        [item for item in items if isinstance(item, Medication)],
        [item for item in items if isinstance(item, Dose)],
        receipt,
    )


def verdicts(name: str) -> set[Verdict]:
    (order, *_), doses, _ = parts(name)
    return {cell.verdict for dose in doses for _, cell in due_times(order, dose, DAY, ZONE).cells}


def test_every_broken_card_is_named_here() -> None:
    assert {path.name for path in BROKEN.iterdir()} == EXPECTED.keys() | REFUSED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_each_fault_is_told_and_has_its_sentence(name: str) -> None:
    issues = [item for item in read(BROKEN / name) if isinstance(item, Issue)]
    assert sorted(item.code for item in issues) == EXPECTED[name]
    assert all(item.code in SENTENCES and item.column and item.row for item in issues)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_receipt_adds_up_whatever_is_wrong(name: str) -> None:
    orders, _, receipt = parts(name)
    assert receipt.read == receipt.filed + receipt.refused
    assert receipt.filed == (len(orders) + 1 if orders else 0)


@pytest.mark.parametrize(("name", "kind"), REFUSED.items())
def test_a_file_that_is_no_whole_and_honest_xml_is_refused(name: str, kind: Kind) -> None:
    with pytest.raises(ReaderError) as raised:
        read(BROKEN / name)
    assert raised.value.kind is kind


@pytest.mark.parametrize(
    "name",
    [
        "dag-uden-for-intervallet.xml",
        "kun-pause-i-doseringen.xml",
        "negativt-interval.xml",
        "slut-foer-start.xml",
        "ugyldigt-kort.xml",
        "ukendt-statuselement.xml",
        "ulaeselig-slutdato-paa-dosering.xml",
    ],
)
def test_what_is_doubtful_is_never_surely_due(name: str) -> None:
    assert verdicts(name) == {Verdict.UNKNOWN}


def test_a_card_of_two_persons_gives_nothing_and_is_refused_whole() -> None:
    items = read(BROKEN / "to-personer-paa-et-kort.xml")
    assert not any(isinstance(item, Citizen | Medication | Dose) for item in items)
    assert parts("to-personer-paa-et-kort.xml")[2].refused == 2
    assert {item.complete for item in items if isinstance(item, Delivery)} == {False}


def test_a_state_that_nobody_knows_is_unknown_with_its_own_word() -> None:
    (order,), _, _ = parts("ukendt-statuselement.xml")
    assert (order.status, order.status_source) == ("unknown", "Suspended: DateTime 2026-11-20T08:00:00Z")


def test_an_unknown_element_in_a_dosage_is_shown_with_the_order_too() -> None:
    (order,), _, _ = parts("element-som-ingen-kender.xml")
    assert "Dosering, ukendt her: StructuresFixed/Structure/Flavour jordbær" in (order.remark or "")
    assert "Dosering, ukendt her: StructuresFixed/Structure/Crushed" in (order.remark or "")


def test_an_order_of_the_future_is_there_and_not_due_yet() -> None:
    (order,), _, _ = parts("fremtidig-start.xml")
    assert standing(order, DAY, ZONE) is Standing.FUTURE
    assert verdicts("fremtidig-start.xml") == {Verdict.NOT_DUE}


def test_a_dose_without_unit_keeps_its_quantity_and_invents_none() -> None:
    _, (dose,), _ = parts("enhed-mangler.xml")
    assert (dose.quantity, dose.unit) == ("1", None)


def test_only_a_least_quantity_is_no_exact_one() -> None:
    _, (dose,), _ = parts("kun-minimum.xml")
    assert (dose.quantity, dose.text) == (None, "mindst 1 tablet")


def test_the_older_schema_marks_each_dose_that_is_given_when_needed() -> None:
    (order,), doses, _ = parts("aeldre-skema-1-4-4.xml")
    assert (order.kind, order.private) == ("mixed", True)
    assert [(dose.prn, dose.slot, dose.max_per_day) for dose in doses] == [
        (False, "morning", None),
        (True, None, "1 gang"),
    ]


def test_a_structure_overrules_a_type_that_says_otherwise() -> None:
    (order,), _, _ = parts("type-modsiger-strukturen.xml")
    assert order.kind == "fixed"


def test_orders_with_the_same_number_or_none_both_come_under_ids_of_their_own() -> None:
    orders, _, _ = parts("ordination-uden-id-og-en-to-gange.xml")
    assert len({order.id for order in orders}) == 3


SAMPLES = [path.read_bytes() for path in sorted((DATA / "exports" / "fmk").iterdir())]
_VALUE = re.compile(rb">[^<>\n]+<")
_TAG = re.compile(rb"<(/?)([A-Z][A-Za-z]+)")


def tried(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kort.xml"
        path.write_bytes(content)
        try:
            if not ADAPTER.claims(path):
                return
            items = read(path)
        except ReaderError:
            return
    assert any(isinstance(item, Receipt) for item in items)
    assert {item.code for item in items if isinstance(item, Issue)} <= SENTENCES.keys()


@settings(max_examples=60, deadline=None)
@given(
    sample=st.sampled_from(SAMPLES),
    seed=st.integers(0, 2**32),
    value=st.sampled_from(
        ["", "-1", "0", "999999999999", "2026-02-30", "9999-12-31", "0001-01-01", "½", "true", "&lt;x&gt;"]
    ),
)
def test_no_wrong_value_stops_the_reading(sample: bytes, seed: int, value: str) -> None:
    chance = random.Random(seed)
    rare = chance.choice([0.02, 0.2, 1.0])
    tried(_VALUE.sub(lambda found: b">" + value.encode() + b"<" if chance.random() < rare else found[0], sample))


@settings(max_examples=40, deadline=None)
@given(sample=st.sampled_from(SAMPLES), seed=st.integers(0, 2**32))
def test_no_exchange_of_names_stops_the_reading(sample: bytes, seed: int) -> None:
    names = sorted({found[2] for found in _TAG.finditer(sample)})
    chance = random.Random(seed)
    old, new = chance.sample(names, 2)
    tried(re.sub(rb"(</?)" + old + rb"(?=[ />])", lambda found: found[1] + new, sample))


@settings(max_examples=40, deadline=None)
@given(
    sample=st.sampled_from(SAMPLES), start=st.integers(0, 40_000), noise=st.binary(max_size=30), gap=st.integers(0, 300)
)
def test_no_damage_to_the_bytes_stops_the_reading(sample: bytes, start: int, noise: bytes, gap: int) -> None:
    at = start % len(sample)
    tried(sample[:at] + noise + sample[at + gap :])
