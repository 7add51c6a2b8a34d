"""An open vault: who opened it, and the seeds that open what was sealed to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from backupreader.domain.errors import DATA_ONLY, ReaderError
from backupreader.store.carried import VaultIdentity
from backupreader.store.slots import SlotKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """An open vault, and by whom it was opened.

    `account`, `role` and `units` (none: the whole area) are the person's; empty after an event code, which has `sheet`
    and `number` instead, and after the recovery code, which is nobody's. `seeds` are by vault id, the former ones too.
    `crossing` takes a used event code out of the vault; see `spend`.
    """

    identity: VaultIdentity
    seeds: Mapping[str, bytes] = field(repr=False)
    account: str
    kind: SlotKind
    role: str = ""
    units: tuple[str, ...] = ()
    sheet: int = 0
    number: int = 0
    crossing: Callable[[], ReaderError | None] | None = field(default=None, repr=False)

    @property
    def seed(self) -> bytes:
        """The seed that is in use."""
        return self.seeds[self.identity.id]

    def spend(self) -> ReaderError | None:
        """Cross out the event code that opened it, before anything is shown: once, and for nobody else a matter.

        What kept the disk from taking that is given back. Raises CODE_USED, or FILE_TROUBLE where the vault is busy.
        """
        return None if self.crossing is None else self.crossing()

    def check_may_change(self) -> None:
        """Raises DATA_ONLY after an event code."""
        if self.kind == "event-code":
            raise ReaderError(DATA_ONLY)
