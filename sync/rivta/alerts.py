"""``GetAlertInformation`` 2.0: *uppmärksamhetsinformation*, in one of its six kinds."""

from __future__ import annotations

from backupreader.domain.records import Alert, AlertKind, RecordStatus
from sync.markup import Element
from sync.rivta.entry import Coded, Entry, coded, every, first, joined, value
from sync.rivta.header import Header, signature


def alert(entry: Entry, record: Element, header: Header) -> None:
    """One alert. What has become obsolete is inactive, never left out; what is to become so is active until then."""
    body = first(record, "alertInformationBody")
    kind, texts, codes, beside = _content(body)
    sort = coded(first(body, "typeOfAlertInformation"))
    text = joined("; ", texts) or sort.text
    if text is None:
        entry.issue("text-missing", "alertInformationBody", header.id, "error")
    status, status_source = _status(entry, body, header)
    code = next((one for one in codes if one.code), Coded())
    known, verified = entry.moment(body, "ascertainedDate"), entry.moment(body, "verifiedTime")
    hypersensitivity = first(body, "hypersensitivity")
    relations = [
        joined(": ", [coded(first(one, "typeOfAlertInformationRelationship")).text, value(one, "relationComment")])
        for one in every(body, "relatedAlertInformation")
    ]
    entry.out.append(
        Alert(
            id=entry.prefix + header.id,
            citizen=entry.citizen,
            kind=kind,
            text=text or header.id,
            origin=entry.origin,
            status=status,
            status_source=status_source,
            verification=coded(first(hypersensitivity, "degreeOfCertainty")).text,
            code_system=code.system,
            code=code.code,
            severity=coded(first(hypersensitivity, "degreeOfSeverity")).text,
            note=joined(
                "\n",
                [
                    value(body, "alertInformationComment"),
                    *beside,
                    sort.text if sort.text != text else None,
                    f"Konstaterad: {known}" if known else None,
                    f"Verifierad: {verified}" if verified else None,
                    *relations,
                    *header.remarks(),
                ],
            ),
            start=entry.moment(body, "validityTimePeriod/start"),
            end=entry.moment(body, "validityTimePeriod/end"),
            recorded_at=header.written_at,
            recorded_by=joined(", ", [signature(header.author), header.author.role]),
        )
    )


def _status(entry: Entry, body: Element | None, header: Header) -> tuple[RecordStatus, str | None]:
    obsolete, why = entry.moment(body, "obsoleteTime"), value(body, "obsoleteComment")
    said = joined(", ", [f"Inaktuell från {obsolete}" if obsolete else None, why])
    if header.nullified:
        return "entered-in-error", joined(", ", [*header.remarks()[:1], said])
    return ("inactive", said) if obsolete and not entry.to_come(obsolete) else ("active", said)


def _content(body: Element | None) -> tuple[AlertKind, list[str | None], list[Coded], list[str | None]]:
    """The kind, its texts, its codes, and what is said beside them."""
    if (found := first(body, "hypersensitivity")) is not None:
        return _hypersensitivity(found)
    if (found := first(body, "seriousDisease")) is not None:
        disease = coded(first(found, "disease"))
        return "serious-disease", [disease.text], [disease], []
    if (found := first(body, "treatment")) is not None:
        code, drug = coded(first(found, "treatmentCode")), coded(first(found, "pharmaceuticalTreatment"))
        return "treatment", [value(found, "treatmentDescription"), code.text, drug.text], [code, drug], []
    if (found := first(body, "communicableDisease")) is not None:
        disease, route = coded(first(found, "communicableDiseaseCode")), coded(first(found, "routeOfTransmission"))
        way = f"Smittväg: {route.text}" if route.text else None
        return "infection", [disease.text], [disease], [way]
    if (found := first(body, "restrictionOfCare")) is not None:
        return "treatment-limit", [value(found, "restrictionOfCareComment")], [], []
    found = first(body, "unstructuredAlertInformation")
    heading = value(found, "unstructuredAlertInformationHeading")
    content = value(found, "unstructuredAlertInformationContent")
    return "other", [joined(": ", [heading, content])], [], []


def _hypersensitivity(found: Element) -> tuple[AlertKind, list[str | None], list[Coded], list[str | None]]:
    drug, other = first(found, "pharmaceuticalHypersensitivity"), first(found, "otherHypersensitivity")
    substance = coded(first(drug, "atcSubstance"))
    products = [coded(one) for one in every(drug, "pharmaceuticalProductId")]
    agent = coded(first(other, "hypersensitivityAgentCode"))
    sort = coded(first(found, "typeOfHypersensitivity")).text
    texts = [
        substance.text,
        value(drug, "nonATCSubstance"),
        *(product.text for product in products),
        value(other, "hypersensitivityAgent"),
        agent.text,
    ]
    beside = [sort, value(drug, "nonATCSubstanceComment")]
    return "allergy", texts if any(texts) else [sort], [substance, *products, agent], beside
