"""F14's readers: everything here that reads bytes which somebody else wrote, what it may raise, and what it is tried with first."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from backupreader import planfile, settings
from backupreader.domain.issues import SENTENCES
from backupreader.domain.plan import lint
from backupreader.domain.records import Issue, Receipt
from backupreader.domain.trouble import ReaderError
from backupreader.store import canonical, manifest
from backupreader.store.canonical import NotCanonical
from backupreader.store.carried import TrustedSigner, VaultIdentity
from backupreader.store.database import SCHEMA
from backupreader.store.files import Files
from backupreader.store.manifest import Malformed, Manifest
from backupreader.store.seal import SEALED_BYTES, public_of
from backupreader.store.slots import BadSlot, read_slot
from sync.adapter import Adapter, Source
from sync.adapters import adapters

DATA: Final = Path(__file__).resolve().parents[1] / "data"
Read = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader. `read` raises nothing for any bytes but what is a bug; `samples` are what it is begun with."""

    name: str
    read: Read
    samples: Sequence[bytes]


def readers(work: Path) -> Iterator[Reader]:
    """All of them; `work` is a folder for the one file that some of them read."""
    yield Reader("manifest", _read_manifest, [manifest.encode(_manifest())])
    yield Reader("canonical", _read_canonical, [b'{"a":[1,{"b":"\\u00e6"}],"c":""}', b"[]", b"-12"])
    yield Reader("slot", _read_slot, [canonical.encode(_slot())])
    identity = VaultIdentity("room12", "nordby", public_of(bytes(32)))
    yield Reader(
        "vault file", _of_file(work / "x.vault", lambda path: VaultIdentity.read(path, Files())), [identity.encode()]
    )
    signer = TrustedSigner("nordby", bytes(32))
    yield Reader(
        "signer file", _of_file(work / "x.signer", lambda path: TrustedSigner.read(path, Files())), [signer.encode()]
    )
    yield Reader("settings", _of_file(work / "x.toml", settings.load), _SETTINGS)
    plans = [DATA / "plan" / "whole" / "plan.toml", planfile.EXAMPLES / "care-fmk" / "plan.toml"]
    yield Reader("plan", _of_file(work / "plan.toml", _read_plan), [path.read_bytes() for path in plans])
    for member in adapters():
        own = DATA / ("tables" if member.name == "table" else member.name)
        files = [*(DATA / "exports" / member.name).rglob("*"), *own.glob("*")]
        yield _of_adapter(member.name, member, files, work)
        if member.name == "table":
            yield _of_adapter("workbook", member, (own / "workbooks").iterdir(), work)


def _manifest() -> Manifest:
    return Manifest(
        schema=SCHEMA, site="nordby", signer="a" * 64, epoch=2525, seq=7, created="2026-11-22T05:40:00Z",
        taken_at={"nexus": {"note": "2026-11-22T05:30:00+01:00"}}, counts={"note": manifest.Count(3, 2, "2026-11-22T05:10")},
        units={"nexus:nord": manifest.UnitCount("Team Nord", 12)}, database_length=4096, database_sha256="b" * 64,
        seals={"c" * 32: bytes(SEALED_BYTES)}, plan_length=0, plan_sha256=manifest.EMPTY_SHA256, left_out=("access",),
    )  # fmt: skip


def _slot() -> canonical.Value:
    """The slot of a vault that was just made."""
    from backupreader.store import vault
    from backupreader.store.copies import Copies
    from backupreader.store.slots import Cost

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        cost = Cost(8 * 1024, 1, 1)
        vault.init(
            place,
            "room12",
            "nordby",
            "regn lampe sti bro kaffe",
            Files(),
            cost,
            account="Anna",
            machine_secret=bytes(32),
        )
        return _first_slot(json.loads(json.dumps(Copies(place, "slots", Files()).read())))


def _first_slot(value: canonical.Value) -> canonical.Value:
    """Found wherever it stands, so that this fits every version of the slot file."""
    if isinstance(value, dict) and "memory_kib" in value:
        return value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((found for item in inner if (found := _first_slot(item)) != ""), "")


def _read_manifest(data: bytes) -> None:
    try:
        read = manifest.decode(data)
    except Malformed:
        return
    assert manifest.encode(read) == data, "two spellings of one manifest"


def _read_canonical(data: bytes) -> None:
    try:
        value = canonical.decode(data)
    except NotCanonical:
        return
    assert canonical.encode(value) == data, "two spellings of one value"


def _read_slot(data: bytes) -> None:
    try:
        slot = read_slot(canonical.decode(data))
    except (BadSlot, NotCanonical):
        return
    slot.cost.check()


def _of_file(path: Path, read: Callable[[Path], object]) -> Read:
    def one(data: bytes) -> None:
        path.write_bytes(data)
        with suppress(ReaderError):
            read(path)

    return one


def _read_plan(path: Path) -> None:
    """What is wrong stands in a line that the file has."""
    files = planfile.gather(path)
    read = planfile.read(files)
    findings = lint.findings(read.draft, date(2026, 12, 1), ("05:30",)) if read.draft else read.findings
    lines = {name: text.count("\n") + 1 for name, text in files.items()}
    assert all(1 <= one.spot.line <= lines[one.spot.file] and str(one.reason) for one in findings), "a line that is not"
    assert (read.plan is None) == any(one.stops for one in findings), "a fault that stops nothing"


_SETTINGS: Final = (
    b'site = "nordby"\nlanguage = "da"\nexpected = ["05:30", "17:30"]\nlate_after_minutes = 90\nkeep_generations = 8\n',
    b'data = "data"\nsend_to = ["../inbox"]\n[[source]]\nname = "journal"\npath = "../journal"\nadapter = "fhir"\n',
)


def _of_adapter(name: str, member: Adapter, files: Iterable[Path], work: Path) -> Reader:
    """It claims the file or not, reads it or refuses it by name, and counts what it read."""
    samples = sorted(path for path in files if path.is_file())
    suffixes = sorted({path.suffix for path in samples})

    def one(data: bytes) -> None:
        path = work / f"x{suffixes[len(data) % len(suffixes)]}"
        path.write_bytes(data)
        try:
            if not member.claims(path):
                return
            for item in member.read(Source(name="s", path=path), [path]):
                assert not isinstance(item, Issue) or item.code in SENTENCES, "an issue without a sentence"
                assert not isinstance(item, Receipt) or item.read == item.filed + item.refused, "rows that are lost"
        except ReaderError:
            pass
        finally:
            path.unlink()

    return Reader(name, one, [sample.read_bytes() for sample in samples])
