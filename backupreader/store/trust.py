"""Whose packages this PC takes: signers, each bound to one site.

    trust/<id>.signer               pinned: a person has added it by hand
    trust/announced/<id>.announced  a signer that this PC trusted has said that this one comes after it
    trust/retired/<id>.signer       no longer taken
    trust/second/                   a copy of each of these files, read where the file itself cannot be

Which signer is known or retired is told by the files' names, so a damaged one changes nobody's standing. Reading passes
over what cannot be read in either copy, and `damaged` tells of it; only receiving insists on the known ones.

A retired signer's packages are refused, and its position no longer counts; what was taken from it before stays
readable, below everything of today's signers. It comes back only by hand. Each change is one renamed file, and a change
of several begins with what matters least: a crash between two leaves something that the same words put right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from backupreader.domain.errors import NOT_FOUND, OTHER_KIND
from backupreader.domain.trouble import ReaderError
from backupreader.store.announced import SUFFIX, Announced
from backupreader.store.carried import NO_SIGNER_FILE, SIGNER_SUFFIX, TrustedSigner
from backupreader.store.files import Files

T = TypeVar("T")


class Trust:
    """The signers under ``trust/`` of a data folder."""

    def __init__(self, data: Path, files: Files) -> None:
        self._folder = data / "trust"
        self._announced = self._folder / "announced"
        self._retired = self._folder / "retired"
        self._second = self._folder / "second"
        self._files = files

    def known(self) -> tuple[TrustedSigner, ...]:
        """Whose packages are taken.

        Raises OTHER_KIND or FILE_TROUBLE for one that cannot be read: passing it over would turn good packages into
        strangers' without a word.
        """
        return (*self._signers(self._folder), *(one.signer for one in self._followed()))

    def pinned(self) -> tuple[TrustedSigner, ...]:
        """The known ones that a person has added by hand, as far as they can be read."""
        return tuple(self._readable(_files(self._folder, SIGNER_SUFFIX), _signer))

    def announcements(self) -> tuple[Announced, ...]:
        """Every announcement that was believed, also of signers that are pinned or retired by now.

        Those that cannot be read are passed over.
        """
        return tuple(self._readable(_files(self._announced, SUFFIX), Announced.read))

    def remembers_all(self) -> bool:
        """Whether every announcement that was believed can be read."""
        return len(self.announcements()) == len(_files(self._announced, SUFFIX))

    def retired(self) -> tuple[TrustedSigner, ...]:
        """Whose earlier packages stay readable, as far as they can be read."""
        return tuple(self._readable(_files(self._retired, SIGNER_SUFFIX), _signer))

    def known_ids(self) -> frozenset[str]:
        """The ids of the known signers, read from the names alone."""
        announced = {path.stem for path in _files(self._announced, SUFFIX)} - self.retired_ids()
        return frozenset({path.stem for path in _files(self._folder, SIGNER_SUFFIX)} | announced)

    def retired_ids(self) -> frozenset[str]:
        """The ids of those whose packages are no longer taken, unless they are pinned, read from the names alone."""
        return frozenset(path.stem for path in _files(self._retired, SIGNER_SUFFIX))

    def damaged(self) -> tuple[Path, ...]:
        """The files, and second copies, that cannot be read: `trust add` of the same signer writes its own anew."""
        found: list[Path] = []
        for folder in (self._folder, self._announced, self._retired, self._second):
            for suffix, read in ((SIGNER_SUFFIX, _signer), (SUFFIX, Announced.read)):
                for path in _files(folder, suffix):
                    try:
                        read(path, self._files)
                    except ReaderError:
                        found.append(path)
        return tuple(found)

    def keys(self) -> Mapping[str, bytes]:
        """The public keys of the known signers by id. Raises as `known`."""
        return {signer.id: signer.public for signer in self.known()}

    def all_keys(self) -> Mapping[str, bytes]:
        """All public keys that can be read, also the retired ones'."""
        announced = (one.signer for one in self.announcements())
        return {signer.id: signer.public for signer in (*self.retired(), *announced, *self.pinned())}

    def sites(self) -> Mapping[str, str]:
        """The site that each known signer may sign for, by signer id. Raises as `known`."""
        return {signer.id: signer.site for signer in self.known()}

    def starts(self) -> Mapping[str, int]:
        """The epoch that each announced signer begins with, by signer id; a pinned one begins where it likes."""
        return {one.signer.id: one.epoch for one in self._followed()}

    def add(self, signer: TrustedSigner) -> None:
        """Pin it: from now on this signer's packages are taken. Adding one twice is fine."""
        self._write(self._folder / (signer.id + SIGNER_SUFFIX), signer.encode())
        self._files.remove(self._retired / (signer.id + SIGNER_SUFFIX))

    def announce(self, announced: Announced) -> None:
        """Take this signer's packages too, because a known one said so. Whether it may is for the caller to know."""
        self._write(self._announced / (announced.signer.id + SUFFIX), announced.encode())

    def began(self, signer: str) -> None:
        """A package by the signer with this id was taken: the one that announced it signs no more."""
        before = {one.by for one in self.announcements() if one.signer.id == signer}
        for former in self.known() if before else ():
            if former.id in before:
                self._retire(former)

    def remove(self, start: str) -> TrustedSigner:
        """Retire the signer whose fingerprint, id or site begins so, and everything that it announced.

        What a person has pinned since stays, with what that one announced. A signer that is retired already is found
        where something that it announced is not. Raises NOT_FOUND when none, or more than one, is found.
        """
        known = self.known_readable()
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
        known = self.known_readable()
        return tuple(heir for heir in line[1:] if heir in known)

    def _retire(self, signer: TrustedSigner) -> None:
        name = signer.id + SIGNER_SUFFIX
        self._write(self._retired / name, signer.encode())
        self._files.remove(self._folder / name)
        self._files.fsync_folder(self._folder)

    def _write(self, path: Path, data: bytes) -> None:
        """The second copy first: at no moment is the only good one being written."""
        for copy in (self._second / path.name, path):
            self._files.make_folder(copy.parent)
            self._files.replace(copy, data)

    def _followed(self) -> Iterator[Announced]:
        """The announcements on which alone a known signer stands. Raises as `known`."""
        passed_over = {path.stem for path in _files(self._folder, SIGNER_SUFFIX)} | self.retired_ids()
        for path in _files(self._announced, SUFFIX):
            if path.stem not in passed_over:
                yield self._read(path, Announced.read)

    def known_readable(self) -> tuple[TrustedSigner, ...]:
        """The known signers as far as they can be read: who takes a stolen key back must not be kept from it."""
        pinned, ids = self.pinned(), self.known_ids()
        announced = (one.signer for one in self.announcements())
        return (*pinned, *(signer for signer in announced if signer.id in ids and signer not in pinned))

    def _signers(self, folder: Path) -> tuple[TrustedSigner, ...]:
        return tuple(self._read(path, _signer) for path in _files(folder, SIGNER_SUFFIX))

    def _readable(self, paths: Iterable[Path], read: Callable[[Path, Files], T]) -> Iterator[T]:
        for path in paths:
            with suppress(ReaderError):  # `damaged` lists these
                yield self._read(path, read)

    def _read(self, path: Path, read: Callable[[Path, Files], T]) -> T:
        """What is in a file, or in its second copy. Raises what is wrong with the file itself."""
        try:
            return read(path, self._files)
        except ReaderError:
            with suppress(ReaderError):
                return read(self._second / path.name, self._files)
            raise


def _signer(path: Path, files: Files) -> TrustedSigner:
    """The signer in a file that bears its id. Raises OTHER_KIND when it is something else."""
    signer = TrustedSigner.read(path, files)
    if signer.id != path.stem:
        raise ReaderError(OTHER_KIND, path=path, reason=NO_SIGNER_FILE)
    return signer


def _files(folder: Path, suffix: str) -> list[Path]:
    return sorted(folder.glob("*" + suffix))


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
