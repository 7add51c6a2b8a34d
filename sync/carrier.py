"""What a carrier is: a way in which a package leaves the export machine.

A target is a line of `send_to` in the settings. A carrier answers two questions:

* `claims(target)`: is this target written in your way? Decided from its text alone; never raises.
* `send(package, target, files)`: bring the package there. When it returns, the whole package stands there under its own
  name; before that, nothing stands there under a name that ends in ``.package``. Sending the same package twice is
  fine. It raises `ReaderError` (NO_TARGET, NO_SPACE or FILE_TROUBLE), reads nothing but the package, and never looks
  into it.

A carrier is trusted with nothing: it may lose, repeat, reorder or change packages, and the PC will say so. Members
live in ``carriers/``, one way a file, each with its ``CARRIER``; the suite of ``tests/sync/test_carriers.py`` runs on
every one of them.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Protocol

from backupreader.domain.errors import NO_TARGET
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.store.files import Files
from sync.carriers import CARRIERS


class Carrier(Protocol):
    """See the module's text: it is the contract."""

    name: str

    def claims(self, target: str) -> bool:
        """Is this target written in your way?"""
        ...

    def send(self, package: Path, target: str, files: Files) -> None:
        """Bring the package there, whole or not at all."""
        ...


def carrier_for(target: str, outbox: Path) -> Carrier:
    """The one carrier that claims a target. Raises NO_TARGET when none does."""
    for name in CARRIERS:
        carrier: Carrier = importlib.import_module(name).CARRIER
        if carrier.claims(target):
            return carrier
    raise ReaderError(NO_TARGET, target=target, outbox=outbox, reason=Reason(N_("no carrier knows how to go there")))
