"""The journal extract: conditions, what to do, measurements, contacts, and the notes newest first.

How to get in is not in it: keys and health never share a sheet. What was entered in error or replaced is kept, and
marked so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.language import N_
from printing import page, sections, wording
from printing.block import Block, Words
from printing.document import Document
from printing.grid import Cell, Grid, Group, header, plain, widths
from printing.text import STRONG
from printing.whose import allergy

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from backupreader.domain.journal import Journal
    from backupreader.domain.records import Alert, Condition, Contact, Intervention, Note
    from printing.document import Sheet, Subject
    from printing.text import Span

_WIDE: Final = page.wide(landscape=False)
_INDENT: Final = 12.0
_WRONG: Final = {"entered-in-error", "refuted", "superseded"}


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """The sections in the order in which an unknown citizen is read."""
    journal = subject.journal
    assert journal is not None
    return [
        *_alerts(journal, sheet),
        *_conditions(journal, sheet),
        *_interventions(journal, sheet),
        *_measurements(journal, sheet),
        *_contacts(journal, sheet),
        *_notes(journal, sheet),
    ]


DOCUMENT: Final = Document(name="journal", title=N_("Journal extract"), about="citizen", story=story)


def _entry(title: str, facts: str, *texts: str | None, mark: str = "") -> list[Block]:
    """A bold title with its facts, and texts under it; `mark` says first what is wrong with it."""
    spans: list[Span] = [(f"{mark}  ", True)] if mark else []
    spans.append((title, not mark))
    if facts:
        spans.append((f"   {facts}", False))
    below = [Words((text, False), indent=_INDENT) for text in texts if text]
    return [Words(*spans, above=5, leads=bool(below)), *below]


def _mark(status: str, source: str | None, sheet: Sheet) -> str:
    """A status that is not current, in words; empty for one that is."""
    if status in {"active", "final"}:
        return ""
    word = wording.source_word(status, source, wording.RECORD_STATUS, sheet.language)
    return f"[{word.upper() if status in _WRONG else word}]"


def _labelled(sheet: Sheet, label: str, text: str | None) -> str | None:
    return sheet.language.text(label).format(text=text) if text else None


def _alerts(journal: Journal, sheet: Sheet) -> list[Block]:
    head = sections.heading(sheet.language.text("Warnings"), journal.alerts, sheet)
    if not journal.alerts.items:
        return [head, sections.empty(journal.alerts, sheet)]
    return [head, *(block for alert in journal.alerts.items for block in _alert(alert, sheet))]


def _alert(alert: Alert, sheet: Sheet) -> list[Block]:
    kind = sheet.language.text(wording.ALERT_KIND[alert.kind])
    text = allergy(alert, sheet) if alert.kind == "allergy" else alert.text
    facts = wording.joined(
        (
            alert.verification,
            wording.period(alert.start, alert.end, sheet),
            wording.moment(alert.recorded_at, sheet),
            alert.recorded_by,
        )
    )
    mark = _mark(alert.status, alert.status_source, sheet)
    return _entry(f"{kind}: {text}", facts, alert.note, mark=mark)


def _conditions(journal: Journal, sheet: Sheet) -> list[Block]:
    section = journal.conditions
    head = sections.heading(sheet.language.text("Health and conditions"), section, sheet)
    if not section.items:
        return [head, sections.empty(section, sheet)]
    return [head, *(block for item in section.items for block in _condition(item, sheet))]


def _condition(item: Condition, sheet: Sheet) -> list[Block]:
    facts = wording.joined(
        (item.code, item.severity, item.verification, wording.period(item.start, item.end, sheet), item.kind)
    )
    expected = _labelled(sheet, N_("Expected: {text}"), item.expected)
    return _entry(item.text, facts, item.assessment, expected, mark=_mark(item.status, item.status_source, sheet))


def _interventions(journal: Journal, sheet: Sheet) -> list[Block]:
    section = journal.interventions
    head = sections.heading(sheet.language.text("What to do"), section, sheet)
    if not section.items:
        return [head, sections.empty(section, sheet)]
    return [head, *(block for item in section.items for block in _intervention(item, sheet))]


def _intervention(item: Intervention, sheet: Sheet) -> list[Block]:
    language = sheet.language
    facts = wording.joined(
        (
            item.code,
            item.law,
            item.repetition,
            language.text("{n} min").format(n=item.minutes) if item.minutes is not None else None,
            language.count("{n} carer", "{n} carers", item.staff_needed) if item.staff_needed else None,
            item.responsible,
            wording.period(item.start, item.end, sheet),
        )
    )
    texts = (
        item.instruction,
        _labelled(sheet, N_("Goal: {text}"), item.goal),
        _labelled(sheet, N_("Reason: {text}"), item.reason),
        _labelled(sheet, N_("Follow-up: {text}"), wording.moment(item.follow_up, sheet)),
    )
    return _entry(item.text, facts, *texts, mark=_mark(item.status, item.status_source, sheet))


def _measurements(journal: Journal, sheet: Sheet) -> list[Block]:
    _, section = sheet.language.text, journal.measurements
    head = sections.heading(_("Measurements"), section, sheet)
    if not section.items:
        return [head, sections.empty(section, sheet)]
    groups = [
        Group(
            (
                (
                    plain(wording.moment(item.taken_at, sheet) or _("not dated")),
                    plain(item.name),
                    Cell((((wording.joined((item.value, item.unit), " "), True),),)),
                    plain(_mark(item.status, item.status_source, sheet), item.taken_by, item.note),
                ),
            )
        )
        for item in section.items
    ]
    top = header(_("When"), _("What"), _("Value"), _("Remark"))
    return [head, Grid(widths(_WIDE, 22, 28, 20, 30), groups, top, above=5)]


def _contacts(journal: Journal, sheet: Sheet) -> list[Block]:
    _, section = sheet.language.text, journal.contacts
    head = sections.heading(_("Contacts"), section, sheet)
    if not section.items:
        return [head, sections.empty(section, sheet)]
    groups = [Group((_contact(item, sheet),)) for item in section.items]
    top = header(_("Who"), _("Telephone"), _("Remark"))
    return [head, Grid(widths(_WIDE, 38, 24, 38), groups, top, above=5)]


def _contact(item: Contact, sheet: Sheet) -> tuple[Cell, ...]:
    _ = sheet.language.text
    kind = _(wording.CONTACT_KIND[item.kind])
    who = Cell((((item.name, True),), ((wording.joined((kind, item.relation)), False),)))
    marks = (
        _("May be rung at night") if item.ring_at_night else None,
        _("Not to be rung at night") if item.ring_at_night is False else None,
        _("Has a key") if item.has_key else None,
        item.address,
        item.note,
    )
    return who, plain(item.phone, item.phone2, style=STRONG), plain(*marks)


def _notes(journal: Journal, sheet: Sheet) -> list[Block]:
    section = journal.notes
    head = sections.heading(sheet.language.text("Notes, newest first"), section, sheet)
    if not section.items:
        return [head, sections.empty(section, sheet)]
    return [head, *(block for note in section.items for block in _note(note, sheet))]


def _note(note: Note, sheet: Sheet) -> list[Block]:
    _ = sheet.language.text
    author = (
        f"{note.author} ({note.author_role})" if note.author and note.author_role else note.author or note.author_role
    )
    facts = wording.joined(
        (author or _("no author delivered"), note.kind, note.title, _("IMPORTANT") if note.important else None)
    )
    when = wording.moment(note.written_at, sheet) or _("not dated")
    return _entry(when, facts, note.text, mark=_mark(note.status, note.status_source, sheet))
