"""A disk that remembers what is really on it: only what was synced surely is, everything else may or may not be.

The model is the one of ext4 and XFS without luck: a file's bytes are there after a sync of the file, a name after a sync of its
folder; what was not synced survives in any combination, each folder and each file on its own, and the last write may be torn.
"""

from __future__ import annotations

import copy
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from backupreader.store.files import Files

BLOCK: Final = 4096
Disk: TypeAlias = dict[str, bytes | None]
"""What may be found after a cut: the bytes of each file by its path below the root; None for a folder."""


@dataclass
class Node:
    """A file or a folder: `now` is what the program sees, `safe` what surely survives."""

    folder: bool
    now: bytes | dict[str, Node] = field(default_factory=dict)
    safe: bytes | dict[str, Node] = field(default_factory=dict)

    def names(self) -> dict[str, Node]:
        assert isinstance(self.now, dict)
        return self.now

    def save(self) -> None:
        self.safe = dict(self.now) if isinstance(self.now, dict) else self.now


class Recording(Files):
    """A real disk with the model beside it, of which `moments` keeps a copy before every change below `root`."""

    def __init__(self, root: Path) -> None:
        self.moments: list[Node] = []
        self._root = root
        self._open: dict[int, Node] = {}
        self._again: dict[int, Path] = {}
        self._model = _scan(root)

    def end(self) -> None:
        """The last moment: everything is done, and success was told."""
        self._keep()

    def _keep(self) -> None:
        self.moments.append(copy.deepcopy(self._model))

    def _at(self, path: Path) -> Node:
        node = self._model
        for part in path.relative_to(self._root).parts:
            node = node.names()[part]
        return node

    def open_new(self, path: Path, mode: int) -> int:
        self._keep()
        descriptor = super().open_new(path, mode)
        self._open[descriptor] = self._at(path.parent).names()[path.name] = Node(folder=False, now=b"", safe=b"")
        return descriptor

    def open_end(self, path: Path, mode: int) -> int:
        self._keep()
        descriptor = super().open_end(path, mode)
        names = self._at(path.parent).names()
        self._open[descriptor] = names.setdefault(path.name, Node(folder=False, now=b"", safe=b""))
        return descriptor

    def open_lock(self, path: Path) -> int:
        self._keep()
        descriptor = super().open_lock(path)
        self._at(path.parent).names().setdefault(path.name, Node(folder=False, now=b"", safe=b""))
        return descriptor

    def open_again(self, path: Path) -> int:
        descriptor = super().open_again(path)
        self._open[descriptor], self._again[descriptor] = self._at(path), path
        return descriptor

    def write(self, descriptor: int, data: memoryview) -> int:
        self._keep()
        node = self._open[descriptor]
        assert isinstance(node.now, bytes)
        node.now += bytes(data)
        return super().write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        self._keep()
        node = self._open[descriptor]
        if descriptor in self._again:  # another library wrote it, past this model
            node.now = self._again[descriptor].read_bytes()
        node.save()
        super().sync(descriptor)

    def close(self, descriptor: int) -> None:
        super().close(descriptor)
        self._open.pop(descriptor, None)
        self._again.pop(descriptor, None)

    def move(self, old: Path, new: Path) -> None:
        self._keep()
        super().move(old, new)
        self._at(new.parent).names()[new.name] = self._at(old.parent).names().pop(old.name)

    def unlink(self, path: Path) -> None:
        self._keep()
        super().unlink(path)
        del self._at(path.parent).names()[path.name]

    def mkdir(self, path: Path) -> None:
        self._keep()
        super().mkdir(path)
        self._at(path.parent).names()[path.name] = Node(folder=True)

    def rmdir(self, path: Path) -> None:
        self._keep()
        super().rmdir(path)
        del self._at(path.parent).names()[path.name]

    def sync_folder(self, path: Path) -> None:
        self._keep()
        self._at(path).save()
        super().sync_folder(path)


def after_cut(model: Node, chance: random.Random | None) -> Disk:
    """One possible disk after the cut: the barest one without `chance`, else one that chance picks."""
    return dict(_left(model, chance, ""))


def _left(model: Node, chance: random.Random | None, path: str) -> Iterator[tuple[str, bytes | None]]:
    if not model.folder:
        yield path, _surviving(model, chance)
        return
    if path:
        yield path, None
    assert isinstance(model.safe, dict)
    names = dict(model.safe)
    if chance is not None:
        for name in sorted({*model.names(), *names}):
            if model.names().get(name) is not names.get(name) and chance.random() < 0.5:
                names.pop(name, None)
                if name in model.names():
                    names[name] = model.names()[name]
    for name, node in names.items():
        yield from _left(node, chance, f"{path}/{name}" if path else name)


def _surviving(model: Node, chance: random.Random | None) -> bytes:
    assert isinstance(model.safe, bytes)
    assert isinstance(model.now, bytes)
    if chance is None or model.now == model.safe:
        return model.safe
    written = len(model.safe) if model.now.startswith(model.safe) else 0  # what was only added to stays
    kept = model.now[: chance.randrange(written, len(model.now) + 1)]
    holes = bytearray(model.now)
    for place in range(written, len(holes), BLOCK):
        if chance.random() < 0.3:
            end = min(place + BLOCK, len(holes))
            holes[place:end] = bytes(end - place)
    return chance.choice([model.safe, model.now, kept, kept + bytes(len(model.now) - len(kept)), bytes(holes)])


def digest(name: str, disk: Disk) -> bytes:
    """Tells one disk from another; `name` is what was done on it."""
    said = hashlib.sha256(name.encode())
    for path, data in sorted(disk.items()):
        said.update(f"{path}\0{-1 if data is None else len(data)}\0".encode() + (data or b""))
    return said.digest()


def lay(disk: Disk, root: Path) -> None:
    """Write a disk below `root`."""
    root.mkdir(exist_ok=True)
    for path, data in disk.items():
        place = root / path
        if data is None:
            place.mkdir()
        else:
            place.write_bytes(data)
            place.chmod(0o600)  # the disk does not say; a secret that others may read is refused


def _scan(path: Path) -> Node:
    if path.is_dir():
        inner = {entry.name: _scan(entry) for entry in path.iterdir()}
        return Node(folder=True, now=inner, safe=dict(inner))
    data = path.read_bytes()
    return Node(folder=False, now=data, safe=data)
