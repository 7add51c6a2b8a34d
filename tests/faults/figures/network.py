"""F18: nothing on the PC speaks to a network, counted by the system itself, where there is none to speak to.

Every verb and the window run under ``strace`` in a namespace without a network, where both are to be had: no call of
ours that has to do with sockets, of any family, and every verb ends well. Only CUPS's own programs, which we start to
print, ask the print service over its file (AF_UNIX), which is not a network.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from backupreader.commands import COMMANDS
from tests.faults.figure import Amount, Tried, Untried
from tests.faults.tracing import APART, calls, tracer, usable
from tests.faults.verbs import ON_THE_EXPORT_MACHINE, Place, Run, ran
from tests.sync.town import SITE

FIGURES: Final = ("F18",)
WHAT: Final = "every verb of the PC, printing and the window"


def tried(amount: Amount, folder: Path) -> Iterator[Tried | Untried]:
    """Every verb; the long amount also runs them with the network that this machine has, and the whole demo."""
    account = folder / "calls"
    if (why := usable(tracer(account))) is not None:
        yield Untried(id="F18", what=f"{WHAT}: calls counted", why=why)
        return
    apart: tuple[str, ...] = APART
    if (why := usable(APART)) is not None:
        yield Untried(id="F18", what=f"{WHAT}: without a network", why=why)
        apart = ()
    ways = {"under strace, without a network": apart} if apart else {}
    if amount is Amount.LONG or not apart:
        ways["under strace, with the network of this machine"] = ()
    for number, (way, before) in enumerate(ways.items()):
        place = folder / str(number)
        place.mkdir()
        yield _counted(Place.made(place), way, before, account, demo=amount is Amount.LONG)


def _counted(place: Place, way: str, before: tuple[str, ...], account: Path, *, demo: bool) -> Tried:
    violations, cases, printing = [], 0, 0
    runs = [*place.runs(), _fresh(place)]
    if demo:
        runs.append(place.verb("demo", "--headless", str(place.folder / "demo")))
    for run in runs:
        done = ran(run, place.folder, *before, *tracer(account))
        cases += 1
        if done.returncode not in run.statuses:
            violations.append(f"{run.name}: ended with {done.returncode}: {done.stderr.strip()[-200:]}")
        counted = calls(account.read_text(encoding="utf-8", errors="replace"))
        violations += [f"{run.name}: {call[:120]}" for call in counted.network]
        printing += len(counted.cups)
    tried_verbs = {run.name.split()[0] for run in runs} | ON_THE_EXPORT_MACHINE | ({"demo"} if not demo else set())
    violations += [f"{verb} is not tried" for verb in _verbs() - tried_verbs]
    return Tried(
        id="F18",
        what=f"{WHAT}, {way}; {printing} calls of CUPS's own programs on their file are no network",
        cases=cases,
        goal=cases,
        violations=tuple(violations),
    )


def _fresh(place: Place) -> Run:
    """A second PC gets its vault."""
    words = ("--account", "Bo Lund", "--name", "room13", "--out", str(place.folder), "--passphrase-file")
    settings = place.folder / "fresh.toml"
    settings.write_text(f'site = "{SITE}"\ndata = "{place.folder / "room13"}"\n', encoding="utf-8")
    run = place.verb("vault", "init", *words, str(place.folder / "other.txt"))
    return Run("vault init", (*run.command[:-1], str(settings)), run.statuses)


def _verbs() -> set[str]:
    return {module.rpartition(".")[2].replace("_", "-") for module in COMMANDS}
