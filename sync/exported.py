"""What an export found and did, as the command tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backupreader.domain.plausibility import Doubt
from backupreader.domain.records import Delivery, Issue, Receipt
from backupreader.store.manifest import Position
from sync.enclosed import Enclosed


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteExported:
    """What became of one site's generation.

    `packages` is empty where nothing was sealed: after a dry run, without an enrolled PC (`pcs` is 0), or because of
    the doubts in `refused`; `digests` are those of their signed heads. `accepted` are the doubts that a person
    accepted. `unknown` are names of units in the settings that mean no unit.
    """

    site: str
    pcs: int
    position: Position | None = None
    packages: tuple[Path, ...] = ()
    digests: tuple[bytes, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict[str, int])
    accepted: tuple[Doubt, ...] = ()
    refused: tuple[Doubt, ...] = ()
    targets: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an export found and did.

    Rows, deliveries, receipts and issues are of everything that was read. `found` are the issues that show only when
    all sources are together (see `build.Gathered`). `without_site` are the units whose citizens are in no generation,
    with how many they are. `plan` is what went along of the contingency plan.
    """

    sites: tuple[SiteExported, ...]
    rows: Mapping[str, int]
    deliveries: tuple[Delivery, ...]
    receipts: tuple[Receipt, ...]
    issues: Mapping[str, int]
    without_site: Mapping[str, int]
    found: tuple[Issue, ...] = ()
    plan: Enclosed = field(default_factory=Enclosed)

    @property
    def position(self) -> Position | None:
        """That of the first package."""
        return next((site.position for site in self.sites if site.position is not None), None)

    @property
    def packages(self) -> tuple[Path, ...]:
        """Those of all sites."""
        return tuple(package for site in self.sites for package in site.packages)

    @property
    def accepted(self) -> tuple[Doubt, ...]:
        """The doubts that a person accepted."""
        return tuple(doubt for site in self.sites for doubt in site.accepted)

    @property
    def refused(self) -> tuple[Doubt, ...]:
        """The doubts because of which a site's generation was not sealed."""
        return tuple(doubt for site in self.sites for doubt in site.refused)

    @property
    def targets(self) -> tuple[str, ...]:
        """Where packages were sent."""
        return tuple(dict.fromkeys(target for site in self.sites for target in site.targets))
