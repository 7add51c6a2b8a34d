"""The emergency summary: what a carer on the way in needs, on one screen, in the order in which she needs it.

The order is hers to choose: whoever knows the citizen reads the visit, the goals, how it is to be done and the notes
first; whoever does not reads on through conditions, general information and risks. What must never be given stands
first in every order, and in none is anything left out.
"""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal
from backupreader.language import N_
from ui.chapter import Chapter, Reading, View
from ui.rows import Row
from ui.telling import access, briefmedicine, medicine, notes, relatives, sources, summary, todo, visits, warnings

_TOPICS: Final = (medicine.TOPIC, visits.TOPIC, todo.TOPIC, notes.TOPIC, relatives.TOPIC, access.TOPIC, warnings.TOPIC)


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    cave = (*summary.blind(journal, view), *summary.cave(journal, view), *summary.limits(journal, view))
    doses = briefmedicine.doses(journal, view)
    care = (
        *summary.next_visits(journal, view),
        *summary.to_do(journal, view, goal_first=view.reading is not None),
        *summary.last_notes(journal, view),
    )
    there = (*summary.to_ring(journal, view), *summary.ways_in(journal, view), *summary.where(journal, view))
    apart = briefmedicine.apart(journal, view)
    stranger = (*summary.health(journal, view), *summary.general(journal, view), *summary.risks(journal, view))
    orders = {
        None: (*cave, *doses, *care, *there, *apart, *stranger),
        Reading.KNOWN: (*cave, *care, *doses, *there, *apart, *stranger),
        Reading.UNKNOWN: (*cave, *care, *stranger, *doses, *there, *apart),
    }
    return (*orders[view.reading], *sources.how_old(_TOPICS, journal, view), *sources.other_rows(journal, view))


CHAPTER: Final = Chapter(name="overview", title=N_("Overview"), rows=_rows, readings=True, lead=True)
