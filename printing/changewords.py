"""How changes since the former data are told, on the screen and on paper: in which groups, and in which words.

Pure sentences; a moment is written in its own way on each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from backupreader.domain.changes import Changes, How, Reason, Subject, Uncompared
from backupreader.domain.records import Alert, Citizen, Medication, Visit
from backupreader.language import N_, Language
from printing.tablewords import table

NO_FORMER: Final = N_("There is no former data on this PC to compare with. What has changed is not known.")
NOTHING: Final = N_("Nothing has changed in what could be compared and is shown here.")
MARKS: Final = {
    How.NEW: N_("NEW since the data of {moment}"),
    How.CHANGED: N_("CHANGED since the data of {moment}"),
    How.STOPPED: N_("STOPPED some time after the data of {moment}"),
    How.PAUSED: N_("PAUSED some time after the data of {moment}"),
    How.RESUMED: N_("RESUMED some time after the data of {moment}"),
    How.WITHDRAWN: N_("WITHDRAWN some time after the data of {moment}"),
    How.WHEREABOUTS: N_("ELSEWHERE than in the data of {moment}"),
    How.ENDED: N_("ENDED some time after the data of {moment}"),
    How.MOVED: N_("MOVED some time after the data of {moment}"),
    How.CANCELLED: N_("CANCELLED some time after the data of {moment}"),
    How.GONE: N_("NOT SENT ANY MORE since the data of {moment}"),
    How.MAYBE_NEW: N_("PERHAPS NEW since the data of {moment}"),
    How.MISSED: N_("DID NOT COME NOW: known from {moment}"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one kind of record that are told together."""

    title: str
    kind: type[Subject]
    hows: frozenset[How]


