"""The handover to hospital: what must be known where she is taken, and places for what only the carer knows now.

The fields are those of MedCom's indlæggelsesrapport (XDIS16), with limits of treatment and last wishes before all
others. What no source said is said to be unknown. What is observed, why she is sent and what goes along is written by
hand. Clinical text stands whole, as written.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeVar

from backupreader.domain import moments
from backupreader.domain.fold import fold
from backupreader.domain.presence import is_current, source_of
from backupreader.language import N_
from printing import handedmedicine, handedover, keptback, page, sections, wording
from printing.block import Heading
from printing.document import Document
from printing.grid import Cell, Grid, Group, strong, widths
from printing.sections import Notice
from printing.whose import allergy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from reportlab.platypus import Flowable

    from backupreader.domain.journal import Journal, Section
    from backupreader.domain.records import Alert, Condition, Contact, Intervention, Measurement, Note
    from printing.document import Sheet, Subject
    from printing.text import Span

T = TypeVar("T")

_COLUMNS: Final = widths(page.wide(landscape=False), 21, 79)
_HERS: Final = frozenset({"relative", "guardian", "other"})
_ALLERGY: Final = frozenset({"allergy", "no-known-allergy"})
_APART: Final = _ALLERGY | {"treatment-limit", "infection", "diet", "communication"}
# Folded parts of the words under which sources keep what has no table of its own.
_WISHES: Final = (
    "sidste tid",
    "siste tid",
    "livets slut",
    "livsafslutning",
    "livsavslut",
    "brytpunkt",
    "testament",
    "last wish",
    "end of life",
)
_AIDS: Final = ("hjaelpemid", "hjaelpmed", "hjelpemid", "walking aid", "hearing aid")

_Entry = tuple["Span", ...]


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """What limits her treatment, what is written by hand, what the data says, her medicine."""
    journal = subject.journal
    assert journal is not None
    _ = sheet.language.text
    return [
        Notice(_("The original goes with the citizen. A copy stays in the unit: write on both.")),
        *keptback.notice(journal, _("THE MEDICINE IS NOT COMPLETE."), sheet),
        _table([_limits(journal, sheet), _wishes(journal, sheet)], above=6),
        *handedover.by_hand(journal, sheet),
        Heading(_("From the data"), _("how old: at the foot of the page")),
        _table([build(journal, sheet) for build in _PARTS], above=5),
        *handedmedicine.medicine(journal, sheet),
    ]


DOCUMENT: Final = Document(
    name="handover", title=N_("Handover to hospital"), about="citizen", story=story, medicine=True
)


def _table(rows: Iterable[tuple[str, Sequence[_Entry]]], *, above: float) -> Grid:
    groups = [Group(((strong(label), Cell(tuple(entries))),)) for label, entries in rows]
    return Grid(_COLUMNS, groups, above=above)


def _or_empty(entries: Sequence[_Entry], section: Section[T], sheet: Sheet) -> Sequence[_Entry]:
    """The entries, with a word where rows are missing; else the words for this kind of nothing."""
    if not entries:
        return (((wording.empty(section, sheet), section.presence in wording.UNKNOWN),),)
    if section.complete:
        return entries
    return (((sheet.language.text("Not complete: the source says that rows are missing."), True),), *entries)


def _alerts(journal: Journal, kinds: Collection[str], sheet: Sheet) -> list[_Entry]:
    found = [one for one in journal.alerts.items if one.kind in kinds and one.status in {"active", "unknown"}]
    return [_alert(one, sheet) for one in found]


def _alert(alert: Alert, sheet: Sheet) -> _Entry:
    """A warning with when and by whom it was recorded, or that this was not said."""
    _ = sheet.language.text
    text = allergy(alert, sheet) if alert.kind == "allergy" else alert.text
    if alert.kind not in _APART:
        text = f"{_(wording.ALERT_KIND[alert.kind])}: {text}"
    facts = wording.joined(
        (
            wording.moment(alert.recorded_at or alert.start, sheet) or _("date not said"),
            alert.recorded_by or _("by whom is not said"),
            alert.verification,
            wording.period(None, alert.end, sheet),
            sections.uncertain(alert.status, alert.status_source, sheet),
            alert.note,
        )
    )
    return (text, True), (f"   {facts}", False)


def _limits(journal: Journal, sheet: Sheet) -> tuple[str, Sequence[_Entry]]:
    label = sheet.language.text("Refused resuscitation, limits of treatment")
    return label, _or_empty(_alerts(journal, {"treatment-limit"}, sheet), journal.alerts, sheet)


def _named(journal: Journal, words: Sequence[str], sheet: Sheet) -> list[_Entry]:
    """What stands anywhere in the journal under a title with one of these words."""
    notes = (note for note in journal.notes.items if is_current(note.status) and _says(words, note.title, note.kind))
    return [
        *(_condition(one, sheet) for one in journal.conditions.items if _named_so(one, words)),
        *(_intervention(one, sheet) for one in journal.interventions.items if _named_so(one, words)),
        *(_note(note, sheet) for note in notes),
    ]


def _named_so(item: Condition | Intervention, words: Sequence[str]) -> bool:
    return is_current(item.status) and _says(words, item.text, item.kind)


def _note(note: Note, sheet: Sheet) -> _Entry:
    when = wording.moment(note.written_at, sheet) or sheet.language.text("not dated")
    doubt = sections.uncertain(note.status, note.status_source, sheet)
    return (wording.joined((when, note.author, note.title, doubt)) + "  ", True), (note.text, False)


def _says(words: Sequence[str], *texts: str | None) -> bool:
    return any(word in fold(text) for text in texts if text for word in words)


def _wishes(journal: Journal, sheet: Sheet) -> tuple[str, Sequence[_Entry]]:
    _ = sheet.language.text
    nothing = _("Nothing stands under this heading in the data. Ask the citizen and the relatives.")
    return _("Last wishes"), _or_unknown(_named(journal, _WISHES, sheet), nothing, journal, sheet)


def _aids(journal: Journal, sheet: Sheet) -> tuple[str, Sequence[_Entry]]:
    _ = sheet.language.text
    nothing = _("Nothing stands under this heading in the data. See health, and what to do.")
    return _("Aids"), _or_unknown(_named(journal, _AIDS, sheet), nothing, journal, sheet)


def _or_unknown(entries: list[_Entry], nothing: str, journal: Journal, sheet: Sheet) -> Sequence[_Entry]:
    """The entries, or that there is nothing; and what did not come, of where they would stand."""
    came = [one.presence not in wording.UNKNOWN for one in (journal.conditions, journal.interventions, journal.notes)]
    if not any(came):
        return (((wording.empty(journal.notes, sheet), True),),)
    found = entries or [((nothing, False),)]
    return found if all(came) else [*found, ((sheet.language.text("Not all of the journal came."), True),)]


def _cave(journal: Journal, sheet: Sheet) -> tuple[str, Sequence[_Entry]]:
    return sheet.language.text("CAVE"), _or_empty(_alerts(journal, _ALLERGY, sheet), journal.alerts, sheet)


def _infection(journal: Journal, sheet: Sheet) -> tuple[str, Sequence[_Entry]]:
    return sheet.language.text("Infection"), _or_empty(_alerts(journal, {"infection"}, sheet), journal.alerts, sheet)


def _warnings(journal: Journal, sheet: Sheet) -> tuple[str, Sequence[_Entry]]:
    kinds = {alert.kind for alert in journal.alerts.items} - _APART
    return sheet.language.text("Other warnings"), _or_empty(_alerts(journal, kinds, sheet), journal.alerts, sheet)


def _diet(journal: Journal, sheet: Sheet) -> tuple[str, Sequence[_Entry]]:
    return sheet.language.text("Diet"), _or_empty(_alerts(journal, {"diet"}, sheet), journal.alerts, sheet)


def _talking(journal: Journal, sheet: Sheet) -> tuple[str, Sequence[_Entry]]:
    _, citizen = sheet.language.text, journal.citizen
    needs = {True: _("interpreter needed"), False: _("no interpreter needed"), None: _("interpreter: not said")}
    speaks = _("speaks {language}").format(language=citizen.language) if citizen.language else _("language: not said")
    said = ((wording.joined((speaks, needs[citizen.interpreter])), bool(citizen.interpreter)),)
    return _("Language, how to talk"), (
        said,
        *_or_empty(_alerts(journal, {"communication"}, sheet), journal.alerts, sheet),
    )


def _home(journal: Journal, sheet: Sheet) -> tuple[str, Sequence[_Entry]]:
    _, citizen = sheet.language.text, journal.citizen
    lines = (
        wording.address(citizen, sheet) or _("address not delivered"),
        wording.joined(
            (_("tel. {phone}").format(phone=citizen.phone) if citizen.phone else None, citizen.marital_status)
        ),
        citizen.remark,
        *(f"{source_of(one.id)}: {one.remark}" for one in journal.also if one.remark),
    )
    return _("Home"), [((line, False),) for line in lines if line]


def _relatives(journal: Journal, sheet: Sheet) -> tuple[str, Sequence[_Entry]]:
    people = sorted(
        (item for item in journal.contacts.items if item.kind in _HERS),
        key=lambda item: (item.priority is None, item.priority or 0),
    )
    return sheet.language.text("Relatives"), _or_empty(
        [_contact(one, sheet) for one in people], journal.contacts, sheet
    )


def _carers(journal: Journal, sheet: Sheet) -> tuple[str, Sequence[_Entry]]:
    """Home care by its unit, the nurse, the doctor, the pharmacy."""
    _, unit = sheet.language.text, journal.unit
    ours = (
        ((_("unit not delivered"), False),)
        if unit is None
        else ((f"{unit.name}  ", False), (unit.phone or _("no number"), True))
    )
    people = [_contact(item, sheet) for item in journal.contacts.items if item.kind not in _HERS]
    return _("Home care, nurse, doctor"), (ours, *_or_empty(people, journal.contacts, sheet))


def _contact(item: Contact, sheet: Sheet) -> _Entry:
    _ = sheet.language.text
    role = None if item.kind in {"relative", "other"} else _(wording.CONTACT_KIND[item.kind])
    night = {True: _("may be rung at night"), False: _("not at night"), None: None}[item.ring_at_night]
    who = wording.joined((item.name, item.relation, role), ", ")
    facts = wording.joined((night, item.note))
    phone = wording.joined((item.phone, item.phone2), ", ") or _("no number")
    return (f"{who}  ", False), (phone, True), (f"  {facts}" if facts else "", False)


def _health(journal: Journal, sheet: Sheet) -> tuple[str, Sequence[_Entry]]:
    entries = [_condition(item, sheet) for item in journal.conditions.items if is_current(item.status)]
    return sheet.language.text("Health and function"), _or_empty(entries, journal.conditions, sheet)


def _condition(item: Condition, sheet: Sheet) -> _Entry:
    expected = sheet.language.text("Expected: {text}").format(text=item.expected) if item.expected else None
    facts = wording.joined(
        (
            item.code,
            item.severity,
            item.verification,
            wording.period(item.start, item.end, sheet),
            sections.uncertain(item.status, item.status_source, sheet),
            item.assessment,
            expected,
        )
    )
    return (item.text, True), (f"  {facts}" if facts else "", False)


def _care(journal: Journal, sheet: Sheet) -> tuple[str, Sequence[_Entry]]:
    """Those with an instruction first: that is what a stranger cannot guess."""
    current = [item for item in journal.interventions.items if is_current(item.status)]
    current.sort(key=lambda item: not item.instruction)
    entries = [_intervention(item, sheet) for item in current]
    return sheet.language.text("What to do"), _or_empty(entries, journal.interventions, sheet)


def _intervention(item: Intervention, sheet: Sheet) -> _Entry:
    language, carers = sheet.language, item.staff_needed or 0
    state = (
        None
        if item.status == "active"
        else wording.source_word(item.status, item.status_source, wording.RECORD_STATUS, language)
    )
    facts = wording.joined(
        (state, item.repetition, language.count("{n} carer", "{n} carers", carers) if carers > 1 else None)
    )
    text = f": {item.instruction}" if item.instruction else ""
    return (item.text, True), (f"  {facts}" if facts else "", False), (text, False)


def _measured(journal: Journal, sheet: Sheet) -> tuple[str, Sequence[_Entry]]:
    """The newest value of each kind."""
    kinds: defaultdict[str, list[Measurement]] = defaultdict(list)
    for item in journal.measurements.items:
        if item.status != "entered-in-error":
            kinds[item.name].append(item)
    newest = [max(items, key=lambda one: moments.order(one.taken_at, wording.zone(sheet))) for items in kinds.values()]
    entries = [_value(item, sheet) for item in newest]
    return sheet.language.text("Last measured"), _or_empty(entries, journal.measurements, sheet)


def _value(item: Measurement, sheet: Sheet) -> _Entry:
    when = wording.moment(item.taken_at, sheet) or sheet.language.text("not dated")
    doubt = sections.uncertain(item.status, item.status_source, sheet)
    value = wording.joined((item.value, item.unit), " ")
    return (f"{item.name} ", False), (value, True), (f"  {wording.joined((when, doubt, item.note))}", False)


_PARTS: Final = (
    _cave,
    _infection,
    _warnings,
    _diet,
    _talking,
    _relatives,
    _carers,
    _home,
    _health,
    _aids,
    _care,
    _measured,
)
