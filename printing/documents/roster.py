"""The roster: who is ours on this shift and where, counted, with a box to say that she was seen.

Those at home first, then the others by where they are; those who are no longer ours stand apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.language import N_
from printing import ours, page, statements, wording
from printing.block import Block, Heading, Words
from printing.document import Document
from printing.grid import Cell, Grid, Group, header, widths
from printing.whose import number

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from backupreader.domain.tonight import Ours, Tonight
    from printing.document import Sheet, Subject
    from printing.masthead import Head

_TITLE: Final = N_("Roster: who is ours")
_COLUMNS: Final = widths(page.wide(landscape=True), 27, 23, 16, 22, 14)


def head(subject: Subject, sheet: Sheet) -> Head:
    """Whom the roster is of."""
    tonight = _tonight(subject)
    return ours.head(_TITLE, (person for person in tonight.people if not person.gone), tonight, sheet)


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """A table for each place where somebody is, then those who are gone."""
    tonight, _ = _tonight(subject), sheet.language.text
    names = tonight.same_names
    top = header(_("Citizen"), _("Where she lives"), _("Next visits"), _("CAVE and marks"), _("Seen"))
    blocks: list[Block] = [*ours.notices(tonight, sheet)]
    for where, people in ours.by_place(tonight.people).items():
        if people:
            title = _(wording.STATUS[where])
            groups = [
                Group(
                    (
                        (
                            Cell(tuple(ours.who(person, names, sheet))),
                            Cell(tuple(ours.lives(person, sheet, unit=tonight.unit is None))),
                            Cell(tuple(ours.coming(person, tonight, sheet))),
                            Cell((*ours.cave(person, sheet), *ours.life_critical(person, tonight, sheet))),
                            ours.seen(sheet),
                        ),
                    )
                )
                for person in people
            ]
            blocks += [Heading(f"{title[:1].upper()}{title[1:]} ({len(people)})"), Grid(_COLUMNS, groups, top, above=4)]
    gone = [person for person in tonight.people if person.gone]
    if len(gone) == len(tonight.people) and "citizen" not in tonight.lacking:
        blocks.append(Words((_("Nobody of your own is on this list."), False), above=6))
    return [*blocks, *_gone(gone, sheet)]


DOCUMENT: Final = Document(
    name="roster",
    title=_TITLE,
    about="tonight",
    story=story,
    head=head,
    deliveries=ours.deliveries,
    landscape=True,
)


def _tonight(subject: Subject) -> Tonight:
    assert subject.tonight is not None
    return subject.tonight


def _gone(people: list[Ours], sheet: Sheet) -> list[Block]:
    """Who is no longer ours, one a line: she is not to be looked for, and not to be forgotten unsaid."""
    if not people:
        return []
    title = sheet.language.text("No longer ours: moved away, no longer served, or dead")
    lines: list[Block] = [Heading(f"{title} ({len(people)})")]
    for person in people:
        citizen = person.citizen
        facts = (
            wording.born(citizen, sheet),
            number(citizen, sheet),
            statements.whereabouts(citizen, person.also, sheet),
        )
        lines.append(Words((f"{citizen.name}  ", True), (wording.joined(facts), False), above=3))
    return lines
