"""``GetMedicationHistory`` 2.0 and 2.1: a prescription with its dosage, its dispensing and what was given of it.

A prescription is the newest of its chain when it is *Active*: also an *Utsättning*, which ends the treatment and names
no drug. A former one of the chain holds until its successor begins or ends it, so it is shown as stopped with that
moment as its end: until then a person decides (see `backupreader.domain.dosage`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from backupreader.domain import moments
from backupreader.domain.records import Administration, Medication, MedicationStatus
from sync.markup import Element
from sync.rivta.chains import STOP, Chained, Drug, drug_of, key_of
from sync.rivta.dosage import dosing
from sync.rivta.entry import Entry, boolean, coded, every, first, joined, told, value
from sync.rivta.header import Header, professional, signature

_START: Final = frozenset({"I", "Insättning"})
_DISPENSED: Final = frozenset({"apodos", "dosdispensering", "dosdispenserat"})


def medication(
    entry: Entry, record: Element, header: Header, chain: Mapping[str, Chained], ends: Mapping[str, str]
) -> None:
    """One prescription. `chain` is every prescription by its id; `ends` when its successor ends a former one."""
    prescription = first(record, "medicationMedicalRecordBody/medicationPrescription")
    if prescription is None:
        entry.issue("value-missing", "medicationPrescription", None, "error")
        return
    own = key_of(record, "prescriptionId")
    id_ = entry.prefix + header.id
    choice = first(prescription, "drug")
    drug = drug_of(choice)
    former = key_of(record, "precedingPrescriptionId")
    name = drug.name or (chain[former].drug if former and former in chain else None)
    if name is None:
        entry.issue("text-missing", "drug", header.id, "error")
    period = _period(entry, prescription, ends.get(own or ""))
    start, end = period.start, period.end
    status, status_source = _status(entry, prescription, header)
    if period.doubt is not None and status == "active":
        status, start, end = "unknown", None, None
    doses = dosing(entry, choice, id_, start, end)
    prescriber = professional(entry, first(prescription, "prescriber"))
    evaluator = professional(entry, first(prescription, "evaluator"))
    dispensing = _dispensing(entry, first(prescription, "dispensationAuthorization"), drug)
    entry.out.append(
        Medication(
            id=id_,
            citizen=entry.citizen,
            drug=name or header.id,
            origin=entry.origin,
            substance=drug.substance,
            atc=drug.atc,
            form=drug.form,
            strength=drug.strength,
            route=drug.route,
            indication=_reasons(prescription),
            kind=doses.kind,
            status=status,
            status_source=status_source,
            dosage_text=doses.text,
            instruction=joined("\n", [doses.instruction, dispensing.instruction]),
            start=start,
            end=end,
            stop_reason=coded(first(prescription, "endOfTreatmentReason")).text,
            max_per_day=doses.max_per_day,
            prescriber=signature(prescriber),
            prescribed_at=prescriber.at or header.written_at,
            reviewed_at=evaluator.at,
            dose_dispensed=dispensing.dispensed,
            remark=joined(
                "\n",
                [
                    *header.remarks(),
                    _line("Behandling", period.doubt),
                    value(prescription, "prescriptionNote"),
                    drug.remark,
                    "Egenmedicinering" if boolean(entry, prescription, "selfMedication") else None,
                    _line("Ordinatörens befattning", prescriber.role),
                    _line("Första insättning", entry.moment(prescription, "startOfFirstTreatment")),
                    _line("Planerad utvärdering", entry.moment(prescription, "evaluationTime")),
                    _line("Utvärderad av", joined(", ", [signature(evaluator), evaluator.role])),
                    _line(
                        "Registrerad", joined(", ", [header.written_at, signature(header.author), header.author.role])
                    ),
                    dispensing.remark,
                ],
            ),
        )
    )
    entry.out += doses.doses
    for number, given in enumerate(every(prescription, "administration"), start=1):
        _administration(entry, given, header, f"{id_}/{number}", name)


@dataclass(frozen=True, slots=True)
class _Period:
    """From when until when; and what was written, where a bound cannot be read or the end lies before the start."""

    start: str | None
    end: str | None
    doubt: str | None


def _period(entry: Entry, prescription: Element, successor: str | None) -> _Period:
    """The treatment's. An end that cannot be read would seem open, and one before its start would hide the order."""
    written = [value(prescription, name) for name in ("startOfTreatment", "endOfTreatment")]
    start, stated = (entry.moment(prescription, name) for name in ("startOfTreatment", "endOfTreatment"))
    end = min(filter(None, (stated, successor)), default=None)
    first_day, last_day = moments.day(start), moments.day(end)
    backwards = first_day is not None and last_day is not None and last_day < first_day
    told = " – ".join((written[0] or "", written[1] or end or ""))
    if backwards:
        entry.issue("period-backwards", "endOfTreatment", told, "error")
    unread = [text for text, read in zip(written, (start, stated), strict=True) if text and read is None]
    return _Period(start, end, told if unread or backwards else None)


