"""FHIR R4: Bulk Data folders of NDJSON, Bundles of every type and single resources, mixed in any way.

Two passes. The first gathers small tables of what others refer to (people, places, drugs, conditions, goals), the
second turns every resource into records. A resource that only others refer to (Practitioner, Medication, …) is
accounted for by an `Issue` of severity ``note`` with the code ``resource-for-reference``; a type that has no place on
any screen by ``resource-not-shown``. Ids are ``<source name>:<type>/<id>``, since FHIR's ids are unique within a type
only. A resource that comes twice in Bundles or single files is taken once where both say the same, and twice, the
second with ``~2`` behind its id and an `Issue`, where they do not. The lines of a bulk export are not compared with
each other here: `build` finds a repeated id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from backupreader.domain.records import Country
from sync.adapter import Item, Source
from sync.fhir.files import looks_like_fhir
from sync.fhir.reading import Reading
from sync.fhir.survey import survey
from sync.fhir.taking import Taking
from sync.fhir.tally import Tally

_COUNTRIES: Final[dict[str, Country]] = {"DK": "DK", "SE": "SE", "NO": "NO"}


class Fhir:
    """See `sync.adapter` for what an adapter promises."""

    name = "fhir"

    def claims(self, path: Path) -> bool:
        """JSON whose first 64 KiB name a resource type, or the log or manifest of a bulk export."""
        return looks_like_fhir(path)

    def read(self, source: Source, files: Sequence[Path]) -> Iterator[Item]:
        """Every record and issue of `files`, then a `Delivery` for each table that they deliver."""
        ordered = sorted(files)
        surveyed = survey(ordered)
        reading = Reading(f"{source.name}:", _COUNTRIES.get(source.country, "DK"), source.zone, surveyed.directory)
        taking = Taking(reading, surveyed.shared, thorough=source.thorough)
        tally = Tally(source, surveyed)
        for path in ordered:
            label = source.label(path)
            for out in taking.file(path, label):
                tally.count(path, reading.kind, out)
                yield from out
            yield tally.receipt(label)
        yield from tally.deliveries()


ADAPTER: Final = Fhir()
