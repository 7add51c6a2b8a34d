"""Whose packages this PC takes: the signers that a person has added by hand, each bound to one site.

Two folders of small files under ``trust/``: the signers of today, and ``retired/``. A retired signer's packages are
refused, and its position no longer counts; what was taken from it before stays readable, below everything of today's
signers.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from backupreader.domain.errors import NOT_FOUND, ReaderError
from backupreader.store.carried import SIGNER_SUFFIX, TrustedSigner
from backupreader.store.files import Files


class Trust:
    """The signers under ``trust/`` of a data folder."""

    def __init__(self, data: Path, files: Files) -> None:
        self._folder = data / "trust"
        self._retired = self._folder / "retired"
        self._files = files

    def known(self) -> tuple[TrustedSigner, ...]:
        """Whose packages are taken."""
        return self._read(self._folder)

    def retired(self) -> tuple[TrustedSigner, ...]:
        """Whose earlier packages stay readable."""
        return self._read(self._retired)

    def keys(self) -> Mapping[str, bytes]:
        """The public keys of the known signers by id."""
        return {signer.id: signer.public for signer in self.known()}

    def all_keys(self) -> Mapping[str, bytes]:
        """The same with the retired ones."""
        return {signer.id: signer.public for signer in (*self.retired(), *self.known())}

    def sites(self) -> Mapping[str, str]:
        """The site that each known signer may sign for, by signer id."""
        return {signer.id: signer.site for signer in self.known()}

    def add(self, signer: TrustedSigner) -> None:
        """From now on this signer's packages are taken. Adding one twice is fine."""
        self._files.make_folder(self._folder)
        self._files.replace(self._folder / (signer.id + SIGNER_SUFFIX), signer.encode())
        self._files.remove(self._retired / (signer.id + SIGNER_SUFFIX))

    def remove(self, start: str) -> TrustedSigner:
        """Retire the known signer whose fingerprint, id or site begins so.

        Raises NOT_FOUND when none, or more than one, does.
        """
        wanted = start.replace(" ", "")
        known = self.known()
        found = [
            s for s in known if wanted and (_digits(s).startswith(wanted) or s.id.startswith(wanted) or s.site == start)
        ]
        if len(found) != 1:
            raise ReaderError(NOT_FOUND, what=start, known=", ".join(f"{s.site} {s.fingerprint}" for s in known))
        signer = found[0]
        name = signer.id + SIGNER_SUFFIX
        self._files.make_folder(self._retired)
        self._files.replace(self._retired / name, signer.encode())
        self._files.remove(self._folder / name)
        self._files.fsync_folder(self._folder)
        return signer

    def _read(self, folder: Path) -> tuple[TrustedSigner, ...]:
        # A file here that cannot be read is not passed over: it would turn good packages into strangers' without a
        # word.
        return tuple(TrustedSigner.read(path, self._files) for path in sorted(folder.glob("*" + SIGNER_SUFFIX)))


def _digits(signer: TrustedSigner) -> str:
    return signer.fingerprint.replace(" ", "")
