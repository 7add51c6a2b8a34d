"""How a document that is kept whole is told: what it is, whose, for which day, from whom and how old."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from backupreader.domain.journal import Journal, Section
from backupreader.domain.presence import source_of
from backupreader.domain.records import Delivery, Document
from backupreader.language import N_, Language
from ui import words
from ui.chapter import ToDocument, Topic, View, Whose
from ui.clock import taken, written
from ui.look import State
from ui.rows import Mark, Row, recorded

if TYPE_CHECKING:
    from backupreader.store.documentsearch import DocumentHit

_KIND: Final = {
    "driving-list": N_("Driving list"),
    "medicine-list": N_("Medication list"),
    "care-plan": N_("Care plan"),
    "report": N_("Report"),
}


def kind(document: Document, language: Language) -> str:
    """What it is, in the ward's words; else in the source's own; empty where it did not say."""
    word = document.kind or ""
    return language.text(_KIND[word]) if word in _KIND else word


def age(document: Document, deliveries: Iterable[Delivery], view: View) -> str:
    """From whom, taken when, how old; never empty."""
    source = source_of(document.id)
    of_it = [one for one in deliveries if one.source == source and one.table == "document"]
    if not of_it:
        return view.language.text("{source}: not said when this was taken").format(source=source)
    told = "; ".join(taken(one, view.now, view.language) for one in of_it)
    return view.language.text("Taken from {sources}").format(sources=told)


def marks(document: Document, language: Language) -> tuple[Mark, ...]:
    """Said where no search can find what stands in it."""
    if document.text is not None and document.text.strip():
        return ()
    return (Mark(language.text("CANNOT BE SEARCHED"), State.LATE),)


def document_row(document: Document, deliveries: Iterable[Delivery], view: View, *, lead: str = "") -> Row:
    """One document; Enter opens it."""
    language = view.language
    what = " · ".join(part for part in (kind(document, language), document.route, document.author) if part)
    return Row(
        lead=lead,
        title=document.title,
        details=tuple(part for part in (what, age(document, deliveries, view)) if part),
        aside=written(document.date, view.now, language) or language.text("day not said"),
        marks=marks(document, language),
        target=ToDocument(document.id, document.title),
        origin=recorded(document),
    )


def hit_row(hit: DocumentHit, deliveries: Iterable[Delivery], view: View) -> Row:
    """One document that was found: whose or for which route, the words round the first one, and the page."""
    document, language = hit.document, view.language
    if hit.withheld and hit.citizen is not None:
        return Row(
            title=language.text("A document about a citizen of another unit"),
            details=(language.text("Enter: state a reason to see it"),),
            marks=(Mark(language.text("OTHER UNIT"), State.LATE),),
            target=ToDocument(document.id, "", whose=Whose(hit.citizen.id)),
        )
    row = document_row(document, deliveries, view)
    page = None if hit.page is None else language.text("page {n}").format(n=hit.page)
    guarded = hit.citizen is not None and (hit.citizen.protected_name or hit.citizen.protected_address)
    protected = (Mark(language.text("PROTECTED"), State.LATE),) if guarded else ()
    found = (_about(hit, view), " · ".join(part for part in (page, " ".join(hit.excerpt.split())) if part))
    return Row(
        title=row.title,
        details=(*(part for part in found if part), *row.details[-1:]),
        aside=row.aside,
        marks=(*row.marks, *protected),
        target=ToDocument(document.id, document.title, hit.page or 1),
        origin=row.origin,
    )


def _about(hit: DocumentHit, view: View) -> str:
    document, language = hit.document, view.language
    citizen = hit.citizen
    if citizen is not None:
        who = "   ".join(part for part in (citizen.name, words.born(citizen, view.now.date(), language)) if part)
    else:
        who = language.text("Citizen not delivered") if document.citizen else ""
    return " · ".join(part for part in (kind(document, language), document.route, who) if part)


def _section(journal: Journal) -> Section[Document]:
    return journal.documents


TOPIC: Final = Topic(
    name="documents",
    title=N_("Documents"),
    section=_section,
    nothing=N_("No documents are recorded."),
    missing=N_("Documents were not delivered by any source. Nothing is known about them here."),
)
