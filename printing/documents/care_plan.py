"""The care plan (da *plejeplan*, sv *genomförandeplan*): what is done, how, and why; then in what state she is.

Each intervention begins with its instruction (*handlingsanvisning*), whole and as written. Conditions stand under the
words by which the source groups them (FSIII's areas, IBIC's *livsområden*). What has ended stands apart, and what was
cancelled or entered in error is never taken for current.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.domain import qualifiers
from backupreader.domain.generalinformation import is_general, tells_general
from backupreader.domain.period import Place, within
from backupreader.language import N_
from printing import page, sections, wording
from printing.block import Block, Heading, Words
from printing.document import Document
from printing.grid import Cell, Grid, Group, header, plain, strong, widths
from printing.text import STRONG, Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportlab.platypus import Flowable

    from backupreader.domain.journal import Journal
    from backupreader.domain.records import Condition, Intervention, Note
    from printing.document import Sheet, Subject
    from printing.text import Span

_WIDE: Final = page.wide(landscape=False)
_LABELLED: Final = widths(_WIDE, 22, 78)
_TITLE: Final = Style(size=12, leading=16, bold=True)
_READ: Final = Style(size=11, leading=14.5)
_NOW: Final = frozenset({"active", "unknown"})
_WRONG: Final = frozenset({"entered-in-error", "refuted", "cancelled"})
_LATER: Final = (("planned", N_("Planned, not begun")), ("paused", N_("Paused, not to be done now")))
_PAST: Final = (
    (frozenset({"ended", "inactive"}), N_("Ended")),
    (_WRONG, N_("Cancelled or entered in error, not to be used")),
)


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """What to do now, what is planned or paused, the conditions, general information, and what is past."""
    journal = subject.journal
    assert journal is not None
    return [
        *_to_do(journal, sheet),
        *_states(journal, sheet),
        *_general(journal, sheet),
        *_past(journal, sheet),
    ]


DOCUMENT: Final = Document(name="care-plan", title=N_("Plan of care"), about="citizen", story=story)


def _to_do(journal: Journal, sheet: Sheet) -> list[Block]:
    _, section = sheet.language.text, journal.interventions
    now = [item for item in section.items if item.status in _NOW]
    title = _("What to do")
    head = sections.heading(f"{title} ({len(now)})" if now else title, section, sheet)
    blocks: list[Block] = [head, *(_intervention(item, sheet) for item in now)]
    if not now:
        blocks.append(sections.empty(section, sheet))
    for status, said in _LATER:
        items = [item for item in section.items if item.status == status]
        blocks += _listed(_(said), (_intervention(item, sheet) for item in items))
    return blocks


def _listed(title: str, blocks: Iterable[Block]) -> list[Block]:
    """A heading over what there is; nothing where there is nothing."""
    found = list(blocks)
    return [Heading(f"{title} ({len(found)})"), *found] if found else []


def _mark(status: str, source: str | None, sheet: Sheet) -> str:
    """A status that is not current, in words; empty for one that is."""
    if status == "active":
        return ""
    word = wording.source_word(status, source, wording.RECORD_STATUS, sheet.language)
    return f"[{word.upper()}]" if status in _WRONG else f"? {word}" if status == "unknown" else f"[{word}]"


def _intervention(item: Intervention, sheet: Sheet) -> Block:
    """One intervention under its title, which comes again where it goes on on another page."""
    _ = sheet.language.text
    mark = _mark(item.status, item.status_source, sheet)
    title = (Cell((((item.text, True),), *((((mark, True),),) if mark else ())), _TITLE),)
    how = plain(item.instruction, style=_READ) if item.instruction else strong(_("NO INSTRUCTION DELIVERED"))
    rows = [(_("How it is to be done"), how), *((_(label), plain(text)) for label, text in _facts(item, sheet) if text)]
    whole = Group(tuple((plain(label, style=STRONG), cell) for label, cell in rows))
    return Grid(_LABELLED, [whole], (plain(item.code, style=STRONG), *title), above=8)


def _facts(item: Intervention, sheet: Sheet) -> tuple[tuple[str, str | None], ...]:
    language, _ = sheet.language, sheet.language.text
    when = (
        item.repetition,
        _("{n} min").format(n=item.minutes) if item.minutes is not None else None,
        language.count("{n} carer", "{n} carers", item.staff_needed) if item.staff_needed else None,
        wording.period(item.start, item.end, sheet),
        _out_of(item, sheet),
    )
    follow_up = wording.moment(item.follow_up, sheet)
    by = (
        item.law,
        item.kind,
        _("Responsible: {text}").format(text=item.responsible) if item.responsible else None,
        _("Follow-up: {text}").format(text=follow_up) if follow_up else None,
    )
    return (
        (N_("Goal"), item.goal),
        (N_("When"), wording.joined(when)),
        (N_("Reason"), item.reason),
        (N_("Law, responsible"), wording.joined(by)),
    )


def _out_of(item: Intervention, sheet: Sheet) -> str | None:
    """That a current one is not in its period on the sheet's day: the source contradicts itself."""
    _ = sheet.language.text
    if item.status not in _NOW:
        return None
    place = within(item.start, item.end, sheet.day, None, wording.zone(sheet))
    if place is Place.AFTER:
        return _("? its end has passed, and the source does not say that it ended: ask")
    return _("? it begins later") if place is Place.BEFORE else None


