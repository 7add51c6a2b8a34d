"""What may be written in the log of an outage. What may not is refused with its reason, whole: nothing is cut."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from backupreader.domain.outage.event import ENTRY_KINDS, Entry, EntryKind, Event
from backupreader.domain.outage.fold import crossed_out
from backupreader.domain.plan.about import REACHES
from backupreader.domain.trouble import Reason
from backupreader.language import N_

LONGEST_WORDS: Final = 10_000
LONGEST_NAME: Final = 500
"""Characters of everything but the words: a name, some ids."""
AFTERWARDS: Final = timedelta(days=14)
"""So long after the end calls, duties and remarks are still taken down."""
BEFOREHAND: Final = timedelta(days=1)
"""So long before it began something may have happened that belongs to it: keys fetched, a call. Earlier is a slip."""
CALL_RESULTS: Final = ("answered", "no-answer", "message")
WHILE_IT_GOES_ON: Final[frozenset[EntryKind]] = frozenset({"declared", "systems", "reach", "guide", "ended"})

FUTURE: Final = Reason(N_("that time has not come yet"))
BEFORE_IT_BEGAN: Final = Reason(N_("that is before the outage began"))
TOO_LONG: Final = Reason(N_("it is longer than {longest} characters"), {"longest": f"{LONGEST_WORDS:,}"})
LONG_NAME: Final = Reason(N_("a name in it is longer than {longest} characters"), {"longest": LONGEST_NAME})
NO_WORDS: Final = Reason(N_("nothing is written in it"))
NOT_SAID_WHO: Final = Reason(N_("nobody is named in it"))
NOT_SAID_WHAT: Final = Reason(N_("it does not say what it is about"))
LONG_OVER: Final = Reason(N_("the outage has been over for more than 14 days"))
NO_SUCH: Final = Reason(N_("no entry with that number counts"))

_WORDS: Final[frozenset[EntryKind]] = frozenset({"declared", "decision", "note", "withdrawn"})
_WHO: Final[frozenset[EntryKind]] = frozenset({"declared", "owner", "decision"})
_WHAT: Final[Mapping[EntryKind, Callable[[Entry], bool]]] = {
    "systems": lambda entry: bool(entry.what.strip()),
    "reach": lambda entry: entry.what in REACHES,
    "call": lambda entry: bool(entry.what.strip()) and entry.detail in CALL_RESULTS,
    "act": lambda entry: bool(entry.what.strip()),
    "done": lambda entry: bool(entry.what.strip()),
    "unit": lambda entry: bool(entry.what.strip()) and entry.detail in {"up", "down"},
    "partner": lambda entry: bool(entry.what.strip()),
    "guide": lambda entry: bool(entry.what.strip()),
}


def refusal(event: Event, entry: Entry, now: datetime) -> Reason | None:
    """Why an entry cannot be written in the log of this outage now; None where it can.

    An outage that a wrong clock let begin in the future can be ended now all the same.
    """
    if event.ended is not None and now.timestamp() > (event.ended + AFTERWARDS).timestamp():
        return LONG_OVER
    if entry.at.timestamp() > now.timestamp():
        return FUTURE
    if entry.kind != "declared":
        began = min(event.began.timestamp(), now.timestamp())
        if entry.at.timestamp() < began - (0 if entry.kind == "ended" else BEFOREHAND.total_seconds()):
            return BEFORE_IT_BEGAN
    if len(entry.words) > LONGEST_WORDS:
        return TOO_LONG
    if max(len(entry.what), len(entry.who), len(entry.detail)) > LONGEST_NAME:
        return LONG_NAME
    return _lacks(event, entry)


def _lacks(event: Event, entry: Entry) -> Reason | None:
    if entry.kind not in ENTRY_KINDS or not _WHAT.get(entry.kind, _is_said)(entry):
        return NOT_SAID_WHAT
    if entry.kind in _WORDS and not entry.words.strip():
        return NO_WORDS
    if entry.kind in _WHO and not entry.who.strip():
        return NOT_SAID_WHO
    if entry.kind == "withdrawn" and entry.what not in _standing(event):
        return NO_SUCH
    return None


def _is_said(_entry: Entry) -> bool:
    return True


def _standing(event: Event) -> frozenset[str]:
    crossed = crossed_out(event.entries)
    return frozenset(str(entry.number) for entry in event.entries if entry.number not in crossed)
