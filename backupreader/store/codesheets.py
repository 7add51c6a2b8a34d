"""Sheets of event codes: issued and cancelled. How a code is read is in `eventcodes`, how it is spent in `vault`."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from backupreader.domain.errors import FILE_TROUBLE, NOT_FOUND
from backupreader.domain.papers import CodeSheet
from backupreader.domain.trouble import ReaderError
from backupreader.store import eventcodes, keyring, wordlist
from backupreader.store.hardening import keyed
from backupreader.store.slotfile import AT_WORK, Held
from backupreader.store.slots import ID_BYTES, Slot
from backupreader.store.unlocked import Unlocked
from backupreader.store.vault import Vault

Tick = Callable[[int, int | None], None]


def issue(  # noqa: PLR0913 (all that stands on a sheet)
    vault: Vault,
    opened: Unlocked,
    count: int,
    machine_secret: bytes,
    *,
    language: str,
    holder: str,
    issued_by: str,
    now: datetime,
    tick: Tick,
) -> tuple[Vault, CodeSheet]:
    """The vault with one more sheet of codes, and the sheet: its words are never seen again. One Argon2id a code."""
    opened.check_may_change()
    words = [wordlist.propose_words(language) for _ in range(count)]
    described = vault.described("event-code", vault.cost)
    first = replace(described, sheet=next_number(vault), holder=holder, by=opened.account)
    number, slots = first.sheet, list[Slot]()
    for place, code in enumerate(words, start=1):
        tick(place - 1, count)
        described = replace(first, id=os.urandom(ID_BYTES), number=place)
        slots.append(keyed(described, vault.identity, wordlist.typed(code), machine_secret))
    tick(count, count)

    def issued(held: Held) -> Held:
        if _next(held) != number:
            raise ReaderError(FILE_TROUBLE, path=vault.folder, reason=AT_WORK)
        sheet = eventcodes.Sheet(number=number, holder=holder, issued=_moment(now), issued_by=issued_by, count=count)
        return keyring.added(replace(held, sheets=(*held.sheets, sheet)), opened.seeds, slots)

    changed = vault.changed(opened, issued)
    return changed, CodeSheet(
        number=number,
        pc=vault.identity.name,
        site=vault.identity.site,
        holder=holder,
        codes=tuple(enumerate(words, start=1)),
        issued_at=now,
        issued_by=issued_by,
    )


def cancel(vault: Vault, opened: Unlocked, number: int, now: datetime) -> Vault:
    """The vault in which no code of this sheet opens anything. Raises NOT_FOUND."""
    known = [str(sheet.number) for sheet in vault.sheets]
    if str(number) not in known:
        raise ReaderError(NOT_FOUND, what=str(number), known=", ".join(known))
    return vault.changed(opened, lambda held: held.without_codes(number, _moment(now)))


def next_number(vault: Vault) -> int:
    """What the next sheet is called."""
    return _next(vault.held)


def _next(held: Held) -> int:
    return 1 + max((sheet.number for sheet in held.sheets), default=0)


def _moment(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
