"""What was delivered of each table, and what became of the resources of each file.

Left are those that only others refer to, those that no screen shows, repeats, and the lines of the export's own log and
list of contents.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sync.adapter import Source
from sync.counting import Counting
from sync.fhir.families import DELIVERS
from sync.fhir.survey import Survey


class Tally(Counting):
    """See `Counting`: the objects are resources."""

    def __init__(self, source: Source, survey: Survey) -> None:
        super().__init__(source, DELIVERS, survey.kinds)
        self._survey = survey

    def _moment(self, path: Path) -> str:
        return self._survey.taken_at(path)

    def _complete(self, table: str) -> bool | None:
        """False where something was refused or a manifest promised more; None where there is no manifest to tell."""
        kinds = [kind for kind, tables in DELIVERS.items() if table in tables and kind in self._survey.promised]
        came: Counter[str] = Counter()
        for counted in self._survey.kinds.values():
            came.update(counted)
        if self._refused[table] or any(came[kind] < self._survey.promised[kind] for kind in kinds):
            return False
        return True if kinds else None
