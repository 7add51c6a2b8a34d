"""The medicine card of the system's own medicine module: groups of medicines.

Known of it is only (odense-rpa's `medicin.py`): `medicationGroups` with `displayName` ("Fast medicin"), `medications`
in each, and `remarks`. All other names here are likely ones. Whatever is asked for in vain does no harm; whatever
stands there under another name is shown in the remark of its medicine, with its name, and told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from backupreader.domain.records import Administration, Medication, MedicationKind, MedicationStatus
from sync.nexus import clock
from sync.nexus.care import warnings_of
from sync.nexus.doses import Ordered, doses_of
from sync.nexus.node import Node, joined, labelled
from sync.nexus.reading import Reading
from sync.nexus.reading import said as shown
from sync.nexus.uncarried import ANYWHERE

LIST: Final = "Nexus"
_NAME: Final = ("name", "drugName", "displayName", "title")
_DRUGS: Final = ("drug", "medicine", "medicament", "prescribedDrug", "prescribedDrugs")
_START: Final = ("startDate", "treatmentStartDate", "start")
_END: Final = ("endDate", "treatmentEndDate", "end")
_PAUSED_FROM: Final = ("pausedFrom", "pauseStartDate")
_PAUSED_TO: Final = ("pausedTo", "pauseEndDate")
_TEXT: Final = ("dosageText", "dosageDescription", "dosageTranslation", "longDosageText", "shortDosageText")
_STATUS: Final[dict[str, MedicationStatus]] = {
    "aktiv": "active", "aktivt": "active", "active": "active", "igangværende": "active",
    "pauseret": "paused", "paused": "paused", "suspended": "paused", "på pause": "paused",
    "seponeret": "stopped", "stoppet": "stopped", "discontinued": "stopped", "stopped": "stopped",
    "afsluttet": "completed", "udløbet": "completed", "completed": "completed", "ended": "completed",
    "kladde": "draft", "draft": "draft", "fejloprettet": "entered-in-error", "slettet": "entered-in-error",
    "ugyldig": "invalid", "invalid": "invalid",
}  # fmt: skip
_Given = tuple[MedicationKind, MedicationStatus]
GROUPS: Final[dict[str, _Given]] = {
    "fast medicin": ("fixed", "active"), "fast": ("fixed", "active"), "dosisdispenseret medicin": ("fixed", "active"),
    "pn medicin": ("prn", "active"), "pn-medicin": ("prn", "active"), "pn": ("prn", "active"),
    "efter behov": ("prn", "active"), "medicin efter behov": ("prn", "active"),
    "kortvarig medicin": ("temporary", "active"), "kur": ("temporary", "active"),
    "pauseret medicin": ("unknown", "paused"), "pauseret": ("unknown", "paused"),
    "seponeret medicin": ("unknown", "stopped"), "seponeret": ("unknown", "stopped"),
    "afsluttet medicin": ("unknown", "completed"),
}  # fmt: skip
"""What a group's name says of its medicines, where the medicine itself says nothing."""
_DISPENSED: Final = ("doseDispensed", "doseDispensation", "isDoseDispensed", "dispensedDose", "dosisDispensed")
_GIVEN: Final[dict[str, Literal["given", "refused", "not-given", "unknown"]]] = {
    "givet": "given", "given": "given", "afvist": "refused", "refused": "refused", "ikke givet": "not-given",
}  # fmt: skip
_STATES: Final = re.compile(
    r"(?:is|has)?_?(?:paus|suspend|discontinu|stop|sepon|terminat|cancel|withdraw|inactiv|invalid|delet|slettet|"
    r"ophør|afslut|expir|end(?:$|date|time|ed|s)|valid(?:to|until))",
    re.IGNORECASE,
)
"""How the name begins of what may say that an order does not hold, under a name that nobody here asks for."""
_NEEDED: Final = re.compile(r"(?:(?:efter|ved|as|when|if)[ _-]?)?(?:behov|needed|required)|p\.?n\.?|prn", re.IGNORECASE)
"""What may say that a medicine in a group of fixed ones is given when needed."""
_NEED_FLAGS: Final = ("prn", "pn", "asNeeded", "onDemand")
_LAST: Final = ("lastGiven", "lastGivenDate", "lastAdministration", "lastAdministered", "lastAdministeredDate")


