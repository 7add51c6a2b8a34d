"""The emergency care summary: one A4 with what a stranger must know before she rings the bell.

It is made to fit on one page. What does not fit is left to the other sheets, and the page says so in its place: the
least urgent first, never the contacts' first two, the warnings or the limits of treatment. Where even these need more
room, there is a second page rather than a cut.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from backupreader.domain import moments
from backupreader.domain.journal import Presence
from backupreader.domain.presence import source_of
from backupreader.language import N_
from printing import leaves, page, sections, statements, wording
from printing.document import Document
from printing.grid import Cell, Grid, Group, widths

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.platypus import Flowable

    from backupreader.domain.journal import Journal, Section
    from backupreader.domain.records import Alert, Contact, Intervention, Measurement, Note
    from printing.document import Sheet, Subject
    from printing.text import Span

T = TypeVar("T")

_COLUMNS: Final = widths(page.wide(landscape=False), 19, 81)
_LONG: Final = 320  # characters of one entry; the rest stands on the other sheets
_DAYS: Final = timedelta(days=3)
_VISITS: Final = 3
_NEARBY: Final = {"gp", "nurse", "department", "pharmacy"}


@dataclass(frozen=True, slots=True)
class _Part:
    """One row of the page: a label, its entries in the order of their weight, and how few of them may be shown."""

    label: str
    entries: tuple[tuple[Span, ...], ...]
    least: int
    rank: int = 0  # the highest is shortened first; 0 never
    shown: int | None = None

    @property
    def count(self) -> int:
        return len(self.entries) if self.shown is None else self.shown


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """One table of labelled rows that fits the page."""
    journal = subject.journal
    assert journal is not None
    parts = [build(journal, sheet) for build in _PARTS]
    room = leaves.room(DOCUMENT, subject, sheet)
    grid = _grid(parts, sheet)
    while grid.high(0) > room:
        place = _next(parts)
        if place is None:
            break
        parts[place] = replace(parts[place], shown=parts[place].count - 1)
        grid = _grid(parts, sheet)
    return [grid]


DOCUMENT: Final = Document(name="summary", title=N_("Emergency summary"), about="citizen", story=story)


def _next(parts: Sequence[_Part]) -> int | None:
    """Which part gives up an entry: of those that may, the one of the highest rank; None when none may."""
    able = [place for place, part in enumerate(parts) if part.rank and part.count > part.least]
    return max(able, key=lambda place: (parts[place].rank, parts[place].count)) if able else None


def _grid(parts: Sequence[_Part], sheet: Sheet) -> Grid:
    return Grid(_COLUMNS, [_group(part, sheet) for part in parts], above=0)


def _group(part: _Part, sheet: Sheet) -> Group:
    entries = part.entries[: part.count]
    left = len(part.entries) - part.count
    if left:
        more = sheet.language.count("+ {n} more on the journal extract", "+ {n} more on the journal extract", left)
        entries = (*entries, ((more, True),))
    return Group(((Cell((((part.label, True),),)), Cell(entries)),))


def _short(text: str, sheet: Sheet) -> str:
    """A long text up to the end of a word, and where the whole of it is."""
    flat = " ".join(text.split("\n"))
    if len(flat) <= _LONG:
        return flat
    return flat[:_LONG].rsplit(" ", 1)[0] + " … " + sheet.language.text("[goes on in the journal extract]")


def _plain(*texts: str | None) -> tuple[tuple[Span, ...], ...]:
    return tuple(((text, False),) for text in texts if text)


def _or_empty(entries: Sequence[tuple[Span, ...]], section: Section[T], sheet: Sheet) -> tuple[tuple[Span, ...], ...]:
    """The entries, with a word where rows are missing; else the words for this kind of nothing."""
    if not entries:
        return (((wording.empty(section, sheet), section.presence in wording.UNKNOWN),),)
    if section.complete:
        return tuple(entries)
    return (((sheet.language.text("Not complete: the source says that rows are missing."), True),), *entries)


def _where(journal: Journal, sheet: Sheet) -> _Part:
    _ = sheet.language.text
    citizen = journal.citizen
    interpreter = {True: _("interpreter needed"), False: None, None: None}[citizen.interpreter]
    language = _("speaks {language}").format(language=citizen.language) if citizen.language else None
    lines = (
        wording.joined(
            (
                wording.address(citizen, sheet) or _("address not delivered"),
                citizen.phone and _("tel. {phone}").format(phone=citizen.phone),
            )
        ),
        wording.joined((language, interpreter, citizen.marital_status)),
        citizen.remark,
        *(f"{source_of(one.id)}: {one.remark}" for one in journal.also if one.remark),
    )
    return _Part(_("Where"), _plain(*lines), 0)


def _contacts(journal: Journal, sheet: Sheet) -> _Part:
    people = [item for item in journal.contacts.items if item.kind not in _NEARBY]
    people.sort(key=lambda item: (item.priority is None, item.priority or 0))
    entries = [_contact(item, sheet) for item in people]
    return _Part(sheet.language.text("Relatives"), _or_empty(entries, journal.contacts, sheet), 2, 2)


def _contact(item: Contact, sheet: Sheet) -> tuple[Span, ...]:
    _ = sheet.language.text
    role = None if item.kind in {"relative", "other"} else _(wording.CONTACT_KIND[item.kind])
    night = {True: _("may be rung at night"), False: _("not at night"), None: None}[item.ring_at_night]
    who = wording.joined((item.name, item.relation, role), ", ")
    facts = wording.joined((night, _("has a key") if item.has_key else None, item.note))
    phone = wording.joined((item.phone, item.phone2), ", ") or _("no number")
    return (f"{who}  ", False), (phone, True), (f"  {facts}" if facts else "", False)


def _warnings(journal: Journal, sheet: Sheet) -> _Part:
    apart = {"allergy", "no-known-allergy", "treatment-limit"}
    entries = [_alert(alert, sheet) for alert in _current(journal) if alert.kind not in apart]
    return _Part(sheet.language.text("Warnings"), _or_empty(entries, journal.alerts, sheet), 0)


def _current(journal: Journal) -> list[Alert]:
    return [alert for alert in journal.alerts.items if alert.status in {"active", "unknown"}]


def _alert(alert: Alert, sheet: Sheet) -> tuple[Span, ...]:
    kind = sheet.language.text(wording.ALERT_KIND[alert.kind])
    when = wording.moment(alert.recorded_at or alert.start, sheet)
    word = wording.source_word(alert.status, alert.status_source, wording.RECORD_STATUS, sheet.language)
    until = wording.period(None, alert.end, sheet)
    doubt = f"? {word}" if alert.status == "unknown" else None
    facts = wording.joined((alert.note, when, alert.recorded_by, until, doubt))
    return (f"{kind}: {alert.text}", True), (f"   {facts}" if facts else "", False)


def _limits(journal: Journal, sheet: Sheet) -> _Part:
    entries = [_alert(alert, sheet) for alert in _current(journal) if alert.kind == "treatment-limit"]
    return _Part(sheet.language.text("Limits of treatment"), _or_empty(entries, journal.alerts, sheet), 0)


def _health(journal: Journal, sheet: Sheet) -> _Part:
    current = [item for item in journal.conditions.items if item.status in {"active", "unknown"}]
    entries: list[tuple[Span, ...]] = []
    for item in current:
        unsure = None if item.verification == "confirmed" else item.verification
        facts = wording.joined((unsure, item.severity, _short(item.assessment, sheet) if item.assessment else None))
        doubt = sections.uncertain(item.status, item.status_source, sheet)
        entries.append(((item.text, True), (f"  {wording.joined((facts, doubt))}", False)))
    return _Part(sheet.language.text("Health"), _or_empty(entries, journal.conditions, sheet), 2, 4)


def _measured(journal: Journal, sheet: Sheet) -> _Part:
    """The newest value of each kind of measurement."""
    newest: dict[str, Measurement] = {}
    for item in journal.measurements.items:
        if item.status == "entered-in-error":
            continue
        known = newest.get(item.name)
        if known is None or _order(item.taken_at, sheet) > _order(known.taken_at, sheet):
            newest[item.name] = item
    values = "; ".join(f"{name} {_value(item, sheet)}" for name, item in newest.items())
    entries = _plain(_short(values, sheet))
    return _Part(sheet.language.text("Last measured"), _or_empty(entries, journal.measurements, sheet), 0)


def _value(item: Measurement, sheet: Sheet) -> str:
    when = wording.moment(item.taken_at, sheet) or "?"
    doubt = sections.uncertain(item.status, item.status_source, sheet)
    return f"{wording.joined((item.value, item.unit), ' ')} ({wording.joined((when, doubt), ', ')})"


def _order(text: str | None, sheet: Sheet) -> int:
    return moments.order(text, wording.zone(sheet))


def _care(journal: Journal, sheet: Sheet) -> _Part:
    """Those with an instruction first: that is what a stranger cannot guess."""
    current = [item for item in journal.interventions.items if item.status in {"active", "unknown"}]
    current.sort(key=lambda item: not item.instruction)
    entries = [_intervention(item, sheet) for item in current]
    return _Part(sheet.language.text("What to do"), _or_empty(entries, journal.interventions, sheet), 2, 3)


def _intervention(item: Intervention, sheet: Sheet) -> tuple[Span, ...]:
    language = sheet.language
    carers = item.staff_needed or 0
    facts = wording.joined(
        (
            item.repetition,
            language.count("{n} carer", "{n} carers", carers) if carers > 1 else None,
            sections.uncertain(item.status, item.status_source, sheet),
        )
    )
    text = _short(item.instruction, sheet) if item.instruction else ""
    return (item.text, True), (f"  {facts}" if facts else "", False), (f": {text}" if text else "", False)


def _now(journal: Journal, sheet: Sheet) -> _Part:
    _, zone = sheet.language.text, wording.zone(sheet)
    coming = sorted(
        (begins, visit.title or _("Visit"))
        for visit in journal.visits.items
        if visit.status in {"planned", "unknown"}
        and (begins := moments.instant(visit.start, zone))
        and begins >= sheet.now
    )[:_VISITS]
    visits = "; ".join(f"{wording.moment(begins.isoformat(), sheet)} {title}" for begins, title in coming)
    if visits:
        line = _("Next visits: {visits}").format(visits=visits)
    elif journal.visits.presence is Presence.VALUE:
        line = _("Next visits: none planned in the data")
    else:
        line = _("Next visits: {nothing}").format(nothing=wording.empty(journal.visits, sheet))
    where = statements.whereabouts(journal.citizen, journal.also, sheet, journal.told)
    return _Part(_("Now"), _plain(where, line), 0)


def _prescriber(journal: Journal, sheet: Sheet) -> _Part:
    people = [item for item in journal.contacts.items if item.kind in _NEARBY]
    entries = [_contact(item, sheet) for item in people]
    if journal.unit is not None and journal.unit.phone:
        entries.append(((f"{journal.unit.name}  ", False), (journal.unit.phone, True)))
    return _Part(sheet.language.text("Doctor, nurse"), _or_empty(entries, journal.contacts, sheet), 2, 1)


def _notes(journal: Journal, sheet: Sheet) -> _Part:
    """The last three days, newest first."""
    _, zone = sheet.language.text, wording.zone(sheet)
    current = [note for note in journal.notes.items if note.status not in {"entered-in-error", "superseded"}]
    since = int((sheet.now - _DAYS).timestamp())
    fresh = [note for note in current if moments.order(note.written_at, zone) >= since]
    entries = [_note(note, sheet) for note in fresh]
    if current and not fresh:
        newest = max(current, key=lambda note: moments.order(note.written_at, zone))
        last = wording.moment(newest.written_at, sheet) or _("not dated")
        entries = [((_("None in the last 3 days; the newest is of {when}.").format(when=last), False),)]
    return _Part(_("Last 3 days"), _or_empty(entries, journal.notes, sheet), 1, 5)


def _note(note: Note, sheet: Sheet) -> tuple[Span, ...]:
    head = wording.joined((wording.moment(note.written_at, sheet), note.author))
    return (f"{head}  ", True), (_short(note.text, sheet), False)


_PARTS: Final[tuple[Callable[[Journal, Sheet], _Part], ...]] = (
    _limits,
    _warnings,
    _where,
    _contacts,
    _now,
    _care,
    _health,
    _measured,
    _prescriber,
    _notes,
)
