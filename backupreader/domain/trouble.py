"""What can be told to a person: one sentence of what is so, one of what to do, a code, an exit status.

A `ReaderError` is the world gone wrong. Any other exception is our own fault and ends in exit status 1. The kinds stand
in ``errors``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from backupreader.language import Language

OUR_FAULT: Final = 1
WRONG_USAGE: Final = 2


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of error. `sentence` and `hint` are English templates; `{names}` are filled from the error's facts."""

    code: str
    status: int
    sentence: str
    hint: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A fact that is itself a sentence of ours (marked with `N_`), told in the person's language too.

    So are facts of its own that are reasons.
    """

    sentence: str
    facts: Mapping[str, object] = field(default_factory=dict[str, object])

    def told(self, language: Language) -> str:
        """The reason in the person's language."""
        facts = {name: _told(fact, language) for name, fact in self.facts.items()}
        return language.text(self.sentence).format(**facts)

    def __str__(self) -> str:
        """The English reason, for a log."""
        return self.told(Language("en"))


class ReaderError(Exception):
    """Something a person can be told. `kind` is a row of `KINDS`; `facts` fill its sentences.

    A fact that is a `Reason`, or a tuple of them, is translated with the sentence.
    """

    def __init__(self, kind: Kind, **facts: object) -> None:
        super().__init__(kind.code, facts)
        self.kind = kind
        self.facts = facts

    def sentence(self, language: Language) -> str:
        """What is so, in the person's language."""
        return language.text(self.kind.sentence).format(**self._told(language))

    def hint(self, language: Language) -> str:
        """What to do about it, in the person's language."""
        return language.text(self.kind.hint).format(**self._told(language))

    def _told(self, language: Language) -> dict[str, object]:
        return {name: _told(fact, language) for name, fact in self.facts.items()}

    def __str__(self) -> str:
        """The English sentence with its code, for a log."""
        return f"{self.kind.code} {self.sentence(Language('en'))}"


def _told(fact: object, language: Language) -> object:
    if isinstance(fact, Reason):
        return fact.told(language)
    if isinstance(fact, tuple):
        return "; ".join(str(_told(part, language)) for part in cast("tuple[object, ...]", fact))
    return fact
