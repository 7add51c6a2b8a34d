"""The access sheet: how to get in to one citizen, on a sheet of its own, apart from health.

Key, box, lock, alarm and door, each with what is said of it and what is not; then who has a key. A code stands on it
only where codes were asked for with a reason (`Subject.codes`), and never on a sheet for the car. Nothing on it tells
of health: there is no CAVE line, no note of a contact, no remark.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from backupreader.language import N_
from printing import page, sections, whose, wording
from printing.block import Block, Heading, Words
from printing.document import Document
from printing.grid import Cell, Grid, Group, plain, strong, widths
from printing.sections import Notice
from printing.text import STRONG, Style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportlab.platypus import Flowable

    from backupreader.domain.journal import Journal
    from backupreader.domain.records import Access, Contact, Delivery
    from printing.document import Sheet, Subject
    from printing.masthead import Head

_WIDE: Final = page.wide(landscape=False)
_CODE: Final = Style(size=15, leading=19, bold=True)
_KIND: Final = {
    "key": N_("Key"),
    "keybox": N_("Key box"),
    "lock": N_("Lock"),
    "alarm": N_("Alarm"),
    "door": N_("Door"),
    "other": N_("Getting in"),
}
_HANDED: Final = 34.0  # points: a key's way by hand


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """What becomes of the sheet, where to go, each way in, the codes, and who has a key."""
    journal = subject.journal
    assert journal is not None
    _ = sheet.language.text
    return [
        Notice(_("Keep this sheet apart from every sheet that tells of health, and apart from the keys.")),
        *_where(journal, sheet),
        *_ways(subject, journal, sheet),
        *_codes(subject, sheet),
        *_holders(journal, sheet),
        *_handed(sheet),
    ]


def _head(subject: Subject, sheet: Sheet) -> Head:
    """Whose it is, as on every page, without the CAVE line."""
    return replace(whose.head(DOCUMENT, subject, sheet), cave=())


def _deliveries(subject: Subject) -> Iterable[Delivery]:
    journal = subject.journal
    assert journal is not None
    return (*journal.access.deliveries, *journal.contacts.deliveries)


DOCUMENT: Final = Document(
    name="access-sheet",
    title=N_("Access sheet"),
    about="citizen",
    story=story,
    head=_head,
    deliveries=_deliveries,
)


def _where(journal: Journal, sheet: Sheet) -> list[Block]:
    _ = sheet.language.text
    citizen, unit = journal.citizen, journal.unit
    hers = (
        wording.address(citizen, sheet) or _("address not delivered"),
        _("tel. {phone}").format(phone=citizen.phone) if citizen.phone else None,
    )
    ours = wording.joined((unit.name, unit.phone)) if unit is not None else _("unit not delivered")
    rows = [
        Group(((strong(label), Cell((((text, True),),))),))
        for label, text in ((_("Where"), wording.joined(hers)), (_("Unit"), ours))
    ]
    return [Grid(widths(_WIDE, 19, 81), rows, above=6)]


def _ways(subject: Subject, journal: Journal, sheet: Sheet) -> list[Block]:
    section = journal.access
    head = sections.heading(sheet.language.text("Getting in"), section, sheet)
    strangers = _strangers(subject, journal)
    groups = [_way(item, subject, sheet) for item in section.items]
    if strangers:
        text = sheet.language.text("Code, of what is not said")
        groups.append(Group(((plain(text), _code_cell(strangers)),), (strong(sheet.language.text("Code")),)))
    blocks: list[Block] = [] if section.items else [sections.empty(section, sheet)]
    if groups:
        blocks.append(Grid(widths(_WIDE, 19, 25, 56), groups, above=5))
    return [head, *blocks]


def _way(item: Access, subject: Subject, sheet: Sheet) -> Group:
    """One way in; what its source did not say is said not to be."""
    _ = sheet.language.text
    alarm = item.kind == "alarm"
    told = (
        (_("Alarm type (line or mobile)") if alarm else _("System"), item.system),
        (_("Number") if alarm else _("Key or box number"), item.key_number),
        (_("Where it is"), item.location),
        (_("How"), item.instruction),
        (_("If that fails"), item.fallback),
        (_("Telephone"), item.phone),
    )
    rows = [(plain(label), Cell((((text, True),),))) for label, text in told if text]
    unsaid = [label for label, text in told if not text]
    if unsaid:
        rows.append((plain(_("Not said")), plain(", ".join(unsaid))))
    if found := [code.code for code in subject.codes or () if code.access == item.id]:
        rows.append((plain(_("Code")), _code_cell(found)))
    return Group(tuple(rows), (strong(_(_KIND[item.kind])),))


def _code_cell(codes: Iterable[str]) -> Cell:
    return Cell(tuple(((code, True),) for code in codes), _CODE)


def _strangers(subject: Subject, journal: Journal) -> list[str]:
    """The codes of ways in that are not among hers."""
    known = {item.id for item in journal.access.items}
    return [code.code for code in subject.codes or () if code.access not in known]


def _codes(subject: Subject, sheet: Sheet) -> list[Block]:
    """Why there are codes here, or none."""
    _ = sheet.language.text
    if sheet.car:
        text = _("Codes never stand on a sheet for the car. Ask the office.")
    elif subject.codes is None:
        text = _("Codes were not asked for. Where there are any, they are shown on the screen under Getting in.")
    elif not subject.codes:
        text = _("No code is recorded for this citizen.")
    else:
        text = _("THIS SHEET HOLDS CODES: whoever sees it can get in. Keep it on you, and shred it after use.")
    return [Words((text, True), above=6)]


def _holders(journal: Journal, sheet: Sheet) -> list[Block]:
    _, section = sheet.language.text, journal.contacts
    head = sections.heading(_("Who has a key"), section, sheet)
    holding = [item for item in section.items if item.has_key]
    if not section.items:
        return [head, sections.empty(section, sheet)]
    if not holding:
        text = _("None of the contacts in {source} is said to have a key.")
        return [head, Words((text.format(source=wording.sources(section.deliveries)), False), above=4)]
    return [head, Grid(widths(_WIDE, 44, 28, 28), [Group((_holder(item, sheet),)) for item in holding], above=5)]


def _holder(item: Contact, sheet: Sheet) -> tuple[Cell, ...]:
    _ = sheet.language.text
    night = {True: _("may be rung at night"), False: _("not at night"), None: None}[item.ring_at_night]
    phones = plain(item.phone or _("no number"), item.phone2, style=STRONG)
    return strong(item.name, item.relation), phones, plain(night)


def _handed(sheet: Sheet) -> list[Block]:
    """The way of the key, by hand."""
    _ = sheet.language.text
    titles = (
        _("Key no."),
        _("Out (date, time)"),
        _("Taken by (name, signature)"),
        _("Back (date, time)"),
        _("Received by (name, signature)"),
    )
    row = Group((tuple(plain(title) for title in titles),), (), _HANDED + 14)
    return [Heading(_("By hand")), Grid(widths(_WIDE, 13, 16, 27, 16, 28), [row], above=5)]