@dataclass(frozen=True, slots=True)
class _Sources:
    """A medicine and the drugs named in it: a fact is taken from the first that states it."""

    nodes: Sequence[Node]

    def text(self, *keys: str) -> str | None:
        for node in self.nodes:
            found = node.text(*keys)
            if found is not None:
                return found
        return None


def card(reading: Reading, node: Node) -> None:
    """A medicine card: every medicine of every group, and the warnings that stand on it."""
    citizen = reading.citizen(node)
    groups = node.parts("medicationGroups")
    if citizen is not None:
        number = 0
        names: list[str | None] = []
        for group in groups:
            group.path = "medicine-card.group"
            name = group.text("displayName", "name", "title")
            names.append(name)
            for medicine in group.parts("medications"):
                number += 1
                medicine.path = "medication"
                _in_card(reading, medicine, citizen, name, number)
        warnings_of(reading, node, citizen)
        if not number and not any(True for _ in reading.records()):
            reading.issue(
                "no-information-stated", "medicine-card.medicationGroups", joined(", ", names) or citizen, "note"
            )
    reading.tell(node)


def medication(reading: Reading, node: Node) -> None:
    """A medicine that stands by itself."""
    citizen = reading.citizen(node)
    if citizen is not None:
        one(reading, node, citizen, reading.id, node.text("medicationGroup", "group"))
    reading.tell(node)


def _in_card(reading: Reading, node: Node, citizen: str, group: str | None, number: int) -> None:
    own = node.text("id", "uid")
    if own is None:
        own = f"{reading.id.partition('/')[2]}#{number}"
        reading.issue("id-missing", "medication.id", own)
    suffix = reading.again("medication", own, node.value)
    if suffix is not None:
        one(reading, node, citizen, f"{reading.prefix}medication/{own}{suffix}", group)


def one(reading: Reading, node: Node, citizen: str, id_: str, group: str | None) -> None:
    """One medicine, its doses and when it was last given."""
    drugs = [drug for key in _DRUGS if node.is_object(key) or node.is_list(key) for drug in node.parts(key)]
    sources = _Sources([node, *drugs])
    drug = sources.text(*_NAME)
    if drug is None:
        reading.issue("name-missing", "medication.name", None, "error")
    others = [named for item in drugs if (named := item.text(*_NAME)) and named != drug]
    said = GROUPS.get((group or "").strip().casefold())
    status, word = _status(reading, node, said)
    prn = node.flag(*_NEED_FLAGS)
    dispensed = _dispensed(node, group)
    text = node.text(*_TEXT) or (None if node.is_object("dosage") or node.is_list("dosage") else node.text("dosage"))
    kind: MedicationKind = "prn" if prn else said[0] if said else "unknown"
    start, end = reading.day(node, *_START), reading.day(node, *_END)
    doses = doses_of(reading, node, Ordered(id_, citizen, kind == "prn"))
    last = _last_given(reading, node, citizen, id_, drug)
    period = _period(reading, node, start, end)
    made = Medication(
        id=id_,
        citizen=citizen,
        drug=drug or "?",
        origin=reading.origin,
        list=LIST,
        substance=sources.text("substance", "activeSubstance", "activeSubstances"),
        atc=sources.text("atc", "atcCode"),
        form=sources.text("form", "drugForm", "formText"),
        strength=sources.text("strength", "drugStrength", "strengthText"),
        route=sources.text("route", "administrationRoute", "routeOfAdministration"),
        indication=node.text("indication", "indicationText", "cause", "reason"),
        kind=kind,
        status=status,
        status_source=word,
        dosage_text=text,
        instruction=node.text("instruction", "instructions", "administrationInstruction"),
        start=start,
        end=end,
        paused_from=reading.day(node, *_PAUSED_FROM),
        paused_to=reading.day(node, *_PAUSED_TO),
        stop_reason=node.text("stopReason", "discontinuationReason"),
        max_per_day=node.text("maxPerDay", "maxDailyDose", "maximumDailyDose"),
        min_interval=node.text("minInterval", "minimumInterval"),
        prescriber=node.text("prescriber", "prescribedBy", "doctor"),
        prescribed_at=reading.day(node, "prescribedDate", "prescriptionDate"),
        reviewed_at=reading.day(node, "reviewedDate", "lastReviewDate"),
        dose_dispensed=dispensed,
        private=node.flag("private", "privateMarked", "privacy") is True,
        remark=joined(
            "\n",
            [
                node.text("remarks", "remark", "comment", "note"),
                labelled("medicationGroup", group),
                *others,
                period,
                *reading.left_lines(node),
            ],
        ),
    )
    against = _against(node) + ([period] if period else [])  # after all that has a field of its own was asked for
    if status == "active" and against:
        word = joined("; ", [word, *against])
        reading.issue("status-unknown", "medication.status", word)
        made = replace(made, status="unknown", status_source=word)
        made = replace(made, start=None, end=None) if period else made
    reading.out.extend([made, *doses, *last])


