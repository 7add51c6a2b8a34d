"""The life-critical list: whom the municipality's own rules name, and beside each rule the record that met it.

No score and no order but the names': who comes first is decided by people. What the rules could not ask is said, and a
list without anybody never looks calm where something was not asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backupreader.language import N_
from printing import ours, page, rulewords, wording
from printing.block import Block, Words
from printing.document import Document
from printing.grid import Cell, Grid, Group, header, widths
from printing.sections import Notice, office_only

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportlab.platypus import Flowable

    from backupreader.domain.dosage import Standing
    from backupreader.domain.lifecritical import Hit, Match
    from backupreader.domain.tonight import Ours, Tonight
    from printing.document import Sheet, Subject
    from printing.masthead import Head
    from printing.text import Span

_TITLE: Final = N_("Life-critical citizens")
_COLUMNS: Final = widths(page.wide(landscape=True), 26, 24, 36, 14)


def head(subject: Subject, sheet: Sheet) -> Head:
    """Whom the list is of."""
    tonight = _tonight(subject)
    return ours.head(_TITLE, _named(tonight), tonight, sheet)


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """Whose rules they are and what they could not ask; then whom they name."""
    tonight, language = _tonight(subject), sheet.language
    if sheet.car:
        return [office_only(sheet)]
    _ = language.text
    book = tonight.rulebook
    if book is None:
        return [*ours.notices(tonight, sheet), Notice(_(rulewords.NO_RULES))]
    own = tuple(person for person in tonight.people if not person.gone)
    unasked = [Notice(one.sentence) for one in rulewords.unasked_told(tonight, own, language)]
    blocks: list[Block] = [Words((rulewords.whose(book, language), True), above=2)]
    blocks += [Notice(f"! {doubt}") for doubt in rulewords.doubts(book, sheet.now.date(), language)]
    blocks += [*unasked, *ours.notices(tonight, sheet)]
    people = _named(tonight)
    if people:
        names, labels = tonight.same_names, rulewords.labels(tonight, language)
        top = header(_("Citizen"), _("Where she lives, next visits"), _("Rule, and what met it"), _("Seen"))
        groups = [Group((_row(person, tonight, names, labels, sheet),)) for person in people]
        blocks.append(Grid(_COLUMNS, groups, top, above=6))
    elif unasked or tonight.others or "citizen" in tonight.lacking | tonight.incomplete:
        sentence = _("The rules named nobody here, but not everything could be asked: somebody may be life-critical.")
        blocks.append(Notice(sentence))
    else:
        blocks.append(Words((_("None of these citizens meets one of the rules."), False), above=6))
    return [*blocks, *_gone(tonight, sheet)]


DOCUMENT: Final = Document(
    name="life-critical",
    title=_TITLE,
    about="tonight",
    story=story,
    head=head,
    deliveries=ours.deliveries,
    landscape=True,
    office=True,
)


def _tonight(subject: Subject) -> Tonight:
    assert subject.tonight is not None
    return subject.tonight


def _named(tonight: Tonight) -> list[Ours]:
    return [person for person in tonight.people if person.matches and not person.gone]


def _row(
    person: Ours, tonight: Tonight, names: Mapping[str, int], labels: Mapping[str, str], sheet: Sheet
) -> tuple[Cell, ...]:
    why = [line for match in person.matches if not match.withheld for line in _match(match, labels, sheet)]
    if kept := sum(match.withheld for match in person.matches):
        sentence = sheet.language.count(
            "{n} rule is met by private-marked medicine, not shown: state a reason to have it printed.",
            "{n} rules are met by private-marked medicine, not shown: state a reason to have it printed.",
            kept,
        )
        why.append(((sentence, True),))
    return (
        Cell((*ours.who(person, names, sheet), *ours.cave(person, sheet))),
        Cell((*ours.lives(person, sheet, unit=tonight.unit is None), *ours.coming(person, tonight, sheet))),
        Cell(tuple(why)),
        ours.seen(sheet),
    )


def _match(match: Match, labels: Mapping[str, str], sheet: Sheet) -> list[tuple[Span, ...]]:
    """The rule, then each record that met it, as it was written."""
    told = dict.fromkeys(_hit(hit, where, sheet) for hit, where in match.hits)
    return [((labels[match.rule], True),), *(((text, False),) for text in told)]


def _hit(hit: Hit, where: Standing, sheet: Sheet) -> str:
    language = sheet.language
    kind = rulewords.RECORD.get(hit.table)
    matched = f"“{hit.matched}”" if hit.matched and hit.matched not in hit.text else None
    status = rulewords.standing(hit, where, lambda day: wording.day(language, day), language)
    return wording.joined((hit.text, language.text(kind) if kind is not None else None, matched, status), ", ")


def _gone(tonight: Tonight, sheet: Sheet) -> list[Block]:
    """Those who are no longer ours and meet a rule are counted: a source may be wrong about where they are."""
    number = sum(person.gone and bool(person.matches) for person in tonight.people)
    if not number:
        return []
    sentence = sheet.language.count(
        "{n} citizen who is no longer ours meets a rule too: not listed, see the roster.",
        "{n} citizens who are no longer ours meet a rule too: not listed, see the roster.",
        number,
    )
    return [Words((sentence, False), above=6)]
