"""How somebody to ring is told."""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal, Section
from backupreader.domain.records import Contact
from backupreader.language import N_
from ui import words
from ui.chapter import Topic, View
from ui.look import State
from ui.rows import Mark, Row, recorded

_LAST: Final = 99
_ASKED: Final = frozenset({"relative", "guardian", "other"})  # of an office nobody asks whether it may be rung at night


def in_order(journal: Journal) -> list[Contact]:
    """By the priority that the source states, then relatives and guardians before others."""
    kinds = ("relative", "guardian", "nurse", "gp", "department", "pharmacy", "other")
    return sorted(
        journal.contacts.items,
        key=lambda item: (item.priority if item.priority is not None else _LAST, kinds.index(item.kind), item.name),
    )


def contact_row(contact: Contact, view: View) -> Row:
    """One contact: the number is the second largest thing."""
    _ = view.language.text
    marks: list[Mark] = []
    if contact.ring_at_night is True:
        marks.append(Mark(_("MAY BE RUNG AT NIGHT"), State.GOOD))
    elif contact.ring_at_night is False:
        marks.append(Mark(_("NOT AT NIGHT"), State.STOP))
    elif contact.kind in _ASKED:
        marks.append(Mark(_("NOT SAID WHETHER AT NIGHT"), State.QUIET))
    if contact.kind == "guardian":
        marks.append(Mark(_("GUARDIAN"), State.INFO))
    if contact.has_key:
        marks.append(Mark(_("HAS A KEY"), State.INFO))
    phones = "   ".join(part for part in (contact.phone, contact.phone2) if part)
    return Row(
        title="    ".join(part for part in (contact.name, phones) if part),
        details=tuple(
            part
            for part in (
                None if phones else _("no phone number delivered"),
                contact.address,
                contact.note,
            )
            if part
        ),
        aside=contact.relation or words.contact_kind(contact.kind, view.language),
        marks=tuple(marks),
        origin=recorded(contact),
    )


def _section(journal: Journal) -> Section[Contact]:
    return journal.contacts


TOPIC: Final = Topic(
    name="relatives",
    title=N_("Relatives"),
    section=_section,
    nothing=N_("No relatives or other contacts are recorded."),
    missing=N_("Relatives were not delivered by any source. Nothing is known about them here."),
)
