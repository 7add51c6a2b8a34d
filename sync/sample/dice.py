"""Chance that falls the same way every time: draws by name, and the skewed way words are used in.

Only `Random.random` is used: it is the one method whose numbers Python promises to keep the same in later versions.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final, Generic, TypeVar

T = TypeVar("T")
_TABLE: Final = 2048


class Dice:
    """Dice that are told apart by what they are thrown for: the same words always give the same throws."""

    def __init__(self, *named: object) -> None:
        self.throw = random.Random(":".join(map(str, named))).random  # noqa: S311 (a made-up town, not a secret)

    def chance(self, share: float) -> bool:
        """True in `share` (0–1) of the throws."""
        return self.throw() < share

    def below(self, count: int) -> int:
        """0 ≤ n < `count`."""
        return int(self.throw() * count)

    def between(self, least: int, most: int) -> int:
        """`least` ≤ n ≤ `most`."""
        return least + int(self.throw() * (most - least + 1))

    def decimal(self, least: float, most: float, places: int = 1) -> float:
        """A number between the two, rounded."""
        return round(least + self.throw() * (most - least), places)

    def pick(self, choices: Sequence[T]) -> T:
        """One of them, each as likely."""
        return choices[int(self.throw() * len(choices))]

    def some(self, choices: Sequence[T], count: int) -> list[T]:
        """`count` different ones (all of them when there are fewer), in the order in which they stand."""
        if count >= len(choices):
            return list(choices)
        left, taken = list(range(len(choices))), list[int]()
        for _ in range(count):
            taken.append(left.pop(int(self.throw() * len(left))))
        return [choices[index] for index in sorted(taken)]


class Bag(Generic[T]):
    """Things drawn as words are used: the first often, the last seldom (Zipf; the n-th about 1/n times as often)."""

    def __init__(self, choices: Sequence[T], weights: Sequence[float] | None = None) -> None:
        shares = weights or [1 / (rank + 1.7) for rank in range(len(choices))]
        total = sum(shares)
        table: list[T] = []
        reached = 0.0
        for choice, share in zip(choices, shares, strict=True):
            reached += share
            table += [choice] * max(1, round(reached / total * _TABLE) - len(table))
        self._table = table

    def draw(self, dice: Dice) -> T:
        """One of them."""
        return self._table[int(dice.throw() * len(self._table))]
