"""Getting in: keys, locks, alarms and doors, apart from health. A code is shown only when it is asked for."""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal, Section
from backupreader.domain.records import Access
from backupreader.language import N_
from ui import words
from ui.chapter import Chapter, Show, Topic, View, empty
from ui.rows import Kind, Row
from ui.telling.entry import protected_rows


def _access_row(item: Access, view: View) -> Row:
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
    )


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    language = view.language
    rows = [*protected_rows(journal.citizen, view), *empty(TOPIC, journal, view)]
    rows += (_access_row(item, view) for item in journal.access.items)
    rows.append(Row(kind=Kind.HEADING, title=language.text("Codes")))
    if view.codes is None:
        rows.append(
            Row(
                kind=Kind.ACTION,
                title=language.text("Show the door and box codes"),
                details=(language.text("Only when you are about to go there: whoever sees a code can get in."),),
                target=Show.CODES,
            )
        )
    elif not view.codes:
        rows.append(Row(kind=Kind.NOTHING, title=language.text("No code is recorded for this citizen.")))
    else:
        kinds = {item.id: item for item in journal.access.items}
        for code in view.codes:
            access = kinds.get(code.access)
            named = words.access_kind(access.kind, language) if access is not None else language.text("Code")
            rows.append(Row(title=code.code, aside=named))
    return tuple(rows)


def _section(journal: Journal) -> Section[Access]:
    return journal.access


TOPIC: Final = Topic(
    name="entry",
    title=N_("Getting in"),
    section=_section,
    nothing=N_("Nothing about keys, locks or doors is recorded."),
    missing=N_("Keys and locks were not delivered by any source. Nothing is known about them here."),
)
CHAPTER: Final = Chapter(topic=TOPIC, rows=_rows)
