"""An open vault: who opened it, and the seeds that open what was sealed to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from backupreader.domain.errors import DATA_ONLY
from backupreader.domain.trouble import ReaderError
from backupreader.store.carried import VaultIdentity
from backupreader.store.slots import SlotKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """An open vault, and by whom it was opened.

    `account`, `role` and `units` (none: the whole area) are the person's; empty after an event code, which has `sheet`
    and `number` instead, and after the recovery code, which is nobody's. `seeds` are by vault id, the former ones too.
    `settling` is what is done when it has opened something; see `spend`.
    """

    identity: VaultIdentity
    seeds: Mapping[str, bytes] = field(repr=False)
    account: str
    kind: SlotKind
    role: str = ""
    units: tuple[str, ...] = ()
    sheet: int = 0
    number: int = 0
    settling: Callable[[], ReaderError | None] | None = field(default=None, repr=False)

    @property
    def seed(self) -> bytes:
        """The seed that is in use."""
        return self.seeds[self.identity.id]

    def spend(self) -> ReaderError | None:
        """Cross out the event code that opened it: once, when the data has opened and before anything is shown.

        What kept the disk from taking that is given back. A person's words are held to the key in use then, where that
        is a younger one (`keyring`). Raises CODE_USED, or FILE_TROUBLE where another change of the vault goes on.
        """
        return None if self.settling is None else self.settling()

    def check_may_change(self) -> None:
        """Raises DATA_ONLY after an event code."""
        if self.kind == "event-code":
            raise ReaderError(DATA_ONLY)
