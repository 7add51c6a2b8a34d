"""Seal a finished database into packages: its key to each backup PC, and a signature over everything.

One package carries the key for at most `SEALS_IN_A_PACKAGE` PCs, so that its manifest stays within its limit; a site
with more PCs gets several packages of the same position and the same database.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from backupreader.store import container
from backupreader.store import manifest as manifests
from backupreader.store.carried import VaultIdentity
from backupreader.store.files import Files
from backupreader.store.manifest import Manifest
from backupreader.store.seal import Binding, Signer, seal_key

SEALS_IN_A_PACKAGE: Final = 16


def new_key() -> bytes:
    """A fresh key for one database: 256 bits, used once, kept only in memory and inside seals."""
    return os.urandom(32)


def seal(  # noqa: PLR0913, PLR0917 (all that a package is made of)
    database: Path,
    key: bytes,
    manifest: Manifest,
    signer: Signer,
    recipients: Sequence[VaultIdentity],
    plan: bytes,
    folder: Path,
    files: Files,
) -> tuple[Path, ...]:
    """Write the packages into `folder`, which holds no package of this position yet.

    Each is whole and on the disk when this returns.

    `manifest` comes without seals and with any plan figures; both are filled in here.
    """
    written: list[Path] = []
    ordered = sorted(recipients, key=lambda recipient: recipient.id)
    for start in range(0, len(ordered), SEALS_IN_A_PACKAGE):
        group = ordered[start : start + SEALS_IN_A_PACKAGE]
        sealed = replace(
            manifest,
            seals={vault.id: seal_key(key, vault.public, binding(manifest, vault.id)) for vault in group},
            plan_length=len(plan),
            plan_sha256=hashlib.sha256(plan).hexdigest(),
        )
        head = container.assemble(sealed, signer, plan)
        assert manifests.decode(manifests.encode(sealed)) == sealed  # never sign what no PC would read
        path = folder / _name(sealed, start // SEALS_IN_A_PACKAGE)
        part = path.with_name(path.name + ".part")
        files.remove(part)
        files.append_from(head, database, part)
        files.rename(part, path)
        written.append(path)
    files.fsync_folder(folder)
    return tuple(written)


def binding(manifest: Manifest, vault: str) -> Binding:
    """What the key of this database is sealed for."""
    return Binding(
        site=manifest.site,
        vault=vault,
        epoch=manifest.epoch,
        seq=manifest.seq,
        database_sha256=manifest.database_sha256,
    )


def _name(manifest: Manifest, group: int) -> str:
    more = f"-{group + 1}" if group else ""
    return f"{manifest.site}-{manifest.position}{more}{container.SUFFIX}"
