"""KMD Nexus: the JSON answers of its API as municipal robots dump them. See `sync.nexus` for what is known of them.

Two passes. The first gathers the citizens' numbers and units and which pages came, the second turns every object into
records. Ids are ``<source name>:<id>`` for a citizen and ``<source name>:<kind>/<id>`` for everything else. An object
that comes twice is taken once where both say the same, or where one says no more than the other; it is taken twice,
the second with ``~2`` behind its id and an `Issue`, where they differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from backupreader.domain.records import Country
from sync.adapter import Adapter, Item, Source
from sync.nexus.files import looks_like_nexus
from sync.nexus.reading import Reading
from sync.nexus.survey import survey
from sync.nexus.taking import Taking
from sync.nexus.tally import Tally

_COUNTRIES: Final[dict[str, Country]] = {"DK": "DK", "SE": "SE", "NO": "NO"}


class Nexus:
    """See `sync.adapter` for what an adapter promises."""

    name = "nexus"

    def claims(self, path: Path) -> bool:
        """JSON with links or names of the system in its first 64 KiB that is not FHIR, or a failed answer."""
        return looks_like_nexus(path)

    def read(self, source: Source, files: Sequence[Path]) -> Iterator[Item]:
        """Every record and issue of `files`, then a `Delivery` for each table that they deliver."""
        ordered = sorted(files)
        prefix = f"{source.name}:"
        reading = Reading(prefix, _COUNTRIES.get(source.country, "DK"), source.zone)
        surveyed = survey(ordered, reading.seen)
        reading.numbers = surveyed.numbers
        reading.grants = surveyed.grants
        reading.parents = surveyed.parents
        reading.units = {f"{prefix}{one}": f"{prefix}unit/{unit}" for one, unit in surveyed.units.items()}
        taking, tally = Taking(reading), Tally(source, surveyed)
        for path in ordered:
            label = source.label(path)
            for out in taking.file(path, label):
                tally.count(path, reading.kind, out)
                yield from out
            yield tally.receipt(label)
        yield from tally.missing_pages()
        yield from tally.deliveries()


ADAPTER: Final[Adapter] = Nexus()
