"""An open vault: who opened it, and the seeds that open what was sealed to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from backupreader.domain.errors import DATA_ONLY, ReaderError
from backupreader.store.carried import VaultIdentity
from backupreader.store.slots import SlotKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """An open vault, and by whom it was opened.

    `account`, `role` and `units` (none: the whole area) are the person's; empty after an event code, which has `sheet`
    and `number` instead, and after the recovery code, which is nobody's. `seeds` are by vault id, the former ones too.
    `trouble` says that a used event code could not be destroyed.
    """

    identity: VaultIdentity
    seeds: Mapping[str, bytes] = field(repr=False)
    account: str
    kind: SlotKind
    role: str = ""
    units: tuple[str, ...] = ()
    sheet: int = 0
    number: int = 0
    trouble: ReaderError | None = None

    @property
    def seed(self) -> bytes:
        """The seed that is in use."""
        return self.seeds[self.identity.id]

    def check_may_change(self) -> None:
        """Raises DATA_ONLY after an event code."""
        if self.kind == "event-code":
            raise ReaderError(DATA_ONLY)
