"""Whom to ring: relatives by whether they may be rung at night, guardian, doctor, nurse, pharmacy, and the unit.

That nobody has said whether somebody may be rung at night is neither a yes nor a no, and stands by itself. The numbers
are large: they are read while a telephone is held. In a car no remark goes along, since it may tell of health.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.domain.presence import source_of
from backupreader.language import N_
from printing import page, sections, wording
from printing.block import Block, Heading, Words
from printing.document import Document
from printing.grid import Cell, Grid, Group, header, plain, widths
from printing.text import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from backupreader.domain.journal import Journal
    from backupreader.domain.records import Contact
    from printing.document import Sheet, Subject

_COLUMNS: Final = widths(page.wide(landscape=False), 34, 36, 30)
_NUMBER: Final = Style(size=17, leading=22, bold=True)
_NAME: Final = Style(size=12, leading=15.5)
_HIGH: Final = 30.0
_NIGHT: Final = (
    (True, N_("May be rung at night")),
    (None, N_("Not said whether at night")),
    (False, N_("Not to be rung at night")),
)
_NEARBY: Final = ("gp", "nurse", "department", "pharmacy")


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """Who may be rung at night before all others."""
    journal = subject.journal
    assert journal is not None
    return [*_relatives(journal, sheet), *_others(journal, sheet), *_unit(journal, sheet), *_own(journal, sheet)]


DOCUMENT: Final = Document(name="contacts", title=N_("Contacts"), about="citizen", story=story)


def _relatives(journal: Journal, sheet: Sheet) -> list[Block]:
    """Relatives and others in three groups; then the guardian, with what is said of the night beside the name."""
    _, section = sheet.language.text, journal.contacts
    people = [item for item in section.items if item.kind in {"relative", "other"}]
    blocks: list[Block] = [sections.heading(_("Relatives"), section, sheet)]
    if not people:
        blocks.append(sections.empty(section, sheet))
    elif not any(item.ring_at_night for item in people):
        blocks.append(sections.Notice(_("Of none of them is it said that she or he may be rung at night.")))
    for night, title in _NIGHT:
        blocks += _table(_(title), [item for item in people if item.ring_at_night is night], sheet)
    guardians = [item for item in section.items if item.kind == "guardian"]
    return [*blocks, *_table(_("Guardian"), guardians, sheet, night=True)]


def _others(journal: Journal, sheet: Sheet) -> list[Block]:
    _, section = sheet.language.text, journal.contacts
    found = [item for kind in _NEARBY for item in section.items if item.kind == kind]
    title = _("Doctor, nurse, pharmacy")
    return _table(title, found, sheet, night=True) or [Heading(title), sections.empty(section, sheet)]


def _table(title: str, items: Sequence[Contact], sheet: Sheet, *, night: bool = False) -> list[Block]:
    """A table, the first to ring first; nothing where there is nobody. `night`: what is said of it, on each row."""
    _ = sheet.language.text
    if not items:
        return []
    if not night:
        items = sorted(items, key=lambda item: (item.priority is None, item.priority or 0))
    groups = [Group((_row(item, sheet, night=night),), (), _HIGH) for item in items]
    return [Grid(_COLUMNS, groups, header(title, _("Telephone"), _("Remark")), above=6)]


def _row(item: Contact, sheet: Sheet, *, night: bool) -> tuple[Cell, ...]:
    _ = sheet.language.text
    kind = _(wording.CONTACT_KIND[item.kind])
    who = Cell((((item.name, True),), ((wording.joined((item.relation or kind, _first(item, sheet))), False),)), _NAME)
    said = {True: _("May be rung at night"), False: _("Not to be rung at night"), None: None}[item.ring_at_night]
    if night and said is None and item.kind == "guardian":
        said = _("Not said whether at night")
    remarks = (said if night else None, _("Has a key") if item.has_key else None, *_apart(item, sheet))
    return who, _number(item.phone, item.phone2, sheet), plain(*remarks)


def _first(item: Contact, sheet: Sheet) -> str | None:
    return None if item.priority is None else sheet.language.text("no. {n} to ring").format(n=item.priority)


def _apart(item: Contact, sheet: Sheet) -> tuple[str | None, ...]:
    """Where somebody lives and what is remarked; in a car only that there is something."""
    if not sheet.car:
        return (item.address, item.note)
    return (sheet.language.text("More on the office list."),) if item.address or item.note else ()


def _number(phone: str | None, phone2: str | None, sheet: Sheet) -> Cell:
    return plain(phone, phone2, style=_NUMBER) if phone or phone2 else plain(sheet.language.text("no number"))


def _unit(journal: Journal, sheet: Sheet) -> list[Block]:
    _, unit = sheet.language.text, journal.unit
    if unit is None:
        return [Heading(_("Unit")), sections.Notice(_("To which unit the citizen belongs was not delivered."))]
    row = (Cell((((unit.name, True),),), _NAME), _number(unit.phone, None, sheet), plain(unit.address))
    return [Grid(_COLUMNS, [Group((row,), (), _HIGH)], header(_("Unit"), _("Telephone"), _("Remark")), above=10)]


def _own(journal: Journal, sheet: Sheet) -> list[Block]:
    """The citizen's own telephone, by each source that says another one; of a protected address in no car."""
    _, citizen = sheet.language.text, journal.citizen
    if citizen.protected_address and (sheet.car or not sheet.reveal_protected):
        return []
    phones = {citizen.phone: ""} if citizen.phone else {}
    for one in journal.also:
        if one.phone:
            phones.setdefault(one.phone, source_of(one.id))
    if not phones:
        return [Words((_("No telephone of the citizen's own was delivered."), False), above=10)]
    groups = [
        Group(((Cell((((citizen.name, True),),), _NAME), plain(phone, style=_NUMBER), plain(source)),), (), _HIGH)
        for phone, source in phones.items()
    ]
    return [Grid(_COLUMNS, groups, header(_("The citizen's own telephone"), _("Telephone"), _("Remark")), above=10)]
