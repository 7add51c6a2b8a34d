"""B5, B6, B14: a package: receiving it, its size, sealing it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace

from made import Made
from row import Absent, Goal, Line, side_by_side

from backupreader.store import container
from backupreader.store.manifest import EMPTY_SHA256
from backupreader.store.seal import Signer, public_of, seal_key, signer_id
from backupreader.store.vault import VaultIdentity
from sync.package import SEALS_IN_A_PACKAGE, binding
from sync.receive import Word, receive

PCS = 100


def measure(made: Made, rounds: int) -> Iterator[Line | Absent]:
    package = made.package
    if os.name == "posix":
        yield _receive(made, rounds)
    else:
        yield Absent("B5", "cp, sha256sum and sync are not on this system")
    notes = made.note_bytes()
    yield Line(
        id="B6",
        what="size of the package, against the bytes of its notes",
        ours=package.stat().st_size / (1 << 20),
        peer=notes / (1 << 20),
        unit="MiB",
        goal=Goal("at most", 1.8),
    )
    yield _sealing(made, rounds)


def _receive(made: Made, rounds: int) -> Line:
    """Each round receives into a PC that has nothing, as each copy goes to a place that has nothing."""
    here = made.pc.data
    target = made.folder / "copied"
    inbox = made.pc.inbox_folder

    def lay_out() -> None:
        for folder in ("generations", "staging", "state", "inbox"):
            shutil.rmtree(here / folder, ignore_errors=True)
        target.unlink(missing_ok=True)
        inbox.mkdir(parents=True)
        shutil.copy(made.package, inbox)
        os.sync()

    def ours() -> None:
        (outcome,) = receive(made.pc)
        assert outcome.word is Word.RECEIVED

    def peer() -> None:
        command = 'cp "$1" "$2" && sha256sum "$2" >/dev/null && sync "$2"'
        subprocess.run(["sh", "-c", command, "sh", made.package, target], check=True)

    seconds = side_by_side({"ours": ours, "peer": peer}, rounds, before=lay_out)
    target.unlink()
    return Line(
        id="B5",
        what="receive, against cp, sha256sum and sync of the same file",
        ours=seconds["ours"] * 1000,
        peer=seconds["peer"] * 1000,
        unit="ms",
        goal=Goal("at most", 1.3),
    )


def _sealing(made: Made, rounds: int) -> Line:
    signer = Signer.new()
    head = replace(made.generation.manifest, signer=signer_id(signer.public), plan_length=0, plan_sha256=EMPTY_SHA256)
    identities = [VaultIdentity(f"pc{number}", head.site, public_of(os.urandom(32))) for number in range(PCS)]

    def ours() -> None:
        for start in range(0, PCS, SEALS_IN_A_PACKAGE):
            group = identities[start : start + SEALS_IN_A_PACKAGE]
            seals = {pc.id: seal_key(made.key, pc.public, binding(head, pc.id)) for pc in group}
            container.assemble(replace(head, seals=seals), signer, b"")

    def peer() -> None:
        with made.package.open("rb") as file:
            hashlib.file_digest(file, "sha256")

    seconds = side_by_side({"ours": ours, "peer": peer}, rounds)
    return Line(
        id="B14",
        what=f"seal and sign for {PCS} PCs, against one SHA-256 (OpenSSL) of the package",
        ours=seconds["ours"] * 1000,
        peer=seconds["peer"] * 1000,
        unit="ms",
        goal=Goal("at most", 0.1),
    )
