"""A disk that remembers what is really on it: only what was synced surely is, everything else may or may not be.

The model is the one of ext4 and XFS without luck: a file's bytes are there after a sync of the file, a name after a sync of its folder;
what was not synced survives in any combination, each folder and each file on its own, and the last write may be torn.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from backupreader.store.files import Files


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
    """A real disk with the model beside it. `cut_at` changes are made, then `Cut` is raised at every further one."""

    def __init__(self, root: Path, cut_at: int, *, forget: str | None = None) -> None:
        self.root = root
        self.calls = 0
        self._cut_at = cut_at
        self._forget = forget
        self._open: dict[int, Node] = {}
        self.model = _scan(root)

    def _count(self) -> None:
        self.calls += 1
        if self.calls > self._cut_at:
            raise Cut

    def _at(self, path: Path) -> Node:
        node = self.model
        for part in path.relative_to(self.root).parts:
            node = node.names()[part]
        return node

    def open_new(self, path: Path, mode: int) -> int:
        self._count()
        descriptor = super().open_new(path, mode)
        self._open[descriptor] = self._at(path.parent).names()[path.name] = Node(folder=False, now=b"", safe=b"")
        return descriptor

    def open_lock(self, path: Path) -> int:
        self._count()
        descriptor = super().open_lock(path)
        self._at(path.parent).names().setdefault(path.name, Node(folder=False, now=b"", safe=b""))
        return descriptor

    def write(self, descriptor: int, data: memoryview) -> int:
        self._count()
        node = self._open[descriptor]
        assert isinstance(node.now, bytes)
        node.now += bytes(data)
        return super().write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        self._count()
        if self._forget != "sync":
            self._open[descriptor].save()
        super().sync(descriptor)

    def move(self, old: Path, new: Path) -> None:
        self._count()
        super().move(old, new)
        self._at(new.parent).names()[new.name] = self._at(old.parent).names().pop(old.name)

    def unlink(self, path: Path) -> None:
        self._count()
        super().unlink(path)
        del self._at(path.parent).names()[path.name]

    def mkdir(self, path: Path) -> None:
        self._count()
        super().mkdir(path)
        self._at(path.parent).names()[path.name] = Node(folder=True)

    def rmdir(self, path: Path) -> None:
        self._count()
        super().rmdir(path)
        del self._at(path.parent).names()[path.name]

    def sync_folder(self, path: Path) -> None:
        self._count()
        if self._forget != f"sync {path.name}":
            self._at(path).save()
        super().sync_folder(path)


class Cut(BaseException):
    """The power is gone."""


def after_cut(model: Node, chance: random.Random | None, target: Path) -> None:
    """Write one possible disk after the cut: the barest one without `chance`, else one that chance picks."""
    if not model.folder:
        target.write_bytes(_surviving(model, chance))
        return
    target.mkdir()
    assert isinstance(model.safe, dict)
    names = dict(model.safe)
    if chance is not None:
        for name in sorted({*model.names(), *names}):
            if chance.random() < 0.5:
                names.pop(name, None)
                if name in model.names():
                    names[name] = model.names()[name]
    for name, node in names.items():
        after_cut(node, chance, target / name)


def _surviving(model: Node, chance: random.Random | None) -> bytes:
    assert isinstance(model.safe, bytes)
    assert isinstance(model.now, bytes)
    if chance is None or model.now == model.safe:
        return model.safe
    kept = model.now[: chance.randrange(len(model.now) + 1)]
    return chance.choice([model.safe, model.now, kept, kept + bytes(len(model.now) - len(kept))])


def _scan(path: Path) -> Node:
    if path.is_dir():
        inner = {entry.name: _scan(entry) for entry in path.iterdir()}
        return Node(folder=True, now=inner, safe=dict(inner))
    data = path.read_bytes()
    return Node(folder=False, now=data, safe=data)
