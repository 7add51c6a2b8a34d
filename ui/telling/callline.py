"""What the foot of the lock screen says of whom to call: as anyone may know it, for whatever is down."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from backupreader.domain.plan import calling, words
from backupreader.language import Language
from ui.look import State
from ui.rows import Mark
from ui.telling.plan import downtime, marks, missing, near
from ui.telling.whom import again, reached_by

if TYPE_CHECKING:
    from backupreader.store.plans import Carried
    from ui.widgets.callline import CallLine


def tell(line: CallLine, carried: Carried, now: datetime, language: Language, due: Mark | None = None) -> None:
    """Have the line say it; without a plan what is so, and what to do. First of all what is `due` in an outage."""
    plan, _ = carried.plan, language.text
    if plan is None:
        line.tell(missing(language)[0], "", _("Use the numbers that hang on the wall."), (due,) if due else ())
        return
    answer = calling.now(plan, now)
    planned = tuple(Mark(downtime(one, plan, now, language), State.LATE) for one in near(plan, now)[:1])
    noted = (due, *planned) if due is not None else planned
    if carried.kept is not None:
        noted = (*noted, Mark(_("The plan may not be the newest"), State.LATE))
    noted = (*noted, *marks(plan.about, now.date(), language)[:1])
    until = words.until(answer, language)
    if answer.contact is None:
        nobody = answer.calling.nobody if answer.calling is not None else ""
        more = " ".join(part for part in (again(answer, language), until) if part)
        line.tell(nobody or _("The plan names nobody for this hour."), "", more, noted)
    else:
        line.tell(answer.contact.label, reached_by(answer.contact), until, noted)
