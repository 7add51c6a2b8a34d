"""Getting in: keys, locks, alarms and doors, apart from health. A code is shown only when it is asked for."""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal
from ui import words
from ui.chapter import Chapter, Show, View, empty
from ui.rows import Kind, Row
from ui.telling.access import TOPIC, access_row
from ui.telling.entry import protected_rows


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    language = view.language
    rows = [*protected_rows(journal.citizen, view), *empty(TOPIC, journal, view)]
    rows += (access_row(item, view) for item in journal.access.items)
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


CHAPTER: Final = Chapter(topic=TOPIC, rows=_rows)
