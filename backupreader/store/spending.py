"""What becomes of a slot that has opened the vault: an event code is spent, a person's is held to the key in use.

The slot of a used code is taken out of both copies of the slot file before anything is shown.

Care comes first, but once: a disk that takes nothing does not keep her out, while a lock that another holds does. Else
whoever may read the vault's folder could hold the lock, and one code would open as often as it is typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from backupreader.domain.errors import CODE_USED
from backupreader.domain.trouble import ReaderError
from backupreader.store import keyring
from backupreader.store.eventcodes import printed, typed_number
from backupreader.store.files import Files
from backupreader.store.slotfile import AT_WORK, Held, SlotFile
from backupreader.store.slots import Slot

PATIENCE: Final = 10.0
"""So many seconds the other one who changes the vault is waited for; making a sheet holds the lock for far less."""


def spend(folder: Path, slot: Slot, files: Files) -> ReaderError | None:
    """Take the slot of a used code out of both copies; what kept the disk from taking that, and the vault is open.

    Raises CODE_USED when another has used it since, and FILE_TROUBLE when another change goes on for too long.
    """
    file, ours = SlotFile(folder, files), False

    def spent(held: Held) -> Held:
        nonlocal ours
        _check(held, slot)
        ours = True
        return replace(
            held,
            slots=tuple(other for other in held.slots if other.id != slot.id),
            sheets=tuple(
                sheet.used(slot.number, _now()) if sheet.number == slot.sheet else sheet for sheet in held.sheets
            ),
        )

    try:
        file.change(spent, PATIENCE)
    except ReaderError as trouble:
        if trouble.kind is CODE_USED:
            raise
        if not ours:  # what lies there now counts all the same: another may have spent it
            _check(file.read(), slot)
        if trouble.facts.get("reason") is AT_WORK:
            raise
        return trouble
    return None


def hold(folder: Path, slot: Slot, own: bytes, seeds: Mapping[str, bytes], files: Files) -> None:
    """Hold a person's slot, or that of the recovery code, to the key in use. Where the disk takes nothing, next time.

    `own` is the slot's seed, `seeds` those of the vault, the one in use first.
    """
    if slot.born != next(iter(seeds)):
        with suppress(ReaderError):
            SlotFile(folder, files).change(lambda held: keyring.reborn(held, slot, own, seeds))


def tell_spent(held: Held, typed: str) -> None:
    """Raises CODE_USED, but only to one who typed a number: without it nothing tells a spent code from other words."""
    number = typed_number(typed)
    for sheet in held.sheets:
        if number is not None and sheet.number == number[0]:
            place = number[1]
            if place in sheet.spent or (sheet.cancelled and place in range(1, sheet.count + 1)):
                raise ReaderError(CODE_USED, code=printed(sheet.number, place))


def _check(held: Held, slot: Slot) -> None:
    if all(other.id != slot.id for other in held.slots):
        raise ReaderError(CODE_USED, code=printed(slot.sheet, slot.number))


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
