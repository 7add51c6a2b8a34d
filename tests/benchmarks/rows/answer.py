"""B7: from unlock to the first answer, in a fresh process; and what the words cost."""

from __future__ import annotations

import os
from collections.abc import Iterator

from made import Made
from row import Goal, Line, program, side_by_side

from backupreader.store.files import Files
from backupreader.store.slots import Cost
from backupreader.store.vault import init, make_machine_secret

LIMIT_MS = 100
LONGEST_UNLOCK = 1.2
OURS = """
import time
start = time.perf_counter()
from pathlib import Path
from backupreader.store import database, manifest as manifests
from backupreader.store.reader import Reader
from backupreader.store.seal import Binding, open_key
loaded = time.perf_counter()
path, seed, manifest, vault = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), manifests.decode(Path(sys.argv[3]).read_bytes()), sys.argv[4]
began = time.perf_counter()
binding = Binding(site=manifest.site, vault=vault, epoch=manifest.epoch, seq=manifest.seq, database_sha256=manifest.database_sha256)
reader = Reader(database.open_reader(path, open_key(manifest.seals[vault], seed, binding)), manifest)
assert reader.find(sys.argv[5]) is not None
assert reader.search_notes(sys.argv[6]) is not None
print(time.perf_counter() - began)
"""
PEER = """
import sqlite3, time
from pathlib import Path
from backupreader.store import manifest as manifests
from backupreader.store.reader import Reader
path, manifest = Path(sys.argv[1]), manifests.decode(Path(sys.argv[2]).read_bytes())
began = time.perf_counter()
reader = Reader(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None), manifest)
assert reader.find(sys.argv[3]) is not None
assert reader.search_notes(sys.argv[4]) is not None
print(time.perf_counter() - began)
"""


def measure(made: Made, rounds: int) -> Iterator[Line]:
    from statistics import median

    from backupreader.store import manifest as manifests

    name, word = made.questions(2)
    head = made.folder / "manifest.json"
    head.write_bytes(manifests.encode(made.generation.manifest))
    unlocked = made.unlocked
    ours: list[float] = []
    peer: list[float] = []
    for _ in range(rounds):
        cold = (made.generation.database, unlocked.seed.hex(), head, unlocked.identity.id, name, word)
        ours.append(float(program(OURS, *cold)) * 1000)
        peer.append(float(program(PEER, made.plain, head, name, word)) * 1000)
    what = "unlock (without Argon2id) to the first answers, fresh process"
    yield Line(
        id="B7",
        what=f"{what}, against plain SQLite",
        ours=median(ours),
        peer=median(peer),
        unit="ms",
        goal=Goal("at most", 1.5),
    )
    yield Line(
        id="B7", what=f"{what}, against the limit", ours=median(ours), peer=LIMIT_MS, unit="ms", goal=Goal("at most", 1)
    )
    yield _words(made, rounds)


def _words(made: Made, rounds: int) -> Line:
    folder = made.folder / f"vault-{os.getpid()}"
    secret = make_machine_secret(folder / "machine-secret", Files())
    words = "kat hest sol regn vind"
    closed, _opened = init(folder, "bench", "bench", words, Files(), Cost(), account="Målt", machine_secret=secret)
    seconds = side_by_side({"ours": lambda: closed.unlock(words, secret)}, max(1, min(3, rounds)))["ours"]
    return Line(
        id="B7",
        what="Argon2id of one unlock, against the longest that is wanted",
        ours=seconds,
        peer=LONGEST_UNLOCK,
        unit="s",
        goal=Goal("at most", 1),
    )