def _status(reading: Reading, node: Node, said: _Given | None) -> tuple[MedicationStatus, str | None]:
    """The medicine's own word, else what its group says, else unknown: a list may hold what is no longer given."""
    word = node.text("status", "state", "workflowState", "medicationStatus")
    if word is None:
        return (said[1] if said else "unknown"), None
    status = _STATUS.get(word.strip().casefold(), "unknown")
    if status == "unknown":
        reading.issue("status-unknown", "medication.status", word)
    elif said is not None and status == "active" and said[1] != "active":
        status = said[1]  # the group that staff put it in is the more careful word
    return status, word


def _against(node: Node) -> list[str | None]:
    """What stands in the medicine against its being in force, though its status or its group says that it is."""
    active = (
        node.flag("active", "isActive")
        if isinstance(node.value.get("active", node.value.get("isActive")), bool)
        else None
    )
    found = [
        f"{path.partition('.')[2]}: {shown(value)}"
        for path, value in node.left(ANYWHERE)
        if value is not False
        and (any(_STATES.match(name) for name in path.split(".")[1:2]) or _NEEDED.fullmatch(str(value).strip()))
    ]
    found += [f"{path.partition('.')[2]}: {value}" for path, value in node.refused if path.endswith(_NEED_FLAGS)]
    return ["active: false", *found] if active is False else [*found]


def _period(reading: Reading, node: Node, start: str | None, end: str | None) -> str | None:
    """The dates as written, where one of them cannot be read or the last lies before the first."""
    unread = any(
        node.text(*keys) is not None and not any(clock.moment(node.value.get(key), reading.clock) for key in keys)
        for keys in (_START, _END, _PAUSED_FROM, _PAUSED_TO)
    )
    first_day, last_day = clock.day(start), clock.day(end)
    backwards = first_day is not None and last_day is not None and last_day < first_day
    if not unread and not backwards:
        return None
    written = [labelled(key, node.text(key)) for keys in (_START, _END, _PAUSED_FROM, _PAUSED_TO) for key in keys]
    return joined("; ", written)


def _dispensed(node: Node, group: str | None) -> bool | None:
    found = node.flag(*_DISPENSED)
    return True if found is None and group and group.strip().casefold().startswith("dosisdispens") else found


def _last_given(reading: Reading, node: Node, citizen: str, id_: str, drug: str | None) -> list[Administration]:
    """When the medicine was last given, and how it went where that is said."""
    key = next((key for key in _LAST if node.holds(key)), None)
    if key is None:
        return []
    given = node.part(key) if node.is_object(key) else None
    at = (
        reading.moment(given, "date", "time", "givenDate", "administrationDate", "timestamp")
        if given
        else reading.moment(node, key)
    )
    word = given.text("status", "state") if given else None
    status = "given" if word is None else _GIVEN.get(word.strip().casefold(), "unknown")
    when = labelled(key, at) if status != "given" else None  # a dose that was refused has no time at which it was given
    return [
        Administration(
            id=f"{id_}#last",
            citizen=citizen,
            origin=reading.origin,
            medication=id_,
            drug=drug,
            given_at=at if status == "given" else None,
            status=status,
            status_source=word,
            quantity=given.text("quantity", "amount", "dose") if given else None,
            unit=given.text("unit") if given else None,
            by=given.text("professional", "givenBy", "by", "user") if given else None,
            note=joined("\n", [when, *_remarks(reading, given)]),
        )
    ]


def _remarks(reading: Reading, given: Node | None) -> list[str | None]:
    return [given.text("comment", "remarks", "note"), *reading.left_lines(given)] if given else []
