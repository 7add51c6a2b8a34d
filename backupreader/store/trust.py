"""Whose packages this PC takes: signers, each bound to one site.

    trust/<id>.signer               pinned: a person has added it by hand
    trust/announced/<id>.announced  a signer that this PC trusted has said that this one comes after it
    trust/retired/<id>.signer       no longer taken

A retired signer's packages are refused, and its position no longer counts; what was taken from it before stays
readable, below everything of today's signers. It comes back only by hand. Each change is one renamed file, and a change
of several begins with what matters least: a crash between two leaves something that the same words put right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from backupreader.domain.errors import NOT_FOUND, ReaderError
from backupreader.store.announced import SUFFIX, Announced
from backupreader.store.carried import SIGNER_SUFFIX, TrustedSigner
from backupreader.store.files import Files


class Trust:
    """The signers under ``trust/`` of a data folder."""

    def __init__(self, data: Path, files: Files) -> None:
        self._folder = data / "trust"
        self._announced = self._folder / "announced"
        self._retired = self._folder / "retired"
        self._files = files

    def known(self) -> tuple[TrustedSigner, ...]:
        """Whose packages are taken."""
        pinned = self.pinned()
        passed_over = {signer.id for signer in (*pinned, *self.retired())}
        announced = (one.signer for one in self.announcements())
        return (*pinned, *(signer for signer in announced if signer.id not in passed_over))

    def pinned(self) -> tuple[TrustedSigner, ...]:
        """The known ones that a person has added by hand."""
        return self._read(self._folder)

    def announcements(self) -> tuple[Announced, ...]:
        """Every announcement that was believed, also of signers that are pinned or retired by now."""
        return tuple(Announced.read(path, self._files) for path in sorted(self._announced.glob("*" + SUFFIX)))

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

    def starts(self) -> Mapping[str, int]:
        """The epoch that each announced signer begins with, by signer id; a pinned one begins where it likes."""
        pinned = {signer.id for signer in self.pinned()}
        return {one.signer.id: one.epoch for one in self.announcements() if one.signer.id not in pinned}

    def add(self, signer: TrustedSigner) -> None:
        """Pin it: from now on this signer's packages are taken. Adding one twice is fine."""
        self._files.make_folder(self._folder)
        self._files.replace(self._folder / (signer.id + SIGNER_SUFFIX), signer.encode())
        self._files.remove(self._retired / (signer.id + SIGNER_SUFFIX))

    def announce(self, announced: Announced) -> None:
        """Take this signer's packages too, because a known one said so. Whether it may is for the caller to know."""
        self._files.make_folder(self._announced)
        self._files.replace(self._announced / (announced.signer.id + SUFFIX), announced.encode())

    def began(self, signer: str) -> None:
        """A package by the signer with this id was taken: the one that announced it signs no more."""
        before = {one.by for one in self.announcements() if one.signer.id == signer}
        for former in self.known():
            if former.id in before:
                self._retire(former)

    def remove(self, start: str) -> TrustedSigner:
        """Retire the signer whose fingerprint, id or site begins so, and everything that it announced.

        What a person has pinned since stays, with what that one announced. A signer that is retired already is found
        where something that it announced is not. Raises NOT_FOUND when none, or more than one, is found.
        """
        known = self.known()
        found = _called(known, start) or [one for one in _called(self.retired(), start) if self._heirs(one)]
        if len(found) != 1:
            raise ReaderError(NOT_FOUND, what=start, known=", ".join(f"{s.site} {s.fingerprint}" for s in known))
        signer = found[0]
        for heir in reversed(self._heirs(signer)):
            self._retire(heir)
        self._retire(signer)
        return signer

    def _heirs(self, signer: TrustedSigner) -> tuple[TrustedSigner, ...]:
        """The known signers that stand only on this one's word, the nearest first."""
        records, pinned = self.announcements(), {one.id for one in self.pinned()}
        line = [signer]
        for above in line:  # grows while it is walked
            below = (one.signer for one in records if one.by == above.id and one.signer.id not in pinned)
            line += [heir for heir in below if heir not in line]
        known = self.known()
        return tuple(heir for heir in line[1:] if heir in known)

    def _retire(self, signer: TrustedSigner) -> None:
        name = signer.id + SIGNER_SUFFIX
        self._files.make_folder(self._retired)
        self._files.replace(self._retired / name, signer.encode())
        self._files.remove(self._folder / name)
        self._files.fsync_folder(self._folder)

    def _read(self, folder: Path) -> tuple[TrustedSigner, ...]:
        # A file here that cannot be read is not passed over: it would turn good packages into strangers' without a
        # word.
        return tuple(TrustedSigner.read(path, self._files) for path in sorted(folder.glob("*" + SIGNER_SUFFIX)))


def _called(signers: Sequence[TrustedSigner], start: str) -> list[TrustedSigner]:
    wanted = start.replace(" ", "")
    return [
        signer
        for signer in signers
        if wanted
        and (
            signer.fingerprint.replace(" ", "").startswith(wanted)
            or signer.id.startswith(wanted)
            or signer.site == start
        )
    ]