def _status(entry: Entry, prescription: Element, header: Header) -> tuple[MedicationStatus, str | None]:
    kind, state = value(prescription, "typeOfPrescription"), value(prescription, "prescriptionStatus")
    words = joined(", ", [kind, state])
    if header.nullified:
        return "entered-in-error", words
    if kind in STOP:
        return "stopped", words
    if kind in _START and state == "Active":
        return "active", words
    if kind in _START and state == "Inactive":
        return "stopped", words
    entry.issue("status-unknown", "prescriptionStatus", words)
    return "unknown", words


def _reasons(prescription: Element) -> str | None:
    """*Ordinationsorsak*, the principal ones first, and what the treatment is for."""
    reasons = [*prescription.all("principalPrescriptionReason"), *prescription.all("additionalPrescriptionReason")]
    texts = [joined(": ", [_reason(reason), value(reason, "otherReason")]) for reason in reasons]
    return joined("; ", [*texts, value(prescription, "treatmentPurpose")])


def _reason(element: Element) -> str | None:
    reason = coded(first(element, "reason"))
    return reason.text if reason.code in {None, reason.text} else f"{reason.text} ({reason.code})"


@dataclass(frozen=True, slots=True)
class _Dispensing:
    instruction: str | None = None
    dispensed: bool | None = None
    remark: str | None = None


def _dispensing(entry: Entry, element: Element | None, ordered: Drug) -> _Dispensing:
    """*Förskrivning*: the patient's text on the prescription, how it is given out, and what the pharmacy was told."""
    if element is None:
        return _Dispensing()
    method = value(element, "distributionMethod")
    choice = first(element, "drug")
    goods = drug_of(choice)
    interval = [value(element, "minimumDispensationInterval/value"), value(element, "minimumDispensationInterval/unit")]
    dosages = [told(one) for one in every(choice, "dosage")]
    by = professional(entry, first(element, "dispensationAuthorizer"))
    lines = [
        _line("Förskriven vara", goods.name if goods.name != ordered.name else None),
        _line("Förskriven styrka", goods.strength if goods.strength != ordered.strength else None),
        _line("Förskriven form", goods.form if goods.form != ordered.form else None),
        goods.remark if goods.remark != ordered.remark else None,
        _line("Distributionssätt", method),
        _line("Totalmängd", joined(" ", [value(element, "totalAmount"), value(element, "packageUnit")])),
        _line("Utlämningsintervall", " ".join(part for part in interval if part) or None),
        _line("Giltig till", entry.moment(element, "validUntil")),
        _line("Första uttag före", entry.moment(element, "firstDispensationBefore")),
        _line("Bytes ej", value(element, "nonReplaceable")),
        _line("Förskrivarens kommentar", value(element, "dispensationAuthorizerComment")),
        _line("Förskrivare", joined(", ", [signature(by), by.role, by.at])),
    ]
    return _Dispensing(
        instruction=joined("\n", [_line("Text på recept", value(element, "prescriptionSignatura")), *dosages]),
        dispensed=True if method and method.strip().lower() in _DISPENSED else None,
        remark=joined("\n", lines),
    )


def _administration(entry: Entry, given: Element, header: Header, id_: str, ordered: str | None) -> None:
    """*Administrering*: that it is recorded says that it was given."""
    choice = first(given, "drug")
    drug = drug_of(choice)
    by = professional(entry, first(given, "administeringHealthcareProfessional"))
    amounts = every(choice, "dosage/setDosage/*/dose")
    dose = amounts[0] if len(amounts) == 1 else None  # of several, none is what was given: they stand in the note
    low, high, unit = value(dose, "low"), value(dose, "high"), value(dose, "unit")
    words = [told(one) for one in every(choice, "dosage")]
    start, end = entry.moment(given, "administrationTime/start"), entry.moment(given, "administrationTime/end")
    value(first(given, "administrationId"), "root")
    value(first(given, "administrationId"), "extension")
    entry.out.append(
        Administration(
            id=id_,
            citizen=entry.citizen,
            origin=entry.origin,
            medication=entry.prefix + header.id,
            drug=joined(" ", [drug.name or ordered, drug.strength]),
            given_at=start,
            status="entered-in-error" if header.nullified else "given",
            quantity=low if low == high else None,
            unit=unit,
            by=signature(by),
            note=joined(
                "\n",
                [
                    value(given, "administrationComment"),
                    _line("Till", end),
                    _line("Dokumenterad", joined(", ", [by.at, by.role])),
                    _line("Administreringssätt", coded(first(given, "routeOfAdministration")).text or drug.route),
                    drug.remark,
                    *words,
                ],
            ),
        )
    )


def _line(name: str, text: str | None) -> str | None:
    return f"{name}: {text}" if text else None
