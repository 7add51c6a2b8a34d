"""Swedish national service contracts as XML (RIV-TA), and the extracts of SS-EN 13606 of NPÖ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sync.adapter import Adapter, Item, Source
from sync.rivta.reading import Reading, looks_like_rivta


class Rivta:
    """Responses of GetMedicationHistory, GetCareDocumentation, GetAlertInformation, GetDiagnosis and others."""

    name = "rivta"

    def claims(self, path: Path) -> bool:
        """See `Adapter`."""
        return looks_like_rivta(path)

    def read(self, source: Source, files: Sequence[Path]) -> Iterator[Item]:
        """See `Adapter`."""
        yield from Reading(source, files).items()


ADAPTER: Final[Adapter] = Rivta()
