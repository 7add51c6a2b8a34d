"""What several sources say of one citizen, on paper: where each places her, and what each calls her."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from backupreader.domain.linking import unlike
from backupreader.domain.persons import elsewhere
from backupreader.domain.presence import source_of
from backupreader.domain.records import Citizen, Delivery
from printing import wording

if TYPE_CHECKING:
    from backupreader.domain.journal import Journal
    from printing.document import Sheet


def whereabouts(citizen: Citizen, also: Sequence[Citizen], sheet: Sheet, told: Iterable[Delivery] = ()) -> str:
    """Where she is; where sources place her differently, each by its name and, where that is `told`, its age."""
    others = elsewhere(citizen, also)
    if not others:
        return wording.whereabouts(citizen, sheet)
    taken = {delivery.source: delivery.taken_at for delivery in told}
    return "! " + wording.joined(
        (_placed(one, taken.get(source_of(one.id)), sheet) for one in (citizen, *others)), " ↔ "
    )


def other_names(journal: Journal, sheet: Sheet) -> str:
    """What other sources call her, where that is another name than the first one's; else empty."""
    sentence = sheet.language.text("! {source} calls this citizen {name}: ask.")
    return wording.joined(
        sentence.format(source=source_of(one.id), name=one.name)
        for one in journal.also
        if unlike(one.name, journal.citizen.name)
    )


def _placed(citizen: Citizen, taken: str | None, sheet: Sheet) -> str:
    source, where = source_of(citizen.id), wording.whereabouts(citizen, sheet)
    if taken is None:
        return f"{source}: {where}"
    said = sheet.language.text("{list}, taken {moment}").format(list=source, moment=wording.moment(taken, sheet))
    return f"{said}: {where}"
