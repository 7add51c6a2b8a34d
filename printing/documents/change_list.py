"""The change list: what is otherwise than in the former data, what matters most first; then what nobody can tell.

"Gone" is said of what was sent before and is not sent now; whether it was stopped, nobody can know from that. Each
value stands as it was and as it is, whole, where the screen shortens a long one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.domain.changes import Change, Changes, table_of
from backupreader.domain.fold import fold
from backupreader.domain.presence import source_of
from backupreader.domain.records import Alert, Citizen, Medication, Visit
from backupreader.language import N_
from printing import changewords, page, wording
from printing.block import Block, Heading, Words
from printing.document import Document
from printing.grid import Cell, Grid, Group, header, plain, widths
from printing.masthead import Head
from printing.sections import Notice, office_only

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportlab.platypus import Flowable

    from backupreader.domain.changes import Subject as Record
    from backupreader.domain.records import Delivery, Dose
    from printing.document import Sheet, Subject

_TITLE: Final = N_("What has changed")
_COLUMNS: Final = widths(page.wide(landscape=True), 24, 20, 56)


def head(subject: Subject, sheet: Sheet) -> Head:
    """Of which unit, and compared with what."""
    changes, _ = _changes(subject), sheet.language.text
    facts: list[tuple[str, bool]] = []
    if changes.former is not None and changes.taken_at is not None:
        told = _("Compared with the former data, taken {moment}")
        facts.append((told.format(moment=wording.moment(changes.taken_at, sheet)), True))
    facts.append((sheet.language.count("{n} change is told", "{n} changes are told", len(changes.items)), True))
    facts.append((_("For the office: holds health details. Do not take it along."), False))
    return Head(name=changes.unit or _("All who are ours"), title=_(_TITLE), facts=tuple(facts))


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """A table for each kind of change, then what is counted only, and what could not be compared."""
    changes, language = _changes(subject), sheet.language
    if sheet.car:
        return [office_only(sheet)]
    if changes.former is None:
        return [Notice(language.text(changewords.NO_FORMER))]
    blocks = [block for group in changewords.GROUPS for block in _group(group, changes, sheet)]
    if not blocks:
        blocks = [Words((language.text(changewords.NOTHING), False))]
    kept = changewords.kept(changes, language)
    if kept:
        blocks.append(Heading(language.text("Counted, and not shown")))
        if changes.unit:
            blocks.append(
                Words((language.text("These are counted for all units, not for this one alone."), False), above=3)
            )
        blocks += [Words((one, False), above=3) for one in kept]
    left = [Notice(one) for one in changewords.uncompared(changes.uncompared, language)]
    if left:
        blocks += [Heading(language.text("What could not be compared")), *left]
    return [*blocks]


def deliveries(subject: Subject) -> Iterable[Delivery]:
    """Those of the newer data."""
    return _changes(subject).deliveries


DOCUMENT: Final = Document(
    name="change-list",
    title=_TITLE,
    about="changes",
    story=story,
    head=head,
    deliveries=deliveries,
    landscape=True,
    office=True,
)


def _changes(subject: Subject) -> Changes:
    assert subject.changes is not None
    return subject.changes


def _group(group: changewords.Group, changes: Changes, sheet: Sheet) -> list[Block]:
    found = [one for one in changes.items if isinstance(one.record, group.kind) and one.how in group.hows]
    if not found:
        return []
    found.sort(key=lambda one: (fold(one.name), one.citizen, _when(one)))
    _ = sheet.language.text
    sources = dict.fromkeys(source_of(one.record.id) for one in found)
    table = table_of(found[0].record)
    taken = "; ".join(
        _("{source} since {moment}").format(source=source, moment=_since(changes, table, source, sheet))
        for source in sources
    )
    top = header(_("Citizen"), _("How"), _("What"))
    groups = [Group((_row(one, changes, sheet),)) for one in found]
    return [Heading(f"{_(group.title)} ({len(found)})", taken), Grid(_COLUMNS, groups, top, above=4)]


def _when(change: Change) -> str:
    return change.record.start or "" if isinstance(change.record, Visit) else ""


def _since(changes: Changes, table: str, source: str, sheet: Sheet) -> str:
    return wording.moment(changes.since.get((table, source)) or changes.taken_at, sheet)


def _row(change: Change, changes: Changes, sheet: Sheet) -> tuple[Cell, ...]:
    record, _ = change.record, sheet.language.text
    name = change.name or (change.citizen and _("Citizen not delivered")) or _("No citizen")
    when = _since(changes, table_of(record), source_of(record.id), sheet)
    mark = _(changewords.MARKS[change.how]).format(moment=when)
    told = (_detail(name, change, sheet) for name in _told(change))
    return (
        Cell((((name, True),), *([((change.unit, False),)] if change.unit else []))),
        Cell((((mark, True),),)),
        plain(_what(record, sheet), *told),
    )


def _what(record: Record, sheet: Sheet) -> str:
    """What it is that changed, as it is now."""
    _ = sheet.language.text
    if isinstance(record, Medication):
        return wording.joined((wording.drug(record), record.route, record.list))
    if isinstance(record, Alert):
        kind = "CAVE" if record.kind in {"allergy", "no-known-allergy"} else _(wording.ALERT_KIND[record.kind])
        return f"{kind}: {record.text}"
    if isinstance(record, Visit):
        return wording.joined((wording.moment(record.start, sheet), record.title, record.route, record.staff))
    return wording.joined((wording.born(record, sheet), wording.whereabouts(record, sheet)))


def _told(change: Change) -> tuple[str, ...]:
    """The fields that are told each on a line: the two of a status on one."""
    names = ("status" if name == "status_source" else name for name in change.fields)
    return tuple(dict.fromkeys(names))


def _detail(name: str, change: Change, sheet: Sheet) -> str:
    assert change.before is not None
    assert change.after is not None
    _ = sheet.language.text
    if name == "doses":
        before, after = _doses(change.doses_before, sheet), _doses(change.doses_after, sheet)
    else:
        before, after = _value(change.before, name, sheet), _value(change.after, name, sheet)
    sentence = _("{field}: was {before}, now {after}")
    return sentence.format(field=_(changewords.FIELDS[name]), before=before, after=after)


def _value(record: Record, name: str, sheet: Sheet) -> str:
    """One value as a person reads it; what the source said in its own words stands in quotation marks."""
    _, value = sheet.language.text, getattr(record, name)
    if name == "status":
        words = wording.STATUS if isinstance(record, Citizen) else wording.ANY_STATUS
        return wording.source_word(record.status, record.status_source, words, sheet.language)
    if value is None:
        return _("not said")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return wording.moment(value, sheet) if name in changewords.MOMENTS else f"“{value}”"


def _doses(doses: Sequence[Dose], sheet: Sheet) -> str:
    lines = (wording.dose_line(dose, sheet) for dose in doses)
    return "; ".join(line for line in lines if line) or sheet.language.text("not said")
