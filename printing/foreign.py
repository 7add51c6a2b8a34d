"""A PDF that is not ours, printed as it is: what its cover says of it. See ``cover``."""

from __future__ import annotations

from dataclasses import dataclass

from backupreader.domain.records import Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What is printed after a cover: its title, what else is known of it, who sent it, and how many pages it has."""

    title: str
    facts: tuple[str, ...]
    deliveries: tuple[Delivery, ...]
    pages: int
