"""F7: a simulated power cut before every change: what was not synced is there, gone or torn, in any combination."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.faults import cuts
from tests.faults.figure import Amount, Tried, Untried
from tests.faults.scenes.export import MEBIBYTE, Export, Send
from tests.faults.scenes.receive import receives
from tests.faults.scenes.vault import Accounts, FirstVault, Position

FIGURES: Final = ("F7",)
WHAT: Final = "simulated power cut before each change of receive, export, carrier, vault and state: distinct disks found afterwards"
GOAL: Final = {Amount.BOUNDED: 500, Amount.LONG: 5000}


def tried(amount: Amount, folder: Path) -> Iterator[Tried | Untried]:
    """Every cut of each action; those that leave one and the same disk count once."""
    seen: set[bytes] = set()
    violations: list[str] = []
    for cut, picked in _cuts(amount, folder):
        for wrong in cuts.states(cut, folder, picked, seen):
            violations += wrong
    yield Tried(id="F7", what=WHAT, cases=len(seen), goal=GOAL[amount], violations=tuple(violations))


def _cuts(amount: Amount, folder: Path) -> Iterator[tuple[cuts.Cut, int]]:
    """Each action, and at most how many disks a moment; fewer where looking takes long."""
    every = amount is Amount.LONG
    for scene in receives(folder):
        many = scene.name in {"receive pruning", "receive many leaving"}
        if every or not many:
            yield cuts.of_receive(scene), (30 if many else 280) if every else 4
    yield cuts.of_send(Send(folder / "send", MEBIBYTE + 5)), 280 if every else 4
    for scene in (Accounts(folder / "add", "add-account"), Accounts(folder / "remove", "remove-account")):
        yield cuts.of_accounts(scene), 250 if every else 20
    yield cuts.of_first_vault(FirstVault(folder / "first-vault")), 250 if every else 20
    yield cuts.of_position(Position(folder / "position")), 250 if every else 80
    yield cuts.of_position(Position(folder / "later-position", former=2)), 250 if every else 80
    yield cuts.of_copies(folder / "copies"), 250 if every else 80
    yield cuts.of_opened(folder / "opened"), 250 if every else 80
    if every:
        yield cuts.of_export(Export(folder / "export"), again=30), 40
