"""The pages of one document about one subject: whose they are above, from where and how old below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from printing import lasting, whose, wording
from printing.foot import Foot, logged
from printing.page import Pages

if TYPE_CHECKING:
    from backupreader.domain.journal import Journal
    from backupreader.domain.records import Delivery
    from printing.document import Document, Sheet, Subject


def leaves(document: Document, subject: Subject, sheet: Sheet) -> Pages:
    """The pages with their head and foot, and nothing in them yet."""
    head = whose.head(document, subject, sheet) if document.head is None else document.head(subject, sheet)
    if old := lasting.warnings(subject, sheet):
        head = replace(head, facts=(*head.facts, *old))
    return Pages(
        head,
        _foot(document, subject, sheet),
        sheet.language,
        landscape=document.landscape,
        band=sheet.band,
        paper=document.paper(sheet),
    )


def room(document: Document, subject: Subject, sheet: Sheet) -> float:
    """How high a story may be that must fit on one page."""
    return leaves(document, subject, sheet).left


def _foot(document: Document, subject: Subject, sheet: Sheet) -> Foot:
    deliveries = deliveries_of(subject) if document.deliveries is None else document.deliveries(subject)
    blank = document.form and subject.journal is None
    told = sheet.language.text("Blank: nothing on it is from a source.") if blank else wording.ages(deliveries, sheet)
    ages = ((told, False),)
    return Foot(
        texts=(ages, ((printed(sheet), False),), logged(sheet.anchor, sheet.outage, sheet.language)),
        afterwards=sheet.language.text("Shred after use."),
    )


def printed(sheet: Sheet) -> str:
    """When and by whom the pages were printed, at which site, and from which generation."""
    _ = sheet.language.text
    return wording.joined(
        (
            _("Printed {moment} by {name}").format(moment=sheet.language.moment(sheet.now), name=sheet.printed_by),
            sheet.site,
            _("generation {name}").format(name=sheet.generation) if sheet.generation else None,
        )
    )


def deliveries_of(subject: Subject) -> Iterable[Delivery]:
    """Of what a citizen's pages, or a driving list's, are made."""
    if subject.driving_list is not None:
        return subject.driving_list.deliveries
    return _of_journal(subject.journal) if subject.journal is not None else ()


def _of_journal(journal: Journal) -> Iterable[Delivery]:
    sections = (
        journal.alerts,
        journal.contacts,
        journal.conditions,
        journal.interventions,
        journal.notes,
        journal.orders,
        journal.administrations,
        journal.measurements,
    )
    return (delivery for section in sections for delivery in section.deliveries)