def _states(journal: Journal, sheet: Sheet) -> list[Block]:
    section = journal.conditions
    now = [item for item in section.items if item.status in _NOW and not is_general(item)]
    head = sections.heading(sheet.language.text("Health and conditions"), section, sheet)
    return [head, *(_by_kind(now, sheet) if now else [sections.empty(section, sheet)])]


def _by_kind(items: Sequence[Condition], sheet: Sheet) -> list[Block]:
    """A table for each of the words by which the source groups them, in the order in which these come first."""
    kinds: dict[str, list[Condition]] = {}
    for item in items:
        kinds.setdefault(item.kind or "", []).append(item)
    return [_table(kind, found, sheet) for kind, found in kinds.items()]


def _table(kind: str, items: Sequence[Condition], sheet: Sheet) -> Block:
    """The conditions of one kind; without columns for how grave they are where the source says it of none."""
    _ = sheet.language.text
    graded = any(item.severity or item.expected for item in items)
    titles = (_("Code"), kind or _("Not grouped by the source"), _("Severity"), _("Expected"))
    count = 4 if graded else 2
    rows = [
        (
            plain(item.code),
            _condition(item, sheet),
            plain(_severity(item.severity, item, sheet), style=STRONG),
            plain(_severity(item.expected, item, sheet)),
        )[:count]
        for item in items
    ]
    shares = widths(_WIDE, 13, 47, 19, 21) if graded else widths(_WIDE, 13, 87)
    return Grid(shares, [Group((row,)) for row in rows], header(*titles[:count]), above=6)


def _condition(item: Condition, sheet: Sheet) -> Cell:
    mark = _mark(item.status, item.status_source, sheet)
    facts = wording.joined(
        (
            item.verification,
            wording.period(item.start, item.end, sheet),
            wording.moment(item.recorded_at, sheet),
            item.recorded_by,
        )
    )
    paragraphs: list[tuple[Span, ...]] = [((mark, True),)] if mark else []
    paragraphs.append(((item.text, item.status in _NOW),))
    paragraphs += [((text, False),) for text in (item.assessment, facts) if text]
    return Cell(tuple(paragraphs))


def _severity(written: str | None, item: Condition, sheet: Sheet) -> str | None:
    """As written; a bare number of a known scale with its words."""
    said = qualifiers.in_words(written, item.code_system)
    return written if said is None else f"{written}: {sheet.language.text(said)}"


def _general(journal: Journal, sheet: Sheet) -> list[Block]:
    """What the source keeps as general information, as conditions or as notes, and what it remarks of her."""
    _ = sheet.language.text
    areas = [item for item in journal.conditions.items if is_general(item) and item.status in _NOW]
    notes = [note for note in journal.notes.items if tells_general(note)]
    blocks: list[Block] = [Heading(_("General information"))]
    blocks += [Words((text, False), above=4) for text in _remarks(journal)]
    blocks += _by_kind(areas, sheet)
    blocks += [block for note in notes for block in _note(note, sheet)]
    if len(blocks) == 1:
        blocks.append(sections.empty(journal.conditions, sheet))
    return blocks


def _remarks(journal: Journal) -> list[str]:
    citizen = journal.citizen
    return [text for text in (citizen.remark, *(one.remark for one in journal.also)) if text]


def _note(note: Note, sheet: Sheet) -> list[Block]:
    doubt = sections.uncertain(note.status, note.status_source, sheet)
    title = note.title or note.kind or ""
    facts = wording.joined((doubt, wording.moment(note.written_at, sheet), note.author))
    return [Words((title, True), (f"   {facts}", False), above=5, leads=True), Words((note.text, False), indent=12)]


def _past(journal: Journal, sheet: Sheet) -> list[Block]:
    """What has ended, and what is not to be used: each under its heading and with its mark."""
    _ = sheet.language.text
    blocks: list[Block] = []
    for statuses, title in _PAST:
        done = [item for item in journal.interventions.items if item.status in statuses]
        conditions = [item for item in journal.conditions.items if item.status in statuses]
        if done or conditions:
            blocks.append(Heading(f"{_(title)} ({len(done) + len(conditions)})"))
            blocks += [_intervention(item, sheet) for item in done]
            blocks += _by_kind(conditions, sheet)
    return blocks
