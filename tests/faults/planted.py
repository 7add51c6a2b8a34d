"""Planted bugs: each swaps one function of ours for a faulty one while it is in force. Only the bench that must find them uses this.

A bug stands at the floor above `Files`' system calls, so that the recording, failing and dying disks see what it leaves out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from backupreader.domain.errors import PACKAGE_DAMAGED
from backupreader.domain.trouble import ReaderError
from backupreader.store import canonical, container, generations
from backupreader.store import manifest as manifests
from backupreader.store.container import Head
from backupreader.store.copies import Copies, _digest
from backupreader.store.files import Files, Reading
from backupreader.store.generations import DATABASE, HEAD, Store, kept
from backupreader.store.manifest import Malformed
from sync import receive
from sync.carriers.folder import Folder
from sync.trust import Verdict, judge


@dataclass(frozen=True, slots=True)
class Bug:
    """One bug: what it is, which hunt must find it (see ``figures/harness.py``), and what is swapped for what."""

    what: str
    hunt: str
    home: Any
    name: str
    faulty: Any
    and_judge: Any = None

    @contextmanager
    def planted(self) -> Generator[None]:
        """In force inside the ``with``."""
        with ExitStack() as stack:
            stack.enter_context(_swapped(self.home, self.name, self.faulty))
            if self.and_judge is not None:  # the end is checked twice
                stack.enter_context(_swapped(container, "_judge", self.and_judge))
            yield


@contextmanager
def _writing_without_sync(self: Files, path: Path, mode: int) -> Generator[int]:
    descriptor = self.open_new(path, mode)
    try:
        yield descriptor
    finally:
        self.close(descriptor)


def _sync_all_but(left_out: Callable[[Path], bool]) -> Callable[[Files, Path], None]:
    def fsync_folder(self: Files, path: Path) -> None:
        if not left_out(path):
            self.sync_folder(path)

    return fsync_folder


def _publish_early(self: Store, staged: Path, head: Head) -> Path:
    """The rename comes before what it publishes is on the disk."""
    target = self.folder / str(head.manifest.position)
    with _swapped(Files, "_writing", _writing_without_sync):
        self._files.write_new(staged / HEAD, head.raw + head.plan)
    self._files.rename(staged, target)
    self._files.fsync_folder(self.folder)
    self._files.fsync_folder(self.staging)
    for part in (HEAD, DATABASE):
        self._files.fsync_file(target / part)
    self._files.fsync_folder(target)
    return target


def _publish_later(self: Store, staged: Path, head: Head) -> Path:
    """Success is told; the rename is left for another time."""
    self._files.write_new(staged / HEAD, head.raw + head.plan)
    self._files.fsync_folder(staged)
    return self.folder / str(head.manifest.position)


def _publish_in_pieces(self: Store, staged: Path, head: Head) -> Path:
    """The parts go to their place one after the other."""
    target = self.folder / str(head.manifest.position)
    self._files.make_folder(target)
    self._files.write_new(target / HEAD, head.raw + head.plan)
    self._files.rename(staged / DATABASE, target / DATABASE)
    self._files.fsync_folder(target)
    self._files.remove_tree(staged)
    return target


def _any_digest(reading: Reading, digest: str, manifest: manifests.Manifest) -> None:
    if reading.some():
        raise ReaderError(PACKAGE_DAMAGED, path=reading.path, reason=container.BAD_LENGTH)


def _read_head_with_tail(reading: Reading, signers: Mapping[str, bytes], *, database_follows: bool = True) -> Head:
    """Bytes behind the end are let pass."""
    path = reading.path
    prefix, described, signature = container._parts(reading)
    container._check_signature(path, prefix + described, container._signer_of(path, described, signers), signature)
    manifest = manifests.decode(described)
    raw = prefix + described + signature
    if len(raw) + manifest.plan_length + (manifest.database_length if database_follows else 0) > reading.size:
        raise ReaderError(PACKAGE_DAMAGED, path=path, reason=container.BAD_LENGTH)
    plan = reading.exactly(manifest.plan_length)
    return Head(manifest, raw, plan)


def _check_no_tail(reading: Reading, digest: str, manifest: manifests.Manifest) -> None:
    if digest != manifest.database_sha256:
        raise ReaderError(PACKAGE_DAMAGED, path=reading.path, reason=container.BAD_DIGEST)


def _read_head_parsing_first(reading: Reading, signers: Mapping[str, bytes], *, database_follows: bool = True) -> Head:
    """The manifest is parsed, and only then is it asked who vouches for it."""
    path = reading.path
    prefix, described, signature = container._parts(reading)
    try:
        manifest = manifests.decode(described)
    except Malformed:
        raise ReaderError(PACKAGE_DAMAGED, path=path, reason=container.OTHER_FORMAT) from None
    container._check_signature(path, prefix + described, container._signer_of(path, described, signers), signature)
    raw = prefix + described + signature
    if len(raw) + manifest.plan_length + (manifest.database_length if database_follows else 0) != reading.size:
        raise ReaderError(PACKAGE_DAMAGED, path=path, reason=container.BAD_LENGTH)
    plan = reading.exactly(manifest.plan_length)
    if hashlib.sha256(plan).hexdigest() != manifest.plan_sha256:
        raise ReaderError(PACKAGE_DAMAGED, path=path, reason=container.BAD_DIGEST)
    return Head(manifest, raw, plan)


def _any_signature(path: Path, signed: bytes, public: bytes, signature: bytes) -> None:
    """Whoever signed it is right."""


def _any_number(manifest: manifests.Manifest, newest: Any, **rest: Any) -> Verdict:
    verdict = judge(manifest, newest, **rest)
    return Verdict.NEW if verdict is Verdict.OLDER else verdict


def _any_step(manifest: manifests.Manifest, newest: Any, **rest: Any) -> Verdict:
    verdict = judge(manifest, newest, **rest)
    return Verdict.NEW if verdict is Verdict.TOO_FAR else verdict


def _any_place(manifest: manifests.Manifest, newest: Any, **rest: Any) -> Verdict:
    verdict = judge(manifest, newest, **rest)
    return Verdict.NEW if verdict is Verdict.OTHER_PLACE else verdict


def _prepare_without_emptying(self: Store) -> None:
    for folder in (self.folder, self._state, self.staging):
        self._files.make_folder(folder)


def _position_of_whole_ones(self: Store) -> Any:
    return max((generation.position for generation in self.list() if not generation.retired), default=None)


def _kept_but_not_opened(found: Any, keep: int, days: int, opened: Any) -> frozenset[Any]:
    return kept(found, keep, days, None)


def _replace_in_place(self: Files, path: Path, data: bytes, mode: int = 0o644) -> None:
    self.remove(path)
    self.write_new(path, data, mode)
    self.fsync_folder(path.parent)


def _send_without_part(self: Folder, package: Path, target: str, files: Files) -> None:
    folder = Path(target)
    files.make_folder(folder)
    files.remove(folder / package.name)
    files.copy(package, folder / package.name)
    files.fsync_folder(folder)


def _write_over_the_newer(self: Copies, value: Any) -> None:
    """The copy that counts is taken away before the next is written."""
    counters = [copy.counter if copy else 0 for copy in map(self._read, self._paths)]
    newer = self._paths[0] if counters[0] > counters[1] else self._paths[1]
    counter = max(counters) + 1
    self._files.remove(newer)
    whole = {"counter": counter, "digest": _digest(counter, value), "value": value}
    self._files.replace(newer, canonical.encode(whole))


def _taken_first(self: receive._Receiver, waiting: Any) -> Any:
    """The package leaves the inbox before the store holds it."""
    held = waiting.path.with_suffix(".held")
    waiting.path.rename(held)
    outcome = _TAKE(self, type(waiting)(held, waiting.position, waiting.stamp))
    self._files.remove(held)
    return outcome


@contextmanager
def _swapped(home: Any, name: str, faulty: Any) -> Generator[None]:
    whole = home.__dict__[name]
    setattr(home, name, faulty)
    try:
        yield
    finally:
        setattr(home, name, whole)


def _is_generation(path: Path) -> bool:
    return path.parent.name == "staging"


_TAKE = receive._Receiver.take
BUGS: Final = (
    Bug("the fsync of a new file is left out", "power", Files, "_writing", _writing_without_sync),
    Bug("the fsync of the staged folder is left out", "power", Files, "fsync_folder", _sync_all_but(_is_generation)),
    Bug(
        "the fsync of generations is left out",
        "power",
        Files,
        "fsync_folder",
        _sync_all_but(lambda path: path.name == "generations"),
    ),
    Bug(
        "the fsync of staging is left out",
        "power",
        Files,
        "fsync_folder",
        _sync_all_but(lambda path: path.name == "staging"),
    ),
    Bug("the rename comes before the fsync", "power", Store, "publish", _publish_early),
    Bug("success is told before the rename", "power", Store, "publish", _publish_later),
    Bug("a generation is published in pieces", "power", Store, "publish", _publish_in_pieces),
    Bug("a state file is written in place", "notes", Files, "replace", _replace_in_place),
    Bug("the copy that counts is written over", "facts", Copies, "_write_older", _write_over_the_newer),
    Bug(
        "the fsync of the state's folder is left out", "facts", Files, "fsync_folder", _sync_all_but(lambda path: True)
    ),
    Bug("a carrier writes under the package's own name", "carrier", Folder, "send", _send_without_part),
    Bug("the database's digest is not checked", "carrier damage", container, "_judge", _any_digest),
    Bug("the signature is not checked", "carrier damage", container, "_check_signature", _any_signature),
    Bug("the signature is checked after parsing", "carrier damage", container, "read_head", _read_head_parsing_first),
    Bug(
        "bytes behind the end are accepted",
        "carrier damage",
        container,
        "read_head",
        _read_head_with_tail,
        _check_no_tail,
    ),
    Bug("the sequence is not compared", "replay", receive, "judge", _any_number),
    Bug("a step of any length is taken", "too far", receive, "judge", _any_step),
    Bug("a package for another PC is taken", "stranger", receive, "judge", _any_place),
    Bug("staging is not emptied", "kill", Store, "prepare", _prepare_without_emptying),
    Bug("a damaged folder's number does not count", "damaged store", Store, "position", _position_of_whole_ones),
    Bug("what a person opened is pruned", "opened", generations, "kept", _kept_but_not_opened),
    Bug("a package leaves the inbox before it is published", "kill", receive._Receiver, "take", _taken_first),
)
