"""The generations that a person can choose from, read from their signed heads: no secret, no database.

Her choice is handed to `open_newest` by its name and holds until she locks; nothing remembers it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from backupreader.domain import moments
from backupreader.domain.trouble import Reason
from backupreader.language import N_
from backupreader.settings import Settings
from backupreader.store.choice import choose
from backupreader.store.files import Files
from backupreader.store.form import SCHEMA
from backupreader.store.generations import Generation, Store
from backupreader.store.spoken import four_words

RETIRED: Final = Reason(N_("it was signed by a machine that is no longer trusted"))
OTHER_FORM: Final = Reason(N_("it was made for another version of this program, and does not open"))
SPOILT: Final = Reason(N_("it is damaged"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosable:
    """One generation. `name` is what `open_newest` takes; the `default` is tried first where none is chosen.

    `why` says what speaks against it: what it holds less, that it is damaged, that its signer is retired, that it is of
    another form. Of a `damaged` one nothing else is known, and it does not open; nor does one that is not `readable` by
    this version of the program. `taken_at` is the oldest moment of all its sources.
    """

    name: str
    created: str = ""
    taken_at: str | None = None
    citizens: int | None = None
    default: bool = False
    why: tuple[Reason, ...] = ()
    damaged: bool = False
    retired: bool = False
    readable: bool = True
    digest: bytes = b""

    def words(self, language: str) -> str:
        """The four words that two people compare; none of a damaged one."""
        return "" if self.damaged else four_words(self.digest, language)


def choosable(settings: Settings, files: Files) -> tuple[Choosable, ...]:
    """All that lies in the store: the newest first, then those of retired signers, then the damaged ones."""
    store, zone = Store(settings.data, files), settings.timezone()
    generations = store.list()
    choice = choose(generations, zone)

    def one(generation: Generation) -> Choosable:
        manifest = generation.manifest
        citizens = manifest.counts.get("citizen")
        doubts = choice.doubts if generation is generations[0] else ()
        readable = manifest.schema == SCHEMA
        why: list[Reason] = [*doubts, *([RETIRED] if generation.retired else []), *([] if readable else [OTHER_FORM])]
        return Choosable(
            name=generation.path.name,
            created=manifest.created,
            taken_at=moments.oldest((at for tables in manifest.taken_at.values() for at in tables.values()), zone),
            citizens=citizens.rows if citizens else None,
            default=generation is choice.order[0],
            why=tuple(why),
            retired=generation.retired,
            readable=readable,
            digest=generation.digest,
        )

    spoilt = (Choosable(name=folder.name, why=(SPOILT,), damaged=True) for folder in reversed(store.damaged()))
    return (*map(one, generations), *spoilt)
