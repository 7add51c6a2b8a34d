"""How it is told when a drug was last given, and how long before the data was taken that was."""

from __future__ import annotations

from typing import Final

from backupreader.domain import moments
from backupreader.domain.journal import Journal, Order, Presence
from backupreader.domain.signing import Signing
from backupreader.language import N_
from printing import wording
from printing.given import newest_given
from ui import words
from ui.chapter import View
from ui.clock import passed, written
from ui.telling import lists

_LEFT_OUT: Final = N_("Last given: not in this copy by the municipality's decision")
_MISSING: Final = N_("Last given: not delivered")


def last_given(order: Order, plan: Signing, journal: Journal, view: View) -> str:
    """The sentence: a moment, that nothing is recorded, or that what is given was not delivered at all."""
    _, language, section = view.language.text, view.language, journal.administrations
    if section.presence is Presence.LEFT_OUT:
        return _(_LEFT_OUT)
    if not section.deliveries:
        return _(_MISSING)
    paired = next((one for one in plan.orders if one.medication is order.medication), order)
    newest = newest_given(paired, plan.perhaps(order), journal, lists.sheet(view))
    if newest is None:
        taken = written(section.taken_at, view.now, language)
        return _("No record of it being given, until {taken}").format(taken=taken)
    moment = newest.given_at or newest.planned_at
    when = written(moment, view.now, language)
    at, taken_at = moments.instant(moment, view.zone), moments.instant(section.taken_at, view.zone)
    sentence = _("Last given {when}").format(when=when)
    if at is not None and taken_at is not None and at <= taken_at:
        sentence = _("Last given {when}, {age} before the data was taken")
        sentence = sentence.format(when=when, age=language.age(passed(at, taken_at)))
    much = wording.joined((language.decimal(newest.quantity or ""), newest.unit), " ")
    doubt = "" if newest.status == "given" else words.status(newest.status, newest.status_source, language)
    return wording.joined((sentence, much, newest.by, doubt))
