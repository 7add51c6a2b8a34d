"""What this PC remembers of an announcement: a signer that it trusts because the one before it said so.

One small file for each, ``trust/announced/<id>.announced``. It stays when the signer is retired, so that the whole line
that stands on one signer's word can always be found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backupreader.domain.errors import OTHER_KIND
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.store import carried
from backupreader.store.carried import TrustedSigner
from backupreader.store.files import Files
from backupreader.store.seal import PUBLIC_SIGNER_BYTES

SUFFIX: Final = ".announced"
_KIND = "backupreader announced signer 1"
_EPOCH: Final = re.compile(r"[0-9]{1,16}")
NOT_ANNOUNCED: Final = Reason(N_("it is not the record of an announced signer"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A signer, the id of the one that announced it, the first package that did, and when, by the PC's clock.

    `epoch` is the one that it begins with: what it signs in an earlier one is not taken.
    """

    signer: TrustedSigner
    by: str
    package: str
    at: str
    epoch: int

    def encode(self) -> bytes:
        """The content of the file."""
        texts = {"at": self.at, "by": self.by, "epoch": str(self.epoch), "package": self.package}
        public = carried.text_of(self.signer.public)
        return carried.write(_KIND, {**texts, "public": public, "site": self.signer.site})

    @classmethod
    def read(cls, path: Path, files: Files) -> Announced:
        """The record in a file. Raises OTHER_KIND when it is something else."""
        found = carried.read(path, _KIND, {"at", "by", "epoch", "package", "public", "site"}, files, NOT_ANNOUNCED)
        signer = TrustedSigner(found["site"], carried.bytes_of(found["public"]))
        if len(signer.public) != PUBLIC_SIGNER_BYTES or not _EPOCH.fullmatch(found["epoch"]) or path.stem != signer.id:
            raise ReaderError(OTHER_KIND, path=path, reason=NOT_ANNOUNCED)
        return cls(signer=signer, by=found["by"], package=found["package"], at=found["at"], epoch=int(found["epoch"]))
