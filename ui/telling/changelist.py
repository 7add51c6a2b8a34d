"""How the list of changes is told: in groups, each counted, what matters most first; then what could not be compared.

A changed value is told as it was and as it is now, as written. What is long is cut here, with dots: its whole text
stands on the citizen's page, which Enter opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from backupreader.domain.changes import Change, Changes, Subject, Uncompared, table_of
from backupreader.domain.dosage import whens
from backupreader.domain.fold import fold
from backupreader.domain.presence import source_of
from backupreader.domain.records import Alert, Citizen, Dose, Medication, Visit
from printing import changewords, wording
from printing.changewords import FIELDS, GROUPS, MOMENTS, Group
from ui import words
from ui.chapter import View, Whose
from ui.clock import written
from ui.rows import Kind, Row
from ui.telling.changed import mark, since

MOST: Final = 200
"""So many rows of one group are shown."""
_LONGEST: Final = 240


def change_rows(changes: Changes, view: View) -> tuple[Row, ...]:
    """The whole list."""
    language = view.language
    if changes.former is None:
        nothing = language.text(changewords.NO_FORMER)
        return (Row(kind=Kind.MISSING, title=nothing),)
    rows = [row for group in GROUPS for row in _group_rows(group, changes, view)]
    kept = _kept_rows(changes, view)
    left = _uncompared_rows(changes.uncompared, view)
    if not rows:
        nothing = language.text(changewords.NOTHING)
        rows = [Row(kind=Kind.NOTHING, title=nothing)]
    return (*rows, *kept, *left)


def _group_rows(group: Group, changes: Changes, view: View) -> list[Row]:
    found = [one for one in changes.items if isinstance(one.record, group.kind) and one.how in group.hows]
    if not found:
        return []
    found.sort(key=lambda one: (fold(one.name), one.citizen, _when(one)))
    language = view.language
    table = table_of(found[0].record)
    sources = dict.fromkeys(source_of(one.record.id) for one in found)
    taken = "; ".join(
        language.text("compared with {source} of {moment}").format(
            source=source, moment=since(changes, table, source, view)
        )
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
    return sentence.format(field=language.text(FIELDS[name]), before=before, after=after)


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
    if name in MOMENTS:
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
    rows = [Row(kind=Kind.TEXT, title=one) for one in changewords.kept(changes, view.language)]
    heading = [Row(kind=Kind.HEADING, title=view.language.text("Counted, and not shown"))] if rows else []
    return [*heading, *rows]


def _uncompared_rows(uncompared: Iterable[Uncompared], view: View) -> list[Row]:
    rows = [Row(kind=Kind.MISSING, title=one) for one in changewords.uncompared(uncompared, view.language)]
    heading = [Row(kind=Kind.HEADING, title=view.language.text("What could not be compared"))] if rows else []
    return [*heading, *rows]
