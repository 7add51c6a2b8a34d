"""What the export machine keeps: its signing key, the enrolled vaults, its position, and what it sent last.

    signer/signer.json       the signing key (only this user may read it), its site, and the epoch it begins with
    signer/next.json         the same of the key that comes after it, from `trust rotate` to its finish
    vaults/<id>.vault        the enrolled backup PCs
    outbox/                  the packages that were sealed last, and the work folder of the next
    state/position-a, -b     the position last given out
    state/sent-a, -b         the manifest of the last package that was sent
    state/traces-a, -b       what was seen of it, without a word about a person (see `traces`)
    state/plan-a, -b         the last contingency plan that could be used (see `enclosed`)

Where the settings name other sites than the machine's own, each has a line of its own: ``state/position-SITE-a`` and so
on. A position is given out before anything is sealed with it, so no crash can make two packages of one position.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from backupreader.domain.errors import FILE_TROUBLE, NO_RECIPIENT, NOT_FOUND, OTHER_KIND
from backupreader.domain.plausibility import NOTHING_SEEN, Traces
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.store import carried
from backupreader.store import manifest as manifests
from backupreader.store.canonical import Value
from backupreader.store.carried import VAULT_SUFFIX, TrustedSigner, VaultIdentity
from backupreader.store.copies import Copies
from backupreader.store.files import SECRET, Files
from backupreader.store.manifest import Malformed, Manifest, Position
from backupreader.store.seal import SIGNING_BYTES, Signer
from sync import traces
from sync.trust import within_a_step

_KIND = "backupreader signing key 1"
_EPOCH = re.compile(r"[0-9]{1,16}")
_FIRST_DAY = date(2020, 1, 1)
NOT_A_KEY: Final = Reason(N_("it is not a signing key of this program"))


@dataclass(frozen=True, slots=True)
class OwnSigner:
    """This machine's signing key.

    `epoch` is the one after all that this machine gave out. Where it gave out none it is the day, counted from 2020: a
    machine set up anew stands above its former self.
    """

    signer: Signer = field(repr=False)
    site: str
    epoch: int

    def trusted(self) -> TrustedSigner:
        """The half that is carried to the PCs."""
        return TrustedSigner(self.site, self.signer.public)


class Origin:
    """The export machine's data folder."""

    def __init__(self, data: Path, files: Files) -> None:
        self.outbox = data / "outbox"
        self.work = self.outbox / "work"
        self.lock = data / "state" / "export.lock"
        self.plan = Copies(data / "state", "plan", files)
        self._data = data
        self._signer = data / "signer" / "signer.json"
        self._next = data / "signer" / "next.json"
        self._vaults = data / "vaults"
        self._files = files

    def prepare(self) -> None:
        """Make the folders that a lock and a first package need."""
        self._files.make_folder(self.lock.parent)
        self._files.make_folder(self.outbox)

    def signer(self, site: str, now: datetime) -> OwnSigner:
        """The signing key, made at the first use.

        Raises OTHER_KIND for a file that is none, FILE_TROUBLE for a key of another site.
        """
        if not self._signer.exists():
            successor = self.successor()  # PCs may know it already; a new one they cannot
            return self.succeed(successor) if successor else self.new_signer(site, now)
        own = _read_signer(self._signer, self._files)
        if own.site != site:
            reason = Reason(N_("it signs for {site}, but the settings say {other}"), {"site": own.site, "other": site})
            raise ReaderError(FILE_TROUBLE, path=self._signer, reason=reason)
        return own

    def new_signer(self, site: str, now: datetime) -> OwnSigner:
        """A new signing key in the place of the one that is there or is lost; no PC knows it yet."""
        own = OwnSigner(Signer.new(), site, self._next_epoch(now))
        self._write(self._signer, own)
        self._files.remove(self._next)
        positions = self._copies("position", None)
        if not positions.present:  # a key without any position is one whose positions were lost
            positions.write({"epoch": own.epoch, "seq": 0})
        return own

    def new_successor(self, own: OwnSigner, now: datetime) -> OwnSigner:
        """The key that comes after `own`, made where there is none."""
        successor = self.successor()
        if successor is None:
            successor = OwnSigner(Signer.new(), own.site, self._next_epoch(now))
            self._write(self._next, successor)
        return successor

    def successor(self) -> OwnSigner | None:
        """The key that comes after the signing key, also where that one is lost.

        One that does not stand above the signing key was left behind by a crash, and is none. Raises OTHER_KIND for a
        file that is no key.
        """
        if not self._next.exists():
            return None
        successor, own = _read_signer(self._next, self._files), self._readable(self._signer)
        return successor if own is None or own.epoch < successor.epoch else None

    def succeed(self, successor: OwnSigner) -> OwnSigner:
        """From now on the successor signs, in an epoch above all before."""
        own = replace(successor, epoch=max(successor.epoch, *(epoch + 1 for epoch in self._given()), 0))
        self._write(self._signer, own)
        self._files.remove(self._next)
        return own

    def enrol(self, identity: VaultIdentity) -> tuple[VaultIdentity, ...]:
        """From now on packages open on this PC too. Enrolling one twice is fine.

        A PC of the same name and site has got a new key: its former one is dismissed, and returned.
        """
        self._files.make_folder(self._vaults)
        self._files.replace(self._vaults / (identity.id + VAULT_SUFFIX), identity.encode())
        former = tuple(
            one
            for one in self.enrolled()
            if (one.name, one.site) == (identity.name, identity.site) and one.id != identity.id
        )
        for one in former:
            self._files.remove(self._vaults / (one.id + VAULT_SUFFIX))
        self._files.fsync_folder(self._vaults)
        return former

    def dismiss(self, name: str, site: str | None = None) -> tuple[VaultIdentity, ...]:
        """Packages no longer open on the PCs of this name, at this site or at all; which they were.

        Raises NOT_FOUND.
        """
        found = tuple(one for one in self.enrolled() if one.name == name and site in {None, one.site})
        if not found:
            known = ", ".join(f"{one.name} ({one.site})" for one in self.enrolled())
            raise ReaderError(NOT_FOUND, what=name, known=known)
        for identity in found:
            self._files.remove(self._vaults / (identity.id + VAULT_SUFFIX))
        return found

    def enrolled(self) -> tuple[VaultIdentity, ...]:
        """The PCs that packages are sealed to."""
        return tuple(VaultIdentity.read(path, self._files) for path in sorted(self._vaults.glob("*" + VAULT_SUFFIX)))

    def recipients(self, site: str) -> tuple[VaultIdentity, ...]:
        """The enrolled PCs of this site. Raises NO_RECIPIENT when there is none."""
        return self.recipients_of((site,))[site]

    def recipients_of(self, sites: Sequence[str]) -> Mapping[str, tuple[VaultIdentity, ...]]:
        """The enrolled PCs of each of these sites. Raises NO_RECIPIENT when no site has any."""
        enrolled = self.enrolled()
        found = {site: tuple(one for one in enrolled if one.site == site) for site in sites}
        if not any(found.values()):
            raise ReaderError(NO_RECIPIENT, path=self._vaults)
        return found

    def next_position(self, own: OwnSigner, now: datetime, site: str | None = None) -> Position:
        """A position that no package had, on the disk when this returns. `site` is one of several, None the only one.

        A new key, and a new site, begins with the key's epoch. Where the former position is lost a new epoch begins
        above it: a machine that was set up anew from its key stands above its former self. PCs refuse a long leap, so
        of itself this machine leaps less than a step.
        """
        positions, sent = self._copies("position", site), self.last_sent(site)
        former = _position(positions.read())
        if former is not None and sent is not None:  # a disk that does not give back the latest copy gives an older one
            former = max(former, sent.position)
        if former is not None and former.epoch >= own.epoch:
            next_one = Position(former.epoch, former.seq + 1)
        elif former is not None:  # another key signs now
            next_one = Position(within_a_step(own.epoch, former.epoch), 1)
        elif sent is not None:
            next_one = Position(within_a_step(max(own.epoch, sent.epoch) + 1, sent.epoch), 1)
        elif self._copies("position", None).present and not positions.present:
            next_one = Position(own.epoch, 1)
        else:
            next_one = Position(within_a_step(max(own.epoch + 1, _days(now)), own.epoch), 1)
        positions.write({"epoch": next_one.epoch, "seq": next_one.seq})
        return next_one

    def last_sent(self, site: str | None = None) -> Manifest | None:
        """The manifest of the last package that was sent; None at first, or where the record of it is lost."""
        value = self._copies("sent", site).read()
        try:
            return manifests.decode(value.encode("ascii")) if isinstance(value, str) else None
        except (Malformed, UnicodeEncodeError):
            return None

    def last_traces(self, site: str | None = None) -> Traces:
        """What was seen of the last package that was sent; nothing where the record of it is lost."""
        return traces.read(self._copies("traces", site).read())

    def note_sent(self, manifest: Manifest, seen: Traces = NOTHING_SEEN, site: str | None = None) -> None:
        """Remember what was sent, for the next one to be compared with."""
        self._copies("traces", site).write(traces.written(seen))
        self._copies("sent", site).write(manifests.encode(manifest).decode("ascii"))

    def _next_epoch(self, now: datetime) -> int:
        """Above everything that this machine has signed or promised, and no further: PCs refuse a long leap."""
        keys = (self._readable(self._signer), self._readable(self._next))
        return max((*self._given(), *(key.epoch for key in keys if key)), default=_days(now) - 1) + 1

    def _given(self) -> list[int]:
        """The epoch of each site's last position."""
        names = {path.name.rsplit("-", 1)[0] for path in self.lock.parent.glob("position*-[ab].json")}
        found = (_position(Copies(self.lock.parent, name, self._files).read()) for name in names)
        return [position.epoch for position in found if position]

    def _readable(self, path: Path) -> OwnSigner | None:
        """The key in a file; None where there is no file, or something else is in it."""
        if not path.exists():
            return None
        try:
            return _read_signer(path, self._files)
        except ReaderError as trouble:
            if trouble.kind is not OTHER_KIND:
                raise
            return None

    def _write(self, path: Path, own: OwnSigner) -> None:
        texts = {"epoch": str(own.epoch), "secret": carried.text_of(own.signer.secret), "site": own.site}
        self._files.make_folder(path.parent)
        self._files.replace(path, carried.write(_KIND, texts), SECRET)

    def _copies(self, name: str, site: str | None) -> Copies:
        return Copies(self.lock.parent, name if site is None else f"{name}-{site}", self._files)


def _read_signer(path: Path, files: Files) -> OwnSigner:
    found = carried.read(path, _KIND, {"epoch", "secret", "site"}, files, NOT_A_KEY)
    secret, epoch = carried.bytes_of(found["secret"]), found["epoch"]
    if len(secret) != SIGNING_BYTES or not _EPOCH.fullmatch(epoch):
        raise ReaderError(OTHER_KIND, path=path, reason=NOT_A_KEY)
    return OwnSigner(Signer(secret), found["site"], int(epoch))


def _position(value: Value | None) -> Position | None:
    if not isinstance(value, dict):
        return None
    epoch, seq = value.get("epoch"), value.get("seq")
    return Position(epoch, seq) if isinstance(epoch, int) and isinstance(seq, int) else None


def _days(now: datetime) -> int:
    """Days since 2020; a clock that is years behind counts as the first of them."""
    return max(1, (now.date() - _FIRST_DAY).days)
