"""Fuzzing of the readers, in a process of its own, so that its memory is its own.

    python tests/faults/fuzzing.py plain SECONDS            every reader for so long, with damage by chance; tells JSON lines
    python tests/faults/fuzzing.py guided READER OPTIONS…   one reader, guided by what the bytes reach (atheris, libFuzzer)

Anything that a reader may not raise ends it with another status than 0, and so does what takes longer than ``-timeout``.
"""

from __future__ import annotations

import io
import json
import random
import resource
import sys
import tempfile
import time
import zipfile
import zlib
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
GUIDED: Final = sys.argv[1] == "guided"


def _imports() -> object:
    """Around the imports of what is to be watched, where it is."""
    if not GUIDED:
        return nullcontext()
    import atheris

    return atheris.instrument_imports(include=["sync", "backupreader"])


with _imports(), tempfile.TemporaryDirectory(prefix="fuzzing-") as first:  # type: ignore[attr-defined]
    from tests.faults.readers import Reader, readers

    for known in readers(Path(first)):  # what is loaded when it is first needed, is loaded here, to be watched too
        if known.name in sys.argv:
            for sample in known.samples:
                known.read(sample)

MOST_STEPS: Final = 4
WITHIN: Final = 0.7
"""Of the archives and of JSON so many are damaged within."""
DEEPER: Final = 0.85
FEWEST: Final = 10
"""Inputs of each reader; opening a PDF in a process of its own takes its time."""


def plain(seconds: float) -> None:
    with tempfile.TemporaryDirectory(prefix="fuzzing-") as work:
        for reader in readers(Path(work)):
            print(json.dumps(_tried(reader, seconds)), flush=True)


def _tried(reader: Reader, seconds: float) -> dict[str, object]:
    chance, end = random.Random(reader.name), time.monotonic() + seconds
    inputs, slowest, wrong = 0, 0.0, ""
    while (begun := time.monotonic()) < end or inputs < FEWEST:
        data = chance.choice(reader.samples)
        data = (inside(chance, data) if chance.random() < WITHIN else None) or damaged(chance, data)
        inputs += 1
        try:
            reader.read(data)
        except Exception as escaped:  # noqa: BLE001 (whatever it is, it is what is looked for)
            wrong = wrong or f"{type(escaped).__name__}: {escaped}: {data[:200]!r}"
        slowest = max(slowest, time.monotonic() - begun)
    kilobytes = max(_own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return {
        "reader": reader.name,
        "inputs": inputs,
        "slowest": round(slowest, 2),
        "mib": kilobytes >> 10,
        "wrong": wrong,
    }


def _own_peak() -> int:
    """The most memory of this program, in KiB; `ru_maxrss` would be its parent's too, from before it began."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def inside(chance: random.Random, data: bytes) -> bytes | None:
    """Damage that leaves the form whole: a part of an archive, or a value of JSON; None for what has no such form."""
    return in_archive(chance, data) if data[:2] == b"PK" else in_json(chance, data)


def in_json(chance: random.Random, data: bytes) -> bytes | None:
    """One line of JSON, or the whole, in which some values are of another kind, or stand in another's place."""
    lines = data.split(b"\n") if data.count(b"\n{") else [data]
    number = chance.randrange(len(lines))
    try:
        value = json.loads(lines[number])
    except ValueError:
        return None
    for _ in range(chance.randint(1, MOST_STEPS)):
        value = _other_kind(chance, value, value)
    lines[number] = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return b"\n".join(lines)


def _other_kind(chance: random.Random, value: Any, whole: Any) -> Any:
    """The value with something in it exchanged; the deeper it goes, the likelier it stops."""
    if isinstance(value, dict | list) and value and chance.random() < DEEPER:
        key = chance.choice(list(value)) if isinstance(value, dict) else chance.randrange(len(value))
        copy = dict(value) if isinstance(value, dict) else list(value)
        copy[key] = _other_kind(chance, value[key], whole)
        return copy
    return chance.choice(
        (
            None,
            True,
            0,
            -1,
            1.5,
            10**30,
            "",
            "x",
            "\x00",
            "\ud800",
            "2026-13-41",
            [],
            {},
            [value],
            {"value": value},
            [[]],
            whole,
        )
    )


def in_archive(chance: random.Random, data: bytes) -> bytes | None:
    """A workbook with one of its parts damaged, zipped up anew so that it is read; None for what is no whole archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {part.filename: archive.read(part) for part in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, NotImplementedError):
        return None
    name, out = chance.choice(sorted(parts)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, damaged(chance, content) if part == name else content)
    return out.getvalue()


def damaged(chance: random.Random, data: bytes) -> bytes:
    """A few cuts, flips, repeats, strange bytes and strange numbers."""
    for _ in range(chance.randint(1, MOST_STEPS)):
        at = chance.randrange(len(data) + 1)
        odd = chance.choice(
            (chance.randbytes(chance.randint(1, 8)), b'"', b"<", b"\0", b"99999999999999999999", b"-1", b"\xff\xfe")
        )
        kind = chance.choice("cfriz")
        if kind == "c":
            data = data[:at]
        elif kind == "f":
            data = data[:at] + bytes(byte ^ (1 << chance.randrange(8)) for byte in data[at : at + 1]) + data[at + 1 :]
        elif kind == "r":
            data = data[:at] + data[at : at + chance.choice((4, 40, 4000))] * chance.choice((1, 2, 50)) + data[at:]
        elif kind == "i":
            data = data[:at] + odd + data[at:]
        else:
            data = data[:at] + odd + data[at + len(odd) :]
    return data


def guided(name: str, *options: str) -> None:
    import atheris

    with tempfile.TemporaryDirectory(prefix="fuzzing-") as folder:
        work, corpus = Path(folder) / "work", Path(folder) / "corpus"
        work.mkdir()
        corpus.mkdir()
        reader = next(reader for reader in readers(work) if reader.name == name)
        for number, sample in enumerate(reader.samples):
            (corpus / str(number)).write_bytes(sample)
        atheris.Setup([sys.argv[0], *options, str(corpus)], reader.read)
        atheris.Fuzz()


if __name__ == "__main__":
    if GUIDED:
        guided(*sys.argv[2:])
    else:
        plain(float(sys.argv[2]))
