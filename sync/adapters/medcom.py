"""MedCom's messages in OIOXML ("Det gode …"), bare or in an envelope (VANS, SOAP, SBD).

Letters, reports and notices between hospitals, doctors and municipalities: correspondence (XDIS91), admission and
discharge (XDIS20, XDIS17, XDIS16, XDIS18, XDIS19, XDIS21), discharge letters (XDIS01 …), enclosed files (XBIN01). A
letter of a kind that is not known here is a note of all its text. Ids are ``<source name>:<sender's EAN>/<letter's own
id>``; a citizen's is ``<source name>:<person number>``. MedCom's FHIR messages are the FHIR adapter's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sync.adapter import Adapter, Item, Source
from sync.medcom.envelope import looks_like_medcom


class MedCom:
    """See `sync.adapter` for what an adapter promises."""

    name = "medcom"

    def claims(self, path: Path) -> bool:
        """XML whose root is MedCom's, or an envelope that names MedCom in its first 64 KiB."""
        return looks_like_medcom(path)

    def read(self, source: Source, files: Sequence[Path]) -> Iterator[Item]:
        """Every letter of `files`; receipts are counted, and left."""
        from sync.medcom.delivering import Export  # only where a letter is read

        yield from Export(source, files).items()


ADAPTER: Final[Adapter] = MedCom()