_ENDED: Final = frozenset({How.ENDED, How.GONE, How.MISSED})
GROUPS: Final = (
    Group(N_("Medicine stopped, or not sent any more"), Medication, frozenset({How.STOPPED, How.GONE})),
    Group(N_("Medicine paused or resumed"), Medication, frozenset({How.PAUSED, How.RESUMED})),
    Group(N_("New medicine"), Medication, frozenset({How.NEW, How.MAYBE_NEW})),
    Group(N_("Changed medicine"), Medication, frozenset({How.CHANGED})),
    Group(N_("Medicine that did not come now: ask before it is left out"), Medication, frozenset({How.MISSED})),
    Group(N_("Warnings (CAVE): new, changed or withdrawn"), Alert, frozenset(How)),
    Group(N_("Citizens who are somewhere else"), Citizen, frozenset({How.WHEREABOUTS})),
    Group(N_("New citizens"), Citizen, frozenset({How.NEW, How.MAYBE_NEW})),
    Group(N_("Citizens who are not served any more, or did not come"), Citizen, _ENDED),
    Group(N_("Other changes of citizens"), Citizen, frozenset({How.CHANGED})),
    Group(N_("Visits moved"), Visit, frozenset({How.MOVED})),
    Group(N_("Visits cancelled, or not sent any more"), Visit, frozenset({How.CANCELLED, How.GONE, How.MISSED})),
    Group(N_("New visits"), Visit, frozenset({How.NEW, How.MAYBE_NEW})),
    Group(N_("Other changes of visits"), Visit, frozenset({How.CHANGED})),
)
"""What matters most first."""
REASONS: Final = {
    Reason.NOT_BEFORE: N_("{what}: not in the former data. What is new or changed cannot be told."),
    Reason.NOT_NOW: N_("{what}: not in this data. What has changed or stopped cannot be told."),
    Reason.LEFT_OUT: N_("{what}: left out by the municipality's decision, now or before. It cannot be compared."),
    Reason.RENUMBERED: N_(
        "{what}: the source's own ids have changed. It cannot be compared: nothing is told as stopped."
    ),
    Reason.MOSTLY_GONE: N_("{what}: most of what came before did not come now. Nothing is told as stopped: ask."),
    Reason.PART_BEFORE: N_("{what}: some of it had not come before. What is told as perhaps new may be older."),
    Reason.PART_NOW: N_("{what}: some of it did not come now. What did not come may still hold: ask."),
}
FIELDS: Final = {
    "name": N_("Name"),
    "birth_date": N_("Birthday"),
    "sex": N_("Sex"),
    "address": N_("Address"),
    "postal_code": N_("Postal code"),
    "city": N_("Town"),
    "room": N_("Room"),
    "phone": N_("Telephone"),
    "unit": N_("Unit"),
    "status": N_("Status"),
    "status_since": N_("Since"),
    "protected_name": N_("Protected name"),
    "protected_address": N_("Protected address"),
    "language": N_("Language"),
    "interpreter": N_("Interpreter"),
    "marital_status": N_("Marital status"),
    "deceased_at": N_("Died"),
    "remark": N_("Remark"),
    "kind": N_("Kind"),
    "text": N_("Text"),
    "verification": N_("Verification"),
    "code_system": N_("Code system"),
    "code": N_("Code"),
    "severity": N_("Severity"),
    "reaction": N_("Reaction"),
    "note": N_("Note"),
    "start": N_("Beginning"),
    "end": N_("End"),
    "recorded_at": N_("Recorded"),
    "recorded_by": N_("Recorded by"),
    "drug": N_("Drug"),
    "list": N_("List"),
    "substance": N_("Substance"),
    "atc": N_("ATC code"),
    "form": N_("Form"),
    "strength": N_("Strength"),
    "route": N_("Route"),
    "indication": N_("Indication"),
    "dosage_text": N_("Dosage as written"),
    "doses": N_("Dosage"),
    "instruction": N_("Instruction"),
    "paused_from": N_("Paused from"),
    "paused_to": N_("Paused until"),
    "stop_reason": N_("Stopped because"),
    "max_per_day": N_("Most a day"),
    "min_interval": N_("At least between"),
    "prescriber": N_("Prescribed by"),
    "prescribed_at": N_("Prescribed"),
    "dose_dispensed": N_("Dose-dispensed"),
    "private": N_("Marked private"),
    "minutes": N_("Minutes"),
    "title": N_("What"),
    "tasks": N_("What to do"),
    "law": N_("Law"),
    "staff": N_("Carer"),
    "second_staff": N_("Second carer"),
    "staff_needed": N_("Carers needed"),
    "cancel_reason": N_("Cancelled because"),
    "time_critical": N_("Time-critical"),
}
MOMENTS: Final = frozenset(
    {"status_since", "deceased_at", "start", "end", "recorded_at", "paused_from", "paused_to", "prescribed_at"}
)


def kept(changes: Changes, language: Language) -> list[str]:
    """What is counted and not shown."""
    count = language.count
    found: list[str] = []
    for name, number in changes.more.items():
        sentence = count(
            "{n} more change is only marked on its own row: {{table}}",
            "{n} more changes are only marked on their own rows: {{table}}",
            number,
        )
        found.append(sentence.format(table=table(name, language)))
    if changes.others:
        found.append(
            count(
                "{n} change of another unit's citizens is not shown: open the citizen and state a reason.",
                "{n} changes of other units' citizens are not shown: open the citizen and state a reason.",
                changes.others,
            )
        )
    if changes.private:
        found.append(
            count(
                "{n} change of private-marked medicine is not shown: open the citizen and state a reason.",
                "{n} changes of private-marked medicine are not shown: open the citizen and state a reason.",
                changes.private,
            )
        )
    if changes.protected:
        found.append(
            count(
                "Of {n} citizen with a protected address it is not shown where she lives.",
                "Of {n} citizens with a protected address it is not shown where they live.",
                changes.protected,
            )
        )
    return found


def uncompared(those: Iterable[Uncompared], language: Language) -> Iterator[str]:
    """What could not be compared, and why."""
    for one in those:
        what = table(one.table, language)
        if one.source:
            what = language.text("{what} from {source}").format(what=what, source=one.source)
        yield language.text(REASONS[one.reason]).format(what=what)
