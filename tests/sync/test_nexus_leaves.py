"""Every leaf of every fixture and of the real grant is carried, told, or named with the reason why it is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.records import Intervention, Issue
from sync.adapter import Item, Source
from sync.adapters.nexus import ADAPTER
from sync.nexus import clock
from sync.nexus.files import NotData, values
from sync.nexus.kinds import DELIVERS, NOT_SHOWN
from sync.nexus.node import leaves
from sync.nexus.pages import Found, opened
from sync.nexus.taking import READERS
from sync.nexus.uncarried import ANYWHERE, ELEMENTS, FORM, WITHIN, reason

DATA = Path(__file__).resolve().parents[1] / "data"
FILES = sorted([*(DATA / "exports" / "nexus").iterdir(), *(DATA / "nexus").iterdir()])
ZONE = ZoneInfo("Europe/Copenhagen")

# Leaves that a record shows in another form than they stand in: a yes as a field's True, a word as our word.
SHOWN_OTHERWISE = {
    "citizen.telephonesRestricted", "citizen.primaryAddress.restricted", "citizen.temporaryAddress.restricted",
    "citizen.gender", "citizen.patientStatus", "citizen.birthDate", "unit.active", "relation.primaryOrganization",
    "contact.primary", "contact.contactAtNight", "contact.hasKey", "contact.address.restricted",
    "medication.dispensedDose", "medication.dosages.time", "medication.dosages.partOfDay",
    "medication.dosages.weekdays", "form.items.importantInformation", "form.items.value", "document.content",
    "document.fileType", "document.originalFileName", "alert.active", "condition.status",
}  # fmt: skip
# What a citizen whose address is protected has beside the address stands nowhere; that it is so is told.
PROTECTED = {"citizen.primaryEmailAddress", "citizen.temporaryAddress"}


def read(path: Path) -> list[Item]:
    return list(ADAPTER.read(Source(name="n", path=path.parent), [path]))


def of_kinds(value: dict[str, Any], kind: str) -> Iterator[tuple[str, object]]:
    """The leaves of an object under the paths that issues and tables use."""
    for key, inner in value.items():
        if kind == "grant" and key in {"currentElements", "futureElements", "elements"}:
            for element in inner or []:
                yield from leaves(element, f"grant.{element['type']}")
        elif key == "medicationGroups":
            for group in inner:
                for medicine in group.get("medications", []):
                    yield from leaves(medicine, "medication")
                yield from leaves({k: v for k, v in group.items() if k != "medications"}, "medicine-card.group")
        else:
            yield from leaves(inner, f"{kind}.{key}")


def is_shown(path: str, value: object, shown: str) -> bool:
    if path in SHOWN_OTHERWISE or any(path.startswith(one) for one in PROTECTED):
        return True
    moment = clock.moment(value, ZONE)
    texts = [str(value)]
    texts += [text for text in (moment, clock.wall(moment), clock.bare_day(moment)) if text]
    texts += [str(value).lower()] if isinstance(value, bool) else []
    return any(repr(text)[1:-1] in shown for text in texts)


def stands_at(item: Item, row: int) -> bool:
    return (item.row if isinstance(item, Issue) else item.origin.row if hasattr(item, "origin") else 0) == row


def unaccounted(found: Found, items: list[Item], row: int) -> list[tuple[str, object]]:
    shown = str([item for item in items if stands_at(item, row)])
    told = {item.column for item in items if isinstance(item, Issue)}
    if found.value is None or found.kind in NOT_SHOWN or found.kind not in READERS:
        codes = {item.code for item in items if isinstance(item, Issue)}
        return [] if codes & {"resource-not-shown", "object-unknown"} else [("", found.value)]
    return [
        (path, value)
        for path, value in of_kinds(found.value, found.kind)
        if reason(path) is None and path not in told and not is_shown(path, value, shown)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_leaf_of_the_fixtures_is_carried_told_or_named(path: Path) -> None:
    if path.name in {"cut.json", "login-page.json", "unauthorized.json"}:
        pytest.skip("no data")
    items, number = read(path), 0
    for line, value in values(path):
        for found in opened(value):
            if isinstance(found, Found):
                number += 1
                assert unaccounted(found, items, line or number) == []


def granted(sample: dict[str, Any]) -> dict[str, Any]:
    """The real answer is an offer of the catalogue: here as granted to a citizen."""
    sample["patient"] = {"id": 84981}
    sample["workflowState"] = {"id": 1406, "name": "Bestilt"}
    sample["identifier"]["patientGrantId"] = 4711
    sample["basketGrantId"] = 4711
    return sample


@pytest.fixture
def sample(shared_data: Path) -> dict[str, Any]:
    text = (shared_data / "kmd-nexus-grant" / "grant-prototype.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def test_the_real_answer_is_claimed_and_told_to_be_an_offer_that_was_never_granted(shared_data: Path) -> None:
    path = shared_data / "kmd-nexus-grant" / "grant-prototype.json"
    assert ADAPTER.claims(path)
    items = read(path)
    assert [(item.code, item.value) for item in items if isinstance(item, Issue)] == [
        ("resource-not-shown", "Hjemmetræning digitalt § 83.a")
    ]


def test_every_leaf_of_the_real_answer_is_carried_told_or_named(sample: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "grant.json"
    path.write_text(json.dumps(granted(sample), ensure_ascii=False), encoding="utf-8")
    items = read(path)
    found = Found(sample, "grant")
    assert unaccounted(found, items, 1) == []
    assert not [item for item in items if isinstance(item, Issue)]
    (service,) = [item for item in items if isinstance(item, Intervention)]
    assert (service.law, service.minutes, service.code) == ("Serviceloven § 83 a", 30, "H2")
    assert service.repetition == "count: 1; pattern: WEEK; weekdays: 2; weekenddays: 0; visits: 1"


def test_each_of_the_real_answers_53_types_of_elements_is_shown_when_filled_or_named(
    sample: dict[str, Any], tmp_path: Path
) -> None:
    filled = granted(sample)
    expected: dict[str, str] = {}
    for place, element in enumerate(filled["currentElements"]):
        kind = element["type"]
        if kind in ELEMENTS or kind in {"paragraph", "repetition"}:
            continue
        if "date" in element:
            element["date"], expected[kind] = f"20{place + 10}-06-15T22:00:00.000+0000", f"20{place + 10}-06-16"
        elif "text" in element and kind != "klMapping":
            element["text"] = expected[kind] = f"tekst-{place}"
        elif kind == "supplier":
            element["supplier"] = {"id": 1, "name": "Leverandør Test"}
            expected[kind] = "Leverandør Test"
        elif "number" in element:
            element["number"], expected[kind] = 100 + place, str(100 + place)
        elif "value" in element:
            element["value"] = expected[kind] = f"værdi-{place}"
    path = tmp_path / "grant.json"
    path.write_text(json.dumps(filled, ensure_ascii=False), encoding="utf-8")
    shown = str([item for item in read(path) if isinstance(item, Intervention)])
    assert [kind for kind, text in expected.items() if text not in shown] == []
    types = {element["type"] for element in filled["currentElements"]}
    assert len(types) == 53
    assert types - set(ELEMENTS) - {"paragraph", "repetition", "klMapping"} == set(expected)


def test_every_kind_is_read_or_named_and_every_reason_says_something() -> None:
    assert set(READERS) == set(DELIVERS)
    assert not set(READERS) & set(NOT_SHOWN)
    tables = [ANYWHERE, FORM, ELEMENTS, NOT_SHOWN, *WITHIN.values()]
    assert all(len(text) > 9 for table in tables for text in table.values())
    assert set(WITHIN) <= {*READERS, "page"}


def test_the_fixtures_that_hold_no_data_say_so() -> None:
    for name in ("login-page.json", "unauthorized.json"):
        with pytest.raises(NotData):
            list(values(DATA / "nexus" / name))
