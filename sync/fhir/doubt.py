"""An order of which a part could not be read: nobody can say that the rest of it is in force as it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from backupreader.domain.records import Issue, Medication
from sync.adapter import Item

_DOSING: Final = frozenset({
    "asNeeded", "asNeededBoolean", "asNeededCodeableConcept", "boundsPeriod", "count", "dayOfWeek", "doNotPerform",
    "dosage", "dosageInstruction", "doseAndRate", "doseQuantity", "doseRange", "event", "frequency", "frequencyMax",
    "offset", "period", "periodMax", "periodUnit", "repeat", "sequence", "timeOfDay", "timing", "when",
})  # fmt: skip


def doubt(items: list[Item]) -> None:
    """Take the word *active* from the orders among `items`, the records and issues of one resource.

    So it is where a value of the dosage had another form than it must have ("3 times" taken out reads as once), and
    where a modifier that nobody here knows may turn the meaning round: FHIR forbids to act on such a resource.
    """
    why = [f"{item.code}: {item.column}" for item in items if isinstance(item, Issue) and _against(item)]
    if not why:
        return
    for place, item in enumerate(items):
        if isinstance(item, Medication) and item.status == "active":
            said = "; ".join(filter(None, (item.status_source, *why)))
            items[place] = replace(item, status="unknown", status_source=said)


def _against(issue: Issue) -> bool:
    if issue.code == "modifier-unknown":
        return True
    name = (issue.column or "").rpartition(".")[2]
    return issue.code == "value-misshapen" and (name in _DOSING or name.isdecimal())
