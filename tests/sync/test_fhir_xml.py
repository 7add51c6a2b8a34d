"""FHIR's XML says the same as FHIR's JSON: every record, issue and receipt is the same, whichever of the two came."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest

from backupreader.domain.errors import SOURCE_DAMAGED
from backupreader.domain.records import Medication, Note
from backupreader.domain.trouble import ReaderError
from sync.adapter import Source
from sync.adapters.fhir import ADAPTER
from sync.fhir.exact import loads

SETS = ("gravitate-health-ips", "hl7dk-core-examples", "kl-core-fhir-examples")


def as_xml(resource: dict[str, Any]) -> str:
    """The resource as FHIR lays down its XML (R4, 2.6.1)."""
    kind = resource["resourceType"]
    return f'<{kind} xmlns="http://hl7.org/fhir">{_body(resource, {"resourceType"})}</{kind}>'


def _body(holder: dict[str, Any], without: set[str]) -> str:
    names = [
        name
        for name in holder
        if name not in without and name.removeprefix("_") not in (holder if name[0] == "_" else ())
    ]
    return "".join(
        _element(name.removeprefix("_"), holder.get(name.removeprefix("_")), holder.get("_" + name.removeprefix("_")))
        for name in names
    )


def _element(name: str, value: Any, beside: Any) -> str:
    if isinstance(value, list) or isinstance(beside, list):
        values = value or [None] * len(beside)
        return "".join(
            _element(name, one, more) for one, more in zip(values, beside or [None] * len(values), strict=True)
        )
    if name == "div" and isinstance(value, str):
        return value
    if isinstance(value, dict) and "resourceType" in value:
        return f"<{name}>{as_xml(value)}</{name}>"
    if isinstance(value, dict):
        attributes = {"id", "url"} if "xtension" in name else {"id"}
        written = "".join(f" {key}={quoteattr(value[key])}" for key in sorted(attributes & set(value)))
        return f"<{name}{written}>{_body(value, attributes)}</{name}>"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    written = "" if value is None else f" value={quoteattr(text)}"
    return f"<{name}{written}>{_body(beside or {}, set())}</{name}>"


def read(path: Path) -> Counter[str]:
    items = ADAPTER.read(Source(name="s", path=path.parent, taken_at="2026-11-22"), [path])
    return Counter(repr(item).replace(path.name, "FILE") for item in items)


@pytest.mark.parametrize("name", SETS)
def test_each_real_resource_says_the_same_in_both(shared_data: Path, name: str, tmp_path: Path) -> None:
    for path in sorted((shared_data / name).glob("*.json")):
        other = tmp_path / f"{path.stem}.xml"
        other.write_text(as_xml(loads(path.read_bytes(), exact=True)), encoding="utf-8")
        assert ADAPTER.claims(other)
        assert read(other) == read(path), path.name


def one(tmp_path: Path, text: str) -> list[Any]:
    path = tmp_path / "one.xml"
    path.write_text(text, encoding="utf-8")
    return list(ADAPTER.read(Source(name="s", path=tmp_path), [path]))


def test_a_number_keeps_its_digits_and_a_text_that_looks_like_one_stays_text(tmp_path: Path) -> None:
    (order,) = [
        item
        for item in one(
            tmp_path,
            '<MedicationRequest xmlns="http://hl7.org/fhir"><id value="m"/><status value="active"/>'
            '<medicationCodeableConcept><text value="1.50"/></medicationCodeableConcept><subject><reference value="Patient/p"/></subject>'
            '<dosageInstruction><doseAndRate><doseQuantity><value value="1.50"/><unit value="ml"/></doseQuantity></doseAndRate>'
            '<timing><repeat><frequency value="2"/><period value="1"/><periodUnit value="d"/></repeat></timing></dosageInstruction>'
            "</MedicationRequest>",
        )
        if isinstance(item, Medication)
    ]
    assert order.drug == "1.50"
    assert [dose.quantity for dose in one_doses(tmp_path)] == ["1.50"]


def one_doses(tmp_path: Path) -> list[Any]:
    items = ADAPTER.read(Source(name="s", path=tmp_path), [tmp_path / "one.xml"])
    return [item for item in items if type(item).__name__ == "Dose"]


def test_texts_and_elements_of_a_narrative_keep_their_order(tmp_path: Path) -> None:
    (note,) = [
        item
        for item in one(
            tmp_path,
            '<Composition xmlns="http://hl7.org/fhir"><id value="c"/><status value="final"/><subject><reference value="Patient/p"/></subject>'
            '<title value="t"/><section><title value="s"/><text><status value="generated"/>'
            '<div xmlns="http://www.w3.org/1999/xhtml">Tåler <b>ikke</b> penicillin &lt;test&gt;</div></text></section></Composition>',
        )
        if isinstance(item, Note)
    ]
    assert "Tåler ikke penicillin <test>" in note.text


@pytest.mark.parametrize(
    "text",
    [
        '<Patient xmlns="http://hl7.org/fhir"><id value="p"/>',
        '<!DOCTYPE Patient [<!ENTITY a "b">]><Patient xmlns="http://hl7.org/fhir"><id value="&a;"/></Patient>',
    ],
    ids=["cut", "entity"],
)
def test_a_cut_file_and_a_bomb_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ReaderError) as refused:
        one(tmp_path, text)
    assert refused.value.kind is SOURCE_DAMAGED
