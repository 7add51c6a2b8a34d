"""Where a person is now, by the hospitals' messages: at the hospital, on leave from it, home again, dead.

A message states a turn (admitted, on leave, back from leave, discharged). A corrected message takes the place of the
last one of its kind in the same stay, so that a corrected admission does not undo the discharge after it. A cancelled
message takes the last one of its kind in the same stay away: what the messages before it said is so again. Nothing left
after a cancellation is `unknown`, with the word of the cancellation: nobody has said where the person is.

The messages' own moments decide, not the order of the files; of two at one moment the one that tells of the longer
history is later, then the one that was read later.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.records import CitizenStatus

Effect: TypeAlias = Literal["new", "revise", "cancel"]


@dataclass(frozen=True, slots=True)
class Stay:
    """Where the person is, since when, and the source's own word for it."""

    status: CitizenStatus
    since: str | None
    word: str | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One message. `stay` is None of a cancellation that does not say what is so instead.

    `at` is the message's moment, `episode` the stay's number where one is stated, `kind` what is corrected or cancelled
    under the same name.
    """

    at: str | None
    episode: str | None
    kind: str
    effect: Effect
    stay: Stay | None
    word: str
    history: int = 0


def standing(turns: Iterable[Turn], zone: str) -> Stay | None:
    """Where the messages of one person leave them; None where there are none."""
    local = ZoneInfo(zone)
    kept: list[Turn] = []
    last: Turn | None = None
    for turn in sorted(turns, key=lambda one: (moments.order(one.at, local), one.history)):
        last = turn
        place = _place(kept, turn) if turn.effect != "new" else None
        if turn.effect == "cancel":
            if place is not None:
                del kept[place]
            if not kept and turn.stay is not None:
                kept.append(turn)
        elif place is None:
            kept.append(turn)
        else:
            kept[place] = turn
    stays = [turn.stay for turn in kept if turn.stay is not None]
    if stays:
        return stays[-1]
    return Stay("unknown", None, last.word) if last is not None else None


def _place(kept: list[Turn], turn: Turn) -> int | None:
    """Where the message stands that `turn` corrects or cancels."""
    for place in range(len(kept) - 1, -1, -1):
        other = kept[place]
        same = other.episode == turn.episode or other.episode is None or turn.episode is None
        if other.kind == turn.kind and same:
            return place
    return None
