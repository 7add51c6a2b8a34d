"""How a way in is told: a key, a lock, an alarm, a door. Never a code."""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal, Section
from backupreader.domain.records import Access
from backupreader.language import N_
from ui import words
from ui.chapter import Topic, View
from ui.rows import Row, recorded


def access_row(item: Access, view: View) -> Row:
    """One way in: what and where it is, how it is used, what to do if it fails."""
    _ = view.language.text
    key = _("Key number {number}").format(number=item.key_number) if item.key_number else None
    return Row(
        title=" · ".join(part for part in (words.access_kind(item.kind, view.language), item.system) if part),
        details=tuple(
            part
            for part in (
                key,
                item.location,
                item.instruction,
                _("If that fails: {text}").format(text=item.fallback) if item.fallback else None,
                _("Phone {number}").format(number=item.phone) if item.phone else None,
            )
            if part
        ),
        origin=recorded(item),
    )


def _section(journal: Journal) -> Section[Access]:
    return journal.access


TOPIC: Final = Topic(
    name="entry",
    title=N_("Getting in"),
    section=_section,
    nothing=N_("Nothing about keys, locks or doors is recorded."),
    missing=N_("Keys and locks were not delivered by any source. Nothing is known about them here."),
)
