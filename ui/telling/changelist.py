"""How the list of changes is told: in groups, each counted, what matters most first; then what could not be compared.

A changed value is told as it was and as it is now, as written. What is long is cut here, with dots: its whole text
stands on the citizen's page, which Enter opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from backupreader.domain.changes import Change, Changes, How, Reason, Subject, Uncompared, table_of
from backupreader.domain.dosage import whens
from backupreader.domain.fold import fold
from backupreader.domain.presence import source_of
from backupreader.domain.records import Alert, Citizen, Dose, Medication, Visit
from backupreader.language import N_
from printing import wording
from ui import words
from ui.chapter import View, Whose
from ui.clock import written
from ui.rows import Kind, Row
from ui.telling.changed import mark, since

MOST: Final = 200
"""So many rows of one group are shown."""
_LONGEST: Final = 240


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    kind: type[Subject]
    hows: frozenset[How]


_ENDED: Final = frozenset({How.ENDED, How.GONE, How.MISSED})
_GROUPS: Final = (
    _Group(N_("Medicine stopped, or not sent any more"), Medication, frozenset({How.STOPPED, How.GONE})),
    _Group(N_("Medicine paused or resumed"), Medication, frozenset({How.PAUSED, How.RESUMED})),
    _Group(N_("New medicine"), Medication, frozenset({How.NEW, How.MAYBE_NEW})),
    _Group(N_("Changed medicine"), Medication, frozenset({How.CHANGED})),
    _Group(N_("Medicine that did not come now: ask before it is left out"), Medication, frozenset({How.MISSED})),
    _Group(N_("Warnings (CAVE): new, changed or withdrawn"), Alert, frozenset(How)),
    _Group(N_("Citizens who are somewhere else"), Citizen, frozenset({How.WHEREABOUTS})),
    _Group(N_("New citizens"), Citizen, frozenset({How.NEW, How.MAYBE_NEW})),
    _Group(N_("Citizens who are not served any more, or did not come"), Citizen, _ENDED),
    _Group(N_("Other changes of citizens"), Citizen, frozenset({How.CHANGED})),
    _Group(N_("Visits moved"), Visit, frozenset({How.MOVED})),
    _Group(N_("Visits cancelled, or not sent any more"), Visit, frozenset({How.CANCELLED, How.GONE, How.MISSED})),
    _Group(N_("New visits"), Visit, frozenset({How.NEW, How.MAYBE_NEW})),
    _Group(N_("Other changes of visits"), Visit, frozenset({How.CHANGED})),
)
_REASONS: Final = {
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
_FIELDS: Final = {
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
_MOMENTS: Final = frozenset(
    {"status_since", "deceased_at", "start", "end", "recorded_at", "paused_from", "paused_to", "prescribed_at"}
)


def change_rows(changes: Changes, view: View) -> tuple[Row, ...]:
    """The whole list."""
    language = view.language
    if changes.former is None:
        nothing = language.text("There is no former data on this PC to compare with. What has changed is not known.")
        return (Row(kind=Kind.MISSING, title=nothing),)
    rows = [row for group in _GROUPS for row in _group_rows(group, changes, view)]
    kept = _kept_rows(changes, view)
    left = _uncompared_rows(changes.uncompared, view)
    if not rows:
        nothing = language.text("Nothing has changed in what could be compared and is shown here.")
        rows = [Row(kind=Kind.NOTHING, title=nothing)]
    return (*rows, *kept, *left)


def _group_rows(group: _Group, changes: Changes, view: View) -> list[Row]:
    found = [one for one in changes.items if isinstance(one.record, group.kind) and one.how in group.hows]
    if not found:
        return []
    found.sort(key=lambda one: (fold(one.name), one.citizen, _when(one)))
    language = view.language
    table = table_of(found[0].record)
    sources = dict.fromkeys(source_of(one.record.id) for one in found)
    taken = "; ".join(
        language.text("{source} since {moment}").format(source=source, moment=since(changes, table, source, view))
        for source in sources
    )
    title = f"{language.text(group.title)} · {len(found)}"
    rows = [Row(kind=Kind.HEADING, title=title, aside=taken)]
    rows += [change_row(one, view) for one in found[:MOST]]
    more = len(found) - MOST
    if more > 0:
        sentence = language.count(
            "{n} more is not shown here: it is marked on the citizen's page.",
            "{n} more are not shown here: they are marked on the citizens' pages.",
            more,
        )
        rows.append(Row(kind=Kind.TEXT, title=sentence))
    return rows


def _when(change: Change) -> str:
    return change.record.start or "" if isinstance(change.record, Visit) else ""


def change_row(change: Change, view: View) -> Row:
    """One change: whose, of what, and how it was and is."""
    record, language = change.record, view.language
    name = change.name or (change.citizen and language.text("Citizen not delivered")) or language.text("No citizen")
    what = _what(record, view)
    details = (what, *(_detail(field, change, view) for field in _told(change)))
    return Row(
        title=name,
        details=tuple(part for part in details if part),
        marks=(mark(change.how, table_of(record), source_of(record.id), view),),
        aside=change.unit,
        target=Whose(change.citizen, change.name, change.unit) if change.citizen and change.name else None,
    )


def _what(record: Subject, view: View) -> str:
    """What it is that changed, as it is now."""
    language = view.language
    if isinstance(record, Medication):
        return wording.joined((wording.drug(record), record.route, record.list))
    if isinstance(record, Alert):
        return words.alert(record, language)
    if isinstance(record, Visit):
        return wording.joined((written(record.start, view.now, language), record.title, record.route, record.staff))
    return wording.joined((words.born(record, view.now.date(), language), words.whereabouts(record, language).word))


def _told(change: Change) -> tuple[str, ...]:
    """The fields that are told each on a line: the two of a status on one."""
    names = ("status" if name == "status_source" else name for name in change.fields)
    return tuple(dict.fromkeys(names))


def _detail(name: str, change: Change, view: View) -> str:
    assert change.before is not None
    assert change.after is not None
    language = view.language
    if name == "doses":
        before, after = _doses(change.doses_before, view), _doses(change.doses_after, view)
    else:
        before, after = _value(change.before, name, view), _value(change.after, name, view)
    sentence = language.text("{field}: was {before}, now {after}")
    return sentence.format(field=language.text(_FIELDS[name]), before=before, after=after)


def _value(record: Subject, name: str, view: View) -> str:
    """One value as a person reads it; what the source said in its own words stands in quotation marks."""
    language, value = view.language, getattr(record, name)
    if name == "status":
        if isinstance(record, Citizen):
            return words.whereabouts(record, language).word
        return words.status(record.status, record.status_source, language)
    if value is None:
        return language.text("not said")
    if isinstance(value, bool):
        return language.text("yes") if value else language.text("no")
    if name in _MOMENTS:
        return written(value, view.now, language)
    text = str(value)
    return f"“{text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + ' …'}”"


def _doses(doses: Sequence[Dose], view: View) -> str:
    """All doses, each with its time and amount."""
    lines = [
        wording.joined(
            (
                wording.at(whens(dose)[0], view.language),
                wording.amount(dose, view.language),
                wording.on_days(dose, view.language),
                view.language.text("when needed") if dose.prn else None,
                wording.limits(dose.max_per_day, dose.min_interval, view.language),
                _days(dose, view),
                dose.text,
            ),
            " ",
        )
        for dose in doses
    ]
    return "; ".join(line for line in lines if line) or view.language.text("not said")


def _days(dose: Dose, view: View) -> str:
    first, last = (written(text, view.now, view.language) for text in (dose.start, dose.end))
    return f"{first}–{last}" if first or last else ""


def _kept_rows(changes: Changes, view: View) -> list[Row]:
    """What is counted and not shown."""
    count = view.language.count
    rows: list[str] = []
    for table, number in changes.more.items():
        sentence = count(
            "{n} more change is only marked on its own row: {{table}}",
            "{n} more changes are only marked on their own rows: {{table}}",
            number,
        )
        rows.append(sentence.format(table=words.table(table, view.language)))
    if changes.others:
        rows.append(
            count(
                "{n} change of another unit's citizens is not shown: open the citizen and state a reason.",
                "{n} changes of other units' citizens are not shown: open the citizen and state a reason.",
                changes.others,
            )
        )
    if changes.private:
        rows.append(
            count(
                "{n} change of private-marked medicine is not shown: open the citizen and state a reason.",
                "{n} changes of private-marked medicine are not shown: open the citizen and state a reason.",
                changes.private,
            )
        )
    if changes.protected:
        rows.append(
            count(
                "Of {n} citizen with a protected address it is not shown where she lives.",
                "Of {n} citizens with a protected address it is not shown where they live.",
                changes.protected,
            )
        )
    heading = [Row(kind=Kind.HEADING, title=view.language.text("Counted, and not shown"))] if rows else []
    return [*heading, *(Row(kind=Kind.TEXT, title=one) for one in rows)]


def _uncompared_rows(uncompared: Iterable[Uncompared], view: View) -> list[Row]:
    language = view.language
    rows: list[Row] = []
    for one in uncompared:
        what = words.table(one.table, language)
        if one.source:
            what = language.text("{what} from {source}").format(what=what, source=one.source)
        rows.append(Row(kind=Kind.MISSING, title=language.text(_REASONS[one.reason]).format(what=what)))
    heading = [Row(kind=Kind.HEADING, title=language.text("What could not be compared"))] if rows else []
    return [*heading, *rows]
