"""Guided fuzzing of one adapter: ``python tests/sync/fuzzing.py ADAPTER FOLDER [libFuzzer's options]``.

The files in FOLDER are what it begins with. Only a `ReaderError` may come out of an adapter; anything else, a file that
takes longer than ``-timeout`` and memory beyond ``-rss_limit_mb`` end it with another status than 0.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["sync", "backupreader"]):
    from backupreader.domain.errors import ReaderError
    from sync.adapter import Source
    from sync.adapters import adapter

    MEMBER = adapter(sys.argv[1])  # loaded here, so that what it loads is watched too


def main() -> None:
    _, folder, *options = sys.argv[1:]
    member = MEMBER
    assert member is not None
    samples = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    suffixes = sorted({path.suffix for path in samples}) or [""]
    with tempfile.TemporaryDirectory(prefix="fuzzing-") as work:

        def one(data: bytes) -> None:
            path = Path(work) / ("x" + suffixes[len(data) % len(suffixes)])
            path.write_bytes(data)
            try:
                if member.claims(path):
                    for _ in member.read(Source(name="s", path=path), [path]):
                        pass
            except ReaderError:
                pass
            finally:
                path.unlink()

        corpus = Path(work) / "corpus"
        corpus.mkdir()
        for number, sample in enumerate(samples):
            (corpus / str(number)).write_bytes(sample.read_bytes())
        atheris.Setup([sys.argv[0], *options, str(corpus)], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
